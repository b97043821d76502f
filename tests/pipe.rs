//! Commands of the user's: what they get of the papers, and that the terminal comes back whatever they do to it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::Path;

use app::{App, Setup};
use insta::assert_snapshot;
use proptest::prelude::*;
use pty::{Launch, Pty};
use rustix::process::Signal;
use serde_json::{Value, json};
use wenzhai::catalogue::Lang;
use wenzhai::config::{PipeFormat, Prefs};
use wenzhai::effect::{Effect, Errand, Ran, Report};
use wenzhai::state::Msg;

/// What wants to be run, wherever it is put: by a shell, a terminal or a reader of Markdown.
const HOSTILE: &str = "-rf $(touch own) `touch own`; touch own | touch own & \"touch own\" 'x' \u{1b}]0;own\u{7}\n# <script>own</script> ![](http://own)";

fn digest() -> String {
    let papers = json!([
        {
            "id": "2505.00001", "arxiv": {"id": "2505.00001", "version": 2}, "title": "Boats: Paper & Ink",
            "title_zh": "纸船与墨", "authors": ["Ada Example", "Bo Y"], "abstract_en": "We fold boats.\n# Not a heading",
            "abstract_zh": "我们折“纸船”。", "summary": "总结。", "takeaways": ["甲。", "乙。"],
            "links": {"code": "https://github.com/a/boats"}, "categories": ["cs.CL"],
        },
        {"id": "t:0123456789abcdef", "title": "Kettles that Listen", "authors": ["Bo Y"]},
        {"id": "f:1:1", "title": HOSTILE, "authors": [HOSTILE], "abstract_en": HOSTILE},
    ]);
    json!({"schema": 1, "date": "2025-05-01", "category": "LLM", "papers": papers}).to_string()
}

fn open(digest: &str, setup: Setup) -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), digest).unwrap();
    let app = App::open(wenzhai::archive::list(&[folder.path().to_owned()]), setup);
    (folder, app)
}

fn app(lang: Lang, cols: u16, rows: u16) -> (tempfile::TempDir, App) {
    open(&digest(), Setup { lang, size: (cols, rows), ..Setup::default() })
}

/// Presses keys, the last of which runs a command.
fn errand(app: &mut App, keys: &str) -> Errand {
    let before = app.effects.len();
    app.keys(keys);
    let runs: Vec<_> =
        app.effects[before..].iter().filter(|e| matches!(e, Effect::Run(_))).cloned().collect();
    match runs.as_slice() {
        [Effect::Run(errand)] => errand.clone(),
        other => panic!("{keys}: {other:?}\n{}", app.screen()),
    }
}

fn variable<'a>(errand: &'a Errand, name: &str) -> &'a str {
    errand.variables.iter().find(|(n, _)| *n == name).map_or("unset", |(_, value)| value)
}

#[test]
fn a_command_gets_the_paper_in_the_form_one_chooses() {
    let (_folder, mut app) = app(Lang::En, 80, 24);
    let markdown = errand(&mut app, "| type:wc_-l Enter");
    assert_eq!(markdown.command, "wc -l");
    assert_snapshot!("markdown", markdown.input.unwrap());
    let json = errand(&mut app, "| Tab type:jq Enter").input.unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["schema"], &json["papers"][0]["title"]), (&1.into(), &"Boats: Paper & Ink".into()));
    let text = errand(&mut app, "| Tab Tab type:cat Enter");
    assert_snapshot!("text", text.input.unwrap());
    // Round to where it began, and with a pane alone.
    app.keys("Enter");
    let again = errand(&mut app, "| Tab Tab Tab type:x Enter").input.unwrap();
    assert!(again.starts_with("# Boats"), "{again}");
    let prefs = Prefs { pipe_format: PipeFormat::Json, ..Prefs::default() };
    let (_folder, mut app) = open(&digest(), Setup { prefs, ..Setup::default() });
    assert!(errand(&mut app, "| type:x Enter").input.unwrap().starts_with("{\"schema\":1"));
}

