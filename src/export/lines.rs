use super::{Entry, one_line};
use crate::model::{self, Paper};

/// Writes three plain lines that paste well into a chat: title, gist, link. A line without content is left out. The
/// link is the abstract page, else arXiv's search for the title.
#[must_use]
pub fn lines(paper: &Paper) -> String {
    let gist = model::gist(paper).map(one_line);
    let link = paper.page_link().or_else(|| paper.search_link());
    let lines = [Some(one_line(&paper.title)), gist, link];
    lines.into_iter().flatten().filter(|l| !l.is_empty()).map(|l| l + "\n").collect()
}

/// The same with a line of tags and the note.
pub(super) fn with_remarks(entry: &Entry<'_>) -> String {
    let mut text = lines(entry.paper);
    if !entry.tags.is_empty() {
        let tags: Vec<String> = entry.tags.iter().map(|t| format!("#{}", one_line(t))).collect();
        text = format!("{text}{}\n", tags.join(" "));
    }
    if let Some(note) = &entry.note {
        text = format!("{text}{}\n", note.trim());
    }
    text
}
