//! What a search over all dates found.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::key_of;
use super::paint::{put, put_right};
use super::papers::{cut, stretches};
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::filter::occurrences;
use crate::state::{Finding, Role, Row, Stage, State, View};
use crate::text;

/// Cells of a category at most.
const CATEGORY: usize = 16;
/// Bytes of a word that is left out rather than cut.
const WORD: usize = 16;
/// From this many cells of text a row with a piece of text names the category too.
const ROOM_FOR_CATEGORY: u16 = 66;

/// Draws the first line from column `x` on: what is looked for, and how far that is.
pub(super) fn draw_header(state: &State, theme: Theme, area: Rect, x: u16, buf: &mut Buffer) {
    let search = &state.search;
    let dot = format!(" {} ", text::dot());
    let end = area.right().saturating_sub(1);
    let (counts, role) = counts(state, theme);
    let right = put_right(buf, x + 8, end, area.y, &[(&counts, theme.style(role))]);
    let folder = search.folder.and_then(|at| state.folders.list.get(at));
    let what = name(state);
    let query = folder.map(|f| format!("  {}", text::show(&f.query))).unwrap_or_default();
    let room = right.saturating_sub(x + 1);
    let name = state.lang.all_dates();
    let dot = if what.trim().is_empty() { "" } else { &dot };
    let run = [
        (name, theme.style(Role::Strong)),
        (dot, theme.style(Role::Dim)),
        (&what, theme.style(Role::Plain)),
        (&query, theme.style(Role::Dim)),
    ];
    put(buf, x, area.y, room, &run);
}

/// What is looked for: the name of the saved query, else what was typed.
fn name(state: &State) -> String {
    let folder = state.search.folder.and_then(|at| state.folders.list.get(at));
    folder.map_or_else(|| text::show(state.search.typed.trim()), |f| f.label(state.lang))
}

/// How many were found, and how far the search is: `题名 35 · 正文 12 · 40%`.
fn counts(state: &State, theme: Theme) -> (String, Role) {
    let (search, lang) = (&state.search, state.lang);
    if search.is_empty() {
        return (String::new(), Role::Dim);
    }
    let number = |n: Option<usize>| n.map_or_else(|| theme.marks.unknown.to_owned(), |n| n.to_string());
    let found = lang.found_so_far(&number(search.titles), &number(search.texts()), text::dot());
    let end = match &search.stage {
        Some(Stage::Failed(why)) => return (lang.search_failed(&text::show(why)), Role::Error),
        Some(Stage::Texts { done, of }) => format!("{}%", done * 100 / (*of).max(1)),
        Some(Stage::Done) => lang.on_days(search.days.len()),
        Some(Stage::Titles) | None => theme.marks.fresh.to_owned(),
    };
    let all = search.stage.is_some().then(|| lang.papers(search.total));
    let found = search.folder.is_none().then_some(found);
    let parts = [all, found, Some(end)].into_iter().flatten().collect::<Vec<_>>();
    (parts.join(&format!(" {} ", text::dot())), Role::Plain)
}

/// Draws the heading of what was found in titles, or in texts.
pub(super) fn draw_heading(state: &State, theme: Theme, area: Rect, group: usize, buf: &mut Buffer) {
    let dim = theme.style(Role::Dim);
    let is_in_titles = group == 0;
    let count = if is_in_titles { state.search.titles } else { state.search.texts() };
    let count = count.map(|n| format!(" {n}")).unwrap_or_default();
    let name = state.lang.found_in(is_in_titles);
    put(buf, area.x + 1, area.y, area.width.saturating_sub(2), &[(name, dim), (&count, dim)]);
}

/// The words that stand in the title of a paper that was found by another text; with gaps they would be found by chance.
pub(super) fn hits_in_title(state: &State, title: &str) -> Vec<Range<usize>> {
    let words = state.papers.query().words();
    let mut hits: Vec<_> = words.iter().flat_map(|word| occurrences(word, title)).collect();
    hits.sort_unstable_by_key(|hit| (hit.start, hit.end));
    hits.dedup_by(|next, before| next.start < before.end);
    hits
}

/// Draws where a paper was found: date, category, and the piece of its text or its authors.
pub(super) fn draw_where(row: &Row, found: &Finding, theme: Theme, area: Rect, buf: &mut Buffer) {
    let (dim, plain) = (theme.style(Role::Dim), theme.style(Role::Plain));
    let dot = format!(" {} ", text::dot());
    let date = found.date.to_string();
    // A piece of text needs the room more than the category does.
    let has_room = area.width >= ROOM_FOR_CATEGORY || found.snippet.is_none();
    let category = found.category.as_deref().filter(|c| has_room && !c.is_empty());
    let category = category.map(|c| text::fit(c, CATEGORY).into_owned());
    let mut run: Vec<(&str, Style)> = vec![(&date, plain), (&dot, dim)];
    if let Some(category) = &category {
        run.extend([(category.as_str(), dim), (&dot, dim)]);
    }
    if let Some((snippet, hits)) = &found.snippet {
        let used: usize = run.iter().map(|(t, _)| text::width(t)).sum();
        let from = first_shown(snippet, hits, usize::from(area.width).saturating_sub(used));
        let marked = stretches(snippet, 0, hits, (Role::Dim, Role::Dim));
        run.extend((from > 0).then_some((text::ellipsis(1), dim)));
        run.extend(cut(snippet, &marked, from..snippet.len(), theme));
    } else if row.authors.is_empty() {
        run.pop();
    } else {
        run.push((&row.authors, dim));
    }
    put(buf, area.x, area.y, area.width, &run);
}

/// The byte from which a snippet is shown in `room` cells, so that its first mark is among them with something before it.
fn first_shown(snippet: &str, hits: &[Range<usize>], room: usize) -> usize {
    let Some(hit) = hits.first().filter(|_| text::width(snippet) > room) else { return 0 };
    let mut before = text::width(snippet.get(..hit.start).unwrap_or_default());
    let mut from = 0;
    for (at, grapheme) in text::graphemes(snippet) {
        from = at;
        if at >= hit.start || before <= room / 3 {
            break;
        }
        before -= text::width(grapheme);
    }
    // No word is cut that ends before the mark.
    let between = snippet.get(from..hit.start).unwrap_or_default();
    let mut near = between.char_indices().take_while(|(at, _)| *at < WORD);
    let blank = near.find(|(_, c)| c.is_whitespace());
    from + blank.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Says how many papers were found that are not listed.
pub(super) fn draw_more(state: &State, theme: Theme, area: Rect, count: usize, buf: &mut Buffer) {
    let y = area.bottom().saturating_sub(1);
    let note = state.lang.more_found(count);
    put(buf, area.x + 3, y, area.width.saturating_sub(4), &[(&note, theme.style(Role::Dim))]);
}

/// Says why there is nothing in the list.
pub(super) fn why_empty(state: &State) -> String {
    let (search, lang) = (&state.search, state.lang);
    if search.is_empty() {
        lang.search_what().to_owned()
    } else if let Some(Stage::Failed(why)) = &search.stage {
        lang.search_failed(&text::show(why))
    } else if search.is_under_way() {
        lang.searching(text::ellipsis(3))
    } else if state.papers.view != View::All && !state.papers.rows.is_empty() {
        lang.found_none_of(state.papers.view.label(lang), &key_of(state, Context::Papers, Action::ViewAll))
    } else {
        lang.found_nothing(&name(state))
    }
}