#[test]
fn a_selection_goes_as_a_whole_and_stays() {
    let (_folder, mut app) = app(Lang::En, 120, 36);
    app.keys("Space Space");
    let both = errand(&mut app, "| type:cat Enter");
    let input = both.input.as_deref().unwrap();
    assert_eq!(input.lines().filter(|l| l.starts_with("# ")).count(), 2, "{input}");
    assert_eq!(variable(&both, "WENZHAI_COUNT"), "2");
    assert_eq!(app.state.papers.chosen_count(), 2);
    let json = errand(&mut app, "| Tab type:cat Enter").input.unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["papers"].as_array().unwrap().len(), 2);
}

#[test]
fn variables_tell_of_the_paper() {
    let (_folder, mut app) = app(Lang::En, 120, 36);
    app.keys("b k t type:rl,boats Enter");
    let shell = errand(&mut app, "! type:env Enter");
    assert_eq!((shell.command.as_str(), &shell.input), ("env", &None));
    for (name, want) in [
        ("ID", "2505.00001"),
        ("TITLE", "Boats: Paper & Ink"),
        ("TITLE_ZH", "纸船与墨"),
        ("AUTHORS", "Ada Example; Bo Y"),
        ("URL", "https://arxiv.org/abs/2505.00001"),
        ("PDF", "https://arxiv.org/pdf/2505.00001"),
        ("DATE", "2025-05-01"),
        ("CATEGORY", "LLM"),
        ("VERDICT", "bookmarked"),
        ("TAGS", "boats rl"),
        ("NOTE", ""),
        ("COUNT", "1"),
    ] {
        assert_eq!(variable(&shell, &format!("WENZHAI_{name}")), want, "{name}");
    }
    assert_eq!(errand(&mut app, "! Enter").command, "", "nothing typed is the user's shell");
}

#[test]
fn what_was_run_is_offered_again_and_kept() {
    let (_folder, mut app) = app(Lang::En, 80, 24);
    for command in ["wc", "cat", "wc"] {
        errand(&mut app, &format!("| type:{command} Enter"));
    }
    assert_eq!(app.session.as_ref().unwrap().commands, ["wc", "cat"]);
    assert_eq!(errand(&mut app, "! C-r C-r Enter").command, "cat");
    assert_eq!(errand(&mut app, "| Up Enter").command, "cat");
    // Nothing to give papers to.
    let before = app.effects.len();
    app.keys("| Enter | Esc | type:x Esc Esc");
    assert!(app.effects[before..].iter().all(|e| !matches!(e, Effect::Run(_))));
    assert!(app.state.prompt.is_none());
    let session = app.session.clone();
    let mut later = open(&digest(), Setup { session, ..Setup::default() });
    assert_eq!(errand(&mut later.1, "| C-r Enter").command, "cat");
}

#[test]
fn the_input_for_a_command() {
    for (lang, name) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for (cols, rows) in [(80, 24), (120, 36)] {
            let (_folder, mut app) = app(lang, cols, rows);
            errand(&mut app, "| type:pandoc_-o_boats.html_&&_xdg-open_boats.html Enter");
            let last = |app: &App| app.screen().lines().last().unwrap().to_owned();
            let mut rows = Vec::new();
            for keys in ["|", "Tab", "type:jq", "Esc Esc", "!", "type:make", "Esc Esc Space Space |"] {
                app.keys(keys);
                rows.push(last(&app));
            }
            assert_snapshot!(format!("input_{name}_{cols}"), rows.join("\n"));
        }
    }
}

