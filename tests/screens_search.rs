//! Searching all dates in the reader: what is found, how one gets there and back.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/days.rs"]
#[allow(dead_code, reason = "each test file uses its part of the days")]
mod days;

use std::fs;
use std::path::Path;

use app::{App, Setup};
use insta::assert_snapshot;
use wenzhai::catalogue::Lang;
use wenzhai::config::{Prefs, Saved};
use wenzhai::effect::{Effect, Found, Hit, Report, Snippet, Stage};
use wenzhai::model::{Date, Identity, Verdict};
use wenzhai::state::{Focus, Msg, View};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

fn open(root: &Path, setup: Setup) -> App {
    days::rest(root);
    App::open(wenzhai::archive::list(&[root.to_owned()]), setup)
}

/// Writes a digest of papers by title and abstract.
fn write(root: &Path, date: &str, category: &str, papers: &[(&str, &str)]) {
    let paper = |(at, (title, text)): (usize, &(&str, &str))| {
        serde_json::json!({
            "id": format!("3105.{}{}{at:02}", date.get(8..).unwrap(), category.len() % 10 + usize::from(category == "cs.CV")), "title": title,
            "authors": ["Ada Ember", "Bo Lindt"], "abstract_zh": text,
        })
    };
    let papers: Vec<_> = papers.iter().enumerate().map(paper).collect();
    let digest = serde_json::json!({"schema": 1, "date": date, "category": category, "papers": papers});
    fs::create_dir_all(root.join(date)).unwrap();
    fs::write(root.join(date).join(format!("{category}.json")), digest.to_string()).unwrap();
}

/// Three days with the word in titles and in texts.
fn three_days() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        "2031-05-03",
        "cs.AI",
        &[
            (
                "Lanterns at Night",
                "没有灯的路上，我们在很长很长的一段话以后才终于说到萤火虫的亮度，然后继续。",
            ),
            ("Moths", "飞蛾与灯。"),
        ],
    );
    write(
        root.path(),
        "2031-05-02",
        "cs.AI",
        &[("Fireflies Compute", "萤火虫的同步。"), ("Owls", "猫头鹰。")],
    );
    write(
        root.path(),
        "2031-05-02",
        "cs.CV",
        &[("Seeing Fireflies", "看见。"), ("Night Vision", "夜视，拍到了萤火虫。")],
    );
    write(root.path(), "2031-05-01", "cs.AI", &[("Dusk", "黄昏。"), ("Dawn", "黎明。")]);
    root
}

/// The titles in the list, from top to bottom.
fn listed(app: &App) -> Vec<&str> {
    let papers = &app.state.papers;
    (0..papers.entries.len()).filter_map(|at| Some(papers.row_at(at)?.title.as_str())).collect()
}

fn selected(app: &App) -> &str {
    &app.state.papers.selected_row().unwrap().title
}

fn searches(app: &App) -> usize {
    app.effects.iter().filter(|e| matches!(e, Effect::Search { .. })).count()
}

#[test]
fn what_is_found_in_both_languages_at_all_sizes() {
    for lang in [Lang::Zh, Lang::En] {
        let name = if lang == Lang::Zh { "zh" } else { "en" };
        for size in SIZES {
            let setup = Setup { lang, size, ..Setup::default() };
            let mut app = App::open(wenzhai::archive::sample(), setup);
            app.keys("g / type:model");
            assert_snapshot!(format!("typing_{name}_{}", size.0), app.shot());
            app.keys("Enter G");
            assert_snapshot!(format!("found_{name}_{}", size.0), app.screen());
        }
    }
}

#[test]
fn esc_goes_back_to_exactly_where_one_was() {
    for size in SIZES {
        let mut app = App::open(wenzhai::archive::sample(), Setup { size, ..Setup::default() });
        for before in ["H j 2 J", "H j = j", "g d", "l 0 j j", "/ type:on Enter", "f u", "v j", "Z j j"] {
            app.keys(before);
            let (focus, screen) = (app.state.focus, app.shot());
            app.keys("g / type:model Enter j 1 J J l Esc Esc");
            assert_eq!((app.state.focus, app.shot()), (focus, screen.clone()), "{before} at {size:?}");
            // Nor does the input alone leave a trace, or an empty one.
            for search in ["g / type:zzzzqq Esc", "g / C-c", "g / C-u Enter", "g / type:model Enter q"] {
                app.keys(search);
                assert_eq!(app.shot(), screen, "{before}, {search} at {size:?}");
            }
            app.keys("Esc Esc Esc g p");
        }
    }
}

