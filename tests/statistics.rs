//! The page of statistics and `wenzhai stats`, as their user sees them.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot set its scene has failed"
)]

#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use std::fs;
use std::path::Path;

use app::{App, Setup, monochrome};
use jiff::civil::Date;
use ratatui::layout::Position;
use serde_json::{Value, json};
use wenzhai::action::Action;
use wenzhai::catalogue::Lang;
use wenzhai::decisions::{Cell, Decisions, Field, FieldValue};
use wenzhai::effect::{Effect, Report};
use wenzhai::model::{Identity, Listing, Verdict};
use wenzhai::state::{Gesture, Looks, Mouse, Msg, Size, StatisticsPage};
use wenzhai::stats::{Portion, Standing, Tally};
use wenzhai::text::Glyphs;

/// What the clock of the app says about: 2023-11-14, 22:13.
const EVENING: i64 = 1_700_000_000_000;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(day: Date, n: usize) -> String {
    format!("{:02}{:02}.{:02}{n:03}", day.year() % 100, day.month(), day.day())
}

fn title(day: Date, n: usize) -> String {
    let topic = ["Graph Networks", "Sparse Attention", "Speech Codecs", "Robot Grasping"][n % 4];
    if day >= date("2023-11-08") && n < 2 {
        format!("World Models for {topic}")
    } else {
        format!("{topic} at Rest")
    }
}

fn write(archive: &Path, day: Date, category: &str, titles: &[String], from: usize) {
    let papers: Vec<Value> = titles
        .iter()
        .zip(from..)
        .map(|(title, n)| {
            json!({"id": id(day, n), "arxiv": {"id": id(day, n), "version": 1}, "title": title,
               "title_zh": title.contains("World").then_some("用于规划的世界模型")})
        })
        .collect();
    let digest = json!({"schema": 1, "date": day, "category": category, "sources": [], "notices": [], "papers": papers});
    let folder = archive.join(day.to_string());
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{category}.json")), digest.to_string()).unwrap();
}

/// Weekdays from September to 2023-11-14, two categories: one day is missing, one has no papers, one cannot be read.
fn autumn(archive: &Path) {
    let mut day = date("2023-09-04");
    while day <= date("2023-11-14") {
        let number = usize::try_from(day.day_of_year()).unwrap();
        let papers = number * 7 % 11;
        match day.to_string().as_str() {
            _ if day.weekday().to_monday_one_offset() > 5 => {}
            "2023-10-11" => {}
            "2023-10-19" => write(archive, day, "cs.CL", &[], 0),
            "2023-10-26" => {
                fs::create_dir_all(archive.join("2023-10-26")).unwrap();
                fs::write(archive.join("2023-10-26/cs.CL.json"), "{ broken").unwrap();
            }
            _ => {
                let titles: Vec<String> = (0..papers + 3).map(|n| title(day, n)).collect();
                write(archive, day, "cs.CL", &titles[..3], 0);
                write(archive, day, "cs.CV", &titles[3..], 3);
            }
        }
        day = day.tomorrow().unwrap();
    }
}

/// The last weeks, read in the evening: all of most days, some of some.
fn read() -> Decisions {
    let mut decisions = Decisions::new("test");
    let day_ms = 24 * 3_600_000;
    for back in (1_i64..30).rev() {
        let day = date("2023-11-14").saturating_sub(jiff::Span::new().days(back));
        for n in 0..if back % 5 == 0 { 2 } else { 14 } {
            let wall_ms = EVENING - back * day_ms + i64::try_from(n).unwrap() * 12_000;
            let verdict =
                [Verdict::Dismissed, Verdict::Bookmarked, Verdict::Dismissed, Verdict::Later][n % 4];
            let paper = Identity::new(Some(&id(day, n)), &title(day, n), None);
            decisions.decide(
                wall_ms,
                vec![Cell { paper, field: Field::Verdict, value: FieldValue::Verdict(verdict) }],
                "x",
            );
        }
    }
    decisions
}

fn listing(archive: &Path) -> Listing {
    wenzhai::archive::list(&[archive.to_owned()])
}

fn open(archive: &Path, setup: Setup) -> App {
    App::open(listing(archive), Setup { decisions: read(), ..setup })
}

