use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::key_of;
use super::paint::{clear, put, put_right};
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::catalogue::Hint;
use crate::state::{Find, Offers, Prompt, PromptKind, Role, State};
use crate::text;

/// The tags in use that can be completed to.
fn tags(state: &State, prompt: &Prompt) -> String {
    let found: Vec<&str> = prompt.candidates().take(12).collect();
    if found.is_empty() {
        return state.lang.no_tags_yet().to_owned();
    }
    let room = usize::from(state.size.cols / 3);
    text::fit(&text::show(&text::clean_line(found.join(" "))), room).into_owned()
}

/// Paints the input; a text longer than its place is scrolled so that the insertion point stays in view.
pub(super) fn draw(state: &State, theme: Theme, area: Rect, prompt: &Prompt, buf: &mut Buffer) -> Position {
    let plain = theme.style(Role::Plain);
    let line = &prompt.line;
    let count = match prompt.kind {
        PromptKind::Filter => (state.papers.place().1, state.papers.rows.len()),
        PromptKind::Tags => (0, 0),
        PromptKind::Find { .. } => state.reader.find.as_ref().map_or((0, 0), Find::place),
    };
    let found = match prompt.kind {
        PromptKind::Tags => tags(state, prompt),
        _ => format!("{}/{}", count.0, count.1),
    };
    let keep = key_of(state, Context::Inputs, Action::Keep);
    let clear = key_of(state, Context::Inputs, Action::ClearOrLeave);
    let hints = [
        found,
        format!("   {keep} "),
        state.lang.hint(Hint::Keep).to_owned(),
        format!("  {clear} "),
        state.lang.hint(Hint::Clear).to_owned(),
    ];
    let dim = theme.style(Role::Dim);
    let styles = [plain, plain, dim, plain, dim];
    let run: Vec<_> = hints.iter().map(String::as_str).zip(styles).collect();
    let short: Vec<_> = run.iter().take(1).copied().collect();
    let end = area.right().saturating_sub(1);
    let left = area.x + area.width / 3;
    let right = match put_right(buf, left, end, area.y, &run) {
        x if x < end => x,
        _ => put_right(buf, left, end, area.y, &short),
    };
    put(
        buf,
        area.x,
        area.y,
        2,
        &[(if prompt.kind == PromptKind::Tags { " #" } else { " /" }, theme.style(Role::Heading))],
    );
    let x = area.x + 2;
    let room = usize::from(right.saturating_sub(x + 1)).max(1);
    // Graphemes are dropped from the left until the insertion point has a cell of its own.
    let mut start = 0;
    let before = line.before();
    let mut wide = text::width(before);
    for (at, grapheme) in text::graphemes(before) {
        if wide < room {
            break;
        }
        wide -= text::width(grapheme);
        start = at + grapheme.len();
    }
    let wrong = prompt.error.as_ref().map_or(line.text().len(), |e| e.at.start).max(start);
    let visible =
        [start..wrong, wrong..line.text().len()].map(|part| line.text().get(part).unwrap_or_default());
    put(buf, x, area.y, room as u16, &[(visible[0], plain), (visible[1], theme.style(Role::Error))]);
    draw_note(state, theme, area, prompt, buf);
    Position::new((x + wide as u16).min(area.right().saturating_sub(1)), area.y)
}

/// Paints what there is to say about the input into the row above it: what it can be completed to, why it cannot be
/// understood, or what may not be meant.
fn draw_note(state: &State, theme: Theme, area: Rect, prompt: &Prompt, buf: &mut Buffer) {
    let Some(y) = area.y.checked_sub(1).filter(|_| prompt.kind == PromptKind::Filter) else { return };
    let typed = prompt.line.text();
    let said;
    let run: Vec<(&str, Style)> = if let Some(offers) = &prompt.offers {
        listed(offers, theme, usize::from(area.width).saturating_sub(2))
    } else if let Some(error) = &prompt.error {
        said = error.say(typed, state.lang);
        vec![(&said, theme.style(Role::Error))]
    } else if let Some(remark) = state.papers.query().remarks.first() {
        said = remark.say(typed, state.lang);
        vec![(&said, theme.style(Role::Dim))]
    } else {
        return;
    };
    clear(buf, Rect { y, height: 1, ..area });
    put(buf, area.x + 1, y, area.width.saturating_sub(2), &run);
}

/// The offers with the taken one standing out; those before it go when there is no room for them.
fn listed(offers: &Offers, theme: Theme, room: usize) -> Vec<(&str, Style)> {
    let wide = |i: usize| offers.list.get(i).map_or(0, |o| text::width(o) + 2);
    let mut first = offers.at;
    let mut used = wide(first);
    while let Some(before) = first.checked_sub(1).filter(|b| used + wide(*b) <= room) {
        used += wide(before);
        first = before;
    }
    let style = |i| theme.style(if i == offers.at { Role::Heading } else { Role::Dim });
    let shown = offers.list.iter().enumerate().skip(first);
    shown.flat_map(|(i, offer)| [(offer.as_str(), style(i)), ("  ", theme.style(Role::Plain))]).collect()
}
