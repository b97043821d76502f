//! Themes, pane sizes and the mouse, as a user sees them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup, monochrome, rows, theme};
use insta::assert_snapshot;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use wenzhai::catalogue::Lang;
use wenzhai::model::Verdict;
use wenzhai::state::{Focus, Gesture, Looks, Mouse, Msg, Size, Tab};
use wenzhai::theme::{Role, Theme};

fn open(theme: Theme, size: (u16, u16), lang: Lang) -> App {
    let looks = Looks { theme, ..Looks::default() };
    App::open(wenzhai::archive::sample(), Setup { lang, size, looks, ..Setup::default() })
}

#[test]
fn the_main_screen_in_each_theme() {
    for name in ["dark", "light", "sixteen", "high-contrast-dark", "high-contrast-light"] {
        let shot = open(theme(name), (80, 24), Lang::Zh).keys("b d w j").shot();
        assert_snapshot!(name, shot);
    }
    assert_snapshot!("monochrome", open(monochrome(), (80, 24), Lang::En).keys("b d w j").shot());
}

/// The screen without colours: characters and attributes.
fn plain(app: &App) -> Vec<(String, Modifier)> {
    let cells = app.buffer().0.content;
    assert!(cells.iter().all(|c| c.fg == Color::Reset && c.bg == Color::Reset));
    cells.iter().map(|c| (c.symbol().to_owned(), c.modifier)).collect()
}

/// What one has to see is seen without colours: each pair of screens differs in nothing else.
#[test]
fn without_colours_everything_is_told_by_marks_and_attributes() {
    for (what, one, other) in [
        ("bookmarked", "j k", "b k"),
        ("later", "j k", "w k"),
        ("dismissed", "j k", "d k"),
        ("bookmarked or later", "b k", "w k"),
        ("dismissed or later", "d k", "w k"),
        ("read", "j", "r j"),
        ("selected", "j", "j j"),
        ("chosen", "j", "Space"),
        ("who has the keys", "", "l"),
        ("the tab", "l 2", "l 3"),
        ("the sentence", "= j", "= j j"),
        ("the hit", "l 1 / type:the Enter", "l 1 / type:the Enter n"),
        ("hits", "l 1", "l 1 / type:attention Enter"),
        ("found in the list", "", "/ type:attention"),
        ("the offer", "/ type:is: Tab", "/ type:is: Tab Tab"),
        ("the verb", "C-p", "C-p Down"),
        ("the mistake", "/ type:author", "/ type:author:("),
    ] {
        for size in [(80, 24), (120, 36), (200, 50)] {
            let screen = |keys| plain(open(monochrome(), size, Lang::En).keys(keys));
            // One pane alone needs no sign of who has the keys: it is another pane.
            assert!(screen(one) != screen(other), "{what} at {size:?}");
        }
    }
}

/// Marks tell what kind of line it is in any theme: an error has another look than a notice.
#[test]
fn an_error_does_not_look_like_a_notice() {
    for theme in
        ["dark", "light", "sixteen", "high-contrast-dark"].map(theme).into_iter().chain([monochrome()])
    {
        assert_ne!(theme.style(Role::Error), theme.style(Role::Plain));
        assert_ne!(theme.style(Role::Error), theme.style(Role::Dim));
    }
}

/// No theme makes Han bold, and none paints over more than the selected row.
#[test]
fn han_is_never_bold_and_grounds_are_where_they_belong() {
    for name in wenzhai::theme::BUILTIN.map(|(name, _)| name) {
        for keys in ["", "b j", "0", "= j", "?", "C-p", "/ type:注意力", "l / type:模型 Enter", "Space"]
        {
            for size in [(80, 24), (120, 36), (200, 50)] {
                let app = &mut open(theme(name), size, Lang::Zh);
                let buffer = app.keys(keys).buffer().0;
                let is_bold_han = |c: &&ratatui::buffer::Cell| {
                    wenzhai::text::width(c.symbol()) > 1 && c.modifier.contains(Modifier::BOLD)
                };
                assert_eq!(buffer.content.iter().find(is_bold_han), None, "{name} {keys}");
                let grounds = |y: u16| (0..size.0).filter(|x| buffer[(*x, y)].bg != Color::Reset).count();
                let painted = (0..size.1).filter(|y| grounds(*y) > 0).count();
                assert!(painted <= 4, "{name} {keys} {size:?}: {painted} rows");
            }
        }
    }
}

