//! Posts of the digest blog in Markdown, as published pages, and as pages a browser saved, whole, cut and damaged.

#![cfg(test)]

#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use wenzhai::import::{Format, Parsed, detect, merge, parse, peek};
use wenzhai::model::{Digest, Paper};

const POST: Format = Format::ChatPaperFreeMarkdown;
const PAGE: Format = Format::ChatPaperFreeHtml;

/// The same digest in every form.
const FORMS: [(&str, Format); 4] = [
    ("posts_2031-02-03_new.md", POST),
    ("posts_2031-02-03_new.html", PAGE),
    ("posts_2031-02-03_quoted.mhtml", PAGE),
    ("posts_2031-02-03_base64.mhtml", PAGE),
];

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)).unwrap()
}

fn problems(parsed: &Parsed) -> Vec<String> {
    parsed.problems.iter().map(ToString::to_string).collect()
}

fn read(format: Format, text: &str) -> Parsed {
    parse(format, text.as_bytes(), "2031-02-03_x").unwrap()
}

fn paper(format: Format, text: &str) -> Paper {
    read(format, text).digest.clean().papers.remove(0)
}

/// What every form must give alike.
fn essence(digest: &Digest) -> Value {
    let papers = digest.papers.iter().map(|p| {
        json!({
            "title": p.title, "authors": p.authors, "abstract_en": p.abstract_en, "abstract_zh": p.abstract_zh,
            "summary": p.summary, "takeaways": p.takeaways, "comment": p.comment,
        })
    });
    papers.collect()
}

fn lines(digest: &Digest) -> Vec<u32> {
    digest.papers.iter().flat_map(|p| p.from.iter().map(|f| f.1)).collect()
}

#[test]
fn every_form_gives_the_same_papers() {
    let golden: Value = serde_json::from_slice(&fixture("papers.json")).unwrap();
    for ((name, format), from) in
        FORMS.into_iter().zip([[26, 58, 87], [18, 40, 63], [48, 113, 155], [17, 17, 17]])
    {
        let bytes = fixture(name);
        assert_eq!(detect(&bytes, name), Some(format), "{name}");
        let (date, category) = peek(&bytes, "x");
        assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2031-02-03"), "{name}");
        assert_eq!(category.as_deref(), Some("Small Models"), "{name}");
        let parsed = parse(format, &bytes, name).unwrap();
        assert_eq!(problems(&parsed), Vec::<String>::new(), "{name}");
        let digest = parsed.digest.clean();
        assert_eq!(digest.date.to_string(), "2031-02-03");
        assert_eq!(digest.category, category);
        assert_eq!(essence(&digest), golden, "{name}");
        assert_eq!(lines(&digest), from, "{name}");
        assert_eq!(digest.notices.len(), 3);
        assert!(digest.notices[0].starts_with("⚠️ 以下"));
        let source = &digest.sources[0];
        assert_eq!(source.format, format.name());
        assert_eq!(source.licence.as_deref(), (format == PAGE).then_some("CC BY 4.0"));
        assert_eq!(source.url.is_some(), name.ends_with("mhtml"));
        for (index, paper) in digest.papers.iter().enumerate() {
            let id = format!("3102.0000{}", index + 1);
            assert_eq!(paper.id, id);
            assert_eq!(paper.arxiv.as_ref().unwrap().version, Some(u32::try_from(index + 1).unwrap()));
            assert_eq!(paper.links.abs.clone().unwrap(), format!("http://arxiv.org/abs/{id}v{}", index + 1));
            assert_eq!(paper.links.cool_papers.clone().unwrap(), format!("https://papers.cool/arxiv/{id}"));
            assert_eq!(paper.images.len(), index + 1, "{name}");
            assert_eq!(paper.long, None);
        }
        assert_eq!(digest.papers[0].links.code.as_deref(), Some("https://github.com/lantern-maps/lantern"));
        assert_eq!(
            digest.papers[0].authors_raw.as_deref(),
            Some("Ada Lindqvist, :, Bo Zhao, Renée Okafor, Wei Min Tan")
        );
    }
}

