//! Texts folded to be matched.
//!
//! Owns the folding that makes `grpo` find `Ｇｒｐｏ` and `garcia` find `García`: NFKC, lower case, no
//! diacritics. Hands over the folded text and the way back to the graphemes it came from. Never ranks.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::folding::is_dropped;
use super::graphemes;

/// A text folded to be matched, with the way back.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Per character of `text` the bytes of the original grapheme; none where the text is ASCII and so its
    /// own map.
    origins: Option<Vec<Range<usize>>>,
}

/// Folds `s` to be matched and highlighted: NFKC, lower case, full-width forms as ASCII, diacritics and what
/// the screen drops left out. O(length).
#[must_use]
pub fn fold(s: &str) -> Folded {
    if s.is_ascii() {
        return Folded { text: s.to_ascii_lowercase(), origins: None };
    }
    let mut text = String::with_capacity(s.len());
    let mut origins = Vec::with_capacity(s.len() / 2);
    let mut at = 0;
    while let Some(rest) = s.get(at..).filter(|rest| !rest.is_empty()) {
        let (alone, after) = rest.split_at_checked(standing_alone(rest)).unwrap_or((rest, ""));
        let joined = after.get(..to_next_alone(after)).unwrap_or(after);
        let mut push = |text: &mut String, from: usize, len: usize, before: usize| {
            let count = text.get(before..).map_or(0, |folded| folded.chars().count());
            origins.extend(std::iter::repeat_n(from..from + len, count));
        };
        for (from, c) in alone.char_indices() {
            let before = text.len();
            push_char(c, &mut text);
            push(&mut text, at + from, c.len_utf8(), before);
        }
        at += alone.len();
        for (from, g) in graphemes(joined) {
            let before = text.len();
            push_folded(g, &mut text);
            push(&mut text, at + from, g.len(), before);
        }
        at += joined.len();
    }
    Folded { text, origins: Some(origins) }
}

/// Folds `s` to be matched only; cheaper than [`fold`]. O(length).
#[must_use]
pub fn fold_text(s: &str) -> String {
    if s.is_ascii() {
        return s.to_ascii_lowercase();
    }
    let mut text = String::with_capacity(s.len());
    let mut rest = s;
    while !rest.is_empty() {
        let (alone, after) = rest.split_at_checked(standing_alone(rest)).unwrap_or((rest, ""));
        for c in alone.chars() {
            push_char(c, &mut text);
        }
        let (joined, after) = after.split_at_checked(to_next_alone(after)).unwrap_or((after, ""));
        for (_, g) in graphemes(joined) {
            push_folded(g, &mut text);
        }
        rest = after;
    }
    text
}

/// Bytes at the beginning of `s` of characters that are graphemes of their own: what is common, and has what is common on
/// either side.
fn standing_alone(s: &str) -> usize {
    let mut last = 0;
    for (at, c) in s.char_indices() {
        if !is_common(c) {
            return last;
        }
        last = at;
    }
    s.len()
}

/// Bytes up to the first character of `s` that is common and comes after a common one.
fn to_next_alone(s: &str) -> usize {
    let mut before = false;
    for (at, c) in s.char_indices() {
        if before && is_common(c) {
            return at;
        }
        before = is_common(c);
    }
    s.len()
}

/// Says whether no grapheme ends in `c` and another character, nor begins with two such ones: between two of them there
/// is always a boundary (UAX #29).
fn is_common(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3001}'..='\u{3029}'
        | '\u{ff01}'..='\u{ff60}' | '\u{2010}'..='\u{2027}' | '\u{c0}'..='\u{24f}')
}

impl Folded {
    /// Gives the byte ranges of the whole graphemes of the original that the characters of `text` at
    /// `char_indices` came from, in order, those that touch merged. Indices past the end are passed over.
    #[must_use]
    pub fn original_ranges(&self, char_indices: &[usize]) -> Vec<Range<usize>> {
        let origin = |&index: &usize| match &self.origins {
            None => (index < self.text.len()).then_some(index..index + 1),
            Some(origins) => origins.get(index).cloned(),
        };
        let mut found: Vec<Range<usize>> = char_indices.iter().filter_map(origin).collect();
        found.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            match merged.last_mut() {
                Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }
}

fn push_folded(g: &str, out: &mut String) {
    let mut chars = g.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => push_char(c, out),
        _ => push_normal(g, out),
    }
}

