use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::paper::each_json_text;
use super::{Date, Paper, Problem, TextKind};

/// Where a digest's papers came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// The format's name: `native`, `chatpaperfree-text` ...
    pub format: String,
    /// What the source calls itself.
    pub name: Option<String>,
    /// The file's name.
    pub file: Option<String>,
    /// SHA-256 of the file's bytes, in lower-case hex.
    pub sha256: Option<String>,
    /// The page it was taken from.
    pub url: Option<String>,
    /// The licence the source states.
    pub licence: Option<String>,
}

/// The papers of one date and category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The version of the native format: 1.
    pub schema: u32,
    /// The day the digest is of.
    pub date: Date,
    /// The page's category; null when the source has none.
    pub category: Option<String>,
    /// Where the papers came from.
    pub sources: Vec<Source>,
    /// What the source says about itself: machine translation, licence, how far to trust it.
    pub notices: Vec<String>,
    /// The papers, in the source's order.
    pub papers: Vec<Paper>,
    /// Every top-level key that is not known, verbatim.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Digest {
    /// Makes an empty digest of this date and category.
    #[must_use]
    pub fn new(date: Date, category: Option<String>) -> Self {
        Self {
            schema: 1,
            date,
            category,
            sources: Vec::new(),
            notices: Vec::new(),
            papers: Vec::new(),
            extra: Map::new(),
        }
    }

    /// The category that a paper of it stands under: its own, else the paper's first one.
    #[must_use]
    pub fn category_of<'a>(&'a self, paper: &'a Paper) -> Option<&'a str> {
        self.category.as_deref().or(paper.categories.first().map(String::as_str))
    }

    /// Runs `f` over every string that can reach the screen.
    pub fn each_text(&mut self, f: &mut dyn FnMut(&mut String, TextKind)) {
        if let Some(c) = &mut self.category {
            f(c, TextKind::Line);
        }
        for s in &mut self.sources {
            f(&mut s.format, TextKind::Line);
            for o in
                [&mut s.name, &mut s.file, &mut s.sha256, &mut s.url, &mut s.licence].into_iter().flatten()
            {
                f(o, TextKind::Line);
            }
        }
        self.notices.iter_mut().for_each(|n| f(n, TextKind::Line));
        self.papers.iter_mut().for_each(|p| p.each_text(f));
        each_json_text(&mut self.extra, f);
    }
}

/// A digest as it came off the disk.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The cleaned digest.
    pub digest: Arc<Digest>,
    /// What was lost or odd.
    pub problems: Vec<Problem>,
}