#[test]
fn the_ground_of_the_selected_row_is_whole() {
    for (size, keys) in
        [((80, 24), "j"), ((120, 36), "j j"), ((200, 50), "j"), ((200, 50), "- j"), ((120, 36), "j ;")]
    {
        let app = &mut open(theme("dark"), size, Lang::Zh);
        let buffer = app.keys(keys).buffer().0;
        let tint = theme("dark").style(Role::Selected).bg.unwrap();
        let pane = app.state.regions().papers.unwrap();
        let bars: Vec<u16> =
            (pane.top()..pane.bottom()).filter(|y| buffer[(pane.x, *y)].symbol() == "▌").collect();
        assert!(!bars.is_empty());
        for y in pane.top()..pane.bottom() {
            let is_selected = bars.contains(&y);
            for x in pane.left()..pane.right() {
                assert_eq!(buffer[(x, y)].bg == tint, is_selected, "{size:?} {keys} {x},{y}");
            }
        }
    }
}

// Pane sizes.

fn widths(app: &App) -> Vec<u16> {
    let r = app.state.regions();
    [r.dates, r.papers, r.detail].into_iter().flatten().map(|p| p.width).collect()
}

#[test]
fn plus_and_minus_size_the_pane_that_has_the_keys() {
    let app = &mut App::sample(120, 36);
    assert_eq!(widths(app), [56, 63]);
    assert_eq!(widths(app.keys("+")), [60, 59]);
    assert_eq!(widths(app.keys("l + +")), [52, 67]);
    assert_eq!(widths(app.keys("_ _ _ _ _ _ _ _ _")), [79, 40]);
    assert!(app.screen().contains("此窗格已是最窄"), "{}", app.screen());
    let app = &mut App::sample(200, 50);
    assert_eq!(widths(app), [20, 88, 90]);
    assert_eq!(widths(app.keys("+")), [20, 92, 86]);
    assert_eq!(widths(app.keys("g d +")), [24, 88, 86]);
    assert_eq!(widths(app.keys("_ _ _ _")), [14, 98, 86]);
    // One pane alone has nothing to share with.
    let app = &mut App::sample(80, 24);
    assert!(app.keys("+").screen().contains("旁边没有别的窗格"));
    assert_eq!(widths(app), [80]);
}

#[test]
fn sizes_are_kept_for_each_layout() {
    let app = &mut App::sample(120, 36);
    app.keys("+ +").send(Msg::Resize(Size { cols: 200, rows: 50 }));
    assert_eq!(widths(app), [20, 88, 90], "another layout");
    app.keys("g d + g p");
    app.keys("q");
    let session = app.session.clone().unwrap();
    assert_eq!(session.panes, app.state.session().panes);
    let setup = |size| Setup { size, session: Some(session.clone()), ..Setup::default() };
    assert_eq!(widths(&App::open(wenzhai::archive::sample(), setup((120, 36)))), [64, 55]);
    assert_eq!(widths(&App::open(wenzhai::archive::sample(), setup((200, 50)))), [24, 84, 90]);
    // Untouched they are not in the session, so that another default can come.
    let app = &mut App::sample(120, 36);
    app.keys("q");
    assert_eq!(app.state.session().panes, None);
}

#[test]
fn a_resized_pane_keeps_what_is_read() {
    let app = &mut App::sample(120, 36);
    app.keys("l 0 C-d j j");
    let first =
        |app: &App| app.state.reader.in_view()[0].spans.iter().map(|s| s.text.trim()).collect::<String>();
    let before = first(app);
    app.keys("+ + + _ _ _");
    assert_eq!(first(app), before);
    app.keys("_ _ _ _ +");
    let begin: String = before.chars().take(6).collect();
    assert!(app.screen().contains(&begin), "{begin}\n{}", app.screen());
}

