//! Triage told as stories: keys in, verdicts and screens out. And its laws, over any sizes and keys.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use app::{App, Setup, rows};
use insta::assert_snapshot;
use proptest::prelude::*;
use wenzhai::decisions::{Decisions, LineBody};
use wenzhai::effect::Effect;
use wenzhai::keymap::Key;
use wenzhai::model::{Listing, Verdict};
use wenzhai::state::{Message, Msg, Size};

/// Three days: the newest with 45 papers in three categories, one with 4, the oldest with 2.
fn listing() -> Listing {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let days = [
            ("2031-05-03", "cs.AI", 20, 100),
            ("2031-05-03", "cs.CL", 15, 200),
            ("2031-05-03", "cs.CV", 10, 300),
            ("2031-05-02", "cs.AI", 4, 400),
            ("2031-05-01", "cs.AI", 2, 500),
        ];
        for (date, category, count, first) in days {
            let papers: Vec<String> = (first..first + count).map(paper).collect();
            let digest = format!(
                r#"{{"schema":1,"date":"{date}","category":"{category}","papers":[{}]}}"#,
                papers.join(",")
            );
            std::fs::create_dir_all(folder.path().join(date)).unwrap();
            std::fs::write(folder.path().join(format!("{date}/{category}.json")), digest).unwrap();
        }
        folder
    });
    wenzhai::archive::list(&[folder.path().to_owned()])
}

fn paper(n: usize) -> String {
    let comment = if n.is_multiple_of(3) { "Accepted to CVPR 2031" } else { "12 pages" };
    format!(
        r#"{{"id":"3105.{n:05}","arxiv":{{"id":"3105.{n:05}","version":1}},"title":"Paper{n}: A Study of Made Things",
        "authors":["Ada First","Bo Last"],"comment":"{comment}","takeaways":["Paper{n} 提出一种新的方法，只为测试。"]}}"#
    )
}

fn app(cols: u16, rows: u16) -> App {
    App::open(listing(), Setup { size: (cols, rows), ..Setup::default() })
}

fn holding() -> App {
    let mut app = App::open(listing(), Setup { size: (80, 24), is_holding: true, ..Setup::default() });
    while !app.held.is_empty() {
        app.answer(0);
    }
    app.send(Msg::Painted);
    app
}

/// The number of the selected paper.
fn at(app: &App) -> usize {
    number(&app.state.papers.selected_row().unwrap().title)
}

fn number(title: &str) -> usize {
    title.trim_start_matches("Paper").split(':').next().unwrap().parse().unwrap()
}

/// The verdicts of the open day, by number; undecided ones are left out.
fn verdicts(app: &App) -> BTreeMap<usize, Verdict> {
    let decided = app.state.papers.rows.iter().filter(|r| r.verdict != Verdict::Undecided);
    decided.map(|r| (number(&r.title), r.verdict)).collect()
}

/// The numbers of the papers all rows of which stand on the screen as it is painted, from the buffer itself.
fn wholly_painted(app: &App) -> Vec<usize> {
    let Some(pane) = app.state.regions().papers else { return Vec::new() };
    if app.state.popup.is_some() {
        return Vec::new();
    }
    let (buffer, _) = app.buffer();
    let density = app.state.papers.density;
    let title = |y: u16| (pane.x + 3..pane.right()).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    let number = |y: u16| title(y).strip_prefix("Paper")?.split_once(':')?.0.parse().ok();
    (pane.top()..pane.bottom()).filter(|y| y + density <= pane.bottom()).filter_map(number).collect()
}

/// What journal lines say, in order.
fn journal(app: &App) -> Vec<String> {
    let lines =
        app.effects.iter().filter_map(|e| if let Effect::Append(lines) = e { Some(lines) } else { None });
    let say = |l: &wenzhai::decisions::Line| match &l.body {
        LineBody::Do { cells, say, .. } => format!("{say}, {} cells", cells.len()),
        LineBody::Undo(_) => "undo".to_owned(),
        LineBody::Redo(_) => "redo".to_owned(),
        _ => "?".to_owned(),
    };
    lines.flatten().map(say).collect()
}

fn status(app: &App) -> String {
    rows(&app.buffer().0).pop().unwrap()
}

