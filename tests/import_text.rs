//! Captures of a digest page in the two known layouts and in others, whole, cut and damaged.

#![cfg(test)]

#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};
use wenzhai::import::{Format, Parsed, detect, parse, peek};
use wenzhai::model::Digest;

const TEXT: Format = Format::ChatPaperFreeText;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(fixtures().join(name)).unwrap()
}

fn text(bytes: &[u8]) -> Parsed {
    parse(TEXT, bytes, "2031-02-03_x.txt").unwrap()
}

fn problems(parsed: &Parsed) -> Vec<String> {
    parsed.problems.iter().map(ToString::to_string).collect()
}

/// What every layout must give alike.
fn essence(digest: &Digest) -> Value {
    let papers = digest.papers.iter().map(|p| {
        json!({
            "title": p.title, "authors": p.authors, "abstract_en": p.abstract_en, "abstract_zh": p.abstract_zh,
            "summary": p.summary, "takeaways": p.takeaways, "comment": p.comment,
        })
    });
    papers.collect()
}

#[test]
fn every_layout_gives_the_same_papers() {
    let golden: Value = serde_json::from_slice(&fixture("papers.json")).unwrap();
    let category = Some("Small Models");
    for (layout, category) in [
        ("spaced", category),
        ("compact", None),
        ("dots", category),
        ("markdown", None),
        ("wrapped", category),
        ("loose", None),
        ("bare", None),
        ("unlabelled", None),
    ] {
        let name = format!("2031-02-03_{layout}.txt");
        let bytes = fixture(&name);
        assert_eq!(detect(&bytes, &name), Some(TEXT), "{layout}");
        let (date, peeked) = peek(&bytes, &name);
        assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2031-02-03"), "{layout}");
        assert_eq!(peeked.as_deref(), category, "{layout}");
        let parsed = parse(TEXT, &bytes, &name).unwrap();
        // Without any line that ends a paper, a last one without takeaways may have been cut.
        assert_eq!(problems(&parsed).len(), usize::from(layout == "bare"), "{layout}");
        let mut digest = parsed.digest.clean();
        assert_eq!(digest.category.as_deref(), category, "{layout}");
        // Layouts differ in where a text has its line ends.
        digest.each_text(&mut |text, _| *text = text.replace('\n', " "));
        pretty_eq(&essence(&digest), &golden, layout);
    }
}

fn pretty_eq(got: &Value, golden: &Value, layout: &str) {
    let pretty = |v: &Value| serde_json::to_string_pretty(v).unwrap();
    let (got, golden) = (pretty(got), pretty(golden));
    let differing: Vec<_> = got.lines().zip(golden.lines()).filter(|(a, b)| a != b).collect();
    assert!(got == golden, "{layout}: {differing:#?}");
}

#[test]
fn the_page_says_what_it_is() {
    let digest = text(&fixture("2031-02-03_spaced.txt")).digest.clean();
    assert_eq!(digest.notices.len(), 3);
    assert!(digest.notices[0].starts_with("⚠️ 以下"));
    let source = &digest.sources[0];
    assert_eq!(source.format, "chatpaperfree-text");
    assert_eq!(source.licence.as_deref(), Some("CC BY 4.0"));
    assert_eq!(source.sha256.as_ref().map(String::len), Some(64));
    let papers = &digest.papers;
    assert_eq!(papers.iter().map(|p| p.from.clone()).collect::<Vec<_>>(), [[(0, 12)], [(0, 39)], [(0, 61)]]);
    assert_eq!(
        papers[0].authors_raw.as_deref(),
        Some("Ada Lindqvist, :, Bo Zhao, Renée Okafor, Wei Min Tan")
    );
    assert_eq!(papers[0].links.code.as_deref(), Some("https://github.com/lantern-maps/lantern"));
    assert_eq!(papers[0].links.project.as_deref(), Some("https://lantern-maps.example.org/cities"));
    assert_eq!(papers[0].extra.get("guessed"), Some(&json!(["code", "project"])));
    assert_eq!(papers[0].language.as_deref(), Some("zh"));
    assert!(papers.iter().all(|p| p.id.starts_with("t:") && p.arxiv.is_none()));
}

