//! Papers in the formats of other tools: BibTeX, RIS, CSL-JSON, plain lines, org, JSON and CSV.
//!
//! Owns what each format holds of a paper and how a text is kept from breaking out of it. Hands over text, one paper at
//! a time. Texts are clean, as in the source, never typeset. Never reads or writes a file.

mod author;
mod bibtex;
mod cite_key;
mod csl;
mod csv;
mod document;
mod issued;
mod json;
mod latex;
mod lines;
mod org;
mod ris;

use std::collections::hash_map::Entry::Occupied;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::decisions::Decisions;
use crate::model::{Date, Digest, Identity, Paper, TitleKey, Verdict};
use crate::text;

pub use cite_key::cite_key;
pub use document::{markdown, plain};
pub use lines::lines;

/// A format of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// BibTeX, which biblatex reads too.
    Bibtex,
    /// RIS, as reference managers take it.
    Ris,
    /// CSL-JSON 1.0.2, as Zotero and pandoc take it.
    CslJson,
    /// Three plain lines a paper: title, gist, link; then tags and note, where there are any.
    Markdown,
    /// Headlines of Emacs' org mode.
    Org,
    /// The native paper objects in one JSON object with a schema.
    Json,
    /// CSV (RFC 4180, with line feeds), a column a field.
    Csv,
}

impl Format {
    /// Every format, in the order in which help names them.
    pub const ALL: [Self; 7] =
        [Self::Bibtex, Self::Ris, Self::CslJson, Self::Markdown, Self::Org, Self::Json, Self::Csv];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::CslJson => "csl-json",
            Self::Markdown => "markdown",
            Self::Org => "org",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// Finds a format by its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }

    /// The ending of its files, without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Bibtex => "bib",
            Self::Ris => "ris",
            Self::CslJson => "csl.json",
            Self::Markdown => "md",
            Self::Org => "org",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }
}

/// A paper with the digest it stands in and what the user decided.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The day of the digest.
    pub date: Date,
    /// The category of the digest; where it has none, the paper's first one.
    pub category: Option<&'a str>,
    /// The paper.
    pub paper: &'a Paper,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it was read.
    pub is_read: bool,
    /// The tags, clean.
    pub tags: BTreeSet<String>,
    /// The note, clean.
    pub note: Option<String>,
}

impl<'a> Entry<'a> {
    /// Looks up what was decided about a paper. O(decisions on it).
    #[must_use]
    pub fn new(digest: &'a Digest, paper: &'a Paper, decisions: &Decisions) -> Self {
        let identity = paper.identity();
        Self {
            date: digest.date,
            category: digest.category_of(paper),
            paper,
            verdict: decisions.verdict(&identity),
            is_read: decisions.is_read(&identity),
            // What another machine wrote may hold anything.
            tags: decisions.tags(&identity).into_iter().map(text::clean_line).collect(),
            note: decisions.note(&identity).map(|n| text::clean_body(n.to_owned())).filter(|n| !n.is_empty()),
        }
    }

    /// The tags, then the source's keywords, each once.
    fn keywords(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for word in self.tags.iter().chain(&self.paper.keywords).map(|w| w.trim()) {
            if !word.is_empty() && !all.contains(&word) {
                all.push(word);
            }
        }
        all
    }

    /// The first category of the paper that is one of arXiv's: a source may put its own before them.
    fn primary_class(&self) -> Option<&str> {
        let is_arxiv = |c: &&String| ARCHIVES.contains(&c.split('.').next().unwrap_or_default());
        self.paper.categories.iter().find(is_arxiv).map(String::as_str)
    }

    /// The English abstract, else the Chinese one.
    fn abstract_text(&self) -> Option<&str> {
        let filled = |o: &'a Option<String>| o.as_deref().filter(|t| !t.trim().is_empty());
        filled(&self.paper.abstract_en).or_else(|| filled(&self.paper.abstract_zh))
    }
}