fn push_char(c: char, out: &mut String) {
    match c {
        '\0'..='\u{7f}' => out.push(c.to_ascii_lowercase()),
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => out.push(c),
        // Marks that every Chinese text has.
        '\u{3001}' | '\u{3002}' | '\u{300a}' | '\u{300b}' | '\u{201c}' | '\u{201d}' => out.push(c),
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = char::from_u32(u32::from(c) - 0xff01 + u32::from('!'));
            out.extend(ascii.map(|c| c.to_ascii_lowercase()));
        }
        _ => push_normal(c.encode_utf8(&mut [0; 4]), out),
    }
}

fn push_normal(g: &str, out: &mut String) {
    let plain = g.nfkd().flat_map(char::to_lowercase);
    out.extend(plain.filter(|&c| !is_diacritic(c) && !is_dropped(c)).map(bare_letter).nfc());
}

/// The marks of Latin, Greek and Cyrillic letters and of symbols. Voicing marks of kana and vowel signs make
/// another letter and stay.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Letters of names whose stroke or dot is no mark to Unicode.
fn bare_letter(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// The quick way and the one that keeps places agree.
        #[test]
        fn both_ways_fold_alike(text in "([a-zA-Z ]|[一-三]|，|。|Ｇ|é|e\u{301}|中\u{301}|👍\u{1f3fd}|\u{200d}|한|\u{600}|ｶﾞ|“|\r\n|\\PC){0,12}") {
            let folded = fold(&text);
            proptest::prop_assert_eq!(fold_text(&text), &*folded.text);
            let one_by_one = graphemes(&text).flat_map(|(at, g)| {
                let mut folded = String::new();
                push_folded(g, &mut folded);
                folded.chars().map(|_| at..at + g.len()).collect::<Vec<_>>()
            });
            if let Some(origins) = folded.origins {
                proptest::prop_assert_eq!(one_by_one.collect::<Vec<_>>(), origins);
            }
        }
    }

    #[test]
    fn every_character_folds_alike_alone() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let mut quick = String::new();
            push_char(c, &mut quick);
            let mut whole = String::new();
            push_normal(c.encode_utf8(&mut [0; 4]), &mut whole);
            assert_eq!(quick, whole, "{c:?}");
        }
    }

    #[test]
    fn folding() {
        for (text, expected) in [
            ("GRPO", "grpo"),
            ("Ｇｒｐｏ，１", "grpo,1"),
            ("Garc\u{ed}a Łukasz Søren", "garcia lukasz soren"),
            ("e\u{301}E\u{301}", "ee"),
            ("İstanbul", "istanbul"),
            ("强化学习", "强化学习"),
            ("ｶﾞ ガ か", "ガ ガ か"),
            ("한글", "한글"),
            ("ﬁne ½", "fine 1⁄2"),
            ("co\u{ad}op♻\u{fe0f}", "coop♻"),
        ] {
            assert_eq!(fold(text).text, expected, "{text}");
            assert_eq!(fold_text(text), expected, "{text}");
        }
    }

    #[test]
    fn hits_find_their_graphemes() {
        for (text, indices, expected) in [
            ("Plain", vec![0, 1, 4], vec!["Pl", "n"]),
            ("Ｇｒｐｏ中", vec![3, 4], vec!["ｏ中"]),
            ("e\u{301}xe\u{301}", vec![2, 0], vec!["e\u{301}", "e\u{301}"]),
            ("ﬁne", vec![1], vec!["ﬁ"]),
            ("한글👍", vec![0, 2, 9], vec!["한", "👍"]),
        ] {
            let ranges = fold(text).original_ranges(&indices);
            let hits: Vec<&str> = ranges.into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(hits, expected, "{text}");
        }
    }
}
