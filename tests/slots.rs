//! What comes of a day that arrives in pieces, late, or not at all; and where the cursor stays meanwhile.

#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use std::sync::Arc;

use app::{App, Setup};
use proptest::prelude::*;
use wenzhai::effect::{Effect, Report, Session};
use wenzhai::keymap::Key;
use wenzhai::model::{Listed, Sources, Stamp, Verdict};
use wenzhai::state::{Item, ListCursor, Msg, Now, Step, update};

/// The sample, with every load kept back. Its newest day has three digests: cs.CL, cs.CV, cs.LG.
fn held() -> App {
    App::open(wenzhai::archive::sample(), Setup { is_holding: true, size: (120, 36), ..Setup::default() })
}

fn title(app: &App) -> String {
    app.state.papers.selected_row().map(|r| r.title.clone()).unwrap_or_default()
}

proptest! {
    #[test]
    fn a_day_is_the_same_in_whatever_order_it_arrives(order in Just(vec![0_usize, 1, 2]).prop_shuffle()) {
        let whole = App::sample(120, 36);
        let mut app = held();
        let mut left: Vec<usize> = vec![0, 1, 2];
        for digest in order {
            let at = left.iter().position(|d| *d == digest).unwrap_or(0);
            left.remove(at);
            app.answer(at);
        }
        prop_assert_eq!(app.screen(), whole.screen());
        prop_assert_eq!(app.session, whole.session);
    }

    /// The promises of the cursor, over any list, pane and walk.
    #[test]
    fn a_list_cursor_is_always_in_view(
        items in prop::collection::vec((1_u16..4, prop::bool::weighted(0.8)), 0..60),
        rows in 0_u16..30,
        steps in prop::collection::vec((0_usize..5, -40_isize..40), 0..20),
    ) {
        let items: Vec<Item> = items.into_iter().map(|(rows, selectable)| Item { rows, selectable }).collect();
        let mut cursor = ListCursor::default();
        for (kind, n) in steps {
            let step = match kind {
                0 => Step::By(n),
                1 => Step::Pages(n.signum()),
                2 => Step::HalfPages(n.signum()),
                3 => Step::First,
                _ => Step::Last,
            };
            cursor = cursor.step(step, &items, rows);
            let Some(selected) = items.get(cursor.selected) else {
                prop_assert!(items.is_empty());
                continue;
            };
            let any = items.iter().any(|i| i.selectable);
            prop_assert!(selected.selectable || !any, "a heading is selected");
            prop_assert!(cursor.top <= cursor.selected);
            let height = |part: &[Item]| part.iter().map(|i| u32::from(i.rows)).sum::<u32>();
            let seen = items.get(cursor.top..=cursor.selected).map_or(0, height);
            prop_assert!(seen <= u32::from(rows) || cursor.top == cursor.selected, "the selected item is cut off");
            let above = items.get(cursor.top.saturating_sub(1)..).map_or(0, height);
            prop_assert!(cursor.top == 0 || above > u32::from(rows), "blank rows below, items hidden above");
        }
    }
}

#[test]
fn a_stale_answer_is_dropped() {
    let mut app = held();
    let late = app.held.clone();
    // Nine other days would push this one out of memory; here the same slots are simply asked for again.
    for _ in 0..3 {
        app.answer(0);
    }
    let before = app.screen();
    for report in late {
        if let Report::Loaded { slot, generation, .. } = report {
            let problem = wenzhai::model::Problem::of_file("late", "came too late");
            app.send(Msg::Report(Report::Loaded {
                slot,
                generation: generation + 1000,
                result: Err(problem),
            }));
        }
    }
    assert_eq!(app.screen(), before);
    assert_eq!(app.state.log, []);
}

