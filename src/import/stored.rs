use std::mem::take;

use super::Format;
use super::name::sha256_hex;
use crate::model::{Date, Digest, Problem, TextKind};
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
    /// Notes the hash of the file's own bytes: a reader saw them decoded.
    pub(super) fn set_sum(&mut self, bytes: &[u8]) {
        for source in &mut self.digest.sources {
            source.sha256 = Some(sha256_hex(bytes));
        }
    }

    /// Makes it the first of its format in a merge: what an archive holds already stands before what comes to it, or
    /// a second import of native digests would turn their order round.
    #[must_use]
    pub fn leading(self) -> Self {
        Self { file: String::new(), ..self }
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

    /// The hashes of the files that its papers came from.
    #[must_use]
    pub fn sums(&self) -> Vec<String> {
        self.digest.sources.iter().filter_map(|s| s.sha256.clone()).collect()
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
        digest.each_text(&mut |text, kind| {
            *text = match kind {
                TextKind::Line => clean_line(take(text)),
                TextKind::Body => clean_body(take(text)),
            };
        });
        digest
    }
}

/// What reading one file gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The papers that could be read.
    pub digest: Stored,
    /// What was lost or odd, in the file's order.
    pub problems: Vec<Problem>,
}
