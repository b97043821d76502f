use std::collections::BTreeMap;
use std::sync::Arc;

use crate::filter::{Facts, Query};
use crate::model::Digest;

/// What the user wrote about a paper, cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The tags.
    pub tags: Vec<String>,
    /// The note.
    pub note: Option<String>,
}

/// What a long list is filtered by, and what is known of its papers.
#[derive(Clone, Debug)]
pub struct Filtering {
    /// What a hit must meet.
    pub query: Query,
    /// The digests whose papers make up the list, one after the other.
    pub digests: Vec<Arc<Digest>>,
    /// What is decided about each paper; empty when the query does not ask for it.
    pub facts: Vec<Facts>,
    /// What the user wrote about those papers of the list, by their places, that have anything.
    pub remarks: BTreeMap<usize, Remarks>,
}

impl PartialEq for Filtering {
    /// Compares digests by where they are: those that are read again are other ones.
    fn eq(&self, other: &Self) -> bool {
        self.query == other.query
            && self.facts == other.facts
            && self.remarks == other.remarks
            && self.digests.len() == other.digests.len()
            && self.digests.iter().zip(&other.digests).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}