#[test]
fn enter_opens_the_paper_in_its_day_whatever_the_day_shows() {
    let root = three_days();
    for before in ["", "f b", "H / type:owls Enter H", "H d d d d f u", "L"] {
        let mut app = open(root.path(), Setup { size: (120, 36), ..Setup::default() });
        app.keys(before).keys("g / type:萤火虫 Enter G");
        assert_eq!(selected(&app), "Night Vision");
        app.keys("Enter");
        assert_eq!((selected(&app), app.state.focus), ("Night Vision", Focus::Papers), "{before}");
        assert_eq!(app.state.papers.date.unwrap().to_string(), "2031-05-02");
        assert!(app.screen().contains("g/ 回到搜索结果"), "{}", app.screen());
        // And there again, with the query and the paper.
        app.keys("g /");
        assert_eq!(selected(&app), "Night Vision");
        assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "萤火虫");
        app.keys("Enter k Enter");
        assert_eq!(selected(&app), "Fireflies Compute");
    }
}

#[test]
fn esc_goes_back_from_the_day_a_found_paper_was_opened_in() {
    let root = three_days();
    let mut app = open(root.path(), Setup { size: (120, 36), ..Setup::default() });
    app.keys("j");
    let before = selected(&app).to_owned();
    app.keys("g / type:萤火虫 Enter G Enter");
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2031-05-02");
    // Layers of that day come first.
    app.keys("/ type:owls Enter Esc");
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2031-05-02");
    app.keys("Esc");
    assert_eq!(
        (app.state.papers.date.unwrap().to_string().as_str(), selected(&app)),
        ("2031-05-03", before.as_str())
    );
    // From there it leads nowhere.
    app.keys("H Esc");
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2031-05-02");
    // Nor is it lost where the paper stands on the same day.
    app.keys("G");
    let before = selected(&app).to_owned();
    app.keys("g / C-u type:Owls Enter Enter");
    assert_eq!(selected(&app), "Owls");
    app.keys("j Esc");
    assert_eq!(selected(&app), before);
}

#[test]
fn titles_come_first_then_texts_newest_first() {
    let root = three_days();
    let mut app = open(root.path(), Setup::default());
    app.keys("g / type:fireflies");
    assert_eq!(listed(&app), ["Fireflies Compute", "Seeing Fireflies"]);
    app.keys("C-u type:萤火虫");
    assert_eq!(listed(&app), ["Lanterns at Night", "Fireflies Compute", "Night Vision"]);
    assert_snapshot!("snippets_80", app.shot());
    app.send(Msg::Resize(wenzhai::state::Size { cols: 200, rows: 50 }));
    assert_snapshot!("snippets_200", app.shot());
}

#[test]
fn esc_goes_from_the_input_to_the_list_however_early() {
    let root = three_days();
    let mut app = open(root.path(), Setup { is_holding_searches: true, ..Setup::default() });
    app.held.clear();
    app.keys("g / type:fire Esc");
    assert!(app.state.prompt.is_none() && app.state.search.is_open(), "{}", app.screen());
    for report in std::mem::take(&mut app.held) {
        app.send(Msg::Report(report));
    }
    assert_eq!(listed(&app), ["Fireflies Compute", "Seeing Fireflies"]);
    app.keys("Esc");
    assert!(!app.state.search.is_open(), "{}", app.screen());
}

