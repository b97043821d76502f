use std::ops::Range;

use crate::table::close_up;
use crate::text::{fold, fold_text};

/// Finds every place in `shown` where what was typed stands, blanks inside it included: byte ranges of whole
/// graphemes, in order and apart from each other. None for a text of blanks.
///
/// Case, width and diacritics do not matter, nor do blanks beside Han characters. O(length of both).
#[must_use]
pub fn occurrences(typed: &str, shown: &str) -> Vec<Range<usize>> {
    let (wanted, _) = close_up(&fold_text(typed));
    let wanted = wanted.trim_start();
    if wanted.is_empty() {
        return Vec::new();
    }
    let folded = fold(shown);
    let (text, places) = close_up(&folded.text);
    let count = wanted.chars().count();
    let (mut bytes, mut chars) = (0, 0);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(wanted) {
        chars += text.get(bytes..at).map_or(0, |t| t.chars().count());
        bytes = at;
        let of_hit = places.get(chars..chars + count).unwrap_or_default();
        let ranges = folded.original_ranges(of_hit);
        if let (Some(first), Some(last)) = (ranges.first(), ranges.last()) {
            let start = found.last().map_or(first.start, |before| first.start.max(before.end));
            if start < last.end {
                found.push(start..last.end);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_found_however_it_is_written() {
        for (typed, shown, expected) in [
            ("grpo", "GRPO, Ｇｒｐｏ, GrpO", vec!["GRPO", "Ｇｒｐｏ", "GrpO"]),
            ("garcia", "Garc\u{ed}a and Garci\u{301}a", vec!["Garc\u{ed}a", "Garci\u{301}a"]),
            ("é", "e\u{301} e", vec!["e\u{301}", "e"]),
            ("基于llm的", "基于 LLM 的推理", vec!["基于 LLM 的"]),
            ("基于 LLM", "基于LLM的推理", vec!["基于LLM"]),
            ("two words", "two words, twowords", vec!["two words"]),
            ("，", "一，二,三", vec!["，", ","]),
            ("한글", "한글 한 글", vec!["한글"]),
            ("f", "ﬁ", vec!["ﬁ"]),
            ("aa", "aaaaa", vec!["aa", "aa"]),
            ("  ", "a  b", vec![]),
            ("", "a", vec![]),
        ] {
            let hits: Vec<&str> =
                occurrences(typed, shown).into_iter().filter_map(|r| shown.get(r)).collect();
            assert_eq!(hits, expected, "{typed:?} in {shown:?}");
        }
    }
}
