//! The detail pane: both languages sentence by sentence, finding in the text, and where one was reading.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup, rows};
use insta::assert_snapshot;
use proptest::prelude::*;
use wenzhai::catalogue::Lang;
use wenzhai::state::{Focus, Msg, Size};

/// Opens a digest with these papers, at this size, in English.
fn open(papers: &str, size: (u16, u16)) -> App {
    let folder = tempfile::tempdir().unwrap();
    let day = folder.path().join("2025-06-01");
    std::fs::create_dir_all(&day).unwrap();
    let text = format!(r#"{{"schema":1,"date":"2025-06-01","category":"cs.AI","papers":[{papers}]}}"#);
    std::fs::write(day.join("cs.AI.json"), text).unwrap();
    let listing = wenzhai::archive::list(&[folder.path().to_owned()]);
    App::open(listing, Setup { size, lang: Lang::En, ..Setup::default() })
}

/// A paper of twenty sentences that name their number.
fn long_paper(id: &str) -> String {
    let en = (1..=20)
        .map(|i| format!("Sentence number {i} speaks of {id} and more. "))
        .collect::<Vec<_>>()
        .concat();
    let zh = (1..=20).map(|i| format!("第 {i} 句谈到 {id} 以及更多内容。")).collect::<Vec<_>>().concat();
    format!(r#"{{"id":"{id}","title":"{id}","abstract_en":"{en}","abstract_zh":"{zh}"}}"#)
}

/// The rows of the screen with the bar of the current pair.
fn barred(app: &App) -> Vec<String> {
    rows(&app.buffer().0).into_iter().filter(|row| row.starts_with('▌')).collect()
}

fn status(app: &App) -> String {
    rows(&app.buffer().0).pop().unwrap()
}

#[test]
fn both_languages_one_under_the_other_at_80x24() {
    assert_snapshot!(App::sample(80, 24).keys("= j").shot());
}

#[test]
fn both_languages_side_by_side_at_120x36() {
    assert_snapshot!(App::sample(120, 36).keys("= j").shot());
}

#[test]
fn both_languages_side_by_side_at_200x50() {
    assert_snapshot!(App::sample(200, 50).keys("= j").shot());
}

#[test]
fn finding_at_80x24() {
    assert_snapshot!(App::sample(80, 24).keys("Enter 0 / type:transformer Enter n").shot());
}

#[test]
fn finding_while_typing_at_120x36() {
    assert_snapshot!(App::sample(120, 36).keys("Enter 2 / type:注意力").shot());
}

#[test]
fn finding_on_both_sides_at_200x50() {
    assert_snapshot!(App::sample(200, 50).keys("= / type:bleu Enter n n").shot());
}

/// What stands under a paper's text is found too: names of fields, headings and labels with their values.
#[test]
fn labels_and_fields_are_found() {
    let paper = r#"{"id":"a","title":"T","comment":"the method","keywords":["Methods"],"abstract_en":"x",
        "sections":[{"key":"method","title":"Method","text":"Our method."}]}"#;
    for (keys, count) in [
        ("4 / type:method Enter", "1/2"),
        ("0 / type:english Enter", "1/1"),
        ("5 / type:method Enter", "1/2"),
        ("5 / type:keyw Enter", "1/1"),
    ] {
        let app = open(paper, (120, 24)).keys(&format!("Enter {keys}")).screen();
        assert!(app.contains(count), "{keys}: {app}");
    }
}

#[test]
fn a_missing_side_is_named_and_the_other_goes_by_sentence() {
    let paper =
        r#"{"id":"a","title":"T","abstract_en":"One is here. Two is there.","failed":["abstract_zh"]}"#;
    assert_snapshot!(open(paper, (80, 24)).keys("= j").screen());
    let screen = open(r#"{"id":"a","title":"T","abstract_zh":"一。二。"}"#, (120, 24)).keys("=").screen();
    assert!(screen.contains("English: the source has none"), "{screen}");
    let screen = open(r#"{"id":"a","title":"T"}"#, (120, 24)).keys("= j k / type:x Enter n").screen();
    assert!(screen.contains("This paper has no text"), "{screen}");
}

#[test]
fn the_list_gives_way_to_both_languages_and_comes_back() {
    for (cols, keys, has_list) in [
        (109, "=", true),
        (110, "=", false),
        (160, "=", false),
        (110, "= =", true),
        (110, "= 2", true),
        (110, "= Esc", true),
        (110, "= h", true),
        (110, "= ]", true),
        (110, "= S-Tab", true),
        (110, "Z =", false),
        (110, "Z = =", false),
        (220, "=", true),
    ] {
        let mut app = App::sample(cols, 30);
        app.keys(keys);
        assert_eq!(app.state.regions().papers.is_some(), has_list, "{cols} {keys}");
    }
    let mut app = App::sample(80, 24);
    assert_eq!(app.keys("=").state.focus, Focus::Detail);
    assert_eq!(app.keys("=").state.focus, Focus::Papers);
    assert_eq!(app.keys("= 2").state.focus, Focus::Detail);
}

#[test]
fn pairs_are_walked_whatever_their_height() {
    let mut app = open(&long_paper("P1"), (80, 24));
    app.keys("=");
    for i in 1..=20 {
        assert!(barred(&app)[0].contains(&format!("Sentence number {i} ")), "{}", app.screen());
        assert!(barred(&app)[1].contains(&format!("第 {i} 句")), "{}", app.screen());
        app.keys("j");
    }
    assert!(barred(app.keys("j"))[0].contains("number 20 "));
    assert!(barred(app.keys("g g"))[0].contains("number 1 "));
    assert!(barred(app.keys("G"))[0].contains("number 20 "));
    assert!(barred(app.keys("k"))[0].contains("number 19 "));
    // Where all pairs are in view, pages lead to the first and the last.
    let two = r#"{"id":"a","title":"T","abstract_en":"One is here. Two is there."}"#;
    assert!(barred(open(two, (80, 24)).keys("= C-d"))[0].contains("Two"));
    assert!(barred(open(two, (80, 24)).keys("= j C-u"))[0].contains("One"));
    // A pair of more rows than the pane has goes by in pages.
    let words = "word ".repeat(400);
    let mut app = open(&format!(r#"{{"id":"a","title":"T","abstract_en":"{words}. End."}}"#), (80, 12));
    app.keys("=");
    let tops: Vec<usize> = (0..8).map(|_| app.keys("j").state.reader.top).collect();
    assert!(tops.is_sorted() && tops[0] > 0 && app.screen().contains("End."), "{tops:?}");
    let tops: Vec<usize> = (0..9).map(|_| app.keys("k").state.reader.top).collect();
    assert!(tops.is_sorted_by(|a, b| a >= b) && tops[8] == 0, "{tops:?}");
}

#[test]
fn hits_are_walked_round_the_ends() {
    let mut app = open(&long_paper("P1"), (80, 24));
    app.keys("Enter 1 / type:number_1 Enter");
    assert!(status(&app).contains("/number 1 1/11"), "{}", status(&app));
    assert!(status(app.keys("n")).contains("2/11"));
    assert!(status(app.keys("N N")).contains("From the end again: 11/11"));
    assert!(app.screen().contains("Sentence number 19"));
    assert!(status(app.keys("n")).contains("From the top again: 1/11"));
    assert!(status(app.keys("J")).contains("1/11"), "what is looked for stays");
    // One layer at a time: hits, then the pane.
    assert!(!status(app.keys("Esc")).contains("number"));
    assert_eq!(app.state.focus, Focus::Detail);
    assert!(status(app.keys("n")).contains("Nothing to find"));
    assert_eq!(app.keys("Esc").state.focus, Focus::Papers);
}

#[test]
fn an_input_that_is_left_leaves_no_trace() {
    let mut app = open(&long_paper("P1"), (80, 24));
    app.keys("Enter 1 j");
    let before = app.screen();
    app.keys("/ type:number_19");
    assert!(app.screen().contains("number 19") && app.screen() != before);
    assert_eq!(app.keys("Esc Esc").screen(), before);
    assert_eq!(app.keys("/ type:zzz Esc C-c").screen(), before);
    assert!(status(app.keys("/ type:zzz Enter")).contains("“zzz” is not in this text"));
    assert!(status(app.keys("n")).contains("not in this text"));
    assert_eq!(app.keys("/ Enter").screen(), before, "an empty search looks for nothing");
}

#[test]
fn every_tab_is_searched_through_folding_and_rows() {
    let paper = r#"{"id":"a","title":"T","abstract_en":"Garc\u00eda found it where many long words stand.",
        "abstract_zh":"基于ＧＲＰＯ 的强化学习。","summary":"grpo twice: Grpo.","takeaways":["要点一 grpo","second"],
        "comment":"GRPO inside"}"#;
    for (tab, query, found) in [
        ("1", "garcia", 1),
        ("1", "many_long_words", 1),
        ("2", "基于grpo的强化", 1),
        ("3", "GRPO", 2),
        ("4", "一_GR", 1),
        ("5", "grpo", 1),
        ("0", "grpo", 2),
        ("=", "o", 4),
    ] {
        for cols in [20, 40, 80, 120, 200] {
            let mut app = open(paper, (cols, 40));
            app.keys(&format!("Enter {tab} / type:{query} Enter"));
            let find = app.state.reader.find.as_ref().unwrap();
            assert_eq!(find.place(), (1, found), "{query} in {tab} at {cols}");
        }
    }
}

#[test]
fn the_place_of_reading_is_kept() {
    let papers = [long_paper("P1"), long_paper("P2")].join(",");
    let mut app = open(&papers, (80, 24));
    app.keys("Enter 1 j j j j");
    let top = |app: &App| app.state.reader.body()[app.state.reader.top].clone();
    let read = top(&app);
    for away in ["2 1", "J K", "= 1", "J J K K", "2 J K 1", "h Enter", "5 4 3 2 0 1"] {
        assert_eq!(top(app.keys(away)), read, "after {away}");
    }
    for (cols, rows) in [(40, 12), (200, 50), (120, 20), (20, 6), (80, 24)] {
        app.send(Msg::Resize(Size { cols, rows }));
    }
    assert_eq!(top(&app), read, "after other sizes");
    app.keys("= j j j j j");
    assert!(barred(&app)[0].contains("number 6 "));
    app.send(Msg::Resize(Size { cols: 120, rows: 36 })).keys("J K 1 =");
    assert!(barred(&app)[0].contains("number 6 ") && barred(&app)[0].contains("第 6 句"), "{}", app.screen());
    assert_eq!(top(app.keys("1 g g 2 1")), app.state.reader.body()[0]);
}

proptest! {
    /// Whatever is pressed at whatever size: rows and pairs stay inside the text, and what is found is counted.
    #[test]
    fn nothing_leaves_the_text(
        steps in prop::collection::vec(prop_oneof![
            8 => prop::sample::select(vec![
                "=", "j", "k", "J", "K", "n", "N", "Esc", "/ type:a Enter", "/ type:的", "Enter", "C-d", "C-u", "G", "g g",
                "Space", "Tab", "Z", "0", "1", "5", "h", "H", "L", "b",
            ]).prop_map(Ok),
            1 => (0_u16..230, 0_u16..60).prop_map(Err),
        ], 1..12),
    ) {
        let mut app = App::sample(80, 24);
        for step in steps {
            match step {
                Ok(keys) => app.keys(keys),
                Err((cols, rows)) => app.send(Msg::Resize(Size { cols, rows })),
            };
            let reader = &app.state.reader;
            let (at, all) = reader.find.as_ref().map_or((0, 0), wenzhai::state::Find::place);
            prop_assert!(reader.top <= reader.body().len() && reader.pair_rows().end <= reader.body().len());
            prop_assert!(at <= all && (at > 0) == (all > 0));
            prop_assert!(reader.bilingual.is_some() || reader.pair_rows().is_empty() || app.state.regions().detail.is_none());
            app.buffer();
        }
    }
}

#[test]
fn a_paper_without_an_id_is_looked_for_by_its_title() {
    let papers = r#"{"title":"Paper Boats & Rivers of Ink"}"#;
    let mut opened = open(papers, (120, 36));
    let app = opened.keys("5");
    let screen = app.screen();
    assert!(screen.contains("no arXiv id · search by title"), "{screen}");
    let url = "https://arxiv.org/search/?searchtype=title&query=Paper%20Boats%20%26%20Rivers%20of%20Ink";
    let joined: String =
        rows(&app.buffer().0).iter().filter_map(|r| r.rsplit('│').next()).map(str::trim).collect();
    assert!(joined.contains(url), "{joined}");
    let known =
        open(r#"{"id":"3102.00001","title":"Paper Boats & Rivers of Ink"}"#, (120, 36)).keys("5").screen();
    for part in [
        "arxiv.org/abs/3102.00001",
        "https://arxiv.org/pdf/3102.00001",
        "https://papers.cool/arxiv/3102.00001",
    ] {
        assert!(known.contains(part), "{part} in {known}");
    }
}
