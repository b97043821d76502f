use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{clear, put, put_right};
use super::popup::frame;
use super::theme::Theme;
use crate::command::Choice;
use crate::state::{OffersOf, Prompt, PromptKind, Role, State};
use crate::text;

/// Rows of the list at most.
const ROWS: usize = 8;
/// Cells of a text in it at most.
const TEXT: usize = 28;
/// Cells of an explanation at most.
const HELP: usize = 64;
/// Cells that the frame and the blanks inside it take at both sides.
const FRAME: usize = 4;

/// Draws what the end of the command can be completed to in a frame above the input.
pub(super) fn draw(state: &State, theme: Theme, status: Rect, prompt: &Prompt, buf: &mut Buffer) {
    let choices = &prompt.found.1;
    let taken = prompt.offers.as_ref();
    let is_history = taken.is_some_and(|o| o.of == OffersOf::History);
    if prompt.kind != PromptKind::Line || is_history || is_typed(prompt) {
        return;
    }
    let panes = usize::from(status.y.saturating_sub(state.regions().header.bottom()));
    let rows = choices.len().min(ROWS).min(panes.saturating_sub(2));
    if rows == 0 {
        return;
    }
    let at = taken.map(|o| o.at);
    let first = at.map_or(0, |at| (at + 1).saturating_sub(rows));
    let shown = || choices.iter().enumerate().skip(first).take(rows);
    let wide = |of: fn(&Choice) -> &str, most: usize| {
        choices.iter().map(|c| text::width(of(c).trim_end())).max().unwrap_or(0).min(most)
    };
    let (name, help) = (wide(|c| &c.text, TEXT), wide(|c| &c.help, HELP));
    let gap = if help > 0 { 2 } else { 0 };
    let width = (name + gap + help + FRAME).max(FRAME + 12).min(usize::from(status.width)) as u16;
    let height = rows as u16 + 2;
    let area = Rect { x: status.x, y: status.y.saturating_sub(height), width, height };
    clear(buf, Rect { width: width + 1, ..area }.intersection(buf.area));
    frame(theme, area, buf);
    let place = format!(" {}-{}/{} ", first + 1, first + rows, choices.len());
    let bottom = area.bottom().saturating_sub(1);
    put_right(buf, area.x + 2, area.right().saturating_sub(2), bottom, &[(&place, theme.style(Role::Dim))]);
    for (row, (nth, choice)) in shown().enumerate() {
        let y = area.y + 1 + row as u16;
        let is_taken = at == Some(nth);
        if is_taken {
            put(buf, area.x + 1, y, 1, &[(theme.marks.bar, theme.bar(true))]);
        }
        let role = if is_taken { Role::Heading } else { Role::Plain };
        put(buf, area.x + 2, y, name as u16, &[(&text::show(&choice.text), theme.style(role))]);
        let x = area.x + 2 + (name + gap) as u16;
        let room = area.right().saturating_sub(2 + x);
        let help = text::fit(&choice.help, usize::from(room));
        put(buf, x, y, room, &[(&help, theme.style(Role::Dim))]);
    }
}

/// Says whether the only choice stands in the line already.
fn is_typed(prompt: &Prompt) -> bool {
    let (bytes, choices) = &prompt.found;
    let before = prompt.line.before();
    let word = before.get(before.len().saturating_sub(*bytes)..).unwrap_or_default();
    matches!(choices.as_slice(), [only] if only.text.trim_end() == word)
}
