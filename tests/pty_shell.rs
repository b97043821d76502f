//! Stories of the shell: how the reader takes a terminal, keeps it and gives it back.

#[path = "support/pty.rs"]
mod pty;

use pty::{Launch, Pty};
use rustix::process::Signal;

fn launch() -> Launch {
    Launch::new(env!("CARGO_BIN_EXE_wenzhai"))
}

/// Starts the reader and waits for its first frame.
fn started() -> Pty {
    let pty = launch().start();
    shown(&pty, 0);
    pty
}

/// Waits for the end of a frame after the first `before` bytes.
fn shown(pty: &Pty, before: usize) {
    pty.wait_for_bytes(before, b"\x1b[?2026l");
}

/// Fails unless all that was switched on is off again.
fn assert_given_back(pty: &Pty) {
    pty.look(|s| {
        assert!(!s.alternate_screen(), "alternate screen left on");
        assert!(!s.hide_cursor(), "cursor hidden");
        assert!(!s.bracketed_paste(), "bracketed paste left on");
    });
    let output = pty.output();
    let last = |bytes: &[u8]| output.windows(bytes.len()).rposition(|w| w == bytes);
    for mode in ["2026", "7", "1000"] {
        let (set, reset) = (format!("\x1b[?{mode}h"), format!("\x1b[?{mode}l"));
        let (set, reset) = (last(set.as_bytes()), last(reset.as_bytes()));
        // Wrapping (7) is the one that is on by default.
        assert!(if mode == "7" { set > reset } else { reset >= set }, "mode {mode}");
    }
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pty = started();
    pty.look(|s| assert!(s.alternate_screen() && s.bracketed_paste() && s.hide_cursor()));
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
    assert_given_back(&pty);
    assert!(pty.home().join("state/wenzhai/session.json").exists(), "the session is saved");
}

#[test]
fn signals_end_with_their_status() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)]
    {
        let mut pty = started();
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), status, "{signal:?}");
        assert_given_back(&pty);
        assert!(pty.home().join("state/wenzhai/session.json").exists(), "{signal:?}: the session is saved");
    }
}

#[test]
fn a_lost_terminal_ends_the_reader() {
    assert_eq!(started().hang_up(), 129);
}

#[test]
fn control_z_stops_and_continuing_paints_at_the_new_size() {
    let mut pty = started();
    pty.keys("<C-z>");
    pty.wait_for_state('T');
    pty.wait("the shell's screen", |s| !s.alternate_screen());
    assert_given_back(&pty);
    pty.resize(100, 30);
    let before = pty.output().len();
    pty.signal(Signal::CONT);
    shown(&pty, before);
    pty.look(|s| assert!(s.alternate_screen() && s.hide_cursor()));
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
    assert_given_back(&pty);
}

