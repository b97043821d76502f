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
use crate::table::Table;

/// Bytes of rows that are looked at before the table is asked for again.
const AT_ONCE: u64 = 256 << 10;

/// Counts the papers of all dates that meet each of some queries, and those of them without a verdict, in one pass over
/// the rows; the texts are read only for queries that look into them by name. `lend` lends the table, which must be the
/// same each time: what was read of a mapped one can be out of memory before the next time. None where it was stopped, or
/// nothing was lent.
#[must_use]
pub fn count<L: Fn(&mut dyn FnMut(Table))>(
    lend: L,
    sought: &[Arc<Sought>],
    window: u16,
    stop: &AtomicBool,
) -> Option<Vec<(usize, usize)>> {
    let first = sought.first()?;
    let queries: Vec<_> = sought.iter().map(|s| &s.query).collect();
    let (mut known, mut counts, mut from) = (None, vec![(0, 0); sought.len()], 0);
    loop {
        let mut left = None;
        lend(&mut |table| {
            let of_table = || Known::new(&queries, true, &first.decisions, (table, window));
            let known = known.get_or_insert_with(of_table);
            let to = end(table, from);
            let one = |at| of_digest(table, at, sought, known, stop);
            let none = || vec![(0, 0); sought.len()];
            let some = on_low_threads(|| (from..to).into_par_iter().map(one).reduce(none, sum));
            counts = sum(std::mem::take(&mut counts), some);
            left = Some(table.digest_count() - to);
            from = to;
        });
        if is_over(stop) {
            return None;
        }
        if left? == 0 {
            return Some(counts);
        }
    }
}

/// The digest before which to stop, so that not many more bytes of rows are looked at: behind `from` where there is one.
fn end(table: Table, from: u32) -> u32 {
    let mut left = AT_ONCE;
    let fits = |at: &u32| {
        let place = table.digest(*at).map(|d| d.place()).unwrap_or_default();
        let goes_on = left > 0;
        left = left.saturating_sub(place.end.saturating_sub(place.start));
        goes_on
    };
    from + (from..table.digest_count()).take_while(fits).count() as u32
}

fn sum(a: Vec<(usize, usize)>, b: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    a.into_iter().zip(b).map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect()
}

fn of_digest(
    table: Table,
    at: u32,
    sought: &[Arc<Sought>],
    known: &Known,
    stop: &AtomicBool,
) -> Vec<(usize, usize)> {
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::filter::Query;
    use crate::model::{Date, Digest, Listed, Paper};

    #[test]
    fn every_digest_counts_once_however_often_the_table_is_lent() {
        let date = Date::constant(2025, 5, 1);
        let paper = Paper { title: "A word".to_owned(), ..Paper::default() };
        let digest = Digest { papers: vec![paper], ..Digest::new(date, None) };
        let listed = Listed { date, ..Listed::default() };
        let query = Query::parse("word", date).unwrap();
        let sought = Arc::new(Sought { query, decisions: Arc::default(), in_texts: true, most: 0 });
        let image = |digests: u64| crate::table::image((0..digests).map(|_| (&listed, &digest)));
        let one = image(1);
        let place = Table::open(&one).unwrap().digest(0).unwrap().place();
        let some = AT_ONCE.div_ceil(place.end - place.start);
        for (digests, lent) in [(0, 1), (1, 1), (some, 1), (some + 1, 2), (3 * some, 3)] {
            let image = image(digests);
            let lends = Cell::new(0);
            let lend = |look: &mut dyn FnMut(Table)| {
                lends.set(lends.get() + 1);
                look(Table::open(&image).unwrap());
            };
            let counts = count(lend, &[Arc::clone(&sought)], 30, &AtomicBool::new(false));
            assert_eq!(counts, Some(vec![(digests as usize, digests as usize)]));
            assert_eq!(lends.get(), lent);
        }
    }
}
