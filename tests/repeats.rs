//! Repeats told as stories: a paper of several days or categories is one row, and nothing is lost by that.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use std::path::Path;
use std::sync::OnceLock;

use app::{App, Setup, rows};
use insta::assert_snapshot;
use proptest::prelude::*;
use wenzhai::catalogue::Lang;
use wenzhai::config::{Prefs, Repeats};
use wenzhai::decisions::Decisions;
use wenzhai::keymap::Key;
use wenzhai::model::{Listing, Verdict};
use wenzhai::state::{Entry, Msg};

/// Writes a digest of the papers with these numbers; `other` gives them another text.
fn write(root: &Path, date: &str, category: &str, papers: &[usize], other: &str) {
    let paper = |n: &usize| {
        format!(
            r#"{{"id":"3105.{n:05}","arxiv":{{"id":"3105.{n:05}","version":1}},"title":"Paper{n}: A Study of Made Things",
            "authors":["Ada First","Bo Last"],"comment":"Accepted to CVPR 2031","categories":["{category}"],
            "takeaways":["Paper{n} 提出一种新的方法{other}。"]}}"#
        )
    };
    let papers: Vec<String> = papers.iter().map(paper).collect();
    let text =
        format!(r#"{{"schema":1,"date":"{date}","category":"{category}","papers":[{}]}}"#, papers.join(","));
    std::fs::create_dir_all(root.join(date)).unwrap();
    std::fs::write(root.join(format!("{date}/{category}.json")), text).unwrap();
}

/// Three days: of the 14 records of the newest one 4 were on an earlier day, and one stands in two categories.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "2031-05-01", "cs.AI", &[100, 101, 102, 103], "");
    write(root, "2031-05-02", "cs.CL", &[110, 101, 111, 112], "");
    write(root, "2031-05-03", "cs.AI", &[120, 100, 121, 110, 122, 123], "");
    write(root, "2031-05-03", "cs.CL", &[111, 130, 120, 131, 101], "，这次写得更多");
    write(root, "2031-05-03", "cs.CV", &[140, 141, 142], "");
    folder
}

fn listing(root: &Path) -> Listing {
    wenzhai::archive::list(&[root.to_owned()])
}

fn open(setup: Setup) -> App {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    App::open(listing(FOLDER.get_or_init(archive).path()), setup)
}

fn with(repeats: Repeats) -> Prefs {
    Prefs { repeats, ..Prefs::default() }
}

/// The numbers of the papers that have a row, from top to bottom.
fn shown(app: &App) -> Vec<usize> {
    let papers = &app.state.papers;
    (0..papers.entries.len()).filter_map(|at| papers.row_at(at)).map(|r| number(&r.title)).collect()
}

fn number(title: &str) -> usize {
    title.trim_start_matches("Paper").split(':').next().unwrap().parse().unwrap()
}

fn at(app: &App) -> usize {
    number(&app.state.papers.selected_row().unwrap().title)
}

fn head(app: &App) -> String {
    rows(&app.buffer().0)[0].clone()
}

fn status(app: &App) -> String {
    rows(&app.buffer().0).pop().unwrap()
}

const UNFOLDED: [usize; 14] = [120, 100, 121, 110, 122, 123, 111, 130, 120, 131, 101, 140, 141, 142];
const FOLDED: [usize; 9] = [120, 121, 122, 123, 130, 131, 140, 141, 142];

#[test]
fn repeats_are_one_row() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for (cols, rows) in [(80, 24), (120, 36), (200, 50)] {
            let mut app = open(Setup { lang, size: (cols, rows), ..Setup::default() });
            assert_snapshot!(format!("folded_{name}_at_{cols}x{rows}"), app.keys("G").screen());
            app.keys("g g z r");
            assert_snapshot!(format!("unfolded_{name}_at_{cols}x{rows}"), app.screen());
        }
        let prefs = with(Repeats::Mark);
        let app = open(Setup { lang, prefs, ..Setup::default() });
        assert_snapshot!(format!("marked_{name}_at_80x24"), app.shot());
    }
}

