//! Places in the bytes of a JSON text where a character is written in an odd way: full width, with an accent, escaped,
//! amid LaTeX. What matches there once it is folded does not match as bytes.

use crate::text::fold_text;

/// Bytes on each side of a place in which a word of eight times fewer characters may stand.
const AROUND: usize = 128;
/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// The odd places of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// Where they are, in order.
    pub(super) at: Vec<usize>,
    /// True when characters are escaped by number.
    pub(super) has_escapes: bool,
    /// True when Han characters may be written in ways that folding makes one, or have something between them.
    pub(super) has_rare_han: bool,
}

/// Finds the odd places of UTF-8 JSON. O(length), two gigabytes a second where there are few.
pub(super) fn places(json: &[u8]) -> Places {
    let mut places = Places::default();
    let mut start = 0;
    while start < json.len() {
        let end = (start + BLOCK).min(json.len());
        if has_odd(json, start, end) {
            for at in start..end {
                look(json, at, &mut places);
            }
        }
        start = end;
    }
    places
}

/// Says whether one of some bytes may begin something odd: for compilers to make one instruction of many.
fn has_odd(json: &[u8], start: usize, end: usize) -> bool {
    let Some(block) = json.get(start..end) else { return false };
    let Some(next) = json.get(start + 1..end + 1) else { return true };
    let Some(third) = json.get(start + 2..end + 2) else { return true };
    let mut any = 0_u8;
    for ((&a, &b), &c) in block.iter().zip(next).zip(third) {
        any |= u8::from(is_odd(a, b, c));
    }
    any != 0
}

/// Says whether a character that begins with these bytes is odd. Common punctuation is not.
#[inline]
#[expect(
    clippy::needless_bitwise_bool,
    clippy::manual_range_contains,
    reason = "without a branch many bytes are looked at together"
)]
fn is_odd(a: u8, b: u8, c: u8) -> bool {
    (a == b'\\') & ((b == b'\\') | (b == b'u'))
        | (a == b'$')
        | (a == b'^')
        | (a == b'_')
        | (a == b'{')
        | (a == b'}')
        | ((a >= 0xc2) & (a <= 0xcd))
        | (a == 0xe1)
        | (a == 0xe2)
            & ((b == 0x80) & ((c < 0x90) | ((c >= 0xa8) & (c < 0xb0)))
                | ((b >= 0x81) & (b <= 0x85))
                | (b == 0x86) & (c < 0x90)
                | ((b >= 0x91) & (b <= 0x93))
                | (b == 0xb1)
                | (b >= 0xba))
        | (a == 0xe3) & ((b == 0x80) & (c == 0x80) | ((b >= 0x85) & (b <= 0x8f)))
        | (a == 0xea)
        | (a == 0xef) & ((b != 0xbc) | (c == 0x8d) | (c >= 0x90) & (c <= 0x99) | (c >= 0xa1) & (c <= 0xba))
        | (a >= 0xf0)
}

fn look(json: &[u8], at: usize, places: &mut Places) {
    let byte = |n: usize| json.get(at + n).copied().unwrap_or_default();
    let (a, b, c) = (byte(0), byte(1), byte(2));
    if !is_odd(a, b, c) {
        return;
    }
    match (a, b) {
        (b'\\', b'u') => places.has_escapes = true,
        (0xcc | 0xcd | 0xe1..=0xe3 | 0xea | 0xf0.., _) | (0xc2, 0xad) => {
            places.has_rare_han |= !matches!((a, b, c), (0xe3, 0x80, 0x80));
        }
        (0xef, 0xa4..=0xab | 0xb8 | 0xbb | 0xbe | 0xbf) => places.has_rare_han = true,
        _ => {}
    }
    places.at.push(at);
}

/// Says whether `word`, folded, may stand around an odd place.
pub(super) fn may_be(json: &[u8], at: usize, word: &str) -> bool {
    let is_odd = json.get(at..).is_some_and(|rest| char_at(rest).is_none());
    is_odd || (fits(json, at, word) && is_around(json, at, word))
}

