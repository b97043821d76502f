//! Whether a word may stand around an odd place in the bytes of a JSON text.

use crate::text::{fold_text, is_han};

/// Bytes on each side of a place in which a word of eight times fewer characters may stand.
const AROUND: usize = 128;
/// Bytes of a word or of punctuation that are stepped over before it is looked at closer.
const STEPS: usize = 64;

/// A folded word as it is looked for around odd places. Most places are told by two letters.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    chars: Vec<char>,
    /// Bytes.
    len: usize,
    /// Its letters and digits.
    bare: String,
    /// A bit for each ASCII character that it has.
    ascii: u128,
    /// For each ASCII character a bit for each that stands right after it.
    next: Vec<u128>,
    /// For each ASCII character whether LaTeX beside it stands amid no such word.
    is_apart: [bool; 128],
    has_other: bool,
}

impl Shape {
    /// Gets ready to look for `word`, which is folded. 2 KB.
    pub(super) fn new(word: &str) -> Self {
        let chars: Vec<char> = word.chars().collect();
        let mut next = vec![0; 128];
        for (a, b) in chars.iter().zip(chars.iter().skip(1)) {
            if let Some(after) = next.get_mut(*a as usize) {
                *after |= bit(*b);
            }
        }
        let ascii = chars.iter().fold(0, |all, c| all | bit(*c));
        let is_apart = std::array::from_fn(|c| {
            let c = c as u8;
            let is_blank_of_han = c == b' ' && !word.is_ascii();
            (!is_noise(c) || is_shown(c))
                && !is_blank_of_han
                && ascii & bit(char::from(c.to_ascii_lowercase())) == 0
        });
        Self { bare: bare(word), chars, len: word.len(), ascii, next, is_apart, has_other: !word.is_ascii() }
    }

    /// Says whether the word may stand around an odd place. A few nanoseconds for most places.
    #[inline]
    pub(super) fn may_be(&self, json: &[u8], at: usize) -> bool {
        let (before, rest) = json.split_at_checked(at).unwrap_or_default();
        let fits = match rest {
            [b'$' | b'^' | b'_' | b'{' | b'}', after, ..] => {
                !self.is_after_other(before) && !self.is_apart(*after) && self.fits_amid(before, rest)
            }
            [b'\\', b'\\', ..] => !self.is_after_other(before) && self.fits_amid(before, rest),
            _ => match char_at(rest) {
                None => return true,
                Some((c, len)) => {
                    let last =
                        if self.has_other && ends_in_blank(before) { ' ' } else { char_before(before) };
                    self.fits_as(c, last, rest.get(len..).and_then(char_at))
                }
            },
        };
        fits && self.is_around(json, at)
    }

    fn is_apart(&self, byte: u8) -> bool {
        self.is_apart.get(usize::from(byte)).is_some_and(|is| *is)
    }

    /// Says whether bytes end with a character that is none of the word's: tells most of them.
    fn is_after_other(&self, before: &[u8]) -> bool {
        match before {
            _ if self.has_other && ends_in_blank(before) => false,
            [.., b'\\', b'u', _, _, _, _] => false,
            [.., 0xe4..=0xe9, _, 0x80..=0xbf] => !self.has_other,
            [.., last] => self.is_apart(*last),
            [] => true,
        }
    }

