//! Tags, notes, my categories and days marked as read: keys in, decisions and screens out; and a real editor.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/pty.rs"]
mod pty;

use std::os::unix::fs::PermissionsExt as _;

use app::{App, Setup};
use insta::assert_snapshot;
use pty::Launch;
use wenzhai::catalogue::Lang;
use wenzhai::config::Prefs;
use wenzhai::effect::{Edited, Effect, Report};
use wenzhai::state::Msg;

fn sample(cols: u16, rows: u16) -> App {
    let setup = Setup { size: (cols, rows), lang: Lang::En, ..Setup::default() };
    App::open(wenzhai::archive::sample(), setup)
}

fn tags(app: &App) -> Vec<String> {
    app.state.papers.selected_row().unwrap().remarks.tags.clone()
}

/// Opens the editor on the selected paper and answers for it.
fn write(app: &mut App, came: Edited) -> (String, Vec<Effect>) {
    app.keys("a");
    let Some(Effect::Edit { paper, name, note, .. }) = app.effects.last().cloned() else {
        panic!("no editor")
    };
    let before = app.effects.len();
    app.send(Msg::Report(Report::Edited { paper, name, came }));
    (note, app.effects.split_off(before))
}

#[test]
fn a_tag_comes_goes_and_comes_back() {
    let mut app = sample(80, 24);
    app.keys("t type:rl,强化学习 Enter");
    assert_eq!(tags(&app), ["rl", "强化学习"]);
    app.keys("t type:rl Enter");
    assert_eq!(tags(&app), ["强化学习"]);
    app.keys("t type:-强化学习 Enter");
    assert!(tags(&app).is_empty());
    app.keys("u");
    assert_eq!(tags(&app), ["强化学习"]);
    assert!(app.screen().contains("Undone: tag -强化学习"), "{}", app.screen());
    app.keys("C-r");
    assert!(tags(&app).is_empty());
}

#[test]
fn tags_of_a_selection_are_one_step_and_complete() {
    let mut app = sample(80, 24);
    app.keys("Space Space g g t type:reasoning Enter");
    let tagged = |app: &App| app.state.papers.rows.iter().filter(|r| !r.remarks.tags.is_empty()).count();
    assert_eq!(tagged(&app), 2);
    app.keys("G t type:rea Tab Enter");
    assert_eq!(tagged(&app), 3);
    app.keys("u u");
    assert_eq!(tagged(&app), 0);
    assert_eq!(app.state.decisions.all_tags(), Vec::<String>::new());
}

#[test]
fn what_is_written_becomes_the_note_and_is_found() {
    let mut app = sample(80, 24);
    let (before, effects) = write(&mut app, Edited::Written("Compare with zyxwv.\n\n- list".to_owned()));
    assert_eq!(before, "");
    assert!(matches!(effects.as_slice(), [Effect::Append(_), Effect::DropDraft(_), ..]), "{effects:?}");
    app.keys("t type:mytag Enter");
    for query in ["zyxwv", "#mytag"] {
        app.keys(&format!("/ type:{query}"));
        assert_eq!(app.state.papers.place().1, 1, "{query}");
        app.keys("Esc Esc");
    }
    let (before, _) = write(&mut app, Edited::Written(String::new()));
    assert!(before.starts_with("Compare"));
    assert_eq!(app.state.papers.selected_row().unwrap().remarks.note, None);
    app.keys("u");
    assert!(app.state.papers.selected_row().unwrap().remarks.note.is_some());
    let (_, effects) = write(&mut app, Edited::Kept { why: "exit status: 1".into(), path: "~/x.md".into() });
    assert!(!effects.iter().any(|e| matches!(e, Effect::DropDraft(_))) && app.screen().contains("~/x.md"));
}

#[test]
fn tags_and_a_note_on_screen() {
    for (cols, rows) in [(80, 24), (120, 36)] {
        let mut app = sample(cols, rows);
        app.keys("t type:rl,强化学习 Enter");
        write(&mut app, Edited::Written("First line of a note.\n\nSecond.".to_owned()));
        assert_snapshot!(format!("list_{cols}"), app.screen());
        app.keys("Enter 0");
        assert_snapshot!(format!("detail_{cols}"), app.screen());
        app.keys("t type:r");
        assert_snapshot!(format!("prompt_{cols}"), app.screen());
    }
}

#[test]
fn my_categories_narrow_and_escape_widens() {
    let mut app = sample(80, 24);
    app.keys("C");
    assert!(app.screen().contains("`categories`"));
    let label = app.state.papers.groups[0].label.clone();
    let mine = vec![label, "no.SUCH".to_owned()];
    let prefs = Prefs { categories: mine, ..Prefs::default() };
    let setup = Setup { prefs, lang: Lang::En, ..Setup::default() };
    let mut app = App::open(wenzhai::archive::sample(), setup);
    app.keys("C");
    assert!(app.screen().contains("my categories"), "{}", app.screen());
    assert!(app.state.papers.place().1 > 0);
    app.keys("Esc");
    assert!(app.state.papers.mine.is_empty());
}

#[test]
fn a_day_is_marked_read_as_one_step() {
    let mut app = sample(80, 24);
    let read = |app: &App| app.state.papers.rows.iter().filter(|r| r.is_read).count();
    app.keys("g d r");
    assert_eq!(read(&app), app.state.papers.rows.len());
    app.keys("u");
    assert_eq!(read(&app), 0);
}

