//! How the reader asks a terminal for the width of ambiguous characters, and what it makes of the answers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "support/pty.rs"]
mod pty;

use pty::{Launch, Pty};

/// The last question.
const FENCE: &[u8] = b"\x1b[c";
const DONE: &str = "\x1b[?62;22c";
/// What the last row says of the built-in archive until a key is pressed.
const READY: &str = "This is a sample";
const NARROW: &str = "\x1b[5;21R\x1b[5;21R\x1b[5;21R\x1b[5;21R";
const WIDE: &str = "\x1b[5;22R\x1b[5;22R\x1b[5;22R\x1b[5;22R";

fn launch() -> Launch {
    Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(120, 36).deaf()
}

/// Starts the reader on a terminal that answers with these bytes once it was asked.
fn answered(answer: &str) -> Pty {
    let pty = launch().start();
    pty.wait_for_bytes(0, FENCE);
    pty.send(answer.as_bytes());
    pty.wait_for_bytes(0, b"\x1b[?2026l");
    pty
}

/// Waits until the reader stands at this place of its list.
fn at(pty: &Pty, place: &str) {
    pty.wait(place, |s| pty::rows_of(s).last().is_some_and(|r| r.trim_start().starts_with(place)));
}

fn is_wide(pty: &Pty) -> bool {
    let screen = pty.screen_text();
    let (ascii, unicode) = (screen.contains("\n>"), screen.contains("\n▌"));
    assert_ne!(ascii, unicode, "{screen}");
    assert_eq!(screen.contains('│'), unicode, "{screen}");
    ascii
}

