//! Where the sentences of running text end, in English, Chinese and mixtures of both.
//!
//! Owns the table of abbreviations and the rules for full stops. Hands over byte ranges that tile the text.
//! Never looks into a URL or a number, and never guesses at a language: every rule looks at characters.

use std::ops::Range;

use super::script::is_cjk;

/// Bytes looked back for the word before a full stop; no abbreviation is longer.
const WORD_BYTES: usize = 64;

/// Words before a full stop that never end a sentence.
const ALWAYS_OPEN: &[&str] = &[
    "e.g", "i.e", "cf", "vs", "viz", "w.r.t", "s.t", "fig", "figs", "eq", "eqs", "eqn", "sec", "secs",
    "sect", "tab", "tbl", "ref", "refs", "thm", "def", "lem", "prop", "ch", "chap", "vol", "pp", "dr", "mr",
    "mrs", "ms", "prof", "st", "resp", "approx", "ca", "incl", "esp", "dept", "univ",
];

/// Words before a full stop that end a sentence only where a capital follows.
const OPEN_BEFORE_SMALL: &[&str] =
    &["al", "etc", "a.k.a", "i.i.d", "ph.d", "inc", "ltd", "co", "corp", "u.s", "u.k", "a.m", "p.m", "jr"];

/// Words that open sentences and no surnames: after `V.` they tell a symbol from an initial.
const STARTERS: &[&str] = &[
    "a",
    "across",
    "after",
    "all",
    "although",
    "an",
    "and",
    "as",
    "at",
    "based",
    "because",
    "both",
    "but",
    "by",
    "despite",
    "due",
    "each",
    "existing",
    "experiments",
    "extensive",
    "finally",
    "first",
    "for",
    "from",
    "furthermore",
    "given",
    "here",
    "however",
    "if",
    "in",
    "instead",
    "it",
    "its",
    "many",
    "moreover",
    "most",
    "not",
    "on",
    "one",
    "our",
    "results",
    "second",
    "several",
    "since",
    "some",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thus",
    "to",
    "under",
    "unlike",
    "using",
    "we",
    "when",
    "where",
    "while",
    "with",
    "yet",
];

/// Cuts `s` into sentences: byte ranges that tile it, the blanks after a sentence being part of it. None for
/// an empty text. O(length).
///
/// Sentences end at `。！？`, at `. ! ?` before a blank, and at a blank line. A colon ends none, and neither does a
/// semicolon, `;` or `；`: in translated abstracts the two nearly always stand in for each other, and cutting
/// there would only tear pairs apart where a translator chose otherwise.
#[must_use]
pub fn sentences(s: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(c) = char_at(s, at) {
        let end = match c {
            '\n' => end_of_blank_line(s, at),
            '。' | '｡' | '！' | '？' | '.' | '!' | '?' | '…' => full_stop(s, start, at),
            _ => Step::Past(at + c.len_utf8()),
        };
        match end {
            Step::Past(next) => at = next,
            Step::End(next) => {
                found.push(start..next);
                (start, at) = (next, next);
            }
        }
    }
    if start < s.len() {
        found.push(start..s.len());
    }
    found
}

/// What the scan does at a place: both hold the byte it goes on from.
enum Step {
    Past(usize),
    End(usize),
}

fn end_of_blank_line(s: &str, at: usize) -> Step {
    let next = after_blanks(s, at);
    let is_paragraph = s.get(at..next).is_some_and(|gap| gap.matches('\n').count() > 1);
    if is_paragraph { Step::End(next) } else { Step::Past(next) }
}

/// Judges the run of full stops and closing marks that begins at `at`, in a sentence from `start`.
fn full_stop(s: &str, start: usize, at: usize) -> Step {
    let run_end = at + run_len(s, at, is_stop);
    let run = s.get(at..run_end).unwrap_or_default();
    let after = after_citation(s, run_end + run_len(s, run_end, is_closer));
    let next = after_blanks(s, after);
    let follows = char_at(s, next);
    let ends = match follows {
        None => true,
        Some(c) if is_continuation(c) || is_stop(c) => false,
        Some(_) if run.contains(['。', '｡']) || (run.contains(['！', '？']) && after == run_end) => true,
        // `“行吗？”他问`: the sentence goes on after the quotation.
        Some(_) if run.contains(['！', '？']) => next > after,
        // An ellipsis ends a sentence only where a capital opens the next one.
        Some(c) if run.contains('…') || run.len() > 1 && run.bytes().all(|b| b == b'.') => {
            next > after && c.is_uppercase()
        }
        Some(c) if run != "." => next > after && !is_lower_word(s, next) || next == after && is_cjk(c),
        Some(_) => is_end_of_words(s, start, at, (after, next)),
    };
    if ends { Step::End(next) } else { Step::Past(after) }
}

