//! Counts the instructions of one filter over 2,000 titles, against a plain loop of the fuzzy matcher:
//!
//! ```text
//! cargo bench --bench filter -- [ARCHIVE]
//! ```
//!
//! The titles are the newest of the archive; without one they are made up of few words, so that far more of them are hits.
//! Prints row I3: the ratios for a word and for a long query, what is aimed at, whether it is met. Needs valgrind.
#![expect(clippy::print_stdout, reason = "a program for the one who measures")]

#[path = "../support/callgrind.rs"]
mod callgrind;

use std::hint::black_box;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use wenzhai::filter::{Candidate, Facts, Haystack, Matcher, Query, Subject};
use wenzhai::model::{Date, Paper};

/// Says to a process of this program which loop it is to run, and with which query.
const RUN: &str = "WENZHAI_BENCH_FILTER";
const TITLES: usize = 2_000;
/// Queries, and what their ratio may be.
const QUERIES: [(&str, f64); 2] = [("diffusion", 0.9), ("multimodal reasoning benchmark", 0.25)];

/// Words of titles; what they are put together to is no title of anyone's.
const WORDS: [&str; 40] = [
    "Diffusion",
    "Models",
    "for",
    "Multimodal",
    "Reasoning",
    "Benchmark",
    "Learning",
    "with",
    "Language",
    "Vision",
    "Efficient",
    "Graph",
    "Networks",
    "Robust",
    "Policy",
    "Optimization",
    "Large",
    "Scale",
    "Towards",
    "Understanding",
    "Generation",
    "Video",
    "Agents",
    "Planning",
    "under",
    "Uncertainty",
    "Sparse",
    "Attention",
    "Long",
    "Context",
    "Retrieval",
    "Augmented",
    "Safety",
    "Evaluation",
    "of",
    "Neural",
    "Fields",
    "Medical",
    "Images",
    "Speech",
];

fn main() {
    if let Ok(what) = std::env::var(RUN) {
        let mut parts = what.splitn(3, '\n').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        let (how, archive) = (part(), part());
        run(&how, &titles(&archive), &part());
        return;
    }
    let archive = std::env::args().skip(1).find(|a| !a.starts_with("--")).unwrap_or_default();
    for (query, most) in QUERIES {
        let counts =
            ["none", "ours", "plain"].map(|how| callgrind::count(RUN, format!("{how}\n{archive}\n{query}")));
        let [Some(none), Some(ours), Some(plain)] = counts else { return };
        let ratio = (ours - none) / (plain - none);
        let met = if ratio <= most { "met" } else { "NOT met" };
        println!(
            "I3\tinstructions, filter {TITLES} titles by `{query}` / plain matcher\t{ratio:.3}\tat most {most}\t{met}"
        );
    }
}

/// Makes the titles and the haystacks, then filters the one or the other, or neither.
fn run(how: &str, titles: &[String], typed: &str) {
    let papers: Vec<Paper> = titles
        .iter()
        .map(|t| Paper { title: t.clone(), authors: vec!["Ada Ember".to_owned()], ..Paper::default() })
        .collect();
    let date = Date::default();
    let hay =
        |paper| Haystack::new(&Subject { paper, gist: "", date, category: None, tags: &[], note: None });
    let hays: Vec<Haystack> = papers.iter().map(hay).collect();
    let candidates: Vec<_> = hays.iter().map(|hay| Candidate { hay, facts: Facts::default() }).collect();
    let Ok(query) = Query::parse(typed, date) else { return };
    let matcher = SkimMatcherV2::default();
    // Threads are started once in the life of a program, and not by a filter.
    if let Ok(warm) = Query::parse("\"zzzz\"", date) {
        black_box(Matcher::new().rank(&warm, &candidates));
    }
    match how {
        "ours" => drop(black_box(Matcher::new().rank(&query, &candidates))),
        "plain" => {
            let mut hits: Vec<(i64, usize)> = titles
                .iter()
                .enumerate()
                .filter_map(|(i, t)| Some((matcher.fuzzy_match(t, typed)?, i)))
                .collect();
            hits.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
            black_box(hits);
        }
        _ => {}
    }
}

/// The newest titles of an archive, or made-up ones.
fn titles(archive: &str) -> Vec<String> {
    if archive.is_empty() {
        return (0..TITLES).map(title).collect();
    }
    let digests = wenzhai::archive::list(&[archive.into()]).digests;
    let loaded = digests.iter().filter_map(|what| wenzhai::archive::load(what).ok());
    loaded.flat_map(|l| l.digest.papers.clone()).map(|p| p.title).take(TITLES).collect()
}

/// The title with this number: eight to eleven words, the same ones each time.
fn title(n: usize) -> String {
    let mut seed = n as u64 * 0x9E37_79B9 + 7;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS.get((seed >> 33) as usize % WORDS.len()).copied().unwrap_or_default()
    };
    (0..8 + n % 4).map(|_| word()).collect::<Vec<_>>().join(" ")
}
