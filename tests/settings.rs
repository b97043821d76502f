//! Settings that are edited while the reader is open.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::{Path, PathBuf};

use app::{App, Setup};
use proptest::prelude::*;
use pty::{Launch, Pty};
use wenzhai::catalogue::Lang;
use wenzhai::config::{Config, Prefs, Punctuation, Repeats};
use wenzhai::keymap::Keymap;
use wenzhai::model::{Problem, Verdict};
use wenzhai::state::{Msg, Settings};

const FILE: &str = "config.toml";

/// What the app goes by now.
fn settings(app: &App) -> Settings {
    Settings {
        lang: app.state.lang,
        is_ascii: app.state.looks.glyphs.is_ascii,
        prefs: app.state.prefs.clone(),
        keymap: app.state.keymap.clone(),
        files: vec![FILE.to_owned()],
        problems: Vec::new(),
        waiting: Vec::new(),
        is_beyond: false,
    }
}

fn change(app: &mut App, with: impl FnOnce(&mut Settings)) -> String {
    let mut settings = settings(app);
    with(&mut settings);
    app.send(Msg::Settings(Box::new(settings))).send(Msg::Painted);
    app.state.message.as_ref().map(|m| m.text.clone()).unwrap_or_default()
}

#[test]
fn what_can_change_does_and_nothing_moves() {
    let mut app = App::sample(120, 36);
    app.keys("j j j j Enter 2");
    let row = app.state.papers.selected_row().unwrap().title.clone();
    let said = change(&mut app, |s| s.lang = Lang::En);
    assert_eq!(said, "Settings read again");
    let screen = app.screen();
    assert!(screen.contains("undecided") && screen.contains("Takeaways"), "{screen}");
    assert!(!screen.contains("未定") && !screen.contains("要点"), "{screen}");
    assert_eq!(app.state.papers.selected_row().unwrap().title, row);
    let folder = tempfile::tempdir().unwrap();
    let digest = r#"{"schema": 1, "date": "2025-05-01", "papers": [{"id": "f:1:1", "title": "Kettles", "abstract_zh": "我们用Transformer,很好。"}]}"#;
    fs::write(folder.path().join("a.json"), digest).unwrap();
    let listing = wenzhai::archive::list(&[folder.path().to_owned()]);
    let mut app = App::open(listing, Setup { size: (120, 36), ..Setup::default() });
    app.keys("Enter 2");
    let full = app.screen();
    assert!(full.contains("我们用 Transformer，很好"), "{full}");
    change(&mut app, |s| (s.prefs.punctuation, s.prefs.spacing) = (Punctuation::Source, false));
    assert!(app.screen().contains("我们用Transformer,很好"), "{}", app.screen());
    // The raw text stays raw, and the typeset one is the new one.
    app.keys("$");
    let raw = app.screen();
    change(&mut app, |s| (s.prefs.punctuation, s.prefs.spacing) = (Punctuation::Full, true));
    let rest = |screen: &str| screen.lines().rev().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rest(&app.screen()), rest(&raw));
    app.keys("$ $ $ j k");
    change(&mut app, |s| s.is_ascii = true);
    assert!(!app.screen().contains(['│', '▌', '·']), "{}", app.screen());
}

#[test]
fn verdicts_stay_where_the_new_setting_says() {
    let mut app = App::sample(80, 24);
    change(&mut app, |s| s.prefs.advance = false);
    let before = app.state.papers.cursor.selected;
    app.keys("b");
    assert_eq!(app.state.papers.cursor.selected, before);
}

#[test]
fn keys_are_the_new_ones_at_once() {
    let mut app = App::sample(80, 24);
    app.keys("g");
    let (keymap, problems) = Keymap::builtin().with_user("[papers]\n\"gj\" = \"dismiss\"\n", FILE);
    assert!(problems.is_empty());
    change(&mut app, |s| s.keymap = keymap);
    assert!(app.state.typed.is_empty(), "a sequence of the old keys is over");
    app.keys("g j");
    assert!(app.state.papers.rows.iter().any(|r| r.verdict == Verdict::Dismissed));
    app.keys("?");
    let before = app.screen();
    change(&mut app, |s| s.keymap = Keymap::builtin());
    assert_ne!(app.screen(), before, "the open help lists the live keys");
}