#[test]
fn the_forms_of_one_page_are_one_digest_in_any_order() {
    let mut parts: Vec<_> =
        FORMS.iter().map(|(name, format)| parse(*format, &fixture(name), name).unwrap().digest).collect();
    let capture = "2031-02-03_spaced.txt";
    parts.push(parse(Format::ChatPaperFreeText, &fixture(capture), capture).unwrap().digest);
    let whole = merge(parts.clone()).unwrap();
    assert_eq!(whole.papers(), 3);
    parts.reverse();
    assert_eq!(merge(parts).unwrap().to_json(), whole.to_json());
    let digest = whole.clean();
    assert_eq!(digest.sources.len(), 5);
    assert_eq!(digest.papers[0].from.len(), 5);
    assert!(digest.papers.iter().all(|p| p.arxiv.is_some() && !p.extra.contains_key("other")));
}

#[test]
fn an_old_post_with_everything_odd_about_it() {
    let name = "posts_2030-05-06_old.md";
    let bytes = fixture(name);
    assert_eq!(detect(&bytes, name), Some(POST));
    let parsed = parse(POST, &bytes, name).unwrap();
    assert_eq!(
        problems(&parsed),
        [
            format!(
                "{name}:15: the heading says 2030-05-07, the file's name 2030-05-06; it was read as 2030-05-07"
            ),
            format!("{name}:135: this paper stands here again, first on line 76; read as one"),
        ]
    );
    let digest = merge(vec![parsed.digest]).unwrap().clean();
    assert_eq!(digest.category.as_deref(), Some("地图/城市"));
    assert_eq!(digest.date.to_string(), "2030-05-07");
    let [rivers, bridges, towers] = digest.papers.as_slice() else { panic!("three papers") };

    assert_eq!(rivers.title, r"Rivers of Ink: Drawing Water with $\mathcal{N}$ Strokes");
    assert_eq!(rivers.authors, ["Lena Ortiz", "Maria", "Kim", "Tse-Hsun", "Chen"]);
    assert_eq!(rivers.summary.as_deref(), Some("**用笔画画水：从一笔到九笔**"));
    assert_eq!(rivers.takeaways, ["一笔不够", "九笔太多", "八笔也多", "**五笔**正好"]);
    assert_eq!(
        rivers.takeaways_note.as_deref(),
        Some("以下是要点：\n以上是对文章的精准摘要\n希望对您有用。")
    );
    let long = rivers.long.as_deref().unwrap();
    assert!(long.starts_with("<ol>\n<li><p>题目") && long.ends_with("8. 结论：xxx；"), "{long}");
    assert!(long.contains("## 方法\n\nAuthors: 见上文"));
    assert_eq!(rivers.images, ["https://pic.example.org/v2-a.jpg", "https://pic.example.org/v2-b.jpg"]);
    assert_eq!(
        rivers.comment.as_deref(),
        Some("Accepted at the Ink Days. Code at https://github.com/ink/rivers")
    );
    assert_eq!(rivers.links.project.as_deref(), Some("https://ink.example.org/rivers"));
    assert_eq!(rivers.abstract_zh, None);

    assert_eq!(bridges.summary.as_deref(), Some("短桥晚塌。\n第二段。"));
    assert_eq!(bridges.takeaways, ["短桥晚塌。", "3米的桥更晚。", "长桥早塌", "没有桥不塌。"]);
    let note = bridges.takeaways_note.as_deref().unwrap();
    assert!(note.starts_with("<ol>") && note.ends_with("</ol>") && note.contains("(1) 研究背景"));
    assert_eq!(bridges.from, [(0, 76), (0, 135)]);
    assert_eq!(bridges.extra["other"][0]["takeaways"], json!(["一。", "二。"]));

    assert_eq!((towers.summary.as_deref(), towers.failed.as_slice()), (None, &["summary".to_owned()][..]));
    assert_eq!((towers.long.as_deref(), towers.takeaways.len()), (None, 0));
}