#[test]
fn who_has_begun_is_not_moved_when_the_rest_of_the_day_arrives() {
    let mut app = held();
    // cs.LG is here first; two papers are read while cs.CL and cs.CV are still on their way.
    app.answer(2);
    app.keys("j Enter");
    let reading = title(&app);
    assert!(reading.starts_with("On the Opp"), "{reading}");
    app.answer(1);
    app.answer(0);
    assert_eq!(title(&app), reading);
    app.keys("d");
    let decided = app.state.papers.rows.iter().find(|r| r.verdict == Verdict::Dismissed);
    assert_eq!(decided.map(|r| r.title.clone()), Some(reading));
}

/// The sample as if its days were so big that only the open one is kept, with every load kept back.
fn big() -> App {
    let mut listing = wenzhai::archive::sample();
    let big = |listed: &Arc<Listed>| {
        let stamps = vec![Stamp { modified_ns: 0, len: 5 << 20 }; listed.sources.len()];
        Arc::new(Listed { sources: Sources::new(listed.sources.to_vec(), stamps), ..(**listed).clone() })
    };
    listing.digests = listing.digests.iter().map(big).collect();
    App::open(listing, Setup { is_holding: true, size: (120, 36), ..Setup::default() })
}

/// Answers all loads that are held back, the last of those asked for first.
fn answer_all(app: &mut App) {
    while let Some(last) = app.held.len().checked_sub(1) {
        app.answer(last);
    }
}

#[test]
fn a_day_that_is_read_again_is_where_it_was_left_in_whatever_order_it_arrives() {
    let mut app = big();
    answer_all(&mut app);
    app.keys("j j");
    let left = title(&app);
    app.keys("H");
    answer_all(&mut app);
    app.keys("L");
    answer_all(&mut app);
    assert_eq!(title(&app), left);
    // Passed twice, with another category on the screen.
    for _ in 0..2 {
        app.keys("H");
        answer_all(&mut app);
        app.keys("L");
        app.answer(2);
        assert_ne!(title(&app), left);
    }
    answer_all(&mut app);
    assert_eq!(title(&app), left);
    // Who has begun elsewhere stays there.
    app.keys("H");
    answer_all(&mut app);
    app.keys("L");
    app.answer(2);
    app.keys("j");
    let elsewhere = title(&app);
    answer_all(&mut app);
    assert_eq!(title(&app), elsewhere);
}

#[test]
fn the_place_of_the_last_time_is_restored_once_the_day_is_whole() {
    let session = Session {
        date: Some("2025-03-04".into()),
        arxiv: Some("2305.18290".into()),
        key: Some(String::new()),
        tab: Some("en".into()),
        focus: Some("detail".into()),
        view: None,
        newest: Some("2025-03-05".into()),
        mine: false,
        density: Some(1),
        panes: None,
        order: None,
        filters: Vec::new(),
        commands: Vec::new(),
        lines: Vec::new(),
    };
    let setup =
        Setup { session: Some(session.clone()), is_holding: true, size: (120, 36), ..Setup::default() };
    let mut app = App::open(wenzhai::archive::sample(), setup);
    app.answer(0).answer(0);
    assert!(title(&app).starts_with("Direct Preference"), "{}", title(&app));
    assert!(app.screen().contains("[1 English]"));
    // A day that was not there the last time opens instead, at its first undecided paper.
    let setup =
        Setup { session: Some(Session { newest: Some("2025-03-04".into()), ..session }), ..Setup::default() };
    let app = App::open(wenzhai::archive::sample(), setup);
    assert!(title(&app).starts_with("Attention"), "{}", title(&app));
}

#[test]
fn a_verdict_asks_for_one_append_and_saves_the_place() {
    let mut app = App::sample(120, 36);
    let keys = Msg::Keys(vec![Key::char('b')]);
    let effects = update(&mut app.state, Now { wall_ms: 7 }, keys);
    let [Effect::Append(lines), Effect::SaveSession(session)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let text = lines.iter().map(wenzhai::decisions::Line::to_text).collect::<Vec<_>>();
    assert_eq!(
        text,
        [
            r#"{"v":1,"n":1,"t":7,"w":7,"do":[[{"arxiv":"1706.03762","key":"attentionisallyouneed"},"verdict","bookmarked"]],"say":"bookmark 1"}"#
        ]
    );
    assert_eq!(session.arxiv.as_deref(), Some("2106.09685"), "the next paper");
    // Passing over rows writes nothing.
    let effects = update(&mut app.state, Now { wall_ms: 8 }, Msg::Keys(vec![Key::char('j')]));
    assert_eq!(effects, []);
}

#[test]
fn keys_typed_ahead_of_leaving_are_not_commands() {
    let mut app = App::sample(120, 36);
    let burst = "qdb".chars().map(Key::char).collect();
    let effects = update(&mut app.state, Now { wall_ms: 1 }, Msg::Keys(burst));
    assert!(effects.contains(&Effect::Quit));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Append(_))), "{effects:?}");
}