#[test]
fn each_key_asks_anew_and_nothing_is_asked_twice() {
    let root = three_days();
    let mut app = open(root.path(), Setup { is_holding_searches: true, ..Setup::default() });
    app.held.clear();
    app.keys("g / f i r");
    assert_eq!(searches(&app), 3);
    let first: Vec<Report> = app.held.drain(..).collect();
    // What the first two keys found comes late, in any order, and is dropped.
    let generation = |r: &Report| if let Report::Found { generation, .. } = r { *generation } else { 0 };
    let last = first.iter().map(generation).max().unwrap();
    for report in first.iter().filter(|r| generation(r) < last) {
        app.send(Msg::Report(report.clone()));
    }
    assert_eq!(listed(&app), Vec::<&str>::new());
    assert!(app.screen().contains("搜索中"), "{}", app.screen());
    for report in first.iter().filter(|r| generation(r) == last) {
        app.send(Msg::Report(report.clone()));
    }
    assert_eq!(listed(&app), ["Fireflies Compute", "Seeing Fireflies"]);
    // A blank at the end asks for nothing else, and neither does moving in the line.
    app.keys("Space Backspace Left End");
    assert_eq!(searches(&app), 3);
    // Until something comes of the next key the list stays.
    app.keys("e");
    assert_eq!((searches(&app), listed(&app).len()), (4, 2));
    assert!(app.screen().contains("题名 · · 正文 ·"), "{}", app.screen());
    // Leaving ends the search; what still comes of it is dropped.
    app.keys("C-c");
    assert_eq!(app.effects.last(), Some(&Effect::StopSearch));
    let late: Vec<Report> = app.held.drain(..).collect();
    let screen = app.shot();
    for report in late {
        app.send(Msg::Report(report));
    }
    assert_eq!(app.shot(), screen);
    // Going back takes it up again; a burst of keys asks once.
    app.keys("g /");
    assert_eq!(searches(&app), 5);
    app.keys("type:flies");
    assert_eq!(searches(&app), 6);
}

#[test]
fn a_title_that_was_not_found_has_no_letters_marked_by_chance() {
    let root = tempfile::tempdir().unwrap();
    let title = "Vision Models for Ergonomic Assessment of Reason";
    write(root.path(), "2031-05-03", "cs.AI", &[(title, "A model reasoning about moths.")]);
    let mut app = open(root.path(), Setup::default());
    app.keys("g / type:\"reasoning\"_model Enter");
    let row = app.shot().lines().filter(|l| l.starts_with("2: ") && l.contains("underlined")).count();
    assert_eq!((listed(&app), row), (vec![title], 1), "{}", app.shot());
}

/// A hit of a paper of the middle day.
fn hit(at: usize, title: &str, snippet: Option<&str>) -> Hit {
    Hit {
        date: "2031-05-02".parse::<Date>().unwrap(),
        category: Some("cs.AI".to_owned()),
        index: at,
        identity: Identity::new(None, title, None),
        id: format!("t:{at}"),
        title: title.to_owned(),
        authors: vec!["Ada Ember".to_owned()],
        snippet: snippet.map(|text| Snippet { text: text.to_owned(), hits: std::iter::once(0..3).collect() }),
    }
}

fn tell(app: &mut App, generation: u64, hits: Vec<Hit>, total: usize, stage: Stage) {
    let days = vec![("2031-05-02".parse::<Date>().unwrap(), total)];
    app.send(Msg::Report(Report::Found { generation, found: Found { hits, total, days, stage } }));
}

#[test]
fn results_that_arrive_do_not_move_the_cursor() {
    let root = three_days();
    let mut app = open(root.path(), Setup { size: (200, 50), is_holding_searches: true, ..Setup::default() });
    app.keys("g / type:x");
    let hits =
        |n: std::ops::Range<usize>, snippet| n.map(|i| hit(i, &format!("Found {i}"), snippet)).collect();
    tell(&mut app, 1, hits(0..30, None), 30, Stage::Titles);
    assert!(app.screen().contains("30 篇 · 题名 30 · 正文 · · …"), "{}", app.screen());
    app.keys("Enter 1 5 j j j j j J");
    let before = app.screen();
    let list = |screen: &str| screen.lines().skip(1).take(40).map(str::to_owned).collect::<Vec<_>>();
    for (at, done) in [(30, 40), (40, 80)] {
        tell(&mut app, 1, hits(at..at + 10, Some("…字")), at + 10, Stage::Texts { done, of: 100 });
        assert_eq!(selected(&app), "Found 5");
        assert!(app.screen().contains(&format!("题名 30 · 正文 {} · {done}%", at - 20)), "{}", app.screen());
    }
    let day = |line: &String| line.replace("30", "  ").replace("50", "  ");
    assert_eq!(
        list(&before).iter().map(day).collect::<Vec<_>>(),
        list(&app.screen()).iter().map(day).collect::<Vec<_>>()
    );
    // Of a great many the last line says how many more there are.
    tell(&mut app, 1, Vec::new(), 1234, Stage::Done);
    app.keys("G");
    assert_eq!(selected(&app), "Found 49");
    assert!(app.screen().contains("另有 1184 篇未列出"), "{}", app.screen());
    app.keys("Esc");
    assert_eq!(app.effects.iter().filter(|e| **e == Effect::StopSearch).count(), 0, "it was over");
}

