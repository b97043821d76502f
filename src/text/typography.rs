//! Chinese typography of shown texts: full-width punctuation and blanks between scripts.
//!
//! Owns which marks change their width and where a blank is missing. Hands over the text with the same
//! letters, digits and Han characters. Never touches an address, code between back quotes or a formula.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr;
use unicode_normalization::char::is_combining_mark;

use super::script::{has_han, is_cjk, is_han, is_hangul};
use super::spans::{self, Kind};

const MARKS: [char; 7] = [',', ';', ':', '?', '!', '(', ')'];

/// Shows ASCII `, ; : ? ! ( )` full width where they touch a Han character; brackets in pairs. The blanks that
/// stood beside such a mark go: it has its own. Brackets of a function, as in `O(n)` and `log(x)`, stay; those of
/// an abbreviation, as in `LLM(RL)`, do not. Idempotent. Borrowed where nothing changes. O(length).
#[must_use]
pub fn full_punctuation(s: &str) -> Cow<'_, str> {
    if !s.contains(MARKS) || !has_han(s) {
        return Cow::Borrowed(s);
    }
    let set = punctuated(s);
    // Without the blank in `) $中)$` the dollars are another pair: such a text stays as it is.
    let is_settled = set != s && (!s.contains('$') || punctuated(&set) == set);
    if is_settled { Cow::Owned(set) } else { Cow::Borrowed(s) }
}

/// Puts marks full width once.
fn punctuated(s: &str) -> String {
    let (kept, brackets) = (kept_spans(s), full_brackets(s));
    let mut kept = kept.iter().peekable();
    let mut out = String::with_capacity(s.len() + s.len() / 8);
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        while kept.next_if(|(span, _)| span.end <= at).is_some() {}
        let is_kept = kept.peek().is_some_and(|(span, _)| span.start <= at);
        let full = match c {
            _ if is_kept => None,
            '(' | ')' => brackets.get(&at).copied(),
            _ if MARKS.contains(&c) => touching(&out, c, next),
            _ => None,
        };
        match full {
            Some('（') => out.truncate(out.trim_end_matches(' ').len()),
            Some(_) => while chars.next_if(|(_, c)| *c == ' ').is_some() {},
            None => {}
        }
        out.push(full.unwrap_or(c));
    }
    out
}

/// Puts one blank between a Han character and a Latin or Greek letter, a digit, an address or a formula that
/// touches it, and after the `%` of a number; none beside punctuation and `°`. Idempotent. Borrowed where nothing
/// changes. O(length).
#[must_use]
pub fn spacing(s: &str) -> Cow<'_, str> {
    if !has_han(s) {
        return Cow::Borrowed(s);
    }
    let kept = kept_spans(s);
    let mut kept = kept.iter().peekable();
    let mut out = String::with_capacity(s.len() + s.len() / 8);
    let mut before = Side::Other;
    for (at, c) in s.char_indices() {
        if let Some((_, kind)) = kept.next_if(|(span, _)| span.end <= at) {
            before = *kind;
        }
        let inside = kept.peek().filter(|(span, _)| span.start <= at);
        let side = match inside {
            Some((span, kind)) if span.start == at => *kind,
            Some(_) => Side::Inside,
            None if is_combining_mark(c) => before,
            None if c == '%' && before == Side::Latin => before,
            None => Side::of(c),
        };
        if matches!((before, side), (Side::Han, Side::Latin) | (Side::Latin, Side::Han)) {
            out.push(' ');
        }
        out.push(c);
        before = side;
    }
    if out.len() == s.len() { Cow::Borrowed(s) } else { Cow::Owned(out) }
}

/// What stands beside a place where a blank may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Han,
    Latin,
    /// Within an address, a formula or code.
    Inside,
    Other,
}

impl Side {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_ascii_alphanumeric() => Self::Latin,
            _ if c.is_ascii() => Self::Other,
            _ if is_han(c) => Self::Han,
            '²'
            | '³'
            | '¹'
            | '\u{2070}'..='\u{209c}'
            | '\u{2102}'..='\u{2138}'
            | '\u{1d400}'..='\u{1d7ff}' => Self::Latin,
            // Letters of Europe; circled letters and numbers above are marks of lists.
            _ if c < '\u{2000}' && c.is_alphabetic() && !is_cjk(c) && !is_hangul(c) => Self::Latin,
            _ => Self::Other,
        }
    }
}

