//! Whole screens at several sizes: what a reader sees after some keys, as text and as looks.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup, rows};
use insta::assert_snapshot;
use wenzhai::catalogue::Lang;
use wenzhai::effect::{Effect, Report};
use wenzhai::model::{Listed, Listing, Problem, SourceRef, Sources};
use wenzhai::state::{Looks, Msg, Origin, Size};
use wenzhai::text::Glyphs;

/// Writes files into a new folder and lists it as an archive.
fn archive(files: &[(&str, &str)]) -> (tempfile::TempDir, Listing) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let listing = wenzhai::archive::list(&[folder.path().to_owned()]);
    (folder, listing)
}

fn native(papers: &str) -> String {
    format!(r#"{{"schema":1,"date":"2025-06-01","category":"cs.AI","papers":[{papers}]}}"#)
}

fn open(listing: Listing, size: (u16, u16)) -> App {
    App::open(listing, Setup { size, lang: Lang::En, ..Setup::default() })
}

#[test]
fn the_first_screen_at_80x24_is_the_list() {
    assert_snapshot!(App::sample(80, 24).shot());
}

#[test]
fn the_first_screen_at_120x36_has_list_and_detail() {
    assert_snapshot!(App::sample(120, 36).shot());
}

#[test]
fn the_first_screen_at_200x50_has_dates_too() {
    assert_snapshot!(App::sample(200, 50).shot());
}

#[test]
fn the_smallest_screen_still_reads() {
    assert_snapshot!(App::sample(20, 6).screen());
}

#[test]
fn below_that_it_says_so() {
    assert_snapshot!(App::sample(19, 6).screen());
}

#[test]
fn reading_at_80x24_fills_the_screen() {
    assert_snapshot!(App::sample(80, 24).keys("Enter 2").shot());
}

#[test]
fn verdicts_leave_marks_and_move_on() {
    assert_snapshot!(App::sample(80, 24).keys("b w d").shot());
}

#[test]
fn undo_says_what_came_back_and_goes_there() {
    assert_snapshot!(App::sample(80, 24).keys("d d G u").screen());
}

#[test]
fn filtering_puts_the_best_first_and_marks_the_hits() {
    assert_snapshot!(App::sample(80, 24).keys("/ type:注意力").shot());
}

#[test]
fn a_kept_filter_keeps_the_order_of_the_list() {
    assert_snapshot!(App::sample(120, 36).keys("/ type:attn Enter").screen());
}

#[test]
fn a_filter_without_hits_says_how_to_leave() {
    assert_snapshot!(App::sample(80, 24).keys("/ type:zzzz").screen());
}

#[test]
fn an_empty_tab_says_why_and_where_there_is_text() {
    assert_snapshot!(App::sample(120, 36).keys("h G l G 3").screen());
}

#[test]
fn sections_stand_in_for_takeaways() {
    let mut app = App::sample(120, 36);
    assert_snapshot!(app.keys("H / type:Denoising Enter").screen());
}

#[test]
fn everything_of_a_paper_in_one_scroll() {
    assert_snapshot!(App::sample(120, 36).keys("0").screen());
}

#[test]
fn more_lists_all_authors_of_a_long_list() {
    assert_snapshot!(App::sample(120, 36).keys("G 5 J J").screen());
}

#[test]
fn the_date_list_takes_the_place_of_the_list() {
    assert_snapshot!(App::sample(120, 36).keys("h j").screen());
}

#[test]
fn help_lists_the_live_keys() {
    assert_snapshot!(App::sample(80, 24).keys("?").screen());
}

#[test]
fn zen_gives_the_detail_pane_the_screen() {
    assert_snapshot!(App::sample(120, 36).keys("Z 1").screen());
}

#[test]
fn rows_of_one_and_three_lines() {
    assert_snapshot!("one_line", App::sample(120, 36).keys("- -").screen());
    assert_snapshot!("three_lines", App::sample(120, 36).keys("-").screen());
}

#[test]
fn an_english_reader_sees_english_words() {
    let setup = Setup { lang: Lang::En, origin: Origin::Sample, size: (120, 36), ..Setup::default() };
    assert_snapshot!(App::open(wenzhai::archive::sample(), setup).screen());
}

#[test]
fn ascii_marks_and_no_colours() {
    let looks = Looks { glyphs: Glyphs { is_ascii: true, is_wide: false }, theme: app::monochrome() };
    let setup = Setup { looks, size: (80, 24), ..Setup::default() };
    assert_snapshot!(App::open(wenzhai::archive::sample(), setup).keys("b w d ?").shot());
}

#[test]
fn an_archive_without_digests_says_what_to_do() {
    let (_folder, listing) = archive(&[]);
    assert_snapshot!(open(listing, (80, 24)).screen());
}

#[test]
fn a_broken_digest_costs_only_itself() {
    let bad = Listed {
        date: "2025-06-01".parse().unwrap(),
        category: Some("cs.XX".into()),
        sources: Sources::new(vec![SourceRef::File("/nowhere/2025-06-01/cs.XX.json".into())], Vec::new()),
    };
    let paper = r#"{"id":"1","title":"Good paper","authors":["A B"],"abstract_en":"Text."}"#;
    let (_folder, mut listing) = archive(&[("2025-06-01/cs.AI.json", &native(paper))]);
    listing.digests = listing.digests.iter().cloned().chain([bad.into()]).collect();
    assert_snapshot!(open(listing, (100, 12)).screen());
}

#[test]
fn a_digest_without_a_category_is_grouped_by_the_papers_own() {
    let paper = |n: u8, category: &str| {
        format!(
            r#"{{"id":"2506.0000{n}","title":"Paper {n}","authors":["A B"],"categories":["{category}","cs.LG"]}}"#
        )
    };
    let papers = [paper(1, "cs.CL"), paper(2, "cs.CV"), paper(3, "cs.CL")].join(",");
    let digest = native(&papers).replace(r#""cs.AI""#, "null");
    let (_folder, listing) = archive(&[("2025-06-01/_.json", &digest)]);
    let mut app = open(listing, (70, 14));
    assert_snapshot!(app.screen());
    let order: Vec<_> = (0..3)
        .map(|_| {
            let title = app.state.papers.selected_row().map(|r| r.title.clone());
            app.keys("j");
            title.unwrap_or_default()
        })
        .collect();
    assert_eq!(order, ["Paper 1", "Paper 3", "Paper 2"]);
}

#[test]
fn hostile_texts_stay_texts() {
    let paper = r#"{"id":"1","title":"\u001b]0;pwned\u0007Title \u202eevil\u001b[31m red","authors":["A\u001b[2JB"],
        "abstract_en":"one\u0000two\u009b31mthree\r\nfour","takeaways":["\u001bPdcs\u001b\\x"]}"#;
    let (_folder, listing) = archive(&[("2025-06-01/cs.AI.json", &native(paper))]);
    let mut app = open(listing, (100, 24));
    let screen = app.keys("0").screen();
    assert!(!screen.chars().any(|c| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c))));
    assert!(!screen.contains("pwned"));
    assert_snapshot!(screen);
}

