//! Narrowing the list by the filter.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Entry, Papers};
use crate::filter::{Candidate, Facts, Haystack, Line, Matcher, Query, Subject};
use crate::model::{self, Date, Paper};
use crate::state::Row;
use crate::state::library::Library;

impl Papers {
    /// Takes a query that was understood, as it was typed.
    pub(in crate::state) fn set_query(&mut self, typed: &str, query: Query) {
        if query != self.query {
            // What lingered did so for the query before.
            self.lingering.clear();
            self.live.want();
        }
        typed.clone_into(&mut self.filter);
        self.query = query;
    }

    /// True when a decision can change which papers belong in the list.
    pub(super) fn is_by_decisions(&self) -> bool {
        self.view != super::View::All || self.query.needs_verdicts()
    }

    /// The rows that the filter lets through, best first if `ranked`, and those that linger.
    pub(super) fn matching(&mut self, library: &Library, ranked: bool) -> Vec<usize> {
        if self.query.is_empty() {
            return (0..self.rows.len()).collect();
        }
        let Some(mut found) = self.ranked(library) else { return (0..self.rows.len()).collect() };
        if self.query.needs_verdicts() && !self.lingering.is_empty() {
            let stays = |i: &usize| self.rows.get(*i).is_some_and(|r| self.lingering.contains(&r.place()));
            let others: Vec<usize> =
                (0..self.rows.len()).filter(|i| stays(i) && !found.contains(i)).collect();
            found.extend(others);
        }
        if !ranked {
            found.sort_unstable();
        }
        found
    }

    /// The hits, best first; none while those of a long list have not come.
    fn ranked(&mut self, library: &Library) -> Option<Vec<usize>> {
        if self.is_long() {
            return self.live.found.clone();
        }
        self.fill_haystacks(library, self.query.needs_body());
        let papers = candidates(self.date, &self.rows, &self.haystacks);
        Some(self.matcher.rank(&self.query, &papers))
    }

    /// The rows of the list as it is shown that meet another query, in the order of the list. O(papers of the day).
    pub(in crate::state) fn meeting(&mut self, query: &Query, library: &Library) -> Vec<Row> {
        self.fill_haystacks(library, query.needs_body());
        let papers = candidates(self.date, &self.rows, &self.haystacks);
        let met: BTreeSet<usize> = Matcher::new().rank(query, &papers).into_iter().collect();
        let shown = self.entries.iter().filter_map(|e| match e {
            Entry::Paper(i) if met.contains(i) => self.rows.get(*i).cloned(),
            _ => None,
        });
        shown.collect()
    }

    /// Folds the texts of the rows, once, and their long texts when a query first asks for them.
    fn fill_haystacks(&mut self, library: &Library, needs_body: bool) {
        let is_here = self.haystacks.len() == self.rows.len();
        if is_here && (!needs_body || self.haystacks.iter().all(Haystack::has_body)) {
            return;
        }
        let haystack = |row: &Row| {
            let digest = library.digest(row.slot);
            let missing = Paper::default();
            let paper = digest.and_then(|d| d.papers.get(row.index)).unwrap_or(&missing);
            let subject = Subject {
                paper,
                gist: model::gist(paper).unwrap_or_default(),
                date: digest.map_or(Date::default(), |d| d.date),
                category: digest.and_then(|d| d.category.as_deref()),
                tags: &row.remarks.tags,
                note: row.remarks.note.as_deref(),
            };
            if needs_body { Haystack::with_body(&subject) } else { Haystack::new(&subject) }
        };
        self.haystacks = self.rows.par_iter().map(haystack).collect();
        self.matcher.forget();
    }

    /// Byte ranges of a line of a row to highlight for the filter.
    #[must_use]
    pub fn hits(&self, line: Line, shown: &str) -> Vec<std::ops::Range<usize>> {
        self.query.highlight(line, shown)
    }

    /// The query in force: the last one that was understood.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }
}

/// The rows of a day as what the filter looks at.
fn candidates<'a>(date: Option<Date>, rows: &[Row], hays: &'a [Haystack]) -> Vec<Candidate<'a>> {
    rows.iter().zip(hays).map(|(r, hay)| Candidate { hay, facts: facts(date, r) }).collect()
}

/// What the filter may ask about a row of this day besides its texts.
pub(super) fn facts(date: Option<Date>, row: &Row) -> Facts {
    let is_repeat = row.also.iter().any(|a| Some(a.date) < date);
    Facts { verdict: row.verdict, is_read: row.is_read, is_repeat }
}
