//! The mouse: it selects, opens and scrolls, and never decides.

use ratatui::layout::{Position, Rect};

use super::navigate::{
    focus, open_date, open_day, open_tab, scroll_detail, set_reader, step_dates, step_papers,
};
use super::panes;
use super::popup::scroll_popup;
use super::statistics;
use crate::action::Action;
use crate::effect::Effect;
use crate::state::{DateEntry, Entry, Focus, Gesture, Mouse, Now, State, Step};

/// Lines that a notch of the wheel scrolls by.
const NOTCH: isize = 3;
/// How long after a press another one in the same place is its second, in milliseconds.
const DOUBLE: i64 = 500;

/// Does what the mouse asks for.
pub(super) fn take(state: &mut State, now: Now, mouse: Mouse) -> Vec<Effect> {
    if state.dates.wish.is_some() || state.regions().too_small {
        return Vec::new();
    }
    if state.statistics.is_open && state.popup.is_none() && state.prompt.is_none() {
        statistics::point(state, mouse);
        return Vec::new();
    }
    match mouse.what {
        Gesture::Press => press(state, now, mouse.at),
        Gesture::WheelUp => wheel(state, now, mouse.at, -1),
        Gesture::WheelDown => wheel(state, now, mouse.at, 1),
        Gesture::Drag => {
            if let Some(rule) = state.pointer.dragged {
                panes::drag(state, rule, mouse.at.x);
            }
            Vec::new()
        }
        Gesture::Release => {
            state.pointer.dragged = None;
            Vec::new()
        }
    }
}

fn press(state: &mut State, now: Now, at: Position) -> Vec<Effect> {
    let second = state
        .pointer
        .opened
        .take()
        .is_some_and(|(place, then)| place == at && (0..DOUBLE).contains(&(now.wall_ms - then)));
    // What covers the panes or waits for text has the keys only.
    if second || state.popup.is_some() || state.prompt.is_some() {
        return Vec::new();
    }
    state.message = None;
    state.typed.clear();
    state.papers.letters = None;
    let regions = state.regions();
    let is_beside = (regions.header.bottom()..regions.status.top()).contains(&at.y);
    state.pointer.dragged = regions.rules.iter().position(|rule| is_beside && *rule == Some(at.x));
    if state.pointer.dragged.is_some() {
        return Vec::new();
    }
    let on = |pane: Option<Rect>| pane.filter(|pane| pane.contains(at));
    if let Some(pane) = on(regions.papers) {
        return press_papers(state, now, at, pane);
    } else if let Some(pane) = on(regions.dates) {
        return press_dates(state, now, at.y - pane.y);
    } else if let Some(pane) = on(regions.detail) {
        let margin = if regions.rules[0].is_some() { 1 } else { 2 };
        let (row, cell) = (usize::from(at.y - pane.y), (at.x - pane.x).checked_sub(margin));
        match cell.and_then(|cell| state.reader.tab_at(row, usize::from(cell))) {
            Some(tab) => open_tab(state, tab),
            None if state.papers.selected_row().is_some() && state.focus != Focus::Detail => {
                focus(state, now, Focus::Detail);
            }
            None => {}
        }
    }
    Vec::new()
}

/// Selects the paper whose row it is; opens it when it was selected and the list had the keys.
fn press_papers(state: &mut State, now: Now, at: Position, pane: Rect) -> Vec<Effect> {
    let rows = state.list_rows();
    let y = (at.y - pane.y).checked_sub(u16::from(state.papers.is_grouped()));
    let hit = |y: u16| state.papers.in_view(rows).into_iter().find(|v| (v.y..v.y + v.rows).contains(&y));
    let entry = y.and_then(hit).map(|v| v.entry);
    let is_paper = |entry: &usize| matches!(state.papers.entries.get(*entry), Some(Entry::Paper(_)));
    let was_focused = state.focus == Focus::Papers;
    match entry.filter(is_paper) {
        Some(entry) if was_focused && entry == state.papers.cursor.selected => {
            state.pointer.opened = Some((at, now.wall_ms));
            return super::act(state, now, Action::Open);
        }
        Some(entry) => {
            state.papers.select(entry, rows);
            set_reader(state);
            focus(state, now, Focus::Papers);
        }
        None if !was_focused => focus(state, now, Focus::Papers),
        None => {}
    }
    Vec::new()
}

/// Shows the day whose row it is; goes to its list when it was selected and the dates had the keys.
fn press_dates(state: &mut State, now: Now, y: u16) -> Vec<Effect> {
    let list = &state.dates;
    let mut end = 0;
    let below = list.items.iter().enumerate().skip(list.cursor.top);
    let hit = below.into_iter().find(|(_, item)| {
        end += item.rows;
        y < end
    });
    let was_focused = state.focus == Focus::Dates;
    let Some(entry) = hit.filter(|(_, item)| item.selectable).map(|(entry, _)| entry) else {
        if !was_focused {
            focus(state, now, Focus::Dates);
        }
        return Vec::new();
    };
    if was_focused && entry == state.dates.cursor.selected {
        return open_date(state, now);
    }
    let picked = state.dates.entries.get(entry).copied();
    let rows = state.date_rows();
    state.dates.cursor = state.dates.cursor.select(entry, &state.dates.items, rows);
    focus(state, now, Focus::Dates);
    match picked {
        Some(DateEntry::Day(day)) if Some(day) != state.open_day() => open_day(state, day),
        _ => Vec::new(),
    }
}

/// Scrolls what is under the pointer.
fn wheel(state: &mut State, now: Now, at: Position, notches: isize) -> Vec<Effect> {
    if let Some(popup) = &state.popup {
        let is_choice = popup.cursor().is_some();
        scroll_popup(state, if is_choice { notches } else { notches * NOTCH });
        return Vec::new();
    }
    let regions = state.regions();
    let is_on = |pane: Option<Rect>| pane.is_some_and(|pane| pane.contains(at));
    if is_on(regions.papers) {
        let papers = if state.papers.density == 1 { NOTCH } else { 1 };
        step_papers(state, Step::By(notches * papers));
    } else if is_on(regions.dates) {
        return step_dates(state, Step::By(notches));
    } else if is_on(regions.detail) && state.reader.bilingual.is_some() {
        state.reader.step_pair(notches > 0);
    } else if is_on(regions.detail) {
        scroll_detail(state, now, notches * NOTCH);
    }
    Vec::new()
}