#[test]
fn an_old_page_whose_long_sections_break_off() {
    let name = "posts_2030-05-06_old.html";
    let bytes = fixture(name);
    assert_eq!(detect(&bytes, name), Some(PAGE));
    let parsed = parse(PAGE, &bytes, name).unwrap();
    // Without the theme's frame nobody knows where the article ends.
    let what = "1 line here belong to no part of a paper; kept with the paper";
    assert_eq!(problems(&parsed), [format!("{name}:47: {what}")]);
    let digest = parsed.digest.clean();
    assert_eq!(digest.category.as_deref(), Some("地图/城市"));
    let [rivers, bridges] = digest.papers.as_slice() else { panic!("two papers") };
    assert_eq!(rivers.title, "Rivers < Seas");
    assert_eq!(
        rivers.abstract_en.as_deref(),
        Some("Water is hard to draw, see https://github.com/ink/rivers找到。 It is.")
    );
    assert_eq!(rivers.links.code.as_deref(), Some("https://github.com/ink/rivers"));
    assert_eq!(rivers.comment.as_deref(), Some("3 & 4 pages"));
    assert_eq!(rivers.summary.as_deref(), Some("画水：从一笔到九笔"));
    assert_eq!(rivers.takeaways, ["一笔不够", "九笔太多"]);
    assert_eq!(rivers.takeaways_note.as_deref(), Some("以下是要点：\n希望对您有用"));
    assert_eq!(rivers.images, ["https://pic.example.org/v2-a.jpg"]);
    let long = rivers.long.as_deref().unwrap();
    assert!(long.starts_with("<ol>\n<li><p>题目") && long.ends_with("<a href=\"http://open"), "{long}");
    assert_eq!(bridges.summary.as_deref(), Some("短桥晚塌。\n第二段。"));
    assert_eq!(bridges.takeaways, ["短桥晚塌。", "3米的桥更晚。"]);
    assert_eq!(bridges.long.as_deref(), Some("<!-- <p>1. 标题：桥"));
    assert_eq!(bridges.images.len(), 1);
}

const HEAD: &str = "---\ntitle: X\n---\n# 2031-02-03 更新\n## T\n**Authors:A B**\n\nAbstract.\n\n";

#[test]
fn headings_and_lists_come_in_many_dresses() {
    let link = "[PDF](http://arxiv.org/abs/3102.00001v1)";
    for (texts, summary, takeaways) in [
        ("**Summary:** 文\n\n**Key Takeaways:**\n1. 甲\n2. 乙\n", Some("文"), vec!["甲", "乙"]),
        ("**摘要**\n文\n\n**要点：**\n• 甲\n• 乙\n", Some("文"), vec!["甲", "乙"]),
        ("总结：文\n\n关键见解\n\n- 甲。\n\n- 乙。\n", Some("文"), vec!["甲。", "乙。"]),
        ("### 概述\n文\n\n**主要发现**\n1. 甲\n2. 乙\n", Some("文"), vec!["甲", "乙"]),
        ("**文章概要**\n文\n\n**Key Takeaways**\n-  甲\n-  乙\n", Some("文"), vec!["甲", "乙"]),
        ("**Summary**\n1. 文\n2. 字\n", Some("1. 文\n2. 字"), vec![]),
        ("**Summary**\n文\n\n**Key Takeaways**\n1、甲\n2、乙\n\n以上。\n", Some("文"), vec!["甲", "乙"]),
        ("**Summary**\n\n**Key Takeaways**\n- N/A\n", None, vec![]),
        ("", None, vec![]),
    ] {
        let got = paper(POST, &format!("{HEAD}{link} 8 pages,\nlong\n\n{texts}"));
        assert_eq!(
            (got.summary.as_deref(), got.takeaways),
            (summary, takeaways.iter().map(ToString::to_string).collect()),
            "{texts}"
        );
        assert_eq!(got.comment.as_deref(), Some("8 pages, long"), "{texts}");
        assert_eq!(got.abstract_en.as_deref(), Some("Abstract."));
    }
    let odd = paper(
        POST,
        &format!("{HEAD}{link}\n\n好的，我会写。\n\n**Summary**\n文\n\n**主要发现**\n1. 甲\n2. 乙\n"),
    );
    assert_eq!(odd.extra["lines"], json!(["好的，我会写。", "**主要发现**"]));
}