#[test]
fn a_sweep_dismisses_what_was_seen_and_turns_the_page() {
    let mut app = app(80, 24);
    let page = wholly_painted(&app);
    assert_eq!(page, (100..110).collect::<Vec<_>>());
    app.keys("j b x");
    let got = verdicts(&app);
    assert_eq!(got.len(), 10);
    assert_eq!(got[&101], Verdict::Bookmarked);
    assert!(page.iter().filter(|n| **n != 101).all(|n| got[n] == Verdict::Dismissed));
    // The next page begins with the first that was not shown, at the top.
    assert_eq!((at(&app), wholly_painted(&app)[0]), (110, 110));
    assert!(status(&app).starts_with(" 略过 9 篇 · u 撤销"), "{}", status(&app));
    assert_eq!(journal(&app), ["bookmark 1, 1 cells", "dismiss 9, 9 cells"]);
    // One step takes the whole page back, and shows it again.
    app.keys("u");
    assert_eq!((verdicts(&app).len(), at(&app)), (1, 100));
    assert_eq!(wholly_painted(&app), page);
    assert!(status(&app).starts_with(" 已撤销：略过 9 篇"), "{}", status(&app));
    app.keys("C-r");
    assert_eq!((verdicts(&app).len(), at(&app)), (10, 100));
}

#[test]
fn a_sweep_typed_ahead_is_dropped() {
    let mut one = app(80, 24);
    one.keys("type:xx");
    assert_eq!((verdicts(&one).len(), journal(&one).len()), (10, 1));
    one.keys("type:xxxx x");
    assert_eq!((verdicts(&one).len(), journal(&one).len()), (30, 3));
    // Turned and swept before it was painted.
    let mut two = app(80, 24);
    two.keys("type:Gx");
    assert_eq!(verdicts(&two).len(), 0);
    assert!(status(&two).contains("按键时这一页还没有显示"), "{}", status(&two));
    assert_eq!(verdicts(two.keys("x")).len(), 10);
    // Under a popup nothing is seen.
    let mut three = app(80, 24);
    three.keys("? type:qx");
    assert_eq!(verdicts(&three).len(), 0);
    // A verdict that moves the list on does not hide what was seen: that is swept, no more.
    let mut four = app(80, 24);
    let page = wholly_painted(&four);
    four.keys(&"j ".repeat(8)).keys("type:bbx");
    let swept: Vec<usize> = verdicts(&four).into_keys().collect();
    assert_eq!(swept, page);
    assert_eq!(wholly_painted(&four)[0], 110);
}

#[test]
fn the_last_page_begins_where_the_one_before_ended() {
    let mut app = app(80, 24);
    app.keys("x x x x");
    assert_eq!(wholly_painted(&app)[0], at(&app));
    let before = verdicts(&app).len();
    let left = wholly_painted(&app);
    assert_eq!(before + left.len(), 45);
    app.keys("x");
    assert_eq!(verdicts(&app).len(), 45);
    assert!(status(&app).contains("45 篇 → 略过 45"), "{}", status(&app));
    app.keys("x");
    assert!(status(&app).contains("已到末尾"), "{}", status(&app));
}

#[test]
fn a_sweep_of_a_category_says_which() {
    let mut app = app(80, 24);
    app.keys("X");
    assert!(status(&app).starts_with(" cs.AI：略过 20 篇 · u 撤销"), "{}", status(&app));
}

#[test]
fn what_takes_several_verdicts_back_says_why() {
    let mut app = app(80, 24);
    app.keys("v j j d");
    assert_eq!(verdicts(&app).len(), 3);
    app.keys("g g v j j d");
    assert_eq!(verdicts(&app).len(), 0);
    assert!(status(&app).starts_with(" 3 篇原已如此 · 取消决定 3 篇"), "{}", status(&app));
}

/// A message that does not fit into the last line lies over the rows above it: those were not seen.
#[test]
fn a_long_message_is_read_whole_and_hides_its_rows_from_a_sweep() {
    let mut app = app(40, 12);
    let text = "一句很长的话，说明为什么这件事没有做成，也说明接下来可以怎么做，所以要占好几行。";
    let message = |text: &str| Message { text: text.to_owned(), is_error: false, link: None };
    let seen = wholly_painted(&app).len();
    app.state.message = Some(message(text));
    app.send(Msg::Painted);
    let shown: String = app.screen().lines().skip(9).map(str::trim).collect();
    assert!(shown.starts_with(text), "{}", app.screen());
    app.keys("x");
    assert!(verdicts(&app).len() < seen, "{}", app.screen());
}

