use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::key_of;
use super::paint::{put, put_right};
use super::pending;
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::catalogue::Hint;
use crate::state::{Find, Prompt, PromptKind, Role, State, View};
use crate::text;

/// Draws the last line: message or place at the left, the keys that matter at the right. Returns where the
/// terminal's cursor belongs.
pub(super) fn draw(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) -> Option<Position> {
    if let Some(prompt) = &state.prompt {
        return Some(draw_prompt(state, theme, area, prompt, buf));
    }
    let mut x = area.x + 1;
    let end = area.right().saturating_sub(1);
    if let Some(message) = &state.message {
        let role = if message.is_error { Role::Error } else { Role::Plain };
        x += put(buf, x, area.y, end.saturating_sub(x), &[(&text::show(&message.text), theme.style(role))]);
    } else {
        let (place, role) = place(state);
        x += put(buf, x, area.y, end.saturating_sub(x), &[(&place, theme.style(role))]);
    }
    if !state.log.is_empty() && state.message.is_none() {
        let key = key_of(state, Context::Papers, Action::Log);
        let note = format!("  {}", state.lang.problems(state.log.len(), &key));
        x += put(buf, x, area.y, end.saturating_sub(x), &[(&note, theme.style(Role::Error))]);
    }
    if !state.updating.is_empty() {
        let note = format!("  {}", state.lang.updating(text::ellipsis(3)));
        x += put(buf, x, area.y, end.saturating_sub(x), &[(&note, theme.style(Role::Dim))]);
    }
    let position = scroll_position(state);
    let end = put_right(buf, x + 2, end, area.y, &[(&position, theme.style(Role::Dim))]);
    draw_hints(state, theme, (x + 2, end), area.y, buf);
    None
}

/// The typed keys, else the place in the list and what stands out about it.
fn place(state: &State) -> (String, Role) {
    if let Some(letters) = &state.papers.letters {
        return (state.lang.letters(letters.typed(), text::dot(), text::ellipsis(3)), Role::Plain);
    }
    if !state.typed.is_empty() {
        return (state.typed.iter().map(ToString::to_string).collect(), Role::Plain);
    }
    let (at, all) = state.papers.place();
    let mut parts = Vec::new();
    if state.unsaved.is_some() {
        let unsaved = state.decisions.pending().len();
        return (state.lang.unsaved_count(unsaved), Role::Error);
    }
    if all > 0 {
        parts.push(format!("{at}/{all}"));
    }
    if let Some(find) = state.reader.find.as_ref().filter(|_| state.context() == Context::Detail) {
        let (at, all) = find.place();
        parts.push(format!("/{} {at}/{all}", text::show(&find.query)));
    } else if !state.papers.filter.is_empty() {
        parts.push(format!("/{}", text::show(&state.papers.filter)));
    }
    if state.papers.view != View::All {
        parts.push(state.lang.view(state.papers.view.label(state.lang)));
    }
    if !state.papers.mine.is_empty() {
        parts.push(state.lang.my_categories().to_owned());
    }
    match state.papers.chosen_count() {
        0 => {}
        n => parts.push(state.lang.selected(n)),
    }
    (parts.join("  "), Role::Dim)
}

/// `13-36/64` where the text of the detail pane is longer than its pane.
fn scroll_position(state: &State) -> String {
    let reader = &state.reader;
    let rows = reader.body().len();
    if state.regions().detail.is_none() || state.popup.is_some() || rows <= reader.body_rows {
        return String::new();
    }
    format!("  {}-{}/{rows}", reader.top + 1, (reader.top + reader.body_rows).min(rows))
}

/// Paints as many hints as fit, the most needed first; help is always among them.
fn draw_hints(state: &State, theme: Theme, span: (u16, u16), y: u16, buf: &mut Buffer) {
    let context = state.context();
    if state.papers.letters.is_some() {
        // Every key is a letter now.
        return;
    }
    if !state.typed.is_empty() {
        return paint_hints(&pending::hints(state, context), theme, span, y, buf);
    }
    let mut shown: Vec<(String, &str)> = Vec::new();
    let room = usize::from(span.1.saturating_sub(span.0));
    let mut used = 0;
    let has_detail = state.regions().detail.is_some();
    let hints = hints(state, context);
    let (help, others) = hints.split_at(hints.len().min(1));
    for (actions, hint) in help.iter().chain(mode_hints(state)).chain(others) {
        // Keys of a pane that is not on screen would only puzzle.
        if !has_detail && matches!(hint, Hint::Scroll | Hint::Tabs) {
            continue;
        }
        let keys: Vec<String> = actions.iter().map(|a| key_of(state, context, *a)).collect();
        if keys.iter().any(String::is_empty) {
            continue;
        }
        let word = state.lang.hint(*hint);
        let keys = if actions.len() > 2 {
            format!("{}-{}", keys.first().map_or("", String::as_str), keys.last().map_or("", String::as_str))
        } else {
            keys.join(" ")
        };
        if state.message.as_ref().is_some_and(|m| m.text.contains(&format!("{keys} {word}"))) {
            continue;
        }
        let wide = text::width(&keys) + 1 + text::width(word) + 2;
        // The last hint needs no gap after it.
        if used + wide <= room + 2 {
            used += wide;
            shown.push((keys, word));
        }
    }
    // Help is chosen first and stands last, where the eye looks for it.
    if !shown.is_empty() {
        shown.rotate_left(1);
    }
    paint_hints(&shown, theme, span, y, buf);
}

