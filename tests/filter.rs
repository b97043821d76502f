//! What the filter finds, in which order, and what it highlights.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use jiff::civil::date;
use proptest::prelude::*;
use wenzhai::filter::{Candidate, Facts, Haystack, Line, Matcher, Query, Subject};
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

fn hay(paper: &Paper, gist: &str) -> Haystack {
    let date = date(2025, 3, 3);
    Haystack::new(&Subject { paper, gist, date, category: None, tags: &[], note: None })
}

fn titled(title: &str) -> Haystack {
    hay(&paper(title, "", &[], &[], &[]), "")
}

fn query(typed: &str) -> Query {
    Query::parse(typed, date(2025, 3, 3)).unwrap_or_else(|e| panic!("{typed}: {e:?}"))
}

fn candidate(hay: &Haystack) -> Candidate<'_> {
    Candidate { hay, facts: Facts::default() }
}

fn scores(typed: &str, hay: &Haystack) -> bool {
    query(typed).score(&candidate(hay)).is_some()
}

fn rank(query: &Query, hays: &[Haystack]) -> Vec<usize> {
    Matcher::new().rank(query, &hays.iter().map(candidate).collect::<Vec<_>>())
}

#[test]
fn a_word_is_found_in_every_field() {
    let hay = hay(
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
        ("llm", "Small language models", false),
        ("llm", "Large language models", true),
        ("rag", "A benchmark and glyphs", false),
        ("rag", "Retrieval that augments generation", true),
        ("rag", "Fragments of storage", true),
        ("plcy", "On policy gradients", true),
        ("lora", "Learning from rewards", false),
        ("llm", "Statistical control of chemical systems", false),
        ("trsfmr", "On the transformer", true),
        ("reinforcement", "Responsive adaptation for video analytics against environment shift", false),
        ("reinforcment", "On reinforcement learning", true),
        ("multimodalbench", "A multimodal reasoning benchmark", true),
        ("chainthought", "Chain of thought prompting", true),
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
        ("vision agent", &["Vision agents", "Agents for television"]),
        ("强化", &["强化学习", "强化"]), // equal: list order
    ];
    for (typed, titles) in table {
        let hays: Vec<_> = titles.iter().map(|t| titled(t)).collect();
        let reversed: Vec<_> = hays.iter().rev().cloned().collect();
        let best: Vec<_> = rank(&query(typed), &hays);
        assert_eq!(best, (0..titles.len()).collect::<Vec<_>>(), "{typed}");
        if typed != "强化" {
            let best = rank(&query(typed), &reversed);
            assert_eq!(best, (0..titles.len()).rev().collect::<Vec<_>>(), "{typed}, reversed");
        }
    }
}

#[test]
fn a_title_counts_more_than_gist_authors_and_takeaways() {
    let word = "Mamba";
    let hays = [
        hay(&paper("x", "", &[], &[], &[word]), ""),
        hay(&paper("x", "", &[word], &[], &[]), ""),
        hay(&paper("x", "", &[], &[], &[]), word),
        hay(&paper("x", "", &[], &[word], &[]), ""),
        hay(&paper(word, "", &[], &[], &[]), ""),
        hay(&paper("x", "", &[], &[], &[]), ""),
    ];
    assert_eq!(rank(&query("mamba"), &hays), [4, 2, 3, 1, 0]);
    assert_eq!(rank(&query(""), &hays), [0, 1, 2, 3, 4, 5]);
}

