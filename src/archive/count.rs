use std::sync::Arc;

use rayon::prelude::*;

use super::load;
use crate::model::{Date, Listed, Loaded};
use crate::stats::{Portion, Tally, Words};

/// Days that are read before there is news.
const BATCH: usize = 4;

/// Counts the papers of days, which must be newest first, and tells what came of it bit by bit: the days, the words once
/// their days were read, and last that there is no more. Stops early, without a last word, once `goes_on` says no.
/// Memory: the digests of 4 days at a time.
pub fn count(days: &[(Date, Vec<Arc<Listed>>)], goes_on: &dyn Fn() -> bool, tell: &mut dyn FnMut(Portion)) {
    let mut words = days.first().map(|(newest, _)| Words::new(*newest));
    for batch in days.chunks(BATCH) {
        if !goes_on() {
            return;
        }
        let read: Vec<Vec<Option<Loaded>>> =
            batch.par_iter().map(|(_, listed)| listed.iter().map(|what| load(what).ok()).collect()).collect();
        let mut tallies = Vec::new();
        for ((date, _), loaded) in batch.iter().zip(&read) {
            let mut tally = Tally::new(*date);
            tally.failed = loaded.iter().filter(|l| l.is_none()).count();
            let digests = || loaded.iter().flatten().map(|l| &*l.digest);
            digests().for_each(|d| tally.add(d));
            tallies.push(tally);
            if let Some(done) = words.take_if(|w| !w.wants(*date)) {
                tell(Portion::Words(done.rising()));
            }
            if let Some(words) = &mut words {
                words.take(*date, digests());
            }
        }
        tell(Portion::Days(tallies));
    }
    if let Some(words) = words {
        tell(Portion::Words(words.rising()));
    }
    tell(Portion::Done);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Problem;

    #[test]
    fn the_newest_days_come_first_and_nothing_comes_after_a_stop() {
        let mut days: Vec<(Date, Vec<Arc<Listed>>)> = Vec::new();
        for listed in crate::archive::sample().digests {
            let listed = Arc::new(listed);
            match days.last_mut().filter(|(date, _)| *date == listed.date) {
                Some((_, digests)) => digests.push(listed),
                None => days.push((listed.date, vec![listed])),
            }
        }
        let mut told = Vec::new();
        count(&days, &|| true, &mut |portion| told.push(portion));
        assert_eq!(told.last(), Some(&Portion::Done));
        let tallies: Vec<&Tally> = told
            .iter()
            .filter_map(|p| if let Portion::Days(d) = p { Some(d) } else { None })
            .flatten()
            .collect();
        assert_eq!(
            tallies.iter().map(|t| t.date).collect::<Vec<_>>(),
            days.iter().map(|d| d.0).collect::<Vec<_>>()
        );
        assert!(tallies.iter().all(|t| t.failed == 0 && !t.papers().is_empty()));

        told.clear();
        count(&days, &|| false, &mut |portion| told.push(portion));
        assert_eq!(told, []);
    }

    #[test]
    fn a_digest_that_cannot_be_read_is_counted_as_that() {
        let gone = Arc::new(Listed { date: Date::constant(2025, 5, 1), ..Listed::default() });
        assert!(load(&gone).is_err_and(|p: Problem| !p.what.is_empty()));
        let mut told = Vec::new();
        count(&[(gone.date, vec![gone.clone()])], &|| true, &mut |portion| told.push(portion));
        assert!(matches!(&told[0], Portion::Days(d) if d[0].failed == 1), "{told:?}");
    }
}
