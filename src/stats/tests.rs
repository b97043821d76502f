use jiff::tz::TimeZone;

use super::*;
use crate::decisions::{Cell, Decisions, Field, FieldValue};
use crate::model::{Date, Identity, Verdict};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(n: usize) -> Identity {
    Identity::new(Some(&format!("2505.{n:05}")), &format!("A study of the number {n}"), None)
}

fn tally(day: &str, papers: std::ops::Range<usize>) -> Tally {
    Tally { date: date(day), categories: vec![("cs.CL".into(), papers.map(id).collect())], failed: 0 }
}

fn decide(decisions: &mut Decisions, wall_ms: i64, papers: std::ops::Range<usize>, verdict: Verdict) {
    let cell = |n| Cell { paper: id(n), field: Field::Verdict, value: FieldValue::Verdict(verdict) };
    decisions.decide(wall_ms, papers.map(cell).collect(), "x");
}

/// Statistics of these days at 2025-05-20, noon.
fn counted(tallies: Vec<Tally>, decisions: &Decisions) -> Statistics {
    let mut statistics = Statistics::default();
    statistics.expect(tallies.iter().map(|t| t.date));
    let history = History::of(decisions, &TimeZone::UTC, 1_747_742_400_000);
    for portion in [Portion::History(Box::new(history)), Portion::Days(tallies), Portion::Done] {
        statistics.take(portion, decisions);
    }
    statistics
}

#[test]
fn a_gap_is_a_weekday_between_two_days_and_nothing_else() {
    // 2025-05-02 is a Friday.
    let days =
        ["2025-04-30", "2025-05-02", "2025-05-06", "2025-05-10", "2025-07-01", "2025-07-17", "2025-08-04"]
            .map(|d| tally(d, 0..1))
            .to_vec();
    let statistics = counted(days, &Decisions::new("m"));
    for (day, want) in [
        ("2025-04-29", Standing::Free),
        ("2025-04-30", Standing::Untouched),
        ("2025-05-01", Standing::Missing),
        ("2025-05-03", Standing::Free),
        ("2025-05-04", Standing::Free),
        ("2025-05-05", Standing::Missing),
        ("2025-05-10", Standing::Untouched),
        ("2025-05-12", Standing::Free),
        // Two weeks of holidays are missing, a longer rest is not.
        ("2025-05-13", Standing::Free),
        ("2025-07-02", Standing::Missing),
        ("2025-07-16", Standing::Missing),
        ("2025-07-18", Standing::Free),
    ] {
        assert_eq!(statistics.standing(date(day)), want, "{day}");
    }
}

#[test]
fn a_day_is_unknown_until_it_was_counted_and_half_read_until_it_is_done() {
    let mut decisions = Decisions::new("m");
    decide(&mut decisions, 1_000, 0..2, Verdict::Dismissed);
    let mut statistics = Statistics::default();
    let days = ["2025-05-05", "2025-05-06", "2025-05-07", "2025-05-08", "2025-05-09"];
    statistics.expect(days.map(date));
    assert_eq!(statistics.standing(date("2025-05-05")), Standing::Unknown);
    assert_eq!(statistics.progress(), (5, 0));
    let failed = Tally { failed: 2, ..Tally::new(date("2025-05-05")) };
    let tallies =
        vec![failed, tally("2025-05-06", 0..2), tally("2025-05-07", 1..3), tally("2025-05-08", 5..5)];
    statistics.take(Portion::Days(tallies), &decisions);
    let standings = days.map(|d| statistics.standing(date(d)));
    let want = [Standing::Failed, Standing::Done, Standing::Half, Standing::Empty, Standing::Unknown];
    assert_eq!(standings, want);
    assert_eq!(statistics.progress(), (5, 4));
}

