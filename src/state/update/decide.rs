use std::collections::{BTreeSet, HashSet};

use super::navigate::{open_day, set_reader};
use crate::action::{Action, Context};
use crate::catalogue::DayEnd;
use crate::decisions::{Cell, Change, Field, FieldValue, can_be_found};
use crate::effect::{Effect, Session};
use crate::model::{self, Date, Identity, Verdict};
use crate::state::{Fold, Now, Place, Row, State, Step};
use crate::text;

const MINUTE_MS: i64 = 60_000;
/// Who decides nothing for longer is not at the desk: of a longer gap only this much counts as deciding.
const LONGEST_GAP_MS: i64 = 5 * MINUTE_MS;

/// Sets the verdict of the selected papers, as one step, or of the paper one is on and moves on; where all have that
/// verdict already it is taken back, and then the cursor stays.
pub(super) fn decide(state: &mut State, now: Now, verdict: Verdict) -> Vec<Effect> {
    let chosen = chosen(state);
    if !chosen.is_empty() {
        return decide_together(state, now, &chosen, verdict);
    }
    let Some(row) = state.papers.selected_row() else { return Vec::new() };
    let is_back = row.verdict == verdict;
    let (title, paper) = (short_title(row), row.identity.clone());
    let undecided = state.papers.counts(None).undecided;
    let verdict = if is_back { Verdict::Undecided } else { verdict };
    let Some(say) = set_verdicts(state, now, vec![paper], verdict) else {
        state.complain(state.lang.cannot_be_kept());
        return Vec::new();
    };
    if !is_back && state.prefs.advance && !move_on(state) {
        let end = state.lang.end_of_list(state.papers.counts(None).undecided, text::dot());
        state.say(state.lang.decided(&say, text::dot(), &end));
    }
    if state.regions().papers.is_none() {
        // The marks are off screen: what was done must be said.
        state.say(state.lang.decided(&say, text::dot(), &title));
    }
    if let Some(end) = ended(state, undecided) {
        state.say(end);
    }
    append(state)
}

/// Goes to the next paper; false at the end of the list.
fn move_on(state: &mut State) -> bool {
    let (before, rows) = (state.papers.cursor.selected, state.list_rows());
    let page = state.papers.page(rows);
    state.papers.step(Step::By(1), rows);
    state.papers.note_moved_on(&page, rows);
    set_reader(state);
    state.papers.cursor.selected != before
}

fn decide_together(state: &mut State, now: Now, chosen: &[Row], verdict: Verdict) -> Vec<Effect> {
    state.papers.drop_selection();
    decide_rows(state, now, chosen, verdict)
}

/// Sets the verdict of papers as one step, or takes it back where all have it, and says how many.
pub(super) fn decide_rows(state: &mut State, now: Now, chosen: &[Row], verdict: Verdict) -> Vec<Effect> {
    let undecided = state.papers.counts(None).undecided;
    let is_back = chosen.iter().all(|r| r.verdict == verdict);
    let verdict = if is_back { Verdict::Undecided } else { verdict };
    let papers = chosen.iter().filter(|r| r.verdict != verdict).map(|r| r.identity.clone()).collect();
    match set_verdicts(state, now, papers, verdict) {
        Some(say) => {
            // The same verdict again takes it back, which with several is not always what was expected.
            let why = is_back.then(|| state.lang.all_had_it(chosen.len()));
            let text = [why, Some(state.done_together(&say)), ended(state, undecided)];
            state.say(text.into_iter().flatten().collect::<Vec<_>>().join(&format!(" {} ", text::dot())));
        }
        None => state.complain(state.lang.cannot_be_kept()),
    }
    append(state)
}

/// The selected rows; none where they are not on screen, as nobody decides what cannot be seen.
pub(super) fn chosen(state: &State) -> Vec<Row> {
    if state.regions().papers.is_some() { state.papers.chosen() } else { Vec::new() }
}

/// Bookmarks a paper from where one is.
pub(super) fn bookmark(state: &mut State, now: Now, place: Place) -> Vec<Effect> {
    let Some(row) = state.papers.entry_of(place).and_then(|at| state.papers.row_at(at)) else {
        return Vec::new();
    };
    let (title, paper) = (short_title(row), row.identity.clone());
    let undecided = state.papers.counts(None).undecided;
    let say = match row.verdict {
        Verdict::Bookmarked => Some("bookmark 1".to_owned()),
        _ => set_verdicts(state, now, vec![paper], Verdict::Bookmarked),
    };
    match say {
        Some(say) => {
            state.say(ended(state, undecided).unwrap_or(state.lang.decided(&say, text::dot(), &title)));
        }
        None => state.complain(state.lang.cannot_be_kept()),
    }
    append(state)
}

