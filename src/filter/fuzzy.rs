//! Words found with gaps: the fuzzy matcher, behind what tells most texts that hold no hit.

use std::cell::RefCell;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memchr;

use super::query::Word;
use crate::text::is_han;

/// Characters of the longest text in which a word may be found with gaps. Titles, names and most gists are shorter;
/// in longer texts nearly every short word would be found, and the matrix of a hostile one would not fit into memory.
const FUZZY: usize = 256;

/// Points that a hit with gaps needs for each character of its word. A word in one piece has 18 and more, the initials
/// of the words of a title 13 to 23; under it are characters strewn over unrelated words.
const LEAST: i64 = 13;

/// Characters of a word that nearly every title has somewhere in this order: with gaps, it has to be made of beginnings
/// of words, as `moe` is of *mixture of experts*, or to be short for one word, as `plcy` is for *policy*.
const SHORT: u32 = 4;

thread_local! {
    /// A matcher takes longer to make than to ask.
    static MATCHER: RefCell<SkimMatcherV2> = RefCell::default();
}

/// True when `word` may be found with gaps in `text`.
pub(super) fn may_have_gaps(word: &Word, text: &str) -> bool {
    !word.whole && (text.len() <= FUZZY || text.chars().nth(FUZZY).is_none())
}

/// Says whether the characters of `word` stand in `text` in their order. O(length of `text`).
pub(super) fn is_in_order(word: &Word, text: &str) -> bool {
    if word.text.is_ascii() {
        let mut rest = text.as_bytes();
        return word.text.bytes().all(|b| {
            let found = memchr(b, rest).and_then(|at| rest.get(at + 1..));
            rest = found.unwrap_or_default();
            found.is_some()
        });
    }
    let mut rest = text.chars();
    word.text.chars().all(|c| rest.any(|r| r == c))
}

/// Scores `word` in `text`, and says at which characters it was found. About 2 microseconds for a title that holds its
/// characters in order, and that can be a hit; much less for others.
pub(super) fn fuzzy(word: &Word, text: &str) -> Option<(i64, Vec<usize>)> {
    if !is_in_order(word, text) || !may_be_readable(word, text) {
        return None;
    }
    ask(word, text).filter(|(score, at)| *score >= LEAST * i64::from(word.chars) && is_readable(text, at))
}

/// Asks the matcher as if it were new: one that was used before scores by what it saw before, and its two ways to score
/// disagree, so it is always asked in the same way.
fn ask(word: &Word, text: &str) -> Option<(i64, Vec<usize>)> {
    MATCHER.with_borrow(|matcher| {
        // Its table shrinks to four cells and grows again, which clears all others. It clears those four itself where
        // they are in the first row: of a text of three characters.
        if text.chars().nth(2).is_none() {
            return SkimMatcherV2::default().fuzzy_indices(text, &word.text);
        }
        let _ = matcher.fuzzy_indices("a", "a");
        matcher.fuzzy_indices(text, &word.text)
    })
}

fn is_amid(before: Option<char>) -> bool {
    before.is_some_and(|c| c.is_alphanumeric() && !is_han(c))
}

/// True when who reads the characters at the places `at` sees the word in them: of a short one [`are_beginnings`]; of a
/// longer one, which may be mistyped or several words in one, few pieces, all in one word, or each the beginning of one.
fn is_readable(text: &str, at: &[usize]) -> bool {
    let steps = || at.iter().zip(at.iter().skip(1));
    let gaps = steps().filter(|(last, next)| **last + 1 != **next).count();
    let is_short = at.len() as u32 <= SHORT;
    if !is_short && gaps <= most_gaps(at.len() as u32) {
        return true;
    }
    let is_one_word = || {
        let (first, last) = (at.first().copied().unwrap_or_default(), at.last().copied().unwrap_or_default());
        text.chars().skip(first).take(last - first).all(char::is_alphanumeric)
    };
    are_beginnings(text, at) || (!is_short && is_one_word())
}

/// True when the characters at the places `at` stand in one piece, or in pieces that each begin a word; four and more may
/// also abbreviate the words they begin.
fn are_beginnings(text: &str, at: &[usize]) -> bool {
    let text: Vec<char> = text.chars().collect();
    let is_amid = |place: usize| is_amid(place.checked_sub(1).and_then(|i| text.get(i)).copied());
    let is_one_word = |from: usize, to: usize| {
        text.get(from..to).is_some_and(|between| between.iter().all(|c| c.is_alphanumeric()))
    };
    let pieces = || at.iter().zip(at.iter().skip(1)).filter(|(last, next)| *last + 1 != **next);
    let begins = |(last, next): (&usize, &usize)| {
        !is_amid(*next) || (at.len() as u32 >= SHORT && is_one_word(*last, *next))
    };
    pieces().next().is_none() || (at.first().is_some_and(|first| !is_amid(*first)) && pieces().all(begins))
}