#[test]
fn a_paper_of_two_categories_counts_once_for_the_day_and_once_for_each() {
    let twice = Tally {
        categories: vec![("a".into(), vec![id(1), id(2)]), ("b".into(), vec![id(2), Identity::default()])],
        ..tally("2025-05-06", 0..0)
    };
    let statistics = counted(vec![twice], &Decisions::new("m"));
    assert_eq!(statistics.day(date("2025-05-06")).unwrap().counts.all, 3);
    let found: Vec<_> = statistics.categories().iter().map(|c| (c.name.to_string(), c.all.all)).collect();
    assert_eq!(found, [("a".to_owned(), 2), ("b".to_owned(), 2)]);
}

#[test]
fn categories_stand_by_their_last_30_days() {
    let mut old = tally("2025-01-06", 0..50);
    old.categories[0].0 = "old".into();
    let statistics = counted(vec![tally("2025-05-06", 0..3), old], &Decisions::new("m"));
    let found: Vec<_> = statistics.categories().iter().map(|c| (c.recent.all, c.all.all)).collect();
    assert_eq!(found, [(3, 3), (0, 50)]);
}

#[test]
fn a_quarter_of_the_days_falls_into_each_level() {
    let levels = Levels::of([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    let of = [0, 1, 2, 3, 4, 5, 6, 7, 8, 99].map(|n| levels.level(n));
    assert_eq!(of, [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]);
    assert_eq!(levels.ranges(), [(1, 1, 2), (2, 3, 4), (3, 5, 6), (4, 7, 8)]);
    for (numbers, ranges) in [
        (vec![], vec![]),
        (vec![0, 0], vec![]),
        (vec![20, 20, 20], vec![(4, 20, 20)]),
        (vec![1], vec![(4, 1, 1)]),
        (vec![5, 9], vec![(2, 5, 8), (4, 9, 9)]),
    ] {
        let levels = Levels::of(numbers.clone());
        assert_eq!(levels.ranges(), ranges, "{numbers:?}");
        for n in numbers.into_iter().filter(|n| *n > 0) {
            let level = levels.level(n);
            assert!(ranges.iter().any(|(l, from, to)| *l == level && (*from..=*to).contains(&n)), "{n}");
        }
    }
}

#[test]
fn shares_have_levels() {
    let of = [(0, 0), (0, 9), (1, 9), (4, 8), (8, 9), (9, 9)].map(|(n, all)| share_level(n, all).0);
    assert_eq!(of, [0, 1, 2, 3, 3, 4]);
}

const MINUTE: i64 = 60_000;
/// 2025-05-20, 08:00 UTC.
const MORNING: i64 = 1_747_728_000_000;

#[test]
fn breaks_are_no_part_of_the_pace() {
    let mut decisions = Decisions::new("m");
    for (n, at) in (0..20).zip(0..) {
        decide(&mut decisions, MORNING + at * MINUTE / 2, n..n + 1, Verdict::Dismissed);
    }
    // Coffee, then ten at once, a minute apart from the next.
    let later = MORNING + 60 * MINUTE;
    decide(&mut decisions, later, 20..30, Verdict::Dismissed);
    decide(&mut decisions, later + MINUTE, 30..31, Verdict::Later);
    let pace = Times::of(&decisions).pace(date("2025-05-20"), &TimeZone::UTC);
    assert_eq!((pace.last_7, pace.last_30, pace.sittings), (31, 31, 2));
    // 19 gaps of half a minute and one of a minute; the first of a sitting has no time.
    assert_eq!(pace.spent_ms, 19 * MINUTE / 2 + MINUTE);
    assert_eq!(pace.per_hour(), Some(114));
    assert_eq!(pace.minutes_for(57), Some(30));
    assert_eq!((pace.minutes_for(1), pace.minutes_for(0)), (Some(1), Some(0)));
}

#[test]
fn a_pace_that_is_not_known_is_none() {
    let mut decisions = Decisions::new("m");
    assert_eq!(Times::of(&decisions).pace(date("2025-05-20"), &TimeZone::UTC).per_hour(), None);
    // A bulk from the command line took no time.
    decide(&mut decisions, MORNING, 0..500, Verdict::Dismissed);
    let pace = Times::of(&decisions).pace(date("2025-05-20"), &TimeZone::UTC);
    assert_eq!((pace.last_7, pace.per_hour(), pace.minutes_for(5)), (500, None, None));
    // And what lies over 30 days back is no pace of today.
    let pace = Times::of(&decisions).pace(date("2025-08-20"), &TimeZone::UTC);
    assert_eq!(pace, Pace::default());
}

#[test]
fn what_was_undone_or_taken_back_was_not_decided() {
    let mut decisions = Decisions::new("m");
    decide(&mut decisions, MORNING, 0..3, Verdict::Bookmarked);
    decide(&mut decisions, MORNING + 1, 5..7, Verdict::Later);
    decide(&mut decisions, MORNING + 2, 0..1, Verdict::Undecided);
    assert_eq!(Times::of(&decisions).by_date(&TimeZone::UTC)[&date("2025-05-20")], 5);
    decisions.undo(MORNING + 3);
    decisions.undo(MORNING + 4);
    assert_eq!(Times::of(&decisions).by_date(&TimeZone::UTC)[&date("2025-05-20")], 3);
}

#[test]
fn days_begin_where_the_user_is_and_compaction_keeps_them() {
    let mut decisions = Decisions::new("m");
    // 20:00 in London is the next morning in Beijing.
    decide(&mut decisions, MORNING + 12 * 60 * MINUTE, 0..3, Verdict::Dismissed);
    let beijing = TimeZone::fixed(jiff::tz::offset(8));
    let by_date = Times::of(&decisions).by_date(&beijing);
    assert_eq!(by_date.into_iter().collect::<Vec<_>>(), [(date("2025-05-21"), 3)]);

    let lines = crate::decisions::compact_to(decisions.pending(), 0);
    let mut compacted = Decisions::new("m");
    compacted.absorb("m", lines);
    assert_eq!(Times::of(&compacted).by_date(&beijing)[&date("2025-05-21")], 3);
}

#[test]
fn the_time_spent_on_a_day_is_that_of_its_own_papers() {
    let mut decisions = Decisions::new("m");
    for (n, at) in [(0, 0), (7, 1), (1, 2), (2, 30), (3, 33)] {
        decide(&mut decisions, MORNING + at * MINUTE, n..n + 1, Verdict::Dismissed);
    }
    let statistics = counted(vec![tally("2025-05-06", 0..4), tally("2025-05-05", 7..9)], &decisions);
    assert_eq!(statistics.day(date("2025-05-06")).unwrap().spent_ms, Some(5 * MINUTE));
    assert_eq!(statistics.day(date("2025-05-05")).unwrap().spent_ms, None);
    // The same title with another id is another paper; without an id it is the same one.
    let times = Times::of(&decisions);
    let numbered = |id, n| Identity::new(id, &format!("A study of the number {n}"), None);
    let other = [numbered(Some("1"), 0), numbered(Some("2"), 1)];
    assert_eq!(times.spent_ms(&other.iter().collect::<Vec<_>>()), None);
    let same = [numbered(None, 0), numbered(None, 1)];
    assert_eq!(times.spent_ms(&same.iter().collect::<Vec<_>>()), Some(2 * MINUTE));
}

fn titled(day: &str, titles: &[&str]) -> Vec<PaperRow> {
    let row = |(n, title): (usize, &&str)| PaperRow {
        identity: Identity::new(Some(&format!("{day}.{n}")), title, None),
        title: (*title).to_owned(),
        title_zh: None,
        category: None,
    };
    titles.iter().enumerate().map(row).collect()
}

#[test]
fn decisions_about_papers_of_other_archives_do_not_count() {
    let mut decisions = Decisions::new("m");
    decide(&mut decisions, MORNING, 0..4, Verdict::Dismissed);
    decide(&mut decisions, MORNING + MINUTE, 100..103, Verdict::Bookmarked);
    let statistics = counted(vec![tally("2025-05-06", 0..9)], &decisions);
    assert_eq!((statistics.pace.last_7, statistics.pace.sittings), (4, 1));
    assert_eq!(statistics.decided_on.into_iter().collect::<Vec<_>>(), [(date("2025-05-20"), 4)]);
}

#[test]
fn a_long_chinese_phrase_rises_in_one_piece() {
    let mut words = Words::new(date("2025-05-30"));
    words.take(date("2025-05-30"), &titled("2025-05-30", &["像素级射频调制分类"; 3]));
    words.take(date("2025-05-23"), &titled("2025-05-23", &["Graphs"]));
    let found: Vec<_> = words.rising().words.into_iter().map(|r| r.word).collect();
    assert_eq!(found, ["像素级射频调制分类"]);
}

#[test]
fn words_rise_against_the_month_before() {
    let mut words = Words::new(date("2025-05-30"));
    let week = [
        "World models plan",
        "A world model that acts",
        "World Models!",
        "Diffusion",
        "Diffusion",
        "Rare",
        "Rare",
    ];
    words.take(date("2025-05-30"), &titled("2025-05-30", &week));
    words.take(
        date("2025-05-24"),
        &titled("2025-05-24", &["Diffusion of 大语言模型", "大语言模型", "大语言模型的训练"]),
    );
    let month = ["Diffusion", "Diffusion", "Diffusion", "Graphs", "Graphs", "Graphs", "A world apart"];
    words.take(date("2025-05-23"), &titled("2025-05-23", &month));
    assert!(!words.wants(date("2025-04-25")));
    words.take(date("2025-04-25"), &titled("2025-04-25", &["World model", "大语言模型"]));
    let found: Vec<_> = words.rising().words.into_iter().map(|r| (r.word, r.week, r.month)).collect();
    // `语言模型` says no more than what holds it, nor does `world`; diffusion is as frequent as ever.
    assert_eq!(found, [("大语言模型".to_owned(), 3, 0), ("world model".to_owned(), 3, 0)]);
    assert_eq!(words.rising().papers, (10, 7));
}

#[test]
fn without_a_month_nothing_rises() {
    let mut words = Words::new(date("2025-05-30"));
    words.take(date("2025-05-30"), &titled("2025-05-30", &["Agents"; 9]));
    assert_eq!(words.rising().words, []);
}

#[test]
fn weeks_move_only_as_far_as_needed() {
    let calendar = Calendar { last: date("2025-05-26"), weeks: 3 };
    assert_eq!(
        calendar.mondays().map(|d| d.to_string()).collect::<Vec<_>>(),
        ["2025-05-12", "2025-05-19", "2025-05-26"]
    );
    for (day, last) in [
        ("2025-05-12", "2025-05-26"),
        ("2025-06-01", "2025-05-26"),
        ("2025-06-02", "2025-06-02"),
        ("2025-05-11", "2025-05-19"),
        ("2024-01-01", "2024-01-15"),
    ] {
        assert_eq!(calendar.showing(date(day)).last, date(last), "{day}");
    }
}

#[test]
fn weeks_in_which_a_month_begins_are_named_and_the_first_where_there_is_room() {
    for (last, weeks, want) in [
        ("2025-06-02", 3, vec![(1, 6, true)]),
        ("2025-06-02", 1, vec![(0, 6, true)]),
        ("2025-01-27", 8, vec![(3, 1, true), (7, 2, false)]),
        ("2025-01-27", 10, vec![(0, 12, true), (5, 1, true), (9, 2, false)]),
    ] {
        let months = Calendar { last: date(last), weeks }.months();
        let found: Vec<_> = months.into_iter().map(|(week, date, year)| (week, date.month(), year)).collect();
        assert_eq!(found, want, "{last} {weeks}");
    }
}
