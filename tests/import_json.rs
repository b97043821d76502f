//! JSON lists of Hugging Face days and arXiv months, whole, odd and damaged; and text in other encodings.

#![cfg(test)]

#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;

use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use wenzhai::import::{Format, Parsed, detect, parse, peek};
use wenzhai::model::Severity;

const HF: Format = Format::HfDailyJson;
const MONTH: Format = Format::ArxivMonthJson;

fn hf(day: &Value) -> Parsed {
    parse(HF, serde_json::to_string_pretty(day).unwrap().as_bytes(), "2031-02-03.json").unwrap()
}

fn problems(parsed: &Parsed) -> Vec<String> {
    parsed.problems.iter().map(ToString::to_string).collect()
}

/// A day as the site gives it now.
fn new_day() -> Value {
    json!([
        {
            "paper": {
                "id": "3102.00001",
                "authors": [{"_id": "1", "name": "Ada Lindqvist", "hidden": false}, {"_id": "2", "name": "Bo  Zhao"}],
                "title": "Reading Maps\n  for People",
                "summary": "We read maps.\nThey are\nlong. See https://maps.example.org/x.",
                "publishedAt": "3102-02-01T10:00:00.000Z",
                "upvotes": 12,
                "ai_summary": "Maps are read.",
                "ai_keywords": ["maps", "people"],
                "githubRepo": "https://github.com/lantern-maps/lantern",
                "githubStars": 3,
                "mediaUrls": ["https://cdn.example.org/1.mp4"],
            },
            "title": "Reading Maps for People",
            "summary": "We read maps. They are long. See https://maps.example.org/x.",
            "publishedAt": "3102-02-02T00:00:00.000Z",
            "mediaUrls": ["https://cdn.example.org/1.mp4"],
            "thumbnail": "https://cdn.example.org/1.png",
            "numComments": 2,
            "submittedBy": {"name": "someone"},
        },
        {"paper": {"id": "3102.00002v3", "authors": [], "title": "B", "summary": "b"}, "thumbnail": "https://cdn.example.org/2.png"},
    ])
}

#[test]
fn a_day_of_today_fills_every_field_it_has() {
    let parsed = hf(&new_day());
    assert_eq!(
        problems(&parsed),
        ["2031-02-03.json: what the authors' records have besides names was left out: _id, hidden"]
    );
    assert_eq!(parsed.problems[0].severity, Severity::Info);
    let digest = parsed.digest.clean();
    assert_eq!((digest.date.to_string().as_str(), digest.category.as_deref()), ("2031-02-03", None));
    let paper = json!(digest.papers[0]);
    for (field, want) in [
        ("id", json!("3102.00001")),
        ("title", json!("Reading Maps for People")),
        ("authors", json!(["Ada Lindqvist", "Bo Zhao"])),
        ("abstract_en", json!("We read maps. They are long. See https://maps.example.org/x.")),
        ("sections", json!([{"key": "tldr", "title": "", "text": "Maps are read."}])),
        ("keywords", json!(["maps", "people"])),
        ("images", json!(["https://cdn.example.org/1.mp4"])),
        ("published", json!("3102-02-01T10:00:00.000Z")),
        ("metrics", json!({"upvotes": 12, "code_stars": 3, "comments": 2})),
        ("language", json!("en")),
        ("from", json!([[0, 2]])),
    ] {
        assert_eq!(paper[field], want, "{field}");
    }
    let links = &digest.papers[0].links;
    assert_eq!(links.code.as_deref(), Some("https://github.com/lantern-maps/lantern"));
    assert_eq!(links.project.as_deref(), Some("https://maps.example.org/x"));
    assert_eq!(links.hf.as_deref(), Some("https://huggingface.co/papers/3102.00001"));
    assert_eq!(
        paper["extra"],
        json!({
            "publishedAt": "3102-02-02T00:00:00.000Z", "thumbnail": "https://cdn.example.org/1.png",
            "submittedBy": {"name": "someone"}, "guessed": ["project"],
        })
    );
    assert_eq!(json!(digest.papers[1].arxiv), json!({"id": "3102.00002", "version": 3}));
    assert_eq!(digest.papers[1].images, ["https://cdn.example.org/2.png"]);
}

