use super::navigate::{open_day, set_reader};
use super::{keys, steps};
use crate::config::Repeats;
use crate::effect::Effect;
use crate::model::Date;
use crate::state::dates::Wish;
use crate::state::{Now, Slot, State, View};

/// Goes to the next undecided paper, or to the previous one: first in the list, then on older or newer days, which
/// are read as far as needed. The open day stays on screen until one is found.
pub(super) fn go_to_undecided(state: &mut State, is_forward: bool) -> Vec<Effect> {
    let rows = state.list_rows();
    if !matches!(state.papers.view, View::All | View::Undecided | View::Read) {
        state.papers.choose_view(View::All, &state.library, rows);
    }
    if select(state, is_forward, false) {
        return Vec::new();
    }
    if state.search.is_open() {
        state.say(state.lang.no_undecided_found(is_forward));
        return Vec::new();
    }
    if !state.papers.filter.trim().is_empty() {
        state.say(state.lang.no_undecided_filtered(is_forward));
        return Vec::new();
    }
    let Some(at) = state.papers.date else { return Vec::new() };
    state.dates.wish = Some(Wish { is_forward, at, keys: Vec::new() });
    seek(state)
}

/// Goes on looking for the undecided paper that was wished for, after something was read; the keys typed meanwhile
/// run once it is found, and are dropped when there is none.
pub(super) fn go_on(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(keys) = state.dates.wish.as_ref().map(|w| w.keys.clone()) else {
        return steps::go_on(state, now);
    };
    let before = state.papers.date;
    let mut effects = seek(state);
    effects.extend(steps::go_on(state, now));
    if state.dates.wish.is_none() && state.papers.date != before && !keys.is_empty() {
        effects.extend(keys::press(state, now, &keys));
    }
    effects
}

/// Takes the papers of a day into the counts, as far as its digests are here. False while some are on their way.
pub(super) fn count_day(state: &mut State, day: usize) -> bool {
    let is_whole = state.library.is_whole(day);
    let Some(date) = state.library.days().get(day).map(|d| d.date) else { return true };
    let counted = if state.papers.date == Some(date) {
        state.papers.counted()
    } else {
        let is_muted = |place| !state.papers.shows_muted && state.ratings.is_muted(place);
        state.sightings.counted(date, state.papers.repeats != Repeats::Fold, &is_muted)
    };
    let counts = state.sightings.count(date, &counted, &state.decisions);
    state.dates.opened(date, counted, counts, is_whole);
    is_whole
}

/// Looks at one day after the other until one has an undecided paper, there is none left, or one must be read.
fn seek(state: &mut State) -> Vec<Effect> {
    loop {
        let Some(Wish { is_forward, at, .. }) = state.dates.wish.clone() else { return Vec::new() };
        let here = state.library.day_of(at);
        let is_open = state.papers.date == Some(at);
        if let Some(day) = here.filter(|_| !is_open && !state.dates.is_done(at)) {
            let effects = read(state, day);
            if !count_day(state, day) {
                state.say(state.lang.looking_at(&at.to_string()));
                return effects;
            }
            if state.dates.counts.get(&at).is_some_and(|c| c.undecided > 0) {
                return arrive(state, day, is_forward);
            }
        }
        let beside = here.and_then(|d| if is_forward { d.checked_add(1) } else { d.checked_sub(1) });
        let next: Option<Date> = beside.and_then(|d| state.library.days().get(d)).map(|d| d.date);
        if let (Some(wish), Some(next)) = (&mut state.dates.wish, next) {
            wish.at = next;
        } else {
            state.dates.wish = None;
            let others = state.papers.other_undecided();
            state.say(state.lang.no_undecided_beyond(is_forward, others));
        }
    }
}

/// Asks for the digests of a day that are not here, if it was not read whole already.
fn read(state: &mut State, day: usize) -> Vec<Effect> {
    let slots = state.library.days().get(day).map(|d| d.slots.as_slice()).unwrap_or_default();
    // A digest that could not be read is not asked for again, or the search would never pass it.
    let is_missing = slots.iter().any(|s| matches!(state.library.slot(*s), None | Some(Slot::Unlisted)));
    if !is_missing {
        return Vec::new();
    }
    if let Some(open) = state.papers.date {
        state.library.touch(open);
    }
    state.library.look_into(day)
}

fn arrive(state: &mut State, day: usize, is_forward: bool) -> Vec<Effect> {
    state.dates.wish = None;
    state.message = None;
    let effects = open_day(state, day);
    // A digest that is read anew must not move the cursor when it comes.
    state.is_arriving = false;
    if !select(state, is_forward, true) {
        // The view shows none of them.
        let rows = state.list_rows();
        state.papers.choose_view(View::All, &state.library, rows);
        select(state, is_forward, true);
    }
    effects
}

/// Selects the next or previous undecided paper of the list, or the first or last of all.
fn select(state: &mut State, is_forward: bool, is_of_all: bool) -> bool {
    let (rows, here, all) = (state.list_rows(), state.papers.cursor.selected, state.papers.entries.len());
    let found = match (is_forward, is_of_all) {
        (true, false) => state.papers.select_undecided(here + 1, rows),
        (true, true) => state.papers.select_undecided(0, rows),
        (false, false) => state.papers.select_undecided_before(here, rows),
        (false, true) => state.papers.select_undecided_before(all, rows),
    };
    if found {
        set_reader(state);
    }
    found
}
