use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint::{put, put_right};
use super::pending;
use super::prompt;
use super::theme::Theme;
use super::{key_of, prefix_of};
use crate::action::{Action, Context};
use crate::catalogue::Hint;
use crate::state::{Order, Role, State, StatisticsPage, View};
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
    if let Some(percent) = state.indexing.percent().filter(|_| state.message.is_none()) {
        let note = format!("  {}", state.lang.indexing(percent));
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
    if !state.typed.is_empty() || state.count.is_some() {
        return (pending::typed(state), Role::Plain);
    }
    let (at, all) = state.papers.place();
    let mut parts = Vec::new();
    if state.unsaved.is_some() {
        let unsaved = state.decisions.pending().len();
        return (state.lang.unsaved_count(unsaved), Role::Error);
    }
    if state.statistics.is_open {
        return (String::new(), Role::Dim);
    }
    if all > 0 {
        parts.push(format!("{at}/{all}"));
    }
    // Without rules and another order there is only one.
    let has_rules = !state.interest().rules().is_empty() && !state.papers.is_of_search();
    if state.papers.order != Order::Source || has_rules {
        parts.push(state.papers.order.label(state.lang).to_owned());
    }
    if state.prefs.is_read_only {
        parts.push(state.lang.read_only_mark().to_owned());
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
    let is_covered = state.popup.is_some() || state.statistics.is_open;
    if state.regions().detail.is_none() || is_covered || rows <= reader.body_rows {
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
