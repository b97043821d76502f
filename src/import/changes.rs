use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Stored;
use super::merge::groups;
use super::merge_part::without_places;
use crate::model::{Identity, Paper, TitleKey};

/// How many papers of a digest are not what they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Papers that were not there.
    pub new: usize,
    /// Papers of which something else is said now.
    pub updated: usize,
    /// Papers as they were.
    pub unchanged: usize,
}

impl Changes {
    /// Adds the counts of another digest.
    pub fn add(&mut self, other: Self) {
        self.new += other.new;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
    }
}

/// What the papers of a digest said, as hashes.
#[derive(Debug, Default)]
pub struct Prints {
    by_id: HashMap<String, u64>,
    by_title: HashMap<TitleKey, u64>,
}

impl Prints {
    /// Remembers the papers of `stored`. O(bytes).
    #[must_use]
    pub fn of(stored: &Stored) -> Self {
        let mut prints = Self::default();
        for paper in &stored.digest.papers {
            let Identity { arxiv, key, .. } = paper.identity();
            match arxiv {
                Some(id) => prints.by_id.insert(id, print(paper)),
                None => prints.by_title.insert(key, print(paper)),
            };
        }
        prints
    }

    /// Says what is new in `stored`. A paper is known by its arXiv id, or by its title where it had no id. O(bytes).
    #[must_use]
    pub fn compare(&self, stored: &Stored) -> Changes {
        let mut changes = Changes::default();
        for paper in &stored.digest.papers {
            let Identity { arxiv, key, .. } = paper.identity();
            let known = arxiv.and_then(|id| self.by_id.get(&id)).or_else(|| self.by_title.get(&key));
            *match known {
                None => &mut changes.new,
                Some(old) if *old == print(paper) => &mut changes.unchanged,
                Some(_) => &mut changes.updated,
            } += 1;
        }
        changes
    }
}

/// A hash of all that a paper says, but not of where it stood.
fn print(paper: &Paper) -> u64 {
    let mut paper = Paper { from: Vec::new(), ..paper.clone() };
    without_places(&mut paper.extra);
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(&paper).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

/// Counts the records of sources of one date and category that say again what another record is about. O(papers).
#[must_use]
pub fn repeated<'a>(parts: impl IntoIterator<Item = &'a Stored>) -> usize {
    let identities: Vec<Identity> =
        parts.into_iter().flat_map(|part| &part.digest.papers).map(Paper::identity).collect();
    identities.len() - groups(&identities).len()
}
