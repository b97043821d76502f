//! `wenzhai check`: every loss and oddity by file and line, and `wenzhai import` beside it.

#![cfg(test)]

#[path = "support/home.rs"]
mod home;

use std::fs;

use home::{Home, tree};
use serde_json::{Value, json};

fn hf(papers: &Value) -> String {
    format!("{papers:#}")
}

fn paper(id: &str, title: &str) -> Value {
    json!({"paper": {"id": id, "title": title, "authors": ["Ada L"], "summary": "An abstract."}})
}

const LONG: &str = "A title that is long enough to tell papers apart";

#[test]
fn a_sound_archive_has_no_problem() {
    let home = Home::new();
    home.write("in/2031-02-03.json", hf(&json!([paper("3102.00001", "One"), paper("3102.00002", "Two")])));
    assert_eq!(
        home.run(["check", "in"]),
        (0, "files 1, digests 1, papers 2, problems 0\n".to_owned(), String::new())
    );
    assert_eq!(home.run(["check", "in", "--json"]), (0, String::new(), String::new()));
}

#[test]
fn no_id_and_no_name_looks_like_a_line_of_its_own() {
    let home = Home::new();
    let forged = json!({"schema": 1, "date": "2031-02-03", "category": "x", "sources": [], "notices": [],
        "papers": [{"id": "a\nx.json: error: forged", "title": "T"}]});
    home.write("in/2031-02-03/c\nd.json", forged.to_string());
    let (_, said, _) = home.run(["check", "in"]);
    let forged: Vec<_> = said.lines().filter(|l| l.contains("forged")).collect();
    assert!(!forged.is_empty() && forged.iter().all(|l| l.starts_with("in/2031-02-03/c d.json: ")), "{said}");
}

/// Its kind, the file's name and bytes, and the lines of `check`.
type Case = (&'static str, &'static str, Vec<u8>, &'static [&'static str]);

fn oddities() -> [Case; 10] {
    [
        (
            "missing",
            "2031-02-03.json",
            hf(&json!([{"paper": {"title": "One", "authors": ["A"]}}, paper("3102.00002", "Two")])).into(),
            &["2031-02-03.json:2: warning: no abstract"],
        ),
        (
            "missing",
            "2031-02-03.json",
            hf(&json!([{"title": "One", "translation": "文"}, {"title": "Two", "translation": "文"}])).into(),
            &[
                "2031-02-03.json: info: no English abstract in any of its 2 papers",
                "2031-02-03.json: warning: no authors in any of its 2 papers",
            ],
        ),
        (
            "garbled",
            "2031-02-03.json",
            hf(&json!([paper("3102.00001", "Caf\u{fffd}"), paper("3102.00002", "CafÃ© au lait")])).into(),
            &[
                "2031-02-03.json:2: warning: `title` holds U+FFFD: its bytes were damaged",
                "2031-02-03.json:12: warning: `title` looks like text read in the wrong encoding",
            ],
        ),
        (
            "failed",
            "2031-02-03.json",
            hf(&json!([{"title": "One", "authors": ["A"], "summary": "x", "arxiv_url": "u", "ai_summary": "N/A"}])).into(),
            &["2031-02-03.json:2: warning: failed at the source: tldr"],
        ),
        (
            "duplicate",
            "2031-02-03.json",
            hf(&json!([paper("3102.00001", "One"), paper("3102.00001v2", "One")])).into(),
            &["2031-02-03.json:12: info: the same paper as 3102.00001 in line 2; they become one"],
        ),
        (
            "date",
            "2031-02-03/A.json",
            native("2031-02-04", "A").into(),
            &["2031-02-03/A.json: warning: says 2031-02-04 inside, but it lies in the folder 2031-02-03"],
        ),
        (
            "date",
            "2031-02-03/2031-02-05.txt",
            "2031-02-04 更新\n\nT of some length\nAuthors:A B\nAn abstract.\n论文及项目相关链接\nSummary\nx\nKey Takeaways\n- a\n- b\n"
                .into(),
            &[
                "2031-02-03/2031-02-05.txt: warning: says 2031-02-04 inside, but 2031-02-05 in its name",
                "2031-02-03/2031-02-05.txt: warning: says 2031-02-04 inside, but it lies in the folder 2031-02-03",
            ],
        ),
        (
            "date",
            "2031-02-03/2031-02-05.md",
            "---\ntitle: A\n---\n# 2031-02-04 更新\n## T of some length\n**Authors:A B**\n\nAn abstract.\n\n\
             [PDF](http://arxiv.org/abs/3102.00001v1)\n\n**[Cool Papers](https://papers.cool/arxiv/3102.00001)**\n"
                .into(),
            &[
                "2031-02-03/2031-02-05.md: warning: says 2031-02-04 inside, but it lies in the folder 2031-02-03",
                "2031-02-03/2031-02-05.md:4: warning: the heading says 2031-02-04, the file's name 2031-02-05; it was read as 2031-02-04",
            ],
        ),
        (
            "unreadable",
            "posts/Survey.md",
            "---\ntitle: A Survey of Rivers\n---\n\n## 1. Introduction\n".into(),
            &["posts/Survey.md: info: is not a digest in a known format: it looks like a post of another kind, perhaps a survey"],
        ),
        (
            "missing",
            "2031-02-03.md",
            "# AI-Enhanced arXiv Daily 2031-02-03\n\n### 今日没有找到新论文。\n".into(),
            &["2031-02-03.md: info: a day without papers: the page says that no new ones were found"],
        ),
    ]
}