#[test]
fn what_is_missing_is_missed_alone() {
    let no_link = read(
        POST,
        &format!("{HEAD}**Summary**\n文\n\n**[Cool Papers](https://papers.cool/arxiv/3102.00009)**\n"),
    );
    assert_eq!(problems(&no_link), Vec::<String>::new());
    let paper = no_link.digest.clean().papers.remove(0);
    assert_eq!((paper.id.as_str(), paper.abstract_en.as_deref()), ("3102.00009", Some("Abstract.")));
    let no_names = "---\ntitle: X\n---\n# 2031-02-03 更新\n## T\n\nAbstract.\n\n[PDF](http://arxiv.org/abs/3102.00001v1) c\n";
    let got = self::paper(POST, no_names);
    assert_eq!((got.abstract_en.as_deref(), got.authors.len()), (Some("Abstract."), 0));
    let no_shots = format!(
        "{HEAD}**[ChatPaperFree](x)**\n\n1. 长\n\n>⚠️ 以下\n# 2031-02-04 更新\n## U\n**Authors:C**\n"
    );
    let parsed = read(POST, &no_shots);
    assert_eq!(
        problems(&parsed),
        [
            "2031-02-03_x:15: another page starts here, of 2031-02-04; it was read as 2031-02-03",
            "2031-02-03_x:17: the post ends in the middle of a paper",
        ]
    );
    assert_eq!(parsed.digest.clean().papers[0].long.as_deref(), Some("1. 长"));
    let no_title = read(POST, "---\ntitle: X\n---\n##\n**Authors:A B**\n\n**[Cool Papers](x)**\n");
    assert_eq!(problems(&no_title), ["2031-02-03_x:4: this paper has no title"]);
    let problem = parse(POST, HEAD.replace("# 2031-02-03 更新\n", "").as_bytes(), "x.md").unwrap_err();
    assert_eq!(problem.what, "no date found: neither a heading `YYYY-MM-DD 更新` nor one in the file's name");
}

#[test]
fn what_is_no_digest_is_told() {
    let survey = "\n---\ntitle: A Survey of Rivers\ndate: 2031-02-03 01:02:03\n---\n\n## 1. Introduction\n\nText.\n\n## Authors\n\nAda.\n";
    for (text, name) in [
        (survey, "2031-02-03/Survey.md"),
        ("---\ntitle: LLM\n", "LLM.md"),
        ("# 最近更新\n\n## Fixed\n\n- a\n", "CHANGELOG.md"),
        ("<!DOCTYPE html><html><title>Rivers | A Blog</title><h1>2031-02-03</h1><p>Authors: A</p>", "a.html"),
        ("<svg><text>Authors:</text></svg>", "a.svg"),
        ("From: a@example.org\nSubject: b\n\nAuthors:C\n", "a.eml"),
        (
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>A</p>\n--b--\n",
            "a.mhtml",
        ),
        ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\nA\n--b--\n", "a.mhtml"),
    ] {
        assert_eq!(detect(text.as_bytes(), name), None, "{name}");
        for format in [POST, PAGE] {
            let problem = parse(format, text.as_bytes(), name).unwrap_err();
            assert!(problem.to_string().starts_with(name) && !problem.what.contains('\n'), "{problem}");
        }
    }
    // Where a tool wrote styles and pictures out, the article is not among the first bytes.
    let far = "<html><head><title>LLM | Talk2Paper</title><style>.headerlink{}";
    assert_eq!(detect(far.as_bytes(), "a.html"), Some(PAGE));
    assert_eq!(peek(far.as_bytes(), "2031-02-03.html").1.as_deref(), Some("LLM"));
}

