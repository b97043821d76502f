use unicode_normalization::UnicodeNormalization;

/// What generators write into a field when they fail, folded: NFKC, lower case, no full stop.
const TEXTS: &[&str] = &[
    "错误:ai分析失败",
    "error: failed to generate summary",
    "error",
    "summary generation failed",
    "motivation analysis unavailable",
    "method extraction failed",
    "result analysis unavailable",
    "conclusion extraction failed",
    "n/a",
];

/// Says whether the whole of `text` is the failure text of a generator.
pub(super) fn is_failure(text: &str) -> bool {
    // Longer than any of them in any width: not worth folding.
    if text.len() > 120 {
        return false;
    }
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let folded = folded.trim().trim_end_matches(['.', '。', '!']).trim_end();
    TEXTS.contains(&folded) || folded.starts_with("some error for ")
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
            ("N/A", true),
            ("Error rates fall by half.", false),
            ("本文分析AI分析失败的原因。", false),
            ("", false),
        ] {
            assert_eq!(is_failure(text), expected, "{text}");
        }
    }
}