#[test]
fn each_mode_counts_what_it_shows() {
    let table = [
        (Repeats::Fold, &FOLDED[..], 2),
        (Repeats::Mark, &UNFOLDED[..], 2),
        (Repeats::Show, &UNFOLDED[..], 0),
    ];
    for (repeats, expected, skims) in table {
        let app = open(Setup { prefs: with(repeats), size: (200, 50), ..Setup::default() });
        assert_eq!((shown(&app).as_slice(), app.skims), (expected, skims), "{repeats:?}");
        let is_marked = app.screen().contains("又见");
        assert_eq!(is_marked, repeats != Repeats::Show, "{}", app.screen());
        assert!(head(&app).contains(&format!("{0} 篇 · 未定 {0}", expected.len())), "{}", head(&app));
        let day = rows(&app.buffer().0).into_iter().find(|r| r.starts_with("▌03")).unwrap();
        assert!(day.contains(&format!(" {0} / {0} ", expected.len())), "{day}");
    }
}

#[test]
fn the_first_day_of_a_paper_keeps_it() {
    let mut app = open(Setup::default());
    app.keys("H");
    assert_eq!(shown(&app), [110, 111, 112]);
    app.keys("H");
    assert_eq!(shown(&app), [100, 101, 102, 103]);
    // What was decided there is decided on the later days too, where only zr shows it.
    app.keys("b j d L L z r");
    assert_eq!(shown(&app), UNFOLDED);
    let verdict = |n: usize| app.state.papers.rows.iter().find(|r| number(&r.title) == n).unwrap().verdict;
    assert_eq!((verdict(100), verdict(102 - 1)), (Verdict::Bookmarked, Verdict::Undecided));
    assert_eq!(app.state.papers.counts(None).undecided, 13);
}

#[test]
fn a_text_filter_finds_what_is_folded() {
    let mut app = open(Setup::default());
    app.keys("/ type:Paper101");
    assert_eq!(shown(&app), [101]);
    app.keys("Enter b");
    assert!(app.screen().contains("又见 05-01"), "{}", app.screen());
    app.keys("Esc");
    assert_eq!(shown(&app), FOLDED);
}

#[test]
fn zr_shows_all_and_folds_again_around_the_cursor() {
    let mut app = open(Setup::default());
    app.keys("j z r");
    assert_eq!((shown(&app).as_slice(), at(&app)), (&UNFOLDED[..], 121));
    assert!(status(&app).contains("已展开重复 5 篇"), "{}", status(&app));
    app.keys("j");
    assert_eq!(at(&app), 110);
    app.keys("z r");
    assert!(status(&app).contains("已折叠重复 4 篇"), "{}", status(&app));
    assert_eq!((shown(&app), at(&app)), (vec![120, 121, 110, 122, 123, 130, 131, 140, 141, 142], 110));
    // The page is left, and with it what was kept on it.
    app.keys("} } j");
    assert_eq!(shown(&app).len(), 10, "all is one page here");
    app.keys("H L");
    assert_eq!(shown(&app), FOLDED);
    let mut none = App::sample(80, 24);
    none.keys("z r");
    assert!(status(&none).contains("这里没有重复的论文"), "{}", status(&none));
}

