use std::collections::HashMap;

use super::papers::Place;
use crate::effect::SlotId;
use crate::filter::{Interest, Rating, Rule, Subject};
use crate::model::{Date, Digest};

/// What the papers of the digests that were read are worth: each is rated once, when its digest arrives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ratings {
    /// The user's rules.
    pub(super) interest: Interest,
    of: HashMap<SlotId, Vec<Rating>>,
}

impl Ratings {
    /// Makes the rules ready; no paper is rated yet.
    #[must_use]
    pub(super) fn new(rules: Vec<Rule>, today: Date) -> Self {
        Self { interest: Interest::new(rules, today), ..Self::default() }
    }

    /// Rates the papers of a digest, in place of those it held before. O(papers times rules).
    pub(super) fn take(&mut self, slot: SlotId, digest: &Digest) {
        if self.interest.rules().is_empty() {
            self.of.remove(&slot);
            return;
        }
        let subjects: Vec<Subject> = digest.papers.iter().map(|p| Subject::bare(digest, p)).collect();
        self.of.insert(slot, self.interest.rate_all(&subjects));
    }

    /// Forgets all ratings but those of these digests: their papers were rated by other rules.
    pub(super) fn keep(&mut self, slots: &[SlotId]) {
        self.of.retain(|slot, _| slots.contains(slot));
    }

    /// What a paper is worth; nothing where it was not rated.
    #[must_use]
    pub(super) fn of(&self, (slot, index): Place) -> Option<&Rating> {
        self.of.get(&slot)?.get(index)
    }

    /// Says whether a rule mutes a paper.
    #[must_use]
    pub(super) fn is_muted(&self, place: Place) -> bool {
        self.of(place).is_some_and(|r| r.muted_by.is_some())
    }
}
