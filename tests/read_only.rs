//! Nothing is written where the user says so, the log goes where the user says, and colours come when they may.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/pty.rs"]
mod pty;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use app::{App, Setup};
use pty::Launch;
use wenzhai::action::Action;
use wenzhai::catalogue::Lang;
use wenzhai::config::Prefs;
use wenzhai::effect::Effect;
use wenzhai::state::Msg;

fn reader() -> App {
    let prefs = Prefs { is_read_only: true, ..Prefs::default() };
    App::open(wenzhai::archive::sample(), Setup { prefs, lang: Lang::En, ..Setup::default() })
}

#[test]
fn verbs_that_write_say_so_and_do_nothing() {
    let mut app = reader();
    let rows = app.state.papers.rows.clone();
    for action in Action::ALL.iter().filter(|a| a.writes()) {
        app.state.message = None;
        app.send(Msg::Act(*action));
        let said = app.state.message.as_ref().map(|m| m.text.clone()).unwrap_or_default();
        assert_eq!(said, "Read only (--read-only): nothing is written", "{action}");
        assert!(app.state.prompt.is_none(), "{action}");
    }
    // A capital among the letters bookmarks, reading marks as read, and the palette runs verbs too.
    app.keys("; A Enter J Space Esc : type:bookmark Enter g d r g p");
    assert_eq!(app.state.papers.rows, rows);
    assert!(app.state.decisions.pending().is_empty());
    assert_eq!(app.session, None);
    app.keys("j");
    assert!(app.screen().contains("read only"), "{}", app.screen());
    // What is handed on is no affair of the disk.
    app.keys("y y o ! type:true Enter");
    let handed = |e: &Effect| matches!(e, Effect::Copy { .. } | Effect::Open { .. } | Effect::Run(_));
    assert_eq!(app.effects.iter().filter(|e| handed(e)).count(), 3);
    app.keys("R q q");
    assert!(app.effects.iter().all(|e| !e.writes()), "{:?}", app.effects);
    assert_eq!(app.state.exit_status(), 0);
}

/// Every file below a folder with what it holds.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.insert(path.clone(), Vec::new());
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap_or_default());
        }
    }
    found
}

fn launch() -> Launch {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(100, 30);
    let digests = launch.home().join("digests");
    fs::create_dir(&digests).unwrap();
    let digest = r#"{"schema": 1, "date": "2025-05-01", "category": "LLM", "papers": [{"id": "f:1:1", "title": "Kettles that Listen"}]}"#;
    fs::write(digests.join("a.json"), digest).unwrap();
    let config = launch.home().join("config/wenzhai/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    let update = format!("[[archive]]\npath = '{}'\nupdate = \"touch updated\"\n", digests.display());
    fs::write(config, update).unwrap();
    launch
}

#[test]
fn a_reader_that_is_told_so_leaves_no_trace() {
    let launch = launch();
    let home = launch.home().to_owned();
    let before = files(&home);
    let mut pty = launch.arg("--read-only").arg("--lang").arg("en").start();
    pty.wait_for("Kettles");
    pty.keys("b");
    pty.wait_for("nothing is written");
    pty.keys("<Enter> e b a t R ! echo <Space> hi <Enter>");
    pty.wait_for("Enter goes back");
    pty.keys("<Enter>");
    pty.wait_for("Kettles");
    pty.keys("j");
    pty.wait_for("read only");
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(files(&home), before);
}

#[test]
fn the_log_goes_where_it_is_wanted() {
    let launch = launch();
    let home = launch.home().to_owned();
    let log = home.join("my log");
    let mut pty = launch.arg("--log-file").arg(&log).arg("--lang").arg("en").start();
    pty.wait_for("Kettles");
    pty.keys("R");
    let begun = std::time::Instant::now();
    while !fs::read_to_string(&log).unwrap_or_default().contains("update of ") {
        assert!(begun.elapsed().as_secs() < 10);
        std::thread::yield_now();
    }
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!home.join("state/wenzhai/log").exists());
}

/// The program in a home of its own, on no terminal.
fn run(home: &Path, env: &[(&str, &str)], args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenzhai"));
    command.env_clear().env("HOME", home).current_dir(home).args(args).envs(env.iter().copied());
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn subcommands_that_write_are_refused_and_the_others_write_nothing() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let run = |args: &[&str]| run(home, &[], &[&["--read-only"], args].concat());
    for args in [
        &["mark", "1706.03762", "--later"][..],
        &["import", "x"],
        &["journal", "compact"],
        &["update"],
        &["export", "--format", "ris", "-o", "out.ris"],
    ] {
        let (status, out, err) = run(args);
        assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1), "{args:?}: {err}");
        assert!(err.starts_with("wenzhai: --read-only: "), "{err}");
    }
    for args in [
        &["list"][..],
        &["search", "attention"],
        &["show", "1706.03762"],
        &["check"],
        &["export", "--format", "ris"],
        &["export", "--format", "ris", "-o", "-"],
        &["journal", "status"],
        &["doctor"],
        &["keys"],
        &["paths"],
        &["config", "show"],
    ] {
        let (_, out, err) = run(args);
        assert!(!out.is_empty() && !err.contains("--read-only"), "{args:?}: {err}");
    }
    assert_eq!(run(&["import", ".", "--dry-run"]).0, 0);
    assert!(files(home).is_empty(), "{:?}", files(home));
}

