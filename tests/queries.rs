//! The query language: forty queries over the sample archive with the papers they find, what is said of those that
//! cannot be understood, and laws over any query.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/queries.rs"]
mod samples;

use jiff::civil::date;
use proptest::prelude::*;
use samples::{NAMES, QUERIES};
use wenzhai::catalogue::Lang;
use wenzhai::filter::{Candidate, Facts, Haystack, Line, Matcher, Query, QueryError, Subject};
use wenzhai::model::{Date, Loaded, Paper, Verdict, gist};

/// The day of the newest digest of the sample.
const TODAY: Date = date(2025, 3, 5);

/// What a test knows of a paper.
struct Known {
    /// What the tables call it: the name of its method.
    name: &'static str,
    hay: Haystack,
    facts: Facts,
}

/// The papers of the sample, and what was decided about some of them.
fn sample() -> Vec<Known> {
    let mut known = Vec::new();
    for what in wenzhai::archive::sample().digests.iter() {
        let Loaded { digest, .. } = wenzhai::archive::load(what).unwrap();
        for paper in &digest.papers {
            let name = NAMES.iter().find(|(id, _)| *id == paper.id).unwrap().1;
            let (tags, note) = match name {
                "dpo" => (vec!["rlhf".to_owned(), "强化学习".to_owned()], None),
                "adam" => (vec!["rl".to_owned()], Some("compare with SGD")),
                _ => (Vec::new(), None),
            };
            let verdict = match name {
                "dpo" | "lora" => Verdict::Bookmarked,
                "cot" => Verdict::Later,
                "bert" | "bart" => Verdict::Dismissed,
                _ => Verdict::Undecided,
            };
            let facts = Facts { verdict, is_read: name == "dpo", is_repeat: name == "vit" };
            let gist = gist(paper).unwrap_or_default();
            let category = digest.category.as_deref();
            let subject = Subject { paper, gist, date: digest.date, category, tags: &tags, note };
            known.push(Known { name, hay: Haystack::with_body(&subject), facts });
        }
    }
    assert_eq!(known.len(), NAMES.len());
    known
}

fn found(query: &str, known: &[Known]) -> String {
    let query = Query::parse(query, TODAY).unwrap_or_else(|e| panic!("{query}: {e:?}"));
    let papers: Vec<_> = known.iter().map(|k| Candidate { hay: &k.hay, facts: k.facts }).collect();
    let mut names: Vec<&str> =
        Matcher::new().rank(&query, &papers).into_iter().filter_map(|i| Some(known.get(i)?.name)).collect();
    names.sort_unstable();
    names.join(" ")
}