#[test]
fn an_input_method_left_on_runs_nothing_and_is_named() {
    let mut app = App::sample(80, 24);
    let before = app.screen();
    app.keys("type:的d");
    assert_eq!(app.state.decisions.pending().len(), 0);
    assert!(app.screen().contains("收到“的”：输入法开着？"), "{}", app.screen());
    app.keys("j k");
    assert_eq!(app.screen(), before);
    // Its full-width punctuation acts as the ASCII keys.
    assert!(app.keys("type:？").screen().contains("按键"));
}

#[test]
fn pasted_text_is_never_a_command() {
    let mut app = App::sample(80, 24);
    let before = app.screen();
    app.send(Msg::Paste("dqQ\r".into()));
    assert_eq!(app.screen(), before);
    app.keys("/").send(Msg::Paste("扩散\n模型".into()));
    assert_eq!(app.state.papers.filter, "扩散 模型");
}

#[test]
fn the_cursor_stands_at_the_insertion_point() {
    let mut app = App::sample(80, 24);
    app.keys("/ type:你好a👍");
    assert_eq!(app.buffer().1.map(|p| (p.x, p.y)), Some((9, 22)));
    app.keys("Left Left");
    assert_eq!(app.buffer().1.map(|p| p.x), Some(6));
    app.keys("C-u");
    assert_eq!(app.buffer().1.map(|p| p.x), Some(2));
    // A query wider than its place scrolls; the insertion point stays on screen.
    app.keys(&format!("C-u type:{}", "扩".repeat(200)));
    assert!(app.buffer().1.unwrap().x < 80);
}

#[test]
fn a_number_not_known_yet_is_a_dot() {
    let mut app = App::sample(200, 50);
    assert!(app.screen().contains("04 周二          · │"), "{}", app.screen());
    app.keys("H L");
    assert!(app.screen().contains("04 周二      5 / 5 │"), "{}", app.screen());
}

#[test]
fn the_screen_comes_back_as_it_was() {
    for keys in ["j j 1", "Enter j", "/ type:at", "h j", "?", "Z"] {
        let mut app = App::sample(120, 36);
        app.keys(keys);
        let before = app.buffer();
        assert_eq!(before, app.buffer(), "drawing changes nothing");
        for (cols, rows) in [(80, 24), (1, 1), (200, 50), (0, 0)] {
            app.send(Msg::Resize(Size { cols, rows }));
            app.buffer();
        }
        app.send(Msg::Resize(Size { cols: 120, rows: 36 }));
        assert_eq!(before, app.buffer(), "{keys}");
    }
}

