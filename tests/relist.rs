//! What comes in while the reader is open: it appears, and moves nobody.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use app::{App, Setup};
use proptest::prelude::*;
use tempfile::TempDir;
use wenzhai::archive;
use wenzhai::catalogue::Lang;
use wenzhai::effect::Report;
use wenzhai::model::{Problem, SourceRef, Verdict};
use wenzhai::state::{Msg, PopupKind};

/// A folder of native digests with a reader open on it.
struct Scene {
    dir: TempDir,
    app: App,
}

impl Scene {
    fn new(digests: &[(&str, &[u32])], setup: Setup) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("archive");
        for (name, papers) in digests {
            write(&root, name, papers, "");
        }
        let app = App::open(archive::list(&[root]), setup);
        Self { dir, app }
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("archive")
    }

    fn write(&self, name: &str, papers: &[u32]) {
        write(&self.root(), name, papers, "");
    }

    /// Tells the reader what the archive holds now.
    fn relist(&mut self) -> &mut Self {
        let listing = archive::list(&[self.root()]);
        self.app.send(Msg::Report(Report::Listed(listing)));
        self
    }

    fn titles(&self) -> Vec<&str> {
        self.app.state.papers.rows.iter().map(|r| r.title.as_str()).collect()
    }

    fn title(&self) -> String {
        self.app.state.papers.selected_row().map(|r| r.title.clone()).unwrap_or_default()
    }

    /// The row of the screen on which the selected paper's title stands in the list.
    fn row(&self) -> Option<usize> {
        let title = self.title();
        self.app.screen().lines().position(|l| l.chars().take(60).collect::<String>().contains(&title))
    }

    fn message(&self) -> &str {
        self.app.state.message.as_ref().map_or("", |m| &m.text)
    }
}