#[test]
fn both_schemas_with_a_translation_split_it() {
    let text = "标题：给人看的地图\n\n摘要：我们读地图。";
    let old =
        json!([{"paper": {"id": "3102.00001", "title": "Maps", "summary": "We."}, "translation": text}]);
    let clean = json!([{
        "title": "Maps", "summary": "We.", "translation": text, "url": "https://huggingface.co/papers/3102.00001",
        "arxiv_url": "https://arxiv.org/abs/3102.00001",
    }]);
    for day in [old, clean] {
        let digest = hf(&day).digest.clean();
        let paper = &digest.papers[0];
        assert_eq!(
            (paper.title_zh.as_deref(), paper.abstract_zh.as_deref()),
            (Some("给人看的地图"), Some("我们读地图。"))
        );
        assert_eq!((paper.id.as_str(), paper.language.as_deref()), ("3102.00001", Some("zh")));
        assert_eq!(paper.links.hf.as_deref(), Some("https://huggingface.co/papers/3102.00001"));
        assert!(paper.extra.is_empty(), "{:?}", paper.extra);
    }
    for (text, title, body) in [
        ("我们读地图。", None, Some("我们读地图。")),
        ("**标题**: 图\n**摘要**: 文\n又一行。", Some("图"), Some("文\n又一行。")),
        ("标题：图", Some("图"), None),
        ("N/A", None, None),
    ] {
        let digest = hf(&json!([{"title": "T", "translation": text}])).digest.clean();
        let paper = &digest.papers[0];
        assert_eq!((paper.title_zh.as_deref(), paper.abstract_zh.as_deref()), (title, body), "{text}");
        assert_eq!(paper.failed.is_empty(), text != "N/A");
    }
}

#[test]
fn a_list_of_pythons_own_texts_is_named_once() {
    let record = "{'paper': {'id': '3102.00001', 'title': 'Maps'}}";
    let day = json!([record, record, record]).to_string();
    assert_eq!(detect(day.as_bytes(), "a.json"), Some(HF));
    let problem = parse(HF, day.as_bytes(), "2031-02-03.json").unwrap_err();
    assert_eq!(
        problem.to_string(),
        "2031-02-03.json:1: this record is Python's text of an object, not JSON; it was left out; so were 2 more"
    );
    let mixed = hf(&json!([record, {"paper": {"title": "Maps"}}]));
    assert_eq!((mixed.digest.papers(), mixed.problems.len(), mixed.problems[0].line), (1, 1, Some(2)));
}

#[test]
fn odd_members_cost_themselves_and_are_named() {
    let parsed = hf(&json!([{"paper": {
        "id": 7, "title": 5, "summary": ["x"], "authors": "Ada L, Bo Z", "upvotes": "many", "ai_summary": "N/A",
    }}, 3, {"paper": {"upvotes": 1}}]));
    assert_eq!(
        problems(&parsed),
        [
            "2031-02-03.json:2: `title` is 5, which is no text; it was read as one",
            "2031-02-03.json:2: `summary` is not a text; kept aside in `extra`",
            "2031-02-03.json:2: `authors` is one text, not a list; it was split at its commas",
            "2031-02-03.json:14: this paper is not readable and was left out: this is no JSON object",
            "2031-02-03.json:15: this is no paper: it has neither title nor abstract nor id; it was left out",
        ]
    );
    let digest = parsed.digest.clean();
    let paper = &digest.papers[0];
    assert_eq!((paper.title.as_str(), paper.authors.len()), ("5", 2));
    assert_eq!(paper.failed, ["tldr"]);
    assert_eq!(json!(paper.extra), json!({"id": 7, "summary": ["x"], "upvotes": "many"}));
}

#[test]
fn a_broken_record_costs_itself_and_every_cut_is_survived() {
    let day = serde_json::to_string_pretty(&new_day()).unwrap();
    let broken =
        parse(HF, day.replace("\"upvotes\": 12", "\"upvotes\": oops").as_bytes(), "2031-02-03.json").unwrap();
    assert_eq!(broken.digest.papers(), 1);
    assert!(
        problems(&broken).iter().any(|p| p.contains(":19: this paper is not readable")),
        "{:?}",
        problems(&broken)
    );
    let mut most = 0;
    for end in 0..day.len() {
        let cut = day.as_bytes().get(..end).unwrap();
        let _ = (detect(cut, "a.json"), peek(cut, "a.json"));
        let papers = parse(HF, cut, "2031-02-03.json").map_or(0, |p| p.digest.papers());
        assert!(papers >= most, "at {end}");
        most = papers;
    }
    assert_eq!(most, 2);
}