#[test]
fn what_one_looks_at_is_not_folded_away() {
    let mut app = open(Setup { size: (80, 12), is_holding_skims: true, ..Setup::default() });
    // Until the earlier days were read only the second category of 120 is known.
    assert_eq!(shown(&app).len(), 13);
    app.keys("j");
    assert_eq!((at(&app), app.held.len()), (100, 1), "one at a time");
    app.answer(0).send(Msg::Painted);
    app.answer(0).send(Msg::Painted);
    assert!(app.held.is_empty());
    assert_eq!(at(&app), 100);
    assert_eq!(shown(&app)[..4], [120, 100, 121, 110]);
    assert_eq!(app.state.papers.counts(None).undecided, shown(&app).len());
    app.keys("G g g");
    assert_eq!(shown(&app), FOLDED);
    // Before the first key nobody has seen the page for long: it is folded but for the cursor's paper.
    let mut app = open(Setup { size: (80, 12), is_holding_skims: true, ..Setup::default() });
    app.answer(0).send(Msg::Painted);
    app.answer(0).send(Msg::Painted);
    assert_eq!((shown(&app).as_slice(), at(&app)), (&FOLDED[..], 120));
    // Selected papers stay wherever they are.
    let mut app = open(Setup { size: (80, 12), is_holding_skims: true, ..Setup::default() });
    app.keys("V G");
    app.answer(0).send(Msg::Painted);
    app.answer(0).send(Msg::Painted);
    assert_eq!(app.state.papers.chosen_count(), 13);
    app.keys("d H L");
    assert_eq!(shown(&app), FOLDED);
    assert!(app.state.papers.rows.iter().all(|r| r.verdict == Verdict::Dismissed));
}

#[test]
fn undo_goes_where_the_row_is_or_brings_it_to_sight() {
    let mut app = open(Setup::default());
    app.keys("H H j b L L u");
    assert_eq!((app.state.papers.date.unwrap().to_string().as_str(), at(&app)), ("2031-05-01", 101));
    // After a restart nobody knows that day.
    app.keys("C-r L L");
    let decisions = Decisions::clone(&app.state.decisions);
    let mut app = open(Setup { decisions, ..Setup::default() });
    assert_eq!(shown(&app), FOLDED);
    app.keys("u");
    assert_eq!(at(&app), 101);
    assert_eq!(app.state.papers.counts(None).undecided, 10);
    app.keys("C-r");
    assert_eq!((at(&app), app.state.papers.selected_row().unwrap().verdict), (101, Verdict::Bookmarked));
}

#[test]
fn my_categories_keep_their_row_of_a_paper_and_are_remembered() {
    let prefs = Prefs { categories: vec!["cs.CL".to_owned()], ..Prefs::default() };
    let mut app = open(Setup { prefs: prefs.clone(), ..Setup::default() });
    app.keys("C");
    assert_eq!(shown(&app), [130, 120, 131]);
    assert_eq!(app.state.papers.counts(None).all, 9);
    app.keys("q");
    let session = app.session.clone();
    let mut app = open(Setup { prefs: prefs.clone(), session, ..Setup::default() });
    assert_eq!(shown(&app), [130, 120, 131]);
    app.keys("C");
    assert_eq!(shown(&app), FOLDED);
    app.keys("q");
    let app = open(Setup { prefs, session: app.session.clone(), ..Setup::default() });
    assert_eq!(shown(&app), FOLDED);
}

#[test]
fn what_my_categories_leave_out_stands_for_nothing() {
    let prefs = Prefs { categories: vec!["cs.CL".to_owned()], ..Prefs::default() };
    let mut app = open(Setup { size: (120, 36), prefs, ..Setup::default() });
    assert_eq!(shown(app.keys("H")), [110, 111, 112]);
    // The first day has it in cs.AI only.
    assert_eq!(shown(app.keys("C")), [110, 101, 111, 112]);
    assert_eq!(shown(app.keys("C")), [110, 111, 112]);
}

#[test]
fn a_sweep_of_nothing_says_so() {
    let mut app = open(Setup { size: (120, 36), ..Setup::default() });
    app.keys("f b x");
    assert!(status(&app).contains(app.state.lang.nothing_to_sweep()), "{}", status(&app));
}

#[test]
fn only_days_within_the_window_count() {
    let prefs = Prefs { repeats_days: 1, ..Prefs::default() };
    let app = open(Setup { prefs, ..Setup::default() });
    assert_eq!((shown(&app), app.skims), (vec![120, 100, 121, 122, 123, 130, 131, 140, 141, 142], 1));
}

