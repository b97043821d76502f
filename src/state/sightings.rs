use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use twox_hash::XxHash3_64;

use super::library::Library;
use super::papers::Place;
use crate::decisions::Counted;
use crate::effect::{Effect, SlotId};
use crate::model::{Date, Identity, Listed, Sighting};

/// Records that can be of one paper. A title that more have, as where a source failed to write it, tells nothing, and
/// looking at all of them for each would keep the user waiting.
const MOST: usize = 256;

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
    index: HashMap<u64, Vec<(Date, Place)>, BuildHasherDefault<Hashed>>,
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

    /// Tells records of each other that are so many days apart.
    pub(super) fn look_back(&mut self, window: u16) {
        self.window = window;
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
        let all = keys(&own.identity).filter_map(|k| self.index.get(&k)).filter(|p| p.len() <= MOST);
        let all: Vec<&[(Date, Place)]> = all.map(Vec::as_slice).collect();
        if all.iter().all(|places| places.iter().all(|(_, p)| *p == place)) {
            return Vec::new();
        }
        let all = all.into_iter().flatten();
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

    /// The papers of a day, for its counts: without those that an earlier day within the window has, each once; of
    /// several records on this day one counts that no rule mutes. With `all` none is left out.
    #[must_use]
    pub(super) fn papers(&self, date: Date, all: bool, is_muted: &dyn Fn(Place) -> bool) -> Counted {
        let mut counted = Counted::default();
        let rank = |d: Date, place: Place| (d, d == date && is_muted(place), place);
        for (slot, seen) in self.days.get(&date).into_iter().flatten() {
            for (at, paper) in seen.papers.iter().enumerate() {
                let place = (*slot, at);
                let also = if all { Vec::new() } else { self.also(date, place) };
                let is_repeat = also.iter().any(|a| rank(a.date, a.place) < rank(date, place));
                match paper.identity.clone() {
                    _ if is_repeat => counted.folded += 1,
                    paper if is_muted(place) => counted.muted.push(paper),
                    paper => counted.papers.push(paper),
                }
            }
        }
        counted
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

    /// Which paper a record is of, where its digest was read.
    pub(super) fn identity(&self, date: Date, place: Place) -> Option<Identity> {
        self.at(date, place).map(|(seen, _)| seen.identity.clone())
    }

    fn at(&self, date: Date, (slot, index): Place) -> Option<(&Sighting, &Option<String>)> {
        let seen = self.days.get(&date)?.get(&slot)?;
        Some((seen.papers.get(index)?, &seen.category))
    }
}

/// What a paper is looked up by: its id and its title.
fn keys(paper: &Identity) -> impl Iterator<Item = u64> + use<> {
    let id = paper.arxiv.as_ref().map(|id| XxHash3_64::oneshot(id.as_bytes()));
    let author = |author: &String| XxHash3_64::oneshot_with_seed(1, author.as_bytes());
    let title = || {
        let title = XxHash3_64::oneshot_with_seed(2, paper.key.as_str().as_bytes());
        title ^ paper.author.as_ref().map_or(0, author)
    };
    [id, (!paper.key.is_empty()).then(title)].into_iter().flatten()
}

/// The hash of what is a hash.
#[derive(Clone, Copy, Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WINDOW: u16 = 3;
    const TITLES: [&str; 3] = ["A Title of More than Sixteen Letters", "Short", ""];

    type Record = (Option<u8>, usize, u64);

    fn sighting((id, title, texts): Record) -> Sighting {
        let id = id.map(|id| format!("3105.{id}"));
        Sighting { identity: Identity::new(id.as_deref(), TITLES[title], Some("Ada First")), texts }
    }

    /// The papers of a digest at a time, by its day and slot; none where the whole day is forgotten.
    fn step() -> impl Strategy<Value = (i8, u8, Option<Vec<Record>>)> {
        let record = (prop::option::of(0_u8..3), 0..TITLES.len(), 0_u64..2);
        (0_i8..8, 0_u8..3, prop::option::weighted(0.8, prop::collection::vec(record, 0..5)))
    }

    #[test]
    fn a_title_that_is_no_name_tells_nothing() {
        let digest = |records: usize| vec![sighting((None, 0, 0)); records];
        for (records, others) in [(MOST, MOST - 1), (MOST + 1, 0)] {
            let mut sightings = Sightings::new(WINDOW);
            let date = Date::constant(2031, 5, 1);
            sightings.take(date, SlotId(0), None, digest(records));
            assert_eq!(sightings.also(date, (SlotId(0), 0)).len(), others);
        }
    }

    proptest! {
        /// Whatever was taken and forgotten: what the index finds is what comparing with every record finds.
        #[test]
        fn the_index_finds_what_a_look_at_everything_finds(steps in prop::collection::vec(step(), 1..15)) {
            let mut sightings = Sightings::new(WINDOW);
            let mut all: BTreeMap<(Date, SlotId), Vec<Sighting>> = BTreeMap::new();
            for (day, slot, papers) in steps {
                // A slot is of one day.
                let slot = SlotId(u32::from(slot) * 100 + u32::from(day.unsigned_abs()));
                let date = Date::constant(2031, 5, 1 + day);
                if let Some(papers) = papers {
                    let papers: Vec<Sighting> = papers.into_iter().map(sighting).collect();
                    sightings.take(date, slot, None, papers.clone());
                    all.insert((date, slot), papers);
                } else {
                    sightings.forget(date, None);
                    all.retain(|(d, _), _| *d != date);
                }
            }
            let of = |((date, slot), papers): (&(Date, SlotId), &Vec<Sighting>)| {
                let (date, slot) = (*date, *slot);
                papers.clone().into_iter().enumerate().map(move |(at, p)| (date, (slot, at), p)).collect::<Vec<_>>()
            };
            let flat: Vec<(Date, Place, Sighting)> = all.iter().flat_map(of).collect();
            for (date, place, own) in &flat {
                let is_near = |d: Date| (d - *date).get_days().abs() <= i32::from(WINDOW);
                let near: Vec<_> = flat.iter().filter(|(d, ..)| is_near(*d)).collect();
                let named = |p: &Identity| p.key == own.identity.key && p.author == own.identity.author;
                let ids = near.iter().filter(|(.., p)| named(&p.identity));
                let ids: BTreeSet<_> = ids.filter_map(|(.., p)| p.identity.arxiv.clone()).collect();
                let is_sure = |p: &Identity| p.arxiv.is_some() && own.identity.arxiv.is_some() || ids.len() < 2;
                let is_it = |p: &Identity| is_sure(p) && crate::model::same_paper(p, &own.identity);
                let others = near.iter().filter(|(_, at, p)| at != place && is_it(&p.identity));
                let expected: Vec<_> = others.map(|(d, at, p)| (*d, *at, p.texts != own.texts)).collect();
                let found = sightings.also(*date, *place).into_iter();
                let found: Vec<_> = found.map(|a| (a.date, a.place, a.is_other_text)).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
