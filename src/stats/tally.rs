use std::collections::HashSet;

use crate::model::{Date, Digest, Identity, Paper};

/// What is counted of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperRow {
    /// Which paper it is.
    pub identity: Identity,
    /// Its title, clean.
    pub title: String,
    /// Its Chinese title.
    pub title_zh: Option<String>,
    /// The category that it stands under where its digest has none.
    pub category: Option<String>,
}

impl PaperRow {
    /// Takes what is counted out of a paper. O(length of the titles).
    #[must_use]
    pub fn of(paper: &Paper) -> Self {
        Self {
            identity: paper.identity(),
            title: paper.title.clone(),
            title_zh: paper.title_zh.clone(),
            category: paper.categories.first().cloned(),
        }
    }

    /// Takes what is counted out of the papers of a digest.
    #[must_use]
    pub fn all(digest: &Digest) -> Vec<Self> {
        digest.papers.iter().map(Self::of).collect()
    }
}

/// What the digests of one day hold, without what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The day.
    pub date: Date,
    /// The papers of each category, in the order of the digests; a digest without category has those of its papers, and
    /// an empty name for papers without any.
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

    /// Takes the papers of a digest of the day. O(papers), times their categories where the digest has none.
    pub fn add(&mut self, category: Option<&str>, papers: &[PaperRow]) {
        let first = self.categories.len();
        self.categories.extend(category.map(|name| (name.to_owned(), Vec::with_capacity(papers.len()))));
        for paper in papers {
            let name = category.or(paper.category.as_deref()).unwrap_or_default();
            match self.categories.iter_mut().skip(first).find(|(known, _)| known == name) {
                Some((_, papers)) => papers.push(paper.identity.clone()),
                None => self.categories.push((name.to_owned(), vec![paper.identity.clone()])),
            }
        }
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
