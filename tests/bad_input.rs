//! Bad input of every kind: what `wenzhai import` says of it, what survives, and how it ends.

#![cfg(test)]

#[path = "support/home.rs"]
mod home;

use std::fs;
use std::process::{Command, Stdio};

use encoding_rs::GB18030;
use home::{Home, tree};
use serde_json::{Value, json};
use wenzhai::import::{Format, parse};

const CAPTURE: &str = "Small Models\n\n⚠️ 以下内容由大模型生成\n\n2031-02-03 更新\n\nPaper Boats on Rivers\nAuthors:Ada L, Bo Z\nAn abstract of it.\n\
    我们提出一种新的方法，它很快。\n论文及项目相关链接\nPDF\nSummary\n摘要文字。\nKey Takeaways\n- 甲。\n- 乙。\n点此查看论文截图\n\
    Kettles that Listen\nAuthors:Wei M\nAnother abstract.\n水壶不响。\n论文及项目相关链接\nPDF\nSummary\n第二段摘要。\n\
    Key Takeaways\n- 丙。\n- 丁。\n点此查看论文截图\n";

const POST: &str = "---\ntitle: Small Models\n---\n\n>⚠️ 以下内容由大模型生成\n\n# 2031-02-03 更新\n\n## Paper Boats on Rivers\n**Authors:Ada L, Bo Z**\n\n\
    An abstract of it.\n\n>我们提出一种新的方法，它很快。\n\n[PDF](http://arxiv.org/abs/3102.00001v1)\n\n**Summary**\n摘要文字。\n\n\
    **Key Takeaways**\n- 甲。\n- 乙。\n\n**[Cool Papers](https://papers.cool/arxiv/3102.00001)**\n\n## Kettles that Listen\n\
    **Authors:Wei M**\n\nAnother abstract.\n\n[PDF](http://arxiv.org/abs/3102.00002v1)\n\n**[Cool Papers](https://papers.cool/arxiv/3102.00002)**\n";

const MESSAGE: &str = include_str!("fixtures/import/posts_2031-02-03_quoted.mhtml");
const PAGE: &str = "<html><body><div id=\"articleContent\"><h1 id=\"d\">2031-02-03 更新</h1>\n<h2 id=\"a\"><a class=\"headerlink\"></a>Paper Boats on Rivers</h2>\
    <p><strong>Authors:Ada L, Bo Z</strong></p>\n<p>An abstract of it.</p>\n<blockquote><p>我们提出一种新的方法，它很快。</p></blockquote>\n\
    <p><a href=\"http://arxiv.org/abs/3102.00001v1\">PDF</a></p>\n<p><strong><a href=\"https://papers.cool/arxiv/3102.00001\">Cool Papers</a></strong></p>\n\
    <h2 id=\"b\"><a class=\"headerlink\"></a>Kettles that Listen</h2><p><strong>Authors:Wei M</strong></p>\n<p>Another abstract.</p>\n\
    <p><a href=\"http://arxiv.org/abs/3102.00002v1\">PDF</a></p>\n<p><strong><a href=\"https://papers.cool/arxiv/3102.00002\">Cool Papers</a></strong></p>\n\
    </div></body></html>\n";

const FEED: &str = "### [1] [Paper Boats on Rivers](https://arxiv.org/abs/3102.00001)\n*Ada L,Bo Z*\n\nMain category: cs.AI\n\nTL;DR: 它很快。\n\n\
    <details>\n  <summary>Details</summary>\nMotivation: 我们提出一种新的方法。\n\n</details>\n\n### [2] [Kettles that Listen](https://arxiv.org/abs/3102.00002)\n\
    *Wei M*\n\nMain category: cs.AI\n\nTL;DR: 水壶不响。\n\n<details>\n  <summary>Details</summary>\nMotivation: 听。\n\n</details>\n";

fn record(n: u32, title: &str) -> Value {
    json!({"id": format!("3102.0000{n}"), "title": title, "authors": ["Ada L"], "summary": "An abstract.", "AI": {"tldr": "我们提出一种新的方法，它很快。"}})
}

