//! What can be told from a line's characters alone: language, sentence ends, how broken lines are put together.

use super::line::Line;

/// Says whether `c` is a Chinese ideograph.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Says whether there is an ideograph in `text`.
pub(super) fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

/// How English a line is: its words in Latin letters less its ideographs. Negative for Chinese.
pub(super) fn english(text: &str) -> i64 {
    let (mut score, mut in_word) = (0, false);
    for c in text.chars() {
        if is_han(c) {
            score -= 1;
            in_word = false;
        } else {
            let letter = c.is_alphabetic();
            score += i64::from(letter && !in_word);
            in_word = letter || (in_word && matches!(c, '\'' | '’' | '-'));
        }
    }
    score
}

/// Says whether `text` ends as a sentence ends.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '」', '』', '*', ' ', '\u{a0}']);
    let text = text.strip_suffix([')', '）']).unwrap_or(text);
    text.ends_with(['.', '!', '?', ';', '。', '！', '？', '；', '…'])
}

/// Puts the lines of one part together: lines of a broken sentence become one, a new sentence after a blank
/// line (or, in Chinese, after any line end) starts a new line. None when there is no line.
pub(super) fn join<'a>(lines: impl IntoIterator<Item = &'a Line<'a>>) -> Option<String> {
    let mut text: Option<String> = None;
    for line in lines {
        match &mut text {
            None => text = Some(line.text.to_string()),
            Some(text) => append(text, &line.text, line.gap),
        }
    }
    text
}

/// Adds a line to a text: after `gap` blank lines, or none.
pub(super) fn append(text: &mut String, line: &str, gap: bool) {
    if ends_sentence(text) && (gap || has_han(line)) {
        text.push('\n');
        text.push_str(line);
    } else {
        glue(text, line);
    }
}

/// Adds the rest of a broken line: after a blank, where the script has blanks between words.
pub(super) fn glue(text: &mut String, line: &str) {
    if text.chars().next_back().is_some_and(is_spaced) && line.chars().next().is_some_and(is_spaced) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Says whether a line holds nothing but names: every word a capital or a particle, no full stop at the end.
pub(super) fn are_names(line: &str) -> bool {
    const PARTICLES: &[&str] =
        &["de", "da", "di", "del", "la", "van", "von", "der", "den", "bin", "ibn", "al", "el", "and", ":"];
    let is_name = |name: &str| {
        let words = name.split_whitespace().count();
        (1..=4).contains(&words)
            && name.split_whitespace().all(|w| PARTICLES.contains(&w) || w.starts_with(char::is_uppercase))
    };
    line.trim_end_matches(['*', ',']).split(',').all(|name| is_name(name.trim()))
}

/// Says whether words of this character's script are set apart by blanks.
fn is_spaced(c: char) -> bool {
    !(is_han(c) || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ffef}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_is_told_by_words_against_ideographs() {
        for (text, is_english) in [
            ("We present a model.", true),
            ("我们提出一个模型。", false),
            ("我们推出ReasonIR-8B,这是为推理任务训练的检索器", false),
            ("The word 你好 means hello in Chinese.", true),
        ] {
            assert_eq!(english(text) > 0, is_english, "{text}");
        }
    }

    #[test]
    fn broken_lines_are_put_together() {
        for (first, second, gap, expected) in [
            ("However,", "existing tools", false, "However, existing tools"),
            ("提出了一种", "新方法。", false, "提出了一种新方法。"),
            ("提出了一种", "新方法。", true, "提出了一种新方法。"),
            ("第一段。", "第二段。", false, "第一段。\n第二段。"),
            ("It works.", "It is fast.", false, "It works. It is fast."),
            ("It works.", "It is fast.", true, "It works.\nIt is fast."),
            ("使用LLM", "的方法", false, "使用LLM的方法"),
        ] {
            let mut text = first.to_owned();
            append(&mut text, second, gap);
            assert_eq!(text, expected);
        }
    }
}
