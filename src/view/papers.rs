use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::detail::run;
use super::interest::{authors, category, hits};
use super::key_of;
use super::paint::{put, put_right};
use super::results;
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::filter::Line;
use crate::model::Verdict;
use crate::state::{Entry, InView, Origin, Role, Row, Slot, SlotId, State, View};
use crate::text;

/// Cells before a row's text: bar, mark, blank.
const GUTTER: u16 = 3;
/// Cells the tags of a row take at most.
const TAGS: usize = 20;
/// From this many cells of text the second line names the authors.
const ROOM_FOR_AUTHORS: u16 = 66;

/// Draws the paper list.
pub(super) fn draw(state: &State, theme: Theme, area: Rect, is_focused: bool, buf: &mut Buffer) {
    let list = &state.papers;
    if list.entries.is_empty() {
        return draw_empty(state, theme, area, buf);
    }
    let mut list_area = area;
    if let Some(group) = list.top_group().filter(|_| list.is_grouped()) {
        draw_group(state, theme, Rect { height: 1, ..area }, group, buf);
        list_area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    }
    for InView { entry: at, y, rows, .. } in list.in_view(list_area.height) {
        let place = Rect { y: list_area.y + y, height: rows, ..area };
        match list.entries.get(at) {
            Some(Entry::Group(group)) => {
                let next = list.items.get(at + 1).map_or(0, |i| i.rows);
                if rows > 0 && place.bottom() + next <= area.bottom() {
                    let line = Rect { y: place.bottom() - 1, height: 1, ..area };
                    draw_group(state, theme, line, *group, buf);
                }
            }
            Some(Entry::Missing(slot)) => draw_missing(state, theme, place, *slot, buf),
            Some(Entry::Folded { repeats, muted }) if rows == list.items.get(at).map_or(0, |i| i.rows) => {
                draw_folded(state, theme, place, (*repeats, *muted), buf);
            }
            Some(Entry::Paper(_)) => {
                let Some(row) = list.row_at(at) else { continue };
                let is_selected = at == list.cursor.selected;
                draw_row(state, theme, place, (row, is_selected), buf);
                if is_selected {
                    for line in place.y..place.bottom() {
                        put(buf, area.x, line, 1, &[(theme.marks.bar, theme.bar(is_focused))]);
                    }
                }
                if list.is_chosen(at) {
                    put(buf, area.x + 2, place.y, 1, &[(theme.marks.done, theme.style(Role::Heading))]);
                }
                draw_letters(state, theme, place, row, buf);
                if is_selected {
                    theme.lay_ground(place, buf);
                }
            }
            Some(Entry::More(count)) if rows == list.items.get(at).map_or(0, |i| i.rows) => {
                results::draw_more(state, theme, place, *count, buf);
            }
            Some(Entry::Folded { .. } | Entry::More(_)) | None => {}
        }
    }
}

/// Puts the label of a row over its mark, while rows have one; what is typed of it already is gone.
fn draw_letters(state: &State, theme: Theme, area: Rect, row: &Row, buf: &mut Buffer) {
    let Some(letters) = &state.papers.letters else { return };
    put(buf, area.x + 1, area.y, 2, &[("  ", theme.style(Role::Plain))]);
    if let Some(label) = letters.label((row.slot, row.index)) {
        put(buf, area.x + 1, area.y, 2, &[(label, theme.style(Role::Heading))]);
    }
}

fn draw_row(state: &State, theme: Theme, area: Rect, (row, is_selected): (&Row, bool), buf: &mut Buffer) {
    let (mark, mark_role) = match row.verdict {
        Verdict::Undecided => (" ", Role::Plain),
        Verdict::Bookmarked => (theme.marks.bookmarked, Role::Bookmark),
        Verdict::Later => ("+", Role::Plain),
        Verdict::Dismissed => ("-", Role::Dim),
    };
    put(buf, area.x + 1, area.y, 1, &[(mark, theme.style(mark_role))]);
    // What is done recedes; what is kept does not.
    let is_done = row.is_read || row.rating.muted_by.is_some();
    let is_dim = row.verdict == Verdict::Dismissed || (is_done && !row.is_kept());
    let x = area.x + GUTTER;
    let right = area.right().saturating_sub(1);
    let venue_end = draw_badges(state, theme, row, (x, right), (area.y, is_dim), buf);
    let base = if is_dim { Role::Dim } else { Role::Plain };
    let name = if is_dim { Role::Dim } else { Role::Strong };
    let hits = match &row.found {
        Some(found) if found.snippet.is_some() => results::hits_in_title(state, &row.title),
        _ => hits(state, row, Line::Title, &row.title),
    };
    let title = stretches(&row.title, row.name_len, &hits, (name, base));
    let room = venue_end.saturating_sub(x + u16::from(venue_end < right));
    let two_rows = area.height >= 3;
    let split =
        if two_rows { text::wrap(&row.title, usize::from(room)).get(1).map(|r| r.start) } else { None };
    let first = split.unwrap_or(row.title.len());
    put(buf, x, area.y, room, &cut(&row.title, &title, 0..first, theme));
    if let Some(split) = split {
        let rest = cut(&row.title, &title, split..row.title.len(), theme);
        put(buf, x, area.y + 1, right.saturating_sub(x), &rest);
    }
    if area.height >= 2 {
        draw_gist(
            state,
            theme,
            // Beside dim rows one at full weight stands out in any number of colours.
            (row, if is_selected && !is_dim { Role::Plain } else { Role::Dim }),
            Rect { y: area.y + 1 + u16::from(split.is_some()), x, width: right.saturating_sub(x), height: 1 },
            buf,
        );
    }
}