#[test]
fn a_category_is_swept_as_one_step() {
    let mut app = app(80, 24);
    app.keys("b X");
    assert_eq!(verdicts(&app).len(), 20);
    assert_eq!(at(&app), 200);
    assert_eq!(journal(&app)[1], "dismiss 19, 19 cells");
    assert_eq!(wholly_painted(&app)[0], 200);
    app.keys("type:XX");
    assert_eq!(verdicts(&app).len(), 35, "the second was typed before the next category was on screen");
    app.keys("X u u u");
    assert_eq!(verdicts(&app).len(), 1);
}

#[test]
fn categories_are_jumped_to() {
    let mut app = app(80, 24);
    let mut walk = Vec::new();
    for key in ["}", "}", "}", "j", "{", "{", "{"] {
        app.keys(key);
        walk.push(at(&app));
    }
    assert_eq!(walk, [200, 300, 300, 301, 300, 200, 100]);
    app.keys("} } }");
    assert!(status(&app).contains("已是最后一个分类"), "{}", status(&app));
}

#[test]
fn letters_go_there_and_capitals_bookmark_from_here() {
    let mut app = app(80, 24);
    assert_snapshot!("letters_at_80x24", app.keys(";").shot());
    // f j d k s ... in the order of the rows.
    app.keys("d");
    assert_eq!((at(&app), verdicts(&app).len()), (102, 0));
    app.keys("; K");
    assert_eq!((at(&app), verdicts(&app)), (102, BTreeMap::from([(103, Verdict::Bookmarked)])));
    assert!(status(&app).starts_with(" 收藏 1 篇 · Paper103"), "{}", status(&app));
    // A letter that no row has, and Escape, only take the letters away.
    for keys in ["; z", "; Esc", "; Enter"] {
        app.keys(keys);
        assert!(app.state.papers.letters.is_none());
        assert_eq!((at(&app), verdicts(&app).len()), (102, 1), "{keys}");
    }
}

#[test]
fn more_than_26_rows_have_labels_of_two_letters() {
    let mut app = app(200, 50);
    app.keys("- -");
    assert_eq!(wholly_painted(&app).len(), 43);
    assert_snapshot!("letters_at_200x50", app.keys(";").screen());
    app.keys("z");
    assert!(status(&app).starts_with(" z…"), "{}", status(&app));
    app.keys("f");
    assert_eq!(at(&app), 205);
    app.keys("; Z s");
    assert_eq!(verdicts(&app).into_keys().collect::<Vec<_>>(), [209]);
    assert_eq!(at(&app), 205);
}

#[test]
fn selected_papers_are_decided_as_one() {
    let mut app = app(80, 24);
    assert_snapshot!("a_selection_at_80x24", app.keys("Space Space j v j j").shot());
    assert!(status(&app).starts_with(" 6/45  已选 5"), "{}", status(&app));
    app.keys("v k w");
    assert_eq!(verdicts(&app).into_keys().collect::<Vec<_>>(), [100, 101, 103, 104, 105]);
    assert_eq!(journal(&app), ["later 5, 5 cells"]);
    assert!(status(&app).starts_with(" 稍后 5 篇 · u 撤销"), "{}", status(&app));
    app.keys("u");
    assert_eq!((verdicts(&app).len(), at(&app)), (0, 100));
    // V and Escape.
    app.keys("V");
    assert_eq!(app.state.papers.chosen_count(), 45);
    app.keys("Esc d");
    assert_eq!(verdicts(&app).into_keys().collect::<Vec<_>>(), [100]);
    // Only what the list shows can be selected, so the filter goes with it.
    app.keys("V / type:Paper30 Enter");
    assert_eq!(app.state.papers.chosen_count(), 10);
    app.keys("r");
    assert_eq!(app.state.papers.counts(None).read, 10);
    assert!(status(&app).starts_with(" 已读 10 篇 · u 撤销"), "{}", status(&app));
}

#[test]
fn where_the_list_is_off_screen_a_verdict_is_on_the_paper_that_is_read() {
    let mut app = app(80, 24);
    app.keys("Space Space Enter d");
    assert_eq!(verdicts(&app).into_keys().collect::<Vec<_>>(), [102]);
}