#[test]
fn the_page_at_three_sizes_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    for (lang, name) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for size in [(80, 24), (120, 36), (200, 50)] {
            let mut app = open(dir.path(), Setup { lang, size, ..Setup::default() });
            app.keys("S");
            insta::assert_snapshot!(format!("page_{name}_{}", size.0), app.screen());
        }
    }
}

#[test]
fn the_measures_and_sections_where_there_is_room_for_one() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    let mut app = open(dir.path(), Setup { lang: Lang::En, ..Setup::default() });
    insta::assert_snapshot!("decided_words", app.keys("S Tab ]").screen());
    insta::assert_snapshot!("pace_categories", app.keys("Tab ]").screen());
    let first = app.keys("Tab ]").screen();
    assert_eq!(first, app.keys("[ ] Tab Tab Tab").screen());
}

#[test]
fn marks_are_ascii_where_the_terminal_needs_it() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    for (glyphs, name) in [
        (Glyphs { is_ascii: true, is_wide: false }, "ascii"),
        (Glyphs { is_ascii: false, is_wide: true }, "wide"),
    ] {
        let looks = Looks { glyphs, ..Looks::default() };
        let mut app = open(dir.path(), Setup { looks, size: (120, 30), ..Setup::default() });
        insta::assert_snapshot!(name, app.keys("S").screen());
    }
    let looks = Looks { glyphs: Glyphs { is_ascii: true, is_wide: false }, ..Looks::default() };
    let mut app = open(dir.path(), Setup { looks, lang: Lang::En, ..Setup::default() });
    for _ in 0..3 {
        let screen = app.keys(if app.state.statistics.is_open { "Tab ]" } else { "S" }).screen();
        // The words are as they are in the titles.
        assert!(screen.chars().all(|c| c.is_ascii() || ('一'..='龥').contains(&c)), "{screen}");
    }
}

#[test]
fn nothing_is_told_by_colour_alone() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    let looks = Looks { theme: monochrome(), ..Looks::default() };
    let mut app = open(dir.path(), Setup { looks, lang: Lang::En, ..Setup::default() });
    let shot = app.keys("S").shot();
    assert!(shot.contains("reversed"), "no cursor: {shot}");
    let screen = app.screen();
    assert!(screen.contains('!') && screen.contains('/') && screen.contains("[papers]"), "{screen}");
}

#[test]
fn enter_goes_to_the_day_and_says_so_where_there_is_none() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    let mut app = open(dir.path(), Setup { lang: Lang::En, ..Setup::default() });
    app.keys("S h j");
    assert_eq!(app.state.statistics.selected, date("2023-11-08"));
    app.keys("Enter");
    assert_eq!(app.state.papers.date, Some(date("2023-11-08")));
    assert!(!app.state.statistics.is_open && app.screen().contains("2023-11-08 Wed"), "{}", app.screen());

    // From there, five weeks back to the missing day.
    app.keys("S h h h h Enter");
    assert!(app.state.statistics.is_open);
    assert!(app.screen().contains("There is no digest of 2023-10-11."), "{}", app.screen());
    app.keys("H Enter");
    assert_eq!(app.state.papers.date, Some(date("2023-10-10")));
    // Also from the detail alone.
    app.keys("Enter Z S L Enter");
    assert_eq!((app.state.papers.date, app.state.zen), (Some(date("2023-10-12")), None));
}

#[test]
fn leaving_returns_exactly_where_one_was() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    for size in [(80, 24), (120, 36), (200, 50)] {
        for before in ["", "j j", "j Enter", "Enter Z", "g d j", "/ type:world Enter", "j v j", "f u j"] {
            let mut app = open(dir.path(), Setup { size, ..Setup::default() });
            app.keys(before);
            let (screen, session) = (app.shot(), app.session.clone());
            for leave in ["q", "Esc", "S", "C-c"] {
                app.keys("S h j Tab ]").keys(leave);
                assert_eq!(app.shot(), screen, "{size:?} {before} {leave}");
            }
            assert_eq!(app.session, session);
            assert!(!app.effects.contains(&Effect::Quit));
        }
    }
}

