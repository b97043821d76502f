use super::language::{DAYS, Field, Has, Is};
use crate::text::fold_text;

/// What values of fields can be completed to, the likeliest first.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// The user's tags.
    pub tags: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// Venues.
    pub venues: Vec<String>,
    /// Authors.
    pub authors: Vec<String>,
}

/// Spans of time that `date:` is often asked for.
const SPANS: [&str; 4] = ["7d", "2w", "1m", "1y"];

/// Says what the end of `before`, the text before the insertion point, can be completed to: how many bytes of it are
/// replaced, and by what, the likeliest first. Names of fields, and values after a field. O(length of all).
#[must_use]
pub fn complete(before: &str, known: &Vocabulary) -> (usize, Vec<String>) {
    let term = last_term(before);
    let Some((name, value)) = term.split_once([':', '：']) else {
        let typed = term.to_ascii_lowercase();
        let names = Field::ALL.into_iter().map(Field::name).filter(|n| n.starts_with(&typed));
        return (term.len(), names.map(|n| format!("{n}:")).collect());
    };
    let Some(field) = Field::from_name(name) else { return (0, Vec::new()) };
    let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
    let values: Vec<String> = match field {
        Field::Is => owned(&Is::ALL.map(Is::name)),
        Field::Has => owned(&Has::ALL.map(Has::name)),
        Field::Date => owned(&[&DAYS[..], &SPANS[..]].concat()),
        Field::Tag => known.tags.clone(),
        Field::Cat => known.categories.clone(),
        Field::Venue => known.venues.clone(),
        Field::Author => known.authors.clone(),
        _ => Vec::new(),
    };
    let typed = fold_text(value.trim_start_matches('"'));
    let values = values.into_iter().filter(|v| has_word_from(&fold_text(v), &typed));
    (value.len(), values.map(quoted).collect())
}

/// The part of the text that belongs to its last term, without what negates or groups it.
fn last_term(before: &str) -> &str {
    let (mut start, mut is_quoted) = (0, false);
    for (at, c) in before.char_indices() {
        if c == '"' {
            is_quoted = !is_quoted;
        } else if c.is_whitespace() && !is_quoted {
            start = at + c.len_utf8();
        }
    }
    before.get(start..).unwrap_or_default().trim_start_matches(['-', '－', '(', '（'])
}

/// Says whether one of the words of `text` is where `typed` begins.
fn has_word_from(text: &str, typed: &str) -> bool {
    text.match_indices(typed)
        .any(|(at, _)| !text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(char::is_alphanumeric))
}

fn quoted(value: String) -> String {
    let is_plain =
        !value.contains(|c: char| c.is_whitespace() || "\"()（）“”".contains(c)) && !value.starts_with('/');
    if is_plain { value } else { format!("\"{}\"", value.replace('"', "\\\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_values_are_completed() {
        let known = Vocabulary {
            tags: vec!["rl".into(), "to read".into()],
            categories: vec!["cs.LG".into(), "cs.CV".into()],
            venues: vec!["CVPR 25".into()],
            authors: vec!["Ana García".into(), "Bo Li".into()],
        };
        #[rustfmt::skip]
        let table = [
            ("ti", 2, "title:"), ("rl t", 1, "title: tag: text:"), ("x -(T", 1, "title: tag: text:"), ("zzz", 3, ""),
            ("is:", 0, "bookmarked later dismissed undecided read repeat failed"), ("-IS:re", 2, "read repeat"),
            ("has:t", 1, "takeaways"), ("date:t", 1, "today"), ("tag:", 0, "rl \"to read\""), ("tag:r", 1, "rl \"to read\""),
            ("cat:l", 1, "cs.LG"), ("author:garc", 4, "\"Ana García\""), ("author:\"ana g", 6, "\"Ana García\""),
            ("venue：cv", 2, "\"CVPR 25\""), ("foo:b", 0, ""), ("title:r", 1, ""), ("\"is:", 0, ""),
        ];
        for (before, bytes, want) in table {
            let (replaced, found) = complete(before, &known);
            assert_eq!((replaced, found.join(" ").as_str()), (bytes, want), "{before}");
        }
    }
}
