use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::body::Asked;
use super::buffer::Buffer;
use super::known::Known;
use super::work::{is_over, on_low_threads};
use crate::effect::Sought;
use crate::filter::{Answer, Missing};
use crate::model::Verdict;
use crate::table::{DigestRow, Table};

/// Counts the papers of all dates that meet each of some queries, and those of them without a verdict, in one pass over
/// the rows; the texts are read only for queries that look into them by name. `lend` lends all digests, one table after
/// the other, until it is told to stop, and says whether it was not. None where it was stopped.
#[must_use]
pub fn count(
    lend: impl Fn(&mut dyn FnMut(Table) -> bool) -> bool,
    sought: &[Arc<Sought>],
    window: u16,
    stop: &AtomicBool,
) -> Option<Vec<(usize, usize)>> {
    let first = sought.first()?;
    let queries: Vec<_> = sought.iter().map(|s| &s.query).collect();
    let until_stopped = |look: &mut dyn FnMut(Table)| {
        lend(&mut |table| {
            look(table);
            !is_over(stop)
        })
    };
    let for_repeats = |look: &mut dyn FnMut(Table)| {
        until_stopped(look);
    };
    let known = Known::new(&queries, true, &first.decisions, (&for_repeats, window));
    let mut counts = vec![(0, 0); sought.len()];
    let is_whole = until_stopped(&mut |table| {
        let digests: Vec<DigestRow> = table.digests().collect();
        let one = |digest: &DigestRow| of_digest(*digest, sought, &known, stop);
        let none = || vec![(0, 0); sought.len()];
        let some = on_low_threads(|| digests.par_iter().map(one).reduce(none, sum));
        counts = sum(std::mem::take(&mut counts), some);
    });
    is_whole.then_some(counts)
}

fn sum(a: Vec<(usize, usize)>, b: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    a.into_iter().zip(b).map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect()
}

fn of_digest(
    digest: DigestRow,
    sought: &[Arc<Sought>],
    known: &Known,
    stop: &AtomicBool,
) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0); sought.len()];
    if is_over(stop) {
        return counts;
    }
    let mut open = vec![false; sought.len()];
    for row in digest.rows() {
        let of_paper = known.of(&row);
        let short = of_paper.short(row);
        for ((sought, count), open) in sought.iter().zip(&mut counts).zip(&mut open) {
            match sought.query.in_short(&short, of_paper.facts, &Missing::default()) {
                Answer::Hit(_) => add(count, of_paper.facts.verdict),
                Answer::Open => *open |= sought.query.needs_body(),
                Answer::Never => {}
            }
        }
    }
    for ((sought, count), _) in sought.iter().zip(&mut counts).zip(open).filter(|(_, open)| *open) {
        let (query, sieve) = (&sought.query, sought.query.sieve());
        let asked = Asked { query, sieve: &sieve, known, is_one_enough: false, stop };
        let body = asked.look(digest, 0, &mut Buffer::default());
        count.0 += body.count;
        count.1 += body.undecided;
    }
    counts
}

fn add(count: &mut (usize, usize), verdict: Verdict) {
    count.0 += 1;
    count.1 += usize::from(verdict == Verdict::Undecided);
}
