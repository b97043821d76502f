//! Copying, opening and exporting from the reader: keys in, effects and screens out; then the bytes on the wire, in a
//! terminal, in tmux, and what other programs get.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use app::{App, Setup};
use biblatex::Bibliography;
use insta::assert_snapshot;
use pty::{Launch, Pty};
use serde_json::json;
use wenzhai::catalogue::Lang;
use wenzhai::effect::{Copied, Effect, NotCopied, Report, Way};
use wenzhai::state::Msg;

/// A digest whose first paper has everything, the second nothing, and the third a name that wants out.
fn digest() -> String {
    let papers = json!([
        {
            "id": "2505.00001", "arxiv": {"id": "2505.00001", "version": 2}, "title": "Boats: Paper & Ink",
            "authors": ["Ada Example"], "abstract_en": "We fold boats. See https://boats.example/page.",
            "abstract_zh": "我们折“纸船”。", "summary": "总结。", "takeaways": ["甲。", "乙。"],
            "links": {"code": "https://github.com/a/boats"}, "images": ["https://img.example/1.png"],
            "categories": ["cs.CL"],
        },
        {"id": "t:0123456789abcdef", "title": "Kettles that Listen", "authors": ["Bo Y"]},
        {
            "id": "f:1:1", "title": "-rf $(id) `id`; \"x\" 'y' \u{1b}]52;c;AAAA\u{7} | sh\n&",
            "links": {"code": "javascript:alert(1)", "abs": "https://-oProxy.example/x", "other": ["--version"]},
        },
    ]);
    json!({"schema": 1, "date": "2025-05-01", "category": "LLM", "papers": papers}).to_string()
}

fn app(lang: Lang, cols: u16, rows: u16) -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), digest()).unwrap();
    let listing = wenzhai::archive::list(&[folder.path().to_owned()]);
    let app = App::open(listing, Setup { size: (cols, rows), lang, ..Setup::default() });
    (folder, app)
}

/// Presses keys and returns what is handed on.
fn handed(app: &mut App, keys: &str) -> Vec<Effect> {
    let before = app.effects.len();
    app.keys(keys);
    let all = app.effects[before..].iter().cloned();
    all.filter(|e| matches!(e, Effect::Copy { .. } | Effect::Open { .. } | Effect::Export { .. })).collect()
}

fn copied(app: &mut App, keys: &str) -> String {
    match handed(app, keys).as_slice() {
        [Effect::Copy { text, .. }] => text.clone(),
        [] => format!("none: {}", app.state.message.as_ref().map_or("", |m| &m.text)),
        other => panic!("{other:?}"),
    }
}

const SEARCH: &str = "https://arxiv.org/search/?searchtype=title&query=Kettles%20that%20Listen";

#[test]
fn each_key_copies_its_part_as_the_source_has_it() {
    let (_folder, mut app) = app(Lang::En, 80, 24);
    for (keys, want) in [
        ("y y", "https://arxiv.org/abs/2505.00001"),
        ("y p", "https://arxiv.org/pdf/2505.00001"),
        ("y i", "2505.00001"),
        ("y t", "Boats: Paper & Ink"),
        ("y m", "Boats: Paper & Ink\n甲。\nhttps://arxiv.org/abs/2505.00001"),
        ("y a", "We fold boats. See https://boats.example/page."),
        ("y z", "我们折“纸船”。"),
        ("y s", "总结。"),
        ("y k", "1. 甲。\n2. 乙。"),
    ] {
        assert_eq!(copied(&mut app, keys), want, "{keys}");
    }
    let bibtex = copied(&mut app, "y b");
    assert!(bibtex.starts_with("@misc{example-boats-2505.00001,\n"), "{bibtex}");
    assert_eq!(Bibliography::parse(&bibtex).unwrap().len(), 1);
    app.keys("Enter");
    assert_eq!(copied(&mut app, "y t"), "Boats: Paper & Ink");
}

#[test]
fn without_an_id_the_search_is_copied_and_what_is_missing_is_said() {
    let (_folder, mut app) = app(Lang::En, 80, 24);
    app.keys("j");
    assert_eq!(
        handed(&mut app, "y y"),
        [Effect::Copy { text: SEARCH.into(), what: "search by title".into() }]
    );
    assert_eq!(handed(&mut app, "o"), [Effect::Open { url: SEARCH.into() }]);
    assert_eq!(copied(&mut app, "y p"), "none: Nothing to hand on: no PDF here.");
    assert_eq!(copied(&mut app, "y z"), "none: Nothing to hand on: no 中文 here.");
    assert_eq!(copied(&mut app, "O"), "none: Nothing to hand on: no PDF here.");
    assert_eq!(copied(&mut app, "y i"), "t:0123456789abcdef");
}

