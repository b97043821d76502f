use std::fmt::Write as _;

use super::{Entry, one_line};
use crate::model::{self, openable};

/// What breaks a mark up without being seen: the escape that the manual of org names.
const ESCAPE: &str = "\u{200b}";

/// Writes a headline with properties, the gist, and a headline below it for each long text.
pub(super) fn entry(key: &str, entry: &Entry<'_>) -> String {
    let paper = entry.paper;
    let mut out = format!("* {ESCAPE}{}", inline(&one_line(&paper.title)));
    if !entry.tags.is_empty() {
        let is_mark = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '%');
        let tags = entry.tags.iter().map(|t| t.replace(|c| !is_mark(c), "_"));
        // Writing to a String cannot fail.
        let _ = write!(out, " :{}:", tags.collect::<Vec<_>>().join(":"));
    }
    out.push_str("\n:PROPERTIES:\n");
    let arxiv = paper.arxiv.as_ref().map(|a| a.id.clone());
    let authors = paper.authors.join("; ");
    let link = paper.page_link().or_else(|| paper.search_link()).and_then(|url| openable(&url));
    for (name, value) in [
        ("CUSTOM_ID", Some(key.to_owned())),
        ("AUTHORS", Some(inline(&authors))),
        ("DATE", Some(entry.date.to_string())),
        ("CATEGORY", entry.category.map(inline)),
        ("ARXIV", arxiv),
        ("URL", link),
        ("COMMENT", paper.comment.as_deref().map(inline)),
    ] {
        let value = value.map(|v| one_line(&v)).filter(|v| !v.is_empty());
        let _ = value.map(|v| writeln!(out, ":{name}: {v}"));
    }
    out.push_str(":END:\n");
    if let Some(gist) = model::gist(paper) {
        let _ = writeln!(out, "{}", body(gist));
    }
    let takeaways: Vec<String> = paper.takeaways.iter().map(|t| format!("- {}", one_line(t))).collect();
    for (heading, text) in [
        ("Note", entry.note.as_deref()),
        ("Takeaways", Some(takeaways.join("\n")).as_deref()),
        ("中文", paper.abstract_zh.as_deref()),
        ("Abstract", paper.abstract_en.as_deref()),
    ] {
        if let Some(text) = text.filter(|t| !t.trim().is_empty()) {
            let _ = writeln!(out, "** {heading}\n{}", body(text));
        }
    }
    out
}

/// Breaks up what org would act on inside a line: links, targets, macros, source code and calls.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut before = ' ';
    for c in line.chars() {
        // One `<` opens a link or a date of the agenda.
        if c == '<' || (c == before && "[{".contains(c)) {
            out.push_str(ESCAPE);
        }
        out.push(c);
        before = c;
    }
    out.replace("src_", &format!("src{ESCAPE}_")).replace("call_", &format!("call{ESCAPE}_"))
}

/// Keeps the lines of a text from being headlines, keywords, comments, drawers or tables.
fn body(text: &str) -> String {
    let line = |line: &str| {
        let is_mark = line.trim_start().starts_with(['*', '#', ':', '|', '%']);
        format!("{}{}", if is_mark { ESCAPE } else { "" }, inline(line))
    };
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}