#[test]
fn links_that_an_extractor_kept_are_used() {
    let digest = text(&fixture("2031-02-03_markdown.txt")).digest.clean();
    let paper = &digest.papers[1];
    assert_eq!(paper.id, "3102.00002");
    assert_eq!(paper.links.abs.as_deref(), Some("http://arxiv.org/abs/3102.00002v1"));
    assert_eq!(paper.links.cool_papers.as_deref(), Some("https://papers.cool/arxiv/3102.00002"));
    assert_eq!(paper.images, ["https://pic.example.org/1.jpg"]);
}

#[test]
fn a_cut_capture_gives_what_is_there_and_says_so() {
    let bytes = fixture("2031-02-03_spaced.txt");
    let all = String::from_utf8(bytes).unwrap();
    let cut = |mark: &str| all.split_once(mark).unwrap().0.to_owned();
    let in_list = text(cut("达到下界的协议。\n").as_bytes());
    assert_eq!(in_list.digest.papers(), 2);
    assert_eq!(problems(&in_list), ["2031-02-03_x.txt:49: the capture ends in the middle of a paper"]);
    let in_title = text(cut("to Paper Boats").as_bytes());
    assert_eq!(in_title.digest.papers(), 2);
    assert_eq!(
        problems(&in_title),
        ["2031-02-03_x.txt:61: 1 line below the last paper belong to no paper and were left out"]
    );
    let (_, tail) = all.split_once("读地图对人").unwrap();
    let without_head = text(tail.as_bytes());
    assert_eq!(without_head.digest.papers(), 2);
    assert_eq!(without_head.digest.date().to_string(), "2031-02-03");
    assert_eq!(problems(&without_head).len(), 1);
}

#[test]
fn a_capture_cut_within_the_takeaways_of_its_only_paper_says_so() {
    let page = "2031-02-03 更新\nT of some length\nAuthors:A B\nAn abstract.\n我们。\n论文及项目相关链接\nSummary\n摘要。\n";
    let said = |list: &str| problems(&text(format!("{page}Key Takeaways\n{list}").as_bytes())).len();
    assert_eq!(said("- 甲"), 1);
    assert_eq!(said("- 甲。\n- 乙"), 1);
    assert_eq!(said("- 甲。\n- 乙。"), 0);
    assert_eq!(said("- 甲\n- 乙"), 0);
}

#[test]
fn no_prefix_of_a_capture_panics() {
    for (name, step) in
        [("2031-02-03_spaced.txt", 1), ("2031-02-03_markdown.txt", 5), ("2031-02-03_wrapped.txt", 5)]
    {
        let bytes = fixture(name);
        let mut most = 0;
        for end in (0..bytes.len()).step_by(step) {
            let head = &bytes[..end];
            let _ = (detect(head, name), peek(head, name));
            let papers = parse(TEXT, head, name).map_or(0, |p| p.digest.clean().papers.len());
            assert!(papers >= most, "{name} at {end}");
            most = papers;
        }
        assert_eq!(most, 3);
    }
}

#[test]
fn damage_costs_what_it_hits() {
    let good = fixture("2031-02-03_compact.txt");
    let mut bad = good.clone();
    let at = good.windows(6).position(|w| w == b"energy").unwrap();
    bad[at] = 0xff;
    let parsed = text(&bad);
    assert_eq!(
        problems(&parsed),
        ["2031-02-03_x.txt:25: bytes that are not UTF-8 were replaced by U+FFFD, here first"]
    );
    assert_eq!(parsed.digest.papers(), 3);

    let failed = String::from_utf8(good).unwrap().replace("本文证明沉默的代价", "错误:AI分析失败。\nX");
    let failed = failed.lines().filter(|l| !l.starts_with('X')).collect::<Vec<_>>().join("\n");
    let digest = text(failed.as_bytes()).digest.clean();
    assert_eq!(
        (digest.papers[1].summary.as_deref(), digest.papers[1].failed.as_slice()),
        (None, &["summary".to_owned()][..])
    );
    assert_eq!(digest.papers[1].takeaways.len(), 3);
}

#[test]
fn two_pages_in_one_file_are_told() {
    let page = String::from_utf8(fixture("2031-02-03_spaced.txt")).unwrap();
    let both = format!("{page}{}", page.replace("2031-02-03 更新", "2031-02-04 更新"));
    let parsed = text(both.as_bytes());
    assert_eq!(parsed.digest.papers(), 6);
    assert_eq!(
        problems(&parsed),
        ["2031-02-03_x.txt:98: another page starts here, of 2031-02-04; it was read as 2031-02-03"]
    );
    let digest = parsed.digest.clean();
    assert_eq!(digest.papers[3].title, digest.papers[0].title);
    assert_eq!(digest.papers[2].takeaways, digest.papers[5].takeaways);
}