#[test]
fn a_selection_is_copied_and_exported_as_a_whole_and_stays() {
    let (_folder, mut app) = app(Lang::En, 120, 36);
    app.keys("Space Space");
    assert_eq!(copied(&mut app, "y y"), format!("https://arxiv.org/abs/2505.00001\n{SEARCH}"));
    assert_eq!(copied(&mut app, "y a"), "We fold boats. See https://boats.example/page.");
    app.keys("Space");
    assert_eq!(copied(&mut app, "y t").lines().count(), 3);
    assert_eq!(Bibliography::parse(&copied(&mut app, "y b")).unwrap().len(), 3);
    let [Effect::Export { name, text, papers }] = &handed(&mut app, "e b")[..] else { panic!() };
    assert_eq!((name, *papers), (&("wenzhai-2025-05-01".to_owned(), "bib"), 3));
    assert_eq!(Bibliography::parse(text).unwrap().len(), 3);
    assert_eq!(app.state.papers.chosen_count(), 3);
}

#[test]
fn each_format_has_its_key_and_one_paper_its_name() {
    let (_folder, mut app) = app(Lang::En, 80, 24);
    for (key, ending) in [
        ("b", "bib"),
        ("r", "ris"),
        ("s", "csl.json"),
        ("m", "md"),
        ("o", "org"),
        ("j", "json"),
        ("c", "csv"),
    ] {
        let handed = handed(&mut app, &format!("e {key}"));
        let [Effect::Export { name, text, papers: 1 }] = &handed[..] else { panic!("{handed:?}") };
        assert_eq!(*name, ("example-boats-2505.00001".to_owned(), ending));
        assert!(text.contains("2505.00001") && text.ends_with('\n'));
    }
    app.keys("G");
    let [Effect::Export { name, .. }] = &handed(&mut app, "e b")[..] else { panic!() };
    assert_eq!(name.0, "rf-f_1_1");
}

#[test]
fn opening_counts_as_reading_and_only_the_web_is_opened() {
    let (_folder, mut app) = app(Lang::En, 80, 24);
    let is_read = |app: &App| app.state.papers.selected_row().unwrap().is_read;
    assert!(!is_read(&app));
    for (key, url) in [
        ("o", "https://arxiv.org/abs/2505.00001"),
        ("O", "https://arxiv.org/pdf/2505.00001"),
        ("c", "https://github.com/a/boats"),
    ] {
        assert_eq!(handed(&mut app, key), [Effect::Open { url: url.to_owned() }]);
    }
    assert!(is_read(&app));
    app.keys("G");
    for key in ["o", "c"] {
        assert_eq!(handed(&mut app, key), []);
        assert!(app.screen().contains("neither http nor https"), "{}", app.screen());
    }
    assert!(!is_read(&app));
    app.keys("g x");
    let screen = app.screen();
    assert!(screen.contains("search by title") && !screen.contains("version"), "{screen}");
}

#[test]
fn the_list_of_links_opens_by_letter_and_copies_by_capital() {
    for (lang, name) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for (cols, rows) in [(80, 24), (120, 36)] {
            let (_folder, mut app) = app(lang, cols, rows);
            app.keys("g x");
            assert_snapshot!(format!("links_{name}_{cols}"), app.screen());
            assert_eq!(handed(&mut app, "h"), [Effect::Open { url: "https://boats.example/page".into() }]);
            assert!(app.state.popup.is_none());
            app.keys("g x");
            assert_eq!(copied(&mut app, "F"), "https://github.com/a/boats");
            // Keys that move and close keep their sense; letters of no label do nothing.
            app.keys("g x j k g g");
            assert_eq!(handed(&mut app, "z"), []);
            assert!(app.state.popup.is_some());
            app.keys("q");
            assert!(app.state.popup.is_none());
        }
    }
}

