use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::navigate::{set_reader, show_day};
use super::repeats::take_sightings;
use crate::effect::{Effect, Report, SlotId};
use crate::model::{Digest, Paper};
use crate::state::{Order, Place, State};

/// How far the first day is. For the first frame only what tells its papers apart is read, then the papers in view; all
/// else once that frame is painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::state) struct FirstDay {
    /// True from when a digest was glimpsed until all are here whole.
    is_short: bool,
    is_painted: bool,
    /// The papers that were asked for one by one.
    asked: BTreeSet<Place>,
    /// The papers whose rows were made of all their texts.
    dressed: BTreeSet<Place>,
}

impl State {
    /// Says whether the papers out of view lack their texts: no key is to be pressed before these are here, which they are
    /// soon after the first frame.
    #[must_use]
    pub fn lacks_texts(&self) -> bool {
        self.first.is_short && self.open_day().is_some_and(|day| self.library.is_short(day))
    }
}

/// Asks for a glimpse of the first day where that shows what is in view.
pub(super) fn glimpse(state: &State, effects: Vec<Effect>) -> Vec<Effect> {
    // Rules look at texts, and so do other orders.
    if state.papers.order != Order::Source || !state.prefs.rules.is_empty() || state.first.is_painted {
        return effects;
    }
    let less = |effect| match effect {
        Effect::Load { slot, generation, what } => Effect::Glimpse { slot, generation, what },
        other => other,
    };
    effects.into_iter().map(less).collect()
}

/// Hears what came of a glimpse, or of reading the papers in view.
pub(super) fn hear(state: &mut State, report: Report) -> Vec<Effect> {
    match report {
        Report::Glimpsed { slot, generation, digest } => glimpsed(state, slot, generation, digest),
        Report::Papers { slot, generation, papers } => papers_came(state, slot, generation, papers),
        _ => Vec::new(),
    }
}

/// Takes what was glimpsed of a digest. After the first frame it is too late for that.
fn glimpsed(state: &mut State, slot: SlotId, generation: u64, digest: Arc<Digest>) -> Vec<Effect> {
    let day = state.open_day().filter(|_| !state.first.is_painted);
    let Some(day) = day.filter(|d| state.library.days().get(*d).is_some_and(|d| d.slots.contains(&slot)))
    else {
        return state.library.whole_instead(slot, generation).into_iter().collect();
    };
    if state.library.glimpsed(slot, generation, digest) {
        state.first.is_short = true;
        take_sightings(state, slot);
        show_first(state, day);
    }
    Vec::new()
}

/// Shows the open day after a digest of it came; before the first frame not until all of them are here.
pub(super) fn show_first(state: &mut State, day: usize) {
    if state.first.is_painted || state.library.is_whole(day) {
        show_day(state, day);
    }
}

/// Takes papers that were read one by one. Where they are not those that were glimpsed the day is read whole.
fn papers_came(
    state: &mut State,
    slot: SlotId,
    generation: u64,
    papers: Option<Vec<(usize, Paper)>>,
) -> Vec<Effect> {
    if state.library.version(slot) != generation {
        return Vec::new();
    }
    let is_taken = papers.is_some_and(|papers| state.library.take_papers(slot, papers));
    if is_taken {
        set_reader(state);
        return Vec::new();
    }
    read_whole(state)
}

/// Makes the rows in view; returns the papers in view that lack their texts.
fn dress(state: &mut State) -> Vec<Place> {
    let rows = state.list_rows();
    let mut lacking = state.papers.dress(&state.library, &state.decisions, &mut state.first.dressed, rows);
    lacking.extend(state.papers.selected_place().filter(|place| state.library.lacks_texts(*place)));
    lacking
}

/// Asks for the papers in view of a day that was glimpsed, each once.
pub(super) fn read_first(state: &mut State) -> Vec<Effect> {
    let Some(day) = state.open_day().filter(|_| state.first.is_short) else { return Vec::new() };
    if !state.library.is_short(day) {
        state.first.is_short = false;
        return Vec::new();
    }
    if !state.first.is_painted && !state.library.is_whole(day) {
        return Vec::new();
    }
    let lacking = dress(state);
    if state.papers.selected_row().is_some_and(|row| !row.also.is_empty()) {
        // Whether its texts are those of the other record is known once both are here.
        return read_whole(state);
    }
    let mut places: BTreeMap<SlotId, Vec<usize>> = BTreeMap::new();
    for (slot, at) in lacking {
        if state.first.asked.insert((slot, at)) {
            places.entry(slot).or_default().push(at);
        }
    }
    let library = &state.library;
    let read = |(slot, places)| {
        let what = Arc::clone(library.listed(slot)?);
        Some(Effect::Papers { slot, generation: library.version(slot), what, places })
    };
    places.into_iter().filter_map(read).collect()
}

/// After the first frame: shows what came of the first day until then, and asks for all that was only glimpsed.
pub(super) fn painted(state: &mut State) -> Vec<Effect> {
    let is_first = !std::mem::replace(&mut state.first.is_painted, true);
    if let Some(day) = state.open_day().filter(|day| is_first && !state.library.is_whole(*day)) {
        show_day(state, day);
    }
    read_whole(state)
}

fn read_whole(state: &mut State) -> Vec<Effect> {
    let day = state.open_day().filter(|_| state.first.is_short);
    day.map(|day| state.library.read_whole(day)).unwrap_or_default()
}
