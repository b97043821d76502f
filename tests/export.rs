//! Exports read back by foreign readers: biblatex, small readers of RIS, CSL-JSON and CSV, and Python's where it is.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#[path = "support/home.rs"]
#[allow(dead_code, reason = "each test file uses its part of the home")]
mod home;

use std::collections::BTreeSet;
use std::process::Command;

use biblatex::{Bibliography, ChunksExt as _};
use home::Home;
use proptest::prelude::*;
use serde_json::{Value, json};
use wenzhai::decisions::{Cell, Decisions, Field, FieldValue};
use wenzhai::export::{Entry, Exporter, Format, cite_key, export, lines};
use wenzhai::model::{ArxivId, Digest, Paper, Verdict};

fn paper(id: &str, title: &str) -> Paper {
    Paper {
        id: id.to_owned(),
        arxiv: (!id.contains(':')).then(|| ArxivId { id: id.to_owned(), version: Some(2) }),
        title: title.to_owned(),
        authors: vec!["Ada de la Cruz".to_owned(), "OpenAI".to_owned(), "王小明".to_owned()],
        abstract_en: Some("First.\n\nSecond & last, 100%.".to_owned()),
        abstract_zh: Some("* 第一段。\n#+INCLUDE: x".to_owned()),
        takeaways: vec!["甲。".to_owned(), "乙。".to_owned()],
        keywords: vec!["graphs".to_owned()],
        comment: Some("CVPR 2025".to_owned()),
        categories: vec!["R1_Reasoning".to_owned(), "cs.CL".to_owned(), "stat.ML".to_owned()],
        published: Some("2025-04-29T17:59:59Z".to_owned()),
        ..Paper::default()
    }
}

fn entry(paper: &Paper) -> Entry<'_> {
    Entry {
        date: "2025-05-01".parse().unwrap(),
        category: Some("LLM"),
        paper,
        verdict: Verdict::Bookmarked,
        is_read: true,
        tags: BTreeSet::from(["rl".to_owned(), "强化学习".to_owned()]),
        note: Some("Compare with {this}.\nSecond line.".to_owned()),
    }
}

fn one(format: Format, paper: &Paper) -> String {
    export(format, [entry(paper)])
}

/// Titles that want out of their field.
const HOSTILE: [&str; 14] = [
    "100% of {R&D}_1 costs $5 #1",
    "}, title = {Owned",
    "{{{{",
    "}}}}\n@comment{",
    "\\input{/etc/passwd} \\write18{id}",
    "$\\input{x}$ and $",
    "\"quoted\" 'single' `tick`",
    "=1+1",
    "'=1+1",
    "-rm -rf ~; $(id) | sh",
    "ER  - \nTY  - JOUR",
    "a, \"b\"\nc; d",
    "* [[shell:id][x]] src_sh{id} {{{x}}} :tag:",
    "文摘，“引号” · 100%",
];

#[test]
fn bibtex_has_the_fields_of_arxiv() {
    let paper = paper("2504.20752", "Spatial-MLLM: Boosting MLLM & Co");
    let text = one(Format::Bibtex, &paper);
    let want = r"@misc{cruz-spatial-2504.20752,
  title = {{Spatial-MLLM:} Boosting {MLLM} \& Co},
  author = {de la Cruz, Ada and {OpenAI} and {王小明}},
  year = {2025},
  eprint = {2504.20752},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  url = {https://arxiv.org/abs/2504.20752},
  abstract = {First. Second \& last, 100\%.},
  note = {CVPR 2025},
  keywords = {rl, 强化学习, graphs},
  annote = {Compare with {\textbraceleft}this{\textbraceright}. Second line.},
  month = apr
}
";
    assert_eq!(text, want.replace("cruz-", "delacruz-"));
    let bib = Bibliography::parse(&text).unwrap();
    let entry = bib.get("delacruz-spatial-2504.20752").unwrap();
    let authors = entry.author().unwrap();
    assert_eq!((authors[0].prefix.as_str(), authors[0].name.as_str()), ("de la", "Cruz"));
    assert_eq!((authors.len(), authors[2].name.as_str()), (3, "王小明"));
    assert_eq!(entry.title().unwrap().format_verbatim(), paper.title);
    assert_eq!(entry.eprint_type().unwrap().format_verbatim(), "arXiv");
}

