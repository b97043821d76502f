//! An archive depends on the set of sources that were ever imported, not on the runs they came in.

#![cfg(test)]

#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;
#[expect(dead_code, reason = "nothing is run here")]
#[path = "support/home.rs"]
mod home;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use home::{Home, tree};
use proptest::prelude::*;
use serde_json::{Value, json};
use wenzhai::archive::{How, import};

/// What one source says of a paper.
#[derive(Clone, Debug)]
struct Record {
    n: usize,
    /// None, or one of two ids of the paper.
    id: Option<usize>,
    summary: Option<&'static str>,
    comment: &'static str,
    code: bool,
}

impl Record {
    fn title(&self) -> String {
        ["On Lanterns and their Shadows in Water", "Paper Boats: A Long Study of Wax", "Kites"][self.n]
            .to_owned()
    }

    fn id(&self) -> Option<String> {
        self.id.map(|id| format!("3102.0{id}00{}", self.n))
    }

    fn comment(&self) -> String {
        let code = if self.code { " https://github.com/lantern-maps/lantern" } else { "" };
        format!("{}{code}", self.comment)
    }

    fn native(&self) -> Value {
        let id = self.id();
        let arxiv = id.as_ref().map(|id| json!({"id": id}));
        json!({
            "id": id.unwrap_or_default(), "arxiv": arxiv, "title": self.title(), "authors": ["Ada L"],
            "comment": self.comment(), "summary": self.summary, "score": self.n, "unknown": null,
        })
    }

    fn line(&self, is_ai: bool) -> String {
        let ai = is_ai.then(|| json!({"tldr": "短。", "method": self.summary, "summary": self.summary}));
        let mut line = json!({
            "title": self.title(), "authors": ["Ada L", "Bo Z"], "summary": "We fold\nboats.",
            "comment": self.comment(), "pdf": self.id().map(|id| format!("https://arxiv.org/pdf/{id}")),
        });
        if let Some(ai) = ai {
            line["AI"] = ai;
        }
        line["id"] = json!(self.id());
        line.to_string() + "\n"
    }

    fn hf(&self) -> Value {
        json!({"paper": {"id": self.id(), "title": self.title(), "summary": "We fold boats.", "upvotes": self.n}})
    }

    fn text(&self) -> String {
        format!(
            "{}\nAuthors:Ada L, Bo Z\nWe fold boats.\n我们折纸船。\n论文及项目相关链接\nPDF {}\nSummary\n{}\n\
             Key Takeaways\n- 甲。\n- 乙。\n点此查看论文截图\n\n",
            self.title(),
            self.comment(),
            self.summary.unwrap_or("错误：AI分析失败。")
        )
    }

    fn post(&self) -> String {
        let link = self.id().map_or("PDF".to_owned(), |id| format!("[PDF](http://arxiv.org/abs/{id}v1)"));
        format!(
            "## {}\n\n**Authors:Ada L, Bo Z**\n\nWe fold boats. \n\n>我们折纸船。\n\n**论文及项目相关链接**\n\n{link} {}\n\n\
             **Summary**\n{}\n\n**Key Takeaways**\n\n1. 甲。\n2. 乙。\n\n<details>\n  <summary>点此查看论文截图</summary>\n</details>\n\n",
            self.title(),
            self.comment(),
            self.summary.unwrap_or("N/A")
        )
    }

    fn page(&self) -> String {
        let link = self
            .id()
            .map_or("PDF".to_owned(), |id| format!("<a href=\"http://arxiv.org/abs/{id}v1\">PDF</a>"));
        let title = self.title();
        format!(
            "<h2 id=\"x\"><a href=\"#x\" class=\"headerlink\" title=\"{title}\"></a>{title}</h2><p><strong>Authors:Ada L, Bo Z</strong></p>\n\
             <p>We fold boats.</p>\n<blockquote>\n<p>我们折纸船。</p>\n</blockquote>\n<p><strong>论文及项目相关链接</strong></p>\n\
             <p>{link} {}</p>\n<p><strong>Summary</strong><br>{}</p>\n<p><strong>Key Takeaways</strong></p>\n<ol>\n<li>甲。</li>\n<li>丙。</li>\n</ol>\n",
            self.comment(),
            self.summary.unwrap_or("N/A")
        )
    }

    fn day(&self) -> String {
        // A heading without an address is none.
        let Some(id) = self.id() else { return String::new() };
        let link = format!("https://arxiv.org/abs/{id}");
        format!(
            "### [1] [{}]({link})\n> *标题*\n\n*Ada L, Bo Z* | **Category: cs.RO**\n\n**Comment:** {}\n\n> **TL;DR:** 短。\n\n\
             <details>\n  <summary>Details</summary>\n\n**Method:** {}\n\n</details>\n\n---\n\n",
            self.title(),
            self.comment(),
            self.summary.unwrap_or("N/A")
        )
    }
}