#[test]
fn the_cursor_stays_on_the_calendar_and_in_view() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    let mut app = open(dir.path(), Setup { size: (40, 20), ..Setup::default() });
    app.keys("S");
    let shows = |app: &App| {
        let (page, size) = (&app.state.statistics, app.state.size);
        let calendar = page.calendar(size);
        page.selected >= calendar.first() && calendar.showing(page.selected) == calendar
    };
    for (keys, want) in [
        ("g g", "2023-09-04"),
        ("k h C-u PgUp", "2023-09-04"),
        ("l", "2023-09-11"),
        ("C-d", "2023-10-09"),
        ("G", "2023-11-14"),
        ("j l PgDn C-d L", "2023-11-14"),
        ("H", "2023-11-13"),
        ("H", "2023-11-10"),
    ] {
        app.keys(keys);
        assert_eq!(app.state.statistics.selected, date(want), "{keys}");
        assert!(shows(&app), "{keys}");
    }
    app.keys("g g").send(Msg::Resize(Size { cols: 30, rows: 10 }));
    assert!(shows(&app));
    for cols in 20..60 {
        for rows in 6..16 {
            app.send(Msg::Resize(Size { cols, rows }));
            app.buffer();
        }
    }
}

#[test]
fn the_mouse_chooses_a_day_and_the_wheel_goes_by_weeks() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    let mut app = open(dir.path(), Setup { lang: Lang::En, ..Setup::default() });
    let before = app.keys("S").state.papers.clone();
    let mouse = |x, y, what| Msg::Mouse(Mouse { at: Position { x, y }, what });
    // The second week, its Wednesday.
    app.send(mouse(6, 4, Gesture::Press));
    assert_eq!(app.state.statistics.selected, date("2023-09-13"));
    app.send(mouse(0, 0, Gesture::WheelDown));
    assert_eq!(app.state.statistics.selected, date("2023-09-20"));
    app.send(mouse(0, 0, Gesture::WheelUp)).send(mouse(70, 20, Gesture::Press)).send(mouse(
        79,
        3,
        Gesture::Press,
    ));
    assert_eq!(app.state.statistics.selected, date("2023-09-13"));
    assert_eq!(app.state.papers, before);
}

#[test]
fn figures_come_in_newest_first_and_stale_ones_are_dropped() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    let mut app = open(dir.path(), Setup { lang: Lang::En, is_holding: true, ..Setup::default() });
    app.keys("S");
    let held = std::mem::take(&mut app.held);
    let (counts, others): (Vec<Report>, Vec<Report>) =
        held.into_iter().partition(|r| matches!(r, Report::Statistics { .. }));
    app.held = others;
    assert!(app.screen().contains("0 of 51 days…"), "{}", app.screen());
    let figures: String = app.screen().lines().skip(1).collect();
    assert!(!figures.contains(" 0 "), "a number that is not known yet is none: {}", app.screen());
    assert!(app.screen().contains("2023-11-14 Tue   not counted yet"), "{}", app.screen());
    let mut counts = counts.into_iter();
    app.send(Msg::Report(counts.next().unwrap())).send(Msg::Report(counts.next().unwrap()));
    let screen = app.screen();
    assert!(screen.contains("4 of 51 days…") && screen.contains('·'), "{screen}");
    assert!(!screen.contains("Kept") && screen.contains("7 days   ·"), "{screen}");
    // Left, and opened again: what is still on its way belongs to the first count.
    app.keys("q");
    assert_eq!(app.effects.last(), Some(&Effect::StopStatistics));
    app.keys("S");
    for count in counts {
        app.send(Msg::Report(count));
    }
    assert!(app.screen().contains("4 of 51 days…"), "{}", app.screen());
}

#[test]
fn whoever_opens_the_page_at_once_is_on_the_open_day_once_all_is_listed() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    let whole = listing(dir.path());
    let early = Listing { digests: whole.digests[60..70].into(), ..Listing::default() };
    let setup = || Setup { lang: Lang::En, is_holding: true, ..Setup::default() };
    let mut app = App::open(Listing::default(), setup());
    app.keys("S")
        .send(Msg::Report(Report::Listed(early.clone())))
        .send(Msg::Report(Report::Listed(whole.clone())));
    let open = app.state.papers.date.unwrap();
    assert_eq!(app.state.statistics.selected, open);
    // Who has moved stays.
    let mut app = App::open(early, setup());
    app.keys("S k").send(Msg::Report(Report::Listed(whole)));
    assert!(app.state.statistics.selected < open);
}