fn fields_of_bibtex(text: &str) -> Vec<(String, String)> {
    let bib = Bibliography::parse(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(bib.len(), 1, "{text}");
    let entry = bib.iter().next().unwrap();
    entry.fields.iter().map(|(name, value)| (name.clone(), value.format_verbatim())).collect()
}

#[test]
fn no_title_gets_out_of_bibtex() {
    let names: Vec<_> =
        fields_of_bibtex(&one(Format::Bibtex, &paper("2504.1", "T"))).into_iter().map(|f| f.0).collect();
    for title in HOSTILE {
        let fields = fields_of_bibtex(&one(Format::Bibtex, &paper("2504.1", title)));
        assert_eq!(fields.iter().map(|f| f.0.clone()).collect::<Vec<_>>(), names, "{title}");
        let read = &fields.iter().find(|f| f.0 == "title").unwrap().1;
        assert_eq!(*read, title.split_whitespace().collect::<Vec<_>>().join(" "), "{title}");
    }
}

/// Reads RIS as reference managers do: a tag a line, a record from `TY` to `ER`.
fn read_ris(text: &str) -> Vec<Vec<(String, String)>> {
    let (mut records, mut record) = (Vec::new(), Vec::new());
    for line in text.lines().filter(|l| !l.is_empty()) {
        let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("no tag: {line}"));
        assert!(
            tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
            "{line}"
        );
        assert_eq!(record.is_empty(), tag == "TY", "{line}");
        record.push((tag.to_owned(), value.to_owned()));
        if tag == "ER" {
            records.push(std::mem::take(&mut record));
        }
    }
    assert!(record.is_empty(), "no end: {text}");
    records
}

#[test]
fn ris_is_read_back() {
    for title in HOSTILE {
        let p = paper("2504.20752", title);
        let records = read_ris(&one(Format::Ris, &p));
        assert_eq!(records.len(), 1, "{title}");
        let all = |tag: &str| -> Vec<&str> {
            records[0].iter().filter(|(t, _)| t == tag).map(|(_, v)| v.as_str()).collect()
        };
        assert_eq!(all("TI"), [title.split_whitespace().collect::<Vec<_>>().join(" ")]);
        assert_eq!(all("AU"), ["de la Cruz, Ada", "OpenAI", "王小明"]);
        assert_eq!((all("PY"), all("DA")), (vec!["2025"], vec!["2025/04/29/"]));
        assert_eq!(all("UR"), ["https://arxiv.org/abs/2504.20752"]);
        assert_eq!(all("KW"), ["rl", "强化学习", "graphs"]);
        assert_eq!(all("ID"), [cite_key(&p)]);
    }
}

/// Checks an item against the names and types of the CSL-JSON schema 1.0.2 that are used here.
fn check_csl(item: &Value) {
    assert!(item["id"].is_string() && item["type"].is_string(), "the schema wants both: {item}");
    for (name, value) in item.as_object().unwrap() {
        let is_right = match name.as_str() {
            "id" | "title" | "abstract" | "publisher" | "number" | "URL" | "note" | "keyword" | "annote" => {
                value.is_string()
            }
            "type" => value == "article",
            "author" => value.as_array().unwrap().iter().all(|name| {
                let parts = name.as_object().unwrap();
                parts.iter().all(|(part, text)| {
                    ["family", "given", "suffix", "literal"].contains(&part.as_str()) && text.is_string()
                })
            }),
            "issued" => value["date-parts"][0]
                .as_array()
                .is_some_and(|p| (1..=3).contains(&p.len()) && p.iter().all(Value::is_i64)),
            _ => false,
        };
        assert!(is_right, "{name}: {value}");
    }
}

