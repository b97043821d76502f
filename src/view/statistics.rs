use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::detail::run;
use super::paint::{put, put_right};
use super::statistics_sections as sections;
use super::theme::Theme;
use crate::catalogue::Figure;
use crate::model::Date;
use crate::state::{Measure, Role, Section, Span, State, StatisticsPage, StyledLine};
use crate::stats::{DayFigures, Levels, Standing, share_level, shift};
use crate::text;

/// The first column of the weeks.
const LEFT: u16 = StatisticsPage::LEFT;
/// Rows above the sections: months, weekdays, a blank, the legend, the day, a blank.
const CALENDAR: u16 = 12;

/// Cells of the section on pace, which needs no more.
const PACE: u16 = 42;

/// What stands for levels 1 to 4, which rise; as uncertain in width as the bar, so a blank follows each.
const BARS: [&str; 4] = ["▁", "▃", "▅", "▇"];
const DIGITS: [&str; 4] = ["1", "2", "3", "4"];
/// Beside a day that is decided in part.
const HALF: &str = "/";
/// A day that should have a digest and has none.
const GAP: &str = "!";

/// Draws the page over the header and the panes.
pub(super) fn draw(state: &State, theme: Theme, header: Rect, body: Rect, buf: &mut Buffer) {
    draw_header(state, theme, header, buf);
    let page = &state.statistics;
    if page.figures.newest().is_none() {
        let note = state.lang.figure(Figure::Nothing);
        put(buf, body.x + 3, body.y + 1, body.width.saturating_sub(3), &[(note, theme.style(Role::Dim))]);
        return;
    }
    draw_calendar(state, theme, body, buf);
    let line = |y: u16, line: &StyledLine, buf: &mut Buffer| {
        if body.y + y < body.bottom() {
            put(buf, body.x + 1, body.y + y, body.width.saturating_sub(2), &run(line, theme));
        }
    };
    line(9, &legend(state), buf);
    line(10, &day_line(state, theme), buf);
    if body.height > CALENDAR {
        let rest = Rect { y: body.y + CALENDAR, height: body.height - CALENDAR, ..body };
        draw_sections(state, theme, rest, buf);
    }
}

/// The page's name, what the days are measured by, and the sum of all days or how far the count is.
fn draw_header(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) {
    let page = &state.statistics;
    let mut line =
        StyledLine::of(state.lang.figure(Figure::Statistics), Role::Heading).with("  ", Role::Plain);
    for measure in Measure::ALL {
        let name = state.lang.figure(match measure {
            Measure::Papers => Figure::Papers,
            Measure::Decided => Figure::Decided,
            Measure::Pace => Figure::Pace,
        });
        push_tab(&mut line, name, measure == page.measure);
    }
    let used = put(buf, area.x + 1, area.y, area.width.saturating_sub(2), &run(&line, theme));
    let (all, counted) = page.figures.progress();
    let mut parts = Vec::new();
    if counted < all {
        parts.push(state.lang.counted_so_far(counted, all, text::ellipsis(3)));
    } else {
        let sum = page.figures.counts_since(Date::MIN);
        parts.push(format!("{} {} {}", state.lang.days(all), text::dot(), state.lang.papers(sum.all)));
        parts.push(format!("  {}", state.lang.undecided(sum.undecided)));
        parts.push(format!("  {} {}", theme.marks.bookmarked, sum.bookmarked));
    }
    let (left, right) = (area.x + 1 + used + 2, area.right().saturating_sub(1));
    while !parts.is_empty() {
        if put_right(buf, left, right, area.y, &[(&parts.concat(), theme.style(Role::Dim))]) < right {
            return;
        }
        parts.pop();
    }
}

/// Appends a name that is one of several to choose from, marked where it is chosen, also without colour.
fn push_tab(line: &mut StyledLine, name: &str, is_chosen: bool) {
    if is_chosen {
        line.push(format!("[{name}]"), Role::Heading);
    } else {
        line.push(format!(" {name} "), Role::Dim);
    }
}

