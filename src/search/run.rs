use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::body::Asked;
use super::known::Known;
use super::work::{is_over, on_own_threads};
use super::{rows, texts};
use crate::effect::{Found, Hit, Sought, Stage};
use crate::model::{Date, Problem};
use crate::table::Table;

/// What a search says while it runs.
#[derive(Clone, Debug)]
pub enum Told {
    /// It found something, got on, or is over.
    Found(Found),
    /// A digest could not be read.
    Problem(Problem),
}

/// Looks for papers in all dates: in the rows of the table, then in the texts of the digests that it names. Of the same
/// paper a hit by its row comes first, and none by its text. A paper seen up to `window` days before is a repeat. Ends
/// within a few milliseconds of `stop` being set, and then says nothing more. Uses all cores.
pub fn search(table: Table, sought: &Sought, window: u16, stop: &AtomicBool, tell: &mut dyn FnMut(Told)) {
    let Sought { query, decisions, in_texts, most } = sought;
    let known = Known::new(&[query], false, decisions, (&|look| look(table), window));
    let of_rows = on_own_threads(|| {
        let mut rows = rows::look(table, (query, *in_texts), &known, stop)?;
        let total = rows.total();
        let hits = rows.best(table, query, *most);
        Some((hits, total, rows.days, rows.open))
    });
    let Some((hits, total, days, open)) = of_rows.filter(|_| !is_over(stop)) else { return };
    let goes_on = *in_texts && !open.is_empty();
    let mut progress = Progress { left: most.saturating_sub(hits.len()), hits, total, days };
    tell(Told::Found(progress.take(if goes_on { Stage::Titles } else { Stage::Done })));
    if goes_on {
        let sieve = query.sieve();
        let asked = Asked { query, sieve: &sieve, known: &known, is_one_enough: false, stop };
        texts::look(table, &open, asked, &mut progress, tell);
        if !is_over(stop) {
            tell(Told::Found(progress.take(Stage::Done)));
        }
    }
}

/// What was found, and how much of it was told.
pub(super) struct Progress {
    hits: Vec<Hit>,
    total: usize,
    days: BTreeMap<Date, usize>,
    /// Hits that may still be handed over.
    left: usize,
}

impl Progress {
    /// Adds hits of a day, of which only the first are made.
    pub(super) fn add(&mut self, date: Date, count: usize, mut hits: Vec<Hit>) {
        if count > 0 {
            self.total += count;
            *self.days.entry(date).or_default() += count;
        }
        hits.truncate(self.left);
        self.left -= hits.len();
        self.hits.extend(hits);
    }

    /// Hits that may still be handed over.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// What was found since this was asked last.
    pub(super) fn take(&mut self, stage: Stage) -> Found {
        Found {
            hits: std::mem::take(&mut self.hits),
            total: self.total,
            days: self.days.iter().rev().map(|(date, count)| (*date, *count)).collect(),
            stage,
        }
    }
}