fn quits(mut pty: Pty) {
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn the_terminal_decides() {
    let nonsense = "\x1b[5;2R\x1b[0;0R\x1b[;R\x1b[5;21R";
    let mixed = "\x1b[5;22R\x1b[5;22R\x1b[5;21R\x1b[5;21R";
    for (answer, wide) in [(NARROW, false), (WIDE, true), (mixed, true), (nonsense, false), ("", false)] {
        let pty = answered(&format!("{answer}{DONE}"));
        at(&pty, READY);
        assert_eq!(is_wide(&pty), wide, "{answer:?}");
        quits(pty);
    }
}

#[test]
fn a_terminal_that_never_answers_is_narrow() {
    let pty = launch().start();
    at(&pty, READY);
    assert!(!is_wide(&pty));
    quits(pty);
}

#[test]
fn keys_typed_before_the_answers_and_among_them_are_kept() {
    let (some, rest) = WIDE.split_at(14);
    for answer in [
        format!("jj{WIDE}{DONE}"),
        format!("j{some}j{rest}{DONE}"),
        format!("{WIDE}{DONE}jj"),
        format!("\x1b[B{WIDE}j{DONE}"),
        format!("j{WIDE}{DONE}\x1b[B"),
    ] {
        let pty = answered(&answer);
        at(&pty, "3/");
        assert!(is_wide(&pty), "{answer:?}");
        quits(pty);
    }
    // Without answers too, and a quit is one.
    let pty = answered("jj");
    at(&pty, "3/");
    quits(pty);
    assert_eq!(answered("q").wait_exit(), 0);
}

#[test]
fn late_answers_type_nothing() {
    for late in [format!("{WIDE}{DONE}j"), format!("j{WIDE}{DONE}"), format!("{WIDE}j{DONE}")] {
        let pty = launch().start();
        at(&pty, READY);
        pty.send(late.as_bytes());
        at(&pty, "2/");
        assert!(!is_wide(&pty), "{late:?}");
        quits(pty);
    }
}

#[test]
fn late_answers_alone_write_nothing() {
    let pty = launch().start();
    at(&pty, READY);
    let before = pty.output().len();
    pty.send(format!("{WIDE}{DONE}").as_bytes());
    pty.keys("G");
    pty.wait_for_bytes(before, b"\x1b[?2026l");
    let after = pty.output();
    let frames = after[before..].windows(8).filter(|w| w == b"\x1b[?2026h").count();
    assert_eq!(frames, 1);
    quits(pty);
}

#[test]
fn the_questions_come_before_the_screen_and_only_once() {
    let pty = answered(&format!("{NARROW}{DONE}"));
    let output = pty.output();
    let find = |bytes: &[u8]| output.windows(bytes.len()).position(|w| w == bytes);
    assert!(find(FENCE) < find(b"\x1b[?1049h"));
    assert_eq!(find(b"\x1b[?1049h"), Some(78), "bytes of the questions");
    pty.wait("nothing of them", vt100::Screen::alternate_screen);
    quits(pty);
}

#[test]
fn nothing_is_asked_where_the_answer_is_set() {
    for (width, wide) in [("narrow", false), ("wide", true)] {
        let pty = launch().arg("--ambiguous-width").arg(width).env("NO_COLOR", "1").start();
        at(&pty, READY);
        assert_eq!(is_wide(&pty), wide);
        assert!(!pty.output().windows(3).any(|w| w == FENCE));
        quits(pty);
    }
    let pty = launch().env("TERM", "linux").start();
    at(&pty, READY);
    assert!(!pty.output().windows(3).any(|w| w == FENCE));
    quits(pty);
}

/// What a terminal with these colours answers, each in one of the two forms there are.
fn colours(ink: &str, ground: &str) -> String {
    format!("\x1b]10;rgb:{ink}\x1b\\\x1b]11;rgb:{ground}\x07")
}

/// The colour of the bar before the selected row, and the ground under its text.
fn looks(pty: &Pty) -> (vt100::Color, vt100::Color) {
    at(pty, READY);
    pty.look(|screen| {
        let (rows, _) = screen.size();
        let bar = |y: &u16| screen.cell(*y, 0).is_some_and(|c| c.contents() == "▌");
        let y = (0..rows.get()).find(bar).unwrap();
        (screen.cell(y, 0).unwrap().fgcolor(), screen.cell(y, 4).unwrap().bgcolor())
    })
}

#[test]
fn the_background_chooses_the_theme() {
    use vt100::Color::{Default, Idx, Rgb};
    let (dark, light) = (colours("dddd/dddd/dddd", "1e1e/1e1e/1e1e"), colours("00/00/00", "ff/ff/ff"));
    let on_dark = (Rgb(0x6c, 0xc7, 0xdc), Rgb(47, 47, 47));
    let on_light = (Rgb(0, 0x5f, 0x7a), Rgb(232, 232, 232));
    let neutral = (Idx(6), Default);
    for (answer, want) in [
        (dark.as_str(), on_dark),
        (&light, on_light),
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", (on_light.0, Rgb(235, 235, 235))),
        ("", neutral),
        ("\x1b]10;?\x07\x1b]11;teal\x1b\\", neutral),
        ("\x1b]11;rgb:1e/1e", neutral),
    ] {
        let pty = launch().env("COLORTERM", "truecolor").start();
        pty.wait_for_bytes(0, FENCE);
        pty.send(format!("{answer}{NARROW}{DONE}").as_bytes());
        assert_eq!(looks(&pty), want, "{answer:?}");
        quits(pty);
    }
    let answered = |launch: Launch, answer: &str| {
        let pty = launch.start();
        pty.wait_for_bytes(0, FENCE);
        pty.send(format!("{answer}{NARROW}{DONE}").as_bytes());
        let looks = looks(&pty);
        quits(pty);
        looks
    };
    assert_eq!(answered(launch(), &light), (Idx(24), Idx(254)), "256 colours");
    assert_eq!(answered(launch().env("TERM", "xterm"), ""), neutral, "16 colours");
    assert_eq!(answered(launch().env("COLORFGBG", "0;15"), ""), (Idx(24), Idx(255)));
    assert_eq!(answered(launch().arg("--theme").arg("sixteen"), &dark), neutral);
    assert_eq!(answered(launch().env("NO_COLOR", "1"), ""), (Default, Default));
}

#[test]
fn an_answer_in_two_reads_is_one() {
    let whole = colours("dddd/dddd/dddd", "ffff/ffff/ffff") + NARROW + DONE;
    for cut in [1, 3, 9, 25, 26, 40, 47] {
        let pty = launch().env("COLORTERM", "truecolor").start();
        pty.wait_for_bytes(0, FENCE);
        let (first, second) = whole.split_at(cut);
        pty.send(first.as_bytes());
        pty.send(second.as_bytes());
        assert_eq!(looks(&pty).0, vt100::Color::Rgb(0, 0x5f, 0x7a), "{cut}");
        quits(pty);
    }
}

#[test]
fn late_colours_type_nothing() {
    let late = colours("bbbb/dddd/dddd", "ffff/dddd/bbbb");
    for cut in [0, 3, 12, 25, 26, 30, 45] {
        let pty = launch().start();
        at(&pty, READY);
        let (first, second) = late.split_at(cut);
        pty.send(first.as_bytes());
        pty.send(format!("{second}{NARROW}{DONE}j").as_bytes());
        at(&pty, "2/");
        assert!(!pty.screen_text().contains('★'), "{cut}");
        quits(pty);
    }
}

#[test]
fn ascii_marks_by_option_and_by_locale_leave_the_texts() {
    for launch in [launch().arg("--ascii"), launch().env("LC_ALL", "C")] {
        let pty = launch.arg("--ambiguous-width").arg("narrow").start();
        at(&pty, READY);
        assert!(is_wide(&pty), "marks are ASCII");
        assert!(pty.screen_text().contains("注意力"), "{}", pty.screen_text());
        quits(pty);
    }
}

#[test]
fn doctor_asks_too_and_gives_the_terminal_back() {
    let mut pty = launch().arg("doctor").start();
    pty.wait_for_bytes(0, FENCE);
    pty.send(format!("{WIDE}{DONE}").as_bytes());
    assert_eq!(pty.wait_exit(), 0);
    let screen = pty.screen_text();
    for part in ["xterm-256color", "the terminal says two", "two cells", "\n  —    |"] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
}