#[test]
fn categories_and_repeats_take_effect() {
    let mut app = App::sample(80, 24);
    change(&mut app, |s| s.prefs.categories = vec!["cs.CV".to_owned()]);
    app.keys("C");
    let shown = |app: &App| app.state.papers.place().1;
    let before = shown(&app);
    change(&mut app, |s| s.prefs.categories = vec!["cs.CV".to_owned(), "cs.LG".to_owned()]);
    assert!(shown(&app) > before);
    for repeats in [Repeats::Mark, Repeats::Show, Repeats::Fold] {
        change(&mut app, |s| s.prefs.repeats = repeats);
        assert_eq!(app.state.papers.repeats, repeats);
    }
    // What the user unfolded stays so while other settings change.
    app.keys("z r");
    let chosen = app.state.papers.repeats;
    change(&mut app, |s| s.prefs.advance = false);
    assert_eq!(app.state.papers.repeats, chosen);
}

#[test]
fn what_is_wrong_is_named_and_gone_once_it_is_right() {
    let mut app = App::sample(120, 24);
    let other = Problem::at("digest.json", 1, "odd");
    app.state.log.push(other.clone());
    let wrong = |line, what: &str| Problem::at(FILE, line, what);
    let said =
        change(&mut app, |s| s.problems = vec![wrong(3, "unknown key `langage`"), wrong(7, "not TOML: x")]);
    assert_eq!(said, "config.toml:3: 不认识的键 `langage`（另有 1 处，gl）");
    assert_eq!(app.state.log.len(), 3);
    assert!(app.state.message.as_ref().unwrap().is_error);
    app.keys("g l");
    assert!(app.screen().contains("config.toml:7"), "{}", app.screen());
    app.keys("q");
    let said = change(&mut app, |s| s.waiting = vec!["archive", "journal_dir"]);
    assert_eq!(said, "配置已重新读取 · 下次启动生效：archive、journal_dir");
    assert_eq!(app.state.log, [other]);
}

