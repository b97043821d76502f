//! Keys pressed at random in every context, on lists and terminals of any size: nothing panics, and the laws of the
//! screen hold after each of them.
//!
//! `WENZHAI_WALK=20000` walks so many keys on each archive.

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
use days::Dice;
use wenzhai::action::{Action, Context};
use wenzhai::effect::Report;
use wenzhai::keymap::{Key, Keys};
use wenzhai::model::Verdict;
use wenzhai::state::{Entry, ListCursor, Msg, Size, View};

/// Terminals; the state of one may stand in the way of the next.
const SIZES: [(u16, u16); 10] =
    [(20, 6), (80, 24), (300, 100), (1, 1), (39, 12), (40, 7), (120, 30), (20, 100), (300, 6), (0, 0)];

/// Writes a day of `count` papers; every version of it has other lengths.
fn write_day(root: &Path, date: &str, category: &str, papers: std::ops::Range<usize>) {
    let papers: Vec<String> = papers
        .map(|n| {
            format!(
                r#"{{"id":"3105.{n:05}","arxiv":{{"id":"3105.{n:05}"}},"title":"Paper {n}: 排版与 $O(n^2)$",
                "authors":["Ada First"],"abstract_en":"One sentence. Another one of {n}.","abstract_zh":"一句话。另一句{n}。",
                "takeaways":["要点一","要点二"],"links":{{"other":[]}}}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"schema":1,"date":"{date}","category":"{category}","sources":[],"notices":[],"papers":[{}]}}"#,
        papers.join(",")
    );
    let folder = root.join(date);
    fs::create_dir_all(&folder).unwrap_or_default();
    fs::write(folder.join(format!("{category}.json")), text).unwrap_or_default();
}

fn check(app: &App, path: &str) {
    let state = &app.state;
    let papers = &state.papers;
    let in_range = |what: &str, cursor: ListCursor, len: usize| {
        assert!(
            cursor.selected < len.max(1) && cursor.top <= cursor.selected,
            "{what} {cursor:?} {len}: {path}"
        );
    };
    in_range("papers", papers.cursor, papers.items.len());
    in_range("dates", state.dates.cursor, state.dates.items.len());
    assert_eq!(papers.items.len(), papers.entries.len(), "{path}");
    for entry in &papers.entries {
        match entry {
            Entry::Paper(row) => assert!(*row < papers.rows.len(), "{path}"),
            Entry::Group(group) => assert!(*group < papers.groups.len(), "{path}"),
            Entry::Missing(_) | Entry::More(_) => {}
            Entry::Folded { repeats, muted } => {
                let counts = papers.counts(None);
                assert!(repeats + muted > 0 && *repeats <= counts.folded && *muted <= counts.muted, "{path}");
            }
        }
    }
    let counts = papers.counts(None);
    let parts = counts.undecided + counts.bookmarked + counts.later + counts.dismissed;
    assert_eq!((counts.records(), parts), (papers.rows.len(), counts.all), "{path}");
    if let Some(date) = papers.date {
        assert_eq!(state.dates.counts.get(&date).unwrap_or(&counts), &counts, "{path}");
    }
    if papers.filter.trim().is_empty()
        && papers.mine.is_empty()
        && matches!(papers.view, View::All | View::Undecided)
    {
        let shown = papers
            .entries
            .iter()
            .filter_map(|e| if let Entry::Paper(at) = e { papers.rows.get(*at) } else { None });
        let undecided = shown.filter(|r| r.verdict == Verdict::Undecided).count();
        assert_eq!(undecided, counts.undecided, "one can go to what is counted: {path}");
    }
    assert!(counts.read <= counts.all && papers.chosen_count() <= papers.rows.len(), "{path}");
    for row in &papers.rows {
        assert_eq!(row.verdict, state.decisions.verdict(&row.identity), "{}: {path}", row.title);
    }
    let (buffer, cursor) = app.buffer();
    if let Some(at) = cursor {
        assert!(buffer.area.contains(at), "the terminal's cursor is at {at:?}: {path}");
    }
}