#[test]
fn only_a_status_of_failure_is_said_afterwards() {
    let (_folder, mut app) = app(Lang::Zh, 80, 24);
    let said = |app: &mut App, ran: Ran| {
        app.state.message = None;
        app.send(Msg::Report(Report::Ran(ran)));
        app.state.message.as_ref().map(|m| m.text.clone()).unwrap_or_default()
    };
    let ended = |command: &str, status| Ran::Ended { command: command.to_owned(), status };
    assert_eq!(said(&mut app, ended("true", 0)), "");
    assert_eq!(said(&mut app, ended("make \u{1b}[2J", 2)), "退出状态 2：make \u{fffd}");
    assert_eq!(said(&mut app, ended("", 1)), "退出状态 1：shell");
    assert_eq!(said(&mut app, Ran::Failed("sh: no".to_owned())), "未能运行：sh: no");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_of_a_paper_gets_into_the_command_or_out_of_its_place(title in any::<String>(), text in any::<String>()) {
        let paper = json!({"id": "f:1:1", "title": title, "abstract_en": text, "authors": [title]});
        let digest = json!({"schema": 1, "date": "2025-05-01", "category": title, "papers": [paper]}).to_string();
        let (_folder, mut app) = open(&digest, Setup::default());
        prop_assume!(app.state.papers.selected_row().is_some());
        let run = errand(&mut app, "| type:cat Enter");
        prop_assert_eq!(&run.command, "cat");
        for (name, value) in &run.variables {
            prop_assert!(!value.contains(|c: char| c.is_control()) && value.len() <= 4096, "{name}: {value:?}");
        }
        let input = run.input.unwrap();
        prop_assert!(!input.contains(|c: char| c.is_control() && c != '\n'), "{input:?}");
        let headings: Vec<_> = input.lines().filter(|l| l.starts_with('#')).collect();
        prop_assert!(headings[0].starts_with("# ") && headings[1..].iter().all(|h| *h == "## Abstract"), "{input:?}");
        let unescaped = |c: char| input.match_indices(c).any(|(at, _)| !input.split_at(at).0.ends_with('\\'));
        prop_assert!(!unescaped('<') && !unescaped('`') && !unescaped('['), "{input:?}");
    }
}

// What follows is the reader on a terminal.

fn launch() -> Launch {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(100, 30);
    let folder = launch.home().join("digests");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.json"), digest()).unwrap();
    let work = launch.home().join("work");
    fs::create_dir(&work).unwrap();
    let shell = launch.home().join("digests");
    launch.arg(shell).arg("--lang").arg("en").env("WORK", work)
}

fn start(launch: Launch) -> Pty {
    let pty = launch.start();
    pty.wait_for("Kettles");
    pty
}

/// Types a command after `|` or `!`, and runs it; what is waited for comes after it.
fn run<'p>(pty: &'p Pty, key: &str, command: &str) -> Run<'p> {
    let before = pty.output().len();
    pty.keys(key);
    pty.send(command.as_bytes());
    pty.keys("<Enter>");
    let echo = if command.is_empty() {
        "[wenzhai: exit goes back]".to_owned()
    } else {
        format!("{key} {command}\r")
    };
    pty.wait_for_bytes(before, echo.as_bytes());
    let output = pty.output();
    let at = output.windows(echo.len()).rposition(|w| w == echo.as_bytes()).unwrap();
    Run { pty, before: at + echo.len() }
}

/// A command that was run, and where its output begins.
struct Run<'p> {
    pty: &'p Pty,
    before: usize,
}

impl Run<'_> {
    fn says(&self, text: &str) -> &Self {
        self.pty.wait_for_bytes(self.before, text.as_bytes());
        self
    }
}

/// Goes back, and makes sure that the reader is there and has the keys and the screen it needs.
fn back(pty: &Pty) {
    let before = pty.output().len();
    pty.keys("<Enter>");
    pty.wait_for_bytes(before, b"\x1b[?2026l");
    is_there(pty);
}

fn is_there(pty: &Pty) {
    pty.wait_for("Kettles");
    pty.look(|s| assert!(s.alternate_screen() && s.hide_cursor()));
    pty.keys("G");
    pty.wait("the last paper", |s| {
        pty::rows_of(s).last().is_some_and(|r| r.contains("3/3") || r.contains("tatus"))
    });
    pty.keys("g g");
    pty.wait("the first paper", |s| pty::rows_of(s).last().is_some_and(|r| r.contains("1/3")));
}