#[test]
fn the_undecided_view_keeps_what_was_decided_until_the_page_is_left() {
    let mut app = app(80, 24);
    app.keys("d f u");
    assert_eq!(wholly_painted(&app)[0], 101);
    app.keys("b d d");
    let page = wholly_painted(&app);
    assert_eq!(page[..4], [101, 102, 103, 104]);
    assert_snapshot!("the_undecided_view_at_80x24", app.shot());
    app.keys("C-f C-f");
    app.keys("g g");
    assert_eq!(wholly_painted(&app)[0], 104, "they are gone");
    // What comes back is there again, and the cursor on it.
    app.keys("u");
    assert_eq!((at(&app), wholly_painted(&app)[0]), (103, 103));
    app.keys("d f u");
    assert_eq!(wholly_painted(&app)[0], 104, "the view was chosen again");
    app.keys("f d");
    assert_eq!(wholly_painted(&app), [100, 102, 103]);
    app.keys("f b");
    assert_eq!(wholly_painted(&app), [101]);
    app.keys("f w");
    assert!(app.screen().contains("这一天没有“稍后”的论文，fa 看全部"), "{}", app.screen());
    assert!(app.keys("Esc").screen().contains("1/45"), "{}", app.screen());
}

#[test]
fn a_view_stays_through_days_and_restarts() {
    let mut first = app(80, 24);
    first.keys("f u d H Q");
    let decisions = Decisions::clone(&first.state.decisions);
    let setup = Setup { session: first.session.clone(), decisions, ..Setup::default() };
    let mut second = App::open(listing(), setup);
    assert!(status(&second).contains("视图 未定"), "{}", status(&second));
    assert_eq!(wholly_painted(second.keys("L"))[0], 101);
}

#[test]
fn undecided_papers_are_found_across_days() {
    let mut app = holding();
    app.keys("X X x x x");
    assert_eq!(app.state.papers.counts(None).undecided, 0);
    // The next day is not here yet; what is typed meanwhile is meant for it.
    app.keys("type:>d");
    assert!(status(&app).contains("正在找未定的论文：2031-05-02"), "{}", status(&app));
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2031-05-03");
    let before = journal(&app).len();
    app.answer(0).send(Msg::Painted);
    assert_eq!(at(&app), 401);
    assert_eq!(
        (verdicts(&app).into_keys().collect::<Vec<_>>(), journal(&app).len()),
        (vec![400], before + 1)
    );
    app.keys("V d > j");
    app.answer(0);
    assert_eq!(at(&app), 501);
    app.keys("> V d <");
    assert!(status(&app).contains("前面和更新的日期都没有未定的论文"), "{}", status(&app));
    // Days known to be done are not read again.
    assert!(app.held.is_empty());
    app.keys(">");
    assert!(status(&app).contains("后面和更早的日期都没有未定的论文"), "{}", status(&app));
    // Escape ends a search, and nothing moves then.
    let mut app = holding();
    app.keys("X X X f b > Esc");
    app.answer(0);
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2031-05-03");
}

#[test]
fn previous_undecided_goes_up_and_to_newer_days() {
    let mut app = app(80, 24);
    app.keys("d d j <");
    assert_eq!(at(&app), 102);
    app.keys("<");
    assert_eq!(at(&app), 102);
    app.keys("H H <");
    assert_eq!(at(&app), 403, "the last undecided of the next newer day");
    app.keys("G > >");
    assert_eq!(at(&app), 501);
}

#[test]
fn a_day_that_is_done_says_so_and_looks_so() {
    for (cols, rows) in [(80, 24), (120, 36), (200, 50)] {
        let mut app = app(cols, rows);
        app.keys("H b w d");
        assert_eq!(app.state.papers.counts(None).undecided, 1);
        app.keys("d");
        assert_snapshot!(format!("the_end_of_a_day_at_{cols}x{rows}"), app.shot());
        assert!(status(&app).starts_with(" 4 篇 → 收藏 1，稍后 1，略过 2 · 1 分钟"), "{}", status(&app));
        app.keys("k g d");
        assert_snapshot!(format!("a_day_that_is_done_at_{cols}x{rows}"), app.screen());
    }
}

#[test]
fn what_a_message_says_no_hint_says_again() {
    let mut app = app(120, 36);
    app.keys("x");
    assert_eq!(status(&app).matches("u 撤销").count(), 1, "{}", status(&app));
}