// The mouse.

fn mouse(app: &mut App, what: Gesture, x: u16, y: u16) -> &mut App {
    app.send(Msg::Mouse(Mouse { what, at: Position::new(x, y) })).send(Msg::Painted)
}

fn click(app: &mut App, x: u16, y: u16) -> &mut App {
    mouse(app, Gesture::Press, x, y);
    mouse(app, Gesture::Release, x, y)
}

/// Cells of a row before a byte of it.
fn cells_before(row: &str, at: usize) -> u16 {
    wenzhai::text::width(row.get(..at).unwrap()) as u16
}

/// Where a text stands below the header.
fn find(app: &App, text: &str) -> (u16, u16) {
    let buffer = app.buffer().0;
    let found = rows(&buffer).iter().enumerate().skip(1).find_map(|(y, row)| {
        let at = row.find(text)?;
        Some((cells_before(row, at), y as u16))
    });
    found.unwrap_or_else(|| panic!("{text}:\n{}", rows(&buffer).join("\n")))
}

#[test]
fn a_click_selects_a_row_and_another_opens_it() {
    for (cols, rows) in [(80, 24), (120, 36), (200, 50)] {
        let app = &mut App::sample(cols, rows);
        let (x, y) = find(app, "NeRF");
        click(app, x, y);
        assert_eq!(
            app.state.papers.selected_row().unwrap().title,
            "NeRF: Representing Scenes as Neural Radiance Fields for View Synthesis"
        );
        assert_eq!(app.state.focus, Focus::Papers);
        // Its second line too, and the gutter.
        let gutter = app.state.regions().papers.unwrap().x;
        click(app, gutter, y + 1);
        assert_eq!(app.state.focus, Focus::Detail);
        assert!(app.state.papers.selected_row().unwrap().is_read);
        // Nothing was decided.
        assert!(app.state.papers.rows.iter().all(|r| r.verdict == Verdict::Undecided));
    }
}

#[test]
fn the_second_press_of_a_double_click_does_nothing_more() {
    let app = &mut App::sample(80, 24);
    let (x, y) = find(app, "Attention Is All");
    // Selected already: the first press opens, and the pane that opens has tabs and text under the second.
    for gesture in [Gesture::Press, Gesture::Press] {
        app.send(Msg::Mouse(Mouse { what: gesture, at: Position::new(x, y) }));
    }
    assert_eq!(app.state.focus, Focus::Detail);
}

#[test]
fn a_click_opens_a_tab_without_reading() {
    for size in [(80, 24), (120, 36), (200, 50)] {
        for lang in [Lang::En, Lang::Zh] {
            let app = &mut open(theme("dark"), size, lang);
            if size.0 < 100 {
                app.keys("l");
            }
            for tab in Tab::ALL {
                let (x, y) = find(app, "1 English");
                let label = tab.label(lang);
                let row = rows(&app.buffer().0)[usize::from(y)].clone();
                let at = row.rfind(&label).unwrap();
                let at = cells_before(&row, at);
                click(app, at, y);
                assert_eq!(app.state.reader.tab, tab, "{size:?} at {at} of {row}");
                click(app, x.min(at), y + 1);
            }
            if size.0 >= 100 {
                let app = &mut open(theme("dark"), size, lang);
                let (x, y) = find(app, "1 English");
                click(app, x, y);
                assert_eq!((app.state.focus, app.state.reader.tab), (Focus::Papers, Tab::English));
                assert!(!app.state.papers.selected_row().unwrap().is_read);
            }
        }
    }
}