#[test]
fn decisions_of_another_machine_are_counted_while_the_page_is_open() {
    let dir = tempfile::tempdir().unwrap();
    autumn(dir.path());
    let mut app = open(dir.path(), Setup { lang: Lang::En, ..Setup::default() });
    app.keys("S");
    assert_eq!(app.state.statistics.figures.standing(date("2023-09-04")), Standing::Untouched);
    let mut other = Decisions::new("other");
    let paper = Identity::new(Some(&id(date("2023-09-04"), 0)), "", None);
    let value = FieldValue::Verdict(Verdict::Dismissed);
    other.decide(EVENING, vec![Cell { paper, field: Field::Verdict, value }], "x");
    app.send(Msg::Report(Report::Decided(vec![("other".into(), other.pending().to_vec())])));
    assert_eq!(app.state.statistics.figures.standing(date("2023-09-04")), Standing::Half);
}

#[test]
fn verbs_of_the_panes_say_that_they_do_not_work_here() {
    let mut app = App::sample(80, 24);
    let before = app.keys("S").state.decisions.clone();
    for keys in ["=", "$", "u", "1", "g d"] {
        app.keys(keys);
        assert!(app.state.statistics.is_open);
        assert!(app.state.message.as_ref().is_some_and(|m| m.is_error), "{keys}");
    }
    assert_eq!(app.state.decisions, before);
    app.keys("?");
    assert!(app.screen().contains("上一周"), "{}", app.screen());
    app.keys("Esc : type:older-week Enter");
    assert!(app.state.statistics.is_open && app.state.popup.is_none());
}

#[test]
fn an_archive_without_days_has_nothing_to_count() {
    let dir = tempfile::tempdir().unwrap();
    let mut app = App::open(listing(dir.path()), Setup::default());
    app.keys("S");
    assert!(app.screen().contains("还没有可统计的内容。"), "{}", app.screen());
    app.keys("h j g g G H Enter Tab ] q");
    assert!(!app.state.statistics.is_open);
}

#[test]
fn an_archive_of_one_day() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), date("2023-11-14"), "cs.CL", &["One".to_owned()], 0);
    let mut app = App::open(listing(dir.path()), Setup { lang: Lang::En, ..Setup::default() });
    insta::assert_snapshot!("one_day", app.keys("S").screen());
    assert!(app.keys("]").screen().contains("No earlier weeks to compare with."));
}

#[test]
fn what_was_decided_today_of_an_old_archive_is_in_view() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), date("2021-03-02"), "cs.CL", &["One".to_owned(), "Two".to_owned()], 0);
    let mut app = App::open(listing(dir.path()), Setup { lang: Lang::En, ..Setup::default() });
    app.keys("d S");
    assert_eq!(app.state.statistics.selected, date("2021-03-02"));
    assert_eq!(app.keys("Tab Tab").state.statistics.selected, date("2023-11-14"));
}

#[test]
fn ten_years_are_scrolled_through() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), date("2023-11-14"), "cs.CL", &["One".to_owned()], 0);
    let setup = Setup { lang: Lang::En, is_holding: true, ..Setup::default() };
    let mut app = App::open(listing(dir.path()), setup);
    app.keys("S");
    let days = (0..3650).map(|back| {
        let day = date("2023-11-14").saturating_sub(jiff::Span::new().days(back));
        let papers =
            (0..usize::try_from(back % 7).unwrap()).map(|n| Identity::new(Some(&id(day, n)), "", None));
        Tally { date: day, categories: vec![("cs.CL".into(), papers.collect())], failed: 0 }
    });
    for portion in [Portion::History(Box::default()), Portion::Days(days.collect()), Portion::Done] {
        app.send(Msg::Report(Report::Statistics { generation: 1, portion }));
    }
    app.keys("g g");
    assert_eq!(app.state.statistics.selected, date("2013-11-17"));
    insta::assert_snapshot!("ten_years", app.screen());
    for _ in 0..60 {
        app.keys("PgDn");
    }
    assert_eq!(app.state.statistics.selected, date("2023-11-14"));
}