#[test]
fn minutes_of_a_day_leave_long_pauses_out() {
    let mut app = app(80, 24);
    app.keys("H d d");
    // Half an hour of tea.
    for _ in 0..1800 {
        app.send(Msg::Painted);
    }
    app.keys("d d");
    assert!(status(&app).contains("4 篇 → 略过 4 · 5 分钟"), "{}", status(&app));
}

#[test]
fn swept_pages_look_calm() {
    for (cols, rows) in [(80, 24), (120, 36), (200, 50)] {
        let mut app = app(cols, rows);
        app.keys("b j b x");
        assert_snapshot!(format!("after_a_sweep_at_{cols}x{rows}"), app.screen());
        app.keys("k k k");
        assert_snapshot!(format!("swept_rows_at_{cols}x{rows}"), app.shot());
    }
}

#[test]
fn letters_selection_and_view_at_other_sizes() {
    for (cols, rows) in [(120, 36), (200, 50)] {
        let mut app = app(cols, rows);
        let name = |what: &str| format!("{what}_at_{cols}x{rows}_beside");
        assert_snapshot!(name("letters"), app.keys("b ;").screen());
        assert_snapshot!(name("selection"), app.keys("Esc Space j v j j").screen());
        assert_snapshot!(name("undecided_view"), app.keys("Esc f u d").screen());
    }
}

#[test]
fn undo_goes_to_the_day_of_what_came_back() {
    let mut app = app(80, 24);
    app.keys("j d H j d L u");
    assert_eq!((app.state.papers.date.unwrap().to_string().as_str(), at(&app)), ("2031-05-02", 401));
    assert!(status(&app).starts_with(" 已撤销：略过 1 篇 · 2031-05-02"), "{}", status(&app));
    app.keys("u");
    assert_eq!((app.state.papers.date.unwrap().to_string().as_str(), at(&app)), ("2031-05-03", 101));
    // A bulk step too.
    app.keys("x H u");
    assert_eq!((verdicts(&app).len(), at(&app)), (0, 100));
}

