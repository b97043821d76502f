use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Identity;

/// What the user decided about a paper. Read or unread is apart from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing decided yet.
    #[default]
    Undecided,
    /// Kept for good.
    Bookmarked,
    /// Kept for a second pass.
    Later,
    /// Not of interest.
    Dismissed,
}

impl Verdict {
    /// Returns the stable name, as in the journal, the session and what commands print.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Bookmarked => "bookmarked",
            Self::Later => "later",
            Self::Dismissed => "dismissed",
        }
    }
}

/// An arXiv identifier, without and with its version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArxivId {
    /// The identifier without version: `2504.20930` or `cs/0112017`.
    pub id: String,
    /// The version the source named.
    #[serde(default)]
    pub version: Option<u32>,
}

/// A labelled part of a machine-written analysis: tldr, motivation, method, result, conclusion ...
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The stable name: `tldr`, `motivation`, `method`, `result`, `conclusion`, `ai_comments`.
    pub key: String,
    /// The label as the source wrote it.
    #[serde(default)]
    pub title: String,
    /// The text.
    #[serde(default)]
    pub text: String,
}

/// Where a paper can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Links {
    /// The abstract page.
    pub abs: Option<String>,
    /// The PDF.
    pub pdf: Option<String>,
    /// The code repository.
    pub code: Option<String>,
    /// The project page.
    pub project: Option<String>,
    /// The Cool Papers page.
    pub cool_papers: Option<String>,
    /// The Hugging Face page.
    pub hf: Option<String>,
    /// Everything else, in the source's order.
    pub other: Vec<String>,
}

/// One paper of a digest. Field order is the key order of the native format.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paper {
    /// arXiv id without version, else `t:` and a hash of the title key, else `f:` and a hash of source and index.
    pub id: String,
    /// The arXiv identifier, when one is known.
    pub arxiv: Option<ArxivId>,
    /// The title as published.
    pub title: String,
    /// The translated title.
    pub title_zh: Option<String>,
    /// The authors in order.
    pub authors: Vec<String>,
    /// The author line as it stood, when it had to be split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authors_raw: Option<String>,
    /// The English abstract.
    pub abstract_en: Option<String>,
    /// The Chinese translation of the abstract.
    pub abstract_zh: Option<String>,
    /// The machine-written summary.
    pub summary: Option<String>,
    /// The key takeaways, without number or bullet.
    pub takeaways: Vec<String>,
    /// A sentence that stood before or after the takeaways.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub takeaways_note: Option<String>,
    /// The parts of a structured analysis, in the source's order.
    pub sections: Vec<Section>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// The ChatPaperFree long section, verbatim.
    pub long: Option<String>,
    /// The arXiv comment: pages, venue, often a URL.
    pub comment: Option<String>,
    /// Where the paper can be found.
    pub links: Links,
    /// arXiv categories, the primary one first.
    pub categories: Vec<String>,
    /// Addresses of screenshots.
    pub images: Vec<String>,
    /// When it was first published, as the source wrote it.
    pub published: Option<String>,
    /// When it was last updated, as the source wrote it.
    pub updated: Option<String>,
    /// Numbers the source gave: upvotes, stars, relevance.
    pub metrics: Map<String, Value>,
    /// The language of the machine-written texts.
    pub language: Option<String>,
    /// Fields whose source held a failure text; their value is null.
    pub failed: Vec<String>,
    /// Where the paper stood: index into the digest's sources, and line counted from 1.
    pub from: Vec<(u32, u32)>,
    /// Every key of the source that is not known, verbatim.
    pub extra: Map<String, Value>,
}

/// How a string of a paper is to be cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// One line: a title, a name, a URL. Line ends become blanks.
    Line,
    /// A text of paragraphs: line ends stay.
    Body,
}

impl Paper {
    /// Says which paper this is, for comparing with others.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity::new(
            self.arxiv.as_ref().map(|a| a.id.as_str()),
            &self.title,
            self.authors.first().map(String::as_str),
        )
    }

    /// Returns the text of the section with this key.
    #[must_use]
    pub fn section(&self, key: &str) -> Option<&str> {
        self.sections.iter().find(|s| s.key == key).map(|s| s.text.as_str())
    }

    /// Runs `f` over every string that can reach the screen, JSON members included.
    pub fn each_text(&mut self, f: &mut dyn FnMut(&mut String, TextKind)) {
        use TextKind::{Body, Line};
        f(&mut self.id, Line);
        if let Some(a) = &mut self.arxiv {
            f(&mut a.id, Line);
        }
        f(&mut self.title, Line);
        self.each_line(f);
        for s in [
            &mut self.abstract_en,
            &mut self.abstract_zh,
            &mut self.summary,
            &mut self.takeaways_note,
            &mut self.long,
        ]
        .into_iter()
        .flatten()
        {
            f(s, Body);
        }
        self.takeaways.iter_mut().for_each(|s| f(s, Body));
        for s in &mut self.sections {
            f(&mut s.key, Line);
            f(&mut s.title, Line);
            f(&mut s.text, Body);
        }
        each_json_text(&mut self.metrics, f);
        each_json_text(&mut self.extra, f);
    }

    /// Runs `f` over the fields of one line that may be absent, or are lists.
    fn each_line(&mut self, f: &mut dyn FnMut(&mut String, TextKind)) {
        let l = &mut self.links;
        for s in [
            &mut self.title_zh,
            &mut self.authors_raw,
            &mut self.comment,
            &mut l.abs,
            &mut l.pdf,
            &mut l.code,
            &mut l.project,
            &mut l.cool_papers,
            &mut l.hf,
            &mut self.published,
            &mut self.updated,
            &mut self.language,
        ]
        .into_iter()
        .flatten()
        {
            f(s, TextKind::Line);
        }
        for list in [
            &mut self.authors,
            &mut self.keywords,
            &mut self.categories,
            &mut self.images,
            &mut self.failed,
            &mut l.other,
        ] {
            for s in list {
                f(s, TextKind::Line);
            }
        }
    }
}

/// Runs `f` over every key and string below `map`, as text of paragraphs. Recursion is bounded by the parser's depth limit.
pub(super) fn each_json_text(map: &mut Map<String, Value>, f: &mut dyn FnMut(&mut String, TextKind)) {
    if map.is_empty() {
        return;
    }
    *map = std::mem::take(map)
        .into_iter()
        .map(|(mut key, mut value)| {
            f(&mut key, TextKind::Line);
            each_value_text(&mut value, f);
            (key, value)
        })
        .collect();
}

fn each_value_text(value: &mut Value, f: &mut dyn FnMut(&mut String, TextKind)) {
    match value {
        Value::String(s) => f(s, TextKind::Body),
        Value::Array(a) => a.iter_mut().for_each(|v| each_value_text(v, f)),
        Value::Object(o) => each_json_text(o, f),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