#[test]
fn what_is_found_is_decided_and_taken_back_like_any_list() {
    let root = three_days();
    let mut app = open(root.path(), Setup { size: (120, 36), ..Setup::default() });
    app.keys("g / type:萤火虫 Enter b");
    assert_eq!(selected(&app), "Fireflies Compute");
    app.keys("w d");
    let verdicts = |app: &App| app.state.papers.rows.iter().map(|r| r.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts(&app), [Verdict::Bookmarked, Verdict::Later, Verdict::Dismissed]);
    assert_snapshot!("decided_120", app.screen());
    app.keys("u");
    assert_eq!((verdicts(&app)[2], selected(&app)), (Verdict::Undecided, "Night Vision"));
    // The day knows too, behind and once one is back.
    app.keys("Esc");
    assert_eq!(app.state.papers.rows[0].verdict, Verdict::Bookmarked);
    // A paper of another list is taken back without leaving.
    app.keys("j d g / Enter u");
    assert!(app.state.papers.is_of_search() && app.screen().contains("2031-05-03"), "{}", app.screen());
    app.keys("V d");
    assert_eq!(verdicts(&app), [Verdict::Dismissed; 3]);
    app.keys("u f b");
    assert_eq!((listed(&app), app.state.papers.view), (vec!["Lanterns at Night"], View::Bookmarked));
    app.keys("Esc");
    assert_eq!(listed(&app).len(), 3);
    app.keys("t type:tag_x Enter C");
    assert!(app.screen().contains("搜索结果中不能这样做"), "{}", app.screen());
}

#[test]
fn the_digest_of_the_paper_one_is_on_is_read_and_the_latest_wins() {
    let root = three_days();
    let mut app = open(root.path(), Setup { size: (120, 36), is_holding: true, ..Setup::default() });
    while !app.held.is_empty() {
        app.answer(0);
    }
    app.keys("g / type:fireflies Enter");
    assert!(app.screen().contains("读取中"), "{}", app.screen());
    // While one is on its way no other is asked for; then that of the paper one is on by then.
    app.keys("j k j");
    assert_eq!(app.held.len(), 1);
    app.answer(0);
    assert_eq!(app.held.len(), 1);
    // The counts of a day are not taken from a part of it.
    let day = "2031-05-02".parse::<Date>().unwrap();
    assert!(!app.state.dates.counts.contains_key(&day));
    app.answer(0);
    assert!(app.held.is_empty() && app.screen().contains("2031-05-02 · "), "{}", app.screen());
    assert!(app.state.reader.head.iter().any(|l| format!("{l:?}").contains("Seeing Fireflies")));
    assert_eq!(app.state.dates.counts.get(&day).map(|c| c.all), Some(4));
}

#[test]
fn papers_are_exported_once_their_digests_are_here() {
    let root = three_days();
    let mut app = open(root.path(), Setup { is_holding: true, ..Setup::default() });
    while !app.held.is_empty() {
        app.answer(0);
    }
    app.keys("g / type:萤火虫 Enter V e j");
    let exports = |app: &App| app.effects.iter().filter(|e| matches!(e, Effect::Export { .. })).count();
    assert_eq!(exports(&app), 0);
    while !app.held.is_empty() {
        app.answer(0);
    }
    assert_eq!(exports(&app), 1);
    let Some(Effect::Export { name, papers, .. }) = app.effects.last() else {
        panic!("{:?}", app.effects.last())
    };
    assert_eq!((name.0.as_str(), *papers), ("wenzhai-search", 3));
}