#[test]
fn four_hundred_papers_in_sixty_keys() {
    let folder = tempfile::tempdir().unwrap();
    let papers: Vec<String> = (100..500).map(paper).collect();
    let digest =
        format!(r#"{{"schema":1,"date":"2031-05-03","category":"cs.AI","papers":[{}]}}"#, papers.join(","));
    std::fs::write(folder.path().join("2031-05-03.json"), digest).unwrap();
    let listing = wenzhai::archive::list(&[folder.path().to_owned()]);
    let mut app = App::open(listing, Setup { size: (120, 36), ..Setup::default() });
    assert_eq!(app.state.papers.rows.len(), 400, "{}", app.screen());
    let again = wenzhai::archive::list(&[folder.path().to_owned()]);
    let wide = App::open(again, Setup { size: (200, 50), ..Setup::default() });
    assert!(wide.screen().contains("03 周六  400 / 400 │"), "{}", wide.screen());
    let keepers: Vec<usize> = (0..15).map(|n| 103 + n * 26).collect();
    let mut pressed = 0;
    while app.state.papers.counts(None).undecided > 0 {
        for (row, n) in wholly_painted(&app).into_iter().enumerate() {
            if keepers.contains(&n) {
                let easy =
                    ["F", "J", "D", "K", "S", "L", "A", "G", "H", "R", "U", "E", "I", "W", "O", "T", "Y"];
                app.keys(&format!("; {}", easy[row]));
                pressed += 2;
            }
        }
        app.keys("x");
        pressed += 1;
    }
    assert!(pressed <= 60, "{pressed} keys");
    let kept: Vec<usize> =
        verdicts(&app).into_iter().filter(|(_, v)| *v == Verdict::Bookmarked).map(|(n, _)| n).collect();
    assert_eq!(kept, keepers);
    assert!(status(&app).contains("400 篇 → 收藏 15，略过 385"), "{}", status(&app));
}

/// Keys that triage is made of, movement included; none leaves the program.
const KEYS: [&str; 30] = [
    "x", "x", "x", "X", "b", "w", "d", "j", "k", "G", "gg", "C-f", "C-b", "C-d", "}", "{", ">", "<", ";f",
    ";D", "Space", "v", "V", "r", "fu", "fa", "-", "H", "L", "Esc",
];

fn burst(keys: &[&str]) -> Vec<Key> {
    keys.iter().flat_map(|k| k.parse::<wenzhai::keymap::Keys>().unwrap().0).collect()
}

proptest! {
    /// After whatever was decided, taken back and brought back: each row and each day say what the journal says.
    #[test]
    fn rows_and_counts_are_what_was_decided(
        keys in prop::collection::vec(
            prop::sample::select(vec!["j", "J", "G", "b", "w", "d", "r", "x", "X", "u", "C-r", "v", "V", "H", "L", "H", "Esc"]),
            1..40,
        ),
    ) {
        let mut app = app(80, 24);
        for key in &keys {
            app.keys(key);
        }
        let decided = &app.state.decisions;
        for row in &app.state.papers.rows {
            prop_assert_eq!(row.verdict, decided.verdict(&row.identity), "{:?} {}", keys, row.title);
            prop_assert_eq!(row.is_read, decided.is_read(&row.identity), "{:?} {}", keys, row.title);
        }
        let date = app.state.papers.date.unwrap();
        let counts = app.state.papers.counts(None);
        prop_assert_eq!(app.state.dates.counts.get(&date), Some(&counts), "{:?}", keys);
    }

    /// Whatever was typed before, in bursts, at whatever size: what a sweep dismisses was wholly on the screen that
    /// was painted last.
    #[test]
    fn a_sweep_never_touches_a_paper_that_was_not_wholly_painted(
        cols in 24_u16..210,
        height in 6_u16..50,
        bursts in prop::collection::vec(prop::collection::vec(0..KEYS.len(), 1..4), 1..10),
        sizes in prop::collection::vec(prop::option::weighted(0.2, (24_u16..210, 6_u16..50)), 10),
        last in prop::collection::vec(prop::sample::select(vec!["j", "k", "b", "C-f", "C-b", "G", "?", "q", "x", "fu", "H"]), 0..3),
    ) {
        let mut app = app(cols, height);
        for (keys, size) in bursts.iter().zip(sizes) {
            app.send(Msg::Keys(burst(&keys.iter().map(|k| KEYS[*k]).collect::<Vec<_>>()))).send(Msg::Painted);
            if let Some((cols, rows)) = size {
                app.send(Msg::Resize(Size { cols, rows })).send(Msg::Painted);
            }
        }
        app.keys("Esc Esc Esc Esc g p");
        let painted = wholly_painted(&app);
        let date = app.state.papers.date;
        let before: BTreeMap<usize, Verdict> = verdicts(&app);
        let mut keys: Vec<&str> = last;
        keys.push("x");
        app.send(Msg::Keys(burst(&keys)));
        if app.state.papers.date == date {
            for (paper, verdict) in verdicts(&app) {
                let is_new = verdict == Verdict::Dismissed && before.get(&paper) != Some(&verdict);
                prop_assert!(!is_new || painted.contains(&paper), "{paper} was not painted: {painted:?} {keys:?}");
            }
        }
    }

    /// Any history, then as many undos, is the start; as many redos the end.
    #[test]
    fn undoing_all_is_the_start(
        size in prop::sample::select(vec![(80, 24), (120, 36), (40, 10)]),
        keys in prop::collection::vec(0..KEYS.len(), 1..25),
    ) {
        let mut app = app(size.0, size.1);
        for key in keys {
            app.send(Msg::Keys(burst(&[KEYS[key]]))).send(Msg::Painted);
        }
        let standing = |app: &App| {
            let d = &app.state.decisions;
            let all = (100..120).chain(200..215).chain(300..310).chain(400..404).chain(500..502);
            let paper = |n: usize| wenzhai::model::Identity::new(Some(&format!("3105.{n:05}")), &format!("Paper{n}: A Study of Made Things"), None);
            all.map(|n| (d.verdict(&paper(n)), d.is_read(&paper(n)))).collect::<Vec<_>>()
        };
        let end = standing(&app);
        let steps = journal(&app).len();
        app.keys("Esc Esc Esc Esc g p").keys(&"u ".repeat(steps));
        prop_assert!(standing(&app).iter().all(|s| *s == (Verdict::Undecided, false)));
        app.keys("u");
        prop_assert!(status(&app).contains("没有可撤销的决定") || size.0 < 80);
        app.keys(&"C-r ".repeat(steps));
        prop_assert_eq!(standing(&app), end);
    }
}