/// `shown` with brackets around what is highlighted.
fn marked(typed: &str, shown: &str) -> String {
    let mut out = shown.to_owned();
    for range in query(typed).highlight(Line::Title, shown).into_iter().rev() {
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
    let query = query(&long);
    let hays = [titled(&long), titled("r")];
    assert_eq!(rank(&query, &hays), [0]);
    assert!(!query.highlight(Line::Title, &long).is_empty());
    assert_eq!(rank(&self::query(&"r ".repeat(100_000)), &hays), [1, 0]);
    assert!(self::query(&" ".repeat(200_000)).is_empty());
    assert_eq!(rank(&self::query(&"\u{fdfa}".repeat(200_000)), &hays), [0; 0]);
}

/// Says whether a word that was found at these places is in one piece, or made of beginnings of words; four letters and
/// more may be within one word, and more than four in a few pieces.
fn stands_out(letters: &[char], at: &[usize]) -> bool {
    let is_letter = |i: usize| letters.get(i).is_some_and(|c| c.is_alphanumeric());
    let starts = |i: usize| i == 0 || !is_letter(i - 1);
    let goes_on = |i: usize, j: usize| j == i + 1 || at.len() >= 4 && (i..j).all(is_letter);
    let steps = || at.iter().zip(at.iter().skip(1));
    let is_whole = steps().all(|(i, j)| *j == i + 1);
    let gaps = steps().filter(|(i, j)| **j != **i + 1).count();
    let ends = || at.first().copied().zip(at.last().copied());
    let is_one_word = || ends().is_some_and(|(first, last)| (first..last).all(is_letter));
    (at.len() > 4 && (gaps <= 1 + at.len() / 8 || is_one_word()))
        || is_whole
        || at.first().is_some_and(|i| starts(*i)) && steps().all(|(i, j)| starts(*j) || goes_on(*i, *j))
}

proptest! {
    /// The prefilters lose nothing, and the same paper scores the same whatever was asked before.
    #[test]
    fn hits_are_those_of_a_plain_loop_over_the_fuzzy_matcher(
        titles in proptest::collection::vec("[a-eA-E éｅ]{0,24}|[a-c ]{250,260}", 1..12),
        typed in "[a-eA-Eéｅ]{1,5}",
    ) {
        let word = fold_text(&typed);
        let hays: Vec<_> = titles.iter().map(|t| titled(t)).collect();
        let query = query(&typed);
        let mut hits = rank(&query, &hays);
        hits.sort_unstable();
        let plain: Vec<usize> = (0..titles.len())
            .filter(|&i| {
                let title = fold_text(titles[i].trim_end());
                let found = SkimMatcherV2::default().fuzzy_indices(&title, &word);
                let letters: Vec<char> = title.chars().collect();
                let score = found.filter(|(_, at)| stands_out(&letters, at)).map(|(score, _)| score);
                if title.chars().count() > 256 {
                    title.contains(&word)
                } else {
                    score.is_some_and(|s| s >= 13 * i64::try_from(word.chars().count()).unwrap())
                }
            })
            .collect();
        prop_assert_eq!(hits, plain);
        let one_by_one: Vec<_> = hays.iter().map(|h| query.score(&candidate(h))).collect();
        let backwards: Vec<_> = hays.iter().rev().map(|h| query.score(&candidate(h))).collect();
        prop_assert!(one_by_one.iter().eq(backwards.iter().rev()));
    }

    /// What is looked at first of several words, and what is not looked at any more, changes no answer.
    #[test]
    fn several_words_are_found_where_each_of_them_is(
        texts in proptest::collection::vec(("[a-e ]{0,24}", "[强化学习ab]{0,4}", "[a-e]{1,5}", "[a-e强化 ]{0,30}"), 1..8),
        words in proptest::collection::vec(
            "-?[a-e]{1,3}|[a-eqhx]{2,6}|qh|qiang|强化?|\"[a-c]{1,2} ?[a-c]?\"|(title|author|text|zh|id|tag):[a-c]{1,2}", 2..4,
        ),
    ) {
        let papers = texts.iter().map(|(title, zh, author, takeaway)| paper(title, zh, &[author], &[], &[takeaway]));
        let hays: Vec<_> = papers.map(|paper| hay(&paper, "")).collect();
        let whole = query(&words.join(" "));
        let mut narrowed = Matcher::new();
        let candidates: Vec<_> = hays.iter().map(candidate).collect();
        for end in 1..=words.len() {
            let typed = words[..end].join(" ");
            let query = query(&typed);
            let met: Vec<_> = (0..hays.len()).filter(|&i| query.score(&candidates[i]).is_some()).collect();
            let mut hits = narrowed.rank(&query, &candidates);
            hits.sort_unstable();
            prop_assert_eq!(hits, met, "{}", typed);
        }
        for candidate in &candidates {
            let each: Option<Vec<i64>> = words.iter().map(|word| query(word).score(candidate)).collect();
            prop_assert_eq!(whole.score(candidate), each.map(|scores| scores.into_iter().sum()), "{}", words.join(" "));
        }
    }

    #[test]
    fn highlights_are_ordered_ranges_of_the_text(shown in "\\PC{0,40}|[a-c 强化é]{0,40}", typed in "[a-c 强化]{0,6}") {
        let ranges = query(&typed).highlight(Line::Title, &shown);
        let mut end = 0;
        for range in ranges {
            prop_assert!(range.start >= end && range.start < range.end && range.end <= shown.len());
            prop_assert!(shown.is_char_boundary(range.start) && shown.is_char_boundary(range.end));
            end = range.end;
        }
    }
}
