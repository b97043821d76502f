use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::name::paper_id;
use super::{Format, Parsed, Stored};
use crate::model::{Date, Digest, Paper, Problem, Source};

/// The papers of one file of a feed: one record for each arXiv id.
#[derive(Debug, Default)]
pub(super) struct Feed {
    papers: Vec<Paper>,
    /// Where the record of an id stands.
    place: HashMap<String, usize>,
    repeats: usize,
}

impl Feed {
    /// Adds a record. Of two with one id the better stays, in the place of the first.
    pub(super) fn add(&mut self, paper: Paper) {
        let id = paper.arxiv.as_ref().map(|a| a.id.to_lowercase());
        match id.map(|id| self.place.entry(id)) {
            Some(Entry::Occupied(place)) => {
                self.repeats += 1;
                if let Some(kept) = self.papers.get_mut(*place.get())
                    && loss(&paper) < loss(kept)
                {
                    *kept = paper;
                }
                return;
            }
            Some(Entry::Vacant(place)) => {
                place.insert(self.papers.len());
            }
            None => {}
        }
        self.papers.push(paper);
    }

    /// Makes the digest of the file.
    pub(super) fn finish(
        mut self,
        format: Format,
        date: Date,
        name: &str,
        mut problems: Vec<Problem>,
    ) -> Parsed {
        if self.repeats > 0 {
            let what = match self.repeats {
                1 => "1 record repeats a paper of this file; of both, the one with fewer failed fields was kept"
                    .to_owned(),
                n => format!(
                    "{n} records repeat papers of this file; of each, the one with the fewest failed fields was kept"
                ),
            };
            problems.push(Problem::of_file(name, what));
        }
        for (index, paper) in self.papers.iter_mut().enumerate() {
            paper.id = paper_id(paper.arxiv.as_ref().map(|a| a.id.as_str()), &paper.title, name, index);
        }
        let mut digest = Digest::new(date, None);
        digest.sources = vec![Source {
            format: format.name().to_owned(),
            name: Some("daily-arXiv-ai-enhanced".to_owned()),
            file: Some(name.to_owned()),
            ..Source::default()
        }];
        digest.papers = self.papers;
        Parsed { digest: Stored { digest, format, file: name.to_owned() }, problems }
    }
}

/// What a record lacks: everything a model writes, else the number of fields that failed.
fn loss(paper: &Paper) -> (bool, usize) {
    (paper.language.is_none(), paper.failed.len())
}