#[test]
fn hostile_titles_and_names_stay_text() {
    let dir = tempfile::tempdir().unwrap();
    let nasty = "\u{1b}[31mRED\u{1b}[0m \u{202e}evil\u{202c} \u{9b}2J é👍🏽 $(rm) `x`".to_owned();
    write(dir.path(), date("2023-10-30"), "cs.CL", &vec!["Calm words".to_owned(); 9], 0);
    let mut titles = vec![nasty.clone(); 6];
    titles.push("long ".repeat(100_000));
    titles.push("长".repeat(100_000));
    write(dir.path(), date("2023-11-14"), "x", &titles, 0);
    let path = dir.path().join("2023-11-14/x.json");
    let text = fs::read_to_string(&path).unwrap();
    let category = serde_json::to_string(&format!("{nasty}{}", "类".repeat(200))).unwrap();
    fs::write(&path, text.replace("\"category\":\"x\"", &format!("\"category\":{category}"))).unwrap();
    for size in [(80, 24), (120, 36)] {
        let mut app = App::open(listing(dir.path()), Setup { size, ..Setup::default() });
        app.keys("S");
        for _ in 0..3 {
            let (buffer, _) = app.keys("]").buffer();
            for cell in buffer.content() {
                assert!(
                    !cell
                        .symbol()
                        .contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c))
                );
            }
        }
        let words = app.state.statistics.figures.words.clone().unwrap().words;
        assert!(words.iter().any(|w| w.word == "evil"), "{words:?}");
    }
}

#[test]
fn all_sections_stand_side_by_side_where_there_is_room() {
    assert!(!StatisticsPage::has_all_sections(Size { cols: 80, rows: 24 }));
    assert!(StatisticsPage::has_all_sections(Size { cols: 120, rows: 36 }));
    let mut app = App::sample(120, 36);
    let before = app.keys("S").screen();
    assert_eq!(app.keys("]").screen(), before);
    app.send(Msg::Act(Action::Statistics));
    assert!(!app.state.statistics.is_open);
}

/// Runs `wenzhai stats` with a home of its own: status, standard output, standard error.
fn stats(home: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wenzhai"));
    command.env_clear().env("HOME", home).env("TZ", "UTC").current_dir(home);
    let output = command.arg("stats").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn stats_prints_the_same_figures_as_text_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path().join("digests");
    autumn(&archive);
    for lang in ["en", "zh"] {
        let (status, said, wrong) = stats(dir.path(), &["digests", "--lang", lang]);
        insta::assert_snapshot!(format!("stats_{lang}"), said);
        assert_eq!(status, 1);
        let failed = if lang == "en" {
            "2023-10-26: digests that cannot be read: 1"
        } else {
            "2023-10-26：读不了的文摘：1"
        };
        assert!(wrong.contains(failed), "{wrong}");
        if lang == "en" {
            assert!(said.lines().take(20).all(str::is_ascii), "{said}");
        }
    }
}

#[test]
fn stats_prints_json() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path().join("digests");
    autumn(&archive);
    let (status, said, _) = stats(dir.path(), &["digests", "--json", "--days", "14"]);
    assert_eq!(status, 0);
    let value: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(value["schema"], 1);
    let dates: Vec<&str> =
        value["days"].as_array().unwrap().iter().map(|d| d["date"].as_str().unwrap()).collect();
    assert_eq!((dates.len(), dates[0], dates[dates.len() - 1]), (10, "2023-11-14", "2023-11-01"));
    assert_eq!(value["days"][0]["counts"]["papers"], value["days"][0]["counts"]["undecided"]);
    assert_eq!(value["pace"]["per_hour"], Value::Null);
    let (_, said, _) = stats(dir.path(), &["digests", "--json"]);
    let value: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(value["missing"], json!(["2023-10-11"]));
    assert_eq!(value["words"]["rising"][0]["word"], "世界模型");
    assert_eq!(stats(dir.path(), &["digests", "--days", "0"]).0, 2);
}

#[test]
fn stats_of_nothing_says_so() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("empty")).unwrap();
    let (status, said, wrong) = stats(dir.path(), &["empty", "--lang", "en"]);
    assert_eq!((status, said.as_str()), (1, "Nothing to count yet.\n"), "{wrong}");
}