/// Writes a native digest, whose length tells its versions apart.
fn write(root: &Path, name: &str, papers: &[u32], more: &str) {
    let (date, slug) = name.split_once('/').unwrap();
    let papers: Vec<String> = papers
        .iter()
        .map(|n| {
            let text: Vec<_> = (0..60).map(|i| format!("Sentence {i} of paper {n} goes on a while.")).collect();
            let text = text.join(" ");
            format!(
                r#"{{"id":"2501.{n:05}","arxiv":{{"id":"2501.{n:05}"}},"title":"Paper number {n:03}","abstract_en":"{more}{text}"}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"schema":1,"date":"{date}","category":"{slug}","sources":[],"notices":[],"papers":[{}]}}"#,
        papers.join(",")
    );
    fs::create_dir_all(root.join(date)).unwrap();
    fs::write(root.join(date).join(format!("{slug}.json")), text).unwrap();
}

fn wide() -> Setup {
    Setup { size: (120, 30), ..Setup::default() }
}

const DAY: &str = "2025-05-01/A";

#[test]
fn papers_are_added_around_the_cursor() {
    let old: Vec<u32> = (20..50).collect();
    let mut scene = Scene::new(&[(DAY, &old)], wide());
    scene.app.keys("1 C-d C-d j b k J J");
    let (title, row, reading) = (scene.title(), scene.row(), scene.app.state.reader.clone());
    assert!(row.is_some() && reading.top > 0);
    let new: Vec<u32> = (0..60).collect();
    scene.write(DAY, &new);
    scene.relist();
    assert_eq!((scene.title(), scene.row()), (title, row));
    assert_eq!((scene.app.state.reader.top, scene.app.state.reader.body()), (reading.top, reading.body()));
    assert_eq!((scene.titles().len(), scene.message()), (60, "+30 篇"));
    let kept = scene.app.state.papers.rows.iter().filter(|r| r.verdict == Verdict::Bookmarked).count();
    assert_eq!(kept, 1);
    // Nothing has changed since: nothing is read, said or painted.
    let (screen, asked) = (scene.app.screen(), scene.app.effects.len());
    scene.relist();
    assert_eq!((scene.app.screen(), scene.app.effects.len()), (screen, asked));
}

#[test]
fn another_category_comes_in_above() {
    let mut scene = Scene::new(&[("2025-05-01/B", &(0..20).collect::<Vec<_>>())], wide());
    scene.app.keys("j j j j j");
    let (title, row) = (scene.title(), scene.row());
    scene.write(DAY, &[101, 102, 103, 104, 105, 106, 107]);
    scene.relist();
    // The heading that is there now takes one row; a paper takes two.
    assert_eq!(scene.title(), title);
    assert!(scene.row() <= row && scene.row() >= row.map(|r| r - 1), "{}", scene.app.screen());
    assert_eq!(scene.message(), "+7 篇");
}

#[test]
fn a_text_that_changed_keeps_the_place_in_it() {
    let mut scene = Scene::new(&[(DAY, &[1, 2, 3])], wide());
    scene.app.keys("j 1 J J J");
    let top = scene.app.state.reader.top;
    write(&scene.root(), DAY, &[7, 1, 2, 3], "");
    scene.relist();
    assert_eq!((scene.title().as_str(), scene.app.state.reader.top), ("Paper number 002", top));
    // One word more at the start, of which the text has none elsewhere.
    write(&scene.root(), DAY, &[7, 1, 2, 3], "Anew. ");
    scene.relist();
    let body: Vec<String> = scene
        .app
        .state
        .reader
        .body()
        .iter()
        .map(|l| l.spans.iter().map(|s| s.text.as_str()).collect())
        .collect();
    assert!(body[0].starts_with("Anew."), "{body:?}");
    assert!(scene.app.state.reader.top.abs_diff(top) <= 1);
    // The place of another paper is kept too, wherever it stands now.
    scene.app.keys("k");
    scene.write(DAY, &[7, 8, 9, 1, 2, 3]);
    scene.relist();
    scene.app.keys("j");
    assert_eq!(scene.title(), "Paper number 002");
    assert!(scene.app.state.reader.top.abs_diff(top) <= 1);
}

#[test]
fn a_new_day_is_announced_and_one_key_away() {
    let old: &[(&str, &[u32])] = &[(DAY, &[1, 2, 3]), ("2025-04-30/A", &[4])];
    let mut scene = Scene::new(old, Setup { size: (200, 50), ..Setup::default() });
    scene.app.keys("H j");
    scene.write("2025-05-31/A", &[11, 12]);
    scene.write("2025-05-31/B", &[13]);
    scene.relist();
    assert_eq!((scene.title().as_str(), scene.message()), ("Paper number 004", "新增 05-31 · 3 篇 · L"));
    assert!(scene.app.screen().contains("31 周六      3 / 3"), "{}", scene.app.screen());
    assert_eq!(scene.app.session.as_ref().and_then(|s| s.newest.clone()).as_deref(), Some("2025-05-01"));
    scene.app.keys("L");
    assert_eq!(scene.title(), "Paper number 011");
    assert_eq!(scene.app.session.as_ref().and_then(|s| s.newest.clone()).as_deref(), Some("2025-05-31"));
    // After another key it goes one day on, as always.
    scene.app.keys("H H");
    scene.write("2025-06-01/A", &[21]);
    scene.relist();
    assert_eq!(scene.message(), "新增 06-01 · 1 篇 · L");
    scene.app.keys("j L");
    assert_eq!(scene.app.state.papers.date.map(|d| d.to_string()).as_deref(), Some("2025-05-01"));
    // More of a day that was never opened is told anew.
    scene.write("2025-06-01/B", &[22]);
    scene.relist();
    assert_eq!(scene.message(), "新增 06-01 · 2 篇 · L");
}

#[test]
fn what_is_being_typed_or_looked_at_is_left_alone() {
    let mut scene = Scene::new(&[(DAY, &[1, 2, 3])], Setup { lang: Lang::En, ..wide() });
    scene.app.keys("/ type:002");
    scene.write(DAY, &[1, 2, 3, 4]);
    scene.relist();
    assert_eq!((scene.title().as_str(), scene.message()), ("Paper number 002", ""));
    assert_eq!(scene.app.state.prompt.as_ref().map(|p| p.line.text().to_owned()).as_deref(), Some("002"));
    // It is said once there is a line for it.
    scene.app.keys("Esc Esc");
    assert_eq!(scene.message(), "+1 paper");
    scene.app.keys("?");
    scene.write(DAY, &[1, 2, 3, 4, 5, 6]);
    scene.relist();
    assert_eq!(scene.app.state.popup.as_ref().map(|p| p.kind), Some(PopupKind::Help));
    scene.app.keys("Esc");
    assert_eq!(scene.message(), "+2 papers");
}

#[test]
fn the_open_day_stays_until_it_is_left() {
    let mut scene = Scene::new(&[(DAY, &[1, 2, 3]), ("2025-04-30/A", &[4])], wide());
    scene.app.keys("j");
    fs::remove_dir_all(scene.root().join("2025-05-01")).unwrap();
    scene.relist().relist();
    assert_eq!((scene.title().as_str(), scene.titles().len()), ("Paper number 002", 3));
    scene.app.keys("H");
    assert_eq!(scene.title(), "Paper number 004");
    assert_eq!(scene.app.state.library.days().len(), 1);
    // It comes back in its old slot, and is read anew.
    scene.write(DAY, &[1, 2]);
    scene.relist();
    scene.app.keys("L");
    assert_eq!(scene.titles().len(), 2);
}

#[test]
fn an_archive_that_is_gone_is_told_once_and_stays_readable() {
    let mut scene = Scene::new(&[(DAY, &[1, 2, 3]), ("2025-04-30/A", &[4])], wide());
    scene.app.keys("j");
    let away = scene.dir.path().join("away");
    fs::rename(scene.root(), &away).unwrap();
    scene.relist();
    assert!(scene.message().contains("现在读不到"), "{}", scene.message());
    scene.app.keys("k");
    scene.relist();
    assert_eq!((scene.message(), scene.titles().len(), scene.app.state.log.len()), ("", 3, 1));
    assert_eq!(scene.app.state.library.days().len(), 2);
    fs::rename(&away, scene.root()).unwrap();
    scene.relist();
    assert_eq!((scene.message(), scene.app.state.log.as_slice()), ("", [].as_slice()));
}

#[test]
fn a_digest_that_breaks_keeps_what_was_read() {
    let mut scene = Scene::new(&[(DAY, &[1, 2, 3])], wide());
    fs::write(scene.root().join("2025-05-01/A.json"), "{ broken").unwrap();
    scene.relist();
    assert_eq!((scene.titles().len(), scene.app.state.log.len()), (3, 1));
    // Whole again: nothing is wrong any more.
    scene.write(DAY, &[1, 2, 3, 4]);
    scene.relist();
    assert_eq!((scene.titles().len(), scene.app.state.log.as_slice()), (4, [].as_slice()));
}

#[test]
fn what_is_left_alone_stays_as_it_was() {
    let mut scene = Scene::new(&[(DAY, &[1, 2, 3]), ("2025-05-01/B", &[4])], wide());
    let mut listing = archive::list(&[scene.root()]);
    let gone = std::sync::Arc::clone(&listing.digests[0]);
    listing.digests = listing.digests.iter().skip(1).cloned().collect();
    listing.left = gone
        .sources
        .iter()
        .filter_map(|s| if let SourceRef::File(p) = s { Some(p.to_path()) } else { None })
        .collect();
    let before = scene.app.screen();
    scene.app.send(Msg::Report(Report::Listed(listing)));
    assert_eq!(scene.app.screen(), before);
}

#[test]
fn a_day_of_which_more_may_come_is_marked() {
    let setup = Setup { size: (200, 40), ..Setup::default() };
    let mut scene = Scene::new(&[(DAY, &[1]), ("2025-04-30/A", &[4])], setup);
    let file = fs::File::options().write(true).open(scene.root().join("2025-05-01/A.json")).unwrap();
    // The app's clock stands at the end of 2023 and goes on by a second with every message.
    file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000)).unwrap();
    scene.relist();
    assert!(scene.app.screen().contains("01 周四…") && !scene.app.screen().contains("30 周三…"));
    for _ in 0..60 {
        scene.app.keys("j");
    }
    scene.relist();
    assert!(!scene.app.screen().contains("01 周四…"), "{}", scene.app.screen());
}

