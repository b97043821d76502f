use std::fmt;
use std::ops::Range;

use crate::decisions::tag_name;

/// What is wished of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wished {
    /// It comes, unless all papers have it already: then it goes.
    Toggled,
    /// It comes.
    Given,
    /// It goes.
    Taken,
}

/// A tag that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagWish {
    /// Its name.
    pub tag: String,
    /// What becomes of it.
    pub wished: Wished,
}

impl fmt::Display for TagWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.wished {
            Wished::Toggled => "",
            Wished::Given => "+",
            Wished::Taken => "-",
        };
        // A sign that belongs to the name is kept from being taken for one of ours.
        let hash = if self.tag.starts_with(['+', '-']) { "#" } else { "" };
        write!(f, "{sign}{hash}{}", self.tag)
    }
}

/// Says whether a character stands between two tags.
#[must_use]
pub fn is_between_tags(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '，')
}

/// Reads tags between blanks and commas, each once, the last wish for it: `rl` toggles, `+rl` gives, `-rl` takes away;
/// a `#` before one is no part of it.
///
/// # Errors
/// The place and the first word that cannot be a tag.
pub fn parse_tags(typed: &str) -> Result<Vec<TagWish>, (Range<usize>, String)> {
    let mut found: Vec<TagWish> = Vec::new();
    let mut at = 0;
    for word in typed.split(is_between_tags) {
        let start = at;
        let end = start + word.len();
        at = end + typed.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        if word.is_empty() {
            continue;
        }
        let signs =
            [('-', Wished::Taken), ('－', Wished::Taken), ('+', Wished::Given), ('＋', Wished::Given)];
        let signed = signs.into_iter().find_map(|(sign, wished)| Some((wished, word.strip_prefix(sign)?)));
        let (sign, name) = signed.unwrap_or((Wished::Toggled, word));
        let tag = tag_name(name.trim_start_matches('#')).ok_or_else(|| (start..end, word.to_owned()))?;
        found.retain(|w| w.tag != tag);
        found.push(TagWish { tag, wished: sign });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_are_read_one_by_one() {
        use Wished::{Given, Taken, Toggled};
        let table: [(&str, &[(&str, Wished)]); 7] = [
            ("rl", &[("rl", Toggled)]),
            (" rl, -nlp,,强化学习 ", &[("rl", Toggled), ("nlp", Taken), ("强化学习", Toggled)]),
            ("a，b　c", &[("a", Toggled), ("b", Toggled), ("c", Toggled)]),
            ("#a -#b", &[("a", Toggled), ("b", Taken)]),
            ("a -a", &[("a", Taken)]),
            ("+a ＋b －c", &[("a", Given), ("b", Given), ("c", Taken)]),
            ("e\u{301}", &[("é", Toggled)]),
        ];
        for (typed, want) in table {
            let got = parse_tags(typed).unwrap();
            let got: Vec<_> = got.iter().map(|w| (w.tag.as_str(), w.wished)).collect();
            assert_eq!(got, want, "{typed:?}");
        }
        assert_eq!(parse_tags("a，-"), Err((4..5, "-".to_owned())));
        assert!(parse_tags(&"x".repeat(65)).is_err() && parse_tags(&"x".repeat(64)).is_ok());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_tags_are_clean_and_read_back(typed in "[-+#, ，a-cé\u{301}强\u{7}\n]{0,40}") {
            let Ok(wishes) = parse_tags(&typed) else { return Ok(()) };
            for wish in &wishes {
                prop_assert_eq!(tag_name(&wish.tag), Some(wish.tag.clone()));
                prop_assert!(!wish.tag.contains(is_between_tags) && !wish.tag.contains(char::is_control));
            }
            let names: std::collections::BTreeSet<_> = wishes.iter().map(|w| &w.tag).collect();
            prop_assert_eq!(names.len(), wishes.len());
            let printed = wishes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(parse_tags(&printed), Ok(wishes));
        }
    }
}
