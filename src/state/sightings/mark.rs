use twox_hash::XxHash3_64;

use crate::model::{Identity, Sighting};

/// What is compared of a record: hashes, and zero where there is nothing to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Of the id.
    pub(super) id: u64,
    /// Of the title, and the author where that counts.
    pub(super) name: u64,
    /// Of its texts.
    pub(super) texts: u64,
}

impl Mark {
    pub(super) fn of(seen: &Sighting) -> Self {
        Self { texts: seen.texts, ..Self::of_paper(&seen.identity) }
    }

    pub(super) fn of_paper(Identity { arxiv, key, author }: &Identity) -> Self {
        let author = author.as_ref().map_or(0, |author| hash(1, author));
        let name = (!key.is_empty()).then(|| (hash(2, key.as_str()) ^ author).max(1));
        Self { id: arxiv.as_ref().map_or(0, |id| hash(0, id)), name: name.unwrap_or(0), texts: 0 }
    }

    /// Says whether it has the id or the name of a paper.
    pub(super) fn is_like(&self, paper: Self) -> bool {
        self.id != 0 && self.id == paper.id || self.name != 0 && self.name == paper.name
    }

    /// Says whether it is of a paper, as [`crate::model::same_paper`] does.
    pub(super) fn is_of(&self, paper: Self) -> bool {
        if self.id != 0 && paper.id != 0 {
            self.id == paper.id
        } else {
            self.name != 0 && self.name == paper.name
        }
    }

    /// What a record is found by.
    pub(super) fn keys(self) -> impl Iterator<Item = u32> {
        [self.id, self.name].into_iter().filter(|key| *key != 0).map(|key| key as u32)
    }
}

/// The hash of a text, another one for each kind of text; never zero, which stands for nothing.
fn hash(kind: u64, text: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(kind, text.as_bytes()).max(1)
}
