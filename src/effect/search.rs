use std::ops::Range;
use std::sync::Arc;

use crate::decisions::Decisions;
use crate::filter::Query;
use crate::model::{Date, Identity};

/// What is looked for in all dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// What a hit must meet.
    pub query: Query,
    /// What the user decided, for queries that ask for it.
    pub decisions: Arc<Decisions>,
    /// True to go through the texts after the titles.
    pub in_texts: bool,
    /// Hits that are handed over at most; all are counted.
    pub most: usize,
}

/// What a search has found since it said so last.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The hits that are new, in the order in which they are to be shown: those of titles best first and all at once, then
    /// those of texts, the newest day first.
    pub hits: Vec<Hit>,
    /// How many there are so far, those included that are not handed over.
    pub total: usize,
    /// How many there are so far on each day that has any, the newest first.
    pub days: Vec<(Date, usize)>,
    /// How far the search is.
    pub stage: Stage,
}

/// How far a search is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The titles were looked at; the texts come next.
    Titles,
    /// So many of so many digests were looked at.
    Texts {
        /// Those done.
        done: usize,
        /// All.
        of: usize,
    },
    /// All was looked at.
    Done,
    /// It cannot be carried out, for this reason.
    Failed(String),
}

/// A paper that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The date of its digest.
    pub date: Date,
    /// The category of its digest.
    pub category: Option<String>,
    /// Its place among the papers of the digest.
    pub index: usize,
    /// Which paper it is.
    pub identity: Identity,
    /// Its id, clean.
    pub id: String,
    /// Its title, clean.
    pub title: String,
    /// Its first author and, where there are several, its last, clean.
    pub authors: Vec<String>,
    /// Where the texts, or the short ones beside the title, hold what was looked for; none of a hit in the title.
    pub snippet: Option<Snippet>,
}

/// A piece of a text around what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Clean text of one line, with `…` where more of it stands.
    pub text: String,
    /// Bytes of it that were found.
    pub hits: Vec<Range<usize>>,
}
