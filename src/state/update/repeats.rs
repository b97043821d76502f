use std::sync::Arc;

use super::navigate::set_reader;
use super::undecided::count_day;
use crate::config::Repeats;
use crate::effect::{Effect, SlotId};
use crate::model::{Date, Listed, Sighting};
use crate::state::State;

/// Asks for a digest of an earlier day that tells what of the open one is a repeat, once that one is here.
pub(super) fn skim(state: &mut State) -> Option<Effect> {
    let day = state.open_day().filter(|day| {
        state.papers.repeats != Repeats::Show && state.library.is_whole(*day) && !state.library.is_short(*day)
    })?;
    let date = state.library.days().get(day)?.date;
    state.sightings.skim(&state.library, date)
}

/// Takes the papers of a digest that was skimmed.
pub(super) fn skimmed(state: &mut State, slot: SlotId, what: &Arc<Listed>, papers: &[Sighting]) {
    if let Some(date) = state.sightings.skimmed(&state.library, slot, what, papers) {
        saw_papers(state, date);
    }
}

/// Takes the papers of a digest that was read, or read again; false when they were known.
pub(super) fn take_sightings(state: &mut State, slot: SlotId) -> bool {
    let Some(digest) = state.library.digest(slot) else { return false };
    state.ratings.take(slot, digest);
    state.sightings.take(digest.date, slot, digest.category.as_deref(), &digest.sightings())
}

/// Forgets what was seen on a day of which something changed, but for what is here of it.
pub(super) fn forget_sightings(state: &mut State, date: Date) {
    if !state.sightings.forget(date, None) {
        return;
    }
    let day = state.library.day_of(date).and_then(|d| state.library.days().get(d));
    let slots = day.map(|d| d.slots.clone()).unwrap_or_default();
    for slot in &slots {
        take_sightings(state, *slot);
    }
    // What has to be read again comes back when it was.
    if slots.iter().all(|slot| state.sightings.has(date, *slot)) {
        saw_papers(state, date);
    }
}

/// Folds and counts anew the days that the papers of `date`, an earlier one, are near to.
pub(super) fn saw_papers(state: &mut State, date: Date) {
    let known: Vec<Date> = state.dates.counts.keys().copied().collect();
    for near in known {
        if near <= date || !state.sightings.is_near(near, date) {
            continue;
        }
        if state.papers.date == Some(near) {
            refold(state);
        } else if let Some(day) = state.library.day_of(near).filter(|_| state.dates.is_whole(near)) {
            count_day(state, day);
        }
    }
}

fn refold(state: &mut State) {
    let (rows, is_ranked) = (state.list_rows(), state.is_filtering());
    if !state.is_arriving {
        state.papers.hold_in_view(rows);
    }
    state.papers.refold(&state.sightings, &state.library, is_ranked, rows);
    set_reader(state);
}

/// Folds the repeats, or shows them all, and says how many they are.
pub(super) fn toggle_repeats(state: &mut State) {
    let unfolded = if state.prefs.repeats == Repeats::Show { Repeats::Show } else { Repeats::Mark };
    let is_folded = state.papers.repeats == Repeats::Fold;
    let before = state.papers.counts(None).folded;
    let repeats = if is_folded { unfolded } else { Repeats::Fold };
    choose_repeats(state, repeats);
    let count = state.papers.counts(None).folded.max(before);
    state.say(state.lang.repeats_toggled(!is_folded, count));
    set_reader(state);
}

/// Folds the repeats, marks them or shows them like others, in the list and in the counts of days.
pub(super) fn choose_repeats(state: &mut State, repeats: Repeats) {
    let rows = state.list_rows();
    state.papers.choose_repeats(repeats, &state.sightings, &state.library, rows);
    let known: Vec<Date> = state.dates.counts.keys().copied().collect();
    for date in known {
        if let Some(day) = state.library.day_of(date) {
            count_day(state, day);
        }
    }
}

/// Lets the counts of the open day agree with its list, from which papers were folded away or came back.
pub(super) fn agree(state: &mut State) {
    let Some(date) = state.papers.date else { return };
    if let Some(day) = state.open_day()
        && state.dates.counts.get(&date).is_some_and(|c| *c != state.papers.counts(None))
    {
        count_day(state, day);
    }
}
