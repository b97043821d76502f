use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;

use super::fuzzy::{fuzzy, may_have_gaps};
use super::haystack::Haystack;
use super::language::Field;
use super::pinyin::Sound;
use super::query::{Needle, Query, Term, Word};
use super::score::{Found, Scope, look, sound};
use crate::model::Verdict;
use crate::table::close_up;
use crate::text::fold;

/// Bytes of a line in which regular expressions are marked; more than any screen shows.
const MARKED: usize = 4096;

/// Papers that one core looks at in one go.
const AT_ONCE: usize = 128;

/// What is decided about a paper, and where else it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it was read.
    pub is_read: bool,
    /// Whether it stands in a digest of an earlier date too.
    pub is_repeat: bool,
}

/// A paper that may be a hit.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its texts.
    pub hay: &'a Haystack,
    /// What is decided about it.
    pub facts: Facts,
}

/// Which line of a list row is highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The title.
    Title,
    /// The gist, or any other text.
    Gist,
}

/// Decides which papers are hits and how good they are.
///
/// Remembers what the last query ruled out, so that a query that grows looks at fewer papers each time; the answers are
/// the same as without.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    /// The last query, and the papers that it did not rule out for good.
    last: Option<(Query, Vec<usize>)>,
}

impl Matcher {
    /// Makes a matcher that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets what was ruled out: to be called when the papers, or what is decided about them, are other ones.
    pub fn forget(&mut self) {
        self.last = None;
    }

    /// Lists the indices of the papers that are hits, best first; equal ones stay in list order.
    pub fn rank(&mut self, query: &Query, papers: &[Candidate]) -> Vec<usize> {
        let mut ranking = self.begin(query, papers.len());
        self.last = None;
        ranking.go_on(usize::MAX, |i| papers.get(i).copied());
        self.end(ranking)
    }

    /// Begins to rank `count` papers piece by piece. What was ruled out before stays known until [`Self::end`].
    #[must_use]
    pub fn begin(&self, query: &Query, count: usize) -> Ranking {
        let narrowed =
            self.last.as_ref().filter(|(last, _)| query.narrows(last)).map(|(_, left)| left.clone());
        let all = narrowed.unwrap_or_else(|| (0..count).collect());
        Ranking { query: query.clone(), all, seen: 0, hits: Vec::new(), left: Vec::new() }
    }

    /// Remembers what a ranking that is through has ruled out, and hands over its hits, best first.
    pub fn end(&mut self, ranking: Ranking) -> Vec<usize> {
        let best = ranking.best();
        self.last = Some((ranking.query, ranking.left));
        best
    }
}

/// A ranking that is under way.
#[derive(Clone, Debug)]
pub struct Ranking {
    query: Query,
    /// The papers to look at, in list order.
    all: Vec<usize>,
    /// How many of them were looked at.
    seen: usize,
    hits: Vec<(i64, usize)>,
    left: Vec<usize>,
}

impl Ranking {
    /// Lists the papers that come next, `most` at most; none when it is through.
    #[must_use]
    pub fn next(&self, most: usize) -> &[usize] {
        let rest = self.all.get(self.seen..).unwrap_or_default();
        rest.get(..most).unwrap_or(rest)
    }

    /// Looks at the next `most` papers; one that `paper` does not find is no hit.
    pub fn go_on<'a>(&mut self, most: usize, paper: impl Fn(usize) -> Option<Candidate<'a>> + Sync) {
        let look_at = |i: usize| paper(i).map_or(Found::Never, |paper| self.query.look_at(&paper));
        let some = self.next(most);
        let found: Vec<(usize, Found)> =
            some.par_iter().with_min_len(AT_ONCE).map(|i| (*i, look_at(*i))).collect();
        self.seen += found.len();
        let score =
            |&(i, found): &(usize, Found)| if let Found::Yes(s) = found { Some((s, i)) } else { None };
        self.hits.extend(found.iter().filter_map(score));
        self.left.extend(found.into_iter().filter(|(_, found)| *found != Found::Never).map(|(i, _)| i));
    }

    /// Lists the hits so far, best first; equal ones stay in list order. O(n log n).
    #[must_use]
    pub fn best(&self) -> Vec<usize> {
        let mut hits = self.hits.clone();
        hits.sort_by_key(|&(score, _)| Reverse(score));
        hits.into_iter().map(|(_, i)| i).collect()
    }
}

impl Query {
    /// Scores a paper: higher is better, `None` is no hit. A query that asks for nothing scores 0.
    #[must_use]
    pub fn score(&self, paper: &Candidate) -> Option<i64> {
        if let Found::Yes(score) = self.look_at(paper) { Some(score) } else { None }
    }

    fn look_at(&self, paper: &Candidate) -> Found {
        look(self, paper.hay, paper.facts, Scope::Day)
    }

    /// Finds what to highlight in one line of the list: byte ranges of whole graphemes of `shown`, in order and apart
    /// from each other.
    ///
    /// A word is marked wherever it stands whole, else where it is found with gaps, else the Chinese that sounds like it;
    /// phrases and regular expressions everywhere; what must not be there, never. O(length of `shown`).
    #[must_use]
    pub fn highlight(&self, line: Line, shown: &str) -> Vec<Range<usize>> {
        let wanted: Vec<&Term> = self.wanted().into_iter().filter(|t| is_shown_in(t, line)).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let folded = fold(shown);
        let (text, places) = close_up(&folded.text);
        let mut marked = Vec::new();
        for term in wanted {
            match &term.needle {
                Needle::Word(word) => mark_word(word, term.field, &text, &mut marked),
                Needle::Phrase(word) => mark_whole(word, &text, &mut marked),
                Needle::Regex(pattern) if text.len() <= MARKED => {
                    mark_bytes(pattern.find_iter(&text), &text, &mut marked);
                }
                _ => {}
            }
        }
        marked.sort_unstable();
        marked.dedup();
        let marked: Vec<usize> = marked.into_iter().filter_map(|i| places.get(i).copied()).collect();
        folded.original_ranges(&marked)
    }
}

fn is_shown_in(term: &Term, line: Line) -> bool {
    match term.field {
        None | Some(Field::Text | Field::Zh | Field::En) => true,
        Some(Field::Title) => line == Line::Title,
        _ => false,
    }
}

fn mark_word(word: &Word, field: Option<Field>, text: &str, marked: &mut Vec<usize>) {
    let before = marked.len();
    mark_whole(word, text, marked);
    if marked.len() == before && field.is_none() && may_have_gaps(word, text) {
        marked.extend(fuzzy(word, text).into_iter().flat_map(|(_, at)| at));
    }
    if marked.len() == before
        && word.pinyin
        && let Sound::Hit(chars) = sound(word, text, true)
    {
        marked.extend(chars);
    }
}

/// Adds the places, in characters of `text`, where `word` stands in one piece.
pub(super) fn mark_whole(word: &Word, text: &str, marked: &mut Vec<usize>) {
    mark_bytes(text.match_indices(&word.text).map(|(at, found)| at..at + found.len()), text, marked);
}

/// Adds the characters of `text` in byte ranges that come in order.
pub(super) fn mark_bytes(ranges: impl Iterator<Item = Range<usize>>, text: &str, marked: &mut Vec<usize>) {
    let (mut bytes, mut chars) = (0, 0);
    for range in ranges {
        let count = |part: Range<usize>| text.get(part).map_or(0, |t| t.chars().count());
        chars += count(bytes..range.start);
        bytes = range.start;
        marked.extend(chars..chars + count(range));
    }
}
