use std::path::PathBuf;
use std::sync::Arc;

use super::first_day::{glimpse, show_first};
use super::navigate::{open_first_day, set_reader, show_day};
use super::repeats::{forget_sightings, saw_papers, take_sightings};
use super::undecided::count_day;
use crate::action::{Action, Context};
use crate::effect::{Effect, Loaded, SlotId};
use crate::model::{self, Date, Digest, Listing, Problem, SourceRef};
use crate::state::{Focus, Now, Origin, State};
use crate::text;

/// What came in while the reader was open.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::state) struct News {
    /// A newest day that was never opened, told of once it was read.
    coming: Option<Date>,
    /// The open day of which more is being read, and how many papers it had before.
    growing: Option<(Date, usize)>,
    /// The day the user was told of last, until the next key.
    announced: Option<Date>,
    /// What the last listing said.
    problems: Vec<Problem>,
    /// The archives that could not be read then.
    lost: Vec<PathBuf>,
}

impl News {
    /// The day the user was just told of, if it lies in the direction of `by` days.
    pub(super) fn announced(&mut self, by: isize) -> Option<Date> {
        self.announced.take().filter(|_| by < 0)
    }

    /// A key was pressed: the message is off the screen.
    pub(super) fn is_old(&mut self) {
        self.announced = None;
    }
}

impl State {
    /// Notes that a day was opened, for what counts as new.
    pub(super) fn saw(&mut self, date: Date) {
        self.seen = self.seen.take().max(Some(date.to_string()));
    }

    fn is_new(&self, date: Date) -> bool {
        self.seen.as_ref().is_none_or(|seen| date.to_string() > *seen)
    }
}

/// Takes a listing: the first one opens a day; a later one changes what is on screen, and moves nobody.
pub(super) fn listed(state: &mut State, now: Now, listing: Listing) -> Vec<Effect> {
    let is_first = state.papers.date.is_none();
    let changed = state.library.list(&listing, state.papers.date);
    let is_fresh = |d: &&Arc<model::Listed>| d.sources.stamps().iter().any(|s| s.is_fresh_at(now.wall_ms));
    state.dates.fresh = listing.digests.iter().filter(is_fresh).map(|d| d.date).collect();
    take_problems(state, listing, is_first);
    state.is_listed = true;
    let Some(newest) = state.library.days().first().map(|d| d.date) else {
        state.focus = Focus::Papers;
        return Vec::new();
    };
    if is_first {
        let effects = open_first_day(state);
        let effects = glimpse(state, effects);
        state.saw(newest);
        set_reader(state);
        if state.origin == Origin::Sample {
            state.say(state.lang.sample_open());
        }
        return effects;
    }
    if !changed.is_empty() {
        state.folders.is_stale = true;
        state.search.is_outdated = true;
    }
    let mut effects = Vec::new();
    for date in &changed {
        forget_sightings(state, *date);
        if state.papers.date != Some(*date) {
            state.dates.forget(*date);
        } else if let Some(day) = state.open_day() {
            state.news.growing = state.news.growing.or(Some((*date, state.papers.rows.len())));
            effects.extend(state.library.refresh(day));
        }
    }
    if let Some(day) = state.open_day().filter(|_| !changed.is_empty()) {
        show_day(state, day);
    }
    if changed.contains(&newest) && state.is_new(newest) {
        state.news.coming = Some(newest);
        effects.extend(state.library.look_into(0));
    }
    effects
}

/// Logs what a listing says is wrong, in place of what the one before said; an archive that is gone is told of once.
fn take_problems(state: &mut State, listing: Listing, is_first: bool) {
    let before = std::mem::replace(&mut state.news.problems, listing.problems);
    let problems = state.news.problems.clone();
    state.log.retain(|p| !before.contains(p) || problems.contains(p));
    for problem in problems {
        state.note(problem);
    }
    let before = std::mem::replace(&mut state.news.lost, listing.lost);
    if let Some(root) = state.news.lost.iter().find(|root| !is_first && !before.contains(root)) {
        state.complain(state.lang.archive_gone(&root.display().to_string()));
    }
}

