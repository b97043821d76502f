use twox_hash::XxHash3_64;

use crate::model::Identity;

/// An identity in 16 bytes: the same ones on every machine and in every run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Print {
    /// A hash of the arXiv id; 0 where there is none.
    pub arxiv: u64,
    /// A hash of the title key and, where that is short, the first author; 0 where the key is empty.
    pub key: u64,
}

impl Print {
    /// Hashes an identity. O(length).
    #[must_use]
    pub fn of(identity: &Identity) -> Self {
        let arxiv = identity.arxiv.as_ref().map_or(0, |id| sum(id.as_bytes()).max(1));
        let key = if identity.key.is_empty() {
            0
        } else {
            let author = identity.author.as_deref().unwrap_or_default();
            sum(format!("{}\n{author}", identity.key).as_bytes()).max(1)
        };
        Self { arxiv, key }
    }

    /// Says whether it may be the same paper, by the rule of [`same_paper`](crate::model::same_paper). False only where
    /// it is not.
    #[must_use]
    pub fn may_be(self, other: Self) -> bool {
        if self.arxiv != 0 && other.arxiv != 0 {
            self.arxiv == other.arxiv
        } else {
            self.key != 0 && self.key == other.key
        }
    }
}

/// Sums bytes up (XXH3), for damage to be noticed and for names: the same on every machine. O(bytes).
#[must_use]
pub fn sum(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}
