//! What a content text looks like on the screen.
//!
//! Owns the order of the steps from clean to shown. Hands over one string. Never used for what is copied,
//! opened or exported, nor for identifiers and addresses.

use std::borrow::Cow;

use super::{accents, full_punctuation, math, show, spacing};

/// Sets a clean text for the screen: folded, then punctuation, spacing and maths. O(length).
///
/// Folding comes first, so that every later step sees, and can only pass on, characters that a screen may
/// have; the later ones add none but those of their own tables. Maths comes last: while formulas stand in
/// their delimiters, the other two steps know them and leave them whole.
#[must_use]
pub fn typeset(clean: &str) -> String {
    let shown = show(clean);
    let punctuated = full_punctuation(&shown);
    let spaced = spacing(&punctuated);
    match math(&spaced) {
        Cow::Borrowed(same) => same.to_owned(),
        // A command that is gone may have stood between a letter and a Han character.
        Cow::Owned(set) => spacing(&set).into_owned(),
    }
}

/// How content texts are put on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As [`typeset`] sets them.
    #[default]
    Typeset,
    /// As the source has them, but for what terminals cannot draw: [`show`].
    Source,
}

impl Form {
    /// Puts a clean text into this form. O(length).
    #[must_use]
    pub fn of(self, clean: &str) -> String {
        match self {
            Self::Typeset => typeset(clean),
            Self::Source => show(clean),
        }
    }

    /// Puts a clean name into this form: LaTeX's accents are letters, all else stays. O(length).
    #[must_use]
    pub fn of_name(self, clean: &str) -> String {
        let shown = show(clean);
        match self {
            Self::Typeset => accents(&shown).into_owned(),
            Self::Source => shown,
        }
    }
}