#[test]
fn differing_texts_are_shown_in_turn() {
    let mut app = open(Setup { size: (120, 24), is_holding: true, ..Setup::default() });
    while !app.held.is_empty() {
        app.answer(0);
    }
    let says_more = |app: &App| app.screen().contains("这次写得更多");
    let list = |app: &App| app.screen().lines().filter(|l| l.contains("这次写得更多 ")).count();
    assert!(app.screen().contains("又见 cs.CL · 文本不同"), "{}", app.screen());
    let before = list(&app);
    app.keys("z v");
    assert!(app.screen().contains("CVPR 31 · cs.CL · 2031-05-03") && says_more(&app), "{}", app.screen());
    assert!(status(&app).contains("文本 2/2 · 2031-05-03 · cs.CL"), "{}", status(&app));
    app.keys("z v");
    assert!(app.screen().contains("CVPR 31 · cs.AI · 2031-05-03"), "{}", app.screen());
    assert_eq!(list(&app), before);
    assert!(status(app.keys("Enter")).contains("zv 不同文本"), "{}", status(&app));
    app.keys("Esc");
    // Another day has to be read for it; the paper that is decided stays the same.
    app.keys("/ type:Paper111 Enter z v");
    assert!(app.screen().contains("CVPR 31 · cs.CL · 2031-05-03"), "{}", app.screen());
    app.answer(0);
    assert!(app.screen().contains("CVPR 31 · cs.CL · 2031-05-02"), "{}", app.screen());
    assert_snapshot!(app.keys("5").screen());
    app.keys("b Esc");
    assert_eq!(app.state.papers.counts(None).folded + app.state.papers.counts(None).all, 14);
    app.keys("j z v");
    assert!(status(&app).contains("没有这篇论文的不同文本"), "{}", status(&app));
}

#[test]
fn a_day_of_nothing_but_repeats_is_done() {
    let folder = archive();
    write(folder.path(), "2031-05-04", "cs.AI", &[120, 121], "");
    let mut app = App::open(listing(folder.path()), Setup { size: (200, 50), ..Setup::default() });
    app.keys("H L");
    assert_eq!(shown(&app), Vec::<usize>::new());
    assert_snapshot!(app.screen());
    // The next undecided paper is on the day before.
    app.keys(">");
    assert_eq!(at(&app), 120);
}

#[test]
fn what_is_read_in_the_background_is_not_kept_and_asked_for_once() {
    let folder = archive();
    std::fs::write(folder.path().join("2031-05-02/cs.XX.json"), "{").unwrap();
    let mut app = App::open(listing(folder.path()), Setup::default());
    assert_eq!(app.skims, 3);
    for day in app.state.library.days().iter().skip(1) {
        assert!(day.slots.iter().all(|s| app.state.library.digest(*s).is_none()), "{}", day.date);
    }
    app.keys("j k j k");
    assert_eq!((app.skims, app.state.log.len()), (3, 0));
    // A day that changed is read again.
    write(folder.path(), "2031-05-02", "cs.CL", &[112], "");
    app.send(Msg::Report(wenzhai::effect::Report::Listed(listing(folder.path())))).send(Msg::Painted);
    assert_eq!(app.skims, 5, "the two digests of that day");
    assert!(shown(&app).contains(&110) && !shown(&app).contains(&100), "{:?}", shown(&app));
    // The papers of a day that is gone are no repeats any more.
    std::fs::remove_dir_all(folder.path().join("2031-05-01")).unwrap();
    app.send(Msg::Report(wenzhai::effect::Report::Listed(listing(folder.path())))).send(Msg::Painted);
    assert!(shown(&app).contains(&100), "{:?}", shown(&app));
}

