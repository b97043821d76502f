use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::key_of;
use super::paint::{put, put_right};
use super::status::paint_hints;
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::catalogue::Hint;
use crate::command;
use crate::state::{DateEntry, Find, Offers, OffersOf, Prompt, PromptKind, Role, State};
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
    let right = draw_found(state, theme, area, prompt, buf);
    let mark = match prompt.kind {
        PromptKind::Tags => " #",
        PromptKind::Palette | PromptKind::Command => " :",
        _ => " /",
    };
    put(buf, area.x, area.y, 2, &[(mark, theme.style(Role::Heading))]);
    let x = area.x + 2;
    let room = usize::from(right.saturating_sub(x + 1)).max(1);
    // Graphemes are dropped from the left until the insertion point has a cell of its own.
    let mut start = 0;
    let (line, before) = (&prompt.line, prompt.line.before());
    let mut wide = text::width(before);
    for (at, grapheme) in text::graphemes(before) {
        if wide < room {
            break;
        }
        wide -= text::width(grapheme);
        start = at + grapheme.len();
    }
    let end = line.text().len();
    let refused = prompt.refusal.as_ref().filter(|r| !r.is_open).map(|r| r.at.clone());
    let wrong = prompt.error.as_ref().map(|e| e.at.clone()).or(refused).unwrap_or(end..end);
    let (from, to) = (wrong.start.max(start), wrong.end.max(start));
    let part = |range: Range<usize>| line.text().get(range).unwrap_or_default();
    let run =
        [(part(start..from), plain), (part(from..to), theme.style(Role::Error)), (part(to..end), plain)];
    put(buf, x, area.y, room as u16, &run);
    Position::new((x + wide as u16).min(area.right().saturating_sub(1)), area.y)
}

/// Paints what was found into the right end of the line, with the keys where they have no line of their own; returns
/// the column it begins at.
fn draw_found(state: &State, theme: Theme, area: Rect, prompt: &Prompt, buf: &mut Buffer) -> u16 {
    let (at, all) = match prompt.kind {
        PromptKind::Filter => (state.papers.place().1, state.papers.rows.len()),
        PromptKind::Tags
        | PromptKind::Narrow
        | PromptKind::Palette
        | PromptKind::Command
        | PromptKind::Dates => (0, 0),
        PromptKind::Find { .. } => state.reader.find.as_ref().map_or((0, 0), Find::place),
    };
    let found = match prompt.kind {
        PromptKind::Tags => tags(state, prompt),
        // The popup itself says how many rows there are.
        PromptKind::Narrow | PromptKind::Palette => String::new(),
        PromptKind::Command => prompt.meets.map_or_else(String::new, |n| state.lang.so_many_meet(n)),
        PromptKind::Dates => {
            let is_day = |e: &&DateEntry| matches!(e, DateEntry::Day(_));
            let days = state.dates.entries.iter().filter(is_day).count();
            format!("{days}/{}", state.library.days().len())
        }
        PromptKind::Filter | PromptKind::Find { .. } => format!("{at}/{all}"),
    };
    let keep = key_of(state, Context::Inputs, Action::Keep);
    let clear = key_of(state, Context::Inputs, Action::ClearOrLeave);
    let (keeps, clears) = match prompt.kind {
        PromptKind::Palette => (Hint::Run, Hint::Back),
        PromptKind::Command => (Hint::Run, Hint::Clear),
        _ => (Hint::Keep, Hint::Clear),
    };
    let hints = [
        found,
        format!("   {keep} "),
        state.lang.hint(keeps).to_owned(),
        format!("  {clear} "),
        state.lang.hint(clears).to_owned(),
    ];
    let (plain, dim) = (theme.style(Role::Plain), theme.style(Role::Dim));
    let styles = [plain, plain, dim, plain, dim];
    let run: Vec<_> = hints.iter().map(String::as_str).zip(styles).collect();
    let short: Vec<_> = run.iter().take(1).copied().collect();
    let end = area.right().saturating_sub(1);
    let left = area.x + area.width / 3;
    if prompt.kind == PromptKind::Filter {
        return put_right(buf, left, end, area.y, &short);
    }
    match put_right(buf, left, end, area.y, &run) {
        x if x < end => x,
        _ => put_right(buf, left, end, area.y, &short),
    }
}

/// Paints what there is to say about the query into the line under it: what it can be completed to, why it cannot be
/// understood, what may not be meant, else the keys of the input.
pub(super) fn draw_note(state: &State, theme: Theme, area: Rect, prompt: &Prompt, buf: &mut Buffer) {
    let typed = prompt.line.text();
    let said;
    let typed_offers = prompt.offers.as_ref().filter(|o| {
        // Those of a command stand in its list.
        prompt.kind != PromptKind::Command || o.of == OffersOf::History
    });
    let run: Vec<(&str, Style)> = if let Some(offers) = typed_offers {
        listed(offers, theme, usize::from(area.width).saturating_sub(2))
    } else if let Some(error) = &prompt.error {
        said = error.say(typed, state.lang);
        vec![(&said, theme.style(Role::Error))]
    } else if let Some(refusal) = prompt.refusal.as_ref().filter(|r| !r.is_open) {
        said = refusal.say(typed, state.lang);
        vec![(&said, theme.style(Role::Error))]
    } else if prompt.kind == PromptKind::Command {
        let Some((usage, help)) = command::usage(typed, state.lang) else {
            return draw_keys(state, theme, area, &KEYS[..2], buf);
        };
        said = format!("  {help}");
        let usage =
            put(buf, area.x + 1, area.y, area.width.saturating_sub(2), &[(&usage, theme.style(Role::Plain))]);
        put(
            buf,
            area.x + 1 + usage,
            area.y,
            area.width.saturating_sub(2 + usage),
            &[(&said, theme.style(Role::Dim))],
        );
        return;
    } else if let Some(remark) = state.papers.query().remarks.first() {
        said = remark.say(typed, state.lang);
        vec![(&said, theme.style(Role::Dim))]
    } else {
        return draw_keys(state, theme, area, &KEYS, buf);
    };
    put(buf, area.x + 1, area.y, area.width.saturating_sub(2), &run);
}

/// The keys of an input; the last two stand beside it where there is room.
const KEYS: [(Action, Hint); 4] = [
    (Action::Complete, Hint::Complete),
    (Action::History, Hint::History),
    (Action::Keep, Hint::Keep),
    (Action::ClearOrLeave, Hint::Clear),
];

/// Paints as many keys of the input as fit, the last ones always.
fn draw_keys(state: &State, theme: Theme, area: Rect, keys: &[(Action, Hint)], buf: &mut Buffer) {
    let mut shown: Vec<(String, &str)> = keys
        .iter()
        .map(|(action, hint)| (key_of(state, Context::Inputs, *action), state.lang.hint(*hint)))
        .filter(|(key, _)| !key.is_empty())
        .collect();
    let wide = |shown: &[(String, &str)]| {
        shown.iter().map(|(k, w)| text::width(k) + text::width(w) + 3).sum::<usize>()
    };
    while wide(&shown) > usize::from(area.width) && !shown.is_empty() {
        shown.remove(0);
    }
    paint_hints(&shown, theme, (area.x + 1, area.right().saturating_sub(1)), area.y, buf);
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