#[test]
fn a_stop_from_outside_is_no_different() {
    let mut pty = started();
    pty.signal(Signal::TSTP);
    pty.wait_for_state('T');
    pty.wait("the shell's screen", |s| !s.alternate_screen());
    let before = pty.output().len();
    pty.signal(Signal::CONT);
    shown(&pty, before);
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn redraw_paints_everything_again() {
    let mut pty = started();
    // The frame that shows what was loaded may come after the first one.
    pty.keys("j");
    let before = pty.output().len();
    pty.keys("<C-l>");
    pty.wait_for_bytes(before, b"\x1b[H\x1b[J");
    shown(&pty, before);
    let text = pty.screen_text();
    assert!(text.lines().filter(|l| !l.is_empty()).count() > 3, "{text}");
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_burst_longer_than_a_buffer_is_read_to_its_end() {
    let mut pty = started();
    // The last key of 4,000 is the one that quits.
    let mut burst = vec![b'j'; 3999];
    burst.push(b'q');
    pty.send(&burst);
    assert_eq!(pty.wait_exit(), 0);
}

/// The bytes that listen to the mouse, and those that end that.
const MOUSE: &[u8] = b"\x1b[?1002h\x1b[?1006h";

fn count(bytes: &[u8], of: &[u8]) -> usize {
    bytes.windows(of.len()).filter(|w| *w == of).count()
}

#[test]
fn the_mouse_is_off_by_default() {
    let mut pty = started();
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(count(&pty.output(), b"\x1b[?1002h") + count(&pty.output(), b"\x1b[?1006h"), 0);
}

#[test]
fn the_mouse_selects_and_opens_and_is_given_back() {
    let launch = launch();
    std::fs::create_dir_all(launch.home().join("config/wenzhai")).unwrap();
    std::fs::write(launch.home().join("config/wenzhai/config.toml"), "mouse = true\n").unwrap();
    let mut pty = launch.start();
    pty.wait_for("This is a sample");
    assert_eq!(count(&pty.output(), MOUSE), 1);
    // Column 10, row 7: the third paper; its release in the same packet.
    pty.send(b"\x1b[<0;10;7M\x1b[<0;10;7m");
    pty.wait_for("3/7");
    // In two packets, cut where it could be typed: nothing comes of it.
    pty.send(b"\x1b[<0;10");
    pty.send(b";3M\x1b[<0;10;3mj");
    pty.wait("the first paper, or the fourth", |s| {
        pty::rows_of(s).last().is_some_and(|r| r.starts_with(" 2/7") || r.starts_with(" 4/7"))
    });
    let before = pty.output().len();
    pty.keys("<C-z>");
    pty.wait_for_state('T');
    pty.signal(Signal::CONT);
    pty.wait_for_bytes(before, MOUSE);
    pty.send(b"\x1b[<0;10;7M\x1b[<0;10;7m");
    pty.wait_for("3/7");
    pty.send(b"\x1b[<0;10;7M\x1b[<0;10;7m");
    pty.wait_for("[4");
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), 143);
    let output = pty.output();
    assert!(output.len() > 100 && count(&output, b"\x1b[?1002l") == 2 && count(&output, b"\x1b[?1006l") == 2);
}

#[test]
fn the_mouse_and_the_theme_follow_the_settings() {
    let launch = launch();
    let folder = launch.home().join("config/wenzhai");
    std::fs::create_dir_all(&folder).unwrap();
    let pty = launch.start();
    pty.wait_for("This is a sample");
    let set = |settings: &str| std::fs::write(folder.join("config.toml"), settings).unwrap();
    let before = pty.output().len();
    set("mouse = true\ntheme = \"monochrome\"\n");
    pty.wait_for_bytes(before, MOUSE);
    let is_coloured = |s: &vt100::Screen| s.cell(2, 0).is_some_and(|c| c.fgcolor() != vt100::Color::Default);
    pty.wait("no colours", |s| !is_coloured(s));
    let before = pty.output().len();
    set("");
    pty.wait_for_bytes(before, b"\x1b[?1006l\x1b[?1002l");
    pty.wait("colours", is_coloured);
}

#[test]
fn a_pasted_quit_key_does_not_quit() {
    let mut pty = started();
    pty.send(b"\x1b[200~q\rq\x1b[201~");
    pty.keys("/ 中文");
    pty.wait_for("中文");
    pty.keys("<C-c> <Esc> <Esc> q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn without_a_terminal_there_is_a_message_and_no_escape_byte() {
    let mut pty = launch().env("TERM", "dumb").start();
    assert_eq!(pty.wait_exit(), 2);
    let output = String::from_utf8(pty.output()).unwrap();
    assert!(output.starts_with("wenzhai: ") && !output.contains('\x1b'), "{output:?}");
    let piped = assert_cmd::Command::new(env!("CARGO_BIN_EXE_wenzhai"))
        .env("TERM", "xterm")
        .env("XDG_STATE_HOME", pty.home())
        .output()
        .unwrap();
    assert_eq!(piped.status.code(), Some(2));
    assert!(piped.stdout.is_empty() && piped.stderr.starts_with(b"wenzhai: "), "{piped:?}");
}

#[test]
fn a_command_is_typed_and_comes_back_in_the_next_run() {
    let mut pty = started();
    pty.keys(": view <Space> und Tab Enter");
    pty.wait_for("view undecided");
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
    let mut again = Launch::again(env!("CARGO_BIN_EXE_wenzhai"), &pty).start();
    shown(&again, 0);
    again.keys(": Up");
    again.wait_for(":view undecided");
    again.keys("<C-c> Q");
    assert_eq!(again.wait_exit(), 0);
}