#[test]
fn forty_queries_over_the_sample() {
    let known = sample();
    assert!(QUERIES.len() >= 40);
    let wrong: Vec<_> =
        QUERIES.iter().map(|(q, want)| (*q, *want, found(q, &known))).filter(|(_, w, f)| w != f).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_what_was_expected() {
    #[rustfmt::skip]
    let table = [
        ("rl OR", "at 6: expected a word, \"phrase\", /regex/, field: or (", "第 6 字：此处应有词、\"短语\"、/正则/、字段: 或 ("),
        ("OR rl", "at 1: expected a word, \"phrase\", /regex/, field: or (", "第 1 字：此处应有词、\"短语\"、/正则/、字段: 或 ("),
        ("强化 -", "at 5: expected a word, \"phrase\", /regex/, field: or (", "第 5 字：此处应有词、\"短语\"、/正则/、字段: 或 ("),
        ("()", "at 2: expected a word, \"phrase\", /regex/, field: or (", "第 2 字：此处应有词、\"短语\"、/正则/、字段: 或 ("),
        ("a )b", "at 3: no ( before this ): expected a term or the end", "第 3 字：此 ) 之前没有 (：应为条件或结尾"),
        ("author:", "at 8: expected what to find after author:", "第 8 字：author: 后应有要找的内容"),
        ("a is:foo", "at 6: expected after is: bookmarked later dismissed undecided read repeat failed", "第 6 字：is: 后应为：bookmarked later dismissed undecided read repeat failed"),
        ("has:", "at 5: expected after has: zh summary takeaways code note", "第 5 字：has: 后应为：zh summary takeaways code note"),
        ("date:2025-13", "at 6: expected after date: 2025 2025-04 2025-04-03 A..B today 7d 2w 3m 1y", "第 6 字：date: 后应为：2025 2025-04 2025-04-03 A..B today 7d 2w 3m 1y"),
        ("date:2025-05..2025-04", "at 6: the range ends before it begins", "第 6 字：日期范围的终点早于起点"),
        ("x /a[/", "at 3: no regular expression: unclosed character class", "第 3 字：正则表达式有误：[ 没有配对的 ]"),
        ("/(a{999}){999}/", "at 1: no regular expression: too big", "第 1 字：正则表达式有误：太大"),
    ];
    for (typed, en, zh) in table {
        let wrong = Query::parse(typed, TODAY).unwrap_err();
        assert_eq!(wrong.say(typed, Lang::En), en);
        assert_eq!(wrong.say(typed, Lang::Zh), zh);
    }
}

#[test]
fn costly_regular_expressions_are_refused_or_answered() {
    let known = sample();
    for typed in [
        "/(x+x+)+y/",
        "/(a|aa|aaa|b)+z$/",
        "text:/[^x]*a[^x]{20}z/",
        "text:/(.*e.{9}){3}qq/",
        "/.*a.{200}z/",
        "/((((a*)*)*)*)*b\\d{9}/",
        "/(\\w+\\s+){40}/",
        "/(?i:\\p{L}{99})/",
        "/\\p{L}+\\p{L}+\\p{L}+9$/",
    ] {
        match Query::parse(typed, TODAY) {
            Ok(_) => assert_eq!(found(typed, &known), "", "{typed}"),
            Err(wrong) => assert!(wrong.say(typed, Lang::En).ends_with(": too big"), "{typed}"),
        }
    }
}

#[test]
fn what_may_not_be_meant_is_remarked() {
    #[rustfmt::skip]
    let table = [
        ("RAG: retrieval", "at 1: RAG: is no field, looked for as text; did you mean tag: ?"),
        ("x autor:he", "at 3: autor: is no field, looked for as text; did you mean author: ?"),
        ("quux:x", "at 1: quux: is no field, looked for as text"),
        ("\"ab", "at 1: \" is not closed yet"), ("(a OR b", "at 1: ( is not closed yet"), ("/ab", "at 1: / is not closed yet"),
        ("https://x.org a - b / c f(x) don't 1:2", ""),
    ];
    for (typed, want) in table {
        let query = Query::parse(typed, TODAY).unwrap();
        let said: Vec<_> = query.remarks.iter().map(|r| r.say(typed, Lang::En)).collect();
        assert_eq!(said.join("; "), want, "{typed}");
    }
    let long = "a ".repeat(200);
    let query = Query::parse(&long, TODAY).unwrap();
    assert_eq!(query.remarks[0].say(&long, Lang::En), "at 257: only the first 256 characters count");
}

#[test]
fn what_was_found_is_highlighted_and_what_must_not_be_there_is_not() {
    let title = "RAG: 基于检索的 Deep Retrieval for LLMs";
    #[rustfmt::skip]
    let table = [
        ("\"deep retrieval\"", "RAG: 基于检索的 [Deep Retrieval] for LLMs"),
        ("/re\\w+l|llm/", "RAG: 基于检索的 Deep [Retrieval] for [LLM]s"),
        ("deep -retrieval -/llm/", "RAG: 基于检索的 [Deep] Retrieval for LLMs"),
        ("(deep OR for) -(llms OR \"rag:\")", "RAG: 基于检索的 [Deep] Retrieval [for] LLMs"),
        ("jiansuo", "RAG: 基于[检索]的 Deep Retrieval for LLMs"),
        ("title:rag text:llm author:deep", "[RAG]: 基于检索的 Deep Retrieval for [LLM]s"),
        ("is:read has:zh date:2025", title), ("/x*/", title),
    ];
    for (typed, want) in table {
        let mut shown = title.to_owned();
        for range in Query::parse(typed, TODAY).unwrap().highlight(Line::Title, title).into_iter().rev() {
            shown.insert(range.end, ']');
            shown.insert(range.start, '[');
        }
        assert_eq!(shown, want, "{typed}");
    }
    let gist = Query::parse("title:rag deep", TODAY).unwrap().highlight(Line::Gist, title);
    assert_eq!(gist.len(), 1);
}

/// Parts of queries, put together at random: every piece of syntax, and what is like it.
fn typed() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-d强化é ]{1,4}",
        prop::sample::select(vec![
            "title:",
            "author:",
            "is:",
            "is:read ",
            "has:code ",
            "date:",
            "date:7d ",
            "date:2025-03.. ",
            "text:",
            "zh:",
            "tag:",
            "id:",
            "OR ",
            " OR ",
            "-",
            "(",
            ")",
            "（",
            "）",
            "\"",
            "“",
            "”",
            "/",
            "\\",
            ":",
            "：",
            "[",
            "*",
            "{9}",
            " ",
            "\u{3000}",
            "foo:",
            "qh",
            "qhxx",
        ])
        .prop_map(str::to_owned),
        "\\PC",
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

