//! A paper that a search found, opened in its day, and the way back from there.

use super::navigate::open_day;
use super::search::close;
use crate::action::{Action, Context};
use crate::effect::Effect;
use crate::state::search::Way;
use crate::state::{Focus, Row, Selection, State};

/// Opens the day of the selected paper with the cursor on it, whatever the day's filter, view and folding.
pub(super) fn open_found(state: &mut State) -> Vec<Effect> {
    let Some(row) = state.papers.selected_row() else { return Vec::new() };
    let of = |row: &Row| (row.place(), row.identity.clone());
    let (at, date) = (of(row), row.found.as_ref().map(|f| f.date));
    let Some(day) = date.and_then(|d| state.library.day_of(d)) else {
        state.complain(state.lang.day_is_gone());
        return Vec::new();
    };
    close(state);
    state.focus = Focus::Papers;
    state.zen = None;
    state.arrival = Some(at);
    let left = state.papers.selected_row().map(of);
    state.search.way = date.zip(state.papers.date).map(|(opened, from)| Way { opened, from, left });
    let effects = open_day(state, day);
    let key = state.keymap.keys_for(Context::Global, Action::Search);
    if let Some(key) = key.first().map(ToString::to_string) {
        state.say(state.lang.back_to_search(&key));
    }
    effects
}

/// The day one was on before a paper that was found was opened in the day that is open now, while nothing narrows that.
pub(super) fn way_back(state: &State) -> Option<usize> {
    let way = state.search.way.as_ref().filter(|way| state.papers.date == Some(way.opened))?;
    let is_plain = state.zen.is_none()
        && state.reader.bilingual.is_none()
        && state.papers.filter.is_empty()
        && state.papers.selection == Selection::default();
    let is_there = state.focus == Focus::Papers && !state.search.is_open();
    state.library.day_of(way.from).filter(|_| is_plain && is_there)
}

/// Goes back to that day.
pub(super) fn go_back(state: &mut State) -> Vec<Effect> {
    let day = way_back(state);
    let way = state.search.way.take();
    // Where the day is still being read, and where it is the one that is open.
    state.arrival = way.and_then(|way| way.left);
    day.map_or_else(Vec::new, |day| open_day(state, day))
}
