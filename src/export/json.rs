use std::collections::BTreeSet;

use serde::Serialize;

use super::Entry;
use crate::model::{Date, Paper};

/// The native paper object between where it stands and what the user decided.
#[derive(Serialize)]
struct Exported<'a> {
    key: &'a str,
    date: Date,
    category: Option<&'a str>,
    #[serde(flatten)]
    paper: &'a Paper,
    verdict: &'static str,
    read: bool,
    tags: &'a BTreeSet<String>,
    note: Option<&'a str>,
}

/// Writes a paper in one line.
pub(super) fn entry(key: &str, entry: &Entry<'_>) -> String {
    let exported = Exported {
        key,
        date: entry.date,
        category: entry.category,
        paper: entry.paper,
        verdict: entry.verdict.name(),
        read: entry.is_read,
        tags: &entry.tags,
        note: entry.note.as_deref(),
    };
    // Maps with text keys and numbers that were JSON before always serialize.
    serde_json::to_string(&exported).unwrap_or_default()
}