#[test]
fn a_click_shows_a_day_and_another_goes_to_its_list() {
    let app = &mut App::sample(200, 50);
    let before = app.state.papers.date;
    let (x, y) = find(app, "04 周二");
    click(app, x, y);
    assert_eq!(app.state.focus, Focus::Dates);
    assert_ne!(app.state.papers.date, before);
    let (x, y) = find(app, "04 周二");
    click(app, x, y);
    assert_eq!(app.state.focus, Focus::Papers);
    // A heading is no day.
    let (x, y) = find(app, "2025-03 ");
    click(app, x, y);
    assert_eq!(app.state.focus, Focus::Dates);
}

#[test]
fn the_wheel_scrolls_what_is_under_the_pointer() {
    let app = &mut App::sample(120, 24);
    app.keys("0");
    let pane = app.state.regions().detail.unwrap();
    mouse(app, Gesture::WheelDown, pane.x + 5, 12);
    assert_eq!((app.state.reader.top, app.state.papers.place().0), (3, 1));
    mouse(app, Gesture::WheelUp, pane.x + 5, 12);
    assert_eq!(app.state.reader.top, 0);
    mouse(app, Gesture::WheelDown, 5, 12);
    assert_eq!(app.state.papers.place().0, 2);
    app.keys("?");
    mouse(app, Gesture::WheelDown, 5, 12);
    assert_eq!(app.state.popup.as_ref().unwrap().top, 3);
    // A click beside a popup does nothing.
    click(app, 3, 3);
    assert!(app.state.popup.is_some());
    assert_eq!(app.state.papers.place().0, 2);
}

#[test]
fn the_border_follows_the_pointer() {
    let app = &mut App::sample(120, 36);
    mouse(app, Gesture::Press, 56, 10);
    for x in [57, 60, 66] {
        mouse(app, Gesture::Drag, x, 10);
        assert_eq!(app.state.regions().rules, [Some(x), None]);
    }
    mouse(app, Gesture::Drag, 119, 10);
    assert_eq!(app.state.regions().rules, [Some(79), None]);
    mouse(app, Gesture::Release, 70, 10);
    mouse(app, Gesture::Drag, 30, 10);
    assert_eq!(app.state.regions().rules, [Some(79), None], "let go");
    assert_eq!(app.state.focus, Focus::Papers);
    assert!(app.session.as_ref().is_some_and(|s| s.panes.is_some()));
    let app = &mut App::sample(200, 50);
    mouse(app, Gesture::Press, 20, 10);
    mouse(app, Gesture::Drag, 30, 10);
    assert_eq!(app.state.regions().rules, [Some(30), Some(109)]);
    mouse(app, Gesture::Press, 109, 10);
    mouse(app, Gesture::Drag, 140, 10);
    assert_eq!(app.state.regions().rules, [Some(30), Some(140)]);
}

fn gesture() -> impl Strategy<Value = Gesture> {
    prop_oneof![
        4 => Just(Gesture::Press),
        2 => Just(Gesture::Drag),
        1 => Just(Gesture::Release),
        1 => Just(Gesture::WheelUp),
        2 => Just(Gesture::WheelDown),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the mouse does, nothing is decided, nothing panics, and every screen is drawn within its panes.
    #[test]
    fn the_mouse_decides_nothing(
        size in prop_oneof![Just((80_u16, 24_u16)), Just((120, 36)), Just((200, 50)), Just((21, 7)), Just((5, 3))],
        does in prop::collection::vec((gesture(), 0_u16..210, 0_u16..55, prop::option::of(0_usize..8)), 1..40),
    ) {
        let app = &mut App::sample(size.0, size.1);
        for (what, x, y, key) in does {
            mouse(app, what, x, y);
            if let Some(key) = key {
                app.keys(["Tab", "Z", "=", "?", ";", "/", "+", "g"][key]);
                app.keys("C-c");
                if app.effects.contains(&wenzhai::effect::Effect::Quit) {
                    break;
                }
            }
            let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
            let _ = wenzhai::view::draw(&app.state, &mut buffer);
        }
        prop_assert!(app.state.papers.rows.iter().all(|r| r.verdict == Verdict::Undecided));
    }
}