#[test]
fn csl_json_keeps_to_its_schema() {
    let papers: Vec<Paper> = HOSTILE
        .iter()
        .enumerate()
        .map(|(n, title)| paper(&format!("2504.{n:05}"), title))
        .chain([paper("t:0123", "No id"), Paper { title: "Bare".to_owned(), ..Paper::default() }])
        .collect();
    let items: Value = serde_json::from_str(&export(Format::CslJson, papers.iter().map(entry))).unwrap();
    let items = items.as_array().unwrap();
    items.iter().for_each(check_csl);
    assert_eq!(items.len(), papers.len());
    assert_eq!(items[0]["issued"]["date-parts"], json!([[2025, 4, 29]]));
    assert_eq!(items[0]["author"][0], json!({"family": "de la Cruz", "given": "Ada"}));
    assert_eq!(items[0]["author"][1], json!({"literal": "OpenAI"}));
    for (item, paper) in items.iter().zip(&papers) {
        assert_eq!(item["title"], paper.title);
    }
}

/// Reads CSV by RFC 4180.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!is_quoted && cell.is_empty() && row.is_empty());
    rows
}

/// Takes the guard of a formula off.
fn unguarded(cell: &str) -> &str {
    let is_formula =
        |t: &str| t.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

fn titles_of_csv(text: &str) -> Vec<String> {
    let rows = read_csv(text);
    let at = rows[0].iter().position(|name| name == "title").unwrap();
    assert!(rows.iter().all(|r| r.len() == rows[0].len()));
    let cells = rows[1..].iter().flatten();
    assert!(cells.clone().all(|c| !c.starts_with(['=', '+', '-', '@'])), "{text}");
    rows[1..].iter().map(|r| unguarded(&r[at]).to_owned()).collect()
}

#[test]
fn csv_gives_every_title_back_and_calculates_none() {
    let papers: Vec<Paper> =
        HOSTILE.iter().enumerate().map(|(n, title)| paper(&format!("2504.{n:05}"), title)).collect();
    assert_eq!(titles_of_csv(&export(Format::Csv, papers.iter().map(entry))), HOSTILE);
}

#[test]
fn json_holds_all_that_the_archive_does() {
    let papers: Vec<Paper> =
        HOSTILE.iter().enumerate().map(|(n, title)| paper(&format!("2504.{n:05}"), title)).collect();
    let all: Value = serde_json::from_str(&export(Format::Json, papers.iter().map(entry))).unwrap();
    assert_eq!(all["schema"], 1);
    for (item, paper) in all["papers"].as_array().unwrap().iter().zip(&papers) {
        let back: Paper = serde_json::from_value(item.clone()).unwrap();
        assert_eq!(back, *paper);
        assert_eq!(item["tags"], json!(["rl", "强化学习"]));
        assert_eq!((&item["verdict"], &item["read"]), (&json!("bookmarked"), &json!(true)));
    }
    assert_eq!(serde_json::from_str::<Value>(&export(Format::Json, [])).unwrap()["papers"], json!([]));
    assert_eq!(serde_json::from_str::<Value>(&export(Format::CslJson, [])).unwrap(), json!([]));
}

#[test]
fn three_plain_lines_for_a_chat() {
    let mut paper = paper("2504.20752", "Grokking\nin the Wild");
    assert_eq!(lines(&paper), "Grokking in the Wild\n甲。\nhttps://arxiv.org/abs/2504.20752\n");
    let text =
        export(Format::Markdown, [entry(&paper), entry(&Paper { title: "B".into(), ..Paper::default() })]);
    assert!(
        text.contains("20752\n#rl #强化学习\nCompare with {this}.\nSecond line.\n\nB\nhttps://"),
        "{text}"
    );
    (paper.arxiv, paper.takeaways) = (None, Vec::new());
    assert_eq!(
        lines(&paper),
        "Grokking in the Wild\nhttps://arxiv.org/search/?searchtype=title&query=Grokking%20in%20the%20Wild\n"
    );
}

#[test]
fn org_acts_on_nothing() {
    for title in HOSTILE {
        let text = one(Format::Org, &paper("2504.20752", title));
        let heads: Vec<&str> = text.lines().filter(|l| l.starts_with('*')).collect();
        assert_eq!(heads.len(), 5, "{text}");
        for mark in ["[[", "{{{", "src_", "\n#+", "\n* 第一"] {
            assert!(!text.contains(mark), "{mark}: {text}");
        }
        assert!(text.contains("\n:ARXIV: 2504.20752\n") && heads[0].ends_with(" :rl:强化学习:"), "{text}");
    }
}

#[test]
fn a_paper_of_several_digests_is_written_once() {
    let (a, b) = (paper("2504.20752", "One"), paper("2504.20753", "Two"));
    let again = Paper { title: "One, corrected".to_owned(), ..a.clone() };
    for format in Format::ALL {
        let mut exporter = Exporter::new(format);
        let written = [&a, &b, &again].map(|p| exporter.paper(&entry(p)).is_some());
        assert_eq!((written, exporter.count()), ([true, true, false], 2), "{format:?}");
        assert_eq!(Format::from_name(format.name()), Some(format));
    }
    // What nothing tells apart is written each time, under a key of its own.
    let bare = Paper::default();
    let text = export(Format::Bibtex, [entry(&bare), entry(&bare)]);
    assert!(text.contains("@misc{paper,") && text.contains("@misc{paper-2,"), "{text}");
}

#[test]
fn what_another_machine_wrote_is_cleaned() {
    let paper = paper("2504.20752", "T");
    let mut decisions = Decisions::new("other");
    let note = FieldValue::Text(Some("a\u{1b}]0;x\u{7}b\r\nc".to_owned()));
    let tag = Field::Tag("t\u{9b}31m".to_owned());
    let cell = |field, value| Cell { paper: paper.identity(), field, value };
    decisions.decide(1, vec![cell(Field::Note, note), cell(tag, FieldValue::Bool(true))], "note 1");
    let digest = Digest { papers: vec![paper.clone()], ..Digest::new("2025-05-01".parse().unwrap(), None) };
    for format in Format::ALL {
        let text = export(format, [Entry::new(&digest, &paper, &decisions)]);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{format:?}: {text:?}");
    }
}

#[test]
fn a_title_of_a_megabyte_is_exported() {
    let paper = paper("2504.20752", &"{%=\n$ ".repeat(1 << 18));
    for format in Format::ALL {
        let text = one(format, &paper);
        assert!(text.len() > 1 << 19, "{format:?}");
        if format == Format::Bibtex {
            assert_eq!(Bibliography::parse(&text).unwrap().len(), 1);
        }
    }
}

/// Reads BibTeX by Python's bibtexparser, old or new: for each entry its key and fields, then how many parts of the text
/// it could not read. None where it is not installed.
#[expect(clippy::print_stdout, reason = "who runs the tests is told what was not run")]
fn read_by_python(text: &str) -> Option<(Vec<Value>, usize)> {
    let has = Command::new("python3").args(["-c", "import bibtexparser"]).output();
    if !has.is_ok_and(|o| o.status.success()) {
        println!("skipped: there is no bibtexparser for python3");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.bib");
    std::fs::write(&file, text).unwrap();
    let script = "import sys, json, bibtexparser\n\
        text = open(sys.argv[1], encoding='utf-8').read()\n\
        if hasattr(bibtexparser, 'parse_string'):\n\
        \x20   db = bibtexparser.parse_string(text)\n\
        \x20   found = [dict({f.key.lower(): f.value for f in e.fields}, ID=e.key) for e in db.entries]\n\
        \x20   lost = len(db.failed_blocks)\n\
        else:\n\
        \x20   found, lost = bibtexparser.loads(text).entries, 0\n\
        print(json.dumps([found, lost]))";
    let output = Command::new("python3").args(["-c", script]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn python_reads_the_bibtex_where_it_can() {
    let papers: Vec<Paper> =
        HOSTILE.iter().enumerate().map(|(n, title)| paper(&format!("2504.{n:05}"), title)).collect();
    let text = export(Format::Bibtex, papers.iter().map(entry));
    let Some((entries, lost)) = read_by_python(&text) else { return };
    assert_eq!((entries.len(), lost), (HOSTILE.len(), 0));
    let bib = Bibliography::parse(&text).unwrap();
    for (entry, paper) in entries.iter().zip(&papers) {
        assert_eq!(entry["ID"], cite_key(paper));
        assert_eq!(entry["eprint"], paper.arxiv.as_ref().unwrap().id);
        assert_eq!(entry["archiveprefix"], "arXiv");
        assert!(
            entry["primaryclass"].is_string() && entry["keywords"].as_str().unwrap().contains("强化学习")
        );
        // Both readers see the same fields.
        let fields = &bib.get(entry["ID"].as_str().unwrap()).unwrap().fields;
        assert_eq!(fields.len() + 1, entry.as_object().unwrap().len(), "{entry}");
    }
}

#[test]
fn foreign_readers_take_the_whole_sample() {
    let decisions = Decisions::new("test");
    let listing = wenzhai::archive::sample();
    let digests: Vec<_> = listing.digests.iter().map(|d| wenzhai::archive::load(d).unwrap().digest).collect();
    let entries = || digests.iter().flat_map(|d| d.papers.iter().map(|p| Entry::new(d, p, &decisions)));
    let count = read_ris(&export(Format::Ris, entries())).len();
    assert_eq!(count, 16);
    let items: Value = serde_json::from_str(&export(Format::CslJson, entries())).unwrap();
    assert_eq!(items.as_array().unwrap().len(), count);
    items.as_array().unwrap().iter().for_each(check_csl);
    let text = export(Format::Bibtex, entries());
    assert_eq!(Bibliography::parse(&text).unwrap().len(), count);
    if let Some((read, lost)) = read_by_python(&text) {
        assert_eq!((read.len(), lost), (count, 0));
        let attention = read.iter().find(|e| e["eprint"] == "1706.03762").unwrap();
        assert!(attention["author"].as_str().unwrap().starts_with("Vaswani, Ashish and "), "{attention}");
    }
}

proptest! {
    #[test]
    fn whatever_the_texts_are_the_fields_stay(title in r"[\\{}$%&#_^~@=,;:'\x22`a-zA-Z0-9 \n中–-]{0,60}", author in ".{0,20}") {
        let mut p = paper("2504.20752", &title);
        p.authors = vec![author, "B C".to_owned()];
        let names: Vec<_> = fields_of_bibtex(&one(Format::Bibtex, &p)).into_iter().map(|f| f.0).collect();
        prop_assert!(names.len() >= 10 && names.len() <= 12, "{:?}", names);
        prop_assert_eq!(read_ris(&one(Format::Ris, &p)).len(), 1);
        prop_assert_eq!(titles_of_csv(&one(Format::Csv, &p)), vec![title.clone()]);
        let json: Value = serde_json::from_str(&one(Format::Json, &p)).unwrap();
        prop_assert_eq!(json["papers"][0]["title"].as_str(), Some(title.as_str()));
        check_csl(&serde_json::from_str::<Value>(&one(Format::CslJson, &p)).unwrap()[0]);
        let org = one(Format::Org, &p);
        prop_assert_eq!(org.lines().filter(|l| l.starts_with("* ")).count(), 1, "{}", org);
    }

    #[test]
    fn a_title_without_latex_comes_back(title in r"[{}%&#_^~@=,;:'\x22`a-zA-Z0-9 中]{1,60}") {
        let fields = fields_of_bibtex(&one(Format::Bibtex, &paper("2504.20752", &title)));
        let read = fields.iter().find(|f| f.0 == "title").map(|f| f.1.clone()).unwrap_or_default();
        prop_assert_eq!(read, title.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

fn archive(home: &Home) {
    for (date, id, title) in [
        ("2025-05-01", "2505.00001", "Graphs at rest"),
        ("2025-05-02", "2505.00002", "Graphs & \\emph{motion}"),
        ("2025-05-02", "2505.00003", "Seeing \"less\""),
    ] {
        let papers = json!([{"id": id, "arxiv": {"id": id, "version": 1}, "title": title, "authors": ["Ada Example"]}]);
        let digest = json!({"schema": 1, "date": date, "category": id, "sources": [], "notices": [], "papers": papers});
        home.write(&format!("archive/{date}/{id}.json"), digest.to_string());
    }
}

#[test]
fn the_command_line_exports_by_ids_day_and_pipe() {
    let home = Home::new();
    archive(&home);
    let run = |args: &[&str], input: &str| {
        let args: Vec<&str> =
            ["export", "--archive", "archive", "--format", "csv"].iter().chain(args).copied().collect();
        let (status, out, err) = home.run_with(&args, input.as_bytes());
        let ids = read_csv(&out)[1..].iter().map(|r| r[1].clone()).collect::<Vec<_>>();
        (status, ids, err)
    };
    let all = ["2505.00002", "2505.00003", "2505.00001"].map(str::to_owned).to_vec();
    assert_eq!(run(&[], ""), (0, all.clone(), String::new()));
    assert_eq!(run(&["--date", "2025-05-02"], "").1, all[..2]);
    assert_eq!(run(&["arXiv:2505.00001v3"], "").1, all[2..]);
    assert_eq!(run(&["-"], "2505.00003 title\n2505.00001\n").1, all[1..]);
    assert_eq!(run(&["-"], "").1, Vec::<String>::new());
    assert_eq!(run(&["--query", "-seeing", "--date", "2025-05-02"], "").1, all[..1]);
    assert_eq!(home.run(["export", "--archive", "archive", "--format", "csv", "--query", "("]).0, 2);
    let (status, ids, err) = run(&["2505.00001", "2505.9"], "");
    assert_eq!((status, ids.len(), err.as_str()), (1, 1, "wenzhai: no paper has the id \"2505.9\"\n"));
    assert_eq!(home.run(["export", "--archive", "archive", "--format", "bib"]).0, 2);
    assert_eq!(home.run(["export", "--archive", "archive", "--format", "csv", "--date", "x"]).0, 2);
}

#[test]
fn tags_and_notes_go_along() {
    let home = Home::new();
    archive(&home);
    assert_eq!(home.run(["mark", "2505.00001", "--bookmark", "--tag", "rl", "--archive", "archive"]).0, 0);
    let (_, out, _) = home.run(["export", "2505.00001", "--archive", "archive", "--format", "bibtex"]);
    assert!(out.contains("keywords = {rl}"), "{out}");
    let (_, out, _) = home.run(["export", "2505.00001", "--archive", "archive", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["papers"][0]["verdict"], "bookmarked");
}

#[test]
fn a_file_is_written_as_a_whole_or_not_at_all() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let home = Home::new();
    archive(&home);
    let export = |file: &str| home.run(["export", "--archive", "archive", "--format", "ris", "-o", file]);
    assert_eq!(export("a.ris"), (0, String::new(), String::new()));
    assert_eq!(read_ris(&std::fs::read_to_string(home.path("a.ris")).unwrap()).len(), 3);
    let old = home.write("kept/b.ris", "old");
    std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o664)).unwrap();
    symlink(&old, home.path("link.ris")).unwrap();
    assert_eq!(export("link.ris").0, 0);
    assert!(home.path("link.ris").is_symlink() && std::fs::read(&old).unwrap().starts_with(b"TY"));
    assert_eq!(std::fs::metadata(&old).unwrap().permissions().mode() & 0o777, 0o664);
    for bad in ["kept", "none/c.ris"] {
        let (status, _, err) = export(bad);
        assert_eq!((status, err.lines().count()), (1, 1), "{err}");
    }
    // What is no file is written to, an export of nothing writes nothing, and a link leads on though nothing is there.
    symlink("/dev/stdout", home.path("out")).unwrap();
    assert_eq!(read_ris(&export("out").1).len(), 3);
    assert!(home.path("out").is_symlink());
    assert_eq!(read_ris(&export("-").1).len(), 3);
    let nothing =
        ["export", "--archive", "archive", "--format", "ris", "--date", "2031-01-01", "-o", "a.ris"];
    assert_eq!(home.run(nothing).0, 1);
    assert!(std::fs::read(home.path("a.ris")).unwrap().starts_with(b"TY"));
    symlink("new.ris", home.path("dangling")).unwrap();
    assert_eq!(export("dangling").0, 0);
    assert!(home.path("dangling").is_symlink() && home.path("new.ris").is_file());
    let left: Vec<_> =
        std::fs::read_dir(home.path("kept")).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["b.ris"]);
}
