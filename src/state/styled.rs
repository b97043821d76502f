use std::ops::Range;

use crate::text;
pub use crate::theme::Role;

/// A stretch of shown text with one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Shown text without line ends.
    pub text: String,
    /// What it is.
    pub role: Role,
}

/// One row of text, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StyledLine {
    /// From left to right.
    pub spans: Vec<Span>,
}

impl StyledLine {
    /// Starts an empty row.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a row of one stretch.
    #[must_use]
    pub fn of(text: impl Into<String>, role: Role) -> Self {
        Self::new().with(text, role)
    }

    /// Appends a stretch.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>, role: Role) -> Self {
        self.push(text, role);
        self
    }

    /// Appends a stretch in place; an empty one is left out.
    pub fn push(&mut self, text: impl Into<String>, role: Role) {
        let text = text.into();
        if !text.is_empty() {
            self.spans.push(Span { text, role });
        }
    }

    /// Appends a stretch with the places in it, byte ranges in any order, that were found.
    pub fn push_marked(&mut self, text: &str, role: Role, mut hits: Vec<Range<usize>>) {
        hits.sort_unstable_by_key(|hit| hit.start);
        let mut at = 0;
        for hit in hits.into_iter().filter(|hit| !hit.is_empty()) {
            let start = hit.start.max(at);
            self.push(text.get(at..start).unwrap_or_default(), role);
            self.push(text.get(start..hit.end).unwrap_or_default(), Role::Hit);
            at = hit.end.max(at);
        }
        self.push(text.get(at..).unwrap_or_default(), role);
    }

    /// The width of the row in cells.
    #[must_use]
    pub fn width(&self) -> usize {
        self.spans.iter().map(|s| text::width(&s.text)).sum()
    }

    /// Characters that are not blank; what stays the same when the text is set at another width.
    #[must_use]
    pub fn ink(&self) -> usize {
        self.spans.iter().flat_map(|s| s.text.chars()).filter(|c| !c.is_whitespace()).count()
    }
}