/// What could be pressed now: a sequence bound here, one that is bound elsewhere, or any text.
fn press(app: &App, dice: &mut Dice) -> Vec<Key> {
    let here = app.state.context();
    let context = match dice.roll(10) {
        0..=6 => here,
        7 | 8 => Context::Global,
        _ => Context::ALL[dice.roll(Context::ALL.len())],
    };
    let bound: Vec<&Keys> = app.state.keymap.bindings(context).map(|b| &b.keys).collect();
    if bound.is_empty() || dice.roll(8) == 0 {
        return vec![Key::char(['a', 'f', '0', '9', ' ', '中', '"', '-', '\u{301}', '2'][dice.roll(10)])];
    }
    bound[dice.roll(bound.len())].0.clone()
}

/// Something other than a key.
fn happen(app: &mut App, dice: &mut Dice, root: &Path) -> String {
    match dice.roll(6) {
        0 | 1 => {
            let (cols, rows) = SIZES[dice.roll(SIZES.len())];
            app.send(Msg::Resize(Size { cols, rows }));
            format!("<{cols}x{rows}>")
        }
        2 => {
            let first = dice.roll(30);
            let to = first + dice.roll(12);
            write_day(root, "2031-05-02", "cs.AI", first..to);
            app.send(Msg::Report(Report::Listed(wenzhai::archive::list(&[root.to_owned()]))));
            format!("<papers {first}..{to}>")
        }
        3 => {
            let _ = fs::remove_dir_all(root.join("2031-05-01"));
            if dice.roll(2) == 0 {
                write_day(root, "2031-05-01", "cs.CL", 50..51);
            }
            app.send(Msg::Report(Report::Listed(wenzhai::archive::list(&[root.to_owned()]))));
            "<day>".to_owned()
        }
        4 => {
            app.send(Msg::Paste("a\u{1b}[31m 中\n\u{200b}\u{202e}b".to_owned()));
            "<paste>".to_owned()
        }
        _ if app.held.is_empty() => {
            app.send(Msg::Resumed);
            "<resumed>".to_owned()
        }
        _ => {
            let n = dice.roll(app.held.len());
            app.answer(n);
            "<answer>".to_owned()
        }
    }
}

fn walk(seed: u64, days: &[(&str, &str, usize)], is_holding: bool) {
    let steps = std::env::var("WENZHAI_WALK").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let root = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    for (n, (date, category, count)) in days.iter().enumerate() {
        write_day(root.path(), date, category, n * 20..n * 20 + count);
    }
    let mut dice = Dice(seed);
    let listing = wenzhai::archive::list(&[root.path().to_owned()]);
    let mut app =
        App::open(listing, Setup { is_holding, is_holding_searches: is_holding, ..Setup::default() });
    let mut path: Vec<String> = Vec::new();
    for _ in 0..steps {
        if dice.roll(12) == 0 {
            let what = happen(&mut app, &mut dice, root.path());
            path.push(what);
        } else {
            let keys = press(&app, &mut dice);
            path.push(Keys(keys.clone()).to_string());
            for key in keys {
                app.send(Msg::Keys(vec![key]));
            }
            if dice.roll(4) > 0 {
                app.send(Msg::Painted);
            }
        }
        let newest = path.len().saturating_sub(40);
        check(&app, &format!("seed {seed}: {}", path[newest..].join(" ")));
    }
    take_back(&mut app, &path);
}

/// Undoes everything: nothing was decided about any paper then.
fn take_back(app: &mut App, path: &[String]) {
    app.keys("Esc Esc Esc Esc");
    for _ in 0..=path.len() {
        let before = app.state.decisions.clone();
        app.send(Msg::Act(Action::Undo));
        if app.state.decisions == before {
            break;
        }
    }
    for paper in app.state.decisions.papers() {
        let verdict = app.state.decisions.verdict(&paper);
        assert_eq!(verdict, Verdict::Undecided, "{:?} after {}", paper.arxiv, path.join(" "));
    }
    check(app, "all undone");
}

#[test]
fn keys_at_random_break_nothing() {
    let archives: [&[(&str, &str, usize)]; 5] = [
        &[],
        &[("2031-05-01", "cs.CL", 0)],
        &[("2031-05-02", "cs.AI", 1)],
        &[("2031-05-02", "cs.AI", 2), ("2031-05-01", "cs.CL", 1)],
        &[("2031-05-03", "cs.AI", 30), ("2031-05-03", "cs.CV", 12), ("2031-05-02", "cs.AI", 5)],
    ];
    for (n, days) in archives.iter().enumerate() {
        for is_holding in [false, true] {
            walk(0x9e37_79b9 + n as u64 * 2 + u64::from(is_holding), days, is_holding);
        }
    }
}
