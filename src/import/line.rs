use std::borrow::Cow;

use super::prose::{are_names, ends_sentence, english, glue, is_han};
use super::{bullet, marks};

/// A line of a capture that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// The text without the white space around it.
    pub(super) text: Cow<'a, str>,
    /// Where it stood, counted from 1.
    pub(super) number: u32,
    /// Whether a blank line stood before it.
    pub(super) gap: bool,
    /// The white space before it, in characters.
    pub(super) indent: usize,
}

/// Splits a text at LF, CR LF or CR into its lines that are not blank, and undoes a hard wrap of the whole text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let raw = text.split('\n').flat_map(|l| l.strip_suffix('\r').unwrap_or(l).split('\r'));
    let (mut lines, mut gap) = (Vec::new(), true);
    for (number, raw) in (1..).zip(raw) {
        let text = raw.trim_start_matches(is_blank);
        let indent = raw.chars().count() - text.chars().count();
        let text = text.trim_end_matches(is_blank);
        if text.is_empty() {
            gap = true;
        } else {
            lines.push(Line { text: Cow::Borrowed(text), number, gap, indent });
            gap = false;
        }
    }
    match Wrap::of(&lines) {
        Some(wrap) => unwrapped(lines, wrap),
        None => lines,
    }
}

/// Counts the line ends in `bytes` before the byte `at`.
pub(super) fn line_of(bytes: &[u8], at: usize) -> u32 {
    let before = bytes.get(..at).unwrap_or(bytes);
    let ends = before
        .iter()
        .enumerate()
        .filter(|&(i, &b)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')));
    u32::try_from(ends.count()).map_or(u32::MAX, |n| n.saturating_add(1))
}

/// Says whether nothing is seen of `c`.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The columns at which a tool that makes plain text has wrapped every line. Some tools count characters and
/// some count cells, so a line is full when it is full by either.
#[derive(Clone, Copy)]
struct Wrap {
    chars: usize,
    cells: usize,
}

/// Says whether a line may be the rest of the one directly above it.
fn may_go_on(line: &Line) -> bool {
    !line.gap && !marks::starts_part(&line.text) && bullet::read(&line.text, None).is_none()
}

/// The longest line a wrapping tool makes, in characters; a paragraph on one line is far longer.
const WIDEST_WRAP: usize = 160;

impl Wrap {
    /// Tells whether the whole text is wrapped: hardly a line is long, and nearly every long line that has more text
    /// directly below is as full as it could be and ends within a sentence.
    fn of(lines: &[Line]) -> Option<Self> {
        let pairs: Vec<_> =
            lines.iter().zip(lines.iter().skip(1)).filter(|(_, next)| may_go_on(next)).collect();
        // A few lines are over-long: an address cannot be wrapped.
        let width = |of: fn(&Line) -> usize| {
            let mut widths: Vec<_> = pairs.iter().map(|(line, _)| of(line)).collect();
            widths.sort_unstable();
            widths.get(widths.len().saturating_sub(1 + widths.len() / 32)).copied()
        };
        let wrap = Self { chars: width(chars)?, cells: width(cells)? };
        if wrap.chars > WIDEST_WRAP {
            return None;
        }
        let is_long = |line: &Line| chars(line) * 5 > wrap.chars * 3 || cells(line) * 5 > wrap.cells * 3;
        let (mut long, mut full) = (0, 0);
        for (line, next) in pairs.iter().filter(|(line, _)| is_long(line)) {
            long += 1;
            full += usize::from(wrap.is_full(line, next) && !ends_sentence(&line.text));
        }
        (long >= 8 && full * 10 >= long * 7).then_some(wrap)
    }

    /// Says whether the first word of `next` had no room on `line`.
    fn is_full(self, line: &Line, next: &Line) -> bool {
        let (word_chars, word_cells) = match next.text.chars().next() {
            // No blank is needed before an ideograph, and one that may not start a line moves with its neighbour.
            Some(c) if is_han(c) => (1, 3),
            _ => {
                let word = next.text.split_whitespace().next().unwrap_or_default().chars();
                let count = word.take_while(|c| !is_han(*c)).count() + 1;
                (count, count)
            }
        };
        chars(line) + word_chars > self.chars || cells(line) + word_cells > self.cells
    }
}

fn chars(line: &Line) -> usize {
    line.indent + line.text.chars().count()
}

fn cells(line: &Line) -> usize {
    line.indent + line.text.chars().map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum::<usize>()
}

fn unwrapped<'a>(lines: Vec<Line<'a>>, wrap: Wrap) -> Vec<Line<'a>> {
    let mut whole: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    let mut last: Option<Line<'a>> = None;
    for line in lines {
        let is_rest = may_go_on(&line) && last.as_ref().is_some_and(|l| wrap.is_full(l, &line));
        match whole.last_mut() {
            Some(open) if is_rest && agree(&open.text, &line.text) => glue(open.text.to_mut(), &line.text),
            _ => whole.push(line.clone()),
        }
        last = Some(line);
    }
    whole
}

/// Says whether a line can be the rest of what was put together so far: only a name goes on a list of names, nothing
/// on a notice, and no Chinese text on a whole English sentence.
fn agree(open: &str, line: &str) -> bool {
    if marks::authors(open).is_some() {
        return open.ends_with(',') || are_names(line);
    }
    let is_translation = ends_sentence(open) && english(open) > 0 && english(line) < 0;
    marks::notice(open).is_none() && !is_translation && !line.starts_with('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts_once() {
        let got: Vec<_> = lines("a\r\n\r\nb\rc\n \u{200b}\u{a0}\n  d")
            .iter()
            .map(|l| (l.text.to_string(), l.number, l.gap, l.indent))
            .collect();
        let line = |t: &str, n, gap, indent| (t.to_owned(), n, gap, indent);
        assert_eq!(
            got,
            [line("a", 1, true, 0), line("b", 3, true, 0), line("c", 4, false, 0), line("d", 6, true, 2)]
        );
        assert_eq!(line_of(b"a\r\n\r\nb\rc\nx", 9), 5);
    }

    #[test]
    fn only_a_text_that_is_wrapped_throughout_is_unwrapped() {
        let sentence = "Every line of this text was broken by a tool that knows only columns. ".repeat(12);
        let wrapped = textwrap::fill(&sentence, 60);
        assert_eq!(lines(&wrapped).len(), 1);
        let uneven =
            "Short line.\nA line that is quite a bit longer than that.\nMiddle one here.\n".repeat(12);
        assert_eq!(lines(&uneven).len(), 36);
    }
}