/// Addresses, formulas and code between back quotes, in order and apart, with what they are to their neighbours.
fn kept_spans(s: &str) -> Vec<(Range<usize>, Side)> {
    let side = |kind| if kind == Kind::Address || kind == Kind::Formula { Side::Latin } else { Side::Other };
    let mut found: Vec<(Range<usize>, Side)> =
        spans::spans(s, usize::MAX).into_iter().map(|span| (span.bytes, side(span.kind))).collect();
    let mut at = 0;
    let mut code = Vec::new();
    while let Some(open) = memchr(b'`', s.as_bytes().get(at..).unwrap_or_default()).map(|found| at + found) {
        let inner = s.as_bytes().get(open + 1..).unwrap_or_default();
        let Some(length) = memchr(b'`', inner) else { break };
        at = open + length + 2;
        code.push((open..at, Side::Other));
    }
    if !code.is_empty() {
        let is_apart = |(span, _): &(Range<usize>, Side)| {
            let next = code.partition_point(|(c, _)| c.end <= span.start);
            code.get(next).is_none_or(|(c, _)| c.start >= span.end)
        };
        found.retain(is_apart);
        found.append(&mut code);
        found.sort_by_key(|(span, _)| span.start);
    }
    found
}

/// The full-width form of mark `c` after `out` and before `next`, where it has to have it.
fn touching(out: &str, c: char, next: Option<char>) -> Option<char> {
    let before = out.chars().next_back();
    let is_operator = matches!((c, next), ('!', Some('=')) | (':', Some(':' | '=')));
    let is_touching =
        before.is_some_and(|b| is_han(b) || is_cjk(b) && b != '\u{3000}') || next.is_some_and(is_han);
    // The second of `::`, and the end of an emoticon or a Markdown mark.
    let is_pair = before == Some(':');
    if !is_touching || is_operator || is_pair {
        return None;
    }
    full_width(c)
}

fn full_width(c: char) -> Option<char> {
    char::from_u32(u32::from(c) + 0xfee0)
}

/// The ASCII brackets that are shown full width, by their place: both of a pair that touches Han, and one
/// whose partner already is.
fn full_brackets(s: &str) -> HashMap<usize, char> {
    let mut found = HashMap::new();
    let mut open: Vec<(usize, Left, Option<char>)> = Vec::new();
    let kept = kept_spans(s);
    let mut kept = kept.iter().peekable();
    let (mut before, mut word) = (None, 0);
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        while kept.next_if(|(span, _)| span.end <= at).is_some() {}
        let is_kept = kept.peek().is_some_and(|(span, _)| span.start <= at);
        let next = chars.peek().map(|(_, c)| *c);
        match c {
            _ if is_kept => {}
            '(' | '（' => open.push((at, Left { bracket: c, before, word }, next)),
            ')' | '）' => {
                if let Some((from, left, first)) = open.pop() {
                    let is_mixed = (left.bracket == '(') != (c == ')');
                    if is_mixed || (c == ')' && is_chinese_pair(&left, first, before, next)) {
                        if left.bracket == '(' {
                            found.insert(from, '（');
                        }
                        if c == ')' {
                            found.insert(at, '）');
                        }
                    }
                }
            }
            _ => {}
        }
        before = Some(c);
        word = if Side::of(c) == Side::Latin { word + 1 } else { 0 };
    }
    found
}

/// An opening bracket and what stands before it.
struct Left {
    bracket: char,
    before: Option<char>,
    /// Letters of the Latin word before it.
    word: usize,
}

/// Decides on a pair of brackets by its left one, the characters inside of both, and the one after the right one.
fn is_chinese_pair(left: &Left, first: Option<char>, last: Option<char>, right: Option<char>) -> bool {
    let han = |c: Option<char>| c.is_some_and(is_han);
    let is_short = left.word == 1 || !first.is_some_and(char::is_uppercase);
    let is_call = left.word > 0 && is_short && !han(first) && !han(last);
    // The address of a Markdown link.
    let is_link = left.before == Some(']');
    !is_call && !is_link && (han(left.before) || han(first) || han(last) || han(right))
}
