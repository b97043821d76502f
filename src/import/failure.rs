use unicode_normalization::UnicodeNormalization;

use super::prose::is_han;

/// What generators write into a field when they fail, folded: NFKC, lower case, no full stop.
const TEXTS: &[&str] = &[
    "错误:ai分析失败",
    "error",
    "summary generation failed",
    "motivation analysis unavailable",
    "method extraction failed",
    "result analysis unavailable",
    "conclusion extraction failed",
    "processing failed",
    "n/a",
    "none",
    "null",
];

/// Says whether the whole of `text` is the failure text of a generator.
pub(super) fn is_failure(text: &str) -> bool {
    // Longer than any of them in any width, or begun in Chinese with another word: not worth folding.
    if text.len() > 120 || text.trim_start().starts_with(|c| is_han(c) && c != '错') {
        return false;
    }
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let folded = folded.trim().trim_end_matches(['.', '。', '!']).trim_end();
    TEXTS.contains(&folded)
        || folded.starts_with("some error for ")
        || folded.starts_with("error: failed to generate ")
        || is_placeholder(folded)
}

/// Says whether `text` is a field of a template that was not filled: `{ai_comment}`.
fn is_placeholder(text: &str) -> bool {
    let name = text.strip_prefix('{').and_then(|t| t.strip_suffix('}'));
    name.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_failure_text_counts() {
        for (text, expected) in [
            ("错误：AI分析失败。", true),
            ("错误:AI分析失败。", true),
            ("Error: Failed to generate summary.", true),
            ("Some Error for method(please check)", true),
            ("Error: Failed to generate content.", true),
            ("Processing failed", true),
            ("N/A", true),
            ("None", true),
            ("{abstract_translation}", true),
            ("{a, b}", false),
            ("Error rates fall by half.", false),
            ("本文分析AI分析失败的原因。", false),
            ("", false),
        ] {
            assert_eq!(is_failure(text), expected, "{text}");
        }
    }
}
