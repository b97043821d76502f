//! Clean text: what the model holds, and what is copied, piped, opened and exported.
//!
//! Owns the rule that no control, escape sequence or bidi override of a source gets past the import, and
//! that what is visible does. Hands over NFC text (UAX #15). Never folds for the screen: that is
//! [`super::shown()`], so ZWJ, selectors and soft hyphens stay.

use memchr::memchr_iter;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::escape::{is_line_end, sequence};
use super::folding::is_dropped;
use super::width;

/// Stands for each escape sequence, control and noncharacter.
const MARK: char = '\u{fffd}';
/// Combining marks one base may carry; more are a stack over the neighbouring rows.
const MARKS_PER_BASE: usize = 4;
/// Columns between tab stops.
const TAB_STOP: usize = 4;

/// Cleans a title, a name, a URL: one line, every run of white space one blank, no blank at either end.
/// Idempotent. O(length); a text with nothing to do comes back as it is after one scan.
#[must_use]
pub fn clean_line(s: String) -> String {
    if is_clean_line(&s) {
        s
    } else if is_all_settled(&s) {
        one_line(&s)
    } else {
        one_line(&neutral(&s))
    }
}

/// Cleans a body: line ends of every kind become `\n`, tabs reach to the next stop of 4 columns, blanks
/// before a line end and at the end are cut. Idempotent. O(length); a text with nothing to do comes back
/// as it is after one scan.
#[must_use]
pub fn clean_body(s: String) -> String {
    match scan_body(&s) {
        Scan::Nothing => s,
        Scan::Blanks => lines(&s),
        Scan::Anything => lines(&neutral(&s)),
    }
}

/// Bytes at the beginning of `bytes` that are visible ASCII or blanks.
fn plain_run(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let mut at = 0;
    // Eight at once: a byte below a blank, above `~` or outside ASCII leaves its highest bit set in one of the three.
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_ne_bytes(*eight);
        let odd = word | word.wrapping_sub(ONES * u64::from(b' ')) | word.wrapping_add(ONES);
        if odd & HIGH != 0 {
            break;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|b| matches!(b, b' '..=b'~')).count()
}

fn is_clean_line(s: &str) -> bool {
    let bytes = s.as_bytes();
    if plain_run(bytes) == bytes.len() {
        let is_blank = |byte: Option<&u8>| byte == Some(&b' ');
        return !is_blank(bytes.first())
            && !is_blank(bytes.last())
            && memchr_iter(b' ', bytes).all(|at| !is_blank(bytes.get(at + 1)));
    }
    let mut before = ' ';
    for c in s.chars() {
        if !is_settled(c) || (c.is_whitespace() && (c != ' ' || before == ' ')) {
            return false;
        }
        before = c;
    }
    s.is_empty() || before != ' '
}

/// What a scan of a body found to do.
#[derive(PartialEq, Eq)]
enum Scan {
    Nothing,
    /// Only blanks before line ends and at the end are to be cut.
    Blanks,
    Anything,
}

fn scan_body(s: &str) -> Scan {
    let bytes = s.as_bytes();
    let mut at = 0;
    let mut found = if ends_blank(Some(s)) { Scan::Blanks } else { Scan::Nothing };
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' '..=b'~' => at += plain_run(bytes.get(at..).unwrap_or_default()),
            // U+4000 to U+9FFF: nearly all of Chinese.
            0xe4..=0xe9 => at += 3,
            b'\n' => {
                if ends_blank(s.get(..at)) {
                    found = Scan::Blanks;
                }
                at += 1;
            }
            _ => match s.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) if is_settled(c) => at += c.len_utf8(),
                _ => return Scan::Anything,
            },
        }
    }
    found
}

/// Says whether only blanks can be wrong with `s`: hard line ends and trailing blanks are in every other digest, and
/// composing a text for their sake would take most of the time of reading it.
fn is_all_settled(s: &str) -> bool {
    s.chars().all(|c| c == '\n' || is_settled(c))
}

fn ends_blank(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.ends_with(|c: char| c != '\n' && c.is_whitespace()))
}

/// Says whether `c` can never need anything: no control, no mark, and NFC whatever stands beside it. The
/// ranges are the common ones; what is left out only costs the slow path.
fn is_settled(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3029}' | '\u{ff00}'..='\u{ffef}'
        | '\u{2010}'..='\u{2027}' | '\u{a0}'..='\u{2ff}' | '\u{3030}'..='\u{3098}' | '\u{309b}'..='\u{4dff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{375}'..='\u{37d}' | '\u{37f}'..='\u{386}' | '\u{388}'..='\u{482}'
        | '\u{48a}'..='\u{556}' | '\u{1e00}'..='\u{1eff}' | '\u{200b}'..='\u{200d}'
        | '\u{202f}'..='\u{2065}' | '\u{2070}'..='\u{20cf}' | '\u{2100}'..='\u{2125}'
        | '\u{2127}'..='\u{2129}' | '\u{212c}'..='\u{2328}' | '\u{232b}'..='\u{2adb}'
        | '\u{2add}'..='\u{2bff}' | '\u{2e80}'..='\u{2fff}' | '\u{e000}'..='\u{f8ff}'
        | '\u{fe00}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{feff}' | '\u{fffc}'..='\u{fffd}'
        | '\u{1d400}'..='\u{1d7ff}' | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{2f7ff}'
        | '\u{30000}'..='\u{3fffd}')
}

/// Replaces what terminals act on, composes, and thins out marks. Keeps tabs; every line end is `\n`.
fn neutral(s: &str) -> String {
    thinned(&without_controls(s))
}

