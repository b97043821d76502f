//! Rows of a text at a width.
//!
//! Owns first-fit line filling. Hands over one byte range per row; what lies between two ranges is only the
//! blanks (U+0020) and line ends at a break. Never splits a grapheme and never inserts a character.

use std::ops::Range;

use super::breaks::{Seam, Seams, opportunities};
use super::script::is_cjk;
use super::width::Graphemes;
use super::{grapheme_width, graphemes};

/// Wraps one paragraph (no `\n`) into rows of at most `cells` and returns byte ranges into it; an empty one
/// is one empty row. Breaks by UAX #14 as tailored for Chinese; a piece longer than a row is cut between
/// graphemes, where the rules for row ends allow if they do. A lone grapheme wider than `cells` has a row of
/// its own. Blanks at a break and at the end are dropped. O(length).
#[must_use]
pub fn wrap(s: &str, cells: usize) -> Vec<Range<usize>> {
    let text = without_last_blanks(s);
    if text.len() <= cells || fits(text, cells) {
        return std::iter::once(0..text.len()).collect();
    }
    let mut breaks = opportunities(text, cells).into_iter().peekable();
    let mut filler = Filler { text, cells, ..Filler::default() };
    let mut graphemes = Graphemes::new(text);
    while let Some((at, g)) = graphemes.next() {
        while breaks.next_if(|&b| b < at).is_some() {}
        let may_break = breaks.next_if_eq(&at).is_some();
        let end = breaks.peek().copied().unwrap_or(text.len());
        if (may_break || at == 0) && filler.take_word(at..end) {
            graphemes.go_to(end);
        } else {
            filler.take(at, g, may_break);
        }
    }
    filler.rows.push(filler.start..text.len());
    filler.rows
}

/// Says whether `s` takes at most `cells`; reads no further than it has to.
fn fits(s: &str, cells: usize) -> bool {
    let mut used = 0;
    graphemes(s).all(|(_, g)| {
        used += grapheme_width(g);
        used <= cells
    })
}

/// Wraps every line of `s` as [`wrap`] does and returns byte ranges into `s`; an empty line is an empty row.
#[must_use]
pub fn wrap_text(s: &str, cells: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut offset = 0;
    for line in s.split('\n') {
        rows.extend(wrap(line, cells).into_iter().map(|row| row.start + offset..row.end + offset));
        offset += line.len() + 1;
    }
    rows
}

/// Cuts the blanks at the end, but not one that a prefix such as U+0600 makes part of its grapheme.
fn without_last_blanks(s: &str) -> &str {
    if !s.ends_with(' ') {
        return s;
    }
    let end = graphemes(s).filter(|&(_, g)| g != " ").last().map_or(0, |(at, g)| at + g.len());
    s.get(..end).unwrap_or(s)
}

/// A place where the row may end.
#[derive(Clone, Copy)]
struct Break {
    /// Bytes before the blanks.
    end: usize,
    /// Bytes after the blanks, where the next row starts.
    next: usize,
    /// Cells of the row up to `next`.
    used: usize,
}

#[derive(Default)]
struct Filler<'a> {
    text: &'a str,
    cells: usize,
    rows: Vec<Range<usize>>,
    /// Bytes before the row that is being filled.
    start: usize,
    /// Cells of that row so far, blanks included.
    used: usize,
    /// Bytes up to the end of the last grapheme that is no blank.
    inked: usize,
    /// The last place in the row where it may end.
    last: Option<Break>,
}