#[test]
fn line_ends_and_marks_of_order_change_nothing() {
    for (name, format) in [FORMS[0], FORMS[1], ("posts_2030-05-06_old.md", POST)] {
        let text = String::from_utf8(fixture(name)).unwrap();
        let plain = parse(format, text.as_bytes(), name).unwrap();
        for other in [text.replace('\n', "\r\n"), text.replace('\n', "\r"), format!("\u{feff}{text}")] {
            assert_eq!(detect(other.as_bytes(), name), Some(format), "{name}");
            let got = parse(format, other.as_bytes(), name).unwrap();
            assert_eq!(problems(&got), problems(&plain), "{name}");
            let (got, plain) = (got.digest.clean(), plain.digest.clone().clean());
            assert_eq!(essence(&got), essence(&plain), "{name}");
            assert_eq!(lines(&got), lines(&plain), "{name}");
            assert_eq!((got.date, got.category, got.notices), (plain.date, plain.category, plain.notices));
        }
    }
}

#[test]
fn damage_costs_what_it_hits() {
    for (name, format) in [FORMS[0], FORMS[1]] {
        let mut bytes = fixture(name);
        let at = bytes.windows(6).position(|w| w == b"energy").unwrap();
        bytes[at] = 0xff;
        bytes[at + 2] = 0;
        let parsed = parse(format, &bytes, name).unwrap();
        let problems = problems(&parsed);
        assert!(
            problems[0].ends_with("bytes that are not UTF-8 were replaced by U+FFFD, here first"),
            "{problems:?}"
        );
        let digest = parsed.digest.clean();
        assert_eq!((problems.len(), digest.papers.len()), (1, 3));
        assert!(digest.papers[1].abstract_en.as_ref().unwrap().contains("saves \u{fffd}n\u{fffd}rgy"));
    }
}

#[test]
fn no_prefix_panics() {
    let old = [("posts_2030-05-06_old.md", POST, 1), ("posts_2030-05-06_old.html", PAGE, 1)];
    for (name, format, step) in old.into_iter().chain(FORMS.map(|(name, format)| (name, format, 11))) {
        let bytes = fixture(name);
        let mut most = 0;
        for end in (0..bytes.len()).step_by(step) {
            let head = &bytes[..end];
            if end % 7 == 0 {
                let _ = (detect(head, name), peek(head, name));
            }
            let papers = parse(format, head, name).map_or(0, |p| p.digest.clean().papers.len());
            assert!(papers >= most, "{name} at {end}");
            most = papers;
        }
        let all = parse(format, &bytes, name).unwrap().digest.papers();
        assert_eq!(most, all, "{name}");
    }
}

#[test]
fn huge_fields_and_deep_nesting_are_read() {
    let field = "word 字 ".repeat(1_000_000);
    let post = format!("{HEAD}{field}\n\n**Summary**\n{field}\n");
    assert!(paper(POST, &post).summary.unwrap().len() > 8_000_000);
    let deep = ["<div>", "<ol><li>", "<blockquote>", "<span>"].map(|tag| tag.repeat(50_000)).concat();
    let page = format!(
        "<div id=\"articleContent\"><h1>2031-02-03 更新</h1>{deep}<h2>T</h2>\
         <p><strong>Authors:A B</strong></p><p>Abstract.</p>{deep}<p>{field}</p>"
    );
    let paper = paper(PAGE, &page);
    assert_eq!(paper.abstract_en.as_deref(), Some("Abstract."));
    assert!(paper.abstract_zh.unwrap().len() > 8_000_000);
}

