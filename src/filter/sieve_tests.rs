use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;

use super::{Candidate, Facts, Haystack, Query, Subject};
use crate::model::Paper;

/// Pieces of texts, among them every way to write an `a` that folding knows of.
const PIECES: [&str; 52] = [
    "a",
    "b",
    "A",
    "B",
    "f",
    "i",
    "2",
    "-",
    " ",
    "  ",
    "\n",
    "强",
    "化",
    "强 化",
    "强\u{3000}化",
    "强\n化",
    "，",
    "。",
    "“",
    "\"",
    "\\",
    "/",
    "$",
    "^",
    "_",
    "{",
    "}",
    "\\textbf{",
    "\\'",
    "$\\mathrm{",
    "\\-",
    "~",
    "ａ",
    "Ａ",
    "\u{e1}",
    "a\u{301}",
    "\u{301}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{fb01}",
    "\u{b2}",
    "\u{2082}",
    "\u{24d0}",
    "\u{1d41a}",
    "\u{2163}",
    "\u{2f00}",
    "\u{f900}",
    "×",
    "α",
    "🙂",
    "\u{a0}",
];

fn is_found(query: &Query, text: &str) -> bool {
    let paper = Paper { abstract_en: Some(text.to_owned()), ..Paper::default() };
    let date = date(2025, 3, 3);
    let hay = Haystack::with_body(&Subject {
        paper: &paper,
        gist: "",
        date,
        category: None,
        tags: &[],
        note: None,
    });
    query.in_whole(&Candidate { hay: &hay, facts: Facts::default() })
}

/// The same JSON in ASCII.
fn escaped(json: &str) -> String {
    let mut units = [0; 2];
    json.chars().fold(String::new(), |mut out, c| {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut units).iter().map(|u| format!("\\u{u:04X}")));
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_word_is_missed_however_it_is_written(
        text in proptest::collection::vec(prop::sample::select(PIECES.to_vec()), 0..9),
        word in "[abfi2]{1,4}|强化|强a|a强|[ab] b|[ab]-b|\"[ab]b?\"|iv|text:[ab]2|zh:强化",
    ) {
        let text = text.concat();
        let query = Query::parse(&word, date(2025, 3, 3)).unwrap();
        let json = json!({"k": "x", "t": text, "z": 1}).to_string();
        for json in [escaped(&json), json] {
            let string = json!(text).to_string();
            let is_sure = query.sieve().surely(std::iter::once(string.as_bytes())).is_some();
            prop_assert!(!is_sure || is_found(&query, &text), "{word} is not in {json}");
            if is_found(&query, &text) {
                prop_assert!(query.sieve().missing(json.as_bytes()).is_empty(), "{word} in {json}");
            }
        }
    }
}

/// A digest with a text in a long string, which begins after `before` bytes and goes on for `behind`.
fn long(text: &str, (before, behind): (usize, usize), is_one_string: bool) -> String {
    let filler = if is_one_string { "x" } else { "\",\"" };
    let fill = |len: usize| filler.repeat(len.div_ceil(filler.len()));
    format!("[\"{}{}{}\"]", fill(before), json!(text).to_string().trim_matches('"'), fill(behind))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Wherever a word stands, and however a file is cut while it is read.
    #[test]
    fn what_comes_bit_by_bit_is_looked_through_as_a_whole(
        (word, text) in prop::sample::select(vec![
            ("strong", "strong"),
            ("strong", "\\textbf{s}trong"),
            ("strong", "s\\emph{t}ro\\textbf{ng}"),
            ("godel", "G\\\"odel"),
            ("强化", "强化"),
            ("强x化", "强 ｘ 化"),
            ("rl", "$\\mathrm{r}l$"),
            ("strong", "weak"),
        ]),
        is_escaped in any::<bool>(),
        is_one_string in any::<bool>(),
        near in prop::sample::select(vec![4096, 64 << 10, (64 << 10) + 4096, 128 << 10]),
        short_of in 0..40_usize,
        behind in prop::sample::select(vec![0, 100, 70_000]),
        cuts in proptest::collection::vec(1..150_000_usize, 0..5),
    ) {
        let json = long(text, (near - short_of, behind), is_one_string);
        let json = if is_escaped { escaped(&json) } else { json };
        let query = Query::parse(word, date(2025, 3, 3)).unwrap();
        let sieve = query.sieve();
        let mut sifting = sieve.begin();
        let mut to = 0;
        for cut in cuts {
            to = json.len().min(to + cut);
            sifting.more(&json.as_bytes()[..to]);
        }
        let is_missing = !sifting.missing(json.as_bytes()).is_empty();
        prop_assert_eq!(is_missing, !sieve.missing(json.as_bytes()).is_empty());
        prop_assert_eq!(is_missing, text == "weak");
    }
}