impl Filler<'_> {
    /// Takes the bytes between two breaks at once, if they are an ASCII word with its blanks that fits a row: the
    /// fast way through English. False where each grapheme has to be looked at.
    fn take_word(&mut self, bytes: Range<usize>) -> bool {
        if !self.text.as_bytes().get(bytes.start).is_some_and(u8::is_ascii) {
            return false;
        }
        let (Some(word), Some(rest)) = (self.text.get(bytes.clone()), self.text.get(bytes.end..)) else {
            return false;
        };
        // What follows could be a mark that belongs to the last blank.
        let is_apart = rest.chars().next().is_none_or(|c| c < '\u{300}' || is_cjk(c));
        let ink = word.trim_end_matches(' ').len();
        if !is_apart || ink == 0 || ink > self.cells || !word.bytes().all(|b| matches!(b, b' '..=b'~')) {
            return false;
        }
        if self.used + ink > self.cells {
            self.cut(Break { end: self.inked, next: bytes.start, used: self.used });
        }
        if bytes.start > self.start {
            self.last = Some(Break { end: self.inked, next: bytes.start, used: self.used });
        }
        self.inked = bytes.start + ink;
        self.used += word.len();
        true
    }

    fn take(&mut self, at: usize, g: &str, may_break: bool) {
        if may_break && at > self.start {
            self.last = Some(Break { end: self.inked, next: at, used: self.used });
        }
        let cells = grapheme_width(g);
        if g != " " {
            while self.used + cells > self.cells && at > self.start {
                let place = self.last.take().unwrap_or_else(|| self.emergency(at));
                self.cut(place);
            }
            self.inked = at + g.len();
        }
        self.used += cells;
    }

    fn cut(&mut self, place: Break) {
        // Blanks alone, before the first word that fits no row with them, are not a row.
        if place.end > self.start {
            self.rows.push(self.start..place.end);
        }
        self.start = place.next;
        self.used -= place.used;
    }

    /// Finds where to cut a row that has no break up to `at`: where the last two words meet, or the last two parts of
    /// the last word, if that leaves the second one whole; else the last place that keeps the rules for row ends, else
    /// `at` itself. O(row).
    fn emergency(&self, at: usize) -> Break {
        let (mut joint, mut compound, mut any) = (None, None, None);
        let (mut used, mut inked, mut seams) = (0, self.start, Seams::default());
        let row = self.text.get(self.start..at).unwrap_or_default();
        let rest = self.text.get(at..).unwrap_or_default();
        for (offset, g) in graphemes(row).chain([(row.len(), rest)]) {
            let next = self.start + offset;
            let after = g.chars().next().unwrap_or(' ');
            if let Some(seam) = seams.before(after).filter(|_| offset > 0) {
                any = Some(Break { end: inked, next, used });
                match seam {
                    Seam::Joint => (joint, compound) = (any, None),
                    Seam::Compound => compound = any,
                    Seam::Inside => {}
                }
            }
            if next < at {
                used += grapheme_width(g);
                seams.step(g);
                if g != " " {
                    inked = next + g.len();
                }
            }
        }
        let whole = |place: Option<Break>, seam| place.filter(|p| self.has_whole_part_at(p.next, seam));
        let seam = whole(joint, Seam::Joint).or_else(|| whole(compound, Seam::Compound));
        seam.or(any).unwrap_or(Break { end: self.inked, next: at, used: self.used })
    }

    /// Says whether a row holds what begins at `from` up to the next such seam. O(row).
    fn has_whole_part_at(&self, from: usize, seam: Seam) -> bool {
        let (mut used, mut seams) = (0, Seams::default());
        for (offset, g) in graphemes(self.text.get(from..).unwrap_or_default()) {
            let is_end = g == " " || g.chars().next().and_then(|c| seams.before(c)) >= Some(seam);
            if offset > 0 && is_end {
                break;
            }
            used += grapheme_width(g);
            seams.step(g);
            if used > self.cells {
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    fn rows(text: &str, cells: usize) -> Vec<&str> {
        wrap(text, cells).into_iter().filter_map(|row| text.get(row)).collect()
    }

    #[test]
    fn paragraphs() {
        for (text, cells, expected) in [
            ("", 8, vec![""]),
            ("fits", 8, vec!["fits"]),
            ("two words  ", 4, vec!["two", "word", "s"]),
            ("one   two", 5, vec!["one", "two"]),
            ("   indented", 8, vec!["indented"]),
            ("   in dent", 8, vec!["   in", "dent"]),
            ("a bc", 1, vec!["a", "b", "c"]),
            ("中a", 1, vec!["中", "a"]),
            ("中文", 0, vec!["中", "文"]),
            ("我们提出了，一种", 10, vec!["我们提出", "了，一种"]),
            ("我们提出（一种）", 10, vec!["我们提出", "（一种）"]),
            ("他说——不是", 7, vec!["他说——", "不是"]),
            ("他说过——不是", 7, vec!["他说过", "——不是"]),
            ("全角\u{3000}空格", 6, vec!["全角\u{3000}", "空格"]),
            ("abcdefgh，ij", 8, vec!["abcdefg", "h，ij"]),
            ("，，，，，，，，，，", 8, vec!["，，，，", "，，，，", "，，"]),
            ("한국어 단어는나뉘지않는다", 12, vec!["한국어", "단어는나뉘지", "않는다"]),
            ("式$a + b$在此", 8, vec!["式", "$a + b$", "在此"]),
            ("e\u{301}e\u{301}e\u{301}", 2, vec!["e\u{301}e\u{301}", "e\u{301}"]),
            ("用FlightKooba", 8, vec!["用", "Flight", "Kooba"]),
            ("Doc2Agent", 8, vec!["Doc", "2Agent"]),
            ("**Method:**", 8, vec!["**", "Method:", "**"]),
            ("中,Seed1.5", 8, vec!["中,", "Seed1.5"]),
            ("Relation(GRPO)", 10, vec!["Relation", "(GRPO)"]),
            ("arXiv:2401.12345", 8, vec!["arXiv:24", "01.12345"]),
            ("nDCG@10，", 8, vec!["nDCG@", "10，"]),
            ("（N=12,511）", 8, vec!["（N=", "12,511）"]),
            ("**CheXpert**", 10, vec!["**CheXpert", "**"]),
            (
                "https://a.b/#i\u{302a}⭶",
                1,
                "https://a.b/#".split("").filter(|c| !c.is_empty()).chain(["i\u{302a}", "⭶"]).collect(),
            ),
            // A mark that Unicode has since version 16 makes the blank before it a character.
            ("” \u{113c2}$x", 0, vec!["”", " \u{113c2}", "$", "x"]),
            ("ReasonIR-8B", 10, vec!["ReasonIR-", "8B"]),
            ("Flightreinforcement", 8, vec!["Flightre", "inforcem", "ent"]),
            ("FlightReinforcement", 8, vec!["FlightRe", "inforcem", "ent"]),
            ("REK+/RAG+", 8, vec!["REK+/", "RAG+"]),
            ("(p=0.0371)", 8, vec!["(p=", "0.0371)"]),
            ("\\alphabetagamma", 8, vec!["\\alphabe", "tagamma"]),
        ] {
            assert_eq!(rows(text, cells), expected, "{text:?} in {cells}");
        }
    }

    #[test]
    fn texts_keep_empty_lines() {
        let text = "ab cd\n\n中文\n";
        let rows: Vec<&str> = wrap_text(text, 3).into_iter().filter_map(|row| text.get(row)).collect();
        assert_eq!(rows, ["ab", "cd", "", "中", "文", ""]);
    }

    /// Each is a trap for a search that starts anew at every row or character.
    #[test]
    fn long_paragraphs_are_laid_out_once() {
        for text in [
            "a".repeat(1_000_000),
            "一个很长的行，没有结尾 and no end. ".repeat(5_000),
            "（".repeat(100_000),
            "$x \\(y://".repeat(20_000),
            "क\u{94d}".repeat(50_000),
            "， ".repeat(50_000),
            "ภาษาไทยไม่มีช่องว่าง".repeat(10_000),
        ] {
            assert!(rows(&text, 72).into_iter().all(|row| width(row) <= 72));
        }
    }
}
