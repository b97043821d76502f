use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::Listed;
use crate::state::Slot;

/// A digest of the library. Most are never asked for, and take next to no memory.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) listed: Arc<Listed>,
    /// Made when it is asked for.
    pub(super) asked: Option<Box<Asked>>,
}

/// What became of asking for a digest.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) slot: Slot,
    /// The latest request.
    pub(super) generation: u64,
    /// True until that request is answered.
    pub(super) is_awaited: bool,
    /// True when the sources have changed since that request.
    pub(super) is_stale: bool,
    /// The request whose answer is here.
    pub(super) version: u64,
    /// Where the content was only glimpsed: the papers that were read since.
    pub(super) short: Option<BTreeSet<usize>>,
}

impl Asked {
    const NEVER: Self = Self {
        slot: Slot::Unlisted,
        generation: 0,
        is_awaited: false,
        is_stale: false,
        version: 0,
        short: None,
    };

    /// Says whether it is to be asked for when its day is opened.
    pub(super) fn is_wanted(&self) -> bool {
        self.is_stale || matches!(self.slot, Slot::Unlisted | Slot::Failed(_))
    }
}

impl Entry {
    /// A digest that nobody has asked for.
    pub(super) fn new(listed: Arc<Listed>) -> Self {
        Self { listed, asked: None }
    }

    /// How it stands.
    pub(super) fn now(&self) -> &Asked {
        static NEVER: Asked = Asked::NEVER;
        self.asked.as_deref().unwrap_or(&NEVER)
    }

    /// How it stands, to be changed.
    pub(super) fn asked_mut(&mut self) -> &mut Asked {
        self.asked.get_or_insert_with(|| Box::new(Asked::NEVER))
    }
}

#[cfg(test)]
mod tests {
    use crate::effect::{Effect, SlotId};
    use crate::model::{Date, Listed, Listing, SourceRef, Sources, Stamp};
    use crate::state::Library;

    fn library(bytes: u64) -> Library {
        let listed = |day: i8| {
            let stamp = Stamp { len: bytes, ..Stamp::default() };
            let sources = Sources::one(SourceRef::File(format!("{day}/A.json").into()), stamp);
            Listed { date: Date::constant(2025, 5, day), category: None, sources }.into()
        };
        let mut library = Library::default();
        library.list(&Listing { digests: [3, 2, 1].map(listed).into(), ..Listing::default() }, None);
        library
    }

    fn unloaded(effects: &[Effect]) -> Vec<u32> {
        let slot = |e: &Effect| if let Effect::Unload { slot, .. } = e { Some(slot.0) } else { None };
        effects.iter().filter_map(slot).collect()
    }

    #[test]
    fn a_big_day_that_is_left_is_not_read_any_more() {
        let mut library = library(5 << 20);
        assert!(unloaded(&library.open(0)).is_empty());
        assert_eq!(unloaded(&library.open(1)), [0]);
        assert!(!library.is_awaited(SlotId(0)) && library.is_awaited(SlotId(1)));
        // One that is looked into leaves the open one alone.
        assert!(unloaded(&library.look_into(2)).is_empty());
        assert!(library.is_awaited(SlotId(1)) && library.is_awaited(SlotId(2)));
        assert_eq!(unloaded(&library.open(1)), [2]);
    }

    #[test]
    fn small_days_are_kept() {
        let mut library = library(1 << 20);
        let effects: Vec<Effect> = (0..3).flat_map(|day| library.open(day)).collect();
        assert!(unloaded(&effects).is_empty());
    }
}
