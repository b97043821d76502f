//! What goes over the wire: bytes per event of the real program, beside ratatui's own backend.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and prints its figures"
)]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;
#[path = "support/days.rs"]
#[allow(dead_code, reason = "each test file uses its part of the archives")]
mod days;
#[path = "support/pty.rs"]
mod pty;
#[path = "support/twin.rs"]
#[allow(dead_code, reason = "each test file uses its part of the twin")]
mod twin;

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use pty::Launch;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use ratatui_crossterm::CrosstermBackend;
use twin::Twin;

/// Counts what is written.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<usize>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0.borrow_mut() += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// ratatui's terminal with its crossterm backend, fed the buffers that our program draws.
struct Stock {
    wire: Wire,
    terminal: Terminal<CrosstermBackend<Wire>>,
}

impl Stock {
    fn new(area: Rect) -> Self {
        let wire = Wire::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let terminal = Terminal::with_options(CrosstermBackend::new(wire.clone()), options).unwrap();
        Self { wire, terminal }
    }

    /// The bytes of a frame.
    fn draw(&mut self, buffer: &Buffer) -> usize {
        let before = *self.wire.0.borrow();
        self.terminal.draw(|frame| frame.buffer_mut().clone_from(buffer)).unwrap();
        *self.wire.0.borrow() - before
    }
}

/// The UTF-8 bytes of the cells that changed.
fn payload(prev: &Buffer, next: &Buffer) -> usize {
    prev.diff(next).iter().map(|(_, _, cell)| cell.symbol().len()).sum()
}

/// What an event may cost.
#[derive(Clone, Copy)]
enum Bound {
    /// Percent of the stock backend's bytes.
    Percent(usize),
    /// 1.3 times the bytes of the changed cells, and 60.
    Payload,
    Nothing,
}

#[derive(Clone, Copy)]
struct Event {
    name: &'static str,
    /// Keys pressed before, and not counted.
    before: &'static str,
    key: &'static str,
    bound: Bound,
}

const fn event(name: &'static str, before: &'static str, key: &'static str, bound: Bound) -> Event {
    Event { name, before, key, bound }
}

/// Prints what each event costs on an archive, and names those over their bounds.
fn table(theme: Option<&str>, write: impl Fn(&Path), events: &[Event]) -> Vec<&'static str> {
    let mut twin = Twin::start_in(theme, write, (200, 50));
    let mut stock = Stock::new(Rect::new(0, 0, 200, 50));
    let first = twin.app.buffer().0;
    let ours = twin.pty.output().len();
    let theirs = stock.draw(&first);
    let unchanged = stock.draw(&first);
    println!("{:<42}{:>8}{:>8}{:>8}{:>6}", "event", "ours", "stock", "cells", "%");
    println!(
        "{:<42}{ours:>8}{theirs:>8}{:>8}{:>6}",
        "first frame",
        payload(&Buffer::empty(first.area), &first),
        ours * 100 / theirs
    );
    println!("{:<42}{:>8}{unchanged:>8}", "nothing changed", 0);
    let mut broken = Vec::new();
    if ours * 100 > theirs * 60 {
        broken.push("first frame");
    }
    for &Event { name, before, key, ref bound } in events {
        for key in before.split_whitespace() {
            twin.press(key);
            stock.draw(&twin.app.buffer().0);
        }
        let prev = twin.app.buffer().0;
        let ours = twin.press(key).len();
        let next = twin.app.buffer().0;
        let (theirs, payload) = (stock.draw(&next), payload(&prev, &next));
        println!("{name:<42}{ours:>8}{theirs:>8}{payload:>8}{:>6}", ours * 100 / theirs);
        let is_kept = match bound {
            &Bound::Percent(most) => ours * 100 <= theirs * most,
            Bound::Payload => ours * 10 <= payload * 13 + 600,
            Bound::Nothing => ours == 0 && prev == next,
        };
        if !is_kept {
            broken.push(name);
        }
    }
    broken
}

