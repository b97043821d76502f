use std::collections::HashSet;

use crate::model::{Date, Digest, Identity};

/// What the digests of one day hold, without what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The day.
    pub date: Date,
    /// The papers of each category, in the order of the digests; a digest without category has an empty name.
    pub categories: Vec<(String, Vec<Identity>)>,
    /// Digests that could not be read.
    pub failed: usize,
}

impl Tally {
    /// Starts a day with nothing in it.
    #[must_use]
    pub fn new(date: Date) -> Self {
        Self { date, ..Self::default() }
    }

    /// Takes a digest of the day. O(papers).
    pub fn add(&mut self, digest: &Digest) {
        let papers = digest.papers.iter().map(crate::model::Paper::identity).collect();
        self.categories.push((digest.category.clone().unwrap_or_default(), papers));
    }

    /// The papers of the day, each once: by arXiv id, else by title.
    #[must_use]
    pub fn papers(&self) -> Vec<&Identity> {
        let mut seen = HashSet::new();
        let all = self.categories.iter().flat_map(|(_, papers)| papers);
        all.filter(|p| !is_nameless(p)).filter(|p| seen.insert(name_of(p))).chain(self.nameless()).collect()
    }

    /// Papers that nothing can tell from others.
    fn nameless(&self) -> impl Iterator<Item = &Identity> {
        self.categories.iter().flat_map(|(_, papers)| papers).filter(|p| is_nameless(p))
    }
}

/// What a paper goes by: its arXiv id, else the key of its title.
pub(super) fn name_of(paper: &Identity) -> &str {
    paper.arxiv.as_deref().unwrap_or(paper.key.as_str())
}

fn is_nameless(paper: &Identity) -> bool {
    name_of(paper).is_empty()
}