/// The name and the text of a source. `file` tells its name from others, and its text from any other's.
fn source(kind: usize, file: usize, category: &str, records: &[Record]) -> (String, String) {
    let all = |f: fn(&Record) -> String| records.iter().map(f).collect::<String>();
    let list = |f: fn(&Record) -> Value| records.iter().map(f).collect::<Vec<_>>();
    let (name, text) = match kind {
        0 => {
            let digest = json!({"schema": 1, "date": "2031-02-01", "category": category, "made_by": file, "papers": list(Record::native)});
            (format!("{file}.json"), format!("{digest:#}"))
        }
        1 => {
            let digest = json!({"schema": 1, "date": "2031-02-01", "category": null, "notices": ["n"], "papers": list(Record::native)});
            (format!("{file}.json"), digest.to_string())
        }
        2 => (format!("{file}_2031-02-01_AI_enhanced_Chinese.jsonl"), all(|r| r.line(true))),
        3 => (format!("{file}_2031-02-01.jsonl"), all(|r| r.line(false))),
        4 => (
            format!("{file}.txt"),
            format!("{category}\n\n⚠️ 以下\n\n# 2031-02-01 更新\n\n{}", all(Record::text)),
        ),
        5 => (
            format!("{file}.md"),
            format!(
                "\n---\ntitle: {category}\ndate: 2031-02-01 08:09:10\n---\n\n# 2031-02-01 更新\n\n{}",
                all(Record::post)
            ),
        ),
        6 => (
            format!("{file}.html"),
            format!(
                "<!DOCTYPE HTML>\n<html><body><h1 class=\"description center-align post-title\">{category}</h1>\
                 <div id=\"articleContent\">\n<h1 id=\"2031-02-01-更新\"><a href=\"#x\" class=\"headerlink\" title=\"2031-02-01 更新\"></a>2031-02-01 更新</h1>{}</div>\
                 <div id=\"reprint-statement\"></div></body></html>\n",
                all(Record::page)
            ),
        ),
        7 => (
            format!("{file}_2031-02-01.md"),
            format!("# AI-Enhanced arXiv Daily 2031-02-01\n\n{}", all(Record::day)),
        ),
        8 => (format!("{file}_2031-02-01.json"), Value::from(list(Record::hf)).to_string()),
        _ => {
            let record = |r: &Record| {
                Some((
                    r.id()?,
                    json!({"title": r.title(), "authors": ["Ada L"], "abstract": "We.", "comment": r.comment(), "categories": ["cs.RO"]}),
                ))
            };
            let month: serde_json::Map<_, _> = records.iter().filter_map(record).collect();
            (format!("{file}-2031-02.json"), format!("{:#}", Value::Object(month)))
        }
    };
    (name, format!("{text}{}", "\n".repeat(file)))
}

fn record() -> impl Strategy<Value = Record> {
    (
        0..3_usize,
        prop::option::weighted(0.7, prop::sample::select(vec![0, 0, 0, 1])),
        prop::option::of(prop::sample::select(vec!["甲，文。", "甲,文.", "乙文。"])),
        prop::sample::select(vec!["8 pages, ICML", "8 pages,ICML", "9 pages", ""]),
        any::<bool>(),
    )
        .prop_map(|(n, id, summary, comment, code)| Record { n, id, summary, comment, code })
}

/// One file, and its texts as it changes. All of them hold the paper of the first record.
fn file() -> impl Strategy<Value = (usize, &'static str, Vec<Vec<Record>>)> {
    let category = prop::sample::select(vec!["LLM", "LLM", "LLM", "llm", "LLM-2"]);
    let versions = prop::collection::vec(prop::collection::vec(record(), 0..3), 1..4);
    (0..10_usize, category, record(), versions).prop_map(|(kind, category, first, mut versions)| {
        for version in &mut versions {
            let at = version.len() / 2;
            version.insert(
                at,
                Record {
                    id: first.id.or(Some(0).filter(|_| kind == 7 || kind == 9)),
                    n: first.n,
                    ..record_of(version, &first)
                },
            );
        }
        (kind, category, versions)
    })
}