#[test]
fn bytes_of_events_at_200x50() {
    let events = [
        event("highlight and next paper", "j j", "j", Bound::Payload),
        event("highlight and previous paper", "", "k", Bound::Payload),
        event("list scrolls by a row, next paper", "C-f", "j", Bound::Percent(40)),
        event("detail scrolls by a line, from the list", "0", "J", Bound::Percent(40)),
        event("detail scrolls by a line", "l", "j", Bound::Percent(40)),
        event("detail scrolls back by a line", "", "k", Bound::Percent(40)),
        event("detail by half a page", "", "C-d", Bound::Percent(40)),
        event("Chinese scrolls by a line", "2 j", "j", Bound::Percent(40)),
        event("next tab", "1", "2", Bound::Percent(60)),
        event("both languages", "", "=", Bound::Percent(60)),
        event("a pair further", "j", "j", Bound::Percent(100)),
        event("filter keystroke", "= h / 奖", "励", Bound::Percent(100)),
        event("leave the filter", "", "C-c", Bound::Percent(60)),
        event("bookmark and next paper", "", "b", Bound::Percent(100)),
        event("help", "", "?", Bound::Percent(60)),
        event("help closes", "", "q", Bound::Percent(60)),
        event("at the top, up", "g g k", "k", Bound::Nothing),
        event("and down again", "", "j", Bound::Payload),
    ];
    let write = |folder: &Path| days::write_day(folder, "2025-06-01", 60, false);
    let idle = Twin::start(write, (200, 50));
    let shown = idle.pty.output().len();
    let broken = table(None, write, &events);
    assert!(broken.is_empty(), "over their bounds: {broken:?}");
    assert_eq!(idle.pty.output().len(), shown, "an idle program writes");
    let broken = table(Some("dark"), write, &events);
    assert!(broken.is_empty(), "over their bounds in all colours: {broken:?}");
    // With a background of its own every colour is written out, which is held to what another program would write.
    let of_ground = events.map(|event| match event.bound {
        Bound::Payload => Event { bound: Bound::Percent(50), ..event },
        Bound::Percent(40) => Event { bound: Bound::Percent(45), ..event },
        _ => event,
    });
    let broken = table(Some("light"), write, &of_ground);
    assert!(broken.is_empty(), "over their bounds with a background: {broken:?}");
    let Some(corpus) = corpus::corpus() else { return };
    let file = "daily-arxiv-jsonl/MYZhangwww/2026-02-25_AI_enhanced_Chinese.jsonl";
    let real = |folder: &Path| {
        std::fs::create_dir_all(folder).unwrap();
        let file = corpus.join(file);
        std::fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    };
    let broken = table(None, real, &events);
    assert!(broken.is_empty(), "over their bounds: {broken:?}");
}

/// A terminal that has shown how wide its ambiguous characters are needs no move of the cursor behind each of them.
#[test]
fn a_terminal_that_answers_gets_fewer_bytes() {
    const DONE: &[u8] = b"\x1b[?62;22c";
    let frame = |answer: &[u8]| {
        let pty = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(200, 50).deaf().start();
        pty.wait_for_bytes(0, b"\x1b[c");
        pty.send(answer);
        pty.send(DONE);
        pty.wait_for_bytes(0, b"\x1b[?2026l");
        let sent = pty.output();
        let begun = sent.windows(8).position(|w| w == b"\x1b[?2026h").unwrap();
        let moves = sent[begun..].windows(2).filter(|w| *w == b"\x1b[").count();
        println!("first frame: {} bytes, {moves} sequences", sent.len() - begun);
        (sent.len() - begun, moves)
    };
    let (asked, unasked) = (frame("\x1b[5;21R".repeat(4).as_bytes()), frame(b""));
    assert!(asked.0 * 10 < unasked.0 * 9 && asked.1 * 4 < unasked.1 * 3, "{asked:?} {unasked:?}");
}

/// Odd ones, small ones, and those of the specification.
const SIZES: [(u16, u16); 12] = [
    (200, 50),
    (80, 24),
    (120, 36),
    (161, 41),
    (99, 25),
    (100, 30),
    (37, 13),
    (20, 6),
    (53, 17),
    (159, 9),
    (19, 5),
    (233, 61),
];

/// TERMINAL T18: walks at random over `screens` screens, and looks at every cell of each.
fn walk(chance: u64, screens: usize, write: impl Fn(&Path)) {
    walk_in(None, chance, screens, write);
}

fn walk_in(theme: Option<&str>, chance: u64, screens: usize, write: impl Fn(&Path)) {
    let mut dice = days::Dice(chance);
    let mut twin = Twin::start_in(theme, write, (200, 50));
    let mut seen = 0;
    while seen < screens {
        if dice.roll(9) == 0 {
            let (cols, rows) = SIZES[dice.roll(SIZES.len())];
            twin.resize(cols, rows);
        } else {
            let key = twin.any_key(&mut dice);
            if !twin.press_if_seen(key) {
                continue;
            }
        }
        seen += 1;
    }
}

#[test]
fn a_walk_over_the_sample() {
    walk(1, 125, days::write_sample);
}

#[test]
fn a_walk_over_bilingual_text() {
    walk(2, 125, |folder| days::write_three(folder, false));
}

#[test]
fn walks_in_themes_with_grounds() {
    // The one suits the terminal's background, the other brings its own.
    for (chance, theme) in [(5, "dark"), (6, "high-contrast-light")] {
        walk_in(Some(theme), chance, 60, |folder| days::write_three(folder, true));
    }
}

#[test]
fn a_walk_over_nasty_text() {
    walk(3, 125, |folder| days::write_three(folder, true));
}

#[test]
fn another_walk_over_nasty_text() {
    walk(4, 125, |folder| days::write_three(folder, true));
}

/// Fails unless `bytes` hold nothing but text and our own sequences (TERMINAL T22).
fn assert_ours(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    for part in text.split('\x1b').skip(1) {
        let is_mode = ["[?2026h", "[?2026l", "[?25h", "[?25l"].iter().any(|mode| part.starts_with(mode));
        let rest = part
            .strip_prefix('[')
            .unwrap_or("?")
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        assert!(is_mode || rest.starts_with(['H', 'J', 'C', 'G', 'K', 'X', 'm']), "{part:?}");
    }
    let is_stray = |c: &char| c.is_control() && *c != '\x1b' || wenzhai::text::is_bidi_control(*c);
    assert_eq!(text.chars().find(is_stray), None);
}

