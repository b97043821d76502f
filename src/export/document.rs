use std::fmt::Write as _;

use super::{Entry, one_line};

/// Writes all that is to be read of a paper as a Markdown document; nothing of its texts opens a heading, a list,
/// code, a link, an image or HTML. O(length).
#[must_use]
pub fn markdown(entry: &Entry<'_>) -> String {
    let parts = Parts::of(entry);
    let mut out = format!("# {}\n", inline(&parts.title));
    for (label, value) in &parts.facts {
        let _ = write!(out, "\n- {label}: {}", inline(value));
    }
    out.push_str(if parts.facts.is_empty() { "" } else { "\n" });
    for (heading, text) in &parts.texts {
        let _ = write!(out, "\n## {heading}\n\n");
        match text {
            Text::Items(items) => {
                for (at, item) in items.iter().enumerate() {
                    let _ = writeln!(out, "{}. {}", at + 1, inline(item));
                }
            }
            Text::Body(body) => {
                let _ = writeln!(out, "{}", body.lines().map(line).collect::<Vec<_>>().join("\n"));
            }
        }
    }
    out
}

/// Writes the same as plain text. O(length).
#[must_use]
pub fn plain(entry: &Entry<'_>) -> String {
    let parts = Parts::of(entry);
    let mut out = format!("{}\n", parts.title);
    for (label, value) in &parts.facts {
        let _ = writeln!(out, "{label}: {value}");
    }
    for (heading, text) in &parts.texts {
        let _ = write!(out, "\n{heading}\n");
        match text {
            Text::Items(items) => {
                for (at, item) in items.iter().enumerate() {
                    let _ = writeln!(out, "{}. {item}", at + 1);
                }
            }
            Text::Body(body) => {
                let _ = writeln!(out, "{body}");
            }
        }
    }
    out
}

/// What a document says of a paper, in order; parts without content are left out.
struct Parts {
    title: String,
    facts: Vec<(&'static str, String)>,
    texts: Vec<(String, Text)>,
}

enum Text {
    Items(Vec<String>),
    Body(String),
}

impl Parts {
    fn of(entry: &Entry<'_>) -> Self {
        let paper = entry.paper;
        let text = |o: &Option<String>| o.clone().unwrap_or_default();
        let tags: Vec<_> = entry.tags.iter().map(|t| format!("#{}", one_line(t))).collect();
        let facts = [
            ("Title (zh)", text(&paper.title_zh)),
            ("Authors", paper.authors.join(", ")),
            ("Date", entry.date.to_string()),
            ("Category", entry.category.unwrap_or_default().to_owned()),
            ("Id", paper.id.clone()),
            ("Link", paper.page_link().or_else(|| paper.search_link()).unwrap_or_default()),
            ("PDF", paper.pdf_link().unwrap_or_default()),
            ("Code", text(&paper.links.code)),
            ("Comment", text(&paper.comment)),
            ("Tags", tags.join(" ")),
        ];
        let body = |heading: &str, text: &str| (heading.to_owned(), Text::Body(text.trim().to_owned()));
        let items = paper.takeaways.iter().map(|t| one_line(t)).collect();
        let mut texts = vec![
            body("Note", entry.note.as_deref().unwrap_or_default()),
            ("Takeaways".to_owned(), Text::Items(items)),
            body("Summary", &text(&paper.summary)),
        ];
        texts.extend(paper.sections.iter().map(|s| {
            let heading = one_line(if s.title.is_empty() { &s.key } else { &s.title });
            body(&inline(&heading), &s.text)
        }));
        texts.push(body("中文", &text(&paper.abstract_zh)));
        texts.push(body("Abstract", &text(&paper.abstract_en)));
        texts.retain(|(_, text)| match text {
            Text::Items(items) => !items.is_empty(),
            Text::Body(body) => !body.is_empty(),
        });
        let facts = facts.into_iter().map(|(label, value)| (label, one_line(&value)));
        Self {
            title: one_line(&paper.title),
            facts: facts.filter(|(_, value)| !value.is_empty()).collect(),
            texts,
        }
    }
}

/// Breaks up what Markdown would act on inside a line: HTML, images, links with a text, and code.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if matches!(c, '<' | '`' | '[' | ']') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Keeps a line of a text from being a heading, a quotation, a list, code, a rule, a table or a reference.
fn line(line: &str) -> String {
    // Four blanks make code, and a tab counts as four.
    let text = line.trim();
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() < text.len() && after.starts_with(['.', ')']) {
        let number = text.strip_suffix(after).unwrap_or_default();
        return format!("{number}\\{}", inline(after));
    }
    let is_mark = text.starts_with(['#', '>', '=', '-', '+', '*', '~', '|', '_', ':']);
    format!("{}{}", if is_mark { "\\" } else { "" }, inline(text))
}
