use std::fmt::Write as _;

use super::Entry;
use super::author::Name;
use super::issued::Issued;
use crate::model::openable;

/// Writes a record with a tag a line; a value never begins a line, so none can look like a tag.
pub(super) fn entry(key: &str, entry: &Entry<'_>) -> String {
    let paper = entry.paper;
    let issued = Issued::of(entry);
    let mut out = "TY  - UNPB\n".to_owned();
    let mut tag = |name: &str, value: &str| {
        let value = super::one_line(value);
        if !value.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{name}  - {value}");
        }
    };
    tag("ID", key);
    tag("TI", &paper.title);
    tag("TT", paper.title_zh.as_deref().unwrap_or_default());
    paper.authors.iter().for_each(|a| tag("AU", &Name::new(a).inverted()));
    tag("PY", &issued.year.to_string());
    if let Some(month) = issued.month {
        let day = issued.day.map(|d| format!("{d:02}")).unwrap_or_default();
        tag("DA", &format!("{:04}/{month:02}/{day}/", issued.year));
    }
    tag("AB", entry.abstract_text().unwrap_or_default());
    entry.keywords().into_iter().for_each(|word| tag("KW", word));
    if let Some(arxiv) = &paper.arxiv {
        tag("PB", "arXiv");
        tag("AN", &format!("arXiv:{}", arxiv.id));
        tag("M1", entry.primary_class().unwrap_or_default());
    }
    tag("UR", &paper.page_link().and_then(|url| openable(&url)).unwrap_or_default());
    tag("L1", &paper.pdf_link().and_then(|url| openable(&url)).unwrap_or_default());
    tag("N1", paper.comment.as_deref().unwrap_or_default());
    tag("RN", entry.note.as_deref().unwrap_or_default());
    out.push_str("ER  - \n");
    out
}