/// Opens a day on which every field of each paper is one of these texts, looks at every tab of each, and at every
/// cell: borders stand, and nothing but our own sequences is sent. `texts` are in JSON, without the quotes.
fn read_all(texts: &[String]) {
    let paper = |(i, t): (usize, &String)| {
        // Where one field is endless, that is enough.
        let short = if t.len() < 4_000 { t.as_str() } else { "short" };
        format!(
            r#"{{"id":"{i}","title":"{t}","title_zh":"{short}","abstract_en":"{t}","abstract_zh":"{short}","summary":"{short}",
            "takeaways":["{short}","{short}"],"authors":["{short}"],"comment":"{short}","categories":["{short}"]}}"#
        )
    };
    let papers: Vec<String> = texts.iter().enumerate().map(paper).collect();
    let digest =
        format!(r#"{{"schema":1,"date":"2025-06-01","category":"c","papers":[{}]}}"#, papers.join(","));
    let write = |folder: &Path| {
        std::fs::create_dir_all(folder.join("2025-06-01")).unwrap();
        std::fs::write(folder.join("2025-06-01/c.json"), &digest).unwrap();
    };
    let mut twin = Twin::start(write, (120, 36));
    assert_eq!(twin.app.state.papers.place().1, texts.len());
    for _ in texts {
        for key in ["1", "2", "3", "4", "5", "0", "G", "j"] {
            twin.press_if_seen(key);
            let rule = twin.app.state.regions().rules[0].unwrap();
            let buffer = twin.app.buffer().0;
            assert!((1..35).all(|y| buffer[(rule, y)].symbol() == "│"), "a border has moved");
        }
    }
    let sent = twin.pty.output();
    let first = sent.windows(8).position(|w| w == b"\x1b[?2026h").unwrap();
    assert_ours(&sent[first..]);
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap().trim_matches('"').to_owned()
}

#[test]
fn bad_texts_stay_in_their_place() {
    let all = |codes: std::ops::RangeInclusive<u32>| codes.filter_map(char::from_u32).collect::<String>();
    let escapes = |codes: std::ops::RangeInclusive<u32>| {
        codes.map(|c| format!("\\u{c:04x}x")).collect::<Vec<_>>().concat()
    };
    let mut texts: Vec<String> = [
        "👩\u{200d}\u{200d}🔬\u{200d}x\u{200d}中\u{200d}",
        "\u{200d}👨\u{200d}👩\u{200d}👧\u{200d}👦👍\u{1f3fd}\u{1f3fd}\u{1f3fd}",
        "🇨🇨🇳🇨x🇨 🇳中🏴\u{e0067}\u{e0062}\u{e007f}\u{e0067}🏴\u{e007f}",
        "☀\u{fe0f}☀\u{fe0e}1\u{fe0f}\u{20e3}\u{20e3}©\u{fe0f}",
        "a\u{202e}cba\u{202d}x\u{2066}y\u{2067}z\u{2069}\u{200f}\u{61c}",
        "𠀀𠮷𪜀𪝀𫝀𫠝𫠠𬺱𬺰𮯠\u{30000}\u{3134a}\u{31350}\u{323af}",
        "\u{e000}\u{f8ff}\u{f0000}\u{10fffd}",
        "\u{378}\u{2fe0}\u{e07f}\u{1fbff}\u{40000}\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}",
        "x\u{1b}[2J\u{1b}]0;t\u{7}\u{1b}P1$r\u{1b}\\\u{9b}31m\u{9d}52;c;x\u{9c}\u{1b}",
        "\u{1100}\u{1100}\u{1161}\u{1161}\u{11a8}\u{11a8}กำ\u{e33}\u{e4d}क्षि\u{17d8}\u{0600}",
    ]
    .iter()
    .map(|text| json(text))
    .collect();
    texts.push(json(&all(0x2000..=0x206f)));
    texts.push(json(&all(0xfe00..=0xfe0f)));
    texts.push(json(&all(0x300..=0x36f)));
    texts.push(escapes(0..=0x1f) + &escapes(0x7f..=0x9f));
    texts.push("\\ud800 \\udc00\\ud800 \\udbffx\\ud83d\\ude00\\ude00".to_owned());
    read_all(&texts);
}

#[test]
fn endless_texts_stay_in_their_place() {
    // A build without optimisation is many times slower.
    let length = if cfg!(debug_assertions) { 5_000 } else { 1_000_000 };
    let pieces = ["x", "中", "ภา", "—", "（", "👩\u{200d}", "a "];
    let mut texts: Vec<String> =
        pieces.iter().map(|piece| json(&piece.repeat(length / piece.chars().count()))).collect();
    texts.push(json(&format!("e{}", "\u{301}".repeat(length / 10))));
    read_all(&texts);
}