#[test]
fn a_system_that_refuses_to_watch_is_a_word_in_the_log() {
    let mut scene = Scene::new(&[(DAY, &[1])], wide());
    let problem = Problem::of_file("archive", "not watched");
    scene.app.send(Msg::Report(Report::Noted(problem.clone())));
    assert_eq!((scene.message(), scene.app.state.log.as_slice()), ("", [problem].as_slice()));
}

/// Something that happens to a day of three categories.
#[derive(Clone, Debug)]
enum Turn {
    Write(usize, BTreeSet<u32>),
    Remove(usize),
    Relist,
    Answer(usize),
    Key(&'static str),
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        3 => (0_usize..3, prop::collection::btree_set(0_u32..40, 1..12)).prop_map(|(c, p)| Turn::Write(c, p)),
        1 => (0_usize..3).prop_map(Turn::Remove),
        3 => Just(Turn::Relist),
        4 => (0_usize..6).prop_map(Turn::Answer),
        2 => prop::sample::select(vec!["j", "k", "G", "J"]).prop_map(Turn::Key),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Listings, answers and keys in any order: no paper is lost or there twice, and the selected one stays.
    #[test]
    fn relists_between_loads_lose_nothing_and_move_nobody(turns in prop::collection::vec(turn(), 1..30)) {
        let names = ["2025-05-01/A", "2025-05-01/B", "2025-05-01/C"];
        let setup = Setup { is_holding: true, size: (120, 30), ..Setup::default() };
        let mut scene = Scene::new(&[(names[0], &[90]), (names[1], &[91, 92])], setup);
        let mut has_begun = false;
        for turn in turns {
            let selected = scene.app.state.papers.selected_row().map(|r| r.identity.clone());
            match turn {
                Turn::Write(at, papers) => scene.write(names[at], &papers.into_iter().map(|n| n + 100 * at as u32).collect::<Vec<_>>()),
                Turn::Remove(at) => drop(fs::remove_file(scene.root().join(format!("{}.json", names[at])))),
                Turn::Relist => drop(scene.relist()),
                Turn::Answer(_) if scene.app.held.is_empty() => {}
                Turn::Answer(n) => drop(scene.app.answer(n % scene.app.held.len())),
                Turn::Key(key) => {
                    has_begun |= selected.is_some();
                    scene.app.keys(key);
                    continue;
                }
            }
            let rows = &scene.app.state.papers.rows;
            if let Some(selected) = selected.filter(|i| has_begun && rows.iter().any(|r| r.identity == *i)) {
                let now = scene.app.state.papers.selected_row().map(|r| r.identity.clone());
                prop_assert_eq!(now, Some(selected));
            }
        }
        scene.relist();
        while !scene.app.held.is_empty() {
            scene.app.answer(0);
        }
        let wanted = App::open(archive::list(&[scene.root()]), wide());
        if !wanted.state.papers.rows.is_empty() {
            let titles = |app: &App| app.state.papers.rows.iter().map(|r| r.title.clone()).collect::<Vec<_>>();
            prop_assert_eq!(titles(&scene.app), titles(&wanted));
        }
    }
}

#[test]
fn who_looks_for_new_digests_hears_that_there_are_none() {
    let setup = Setup { lang: Lang::En, ..Setup::default() };
    let mut scene = Scene::new(&[("2025-05-01/a", &[1, 2])], setup);
    scene.app.keys("R");
    assert_eq!(scene.relist().message(), "No new digests.");
    scene.app.keys("k");
    assert_eq!(scene.relist().message(), "");
    scene.app.keys("R");
    scene.write("2025-05-02/a", &[3]);
    assert!(scene.relist().message().starts_with("New: 05-02"), "{}", scene.message());
}
