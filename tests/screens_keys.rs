//! Keys that people can find: what may follow a prefix, the help, the palette.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup};
use insta::assert_snapshot;
use wenzhai::catalogue::Lang;
use wenzhai::keymap::Keymap;
use wenzhai::state::{Looks, Msg, Size};
use wenzhai::text::Glyphs;

const BOTH: [(Lang, &str); 2] = [(Lang::En, "en"), (Lang::Zh, "zh")];
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

fn open(lang: Lang, size: (u16, u16)) -> App {
    App::open(wenzhai::archive::sample(), Setup { lang, size, ..Setup::default() })
}

/// Lays a keymap of the user's over the shipped one.
fn with_keys(app: &mut App, toml: &str) {
    let (keymap, problems) = Keymap::builtin().with_user(toml, "keymaps.toml");
    assert_eq!(problems, []);
    app.state.keymap = keymap;
}

/// The rows of the frame on screen, without what is beside it.
fn frame(app: &App) -> Vec<String> {
    let screen = app.screen();
    let inside = |row: &str| {
        let from = row.find(['┌', '│', '└'])?;
        let to = row.rfind(['┐', '│', '┘'])?;
        row.get(from..to).map(|r| r.trim_matches(['┌', '│', '└', '─', ' ']).to_owned())
    };
    screen.lines().filter(|r| r.ends_with(['┐', '│', '┘'])).filter_map(inside).collect()
}

#[test]
fn the_keys_that_may_follow_a_prefix_are_shown_at_once() {
    for (lang, name) in BOTH {
        for size in SIZES {
            for prefix in ["y", "g"] {
                let mut app = open(lang, size);
                app.keys(prefix);
                assert_snapshot!(format!("after_{prefix}_{name}_{}", size.0), app.screen());
            }
        }
    }
}

#[test]
fn every_prefix_of_every_pane_is_shown_whole() {
    for (lang, _) in BOTH {
        for size in SIZES {
            for pane in ["", "Enter", "h"] {
                for prefix in ["y", "e", "f", "g", "z"] {
                    let mut app = open(lang, size);
                    app.keys(pane).keys(prefix);
                    let wanted = app.state.keymap.bindings(app.state.context());
                    let wanted = wanted.map(|b| b.keys.to_string()).filter(|k| k.starts_with(prefix));
                    let shown = frame(&app).join("  ");
                    for keys in wanted {
                        let key = keys.chars().nth(1).unwrap();
                        assert!(shown.contains(&format!("{key} ")), "{pane} {keys}: {shown}");
                    }
                    assert!(!shown.contains('…'), "{shown}");
                }
            }
        }
    }
}

#[test]
fn the_sheet_goes_with_the_sequence() {
    let mut app = open(Lang::En, (80, 24));
    let before = app.screen();
    app.keys("y");
    assert!(app.screen().contains("┌─ y ─") && app.screen().lines().last().unwrap().contains("Esc cancel"));
    assert_eq!(app.keys("Esc").screen(), before);
    app.keys("f u");
    assert!(!app.screen().contains('┌'));
    app.keys("y Q");
    assert!(!app.screen().contains('┌') && app.screen().contains("yQ is not bound"));
}

#[test]
fn the_users_own_keys_are_on_the_sheet_with_their_help() {
    let mut app = open(Lang::En, (80, 24));
    let toml = "[papers]\n'yk' = false\n'y1' = 'sweep'\n'y x C-a' = 'letters'\n[global]\n'yG' = 'log'";
    with_keys(&mut app, toml);
    app.keys("y");
    assert_snapshot!(frame(&app).join("\n"));
    app.keys("x");
    assert_eq!(frame(&app).len(), 3, "{}", app.screen());
}

#[test]
fn a_screen_without_room_for_the_sheet_has_the_line() {
    for (size, has_sheet) in [((40, 9), true), ((40, 8), false), ((20, 6), false)] {
        let mut app = open(Lang::En, size);
        app.keys("y");
        let screen = app.screen();
        assert_eq!(screen.contains('┌'), has_sheet, "{size:?}\n{screen}");
        assert!(has_sheet || screen.lines().last().unwrap().contains("y link"), "{screen}");
    }
    for cols in 1..90 {
        for rows in 1..20 {
            let mut app = open(Lang::Zh, (cols, rows));
            drop(app.keys("e").screen());
        }
    }
}
