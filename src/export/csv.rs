use super::Entry;
use crate::model;

/// The columns, in order.
const COLUMNS: [&str; 23] = [
    "key",
    "id",
    "date",
    "category",
    "title",
    "title_zh",
    "authors",
    "gist",
    "abstract_en",
    "abstract_zh",
    "summary",
    "takeaways",
    "comment",
    "categories",
    "keywords",
    "published",
    "url",
    "pdf",
    "code",
    "verdict",
    "read",
    "tags",
    "note",
];

/// The row of names.
pub(super) fn head() -> String {
    format!("{}\n", COLUMNS.join(","))
}

/// Writes a row. Lists are joined by `; `, takeaways by line ends.
pub(super) fn entry(key: &str, entry: &Entry<'_>) -> String {
    let p = entry.paper;
    let or_empty = |o: &Option<String>| o.clone().unwrap_or_default();
    let cells: [String; COLUMNS.len()] = [
        key.to_owned(),
        p.id.clone(),
        entry.date.to_string(),
        entry.category.unwrap_or_default().to_owned(),
        p.title.clone(),
        or_empty(&p.title_zh),
        p.authors.join("; "),
        model::gist(p).unwrap_or_default().to_owned(),
        or_empty(&p.abstract_en),
        or_empty(&p.abstract_zh),
        or_empty(&p.summary),
        p.takeaways.join("\n"),
        or_empty(&p.comment),
        p.categories.join("; "),
        p.keywords.join("; "),
        or_empty(&p.published),
        p.page_link().unwrap_or_default(),
        p.pdf_link().unwrap_or_default(),
        or_empty(&p.links.code),
        entry.verdict.name().to_owned(),
        entry.is_read.to_string(),
        entry.tags.iter().map(String::as_str).collect::<Vec<_>>().join("; "),
        or_empty(&entry.note),
    ];
    format!("{}\n", cells.map(cell).join(","))
}

/// Quotes a cell where RFC 4180 asks for it. A text that a spreadsheet would calculate gets an apostrophe before it, and
/// so does one that already looks so guarded: taking one apostrophe off gives every text back.
fn cell(text: String) -> String {
    let is_formula =
        text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let text = if is_formula { format!("'{text}") } else { text };
    if text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