fn quit(mut pty: Pty) {
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.look(|s| assert!(!s.alternate_screen() && !s.hide_cursor()));
}

fn content(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn a_command_writes_to_the_terminal_until_enter() {
    let pty = start(launch());
    run(&pty, "|", "head -1; echo \"$WENZHAI_ID-$WENZHAI_COUNT\"").says("[wenzhai: Enter goes back]");
    let screen = pty.screen_text();
    assert!(screen.contains("# Boats: Paper & Ink") && screen.contains("2505.00001-1"), "{screen}");
    pty.look(|s| assert!(!s.alternate_screen() && !s.hide_cursor()));
    back(&pty);
    let read = run(&pty, "!", "read line; echo \"got $line\"; exit 3");
    pty.send("你好\r".as_bytes());
    read.says("got 你好").says("[wenzhai: status 3; Enter goes back]");
    pty.keys("<Enter>");
    pty.wait_for("Status 3: read line");
    is_there(&pty);
    run(&pty, "!", "no-such-program").says("[wenzhai: status 127; Enter goes back]");
    back(&pty);
    quit(pty);
}

#[test]
fn nothing_that_a_title_says_is_run_or_reaches_the_terminal() {
    let pty = start(launch());
    pty.keys("G");
    run(
        &pty,
        "|",
        "cd \"$WORK\"; cat > in; printf '%s\\n' \"$WENZHAI_TITLE\" \"$WENZHAI_AUTHORS\" > vars; echo done",
    )
    .says("Enter goes back");
    let work = pty.home().join("work");
    assert!(content(&work.join("in")).contains("touch own"));
    let vars = content(&work.join("vars"));
    assert!(vars.starts_with("-rf $(touch own) `touch own`; ") && vars.lines().count() == 2, "{vars}");
    assert!(!vars.contains(|c: char| c.is_control() && c != '\n'), "{vars:?}");
    for folder in [&work, pty.home(), &std::env::current_dir().unwrap()] {
        assert!(!folder.join("own").exists());
    }
    quit_after_enter(pty);
}

fn quit_after_enter(pty: Pty) {
    back(&pty);
    quit(pty);
}

#[test]
fn a_megabyte_goes_in_and_out_and_may_be_left_unread() {
    let launch = launch();
    let papers = json!([{"id": "2505.1", "title": "Kettles", "abstract_en": "x; ".repeat(350_000)}, {"id": "2505.2", "title": "b"}, {"id": "2505.3", "title": "c"}]);
    let long = json!({"schema": 1, "date": "2025-05-02", "category": "LLM", "papers": papers});
    fs::write(launch.home().join("digests/b.json"), long.to_string()).unwrap();
    let pty = launch.start();
    pty.wait_for("Kettles");
    // It writes as much as it reads while it reads.
    run(&pty, "|", "cat | tee \"$WORK/all\" | cat | tail -c 4; echo; wc -c < \"$WORK/all\"")
        .says("Enter goes back");
    assert!(fs::metadata(pty.home().join("work/all")).unwrap().len() > 1_000_000);
    back(&pty);
    for command in ["true", "exec 0<&-; sleep 0.1; echo closed", "head -c 1 > /dev/null; echo one"] {
        run(&pty, "|", command).says("Enter goes back");
        back(&pty);
    }
    // A child in the background keeps the pipe and reads nothing.
    run(&pty, "|", "sleep 30 2> /dev/null & echo $! > \"$WORK/pid\"").says("Enter goes back");
    let pid = content(&pty.home().join("work/pid"));
    back(&pty);
    std::process::Command::new("kill").arg(pid.trim()).status().unwrap();
    quit(pty);
}

#[test]
fn a_command_that_hangs_gets_the_interrupt_and_the_reader_does_not() {
    let pty = start(launch());
    let hangs = run(&pty, "!", "echo here; exec sleep 600");
    hangs.says("here");
    pty.keys("<C-c>");
    hangs.says("[wenzhai: status 130; Enter goes back]");
    back(&pty);
    let traps = run(&pty, "|", "trap 'echo caught; exit 5' INT; echo here; while :; do sleep 0.05; done");
    traps.says("here");
    pty.keys("<C-c>");
    traps.says("caught").says("[wenzhai: status 5; Enter goes back]");
    // Whatever cancels goes back too.
    pty.keys("<C-c>");
    pty.wait_for("Status 5: trap");
    quit(pty);
}

#[test]
fn a_command_that_is_killed_leaves_its_signal() {
    let pty = start(launch());
    for (signal, status) in [("KILL", 137), ("TERM", 143), ("SEGV", 139), ("HUP", 129)] {
        run(&pty, "!", &format!("kill -{signal} $$"))
            .says(&format!("[wenzhai: status {status}; Enter goes back]"));
        back(&pty);
    }
    quit(pty);
}

#[test]
fn a_dirty_terminal_comes_back_clean() {
    let pty = start(launch());
    let dirt = r"stty raw -echo < /dev/tty; printf '\033[?1049h\033[?25l\033[41;5m\033[?1003h\033[?1006h\033[?2004h\033(0\033[3;5r\033[?7l\033[4h\033[?2026hdirt'; kill -9 $$";
    for key in ["!", "|"] {
        run(&pty, key, dirt).says("[wenzhai: status 137; Enter goes back]");
        pty.look(|s| {
            assert!(!s.alternate_screen() && !s.hide_cursor() && !s.bracketed_paste());
            assert_eq!(s.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert_eq!(s.fgcolor(), vt100::Color::Default);
            assert_eq!(s.bgcolor(), vt100::Color::Default);
        });
        back(&pty);
    }
    // The next one finds a terminal that edits lines and makes line ends of Enter.
    run(&pty, "!", "stty -a | tr ';' '\\n' | grep -o -w -e -icanon -e -echo -e -onlcr; echo clean")
        .says("Enter goes back");
    let screen = pty.screen_text();
    assert!(!screen.contains("-icanon\n") && !screen.lines().any(|l| l == "-echo"), "{screen}");
    back(&pty);
    quit(pty);
}

#[test]
fn junk_and_answers_of_the_terminal_are_no_keys() {
    let pty = start(launch());
    // The reader must not take what comes for `q`.
    run(&pty, "!", r"printf '\033[c\033[6n\033[5n'; printf '\377\376\000\007'; sleep 0.2; echo end")
        .says("Enter goes back");
    back(&pty);
    quit(pty);
}

#[test]
fn control_z_stops_both_and_continuing_goes_on() {
    let pty = start(launch());
    // Whoever has read from the terminal has it.
    let stopped = run(&pty, "!", "read x; echo \"has $x\"; read x; echo \"on $x\"");
    pty.send(b"it\r");
    stopped.says("has it");
    pty.keys("<C-z>");
    pty.wait_for_state('T');
    pty.signal(Signal::CONT);
    pty.wait_for_state('S');
    pty.send(b"again\r");
    stopped.says("on again").says("Enter goes back");
    back(&pty);
    quit(pty);
}

#[test]
fn nothing_typed_opens_the_shell_of_the_user() {
    let launch = launch();
    let shell = launch.home().join("my shell");
    fs::write(&shell, "#!/bin/sh\necho \"shell of $WENZHAI_ID, $#\"; read x; exit 0\n").unwrap();
    fs::set_permissions(&shell, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let pty = start(launch.env("SHELL", &shell));
    run(&pty, "!", "").says("shell of 2505.00001, 0");
    back(&pty);
    quit(pty);
}

#[test]
fn a_signal_ends_the_reader_while_it_waits_for_enter() {
    let mut pty = start(launch());
    run(&pty, "!", "true").says("Enter goes back");
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), 143);
    pty.look(|s| assert!(!s.alternate_screen() && !s.hide_cursor()));
    let session = content(&pty.home().join("state/wenzhai/session.json"));
    assert!(session.contains("\"true\""), "{session}");
}