/// Pieces of posts and pages, in any order.
fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        "(## T|##|# 2031-02-03 更新|\\*\\*Authors:A, :, B\\*\\*|\\[PDF\\]\\(http://arxiv.org/abs/3102.0000[1-3]v1\\) x)\n",
        "(\\*\\*Summary\\*\\*|\\*\\*Key Takeaways\\*\\*|>文|论文及项目相关链接|- 一|1\\.二| 2\\. <ol>|\\*\\*\\[ChatPaperFree\\]\\(x\\)\\*\\*)\n",
        "(<details>|  <summary>点此查看论文截图</summary>|<img src=\"a\">|</details>|---|title: X|\u{200b})\n",
        "<h2 id=\"t\"><a class=\"headerlink\"></a>T</h2><p><strong>Authors:A</strong></p>",
        "<(/?(p|ol|ul|li|strong|a|h1|blockquote|br|script|style|details|summary|x)|!--|a href=\"x|div id=\"articleContent\")>?",
        "(<p><a href=\"http://arxiv.org/abs/3102.00001v1\">PDF</a>|<p><strong>Summary</strong><br>|<p><a href=\"x\">ChatPaperFree</a></p>)",
        "[A-Za-z文字。&; \n]{0,20}",
        "\\PC{0,6}",
    ]
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), part in 0..3_usize) {
        let head: &[u8] = [
            b"---\n".as_slice(),
            b"<div id=articleContent>",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n",
        ][part];
        let bytes = [head, &bytes].concat();
        let _ = (detect(&bytes, "a"), peek(&bytes, "a"));
        for format in Format::ALL {
            let _ = parse(format, &bytes, "2031-02-03.x");
        }
    }

    #[test]
    fn no_order_of_pieces_panics_or_breaks_the_native_form(pieces in prop::collection::vec(fragment(), 0..40)) {
        let text = format!("---\ntitle: X\n---\n## T\n**Authors:A**\n\n{}", pieces.concat());
        let names = "<p><strong>Authors:A</strong></p>";
        let page = format!("<p id=\"articleContent\"><h2>T</h2>{names}{}", pieces.concat());
        for (format, text) in [(POST, &text), (PAGE, &page)] {
            let parsed = parse(format, text.as_bytes(), "2031-02-03.md").unwrap();
            prop_assert!(parsed.digest.papers() >= 1);
            let json = parsed.digest.to_json();
            let again = parse(Format::Native, json.as_bytes(), "2031-02-03.json").unwrap();
            prop_assert_eq!(again.digest.to_json(), json);
        }
    }
}

#[test]
fn real_posts_and_pages_give_what_their_truth_says() {
    let Some(folder) = corpus::corpus() else { return };
    for (file, papers) in corpus::truth(&folder) {
        let format = match file.split('/').next() {
            Some("chatpaperfree-markdown") => POST,
            Some("chatpaperfree-html") => PAGE,
            _ => continue,
        };
        let bytes = fs::read(folder.join(&file)).unwrap();
        assert_eq!(detect(&bytes[..bytes.len().min(1 << 16)], &file), Some(format), "{file}");
        let parsed = parse(format, &bytes, &file).unwrap();
        let again = papers.iter().filter(|p| !p["dup_of"].is_null()).count();
        assert_eq!(parsed.problems.len(), again, "{file}: {:?}", parsed.problems);
        let digest = parsed.digest.clean();
        assert_eq!(digest.papers.len(), papers.len(), "{file}");
        let mut most = 0;
        for end in (0..bytes.len()).step_by(4999) {
            let cut = parse(format, &bytes[..end], &file).map_or(0, |p| p.digest.papers());
            assert!(cut >= most, "{file} cut at {end}");
            most = cut;
        }
        for (got, truth) in digest.papers.iter().zip(&papers) {
            assert_eq!(json!(digest.date.to_string()), truth["date"], "{file}");
            assert_eq!(json!(digest.category), truth["category"], "{file}");
            assert_eq!(json!(got.title), truth["title"], "{file}");
            assert_eq!(json!(got.authors), truth["authors"], "{file}: {}", got.title);
            assert_eq!(json!(got.id), truth["arxiv_id"], "{file}: {}", got.title);
            assert_eq!(json!(got.comment), truth["comment"], "{file}: {}", got.title);
            assert_eq!(json!(got.takeaways.len()), truth["takeaways_count"], "{file}: {}", got.title);
            assert_eq!(json!(got.images.len()), truth["images_count"], "{file}: {}", got.title);
        }
    }
}
