use std::sync::Arc;

use super::command;
use super::navigate::{focus, open_day};
use super::popup::{open_palette, open_popup};
use super::reload;
use super::search::leave_search;
use crate::action::Action;
use crate::effect::Effect;
use crate::model::Date;
use crate::state::{Focus, Gesture, Mouse, Now, PopupKind, State, StatisticsPage};
use crate::stats::Portion;

/// Days of a step that is half a page: four weeks.
const FOUR_WEEKS: i64 = 28;

/// Opens the page of statistics on the open day, and has everything counted; leaves it when it is open.
pub(super) fn toggle_statistics(state: &mut State) -> Vec<Effect> {
    if state.statistics.is_open {
        return leave(state);
    }
    let effects = count_all(state);
    open(state);
    effects
}

/// Opens the page on the open day, else on the newest one.
fn open(state: &mut State) {
    let newest = state.library.days().first().map(|d| d.date);
    let date = state.day_list().date.or(newest).unwrap_or_default();
    state.statistics.open(date);
    select(state, date);
}

/// Has everything counted anew while the page is open: something else is there, or is decided.
pub(super) fn count_anew(state: &mut State) -> Vec<Effect> {
    if !state.statistics.is_open {
        return Vec::new();
    }
    let effects = count_all(state);
    if state.statistics.has_moved {
        select(state, state.statistics.selected);
    } else {
        // Before the archives were listed, there may have been another day to begin with.
        open(state);
    }
    effects
}

fn count_all(state: &mut State) -> Vec<Effect> {
    let listed = |slots: &[_]| slots.iter().filter_map(|s| state.library.listed(*s)).cloned().collect();
    let days: Vec<_> = state.library.days().iter().map(|d| (d.date, listed(&d.slots))).collect();
    let page = &mut state.statistics;
    page.generation += 1;
    page.figures.expect(days.iter().map(|(date, _)| *date));
    vec![Effect::Statistics { generation: page.generation, days, decisions: Arc::clone(&state.decisions) }]
}

/// Takes in what was counted.
pub(super) fn counted(state: &mut State, generation: u64, portion: Portion) {
    let page = &mut state.statistics;
    if !page.is_open || page.generation != generation {
        return;
    }
    let dates: Vec<Date> = match &portion {
        Portion::Days(tallies) => tallies.iter().map(|t| t.date).collect(),
        _ => Vec::new(),
    };
    let is_done = portion == Portion::Done;
    page.figures.take(portion, &state.decisions);
    if is_done && !page.has_moved {
        page.show_latest_pace(state.size);
    }
    // The reader knows which papers of a day are repeats of an earlier one.
    for date in dates.into_iter().filter(|d| state.dates.is_whole(*d)) {
        if let Some(counts) = state.dates.counts.get(&date) {
            page.figures.correct(date, *counts);
        }
    }
}

/// Goes back to the panes.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    state.statistics.is_open = false;
    vec![Effect::StopStatistics]
}

fn select(state: &mut State, date: Date) {
    state.statistics.select(date, state.size);
}

/// Carries a verb out on the page of statistics.
pub(super) fn act_in_statistics(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    let before = state.statistics.selected;
    let effects = act(state, now, action);
    state.statistics.has_moved |= state.statistics.selected != before;
    effects
}

fn act(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    let size = state.size;
    let page = &mut state.statistics;
    let screen = page.calendar(size).weeks.saturating_sub(1).max(1).cast_signed() as i64 * 7;
    match action {
        Action::Down => page.step(1, size),
        Action::Up => page.step(-1, size),
        Action::OlderWeek => page.step(-7, size),
        Action::NewerWeek => page.step(7, size),
        Action::HalfPageDown => page.step(FOUR_WEEKS, size),
        Action::HalfPageUp => page.step(-FOUR_WEEKS, size),
        Action::PageDown => page.step(screen, size),
        Action::PageUp => page.step(-screen, size),
        Action::Top => page.select(page.ends().0, size),
        Action::Bottom => page.select(page.ends().1, size),
        Action::OlderDate | Action::NewerDate => step_date(state, action == Action::OlderDate),
        Action::NextMeasure => page.turn_measure(size),
        Action::NextSection | Action::PreviousSection if StatisticsPage::has_all_sections(size) => {}
        Action::NextSection | Action::PreviousSection => page.turn_section(action == Action::NextSection),
        Action::Open => return go_there(state, now),
        Action::Statistics | Action::Back | Action::Escape | Action::Cancel => return leave(state),
        Action::Help => open_popup(state, PopupKind::Help),
        Action::Log => open_popup(state, PopupKind::Log),
        Action::Palette => open_palette(state),
        Action::Command => command::open(state),
        Action::Reload => return reload::reload(state),
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        _ => {
            let help = action.help(state.lang).trim_end_matches(['.', '。']);
            state.complain(state.lang.not_in_statistics(help));
        }
    }
    Vec::new()
}

/// Lets the mouse choose a day; the wheel goes by weeks.
pub(super) fn point(state: &mut State, mouse: Mouse) {
    let size = state.size;
    let page = &mut state.statistics;
    page.has_moved = true;
    match mouse.what {
        Gesture::Press => {
            if let Some(date) = page.day_at(mouse.at, size) {
                page.select(date, size);
            }
        }
        Gesture::WheelUp => page.step(-7, size),
        Gesture::WheelDown => page.step(7, size),
        Gesture::Drag | Gesture::Release => {}
    }
}

/// Goes to the next older or newer date that has a digest.
fn step_date(state: &mut State, is_older: bool) {
    let page = &state.statistics;
    let at = page.selected;
    let found = if is_older {
        page.figures.dates().find(|d| *d < at)
    } else {
        page.figures.dates().rev().find(|d| *d > at)
    };
    match found {
        Some(date) => select(state, date),
        None => state.say(if is_older { state.lang.no_older_date() } else { state.lang.no_newer_date() }),
    }
}

/// Leaves the page for the day that the cursor is on.
fn go_there(state: &mut State, now: Now) -> Vec<Effect> {
    let date = state.statistics.selected;
    let Some(day) = state.library.day_of(date) else {
        state.say(state.lang.no_digest_on(&date.to_string()));
        return Vec::new();
    };
    let mut effects = leave(state);
    leave_search(state);
    if state.papers.date != Some(date) {
        effects.extend(open_day(state, day));
    }
    state.zen = None;
    focus(state, now, Focus::Papers);
    effects
}
