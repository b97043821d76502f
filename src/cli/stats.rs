use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::output::{Failure, Output, padded, right};
use super::search::index_of;
use super::{Settings, asked, locate};
use crate::archive;
use crate::catalogue::{Figure, Lang};
use crate::decisions::Counts;
use crate::model::{Date, Listed};
use crate::stats::{Calendar, History, Portion, Standing, Statistics, monday_of, shift, weeks_between};
use crate::text;

/// Weeks of the calendar in a text: a year.
const WEEKS: usize = 53;
/// Words and categories of a text.
const ROWS: usize = 12;

/// What is to be counted, and how it is printed.
#[derive(Debug, Args)]
pub(super) struct Counted {
    /// Folders of digests, or single digest files.
    #[arg(value_name = "ARCHIVE")]
    archives: Vec<PathBuf>,
    /// Count so many days up to the newest one.
    #[arg(long, value_name = "N", default_value_t = 366, value_parser = clap::value_parser!(u16).range(1..))]
    days: u16,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Prints what the days of the archives come to. Uses the index, and reads the digests that it lacks.
pub(super) fn run(
    out: &mut Output,
    what: Counted,
    archive: Vec<PathBuf>,
    settings: &Settings,
    lang: Lang,
) -> Result<(), Failure> {
    let Counted { archives, days, json } = what;
    let archives = &[archives, archive].concat();
    let listing = locate::list(archives, settings)?;
    out.problems(&listing.problems);
    let decisions = asked::decisions(out, &settings.paths)?;
    let oldest = listing.digests.first().map(|newest| shift(newest.date, 1 - i64::from(days)));
    let mut dates: Vec<(Date, Vec<Arc<Listed>>)> = Vec::new();
    for listed in listing.digests.iter().filter(|l| Some(l.date) >= oldest).cloned() {
        match dates.last_mut().filter(|(date, _)| *date == listed.date) {
            Some((_, digests)) => digests.push(listed),
            None => dates.push((listed.date, vec![listed])),
        }
    }
    let mut statistics = Statistics::default();
    statistics.expect(dates.iter().map(|(date, _)| *date));
    let history = History::of(&decisions, &TimeZone::system(), Timestamp::now().as_millisecond());
    statistics.take(Portion::History(Box::new(history)), &decisions);
    let roots = locate::archives(archives, settings)?;
    let is_read_only = settings.config.prefs.is_read_only;
    let index = index_of(&settings.paths.cache, &roots, &listing, is_read_only);
    archive::count(&dates, index.as_ref(), &|| true, &mut |portion| statistics.take(portion, &decisions));
    for (date, _) in &dates {
        let failed = statistics.day(*date).map_or(0, |day| day.failed);
        if failed > 0 {
            out.failed(&lang.day_unread(&date.to_string(), failed));
        }
    }
    if json { out.json(&object(&statistics)) } else { Ok(out.text(&print(&statistics, lang))?) }
}

/// All figures as one value.
fn object(statistics: &Statistics) -> Value {
    let days: Vec<Value> = statistics
        .dates()
        .filter_map(|date| {
            let day = statistics.day(date)?;
            Some(json!({
                "date": date,
                "standing": name(statistics.standing(date)),
                "counts": counted(day.counts),
                "failed": day.failed,
                "minutes": day.spent_ms.map(minutes),
            }))
        })
        .collect();
    let categories: Vec<Value> = statistics.categories().iter().map(|c| {
        json!({"category": Some(&*c.name).filter(|n| !n.is_empty()), "last_30": counted(c.recent), "all": counted(c.all)})
    }).collect();
    let words = statistics.words.as_ref().map(|rising| {
        let words: Vec<Value> = rising.words.iter().map(|r| {
            json!({"word": r.word, "week": r.week, "month": r.month, "expected": (r.expected * 100.0).round() / 100.0})
        }).collect();
        json!({"papers_week": rising.papers.0, "papers_month": rising.papers.1, "rising": words})
    });
    let pace = statistics.pace;
    let decided: Vec<Value> =
        statistics.decided_on.iter().rev().map(|(date, n)| json!({"date": date, "papers": n})).collect();
    let week = statistics.newest().map(|newest| statistics.counts_since(shift(newest, -6)));
    let undecided = week.map_or(0, |week| week.undecided);
    json!({
        "schema": 1,
        "days": days,
        "missing": missing(statistics),
        "decided_on": decided,
        "pace": {
            "last_7": pace.last_7,
            "last_30": pace.last_30,
            "minutes": minutes(pace.spent_ms),
            "sittings": pace.sittings,
            "per_hour": pace.per_hour(),
        },
        "left": {"undecided_7": undecided, "minutes": pace.minutes_for(undecided)},
        "categories": categories,
        "words": words,
    })
}

fn counted(counts: Counts) -> Value {
    let Counts { all, undecided, bookmarked, later, dismissed, read, .. } = counts;
    json!({
        "papers": all, "undecided": undecided, "bookmarked": bookmarked, "later": later, "dismissed": dismissed,
        "read": read,
    })
}

fn missing(statistics: &Statistics) -> Vec<Date> {
    let ends = statistics.dates().next_back().zip(statistics.newest());
    let mut missing = Vec::new();
    let mut at = ends.map(|(first, _)| first);
    while let Some(date) = at.filter(|d| ends.is_some_and(|(_, last)| *d < last)) {
        if statistics.standing(date) == Standing::Missing {
            missing.push(date);
        }
        at = Some(shift(date, 1)).filter(|next| *next > date);
    }
    missing
}

fn name(standing: Standing) -> &'static str {
    match standing {
        Standing::Free => "free",
        Standing::Missing => "missing",
        Standing::Unknown => "unknown",
        Standing::Failed => "failed",
        Standing::Empty => "empty",
        Standing::Untouched => "untouched",
        Standing::Half => "half",
        Standing::Done => "done",
    }
}

