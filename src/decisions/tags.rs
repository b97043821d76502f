//! The names of tags, and what is tagged and annotated.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use super::live_cells::LiveCells;
use super::{Decisions, Field, FieldValue};
use crate::model::Identity;

/// Characters a tag has at most.
const LONGEST: usize = 64;

/// Makes the name of a tag of `text`: trimmed and in NFC (UAX #15). Nothing when it is empty, longer than 64 characters,
/// or holds a comma, a control character or one that turns the direction of text (UAX #9).
#[must_use]
pub fn tag_name(text: &str) -> Option<String> {
    let name: String = text.trim().nfc().collect();
    let is_bad = |c: char| c.is_control() || steers(c) || matches!(c, ',' | '，');
    (!name.is_empty() && name.chars().count() <= LONGEST && !name.contains(is_bad)).then_some(name)
}

fn steers(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Decisions {
    /// Lists the tags of a paper, in the order of their characters. Expected O(decisions on the paper).
    #[must_use]
    pub fn tags(&self, paper: &Identity) -> BTreeSet<String> {
        let is_set = |tag: &&str| {
            let field = Field::Tag((*tag).to_owned());
            matches!(self.live.value(paper, &field), Some(FieldValue::Bool(true)))
        };
        let tags: BTreeSet<&str> = self.live.tags_of(paper).collect();
        tags.into_iter().filter(is_set).map(str::to_owned).collect()
    }

    /// Lists the papers that have a tag or a note, or had one, each once, in no order. O(decisions).
    #[must_use]
    pub fn annotated(&self) -> Vec<Identity> {
        self.live.papers_with(|field| matches!(field, Field::Tag(_) | Field::Note))
    }

    /// The user's note on a paper, as it was written. Expected O(1).
    #[must_use]
    pub fn note(&self, paper: &Identity) -> Option<&str> {
        match self.live.value(paper, &Field::Note) {
            Some(FieldValue::Text(Some(text))) => Some(text),
            _ => None,
        }
    }

    /// Lists the tags in use, those on most papers first. O(decisions).
    #[must_use]
    pub fn all_tags(&self) -> Vec<String> {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        self.live.each_tag_in_use(|tag| *uses.entry(tag).or_default() += 1);
        let mut tags: Vec<_> = uses.into_iter().collect();
        tags.sort_by_key(|(_, uses)| Reverse(*uses));
        tags.into_iter().map(|(tag, _)| tag.to_owned()).collect()
    }
}

impl LiveCells {
    /// Every tag that a value was set for, in the records that may be of this paper.
    fn tags_of(&self, paper: &Identity) -> impl Iterator<Item = &str> {
        self.fields_of(paper)
            .filter_map(|(field, _)| if let Field::Tag(tag) = field { Some(&**tag) } else { None })
    }

    /// Names the tags of each paper.
    fn each_tag_in_use<'a>(&'a self, mut found: impl FnMut(&'a str)) {
        let mut seen = HashSet::new();
        for values in self.papers_values() {
            seen.clear();
            for (field, value) in values {
                // The newest comes first.
                if let Field::Tag(tag) = field
                    && seen.insert(tag)
                    && *value == FieldValue::Bool(true)
                {
                    found(tag);
                }
            }
        }
    }
}
