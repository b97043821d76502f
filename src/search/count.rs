use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::body::Asked;
use super::known::Known;
use super::work::{is_over, on_low_threads};
use crate::effect::Sought;
use crate::filter::{Answer, Missing};
use crate::model::Verdict;
use crate::table::Table;

/// Counts the papers of all dates that meet each of some queries, and those of them without a verdict, in one pass over
/// the rows; the texts are read only for queries that look into them by name. None where it was stopped.
#[must_use]
pub fn count(
    table: Table,
    sought: &[Arc<Sought>],
    window: u16,
    stop: &AtomicBool,
) -> Option<Vec<(usize, usize)>> {
    let first = sought.first()?;
    let queries: Vec<_> = sought.iter().map(|s| &s.query).collect();
    let known = Known::new(&queries, true, &first.decisions, (table, window));
    let one = |at: u32| {
        let mut counts = vec![(0, 0); sought.len()];
        let Some(digest) = table.digest(at).filter(|_| !is_over(stop)) else { return counts };
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
            let asked = Asked { query, sieve: &sieve, known: &known, stop };
            let body = asked.look(digest, 0, &mut Vec::new());
            count.0 += body.count;
            count.1 += body.undecided;
        }
        counts
    };
    let sum = |a: Vec<(usize, usize)>, b: Vec<(usize, usize)>| {
        a.into_iter().zip(b).map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect()
    };
    let counts = on_low_threads(|| {
        (0..table.digest_count()).into_par_iter().map(one).reduce(|| vec![(0, 0); sought.len()], sum)
    });
    (!is_over(stop)).then_some(counts)
}

fn add(count: &mut (usize, usize), verdict: Verdict) {
    count.0 += 1;
    count.1 += usize::from(verdict == Verdict::Undecided);
}