/// Weeks as columns, weekdays as rows.
fn draw_calendar(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) {
    let page = &state.statistics;
    let calendar = page.calendar(state.size);
    for day in 0..7 {
        let name = state.lang.weekday_short(usize::from(day));
        put(buf, area.x + 1, area.y + 1 + day, 2, &[(name, theme.style(Role::Dim))]);
    }
    let levels = match page.measure {
        Measure::Papers => page.figures.paper_levels(),
        Measure::Decided => Levels::default(),
        Measure::Pace => page.figures.pace_levels(),
    };
    for (week, month, has_year) in calendar.months() {
        let label = if has_year {
            format!("{}-{:02}", month.year(), month.month())
        } else {
            state.lang.month_short(month.month())
        };
        let x = area.x + LEFT + 2 * week as u16;
        if x + text::width(&label) as u16 <= area.right() {
            put(buf, x, area.y, 8, &[(&label, theme.style(Role::Dim))]);
        }
    }
    for (x, monday) in (0..).map(|week| area.x + LEFT + 2 * week).zip(calendar.mondays()) {
        for day in 0..7 {
            let date = shift(monday, i64::from(day));
            let (mark, style, beside) = cell(state, theme, date, levels);
            let plain = theme.style(Role::Plain);
            let chosen = plain.add_modifier(Modifier::REVERSED);
            let (style, plain) = if date == page.selected { (chosen, chosen) } else { (style, plain) };
            put(buf, x, area.y + 1 + day, 2, &[(mark, style), (beside, plain)]);
        }
    }
}

/// How a day is drawn: its mark with its look, and what stands beside it.
fn cell(state: &State, theme: Theme, date: Date, levels: Levels) -> (&'static str, Style, &'static str) {
    let figures = &state.statistics.figures;
    let heat = theme.bar(true);
    let bar = |level: u8| mark_of(state, level);
    let plain = theme.style(Role::Plain);
    if state.statistics.measure == Measure::Pace {
        let n = figures.decided_on.get(&date).copied().unwrap_or_default();
        return (bar(levels.level(n)), heat, " ");
    }
    let standing = figures.standing(date);
    let beside = if standing == Standing::Half { HALF } else { " " };
    match (standing, figures.day(date)) {
        (Standing::Free, _) => (" ", plain, " "),
        (Standing::Missing | Standing::Failed, _) => (GAP, theme.style(Role::Error), " "),
        (Standing::Unknown, _) | (_, None) => (theme.marks.unknown, theme.style(Role::Dim), " "),
        (Standing::Empty, _) => ("0", theme.style(Role::Dim), " "),
        (_, Some(day)) => (bar(level(state.statistics.measure, day, levels)), heat, beside),
    }
}

fn level(measure: Measure, day: &DayFigures, levels: Levels) -> u8 {
    let counts = day.counts;
    match measure {
        Measure::Decided => share_level(counts.all - counts.undecided.min(counts.all), counts.all).0,
        // A day of nothing but repeats has no paper of its own.
        _ => levels.level(counts.all).max(1),
    }
}

/// The mark of a level; a blank for none.
fn mark_of(state: &State, level: u8) -> &'static str {
    let marks = if state.looks.glyphs.has_ascii_marks() { DIGITS } else { BARS };
    usize::from(level).checked_sub(1).and_then(|at| marks.get(at)).copied().unwrap_or(" ")
}

/// What the marks mean.
fn legend(state: &State) -> StyledLine {
    let page = &state.statistics;
    let lang = state.lang;
    let mut line = StyledLine::of("   ", Role::Plain);
    let mut push = |mark: &str, role, meaning: &str| {
        line.push(mark, role);
        line.push(format!(" {meaning}   "), Role::Dim);
    };
    let ranges = match page.measure {
        Measure::Papers => page.figures.paper_levels().ranges(),
        Measure::Decided => Vec::new(),
        Measure::Pace => page.figures.pace_levels().ranges(),
    };
    for (level, from, to) in ranges {
        let range = if from == to { from.to_string() } else { format!("{from}-{to}") };
        push(mark_of(state, level), Role::Bar, &range);
    }
    if page.measure == Measure::Decided {
        let shares = [Figure::ShareNone, Figure::ShareSome, Figure::ShareMost, Figure::ShareAll];
        for (level, share) in (1..).zip(shares) {
            push(mark_of(state, level), Role::Bar, lang.figure(share));
        }
    }
    if page.measure != Measure::Pace {
        push(HALF, Role::Plain, lang.figure(Figure::Half));
        push(GAP, Role::Error, lang.figure(Figure::Missing));
    }
    line
}

