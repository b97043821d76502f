//! What the filter finds, in which order, and what it highlights.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use proptest::prelude::*;
use wenzhai::filter::{Haystack, Matcher, Query};
use wenzhai::model::Paper;
use wenzhai::text::fold_text;

fn paper(title: &str, title_zh: &str, authors: &[&str], keywords: &[&str], takeaways: &[&str]) -> Paper {
    let owned = |list: &[&str]| list.iter().map(|&s| s.to_owned()).collect();
    Paper {
        title: title.to_owned(),
        title_zh: Some(title_zh.to_owned()).filter(|t| !t.is_empty()),
        authors: owned(authors),
        keywords: owned(keywords),
        takeaways: owned(takeaways),
        ..Paper::default()
    }
}

fn titled(title: &str) -> Haystack {
    Haystack::of(&paper(title, "", &[], &[], &[]), "")
}

fn scores(query: &str, hay: &Haystack) -> bool {
    Matcher::new().score(&Query::new(query), hay).is_some()
}

#[test]
fn a_word_is_found_in_every_field() {
    let hay = Haystack::of(
        &paper(
            "Réinforcement Learning for Ｍaths",
            "用于数学的强化 学习",
            &["Ana García", "Bo Li", "何 明"],
            &["policy gradient", "奖励"],
            &["模型 GRPO 的提升来自奖励。"],
        ),
        "提出一种新方法 Q-RM",
    );
    #[rustfmt::skip]
    let table = [
        ("", true), ("   ", true),
        ("reinforcement", true), ("REINFORCEMENT", true), ("rnfrcmnt", true), ("ｒｌ", true), ("maths", true), ("xyz", false),
        ("garcia", true), ("GARCÍA", true), ("ana maths", true), ("maths ana", true), ("ana xyz", false),
        ("policygradient", true), ("policy gradient", true), ("plcy", true),
        ("强化学习", true), ("强学", false), ("强化", true), ("强化 奖励", true), ("强化奖励", false), ("何明", true),
        ("新方法q-rm", true), ("q-rm", true), ("模型grpo", true), ("grpo的", true),
        // Takeaways only whole.
        ("grpo", true), ("grp", true), ("gpo", false),
        // No hit is spread over two names or two fields.
        ("gradientana", false), ("anagarcia", true), ("garciabo", false), ("mathsana", false),
    ];
    for (query, expected) in table {
        assert_eq!(scores(query, &hay), expected, "{query}");
    }
}

#[test]
fn long_texts_and_strewn_letters_are_no_hits() {
    let long = format!("{} rx {}", "r a l ".repeat(60), "diffusion");
    assert!(scores("diffusion", &titled(&long)) && !scores("dffsn", &titled(&long)));
    // Letters in the middle of unrelated words, far apart.
    #[rustfmt::skip]
    let table = [
        ("rl", "Reinforcement learning of skills", true),
        ("rl", "Notes on RL", true),
        ("rl", "World models", true),
        ("rl", "Sparse attention in deeper models", false),
        ("grpo", "Group relative policy optimization", true),
        ("grpo", "Bridging structured pruning and codebooks of models", false),
        ("rlhf", "A study of reinforcement learning from human feedback", true),
        ("gan", "A generative adversarial network", true),
        ("llm", "Small language models", true),
        ("llm", "Statistical control of chemical systems", false),
        ("trsfmr", "On the transformer", true),
    ];
    for (query, title, expected) in table {
        assert_eq!(scores(query, &titled(title)), expected, "{query}: {title}");
    }
}

#[test]
fn the_best_hit_comes_first() {
    #[rustfmt::skip]
    let table: [(&str, &[&str]); 4] = [
        ("diffusion", &["Diffusion models", "Latent diffusion", "A study of diffuse illusion"]),
        ("rl", &["RL for agents", "Scaling RL", "World models", "A note on reinforcement learning"]),
        ("vision agent", &["Vision agents", "Agents for television", "Agents with visual imitation"]),
        ("强化", &["强化学习", "强化"]), // equal: list order
    ];
    for (query, titles) in table {
        let hays: Vec<_> = titles.iter().map(|t| titled(t)).collect();
        let reversed: Vec<_> = hays.iter().rev().cloned().collect();
        let best: Vec<_> = Matcher::new().rank(&Query::new(query), &hays);
        assert_eq!(best, (0..titles.len()).collect::<Vec<_>>(), "{query}");
        if query != "强化" {
            let best = Matcher::new().rank(&Query::new(query), &reversed);
            assert_eq!(best, (0..titles.len()).rev().collect::<Vec<_>>(), "{query}, reversed");
        }
    }
}

