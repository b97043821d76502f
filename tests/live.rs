//! The filter of a day that is too long to be filtered between a key and its frame.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/days.rs"]
#[allow(dead_code, reason = "each test file uses its part of the days")]
mod days;

use app::{App, Setup};
use days::Dice;
use wenzhai::catalogue::Lang;
use wenzhai::effect::{Effect, Report};
use wenzhai::state::{Entry, Msg};

/// What queries are typed of: parts that are hits and that are none, in both languages, and what asks for decisions.
const PARTS: [&str; 16] = [
    "a",
    "r",
    "rl",
    "tr",
    "on",
    "模型",
    "qh",
    "attention",
    "OR",
    "-b",
    "is:read",
    "-is:dismissed",
    "has:code",
    "has:note",
    "text:we",
    "zzz",
];
/// What is pressed beside: decisions, steps, views, orders, and the ways out of the input.
const KEYS: [&str; 18] = [
    "Enter", "Enter", "Esc", "Esc", "Down", "Up", "j", "k", "b", "d", "l", "x", "u", "v u", "v a", "s t",
    "s s", "G",
];

/// The sample archive with days of at most so many papers filtered at once.
fn open(most: usize, is_holding: bool) -> App {
    let setup =
        Setup { size: (120, 36), lang: Lang::En, is_holding_searches: is_holding, ..Setup::default() };
    let mut app = App::open(wenzhai::archive::sample(), setup);
    app.state.filter_at_once(most);
    app
}

/// The papers of the list from top to bottom, with the one the cursor is on.
fn shown(app: &App) -> (Vec<Entry>, Option<(usize, usize)>) {
    let place = app.state.papers.selected_row().map(|r| (r.slot.0 as usize, r.index));
    (app.state.papers.entries.clone(), place)
}

fn ids(app: &App) -> Vec<String> {
    let papers = &app.state.papers;
    (0..papers.entries.len()).filter_map(|at| papers.row_at(at)).map(|r| r.title.clone()).collect()
}

fn filters(app: &App) -> usize {
    app.effects.iter().filter(|e| matches!(e, Effect::Filter { .. })).count()
}

/// A part of an answer: the best hits of the first papers.
fn part_of(report: &Report, dice: &mut Dice) -> Report {
    let Report::Filtered { generation, hits, .. } = report else { return report.clone() };
    let most = dice.roll(20);
    let hits = hits.iter().copied().filter(|i| *i < most).collect();
    Report::Filtered { generation: *generation, hits, is_whole: false }
}

/// Hands some of the answers over in parts, in the order in which they come, with earlier ones again between.
fn answer(app: &mut App, dice: &mut Dice, old: &mut Vec<Report>) {
    while !app.held.is_empty() {
        let report = app.held.remove(0);
        for _ in 0..dice.roll(3) {
            app.send(Msg::Report(part_of(&report, dice))).send(Msg::Painted);
            if !old.is_empty() {
                let stale = old[dice.roll(old.len())].clone();
                app.send(Msg::Report(stale)).send(Msg::Painted);
            }
        }
        app.send(Msg::Report(report.clone())).send(Msg::Painted);
        old.push(report);
    }
}

#[test]
fn a_long_day_is_filtered_as_a_short_one_however_the_answers_come() {
    let mut compared = 0;
    for seed in 1..=40 {
        let is_late = seed % 2 == 0;
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (seed * 0x1000_0001));
        let (mut at_once, mut aside, mut old) =
            (open(usize::MAX, false), open(dice.roll(4), true), Vec::new());
        let mut path = Vec::new();
        for _ in 0..30 {
            let is_input = at_once.state.prompt.is_some();
            let key = match dice.roll(if is_input { 3 } else { 6 }) {
                0 if !is_input => "/".to_owned(),
                0 | 1 if is_input => format!("type:{}", dice.pick(&PARTS)),
                2 if is_input => ["Backspace", "Space", "C-u", "Enter", "Esc"][dice.roll(5)].to_owned(),
                _ if is_input => "Enter".to_owned(),
                _ => dice.pick(&KEYS).to_owned(),
            };
            path.push(key.clone());
            at_once.keys(&key);
            aside.keys(&key);
            // What is typed on before the answer leaves no trace; what is done to a list depends on what is in it.
            if !is_late || !is_input || dice.roll(2) == 0 || aside.state.prompt.is_none() {
                answer(&mut aside, &mut dice, &mut old);
                let (theirs, ours) = (shown(&at_once), shown(&aside));
                assert_eq!(ours.0, theirs.0, "seed {seed}: {}", path.join(" "));
                assert!(!aside.state.papers.awaits_hits(), "seed {seed}: {}", path.join(" "));
                // The hits of a query that was never listed cannot have moved the cursor.
                if is_late && ours.1 != theirs.1 {
                    break;
                }
                assert_eq!(ours.1, theirs.1, "seed {seed}: {}", path.join(" "));
                compared += 1;
            }
        }
        assert_eq!(filters(&at_once), 0);
    }
    assert!(compared > 600, "{compared}");
}

#[test]
fn the_list_stays_until_there_is_another_one() {
    let mut app = open(3, true);
    let all = shown(&app);
    app.keys("/ type:attention");
    assert_eq!(shown(&app), all);
    assert!(app.screen().contains("…/"), "{}", app.screen());
    app.answer(0);
    assert!(ids(&app)[0].starts_with("Attention"), "{:?}", ids(&app));
    assert!(!app.screen().contains("…/"), "{}", app.screen());
}

#[test]
fn enter_does_not_wait_and_what_was_typed_holds_when_it_comes() {
    let mut app = open(3, true);
    app.keys("/ type:attention Enter");
    assert!(app.state.prompt.is_none());
    app.answer(0);
    let mut same = open(usize::MAX, false);
    same.keys("/ type:attention Enter");
    assert_eq!(shown(&app), shown(&same));
}

#[test]
fn whoever_moves_on_before_the_answer_is_not_moved_by_it() {
    let mut app = open(3, true);
    app.keys("/ type:a Down Down");
    let at = shown(&app).1;
    app.answer(0);
    assert_eq!(shown(&app).1, at);
}

#[test]
fn what_was_typed_before_is_dropped_and_so_is_what_was_left() {
    let mut app = open(3, true);
    app.keys("/ type:attention Backspace");
    let (first, second) = (app.held.remove(0), app.held.remove(0));
    let before = shown(&app);
    app.send(Msg::Report(first));
    assert_eq!(shown(&app), before);
    app.keys("Esc Esc");
    assert_eq!(app.effects.iter().filter(|e| **e == Effect::StopFilter).count(), 1);
    let before = shown(&app);
    app.send(Msg::Report(second));
    assert_eq!(shown(&app), before);
    assert_eq!(ids(&app).len(), app.state.papers.rows.len());
}

#[test]
fn deciding_asks_again_only_where_the_filter_is_about_decisions() {
    let mut app = open(3, false);
    app.keys("/ type:a Enter");
    let asked = filters(&app);
    app.keys("b j d");
    assert_eq!(filters(&app), asked);
    app.keys("/ C-u type:is:undecided Enter");
    let asked = filters(&app);
    app.keys("b");
    assert_eq!(filters(&app), asked + 1);
}
