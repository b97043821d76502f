//! Laws of sentences and their alignment, for any text; and real abstracts, printed to be checked by hand.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;

use std::ops::Range;
use std::path::Path;

use proptest::prelude::*;
use wenzhai::text::{align, sentences};

/// Texts that hold what the rules look at, in any order, beside any characters at all.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "We ", "propose ", "GPT-4 ", "gains ", "2.5 ", "et al. ", "e.g. ", "U.S. ", ". ", ".", "? ", "! ", "...", "[1]",
            "\"", ")", "我们", "提出", "。", "！", "？", "；", "……", "”", "（", "\n", "\n\n", " ", "https://a.org/b.c ", "v1.0",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// True where the ranges follow each other from the first byte of `text` to its last.
fn tile<'a>(text: &str, ranges: impl Iterator<Item = &'a Range<usize>>) -> bool {
    let mut end = 0;
    for range in ranges {
        if range.start != end || text.get(range.clone()).is_none() {
            return false;
        }
        end = range.end;
    }
    end == text.len()
}

proptest! {
    #[test]
    fn sentences_tile_the_text(text in any_text()) {
        let found = sentences(&text);
        prop_assert!(tile(&text, found.iter()));
        prop_assert!(found.iter().all(|r| !r.is_empty()));
    }

    #[test]
    fn pairs_tile_both_texts_and_hold_whole_sentences(en in any_text(), zh in any_text()) {
        let pairs = align(&en, &zh);
        prop_assert!(tile(&en, pairs.iter().map(|p| &p.en)));
        prop_assert!(tile(&zh, pairs.iter().map(|p| &p.zh)));
        prop_assert!(pairs.iter().all(|p| !p.en.is_empty() || !p.zh.is_empty()));
        let starts = |text: &str| sentences(text).into_iter().map(|r| r.start).chain([text.len()]).collect::<Vec<_>>();
        let (left, right) = (starts(&en), starts(&zh));
        prop_assert!(pairs.iter().all(|p| left.contains(&p.en.start) && right.contains(&p.zh.start)));
    }

    #[test]
    fn a_text_alone_has_a_pair_for_every_sentence(text in any_text()) {
        let count = sentences(&text).len();
        prop_assert_eq!(align(&text, "").len(), count);
        prop_assert_eq!(align("", &text).len(), count);
    }

    /// Sentences that name the same thing meet, however many a translator left out.
    #[test]
    fn numbered_sentences_meet(kept in prop::collection::vec(any::<bool>(), 1..40)) {
        let en = (0..kept.len())
            .map(|i| format!("Sample {i}00 of model M{i} shows that this holds on corpus C{i}. "))
            .collect::<Vec<_>>()
            .concat();
        let zh = (0..kept.len())
            .filter(|i| kept[*i])
            .map(|i| format!("模型 M{i} 的样本 {i}00 在语料 C{i} 上表明了这一点。"))
            .collect::<Vec<_>>()
            .concat();
        for pair in align(&en, &zh).into_iter().filter(|p| !p.zh.is_empty()) {
            let (_, rest) = zh[pair.zh].split_once('M').unwrap();
            let name: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let holds_it = en[pair.en.clone()].contains(&format!("M{name} "));
            prop_assert!(holds_it, "M{} is not in {}", name, &en[pair.en]);
        }
    }
}

/// One abstract with its translation.
struct Abstract {
    id: String,
    en: String,
    zh: String,
}

/// The abstracts of a corpus that have both sides, in the order of files.
fn abstracts(corpus: &Path) -> Vec<Abstract> {
    let mut found = Vec::new();
    for folder in ["chatpaperfree-text", "chatpaperfree-text-made"] {
        for listed in wenzhai::archive::list(&[corpus.join(folder)]).digests.iter() {
            for (i, paper) in wenzhai::archive::load(listed).unwrap().digest.papers.iter().enumerate() {
                if let (Some(en), Some(zh)) = (paper.abstract_en.clone(), paper.abstract_zh.clone()) {
                    found.push(Abstract { id: format!("{}#{i}", listed.date), en, zh });
                }
            }
        }
    }
    let file = "daily-arxiv-jsonl/junle-chen/2025-06-12_database_AI_enhanced_Chinese.jsonl";
    for line in std::fs::read_to_string(corpus.join(file)).unwrap().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |path| record.pointer(path).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        found.push(Abstract { id: text("/id"), en: text("/summary"), zh: text("/AI/summary_zh") });
    }
    found
}

/// Prints the pairs of 60 real abstracts for a reader who knows both languages; `--nocapture` shows them.
#[test]
fn real_abstracts_align() {
    let Some(corpus) = corpus::corpus() else { return };
    let (mut pairs, mut whole) = (0, 0);
    for Abstract { id, en, zh } in abstracts(&corpus).into_iter().take(60) {
        println!("== {id}");
        for pair in align(&en, &zh) {
            let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (en, zh) = (line(&en[pair.en]), line(&zh[pair.zh]));
            let counts = (sentences(&en).len(), sentences(&zh).len());
            println!("{}-{}\n  {en}\n  {zh}", counts.0, counts.1);
            pairs += 1;
            whole += usize::from(counts == (1, 1));
        }
    }
    println!("{pairs} pairs, {whole} of them one sentence each");
    assert!(pairs > 300 && whole * 10 > pairs * 8);
}
