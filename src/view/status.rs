use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint::{clear, put, put_right};
use super::pending;
use super::place::{place, scroll_position};
use super::prompt;
use super::theme::Theme;
use super::{key_of, prefix_of};
use crate::action::{Action, Context};
use crate::catalogue::Hint;
use crate::state::{Role, State, StatisticsPage};
use crate::text;

/// Draws the last line: message or place at the left, the keys that matter at the right. Returns where the
/// terminal's cursor belongs.
pub(super) fn draw(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) -> Option<Position> {
    if let Some(open) = &state.prompt {
        return Some(prompt::draw(state, theme, area, open, buf));
    }
    let mut x = area.x + 1;
    let end = area.right().saturating_sub(1);
    if let Some(message) = &state.message {
        let role = if message.is_error { Role::Error } else { Role::Plain };
        let rows = state.message_rows();
        for (row, above) in rows.iter().zip((0..rows.len() as u16).rev()) {
            let line = Rect { y: area.y.saturating_sub(above), height: 1, ..area };
            if above > 0 {
                clear(buf, line);
            }
            let cells = put(buf, x, line.y, end.saturating_sub(x), &[(row, theme.style(role))]);
            x += if above == 0 { cells } else { 0 };
        }
    } else {
        let (place, role) = place(state, usize::from(end.saturating_sub(x)));
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
    if let Some(percent) = state.indexing.percent().filter(|_| state.message.is_none()) {
        let note = format!("  {}", state.lang.indexing(percent));
        x += put(buf, x, area.y, end.saturating_sub(x), &[(&note, theme.style(Role::Dim))]);
    }
    let position = scroll_position(state);
    let end = put_right(buf, x + 2, end, area.y, &[(&position, theme.style(Role::Dim))]);
    draw_hints(state, theme, (x + 2, end), area.y, buf);
    None
}

/// Paints as many hints as fit, the most needed first; help is always among them.
fn draw_hints(state: &State, theme: Theme, span: (u16, u16), y: u16, buf: &mut Buffer) {
    let context = state.context();
    if state.papers.letters.is_some() {
        // Every key is a letter now.
        return;
    }
    if !state.typed.is_empty() || state.count.is_some() {
        let room = usize::from(span.1.saturating_sub(span.0));
        let hints = pending::hints(state, context, room);
        let hints: Vec<_> = hints.iter().map(|(keys, word)| (keys.clone(), word.as_str())).collect();
        return paint_hints(&hints, theme, span, y, buf);
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
        let keys: Vec<String> = match hint {
            Hint::Copy | Hint::Export => actions.iter().map(|a| prefix_of(state, context, *a)).collect(),
            _ => actions.iter().map(|a| key_of(state, context, *a)).collect(),
        };
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
pub(super) fn paint_hints(
    shown: &[(String, &str)],
    theme: Theme,
    span: (u16, u16),
    y: u16,
    buf: &mut Buffer,
) {
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
    const VERSIONS: (&[A], Hint) = (&[A::NextVersion], Hint::Versions);
    if state.context() != Context::Detail {
        return &[];
    }
    match (state.reader.find.is_some(), state.reader.bilingual.is_some()) {
        (true, true) => &[HITS, PAIRS],
        (true, false) => &[HITS],
        (false, true) => &[PAIRS],
        (false, false) if has_versions(state) => &[VERSIONS],
        (false, false) => &[],
    }
}

/// Says whether another record of the selected paper has other texts.
fn has_versions(state: &State) -> bool {
    state.papers.selected_row().is_some_and(|r| r.also.iter().any(|a| a.is_other_text))
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
            (&[A::OpenPage], Hint::OpenLink),
            (&[A::YankLink], Hint::Copy),
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
        Context::Statistics if StatisticsPage::has_all_sections(state.size) => &[
            (&[A::Help], Hint::Help),
            (&[A::Back], Hint::Back),
            (&[A::Open], Hint::OpenDay),
            (&[A::NextMeasure], Hint::Measure),
            (&[A::OlderWeek, A::Down, A::Up, A::NewerWeek], Hint::Move),
            (&[A::OlderDate, A::NewerDate], Hint::Days),
        ],
        Context::Statistics => &[
            (&[A::Help], Hint::Help),
            (&[A::Back], Hint::Back),
            (&[A::Open], Hint::OpenDay),
            (&[A::NextMeasure], Hint::Measure),
            (&[A::PreviousSection, A::NextSection], Hint::Section),
            (&[A::OlderWeek, A::NewerWeek], Hint::Weeks),
            (&[A::Down, A::Up], Hint::Move),
        ],
        _ => list_hints(state),
    }
}

/// The keys that matter now in the paper list.
fn list_hints(state: &State) -> &'static [(&'static [Action], Hint)] {
    use Action as A;
    match &state.papers {
        p if p.is_of_search() && p.selected_row().is_none() => {
            &[(&[A::Help], Hint::Help), (&[A::Escape], Hint::Back), (&[A::Search], Hint::ChangeQuery)]
        }
        p if p.is_of_search() && p.chosen_count() == 0 => &[
            (&[A::Help], Hint::Help),
            (&[A::Escape], Hint::Back),
            (&[A::Open], Hint::ToDay),
            (&[A::Search], Hint::ChangeQuery),
            (&[A::Bookmark], Hint::Bookmark),
            (&[A::Later], Hint::Later),
            (&[A::Dismiss], Hint::Dismiss),
            (&[A::Undo], Hint::Undo),
            (&[A::PaneRight], Hint::Open),
            (&[A::Letters], Hint::Letters),
            (&[A::ScrollDetailDown, A::ScrollDetailUp], Hint::Scroll),
            (TABS, Hint::Tabs),
            (&[A::YankLink], Hint::Copy),
            (&[A::OpenPage], Hint::OpenLink),
            (&[A::ExportBibtex], Hint::Export),
        ],
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
            (&[A::YankLink], Hint::Copy),
            (&[A::ExportBibtex], Hint::Export),
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
            (&[A::Search], Hint::Search),
            (&[A::Back], Hint::Quit),
            (&[A::YankLink], Hint::Copy),
            (&[A::OpenPage], Hint::OpenLink),
            (&[A::ExportBibtex], Hint::Export),
            (&[A::OlderDate, A::NewerDate], Hint::Days),
            (&[A::NextPane], Hint::Panes),
        ],
    }
}
