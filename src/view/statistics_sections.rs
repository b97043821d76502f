use super::theme::Theme;
use crate::catalogue::Figure;
use crate::decisions::Counts;
use crate::model::Date;
use crate::state::{Role, Section, State, StyledLine};
use crate::stats::{Standing, shift};
use crate::text;

/// Categories shown.
const CATEGORIES: usize = 12;
/// Words shown.
const WORDS: usize = 14;
/// Cells of a row's label in the section on pace.
const LABEL: usize = 9;
/// Cells of the name of a length of time.
const NAME: usize = 9;
/// Cells of a number.
const NUMBER: usize = 6;
const MINUTE_MS: i64 = 60_000;

/// The rows of a section in `width` cells.
pub(super) fn lines(state: &State, theme: Theme, section: Section, width: usize) -> Vec<StyledLine> {
    match section {
        Section::Pace => pace(state, theme),
        Section::Words => words(state, width),
        Section::Categories => categories(state, width),
    }
}

/// Whole minutes, at least one.
pub(super) fn minutes(ms: i64) -> usize {
    usize::try_from((ms + MINUTE_MS / 2) / MINUTE_MS).unwrap_or_default().max(1)
}

/// How fast the user decides, what is left, what came of it.
fn pace(state: &State, theme: Theme) -> Vec<StyledLine> {
    let (lang, figures) = (state.lang, &state.statistics.figures);
    let pace = figures.pace;
    let mut lines = Vec::new();
    let mut label = "";
    let mut row = |name: Figure, parts: &[(&str, usize)], rest: &str| {
        let name = lang.figure(name);
        let shown = if std::mem::replace(&mut label, name) == name { "" } else { name };
        let mut line = StyledLine::of(padded(shown, LABEL), Role::Dim);
        for (part, cells) in parts {
            line.push(padded(part, *cells), Role::Plain);
        }
        line.push(rest, Role::Dim);
        lines.push(line);
    };
    if figures.today.is_none() {
        return vec![StyledLine::of(lang.figure(Figure::Unknown), Role::Dim)];
    }
    for (days, n) in [(7, pace.last_7), (30, pace.last_30)] {
        let daily = lang.a_day(n, days);
        row(Figure::DecidedRow, &[(&lang.last_days(days), NAME), (&n.to_string(), NUMBER)], &daily);
    }
    match pace.per_hour() {
        Some(hourly) => {
            row(Figure::SpeedRow, &[(&lang.an_hour(hourly), 0)], "");
            row(Figure::SpeedRow, &[], &lang.sittings(minutes(pace.spent_ms), pace.sittings));
        }
        None => row(Figure::SpeedRow, &[], lang.figure(Figure::NoPace)),
    }
    let mut left = |name: &str, counts: Option<Counts>| {
        let undecided = counts.map_or(0, |c| c.undecided);
        let about = match counts {
            None => String::new(),
            Some(_) if undecided == 0 => lang.done(),
            Some(_) => pace.minutes_for(undecided).map(|m| lang.about(m)).unwrap_or_default(),
        };
        let number = counts.map_or_else(|| theme.marks.unknown.to_owned(), |_| undecided.to_string());
        row(Figure::LeftRow, &[(name, NAME), (&number, NUMBER)], &about);
    };
    if let Some(date) = state.day_list().date {
        left(&format!("{:02}-{:02}", date.month(), date.day()), figures.day(date).map(|d| d.counts));
    }
    let Some(newest) = figures.newest() else { return lines };
    left(&lang.last_days(7), figures.known_since(shift(newest, -6)));
    lines.extend(month(state, newest));
    lines
}

/// What came of the 30 days up to the newest one, and how they stand.
fn month(state: &State, newest: Date) -> Vec<StyledLine> {
    let (lang, figures) = (state.lang, &state.statistics.figures);
    let Some(Counts { all, undecided, bookmarked, later, .. }) = figures.known_since(shift(newest, -29))
    else {
        return Vec::new();
    };
    let of = |standing| (0_i64..30).filter(|back| figures.standing(shift(newest, -back)) == standing).count();
    let (done, half) = (of(Standing::Done), of(Standing::Half));
    let (untouched, missing) = (of(Standing::Untouched), of(Standing::Missing));
    let decided = all.saturating_sub(undecided);
    let kept = if decided == 0 { String::new() } else { lang.kept_of(bookmarked + later, decided) };
    let rows = [
        (Figure::KeptRow, kept),
        (Figure::DaysRow, lang.day_counts(done, half, 0, 0, text::dot())),
        (Figure::DaysRow, lang.day_counts(0, 0, untouched, missing, text::dot())),
    ];
    let mut before = None;
    let row = |(name, value): (Figure, String)| {
        let label = if before.replace(name) == Some(name) { "" } else { lang.figure(name) };
        StyledLine::of(padded(label, LABEL), Role::Dim).with(value, Role::Plain)
    };
    rows.into_iter().filter(|(_, value)| !value.is_empty()).map(row).collect()
}