/// What a version says of the paper that all of them hold: what it says of another one.
fn record_of(version: &[Record], first: &Record) -> Record {
    version.first().unwrap_or(first).clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn runs_and_their_order_do_not_matter(
        files in prop::collection::vec(file(), 1..6),
        steps in prop::collection::vec((0..6_usize, any::<bool>()), 0..12),
    ) {
        let home = Home::new();
        let out = home.path("out");
        let mut versions: Vec<usize> = vec![0; files.len()];
        let mut written: BTreeMap<usize, PathBuf> = BTreeMap::new();
        let mut touched: BTreeSet<PathBuf> = BTreeSet::new();
        let last = (0..files.len()).map(|file| (file, true));
        for (file, ends_run) in steps.into_iter().map(|(file, ends)| (file % files.len(), ends)).chain(last) {
            let (kind, category, texts) = &files[file];
            versions[file] = (versions[file] + 1).min(texts.len());
            let is_final = ends_run && written.len() + 1 >= files.len();
            let version = if is_final { texts.len() } else { versions[file] };
            let (name, text) = source(*kind, file, category, &texts[version - 1]);
            let path = home.write(&format!("in/{file}/{name}"), text);
            touched.insert(path.clone());
            written.insert(file, path);
            versions[file] = version;
            if ends_run {
                let run: Vec<PathBuf> = std::mem::take(&mut touched).into_iter().collect();
                let _ = import(&run, &out, &How::default());
            }
        }
        // Files that were imported before their last change.
        for (file, (kind, category, texts)) in files.iter().enumerate() {
            let (name, text) = source(*kind, file, category, texts.last().unwrap());
            home.write(&format!("in/{file}/{name}"), text);
            let _ = import(&[home.path(&format!("in/{file}"))], &out, &How::default());
        }
        let paths: Vec<PathBuf> = written.into_values().collect();
        let whole = home.path("whole");
        let report = import(&paths, &whole, &How::default());
        prop_assert_eq!(report.files, files.len(), "{:?}", report.problems);
        let text = |tree: BTreeMap<PathBuf, Vec<u8>>| tree.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect::<BTreeMap<_, _>>();
        prop_assert_eq!(text(tree(&out)), text(tree(&whole)));
        let again = import(&paths, &out, &How::default());
        prop_assert_eq!(again.digests_written, 0);
    }
}

fn permutations(of: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let with = |at: usize| {
        let mut rest = of.to_vec();
        let first = rest.remove(at);
        permutations(&rest).into_iter().map(move |mut all| {
            all.insert(0, first.clone());
            all
        })
    };
    (0..of.len()).flat_map(with).collect()
}

/// The bytes and times of all files of an archive.
fn state(archive: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    let time = |name: &Path| fs::metadata(archive.join(name)).unwrap().modified().unwrap();
    tree(archive).into_iter().map(|(name, bytes)| (name.clone(), (bytes, time(&name)))).collect()
}

#[test]
fn four_sources_of_one_day_are_one_digest_in_any_order_of_runs() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    for names in [
        [
            "posts_2031-02-03_new.md",
            "posts_2031-02-03_new.html",
            "posts_2031-02-03_quoted.mhtml",
            "2031-02-03_spaced.txt",
        ],
        [
            "feeds/2031-02-03.jsonl",
            "feeds/2031-02-03_AI_enhanced_Chinese.jsonl",
            "feeds/2031-02-03_marked.md",
            "feeds/2031-02-03_translated.md",
        ],
    ] {
        let home = Home::new();
        let paths = names.map(|name| fixtures.join(name));
        let whole = home.path("whole");
        assert_eq!(import(&paths, &whole, &How::default()).files, 4);
        assert_eq!(tree(&whole).len(), 1, "{names:?}");
        for (n, order) in permutations(&paths).into_iter().enumerate() {
            let archive = home.path(&n.to_string());
            for path in &order {
                let report = import(std::slice::from_ref(path), &archive, &How::default());
                assert_eq!(report.digests_written, 1, "{order:?}: {report:?}");
            }
            assert!(tree(&archive) == tree(&whole), "{order:?}");
            let before = state(&archive);
            for sources in order.chunks(1).chain([paths.as_slice()]) {
                assert_eq!(import(sources, &archive, &How::default()).digests_written, 0);
            }
            assert!(state(&archive) == before, "{order:?}");
        }
    }
}

#[test]
fn real_days_of_lines_and_pages_do_not_depend_on_what_came_first() {
    let Some(corpus) = corpus::corpus() else { return };
    let home = Home::new();
    let folders = ["daily-arxiv-jsonl", "daily-arxiv-markdown"].map(|name| corpus.join(name));
    let whole = home.path("whole");
    assert!(import(&folders, &whole, &How::default()).papers.new > 0);
    for (out, order) in [("1", [0, 1]), ("2", [1, 0])] {
        for n in order {
            let _ = import(&folders[n..=n], &home.path(out), &How::default());
        }
        assert!(tree(&home.path(out)) == tree(&whole), "{order:?}");
        let before = state(&home.path(out));
        assert_eq!(import(&folders, &home.path(out), &How::default()).digests_written, 0);
        assert!(state(&home.path(out)) == before);
    }
}
