use std::fmt::Write as _;

use super::Entry;
use super::author::Name;
use super::issued::Issued;
use super::latex::{latex, latex_title};
use crate::model::openable;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Writes a `@misc` with the fields of arXiv; private notes go where no style prints them.
pub(super) fn entry(key: &str, entry: &Entry<'_>) -> String {
    let paper = entry.paper;
    let issued = Issued::of(entry);
    let mut out = format!("@misc{{{key}");
    // Writing to a String cannot fail.
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(out, ",\n  {name} = {{{value}}}");
        }
    };
    field("title", &latex_title(&paper.title));
    let authors: Vec<String> =
        paper.authors.iter().filter(|a| !a.trim().is_empty()).map(|a| author(a)).collect();
    field("author", &authors.join(" and "));
    field("year", &issued.year.to_string());
    let month = issued.month.and_then(|m| MONTHS.get(usize::try_from(m).ok()?.checked_sub(1)?));
    if let Some(arxiv) = &paper.arxiv {
        field("eprint", &latex(&arxiv.id));
        field("archivePrefix", "arXiv");
        field("primaryClass", &latex(entry.primary_class().unwrap_or_default()));
    }
    let url = paper.page_link().and_then(|url| openable(&url));
    field("url", &url.unwrap_or_default());
    field("abstract", &latex(entry.abstract_text().unwrap_or_default()));
    field("note", &latex(paper.comment.as_deref().unwrap_or_default()));
    field("keywords", &latex(&entry.keywords().join(", ")));
    field("annote", &latex(entry.note.as_deref().unwrap_or_default()));
    if let Some(month) = month {
        let _ = write!(out, ",\n  month = {month}");
    }
    out.push_str("\n}\n");
    out
}

/// `Family, Given`, or a name in braces that BibTeX shall not take apart.
fn author(name: &str) -> String {
    match Name::new(name) {
        Name::Whole(name) => format!("{{{}}}", latex(&name)),
        Name::Person { family, given, suffix } => {
            let suffix = suffix.map(|s| format!("{}, ", latex(&s))).unwrap_or_default();
            format!("{}, {suffix}{}", latex(&family), latex(&given))
        }
    }
}
