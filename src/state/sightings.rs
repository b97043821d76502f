mod counted;
mod mark;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) use self::counted::Counted;
use self::mark::Mark;
use super::library::Library;
use super::papers::Place;
use crate::effect::{Effect, SlotId};
use crate::model::{Date, Identities, Identity, IdentityRef, Listed, Sighting};

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

/// The papers of the digests that were read so far, and where each was seen: what repeats are known by. There are tens of
/// thousands, so they are kept small.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sightings {
    /// How many days apart two records of a paper are told of each other.
    window: u16,
    days: BTreeMap<Date, BTreeMap<SlotId, Seen>>,
    /// Where to look for a paper, by what it is found by.
    index: BTreeSet<Spot>,
    /// The digest that is being skimmed.
    asked: Option<SlotId>,
}

/// What was seen in a digest.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    category: Option<String>,
    marks: Box<[Mark]>,
    /// Which papers these are; none of a digest that was skimmed: nobody asks before it is read.
    papers: Identities,
}

/// Where to look for what has this key: the date, the digest and the place in it.
type Spot = (u32, Date, SlotId, u32);

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
        papers: &[Sighting],
    ) -> bool {
        let marks = papers.iter().map(Mark::of).collect();
        let papers = papers.iter().map(|seen| &seen.identity).collect();
        self.put(date, slot, Seen { category: category.map(str::to_owned), marks, papers })
    }

    fn put(&mut self, date: Date, slot: SlotId, seen: Seen) -> bool {
        let before = self.days.get_mut(&date).and_then(|d| d.get_mut(&slot));
        if let Some(before) = before.filter(|b| (&b.category, &b.marks) == (&seen.category, &seen.marks)) {
            before.papers = seen.papers;
            return false;
        }
        self.forget(date, Some(slot));
        self.index.extend(spots(date, slot, &seen));
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
            for spot in spots(date, *slot, seen) {
                self.index.remove(&spot);
            }
        }
        !gone.is_empty()
    }

    /// The other records of the paper at `place` on `date`, the oldest first, within the window.
    #[must_use]
    pub(super) fn also(&self, date: Date, place: Place) -> Vec<Also> {
        let Some((own, _)) = self.at(date, place) else { return Vec::new() };
        let near = self.near(*own, date);
        let named = |mark: &Mark| mark.name == own.name;
        let found: Vec<_> = near.into_iter().filter_map(|(d, p)| Some((d, p, self.at(d, p)?))).collect();
        let ids = found.iter().map(|(_, _, (mark, _))| mark).filter(|mark| named(mark) && mark.id != 0);
        let ids: BTreeSet<u64> = ids.map(|mark| mark.id).collect();
        // A title that two ids have says nothing of a record without one.
        let is_name_enough = own.name != 0 && ids.len() < 2;
        let is_it = |mark: &Mark| match (mark.id, own.id) {
            (0, _) | (_, 0) => is_name_enough && named(mark),
            (a, b) => a == b,
        };
        let others = found.into_iter().filter(|(_, p, (mark, _))| *p != place && is_it(mark));
        let also = |(date, place, (mark, category)): (Date, Place, (&Mark, &Option<String>))| Also {
            date,
            category: category.clone(),
            place,
            is_other_text: mark.texts != own.texts,
        };
        others.map(also).collect()
    }

    fn with_key(&self, key: u32) -> impl Iterator<Item = &Spot> {
        self.index.range((key, Date::MIN, SlotId(0), 0)..).take_while(move |(k, ..)| *k == key)
    }

    /// Where within the window something has a key in common with `own`.
    fn near(&self, own: Mark, date: Date) -> BTreeSet<(Date, Place)> {
        let mut near = BTreeSet::new();
        for key in own.keys() {
            if self.with_key(key).nth(MOST).is_none() {
                let places = self.with_key(key).filter(|(_, d, ..)| self.is_near(*d, date));
                near.extend(places.map(|(_, d, slot, at)| (*d, (*slot, *at as usize))));
            }
        }
        near
    }

    /// Where a record has the id or the name of a paper.
    pub(super) fn like(&self, paper: &Identity) -> impl Iterator<Item = (Date, Place)> {
        self.find(Mark::of_paper(paper), Mark::is_like)
    }

    /// Where a record is of a paper.
    pub(super) fn of(&self, paper: &Identity) -> impl Iterator<Item = (Date, Place)> {
        self.find(Mark::of_paper(paper), Mark::is_of)
    }

    fn find(&self, own: Mark, is_it: fn(&Mark, Mark) -> bool) -> impl Iterator<Item = (Date, Place)> {
        let spots = own.keys().flat_map(|key| self.with_key(key));
        let places = spots.map(|(_, date, slot, at)| (*date, (*slot, *at as usize)));
        places.filter(move |(date, place)| self.at(*date, *place).is_some_and(|(mark, _)| is_it(mark, own)))
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
        papers: &[Sighting],
    ) -> Option<Date> {
        self.asked = self.asked.filter(|asked| *asked != slot);
        let is_it = library.listed(slot).is_some_and(|l| Arc::ptr_eq(l, what));
        // What was opened meanwhile is known already.
        if !is_it || self.has(what.date, slot) {
            return None;
        }
        let marks = papers.iter().map(Mark::of).collect();
        let category = what.category.as_deref().map(str::to_owned);
        self.put(what.date, slot, Seen { category, marks, papers: Identities::default() });
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
    pub(super) fn identity(&self, date: Date, (slot, index): Place) -> Option<IdentityRef<'_>> {
        self.days.get(&date)?.get(&slot)?.papers.get(index)
    }

    fn at(&self, date: Date, (slot, index): Place) -> Option<(&Mark, &Option<String>)> {
        let seen = self.days.get(&date)?.get(&slot)?;
        Some((seen.marks.get(index)?, &seen.category))
    }
}

/// Where the papers of a digest are looked for.
fn spots(date: Date, slot: SlotId, seen: &Seen) -> impl Iterator<Item = Spot> {
    let marks = (0..).zip(&seen.marks);
    marks.flat_map(move |(at, mark)| mark.keys().map(move |key| (key, date, slot, at)))
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
            sightings.take(date, SlotId(0), None, &digest(records));
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
                    sightings.take(date, slot, None, &papers);
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

                let scan = |is_it: &dyn Fn(&Identity) -> bool| -> BTreeSet<(Date, Place)> {
                    flat.iter().filter(|(.., p)| is_it(&p.identity)).map(|(d, at, _)| (*d, *at)).collect()
                };
                let is_of = |p: &Identity| crate::model::same_paper(p, &own.identity);
                let has_id = |p: &Identity| p.arxiv.is_some() && p.arxiv == own.identity.arxiv;
                let is_like = |p: &Identity| has_id(p) || !p.key.is_empty() && named(p);
                prop_assert_eq!(sightings.of(&own.identity).collect::<BTreeSet<_>>(), scan(&is_of));
                prop_assert_eq!(sightings.like(&own.identity).collect::<BTreeSet<_>>(), scan(&is_like));
            }
        }
    }
}
