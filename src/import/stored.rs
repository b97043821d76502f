use std::collections::HashSet;
use std::mem::take;

use super::merge_part::{has_notes, without_parts};
use super::name::sha256_hex;
use super::{Format, native};
use crate::model::{Date, Digest, Paper, Problem, Source, TextKind};
use crate::text::{clean_body, clean_line};

/// A digest as published, not yet fit for the screen: it may hold control characters and escape sequences.
/// Its only ways out are [`Stored::clean`] and [`Stored::to_json`].
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub(super) digest: Digest,
    /// The format it was read from, for the rank in a merge.
    pub(super) format: Format,
    /// The file's name, for the order in a merge.
    pub(super) file: String,
}

impl Stored {
    /// Notes the hash of the file's own bytes, of which it was read. A native digest names those of others.
    pub(super) fn set_sum(&mut self, bytes: &[u8]) {
        if let [source] = self.digest.sources.as_mut_slice()
            && self.format != Format::Native
        {
            source.sha256 = Some(sha256_hex(bytes));
        }
    }

    /// Makes it the archive's own file in a merge: what it names no source of was written there by hand, and stands
    /// before all else.
    #[must_use]
    pub fn leading(self) -> Self {
        Self { file: String::new(), ..self }
    }

    /// Makes the file itself the source of what a native digest names no source of. `bytes` are the file's, `sum` their
    /// SHA-256. O(bytes).
    pub fn adopt(&mut self, bytes: &[u8], sum: &str) {
        let digest = &mut self.digest;
        let known = digest.sources.len();
        for paper in &mut digest.papers {
            paper.from.retain(|(source, _)| (*source as usize) < known);
        }
        let has_own = known == 0 || digest.papers.iter().any(|p| p.from.is_empty());
        let Some(place) = u32::try_from(known).ok().filter(|_| self.format == Format::Native && has_own)
        else {
            return;
        };
        digest.sources.push(Source {
            format: Format::Native.name().to_owned(),
            file: Some(self.file.clone()),
            sha256: Some(sum.to_owned()),
            ..Source::default()
        });
        let mut lines = native::lines_of_papers(bytes).into_iter();
        for paper in &mut digest.papers {
            let line = lines.next().unwrap_or(1);
            if paper.from.is_empty() {
                paper.from = vec![(place, line)];
            }
        }
    }

    /// Says whether it was read from the program's own format.
    #[must_use]
    pub fn is_native(&self) -> bool {
        self.format == Format::Native
    }

    /// Says whether a merge of it alone would change nothing: it is native, or its papers are told apart by their ids.
    /// O(papers).
    #[must_use]
    pub fn is_merged(&self) -> bool {
        let mut ids = HashSet::new();
        let is_apart = |p: &Paper| {
            let id = p.arxiv.as_ref().map(|a| a.id.to_lowercase());
            !has_notes(&p.extra) && id.is_some_and(|id| ids.insert(id))
        };
        let mut said = HashSet::new();
        let are_new = self.digest.notices.iter().all(|notice| said.insert(notice));
        self.is_native() || (are_new && self.digest.papers.iter().all(is_apart))
    }

    /// The day the digest is of.
    #[must_use]
    pub fn date(&self) -> Date {
        self.digest.date
    }

    /// The page's category as published.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        self.digest.category.as_deref()
    }

    /// The number of papers.
    #[must_use]
    pub fn papers(&self) -> usize {
        self.digest.papers.len()
    }

    /// The names and hashes of the files that its papers came from.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.digest.sources.iter().filter_map(|s| Some((s.file.as_deref()?, s.sha256.as_deref()?)))
    }

    /// The name of the file it was read from.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The number of fields that held a failure text in the source.
    #[must_use]
    pub fn failed_fields(&self) -> usize {
        self.digest.papers.iter().map(|p| p.failed.len()).sum()
    }

    /// Writes the native format: indented by two spaces, keys in a fixed order, one line feed at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Maps with string keys and finite numbers cannot fail to print.
        let mut json = serde_json::to_string_pretty(&self.digest).unwrap_or_default();
        json.push('\n');
        json
    }

    /// Makes every string fit for the screen, the clipboard and pipes. O(bytes).
    #[must_use]
    pub fn clean(self) -> Digest {
        let mut digest = self.digest;
        without_parts(&mut digest);
        clean(&mut digest);
        digest
    }
}

/// Makes every string fit for the screen. O(bytes).
pub(super) fn clean(digest: &mut Digest) {
    digest.each_text(&mut |text, kind| {
        *text = match kind {
            TextKind::Line => clean_line(take(text)),
            TextKind::Body => clean_body(take(text)),
        };
    });
}

/// What reading one file gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The papers that could be read.
    pub digest: Stored,
    /// What was lost or odd, in the file's order.
    pub problems: Vec<Problem>,
}
