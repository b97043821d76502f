//! Shown text: clean text folded to what every terminal draws alike.
//!
//! Owns the folding of joiners, selectors, modifiers, lone flag halves and half-width kana. Hands over the
//! folded text and how many characters it cost, for the details pane. Never sees text that is not clean.

use unicode_normalization::char::compose;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

use super::folding::{ZWJ, is_dropped, is_regional};

/// A text for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The folded text.
    pub text: String,
    /// How many characters were dropped.
    pub folded: usize,
}

/// Folds a clean text for the screen. Idempotent. O(length).
#[must_use]
pub fn shown(clean: &str) -> Shown {
    if !clean.chars().any(is_folding) {
        return Shown { text: clean.to_owned(), folded: 0 };
    }
    let mut fold = Shown { text: String::with_capacity(clean.len()), folded: 0 };
    for cluster in clean.graphemes(true) {
        if cluster.chars().any(is_folding) { fold.push(cluster) } else { fold.text.push_str(cluster) }
    }
    // What a joiner kept apart may compose now.
    if !is_nfc(&fold.text) {
        fold.text = fold.text.nfc().collect();
    }
    fold
}

/// Gives the text of [`shown`] alone.
#[must_use]
pub fn show(clean: &str) -> String {
    shown(clean).text
}

impl Shown {
    fn push(&mut self, cluster: &str) {
        if cluster.starts_with(is_regional) && cluster.chars().filter(|&c| is_regional(c)).count() == 1 {
            self.folded += cluster.chars().count();
            return;
        }
        let mut chars = cluster.chars();
        while let Some(c) = chars.next() {
            if c == ZWJ && chars.clone().any(is_pictograph) {
                self.folded += 1 + chars.count();
                return;
            }
            match c {
                '\u{ff61}'..='\u{ff9f}' => self.push_full_width(c),
                // A single character of three cells; the letters it stands for have one each.
                '\u{17d8}' => self.text.push_str("\u{17d4}\u{179b}\u{17d4}"),
                _ if is_dropped(c) => self.folded += 1,
                _ => self.text.push(c),
            }
        }
    }

    fn push_full_width(&mut self, half: char) {
        let (mark, alone) = match half {
            '\u{ff9e}' => ('\u{3099}', '゛'),
            '\u{ff9f}' => ('\u{309a}', '゜'),
            _ => return self.text.extend(std::iter::once(half).nfkc()),
        };
        let voiced = self.text.chars().next_back().and_then(|kana| compose(kana, mark));
        if voiced.is_some() {
            self.text.pop();
        }
        self.text.push(voiced.unwrap_or(alone));
    }
}

fn is_folding(c: char) -> bool {
    is_dropped(c) || is_regional(c) || matches!(c, '\u{ff61}'..='\u{ff9f}' | '\u{17d8}')
}

/// Within one grapheme cluster only a pictograph or an Indic letter follows a joiner (UAX #29, rules 9c and 11).
fn is_pictograph(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{203c}'..='\u{32ff}' | '\u{1f000}'..='\u{1faff}') && !is_dropped(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (clean, expected, folded) in [
            ("", "", 0),
            ("plain 中文，“引号”", "plain 中文，“引号”", 0),
            ("☀\u{fe0f} ♻\u{fe0f} 1\u{fe0f}\u{20e3}", "☀ ♻ 1", 4),
            ("👍\u{1f3fd}!", "👍!", 1),
            ("👩\u{200d}🔬", "👩", 2),
            ("👨\u{200d}👩\u{200d}👧\u{200d}👦x", "👨x", 6),
            ("❤\u{fe0f}\u{200d}🔥", "❤", 3),
            ("🏴\u{e0067}\u{e0062}\u{e007f}", "🏴", 3),
            ("中\u{200d}文", "中文", 1),
            ("🇨🇳🇨", "🇨🇳", 1),
            ("🇨\u{200b}🇳", "", 3),
            ("co\u{ad}op a\u{200b}b\u{2060}c\u{feff}", "coop abc", 4),
            ("葛\u{e0100} 〇\u{fe00}", "葛 〇", 2),
            ("ｶﾞｯﾂ･ﾊﾟﾝ｡｢ﾃﾞ｣", "ガッツ・パン。「デ」", 0),
            ("aﾞ", "a゛", 0),
            ("a\u{3164}b\u{115f}\u{ffa0}", "ab", 3),
            ("क्\u{200d}ष", "क्ष", 1),
            ("e\u{200d}\u{301}", "\u{e9}", 1),
        ] {
            assert_eq!(shown(clean), Shown { text: expected.to_owned(), folded }, "{clean:?}");
        }
    }
}
