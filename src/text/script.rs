//! Which script a text is in, as far as layout and matching ask.
//!
//! Owns the ranges of Han, kana, hangul and CJK punctuation. Hands over yes or no, and the Latin head of a
//! title. Never guesses a language.

use super::width;

/// Cells a title's head may take to be set apart.
const HEAD_CELLS: usize = 40;

/// Says whether `c` is a Han character (UAX #24 Script=Han, radicals and later extensions included).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{2e80}'..='\u{2fd5}' | '々' | '〇'
        | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}' | '\u{f900}'..='\u{fad9}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Says whether `s` holds a Han character. Stops at the first.
#[must_use]
pub fn has_han(s: &str) -> bool {
    !s.is_ascii() && s.chars().any(is_han)
}

/// Says whether a row may end on either side of `c` by its script alone: Han, kana, bopomofo, CJK
/// punctuation and full-width forms, but tone and voicing marks, which are part of what they stand on.
pub(super) fn is_cjk(c: char) -> bool {
    let is_mark = matches!(c, '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}');
    is_han(c)
        || !is_mark
            && matches!(c, '\u{3000}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{ff01}'..='\u{ff60}')
}

/// Says whether `c` is a hangul syllable or letter.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7fb}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}'
        | '\u{a960}'..='\u{a97c}')
}

/// Gives the Latin name before the first colon of a title, as in `GRPO-X: Learning to …`: at most 40
/// cells, with an ASCII letter, without Han.
#[must_use]
pub fn title_head(title: &str) -> Option<&str> {
    let head = title.split_once([':', '：'])?.0.trim_end();
    let is_name = head.chars().any(|c| c.is_ascii_alphabetic()) && !has_han(head);
    (is_name && width(head) <= HEAD_CELLS).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_is_told_from_its_neighbours() {
        for (text, expected) in
            [("plain", false), ("caf\u{e9}", false), ("か한ッ，１", false), ("a中", true), ("𠀀", true)]
        {
            assert_eq!(has_han(text), expected, "{text}");
        }
    }

    #[test]
    fn title_heads() {
        for (title, expected) in [
            ("GRPO-X: learning to wait", Some("GRPO-X")),
            ("DeepThing ：会思考的模型", Some("DeepThing")),
            ("学习: 一种方法", None),
            ("42: an answer", None),
            ("No colon here", None),
            (": empty", None),
            ("A very long sentence that only happens to end: here", None),
        ] {
            assert_eq!(title_head(title), expected, "{title}");
        }
    }
}
