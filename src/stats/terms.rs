//! Titles cut into what can rise: words, pairs of words, and groups of Han characters.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::text;

/// Terms of a title beyond which it is no title.
const MOST: usize = 400;
/// Characters of a word.
const WORD: Range<usize> = 2..33;
/// Characters of a group of Han characters: what is longer than a phrase falls into pieces.
const GROUP: Range<usize> = 2..11;
/// Characters of a title that are looked at.
const TITLE: usize = 600;

/// English words that say nothing of what a paper is about.
const STOP: &[&str] = &[
    "a",
    "about",
    "across",
    "after",
    "against",
    "all",
    "am",
    "among",
    "an",
    "and",
    "any",
    "approach",
    "approaches",
    "are",
    "aren",
    "as",
    "at",
    "based",
    "be",
    "been",
    "before",
    "better",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "can",
    "case",
    "do",
    "does",
    "doesn",
    "don",
    "down",
    "during",
    "each",
    "effective",
    "efficient",
    "enable",
    "enables",
    "enhanced",
    "enhancing",
    "et",
    "evaluating",
    "every",
    "exploring",
    "few",
    "first",
    "for",
    "from",
    "further",
    "general",
    "has",
    "have",
    "how",
    "ii",
    "improved",
    "improving",
    "in",
    "into",
    "is",
    "isn",
    "it",
    "its",
    "itself",
    "just",
    "large",
    "learn",
    "learned",
    "learns",
    "less",
    "leveraging",
    "like",
    "ll",
    "low",
    "make",
    "makes",
    "many",
    "mathbb",
    "mathbf",
    "mathcal",
    "mathrm",
    "matter",
    "matters",
    "more",
    "most",
    "need",
    "needs",
    "new",
    "no",
    "non",
    "nor",
    "not",
    "novel",
    "of",
    "off",
    "on",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "paper",
    "per",
    "re",
    "really",
    "same",
    "should",
    "simple",
    "so",
    "some",
    "study",
    "such",
    "textbf",
    "textit",
    "textsc",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "too",
    "toward",
    "towards",
    "two",
    "under",
    "understanding",
    "unified",
    "up",
    "use",
    "used",
    "using",
    "ve",
    "very",
    "via",
    "vs",
    "was",
    "we",
    "well",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "within",
    "without",
    "won",
    "you",
    "your",
];

/// English words that say something only with the word before them: world model, physics aware.
const WEAK: &[&str] = &[
    "agnostic",
    "augmented",
    "aware",
    "benchmark",
    "centric",
    "driven",
    "evaluation",
    "framework",
    "free",
    "grained",
    "guided",
    "learning",
    "level",
    "method",
    "modal",
    "model",
    "oriented",
    "shot",
    "specific",
    "system",
    "task",
    "tuned",
    "tuning",
];
/// English words that say something only with the word after them: fine tuning, multi agent.
const OPENING: &[&str] = &[
    "auto", "cross", "deep", "fine", "full", "high", "inter", "intra", "long", "multi", "open", "post",
    "pre", "real", "self", "semi", "short", "single", "sub", "super", "zero",
];

/// Han characters between words, at which a title is cut.
const BETWEEN: &[char] =
    &['的', '与', '和', '及', '了', '从', '或', '于', '之', '是', '被', '将', '为', '在', '中', '一', '种'];
/// Groups of Han characters that say nothing of what a paper is about.
const STOP_HAN: &[&str] = &[
    "研究", "方法", "通过", "面向", "利用", "使用", "进行", "提升", "实现", "如何", "框架", "模型", "学习",
    "系统", "任务", "分析", "评估", "改进", "高效", "增强", "新型", "统一", "探索", "针对", "大型", "问题",
    "技术", "应用",
];

/// Adds the terms of a title, folded: each once.
pub(super) fn add_terms(title: &str, found: &mut BTreeSet<String>) {
    let end = title.char_indices().nth(TITLE).map_or(title.len(), |(at, _)| at);
    let folded = text::fold_text(title.get(..end).unwrap_or_default());
    let mut before: Option<(String, usize)> = None;
    for run in runs(&folded) {
        if found.len() >= MOST {
            return;
        }
        let Some(text) = folded.get(run.clone()) else { continue };
        if text::has_han(text) {
            before = None;
            add_groups(text, found);
            continue;
        }
        let word = singular(text);
        if !is_telling(text) {
            before = None;
            continue;
        }
        let gap = before.as_ref().and_then(|(_, at)| folded.get(*at..run.start));
        let is_opening = OPENING.contains(&word);
        if let (Some((first, _)), Some(" " | "-"), false) = (&before, gap, is_opening) {
            found.insert(format!("{first} {word}"));
        }
        if WEAK.contains(&word) {
            before = None;
            continue;
        }
        if !is_opening {
            found.insert(word.to_owned());
        }
        before = Some((word.to_owned(), run.end));
    }
}

/// Stretches of letters and digits, Han characters apart from others.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut kind = None;
    for (at, c) in text.char_indices() {
        let now = c.is_alphanumeric().then(|| text::is_han(c));
        let end = at + c.len_utf8();
        match runs.last_mut().filter(|_| now.is_some() && now == kind) {
            Some(run) => run.end = end,
            None if now.is_some() => runs.push(at..end),
            None => {}
        }
        kind = now;
    }
    runs
}

fn add_groups(run: &str, found: &mut BTreeSet<String>) {
    for part in run.split(BETWEEN) {
        let ends: Vec<usize> = part.char_indices().map(|(at, _)| at).chain([part.len()]).collect();
        for len in GROUP {
            for (from, to) in ends.iter().zip(ends.iter().skip(len)) {
                if let Some(group) = part.get(*from..*to).filter(|g| !STOP_HAN.contains(g)) {
                    found.insert(group.to_owned());
                }
            }
        }
    }
}

fn is_telling(word: &str) -> bool {
    WORD.contains(&word.chars().count())
        && word.contains(char::is_alphabetic)
        && STOP.binary_search(&word).is_err()
}

/// Takes the `s` of most plurals off.
fn singular(word: &str) -> &str {
    let bare = word.strip_suffix('s').filter(|bare| bare.len() >= 4 && !bare.ends_with(['s', 'u', 'i', 'a']));
    bare.filter(|bare| !bare.ends_with("ic")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cut_into_what_they_are_about() {
        for (title, want) in [
            ("Agents for the Web", vec!["agent", "web"]),
            (
                "World Models: a Study of Diffusion-Transformers",
                vec!["diffusion", "diffusion transformer", "transformer", "world", "world model"],
            ),
            ("ＧＲＰＯ and grpo, in 2025", vec!["grpo"]),
            ("Physics of Bias", vec!["bias", "physics"]),
            ("Multi-Agent Zero-Shot Driven Learning", vec!["agent", "multi agent", "zero shot"]),
            ("基于扩散的方法", vec!["扩散"]),
            ("\u{1b}[31m '; rm -rf / $(x)", vec!["31m", "rf", "rm"]),
            ("", vec![]),
        ] {
            let mut found = BTreeSet::new();
            add_terms(title, &mut found);
            assert_eq!(found.into_iter().collect::<Vec<_>>(), want, "{title}");
        }
    }

    #[test]
    fn an_endless_title_costs_little() {
        let mut found = BTreeSet::new();
        add_terms(&"强化学习agents ".repeat(100_000), &mut found);
        add_terms(&"x".repeat(1_000_000), &mut found);
        assert!(found.len() < 2 * MOST);
    }

    #[test]
    fn stop_words_are_in_order() {
        assert!(STOP.is_sorted());
    }
}
