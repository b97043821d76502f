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
