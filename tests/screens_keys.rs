//! Keys that people can find: what may follow a prefix, the help, the palette.

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
                for prefix in ["y", "e", "f", "g", "s", "z"] {
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
fn the_lists_sequences_decide_nothing_in_the_detail_pane() {
    let mut app = open(Lang::En, (120, 36));
    app.keys("Enter f");
    assert!(frame(&app).join(" ").contains("b bookmarked"), "{}", app.screen());
    app.keys("b");
    assert!(app.state.decisions.pending().is_empty());
    assert!(app.screen().contains("bookmarked"), "{}", app.screen());
    app.keys("f a f d f a s t z Q z m");
    assert!(app.state.decisions.pending().is_empty());
    assert!(app.screen().contains("works in"), "{}", app.screen());
    app.keys("f Esc b");
    assert_eq!(app.state.decisions.papers().len(), 1, "{}", app.screen());
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

#[test]
fn the_help_is_narrowed_while_typing() {
    for (lang, name, typed) in [(Lang::En, "en", "undecided"), (Lang::Zh, "zh", "未定")] {
        for size in SIZES {
            let mut app = open(lang, size);
            with_keys(&mut app, "[papers]\n'n' = 'next-undecided'\n'x' = 'later'");
            app.keys("?");
            assert_snapshot!(format!("help_{name}_{}", size.0), app.screen());
            app.keys(&format!("/ type:{typed}"));
            assert_snapshot!(format!("help_narrowed_{name}_{}", size.0), app.shot());
        }
    }
}

#[test]
fn leaving_the_help_goes_layer_by_layer() {
    let mut app = open(Lang::En, (80, 24));
    let list = app.screen();
    let whole = app.keys("?").screen();
    app.keys("/ type:sweep");
    assert!(app.screen().contains(" 1-") && app.buffer().1.is_some(), "{}", app.screen());
    let cleared = app.keys("Esc").screen();
    assert!(cleared.lines().last().unwrap().ends_with("Enter keep  Esc clear"), "{cleared}");
    assert_eq!(app.keys("Esc").screen(), whole);
    // Kept, it can be read as the whole could; the way back shows the whole first.
    app.keys("/ type:category_dismiss Enter");
    assert_eq!(frame(&app).iter().filter(|r| r.contains("category")).count(), 1, "{}", app.screen());
    app.keys("j k G g g");
    app.send(Msg::Resize(Size { cols: 120, rows: 30 })).send(Msg::Resize(Size { cols: 80, rows: 24 }));
    assert_eq!(frame(&app).iter().filter(|r| r.contains("category")).count(), 1, "{}", app.screen());
    assert_eq!(app.keys("Esc").screen(), whole);
    assert_eq!(app.keys("q").screen(), list);
    app.keys("? / type:zzz");
    assert!(app.screen().contains("Nothing here holds “zzz”."), "{}", app.screen());
    assert_eq!(app.keys("C-c").screen(), whole);
    assert_eq!(app.keys("C-c").screen(), list);
}

#[test]
fn the_help_finds_keys_words_in_order_or_not_and_whole_rows() {
    let mut app = open(Lang::En, (80, 24));
    app.keys("? / type:gx");
    assert!(frame(&app).iter().any(|r| r.starts_with("gx ")), "{}", app.screen());
    app.keys("C-u type:undo_LAST");
    let rows = frame(&app);
    assert_eq!(
        rows.get(1..3).unwrap(),
        ["Everywhere", "u                Undo the last decision."],
        "{rows:?}"
    );
    let looks = Looks { glyphs: Glyphs { is_ascii: true, is_wide: true }, theme: app::monochrome() };
    for cols in [20, 30, 90, 200] {
        let mut app =
            App::open(wenzhai::archive::sample(), Setup { looks, size: (cols, 6), ..Setup::default() });
        app.keys("? / type:论文 Down Down Up Enter G");
        drop(app.screen());
    }
}

#[test]
fn the_palette_lists_verbs_with_their_keys() {
    for (lang, name, typed) in [(Lang::En, "en", "chinese"), (Lang::Zh, "zh", "zhongwen")] {
        for size in SIZES {
            let mut app = open(lang, size);
            app.keys("C-p Down Down Down");
            assert_snapshot!(format!("palette_{name}_{}", size.0), app.screen());
            app.keys(&format!("type:{typed}"));
            assert_snapshot!(format!("palette_found_{name}_{}", size.0), app.shot());
        }
    }
}

/// The first row of the palette after typing.
fn first(app: &mut App, typed: &str) -> String {
    app.keys("C-p").keys(&format!("type:{typed}"));
    let row = frame(app).get(1).cloned().unwrap_or_default();
    app.keys("Esc");
    assert!(app.state.popup.is_none() && app.state.prompt.is_none());
    row
}

#[test]
fn verbs_are_found_by_words_letters_keys_and_sound() {
    let mut app = open(Lang::En, (120, 36));
    for (typed, name) in [
        ("next-undecided", "next-undecided"),
        ("nxtund", "next-undecided"),
        ("bibtex_copy", "yank-bibtex"),
        ("yb", "yank-bibtex"),
        ("/", "filter"),
        (";", "letters"),
        ("(", ""),
        ("-", "density"),
        ("=", "bilingual"),
        ("C-l", "redraw"),
        ("撤销", "undo"),
        ("chexiao", "undo"),
        ("quit", "quit"),
        ("zzzz", ""),
    ] {
        let row = first(&mut app, typed);
        let is_found =
            if name.is_empty() { row.starts_with("Nothing here holds") } else { row.ends_with(name) };
        assert!(is_found, "{typed}: {row}");
    }
    // What is on the screen goes before the English of a Chinese reader.
    assert!(first(&mut open(Lang::Zh, (120, 36)), "chex").ends_with("undo"));
}

#[test]
fn a_chosen_verb_runs_in_the_pane_it_was_asked_for_in() {
    let mut app = open(Lang::En, (80, 24));
    let chosen = |app: &App| app.state.papers.chosen_count();
    app.keys("C-p type:select_all Enter");
    assert_eq!(chosen(&app), 7, "{}", app.screen());
    // The same verb from the detail pane says where it belongs.
    app.keys("Esc Enter C-p type:choose-all");
    assert!(frame(&app)[1].ends_with("Paper list"), "{:?}", frame(&app));
    app.keys("Enter");
    assert!(app.screen().contains("works in Paper list"), "{}", app.screen());
    assert_eq!(chosen(&app), 0);
    // It may open an input or a popup of its own, and what is typed ahead goes there.
    app.keys("Esc C-p type:filter_list Enter type:attn Enter");
    assert_eq!(app.state.papers.filter, "attn");
    app.keys("Esc C-p type:help Enter / type:undo");
    assert!(app.screen().contains("Undo the last decision."));
    app.keys("Esc Esc Esc C-p type:gd Tab");
    assert!(app.screen().lines().last().unwrap().starts_with(" :dates"), "{}", app.screen());
    // A sweep takes what was on the screen before.
    app.keys("Esc C-p type:sweep Enter");
    assert!(app.state.decisions.pending().is_empty() && app.screen().contains("dismiss"), "{}", app.screen());
}

#[test]
fn the_palette_fits_every_screen_and_keeps_its_place() {
    for cols in (20..130).step_by(7) {
        for rows in [6, 7, 12, 40] {
            let mut app = open(Lang::Zh, (cols, rows));
            app.keys("C-p Up Down Down Down Down Down Down Down");
            let at = app.state.popup.as_ref().unwrap().palette.chosen().cloned();
            assert!(app.screen().contains('▌'), "{}", app.screen());
            app.send(Msg::Resize(Size { cols: 130 - cols + 20, rows: 46 - rows + 6 }));
            assert_eq!(app.state.popup.as_ref().unwrap().palette.chosen().cloned(), at);
            app.keys("Up Up Up Up Up Up Up Up").keys("type:q");
            drop(app.screen());
        }
    }
}

#[test]
fn narrow_screens_keep_what_matters() {
    for (size, keys, name) in [
        ((40, 10), "?", "help_40"),
        ((20, 6), "?", "help_20"),
        ((20, 6), "C-p", "palette_20"),
        ((20, 6), "l", "tabs_20"),
    ] {
        let mut app =
            App::open(wenzhai::archive::sample(), Setup { size, lang: Lang::En, ..Setup::default() });
        assert_snapshot!(format!("narrow_{name}"), app.keys(keys).screen());
    }
}
