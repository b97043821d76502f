//! Filtering a list that is too long to be filtered between a key and its frame.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::effect::{Filtering, Remarks};
use crate::filter::{Candidate, Facts, Haystack, Matcher, Subject};
use crate::model::{self, Digest};

/// Papers that are looked at between two looks at the clock.
const PIECE: usize = 256;
/// How long it takes to the first answer; to each later one twice as long, up to [`LONGEST`].
const SLICE: Duration = Duration::from_millis(12);
/// The longest time between two answers.
const LONGEST: Duration = Duration::from_millis(200);

/// The folded texts of a long list, kept from one query to the next.
#[derive(Debug, Default)]
pub struct LongList {
    digests: Vec<Weak<Digest>>,
    /// Those of the papers that were looked at.
    hays: Vec<Option<Haystack>>,
    facts: Vec<Facts>,
    remarks: BTreeMap<usize, Remarks>,
    matcher: Matcher,
}

impl LongList {
    /// Filters the list. Tells the hits so far, best first, now and then, and at last all of them with `true`; nothing
    /// more once `stop` is set. Keeps the texts folded, those of one list at a time. O(papers that the query before has
    /// not ruled out), and of texts not folded yet O(length).
    pub fn filter(&mut self, what: &Filtering, stop: &AtomicBool, tell: &mut dyn FnMut(Vec<usize>, bool)) {
        let places = self.take(what);
        let needs_body = what.query.needs_body();
        let (mut begun, mut slice) = (Instant::now(), SLICE);
        let mut ranking = self.matcher.begin(&what.query, places.len());
        while !ranking.next(1).is_empty() {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let is_due = |i: &&usize| match self.hays.get(**i) {
                Some(Some(hay)) => needs_body && !hay.has_body(),
                _ => true,
            };
            let due: Vec<usize> = ranking.next(PIECE).iter().filter(is_due).copied().collect();
            let folded: Vec<(usize, Option<Haystack>)> =
                due.into_par_iter().map(|i| (i, fold(what, &places, i, needs_body))).collect();
            for (i, hay) in folded {
                if let Some(place) = self.hays.get_mut(i) {
                    *place = hay;
                }
            }
            ranking.go_on(PIECE, |i| {
                let hay = self.hays.get(i)?.as_ref()?;
                Some(Candidate { hay, facts: self.facts.get(i).copied().unwrap_or_default() })
            });
            if begun.elapsed() >= slice && !ranking.next(1).is_empty() {
                tell(ranking.best(), false);
                (begun, slice) = (Instant::now(), (slice * 2).min(LONGEST));
            }
        }
        let hits = self.matcher.end(ranking);
        if !stop.load(Ordering::Relaxed) {
            tell(hits, true);
        }
    }

    /// Drops what does not hold for this list; hands over the digest of each paper, and its place there.
    fn take(&mut self, what: &Filtering) -> Vec<(usize, usize)> {
        let is_same = self.digests.len() == what.digests.len()
            && self.digests.iter().zip(&what.digests).all(|(a, b)| std::ptr::eq(a.as_ptr(), Arc::as_ptr(b)));
        let of =
            |(at, d): (usize, &Arc<Digest>)| (0..d.papers.len()).map(move |i| (at, i)).collect::<Vec<_>>();
        let places: Vec<(usize, usize)> = what.digests.iter().enumerate().flat_map(of).collect();
        if !is_same {
            *self = Self { digests: what.digests.iter().map(Arc::downgrade).collect(), ..Self::default() };
            self.hays.resize_with(places.len(), || None);
        }
        if self.facts != what.facts || self.remarks != what.remarks {
            self.matcher.forget();
        }
        let changed = self.remarks.keys().chain(what.remarks.keys());
        for i in changed.filter(|i| self.remarks.get(i) != what.remarks.get(i)) {
            if let Some(hay) = self.hays.get_mut(*i) {
                *hay = None;
            }
        }
        self.facts.clone_from(&what.facts);
        self.remarks.clone_from(&what.remarks);
        places
    }
}

fn fold(what: &Filtering, places: &[(usize, usize)], i: usize, with_body: bool) -> Option<Haystack> {
    let (at, index) = *places.get(i)?;
    let digest = what.digests.get(at)?;
    let paper = digest.papers.get(index)?;
    let remarks = what.remarks.get(&i);
    let subject = Subject {
        paper,
        gist: model::gist(paper).unwrap_or_default(),
        date: digest.date,
        category: digest.category.as_deref(),
        tags: remarks.map_or(&[], |r| &r.tags),
        note: remarks.and_then(|r| r.note.as_deref()),
    };
    Some(if with_body { Haystack::with_body(&subject) } else { Haystack::new(&subject) })
}
