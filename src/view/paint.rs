use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::text;

/// Stretches of text with their styles, from left to right.
pub(super) type Run<'a> = [(&'a str, Style)];

/// Paints `run` from column `x` of row `y` into at most `cells` cells and returns how many were taken.
///
/// Text that does not fit ends in an ellipsis. A wide character that would be cut is left out whole, control
/// characters are never written, and nothing is written outside the buffer.
pub(super) fn put(buf: &mut Buffer, x: u16, y: u16, cells: u16, run: &Run) -> u16 {
    let room = usize::from(cells.min(buf.area.right().saturating_sub(x)));
    if y >= buf.area.bottom() || y < buf.area.y || room == 0 {
        return 0;
    }
    let whole: usize = run.iter().map(|(t, _)| text::width(t)).sum();
    let end = if whole > room { text::ellipsis(room) } else { "" };
    let limit = room - end.chars().count();
    let mut used = 0;
    let mut last = Style::new();
    'run: for (stretch, style) in run {
        last = *style;
        for (_, grapheme) in text::graphemes(stretch) {
            let wide = text::grapheme_width(grapheme);
            if used + wide > limit {
                break 'run;
            }
            if wide > 0 && !grapheme.contains(char::is_control) {
                put_grapheme(buf, x + used as u16, y, grapheme, wide, *style);
                used += wide;
            }
        }
    }
    for (_, mark) in text::graphemes(end) {
        put_grapheme(buf, x + used as u16, y, mark, 1, last);
        used += 1;
    }
    used as u16
}

/// Paints `run` so that it ends before column `right`; returns its first column.
pub(super) fn put_right(buf: &mut Buffer, left: u16, right: u16, y: u16, run: &Run) -> u16 {
    let wide: usize = run.iter().map(|(t, _)| text::width(t)).sum();
    let room = usize::from(right.saturating_sub(left));
    if wide > room {
        return right;
    }
    let x = right - wide as u16;
    put(buf, x, y, right - x, run);
    x
}

fn put_grapheme(buf: &mut Buffer, x: u16, y: u16, grapheme: &str, wide: usize, style: Style) {
    // Few fonts have a bold Han; terminals smear the regular one instead.
    let style = if wide > 1 { style.remove_modifier(Modifier::BOLD) } else { style };
    if let Some(cell) = buf.cell_mut((x, y)) {
        cell.reset();
        cell.set_symbol(grapheme).set_style(style);
    }
    for covered in 1..wide {
        if let Some(cell) = buf.cell_mut((x + covered as u16, y)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Blanks `area`, and the left half of a wide character that its left edge cuts.
pub(super) fn clear(buf: &mut Buffer, area: Rect) {
    for y in area.top()..area.bottom() {
        if let Some(cell) = area.left().checked_sub(1).and_then(|x| buf.cell_mut((x, y)))
            && text::width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
        for x in area.left()..area.right() {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}