/// Says whether the single `.` at `at` ends the sentence from `start`; `after` and `next` are the bytes after
/// its closing marks and after the blanks behind them.
fn is_end_of_words(s: &str, start: usize, at: usize, (after, next): (usize, usize)) -> bool {
    let before = char_before(s, at);
    let Some(c) = char_at(s, next) else { return true };
    let word = word_before(s, start, at);
    let lower = word.to_lowercase();
    if next == after {
        return is_cjk(c) && before.is_some_and(|b| is_cjk(b) || is_closer(b))
            || after == at + 1 && is_lost_blank(s, word, next);
    }
    let is_first = at.saturating_sub(word.len()) <= start + 1;
    if ALWAYS_OPEN.contains(&lower.as_str()) || is_first && is_enumerator(word) {
        return false;
    }
    if lower == "no" || lower == "nos" {
        return !c.is_ascii_digit();
    }
    let opener: String = chars_from(s, next).take_while(|c| c.is_alphabetic()).collect();
    let is_starter = STARTERS.contains(&opener.to_lowercase().as_str());
    if OPEN_BEFORE_SMALL.contains(&lower.as_str()) {
        return c.is_uppercase() && (is_starter || !lower.contains('.'));
    }
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    if is_initial {
        return !c.is_uppercase() || is_starter;
    }
    !is_lower_word(s, next) || is_starter && word.len() > 3
}

/// `model.We propose`: a blank was lost between two sentences. Names of code have no blank after them.
fn is_lost_blank(s: &str, word: &str, next: usize) -> bool {
    let is_word = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    let mut rest = chars_from(s, next).skip_while(|c| c.is_alphabetic());
    let opens = chars_from(s, next).next().is_some_and(char::is_uppercase)
        && chars_from(s, next).nth(1).is_some_and(char::is_lowercase);
    is_word && opens && rest.next().is_some_and(|c| matches!(c, ' ' | ','))
}

/// `1.` `12.` `a.` `iv.` at the start of an item.
fn is_enumerator(word: &str) -> bool {
    let is_number = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let is_roman = word.len() <= 4 && word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    !word.is_empty() && (is_number || is_roman || word.len() == 1)
}

/// True where a word in small letters stands at `at`; names such as `vLLM`, `t-SNE` or `pix2pix` and addresses
/// may open a sentence.
fn is_lower_word(s: &str, at: usize) -> bool {
    let is_small = char_at(s, at).is_some_and(char::is_lowercase);
    let mut word = chars_from(s, at).take_while(|c| !c.is_whitespace()).take(WORD_BYTES);
    is_small && !word.any(|c| c.is_uppercase() || c.is_numeric() || c == '/')
}

/// Marks that cannot open a sentence.
fn is_continuation(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | ')'
            | ']'
            | '}'
            | '-'
            | '–'
            | '，'
            | '；'
            | '：'
            | '、'
            | '）'
            | '】'
            | '》'
            | '」'
            | '』'
            | '”'
            | '’'
    )
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '｡' | '！' | '？' | '.' | '!' | '?' | '…')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '"'
            | '\''
            | '”'
            | '’'
            | '»'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '〕'
            | '＂'
    )
}

/// Passes over `[12]`, `[3, 4-7]` right after a full stop.
fn after_citation(s: &str, at: usize) -> usize {
    let rest = s.get(at..).unwrap_or_default();
    let inner = rest.strip_prefix('[').map(|r| run_len(r, 0, |c| c.is_ascii_digit() || ", -–".contains(c)));
    match inner {
        Some(len) if len > 0 && rest.get(len + 1..).is_some_and(|r| r.starts_with(']')) => at + len + 2,
        _ => at,
    }
}

/// The word that ends at `at`, without brackets, quotes and Han characters before it.
fn word_before(s: &str, start: usize, at: usize) -> &str {
    let from = s.floor_char_boundary(at.saturating_sub(WORD_BYTES)).max(start);
    let text = s.get(from..at).unwrap_or_default();
    let is_edge = |c: char| c.is_whitespace() || is_cjk(c) || "([{\"“‘'/,;:~".contains(c);
    text.rfind(is_edge).map_or(text, |i| {
        let edge = char_at(text, i).map_or(0, char::len_utf8);
        text.get(i + edge..).unwrap_or_default()
    })
}

fn char_at(s: &str, at: usize) -> Option<char> {
    chars_from(s, at).next()
}

fn char_before(s: &str, at: usize) -> Option<char> {
    s.get(..at)?.chars().next_back()
}

fn chars_from(s: &str, at: usize) -> std::str::Chars<'_> {
    s.get(at..).unwrap_or_default().chars()
}

fn after_blanks(s: &str, at: usize) -> usize {
    at + run_len(s, at, char::is_whitespace)
}

/// Bytes of the characters from `at` on that are as wanted.
fn run_len(s: &str, at: usize, is_wanted: impl Fn(char) -> bool) -> usize {
    chars_from(s, at).take_while(|&c| is_wanted(c)).map(char::len_utf8).sum()
}
