use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{put, put_right};
use super::theme::Theme;
use crate::model::Verdict;
use crate::state::{Counts, DateEntry, Role, State};
use crate::text;

/// Draws the date list.
pub(super) fn draw(state: &State, theme: Theme, area: Rect, is_focused: bool, buf: &mut Buffer) {
    let list = &state.dates;
    let mut y = area.y;
    for (at, (entry, item)) in list.entries.iter().zip(&list.items).enumerate().skip(list.cursor.top) {
        if y + item.rows > area.bottom() {
            break;
        }
        let line = y + item.rows - 1;
        if at == list.cursor.selected && item.selectable {
            put(buf, area.x, line, 1, &[(theme.marks.bar, theme.bar(is_focused))]);
        }
        match entry {
            DateEntry::Folder(at) => draw_folder(state, theme, area, line, *at, buf),
            DateEntry::Month(date) => {
                let month = format!("{}-{:02}", date.year(), date.month());
                put(buf, area.x + 1, line, area.width.saturating_sub(1), &[(&month, theme.style(Role::Dim))]);
            }
            DateEntry::Day(day) => draw_day(state, theme, area, line, *day, buf),
            DateEntry::Category(_, slot) => {
                let name = text::show(state.library.category(*slot).unwrap_or_default());
                let counts = state.day_list().counts(Some(*slot));
                let role = if counts.undecided == 0 { Role::Dim } else { Role::Plain };
                let label = if state.search.is_open() { String::new() } else { progress(theme, counts) };
                let right = put_right(
                    buf,
                    area.x + 4,
                    area.right().saturating_sub(1),
                    line,
                    &[(&label, theme.style(Role::Dim))],
                );
                put(buf, area.x + 3, line, right.saturating_sub(area.x + 4), &[(&name, theme.style(role))]);
            }
        }
        if at == list.cursor.selected && item.selectable {
            theme.lay_ground(Rect { y: line, height: 1, ..area }, buf);
        }
        y += item.rows;
    }
}

/// Draws a saved query with the number of papers that matters; one not known yet is a mark.
fn draw_folder(state: &State, theme: Theme, area: Rect, y: u16, at: usize, buf: &mut Buffer) {
    let Some(folder) = state.folders.list.get(at) else { return };
    let (mark, role) = match folder.verdict {
        Some(Verdict::Bookmarked) => (theme.marks.bookmarked, Role::Bookmark),
        Some(_) => ("+", Role::Plain),
        None => ("?", Role::Plain),
    };
    put(buf, area.x + 1, y, 1, &[(mark, theme.style(role))]);
    let number = folder.number().map_or_else(|| theme.marks.unknown.to_owned(), |n| n.to_string());
    let (left, end) = (area.x + 3, area.right().saturating_sub(1));
    let right = put_right(buf, left, end, y, &[(&number, theme.style(Role::Dim))]);
    put(
        buf,
        left,
        y,
        right.saturating_sub(left + 1),
        &[(&folder.label(state.lang), theme.style(Role::Plain))],
    );
}

fn draw_day(state: &State, theme: Theme, area: Rect, y: u16, day: usize, buf: &mut Buffer) {
    let Some(day) = state.library.days().get(day) else { return };
    let is_open = state.day_list().date == Some(day.date);
    let weekday = state.lang.weekday(day.date.weekday().to_monday_one_offset());
    let mark = if state.dates.fresh.contains(&day.date) { theme.marks.fresh } else { "" };
    let label = format!("{:02} {weekday}{mark}", day.date.day());
    let counts = state.dates.counts.get(&day.date);
    let role = match counts {
        _ if is_open => Role::Strong,
        Some(c) if c.records() > 0 && c.undecided == 0 => Role::Dim,
        _ => Role::Plain,
    };
    let used = put(buf, area.x + 1, y, area.width.saturating_sub(1), &[(&label, theme.style(role))]);
    let (left, end) = (area.x + 1 + used + 1, area.right().saturating_sub(1));
    if state.search.is_open() {
        // Where papers were found is what one wants to know now.
        let found = Some(state.search.found_on(day.date)).filter(|n| *n > 0);
        let found = found.map(|n| n.to_string()).unwrap_or_default();
        put_right(buf, left, end, y, &[(&found, theme.style(Role::Hit))]);
        return;
    }
    let fits = |text: &String| text::width(text) <= usize::from(end.saturating_sub(left));
    let right = match counts {
        Some(c) if c.all > 0 && c.undecided > 0 => {
            let forms = [format!("{} / {}", c.undecided, c.all), format!("{}/{}", c.undecided, c.all)];
            forms.into_iter().find(fits).unwrap_or_else(|| c.undecided.to_string())
        }
        counts => progress(theme, counts.map_or_else(Counts::default, |c| Counts { undecided: 0, ..*c })),
    };
    put_right(buf, left, end, y, &[(&right, theme.style(Role::Dim))]);
}

fn progress(theme: Theme, counts: Counts) -> String {
    match (counts.undecided, counts.records()) {
        (_, 0) => theme.marks.unknown.to_owned(),
        (0, _) => theme.marks.done.to_owned(),
        (n, _) => n.to_string(),
    }
}
