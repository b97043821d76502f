mod entry;
mod glimpse;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use self::entry::{Asked, Entry};
use super::slot::Slot;
use crate::effect::{Effect, Loaded, SlotId};
use crate::model::{Date, Digest, Listed, Listing, Problem, SourceRef};

/// Days whose digests are kept in memory; older ones are read again when they are opened.
const KEPT_DAYS: usize = 8;
/// Digests of other days that are kept beside them.
const KEPT_DIGESTS: usize = 8;
/// Bytes of the files of those days, but for those on screen, which are kept whatever their size.
const KEPT_BYTES: u64 = 4 << 20;

/// One date of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Its digests, by category.
    pub slots: Vec<SlotId>,
}

/// The archive as far as it was listed and read: days, newest first, and a slot for each digest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    days: Vec<Day>,
    entries: Vec<Entry>,
    /// Dates in the order in which they were last asked for, the latest last.
    recent: Vec<Date>,
    /// Digests that were asked for one by one, the latest last.
    fetched: Vec<SlotId>,
    generation: u64,
    /// A day that is shown although it is in the archive no more.
    gone: Option<Date>,
}

impl Library {
    /// Takes a new listing while `open` is the open date. A digest of the same date and category keeps its slot, and
    /// its content until the changed one was read. What the listing has left alone stays, and so does the open day
    /// when all of it is gone, until it is left. Returns the dates of which something is new, changed or gone.
    /// O(digests).
    pub fn list(&mut self, listing: &Listing, open: Option<Date>) -> BTreeSet<Date> {
        let mut changed = BTreeSet::new();
        let mut known: HashMap<Date, Vec<SlotId>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            known.entry(entry.listed.date).or_default().push(id_of(at));
        }
        let mut here: HashSet<SlotId> = HashSet::new();
        let mut days: BTreeMap<Reverse<Date>, Vec<SlotId>> = BTreeMap::new();
        self.entries.reserve_exact(listing.digests.len().saturating_sub(self.entries.len()));
        for listed in listing.digests.iter() {
            let candidates = known.get(&listed.date).into_iter().flatten().filter(|s| !here.contains(s));
            let candidates: Vec<SlotId> = candidates.copied().collect();
            let (slot, is_news) = self.place(listed, &candidates, &listing.left);
            if is_news {
                changed.insert(listed.date);
            }
            here.insert(slot);
            days.entry(Reverse(listed.date)).or_default().push(slot);
        }
        let vanished = open.filter(|date| !days.contains_key(&Reverse(*date)));
        self.gone = None;
        for Day { date, slots } in std::mem::take(&mut self.days) {
            for slot in slots.into_iter().filter(|s| !here.contains(s)) {
                let is_left = self.entry(slot).is_some_and(|e| is_left(&e.listed, &listing.left));
                if is_left || vanished == Some(date) {
                    self.gone = self.gone.or(vanished.filter(|_| !is_left));
                    days.entry(Reverse(date)).or_default().push(slot);
                } else {
                    self.drop_content(slot);
                    changed.insert(date);
                }
            }
        }
        self.days = days.into_iter().map(|(Reverse(date), slots)| Day { date, slots }).collect();
        changed
    }

    /// Gives a listed digest its slot; says whether it is new or changed.
    fn place(&mut self, listed: &Arc<Listed>, candidates: &[SlotId], left: &[PathBuf]) -> (SlotId, bool) {
        let is_same = |s: &SlotId| self.entry(*s).is_some_and(|e| e.listed.category == listed.category);
        let is_kin = |s: &SlotId| {
            self.entry(*s).is_some_and(|e| e.listed.sources.iter().any(|s| listed.sources.contains(s)))
        };
        let slot = candidates.iter().find(|s| is_same(s)).or(candidates.iter().find(|s| is_kin(s))).copied();
        let Some((slot, entry)) = slot.and_then(|s| Some((s, self.entry_mut(s)?))) else {
            let slot = id_of(self.entries.len());
            self.entries.push(Entry::new(Arc::clone(listed)));
            return (slot, true);
        };
        if entry.listed == *listed || is_left(&entry.listed, left) {
            return (slot, false);
        }
        entry.listed = Arc::clone(listed);
        if let Some(asked) = &mut entry.asked {
            asked.is_stale = asked.slot != Slot::Unlisted;
        }
        (slot, true)
    }

    /// Leaves the open day for another one: if it was in the archive no more, it is forgotten.
    pub fn leave_for(&mut self, date: Date) {
        if let Some(gone) = self.gone.take_if(|gone| *gone != date) {
            self.forget(gone);
            self.days.retain(|d| d.date != gone);
        }
    }

    /// The days, newest first.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// Index of the day with this date.
    #[must_use]
    pub fn day_of(&self, date: Date) -> Option<usize> {
        self.days.binary_search_by(|d| date.cmp(&d.date)).ok()
    }

    /// What is known of a digest.
    #[must_use]
    pub fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.entry(id).map(|e| &e.now().slot)
    }

    /// The digest, if it is here.
    #[must_use]
    pub fn digest(&self, id: SlotId) -> Option<&Arc<Digest>> {
        match self.slot(id)? {
            Slot::Loaded(digest) => Some(digest),
            Slot::Unlisted | Slot::Loading | Slot::Failed(_) => None,
        }
    }

    /// The digests of a day that are here.
    pub fn digests(&self, day: usize) -> impl Iterator<Item = &Arc<Digest>> {
        self.days.get(day).into_iter().flat_map(|d| &d.slots).filter_map(|s| self.digest(*s))
    }

    /// A number that is another one after the digest was read again.
    #[must_use]
    pub fn version(&self, id: SlotId) -> u64 {
        self.entry(id).map_or(0, |e| e.now().version)
    }

    /// How a digest was listed.
    #[must_use]
    pub fn listed(&self, id: SlotId) -> Option<&Arc<Listed>> {
        self.entry(id).map(|e| &e.listed)
    }

    /// The sources of a digest.
    #[must_use]
    pub fn sources(&self, id: SlotId) -> &[SourceRef] {
        self.entry(id).map_or(&[], |e| &e.listed.sources)
    }

    /// True when nothing of the day is on its way.
    #[must_use]
    pub fn is_whole(&self, day: usize) -> bool {
        let slots = self.days.get(day).map(|d| d.slots.as_slice()).unwrap_or_default();
        !slots.iter().any(|s| self.entry(*s).is_some_and(|e| e.now().is_awaited && e.now().short.is_none()))
    }

    /// The category: the digest's own where it is loaded, else as far as its name tells.
    #[must_use]
    pub fn category(&self, id: SlotId) -> Option<&str> {
        match self.digest(id) {
            Some(digest) => digest.category.as_deref(),
            None => self.entry(id)?.listed.category.as_deref(),
        }
    }

    /// Asks for the digests of `day` that are neither here nor on their way, and forgets days that were not
    /// asked for in a long time.
    pub fn open(&mut self, day: usize) -> Vec<Effect> {
        let Some(date) = self.days.get(day).map(|d| d.date) else { return Vec::new() };
        self.touch(date);
        let mut effects = self.forget_old(1);
        effects.extend(self.ask(day, Asked::is_wanted));
        effects
    }

    /// Forgets the days that were asked for the longest time ago, but for so many, and what is still to be read of them.
    fn forget_old(&mut self, least: usize) -> Vec<Effect> {
        let mut effects = Vec::new();
        while self.recent.len() > least && self.keeps_too_much() {
            let old = self.recent.remove(0);
            let day = self.day_of(old).and_then(|day| self.days.get(day));
            let entries =
                day.into_iter().flat_map(|d| &d.slots).filter_map(|s| Some((*s, self.entry(*s)?.now())));
            let awaited = entries.filter(|(_, asked)| asked.is_awaited);
            effects.extend(awaited.map(|(slot, a)| Effect::Unload { slot, generation: a.generation }));
            self.forget(old);
        }
        effects
    }

    fn keeps_too_much(&self) -> bool {
        let entries = |date: &Date| {
            let day = self.day_of(*date).and_then(|at| self.days.get(at));
            day.into_iter().flat_map(|d| &d.slots).filter_map(|s| self.entry(*s))
        };
        let stamps = self.recent.iter().flat_map(entries).flat_map(|e| e.listed.sources.stamps());
        let bytes: u64 = stamps.map(|s| s.len).sum();
        self.recent.len() > KEPT_DAYS || bytes > KEPT_BYTES
    }

    /// Asks for the digests of the open `day` that are new or changed.
    pub fn refresh(&mut self, day: usize) -> Vec<Effect> {
        self.ask(day, |e| e.is_stale || e.slot == Slot::Unlisted)
    }

    /// Asks for the digests of another day than the open one.
    pub fn look_into(&mut self, day: usize) -> Vec<Effect> {
        let Some(date) = self.days.get(day).map(|d| d.date) else { return Vec::new() };
        let open = self.recent.last().copied();
        self.touch(date);
        if let Some(open) = open {
            self.touch(open);
        }
        let mut effects = self.forget_old(2);
        effects.extend(self.ask(day, Asked::is_wanted));
        effects
    }

    fn ask(&mut self, day: usize, is_wanted: impl Fn(&Asked) -> bool) -> Vec<Effect> {
        let slots = self.days.get(day).map(|d| d.slots.clone()).unwrap_or_default();
        let mut effects = Vec::new();
        for slot in slots {
            self.generation += 1;
            let generation = self.generation;
            let Some(entry) = self.entry_mut(slot).filter(|e| is_wanted(e.now())) else { continue };
            let asked = entry.asked_mut();
            if !matches!(asked.slot, Slot::Loaded(_)) {
                asked.slot = Slot::Loading;
            }
            (asked.generation, asked.is_awaited, asked.is_stale) = (generation, true, false);
            effects.push(Effect::Load { slot, generation, what: Arc::clone(&entry.listed) });
        }
        effects
    }

    /// Asks for one digest, whatever its day, if it is neither here nor on its way; forgets those that were not asked for
    /// in a long time, unless `keeps`. Days that are open, or were lately, stay as they are.
    pub fn fetch(&mut self, slot: SlotId, keeps: bool) -> Option<Effect> {
        self.fetched.retain(|s| *s != slot);
        self.fetched.push(slot);
        while self.fetched.len() > KEPT_DIGESTS && !keeps {
            let old = self.fetched.remove(0);
            let is_recent = self.entry(old).is_some_and(|e| self.recent.contains(&e.listed.date));
            if !is_recent {
                self.drop_content(old);
            }
        }
        self.generation += 1;
        let generation = self.generation;
        let entry = self.entry_mut(slot).filter(|e| e.now().is_stale || e.now().slot == Slot::Unlisted)?;
        let asked = entry.asked_mut();
        if asked.slot == Slot::Unlisted {
            asked.slot = Slot::Loading;
        }
        (asked.generation, asked.is_awaited, asked.is_stale) = (generation, true, false);
        Some(Effect::Load { slot, generation, what: Arc::clone(&entry.listed) })
    }

    /// Says whether a digest is on its way.
    #[must_use]
    pub fn is_awaited(&self, slot: SlotId) -> bool {
        self.entry(slot).is_some_and(|e| e.now().is_awaited)
    }

    /// Says whether digests of the day were never asked for.
    #[must_use]
    pub fn is_partial(&self, day: usize) -> bool {
        let slots = self.days.get(day).map(|d| d.slots.as_slice()).unwrap_or_default();
        slots.iter().any(|s| self.slot(*s) == Some(&Slot::Unlisted))
    }

    /// Counts a day as asked for just now, so that others are forgotten before it.
    pub fn touch(&mut self, date: Date) {
        self.recent.retain(|d| *d != date);
        self.recent.push(date);
    }

    /// Takes the answer to a load. False when it is stale and was dropped. What was read before outlasts a failure.
    pub fn loaded(&mut self, slot: SlotId, generation: u64, result: Result<Loaded, Problem>) -> bool {
        let Some(entry) = self.awaited(slot, generation) else { return false };
        entry.is_awaited = false;
        match result {
            Ok(loaded) => (entry.slot, entry.version) = (Slot::Loaded(loaded.digest), generation),
            Err(_) if matches!(entry.slot, Slot::Loaded(_)) && entry.short.is_none() => {}
            Err(problem) => entry.slot = Slot::Failed(Box::new(problem)),
        }
        entry.short = None;
        true
    }

    fn forget(&mut self, date: Date) {
        let slots = self.day_of(date).and_then(|d| self.days.get(d)).map(|d| d.slots.clone());
        slots.into_iter().flatten().for_each(|slot| self.drop_content(slot));
    }

    fn drop_content(&mut self, slot: SlotId) {
        if let Some(entry) = self.entry_mut(slot) {
            // A load under way is answered in vain.
            entry.asked = None;
        }
    }

    /// The digests that are here.
    #[must_use]
    pub fn slots_here(&self) -> Vec<SlotId> {
        let all = self.entries.iter().enumerate();
        all.filter(|(_, e)| matches!(e.now().slot, Slot::Loaded(_))).map(|(at, _)| id_of(at)).collect()
    }

    fn entry(&self, id: SlotId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    fn entry_mut(&mut self, id: SlotId) -> Option<&mut Entry> {
        self.entries.get_mut(id.0 as usize)
    }
}

fn id_of(at: usize) -> SlotId {
    SlotId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// Says whether a source of the digest lies at or below a place that was left alone.
fn is_left(listed: &Listed, left: &[PathBuf]) -> bool {
    let is_below = |s: &SourceRef| match s {
        SourceRef::File(path) => left.iter().any(|l| path.starts_with(l)),
        SourceRef::Sample(_) => false,
    };
    !left.is_empty() && listed.sources.iter().any(is_below)
}