fn lines() -> String {
    format!("{}\n{}\n", record(1, "Paper Boats on Rivers"), record(2, "Kettles that Listen"))
}

fn day() -> String {
    let paper = |n: u32, title: &str| json!({"paper": record(n, title), "translation": "标题：纸船\n\n摘要：我们折纸船，它很快。"});
    format!("{:#}", json!([paper(1, "Paper Boats on Rivers"), paper(2, "Kettles that Listen")]))
}

fn month() -> String {
    let paper =
        |title: &str| json!({"title": title, "abstract": "An abstract.", "comment": "我们折纸船，它很快。"});
    format!(
        "{:#}",
        json!({"3102.00001": paper("Paper Boats on Rivers"), "3102.00002": paper("Kettles that Listen")})
    )
}

fn native() -> String {
    parse(Format::ChatPaperFreeMarkdown, POST.as_bytes(), "a.md").unwrap().digest.to_json()
}

/// A sound digest of every format, with the name of its file.
fn sound() -> Vec<(Format, &'static str, String)> {
    vec![
        (Format::ChatPaperFreeText, "2031-02-03.txt", CAPTURE.to_owned()),
        (Format::ChatPaperFreeMarkdown, "2031-02-03.md", POST.to_owned()),
        (Format::ChatPaperFreeHtml, "2031-02-03.html", PAGE.to_owned()),
        (Format::DailyArxivMarkdown, "2031-02-03_feed.md", FEED.to_owned()),
        (Format::DailyArxivJsonl, "2031-02-03.jsonl", lines()),
        (Format::HfDailyJson, "2031-02-03.json", day()),
        (Format::ArxivMonthJson, "2031-02.json", month()),
        (Format::Native, "native.json", native()),
    ]
}

/// What an import of one file, with a sound one beside it, came to.
struct Outcome {
    status: i32,
    /// What it said of the file, without the file's folder.
    said: Vec<String>,
    /// The titles that came from the file.
    titles: Vec<String>,
}

fn import(home: &Home) -> Outcome {
    home.write("in/zz/2031-12-31.jsonl", record(9, "The sound neighbour").to_string());
    let (status, _, err) = home.run(["import", "in", "--into", "out"]);
    let said = err.lines().map(|l| l.trim_start_matches("wenzhai: ").trim_start_matches("in/").to_owned());
    let mut titles = Vec::new();
    for text in tree(&home.path("out")).into_values() {
        let digest: Value = serde_json::from_slice(&text).unwrap();
        let papers = digest["papers"].as_array().unwrap().iter();
        titles.extend(papers.map(|p| p["title"].as_str().unwrap().to_owned()));
    }
    let neighbours = titles.iter().filter(|t| *t == "The sound neighbour").count();
    assert_eq!(neighbours, 1, "all else is imported");
    titles.retain(|t| t != "The sound neighbour");
    Outcome { status, said: said.collect(), titles }
}

fn outcome(name: &str, bytes: &[u8]) -> Outcome {
    let home = Home::new();
    home.write(&format!("in/{name}"), bytes);
    import(&home)
}

const BOTH: [&str; 2] = ["Paper Boats on Rivers", "Kettles that Listen"];

