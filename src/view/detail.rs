use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::inset;
use super::paint::put;
use super::theme::Theme;
use crate::state::{Focus, Role, Slot, State, StyledLine};
use crate::text;

/// Draws the detail pane: the head, and the text from where it is scrolled to.
pub(super) fn draw(
    state: &State,
    theme: Theme,
    area: Rect,
    is_beside: bool,
    is_focused: bool,
    buf: &mut Buffer,
) {
    let reader = &state.reader;
    if reader.head.is_empty() && state.search.is_open() {
        return draw_missing(state, theme, inset(area, 2), buf);
    }
    if is_focused && is_beside && !reader.head.is_empty() {
        put(buf, area.x, area.y, 1, &[(theme.marks.bar, theme.bar(true))]);
    }
    let rows = reader.pair_rows();
    let first = area.y + reader.head.len() as u16;
    for row in rows.start.max(reader.top)..rows.end.min(reader.top + reader.body_rows) {
        let y = first + (row - reader.top) as u16;
        put(buf, area.x, y, 1, &[(theme.marks.bar, theme.bar(state.focus == Focus::Detail))]);
    }
    let text = inset(area, if is_beside { 1 } else { 2 });
    let body = reader.in_view();
    let lines = reader.head.iter().chain(&body);
    for (y, line) in (text.y..text.bottom()).zip(lines) {
        put(buf, text.x, y, text.width, &run(line, theme));
    }
}

/// Says that the digest of the paper that was found is on its way, or why it cannot be read.
fn draw_missing(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) {
    let Some(row) = state.papers.selected_row() else { return };
    let (note, role) = match state.library.slot(row.slot) {
        Some(Slot::Failed(problem)) => {
            let said = problem.in_words(|what| state.lang.reason(what));
            (text::show(&text::clean_line(said)), Role::Error)
        }
        Some(Slot::Loaded(_)) => (state.lang.not_here_any_more().to_owned(), Role::Dim),
        _ => (state.lang.loading(text::ellipsis(3)), Role::Dim),
    };
    put(buf, area.x, area.y, area.width.saturating_sub(1), &[(&note, theme.style(role))]);
}

/// The stretches of a row with their styles.
pub(super) fn run(line: &StyledLine, theme: Theme) -> Vec<(&str, Style)> {
    line.spans.iter().map(|s| (s.text.as_str(), theme.style(s.role))).collect()
}
