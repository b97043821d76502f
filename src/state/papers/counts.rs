use super::Papers;
use crate::decisions::Counts;
use crate::effect::SlotId;
use crate::state::{Fold, Row};

impl Papers {
    /// Counts the papers of a group.
    #[must_use]
    pub fn counts_of(&self, group: usize) -> Counts {
        self.count(|r| r.group == group)
    }

    /// Counts the papers of the day, or of one of its digests.
    #[must_use]
    pub fn counts(&self, slot: Option<SlotId>) -> Counts {
        self.count(|r| slot.is_none_or(|s| r.slot == s))
    }

    fn count(&self, counts_in: impl Fn(&Row) -> bool) -> Counts {
        let mut counts = Counts::default();
        for row in self.rows.iter().filter(|r| counts_in(r)) {
            match row.fold {
                Some(Fold::Repeat) => counts.folded += 1,
                Some(Fold::Muted) => counts.muted += 1,
                None => counts.add(row.verdict, row.is_read),
            }
        }
        counts
    }
}