fn minutes(ms: i64) -> usize {
    usize::try_from((ms + 30_000) / 60_000).unwrap_or_default()
}

/// All figures for people, in characters that every terminal has.
fn print(statistics: &Statistics, lang: Lang) -> String {
    let Some(newest) = statistics.newest() else { return lang.figure(Figure::Nothing).to_owned() };
    let mut lines = vec![totals(statistics, lang), String::new()];
    calendar(statistics, lang, newest, &mut lines);
    pace(statistics, lang, newest, &mut lines);
    words(statistics, lang, &mut lines);
    categories(statistics, lang, &mut lines);
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

fn totals(statistics: &Statistics, lang: Lang) -> String {
    let sum = statistics.counts_since(Date::MIN);
    let (days, _) = statistics.progress();
    let parts = [
        lang.days(days),
        lang.papers(sum.all),
        lang.undecided(sum.undecided),
        format!("* {}", sum.bookmarked),
        format!("+ {}", sum.later),
        format!("- {}", sum.dismissed),
    ];
    parts.join("  ")
}

/// Weeks as columns, with the same marks as in the reader where it has ASCII only.
fn calendar(statistics: &Statistics, lang: Lang, newest: Date, lines: &mut Vec<String>) {
    let first = statistics.dates().next_back().unwrap_or(newest);
    let calendar = Calendar { last: monday_of(newest), weeks: weeks_between(first, newest).min(WEEKS) };
    let mut months = String::from("    ");
    for (week, month, has_year) in calendar.months() {
        let label = if has_year {
            format!("{}-{:02}", month.year(), month.month())
        } else {
            lang.month_short(month.month())
        };
        months = format!("{}{label}", padded(&months, 4 + 2 * week));
    }
    lines.push(months);
    let levels = statistics.paper_levels();
    for day in 0..7 {
        let mut row = format!(" {} ", lang.weekday_short(day));
        for monday in calendar.mondays() {
            let date = shift(monday, day.cast_signed() as i64);
            let n = statistics.day(date).map_or(0, |d| d.counts.all);
            let (mark, beside) = match statistics.standing(date) {
                Standing::Free => (' ', ' '),
                Standing::Missing | Standing::Failed => ('!', ' '),
                Standing::Unknown => ('.', ' '),
                Standing::Empty => ('0', ' '),
                standing => {
                    (char::from(b'0' + levels.level(n)), if standing == Standing::Half { '/' } else { ' ' })
                }
            };
            row.extend([mark, beside]);
        }
        lines.push(row);
    }
    let ranges = levels.ranges().into_iter().map(|(level, from, to)| format!("{level} {from}-{to}"));
    let rest = [(Figure::Half, '/'), (Figure::Missing, '!')];
    let marks: Vec<String> =
        ranges.chain(rest.map(|(f, mark)| format!("{mark} {}", lang.figure(f)))).collect();
    lines.push(format!("    {}", marks.join("   ")));
}

fn pace(statistics: &Statistics, lang: Lang, newest: Date, lines: &mut Vec<String>) {
    let pace = statistics.pace;
    lines.extend([String::new(), lang.figure(Figure::PaceSection).to_owned()]);
    let mut label = "";
    let mut row = |name: Figure, value: String| {
        let name = lang.figure(name);
        let name = if std::mem::replace(&mut label, name) == name { "" } else { name };
        lines.push(format!("  {}{value}", padded(name, 10)));
    };
    for (days, n) in [(7, pace.last_7), (30, pace.last_30)] {
        row(
            Figure::DecidedRow,
            format!(
                "{}{}{}",
                padded(&lang.last_days(days), 10),
                padded(&n.to_string(), 7),
                lang.a_day(n, days)
            ),
        );
    }
    row(
        Figure::SpeedRow,
        match pace.per_hour() {
            Some(n) => {
                format!("{}  {}", lang.an_hour(n), lang.sittings(minutes(pace.spent_ms), pace.sittings))
            }
            None => lang.figure(Figure::NoPace).to_owned(),
        },
    );
    let week = statistics.counts_since(shift(newest, -6));
    let about = pace.minutes_for(week.undecided).map(|m| lang.about(m)).unwrap_or_default();
    row(
        Figure::LeftRow,
        format!("{}{}{about}", padded(&lang.last_days(7), 10), padded(&week.undecided.to_string(), 7)),
    );
    let month = statistics.counts_since(shift(newest, -29));
    let decided = month.all.saturating_sub(month.undecided);
    if decided > 0 {
        row(Figure::KeptRow, lang.kept_of(month.bookmarked + month.later, decided));
    }
    let of =
        |standing| (0_i64..30).filter(|back| statistics.standing(shift(newest, -back)) == standing).count();
    let days = [Standing::Done, Standing::Half, Standing::Untouched, Standing::Missing].map(of);
    let [done, half, untouched, missing] = days;
    row(Figure::DaysRow, lang.day_counts(done, half, untouched, missing, "-"));
}

fn words(statistics: &Statistics, lang: Lang, lines: &mut Vec<String>) {
    lines.extend([String::new(), lang.figure(Figure::WordsSection).to_owned()]);
    let Some(rising) = statistics.words.as_ref().filter(|r| r.papers.1 > 0) else {
        return lines.push(format!("  {}", lang.figure(Figure::NoMonth)));
    };
    if rising.words.is_empty() {
        return lines.push(format!("  {}", lang.figure(Figure::NoRise)));
    }
    let heads = format!("{}{}", right(lang.figure(Figure::Week), 8), right(lang.figure(Figure::Usual), 8));
    lines.push(format!("{}{heads}", " ".repeat(30)));
    for rise in rising.words.iter().take(ROWS) {
        let word = padded(&text::fit(&text::show(&rise.word), 28), 28);
        let usual = right(&format!("{:.1}", rise.expected), 8);
        lines.push(format!("  {word}{}{usual}", right(&rise.week.to_string(), 8)));
    }
    lines.push(format!("  {}", lang.week_against_month(rising.papers.0, rising.papers.1)));
}

fn categories(statistics: &Statistics, lang: Lang, lines: &mut Vec<String>) {
    lines.extend([String::new(), lang.figure(Figure::CategoriesSection).to_owned()]);
    let heads = [Figure::Recent, Figure::All, Figure::Kept].map(|f| right(lang.figure(f), 8)).concat();
    lines.push(format!("{}{heads}", " ".repeat(30)));
    for category in statistics.categories().iter().take(ROWS) {
        let name = if category.name.is_empty() { lang.figure(Figure::NoCategory) } else { &category.name };
        let Counts { all, undecided, bookmarked, later, .. } = category.all;
        let decided = all.saturating_sub(undecided);
        let kept = ((bookmarked + later) * 100 + decided / 2).checked_div(decided);
        let kept = kept.map_or_else(|| "-".to_owned(), |n| format!("{n}%"));
        let numbers = [category.recent.all.to_string(), all.to_string(), kept].map(|n| right(&n, 8)).concat();
        lines.push(format!("  {}{numbers}", padded(&text::fit(&text::show(name), 28), 28)));
    }
}
