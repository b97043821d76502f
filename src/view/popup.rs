use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::detail::run;
use super::key_of;
use super::paint::{clear, put, put_right};
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::catalogue::Hint;
use crate::state::{Popup, PopupKind, Role, State};
use crate::text;

/// Draws a framed popup over the middle of the screen.
pub(super) fn draw(state: &State, theme: Theme, popup: &Popup, buf: &mut Buffer) {
    let screen = buf.area;
    let (rows, cells) = state.popup_room();
    // The frame keeps its size while its rows are narrowed.
    let longest =
        popup.lines.iter().map(crate::state::StyledLine::width).max().unwrap_or(0).max(popup.whole.1);
    let most = popup.lines.len().max(popup.whole.0);
    let title = match popup.kind {
        PopupKind::Help => state.lang.help_title(),
        PopupKind::Log => state.lang.log_title(),
        PopupKind::Links => state.lang.links_title(),
        PopupKind::Address => state.lang.address_title(),
        PopupKind::Palette => state.lang.palette_title(),
        PopupKind::Queries => state.lang.queries_title(),
        PopupKind::Why => state.lang.why_title().to_owned(),
        PopupKind::Authors => state.lang.authors_title(popup.whole.0),
    };
    let foot = foot(state, popup, rows);
    // The foot's corner and rule stand beside it.
    let inner = cells.min(longest.max(24).max(text::width(&foot) + 1)) as u16;
    let height = rows.min(most) as u16 + 2;
    let width = inner + 4;
    let area = Rect {
        x: screen.x + screen.width.saturating_sub(width) / 2,
        y: screen.y + screen.height.saturating_sub(height) / 2,
        width: width.min(screen.width),
        height: height.min(screen.height),
    };
    // A blank cell on either side keeps the text below from touching the frame.
    let around = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area }.intersection(screen);
    clear(buf, around);
    frame(theme, area, buf);
    put(buf, area.x + 2, area.y, inner, &[(&format!(" {title} "), theme.style(Role::Heading))]);
    put_right(
        buf,
        area.x + 2,
        area.right().saturating_sub(2),
        area.bottom() - 1,
        &[(&foot, theme.style(Role::Dim))],
    );
    let body = area.y + 1..area.bottom().saturating_sub(1);
    for (y, line) in body.zip(popup.lines.iter().skip(popup.top)) {
        put(buf, area.x + 2, y, inner, &run(line, theme));
    }
    if let Some(at) = popup.cursor() {
        let y = area.y + 1 + (at - popup.top.min(at)) as u16;
        put(buf, area.x + 1, y, 1, &[(theme.marks.bar, theme.bar(true))]);
        let row = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
        theme.lay_ground(row, buf);
    }
}

/// The rows in view and the keys of the popup.
fn foot(state: &State, popup: &Popup, rows: usize) -> String {
    let keys = |actions: &[Action]| {
        actions.iter().map(|a| key_of(state, Context::Popups, *a)).collect::<Vec<_>>().join(" ")
    };
    let dot = text::dot();
    let (close, find) = (keys(&[Action::Close]), keys(&[Action::Narrow]));
    let mut hints = Vec::new();
    if popup.can_narrow() && !find.is_empty() {
        hints.push(format!("{find} {}", state.lang.hint(Hint::Find)));
    }
    hints.push(match popup.kind {
        PopupKind::Links => state.lang.links_hint(&popup.links.typed, &close, dot),
        PopupKind::Address => state.lang.any_key_closes().to_owned(),
        PopupKind::Queries => state.lang.queries_hint(&keys(&[Action::Pick]), &close, dot),
        PopupKind::Authors => {
            state.lang.authors_hint(&keys(&[Action::Pick]), &keys(&[Action::Follow]), &close, dot)
        }
        _ => state.lang.popup_hint(&keys(&[Action::Down, Action::Up]), &close, dot),
    });
    if state.prompt.is_some() {
        // The input says its own keys.
        hints.clear();
    }
    let last = (popup.top + rows).min(popup.lines.len());
    hints.insert(0, format!("{}-{last}/{}", popup.top + 1, popup.lines.len()));
    format!(" {} ", hints.join(&format!(" {dot} ")))
}

/// Draws a frame along the inside of `area`.
pub(super) fn frame(theme: Theme, area: Rect, buf: &mut Buffer) {
    let line = theme.style(Role::Frame);
    let [top_left, top_right, bottom_right, bottom_left, across, down] = theme.marks.frame;
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    for x in area.x..area.right() {
        put(buf, x, area.y, 1, &[(across, line)]);
        put(buf, x, bottom, 1, &[(across, line)]);
    }
    for y in area.y..area.bottom() {
        put(buf, area.x, y, 1, &[(down, line)]);
        put(buf, right, y, 1, &[(down, line)]);
    }
    for (x, y, corner) in [
        (area.x, area.y, top_left),
        (right, area.y, top_right),
        (right, bottom, bottom_right),
        (area.x, bottom, bottom_left),
    ] {
        put(buf, x, y, 1, &[(corner, line)]);
    }
}
