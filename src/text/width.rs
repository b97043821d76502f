//! Cells: the one measure of text in the program.
//!
//! Owns the segmentation into graphemes (UAX #29, cut where a cluster is over two cells wide) and their
//! widths (UAX #11; ambiguous is 1, or 2 as [`Glyphs`](super::Glyphs) say). Hands over offsets and cells; where
//! ambiguous is 1 it agrees with what ratatui's buffer advances for shown text. Never measures a whole string at
//! once: terminals draw grapheme by grapheme.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::glyphs::{ellipsis, is_wide as is_ambiguous_wide};
use super::is_ambiguous;

/// Measures `s` in cells: the sum over its graphemes. O(length).
#[must_use]
pub fn width(s: &str) -> usize {
    graphemes(s).map(|(_, g)| grapheme_width(g)).sum()
}

/// Measures one grapheme: 0, 1 or 2 cells. A grapheme with a control takes none, as it is never drawn.
#[must_use]
pub fn grapheme_width(g: &str) -> usize {
    let mut chars = g.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some(c), None) => match narrow_width(c) {
            1 if c > '\u{a0}' && is_ambiguous_wide() && is_ambiguous(c) => 2,
            cells => cells,
        },
        _ if g.contains(char::is_control) => 0,
        _ => match g.width().min(2) {
            1 if is_ambiguous_wide() && g.chars().any(is_ambiguous) => 2,
            cells => cells,
        },
    }
}

/// Says whether `c` takes two cells on every terminal.
#[must_use]
pub fn is_wide(c: char) -> bool {
    narrow_width(c) == 2
}

/// The cells of a character where ambiguous is 1.
fn narrow_width(c: char) -> usize {
    simple_width(c).unwrap_or_else(|| c.width().unwrap_or(0).min(2))
}

/// Iterates over the graphemes of `s` with their byte offsets. A cluster wider than two cells (an Indic
/// conjunct with spacing vowel signs) comes in parts of at most two, as terminals draw it.
pub fn graphemes(s: &str) -> impl Iterator<Item = (usize, &str)> {
    Graphemes::new(s)
}

/// Cuts `s` to at most `cells`: `s` itself if it fits, else its longest head of whole graphemes and the
/// [`ellipsis`]. Nothing fits in 0 cells. O(cells).
#[must_use]
pub fn fit(s: &str, cells: usize) -> Cow<'_, str> {
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let end = ellipsis(cells);
    // Each of its characters takes one cell: `…` is not used where it would take two.
    let room = cells - end.chars().count();
    let (mut used, mut head) = (0, 0);
    for (at, g) in graphemes(s) {
        used += grapheme_width(g);
        if used > cells {
            let head = s.get(..head).unwrap_or_default();
            return Cow::Owned(format!("{head}{end}"));
        }
        if used <= room {
            head = at + g.len();
        }
    }
    Cow::Borrowed(s)
}

/// The iterator of [`graphemes`].
pub(super) struct Graphemes<'a> {
    text: &'a str,
    at: usize,
    /// Where the cluster that is handed out in parts ends; at or before `at` when there is none.
    cluster_end: usize,
}

impl<'a> Graphemes<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, cluster_end: 0 }
    }

    /// Goes on at byte `at`, where a grapheme begins.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }
}

impl<'a> Iterator for Graphemes<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let mut chars = rest.chars();
        let first = chars.next()?;
        let length = if self.at < self.cluster_end {
            part_length(rest.get(..self.cluster_end - self.at)?)
        } else if simple_width(first).is_some() && chars.next().is_none_or(|c| simple_width(c).is_some()) {
            first.len_utf8()
        } else {
            let cluster = rest.graphemes(true).next()?;
            if cluster.len() > first.len_utf8() && cluster.width() > 2 {
                self.cluster_end = self.at + cluster.len();
                part_length(cluster)
            } else {
                cluster.len()
            }
        };
        let item = (self.at, rest.get(..length)?);
        self.at += length;
        Some(item)
    }
}

/// The bytes of the longest head of a cluster whose characters take at most two cells.
fn part_length(cluster: &str) -> usize {
    let mut cells = 0;
    for (at, c) in cluster.char_indices() {
        cells += c.width().unwrap_or(0);
        if cells > 2 && at > 0 {
            return at;
        }
    }
    cluster.len()
}

/// The cells of a character that is a grapheme of its own beside any other such character: the fast way
/// through English and Chinese.
fn simple_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3029}' | '\u{ff01}'..='\u{ff60}' => Some(2),
        '\u{3041}'..='\u{3096}' | '\u{309b}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' => Some(2),
        '\u{ac00}'..='\u{d7a3}' => Some(2),
        '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_characters_stand_alone() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            if let Some(cells) = simple_width(c) {
                assert_eq!(c.width(), Some(cells), "{c:?}");
                for pair in [format!("a{c}"), format!("{c}a"), format!("{c}{c}"), format!("中{c}文")] {
                    assert_eq!(pair.graphemes(true).count(), pair.chars().count(), "{pair:?}");
                }
            }
        }
    }

    #[test]
    fn graphemes_are_whole_and_narrow() {
        for (text, expected) in [
            ("", vec![]),
            ("ab中", vec![(0, "a"), (1, "b"), (2, "中")]),
            ("e\u{301}x", vec![(0, "e\u{301}"), (3, "x")]),
            ("中\u{301}文", vec![(0, "中\u{301}"), (5, "文")]),
            ("🇨🇳🇨🇳", vec![(0, "🇨🇳"), (8, "🇨🇳")]),
            ("क्षि", vec![(0, "क्ष"), (9, "ि")]),
        ] {
            assert_eq!(graphemes(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }

    #[test]
    fn fitting() {
        for (text, cells, expected) in [
            ("", 3, ""),
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("abcd", 1, "…"),
            ("abcd", 0, ""),
            ("中文字", 6, "中文字"),
            ("中文字", 5, "中文…"),
            ("中文字", 4, "中…"),
            ("中文", 1, "…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ] {
            assert_eq!(fit(text, cells), expected, "{text:?} in {cells}");
        }
    }

    #[test]
    fn a_conjunct_without_end_is_cut() {
        let chain = "क\u{94d}".repeat(50_000);
        assert_eq!(width(&chain), 50_000);
        assert!(graphemes(&chain).all(|(_, g)| grapheme_width(g) <= 2));
    }
}