/// Looks closer: says whether letters and digits around the place are those of `word`, with and without commands.
fn is_around(json: &[u8], at: usize, word: &str) -> bool {
    let reach = AROUND + 8 * word.len();
    let part = json.get(at.saturating_sub(reach)..json.len().min(at + reach)).unwrap_or_default();
    let text = unescaped(part);
    let bare = |text: &str| fold_text(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let wanted = bare(word);
    if bare(&text).contains(&wanted) {
        return true;
    }
    let (mut without, mut is_command) = (String::new(), false);
    for c in text.chars() {
        is_command = c == '\\' || (is_command && c.is_ascii_alphabetic());
        without.extend(Some(c).filter(|_| !is_command));
    }
    bare(&without).contains(&wanted)
}

/// The text of a part of a string of JSON, as far as it can be told.
fn unescaped(part: &[u8]) -> String {
    let (mut text, mut rest) = (String::new(), part);
    while let Some(byte) = rest.first() {
        if let Some((c, len)) = char_at(rest).filter(|(c, len)| *c != '\\' || *len > 1) {
            text.push(c);
            rest = rest.get(len..).unwrap_or_default();
        } else if *byte == b'\\' {
            text.push(match rest.get(1) {
                Some(b'\\') => '\\',
                Some(b'"') => '"',
                _ => ' ',
            });
            rest = rest.get(2..).unwrap_or_default();
        } else {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    text
}

/// Says whether the neighbours of an odd place are those of `word`.
fn fits(json: &[u8], at: usize, word: &str) -> bool {
    let (before, rest) = json.split_at_checked(at).unwrap_or_default();
    let Some((c, len)) = char_at(rest) else { return true };
    if c.is_ascii() && !rest.starts_with(b"\\u") {
        return noise(before, rest, word);
    }
    let after = rest.get(len..).and_then(char_at).map_or('"', |(c, _)| c);
    // Most places are told by their neighbours; no character is folded to more than four.
    let has = |c: char| is('"', c) || word.contains(c.to_ascii_lowercase());
    if word.len() > 4 && !has(after) && !has(char_before(before)) {
        return false;
    }
    let folded: Vec<char> = fold_text(c.encode_utf8(&mut [0; 4])).chars().collect();
    match folded[..] {
        [] => between(word, char_before(before), after),
        [one] => word.match_indices(one).any(|(at, found)| {
            let (left, rest) = word.split_at_checked(at).unwrap_or_default();
            let left = left.chars().next_back();
            let right = rest.get(found.len()..).and_then(|r| r.chars().next());
            left.is_none_or(|l| is(l, char_before(before))) && right.is_none_or(|r| is(r, after))
        }),
        // A ligature, a number in a circle: rare enough.
        _ => folded.iter().any(|c| word.contains(*c)),
    }
}

/// The character that bytes begin with, unescaped, and how many bytes it takes; none where that cannot be told.
fn char_at(bytes: &[u8]) -> Option<(char, usize)> {
    if matches!(bytes, [b'\\', b'u', ..]) {
        let unit = |from: usize| {
            let digits = bytes.get(from..from + 6)?.strip_prefix(b"\\u")?;
            u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        };
        let units = [Some(unit(0)?), unit(6)].into_iter().flatten();
        let c = char::decode_utf16(units).next()?.ok()?;
        return Some((c, 6 * c.len_utf16()));
    }
    let len = match bytes.first()? {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    };
    Some((std::str::from_utf8(bytes.get(..len)?).ok()?.chars().next()?, len))
}

/// The character that bytes end with; a quote, which is part of no word, where that cannot be told.
fn char_before(bytes: &[u8]) -> char {
    let starts = bytes.iter().rev().take(4).take_while(|b| **b & 0xc0 == 0x80).count();
    let last = bytes.len().checked_sub(starts + 1).and_then(|from| bytes.get(from..));
    let last = last.and_then(|b| std::str::from_utf8(b).ok()).and_then(|t| t.chars().next());
    last.unwrap_or('"')
}

/// Says whether `c` is `wanted`, or odd itself: what it is then is asked at its own place.
fn is(wanted: char, c: char) -> bool {
    let is_plain = c.is_ascii() && !matches!(c, '\\' | '$' | '^' | '_' | '{' | '}')
        || matches!(c, '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{9fff}')
        || matches!(c, '“' | '”' | '！'..='，' | '：'..='？');
    !is_plain || wanted == c.to_ascii_lowercase()
}

/// Says whether `word` has `before` and `after` side by side.
fn between(word: &str, before: char, after: char) -> bool {
    word.chars().zip(word.chars().skip(1)).any(|(a, b)| is(a, before) && is(b, after))
}

/// Says whether LaTeX may be all that is between two characters of `word`, the LaTeX that `rest` begins with.
fn noise(before: &[u8], mut rest: &[u8], word: &str) -> bool {
    let is_noise = |b: &u8| b.is_ascii_punctuation() && *b != b'"';
    let kept = before.len() - before.iter().rev().take_while(|b| is_noise(b)).count();
    let last = char_before(before.get(..kept).unwrap_or_default());
    // No word has a quote in it: here a text begins, or something stands between texts.
    if last == '"' || (!is('"', last) && !word.contains(last.to_ascii_lowercase())) {
        return false;
    }
    // Commands may stand between, but not very many.
    for _ in 0..8 {
        let count = rest.iter().take_while(|b| is_noise(b)).count();
        let is_command = rest.get(..count).is_some_and(|n| n.ends_with(b"\\"));
        rest = rest.get(count..).unwrap_or_default();
        let Some((first, _)) = char_at(rest) else { return false };
        if between(word, last, first) {
            return true;
        }
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        if !is_command || letters == 0 {
            return false;
        }
        let blanks = rest.iter().skip(letters).take_while(|b| **b == b' ').count();
        rest = rest.get(letters + blanks..).unwrap_or_default();
    }
    true
}