#[test]
fn half_a_surrogate_pair_costs_one_character_in_any_json() {
    let hf = r#"[{"paper": {"id": "3102.00001", "title": "Boats \udc00", "summary": "x"}}]"#;
    let month = r#"{"3102.00001": {"title": "Boats \udc00", "abstract": "x"}}"#;
    let native = r#"{"schema": 1, "date": "2031-02-03", "papers": [
        {"title": "Boats \udc00", "abstract_en": "x", "title": "Boats \udc00"}]}"#;
    for (format, text, said) in [
        (HF, hf, vec!["2031-02-03.json:1: bytes or escapes that no text may hold were replaced"]),
        (MONTH, month, vec!["2031-02-03.json:1: bytes or escapes that no text may hold were replaced"]),
        (
            Format::Native,
            native,
            vec![
                "2031-02-03.json:2: bytes or escapes that no text may hold were replaced",
                "2031-02-03.json:2: the key `title` stands here twice; the last one was read",
            ],
        ),
    ] {
        let parsed = parse(format, text.as_bytes(), "2031-02-03.json").unwrap();
        assert_eq!(problems(&parsed), said, "{format:?}");
        assert_eq!(parsed.digest.clean().papers[0].title, "Boats \u{fffd}", "{format:?}");
    }
}

#[test]
fn what_was_nested_deep_can_be_read_again() {
    let deep = format!("{}{}", "[".repeat(90), "]".repeat(90));
    let day = format!(r#"[{{"title": "T", "translation": "文", "x": {deep}}}]"#);
    let parsed = parse(HF, day.as_bytes(), "2031-02-03.json").unwrap();
    assert_eq!(problems(&parsed), ["2031-02-03.json:1: `x` is nested too deep and was left out"]);
    let json = parsed.digest.to_json();
    assert_eq!(parse(Format::Native, json.as_bytes(), "x").unwrap().digest.to_json(), json);
}

fn month() -> String {
    let record = |title: &str| {
        json!({
            "title": title, "authors": ["Ada L"], "abstract": "We\nread.", "categories": ["cs.CL", "cs.AI"],
            "comment": "Code: https://github.com/a/b", "pdf_url": "https://arxiv.org/pdf/3102.00001v2",
            "published": "3102-02-05", "updated": "3102-02-06", "tags": ["maps"], "topics": ["x"],
        })
    };
    format!("{:#}", json!({"3102.00001": record("Maps"), "3102.00002": record("More\n maps")}))
}

#[test]
fn a_month_is_dated_by_its_first_day() {
    let text = month();
    for (name, date) in [
        ("papers-2031-07.json", "2031-07-01"),
        ("2031-07/papers.json", "2031-07-01"),
        ("papers.json", "3102-02-01"),
        ("papers-12031-07.json", "3102-02-01"),
    ] {
        assert_eq!(detect(text.as_bytes(), name), Some(MONTH), "{name}");
        assert_eq!(peek(text.as_bytes(), name).0.map(|d| d.to_string()).as_deref(), Some(date), "{name}");
        assert_eq!(parse(MONTH, text.as_bytes(), name).unwrap().digest.date().to_string(), date, "{name}");
    }
    let parsed = parse(MONTH, text.as_bytes(), "papers-2031-07.json").unwrap();
    assert_eq!(problems(&parsed), Vec::<String>::new());
    let digest = parsed.digest.clean();
    let paper = &digest.papers[0];
    assert_eq!(json!(paper.arxiv), json!({"id": "3102.00001", "version": 2}));
    assert_eq!(
        (paper.abstract_en.as_deref(), paper.keywords.as_slice()),
        (Some("We read."), &["maps".to_owned()][..])
    );
    assert_eq!((paper.categories.len(), paper.links.code.as_deref()), (2, Some("https://github.com/a/b")));
    assert_eq!(json!(paper.extra), json!({"topics": ["x"], "guessed": ["code"]}));
    assert_eq!((digest.papers[1].title.as_str(), digest.papers[1].from[0].1), ("More maps", 23));
}

#[test]
fn a_cut_or_mixed_month_gives_what_is_there() {
    let text = month();
    let mut most = 0;
    for end in 0..text.len() {
        let parsed = parse(MONTH, &text.as_bytes()[..end], "papers-2031-07.json");
        let papers = parsed.as_ref().map_or(0, |p| p.digest.papers());
        assert!(papers >= most && parsed.map_or(true, |p| !p.problems.is_empty()), "at {end}");
        most = papers;
    }
    assert_eq!(most, 2);
    let mixed = text.replace("\"3102.00002\": {", "\"note\": 3, \"3102.00002\": {");
    let parsed = parse(MONTH, mixed.as_bytes(), "papers-2031-07.json").unwrap();
    assert_eq!((parsed.digest.papers(), parsed.problems.len()), (2, 1), "{:?}", problems(&parsed));
}

#[test]
fn lists_of_other_things_are_no_digests() {
    for text in [
        "[]",
        "[1, 2]",
        "[\"a\"]",
        "[{}]",
        "[{\"name\": \"x\"}]",
        "[{\"title\": \"only\"}]",
        "[[]]",
        "[\"{\"]",
    ] {
        assert_eq!(detect(text.as_bytes(), "2031-02-03.json"), None, "{text}");
    }
    for text in ["{\"x\": {}}", "{\"3102.00001\": 3}", "{\"3102.00001\"", "{}"] {
        assert_eq!(detect(text.as_bytes(), "2031-02.json"), None, "{text}");
    }
    assert!(parse(HF, b"[{\"paper\": {\"title\": \"T\"}}]", "undated.json").is_err());
}

#[test]
fn every_encoding_gives_the_same_digest_and_the_files_own_hash() {
    let page = "Small Models\n\n⚠️ 以下\n\n# 2031-02-03 更新\n\nPaper Boats and Rivers\nAuthors:Ada L, Bo Z\nAn abstract of it.\n\
                我们提出一种新的方法，它很快。\n论文及项目相关链接\nPDF\nSummary\n摘要文字。\nKey Takeaways\n- 甲。\n- 乙。\n点此查看论文截图\n";
    let utf16 = |to: fn(u16) -> [u8; 2]| page.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let (gb, _, _) = encoding_rs::GB18030.encode(page);
    let plain = parse(Format::ChatPaperFreeText, page.as_bytes(), "a.txt").unwrap();
    for (bytes, said) in [
        ([b"\xef\xbb\xbf", page.as_bytes()].concat(), None),
        ([b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(), Some("a.txt: read as UTF-16LE")),
        ([b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(), Some("a.txt: read as UTF-16BE")),
        (utf16(u16::to_le_bytes), Some("a.txt: read as UTF-16LE")),
        (gb.to_vec(), Some("a.txt: read as gb18030")),
    ] {
        assert_eq!(detect(&bytes, "a.txt"), Some(Format::ChatPaperFreeText), "{said:?}");
        assert_eq!(peek(&bytes, "a.txt"), peek(page.as_bytes(), "a.txt"), "{said:?}");
        let parsed = parse(Format::ChatPaperFreeText, &bytes, "a.txt").unwrap();
        assert_eq!(problems(&parsed), said.into_iter().collect::<Vec<_>>());
        let (mut got, mut want) = (parsed.digest.clean(), plain.digest.clone().clean());
        let sum = Sha256::digest(&bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        assert_eq!(got.sources[0].sha256.as_ref(), Some(&sum), "{said:?}");
        (got.sources, want.sources) = (Vec::new(), Vec::new());
        assert_eq!(got, want, "{said:?}");
    }
    let day = new_day().to_string();
    let wide: Vec<u8> = day.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(detect(&wide, "2031-02-03.json"), Some(HF));
    assert_eq!(parse(HF, &wide, "2031-02-03.json").unwrap().digest.papers(), 2);
}

proptest! {
    #[test]
    fn no_damage_panics_or_spoils_what_is_written(at in 0_usize..2000, byte in any::<u8>(), gone in 0_usize..60, is_month in any::<bool>()) {
        let (format, mut text) = if is_month { (MONTH, month().into_bytes()) } else { (HF, new_day().to_string().into_bytes()) };
        let at = at.min(text.len() - 1);
        text.splice(at..(at + gone).min(text.len()), [byte]);
        let _ = (detect(&text, "a.json"), peek(&text, "a.json"));
        if let Ok(parsed) = parse(format, &text, "2031-02-03.json") {
            let json = parsed.digest.to_json();
            let again = parse(Format::Native, json.as_bytes(), "2031-02-03.json").unwrap();
            prop_assert_eq!(again.digest.to_json(), json);
        }
    }
}

#[test]
fn real_days_give_what_their_truth_says() {
    let Some(folder) = corpus::corpus() else { return };
    for (file, papers) in corpus::truth(&folder) {
        if papers[0]["format"] != HF.name() {
            continue;
        }
        let bytes = fs::read(folder.join(&file)).unwrap();
        assert_eq!(detect(&bytes[..bytes.len().min(1 << 16)], &file), Some(HF), "{file}");
        let digest = parse(HF, &bytes, &file).unwrap().digest.clean();
        for paper in &papers {
            let got = &digest.papers[usize::try_from(paper["index"].as_u64().unwrap()).unwrap()];
            assert_eq!(json!(got.title), paper["title"], "{file}");
            assert_eq!(json!(got.title_zh), paper["title_zh"], "{file}");
            assert_eq!(json!(got.authors), paper["authors"], "{file}: {}", got.title);
            assert_eq!(json!(got.id), paper["arxiv_id"], "{file}: {}", got.title);
            assert_eq!(
                got.abstract_en.as_ref().map(|a| a.chars().count()),
                paper["abstract_en_len"].as_u64().map(|n| usize::try_from(n).unwrap())
            );
        }
    }
}