/// The day that the cursor is on.
fn day_line(state: &State, theme: Theme) -> StyledLine {
    let page = &state.statistics;
    let (lang, date) = (state.lang, page.selected);
    let weekday = lang.weekday(date.weekday().to_monday_one_offset());
    let mut line = StyledLine::of("   ", Role::Plain).with(format!("{date} {weekday}"), Role::Strong);
    let mut push = |text: String, role| {
        line.push("   ", Role::Plain);
        line.push(text, role);
    };
    let figures = &page.figures;
    match (figures.standing(date), figures.day(date)) {
        (Standing::Missing, _) => push(lang.figure(Figure::Missing).to_owned(), Role::Error),
        (Standing::Failed, _) => push(lang.figure(Figure::Unreadable).to_owned(), Role::Error),
        (Standing::Free, _) => push(lang.figure(Figure::NoDigest).to_owned(), Role::Dim),
        (_, None) => push(lang.figure(Figure::Unknown).to_owned(), Role::Dim),
        (_, Some(day)) => {
            let counts = day.counts;
            push(lang.papers(counts.all), Role::Plain);
            if counts.all > 0 {
                let left = if counts.undecided == 0 { lang.done() } else { lang.undecided(counts.undecided) };
                push(left, Role::Plain);
                push(format!("{} {}", theme.marks.bookmarked, counts.bookmarked), Role::Bookmark);
                push(format!("+ {}", counts.later), Role::Plain);
                push(format!("- {}", counts.dismissed), Role::Dim);
            }
            if let Some(ms) = day.spent_ms {
                push(lang.minutes(sections::minutes(ms)), Role::Dim);
            }
            if day.failed > 0 {
                push(lang.digests_unread(day.failed), Role::Error);
            }
        }
    }
    if let Some(n) = figures.decided_on.get(&date).filter(|_| page.measure == Measure::Pace) {
        push(format!("{} {n}", lang.figure(Figure::Pace)), Role::Plain);
    }
    line
}

/// All sections side by side, or the chosen one with the names of the others.
fn draw_sections(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) {
    let name = |section| {
        state.lang.figure(match section {
            Section::Pace => Figure::PaceSection,
            Section::Words => Figure::WordsSection,
            Section::Categories => Figure::CategoriesSection,
        })
    };
    let mut paint = |x: u16, width: u16, lines: Vec<StyledLine>| {
        for (y, line) in (area.y..area.bottom()).zip(&lines) {
            put(buf, x, y, width, &run(line, theme));
        }
    };
    let left = area.x + LEFT;
    if StatisticsPage::has_all_sections(state.size) {
        let rest = (area.right().saturating_sub(left + 1 + PACE) / 2).min(56);
        for (section, x, column) in [
            (Section::Pace, left, PACE),
            (Section::Words, left + PACE, rest),
            (Section::Categories, left + PACE + rest, rest),
        ] {
            let width = column.saturating_sub(2);
            let mut lines = vec![StyledLine::of(name(section), Role::Heading)];
            lines.extend(sections::lines(state, theme, section, usize::from(width)));
            paint(x, width, lines);
        }
        return;
    }
    let mut tabs = StyledLine::new();
    for section in Section::ALL {
        push_tab(&mut tabs, name(section), section == state.statistics.section);
    }
    let width = area.right().saturating_sub(left + 1).min(64);
    let mut lines = vec![tabs];
    for mut line in sections::lines(state, theme, state.statistics.section, usize::from(width)) {
        line.spans.insert(0, Span { text: " ".to_owned(), role: Role::Plain });
        lines.push(line);
    }
    paint(left.saturating_sub(1), width + 1, lines);
}
