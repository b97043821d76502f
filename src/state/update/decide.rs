use super::navigate::set_reader;
use crate::decisions::{Cell, Change, Field, FieldValue};
use crate::effect::Effect;
use crate::model::{self, Identity, Verdict};
use crate::state::{Now, Row, State, Step};
use crate::text;

/// Sets the verdict of the selected paper and moves on; the verdict it has already is taken back, and then
/// the cursor stays.
pub(super) fn decide(state: &mut State, now: Now, verdict: Verdict) -> Vec<Effect> {
    let Some(row) = state.papers.selected_row() else { return Vec::new() };
    let is_back = row.verdict == verdict;
    let verdict = if is_back { Verdict::Undecided } else { verdict };
    let say = match verdict {
        Verdict::Undecided => "undecide 1",
        Verdict::Bookmarked => "bookmark 1",
        Verdict::Later => "later 1",
        Verdict::Dismissed => "dismiss 1",
    };
    let value = FieldValue::Verdict(verdict);
    let cell = Cell { paper: row.identity.clone(), field: Field::Verdict, value };
    let title = short_title(row);
    if !set(state, now, cell, say) {
        return Vec::new();
    }
    if !is_back && state.prefs.advance {
        let (before, rows) = (state.papers.cursor.selected, state.list_rows());
        state.papers.step(Step::By(1), rows);
        if state.papers.cursor.selected == before {
            state.say(state.lang.end_of_list(state.papers.counts(None).undecided, text::dot()));
        }
        set_reader(state);
    }
    if state.regions().papers.is_none() {
        // The marks are off screen: what was done must be said.
        state.say(state.lang.decided(say, text::dot(), &title));
    }
    append(state)
}

/// Sets one field of one paper. False, with a word to the user, where nothing tells the paper from others.
fn set(state: &mut State, now: Now, cell: Cell, say: &str) -> bool {
    let paper = cell.paper.clone();
    let before = state.decisions.pending().len();
    state.decisions.decide(now.wall_ms, vec![cell], say);
    if state.decisions.pending().len() == before {
        state.complain(state.lang.cannot_be_kept());
        return false;
    }
    recount(state, Some(&[paper]));
    true
}

fn short_title(row: &Row) -> String {
    let name = row.title.get(..row.name_len).filter(|n| !n.is_empty()).unwrap_or(&row.title);
    text::fit(name, 40).into_owned()
}

/// Marks the selected paper as read, or as unread.
pub(super) fn toggle_read(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(row) = state.papers.selected_row() else { return Vec::new() };
    let say = if row.is_read { "unread 1" } else { "read 1" };
    let cell =
        Cell { paper: row.identity.clone(), field: Field::Read, value: FieldValue::Bool(!row.is_read) };
    if set(state, now, cell, say) { append(state) } else { Vec::new() }
}

/// Notes that the selected paper was read; goes to disk with the next decision or at the end.
pub(super) fn mark_read(state: &mut State, now: Now) {
    let Some(row) = state.papers.selected_row().filter(|r| !r.is_read) else { return };
    let identity = row.identity.clone();
    state.decisions.mark_read_auto(now.wall_ms, &identity);
    recount(state, Some(&[identity]));
}

/// Takes the last decision back.
pub(super) fn undo(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(change) = state.decisions.undo(now.wall_ms) else {
        state.say(state.lang.nothing_to_undo());
        return Vec::new();
    };
    let text = state.lang.undone(&change.say, change.changed);
    show_change(state, &change, text)
}

/// Brings back what was undone.
pub(super) fn redo(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(change) = state.decisions.redo(now.wall_ms) else {
        state.say(state.lang.nothing_to_redo());
        return Vec::new();
    };
    let text = state.lang.redone(&change.say, change.changed);
    show_change(state, &change, text)
}

fn show_change(state: &mut State, change: &Change, text: String) -> Vec<Effect> {
    recount(state, Some(&change.papers));
    let rows = state.list_rows();
    let paper = change.papers.first();
    let row = paper.and_then(|p| state.papers.rows.iter().find(|r| model::same_paper(&r.identity, p)));
    let title = row.filter(|_| change.papers.len() == 1).map(short_title);
    let is_of_the_day = row.is_some();
    let is_in_the_list = paper.is_none_or(|p| state.papers.select_paper(p, rows));
    let where_it_is = match (is_in_the_list, is_of_the_day) {
        (true, _) => None,
        (false, true) => Some(state.lang.filtered_out()),
        (false, false) => Some(state.lang.on_another_day()),
    };
    let parts = [Some(text), title, where_it_is];
    state.say(parts.into_iter().flatten().collect::<Vec<_>>().join(&format!(" {} ", text::dot())));
    set_reader(state);
    append(state)
}

/// Looks up what was decided, after decisions on `papers` (all, where not known) changed: in the open list, and
/// in the counts of the days that were opened before.
pub(super) fn recount(state: &mut State, papers: Option<&[Identity]>) {
    state.papers.refresh(&state.decisions);
    state.dates.recount(&state.decisions, papers);
}

pub(super) fn append(state: &State) -> Vec<Effect> {
    let pending = state.decisions.pending();
    if pending.is_empty() { Vec::new() } else { vec![Effect::Append(pending.to_vec())] }
}
