/// What stood before the text of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `•`, `-`, `*` and the like.
    Symbol,
    /// `1.`, `1、`, `1)`, `(1)` and the like.
    Number(u32),
}

/// Signs that need no blank after them.
const FREE: &[char] =
    &['•', '●', '○', '◦', '▪', '▫', '■', '□', '‣', '⁃', '∙', '·', '・', '◆', '◇', '➢', '►', '▶', '✓', '✔'];

/// Signs that are also used within a text, and count only with a blank after them.
const BOUND: &[char] = &['-', '*', '+', '–', '—', '−', '‐'];

/// Reads the sign of a list item and gives it with the text after it. `expected` is the number that an item
/// without a blank after its full stop must have (`1.text`): without it `2.5D` is no item.
pub(super) fn read(line: &str, expected: Option<u32>) -> Option<(Sign, &str)> {
    let mut rest = line.chars();
    let first = rest.next()?;
    let after = rest.as_str();
    if FREE.contains(&first) {
        return Some((Sign::Symbol, after.trim_start()));
    }
    if BOUND.contains(&first) {
        let bound = after.is_empty()
            || after.starts_with(char::is_whitespace)
            || after.starts_with(super::prose::is_han);
        return bound.then(|| (Sign::Symbol, after.trim_start()));
    }
    if let '①'..='⑳' = first {
        return Some((Sign::Number(u32::from(first) - u32::from('①') + 1), after.trim_start()));
    }
    let opened = line.strip_prefix(['(', '（']);
    let digits = opened.unwrap_or(line);
    let end = digits.find(|c: char| !c.is_ascii_digit()).filter(|&n| n <= 2)?;
    let (number, after) = digits.split_at_checked(end)?;
    let number = number.parse().ok()?;
    if opened.is_some() {
        return Some((Sign::Number(number), after.strip_prefix([')', '）'])?.trim_start()));
    }
    let text = after.strip_prefix(['.', '．', '、', ')', '）'])?;
    let is_decimal = after.starts_with(['.', '．']) && text.starts_with(|c: char| c.is_ascii_digit());
    (!is_decimal || expected == Some(number)).then(|| (Sign::Number(number), text.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_text() {
        use Sign::{Number, Symbol};
        for (line, expected) in [
            ("• 提出", Some((Symbol, "提出"))),
            ("•提出", Some((Symbol, "提出"))),
            ("- a", Some((Symbol, "a"))),
            ("-  a", Some((Symbol, "a"))),
            ("-5%的误差", None),
            ("* a", Some((Symbol, "a"))),
            ("**重点**:a", None),
            ("1. a", Some((Number(1), "a"))),
            ("1.文", Some((Number(1), "文"))),
            ("12、文", Some((Number(12), "文"))),
            ("3) a", Some((Number(3), "a"))),
            ("(4) a", Some((Number(4), "a"))),
            ("（5）文", Some((Number(5), "文"))),
            ("②文", Some((Number(2), "文"))),
            ("2.5D重建", None),
            ("3D重建", None),
            ("2024. A year", None),
            ("7.", Some((Number(7), ""))),
            ("", None),
        ] {
            assert_eq!(read(line, None), expected, "{line}");
        }
        assert_eq!(read("1.3D重建", Some(1)), Some((Number(1), "3D重建")));
    }
}
