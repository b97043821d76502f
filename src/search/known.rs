use std::collections::HashSet;

use super::repeats::{Lend, Repeats};
use crate::decisions::Decisions;
use crate::filter::{Facts, Query, Short, own};
use crate::model::Identity;
use crate::table::{Pieces, Print, Row};

/// What is known of papers beside their rows, as far as some queries ask.
pub(super) struct Known<'a> {
    decisions: &'a Decisions,
    /// Hashes of the ids and titles of papers with a verdict or a read mark.
    decided: HashSet<u64>,
    /// The same of those with tags or a note.
    annotated: HashSet<u64>,
    repeats: Option<Repeats>,
}

/// What is known of one paper.
#[derive(Default)]
pub(super) struct OfPaper {
    pub(super) facts: Facts,
    /// Tags and note, folded, where there are any.
    own: Option<Pieces>,
    tags: Vec<String>,
    note: Option<String>,
}

impl<'a> Known<'a> {
    /// Gets ready to answer for these queries, and for verdicts in any case if they are `counted`; a paper seen up to
    /// `window` days before, in a table that is lent, is a repeat. O(decisions), and O(rows) where repeats are asked for.
    pub(super) fn new(
        queries: &[&Query],
        counted: bool,
        decisions: &'a Decisions,
        (lend, window): (Lend, u16),
    ) -> Self {
        let any = |asks: fn(&Query) -> bool| queries.iter().any(|q| asks(q));
        let decided = (counted || any(Query::needs_verdicts)).then(|| prints(&decisions.papers()));
        let annotated = any(Query::needs_decisions).then(|| prints(&decisions.annotated()));
        Self {
            decisions,
            decided: decided.unwrap_or_default(),
            annotated: annotated.unwrap_or_default(),
            repeats: any(Query::needs_repeats).then(|| Repeats::new(lend, window)),
        }
    }

    /// What is known of the paper of a row. A few nanoseconds for one that nothing was decided about.
    pub(super) fn of(&self, row: &Row) -> OfPaper {
        let print = row.print();
        let is_repeat = self.repeats.as_ref().is_some_and(|r| r.has(print, row.digest().date()));
        self.of_print(print, is_repeat, || row.identity())
    }

    fn of_print(&self, print: Print, is_repeat: bool, identity: impl Fn() -> Identity) -> OfPaper {
        let is_in =
            |set: &HashSet<u64>| !set.is_empty() && (set.contains(&print.arxiv) || set.contains(&print.key));
        let (is_decided, is_annotated) = (is_in(&self.decided), is_in(&self.annotated));
        let mut known = OfPaper { facts: Facts { is_repeat, ..Facts::default() }, ..OfPaper::default() };
        if is_decided || is_annotated {
            let identity = identity();
            if is_decided {
                known.facts.verdict = self.decisions.verdict(&identity);
                known.facts.is_read = self.decisions.is_read(&identity);
            }
            if is_annotated {
                known.tags = self.decisions.tags(&identity).into_iter().collect();
                known.note = self.decisions.note(&identity).map(str::to_owned);
                let has_any = !known.tags.is_empty() || known.note.is_some();
                known.own = has_any.then(|| own(&known.tags, known.note.as_deref()));
            }
        }
        known
    }

    /// What is known of a paper that is in no row, or in another one than it was.
    pub(super) fn of_identity(&self, identity: &Identity, date: crate::model::Date) -> OfPaper {
        let print = Print::of(identity);
        let is_repeat = self.repeats.as_ref().is_some_and(|r| r.has(print, date));
        self.of_print(print, is_repeat, || identity.clone())
    }
}

impl OfPaper {
    /// The short texts of the paper of a row.
    pub(super) fn short<'a>(&'a self, row: Row<'a>) -> Short<'a> {
        Short { row, own: self.own.as_ref() }
    }

    /// Tags and note.
    pub(super) fn said(&self) -> (&[String], Option<&str>) {
        (&self.tags, self.note.as_deref())
    }
}

fn prints(papers: &[Identity]) -> HashSet<u64> {
    let prints = papers.iter().map(Print::of);
    prints.flat_map(|p| [p.arxiv, p.key]).filter(|hash| *hash != 0).collect()
}
