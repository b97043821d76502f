//! The filter as it is typed: what is said under the input, what it offers, and what stays.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup};
use insta::assert_snapshot;
use wenzhai::catalogue::Lang;
use wenzhai::state::Msg;

fn open(size: (u16, u16), lang: Lang) -> App {
    App::open(wenzhai::archive::sample(), Setup { lang, size, ..Setup::default() })
}

/// The titles in the list, by their first words.
fn titles(app: &App) -> Vec<String> {
    let papers = &app.state.papers;
    let rows = (0..papers.entries.len()).filter_map(|at| papers.row_at(at));
    rows.map(|r| r.title.split([' ', ':']).next().unwrap().to_owned()).collect()
}

/// The last two lines: the input, and what is said under it.
fn foot(app: &App) -> String {
    let screen = app.screen();
    let (above, last) = screen.rsplit_once('\n').unwrap();
    let input = above.lines().next_back().unwrap();
    format!("{input}\n{last}")
}

#[test]
fn an_error_stands_under_the_input_while_the_last_list_stays() {
    assert_snapshot!("error_80_en", open((80, 24), Lang::En).keys("/ type:attention_is:foo").shot());
    assert_snapshot!("error_80_zh", open((80, 24), Lang::Zh).keys("/ type:注意力_date:2025-13").shot());
    assert_snapshot!("error_120_en", open((120, 36), Lang::En).keys("/ type:model_/[a-").shot());
    assert_snapshot!("error_120_zh", open((120, 36), Lang::Zh).keys("/ type:model_OR").shot());
}

#[test]
fn offers_stand_under_the_input_the_taken_one_first_among_them() {
    assert_snapshot!("offers_80_en", open((80, 24), Lang::En).keys("/ type:author:m Tab Tab").shot());
    assert_snapshot!("offers_80_zh", open((80, 24), Lang::Zh).keys("/ type:-t Tab").shot());
    assert_snapshot!("offers_120_en", open((120, 36), Lang::En).keys("/ Tab Tab Tab").shot());
    assert_snapshot!("offers_120_zh", open((120, 36), Lang::Zh).keys("/ type:is: Tab").shot());
}

#[test]
fn what_may_not_be_meant_is_hinted_at() {
    let table = [
        (
            Lang::En,
            "titel:lora",
            " /titel:lora",
            " at 1: titel: is no field, looked for as text; did you mean title: ?",
        ),
        (Lang::Zh, "titel:lora", " /titel:lora", " 第 1 字：titel: 不是字段，按文字查找；是否为 title:"),
        (Lang::En, "\"lora", " /\"lora", " at 1: \" is not closed yet"),
    ];
    for (lang, typed, input, note) in table {
        let foot = foot(open((80, 24), lang).keys(&format!("/ type:{typed}")));
        let (first, second) = foot.split_once('\n').unwrap();
        assert!(first.starts_with(input), "{first}");
        assert_eq!(second, note);
    }
}

#[test]
fn an_error_is_not_kept_and_goes_with_its_cause() {
    let mut app = open((80, 24), Lang::En);
    app.keys("/ type:mildenhall_-");
    assert_eq!((titles(&app), app.state.papers.filter.as_str()), (vec!["NeRF".to_owned()], "mildenhall "));
    app.keys("Enter");
    assert!(app.state.prompt.is_some() && foot(&app).contains("at 13: expected a word"));
    app.keys("Backspace");
    assert!(foot(&app).ends_with("clear"), "{}", foot(&app));
    app.keys("Enter");
    assert!(app.state.prompt.is_none());
    assert_eq!(titles(&app), ["NeRF"]);
    app.keys("/ type:_OR Esc");
    assert!(app.state.papers.filter.is_empty() && foot(&app).contains("7/7"), "{}", foot(&app));
    app.keys("type:( Esc Esc");
    assert!(app.state.prompt.is_none() && app.state.papers.filter.is_empty());
}

#[test]
fn earlier_filters_come_back_also_after_a_restart() {
    let mut app = open((80, 24), Lang::En);
    for typed in ["title:lora", "author:dao", "cat:cs.CV", "author:dao"] {
        app.keys(&format!("/ type:{typed} Enter Esc"));
    }
    app.keys("b");
    let session = app.session.clone().unwrap();
    assert_eq!(session.filters, ["author:dao", "cat:cs.CV", "title:lora"]);
    let mut app = App::open(
        wenzhai::archive::sample(),
        Setup { session: Some(session), lang: Lang::En, ..Setup::default() },
    );
    app.keys("/ C-r C-r");
    assert!(foot(&app).starts_with(" /cat:cs.CV"), "{}", foot(&app));
    assert!(foot(&app).ends_with(" author:dao  cat:cs.CV  title:lora"));
    app.keys("C-u type:lo C-r");
    assert_eq!(titles(&app), ["LoRA"]);
    app.keys("C-r C-n x");
    assert!(foot(&app).starts_with(" /title:lorax"));
}

#[test]
fn a_field_is_completed_and_then_its_value() {
    let mut app = open((80, 24), Lang::En);
    app.keys("/ type:-aut Tab Tab Tab type:_ven Tab type:ecc Tab");
    assert!(foot(&app).starts_with(" /-author:\"Aidan N. Gomez\" venue:\"ECCV 20\""), "{}", foot(&app));
    assert_eq!(titles(&app), ["NeRF"]);
}

#[test]
fn a_decided_paper_stays_on_its_page_though_the_filter_asks_for_others() {
    let mut app = open((80, 24), Lang::En);
    app.keys("/ type:is:undecided_cat:cs.LG Enter");
    let before = titles(&app);
    app.keys("d");
    assert_eq!(titles(&app), before);
    app.keys("Esc / type:is:undecided_cat:cs.LG Enter");
    assert_eq!(titles(&app), before[1..]);
    app.keys("Esc / type:is:dismissed Enter");
    assert_eq!(titles(&app), before[..1]);
}

#[test]
fn decisions_tags_and_dates_are_asked_for() {
    let mut app = open((80, 24), Lang::En);
    app.keys("t type:read-group Enter b");
    for (typed, count) in [
        ("tag:read-group", 1),
        ("is:bookmarked", 1),
        ("-is:bookmarked", 6),
        ("date:2025-03", 7),
        ("date:2024", 0),
        // The clock of the tests stands at 2023-11-14, before all digests.
        ("date:7d", 7),
        ("date:today", 0),
        ("text:recurrent", 1),
        ("qhxx", 0),
        ("zhuyili", 3),
        ("注意力", 3),
    ] {
        app.keys(&format!("/ type:{typed} Enter"));
        assert_eq!(titles(&app).len(), count, "{typed}");
        app.keys("Esc");
    }
}

#[test]
fn a_huge_paste_is_answered() {
    let mut app = open((80, 24), Lang::En);
    app.keys("/");
    for text in ["字r".repeat(100_000), "(".repeat(200_000), "-".repeat(200_000), "\"a\" OR ".repeat(30_000)]
    {
        app.send(Msg::Paste(text)).keys("C-u");
    }
    app.send(Msg::Paste("a ".repeat(100_000)));
    assert!(foot(&app).ends_with("at 257: only the first 256 characters count"), "{}", foot(&app));
    app.keys("Tab C-r Esc");
    assert_eq!(titles(&app).len(), 7);
}
