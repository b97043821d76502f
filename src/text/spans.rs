//! Stretches of a text that break by rules of their own: addresses and formulas.
//!
//! Owns how they are recognised. Hands over byte ranges in order. Never decides where they break.

use std::ops::Range;

use memchr::memchr3_iter;

use super::width;

/// Bytes a formula may have per cell of the row that is to hold it whole.
const BYTES_PER_CELL: usize = 4;
/// Bytes beyond which no formula is looked for, however wide the rows.
pub(super) const FORMULA_BYTES: usize = 512;
/// Bytes of the longest URI scheme looked for.
const SCHEME_BYTES: usize = 12;

/// What a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `scheme://…` up to the first character that an address cannot hold.
    Address,
    /// `$…$`, `$$…$$`, `\(…\)` or `\[…\]`, delimiters included, that fits a row.
    Formula,
}

/// One span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) bytes: Range<usize>,
    pub(super) kind: Kind,
}

/// Finds the addresses of `s` and those formulas that fit `cells`, in order and apart. O(length).
pub(super) fn spans(s: &str, cells: usize) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let limit = cells.saturating_mul(BYTES_PER_CELL).min(FORMULA_BYTES);
    let mut free_from = 0;
    for at in memchr3_iter(b'$', b'\\', b':', s.as_bytes()) {
        if at < free_from {
            continue;
        }
        let rest = s.get(at..).unwrap_or_default();
        if rest.starts_with("\\$") || rest.starts_with("\\\\") {
            free_from = at + 2;
            continue;
        }
        let span = if rest.starts_with(':') {
            address(s, at, free_from).map(|bytes| Span { bytes, kind: Kind::Address })
        } else {
            let length = formula(rest, FORMULA_BYTES).map(|found| found.end);
            let fits = |length: usize| {
                length <= limit && rest.get(..length).is_some_and(|text| width(text) <= cells)
            };
            // What closes a formula that is too wide opens no other.
            free_from = length.map_or(free_from, |length| at + length);
            length.filter(|l| fits(*l)).map(|length| Span { bytes: at..at + length, kind: Kind::Formula })
        };
        if let Some(span) = span {
            free_from = span.bytes.end;
            found.push(span);
        }
    }
    found
}

/// The address around the `:` at `colon`, which starts at or after `free_from`.
fn address(s: &str, colon: usize, free_from: usize) -> Option<Range<usize>> {
    let tail = s.get(colon..)?;
    let head = s.get(free_from..colon)?.as_bytes();
    let scheme = head.iter().rev().take(SCHEME_BYTES).take_while(|b| b.is_ascii_alphanumeric()).count();
    if scheme == 0 || !tail.starts_with("://") {
        return None;
    }
    let length =
        tail.find(|c: char| !c.is_ascii_graphic() || "\"<>\\^`{|}".contains(c)).unwrap_or(tail.len());
    let length = tail.get(..length)?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']).len();
    Some(colon - scheme..colon + length)
}

/// A formula at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Formula {
    /// Bytes between the delimiters.
    pub(super) content: Range<usize>,
    /// Bytes up to the end of the closing delimiter.
    pub(super) end: usize,
}

/// Finds the formula that `text` begins with, at most about `limit` bytes. A dollar opens one if no blank
/// follows, and closes it if no blank precedes; digits alone, and a digit after it, are a price and the next one.
pub(super) fn formula(text: &str, limit: usize) -> Option<Formula> {
    let window = text.get(..text.floor_char_boundary(limit))?;
    for (open, close) in [("\\(", "\\)"), ("\\[", "\\]")] {
        if window.starts_with(open) {
            return window.find(close).map(|at| Formula { content: 2..at, end: at + 2 });
        }
    }
    let fence = if window.starts_with("$$") { "$$" } else { "$" };
    let inner = window.strip_prefix(fence)?;
    let length = inner
        .match_indices(fence)
        .map(|(at, _)| at)
        .find(|&at| !inner.get(..at).is_some_and(|i| i.ends_with('\\')))?;
    let content = inner.get(..length)?;
    let end = length + 2 * fence.len();
    let is_digit = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
    let is_price =
        is_digit(content) && !content.contains(['\\', '^', '_']) && text.get(end..).is_some_and(is_digit);
    let is_tight = !content.is_empty() && content.trim() == content;
    (is_tight && !is_price).then_some(Formula { content: fence.len()..end - fence.len(), end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_found() {
        for (text, expected) in [
            ("no span: here", vec![]),
            ("see https://a.b/c?d=e. Next", vec!["https://a.b/c?d=e"]),
            ("(http://a.b)，中", vec!["http://a.b"]),
            ("见https://a.b/c中文", vec!["https://a.b/c"]),
            ("the loss $x_1 + y$ and \\(z\\)", vec!["$x_1 + y$", "\\(z\\)"]),
            ("$$a$$", vec!["$$a$$"]),
            ("$5 and $10", vec![]),
            ("cost $5,$6 or \\$7", vec![]),
            ("$a\\$b$", vec!["$a\\$b$"]),
            ("$\\sim$5 and $5\\times$3", vec!["$\\sim$", "$5\\times$"]),
            ("open $x", vec![]),
            ("$xxxxxxxxxxxxxxxxxxxxx$ 到 $y$", vec!["$y$"]),
            ("too wide $xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx$", vec![]),
        ] {
            let found: Vec<&str> =
                spans(text, 20).into_iter().filter_map(|span| text.get(span.bytes)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
