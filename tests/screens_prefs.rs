//! What the configuration changes on the screen.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup};
use insta::assert_snapshot;
use wenzhai::catalogue::Lang;
use wenzhai::config::{Prefs, Punctuation};
use wenzhai::effect::{Effect, Report, Update, Updated};
use wenzhai::model::Listing;
use wenzhai::state::Msg;

const PAPER: &str = r#"{"schema":1,"date":"2025-06-01","category":"cs.AI","papers":[
    {"id":"1","title":"Short: A Study","authors":["A B"],"takeaways":["速率为$O(1/t)$,很快(见图2):用GRPO训练,达到90%。"],
     "abstract_zh":"本文提出Short,一种方法;见\\textbf{图}2."},
    {"id":"2","title":"Long","authors":["C D"]}]}"#;

fn archive() -> (tempfile::TempDir, Listing) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("2025-06-01.json"), PAPER).unwrap();
    let listing = wenzhai::archive::list(&[folder.path().to_owned()]);
    (folder, listing)
}

fn open(prefs: Prefs) -> (tempfile::TempDir, App) {
    let (folder, listing) = archive();
    (folder, App::open(listing, Setup { size: (120, 24), prefs, ..Setup::default() }))
}

#[test]
fn punctuation_and_spacing_can_be_left_to_the_source() {
    let prefs = |punctuation, spacing| Prefs { punctuation, spacing, ..Prefs::default() };
    let table = [
        (Punctuation::Full, true, "速率为 O(1/t)，很快（见图 2）：用 GRPO 训练，达到 90%。"),
        (Punctuation::Full, false, "速率为O(1/t)，很快（见图2）：用GRPO训练，达到90%。"),
        (Punctuation::Source, true, "速率为 O(1/t),很快(见图 2):用 GRPO 训练,达到 90%。"),
        (Punctuation::Source, false, "速率为O(1/t),很快(见图2):用GRPO训练,达到90%。"),
    ];
    for (punctuation, spacing, expected) in table {
        let (_folder, mut app) = open(prefs(punctuation, spacing));
        let screen = app.keys("0").screen();
        assert!(screen.contains(expected), "{punctuation:?} {spacing}\n{screen}");
        // `$` shows the source and comes back to the same.
        assert!(app.keys("$").screen().contains("速率为$O(1/t)$,很快(见图2)"));
        assert_eq!(app.keys("$ Esc 0").screen(), screen);
        // Both forms are found, whichever is shown.
        for query in ["很快（见图2", "很快(见图2", "用grpo", "用 grpo", "o(1/t)，很", "o(1/t)$,"]
        {
            let screen = app.keys(&format!("g p / C-u type:{} Enter", query.replace(' ', "_"))).screen();
            assert!(screen.contains("1/1"), "{query}\n{screen}");
        }
        for query in ["很快（见图2", "很快(见图2", "用grpo"] {
            let screen = app.keys(&format!("g p 0 Tab / C-u type:{query} Enter")).screen();
            assert!(screen.contains(&format!("/{query} 1/")), "{query}\n{screen}");
        }
    }
}

#[test]
fn punctuation_and_spacing_as_in_the_source() {
    let prefs = Prefs { punctuation: Punctuation::Source, spacing: false, ..Prefs::default() };
    let (_folder, mut app) = open(prefs);
    assert_snapshot!(app.keys("0").screen());
}

#[test]
fn verdicts_stay_where_they_are_when_told_to() {
    let (_folder, mut app) = open(Prefs { advance: false, ..Prefs::default() });
    let screen = app.keys("b").screen();
    assert!(screen.contains(" 1/2 ") && screen.contains("★ 1"), "{screen}");
    assert!(app.keys("b").screen().contains("未定 2"));
}

fn tell(app: &mut App, archive: &str, came: Option<Updated>) {
    let archive = archive.to_owned();
    let update = match came {
        None => Update::Started { archive },
        Some(came) => Update::Ended { archive, came },
    };
    app.effects.clear();
    app.send(Msg::Report(Report::Update(update)));
}

#[test]
fn the_status_line_while_updating() {
    let mut app = App::sample(80, 24);
    tell(&mut app, "~/a", None);
    assert_snapshot!(app.shot());
}

#[test]
fn an_update_says_that_it_runs_and_how_it_ended() {
    for (lang, running, failed) in [
        (Lang::Zh, "更新中…", "更新失败 (1): fatal: 无法访问"),
        (Lang::En, "updating…", "Update failed (1): fatal: 无法访问"),
    ] {
        let mut app = App::open(wenzhai::archive::sample(), Setup { lang, ..Setup::default() });
        tell(&mut app, "~/a", None);
        tell(&mut app, "~/b", None);
        tell(&mut app, "~/a", Some(Updated::Done));
        assert_eq!(app.effects, [Effect::List]);
        assert!(app.screen().contains(running), "{}", app.screen());
        tell(&mut app, "~/b", Some(Updated::Failed("(1): fatal: 无法访问".to_owned())));
        assert_eq!(app.effects, []);
        assert!(app.screen().contains(failed) && !app.screen().contains(running), "{}", app.screen());
        let screen = app.keys("j").screen();
        assert!(!screen.contains(failed), "it is said once\n{screen}");
        assert!(
            app.keys("g l").screen().contains(&format!("~/b: {}", failed.replace("Update", "update"))),
            "{}",
            app.screen()
        );
        app.keys("q");
        tell(&mut app, "~/a", Some(Updated::NotDue));
        assert_eq!(app.keys("k").keys("j").screen(), screen);
        tell(&mut app, "~/a", Some(Updated::Busy));
        assert!(app.screen().contains("~/a"), "{}", app.screen());
    }
}

#[test]
fn reload_lists_and_updates_but_never_twice() {
    let mut app = App::sample(80, 24);
    app.effects.clear();
    app.keys("R");
    assert_eq!(app.effects, [Effect::List, Effect::Update { force: true }]);
    tell(&mut app, "~/a", None);
    app.keys("R");
    assert_eq!(app.effects, [Effect::List]);
}
