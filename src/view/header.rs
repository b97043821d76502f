use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::key_of;
use super::paint::{put, put_right};
use super::results;
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::model::Date;
use crate::state::{Indexing, Origin, Role, State};
use crate::text;

/// The program's name and the gap after it.
const NAME: &str = "文摘  ";

/// Draws the first line: the day with its neighbours, the category, the counts.
pub(super) fn draw(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) {
    let dim = theme.style(Role::Dim);
    let is_wide = area.width >= 100;
    let mut x = area.x + 1;
    if is_wide {
        x += put(buf, x, area.y, 6, &[(NAME, theme.style(Role::Heading))]);
    }
    if area.width >= 160 {
        let name = match &state.origin {
            Origin::Sample => state.lang.sample(),
            Origin::Archives(name) => text::fit(&text::show(name), 40).into_owned(),
        };
        let overall = overall(state, theme);
        x += put(buf, x, area.y, 84, &[(&format!("{name}{overall}   "), dim)]);
    }
    if state.search.is_open() {
        return results::draw_header(state, theme, area, x, buf);
    }
    let Some(date) = state.papers.date else { return };
    let (older, newer) = neighbours(state);
    if is_wide && let Some(older) = older {
        let key = key_of(state, Context::Papers, Action::OlderDate);
        let label = format!("{}{key} {}   ", theme.marks.older, short(older));
        x += put(buf, x, area.y, 20, &[(&label, dim)]);
    }
    let day = format!("{date} {}", state.lang.weekday(date.weekday().to_monday_one_offset()));
    x += put(buf, x, area.y, 24, &[(&day, theme.style(Role::Strong))]);
    if is_wide && let Some(newer) = newer {
        let key = key_of(state, Context::Papers, Action::NewerDate);
        let label = format!("   {} {key}{}", short(newer), theme.marks.newer);
        x += put(buf, x, area.y, 20, &[(&label, dim)]);
    }
    let mut right = area.right().saturating_sub(1);
    if !is_wide {
        right = neighbours_at_right(state, theme, (older, newer), (x, right), area.y, buf);
    }
    right = counts(state, theme, (x + 2, right), area.y, buf);
    if area.width >= 160 && state.indexing == Indexing::Ready {
        right = put_right(buf, x + 2, right.saturating_sub(3), area.y, &[(&state.lang.indexed(), dim)]);
    }
    // Where a day has several categories, the headings of the list name them.
    let category = category(state).map(|c| text::show(&c)).unwrap_or_default();
    if category.is_empty() {
        return;
    }
    let room = usize::from(right.saturating_sub(x + 1));
    let label = format!(" {} {category}", text::dot());
    put(buf, x, area.y, room as u16, &[(&text::fit(&label, room), theme.style(Role::Plain))]);
}

/// How the papers of all days stand, as far as these were read: ` · 51+ undecided in all · ★ 12`.
fn overall(state: &State, theme: Theme) -> String {
    let (counts, is_whole) = state.dates.overall(state.library.days().len());
    if counts.all == 0 || state.library.days().len() < 2 {
        return String::new();
    }
    let mut parts = vec![String::new(), state.lang.overall(counts.undecided, is_whole)];
    if counts.bookmarked > 0 {
        parts.push(format!("{} {}", theme.marks.bookmarked, counts.bookmarked));
    }
    if counts.later > 0 {
        parts.push(state.lang.later(counts.later));
    }
    parts.join(&format!(" {} ", text::dot()))
}

/// Paints the neighbouring days on a narrow screen, as far as they fit; returns the column of the first.
fn neighbours_at_right(
    state: &State,
    theme: Theme,
    (older, newer): (Option<Date>, Option<Date>),
    (left, right): (u16, u16),
    y: u16,
    buf: &mut Buffer,
) -> u16 {
    let dim = theme.style(Role::Dim);
    let marks = theme.marks;
    let older = older.map(|d| {
        format!("   {}{} {}", marks.older, key_of(state, Context::Papers, Action::OlderDate), short(d))
    });
    let newer = newer.map(|d| {
        format!("   {} {}{}", short(d), key_of(state, Context::Papers, Action::NewerDate), marks.newer)
    });
    // The counts need about thirty cells.
    let whole = [older.clone().unwrap_or_default(), newer.unwrap_or_default()].concat();
    let label =
        if text::width(&whole) + 48 <= usize::from(right) { whole } else { older.unwrap_or_default() };
    put_right(buf, left, right, y, &[(&label, dim)])
}

/// Paints as many counts as fit between the columns of `span`; returns the column of the first.
fn counts(state: &State, theme: Theme, span: (u16, u16), y: u16, buf: &mut Buffer) -> u16 {
    let counts = state.papers.counts(None);
    let marks = theme.marks;
    let mut parts = vec![(state.lang.papers(counts.all), Role::Dim)];
    if counts.all > 0 {
        let undecided =
            if counts.undecided == 0 { state.lang.done() } else { state.lang.undecided(counts.undecided) };
        parts.push((undecided, Role::Plain));
    }
    if counts.bookmarked > 0 {
        parts.push((format!("{} {}", marks.bookmarked, counts.bookmarked), Role::Bookmark));
    }
    if counts.later > 0 {
        parts.push((state.lang.later(counts.later), Role::Dim));
    }
    if counts.dismissed > 0 {
        parts.push((state.lang.dismissed(counts.dismissed), Role::Dim));
    }
    if counts.read > 0 {
        parts.push((state.lang.read(counts.read), Role::Dim));
    }
    if counts.folded > 0 {
        parts.push((state.lang.folded(counts.folded), Role::Dim));
    }
    if counts.muted > 0 {
        parts.push((state.lang.muted(counts.muted), Role::Dim));
    }
    let dot = format!(" {} ", text::dot());
    loop {
        let mut run = Vec::new();
        for (i, (part, role)) in parts.iter().enumerate() {
            if i > 0 {
                run.push((dot.as_str(), theme.style(Role::Dim)));
            }
            run.push((part.as_str(), theme.style(*role)));
        }
        let x = put_right(buf, span.0, span.1, y, &run);
        if x < span.1 || parts.pop().is_none() {
            return x;
        }
    }
}

fn neighbours(state: &State) -> (Option<Date>, Option<Date>) {
    let Some(open) = state.open_day() else { return (None, None) };
    let date = |at: Option<usize>| at.and_then(|at| state.library.days().get(at)).map(|d| d.date);
    (date(Some(open + 1)), date(open.checked_sub(1)))
}

fn short(date: Date) -> String {
    format!("{:02}-{:02}", date.month(), date.day())
}

/// The category of a day that has only one.
fn category(state: &State) -> Option<String> {
    let day = state.open_day().and_then(|d| state.library.days().get(d))?;
    let [slot] = day.slots.as_slice() else { return None };
    state.library.category(*slot).map(ToOwned::to_owned)
}