#[test]
fn the_words_of_the_search_are_found_in_the_detail_pane() {
    let root = three_days();
    let mut app = open(root.path(), Setup { size: (120, 36), ..Setup::default() });
    app.keys("2 g / type:萤火虫 Enter l");
    assert!(app.screen().contains("萤火虫 1/1"), "{}", app.screen());
    app.keys("n");
    assert!(app.screen().contains("从头继续：1/1"), "{}", app.screen());
    assert!(app.shot().contains("underlined reversed cyan"), "{}", app.shot());
    // One's own words take their place for a while, and Esc goes back from there.
    app.keys("/ type:亮度 Enter");
    assert!(app.screen().contains("/亮度 1/1"), "{}", app.screen());
    app.keys("Esc n");
    assert!(app.screen().contains("1/1") && !app.screen().contains("亮度 1/1"), "{}", app.screen());
    app.keys("Esc");
    assert_eq!(app.state.focus, Focus::Papers);
    app.keys("Esc");
    assert!(!app.state.papers.is_of_search());
}

#[test]
fn every_way_to_find_nothing_says_what_it_is() {
    let root = three_days();
    for (lang, said) in [
        (Lang::Zh, ["输入要在全部日期中查找", "没有匹配“zzqq”的论文", "此处应有", "搜索失败：没有空间"]),
        (
            Lang::En,
            [
                "Type what to look for",
                "No paper of any date matches “zzqq”",
                "expected",
                "The search failed: 没有空间",
            ],
        ),
    ] {
        let mut app = open(root.path(), Setup { lang, ..Setup::default() });
        app.keys("g /");
        assert!(app.screen().contains(said[0]), "{}", app.screen());
        app.keys("type:zzqq");
        assert!(app.screen().contains(said[1]), "{}", app.screen());
        // The last good result stays while the query cannot be understood, and Enter does not take it.
        app.keys("C-u type:fireflies Space (");
        assert!(app.screen().contains(said[2]) && listed(&app).len() == 2, "{}", app.screen());
        app.keys("Enter");
        assert!(app.state.prompt.is_some());
        let mut app = open(root.path(), Setup { lang, is_holding_searches: true, ..Setup::default() });
        app.keys("g / type:x");
        tell(&mut app, 1, Vec::new(), 0, Stage::Failed("没有空间".to_owned()));
        assert_eq!(app.screen().matches(said[3]).count(), 2, "{}", app.screen());
    }
}

#[test]
fn an_archive_that_changes_is_searched_again_and_nobody_is_moved() {
    let root = three_days();
    let mut app = open(root.path(), Setup { size: (120, 36), ..Setup::default() });
    app.keys("g / type:萤火虫 Enter j");
    write(root.path(), "2031-05-04", "cs.AI", &[("Newer", "更新的萤火虫。")]);
    days::rest(root.path());
    app.send(Msg::Report(Report::Listed(wenzhai::archive::list(&[root.path().to_owned()]))));
    assert_eq!(listed(&app), ["Newer", "Lanterns at Night", "Fireflies Compute", "Night Vision"]);
    assert_eq!(selected(&app), "Fireflies Compute");
    // A day that is gone is gone from what is found too.
    fs::remove_dir_all(root.path().join("2031-05-02")).unwrap();
    app.send(Msg::Report(Report::Listed(wenzhai::archive::list(&[root.path().to_owned()]))));
    assert_eq!(listed(&app), ["Newer", "Lanterns at Night"]);
    app.keys("Esc");
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2031-05-03");
}

#[test]
fn hostile_texts_and_long_lists_of_authors_stay_in_their_rows() {
    let root = tempfile::tempdir().unwrap();
    days::write_day(root.path(), "2025-05-30", 3, true);
    let authors: Vec<String> =
        (0..273).map(|n| format!("Ann{n} {}{n}", ["Li", "O'Hara", "\u{202e}evil"][n % 3])).collect();
    let papers = serde_json::json!([{"id": "2505.00001", "title": "Planning \u{1b}[31m with 273 \u{202e}hands\u{7}",
        "authors": authors, "abstract_zh": "奖励“引号”…——·①α±×→𠮷𠀀野家👩\u{200d}🔬ｶﾞﾊﾟｰﾄ \u{fffd}规划 \u{1b}]0;x\u{7}"}]);
    let digest =
        serde_json::json!({"schema": 1, "date": "2025-05-29", "category": "c\u{1b}[2Js", "papers": papers});
    fs::create_dir_all(root.path().join("2025-05-29")).unwrap();
    fs::write(root.path().join("2025-05-29/x.json"), digest.to_string()).unwrap();
    for size in SIZES {
        let mut app = open(root.path(), Setup { size, ..Setup::default() });
        for query in ["规划", "planning", "野家", "ガパ", "273", "\"…——\""] {
            app.keys(&format!("g / C-u type:{query}"));
            for _ in 0..6 {
                let screen = app.screen();
                assert!(!screen.contains(|c: char| c.is_control() && c != '\n'), "{query}");
                assert!(!screen.contains(['\u{202e}', '\u{202c}']), "{query}");
                app.keys("Down PgDn");
            }
        }
        app.keys("C-u type:273_hands Enter");
        assert!(app.screen().contains("Li0…Li272") || app.screen().contains("Li0…"), "{}", app.screen());
    }
}