fn losses() -> [Case; 5] {
    [
        (
            "unknown-key",
            "2031-02-03.json",
            hf(&json!([{"title": "One", "authors": ["A"], "summary": "x", "arxiv_url": "u", "new": 1}]))
                .into(),
            &["2031-02-03.json:2: info: the key `new` is not known; its value is kept in `extra`: 1 paper"],
        ),
        (
            "ambiguous",
            "2031-02-03.json",
            hf(&json!([paper("3102.00001", LONG), paper("3102.00002", LONG), paper("", LONG)])).into(),
            &[
                "2031-02-03.json:22: warning: has no arXiv id, and its title fits 3102.00001 and 3102.00002; it stays a paper of its own",
            ],
        ),
        (
            "encoding",
            "2031-02-03.json",
            hf(&json!([paper("3102.00001", "One")])).encode_utf16().flat_map(u16::to_le_bytes).collect(),
            &["2031-02-03.json: info: read as UTF-16LE"],
        ),
        (
            "loss",
            "2031-02-03.json",
            hf(&json!([paper("3102.00001", "One"), 3])).into(),
            &[
                "2031-02-03.json:12: warning: this paper is not readable and was left out: this is no JSON object",
            ],
        ),
        (
            "unreadable",
            "2031-02-03.txt",
            b"no digest".into(),
            &["2031-02-03.txt: warning: is not a digest in a known format"],
        ),
    ]
}

#[test]
fn every_kind_is_named_with_its_place() {
    for (kind, name, bytes, want) in oddities().into_iter().chain(losses()) {
        let home = Home::new();
        home.write(&format!("in/{name}"), bytes);
        home.write("in/2031-01-01.json", hf(&json!([paper("3101.00001", "A sound one")])));
        let (status, out, _) = home.run(["check", "in"]);
        let lines: Vec<_> =
            out.lines().take_while(|l| !l.is_empty()).map(|l| l.trim_start_matches("in/")).collect();
        assert_eq!(lines, want, "{kind}");
        assert_eq!(status, i32::from(want.iter().any(|l| l.contains(": warning: "))), "{kind}");
        assert!(out.lines().any(|l| l.starts_with(&format!("{kind} "))), "{kind}: {out}");
        let (again, json, _) = home.run(["check", "in", "--json"]);
        let objects: Vec<Value> = json.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!((again, objects.len()), (status, want.len()), "{kind}");
        for (object, want) in objects.iter().zip(want) {
            let place = object["line"].as_u64().map(|n| format!(":{n}")).unwrap_or_default();
            let text = |key: &str| object[key].as_str().unwrap().to_owned();
            assert_eq!(
                format!("{}{place}: {}: {}", text("file"), text("severity"), text("what")),
                format!("in/{want}")
            );
            assert_eq!((object["schema"].as_u64(), text("kind").as_str()), (Some(1), kind));
        }
    }
}

fn native(date: &str, category: &str) -> String {
    let paper = json!({"id": "3102.00001", "title": "One", "authors": ["A"], "abstract_en": "x"});
    json!({"schema": 1, "date": date, "category": category, "sources": [], "notices": [], "papers": [paper]})
        .to_string()
}

