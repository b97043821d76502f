//! Widths that crates must not change silently, and those that terminals were seen to agree on.

use ratatui::buffer::CellWidth;
use unicode_width::UnicodeWidthStr;
use wenzhai::text::{Glyphs, clean_body, is_ambiguous, is_han, is_wide, show, width};

/// A crate update that changes one of these changes the screen: look at it, then change the table.
#[test]
fn crates_keep_their_widths() {
    // text; cells by unicode-width, by ratatui, by us
    for (text, crate_cells, ratatui_cells, ours) in [
        ("", 0, 0, 0),
        ("A", 1, 1, 1),
        ("\u{a0}", 1, 1, 1),
        ("é", 1, 1, 1),
        ("e\u{301}", 1, 1, 1),
        ("ß", 1, 1, 1),
        ("α", 1, 1, 1),
        ("Я", 1, 1, 1),
        ("±", 1, 1, 1),
        ("×", 1, 1, 1),
        ("“", 1, 1, 1),
        ("…", 1, 1, 1),
        ("—", 1, 1, 1),
        ("·", 1, 1, 1),
        ("①", 1, 1, 1),
        ("→", 1, 1, 1),
        ("│", 1, 1, 1),
        ("█", 1, 1, 1),
        ("∑", 1, 1, 1),
        ("ℝ", 1, 1, 1),
        ("\u{fffd}", 1, 1, 1),
        ("\u{e000}", 1, 1, 1),
        ("文", 2, 2, 2),
        ("，", 2, 2, 2),
        ("　", 2, 2, 2),
        ("Ａ", 2, 2, 2),
        ("ガ", 2, 2, 2),
        ("か\u{3099}", 2, 2, 2),
        ("ｶ", 1, 1, 1),
        ("ｶﾞ", 2, 3, 2),
        ("ﾞ", 1, 2, 1),
        ("글", 2, 2, 2),
        ("𠮷", 2, 2, 2),
        ("𱍐", 2, 2, 2),
        ("🎯", 2, 2, 2),
        ("🫩", 2, 2, 2),
        ("☀", 1, 1, 1),
        ("☀\u{fe0f}", 2, 2, 2),
        ("👍\u{1f3fd}", 2, 2, 2),
        ("👩\u{200d}🔬", 2, 2, 2),
        ("🇨🇳", 2, 2, 2),
        ("䷀", 2, 2, 2),
        ("กำ", 2, 2, 2),
        ("क्षि", 3, 3, 3),
        ("\u{17d8}", 3, 3, 2),
    ] {
        assert_eq!(text.width(), crate_cells, "unicode-width changed for {text:?}");
        assert_eq!(usize::from(text.cell_width()), ratatui_cells, "ratatui changed for {text:?}");
        assert_eq!(width(text), ours, "{text:?}");
    }
}

/// Cells that tmux 3.3a, 3.5a and 3.7c and xterm agree on, once a source's text is clean and shown.
#[test]
fn shown_text_is_as_wide_as_terminals_draw_it() {
    for (source, cells) in [
        ("论文", 4),
        ("，。、", 6),
        ("２０２５", 8),
        ("논문", 4),
        ("\u{1112}\u{1161}\u{11ab}", 2),
        ("\u{1100}\u{1161}", 2),
        ("ロボット", 8),
        ("は\u{309a}", 2),
        ("ﾛﾎﾞｯﾄ", 8),
        ("ﾃﾞｰﾀ", 6),
        ("𠮷野", 4),
        ("⻄⼭", 4),
        ("ㄅㄆ", 4),
        ("⿰氵文", 6),
        ("邊\u{e0101}", 2),
        ("㎏", 2),
        ("“引”…—·", 7),
        ("①±×→★℃§°", 8),
        ("Ωλж", 3),
        ("┌─┐█", 4),
        ("x⁺y₂", 4),
        ("∀∑≥√⟩ℂ𝒳⋯", 8),
        ("🎯🫡", 4),
        ("☔\u{fe0e}", 2),
        ("✂\u{fe0f}", 1),
        ("7\u{fe0f}\u{20e3}", 1),
        ("®\u{fe0f}", 1),
        ("🇯🇵", 2),
        ("🇯", 0),
        ("👋\u{1f3fb}", 2),
        ("👨\u{200d}🚀", 2),
        ("👩\u{200d}👩\u{200d}👧", 2),
        ("🏳\u{fe0f}\u{200d}🌈", 1),
        ("文\u{200d}字", 4),
        ("o\u{308}o\u{308}", 2),
        ("o\u{308}\u{308}\u{308}\u{308}\u{308}\u{308}", 1),
        ("\u{308}", 0),
        ("字\u{308}", 2),
        ("v\u{20d7}", 1),
        ("x\u{200b}y\u{200c}z\u{2060}\u{feff}", 3),
        ("x\u{a0}y\u{202f}z", 5),
        ("hy\u{ad}phen", 6),
        ("x\u{3164}y", 2),
        ("x\u{202e}y\u{2067}z", 3),
        ("ספר", 3),
        ("كلام", 4),
        ("لا", 2),
        ("กี่", 1),
        ("க்ஷி", 3),
        ("x\u{180b}y", 2),
        ("x\u{34f}y", 2),
        ("red\u{1b}[0m", 4),
        ("x\u{7}\u{8}y", 4),
    ] {
        let text = show(&clean_body(source.to_owned()));
        assert_eq!(width(&text), cells, "{source:?} is shown as {text:?}");
    }
}

/// A run of cells may go on after these, whatever the terminal.
#[test]
fn east_asian_text_is_not_ambiguous() {
    for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
        let is_old_han = is_han(c) && !matches!(c, '\u{2ebf0}'..='\u{2ee5d}' | '\u{31350}'..);
        let is_other =
            matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}');
        assert!(!((is_old_han || is_other) && is_ambiguous(c)), "{c:?}");
    }
}

/// Every character of class A takes two cells on a wide terminal, whatever stands beside it, and nothing else changes.
#[test]
fn wide_terminals_give_two_cells_to_what_is_ambiguous() {
    let cells = |text: &str, is_wide| {
        let _measure = Glyphs { is_wide, is_ascii: false }.measure();
        width(text)
    };
    for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
        let text = c.to_string();
        let (narrow, wide) = (cells(&text, false), cells(&text, true));
        let expected = if is_ambiguous(c) && narrow == 1 { 2 } else { narrow };
        assert_eq!(wide, expected, "{c:?}");
        assert_eq!(is_wide(c), narrow == 2, "{c:?}");
    }
    for (text, narrow, wide) in [
        ("“引”…—·", 7, 12),
        ("①±×→★℃§°", 8, 16),
        ("Ωλж", 3, 6),
        ("┌─┐█", 4, 8),
        ("α\u{301}x", 2, 3),
        ("e\u{301}", 1, 1),
        ("\u{301}", 0, 0),
        ("é", 1, 2),
        ("Gábor", 5, 6),
        ("中文，abc", 9, 9),
        ("👩\u{200d}🔬🇨🇳", 4, 4),
        ("\u{fffd}\u{e000}", 2, 4),
    ] {
        assert_eq!((cells(text, false), cells(text, true)), (narrow, wide), "{text:?}");
    }
}
