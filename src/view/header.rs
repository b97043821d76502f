use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::key_of;
use super::paint::{put, put_right};
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::model::Date;
use crate::state::{Entry, Origin, Role, State};
use crate::text;

/// Draws the first line: the day with its neighbours, the category, the counts.
pub(super) fn draw(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) {
    let dim = theme.style(Role::Dim);
    let plain = theme.style(Role::Plain);
    let is_wide = area.width >= 100;
    let mut x = area.x + 1;
    if is_wide {
        x += put(buf, x, area.y, 6, &[("文摘  ", theme.style(Role::Heading))]);
    }
    if area.width >= 160
        && let Origin::Archives(name) = &state.origin
    {
        let name = text::fit(name, 40).into_owned() + "   ";
        x += put(buf, x, area.y, 44, &[(&name, dim)]);
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
    let category = category(state).map(|c| text::show(&c)).unwrap_or_default();
    let mut right = area.right().saturating_sub(1);
    if !is_wide && let Some(older) = older {
        let key = key_of(state, Context::Papers, Action::OlderDate);
        let label = format!("   {}{key} {}", theme.marks.older, short(older));
        right = put_right(buf, x, right, area.y, &[(&label, dim)]);
    }
    right = counts(state, theme, (x, right), area.y, buf);
    let gap = if is_wide { 3 } else { 0 };
    let room = right.saturating_sub(x + gap).saturating_sub(1);
    let category = if is_wide || category.is_empty() { category } else { format!(" · {category}") };
    if is_wide {
        let category = text::fit(&category, usize::from(room)).into_owned();
        let category = if category.is_empty() { category } else { format!("{category} · ") };
        put_right(buf, x, right, area.y, &[(&category, plain)]);
    } else {
        put(buf, x, area.y, room, &[(&category, plain)]);
    }
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
    if counts.read > 0 {
        parts.push((state.lang.read(counts.read), Role::Dim));
    }
    loop {
        let mut run = Vec::new();
        for (i, (part, role)) in parts.iter().enumerate() {
            if i > 0 {
                run.push((" · ", theme.style(Role::Dim)));
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

/// The category of the selected paper, else of the day when it has only one.
fn category(state: &State) -> Option<String> {
    let slot = state.papers.selected_row().map(|r| r.slot).or_else(|| {
        state.papers.entries.iter().find_map(|e| match e {
            Entry::Group(slot) | Entry::Missing(slot) => Some(*slot),
            Entry::Paper(_) => None,
        })
    });
    slot.and_then(|s| state.library.category(s)).map(ToOwned::to_owned)
}
