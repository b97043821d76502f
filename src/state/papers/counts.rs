use super::Papers;
use crate::effect::SlotId;
use crate::state::counts::Counts;

impl Papers {
    /// Counts the papers of a group.
    #[must_use]
    pub fn counts_of(&self, group: usize) -> Counts {
        let mut counts = Counts::default();
        self.rows.iter().filter(|r| r.group == group).for_each(|r| counts.add(r.verdict, r.is_read));
        counts
    }

    /// Counts the papers of the day, or of one of its digests.
    #[must_use]
    pub fn counts(&self, slot: Option<SlotId>) -> Counts {
        let mut counts = Counts::default();
        self.rows
            .iter()
            .filter(|r| slot.is_none_or(|s| r.slot == s))
            .for_each(|r| counts.add(r.verdict, r.is_read));
        counts
    }
}