/// The archives of arXiv, which its categories begin with.
const ARCHIVES: [&str; 20] = [
    "astro-ph", "cond-mat", "cs", "econ", "eess", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math",
    "math-ph", "nlin", "nucl-ex", "nucl-th", "physics", "q-bio", "q-fin", "quant-ph", "stat",
];

/// Writes papers one by one, each once: of a paper that stands in several digests the first counts.
#[derive(Debug)]
pub struct Exporter {
    format: Format,
    ids: HashSet<String>,
    /// The title keys and authors of all papers, and whether one of them has no id.
    titles: HashMap<(TitleKey, Option<String>), bool>,
    keys: HashSet<String>,
}

impl Exporter {
    /// Begins with no paper.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self { format, ids: HashSet::new(), titles: HashMap::new(), keys: HashSet::new() }
    }

    /// How many papers were written.
    #[must_use]
    pub fn count(&self) -> usize {
        self.keys.len()
    }

    /// What goes before the first paper.
    #[must_use]
    pub fn head(&self) -> String {
        match self.format {
            Format::CslJson => "[".to_owned(),
            Format::Json => "{\"schema\":1,\"papers\":[".to_owned(),
            Format::Csv => csv::head(),
            Format::Bibtex | Format::Ris | Format::Markdown | Format::Org => String::new(),
        }
    }

    /// Writes a paper with what separates it from the one before; none when it was written before. O(length).
    pub fn paper(&mut self, entry: &Entry<'_>) -> Option<String> {
        if self.knows(entry.paper.identity()) {
            return None;
        }
        let key = self.unused(cite_key(entry.paper));
        let gap = match (self.format, self.keys.is_empty()) {
            (Format::CslJson | Format::Json, true) => "\n",
            (Format::CslJson | Format::Json, false) => ",\n",
            (Format::Csv, _) | (_, true) => "",
            (_, false) => "\n",
        };
        let text = match self.format {
            Format::Bibtex => bibtex::entry(&key, entry),
            Format::Ris => ris::entry(&key, entry),
            Format::CslJson => csl::entry(&key, entry),
            Format::Markdown => lines::with_remarks(entry),
            Format::Org => org::entry(&key, entry),
            Format::Json => json::entry(&key, entry),
            Format::Csv => csv::entry(&key, entry),
        };
        self.keys.insert(key);
        Some(format!("{gap}{text}"))
    }

    /// What goes after the last paper.
    #[must_use]
    pub fn tail(&self) -> &'static str {
        match self.format {
            Format::CslJson => "\n]\n",
            Format::Json => "\n]}\n",
            Format::Bibtex | Format::Ris | Format::Markdown | Format::Org | Format::Csv => "",
        }
    }

    /// Says whether the same paper was seen before, and notes it.
    fn knows(&mut self, identity: Identity) -> bool {
        let Identity { arxiv, key, author } = identity;
        let has_id = arxiv.is_some();
        let is_id_known = arxiv.is_some_and(|id| !self.ids.insert(id));
        if key.is_empty() {
            return is_id_known;
        }
        let other = self.titles.entry((key, author));
        let is_title_known = matches!(&other, Occupied(is_bare) if !has_id || *is_bare.get());
        *other.or_default() |= !has_id;
        is_id_known || is_title_known
    }

    /// Numbers a key that is taken: only sources that lie about ids come to that.
    fn unused(&self, key: String) -> String {
        if !self.keys.contains(&key) {
            return key;
        }
        let numbered = (2_usize..).map(|n| format!("{key}-{n}"));
        numbered.into_iter().find(|k| !self.keys.contains(k)).unwrap_or(key)
    }
}

/// Writes all papers into one text.
#[must_use]
pub fn export<'a>(format: Format, entries: impl IntoIterator<Item = Entry<'a>>) -> String {
    let mut exporter = Exporter::new(format);
    let mut text = exporter.head();
    for entry in entries {
        text.extend(exporter.paper(&entry));
    }
    text.push_str(exporter.tail());
    text
}

/// Joins the lines of a text by blanks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