#[test]
fn what_came_of_it_is_said_in_both_languages() {
    let url = "https://a.org/x".to_owned();
    let text = || Copied::Text("BibTeX · 3 papers".to_owned());
    let copied = |what, came| Report::Copied { what, bytes: 1234, came };
    let long = format!("https://a.org/{}", "x".repeat(200));
    let reports = [
        copied(text(), Ok(Way::Terminal)),
        copied(text(), Ok(Way::Through("GNU screen"))),
        copied(text(), Ok(Way::Tmux)),
        copied(text(), Ok(Way::Program("wl-copy"))),
        copied(text(), Ok(Way::File("~/yank".to_owned()))),
        copied(text(), Err(NotCopied::TooLong(74_994))),
        copied(text(), Err(NotCopied::File("/x: is not a file".to_owned()))),
        copied(Copied::Address(url.clone()), Ok(Way::Terminal)),
        Report::Opened(url.clone(), Ok(())),
        Report::Opened(url, Err("xdg-open: exit status: 3".to_owned())),
        Report::Exported(2, Ok("~/papers.bib".to_owned())),
        Report::Exported(2, Err("/x: Permission denied".to_owned())),
        copied(Copied::Address(long), Ok(Way::Terminal)),
    ];
    let mut said = Vec::new();
    for lang in [Lang::En, Lang::Zh] {
        let (_folder, mut app) = app(lang, 100, 24);
        for report in &reports {
            app.send(Msg::Report(report.clone()));
            said.push(app.screen().lines().last().unwrap().to_owned());
        }
        said.push(app.screen());
    }
    assert_snapshot!(said.join("\n"));
}

/// A reader on the digest in a terminal that knows of no desktop and no multiplexer.
fn launch() -> Launch {
    let mut launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(120, 30);
    for name in ["TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"] {
        launch = launch.env(name, "");
    }
    let archive = launch.home().join("digests");
    fs::create_dir(&archive).unwrap();
    fs::write(archive.join("a.json"), digest()).unwrap();
    launch.arg(&archive)
}

fn start(launch: Launch) -> Pty {
    let pty = launch.start();
    pty.wait_for("Kettles");
    pty
}