#[test]
fn a_title_that_two_papers_have_folds_neither() {
    let folder = tempfile::tempdir().unwrap();
    let record = |id: &str| {
        let arxiv = if id.is_empty() { String::new() } else { format!(r#""arxiv":{{"id":"{id}"}},"#) };
        format!(r#"{{"id":"x{id}",{arxiv}"title":"One and the Same Title of Papers","authors":["A B"]}}"#)
    };
    let day = |date: &str, ids: &[&str]| {
        let papers: Vec<String> = ids.iter().map(|id| record(id)).collect();
        let text =
            format!(r#"{{"schema":1,"date":"{date}","category":"a","papers":[{}]}}"#, papers.join(","));
        std::fs::write(folder.path().join(format!("{date}.json")), text).unwrap();
    };
    day("2031-05-01", &["3105.00001"]);
    day("2031-05-02", &[""]);
    let app = App::open(listing(folder.path()), Setup::default());
    assert_eq!(app.state.papers.rows[0].also.len(), 1, "without an id the title tells");
    day("2031-05-01", &["3105.00001", "3105.00002"]);
    let app = App::open(listing(folder.path()), Setup::default());
    assert_eq!(app.state.papers.rows[0].also.len(), 0);
}

/// Keys that move, decide and show; none leaves the program.
const KEYS: [&str; 22] = [
    "j", "k", "G", "gg", "C-f", "C-b", "}", "b", "d", "x", "X", "u", "C-r", "H", "L", ">", "zr", "fu", "fa",
    "V", "C", "Esc",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    /// Whatever days hold, whenever the earlier ones are read: one can go to as many undecided papers as the head counts,
    /// and every paper of the archive has a row somewhere.
    #[test]
    fn what_is_counted_can_be_reached(
        days in prop::collection::vec(prop::collection::vec(prop::collection::vec(0_usize..30, 0..12), 1..3), 1..5),
        keys in prop::collection::vec((0..KEYS.len(), any::<bool>()), 0..25),
    ) {
        let folder = tempfile::tempdir().unwrap();
        for (day, digests) in days.iter().enumerate() {
            for (category, papers) in digests.iter().enumerate() {
                let mut papers = papers.clone();
                papers.sort_unstable();
                papers.dedup();
                write(folder.path(), &format!("2031-05-{:02}", day + 1), ["cs.AI", "cs.CL"][category], &papers, "");
            }
        }
        let prefs = Prefs { categories: vec!["cs.CL".to_owned()], ..Prefs::default() };
        let setup = Setup { size: (80, 16), prefs, is_holding_skims: true, ..Setup::default() };
        let mut app = App::open(listing(folder.path()), setup);
        for (key, answers) in keys {
            let burst: Vec<Key> = KEYS[key].parse::<wenzhai::keymap::Keys>().unwrap().0;
            app.send(Msg::Keys(burst)).send(Msg::Painted);
            if answers && !app.held.is_empty() {
                app.answer(0).send(Msg::Painted);
            }
            let papers = &app.state.papers;
            if papers.mine.is_empty() {
                let rows = (0..papers.entries.len()).filter_map(|at| papers.row_at(at));
                let undecided = rows.filter(|r| r.verdict == Verdict::Undecided).count();
                prop_assert_eq!(undecided, papers.counts(None).undecided);
            }
            let folded = papers.entries.iter().find_map(|e| if let Entry::Folded { repeats, .. } = e { Some(*repeats) } else { None });
            prop_assert!(folded.unwrap_or(0) <= papers.counts(None).folded);
            let date = papers.date.unwrap();
            prop_assert_eq!(app.state.dates.counts[&date], papers.counts(None));
        }
        let mut found = std::collections::BTreeSet::new();
        app.keys("Esc Esc Esc Esc f a");
        if !app.state.papers.mine.is_empty() {
            app.keys("C");
        }
        app.keys(&"L ".repeat(days.len()));
        for _ in 0..days.len() {
            while !app.held.is_empty() {
                app.answer(0).send(Msg::Painted);
            }
            found.extend(shown(&app));
            app.keys("H");
        }
        let all: std::collections::BTreeSet<usize> = days.iter().flatten().flatten().copied().collect();
        prop_assert_eq!(found, all);
    }
}
