use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use super::library::Library;
use super::papers::Place;
use crate::effect::{Effect, SlotId};
use crate::model::{Date, Identity, Listed, Sighting};

/// Another record of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Also {
    /// The day it stands on.
    pub date: Date,
    /// The category of its digest.
    pub category: Option<String>,
    /// Its place.
    pub place: Place,
    /// True when its texts are other ones.
    pub is_other_text: bool,
}

/// The papers of the digests that were read so far, and where each was seen: what repeats are known by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sightings {
    /// How many days apart two records of a paper are told of each other.
    window: u16,
    days: BTreeMap<Date, BTreeMap<SlotId, Seen>>,
    /// Where to look for a paper, by hashes of its id and of its title.
    index: HashMap<u64, Vec<(Date, Place)>>,
    /// The digest that is being skimmed.
    asked: Option<SlotId>,
}

/// What was seen in a digest.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    category: Option<String>,
    papers: Vec<Sighting>,
}

impl Sightings {
    /// Knows of no paper yet; `window` in days.
    #[must_use]
    pub(super) fn new(window: u16) -> Self {
        Self { window, ..Self::default() }
    }

    /// Takes the papers of a digest, in place of what it held before; false when these are the same. O(papers).
    pub(super) fn take(
        &mut self,
        date: Date,
        slot: SlotId,
        category: Option<&str>,
        papers: Vec<Sighting>,
    ) -> bool {
        let seen = Seen { category: category.map(str::to_owned), papers };
        if self.days.get(&date).and_then(|d| d.get(&slot)) == Some(&seen) {
            return false;
        }
        self.forget(date, Some(slot));
        for (at, paper) in seen.papers.iter().enumerate() {
            for key in keys(&paper.identity) {
                self.index.entry(key).or_default().push((date, (slot, at)));
            }
        }
        self.days.entry(date).or_default().insert(slot, seen);
        true
    }

    /// Forgets what stood on a day, or in one of its digests; false when nothing was known of it. O(papers there).
    pub(super) fn forget(&mut self, date: Date, only: Option<SlotId>) -> bool {
        let Some(day) = self.days.get_mut(&date) else { return false };
        let (gone, left) = std::mem::take(day).into_iter().partition(|(s, _)| only.is_none_or(|o| o == *s));
        *day = left;
        let gone: BTreeMap<SlotId, Seen> = gone;
        for (slot, seen) in &gone {
            for key in seen.papers.iter().flat_map(|p| keys(&p.identity)) {
                if let Some(places) = self.index.get_mut(&key) {
                    places.retain(|(_, (s, _))| s != slot);
                }
            }
        }
        !gone.is_empty()
    }

    /// The other records of the paper at `place` on `date`, the oldest first, within the window.
    #[must_use]
    pub(super) fn also(&self, date: Date, place: Place) -> Vec<Also> {
        let Some((own, _)) = self.at(date, place) else { return Vec::new() };
        let all = keys(&own.identity).flat_map(|k| self.index.get(&k).into_iter().flatten());
        let near: BTreeSet<&(Date, Place)> = all.filter(|(d, _)| self.is_near(*d, date)).collect();
        let named = |p: &Identity| p.key == own.identity.key && p.author == own.identity.author;
        let found: Vec<_> = near.into_iter().filter_map(|(d, p)| Some((*d, *p, self.at(*d, *p)?))).collect();
        let ids = found.iter().filter(|(_, _, (s, _))| named(&s.identity));
        let ids: BTreeSet<&str> = ids.filter_map(|(_, _, (s, _))| s.identity.arxiv.as_deref()).collect();
        // A title that two ids have says nothing of a record without one.
        let is_name_enough = !own.identity.key.is_empty() && ids.len() < 2;
        let is_it = |p: &Identity| match (&p.arxiv, &own.identity.arxiv) {
            (Some(a), Some(b)) => a == b,
            _ => is_name_enough && named(p),
        };
        let others = found.into_iter().filter(|(_, p, (s, _))| *p != place && is_it(&s.identity));
        let also = |(date, place, (paper, category)): (Date, Place, (&Sighting, &Option<String>))| Also {
            date,
            category: category.clone(),
            place,
            is_other_text: paper.texts != own.texts,
        };
        others.map(also).collect()
    }

    /// The papers of a day without those that an earlier day within the window has, each once; and how many that left
    /// out. With `all` none is left out.
    #[must_use]
    pub(super) fn papers(&self, date: Date, all: bool) -> (Vec<Identity>, usize) {
        let mut papers = Vec::new();
        let mut left_out = 0;
        for (slot, seen) in self.days.get(&date).into_iter().flatten() {
            for (at, paper) in seen.papers.iter().enumerate() {
                let place = (*slot, at);
                // The others are in the order of day and place.
                let first = if all { None } else { self.also(date, place).into_iter().next() };
                if first.is_some_and(|a| (a.date, a.place) < (date, place)) {
                    left_out += 1;
                } else {
                    papers.push(paper.identity.clone());
                }
            }
        }
        (papers, left_out)
    }

    /// Asks for the nearest digest of the days before `open` that was never read, unless one is under way.
    pub(super) fn skim(&mut self, library: &Library, open: Date) -> Option<Effect> {
        if self.asked.is_some() {
            return None;
        }
        let earlier = library.days().iter().skip_while(|d| d.date >= open);
        let near = earlier.take_while(|d| self.is_near(d.date, open));
        let mut slots = near.flat_map(|d| d.slots.iter().map(|s| (d.date, *s)));
        let (_, slot) = slots.find(|(date, slot)| !self.has(*date, *slot))?;
        let what = Arc::clone(library.listed(slot)?);
        self.asked = Some(slot);
        Some(Effect::Skim { slot, what })
    }

    /// Takes what was skimmed, if it is still wanted; returns its day.
    pub(super) fn skimmed(
        &mut self,
        library: &Library,
        slot: SlotId,
        what: &Arc<Listed>,
        papers: Vec<Sighting>,
    ) -> Option<Date> {
        self.asked = self.asked.filter(|asked| *asked != slot);
        let is_it = library.listed(slot).is_some_and(|l| Arc::ptr_eq(l, what));
        // What was opened meanwhile is known already.
        if !is_it || self.has(what.date, slot) {
            return None;
        }
        self.take(what.date, slot, what.category.as_deref(), papers);
        Some(what.date)
    }

    /// Says whether records of these two days are told of each other.
    pub(super) fn is_near(&self, a: Date, b: Date) -> bool {
        a.duration_until(b).abs().as_hours() <= i64::from(self.window) * 24
    }

    /// Says whether it is known what stands in a digest.
    pub(super) fn has(&self, date: Date, slot: SlotId) -> bool {
        self.days.get(&date).is_some_and(|d| d.contains_key(&slot))
    }

    fn at(&self, date: Date, (slot, index): Place) -> Option<(&Sighting, &Option<String>)> {
        let seen = self.days.get(&date)?.get(&slot)?;
        Some((seen.papers.get(index)?, &seen.category))
    }
}

/// What a paper is looked up by: its id and its title.
fn keys(paper: &Identity) -> impl Iterator<Item = u64> + use<> {
    let name = (!paper.key.is_empty()).then(|| hash(&(&paper.key, &paper.author)));
    [paper.arxiv.as_ref().map(hash), name].into_iter().flatten()
}

fn hash(what: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