/// Venue and `code`, at the right; returns the column they begin at.
fn draw_badges(
    state: &State,
    theme: Theme,
    row: &Row,
    span: (u16, u16),
    (y, is_dim): (u16, bool),
    buf: &mut Buffer,
) -> u16 {
    let venue = row.venue.as_deref().unwrap_or_default();
    let gap = if !venue.is_empty() && row.has_code { " " } else { "" };
    let code = if row.has_code { "code" } else { "" };
    let venue_role = if is_dim { Role::Dim } else { Role::Venue };
    // A row without a second line says at least when.
    let date = row.found.as_ref().filter(|_| state.papers.density == 1).map(|f| f.date.to_string());
    let muted = (row.rating.muted_by.is_some() && !row.is_kept()).then(|| state.lang.muted_mark());
    let remarks = [muted, category(state, row), seen(state, row), remarks(row), date];
    let remarks = remarks.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let remarks_gap = if remarks.is_empty() || venue.len() + code.len() == 0 { "" } else { " " };
    if venue.is_empty() && code.is_empty() && remarks.is_empty() {
        return span.1;
    }
    put_right(
        buf,
        span.0 + 12,
        span.1,
        y,
        &[
            (&remarks, theme.style(Role::Dim)),
            (remarks_gap, theme.style(Role::Plain)),
            (venue, theme.style(venue_role)),
            (gap, theme.style(Role::Plain)),
            (code, theme.style(Role::Dim)),
        ],
    )
}

/// The first day on which the paper stood before, else the other categories it stands under on this day.
fn seen(state: &State, row: &Row) -> Option<String> {
    let date = state.papers.date?;
    if let Some(first) = row.also.first().filter(|a| a.date < date) {
        return Some(state.lang.seen_on(&format!("{:02}-{:02}", first.date.month(), first.date.day())));
    }
    let here = row.also.iter().filter(|a| a.date == date && a.place.0 != row.slot);
    let categories: Vec<String> = here.filter_map(|a| a.category.as_deref().map(text::show)).collect();
    let also = state.lang.also(&categories);
    (!categories.is_empty()).then(|| text::fit(&also, TAGS).into_owned())
}

/// The tags as `#tag`, as far as there is room for them, and `n` for a note.
fn remarks(row: &Row) -> Option<String> {
    let tags: Vec<String> = row.remarks.tags.iter().map(|t| format!("#{}", text::show(t))).collect();
    let tags = text::fit(&tags.join(" "), TAGS).into_owned();
    let note = row.remarks.note.as_ref().map(|_| "n".to_owned());
    let parts: Vec<String> = [Some(tags).filter(|t| !t.is_empty()), note].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn draw_gist(state: &State, theme: Theme, (row, role): (&Row, Role), area: Rect, buf: &mut Buffer) {
    if let Some(found) = &row.found {
        return results::draw_where(row, found, theme, area, buf);
    }
    let mut end = area.right();
    if row.gist.is_empty() {
        // Without a gist the authors say more than an empty row.
        put(buf, area.x, area.y, area.width, &[(&row.authors, theme.style(role))]);
        return;
    }
    let authors = authors(state, row, area.width >= ROOM_FOR_AUTHORS);
    if !authors.spans.is_empty() {
        end = put_right(buf, area.x, end, area.y, &run(&authors, theme)).saturating_sub(1);
    }
    let hits = hits(state, row, Line::Gist, &row.gist);
    let gist = stretches(&row.gist, 0, &hits, (role, role));
    put(buf, area.x, area.y, end.saturating_sub(area.x), &cut(&row.gist, &gist, 0..row.gist.len(), theme));
}

/// Byte ranges of a text with their roles: the name, the rest, and the hits over both.
pub(super) fn stretches(
    whole: &str,
    name: usize,
    hits: &[Range<usize>],
    roles: (Role, Role),
) -> Vec<(Range<usize>, Role)> {
    let mut out = Vec::new();
    let mut base = |range: Range<usize>| {
        if range.start < name.min(range.end) {
            out.push((range.start..name.min(range.end), roles.0));
        }
        if range.start.max(name) < range.end {
            out.push((range.start.max(name)..range.end, roles.1));
        }
    };
    let mut at = 0;
    for hit in hits {
        base(at..hit.start);
        at = hit.end;
    }
    base(at..whole.len());
    out.extend(hits.iter().map(|h| (h.clone(), Role::Hit)));
    out.sort_by_key(|(range, _)| range.start);
    out
}

/// The stretches inside `part`, with their styles.
pub(super) fn cut<'a>(
    whole: &'a str,
    stretches: &[(Range<usize>, Role)],
    part: Range<usize>,
    theme: Theme,
) -> Vec<(&'a str, Style)> {
    let inside = |(range, role): &(Range<usize>, Role)| {
        let (start, end) = (range.start.max(part.start), range.end.min(part.end));
        whole.get(start..end).filter(|t| !t.is_empty()).map(|t| (t, theme.style(*role)))
    };
    stretches.iter().filter_map(inside).collect()
}