#[test]
fn wide_characters_never_cross_a_rule() {
    for cols in 100..210 {
        let mut app = App::sample(cols, 40);
        let (buffer, _) = app.keys("0").buffer();
        let rules: Vec<u16> = app.state.regions().rules.into_iter().flatten().collect();
        for row in rows(&buffer).iter().take(39).skip(1) {
            assert!(wenzhai::text::width(row) <= usize::from(cols), "{cols}: {row}");
        }
        for x in rules {
            assert!((1..39).all(|y| buffer[(x, y)].symbol() == "│"), "{cols}: a hole in the rule at {x}");
        }
    }
}

#[test]
fn a_popup_over_wide_characters_leaves_no_hole() {
    for cols in 60..130 {
        let mut app = App::sample(cols, 30);
        let before = app.buffer();
        let (buffer, _) = app.keys("?").buffer();
        let left = (0..cols).find(|x| buffer[(*x, 1)].symbol() == "┌").unwrap();
        let rows = (2..28).filter(|y| buffer[(left, *y)].symbol() != "│").count();
        assert_eq!(rows, 0, "{cols}");
        for y in 1..29 {
            let beside = buffer[(left - 1, y)].symbol();
            assert!(wenzhai::text::width(beside) < 2, "{cols}: {beside} is cut in row {y}");
        }
        app.keys("q");
        assert_eq!(before, app.buffer());
    }
}

#[test]
fn problems_are_counted_and_listed() {
    let (_folder, mut listing) = archive(&[("2025-06-01/cs.AI.json", &native(r#"{"id":"1","title":"T"}"#))]);
    listing.problems.push(Problem::at("2025-06-01/x.json", 7, "not JSON"));
    let mut app = open(listing, (100, 24));
    assert!(app.screen().contains("problems 1: gl"), "{}", app.screen());
    assert!(app.keys("g l").screen().contains("2025-06-01/x.json:7: not JSON"), "{}", app.screen());
}

#[test]
fn a_disk_that_fails_is_said_and_the_decision_stays() {
    let mut app = App::sample(100, 24);
    app.keys("j");
    let row = app.state.papers.selected_row().unwrap().identity.clone();
    std::sync::Arc::make_mut(&mut app.state.decisions).decide(0, vec![], "");
    let lines = {
        let effects = wenzhai::state::update(
            &mut app.state,
            wenzhai::state::Now { wall_ms: 1 },
            Msg::Keys(vec!["b".parse().unwrap()]),
        );
        effects.iter().filter(|e| matches!(e, Effect::Append(_))).count()
    };
    assert_eq!(lines, 1);
    app.send(Msg::Report(Report::Appended(Err("No space left on device".into()))));
    assert!(app.screen().contains("未能保存：磁盘已满"), "{}", app.screen());
    assert_eq!(app.state.exit_status(), 1);
    assert_eq!(app.state.decisions.verdict(&row), wenzhai::model::Verdict::Bookmarked);
    // The next decision takes the unsaved line along.
    app.effects.clear();
    app.keys("d");
    let sent = app.effects.iter().find_map(|e| if let Effect::Append(l) = e { Some(l.len()) } else { None });
    assert_eq!((sent, app.state.exit_status()), (Some(2), 0));
}

#[test]
fn a_dollar_shows_the_texts_as_in_the_source() {
    let paper = r#"{"id":"1","title":"On $\\phi_r$ by G\\'abor","authors":["S{\\o}ren K","G\\'abor B"],
        "abstract_en":"A rate of $10^{-3}$ for a family 👩\u200d👧.","takeaways":["速率为$O(1/t)$,很快(见图2)"]}"#;
    let (_folder, listing) = archive(&[("2025-06-01/cs.AI.json", &native(paper))]);
    let mut app = open(listing, (120, 30));
    let typeset = app.keys("0").screen();
    for part in
        ["On ϕᵣ by Gábor", "Søren K, Gábor B", "速率为 O(1/t)，很快（见图 2）", "10⁻³ for a family 👩."]
    {
        assert!(typeset.contains(part), "{part}\n{typeset}");
    }
    let source = app.keys("$").screen();
    let parts = [
        r"On $\phi_r$ by G\'abor",
        r"S{\o}ren K",
        "速率为$O(1/t)$,很快(见图2)",
        "$10^{-3}$",
        "Text as in the source.",
    ];
    for part in parts {
        assert!(source.contains(part), "{part}\n{source}");
    }
    let more = app.keys("$ 5 G").screen();
    assert!(more.contains("Folded characters"), "{more}");
    // The filter finds what is on the screen and what is in the source.
    app.keys("g p");
    for query in ["φr", r"\phi", "gábor", r"g\'abor", "o(1/t)，很", "o(1/t)$,"] {
        let screen = app.keys(&format!("/ C-u type:{query} Enter")).screen();
        assert!(screen.contains("1/1"), "{query}\n{screen}");
    }
    assert!(!app.keys("/ C-u type:ψ Enter").screen().contains("1/1"));
}