#[test]
fn each_day_keeps_its_row_and_its_counts() {
    let mut app = App::sample(200, 50);
    app.keys("j j j H d L");
    assert!(title(&app).starts_with("NeRF"), "{}", title(&app));
    assert!(
        app.screen().contains("4 / 5"),
        "what was decided on the other day is counted:\n{}",
        app.screen()
    );
    app.keys("u");
    assert!(app.screen().contains("5 / 5"), "and what was taken back:\n{}", app.screen());
    assert!(app.screen().contains("已撤销：略过 1 篇 · 2025-03-04"), "{}", app.screen());
    // What was decided before the start on a day that was not read since has no place to go to.
    let mut decisions = wenzhai::decisions::Decisions::new("test");
    let paper = wenzhai::model::Identity::new(Some("2999.00001"), "Elsewhere", None);
    let cell = wenzhai::decisions::Cell {
        paper,
        field: wenzhai::decisions::Field::Verdict,
        value: wenzhai::decisions::FieldValue::Verdict(Verdict::Dismissed),
    };
    decisions.decide(1, vec![cell], "dismiss 1");
    let mut app =
        App::open(wenzhai::archive::sample(), Setup { decisions, size: (120, 36), ..Setup::default() });
    assert!(app.keys("u").screen().contains("是另一天的论文"), "{}", app.screen());
}

#[test]
fn looking_through_the_dates_can_be_taken_back() {
    let mut app = App::sample(200, 50);
    app.keys("j j g d G Esc");
    assert!(title(&app).starts_with("Chain-of-Thought"), "{}", title(&app));
    app.keys("g d G Enter");
    assert_eq!(app.state.papers.date.map(|d| d.to_string()).as_deref(), Some("2025-03-03"));
    // A category goes to its first paper, but only when it is opened.
    app.keys("L L g d j j");
    assert!(title(&app).starts_with("Chain-of-Thought"), "{}", title(&app));
    app.keys("Enter");
    assert!(title(&app).starts_with("NeRF"), "{}", title(&app));
}

#[test]
fn a_filter_that_is_given_up_leaves_the_row_as_it_was() {
    let mut app = App::sample(120, 36);
    app.keys("G / type:attention Esc Esc");
    assert!(title(&app).starts_with("On the Opp"), "{}", title(&app));
}

#[test]
fn zen_twice_is_as_before_and_alt_keys_do_not_wipe_the_input() {
    for (cols, rows) in [(80, 24), (120, 36)] {
        let mut app = App::sample(cols, rows);
        let before = app.screen();
        app.keys("Z Z");
        assert_eq!(app.state.focus, wenzhai::state::Focus::Papers);
        // Reading alone marks the paper as read; nothing else differs.
        let differs = app.screen().lines().zip(before.lines()).filter(|(a, b)| a != b).count();
        assert!(differs <= 1, "{}", app.screen());
    }
    let mut app = App::sample(80, 24);
    app.keys("/ type:lora A-b");
    assert_eq!(app.state.papers.filter, "lora");
    app.keys("Esc Esc g Esc");
    assert_eq!(app.state.message, None, "a sequence is given up without a word");
}

#[test]
fn a_pane_off_screen_is_not_scrolled_and_not_read() {
    let mut app = App::sample(80, 24);
    app.keys("J J K");
    assert!(app.state.papers.rows.iter().all(|r| !r.is_read));
}
