use std::cmp::Reverse;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::haystack::close_up;
use super::query::Word;
use super::{Haystack, Query};
use crate::text::fold;

/// Characters of the longest text in which a word may be found with gaps. Titles, names and most gists are shorter;
/// in longer texts nearly every short word would be found, and the matrix of a hostile one would not fit into memory.
const FUZZY: usize = 256;

/// Points that a hit with gaps needs for each character of its word. A word in one piece has 18 and more, the initials
/// of the words of a title 13 to 23; under it are characters strewn over unrelated words.
const LEAST: i64 = 13;

/// Points the fuzzy matcher gives: for a character, for one right after the last one, for the start of a word.
const CHAR: i64 = 16;
const NEXT: i64 = 4;
const START: i64 = 8;

/// Decides whether a paper is a hit and how good it is. The only user of the fuzzy matcher.
#[derive(Clone, Debug)]
pub struct Matcher {
    /// Points for each character under which a hit with gaps does not count.
    least: i64,
}

impl Default for Matcher {
    fn default() -> Self {
        Self::new()
    }
}

impl Matcher {
    /// Makes a matcher.
    #[must_use]
    pub fn new() -> Self {
        Self { least: LEAST }
    }

    /// Scores a paper: higher is better, `None` is no hit. Every word of the query must be found within one field; a
    /// query without words scores 0. About 2 microseconds for each field that holds the characters of a word in order.
    #[must_use]
    pub fn score(&self, query: &Query, hay: &Haystack) -> Option<i64> {
        if !hay.may_hold(query.mask) {
            return None;
        }
        query.words.iter().map(|word| self.score_word(word, hay)).sum()
    }

    fn score_word(&self, word: &Word, hay: &Haystack) -> Option<i64> {
        let in_field = |(field, text): (super::haystack::Field, &str)| {
            let score = if field.is_fuzzy() && is_fuzzy(word, text) {
                self.fuzzy(word, text).map(|(score, _)| score)
            } else {
                in_one_piece(word, text)
            };
            score.map(|s| s + field.weight())
        };
        hay.fields().filter_map(in_field).max()
    }

    /// Lists the indices of the papers that are hits, best first; equal ones stay in list order.
    #[must_use]
    pub fn rank(&self, query: &Query, hays: &[Haystack]) -> Vec<usize> {
        let scores = hays.iter().enumerate().filter_map(|(i, hay)| Some((self.score(query, hay)?, i)));
        let mut hits: Vec<_> = scores.collect();
        hits.sort_by_key(|&(score, _)| Reverse(score));
        hits.into_iter().map(|(_, i)| i).collect()
    }

    /// Finds what to highlight in one line of the list (a title, a gist, a name): byte ranges of whole graphemes of
    /// `shown`, in order and apart from each other. Each word is marked wherever it stands whole, else where it is found
    /// with gaps; a word that is not there marks nothing. O(length of `shown`).
    #[must_use]
    pub fn highlight(&self, query: &Query, shown: &str) -> Vec<Range<usize>> {
        if query.is_empty() {
            return Vec::new();
        }
        let folded = fold(shown);
        let (text, places) = close_up(&folded.text);
        let mut marked = Vec::new();
        for word in &query.words {
            let before = marked.len();
            whole_words(word, &text, &mut marked);
            if marked.len() == before && is_fuzzy(word, &text) {
                marked.extend(self.fuzzy(word, &text).into_iter().flat_map(|(_, at)| at));
            }
        }
        marked.sort_unstable();
        marked.dedup();
        let marked: Vec<usize> = marked.into_iter().filter_map(|i| places.get(i).copied()).collect();
        folded.original_ranges(&marked)
    }

    /// Scores `word` in `text`, and says at which characters it was found.
    ///
    /// A matcher that was used before scores by what it saw before, and its two ways to score disagree, so each call
    /// has a new one and asks it in the same way.
    fn fuzzy(&self, word: &Word, text: &str) -> Option<(i64, Vec<usize>)> {
        let mut rest = text.chars();
        if !word.text.chars().all(|c| rest.any(|r| r == c)) {
            return None;
        }
        let hit = SkimMatcherV2::default().fuzzy_indices(text, &word.text);
        hit.filter(|(score, _)| *score >= self.least * i64::from(word.chars))
    }
}

/// True when `word` may be found with gaps in `text`.
fn is_fuzzy(word: &Word, text: &str) -> bool {
    !word.whole && (text.len() <= FUZZY || text.chars().nth(FUZZY).is_none())
}

/// Scores `word` where it stands in one piece, on the scale of the fuzzy matcher.
fn in_one_piece(word: &Word, text: &str) -> Option<i64> {
    let (mut found, mut starts) = (false, false);
    for (at, _) in text.match_indices(&word.text) {
        found = true;
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        starts |= !before.is_some_and(char::is_alphanumeric);
    }
    let chars = i64::from(word.chars);
    found.then(|| chars * (CHAR + NEXT) - NEXT + if starts { START } else { 0 })
}

/// Adds the places, in characters of `text`, where `word` stands in one piece.
fn whole_words(word: &Word, text: &str, marked: &mut Vec<usize>) {
    let (mut bytes, mut chars) = (0, 0);
    for (at, _) in text.match_indices(&word.text) {
        chars += text.get(bytes..at).map_or(0, |t| t.chars().count());
        bytes = at;
        marked.extend(chars..chars + word.chars as usize);
    }
}