fn quit(mut pty: Pty) {
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn the_terminal_gets_the_text_by_osc_52() {
    let pty = start(launch());
    let before = pty.output().len();
    pty.keys("y z");
    // 我们折“纸船”。
    pty.wait_for_bytes(before, "\x1b]52;c;5oiR5Lus5oqY4oCc57q46Ii54oCd44CC\x07".as_bytes());
    pty.wait_for("Copied: 中文 · 24 bytes · sent to the terminal (OSC 52)");
    pty.keys("G y t");
    pty.wait_for("Copied: title");
    let output = pty.output();
    let marks = output.windows(5).filter(|w| w == b"\x1b]52;").count();
    assert_eq!(marks, 2, "what a title holds is not sent");
    quit(pty);
}

#[test]
fn screen_and_a_tmux_that_is_gone_get_their_wrappings() {
    let pty = start(launch().env("STY", "1.pts"));
    let before = pty.output().len();
    pty.keys("y i");
    pty.wait_for_bytes(before, b"\x1bP\x1b]52;c;MjUwNS4wMDAwMQ==\x07\x1b\\");
    pty.wait_for("sent through GNU screen");
    quit(pty);
    let pty = start(launch().env("TMUX", "/nowhere/socket,1,0"));
    let before = pty.output().len();
    pty.keys("y i");
    pty.wait_for_bytes(
        before,
        b"\x1b]52;c;MjUwNS4wMDAwMQ==\x07\x1bPtmux;\x1b\x1b]52;c;MjUwNS4wMDAwMQ==\x07\x1b\\",
    );
    pty.wait_for("sent through tmux");
    quit(pty);
}

#[test]
fn a_title_of_a_megabyte_is_too_long_for_a_terminal_and_not_for_a_file() {
    let launch = launch();
    let papers = json!([{"id": "2505.1", "title": "x; ".repeat(350_000)}]);
    let long = json!({"schema": 1, "date": "2025-05-02", "category": "LLM", "papers": papers});
    fs::write(launch.home().join("digests/b.json"), long.to_string()).unwrap();
    let folder = launch.home().to_owned();
    let config = folder.join("config/wenzhai/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    fs::write(&config, format!("export_dir = {folder:?}\n")).unwrap();
    let pty = launch.start();
    pty.wait_for("x; x;");
    pty.keys("y t");
    pty.wait_for("Not copied: 1049999 bytes, terminals take 74994; em writes a file");
    pty.keys("e m");
    pty.wait_for("1 paper written to ");
    assert!(fs::metadata(folder.join("2505.1.md")).unwrap().len() > 1_000_000);
    quit(pty);
}

/// Writes a program that is found before all others.
fn program(folder: &Path, name: &str, script: &str) {
    fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn path_with(folder: &Path) -> String {
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

#[test]
fn a_program_of_the_desktop_is_used_where_there_is_one_and_it_works() {
    let launch = launch();
    let (bin, got) = (launch.home().join("bin"), launch.home().join("got"));
    program(&bin, "xclip", &format!("cat > '{}'", got.display()));
    let path = path_with(&bin);
    let pty = start(launch.env("DISPLAY", ":99").env("PATH", &path));
    pty.keys("y t");
    pty.wait_for("by xclip");
    assert_eq!(fs::read_to_string(&got).unwrap(), "Boats: Paper & Ink");
    program(&bin, "xclip", "exit 1");
    program(&bin, "xsel", "exit 1");
    let before = pty.output().len();
    pty.keys("y i");
    pty.wait_for_bytes(before, b"\x1b]52;c;MjUwNS4wMDAwMQ==\x07");
    quit(pty);
}

#[test]
fn a_file_takes_what_is_copied_when_the_user_asks() {
    let launch = launch();
    let file = launch.home().join("yank");
    let pty = start(launch.arg("--print-yank").arg(&file));
    pty.keys("y a y z");
    pty.wait_for("Copied: 中文");
    assert_eq!(fs::read_to_string(&file).unwrap(), "我们折“纸船”。");
    assert!(!pty.output().windows(5).any(|w| w == b"\x1b]52;"));
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    pty.keys("y i");
    pty.wait_for("is not a file");
    quit(pty);
}

#[test]
fn without_a_desktop_the_link_is_copied_and_shown() {
    let pty = start(launch().env("SSH_CONNECTION", "1 2 3 4").env("DISPLAY", ":10"));
    let before = pty.output().len();
    pty.keys("o");
    pty.wait_for_bytes(before, b"\x1b]52;c;aHR0cHM6Ly9hcnhpdi5vcmcvYWJzLzI1MDUuMDAwMDE=\x07");
    pty.wait_for("No browser here; link copied: https://arxiv.org/abs/2505.00001");
    let link = "https://arxiv.org/abs/2505.00001";
    pty.wait_for_bytes(before, format!("\x1b]8;id=wenzhai;{link}\x1b\\{link}\x1b]8;;\x1b\\").as_bytes());
    let before = pty.output().len();
    pty.keys("G k g x f");
    pty.wait_for("searchtype=title");
    // Too long for the last line, so in a window, whose rows are one link.
    let starts = |bytes: &[u8]| bytes.windows(5).filter(|w| w == b"\x1b]8;i").count();
    pty.wait_for_bytes(before, b"\x1b]8;id=wenzhai;https://arxiv.org/search/");
    assert!(starts(&pty.output()[before..]) >= 1);
    // Any key takes the window away and does what it does.
    pty.keys("j");
    pty.wait("the last paper", |s| pty::rows_of(s).last().is_some_and(|r| r.contains("3/3")));
    quit(pty);
}

#[test]
fn a_console_that_would_print_it_gets_no_command() {
    let pty = start(launch().env("TERM", "linux"));
    pty.keys("o");
    pty.wait_for("this terminal has no clipboard; see --print-yank; https://arxiv.org/abs/2505.00001");
    pty.keys("y y");
    pty.wait_for("Not copied: this terminal has no clipboard");
    assert!(!pty.output().windows(2).any(|w| w == b"\x1b]"));
    quit(pty);
}

/// A tmux server of its own with the reader in its only pane.
struct Tmux {
    home: tempfile::TempDir,
}

impl Tmux {
    /// Starts the reader with these options of tmux; none where there is no tmux.
    fn start(options: &str, env: &str) -> Option<Self> {
        Command::new("tmux").arg("-V").output().ok()?;
        let tmux = Self { home: tempfile::tempdir().unwrap() };
        let home = tmux.home.path().display();
        fs::create_dir(tmux.home.path().join("digests")).unwrap();
        fs::write(tmux.home.path().join("digests/a.json"), digest()).unwrap();
        fs::write(tmux.home.path().join("tmux.conf"), format!("set -g status off\n{options}\n")).unwrap();
        let program = format!(
            "exec env -u DISPLAY -u WAYLAND_DISPLAY {env} HOME={home} XDG_STATE_HOME={home}/s XDG_DATA_HOME={home}/d \
             XDG_CONFIG_HOME={home}/c XDG_CACHE_HOME={home}/k LC_ALL=C.UTF-8 {} {home}/digests",
            env!("CARGO_BIN_EXE_wenzhai"),
        );
        tmux.run(&["new-session", "-d", "-x", "120", "-y", "30", &program]);
        tmux.wait(&["capture-pane", "-p"], "Kettles");
        Some(tmux)
    }

    fn run(&self, args: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.env_remove("TMUX").env("TMUX_TMPDIR", self.home.path()).env("LC_ALL", "C.UTF-8");
        command.arg("-u").arg("-f").arg(self.home.path().join("tmux.conf")).args(["-L", "hands"]).args(args);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    }

    /// Asks until the answer holds `text`.
    fn wait(&self, args: &[&str], text: &str) -> String {
        let begun = Instant::now();
        loop {
            let said = self.run(args);
            if said.contains(text) {
                return said;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{args:?}: {said}");
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

#[test]
fn in_tmux_its_buffer_holds_the_text() {
    // tmux's own command, with its defaults; then, where it does not know that it is tmux, OSC 52 alone.
    for (options, env, way) in [
        ("", "", "in tmux's buffer"),
        ("set -s set-clipboard off", "", "in tmux's buffer"),
        ("set -s set-clipboard on", "TMUX=/nowhere,1,0", "sent through tmux"),
        ("set -s set-clipboard on\nset -g default-terminal screen", "TMUX=", "sent to the terminal"),
        ("set -s set-clipboard on\nset -g default-terminal tmux", "TMUX=", "sent through tmux"),
    ] {
        let Some(tmux) = Tmux::start(options, env) else {
            println!("skipped: there is no tmux");
            return;
        };
        tmux.run(&["send-keys", "y", "z"]);
        tmux.wait(&["capture-pane", "-p"], way);
        assert_eq!(tmux.wait(&["show-buffer"], "我们"), "我们折“纸船”。", "{options} {env}");
        tmux.run(&["send-keys", "y", "b"]);
        tmux.wait(&["capture-pane", "-p"], "BibTeX");
        assert_eq!(Bibliography::parse(&tmux.wait(&["show-buffer"], "@misc")).unwrap().len(), 1);
    }
}

#[test]
fn a_command_of_the_users_gets_the_link_as_one_word() {
    let launch = launch();
    let (bin, got) = (launch.home().join("bin"), launch.home().join("got"));
    program(&bin, "my browser", &format!("for a; do echo \"[$a]\"; done >> '{}'", got.display()));
    let config = launch.home().join("config/wenzhai/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    let command = [bin.join("my browser").display().to_string(), "--new tab".to_owned()];
    fs::write(&config, format!("open_command = {command:?}\n")).unwrap();
    let pty = start(launch.env("SSH_TTY", "/dev/pts/1"));
    pty.keys("j o");
    pty.wait_for("Opened https://arxiv.org/search");
    assert_eq!(fs::read_to_string(&got).unwrap(), format!("[--new tab]\n[{SEARCH}]\n"));
    program(&bin, "my browser", "exit 3");
    pty.keys("k O");
    pty.wait_for("exit status: 3");
    quit(pty);
}

#[test]
fn files_are_written_beside_each_other() {
    let launch = launch();
    let folder = launch.home().join("exports");
    let config = launch.home().join("config/wenzhai/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    fs::write(&config, "export_dir = \"~/exports\"\n").unwrap();
    let pty = start(launch);
    pty.keys("e b");
    pty.wait_for("1 paper written to ~/exports/example-boats-2505.00001.bib");
    pty.keys("e b");
    pty.wait_for("~/exports/example-boats-2505.00001-2.bib");
    pty.keys("V e c");
    pty.wait_for("3 papers written to ~/exports/wenzhai-2025-05-01.csv");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "").unwrap();
    pty.keys("e r");
    pty.wait_for("Not written: ");
    quit(pty);
}