fn without_controls(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut rest = s;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '\r' => {
                out.push('\n');
                taken += usize::from(rest.starts_with("\r\n"));
            }
            '\t' => out.push(c),
            _ if is_line_end(c) => out.push('\n'),
            _ if c.is_control() => {
                out.push(MARK);
                if c == '\u{1b}' || !is_misread(before) {
                    taken = sequence(rest).unwrap_or(taken);
                }
            }
            _ if is_bidi_control(c) => {}
            _ if is_noncharacter(c) => out.push(MARK),
            _ => out.push(c),
        }
        before = c;
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Says whether `c` reorders the text around it (UAX #9) without being seen.
#[must_use]
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Says whether a C1 control after `before` comes from UTF-8 read as Latin-1 or Windows-1252 (`â€` and
/// U+009D for a closing quote) and opens no sequence: the rest of its line is text.
fn is_misread(before: char) -> bool {
    matches!(before, '\u{80}'..='\u{2ff}' | '\u{2010}'..='\u{2122}')
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Composes (NFC) and drops marks without a base and beyond the fourth on one. What the screen drops is
/// neither base nor mark, so that dropping it later cannot join two stacks.
fn thinned(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut marks = None;
    for c in s.nfc() {
        if is_dropped(c) {
            out.push(c);
        } else if !is_combining_mark(c) {
            marks = (!c.is_whitespace()).then_some(0);
            out.push(c);
        } else if let Some(count) = marks.as_mut().filter(|n| **n < MARKS_PER_BASE) {
            *count += 1;
            out.push(c);
        }
    }
    out
}

fn one_line(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for word in s.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn lines(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for (at, line) in s.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let line = line.trim_end();
        if !line.contains('\t') {
            out.push_str(line);
            continue;
        }
        let mut column = 0;
        for (at, part) in line.split('\t').enumerate() {
            if at > 0 {
                let blanks = TAB_STOP - column % TAB_STOP;
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            out.push_str(part);
            column += width(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    use super::*;

    #[test]
    fn a_plain_run_ends_at_the_first_other_byte() {
        for other in (0..=255).filter(|b| !(b' '..=b'~').contains(b)) {
            for at in 0..20 {
                let mut bytes = [b'a', b' ', b'~'].repeat(7);
                assert_eq!(plain_run(&bytes), bytes.len());
                bytes[at] = other;
                assert_eq!(plain_run(&bytes), at, "{other} at {at}");
            }
        }
        assert!(is_clean_line("a b") && is_clean_line(""));
        assert!(!is_clean_line("a  b") && !is_clean_line(" a") && !is_clean_line("a "));
    }

    #[test]
    fn settled_characters_need_nothing() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32).filter(|&c| is_settled(c)) {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert!(is_dropped(c) || !is_combining_mark(c), "{c:?}");
            assert_eq!(without_controls(&c.to_string()), c.to_string());
        }
    }

    #[test]
    fn lines_become_one_line() {
        for (input, expected) in [
            ("", ""),
            ("plain title", "plain title"),
            ("  two\t\r\n spaces\u{3000}here\u{a0}", "two spaces here"),
            ("a\u{2028}b\u{85}c", "a b c"),
            ("red \u{1b}[31mtext\u{1b}[0m", "red \u{fffd}text\u{fffd}"),
            ("\u{1b}]0;pwned\u{7}title", "\u{fffd}title"),
            ("bell\u{7} del\u{7f}", "bell\u{fffd} del\u{fffd}"),
            ("a\u{202e}b\u{2066}c\u{200f}", "abc"),
            ("\u{301}a \u{301}b", "a b"),
            ("👩\u{200d}🔬 ♻\u{fe0f} co\u{ad}op", "👩\u{200d}🔬 ♻\u{fe0f} co\u{ad}op"),
        ] {
            assert_eq!(clean_line(input.to_owned()), expected, "{input:?}");
        }
    }

    #[test]
    fn bodies_keep_their_lines() {
        for (input, expected) in [
            ("", ""),
            ("one\ntwo", "one\ntwo"),
            ("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f", "a\nb\nc\nd\ne\nf"),
            ("a\tb\n中\tb\nabcd\te\n\tx", "a   b\n中  b\nabcd    e\n    x"),
            ("cut \t \nhere \u{3000}", "cut\nhere"),
            ("\n\nkept\n\n", "\n\nkept\n\n"),
            ("  indent", "  indent"),
            ("open \u{1b}]8;;http://x\nnext", "open \u{fffd}\nnext"),
            ("\u{9b}31mred", "\u{fffd}red"),
            ("\u{e2}\u{20ac}\u{9d} and on", "\u{e2}\u{20ac}\u{fffd} and on"),
            ("x\u{fffe}\u{fdd0}\u{1ffff}", "x\u{fffd}\u{fffd}\u{fffd}"),
            ("cafe\u{301}", "caf\u{e9}"),
            ("か\u{3099}", "が"),
        ] {
            assert_eq!(clean_body(input.to_owned()), expected, "{input:?}");
        }
    }

    #[test]
    fn stacks_of_marks_are_cut() {
        let stack = format!("x{}y", "\u{336}".repeat(100_000));
        assert_eq!(clean_line(stack), format!("x{}y", "\u{336}".repeat(4)));
        let joined = format!("x{0}\u{200d}{0}", "\u{336}".repeat(4));
        assert_eq!(clean_line(joined), format!("x{}\u{200d}", "\u{336}".repeat(4)));
    }
}