/// Sets the verdict of papers as one step and returns what was done, in the journal's stable English; none where
/// nothing tells these papers from others.
pub(super) fn set_verdicts(
    state: &mut State,
    now: Now,
    papers: Vec<Identity>,
    verdict: Verdict,
) -> Option<String> {
    let verb = match verdict {
        Verdict::Undecided => "undecide",
        Verdict::Bookmarked => "bookmark",
        Verdict::Later => "later",
        Verdict::Dismissed => "dismiss",
    };
    set(state, now, papers, &Field::Verdict, &FieldValue::Verdict(verdict), verb)
}

/// Sets one field of papers as one step and returns what was done, as [`set_verdicts`] does.
pub(super) fn set(
    state: &mut State,
    now: Now,
    mut papers: Vec<Identity>,
    field: &Field,
    value: &FieldValue,
    verb: &str,
) -> Option<String> {
    let mut seen = HashSet::new();
    papers.retain(|p| can_be_found(p) && seen.insert(p.clone()));
    if papers.is_empty() {
        return None;
    }
    let say = format!("{verb} {}", papers.len());
    let cell = |p: &Identity| Cell { paper: p.clone(), field: field.clone(), value: value.clone() };
    state.decided().decide(now.wall_ms, papers.iter().map(cell).collect(), &say);
    recount(state, Some(&papers));
    Some(say)
}

/// The line at the end of a day, when nothing of it is undecided any more and `undecided` papers were before.
pub(super) fn ended(state: &State, undecided: usize) -> Option<String> {
    let counts = state.papers.counts(None);
    let is_whole = state.papers.date.is_some_and(|d| state.dates.is_done(d));
    if undecided == 0 || counts.undecided > 0 || !is_whole {
        return None;
    }
    let has_row = |r: &&Row| r.fold != Some(Fold::Repeat);
    let papers: Vec<Identity> =
        state.papers.rows.iter().filter(has_row).map(|r| r.identity.clone()).collect();
    let times = state.decisions.verdict_times(&papers);
    let gaps = times.iter().zip(times.iter().skip(1)).map(|(a, b)| b.saturating_sub(*a).min(LONGEST_GAP_MS));
    let spent: i64 = gaps.sum();
    Some(state.lang.day_end(
        DayEnd {
            all: counts.all,
            bookmarked: counts.bookmarked,
            later: counts.later,
            dismissed: counts.dismissed,
            minutes: (spent > 0).then(|| ((spent + MINUTE_MS / 2) / MINUTE_MS).max(1)),
        },
        text::arrow(),
        text::dot(),
    ))
}

impl State {
    /// Says what was done to several papers, and how to take it back.
    pub(super) fn done_together(&self, say: &str) -> String {
        let undo = self.keymap.keys_for(Context::Global, Action::Undo);
        self.lang.decided_together(
            say,
            text::dot(),
            &undo.first().map(ToString::to_string).unwrap_or_default(),
        )
    }
}

fn short_title(row: &Row) -> String {
    let name = row.title.get(..row.name_len).filter(|n| !n.is_empty()).unwrap_or(&row.title);
    text::fit(name, 40).into_owned()
}

/// Marks the selected papers, or the one the cursor is on, as read, or as unread.
pub(super) fn toggle_read(state: &mut State, now: Now) -> Vec<Effect> {
    let mut rows = chosen(state);
    let is_bulk = state.papers.drop_selection() && !rows.is_empty();
    if rows.is_empty() {
        rows.extend(state.papers.selected_row().cloned());
    }
    let is_read = !rows.iter().all(|r| r.is_read);
    let papers: Vec<_> = rows.into_iter().filter(|r| r.is_read != is_read).map(|r| r.identity).collect();
    if papers.is_empty() {
        return Vec::new();
    }
    let verb = if is_read { "read" } else { "unread" };
    match set(state, now, papers, &Field::Read, &FieldValue::Bool(is_read), verb) {
        Some(say) if is_bulk => state.say(state.done_together(&say)),
        Some(_) => {}
        None => state.complain(state.lang.cannot_be_kept()),
    }
    append(state)
}

/// Marks all papers of the day as read, as one step.
pub(super) fn mark_day_read(state: &mut State, now: Now) -> Vec<Effect> {
    let unread = state.papers.rows.iter().filter(|r| !r.is_read && !r.is_hidden());
    let papers: Vec<_> = unread.map(|r| r.identity.clone()).collect();
    if papers.is_empty() {
        state.say(state.lang.nothing_unread());
        return Vec::new();
    }
    match set(state, now, papers, &Field::Read, &FieldValue::Bool(true), "read") {
        Some(say) => state.say(state.done_together(&say)),
        None => state.complain(state.lang.cannot_be_kept()),
    }
    append(state)
}

/// Notes that the selected paper was read; goes to disk with the next decision or at the end.
pub(super) fn mark_read(state: &mut State, now: Now) {
    let Some(row) = state.papers.selected_row().filter(|r| !r.is_read) else { return };
    if state.prefs.is_read_only {
        return;
    }
    let identity = row.identity.clone();
    state.decided().mark_read_auto(now.wall_ms, &identity);
    recount(state, Some(&[identity]));
}

