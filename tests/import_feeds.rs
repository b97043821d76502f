//! Days of daily-arXiv-ai-enhanced, as JSON Lines and in every template of its Markdown, whole, cut and damaged.

#![cfg(test)]

#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use wenzhai::import::{Format, Parsed, detect, merge, parse, peek};
use wenzhai::model::{Digest, Paper};

const JSONL: Format = Format::DailyArxivJsonl;
const MARKDOWN: Format = Format::DailyArxivMarkdown;
const AI_DAY: &str = "2031-02-03_AI_enhanced_Chinese.jsonl";

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/feeds");
    fs::read(folder.join(name)).unwrap()
}

fn feed(format: Format, name: &str) -> Parsed {
    parse(format, &fixture(name), name).unwrap()
}

fn jsonl(text: &str) -> Parsed {
    parse(JSONL, text.as_bytes(), "2031-02-03.jsonl").unwrap()
}

fn problems(parsed: &Parsed) -> Vec<String> {
    parsed.problems.iter().map(ToString::to_string).collect()
}

fn papers(parsed: Parsed) -> Vec<Paper> {
    parsed.digest.clean().papers
}

/// What a record says, line ends within texts aside.
fn essence(paper: &Paper) -> Value {
    let mut texts: Map<String, Value> = json!({
        "id": paper.id, "title": paper.title, "title_zh": paper.title_zh, "authors": paper.authors,
        "abstract_en": paper.abstract_en, "abstract_zh": paper.abstract_zh, "summary": paper.summary,
        "keywords": paper.keywords, "comment": paper.comment, "categories": paper.categories,
    })
    .as_object()
    .unwrap()
    .clone();
    texts.extend(paper.sections.iter().map(|s| (s.key.clone(), json!(s.text))));
    for text in texts.values_mut() {
        if let Value::String(text) = text {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    Value::Object(texts)
}

const SECTIONS: &[&str] = &["tldr", "motivation", "method", "result", "conclusion"];

#[test]
fn every_template_says_what_the_lines_of_that_day_say() {
    let golden: Vec<_> = papers(feed(JSONL, AI_DAY)).iter().map(essence).collect();
    assert_eq!(golden.len(), 3);
    let marked = &["title_zh", "summary", "keywords", "comment", "categories", "ai_comments", "abstract_zh"];
    for (template, shows) in [
        ("task", &[SECTIONS, &["abstract_en"]].concat()),
        ("tldr", &[SECTIONS, &["abstract_en"]].concat()),
        ("headings", &[SECTIONS, &["summary", "abstract_zh"]].concat()),
        ("marked", &[SECTIONS, marked].concat()),
        ("translated", &[SECTIONS, &["abstract_zh", "categories"]].concat()),
        ("short", &[&["tldr"][..], &["abstract_zh", "categories"]].concat()),
        ("abstracts", &vec!["abstract_en", "categories"]),
    ] {
        let name = format!("2031-02-03_{template}.md");
        let bytes = fixture(&name);
        assert_eq!(detect(&bytes, &name), Some(MARKDOWN), "{template}");
        let (date, category) = peek(&bytes, &name);
        assert_eq!((date.map(|d| d.to_string()).as_deref(), category), (Some("2031-02-03"), None));
        let parsed = parse(MARKDOWN, &bytes, &name).unwrap();
        assert_eq!(problems(&parsed), Vec::<String>::new(), "{template}");
        let digest = parsed.digest.clean();
        assert_eq!(digest.papers.len(), 3, "{template}");
        for (paper, golden) in digest.papers.iter().zip(&golden) {
            let mut got = essence(paper);
            let always = ["id", "title", "authors"];
            for (key, value) in golden.as_object().unwrap() {
                if always.contains(&key.as_str()) || shows.contains(&key.as_str()) {
                    assert_eq!(&got[key], value, "{template}: {key}");
                } else if key == "categories" {
                    assert!(got[key].as_array().unwrap().len() <= 1, "{template}");
                } else {
                    assert!(got[key].is_null() || got[key] == json!([]), "{template}: {key}: {}", got[key]);
                }
                got.as_object_mut().unwrap().remove(key);
            }
            assert_eq!(got, json!({}), "{template}");
            assert_eq!(paper.extra.get("lines"), None, "{template}");
            assert!(paper.failed.is_empty(), "{template}: {:?}", paper.failed);
        }
    }
}

#[test]
fn a_line_of_json_gives_all_it_has() {
    let digest = feed(JSONL, AI_DAY).digest.clean();
    let paper = &digest.papers[0];
    assert_eq!(digest.category, None);
    assert_eq!(digest.sources[0].format, "daily-arxiv-jsonl");
    assert_eq!(paper.arxiv.as_ref().map(|a| (a.id.as_str(), a.version)), Some(("3102.00101", Some(1))));
    assert_eq!(paper.links.abs.as_deref(), Some("http://arxiv.org/abs/3102.00101v1"));
    assert_eq!(paper.links.pdf.as_deref(), Some("http://arxiv.org/pdf/3102.00101v1"));
    assert_eq!(paper.links.code.as_deref(), Some("https://github.com/paper-boats/fold"));
    assert_eq!(paper.extra, *json!({"guessed": ["code"]}).as_object().unwrap());
    assert_eq!(paper.language.as_deref(), Some("zh"));
    assert_eq!(
        (paper.published.as_deref(), paper.updated.as_deref()),
        (Some("2031-02-01"), Some("2031-02-02"))
    );
    assert_eq!(
        paper.sections.iter().map(|s| s.title.as_str()).collect::<Vec<_>>(),
        ["TL;DR", "Motivation", "Method", "Result", "Conclusion", "AI comments"]
    );
    assert_eq!(
        digest.papers.iter().map(|p| p.from.clone()).collect::<Vec<_>>(),
        [[(0, 1)], [(0, 2)], [(0, 3)]]
    );
    let plain = papers(feed(JSONL, "2031-02-03.jsonl"));
    assert!(plain.iter().all(|p| p.language.is_none() && p.failed.is_empty()));
}

#[test]
fn a_list_of_recommendations_is_a_feed_too() {
    let name = "recommended_2031-02-03_AI_enhanced_Chinese.jsonl";
    assert_eq!(detect(&fixture(name), name), Some(JSONL));
    let papers = papers(feed(JSONL, name));
    assert_eq!(papers[0].authors, ["Lantern Team", "Kuan-Chieh Berg"]);
    assert_eq!(papers[0].authors_raw.as_deref(), Some("Lantern Team, :, Kuan-Chieh Berg"));
    assert_eq!(
        (papers[0].abstract_en.as_deref(), papers[0].categories.as_slice()),
        (None, &["math.NA".to_owned()][..])
    );
    assert_eq!(papers[0].extra.get("is_priority"), Some(&json!(true)));
    assert_eq!((papers[1].section("tldr"), papers[1].failed.as_slice()), (None, &["tldr".to_owned()][..]));
}

#[test]
fn members_of_the_forks_have_their_places() {
    let fork = json!({
        "id": "3102.00007", "title": "T", "authors": [{"name": "Ada Lindqvist"}, ":", "Bo Zhao"], "summary": "S.",
        "categories": "cs.AI cs.LG", "cate": "cs.LG", "url": "http://arxiv.org/pdf/3102.00007v3",
        "code_url": "https://github.com/a/b", "code_stars": 5, "code_last_update": "2031-01-01",
        "relevance_analysis": {"relevance_score": 0.7, "keywords": ["x"]},
        "AI": {"task": "做", "summary_zh": "译", "keywords": ["a", "b"], "related_work": "r", "method": null},
    });
    let parsed = jsonl(&fork.to_string());
    assert_eq!(problems(&parsed), Vec::<String>::new());
    let paper = papers(parsed).remove(0);
    assert_eq!(paper.arxiv.map(|a| a.version), Some(Some(3)));
    assert_eq!(paper.authors, ["Ada Lindqvist", "Bo Zhao"]);
    assert_eq!(paper.categories, ["cs.LG", "cs.AI"]);
    assert_eq!((paper.links.abs, paper.links.pdf.is_some()), (None, true));
    assert_eq!(paper.links.code.as_deref(), Some("https://github.com/a/b"));
    assert_eq!(json!(paper.metrics), json!({"code_stars": 5, "relevance": 0.7}));
    assert_eq!(paper.sections.len(), 1);
    assert_eq!((paper.sections[0].key.as_str(), paper.sections[0].title.as_str()), ("tldr", "Task"));
    assert_eq!((paper.abstract_zh.as_deref(), paper.language.as_deref()), (Some("译"), Some("zh")));
    assert_eq!(paper.keywords, ["a", "b"]);
    assert_eq!(paper.failed, ["method"]);
    assert_eq!(paper.extra["code_last_update"], json!("2031-01-01"));
    assert_eq!(paper.extra["AI"], json!({"related_work": "r"}));
    assert_eq!(paper.extra["relevance_analysis"]["keywords"], json!(["x"]));
}

#[test]
fn odd_types_cost_nothing() {
    for (member, value, expected) in [
        ("title", json!(7), json!({"title": "7"})),
        ("title", json!(["a", "b"]), json!({"title": "a b"})),
        ("authors", json!("A B, :, C D"), json!({"authors": ["A B", "C D"]})),
        ("authors", json!(null), json!({"authors": []})),
        ("authors", json!(["A", 5]), json!({"authors": ["A"], "extra": {"authors": ["A", 5]}})),
        ("summary", json!({"en": "x"}), json!({"abstract_en": null, "extra": {"summary": {"en": "x"}}})),
        ("id", json!("arXiv:3102.00009v2"), json!({"id": "3102.00009"})),
        ("id", json!("http://arxiv.org/abs/3102.00009v2"), json!({"id": "3102.00009"})),
        ("id", json!(3102.0101), json!({"id": "3102.01010"})),
        ("id", json!(704.001), json!({"id": "0704.0010"})),
        ("id", json!("10.1000/x"), json!({"arxiv": null, "extra": {"id": "10.1000/x"}})),
        ("AI", json!("Error"), json!({"failed": ["summary"]})),
        ("AI", json!("free text"), json!({"extra": {"AI": "free text"}})),
        ("AI", json!(null), json!({"failed": []})),
        ("AI", json!([1]), json!({"extra": {"AI": [1]}})),
        ("AI", json!({"tldr": {"a": 1}}), json!({"sections": [], "extra": {"AI": {"tldr": {"a": 1}}}})),
        ("code_stars", json!("many"), json!({"metrics": {}, "extra": {"code_stars": "many"}})),
    ] {
        let mut line = json!({"id": "3102.00001", "title": "T"});
        line[member] = value.clone();
        let parsed = jsonl(&line.to_string());
        let said = problems(&parsed);
        let paper = json!(papers(parsed)[0]);
        for (key, expected) in expected.as_object().unwrap() {
            assert_eq!(&paper[key], expected, "{member} {value}: {said:?}");
        }
    }
}

#[test]
fn a_bad_line_costs_that_line() {
    let good = |n: u32| json!({"id": format!("3102.0000{n}"), "title": "T"}).to_string();
    let text = format!(
        "\u{feff}{}\r\n\r\n[1]\r{{\"id\": }}\n{}\n{{\"other\": 1}}\n\0\0\n{{\"title\": \"a\u{1}b\", \"title\": \"c\0d\"}}\n{{\"id\": \"3102",
        good(1),
        good(2)
    );
    let parsed = jsonl(&text);
    assert_eq!(
        problems(&parsed),
        [
            "2031-02-03.jsonl:3: this line is not readable and was left out: invalid type: sequence, expected an object",
            "2031-02-03.jsonl:4: this line is not readable and was left out: expected value",
            "2031-02-03.jsonl:6: neither a title nor an arXiv id: this is no paper and was left out",
            "2031-02-03.jsonl:7: this line is not readable and was left out: expected value",
            "2031-02-03.jsonl:8: bytes or escapes that no text may hold were replaced",
            "2031-02-03.jsonl:8: `title` is there more than once; the last one was taken",
            "2031-02-03.jsonl:9: the file ends within this paper; it was left out",
        ]
    );
    let papers = papers(parsed);
    assert_eq!(papers.iter().map(|p| p.from[0].1).collect::<Vec<_>>(), [1, 5, 8]);
    assert_eq!(papers[2].title, "c d");
    let conflict = format!("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n", good(1), good(2));
    assert_eq!(detect(conflict.as_bytes(), "2031-02-03.jsonl"), None);
    let whole = good(1).replace('}', ", \"summary\": \"s\"}");
    let conflict = conflict.replace(&good(1), &whole);
    assert_eq!(detect(conflict.as_bytes(), "2031-02-03.jsonl"), Some(JSONL));
    assert_eq!((jsonl(&conflict).digest.papers(), jsonl(&conflict).problems.len()), (2, 3));
    let deep = format!("{}\n{{\"id\": {}", good(1), "[".repeat(100_000));
    assert_eq!(jsonl(&deep).digest.papers(), 1);
}

#[test]
fn of_repeats_the_better_stays() {
    let record = |id: &str, ai: &Value| json!({"id": id, "title": "T", "AI": ai}).to_string();
    let whole = json!({"tldr": "好", "method": "法"});
    let lines = [
        record("3102.00001", &json!({"tldr": "错误：AI分析失败。", "method": null})),
        record("3102.00002", &whole),
        record("3102.00001", &json!({"tldr": "好", "method": "Method extraction failed"})),
        record("3102.00002", &json!({"tldr": "later", "method": "法"})),
        json!({"id": "3102.00003", "title": "plain"}).to_string(),
        record("3102.00003", &json!({"tldr": "好", "method": "Error: Failed to generate content."})),
    ];
    let parsed = jsonl(&lines.join("\n"));
    assert_eq!(
        problems(&parsed),
        [
            "2031-02-03.jsonl: 3 records repeat papers of this file; of each, the one with the fewest failed fields was kept"
        ]
    );
    let papers = papers(parsed);
    let got: Vec<_> = papers.iter().map(|p| (p.id.as_str(), p.section("tldr"), p.from[0].1)).collect();
    assert_eq!(
        got,
        [("3102.00001", Some("好"), 3), ("3102.00002", Some("好"), 2), ("3102.00003", Some("好"), 6)]
    );
}

#[test]
fn a_day_may_be_empty_and_a_page_may_be_another() {
    let empty_day = "2031-02-03_AI_enhanced_Chinese.jsonl";
    for text in ["", "\u{feff}", "\n \r\n"] {
        assert_eq!(detect(text.as_bytes(), empty_day), Some(JSONL));
        assert_eq!(parse(JSONL, text.as_bytes(), empty_day).unwrap().digest.papers(), 0);
        assert_eq!(detect(text.as_bytes(), "feed.jsonl"), None);
        assert_eq!(detect(text.as_bytes(), "2031-02-03.md"), None);
    }
    let none = "# AI-Enhanced arXiv Daily 2031-02-03\n\n### 今日没有找到新论文。\n";
    let readme = "# Papers every day\n\n## Features\n\n### [Demo](https://arxiv.org/abs/3102.00001)\n**Authors:** A\n\n{content}\n";
    for (format, text, detected, what) in [
        (JSONL, "", None, "no paper found: the file is empty"),
        (
            JSONL,
            "{\"id\": ",
            None,
            "no paper found: the file ends within this paper; it was left out in line 1",
        ),
        (
            MARKDOWN,
            "# README\n\nText.\n",
            None,
            "no paper found: there is no heading `### [title](address)`; this is another page, perhaps a README",
        ),
    ] {
        assert_eq!(detect(text.as_bytes(), "2031-02-03.md"), detected);
        assert_eq!(parse(format, text.as_bytes(), "2031-02-03.md").unwrap_err().what, what);
    }
    assert_eq!(detect(readme.as_bytes(), "2031-02-03.md"), None);
    assert_eq!(detect(none.as_bytes(), "2031-02-03.md"), Some(MARKDOWN));
    let day = parse(MARKDOWN, none.as_bytes(), "2031-02-03.md").unwrap();
    assert_eq!(day.digest.papers(), 0);
    assert_eq!(
        problems(&day),
        ["2031-02-03.md: a day without papers: the page says that no new ones were found"]
    );
    let undated = parse(JSONL, fixture(AI_DAY).as_slice(), "feed.jsonl").unwrap_err();
    assert!(undated.what.starts_with("no date found"), "{undated}");
}

#[test]
fn what_a_template_left_unfilled_is_missing() {
    let page = "# cs.RO [[Back]](#toc)\n\n### [12] [[A] Title](x) of [B]]([https://arxiv.org/abs/](https://arxiv.org/abs/)3102.00101)\n\
        > *{title_translation}*\n\n*Ada Lindqvist* | **Main category: cs.RO**\n\n**Keywords:** {keywords}\n\n\
        **Comment:** None\n\n> **TL;DR:** 短。\n\n<details>\n  <summary>Details</summary>\n\n\
        **Motivation:** N/A\n\n**Method:** 文中的\n\n---\n\n# 标题\n\n**Motivation:** 再说\n\n**Result:** {results}\n\n\
        > **ai_Abstract:** 概。\n\n</details>\n\nStray.\n\n<div id='cs.LG'></div>\n\n# cs.LG [[Back]](#toc)\n";
    let parsed = parse(MARKDOWN, page.as_bytes(), "2031-02-03.md").unwrap();
    // The stray line is named.
    let what = "2031-02-03.md:33: lines from here on belong to no part of a paper; kept with the paper above";
    assert_eq!(problems(&parsed), [what]);
    let paper = papers(parsed).remove(0);
    assert_eq!(paper.title, "[A] Title](x) of [B]");
    assert_eq!(paper.id, "3102.00101");
    assert_eq!(paper.links.abs.as_deref(), Some("https://arxiv.org/abs/3102.00101"));
    assert_eq!((paper.title_zh.as_deref(), paper.comment.as_deref()), (None, None));
    assert_eq!(paper.failed, ["title_zh", "keywords", "motivation", "result"]);
    // Marks and labels within a text are its own.
    assert_eq!(paper.section("method"), Some("文中的\n\n---\n\n# 标题\n\n**Motivation:** 再说"));
    assert_eq!((paper.section("tldr"), paper.summary.as_deref()), (Some("短。"), Some("概。")));
    assert_eq!(paper.extra.get("lines"), Some(&json!(["Stray."])));
}

#[test]
fn the_name_says_which_day_it_is() {
    let page = String::from_utf8(fixture("2031-02-03_short.md")).unwrap();
    let parsed = parse(MARKDOWN, page.as_bytes(), "2031-02-04.md").unwrap();
    assert_eq!(parsed.digest.date().to_string(), "2031-02-04");
    assert_eq!(
        problems(&parsed),
        [
            "2031-02-04.md: the page's heading says 2031-02-03; it was read as 2031-02-04, as the file is named"
        ]
    );
    assert_eq!(parse(MARKDOWN, page.as_bytes(), "day.md").unwrap().digest.date().to_string(), "2031-02-03");
    assert_eq!(peek(page.as_bytes(), "day.md").0.map(|d| d.to_string()).as_deref(), Some("2031-02-03"));
}

#[test]
fn lines_and_page_of_one_day_are_one_digest() {
    let part = |format, name: &str| feed(format, name).digest;
    let parts =
        || vec![part(JSONL, "2031-02-03.jsonl"), part(MARKDOWN, "2031-02-03_marked.md"), part(JSONL, AI_DAY)];
    let merged = merge(parts()).unwrap();
    let files: Vec<_> = merged.clone().clean().sources.into_iter().filter_map(|s| s.file).collect();
    // Lines without anything a model wrote come last.
    assert_eq!(files, [AI_DAY, "2031-02-03_marked.md", "2031-02-03.jsonl"]);
    let mut turned = parts();
    turned.reverse();
    assert_eq!(merge(turned).unwrap(), merged);
    let papers = merged.clean().papers;
    assert_eq!(papers.len(), 3);
    for paper in papers {
        let other =
            paper.extra["other"].as_array().unwrap().iter().flat_map(|o| o.as_object().unwrap().keys());
        // Only the addresses differ: with and without a version.
        assert!(other.clone().all(|k| ["from", "links", "arxiv"].contains(&k.as_str())), "{paper:?}");
    }
}

#[test]
fn no_prefix_panics_or_loses_a_paper() {
    for (format, name) in [
        (JSONL, AI_DAY),
        (MARKDOWN, "2031-02-03_task.md"),
        (MARKDOWN, "2031-02-03_marked.md"),
        (MARKDOWN, "2031-02-03_headings.md"),
        (MARKDOWN, "2031-02-03_short.md"),
    ] {
        let bytes = fixture(name);
        let mut most = 0;
        for end in 0..bytes.len() {
            let head = &bytes[..end];
            let _ = (detect(head, name), peek(head, name));
            let papers = parse(format, head, name).map_or(0, |p| p.digest.clean().papers.len());
            assert!(papers >= most, "{name} at {end}");
            most = papers;
        }
        assert!(most >= 2, "{name}");
        let cr = String::from_utf8(bytes).unwrap();
        for ends in ["\r\n", "\r"] {
            let text = cr.replace('\n', ends);
            let digest: Digest = parse(format, text.as_bytes(), name).unwrap().digest.clean();
            assert_eq!(digest.papers.len(), 3, "{name}");
        }
    }
    let page = String::from_utf8(fixture("2031-02-03_marked.md")).unwrap();
    let (cut, _) = page.split_once("**Result:** 画").unwrap();
    let parsed = parse(MARKDOWN, cut.as_bytes(), "2031-02-03.md").unwrap();
    assert_eq!(parsed.digest.papers(), 3);
    let said = problems(&parsed);
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("this paper has no end"), "{said:?}");
    let (cut, _) = page.split_once("02.00102)").unwrap();
    let said = problems(&parse(MARKDOWN, cut.as_bytes(), "2031-02-03.md").unwrap());
    assert!(
        said.iter().any(|p| p.ends_with("the file ends within this heading; the paper was left out")),
        "{said:?}"
    );
}

#[test]
fn a_title_may_be_broken_over_lines() {
    let page = |title: &str| {
        format!(
            "### [1] [{title}](https://arxiv.org/abs/3102.00001)\n*A B*\n\nMain category: cs.AI\n\nTL;DR: 短。\n\n\
                 ### [2] [Next](https://arxiv.org/abs/3102.00002)\n*A B*\n\nTL;DR: 短。\n"
        )
    };
    for title in ["Boats [of\n  Paper]", "Boats [of\r\nPaper]", "Boats\n [of\nPaper]"] {
        let text = page(title);
        assert_eq!(detect(text.as_bytes(), "2031-02-03.md"), Some(MARKDOWN), "{title:?}");
        let parsed = parse(MARKDOWN, text.as_bytes(), "2031-02-03.md").unwrap();
        assert_eq!(problems(&parsed), Vec::<String>::new(), "{title:?}");
        let papers = papers(parsed);
        assert_eq!(papers[0].title, "Boats [of Paper]", "{title:?}");
        assert_eq!((papers[0].section("tldr"), papers[1].from[0].1 > 7), (Some("短。"), true), "{title:?}");
    }
    for cut in ["### [2] [Ne", "### [", "##"] {
        let page = page("Boats");
        let text = format!("{}{cut}", page.rsplit_once("### [2] [Next").unwrap().0);
        let parsed = parse(MARKDOWN, text.as_bytes(), "2031-02-03.md").unwrap();
        assert_eq!(
            problems(&parsed),
            ["2031-02-03.md:8: the file ends within this heading; the paper was left out"],
            "{cut}"
        );
    }
}

#[test]
fn a_table_of_contents_tells_how_many_papers_there_were() {
    let paper =
        "### [1] [T](https://arxiv.org/abs/3102.00001)\n*A B*\n\nMain category: cs.AI\n\nTL;DR: 短。\n";
    for (contents, listed) in [
        ("- [cs.AI](#cs.AI) [Total: 1]\n- [math.NA](#math.NA) [Total: 12]\n", Some(13)),
        ("- [cs.AI](#csai) (1 篇)\n- [cs.X2](#x) (2 篇)\n", Some(3)),
        ("- [cs.DB (2)](#cs-db)\n", Some(2)),
        ("- [cs.DB (1)](#cs-db)\n- [About 2031](#about)\n", None),
    ] {
        let parsed = parse(MARKDOWN, format!("{contents}\n{paper}").as_bytes(), "2031-02-03.md").unwrap();
        let want = listed
            .map(|n| format!("2031-02-03.md: the table of contents counts {n} papers, of which 1 are here"));
        assert_eq!(problems(&parsed), want.into_iter().collect::<Vec<_>>(), "{contents}");
    }
}

#[test]
fn half_a_surrogate_pair_costs_one_character() {
    let line = r#"{"id": "3102.00001", "title": "Boats \ud800 and \phi", "authors": ["A"], "summary": "s"}"#;
    let parsed = jsonl(line);
    assert_eq!(
        problems(&parsed),
        ["2031-02-03.jsonl:1: bytes or escapes that no text may hold were replaced"]
    );
    assert_eq!(papers(parsed)[0].title, "Boats \u{fffd} and \\phi");
}

fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        "### (\\[[0-9]\\] )?\\[[a-z\\[\\](]{0,6}\\]\\(http://arxiv.org/abs/3102.0000[0-9]\\)",
        "(> )?(\\*\\*)?(TL;DR|Task|Motivation|Method|Abstract|摘要翻译|ai_Abstract|Comment|Keywords)(:|：)(\\*\\*)? ?[a-z文]{0,5}",
        "(#|##|####) (TL;DR:|Conclusion: |Abstract|中文摘要 \\(x\\)|cs.LG \\[\\[Back\\]\\]\\(#toc\\))",
        "(<details>|</details>|  <summary>Details</summary>|---|\\*a, b\\*( \\| \\*\\*Category: x, y\\*\\*)?|> \\*文\\*)",
        "\\PC{0,8}",
        Just(String::new()),
    ]
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in ["2031-02-03.jsonl", "2031-02-03.md"] {
            let _ = (detect(&bytes, name), peek(&bytes, name));
            let _ = (parse(JSONL, &bytes, name), parse(MARKDOWN, &bytes, name));
        }
    }

    #[test]
    fn no_order_of_lines_panics(lines in prop::collection::vec(fragment(), 0..40)) {
        let page = format!("### [T](https://arxiv.org/abs/3102.00001)\n{}", lines.join("\n"));
        let parsed = parse(MARKDOWN, page.as_bytes(), "2031-02-03.md");
        if let Ok(parsed) = parsed {
            let json = parsed.digest.to_json();
            let again = parse(Format::Native, json.as_bytes(), "2031-02-03.json").unwrap();
            prop_assert_eq!(again.digest.to_json(), json);
        }
    }

    #[test]
    fn a_damaged_byte_costs_one_line(at in 0..4000_usize, byte in any::<u8>()) {
        let mut bytes = fixture(AI_DAY);
        let at = at % bytes.len();
        // Without its line end a line costs the next one too.
        prop_assume!(bytes[at] != b'\n');
        bytes[at] = byte;
        let parsed = parse(JSONL, &bytes, AI_DAY).unwrap();
        prop_assert!(parsed.digest.papers() >= 1);
        prop_assert!(parsed.digest.papers() + parsed.problems.len() >= 3);
    }
}

