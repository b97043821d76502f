use std::ops::Range;

use super::passage::SetText;
use super::styled::{Role, StyledLine};
use crate::filter::occurrences;

/// What is looked for in the text of the detail pane, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// What was typed.
    pub query: String,
    /// What is looked for: the whole of it, or the words of a search.
    words: Vec<String>,
    /// True for the words of a search over all dates, which stay marked.
    pub is_of_search: bool,
    /// Where it stands, in the order of reading.
    hits: Vec<Hit>,
    /// Index of the hit one is at.
    at: usize,
}

/// One place where the query stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    passage: usize,
    bytes: Range<usize>,
    line: usize,
}

impl Find {
    /// Looks `query` up in `set`; the hit one is at is the first from line `from` on. O(length of the text).
    pub(super) fn new(query: &str, set: &SetText, from: usize) -> Self {
        let mut find = Self { query: query.to_owned(), words: vec![query.to_owned()], ..Self::default() };
        find.look_up(set);
        find.at = find.first_from(from).unwrap_or(0);
        find
    }

    /// Looks the words of a search up in `set`, as [`Self::new`] does.
    pub(super) fn of_words(words: Vec<String>, set: &SetText, from: usize) -> Self {
        let mut find = Self { query: words.join(" "), words, is_of_search: true, ..Self::default() };
        find.look_up(set);
        find.restart(from);
        find
    }

    /// Looks the query up again after the text was set anew; the hit one is at stays where the text is the same.
    pub(super) fn look_up(&mut self, set: &SetText) {
        let hits = set.passages.iter().enumerate().flat_map(|(passage, text)| {
            let mut found: Vec<_> = self.words.iter().flat_map(|w| occurrences(w, &text.text)).collect();
            found.sort_unstable_by_key(|bytes| (bytes.start, bytes.end));
            let mut end = 0;
            // Words may overlap; each place is one hit.
            found.retain(|bytes| {
                let is_apart = bytes.start >= end;
                end = end.max(bytes.end);
                is_apart
            });
            found.into_iter().map(move |bytes| {
                let line = text.line_of(bytes.start);
                Hit { passage, bytes, line }
            })
        });
        self.hits = hits.collect();
    }

    /// Which hit one is at, from 1, and how many there are; 0 of 0 when there is none.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        (self.hits.len().min(self.at + 1), self.hits.len())
    }

    /// The line of the hit one is at.
    pub(super) fn line(&self) -> Option<usize> {
        self.hits.get(self.at).map(|h| h.line)
    }

    /// Goes to the first hit from line `from` on.
    pub(super) fn restart(&mut self, from: usize) {
        self.at = self.first_from(from).unwrap_or(0);
    }

    /// Goes to the next hit, or to the previous one. Where the hit one is at is not among the `seen` lines the
    /// search goes on from these. True when it went round the end.
    pub(super) fn step(&mut self, is_forward: bool, seen: &Range<usize>) -> bool {
        let count = self.hits.len();
        let is_seen = self.line().is_some_and(|line| seen.contains(&line));
        let to = match (is_forward, is_seen) {
            (true, true) => Some(self.at + 1).filter(|at| *at < count),
            (true, false) => self.first_from(seen.start),
            (false, true) => self.at.checked_sub(1),
            (false, false) => self.hits.iter().rposition(|h| h.line < seen.end),
        };
        self.at = to.unwrap_or(if is_forward { 0 } else { count.saturating_sub(1) });
        to.is_none()
    }

    /// Gives some rows of `set` with the hits in their looks.
    pub(super) fn mark(&self, set: &SetText, rows: Range<usize>) -> Vec<StyledLine> {
        let role = |at: usize| if at == self.at { Role::CurrentHit } else { Role::Hit };
        set.marked(rows, |passage, bytes| {
            let first = self.hits.partition_point(|h| (h.passage, h.bytes.end) <= (passage, bytes.start));
            let hits = self.hits.iter().enumerate().skip(first);
            let own = hits.take_while(|(_, h)| h.passage == passage && h.bytes.start < bytes.end);
            own.map(|(at, h)| (h.bytes.clone(), role(at))).collect()
        })
    }

    fn first_from(&self, line: usize) -> Option<usize> {
        self.hits.iter().position(|h| h.line >= line)
    }
}