#[test]
fn nothing_that_import_says_is_missing_from_check() {
    let home = Home::new();
    home.write("in/2031-02-03.json", hf(&json!([paper("3102.00001", "One"), 3, {"x": 1}])));
    home.write(
        "in/2031-02-04.json",
        &hf(&json!([paper("3102.00001", "One"), paper("3102.00002", "Two")])).as_bytes()[..300],
    );
    home.write(
        "in/undated.txt",
        "T of some length\nAuthors:A B\nAn abstract.\n论文及项目相关链接\nSummary\nx\n",
    );
    home.write("in/README.md", "# about");
    home.write("in/empty.json", "");
    home.write("in/2031-02-05.json", "[\"{'paper': 1}\"]");
    let (status, out, _) = home.run(["import", "in", "--into", "out", "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let (_, checked, _) = home.run(["check", "in", "--json"]);
    let checked: Vec<Value> = checked.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(status, 1);
    let problems = report["problems"].as_array().unwrap();
    assert!(problems.len() >= 8, "{problems:#?}");
    for problem in problems {
        let same =
            |c: &&Value| ["file", "line", "severity", "kind", "what"].iter().all(|k| c[k] == problem[k]);
        assert!(checked.iter().any(|c| same(&c)), "{problem} is not in {checked:#?}");
    }
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let home = Home::new();
    home.write("in/2031-02-03.json", hf(&json!([paper("3102.00001", "One"), paper("3102.00001", "One")])));
    let (status, dry, _) = home.run(["import", "in", "--into", "out", "--dry-run"]);
    assert_eq!(status, 0);
    assert!(!home.path("out").exists());
    let (_, wet, _) = home.run(["import", "in", "--into", "out"]);
    assert_eq!(dry.replace(" (dry run: nothing was written)", ""), wet);
    assert!(wet.contains("papers    1 new, 0 updated, 0 unchanged, 1 repeated in the sources\n"), "{wet}");
}

#[test]
fn the_table_counts_what_a_second_source_changes() {
    let home = Home::new();
    let failing = json!({"title": "Two", "authors": ["A"], "summary": "x", "arxiv_url": "https://arxiv.org/abs/3102.00002", "ai_summary": "N/A"});
    home.write("in/2031-02-03.json", hf(&json!([paper("3102.00001", "One"), failing])));
    assert_eq!(home.run(["import", "in", "--into", "out"]).0, 0);
    let translated = json!({"title": "One", "translation": "标题：一\n\n摘要：文", "arxiv_url": "https://arxiv.org/abs/3102.00001"});
    home.write("in/2031-02-03_zh.json", hf(&json!([translated, paper("3102.00003", "Three")])));
    let (_, out, _) = home.run(["import", "in", "--into", "out", "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    for (field, want) in [
        ("files", 2),
        ("digests_written", 1),
        ("papers_new", 1),
        ("papers_updated", 1),
        ("papers_unchanged", 1),
        ("papers_repeated", 1),
        ("fields_failed", 1),
    ] {
        assert_eq!(report[field], want, "{field} in {out}");
    }
    let before = tree(&home.path("out"));
    let (_, out, _) = home.run(["import", "in", "--into", "out", "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["digests_written"], &report["papers_unchanged"]), (&0.into(), &3.into()));
    assert_eq!(tree(&home.path("out")), before);
}

#[test]
fn standard_input_and_a_forced_format() {
    let home = Home::new();
    let page = "2031-02-03 更新\n\nT of some length\nAuthors:A B\nAn abstract.\n论文及项目相关链接\nSummary\nx\nKey Takeaways\n- a\n- b\n";
    let (status, _, err) = home.run_with(["import", "-", "--into", "out"], page.as_bytes());
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(home.path("out/2031-02-03/_.json").is_file());
    let (status, _, err) = home.run_with(["import", "-", "--into", "out"], b"nothing");
    assert_eq!((status, err.as_str()), (1, "wenzhai: -: is not a digest in a known format\n"));

    let odd = home.write("2031-02-04.json", "[{\"title\": \"One\"}]");
    assert_eq!(home.run(["import", odd.to_str().unwrap(), "--into", "out"]).0, 1);
    let (status, _, err) =
        home.run(["import", "2031-02-04.json", "--into", "out", "--format", "hf-daily-json"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(home.path("out/2031-02-04/_.json").is_file());
    let (status, _, err) = home.run(["import", "2031-02-04.json", "--format", "native", "--into", "out"]);
    assert_eq!((status, err.lines().count()), (1, 1), "{err}");
    let (status, _, err) = home.run(["import", "x", "--format", "pdf"]);
    assert_eq!(status, 2);
    assert!(err.contains("hf-daily-json"), "{err}");
}

#[test]
fn many_files_say_how_far_they_are() {
    let home = Home::new();
    for day in 1..=60 {
        let date = jiff::civil::Date::constant(2031, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        home.write(&format!("in/{date}.json"), hf(&json!([paper("3102.00001", "One")])));
    }
    let (status, _, err) = home.run(["import", "in", "--into", "out"]);
    assert_eq!((status, err.lines().count()), (0, 10), "{err}");
    assert!(err.contains("wenzhai: 60 of 60 files read\n"), "{err}");
    let modified = || fs::metadata(home.path("out/2031-01-02/_.json")).unwrap().modified().unwrap();
    let first = modified();
    home.run(["import", "in", "--into", "out"]);
    assert_eq!(modified(), first, "the second run wrote");
}