#[test]
fn words_amid_latex_are_not_missing() {
    for (typed, text) in [
        ("godel", "G\\\"odel"),
        ("godel", "G\\\"{o}del"),
        ("soren", "S\\o ren"),
        ("l2", "an $\\ell_2$ norm"),
        ("ab strong", "ab \\textbf{s}trong"),
        ("strong", "\\textbf{s}\\emph{t}rong"),
        ("deep learning", "deep {\\bf learn}ing"),
        ("强x2", "强\n$x_2$"),
        ("强x2", "强 $x_2$"),
        ("q x2", "q $x_2$"),
        ("a强", "ａ 强"),
        ("强a化", "强 ａ 化"),
        ("强x", "强 $x$"),
        ("强x", "强\n$x$"),
        ("x强", "$x$ 强"),
        ("x强", "$x$\n强"),
        ("\\ulstrong", "\\ulstrong"),
        ("x1", "$x_1$"),
    ] {
        let query = Query::parse(typed, date(2025, 3, 3)).unwrap();
        let json = json!({ "t": text }).to_string();
        for json in [escaped(&json), json] {
            assert!(query.sieve().missing(json.as_bytes()).is_empty(), "{typed} in {json}");
        }
        assert!(is_found(&query, text), "{typed} in {text}");
    }
}

#[test]
fn words_with_blanks_and_marks_of_other_scripts_are_not_missing() {
    for (typed, text) in [
        ("text:3d高斯", "3D\u{3000}高斯"),
        ("\"grpo强化\"", "grpo\u{2009}强化"),
        ("\"grpo强化\"", "grpo\u{85}强化"),
        ("\"grpo强化\"", "grpo\u{1680} \u{205f}强化"),
        ("\"grpo强化\"", "grpo\n强化"),
        ("强化学习", "强\u{a0}化学\u{2028}习"),
        ("强化学习", "强\u{61c}化学习"),
        ("\"grpo\"", "gr\u{61c}po"),
        ("\"3d高斯\"", "$3D$\u{3000}高斯"),
        ("\"强化grpo\"", "强化\u{a0}\\textbf{grpo}"),
        ("\"grpo-2\"", "GRPO\\textbf{-2}"),
        ("\"co-op\"", "co{\\em -}op"),
    ] {
        let query = Query::parse(typed, date(2025, 3, 3)).unwrap();
        assert!(is_found(&query, text), "{typed} in {text}");
        let plain = json!({ "t": text }).to_string();
        let blanks_escaped = plain.chars().map(|c| match c {
            '\u{80}'..='\u{2fff}' | '\u{3000}' => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        });
        for json in [escaped(&plain), blanks_escaped.collect(), plain.clone()] {
            assert!(query.sieve().missing(json.as_bytes()).is_empty(), "{typed} in {json}");
        }
    }
    let query = Query::parse("\"强化学习\"", date(2025, 3, 3)).unwrap();
    let text = json!("强\u{c}化学习").to_string();
    assert!(query.sieve().surely(std::iter::once(text.as_bytes())).is_none(), "no blank for readers");
}

#[test]
fn words_that_are_not_there_are_missing() {
    let text = "Jos\u{e9} \u{201c}writes\u{201d}, in $\\mathcal{L}_1$ norms: 强，化学习 and ordinary English; 10\u{b0}".repeat(20);
    let json = json!({ "t": text, "u": [{"v": 1}, {"w": "{}"}] }).to_string();
    for (typed, is_missing) in [
        ("diffusion", true),
        ("rl", true),
        ("强化", true),
        ("policy gradient", true),
        ("ordinary", false),
        ("jose", false),
        ("化学习", false),
        ("writes", false),
        ("mathcal", false),
        ("text:norms", false),
        ("\"10\u{b0}\"", false),
        ("/x/", false),
    ] {
        let query = Query::parse(typed, date(2025, 3, 3)).unwrap();
        assert_eq!(!query.sieve().missing(json.as_bytes()).is_empty(), is_missing, "{typed}");
    }
}