/// Takes the last decision back.
pub(super) fn undo(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(change) = state.decided().undo(now.wall_ms) else {
        let is_end = state.decisions.is_compacted();
        state.say(if is_end { state.lang.undo_ends() } else { state.lang.nothing_to_undo() });
        return Vec::new();
    };
    let text = state.lang.undone(&change.say, change.changed);
    show_change(state, &change, text)
}

/// Brings back what was undone.
pub(super) fn redo(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(change) = state.decided().redo(now.wall_ms) else {
        state.say(state.lang.nothing_to_redo());
        return Vec::new();
    };
    let text = state.lang.redone(&change.say, change.changed);
    show_change(state, &change, text)
}

fn show_change(state: &mut State, change: &Change, text: String) -> Vec<Effect> {
    recount(state, Some(&change.papers));
    let rows = state.list_rows();
    let is_it = |r: &&Row| change.papers.iter().any(|p| model::same_paper(&r.identity, p));
    let is_other_day = |papers: &[Identity]| {
        papers.first().is_some_and(|p| state.dates.day_with(&state.sightings, p).is_some())
    };
    if !state.papers.rows.iter().any(|r| is_it(&r) && !r.is_hidden()) && !is_other_day(&change.papers) {
        let is_ranked = state.is_filtering();
        state.papers.unfold(&change.papers, &state.library, is_ranked, rows);
    }
    let row = state.papers.rows.iter().find(is_it);
    let title = row.filter(|_| change.papers.len() == 1).map(short_title);
    let is_of_the_day = state.papers.rows.iter().any(|r| is_it(&r) && !r.is_hidden());
    // Of several the first that is in the list; the page with them comes back as it was.
    let shown =
        (0..state.papers.entries.len()).find(|at| state.papers.row_at(*at).as_ref().is_some_and(is_it));
    let is_in_the_list = match (change.papers.as_slice(), shown) {
        ([paper], _) => state.papers.select_paper(paper, rows),
        ([], _) => true,
        (_, None) => false,
        (_, Some(entry)) => {
            state.papers.go_to(entry, rows);
            true
        }
    };
    let mut effects = Vec::new();
    let elsewhere = state.lang.on_another_day(change.papers.len());
    let where_it_is = match (is_in_the_list, is_of_the_day) {
        (true, _) => None,
        (false, true) => Some(state.lang.not_shown(state.papers.filter.is_empty())),
        // Whoever is in what a search found stays there.
        (false, false) if state.search.is_open() => Some(
            change
                .papers
                .first()
                .and_then(|p| state.dates.day_with(&state.sightings, p))
                .map_or_else(|| elsewhere.to_owned(), |date| date.to_string()),
        ),
        (false, false) => match change.papers.first().and_then(|p| go_to_day_of(state, p)) {
            Some((date, loads)) => {
                effects = loads;
                Some(date.to_string())
            }
            None => Some(elsewhere.to_owned()),
        },
    };
    let parts = [Some(text), title, where_it_is];
    state.say(parts.into_iter().flatten().collect::<Vec<_>>().join(&format!(" {} ", text::dot())));
    set_reader(state);
    effects.extend(append(state));
    effects
}

/// Opens the day that holds a paper, if it was read since the start, with that paper selected once it is here.
fn go_to_day_of(state: &mut State, paper: &Identity) -> Option<(Date, Vec<Effect>)> {
    let date = state.dates.day_with(&state.sightings, paper)?;
    let day = state.library.day_of(date)?;
    let (arxiv, key) = (paper.arxiv.clone(), Some(paper.key.to_string()));
    state.restore = Some(Session { arxiv, key, ..Session::default() });
    Some((date, open_day(state, day)))
}

/// Looks up what was decided, after decisions on `papers` (all, where not known) changed: in the open list, and
/// in the counts of the days that were opened before.
pub(super) fn recount(state: &mut State, papers: Option<&[Identity]>) {
    let (rows, is_ranked) = (state.list_rows(), state.is_filtering());
    let places = papers.and_then(|papers| places_of(state, papers));
    let sources = (&*state.decisions, &state.library);
    state.papers.refresh(sources, places.as_ref(), is_ranked, rows);
    state.search.shelf.papers.refresh(sources, places.as_ref(), false, rows);
    state.folders.is_stale = true;
    state.dates.recount(&state.sightings, &state.decisions, papers);
}

/// The records of the open day that decisions on `papers` are about; nothing where that day is not known whole.
fn places_of(state: &State, papers: &[Identity]) -> Option<BTreeSet<Place>> {
    let date = state.day_list().date?;
    let day = state.library.days().get(state.library.day_of(date)?)?;
    let is_known = day.slots.iter().all(|slot| state.sightings.has(date, *slot));
    let like = papers.iter().flat_map(|paper| state.sightings.like(paper));
    is_known.then(|| like.filter(|(d, _)| *d == date).map(|(_, place)| place).collect())
}

pub(super) fn append(state: &State) -> Vec<Effect> {
    let pending = state.decisions.pending();
    if pending.is_empty() { Vec::new() } else { vec![Effect::Append(pending.to_vec())] }
}
