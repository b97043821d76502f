//! The authors of a paper, to look for and to follow.

use super::help::{has_all, hits};
use super::popup::{Popup, PopupKind};
use super::styled::{Role, StyledLine};
use crate::catalogue::Lang;
use crate::filter::Interest;
use crate::text::{self, Form};

/// The authors to choose from, and which of them is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authors {
    /// One for each row, as in the source.
    names: Vec<String>,
    /// Index of the row that is meant.
    pub at: usize,
}

impl Authors {
    /// The author that is meant.
    #[must_use]
    pub fn chosen(&self) -> Option<&str> {
        self.names.get(self.at).map(String::as_str)
    }

    /// How many there are to choose from.
    pub(super) fn count(&self) -> usize {
        self.names.len()
    }
}

impl Popup {
    /// Lists the authors of a paper with their numbers, those that are followed marked. Of a text that is `typed`, only
    /// those that hold every word of it. O(authors times rules).
    #[must_use]
    pub(super) fn authors(
        authors: &[String],
        interest: &Interest,
        (lang, form): (Lang, Form),
        width: usize,
        typed: &str,
    ) -> Self {
        let words: Vec<&str> = typed.split_whitespace().collect();
        let digits = authors.len().to_string().len();
        let (mut lines, mut names) = (Vec::new(), Vec::new());
        let mut longest = 0;
        for (at, author) in authors.iter().enumerate() {
            let shown = form.of_name(author);
            let is_followed = interest.follows(author).is_some();
            let mark = if is_followed { format!("  {}", lang.followed()) } else { String::new() };
            let room = width.saturating_sub(digits + 2 + text::width(&mark)).max(2);
            let shown = text::fit(&shown, room).into_owned();
            let mut line = StyledLine::of(format!("{:>digits$}  ", at + 1), Role::Dim);
            if is_followed && words.is_empty() {
                line.push(shown.clone(), Role::Hit);
            } else {
                line.push_marked(&shown, Role::Plain, hits(&words, &shown));
            }
            line.push(mark, Role::Dim);
            longest = longest.max(line.width());
            if has_all(&words, &shown) {
                lines.push(line);
                names.push(author.clone());
            }
        }
        if lines.is_empty() {
            lines.push(StyledLine::of(lang.not_in_popup(typed), Role::Dim));
        }
        // The frame has the same size whatever is found.
        let (whole, authors) = ((authors.len(), longest), Authors { names, at: 0 });
        Self { authors, whole, typed: typed.to_owned(), ..Self::of(PopupKind::Authors, lines) }
    }
}