/// Gaps between the few pieces in which a longer word is read wherever they stand.
const fn most_gaps(chars: u32) -> usize {
    1 + chars as usize / 8
}

/// False when no places of the characters of `word` are such that it [`is_readable`] there. About a tenth of what the
/// matcher takes to find the best places.
fn may_be_readable(word: &Word, text: &str) -> bool {
    if word.chars >= u64::BITS || text.contains(&word.text) {
        return true;
    }
    let mut ways = Ways::new(word);
    text.chars().any(|c| ways.go_on(c))
}

/// All ways at once in which a word may be read in a text, up to a character of it. In a set, bit n stands for the first
/// n characters of the word.
struct Ways<'w> {
    word: &'w Word,
    /// Where the ASCII characters stand in the word; bit n for the character at n.
    places: [u64; 128],
    /// The last character.
    last: Option<char>,
    /// In pieces that begin words, or abbreviate them: found up to the last character; anywhere before; in the word that
    /// goes on here.
    beside: u64,
    before: u64,
    within: u64,
    /// All in the word that goes on here, wherever in it.
    in_one: u64,
    /// With so many gaps at most, for longer words: found up to the last character, and anywhere before.
    gaps: [(u64, u64); most_gaps(u64::BITS) + 1],
}

impl<'w> Ways<'w> {
    fn new(word: &'w Word) -> Self {
        let mut places = [0; 128];
        for (at, c) in word.text.chars().enumerate() {
            if let Some(set) = places.get_mut(c as usize) {
                *set |= 1 << at;
            }
        }
        let gaps = [(0, 1); most_gaps(u64::BITS) + 1];
        Self { word, places, last: None, beside: 0, before: 1, within: 0, in_one: 0, gaps }
    }

    /// Goes on to the next character; true when the whole word may be read up to it.
    fn go_on(&mut self, c: char) -> bool {
        let here = match self.places.get(c as usize) {
            Some(places) => *places,
            None => self.word.text.chars().enumerate().fold(0, |set, (at, w)| set | u64::from(w == c) << at),
        };
        let last = self.last.replace(c);
        let is_long = self.word.chars > SHORT;
        let levels = if is_long { most_gaps(self.word.chars) + 1 } else { 0 };
        let gaps = self.gaps.get_mut(..levels).unwrap_or_default();
        if here == 0 {
            for (beside, _) in gaps {
                *beside = 0;
            }
            self.beside = 0;
            if self.within | self.in_one != 0 && !c.is_alphanumeric() {
                (self.within, self.in_one) = (0, 0);
            }
            return false;
        }
        let mut from = self.beside;
        if !is_amid(last) {
            from |= self.before;
        }
        if self.word.chars >= SHORT {
            from |= self.within;
        }
        let found = (from & here) << 1;
        let in_one = if is_long { ((self.in_one | 1) & here) << 1 } else { 0 };
        let mut any = found | in_one;
        // Before the first piece there is no gap.
        let mut fewer = 1;
        for (beside, before) in gaps {
            let up_to = ((*beside | fewer) & here) << 1;
            fewer = *before;
            (*beside, *before) = (up_to, *before | up_to);
            any |= up_to;
        }
        self.beside = found;
        self.before |= found;
        (self.within, self.in_one) =
            if c.is_alphanumeric() { (self.within | found, self.in_one | in_one) } else { (0, 0) };
        any & 1 << self.word.chars != 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is a hit, with a new matcher and nothing before it.
    fn plain(word: &Word, text: &str) -> Option<(i64, Vec<usize>)> {
        let hit = SkimMatcherV2::default().fuzzy_indices(text, &word.text);
        hit.filter(|(score, at)| *score >= LEAST * i64::from(word.chars) && is_readable(text, at))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        /// A matcher that saw other texts before, behind the shortcuts, gives the answers of a new one without them.
        #[test]
        fn hits_and_scores_are_those_of_a_new_matcher(
            texts in proptest::collection::vec(
                "[a-c强. -]{0,12}|([a-d]{1,4}[ -]){0,6}|[a-z ]{0,40}|([a-c]{1,5}[xyz ]{0,3}){0,14}", 1..8,
            ),
            words in proptest::collection::vec("[a-c强]{1,4}|[a-e]{2,7}|[a-c]{5,12}|[abé]{8,70}", 1..4),
        ) {
            for word in &words {
                let word = Word::new(word, false).unwrap();
                for text in &texts {
                    prop_assert_eq!(fuzzy(&word, text), plain(&word, text), "{:?} in {:?}", word.text, text);
                }
            }
        }
    }
}
