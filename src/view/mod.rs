//! Drawing: the state in, cells out.
//!
//! Owns looks and places of everything on the screen. Reads [`State`], never changes it; a pane without
//! rows draws nothing. All text goes through the painter, which keeps wide characters whole.

mod command;
mod dates;
mod detail;
mod header;
mod interest;
mod paint;
mod papers;
mod pending;
mod place;
mod popup;
mod prompt;
mod results;
mod statistics;
mod statistics_sections;
mod status;
mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::state::{Focus, Role, State};

use paint::{clear, put};
use theme::Theme;

/// Draws `state` over the whole of `buf` and returns where the terminal's cursor belongs: at the insertion
/// point of a text input, where an input method opens its window. None hides it.
pub fn draw(state: &State, buf: &mut Buffer) -> Option<Position> {
    let cursor = draw_all(state, buf);
    if let Some(painted) = state.looks.theme.painted() {
        theme::paint_over(painted, buf);
    }
    cursor
}

fn draw_all(state: &State, buf: &mut Buffer) -> Option<Position> {
    let _measure = state.looks.glyphs.measure();
    let area = buf.area;
    clear(buf, area);
    let theme = Theme::new(state.looks);
    let regions = state.regions();
    if regions.too_small {
        let note = state.lang.too_small(area.width, area.height);
        put(buf, area.x, area.y + area.height / 2, area.width, &[(&note, theme.style(Role::Plain))]);
        return None;
    }
    if state.statistics.is_open {
        let body = Rect { y: regions.header.bottom(), height: area.height - 2, ..area };
        statistics::draw(state, theme, regions.header, body, buf);
        return draw_over(state, theme, regions.status, buf);
    }
    header::draw(state, theme, regions.header, buf);
    for column in regions.rules.into_iter().flatten() {
        for y in regions.header.bottom()..regions.status.top() {
            put(buf, column, y, 1, &[(theme.marks.rule, theme.style(Role::Rule))]);
        }
    }
    let focus = if state.popup.is_some() || state.zen.is_some() { None } else { Some(state.focus) };
    if let Some(pane) = regions.dates {
        dates::draw(state, theme, pane, focus == Some(Focus::Dates), buf);
    }
    if let Some(pane) = regions.papers {
        papers::draw(state, theme, pane, focus == Some(Focus::Papers), buf);
    }
    if let Some(pane) = regions.detail {
        let is_beside = regions.rules[0].is_some();
        detail::draw(state, theme, pane, is_beside, focus == Some(Focus::Detail), buf);
    }
    if let (Some(note), Some(open)) = (regions.note, &state.prompt) {
        // The input may lie over the panes.
        clear(buf, regions.status);
        prompt::draw_note(state, theme, note, open, buf);
    }
    draw_over(state, theme, regions.status, buf)
}

/// Draws the last line and what covers the rest; returns where the cursor belongs.
fn draw_over(state: &State, theme: Theme, status: Rect, buf: &mut Buffer) -> Option<Position> {
    let cursor = status::draw(state, theme, status, buf);
    pending::draw(state, theme, status, buf);
    if let Some(open) = &state.prompt {
        command::draw(state, theme, status, open, buf);
    }
    if let Some(open) = &state.popup {
        popup::draw(state, theme, open, buf);
        return cursor.filter(|_| state.prompt.is_some());
    }
    cursor
}

/// The first key bound to an action where the keys go now, or anywhere it works; empty when unbound.
fn key_of(state: &State, context: crate::action::Context, action: crate::action::Action) -> String {
    let own = state.keymap.keys_for(context, action);
    let global = state.keymap.keys_for(crate::action::Context::Global, action);
    let first = own.first().or(global.first()).map(ToString::to_string).unwrap_or_default();
    state.lang.key_name(&first).to_owned()
}

/// The first of the keys that an action and its like begin with.
fn prefix_of(state: &State, context: crate::action::Context, action: crate::action::Action) -> String {
    let keys = state.keymap.keys_for(context, action);
    keys.first().and_then(|keys| keys.0.first()).map(ToString::to_string).unwrap_or_default()
}

/// Insets `area` by `left` cells.
fn inset(area: Rect, left: u16) -> Rect {
    let left = left.min(area.width);
    Rect { x: area.x + left, width: area.width - left, ..area }
}