/// Takes a digest that was read, or why there is none.
pub(super) fn loaded(state: &mut State, slot: SlotId, generation: u64, result: Result<Loaded, Problem>) {
    let problems = match &result {
        Ok(loaded) => loaded.problems.clone(),
        Err(problem) => vec![problem.clone()],
    };
    let before = state.library.digest(slot).cloned();
    if !state.library.loaded(slot, generation, result) {
        return;
    }
    // What was wrong with these files when they were read before is so no more, or is said again.
    let files: Vec<String> = state.library.sources(slot).iter().filter_map(file).collect();
    let (news, log) = (&state.news, &mut state.log);
    log.retain(|p| !files.contains(&p.file) || news.problems.contains(p));
    for problem in problems {
        state.note(problem);
    }
    let after = state.library.digest(slot).cloned();
    if let (Some(before), Some(after)) = (before, after) {
        follow(state, slot, &before, &after);
    }
    let is_news = take_sightings(state, slot);
    let day = state.library.days().iter().position(|d| d.slots.contains(&slot));
    match day {
        Some(day) if state.open_day() == Some(day) => show_first(state, day),
        // What a search asked for says nothing of the rest of its day.
        Some(day) if !state.library.is_partial(day) => drop(count_day(state, day)),
        _ => {}
    }
    if let Some(date) = day.filter(|_| is_news).and_then(|d| state.library.days().get(d)).map(|d| d.date) {
        saw_papers(state, date);
    }
    if state.version.is_some() {
        set_reader(state);
    }
}

fn file(source: &SourceRef) -> Option<String> {
    match source {
        SourceRef::File(path) => Some(path.to_path().display().to_string()),
        SourceRef::Sample(_) => None,
    }
}

/// Keeps what is noted by a paper's place at that paper, in whatever place it is now.
fn follow(state: &mut State, slot: SlotId, before: &Digest, after: &Digest) {
    let find = |index: usize| {
        let paper = before.papers.get(index)?.identity();
        let is_it =
            |at: &usize| after.papers.get(*at).is_some_and(|p| model::same_paper(&p.identity(), &paper));
        Some(index).filter(is_it).or_else(|| (0..after.papers.len()).find(is_it))
    };
    state.papers.follow(slot, find);
    state.reader.follow(slot, find);
    state.version = None;
    state.before_filter = state
        .before_filter
        .and_then(|(s, index)| if s == slot { Some((s, find(index)?)) } else { Some((s, index)) });
}

/// Says what came in, once it was read and nothing covers the message line.
pub(super) fn announce(state: &mut State) {
    if state.prompt.is_some() || state.popup.is_some() {
        return;
    }
    let mut parts = Vec::new();
    if let Some((date, before)) = state.news.growing {
        let open = state.open_day().filter(|_| state.papers.date == Some(date));
        if open.is_none_or(|day| state.library.is_whole(day)) {
            state.news.growing = None;
            let more = if open.is_some() { state.papers.rows.len().saturating_sub(before) } else { 0 };
            parts.extend((more > 0).then(|| format!("+{}", state.lang.papers(more))));
        }
    }
    if let Some(date) = state.news.coming {
        match state.library.day_of(date) {
            Some(day) if !state.library.is_whole(day) => {}
            Some(day) if state.is_new(date) => {
                state.news.coming = None;
                parts.extend(announce_day(state, day, date));
            }
            _ => state.news.coming = None,
        }
    }
    if !parts.is_empty() {
        state.say(parts.join(&format!(" {} ", text::dot())));
    }
}

fn announce_day(state: &mut State, day: usize, date: Date) -> Option<String> {
    let count: usize = state.library.digests(day).map(|d| d.papers.len()).sum();
    let count = Some(count).filter(|n| *n > 0)?;
    count_day(state, day);
    state.news.announced = Some(date);
    let key = state.keymap.keys_for(Context::Global, Action::NewerDate);
    let key = key.first().map(|k| format!(" {} {k}", text::dot())).unwrap_or_default();
    let short = format!("{:02}-{:02}", date.month(), date.day());
    Some(state.lang.new_day(&short, text::dot(), &state.lang.papers(count)) + &key)
}