#[test]
fn real_days_give_what_their_truth_says() {
    let Some(folder) = corpus::corpus() else { return };
    for (file, truth) in corpus::truth(&folder) {
        let format = match truth[0]["format"].as_str() {
            Some("daily-arxiv-jsonl") => JSONL,
            Some("daily-arxiv-markdown") => MARKDOWN,
            _ => continue,
        };
        let bytes = fs::read(folder.join(&file)).unwrap();
        assert_eq!(detect(&bytes[..bytes.len().min(1 << 16)], &file), Some(format), "{file}");
        let parsed = parse(format, &bytes, &file).unwrap();
        // One page was cut after 60 papers, and its table of contents says so.
        let said = problems(&parsed);
        assert!(
            said.iter().all(|p| p.ends_with("counts 381 papers, of which 60 are here")),
            "{file}: {said:?}"
        );
        let papers = papers(parsed);
        assert_eq!(papers.len(), truth.len(), "{file}");
        for (paper, truth) in papers.iter().zip(&truth) {
            assert_eq!(json!(paper.title), truth["title"], "{file}");
            assert_eq!(json!(paper.id), truth["arxiv_id"], "{file}");
            assert_eq!(json!(paper.authors), truth["authors"], "{file}: {}", paper.title);
            let failed = truth["failed_fields"].as_array().unwrap().len();
            assert_eq!(paper.failed.len(), failed, "{file}: {}", paper.title);
            for (field, has) in [
                ("abstract_en_sha1", paper.abstract_en.is_some()),
                ("abstract_zh_sha1", paper.abstract_zh.is_some()),
                ("summary_sha1", paper.summary.is_some()),
                ("tldr_first60", paper.section("tldr").is_some()),
                ("conclusion_first60", paper.section("conclusion").is_some()),
            ] {
                assert_eq!(has, !truth[field].is_null(), "{file}: {}: {field}", paper.title);
            }
        }
    }
}