/// The text letter by letter: each of its beginnings, the shortest first.
fn beginnings(typed: &str) -> impl Iterator<Item = &str> {
    (0..=typed.len()).filter_map(|end| typed.get(..end))
}

fn hays() -> Vec<Haystack> {
    let papers = [
        ("a b强化学习", "c d"),
        ("abcd", "强化 é"),
        ("强化", "a. b"),
        ("d: (c) qhxx", ""),
        ("aabbcc dd", "b"),
        ("", ""),
    ];
    let hay = |(title, author): (&str, &str)| {
        let paper = Paper {
            title: title.into(),
            authors: vec![author.into()],
            takeaways: vec![format!("{author}强化学习")],
            ..Paper::default()
        };
        Haystack::with_body(&Subject {
            paper: &paper,
            gist: title,
            date: TODAY,
            category: Some("d"),
            tags: &["ab".into()],
            note: None,
        })
    };
    papers.into_iter().map(hay).collect()
}

fn hits(query: &Query, matcher: &mut Matcher, hays: &[Haystack]) -> Vec<usize> {
    let read = |i: usize| Facts { is_read: i.is_multiple_of(2), ..Facts::default() };
    let papers: Vec<_> = hays.iter().enumerate().map(|(i, hay)| Candidate { hay, facts: read(i) }).collect();
    matcher.rank(query, &papers)
}

proptest! {
    #[test]
    fn every_beginning_of_every_query_is_understood_or_has_an_error_with_a_place(typed in typed()) {
        for part in beginnings(&typed) {
            match Query::parse(part, TODAY) {
                Ok(query) => {
                    for remark in &query.remarks {
                        prop_assert!(part.get(remark.at.clone()).is_some());
                        prop_assert!(!remark.say(part, Lang::Zh).is_empty());
                    }
                }
                Err(QueryError { at, .. }) if part.get(at.clone()).is_none() => prop_assert!(false, "{at:?} of {part:?}"),
                Err(wrong) => prop_assert!(wrong.say(part, Lang::En).starts_with("at ")),
            }
        }
    }

    /// Narrowing loses nothing: typed letter by letter, a query has the hits that it has at once.
    #[test]
    fn a_growing_query_has_the_hits_of_a_plain_loop(typed in typed()) {
        let hays = hays();
        let mut growing = Matcher::new();
        for part in beginnings(&typed) {
            let Ok(query) = Query::parse(part, TODAY) else { continue };
            let at_once = hits(&query, &mut Matcher::new(), &hays);
            prop_assert_eq!(hits(&query, &mut growing, &hays), at_once, "{}", part);
        }
    }

    #[test]
    fn conditions_combine_as_sets(a in "\"[a-d强化é]{1,3}\"|is:read|/[ab]+/|tag:ab|cat:d", b in "强化|\"[a-d] ?[a-d]\"|author:[a-d]") {
        let hays = hays();
        let set = |typed: &str| {
            let mut hits = hits(&Query::parse(typed, TODAY).unwrap(), &mut Matcher::new(), &hays);
            hits.sort_unstable();
            hits
        };
        let (of_a, of_b) = (set(&a), set(&b));
        let filtered = |keep: &dyn Fn(&usize) -> bool| (0..hays.len()).filter(|i| keep(i)).collect::<Vec<_>>();
        prop_assert_eq!(set(&format!("{a} {b}")), filtered(&|i| of_a.contains(i) && of_b.contains(i)));
        prop_assert_eq!(set(&format!("{a} OR {b}")), filtered(&|i| of_a.contains(i) || of_b.contains(i)));
        prop_assert_eq!(set(&format!("-{a}")), filtered(&|i| !of_a.contains(i)));
        prop_assert_eq!(set(&format!("-({a} OR {b})")), filtered(&|i| !of_a.contains(i) && !of_b.contains(i)));
        prop_assert_eq!(set(&format!("{b} -{a} OR ({a} -{b})")), filtered(&|i| of_a.contains(i) != of_b.contains(i)));
    }

    #[test]
    fn highlights_are_whole_characters_in_order(typed in typed(), shown in "[a-d强化é :(]{0,20}|\\PC{0,20}") {
        let Ok(query) = Query::parse(&typed, TODAY) else { return Ok(()) };
        let mut end = 0;
        for range in query.highlight(Line::Title, &shown) {
            prop_assert!(range.start >= end && range.start < range.end && shown.get(range.clone()).is_some());
            end = range.end;
        }
    }
}