#[test]
fn a_title_counts_more_than_gist_authors_and_takeaways() {
    let word = "Mamba";
    let hays = [
        Haystack::of(&paper("x", "", &[], &[], &[word]), ""),
        Haystack::of(&paper("x", "", &[word], &[], &[]), ""),
        Haystack::of(&paper("x", "", &[], &[], &[]), word),
        Haystack::of(&paper("x", "", &[], &[word], &[]), ""),
        Haystack::of(&paper(word, "", &[], &[], &[]), ""),
        Haystack::of(&paper("x", "", &[], &[], &[]), ""),
    ];
    assert_eq!(Matcher::new().rank(&Query::new("mamba"), &hays), [4, 2, 3, 1, 0]);
    assert_eq!(Matcher::new().rank(&Query::new(""), &hays), [0, 1, 2, 3, 4, 5]);
}

/// `shown` with brackets around what is highlighted.
fn marked(query: &str, shown: &str) -> String {
    let mut out = shown.to_owned();
    for range in Matcher::new().highlight(&Query::new(query), shown).into_iter().rev() {
        out.insert(range.end, ']');
        out.insert(range.start, '[');
    }
    out
}

#[test]
fn whole_graphemes_are_highlighted() {
    #[rustfmt::skip]
    let table = [
        ("rl", "RL and url", "[RL] and u[rl]"),
        ("rein learn", "Reinforcement Learning", "[Rein]forcement [Learn]ing"),
        ("rnfrcm", "Reinforcement", "[R]ei[nf]o[rc]e[m]ent"),
        ("e", "ｅ", "[ｅ]"),
        ("ｅ", "e", "[e]"),
        ("e", "caf\u{e9}", "caf[\u{e9}]"),
        ("cafe", "cafe\u{301}s", "[cafe\u{301}]s"),
        ("é", "e\u{301}e", "[e\u{301}e]"),
        ("한", "한글", "[한]글"),
        ("한글", "\u{1112}\u{1161}\u{11ab}글", "[\u{1112}\u{1161}\u{11ab}글]"),
        ("👍", "ok 👍🏽!", "ok [👍🏽]!"),
        ("强化", "用强化学习", "用[强化]学习"),
        ("基于llm的", "基于 LLM 的推理", "[基于] [LLM] [的]推理"),
        ("fi", "ﬁne", "[ﬁ]ne"),
        ("强学", "强化学习", "强化学习"),
        ("xyz", "abc", "abc"),
        ("abc xyz", "abc", "[abc]"),
        ("", "abc", "abc"),
    ];
    for (query, shown, expected) in table {
        assert_eq!(marked(query, shown), expected, "{query}");
    }
}

#[test]
fn hostile_lengths_are_answered() {
    let long = "强r".repeat(100_000);
    let query = Query::new(&long);
    let hays = [titled(&long), titled("r")];
    assert_eq!(Matcher::new().rank(&query, &hays), [0]);
    assert!(!Matcher::new().highlight(&query, &long).is_empty());
    let blanks = Query::new(&"r ".repeat(100_000));
    assert_eq!(Matcher::new().rank(&blanks, &hays), [1, 0]);
    assert_eq!(Query::new(&" ".repeat(200_000)), Query::default());
    let expanding = Query::new(&"\u{fdfa}".repeat(200_000));
    assert_eq!(Matcher::new().rank(&expanding, &hays), [0; 0]);
}

proptest! {
    /// The prefilters lose nothing, and the same paper scores the same whatever was asked before.
    #[test]
    fn hits_are_those_of_a_plain_loop_over_the_fuzzy_matcher(
        titles in proptest::collection::vec("[a-eA-E éｅ]{0,24}|[a-c ]{250,260}", 1..12),
        query in "[a-eA-Eéｅ]{1,5}",
    ) {
        let word = fold_text(&query);
        let hays: Vec<_> = titles.iter().map(|t| titled(t)).collect();
        let matcher = Matcher::new();
        let query = Query::new(&query);
        let mut hits = matcher.rank(&query, &hays);
        hits.sort_unstable();
        let plain: Vec<usize> = (0..titles.len())
            .filter(|&i| {
                let title = fold_text(titles[i].trim_end());
                let score = SkimMatcherV2::default().fuzzy_indices(&title, &word).map(|(score, _)| score);
                if title.chars().count() > 256 {
                    title.contains(&word)
                } else {
                    score.is_some_and(|s| s >= 13 * i64::try_from(word.chars().count()).unwrap())
                }
            })
            .collect();
        prop_assert_eq!(hits, plain);
        let one_by_one: Vec<_> = hays.iter().map(|h| Matcher::new().score(&query, h)).collect();
        let backwards: Vec<_> = hays.iter().rev().map(|h| matcher.score(&query, h)).collect();
        prop_assert!(one_by_one.iter().eq(backwards.iter().rev()));
    }

    #[test]
    fn highlights_are_ordered_ranges_of_the_text(shown in "\\PC{0,40}|[a-c 强化é]{0,40}", query in "[a-c 强化]{0,6}") {
        let ranges = Matcher::new().highlight(&Query::new(&query), &shown);
        let mut end = 0;
        for range in ranges {
            prop_assert!(range.start >= end && range.start < range.end && range.end <= shown.len());
            prop_assert!(shown.is_char_boundary(range.start) && shown.is_char_boundary(range.end));
            end = range.end;
        }
    }
}