#[test]
fn marks_line_ends_and_encodings_cost_nothing_and_other_encodings_are_said() {
    for (format, name, text) in sound() {
        let plain = outcome(name, text.as_bytes());
        assert_eq!((plain.status, plain.said.as_slice()), (0, &[][..]), "{name}");
        assert_eq!(plain.titles, BOTH, "{name}");
        let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        for (what, bytes, encoding) in [
            ("mark", format!("\u{feff}{text}").into_bytes(), None),
            ("CR LF", text.replace('\n', "\r\n").into_bytes(), None),
            ("CR", text.replace('\n', "\r").into_bytes(), None),
            ("GBK", GB18030.encode(&text).0.into_owned(), Some("gb18030")),
            ("UTF-16", [b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat(), Some("UTF-16LE")),
            ("UTF-16", wide(u16::to_be_bytes), Some("UTF-16BE")),
        ] {
            let got = outcome(name, &bytes);
            let want = encoding.map(|e| format!("{name}: read as {e}"));
            assert_eq!(got.said, want.into_iter().collect::<Vec<_>>(), "{format:?} {what}");
            assert_eq!((got.status, got.titles), (0, plain.titles.clone()), "{format:?} {what}");
        }
    }
}

/// What is odd, the file's name and text, what is said of it, and the titles that survive.
type Case = (&'static str, &'static str, String, Vec<&'static str>, Vec<&'static str>);

#[expect(clippy::too_many_lines, reason = "a table reads best in one piece")]
fn oddities() -> Vec<Case> {
    let good = record(2, "Kettles that Listen");
    let one = |title: &Value, authors: &Value| {
        let mut odd = record(1, "");
        (odd["title"], odd["authors"]) = (title.clone(), authors.clone());
        format!("{odd}\n{good}\n")
    };
    let deep = "[".repeat(100_000);
    vec![
        (
            "NUL in a text",
            "2031-02-03.txt",
            CAPTURE.replacen("An abstract", "An\0abstract", 1),
            vec![],
            BOTH.to_vec(),
        ),
        (
            "NUL in JSON",
            "2031-02-03.jsonl",
            lines().replacen("Paper", "Paper\0", 1),
            vec!["2031-02-03.jsonl:1: bytes or escapes that no text may hold were replaced"],
            vec!["Paper  Boats on Rivers", BOTH[1]],
        ),
        (
            "a number for a title",
            "2031-02-03.jsonl",
            one(&json!(7), &json!(["A"])),
            vec!["2031-02-03.jsonl:1: `title` is 7, which is no text; it was read as one"],
            vec!["7", BOTH[1]],
        ),
        (
            "authors as one text",
            "2031-02-03.jsonl",
            one(&json!(BOTH[0]), &json!("Ada L, Bo Z")),
            vec![],
            BOTH.to_vec(),
        ),
        (
            "deep nesting",
            "2031-02-03.jsonl",
            format!("{{\"title\": \"T\", \"id\": \"3102.00001\", \"x\": {deep}\n{good}\n"),
            vec!["2031-02-03.jsonl:1: this line is not readable and was left out: recursion limit exceeded"],
            vec![BOTH[1]],
        ),
        (
            "deep nesting",
            "2031-02-03.json",
            format!("[\n{{\"paper\": {{\"title\": \"T\"}}, \"x\": {deep}\n}},\n{{\"paper\": {good}}}\n]"),
            vec![
                "2031-02-03.json:3: the JSON is broken here: expected value; it was read record by record",
                "2031-02-03.json:2: this paper has no end; it was left out",
            ],
            vec![BOTH[1]],
        ),
        (
            "a key twice",
            "2031-02-03.jsonl",
            lines().replacen("{\"id\"", "{\"title\": \"No\", \"id\"", 1),
            vec!["2031-02-03.jsonl:1: `title` is there more than once; the last one was taken"],
            BOTH.to_vec(),
        ),
        (
            "two date headings",
            "a.txt",
            CAPTURE.replacen("Kettles", "2031-02-04 更新\nKettles", 1),
            vec!["a.txt:19: another page starts here, of 2031-02-04; it was read as 2031-02-03"],
            BOTH.to_vec(),
        ),
        (
            "two date headings",
            "a.md",
            POST.replacen("## Kettles", "# 2031-02-04 更新\n## Kettles", 1),
            vec!["a.md:27: another page starts here, of 2031-02-04; it was read as 2031-02-03"],
            BOTH.to_vec(),
        ),
        (
            "unbalanced HTML",
            "a.html",
            PAGE.replace("</p>", "").replace("</h2>", "</p></ul></h2>").replace("</blockquote>", ""),
            vec![],
            BOTH.to_vec(),
        ),
        (
            "a category that climbs",
            "a.md",
            POST.replace("title: Small Models", "title: ../.."),
            vec!["a.md: the category `../..` reads like a path; its file is `_._...json`"],
            BOTH.to_vec(),
        ),
        (
            "a category that climbs, in a saved page",
            "a.mhtml",
            MESSAGE.replace("post-title\">Small Models", "post-title\">../.."),
            vec!["a.mhtml: the category `../..` reads like a path; its file is `_._...json`"],
            vec![
                "Lantern: Teaching Small Models to Read Long Maps of Imaginary Cities with Patient Curricula",
                "On the Price of Silence in Gossip Protocols",
                "A Field Guide to Paper Boats: Measuring Buoyancy without a Scale",
            ],
        ),
        ("nothing", "2031-02-03.json", String::new(), vec!["2031-02-03.json: is empty"], vec![]),
        (
            "a README under a digest's name",
            "2031-02-03.md",
            "# Papers\n\n## Features\n".to_owned(),
            vec!["2031-02-03.md: is not a digest in a known format: it looks like a README"],
            vec![],
        ),
    ]
}

#[test]
fn every_oddity_is_named_with_its_line_and_all_else_survives() {
    for (what, name, text, said, titles) in oddities() {
        let got = outcome(name, text.as_bytes());
        assert_eq!(got.said, said, "{what}");
        assert_eq!(got.titles, titles, "{what}");
        assert_eq!(got.status, i32::from(!said.is_empty()), "{what}");
    }
}

/// Every file cut at every byte: no panic, what was whole survives, and a file that gives less says so.
#[test]
fn a_cut_costs_what_it_hits() {
    for (format, name, text) in sound() {
        let all = parse(format, text.as_bytes(), name).unwrap().digest.papers();
        let mut most = 0;
        for end in 0..text.len() {
            let Ok(cut) = parse(format, &text.as_bytes()[..end], name) else { continue };
            let papers = cut.digest.papers();
            assert!(papers >= most, "{name} at {end}");
            most = papers;
            let bytes = text.as_bytes();
            let left = bytes[..end].rsplit(|b| *b == b'\n').next().unwrap_or_default();
            // At the end of a line, or in the first characters of a heading, nothing may be missing.
            // Within the line that ends a paper, that paper is whole.
            let is_end =
                "点此查看论文截图".as_bytes().starts_with(left) || left.starts_with(b"**[Cool Papers]");
            let is_told = papers == all || !cut.problems.is_empty() || left.len() < 4 || is_end;
            let is_whole = bytes[end] == b'\n' || left.is_empty();
            assert!(is_told || is_whole, "{name} at {end}: {}", String::from_utf8_lossy(left));
        }
        assert_eq!(most, all, "{name}");
    }
}

#[test]
fn a_field_of_ten_megabytes_is_a_field() {
    let field = "word 字 ".repeat(1_000_000);
    for (format, name, text) in sound() {
        let text = text.replacen("An abstract", &field, 1);
        let parsed = parse(format, text.as_bytes(), name).unwrap();
        assert_eq!((parsed.digest.papers(), parsed.problems.len()), (2, 0), "{name}: {:?}", parsed.problems);
        let paper = parsed.digest.clean().papers.remove(0);
        let length = paper.abstract_en.map_or(0, |text| text.len());
        // A day's page in Markdown without English abstracts has no such field.
        assert!(length > 9_000_000 || format == Format::DailyArxivMarkdown, "{name}");
    }
}

#[test]
#[ignore = "takes half a minute"]
fn a_line_of_a_hundred_megabytes_takes_a_small_multiple_of_it() {
    let home = Home::new();
    let mut odd = record(1, BOTH[0]);
    odd["summary"] = "word ".repeat(20_000_000).into();
    home.write("in/2031-02-03.jsonl", format!("{odd}\n{}\n", record(2, BOTH[1])));
    let mut command = home.command(["import", "in", "--into", "out"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let high =
            status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(high.unwrap_or(0_u64));
        std::thread::yield_now();
    }
    assert!(peak < (16 + 4 * 100) * 1024, "{peak} KiB");
    assert!(fs::metadata(home.path("out/2031-02-03/_.json")).unwrap().len() > 100_000_000);
}

#[cfg(unix)]
#[test]
fn loops_of_links_are_named_and_not_followed() {
    use std::os::unix::fs::symlink;
    let home = Home::new();
    home.write("in/2031-02-03.jsonl", lines());
    symlink(home.path("in"), home.path("in/again")).unwrap();
    symlink(home.path("in/b"), home.path("in/a")).unwrap();
    symlink(home.path("in/a"), home.path("in/b")).unwrap();
    let got = import(&home);
    assert_eq!((got.status, got.titles.len()), (1, 2));
    assert!(
        got.said.contains(&"again: is a link to a folder that it lies in; it was not followed".to_owned()),
        "{:?}",
        got.said
    );
    for name in ["a", "b"] {
        assert!(
            got.said.iter().any(|l| l.starts_with(&format!("{name}: Too many levels of symbolic links"))),
            "{:?}",
            got.said
        );
    }
}

/// Runs the program as nobody where the tests run as root, whom no permission stops. None where that cannot be.
#[cfg(unix)]
fn as_nobody(home: &Home, script: &str) -> Option<(i32, String)> {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let mut shell = Command::new("sh");
    shell.env_clear().env("HOME", home.path("")).current_dir(home.path("")).args(["-c", script, "sh"]);
    shell.arg(env!("CARGO_BIN_EXE_wenzhai"));
    if rustix::process::geteuid().is_root() {
        fs::set_permissions(home.path(""), fs::Permissions::from_mode(0o777)).unwrap();
        shell.uid(65534).gid(65534);
    }
    let output = shell.output().ok()?;
    let status = output.status.code()?;
    (status < 126).then(|| (status, String::from_utf8(output.stderr).unwrap()))
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    home.write("in/2031-02-03.jsonl", lines());
    home.write("in/2031-02-04.jsonl", lines());
    home.write("in/closed/2031-02-05.jsonl", lines());
    let close =
        |name: &str, mode| fs::set_permissions(home.path(name), fs::Permissions::from_mode(mode)).unwrap();
    close("in/2031-02-04.jsonl", 0o000);
    close("in/closed", 0o000);
    let said = as_nobody(&home, "exec \"$1\" import in --into out");
    close("in/closed", 0o755);
    let Some((status, err)) = said else { return eprintln!("skipped: nobody cannot run the program") };
    assert_eq!(
        (status, err.lines().collect::<Vec<_>>()),
        (1, vec!["wenzhai: in/2031-02-04.jsonl: Permission denied", "wenzhai: in/closed: Permission denied"])
    );
    assert_eq!(tree(&home.path("out")).len(), 1);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_a_valid_archive() {
    let home = Home::new();
    home.write("in/2031-02-03.jsonl", lines());
    let mut big = record(1, BOTH[0]);
    big["summary"] = "word ".repeat(100_000).into();
    home.write("in/2031-02-04.jsonl", big.to_string());
    // A limit of 64 KiB on files stands for the end of the disk.
    let Some((status, err)) =
        as_nobody(&home, "trap '' XFSZ; ulimit -f 64; exec \"$1\" import in --into out")
    else {
        return eprintln!("skipped: nobody cannot run the program");
    };
    assert_eq!(status, 1);
    assert!(err.starts_with("wenzhai: out/2031-02-04/_.json: could not be written: File too large"), "{err}");
    let written = tree(&home.path("out"));
    assert_eq!(written.keys().map(|k| k.to_str().unwrap()).collect::<Vec<_>>(), ["2031-02-03/_.json"]);
    let got = import(&home);
    assert_eq!((got.status, got.titles.len()), (0, 3));
}
