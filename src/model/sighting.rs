use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{Digest, Identity, Paper};

/// What is kept of a paper to know it again in other digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Which paper it is.
    pub identity: Identity,
    /// A hash of its texts; the same ones give the same hash within one run.
    pub texts: u64,
}

impl Sighting {
    /// Takes note of a paper. O(length of its texts).
    #[must_use]
    pub fn of(paper: &Paper) -> Self {
        let mut hasher = DefaultHasher::new();
        let Paper { title, title_zh, abstract_en, abstract_zh, summary, takeaways, long, .. } = paper;
        (title, title_zh, abstract_en, abstract_zh, summary, takeaways, long).hash(&mut hasher);
        paper.sections.iter().for_each(|s| (&s.key, &s.text).hash(&mut hasher));
        Self { identity: paper.identity(), texts: hasher.finish() }
    }
}

impl Digest {
    /// Takes note of every paper, in their order.
    #[must_use]
    pub fn sightings(&self) -> Vec<Sighting> {
        self.papers.iter().map(Sighting::of).collect()
    }
}