fn draw_group(state: &State, theme: Theme, area: Rect, group: usize, buf: &mut Buffer) {
    if state.papers.is_of_search() {
        return results::draw_heading(state, theme, area, group, buf);
    }
    let dim = theme.style(Role::Dim);
    let label = state.papers.groups.get(group).map_or("", |g| g.label.as_str());
    let name = text::show(if label.is_empty() { "-" } else { label });
    let counts = state.papers.counts_of(group);
    let label = match (counts.undecided, counts.all) {
        (_, 0) => String::new(),
        (0, _) => state.lang.done(),
        (undecided, all) => state.lang.undecided_of(undecided, all),
    };
    let end = put_right(buf, area.x + GUTTER, area.right().saturating_sub(1), area.y, &[(&label, dim)]);
    put(buf, area.x + 1, area.y, end.saturating_sub(area.x + 2), &[(&name, dim)]);
}

fn draw_missing(state: &State, theme: Theme, area: Rect, slot: SlotId, buf: &mut Buffer) {
    let (note, role) = match state.library.slot(slot) {
        Some(Slot::Failed(problem)) => {
            let said = problem.in_words(|what| state.lang.reason(what));
            (text::show(&text::clean_line(said)), Role::Error)
        }
        _ => (state.lang.loading(text::ellipsis(3)), Role::Dim),
    };
    put(buf, area.x + GUTTER, area.y, area.width.saturating_sub(GUTTER + 1), &[(&note, theme.style(role))]);
}

/// Says how many papers are folded away, as repeats and by rules, and what shows them.
fn draw_folded(state: &State, theme: Theme, area: Rect, (repeats, muted): (usize, usize), buf: &mut Buffer) {
    let dim = theme.style(Role::Dim);
    let actions = [(repeats, Action::ToggleRepeats), (muted, Action::ToggleMuted)];
    let actions = actions.into_iter().filter(|(count, _)| *count > 0);
    let keys: Vec<String> = actions.map(|(_, action)| key_of(state, Context::Papers, action)).collect();
    let unfold = if keys.iter().any(String::is_empty) {
        String::new()
    } else {
        state.lang.unfold(&keys.join(" "), keys.len() > 1)
    };
    let (x, y) = (area.x + GUTTER, area.bottom().saturating_sub(1));
    let end = put_right(buf, x, area.right().saturating_sub(1), y, &[(&unfold, dim)]);
    let label = state.lang.folded_away(repeats, muted, text::dot());
    put(buf, x, y, end.saturating_sub(x + 1), &[(&label, dim)]);
}

fn draw_empty(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) {
    let (lang, list) = (state.lang, &state.papers);
    let lines = if list.is_of_search() {
        vec![results::why_empty(state)]
    } else if !state.is_listed {
        vec![lang.listing(text::ellipsis(3))]
    } else if let (true, Origin::Archives(place)) = (state.library.days().is_empty(), &state.origin) {
        vec![lang.no_digests(place), lang.how_to_import()]
    } else if !list.filter.is_empty() {
        vec![lang.no_match(&list.filter)]
    } else if !list.mine.is_empty() && !list.rows.is_empty() {
        vec![lang.none_of_mine(&key_of(state, Context::Papers, Action::MyCategories))]
    } else if list.view != View::All && !list.rows.is_empty() {
        let all = key_of(state, Context::Papers, Action::ViewAll);
        vec![lang.empty_view(list.view.label(lang), &all)]
    } else {
        vec![lang.no_papers()]
    };
    let width = area.width.saturating_sub(GUTTER + 1);
    let mut y = area.y + 1;
    for line in lines {
        for range in text::wrap(&line, usize::from(width)) {
            if y < area.bottom() {
                let row = line.get(range).unwrap_or_default();
                put(buf, area.x + GUTTER, y, width, &[(row, theme.style(Role::Dim))]);
            }
            y += 1;
        }
    }
}
