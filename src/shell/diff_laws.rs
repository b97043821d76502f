//! What the diff promises, checked on an emulator. tests/wire.rs counts the bytes of the whole program.

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::diff::{Doubt, diff};
use super::screen::Screen;
use crate::state::Size;
use crate::text::{self, is_ambiguous, is_uncertain};

/// Texts that go wrong on terminals: wide, ambiguous, combining, box drawing, control characters.
const TEXTS: [&str; 14] = [
    "plain ascii text",
    "大语言模型的推理能力",
    "中a文b字c体",
    "“引号”…——·",
    "│┌──┐│",
    "e\u{301}a\u{302}o",
    "👍🎉emoji👍",
    "한국어 テスト",
    "\u{fffd}x\u{fffd}\u{fffd}",
    "a    b          c",
    "                        ",
    "，。、；：",
    "αβγ±×→",
    "ＧＲＰＯ",
];
const COLOURS: [Color; 6] = [
    Color::Reset,
    Color::Red,
    Color::LightCyan,
    Color::DarkGray,
    Color::Indexed(208),
    Color::Rgb(1, 20, 200),
];
const SHOWN: [Modifier; 5] =
    [Modifier::BOLD, Modifier::DIM, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];

/// One change of a screen. Places are taken modulo the size.
#[derive(Clone, Debug)]
enum Edit {
    Text(u16, u16, usize, Style),
    /// A symbol put into one cell as it is, whatever stands beside it.
    Raw(u16, u16, &'static str),
    Style(u16, u16, u16, Style),
    Blank(u16, u16, u16),
    Reset,
}

fn style() -> impl Strategy<Value = Style> {
    (0..COLOURS.len(), 0..COLOURS.len(), 0u8..32).prop_map(|(fg, bg, bits)| {
        let set = SHOWN.iter().enumerate().filter(|(i, _)| bits & (1 << i) != 0);
        Style::reset().fg(COLOURS[fg]).bg(COLOURS[bg]).add_modifier(set.map(|(_, m)| *m).collect())
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let raw =
        prop::sample::select(vec!["中", "x", "─", "\x1b", "", "\u{301}", "\u{9b}", "\n", "👍", "a\x07"]);
    prop_oneof![
        6 => (0u16..200, 0u16..50, 0..TEXTS.len(), style()).prop_map(|(x, y, t, s)| Edit::Text(x, y, t, s)),
        3 => (0u16..200, 0u16..50, raw).prop_map(|(x, y, r)| Edit::Raw(x, y, r)),
        2 => (0u16..200, 0u16..50, 1u16..20, style()).prop_map(|(x, y, n, s)| Edit::Style(x, y, n, s)),
        2 => (0u16..200, 0u16..50, 1u16..30).prop_map(|(x, y, n)| Edit::Blank(x, y, n)),
        1 => Just(Edit::Reset),
    ]
}

fn apply(edit: &Edit, buf: &mut Buffer) {
    let Rect { width, height, .. } = buf.area;
    match *edit {
        Edit::Text(x, y, text, style) => {
            buf.set_stringn(x % width, y % height, TEXTS[text], usize::from(width - x % width), style);
        }
        Edit::Raw(x, y, symbol) => {
            buf[(x % width, y % height)].set_symbol(symbol);
        }
        Edit::Style(x, y, n, style) => {
            let area = Rect::new(x % width, y % height, n, 1).intersection(buf.area);
            buf.set_style(area, style);
        }
        Edit::Blank(x, y, n) => (x..x + n).for_each(|x| buf[(x % width, y % height)].reset()),
        Edit::Reset => buf.reset(),
    }
}

fn emulator(cols: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(cols).unwrap(), 0)
}

fn colour(c: Color) -> vt100::Color {
    match c {
        Color::Red => vt100::Color::Idx(1),
        Color::LightCyan => vt100::Color::Idx(14),
        Color::DarkGray => vt100::Color::Idx(8),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}

/// Fails unless the emulator shows `buf`; cells whose symbol `skipped` names may show anything.
fn assert_shows(screen: &vt100::Screen, buf: &Buffer, skipped: impl Fn(&str) -> bool) {
    for y in 0..buf.area.height {
        let mut x = 0;
        while x < buf.area.width {
            let cell = &buf[(x, y)];
            let width = text::width(cell.symbol());
            let shown = !cell.symbol().chars().any(char::is_control)
                && (width == 1 || (width == 2 && x + 1 < buf.area.width));
            let (symbol, width) = if shown { (cell.symbol(), width) } else { (" ", 1) };
            let got = screen.cell(y, x).unwrap();
            let at = format!("column {x} row {y}: {symbol:?}, emulator {:?}", got.contents());
            if !skipped(symbol) {
                if symbol == " " {
                    assert!(matches!(got.contents(), "" | " "), "{at}");
                } else {
                    assert_eq!(got.contents(), symbol, "{at}");
                    assert_eq!(got.fgcolor(), colour(cell.fg), "{at}");
                }
                assert_eq!(got.is_wide(), width == 2, "{at}");
                assert_eq!(got.bgcolor(), colour(cell.bg), "{at}");
                let modifier = cell.modifier;
                assert_eq!(got.underline(), modifier.contains(Modifier::UNDERLINED), "{at}");
                assert_eq!(got.inverse(), modifier.contains(Modifier::REVERSED), "{at}");
                if symbol != " " || got.inverse() {
                    // vt100 keeps only one of bold and dim.
                    if !modifier.contains(Modifier::BOLD | Modifier::DIM) {
                        assert_eq!(got.bold(), modifier.contains(Modifier::BOLD), "{at}");
                        assert_eq!(got.dim(), modifier.contains(Modifier::DIM), "{at}");
                    }
                    assert_eq!(got.italic(), modifier.contains(Modifier::ITALIC), "{at}");
                }
                if width == 2 {
                    assert!(screen.cell(y, x + 1).unwrap().is_wide_continuation(), "{at}");
                }
            }
            x += width as u16;
        }
    }
}

/// Lets the emulator follow a walk of screens, checking each.
fn walk(
    (cols, rows): (u16, u16),
    steps: &[Vec<Edit>],
    doubt: Doubt,
    alter: fn(&str) -> String,
    skipped: fn(&str) -> bool,
) {
    let mut terminal = emulator(cols, rows);
    let mut prev = Buffer::empty(Rect::new(0, 0, cols, rows));
    for edits in steps {
        let mut next = prev.clone();
        for edit in edits {
            apply(edit, &mut next);
        }
        // vt100 always wraps; the shell turns that off on a real terminal.
        for cell in next.content.iter_mut().skip(usize::from(cols) - 1).step_by(usize::from(cols)) {
            if alter(cell.symbol()) != cell.symbol() {
                cell.reset();
            }
        }
        let mut out = Vec::new();
        diff(&prev, &next, doubt, &mut out);
        terminal.process(alter(std::str::from_utf8(&out).unwrap()).as_bytes());
        assert_shows(terminal.screen(), &next, skipped);
        out.clear();
        diff(&next, &next, doubt, &mut out);
        assert!(out.is_empty(), "nothing changed, {} bytes", out.len());
        prev = next;
    }
}

/// vt100 drops U+FFFD instead of showing it.
fn dropped(symbol: &str) -> bool {
    symbol.contains('\u{fffd}')
}

fn wide_ellipsis(bytes: &str) -> String {
    bytes.replace(['…', '│', '─'], "宽")
}

proptest! {
    #[test]
    fn the_emulator_shows_what_was_drawn(
        cols in 1u16..40, rows in 1u16..6, steps in prop::collection::vec(prop::collection::vec(edit(), 0..8), 1..8)
    ) {
        walk((cols, rows), &steps, is_ambiguous, str::to_owned, dropped);
        walk((cols, rows), &steps, is_uncertain, str::to_owned, dropped);
    }

    #[test]
    fn a_terminal_with_wide_ellipses_and_rules_loses_no_other_cell(
        cols in 1u16..40, rows in 1u16..6, steps in prop::collection::vec(prop::collection::vec(edit(), 0..8), 1..8)
    ) {
        walk((cols, rows), &steps, is_ambiguous, wide_ellipsis, |s| dropped(s) || wide_ellipsis(s) != s);
    }

    #[test]
    fn no_cell_sends_a_control_character(symbols in prop::collection::vec("\\PC{0,2}|[\\x00-\\x1f\\x7f-\\x9f]{1,2}", 8)) {
        let mut next = Buffer::empty(Rect::new(0, 0, 8, 1));
        symbols.iter().enumerate().for_each(|(x, s)| { next.content[x].set_symbol(s); });
        let mut out = Vec::new();
        diff(&Buffer::empty(next.area), &next, is_ambiguous, &mut out);
        let sent = String::from_utf8(out).unwrap();
        // Every control character begins one of the painter's own sequences.
        for part in sent.split('\x1b').skip(1) {
            let parameters = part.trim_start_matches('[').trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
            prop_assert!(part.starts_with('[') && parameters.starts_with(['G', 'H', 'K', 'C', 'X', 'm']), "{sent:?}");
        }
        prop_assert!(!sent.chars().any(|c| c.is_control() && c != '\x1b'), "{sent:?}");
    }
}

#[test]
fn a_wide_character_drawn_narrow_leaves_nothing_beside_it() {
    let _wide = text::Glyphs { is_wide: true, is_ascii: false }.measure();
    for (before, after, shown) in [
        ("abcd", vec![(0, "a"), (1, "“"), (3, "d")], "a“ d"),
        ("a中d", vec![(0, "—"), (2, " "), (3, "d")], "—  d"),
        ("中文", vec![(0, "…"), (2, "文")], "… 文"),
        ("abcd", vec![(0, "a"), (1, "b"), (2, "α")], "abα"),
    ] {
        let prev = Buffer::with_lines([format!("{before:<5}")]);
        let mut next = Buffer::empty(prev.area);
        for (x, symbol) in after {
            next[(x, 0)].set_symbol(symbol);
        }
        let (mut terminal, mut out) = (emulator(5, 1), Vec::new());
        terminal.process(before.as_bytes());
        diff(&prev, &next, is_ambiguous, &mut out);
        terminal.process(&out);
        assert_eq!(terminal.screen().contents().trim_end(), shown, "{before}");
    }
}

#[test]
fn blanks_of_formulas_are_blanks_of_every_font() {
    let next = Buffer::with_lines(["n\u{a0}=\u{a0}1"]);
    let mut out = Vec::new();
    diff(&Buffer::empty(next.area), &next, is_ambiguous, &mut out);
    assert_eq!(String::from_utf8(out).unwrap(), "\x1b[Hn = 1");
}

/// A run ends behind what is in doubt, and nowhere else: not behind Han, kana, hangul and full-width forms, and not
/// behind ambiguous characters of a terminal that was asked for them.
#[test]
fn runs_end_where_the_column_is_in_doubt() {
    for (text, asked, unasked) in [
        ("中文カナ한글，ＡＢ", 1, 1),
        ("│中…“文”│x", 1, 6),
        ("①α×Я→x", 1, 6),
        ("\u{fffd}x", 2, 2),
        ("\u{e0b0}x", 2, 2),
        ("𱍐x🫩x", 3, 3),
        ("𰀀x🚀x", 1, 1),
    ] {
        let next = Buffer::with_lines([format!("{text}      ")]);
        for (doubt, runs) in [(is_uncertain as Doubt, asked), (is_ambiguous, unasked)] {
            let mut out = Vec::new();
            diff(&Buffer::empty(next.area), &next, doubt, &mut out);
            assert_eq!(String::from_utf8(out).unwrap().matches('\x1b').count(), runs, "{text}");
        }
    }
}

#[test]
fn a_walk_of_200_screens() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let steps = prop::collection::vec(prop::collection::vec(edit(), 1..12), 200);
    let steps = steps.new_tree(&mut TestRunner::deterministic()).unwrap().current();
    walk((80, 24), &steps, is_ambiguous, str::to_owned, dropped);
}

#[test]
fn frames_show_and_hide_the_cursor_only_on_change() {
    let mut screen = Screen::new(Size { cols: 10, rows: 3 });
    let mut frame = |text: &str, cursor: Option<(u16, u16)>| {
        let mut out = Vec::new();
        screen.frame(
            |buf| {
                buf.set_string(0, 1, text, Style::new());
                cursor.map(Position::from)
            },
            is_ambiguous,
            &mut out,
        );
        String::from_utf8(out).unwrap().replace('\x1b', "^").replace("^[?2026h", "<").replace("^[?2026l", ">")
    };
    assert_eq!(frame("中", None), "<^[m^[?25l^[H^[J^[2H中>");
    assert_eq!(frame("中", None), "");
    assert_eq!(frame("中", Some((2, 1))), "<^[2;3H^[?25h>");
    assert_eq!(frame("中", Some((2, 1))), "");
    assert_eq!(frame("中a", Some((3, 1))), "<^[2;3Ha^[2;4H>");
    assert_eq!(frame("中a", Some((30, 1))), "<^[?25l>");
    assert_eq!(frame("", None), "<^[2H   >");
}