/// The words that rise, with what they rise from.
fn words(state: &State, width: usize) -> Vec<StyledLine> {
    let lang = state.lang;
    let Some(rising) = &state.statistics.figures.words else {
        return vec![StyledLine::of(lang.figure(Figure::Unknown), Role::Dim)];
    };
    let (week, month) = rising.papers;
    if month == 0 || rising.words.is_empty() {
        let note = if month == 0 { Figure::NoMonth } else { Figure::NoRise };
        return vec![StyledLine::of(lang.figure(note), Role::Dim)];
    }
    let room = width.saturating_sub(16).min(28);
    let head = format!("{}{}", right(lang.figure(Figure::Week), 6), right(lang.figure(Figure::Usual), 8));
    let mut lines = vec![StyledLine::of(format!("{}{head}", " ".repeat(room)), Role::Dim)];
    for rise in rising.words.iter().take(WORDS) {
        let word = text::show(&rise.word);
        lines.push(
            StyledLine::of(padded(&text::fit(&word, room), room), Role::Plain)
                .with(right(&rise.week.to_string(), 6), Role::Plain)
                .with(right(&format!("{:.1}", rise.expected), 8), Role::Dim),
        );
    }
    lines.push(StyledLine::of(lang.week_against_month(week, month), Role::Dim));
    lines
}

/// The categories with most papers, as bars, and how much of each was kept.
fn categories(state: &State, width: usize) -> Vec<StyledLine> {
    let lang = state.lang;
    let found = state.statistics.figures.categories();
    let most = found.iter().map(|c| c.recent.all).max().unwrap_or_default();
    let name = |name: &str| {
        if name.is_empty() { lang.figure(Figure::NoCategory).to_owned() } else { text::show(name) }
    };
    let longest =
        found.iter().take(CATEGORIES).map(|c| text::width(&name(&c.name))).max().unwrap_or_default();
    // A name says more than a bar.
    let numbers = 22;
    let label = longest.clamp(5, width.saturating_sub(numbers + 3).max(8));
    let bar = width.saturating_sub(label + 1 + numbers).min(24);
    let heads = [(Figure::Recent, 8), (Figure::All, 8), (Figure::Kept, 6)];
    let heads: String = heads.map(|(f, cells)| right(lang.figure(f), cells)).concat();
    let mut lines = vec![StyledLine::of(format!("{}{heads}", " ".repeat(label + 1 + bar)), Role::Dim)];
    let dash = if state.looks.glyphs.has_ascii_marks() { "=" } else { "━" };
    for category in found.iter().take(CATEGORIES) {
        let Counts { all, undecided, bookmarked, later, .. } = category.all;
        let decided = all.saturating_sub(undecided);
        let kept = ((bookmarked + later) * 100 + decided / 2).checked_div(decided);
        let kept = kept.map_or_else(|| text::dash().to_owned(), |n| format!("{n}%"));
        let cells = (category.recent.all * bar).div_ceil(most.max(1));
        lines.push(
            StyledLine::of(padded(&text::fit(&name(&category.name), label), label + 1), Role::Plain)
                .with(dash.repeat(cells), Role::Bar)
                .with(" ".repeat(bar - cells.min(bar)), Role::Plain)
                .with(right(&category.recent.all.to_string(), 8), Role::Plain)
                .with(right(&all.to_string(), 8), Role::Dim)
                .with(right(&kept, 6), Role::Dim),
        );
    }
    if found.len() > CATEGORIES {
        lines.push(StyledLine::of(format!("+{}", found.len() - CATEGORIES), Role::Dim));
    }
    lines
}

/// Fills a text up to `cells`; with 0 it is left alone.
fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text::width(text))))
}

/// Puts a text at the right end of `cells`.
fn right(text: &str, cells: usize) -> String {
    format!("{}{text}", " ".repeat(cells.saturating_sub(text::width(text))))
}