/// Paints keys and their words at the right end of `span`.
fn paint_hints(shown: &[(String, &str)], theme: Theme, span: (u16, u16), y: u16, buf: &mut Buffer) {
    let mut run = Vec::new();
    let words: Vec<String> = shown.iter().map(|(_, word)| format!(" {word}")).collect();
    for (i, (keys, _)) in shown.iter().enumerate() {
        if i > 0 {
            run.push(("  ", theme.style(Role::Plain)));
        }
        run.push((keys.as_str(), theme.style(Role::Plain)));
        run.push((words.get(i).map_or("", String::as_str), theme.style(Role::Dim)));
    }
    put_right(buf, span.0, span.1, y, &run);
}

/// The keys of what lies over the detail pane, before all others.
fn mode_hints(state: &State) -> &'static [(&'static [Action], Hint)] {
    use Action as A;
    const HITS: (&[A], Hint) = (&[A::NextHit, A::PreviousHit], Hint::Hits);
    const PAIRS: (&[A], Hint) = (&[A::Down, A::Up], Hint::Sentences);
    if state.context() != Context::Detail {
        return &[];
    }
    match (state.reader.find.is_some(), state.reader.bilingual.is_some()) {
        (true, true) => &[HITS, PAIRS],
        (true, false) => &[HITS],
        (false, true) => &[PAIRS],
        (false, false) => &[],
    }
}

/// The tabs, whose keys stand in a row.
const TABS: &[Action] = &[
    Action::TabAll,
    Action::TabEnglish,
    Action::TabChinese,
    Action::TabSummary,
    Action::TabTakeaways,
    Action::TabMore,
];

/// The keys that matter now, help first, then the most needed.
fn hints(state: &State, context: Context) -> &'static [(&'static [Action], Hint)] {
    use Action as A;
    match context {
        // A popup names its own keys.
        Context::Popups => &[],
        Context::Detail => &[
            (&[A::Help], Hint::Help),
            (&[A::Back], Hint::Back),
            (&[A::PageOrNext], Hint::Page),
            (&[A::Bookmark], Hint::Bookmark),
            (&[A::Later], Hint::Later),
            (&[A::Dismiss], Hint::Dismiss),
            (TABS, Hint::Tabs),
            (&[A::NextPaper, A::PreviousPaper], Hint::Neighbours),
            (&[A::Bilingual], Hint::Bilingual),
            (&[A::Find], Hint::Find),
            (&[A::Undo], Hint::Undo),
        ],
        Context::Dates => &[
            (&[A::Help], Hint::Help),
            (&[A::Open], Hint::OpenDay),
            (&[A::Back], Hint::Back),
            (&[A::Down, A::Up], Hint::Move),
            (&[A::NextPane], Hint::Panes),
        ],
        _ => list_hints(state),
    }
}

/// The keys that matter now in the paper list.
fn list_hints(state: &State) -> &'static [(&'static [Action], Hint)] {
    use Action as A;
    match &state.papers {
        p if p.rows.is_empty() => &[
            (&[A::Help], Hint::Help),
            (&[A::Back], Hint::Quit),
            (&[A::Log], Hint::Log),
            (&[A::OlderDate, A::NewerDate], Hint::Days),
        ],
        p if p.chosen_count() > 0 => &[
            (&[A::Help], Hint::Help),
            (&[A::Escape], Hint::Unselect),
            (&[A::Bookmark], Hint::Bookmark),
            (&[A::Later], Hint::Later),
            (&[A::Dismiss], Hint::Dismiss),
            (&[A::ChooseRange], Hint::Range),
            (&[A::Undo], Hint::Undo),
        ],
        p if !p.filter.is_empty() => &[
            (&[A::Help], Hint::Help),
            (&[A::Escape], Hint::ClearFilter),
            (&[A::Open], Hint::Open),
            (&[A::Bookmark], Hint::Bookmark),
            (&[A::Later], Hint::Later),
            (&[A::Dismiss], Hint::Dismiss),
            (&[A::Sweep], Hint::Sweep),
            (&[A::Undo], Hint::Undo),
            (&[A::Filter], Hint::Filter),
        ],
        _ if state.papers.date.is_some_and(|date| state.dates.is_done(date)) => &[
            (&[A::Help], Hint::Help),
            (&[A::NextUndecided], Hint::NextUndecided),
            (&[A::OlderDate, A::NewerDate], Hint::Days),
            (&[A::Undo], Hint::Undo),
            (&[A::Open], Hint::Open),
            (&[A::Bookmark], Hint::Bookmark),
            (&[A::Later], Hint::Later),
            (&[A::Dismiss], Hint::Dismiss),
            (&[A::Filter], Hint::Filter),
            (&[A::Back], Hint::Quit),
        ],
        _ => &[
            (&[A::Help], Hint::Help),
            (&[A::Bookmark], Hint::Bookmark),
            (&[A::Later], Hint::Later),
            (&[A::Dismiss], Hint::Dismiss),
            (&[A::Sweep], Hint::Sweep),
            (&[A::Undo], Hint::Undo),
            (&[A::Open], Hint::Open),
            (&[A::Filter], Hint::Filter),
            (&[A::Letters], Hint::Letters),
            (&[A::ScrollDetailDown, A::ScrollDetailUp], Hint::Scroll),
            (TABS, Hint::Tabs),
            (&[A::Bilingual], Hint::Bilingual),
            (&[A::Back], Hint::Quit),
            (&[A::OlderDate, A::NewerDate], Hint::Days),
            (&[A::NextPane], Hint::Panes),
        ],
    }
}

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
fn draw_prompt(state: &State, theme: Theme, area: Rect, prompt: &Prompt, buf: &mut Buffer) -> Position {
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
    let visible = line.text().get(start..).unwrap_or_default();
    put(buf, x, area.y, room as u16, &[(visible, plain)]);
    Position::new((x + wide as u16).min(area.right().saturating_sub(1)), area.y)
}
