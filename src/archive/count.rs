use std::sync::Arc;

use rayon::prelude::*;

use super::index::Index;
use super::load;
use crate::model::{Date, Listed};
use crate::stats::{PaperRow, Portion, Tally, Words};
use crate::table::{Part, Table};

/// Days that are read before there is news.
const BATCH: usize = 4;

/// What is counted of a digest: its category and its papers.
type Counted = (Option<String>, Vec<PaperRow>);

/// Counts the papers of days, which must be newest first, and tells what came of it bit by bit: the days, the words once
/// their days were counted, and last that there is no more. Stops early, without a last word, once `goes_on` says no.
/// Digests that the index has as they are now are counted by its rows, the others are read.
/// Memory: the papers of 4 days at a time.
pub fn count(
    days: &[(Date, Vec<Arc<Listed>>)],
    index: Option<&Index>,
    goes_on: &dyn Fn() -> bool,
    tell: &mut dyn FnMut(Portion),
) {
    let mut words = days.first().map(|(newest, _)| Words::new(*newest));
    for batch in days.chunks(BATCH) {
        if !goes_on() {
            return;
        }
        let wants_titles = |date: Date| words.as_ref().is_some_and(|w| w.wants(date));
        let day = |(date, listed): &(Date, Vec<Arc<Listed>>)| -> Vec<Option<Counted>> {
            let known = index.and_then(|index| index.of_date(*date).ok()).unwrap_or_default();
            listed.iter().map(|what| known_or_read(known.table(), what, wants_titles(*date))).collect()
        };
        let counted: Vec<Vec<Option<Counted>>> = batch.par_iter().map(day).collect();
        let mut tallies = Vec::new();
        for ((date, _), digests) in batch.iter().zip(&counted) {
            let mut tally = Tally::new(*date);
            tally.failed = digests.iter().filter(|d| d.is_none()).count();
            for (category, papers) in digests.iter().flatten() {
                tally.add(category.as_deref(), papers);
            }
            tallies.push(tally);
            if let Some(done) = words.take_if(|w| !w.wants(*date)) {
                tell(Portion::Words(done.rising()));
            }
            if let Some(words) = &mut words {
                words.take(*date, digests.iter().flatten().flat_map(|(_, papers)| papers));
            }
        }
        tell(Portion::Days(tallies));
    }
    if let Some(words) = words {
        tell(Portion::Words(words.rising()));
    }
    tell(Portion::Done);
}

/// Takes a digest from its rows, else from its files; none where it cannot be read.
fn known_or_read(known: Table<'_>, what: &Listed, wants_titles: bool) -> Option<Counted> {
    // One that could not be read has no rows, as one without papers.
    if let Some(digest) = known.digests().find(|d| !d.is_empty() && d.is_of(what)) {
        let has_none = digest.category().is_none();
        let row = |row: crate::table::Row<'_>| PaperRow {
            identity: row.identity(),
            title: if wants_titles { row.title().into_owned() } else { String::new() },
            title_zh: row.title_zh().filter(|_| wants_titles).map(std::borrow::Cow::into_owned),
            category: primary(&row).filter(|_| has_none),
        };
        return Some((digest.category().map(str::to_owned), digest.rows().map(row).collect()));
    }
    let digest = load(what).ok()?.digest;
    Some((digest.category.clone(), PaperRow::all(&digest)))
}

/// The first category of the paper of a row, whose digest has none.
fn primary(row: &crate::table::Row<'_>) -> Option<String> {
    let folded = row.pieces().find(|piece| piece.part == Part::Category)?.text;
    // Rows hold it in small letters: cs.LG, but cond-mat.soft and hep-th.
    Some(match folded.split_once('.') {
        Some((archive, class)) if class.len() == 2 => format!("{archive}.{}", class.to_uppercase()),
        _ => folded.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Problem, Sources};

    type Days = Vec<(Date, Vec<Arc<Listed>>)>;

    fn sample() -> Days {
        let mut days: Days = Vec::new();
        for listed in crate::archive::sample().digests.iter().cloned() {
            match days.last_mut().filter(|(date, _)| *date == listed.date) {
                Some((_, digests)) => digests.push(listed),
                None => days.push((listed.date, vec![listed])),
            }
        }
        days
    }

    fn told(days: &Days, index: Option<Vec<u8>>) -> Vec<Portion> {
        let mut told = Vec::new();
        let index = index.map(|image| Index::of_memory(image).unwrap());
        count(days, index.as_ref(), &|| true, &mut |portion| told.push(portion));
        told
    }

    #[test]
    fn rows_of_the_table_stand_for_files_that_are_as_they_were() {
        let days = sample();
        let mut digests: Vec<(Arc<Listed>, crate::model::Digest)> = Vec::new();
        for listed in days.iter().flat_map(|(_, listed)| listed) {
            digests.push((Arc::clone(listed), (*load(listed).unwrap().digest).clone()));
        }
        let image = |digests: &[(Arc<Listed>, crate::model::Digest)]| {
            crate::table::image(digests.iter().map(|(listed, digest)| (&**listed, digest)))
        };
        let whole = image(&digests);
        assert_eq!(told(&days, Some(whole)), told(&days, None));

        // A table that says something else shows that it is asked at all.
        digests[0].1.papers.truncate(1);
        let short = image(&digests);
        assert_ne!(told(&days, Some(short)), told(&days, None));
        let mut other = (*digests[0].0).clone();
        other.sources = Sources::default();
        digests[0].0 = Arc::new(other);
        let stale = image(&digests);
        assert_eq!(told(&days, Some(stale)), told(&days, None));
    }

    #[test]
    fn the_newest_days_come_first_and_nothing_comes_after_a_stop() {
        let days = sample();
        let mut told = Vec::new();
        count(&days, None, &|| true, &mut |portion| told.push(portion));
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
        count(&days, None, &|| false, &mut |portion| told.push(portion));
        assert_eq!(told, []);
    }

    #[test]
    fn a_digest_that_cannot_be_read_is_counted_as_that() {
        let gone = Arc::new(Listed { date: Date::constant(2025, 5, 1), ..Listed::default() });
        assert!(load(&gone).is_err_and(|p: Problem| !p.what.is_empty()));
        let mut told = Vec::new();
        count(&[(gone.date, vec![gone.clone()])], None, &|| true, &mut |portion| told.push(portion));
        assert!(matches!(&told[0], Portion::Days(d) if d[0].failed == 1), "{told:?}");
    }
}