#[test]
fn a_log_that_cannot_be_written_is_one_line() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let pipe = home.join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (file, why) in [("nowhere/log", "No such file"), (".", "is not a file"), ("pipe", "is not a file")] {
        let (status, out, err) = run(home, &[], &["--log-file", file, "list"]);
        assert_eq!((status, out.as_str(), err.lines().count()), (1, "", 1), "{err}");
        assert!(err.starts_with(&format!("wenzhai: --log-file {file}: ")) && err.contains(why), "{err}");
    }
    let (status, out, _) = run(home, &[], &["--log-file", "log", "paths"]);
    assert_eq!(status, 0);
    assert!(out.contains(&format!("log\t{}\n", home.join("log").display())), "{out}");
    assert!(!home.join("log").exists(), "made on first need");
    assert_eq!(run(home, &[], &["--log-file", "/dev/null", "paths"]).0, 0);
}

/// Flags, variables, and whether there are colours.
type Case = (&'static [&'static str], &'static [(&'static str, &'static str)], bool);

#[test]
fn colours_come_when_they_may_and_end_on_each_line() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let subcommands: [&[&str]; 4] = [&["list"], &["show", "1706.03762"], &["check"], &["doctor"]];
    let cases: [Case; 9] = [
        (&[], &[], false),
        (&[], &[("TERM", "xterm-256color")], false),
        (&["--color", "always"], &[], true),
        (&["--color", "always"], &[("NO_COLOR", "1"), ("TERM", "dumb")], true),
        (&["--color", "never"], &[("CLICOLOR_FORCE", "1")], false),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[], &[("CLICOLOR_FORCE", "0")], false),
        (&["--color", "auto"], &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], true),
    ];
    for subcommand in subcommands {
        let (_, plain, _) = run(home, &[], &[&["--color", "never"], subcommand].concat());
        for (flags, env, is_coloured) in cases {
            let (_, out, err) = run(home, env, &[flags, subcommand].concat());
            assert!(!err.contains('\u{1b}'), "{err}");
            assert_eq!(out.contains('\u{1b}'), is_coloured, "{subcommand:?} {flags:?} {env:?}");
            let mut bare = String::new();
            for line in out.lines() {
                let (on, off) = (line.matches("\u{1b}[").count(), line.matches("\u{1b}[m").count());
                assert_eq!(on, 2 * off, "{line:?}");
                let mut parts = line.split('\u{1b}');
                bare.push_str(parts.next().unwrap());
                parts.for_each(|p| bare.push_str(p.split_once('m').unwrap().1));
                bare.push('\n');
            }
            if is_coloured && subcommand != ["doctor"] {
                assert_eq!(bare, plain, "{subcommand:?}");
            }
        }
    }
    let (_, out, _) = run(home, &[("CLICOLOR_FORCE", "1")], &["list", "--json"]);
    assert!(!out.contains('\u{1b}'), "JSON has no colours");
}

#[test]
fn a_terminal_gets_colours_and_a_dumb_one_does_not() {
    for (term, args, is_coloured) in [
        ("xterm-256color", &["list"][..], true),
        ("dumb", &["list"], false),
        ("xterm-256color", &["--color", "never", "list"], false),
    ] {
        let mut launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).env("TERM", term);
        for arg in args {
            launch = launch.arg(arg);
        }
        let mut pty = launch.start();
        assert_eq!(pty.wait_exit(), 0);
        assert_eq!(pty.output().windows(2).any(|w| w == b"\x1b["), is_coloured, "{term} {args:?}");
    }
    let coloured = |args: &[&str], env: (&str, &str)| {
        let mut launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).env(env.0, env.1);
        for arg in args {
            launch = launch.arg(arg);
        }
        let pty = launch.start();
        pty.wait_for("Attention");
        pty.look(|s| {
            let (rows, cols) = s.size();
            let cells = (0..rows.get()).flat_map(|y| (0..cols.get()).filter_map(move |x| s.cell(y, x)));
            cells.into_iter().any(|c| c.fgcolor() != vt100::Color::Default)
        })
    };
    assert!(coloured(&[], ("NO_COLOR", "")));
    assert!(!coloured(&[], ("NO_COLOR", "1")));
    assert!(coloured(&["--color", "always"], ("NO_COLOR", "1")));
    assert!(!coloured(&["--color", "never"], ("NO_COLOR", "")));
}

#[test]
fn ids_come_from_a_pipe() {
    let home = tempfile::tempdir().unwrap();
    let mut show = assert_cmd::Command::new(env!("CARGO_BIN_EXE_wenzhai"));
    show.env_clear().env("HOME", home.path()).args(["show", "-", "--json"]);
    let output = show.write_stdin("1706.03762\n\n2106.09685\tcs.CL\tLoRA\nnowhere\n").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let ids: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let ids: Vec<_> = ids.iter().map(|v| v["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1706.03762", "2106.09685"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("\"nowhere\""));
}