#[test]
fn an_editor_writes_fails_is_killed_and_nothing_is_lost() {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(100, 30);
    let editor = launch.home().join("my editor");
    let plan = launch.home().join("plan");
    let script = format!("#!/bin/sh\n. '{}'\n", plan.display());
    std::fs::write(&editor, script).unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut pty = launch.env("VISUAL", format!("'{}' -w", editor.display())).start();
    pty.wait_for_bytes(0, b"\x1b[?2026l");
    let drafts = pty.home().join("state/wenzhai/notes");
    let count = || std::fs::read_dir(&drafts).map_or(0, Iterator::count);
    std::fs::write(&plan, "echo 'first thought' >> \"$2\"; exit 3").unwrap();
    pty.keys("a");
    pty.wait_for("exit status: 3");
    assert_eq!(count(), 1);
    std::fs::write(&plan, "echo 'second thought' >> \"$2\"; kill -9 $$").unwrap();
    pty.keys("a");
    pty.wait_for("signal: 9");
    std::fs::write(&plan, "echo 'third thought' >> \"$2\"").unwrap();
    pty.keys("a");
    pty.wait_for("u undoes");
    assert_eq!(count(), 0, "what is in the journal needs no draft");
    let journal = std::fs::read_dir(pty.home().join("data/wenzhai/journal")).unwrap();
    let text: String = journal.filter_map(|f| std::fs::read_to_string(f.unwrap().path()).ok()).collect();
    assert!(text.contains(r"first thought\nsecond thought\nthird thought"), "{text}");
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn an_editor_that_hangs_or_leaves_a_dirty_terminal_does_no_harm() {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(100, 30);
    let editor = launch.home().join("editor");
    let plan = launch.home().join("plan");
    std::fs::write(&editor, format!("#!/bin/sh\n. '{}'\n", plan.display())).unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut pty = launch.env("EDITOR", &editor).start();
    pty.wait_for_bytes(0, b"\x1b[?2026l");
    for (script, ends, why) in [
        ("echo editing; exec sleep 600", "<C-c>", "signal: 2"),
        (
            r"stty raw -echo; printf '\033[?1049h\033[?25l\033[41m\033[?1003h\033[5;9rediting'; read x; kill -9 $$",
            "x <Enter> <C-j>",
            "signal: 9",
        ),
        (r"exec 0<&- 1>&-; printf '\033[6n\033[cediting' > /dev/tty; exit 4", "", "exit status: 4"),
    ] {
        std::fs::write(&plan, script).unwrap();
        let before = pty.output().len();
        pty.keys("a");
        pty.wait_for_bytes(before, b"editing");
        pty.keys(ends);
        pty.wait_for(why);
        pty.look(|s| {
            assert!(s.alternate_screen() && s.hide_cursor());
            assert_eq!(s.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        });
        // The reader has the keys, and nothing that was meant for the editor.
        pty.keys("G");
        pty.wait("the last paper", |s| pty::rows_of(s).last().is_some_and(|r| r.contains("7/7")));
        pty.keys("g g");
        pty.wait("the first paper", |s| pty::rows_of(s).last().is_some_and(|r| r.contains("1/7")));
    }
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn no_title_or_id_gets_out_of_the_draft() {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(100, 30);
    let home = launch.home().to_owned();
    let title = format!(
        "-rf $(touch own) `touch own`; touch own --> \u{1b}]0;own\u{7}\n# Own {}",
        "x".repeat(1 << 20)
    );
    let paper = serde_json::json!({"id": "../../-$(touch own)\n", "title": title});
    let digest = serde_json::json!({"schema": 1, "date": "2025-05-01", "papers": [paper]});
    std::fs::create_dir(home.join("digests")).unwrap();
    std::fs::write(home.join("digests/a.json"), digest.to_string()).unwrap();
    let editor = home.join("editor");
    let script = "#!/bin/sh\ncd \"${0%/*}\"\nprintf '%s\\n' \"$#\" \"$1\" > args\ncp -- \"$1\" draft\n";
    std::fs::write(&editor, script).unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut pty = launch.arg(home.join("digests")).env("EDITOR", &editor).start();
    pty.wait_for("touch own");
    pty.keys("a");
    pty.wait_for("The note is as it was.");
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
    let args = std::fs::read_to_string(home.join("args")).unwrap();
    let draft = std::fs::read_to_string(home.join("draft")).unwrap();
    let name = args.strip_prefix("1\n").and_then(|a| a.strip_suffix('\n')).unwrap();
    let name = name.strip_prefix(&format!("{}/", home.join("state/wenzhai/notes").display())).unwrap();
    assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._".contains(&b)), "{name}");
    assert!(!name.starts_with('.'), "{name}");
    let (heading, rest) = draft.split_once('\n').unwrap();
    assert!(
        heading.starts_with("<!-- -rf $(touch own)") && heading.ends_with(" -->") && rest.trim().is_empty()
    );
    assert_eq!(heading.matches("-->").count(), 1, "nothing ends the heading before its end");
    assert!(!draft.contains('\u{1b}'));
    for folder in [&home, &home.join("digests"), &std::env::current_dir().unwrap()] {
        assert!(!folder.join("own").exists());
    }
}