#[test]
fn rules_stay_while_one_of_them_is_being_written() {
    let env = |_: &str| None;
    let rule = |text: &str| format!("[[rule]]\nkeyword = \"sound\"\n[[rule]]\n{text}\n");
    let (old, _) = Config::parse(&rule("author = \"Ada First\""), FILE, &env);
    let table = [
        ("author = \"Ada", vec!["config.toml:4: not TOML: invalid basic string, expected `\"`"]),
        (
            "author = \"Ada\"\nweigth = 3",
            vec!["config.toml:5: this rule is not used: unknown key `weigth`; did you mean `weight`?"],
        ),
        // What is wrong elsewhere does not keep a rule from being told of.
        (
            "weight = 3\n[[query]]\nname = 1\nquery = \"a\"",
            vec![
                "config.toml:3: this rule has no `keyword`, `author`, `category` or `query`",
                "config.toml:6: `name`: expected a text in quotes, not a number",
            ],
        ),
        ("weight = 3", vec!["config.toml:3: this rule has no `keyword`, `author`, `category` or `query`"]),
    ];
    for (text, said) in table {
        let (new, problems) = old.parse_again(&rule(text), FILE, &env);
        assert_eq!(new.prefs.rules, old.prefs.rules, "{text}");
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), said);
    }
    let (new, problems) = old.parse_again("", FILE, &env);
    assert_eq!((new.prefs.rules, problems), (Vec::new(), Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_settings_change_nothing(
        keys in prop::collection::vec(prop::sample::select(vec![
            "j", "k", "G", "Enter", "q", "b", "x", "=", "$", "Z", "-", "H", "L", "C", "z r", "f u", "Space", "v", "/ type:a",
            "Esc", "?", "C-p", "t", "g d", "|", "Tab", "0",
        ]), 0..12),
    ) {
        let prefs = Prefs { categories: vec!["cs.LG".to_owned()], ..Prefs::default() };
        let mut app = App::open(wenzhai::archive::sample(), Setup { prefs, size: (120, 36), ..Setup::default() });
        for key in &keys {
            app.keys(key);
        }
        let mut before = app.state.clone();
        let shot = app.screen();
        change(&mut app, |_| {});
        // But for what is said, and the screen that is under it.
        before.message.clone_from(&app.state.message);
        prop_assert!(before == app.state, "{keys:?}\n{shot}\n{}", app.screen());
    }

    #[test]
    fn a_setting_that_cannot_be_used_keeps_its_value(spacing in any::<bool>(), days in 1_u16..365, wrong in "[^\n\"'#]{0,12}") {
        let env = |_: &str| None;
        let (old, _) = Config::parse(&format!("spacing = {spacing}\nrepeats_days = {days}\nadvance = false\n"), FILE, &env);
        let (new, problems) = old.parse_again(&format!("spacing = {wrong}x\nrepeats_days = \"{wrong}\"\n"), FILE, &env);
        prop_assert!(!problems.is_empty());
        prop_assert_eq!((new.prefs.spacing, new.prefs.repeats_days), (spacing, days));
        prop_assert!(new.prefs.advance, "what is no more in the file has its default");
        // Again, and the other way.
        prop_assert_eq!(&new.parse_again(&new.to_toml(), FILE, &env).0, &new);
        let (lost, _) = old.parse_again(&"x = [\n".repeat(2000), FILE, &env);
        prop_assert_eq!(&lost, &old);
        let (lost, _) = old.parse_again(&"# long\n".repeat(20_000), FILE, &env);
        prop_assert_eq!(&lost, &old);
    }
}

// What follows is the reader on a terminal, and files on a disk.

fn launch() -> (Launch, PathBuf) {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(120, 30);
    let folder = launch.home().join("config/wenzhai");
    fs::create_dir_all(&folder).unwrap();
    (launch, folder)
}

fn start(launch: Launch) -> Pty {
    let pty = launch.start();
    pty.wait_for("Attention Is All");
    pty
}

fn quit(mut pty: Pty) {
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
}

type Make<'a> = &'a dyn Fn(&Path);

/// As editors write: another file takes the place.
fn replace(path: &Path, text: &str) {
    let new = path.with_extension("new~");
    fs::write(&new, text).unwrap();
    fs::rename(new, path).unwrap();
}

#[test]
fn a_file_that_is_edited_takes_effect_at_once() {
    let (launch, folder) = launch();
    let config = folder.join("config.toml");
    let pty = start(launch);
    fs::write(&config, "language = \"zh\"\n").unwrap();
    pty.wait_for("配置已重新读取");
    pty.wait_for("未定");
    replace(&config, "language = \"en\"\n");
    pty.wait_for("Settings read again");
    replace(&config, "language = \"en\"\nambiguous_width = \"wide\"\n");
    pty.wait_for("from the next start on: ambiguous_width");
    replace(&config, "language = \"zh\"\n\nspacing = maybe\n");
    pty.wait_for("config.toml:3: 不是 TOML");
    pty.wait_for("未定");
    fs::write(folder.join("keymaps.toml"), "[papers]\n\"s\" = \"no-such-verb\"\n").unwrap();
    pty.wait_for("keymaps.toml:2: 不认识的操作");
    fs::remove_file(&config).unwrap();
    fs::write(folder.join("keymaps.toml"), "[papers]\n\"F9\" = \"bottom\"\n").unwrap();
    pty.wait_for("Settings read again");
    pty.send(b"\x1b[20~");
    pty.wait("the last paper", |s| pty::rows_of(s).last().is_some_and(|r| r.contains("7/7")));
    quit(pty);
}

#[test]
fn what_is_no_file_of_settings_changes_nothing_and_is_named() {
    let (launch, folder) = launch();
    let config = folder.join("config.toml");
    fs::write(&config, "language = \"zh\"\n").unwrap();
    let pty = start(launch);
    pty.wait_for("未定");
    let gone = || {
        let _ = fs::remove_file(&config);
        let _ = fs::remove_dir(&config);
    };
    let cases: [(&str, Make); 6] = [
        ("不是文件", &|path| fs::create_dir(path).unwrap()),
        ("不是 UTF-8", &|path| fs::write(path, b"language = \"\xff\"\n").unwrap()),
        ("大于 64 KiB", &|path| fs::write(path, "language = \"en\"\n".repeat(9000)).unwrap()),
        ("是无效的链接", &|path| {
            std::os::unix::fs::symlink("/nowhere/at/all", path).unwrap();
        }),
        ("不是文件", &|path| {
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        }),
        ("不是 TOML 的行太多", &|path| fs::write(path, "= [\n".repeat(100)).unwrap()),
    ];
    for (why, make) in cases {
        gone();
        make(&config);
        pty.wait_for(why);
        pty.wait_for("未定");
    }
    gone();
    pty.wait_for("Settings read again");
    pty.wait_for("undecided");
    quit(pty);
}

#[test]
fn links_folders_that_come_later_and_the_command_line_are_heeded() {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(120, 30);
    let home = launch.home().to_owned();
    fs::create_dir_all(home.join("config")).unwrap();
    let pty = start(launch.arg("--ascii"));
    let dotfiles = home.join("dotfiles");
    fs::create_dir(&dotfiles).unwrap();
    fs::write(dotfiles.join("wenzhai.toml"), "language = \"zh\"\nascii = false\n").unwrap();
    let folder = home.join("config/wenzhai");
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink(dotfiles.join("wenzhai.toml"), folder.join("config.toml")).unwrap();
    pty.wait_for("未定");
    pty.look(|s| assert!(!s.contents().contains('│'), "--ascii counts on"));
    // The file itself changes, not the link.
    replace(&dotfiles.join("wenzhai.toml"), "language = \"en\"\n");
    pty.wait_for("undecided");
    quit(pty);
}

#[test]
fn the_theme_and_the_mouse_are_changed_by_a_command() {
    let (launch, folder) = launch();
    fs::create_dir_all(folder.join("themes")).unwrap();
    fs::write(folder.join("themes/mine.toml"), "base = \"dark\"\nground = \"#102030\"\nnoise = \"\"\n")
        .unwrap();
    let pty = start(launch.env("TERM", "xterm-256color").env("COLORTERM", "truecolor").deaf());
    let corner = |s: &vt100::Screen| s.cell(28, 118).unwrap().bgcolor();
    pty.look(|s| assert_eq!(corner(s), vt100::Color::Default));
    let run = |command: &str| {
        pty.send(format!(":{command}\r").as_bytes());
    };
    run("set theme light");
    pty.wait("the ground of the theme", |s| corner(s) == vt100::Color::Rgb(255, 255, 255));
    run("set theme mine");
    pty.wait_for("mine.toml:3: unknown role");
    pty.wait("another ground", |s| corner(s) == vt100::Color::Rgb(0x10, 0x20, 0x30));
    run("set theme drak");
    pty.wait_for("there is no theme `drak`; did you mean `dark`?");
    pty.wait("the terminal's ground", |s| corner(s) == vt100::Color::Default);
    let before = pty.output().len();
    run("set mouse true");
    pty.wait_for_bytes(before, b"\x1b[?1002h");
    let before = pty.output().len();
    run("set mouse false");
    pty.wait_for_bytes(before, b"\x1b[?1002l");
    quit(pty);
}

#[test]
fn exports_go_to_the_new_folder() {
    let (launch, folder) = launch();
    let to = launch.home().join("exports");
    let pty = start(launch);
    replace(&folder.join("config.toml"), &format!("export_dir = {to:?}\n"));
    pty.wait_for("Settings read again");
    pty.keys("e b");
    pty.wait_for("1 paper written to");
    assert_eq!(fs::read_dir(&to).unwrap().count(), 1);
    // The same text again is no news.
    let before = pty.output().len();
    fs::write(folder.join("config.toml"), format!("export_dir = {to:?}\n")).unwrap();
    pty.keys("R j");
    pty.wait("the second paper", |s| pty::rows_of(s).last().is_some_and(|r| r.contains("2/7")));
    let after = String::from_utf8_lossy(&pty.output()[before..]).into_owned();
    assert!(!after.contains("read again"), "{after}");
    quit(pty);
}

#[test]
fn a_theme_is_painted_as_it_is_edited() {
    let (launch, folder) = launch();
    fs::write(folder.join("config.toml"), "theme = \"mine\"\n").unwrap();
    let themes = folder.join("themes");
    fs::create_dir(&themes).unwrap();
    let mine = themes.join("mine.toml");
    fs::write(&mine, "plain = \"green\"\n").unwrap();
    let pty = start(launch);
    let has = |color: u8| {
        move |s: &vt100::Screen| {
            let (rows, cols) = s.size();
            let mut cells = (0..rows.get()).flat_map(|y| (0..cols.get()).filter_map(move |x| s.cell(y, x)));
            cells.any(|c| c.fgcolor() == vt100::Color::Idx(color))
        }
    };
    pty.wait("a green text", has(2));
    replace(&mine, "plain = \"blue\"\n");
    pty.wait("a blue text", has(4));
    fs::write(&mine, "plain = \"no such colour\"\n").unwrap();
    pty.wait_for("mine.toml:1: ");
    quit(pty);
}
