//! What a content text looks like on the screen.
//!
//! Owns the order of the steps from clean to shown. Hands over one string. Never used for what is copied,
//! opened or exported, nor for identifiers and addresses.

use std::borrow::Cow;

use super::{accents, full_punctuation, math, show, spacing};

/// Bytes of a text that takes a row or two.
const HEAD_BYTES: usize = 8 * 1024;

/// Sets a clean text for the screen: folded, then punctuation, spacing and maths. O(length).
///
/// Folding comes first, so that every later step sees, and can only pass on, characters that a screen may
/// have; the later ones add none but those of their own tables. Maths comes last: while formulas stand in
/// their delimiters, the other two steps know them and leave them whole.
#[must_use]
pub fn typeset(clean: &str) -> String {
    Style::default().set(clean)
}

/// Which liberties typesetting takes with Chinese texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// True to show punctuation beside Han characters full width.
    pub full_punctuation: bool,
    /// True to show a blank between Han and Latin characters.
    pub spacing: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { full_punctuation: true, spacing: true }
    }
}

impl Style {
    fn set(self, clean: &str) -> String {
        let space = |s: String| if self.spacing { spacing(&s).into_owned() } else { s };
        let shown = show(clean);
        let punctuated = if self.full_punctuation { full_punctuation(&shown).into_owned() } else { shown };
        let spaced = space(punctuated);
        match math(&spaced) {
            Cow::Borrowed(same) => same.to_owned(),
            // A command that is gone may have stood between a letter and a Han character.
            Cow::Owned(set) => space(set),
        }
    }
}

/// How content texts are put on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As [`typeset`] sets them, in this style.
    Typeset(Style),
    /// As the source has them, but for what terminals cannot draw: [`show`].
    Source,
}

impl Default for Form {
    fn default() -> Self {
        Self::Typeset(Style::default())
    }
}

impl Form {
    /// Puts a clean text into this form. O(length).
    #[must_use]
    pub fn of(self, clean: &str) -> String {
        match self {
            Self::Typeset(style) => style.set(clean),
            Self::Source => show(clean),
        }
    }

    /// Puts the beginning of a clean text into this form: as much of a title or a gist as any screen shows.
    #[must_use]
    pub fn of_head(self, clean: &str) -> String {
        self.of(clean.get(..clean.floor_char_boundary(HEAD_BYTES)).unwrap_or_default())
    }

    /// Puts a clean name into this form: LaTeX's accents are letters, all else stays. O(length).
    #[must_use]
    pub fn of_name(self, clean: &str) -> String {
        let shown = show(clean);
        match self {
            Self::Typeset(_) => accents(&shown).into_owned(),
            Self::Source => shown,
        }
    }
}