fn with_queries(size: (u16, u16), lang: Lang) -> Setup {
    let saved = |name: &str, query: &str| Saved { name: name.to_owned(), query: query.to_owned() };
    let queries = vec![saved("夜里的萤火虫", "fireflies OR 萤火虫"), saved("Owls", "owls")];
    Setup { size, lang, prefs: Prefs { queries, ..Prefs::default() }, ..Setup::default() }
}

#[test]
fn saved_queries_are_listed_with_what_is_left_of_them() {
    let root = three_days();
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for size in SIZES {
            let mut app = open(root.path(), with_queries(size, lang));
            app.keys("b H b w f f");
            assert_snapshot!(format!("queries_{name}_{}", size.0), app.screen());
            app.keys("j j Enter");
            assert_eq!(listed(&app), ["Fireflies Compute", "Seeing Fireflies"]);
            app.keys("Esc g d g g");
            assert_snapshot!(format!("folders_{name}_{}", size.0), app.screen());
            app.keys("j j Enter");
            assert_snapshot!(format!("folder_{name}_{}", size.0), app.screen());
            app.keys("Esc");
            assert_eq!(app.state.focus, Focus::Dates);
            // A folder is no search that one goes on with, but from the day of a paper one goes back to it.
            app.keys("g /");
            assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "");
            app.keys("Esc g g j j Enter d Enter g /");
            assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "fireflies OR 萤火虫");
            assert_eq!(app.state.search.total, 4, "texts are searched too now");
            app.keys("Esc Esc g d g g j Enter");
            assert_eq!(listed(&app), ["Owls"]);
        }
    }
}

#[test]
fn folders_are_counted_when_they_are_seen_and_not_after_every_key() {
    let root = three_days();
    let counts = |app: &App| app.effects.iter().filter(|e| matches!(e, Effect::Count { .. })).count();
    // Off screen nothing is counted.
    let mut app = open(root.path(), with_queries((80, 24), Lang::Zh));
    app.keys("b w");
    assert_eq!(counts(&app), 0);
    app.keys("g d");
    assert_eq!(counts(&app), 1);
    assert_eq!(app.state.folders.list.iter().map(|f| f.number().unwrap()).collect::<Vec<_>>(), [1, 1, 2, 1]);
    // While numbers are on their way, no others are asked for.
    let setup = Setup { is_holding_searches: true, ..with_queries((200, 50), Lang::Zh) };
    let mut app = open(root.path(), setup);
    assert_eq!(counts(&app), 1);
    assert!(app.screen().contains("? Owls           ·"), "{}", app.screen());
    app.keys("b u b u b u b");
    assert_eq!(counts(&app), 1);
    while !app.held.is_empty() {
        app.answer(0);
    }
    app.keys("j");
    assert_eq!(counts(&app), 2, "what was decided since is counted at once");
    let held: Vec<Report> = app.held.drain(..).collect();
    app.keys("Esc Esc");
    for report in held {
        app.send(Msg::Report(report));
    }
    assert_eq!(app.state.folders.list[0].counts, Some((1, 0)));
}

#[test]
fn the_session_knows_the_query_and_not_the_search() {
    let root = three_days();
    let mut app = open(root.path(), Setup { size: (120, 36), ..Setup::default() });
    app.keys("j");
    let before = app.state.session();
    app.keys("g / type:fireflies Enter j l b");
    let after = app.session.clone().unwrap();
    assert_eq!(after.filters, ["fireflies"]);
    assert_eq!((after.date, after.key, after.focus), (before.date, before.key, before.focus));
    // The filter of a day has it in its history, and the search that of the filter.
    app.keys("Esc / C-r");
    assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "fireflies");
}