    /// Says whether LaTeX may be all that is between two characters of the word, the LaTeX that `rest` begins with.
    fn fits_amid(&self, before: &[u8], mut rest: &[u8]) -> bool {
        // Blanks beside Han characters are dropped.
        let is_blank = |b: u8| b == b' ' && self.has_other;
        if (self.has_other && ends_in_blank(before)) || matches!(before, [.., b'\\', b'u', _, _, _, _]) {
            return true;
        }
        let is_between = |b: &&u8| is_blank(**b) || is_noise(**b) && !is_shown(**b);
        let noise = before.iter().rev().take(STEPS).take_while(is_between).count();
        if noise == STEPS {
            return true;
        }
        let before = before.get(..before.len() - noise).unwrap_or_default();
        let last = match before.last() {
            Some(byte) if !byte.is_ascii() => char_before(before),
            byte => char::from(*byte.unwrap_or(&b'"')),
        };
        // No word has a quote in it: here a text begins, or something stands between texts.
        if last == '"' || (is_plain(last) && !self.has(last)) {
            return false;
        }
        // Commands may stand between, but not very many.
        for n in 0..8 {
            let mut is_escaped = false;
            let goes_on = |b: &&u8| {
                let was_escaped = std::mem::replace(&mut is_escaped, **b == b'\\');
                was_escaped && b.is_ascii_punctuation()
                    || is_blank(**b)
                    || is_noise(**b) && (!is_shown(**b) || n > 0 && !self.has_pair(last, char::from(**b)))
            };
            let count = rest.iter().take_while(goes_on).count();
            let is_command = rest.get(..count).is_some_and(|n| n.ends_with(b"\\"));
            rest = rest.get(count..).unwrap_or_default();
            let first = match rest.first() {
                None => return false,
                // It may be a character that is escaped by number.
                Some(b'u') if is_command => return true,
                Some(byte) if byte.is_ascii() => char::from(*byte),
                Some(_) => char_at(rest).map_or('"', |(c, _)| c),
            };
            // What follows an odd character is asked at its own place.
            let is_odd = !is_plain(last) || !is_plain(first);
            if self.has_pair(last, first) && (is_odd || self.goes_on((last, before), (first, rest))) {
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

    /// Says whether the word may go on before `last` and after `first` as the bytes do: `before` ends with the one, `after`
    /// begins with the other. Of a word with odd places among its letters this holds at the first of them.
    fn goes_on(&self, (last, before): (char, &[u8]), (first, after): (char, &[u8])) -> bool {
        let pairs = self.chars.iter().zip(self.chars.iter().skip(1)).enumerate();
        pairs.filter(|(_, (a, b))| is(**a, last) && is(**b, first)).any(|(at, _)| {
            let (head, tail) = self.chars.split_at_checked(at).unwrap_or_default();
            agrees(head.iter().rev(), backward(before).skip(1))
                && agrees(tail.iter().skip(2), forward(after).skip(1))
        })
    }

    /// Says whether an odd character may be one of the word, or nothing between two of them, by its neighbours.
    fn fits_as(&self, c: char, before: char, after: Option<(char, usize)>) -> bool {
        let after = after.map_or('"', |(c, _)| c);
        // Most places are told by their neighbours; no character is folded to more than four.
        let is_blank = |c: char| c == ' ' && self.has_other;
        let has = |c: char| !is_plain(c) || self.has(c) || is_blank(c);
        if self.len > 4 && !has(after) && !has(before) {
            return false;
        }
        let folded: Vec<char> = fold_text(c.encode_utf8(&mut [0; 4])).chars().collect();
        match folded[..] {
            [] => self.has_pair(before, after),
            [one] => (0..self.chars.len()).filter(|i| self.chars.get(*i) == Some(&one)).any(|i| {
                let left = i.checked_sub(1).and_then(|i| self.chars.get(i));
                let right = self.chars.get(i + 1);
                left.is_none_or(|l| is(*l, before) || is_blank(before))
                    && right.is_none_or(|r| is(*r, after) || is_blank(after))
            }),
            // A ligature, a number in a circle: rare enough.
            _ => folded.iter().any(|c| self.has(*c)),
        }
    }

    fn has(&self, c: char) -> bool {
        let c = c.to_ascii_lowercase();
        if c.is_ascii() { self.ascii & bit(c) != 0 } else { self.chars.contains(&c) }
    }

    /// Says whether the word has the two side by side.
    fn has_pair(&self, before: char, after: char) -> bool {
        let (a, b) = (before.to_ascii_lowercase(), after.to_ascii_lowercase());
        if a.is_ascii() && b.is_ascii() && is_plain(a) && is_plain(b) {
            return self.next.get(a as usize).is_some_and(|next| next & bit(b) != 0);
        }
        self.chars.iter().zip(self.chars.iter().skip(1)).any(|(a, b)| is(*a, before) && is(*b, after))
    }

    /// Looks closer: says whether letters and digits around the place are those of the word, with and without commands.
    fn is_around(&self, json: &[u8], at: usize) -> bool {
        let reach = AROUND + 8 * self.len;
        let part = json.get(at.saturating_sub(reach)..json.len().min(at + reach)).unwrap_or_default();
        let text = unescaped(part);
        if bare(&text).contains(&self.bare) {
            return true;
        }
        if !text.contains('\\') {
            return false;
        }
        let (mut without, mut is_command) = (String::with_capacity(text.len()), false);
        for c in text.chars() {
            is_command = c == '\\' || (is_command && c.is_ascii_alphabetic());
            without.extend(Some(c).filter(|_| !is_command));
        }
        bare(&without).contains(&self.bare)
    }
}

/// Says whether JSON ends in a blank that is escaped.
fn ends_in_blank(json: &[u8]) -> bool {
    matches!(json, [.., b'\\', b'n' | b'r' | b't' | b'f'])
}

/// Says whether LaTeX may have the byte between letters. A quote ends a text.
fn is_noise(byte: u8) -> bool {
    byte.is_ascii_punctuation() && byte != b'"'
}

/// Says whether the byte is shown where no command takes it.
fn is_shown(byte: u8) -> bool {
    matches!(byte, b'('..=b'/' | b':'..=b'@' | b'!' | b'#' | b'%' | b'|')
}

/// Says whether the characters of a text may be those that are wanted, as far as it is written plainly.
fn agrees<'a>(mut wanted: impl Iterator<Item = &'a char>, mut text: impl Iterator<Item = char>) -> bool {
    let other = wanted.find_map(|wanted| match text.next() {
        Some(c) if c.to_ascii_lowercase() == *wanted => None,
        c => Some((*wanted, c)),
    });
    match other {
        Some((wanted, Some(' '))) => {
            // Blanks beside Han characters and after commands are dropped.
            let next = text.find(|c| *c != ' ').map(|c| c.to_ascii_lowercase());
            !wanted.is_ascii_alphanumeric() || next.is_none_or(|c| c == wanted || !is_plain(c))
        }
        // A tie is a blank; a letter behind a backslash is an escape.
        Some((_, Some(c))) if is_plain(c) => c == '~' || text.next() == Some('\\'),
        _ => true,
    }
}

/// The characters of UTF-8, up to what is none.
fn forward(mut bytes: &[u8]) -> impl Iterator<Item = char> {
    std::iter::from_fn(move || {
        let (c, len) = match *bytes.first()? {
            byte if byte.is_ascii() => (char::from(byte), 1),
            _ => char_at(bytes)?,
        };
        bytes = bytes.get(len..).unwrap_or_default();
        Some(c)
    })
}

/// The same from its end on.
fn backward(mut bytes: &[u8]) -> impl Iterator<Item = char> {
    std::iter::from_fn(move || {
        let c = match *bytes.last()? {
            byte if byte.is_ascii() => char::from(byte),
            _ => char_before(bytes),
        };
        bytes = bytes.get(..bytes.len().saturating_sub(c.len_utf8())).unwrap_or_default();
        Some(c)
    })
}

fn bit(c: char) -> u128 {
    if c.is_ascii() { 1 << u32::from(c) } else { 0 }
}

/// The letters and digits of a text, folded.
fn bare(text: &str) -> String {
    if text.chars().all(is_common) {
        let is_bare = |c: &char| c.is_ascii_alphanumeric() || is_han(*c);
        return text.chars().filter(is_bare).map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut folded = fold_text(text);
    folded
        .retain(|c| if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_han(c) || c.is_alphanumeric() });
    folded
}

/// Says whether `c` is folded to itself alone, or to punctuation: most of all characters.
fn is_common(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
        || matches!(c, '、' | '。' | '“' | '”' | '！'..='，' | '：'..='？')
}

/// The text of a part of a string of JSON, as far as it can be told.
fn unescaped(part: &[u8]) -> String {
    let (mut text, mut rest) = (String::with_capacity(part.len()), part);
    while let Some(byte) = rest.first() {
        let plain = rest.iter().take_while(|b| b.is_ascii() && **b != b'\\').count();
        if let Some((plain, others)) = rest.split_at_checked(plain).filter(|(plain, _)| !plain.is_empty()) {
            text.extend(plain.iter().map(|b| char::from(*b)));
            rest = others;
        } else if let Some((c, len)) = char_at(rest).filter(|(c, len)| *c != '\\' || *len > 1) {
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
    !is_plain(c) || wanted == c.to_ascii_lowercase()
}

/// Says whether `c` stands for itself.
fn is_plain(c: char) -> bool {
    c.is_ascii() && !matches!(c, '\\' | '$' | '^' | '_' | '{' | '}')
        || matches!(c, '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{9fff}')
        || matches!(c, '“' | '”' | '！'..='，' | '：'..='？')
}
