use std::collections::HashMap;
use std::sync::Arc;

use crate::effect::{Effect, Loaded, SlotId};
use crate::model::{Date, Digest, Listed, Listing, Problem};

/// Days whose digests are kept in memory; older ones are read again when they are opened.
const KEPT_DAYS: usize = 8;

/// What is known of a digest.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// Its name is known, nothing else.
    Unlisted,
    /// It is being read.
    Loading,
    /// It is here.
    Loaded(Arc<Digest>),
    /// It could not be read.
    Failed(Problem),
}

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    listed: Arc<Listed>,
    slot: Slot,
    generation: u64,
}

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
    generation: u64,
}

impl Library {
    /// Takes a new listing. Digests that were there before keep their slot and content.
    pub fn list(&mut self, listing: &Listing) {
        self.days.clear();
        let known: HashMap<Arc<Listed>, usize> =
            self.entries.iter().enumerate().map(|(at, e)| (Arc::clone(&e.listed), at)).collect();
        for listed in &listing.digests {
            let at = known.get(listed).copied().unwrap_or_else(|| {
                self.entries.push(Entry {
                    listed: Arc::new(listed.clone()),
                    slot: Slot::Unlisted,
                    generation: 0,
                });
                self.entries.len() - 1
            });
            let id = SlotId(u32::try_from(at).unwrap_or(u32::MAX));
            match self.days.last_mut() {
                Some(day) if day.date == listed.date => day.slots.push(id),
                _ => self.days.push(Day { date: listed.date, slots: vec![id] }),
            }
        }
        self.days.sort_by_key(|d| std::cmp::Reverse(d.date));
    }

    /// The days, newest first.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// Index of the day with this date.
    #[must_use]
    pub fn day_of(&self, date: Date) -> Option<usize> {
        self.days.iter().position(|d| d.date == date)
    }

    /// What is known of a digest.
    #[must_use]
    pub fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.entry(id).map(|e| &e.slot)
    }

    /// The digest, if it is here.
    #[must_use]
    pub fn digest(&self, id: SlotId) -> Option<&Arc<Digest>> {
        match self.slot(id)? {
            Slot::Loaded(digest) => Some(digest),
            Slot::Unlisted | Slot::Loading | Slot::Failed(_) => None,
        }
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
        let Some(Day { date, slots }) = self.days.get(day).cloned() else { return Vec::new() };
        self.touch(date);
        if self.recent.len() > KEPT_DAYS {
            let old = self.recent.remove(0);
            self.forget(old);
        }
        let mut effects = Vec::new();
        for slot in slots {
            self.generation += 1;
            let generation = self.generation;
            let Some(entry) = self.entry_mut(slot) else { continue };
            if matches!(entry.slot, Slot::Loaded(_) | Slot::Loading) {
                continue;
            }
            entry.slot = Slot::Loading;
            entry.generation = generation;
            effects.push(Effect::Load { slot, generation, what: Arc::clone(&entry.listed) });
        }
        effects
    }

    /// Counts a day as asked for just now, so that others are forgotten before it.
    pub fn touch(&mut self, date: Date) {
        self.recent.retain(|d| *d != date);
        self.recent.push(date);
    }

    /// Takes the answer to a load. False when it is stale and was dropped.
    pub fn loaded(&mut self, slot: SlotId, generation: u64, result: Result<Loaded, Problem>) -> bool {
        let Some(entry) = self.entry_mut(slot).filter(|e| e.generation == generation) else { return false };
        entry.slot = match result {
            Ok(loaded) => Slot::Loaded(loaded.digest),
            Err(problem) => Slot::Failed(problem),
        };
        true
    }

    fn forget(&mut self, date: Date) {
        let Some(day) = self.day_of(date).and_then(|d| self.days.get(d)).cloned() else { return };
        for slot in day.slots {
            if let Some(entry) = self.entry_mut(slot) {
                // A load under way is answered with an old generation and dropped.
                entry.slot = Slot::Unlisted;
                entry.generation = 0;
            }
        }
    }

    fn entry(&self, id: SlotId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    fn entry_mut(&mut self, id: SlotId) -> Option<&mut Entry> {
        self.entries.get_mut(id.0 as usize)
    }
}
