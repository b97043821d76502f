use std::collections::BTreeSet;
use std::sync::Arc;

use super::Library;
use super::entry::Asked;
use crate::effect::{Effect, SlotId};
use crate::model::{Digest, Paper};
use crate::state::{Place, Slot};

impl Library {
    /// Takes what was glimpsed of a digest, which is to be read whole later. False when it is stale and was dropped.
    pub fn glimpsed(&mut self, slot: SlotId, generation: u64, digest: Arc<Digest>) -> bool {
        let Some(entry) = self.awaited(slot, generation) else { return false };
        (entry.slot, entry.version) = (Slot::Loaded(digest), generation);
        (entry.is_awaited, entry.short) = (false, Some(BTreeSet::new()));
        true
    }

    /// Asks for a digest whole of which a glimpse comes too late; none when nobody waits for it any more.
    pub fn whole_instead(&mut self, slot: SlotId, generation: u64) -> Option<Effect> {
        self.awaited(slot, generation)?;
        let what = Arc::clone(self.listed(slot)?);
        Some(Effect::Load { slot, generation, what })
    }

    /// Takes papers of a digest that was glimpsed; false when these are other ones than were glimpsed, and none was taken.
    pub fn take_papers(&mut self, slot: SlotId, papers: Vec<(usize, Paper)>) -> bool {
        let asked = self.entry_mut(slot).and_then(|e| e.asked.as_deref_mut());
        let Some(Asked { slot: Slot::Loaded(digest), short: Some(read), .. }) = asked else {
            return false;
        };
        let is_it = |(at, paper): &(usize, Paper)| {
            digest.papers.get(*at).is_some_and(|p| p.identity() == paper.identity())
        };
        if !papers.iter().all(is_it) {
            return false;
        }
        let digest = Arc::make_mut(digest);
        for (at, paper) in papers {
            if let Some(place) = digest.papers.get_mut(at) {
                *place = paper;
                read.insert(at);
            }
        }
        true
    }

    /// Asks for the digests of a day whole that were only glimpsed and are not on their way.
    pub fn read_whole(&mut self, day: usize) -> Vec<Effect> {
        self.ask(day, |e| e.short.is_some() && !e.is_awaited)
    }

    /// Says whether a digest of the day was only glimpsed.
    #[must_use]
    pub fn is_short(&self, day: usize) -> bool {
        let slots = self.days.get(day).map(|d| d.slots.as_slice()).unwrap_or_default();
        slots.iter().any(|s| self.entry(*s).is_some_and(|e| e.now().short.is_some()))
    }

    /// Says whether the texts of a paper are not here, as its digest was only glimpsed.
    #[must_use]
    pub fn lacks_texts(&self, (slot, at): Place) -> bool {
        self.entry(slot).and_then(|e| e.now().short.as_ref()).is_some_and(|read| !read.contains(&at))
    }

    /// What awaits the answer to this very request.
    pub(super) fn awaited(&mut self, slot: SlotId, generation: u64) -> Option<&mut Asked> {
        let asked = self.entry_mut(slot)?.asked.as_deref_mut();
        asked.filter(|a| a.is_awaited && a.generation == generation)
    }
}
