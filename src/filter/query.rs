use super::haystack::mask;
use crate::text::{fold_text, has_han};

/// Characters of a query that count: more than any screen shows of it.
const LONGEST: usize = 256;

/// One word of a query, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Length in characters.
    pub(super) chars: u32,
    /// True when its characters must stand side by side.
    pub(super) whole: bool,
}

/// What was typed into the filter: words parted by blanks, all of which must be found.
///
/// Folded like the texts. A word with a Han character is found whole, any other one also with gaps. Only the first
/// 256 characters count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) words: Vec<Word>,
    /// The characters of all words.
    pub(super) mask: u64,
}

impl Query {
    /// Reads what was typed. O(1): the length is capped.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let typed: String = text.chars().take(LONGEST).collect();
        let folded = fold_text(&typed);
        let word = |word: &str| Word {
            text: word.to_owned(),
            chars: word.chars().count() as u32,
            whole: has_han(word),
        };
        let words: Vec<Word> = folded.split_whitespace().map(word).collect();
        let mask = words.iter().fold(0, |all, w| all | mask(&w.text));
        Self { words, mask }
    }

    /// True when it asks for nothing, so that every paper is a hit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
