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
use crate::config::PipeFormat;
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
    let (mark, form) = match prompt.kind {
        PromptKind::Tags => (" #", ""),
        PromptKind::Palette | PromptKind::Line => (" :", ""),
        PromptKind::Search => (" g/", ""),
        PromptKind::Command(Some(PipeFormat::Markdown)) => (" |", "markdown "),
        PromptKind::Command(Some(PipeFormat::Json)) => (" |", "json "),
        PromptKind::Command(Some(PipeFormat::Text)) => (" |", "text "),
        PromptKind::Command(None) => (" !", ""),
        _ => (" /", ""),
    };
    let marks = [(mark, theme.style(Role::Heading)), (form, theme.style(Role::Dim))];
    let x = area.x + put(buf, area.x, area.y, area.width, &marks);
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
        PromptKind::Command(_) => return draw_command(state, theme, area, prompt, buf),
        PromptKind::Search
        | PromptKind::Tags
        | PromptKind::Narrow
        | PromptKind::Palette
        | PromptKind::Line
        | PromptKind::Dates => (0, 0),
        PromptKind::Find { .. } => state.reader.find.as_ref().map_or((0, 0), Find::place),
    };
    let found = match prompt.kind {
        PromptKind::Tags => tags(state, prompt),
        PromptKind::Line => prompt.meets.map_or_else(String::new, |n| state.lang.so_many_meet(n)),
        PromptKind::Dates => {
            let is_day = |e: &&DateEntry| matches!(e, DateEntry::Day(_));
            let days = state.dates.entries.iter().filter(is_day).count();
            format!("{days}/{}", state.library.days().len())
        }
        // The popup itself says how many rows there are, and the first line how many papers were found.
        PromptKind::Search | PromptKind::Narrow | PromptKind::Palette | PromptKind::Command(_) => {
            String::new()
        }
        PromptKind::Filter if state.papers.awaits_hits() => format!("{at}{}/{all}", text::ellipsis(3)),
        PromptKind::Filter | PromptKind::Find { .. } => format!("{at}/{all}"),
    };
    let keep = key_of(state, Context::Inputs, Action::Keep);
    let clear = key_of(state, Context::Inputs, Action::ClearOrLeave);
    let (keeps, clears) = match prompt.kind {
        PromptKind::Palette => (Hint::Run, Hint::Back),
        PromptKind::Line => (Hint::Run, Hint::Clear),
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
    if matches!(prompt.kind, PromptKind::Filter | PromptKind::Search) {
        return put_right(buf, left, end, area.y, &short);
    }
    match put_right(buf, left, end, area.y, &run) {
        x if x < end => x,
        _ => put_right(buf, left, end, area.y, &short),
    }
}

/// Paints the papers that a command gets, the last command while nothing is typed, and the keys, into the right end of
/// the line, as far as what is typed leaves room; returns the column it begins at.
fn draw_command(state: &State, theme: Theme, area: Rect, prompt: &Prompt, buf: &mut Buffer) -> u16 {
    let (plain, dim) = (theme.style(Role::Plain), theme.style(Role::Dim));
    let is_fed = prompt.kind != PromptKind::Command(None);
    let typed = prompt.line.text();
    let last = state.commands.first().filter(|_| typed.is_empty()).map(|l| text::show(l)).unwrap_or_default();
    let last = text::fit(&last, usize::from(area.width / 5)).into_owned();
    let run = if is_fed || !typed.is_empty() { Hint::Run } else { Hint::OwnShell };
    let hint = |hint| state.lang.hint(hint);
    // The least needed first.
    let hints = [
        (Action::History, last.as_str()),
        (Action::Complete, if is_fed { hint(Hint::Form) } else { "" }),
        (Action::ClearOrLeave, hint(Hint::Back)),
        (Action::Keep, hint(run)),
    ];
    let mut hints: Vec<_> = hints
        .into_iter()
        .map(|(action, word)| (key_of(state, Context::Inputs, action), word))
        .filter(|(key, word)| !key.is_empty() && !word.is_empty())
        .collect();
    let papers = match state.papers.chosen_count() {
        count if is_fed && count > 1 => state.lang.papers(count),
        _ => String::new(),
    };
    let end = area.right().saturating_sub(1);
    let left = area.x + (text::width(typed) as u16 + 16).max(area.width / 4);
    loop {
        let mut run = vec![(papers.as_str(), plain)];
        let space = ("   ", plain);
        let blank = (" ", plain);
        run.extend(hints.iter().flat_map(|(key, word)| [space, (key.as_str(), plain), blank, (*word, dim)]));
        let x = put_right(buf, left, end, area.y, &run);
        if x < end || hints.is_empty() {
            return x;
        }
        hints.remove(0);
    }
}

/// Paints what there is to say about the query into the line under it: what it can be completed to, why it cannot be
/// understood, what may not be meant, else the keys of the input.
pub(super) fn draw_note(state: &State, theme: Theme, area: Rect, prompt: &Prompt, buf: &mut Buffer) {
    let typed = prompt.line.text();
    let said;
    let typed_offers = prompt.offers.as_ref().filter(|o| {
        // Those of a command stand in its list.
        prompt.kind != PromptKind::Line || o.of == OffersOf::History
    });
    let run: Vec<(&str, Style)> = if let Some(offers) = typed_offers {
        listed(offers, theme, usize::from(area.width).saturating_sub(2))
    } else if let Some(error) = &prompt.error {
        said = error.say(typed, state.lang);
        vec![(&said, theme.style(Role::Error))]
    } else if let Some(refusal) = prompt.refusal.as_ref().filter(|r| !r.is_open) {
        said = refusal.say(typed, state.lang);
        vec![(&said, theme.style(Role::Error))]
    } else if let Some(remark) = &prompt.remark {
        said = remark.say(typed, state.lang);
        vec![(&said, theme.style(Role::Dim))]
    } else if prompt.kind == PromptKind::Line {
        let Some((usage, help)) = command::usage(typed, state.lang) else {
            return draw_keys(state, theme, area, prompt, buf);
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
        return draw_keys(state, theme, area, prompt, buf);
    };
    put(buf, area.x + 1, area.y, area.width.saturating_sub(2), &run);
}

/// Paints as many keys of the input as fit, those that keep and clear it always; a command line has these beside it.
fn draw_keys(state: &State, theme: Theme, area: Rect, prompt: &Prompt, buf: &mut Buffer) {
    let is_search = state.search.is_open();
    // From what was found Escape goes on back; from the input Control-C does at once.
    let (keep, leave) = match (is_search, state.papers.selected_row()) {
        (true, Some(_)) => ((Action::Keep, Hint::Results), (Action::Cancel, Hint::Back)),
        (true, None) => ((Action::Keep, Hint::Keep), (Action::ClearOrLeave, Hint::Back)),
        (false, _) => ((Action::Keep, Hint::Keep), (Action::ClearOrLeave, Hint::Clear)),
    };
    let hints = [(Action::Complete, Hint::Complete), (Action::History, Hint::History), keep, leave];
    let some = if prompt.kind == PromptKind::Line { 2 } else { hints.len() };
    let mut shown: Vec<(String, &str)> = hints
        .into_iter()
        .take(some)
        .map(|(action, hint)| (key_of(state, Context::Inputs, action), state.lang.hint(hint)))
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