#[test]
fn what_is_no_digest_is_refused_in_one_sentence() {
    for (head, name) in [
        ("", "2025-05-01.txt"),
        ("{}", "a.json"),
        ("[]", "a.json"),
        ("{\"id\": \"1\", \"papers_read\": 3}", "a.jsonl"),
        ("<!DOCTYPE html><p>Authors: A</p>2025-05-01 更新", "a.html"),
        ("# README\n\nAuthors: see AUTHORS.\n\nSummary of the project.\n", "README.md"),
        ("嘘~ 正在从服务器偷取页面 . . .\n", "a.txt"),
    ] {
        assert_eq!(detect(head.as_bytes(), name), None, "{head}");
        for format in Format::ALL {
            let problem = parse(format, head.as_bytes(), name).unwrap_err();
            assert!(problem.to_string().starts_with(name) && !problem.what.contains('\n'), "{problem}");
        }
    }
    let problem = parse(TEXT, "T\nAuthors:A\nSummary\nb".as_bytes(), "x.txt").unwrap_err();
    assert_eq!(problem.what, "no date found: neither a line `YYYY-MM-DD 更新` nor one in the file's name");
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Some(format));
    }
}

/// Lines as a capture has them, in any order.
fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ \t]{0,3}(Authors:|Authors: A, :, B|PDF|PDF x|Summary|摘要：文|Key Takeaways:|要点|Cool Papers|ChatPaperFree)",
        "(论文及项目相关链接|点此查看论文截图|2025-05-01 更新|嘘~ 页面|⚠️ x|文章作者: K|上一篇|错误:AI分析失败。)",
        "(  1\\. |•|\\* |- |2、|3\\)|\\(4\\)|1\\.2)[a-z文。]{0,5}",
        "[A-Za-z文字，。. ]{0,30}",
        "\\PC{0,8}",
        Just(String::new()),
    ]
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = (detect(&bytes, "a"), peek(&bytes, "a"));
        for format in Format::ALL {
            let _ = parse(format, &bytes, "2025-05-01.x");
        }
    }

    #[test]
    fn no_order_of_lines_panics_or_loses_a_record(lines in prop::collection::vec(fragment(), 0..40)) {
        let page = format!("T\nAuthors:A\n{}", lines.join("\n"));
        let parsed = parse(TEXT, page.as_bytes(), "2025-05-01.txt").unwrap();
        prop_assert!(parsed.digest.papers() >= 1);
        let json = parsed.digest.to_json();
        let again = parse(Format::Native, json.as_bytes(), "2025-05-01.txt").unwrap();
        prop_assert_eq!(again.digest.to_json(), json);
    }
}

#[test]
fn real_captures_give_what_their_truth_says() {
    let Some(folder) = corpus::corpus() else { return };
    for (file, papers) in corpus::truth(&folder) {
        let bytes = fs::read(folder.join(&file)).unwrap();
        let head = &bytes[..bytes.len().min(1 << 16)];
        if !file.starts_with("chatpaperfree-text") {
            assert_ne!(detect(head, &file), Some(TEXT), "{file}");
            continue;
        }
        assert_eq!(detect(head, &file), Some(TEXT), "{file}");
        let parsed = parse(TEXT, &bytes, &file).unwrap();
        assert_eq!(problems(&parsed), Vec::<String>::new());
        let digest = parsed.digest.clean();
        assert_eq!(digest.papers.len(), papers.len(), "{file}");
        let mut most = 0;
        for end in (0..bytes.len()).step_by(1999) {
            let cut = parse(TEXT, &bytes[..end], &file).map_or(0, |p| p.digest.papers());
            assert!(cut >= most, "{file} cut at {end}");
            most = cut;
        }
        for (got, truth) in digest.papers.iter().zip(&papers) {
            assert_eq!(json!(got.title), truth["title"], "{file}");
            assert_eq!(json!(got.authors), truth["authors"], "{file}: {}", got.title);
            assert_eq!(json!(got.takeaways.len()), truth["takeaways_count"], "{file}: {}", got.title);
            assert_eq!(
                got.abstract_zh.is_none(),
                truth["abstract_zh_sha1"].is_null(),
                "{file}: {}",
                got.title
            );
        }
    }
}
