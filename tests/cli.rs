//! The program as a shell sees it: output, messages and exit status.
#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

const SAMPLE_NOTE: &str =
    "wenzhai: no archive yet, this is the built-in sample; `wenzhai import FILE...` makes one\n";

/// A home of its own, so that neither the user's files nor the locale show.
struct Home(tempfile::TempDir);

/// What a run gave: status, standard output, standard error.
type Said = (i32, String, String);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn command(&self) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wenzhai"));
        command.env_clear().env("HOME", self.0.path()).current_dir(self.0.path());
        command
    }

    fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Said {
        let output = Command::from_std(self.command()).args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let said = (output.status.code().unwrap(), text(output.stdout), text(output.stderr));
        assert!(!said.1.contains('\u{1b}') && !said.2.contains('\u{1b}'), "escape bytes: {said:?}");
        assert!(said.2.lines().all(|l| l.starts_with("wenzhai: ")), "not one-line messages: {}", said.2);
        said
    }
}

fn native(date: &str, category: &str, papers: &[(&str, &str)]) -> String {
    let papers: Vec<_> = papers
        .iter()
        .map(|(id, title)| {
            serde_json::json!({
                "id": id, "arxiv": {"id": id, "version": 1}, "title": title, "authors": ["Ada Example"],
                "abstract_en": "First paragraph.\nSecond paragraph.", "takeaways": ["One.", "Two."],
            })
        })
        .collect();
    let digest = serde_json::json!({
        "schema": 1, "date": date, "category": category, "sources": [], "notices": [], "papers": papers,
    });
    format!("{digest:#}\n")
}

fn day(home: &Home) -> PathBuf {
    home.write(
        "archive/2025-05-01/LLM.json",
        native("2025-05-01", "LLM", &[("2505.00001", "Graphs at rest"), ("2505.00002", "Graphs in motion")]),
    );
    home.write("archive/2025-05-02/CV.json", native("2025-05-02", "CV", &[("2505.00003", "Seeing less")]));
    home.path("archive")
}

#[test]
fn lists_papers_newest_day_first() {
    let home = Home::new();
    let archive = day(&home);
    let want = "2025-05-02\tCV\t2505.00003\tSeeing less\n\
                2025-05-01\tLLM\t2505.00001\tGraphs at rest\n\
                2025-05-01\tLLM\t2505.00002\tGraphs in motion\n";
    assert_eq!(home.run([OsStr::new("list"), archive.as_os_str()]), (0, want.to_owned(), String::new()));
}

#[test]
fn lists_json_lines_with_a_schema() {
    let home = Home::new();
    day(&home);
    let (status, out, err) = home.run(["list", "archive", "--json"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let rows: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1]["schema"], 1);
    assert_eq!(rows[1]["date"], "2025-05-01");
    assert_eq!(rows[1]["category"], "LLM");
    assert_eq!(rows[1]["id"], "2505.00001");
    assert_eq!(rows[1]["authors"][0], "Ada Example");
}

#[test]
fn lists_the_papers_that_meet_a_query() {
    let home = Home::new();
    day(&home);
    assert_eq!(home.run(["mark", "2505.00002", "--bookmark", "--archive", "archive"]).0, 0);
    for (query, ids) in [
        ("graphs", "2505.00001 2505.00002"),
        ("-graphs", "2505.00003"),
        ("is:bookmarked", "2505.00002"),
        ("-is:bookmarked cat:LLM", "2505.00001"),
        ("date:2025-05-02 OR title:/mo.ion/", "2505.00003 2505.00002"),
        ("date:2020", ""),
    ] {
        let (status, out, err) = home.run(["list", "archive", "--query", query]);
        let found: Vec<_> = out.lines().filter_map(|l| l.split('\t').nth(2)).collect();
        assert_eq!((status, found.join(" ").as_str(), err.as_str()), (0, ids, ""), "{query}");
    }
    // The days are 30 days apart, as far as a repeat is looked for, and 31.
    for (date, title) in [("2025-05-31", "Graphs in Motion"), ("2025-07-01", "Graphs in motion")] {
        home.write(
            &format!("archive/{date}/LLM.json"),
            native(date, "LLM", &[("2505.00002", title), ("2506.1", "New")]),
        );
    }
    let (status, out, _) = home.run(["list", "archive", "--query", "is:repeat"]);
    assert_eq!((status, out.as_str()), (0, "2025-05-31\tLLM\t2505.00002\tGraphs in Motion\n"));
    let (status, out, err) = home.run(["list", "archive", "--query", "a (is:x"]);
    let why = "wenzhai: --query: at 7: expected after is: bookmarked later dismissed undecided read repeat failed\n";
    assert_eq!((status, out.as_str(), err.as_str()), (2, "", why));
    let (status, _, err) = home.run(["list", "archive", "--query", "titel:x", "--lang", "zh"]);
    assert_eq!(
        (status, err.as_str()),
        (0, "wenzhai: --query: 第 1 字：titel: 不是字段，按文字查找；是否为 title:\n")
    );
}

#[test]
fn shows_a_paper_by_id_arxiv_id_and_part_of_the_title() {
    let home = Home::new();
    day(&home);
    for id in ["2505.00002", "2505.00002v4", "in MOTION"] {
        let (status, out, err) = home.run(["show", id, "--archive", "archive"]);
        assert_eq!((status, err.as_str()), (0, ""), "{id}");
        assert!(out.starts_with("Graphs in motion\nDate: 2025-05-01\n"), "{out}");
        assert!(out.contains("\nAbstract\nFirst paragraph.\nSecond paragraph.\n"), "{out}");
        assert!(out.ends_with("\nKey takeaways\n1. One.\n2. Two.\n"), "{out}");
    }
    let (status, out, _) = home.run(["show", "2505.00001", "2505.00003", "--json", "--archive", "archive"]);
    let papers: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((status, papers.len()), (0, 2));
    assert_eq!(papers[1]["date"], "2025-05-02");
    assert_eq!(papers[1]["takeaways"][1], "Two.");
}

#[test]
fn says_when_no_paper_or_more_than_one_fits() {
    let home = Home::new();
    day(&home);
    for (id, want) in [("nowhere", "no paper"), ("Graphs", "fits 2 papers")] {
        let (status, out, err) = home.run(["show", id, "--archive", "archive"]);
        assert_eq!((status, out.as_str()), (1, ""));
        assert!(err.contains(want), "{err}");
    }
}

#[test]
fn imports_twice_into_the_same_bytes() {
    let home = Home::new();
    day(&home);
    let (status, out, err) = home.run(["import", "archive", "--into", "copy"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "into      copy\nfiles     2\ndigests   2 written, 0 unchanged\n\
         papers    3 new, 0 updated, 0 unchanged, 0 repeated in the sources\n\
         failed    0 fields at the source\nwarnings  0\n"
    );
    let copy = home.path("copy/2025-05-01/LLM.json");
    let first = (fs::read(&copy).unwrap(), fs::metadata(&copy).unwrap().modified().unwrap());

    let (status, out, _) = home.run(["import", "archive", "--into", "copy", "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &report["digests_written"], &report["digests_unchanged"]), (0, &0.into(), &2.into()));
    assert_eq!((fs::read(&copy).unwrap(), fs::metadata(&copy).unwrap().modified().unwrap()), first);

    let (_, original, _) = home.run(["list", "archive"]);
    assert_eq!(home.run(["list", "copy"]), (0, original, String::new()));
}

#[test]
fn imports_into_the_default_archive_which_then_opens_by_itself() {
    let home = Home::new();
    day(&home);
    assert_eq!(home.run(["import", "archive"]).0, 0);
    assert!(home.path(".local/share/wenzhai/archive/2025-05-02/CV.json").is_file());
    let (status, out, err) = home.run(["list"]);
    assert_eq!((status, out.lines().count(), err.as_str()), (0, 3, ""));
}

#[test]
fn opens_what_was_asked_for_else_the_last_else_the_sample() {
    let home = Home::new();
    day(&home);
    let (status, sample, err) = home.run(["list"]);
    assert_eq!((status, err.as_str()), (0, SAMPLE_NOTE));
    assert!(!sample.is_empty());

    let last = serde_json::json!({"last": [home.path("archive"), home.path("gone")]});
    home.write(".local/state/wenzhai/session.json", last.to_string());
    assert_eq!(home.run(["list"]).1.lines().count(), 3);

    home.write("other/a.json", native("2025-06-01", "X", &[("2506.00001", "Another")]));
    let output = home.command().arg("list").env("WENZHAI_ARCHIVE", "other").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "2025-06-01\tX\t2506.00001\tAnother\n");

    home.write(".local/state/wenzhai/session.json", "{ broken");
    assert_eq!(home.run(["list"]), (0, sample, SAMPLE_NOTE.to_owned()));
}

#[test]
fn names_a_folder_that_is_missing_or_empty() {
    let home = Home::new();
    fs::create_dir(home.path("empty")).unwrap();
    for (args, want) in [
        (vec!["gone"], "gone: "),
        (vec!["list", "gone"], "gone: "),
        (vec!["show", "x", "--archive", "gone"], "gone: "),
        (vec!["import", "gone", "--into", "copy"], "gone: "),
        (vec!["list", "empty"], "empty: holds no digest"),
    ] {
        let (status, _, err) = home.run(&args);
        assert_eq!((status, err.lines().count()), (1, 1), "{args:?}: {err}");
        assert!(err.contains(want), "{args:?}: {err}");
    }
    assert!(!home.path("copy").exists());
}

#[test]
fn a_bad_file_costs_itself_only() {
    let cut = native("2025-05-03", "X", &[("2505.00009", "Cut in the middle")]);
    let cases: [(&str, &[u8]); 4] = [
        ("empty file", b""),
        ("broken JSON", b"{ \"schema\": 1,\n  \"date\": oops"),
        ("cut in the middle", &cut.as_bytes()[..cut.len() / 2]),
        (
            "invalid UTF-8",
            b"{\"schema\": 1, \"date\": \"2025-05-03\", \"category\": \"\xff\xfe\", \"papers\": [\xc3]}",
        ),
    ];
    for (what, bytes) in cases {
        let home = Home::new();
        day(&home);
        let bad = home.write("archive/2025-05-03/bad.json", bytes);
        for command in [["list", "archive"], ["import", "archive"]] {
            let (status, _, err) = home.run(command);
            assert_eq!(status, 1, "{what}: {err}");
            assert!(err.contains(Path::new("2025-05-03/bad.json").to_str().unwrap()), "{what}: {err}");
        }
        assert_eq!(home.run(["list", "archive"]).1.lines().count(), 3, "{what}");
        assert_eq!(fs::read(&bad).unwrap(), bytes, "{what}: the source was changed");
    }
}

#[cfg(unix)]
#[test]
fn names_a_file_without_read_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    day(&home);
    let locked = home.path("archive/2025-05-02/CV.json");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&locked).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let (status, out, err) = home.run(["list", "archive"]);
    assert_eq!((status, out.lines().count(), err.lines().count()), (1, 2, 1));
    assert!(err.contains("CV.json: Permission denied"), "{err}");
}

#[cfg(unix)]
#[test]
fn no_escape_byte_of_data_names_or_arguments_gets_out() {
    let home = Home::new();
    let title = "Red \u{1b}[31malert\u{9b}2J \u{7}\u{202e}";
    home.write(
        "archive/2025-05-01/A.json",
        native("2025-05-01", "A\u{1b}]0;x\u{7}", &[("2505.00001", title)]),
    );
    home.write("archive/\u{1b}[2J.txt", "not a digest");
    for args in [
        vec!["list", "archive"],
        vec!["list", "archive", "--json"],
        vec!["show", "2505.00001", "--archive", "archive"],
        vec!["show", "2505.00001", "--json", "--archive", "archive"],
        vec!["show", "\u{1b}[31m", "--archive", "archive"],
        vec!["import", "archive", "--into", "\u{1b}[31m"],
        vec!["list", "\u{1b}[31m/gone"],
        vec!["list", "--\u{1b}[31m"],
    ] {
        let (_, out, err) = home.run(&args);
        let bad = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!out.contains(bad) && !err.contains(bad), "{args:?}: {out:?} {err:?}");
        assert!(!out.contains('\u{202e}'), "{args:?}: {out:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let home = Home::new();
    day(&home);
    for args in [
        vec!["list", "archive"],
        vec!["list", "archive", "--json"],
        vec!["paths"],
        vec!["keys"],
        vec!["--help"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = home.command().args(&args).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{args:?}");
    }
}

#[test]
fn wrong_usage_is_one_line_and_status_2() {
    let home = Home::new();
    for args in
        [vec!["--bogus"], vec!["import"], vec!["list", "--lang", "fr"], vec!["x", "--lang", "en", "list"]]
    {
        let (status, out, err) = home.run(&args);
        assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1), "{args:?}: {err}");
        assert!(err.ends_with("see wenzhai --help\n"), "{err}");
    }
}

#[test]
fn help_and_refusals_speak_the_language_of_the_interface() {
    let home = Home::new();
    for args in [&["--help"][..], &["export", "-h"], &["journal", "help", "list"]] {
        let (status, out, err) = home.run(args);
        assert_eq!((status, err.as_str()), (0, ""), "{args:?}");
        assert!(out.contains("Usage: wenzhai") && !out.contains("用法"), "{out}");
    }
    home.write("zh.toml", "language = \"zh\"\n");
    for args in [
        &["--lang", "zh", "--help"][..],
        &["export", "-h", "--lang=zh"],
        &["--config", "zh.toml", "list", "-h"],
    ] {
        let (status, out, err) = home.run(args);
        assert_eq!((status, err.as_str()), (0, ""), "{args:?}");
        assert!(out.contains("用法：wenzhai") && !out.contains("Usage") && !out.contains("Print"), "{out}");
        let widest = out.lines().map(wenzhai::text::width).max();
        assert!(widest <= Some(100), "{widest:?} {out}");
    }
    let (status, out, err) = home.run(["--config", "zh.toml", "export"]);
    let wanted = "wenzhai: 缺少 --format <FORMAT>；用法见 wenzhai --help\n";
    assert_eq!((status, out.as_str(), err.as_str()), (2, "", wanted));
    assert!(home.run(["--lang", "zh", "man"]).1.contains("阅读研究论文文摘"));
}

#[test]
fn manual_and_completions_know_every_subcommand() {
    let home = Home::new();
    let (_, help, _) = home.run(["--help"]);
    let commands = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names = commands
        .filter_map(|l| l.strip_prefix("  ")?.split(' ').next())
        .filter(|n| !matches!(*n, "" | "help"));
    let names: Vec<_> = names.collect();
    assert!(names.contains(&"import") && names.contains(&"man"), "{help}");
    let (status, page, err) = home.run(["man"]);
    assert_eq!((status, err.as_str()), (0, ""));
    for name in &names {
        assert!(page.contains(&format!("\n.SH \"WENZHAI {}\"\n", name.to_uppercase())), "{name}:\n{page}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (status, script, err) = home.run(["completions", shell]);
        assert_eq!((status, err.as_str()), (0, ""));
        assert!(names.iter().all(|name| script.contains(name)), "{shell}:\n{script}");
    }
}

#[test]
fn doctor_explains_without_a_terminal_and_makes_no_file() {
    let home = Home::new();
    let (status, out, err) = home.run(["doctor", "--ambiguous-width", "wide"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    for part in [
        "terminal   TERM is not set; standard output is no terminal",
        "locale     not set: not UTF-8, so marks and rules are ASCII; texts stay",
        "marks      ASCII, as others would take two cells",
        "width      wide: quotes, dashes and Greek are laid out in two cells; there is no terminal to ask",
        "theme      sixteen, by the setting `auto`; 16 colours by TERM (), without COLORTERM; the background is not known",
        "archive    none, so the sample: days 3, digests",
        "nothing decided here yet",
        "\n  —    |\n",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    assert_eq!(fs::read_dir(home.0.path()).unwrap().count(), 0, "asking made files");
}

#[test]
fn the_chosen_theme_is_explained() {
    let home = Home::new();
    home.write(".config/wenzhai/config.toml", "theme = \"night\"\n");
    let themes = ".config/wenzhai/themes/night.toml";
    let said = |args: &[&str], env: &[(&str, &str)]| {
        let output = home.command().args(args).envs(env.iter().copied()).output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let colours = [("TERM", "xterm"), ("COLORTERM", "truecolor"), ("COLORFGBG", "0;15")];
    // There is no such file yet.
    let (status, out, err) = said(&["doctor"], &colours);
    assert_eq!(status, 1, "{out}");
    assert!(err.contains("night.toml: there is no theme `night`; did you mean `light`?"), "{err}");
    assert!(out.contains("theme      light, by the setting `night`; true colour by COLORTERM (truecolor); the background is light by COLORFGBG (0;15)"), "{out}");
    home.write(themes, "base = \"dark\"\nheadng = \"red\"\n");
    let (status, out, err) = said(&["doctor"], &colours);
    assert_eq!(status, 1);
    assert!(err.contains("night.toml:2: unknown role `headng`; did you mean `heading`?"), "{err}");
    assert!(out.contains("theme      night, by the setting `night`;"), "{out}");
    let (_, out, _) = said(&["doctor", "--theme", "high-contrast"], &colours);
    assert!(out.contains("theme      high-contrast-light, by the setting `high-contrast`;"), "{out}");
    let (_, out, _) = said(&["config", "show"], &[("TERM", "xterm-256color"), ("NO_COLOR", "1")]);
    assert!(
        out.starts_with("# theme: monochrome, by the setting `night`; no colours, as NO_COLOR is set;"),
        "{out}"
    );
    let (_, out, _) = said(&["config", "show", "--json"], &colours);
    let shown: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((shown["theme"].as_str(), shown["theme_chosen"].as_str()), (Some("night"), Some("night")));
    for wrong in ["../night", "a/b", ""] {
        let (status, _, _) = said(&["doctor", "--theme", wrong], &[]);
        assert_eq!(status, 2, "{wrong}");
    }
    // A folder, or bytes that are no text, in the place of the file.
    fs::remove_file(home.path(themes)).unwrap();
    home.write(themes, b"\xff\xfe");
    assert!(said(&["doctor"], &colours).2.contains("night.toml"));
    fs::remove_file(home.path(themes)).unwrap();
    fs::create_dir(home.path(themes)).unwrap();
    assert!(said(&["doctor"], &colours).2.contains("night.toml: is not a file"));
}

#[test]
fn doctor_names_what_is_wrong() {
    let home = Home::new();
    home.write(".config/wenzhai/keymaps.toml", "[papers]\n\"j\" = \"no-such-verb\"\n");
    day(&home);
    home.write(".local/share/wenzhai/journal/box-1.jsonl", "{}\n");
    let (status, out, err) = home.run(["doctor", "archive", "--json"]);
    let said: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, said["schema"].clone()), (1, 1.into()), "{err}");
    assert_eq!(said["keymap"]["problems"], 1, "{out}");
    assert_eq!(said["width"]["setting"], "auto");
    assert_eq!(said["width"]["answer"], Value::Null);
    assert_eq!(said["journal"]["others"], 1);
    assert_eq!(said["problems"].as_array().unwrap().len(), err.lines().count(), "{out}{err}");
    assert!(err.contains("keymaps.toml:2"), "{err}");
    fs::create_dir(home.path("empty")).unwrap();
    for (archive, why) in [("nowhere", "No such file"), ("empty", "holds no digest")] {
        let (status, _, err) = home.run(["doctor", archive]);
        assert!(status == 1 && err.contains(why), "{err}");
    }
}

#[test]
fn paths_obey_the_xdg_variables() {
    let home = Home::new();
    let set =
        [("XDG_CONFIG_HOME", "c"), ("XDG_DATA_HOME", "d"), ("XDG_STATE_HOME", "s"), ("XDG_CACHE_HOME", "k")];
    let mut command = home.command();
    command.args(["paths", "--json"]).envs(set.map(|(name, dir)| (name, home.path(dir))));
    let output = command.output().unwrap();
    let paths: Value = serde_json::from_slice(&output.stdout).unwrap();
    if cfg!(target_os = "linux") {
        for (name, want) in [
            ("config", "c/wenzhai"),
            ("archive", "d/wenzhai/archive"),
            ("session", "s/wenzhai/session.json"),
            ("cache", "k/wenzhai"),
        ] {
            assert_eq!(paths[name], home.path(want).to_str().unwrap(), "{name}");
        }
    }
    let (status, out, _) = home.run(["paths"]);
    assert_eq!((status, out.lines().count()), (0, paths.as_object().unwrap().len() - 1));
    assert_eq!(fs::read_dir(home.0.path()).unwrap().count(), 0, "asking for paths made files");
}

#[test]
fn the_journal_tells_what_it_holds_and_can_be_shortened() {
    let home = Home::new();
    assert_eq!(
        home.run(["journal", "status"]),
        (0, "0 bookmarked, 0 later, 0 dismissed, 0 read\n".to_owned(), String::new())
    );
    let (status, said, _) = home.run(["journal", "compact"]);
    assert_eq!((status, said.contains("0 lines -> 0")), (0, true), "{said}");

    home.write(".local/state/wenzhai/machine", "here-1\n");
    let lines: Vec<_> = (1..=1200)
        .map(|n| {
            format!(
                "{{\"v\":1,\"n\":{n},\"t\":{n},\"w\":1740816000000,\"do\":[[{{\"arxiv\":\"2501.{n:05}\",\"key\":\"k\"}},\
                 \"verdict\",\"later\"]],\"say\":\"later 1\"}}\n"
            )
        })
        .collect();
    home.write(".local/share/wenzhai/journal/here-1.jsonl", lines.concat());
    home.write(".local/share/wenzhai/journal/there-2.jsonl", "not json\n");
    let (status, out, err) = home.run(["journal", "status"]);
    assert_eq!(status, 1, "a line could not be read");
    assert!(err.contains("there-2.jsonl:1: not a journal line"), "{err}");
    let rows: Vec<_> = out.lines().map(|l| l.split('\t').next().unwrap()).collect();
    assert_eq!(rows, ["* here-1", "  there-2", "0 bookmarked, 1200 later, 0 dismissed, 0 read"]);
    assert!(out.contains("1200 lines\t0 compacted values") && out.contains("2025-03-01 08:00 UTC"), "{out}");

    let (status, out, err) = home.run(["journal", "compact", "--json"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["lines"], serde_json::json!({"before": 1200, "after": 1001}));
    let (_, out, _) = home.run(["journal", "status", "--json"]);
    let own: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!((&own["settled"], &own["own"]), (&200.into(), &true.into()));
}

#[test]
fn the_journal_lives_where_the_configuration_says() {
    let home = Home::new();
    home.write(".config/wenzhai/config.toml", "journal_dir = \"~/sync/decisions\"\n");
    home.write(
        "a/2025-01-02/LLM.json",
        native("2025-01-02", "\"LLM\"", &[("2501.00001", "The First Paper")]),
    );
    assert_eq!(home.run(["--archive", "a", "mark", "2501.00001", "--later"]).0, 0);
    assert_eq!(fs::read_dir(home.path("sync/decisions")).unwrap().count(), 2, "one file and its lock");
    assert!(!home.path(".local/share/wenzhai/journal").exists());
    assert!(home.run(["paths"]).1.contains("sync/decisions"));
    assert!(home.run(["journal", "status"]).1.ends_with("0 bookmarked, 1 later, 0 dismissed, 0 read\n"));
}

#[test]
fn papers_are_marked_by_id_in_one_step() {
    let home = Home::new();
    let archive = home.path("a");
    let papers = [("2501.00001", "The First Paper of Them"), ("2501.00002", "The Second Paper of Them")];
    home.write("a/2025-01-02/LLM.json", native("2025-01-02", "\"LLM\"", &papers));
    let mark = |args: &[&str]| {
        home.run(["--archive", archive.to_str().unwrap(), "mark"].iter().chain(args).copied())
    };
    let totals = || home.run(["journal", "status"]).1.lines().last().unwrap().to_owned();

    assert_eq!(
        mark(&["https://arxiv.org/pdf/2501.00001v3.pdf", "arXiv:2501.00002", "--bookmark", "--read"]).0,
        0
    );
    assert_eq!(totals(), "2 bookmarked, 0 later, 0 dismissed, 2 read");
    let (status, out, err) = mark(&["2501.00002", "9999.99999", "--dismiss", "--tag", "old"]);
    assert_eq!((status, out.as_str()), (1, "dismiss, tag old 1\n"));
    assert_eq!(err, "wenzhai: no paper has the id \"9999.99999\"\n");
    assert_eq!(totals(), "1 bookmarked, 0 later, 1 dismissed, 2 read");

    let output = Command::from_std(home.command())
        .args(["--archive", "a", "mark", "-", "--undecided", "--json"])
        .write_stdin("2501.00001\tThe First\n\n2501.00002\n")
        .output()
        .unwrap();
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said, serde_json::json!({"schema": 1, "papers": 2, "done": ["undecide"]}));
    assert_eq!(totals(), "0 bookmarked, 0 later, 0 dismissed, 2 read");

    assert_eq!(mark(&["2501.00001", "--later"]).0, 0);
    fs::remove_dir_all(home.path("a")).unwrap();
    let (_, out, _) = home.run(["journal", "list"]);
    let all = "later\tread\t2501.00001\tthefirstpaperofthem\nundecided\tread\t2501.00002\tthesecondpaperofthem\t#old\n";
    assert_eq!(out, all, "what was decided outlasts the archive");
    let (_, out, _) = home.run(["journal", "list", "--json"]);
    let first: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!((&first["verdict"], &first["read"]), (&"later".into(), &true.into()));

    for wrong in [
        &["2501.00001"][..],
        &["2501.00001", "--later", "--dismiss"],
        &["--later"],
        &["2501.00001", "--tag", "two words"],
        &["2501.00001", "--tag", "a,b"],
    ] {
        assert_eq!(mark(wrong).0, 2, "{wrong:?}");
    }
    let journal = fs::read_dir(home.path(".local/share/wenzhai/journal")).unwrap().count();
    assert_eq!(journal, 2, "one file and its lock");
}

#[test]
fn archives_of_the_configuration_come_before_the_one_opened_last() {
    let home = Home::new();
    day(&home);
    home.write("other/a.json", native("2025-06-01", "X", &[("2506.00001", "Another")]));
    let last = serde_json::json!({"last": [home.path("archive")]});
    home.write(".local/state/wenzhai/session.json", last.to_string());
    home.write(".config/wenzhai/config.toml", "[[archive]]\npath = \"$HOME/other\"\n");
    let other = "2025-06-01\tX\t2506.00001\tAnother\n";
    assert_eq!(home.run(["list"]), (0, other.to_owned(), String::new()));
    assert_eq!(home.run(["list", "archive"]).1.lines().count(), 3);
    let output = home.command().arg("list").env("WENZHAI_ARCHIVE", "archive").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 3);
    // Several are merged by date; one that is not there is named and costs no other.
    let both = "[[archive]]\npath = \"~/archive\"\n[[archive]]\npath = \"~/gone\"\n[[archive]]\npath = \"~/other\"\n";
    let file = home.write("both.toml", both);
    let (status, out, err) = home.run([OsStr::new("list"), OsStr::new("--config"), file.as_os_str()]);
    assert_eq!((status, out.lines().count(), err.lines().count()), (1, 4, 1), "{err}");
    assert!(out.starts_with(other) && err.contains("gone: "), "{err}");
}

#[test]
fn the_configuration_is_printed_and_checked() {
    let home = Home::new();
    let (status, default, err) = home.run(["config", "default"]);
    assert_eq!((status, err.as_str()), (0, ""));
    home.write(".config/wenzhai/config.toml", &default);
    let (status, shown, _) = home.run(["config", "show"]);
    assert!(status == 0 && shown.contains("advance = true\n"), "{shown}");
    assert_eq!(home.run(["config", "check"]), (0, String::new(), String::new()));

    let file = home.write(".config/wenzhai/config.toml", "langage = \"zh\"\nadvance = false\n");
    let want = format!("{}:1: warning: unknown key `langage`; did you mean `language`?\n", file.display());
    assert_eq!(home.run(["config", "check"]), (1, want.clone(), String::new()));
    let line: Value = serde_json::from_str(&home.run(["config", "check", "--json"]).1).unwrap();
    assert_eq!((&line["line"], &line["severity"]), (&1.into(), &"warning".into()));
    // Elsewhere it is said, and changes no status.
    let (status, _, err) = home.run(["paths"]);
    assert_eq!((status, err), (0, format!("wenzhai: {}", want.replace(" warning:", ""))));
    let shown: Value = serde_json::from_str(&home.run(["config", "show", "--json"]).1).unwrap();
    assert_eq!(
        (&shown["schema"], &shown["advance"], &shown["archive"]),
        (&1.into(), &false.into(), &Value::Array(vec![]))
    );

    home.write(".config/wenzhai/config.toml", "language = \"zh\"");
    assert!(home.run(["keys"]).1.contains("退出"));
    assert!(!home.run(["keys", "--lang", "en"]).1.contains("退出"));
    for (bytes, want) in [(b"\xff = 1".to_vec(), "UTF-8"), (vec![b'#'; 2 << 20], "larger than 64 KiB")] {
        home.write(".config/wenzhai/config.toml", bytes);
        let (status, out, _) = home.run(["config", "check"]);
        assert!(status == 1 && out.contains(want), "{out}");
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    let (status, out, _) = home.run(["config", "check"]);
    assert!(status == 1 && out.contains("is not a file"), "{out}");
    let (status, _, err) = home.run(["list", "--config", "gone.toml"]);
    assert!(status == 1 && err.contains("gone.toml: "), "{err}");
}

#[test]
fn the_check_of_the_configuration_reads_keys_and_themes_too() {
    let home = Home::new();
    let config = home.write(".config/wenzhai/config.toml", "asci = true\n");
    let keys = home.write(".config/wenzhai/keymaps.toml", "[papers]\nj = 'dwon'\n");
    let mine = home.write(".config/wenzhai/themes/mine.toml", "titel = 'bold'\n");
    home.write(".config/wenzhai/themes/mine.toml~", "no theme\n");
    let (status, out, err) = home.run(["config", "check"]);
    assert_eq!((status, err.as_str()), (1, ""));
    let starts: Vec<String> = [(config, 1), (keys, 2), (mine, 1)]
        .iter()
        .map(|(file, line)| format!("{}:{line}: warning: ", file.display()))
        .collect();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), starts.len(), "{out}");
    assert!(lines.iter().zip(&starts).all(|(line, start)| line.starts_with(start)), "{out}");
    let (status, out, _) = home.run(["config", "check", "--theme", "mien"]);
    assert!(status == 1 && out.contains("there is no theme `mien`"), "{out}");
}

#[test]
fn a_theme_that_is_not_there_is_named_by_every_subcommand() {
    let home = Home::new();
    let (status, _, err) = home.run(["paths", "--theme", "nosuch"]);
    assert_eq!((status, err.lines().count()), (0, 1), "{err}");
    assert!(err.contains("there is no theme `nosuch`"), "{err}");
    assert_eq!(home.run(["paths", "--theme", "dark"]).2, "");
}

#[test]
fn a_mistyped_subcommand_is_no_folder() {
    let home = Home::new();
    for (lang, want) in [
        ("en", "wenzhai: `serach`: no such folder; did you mean `search`?\n"),
        ("zh", "wenzhai: `serach`：没有这个目录；是否指 `search`？\n"),
    ] {
        let said = home.run(["--lang", lang, "serach", "attention"]);
        assert_eq!(said, (1, String::new(), want.to_owned()));
    }
    // What is there, or was written as a path, is meant.
    for name in ["./serach", "nowhere"] {
        let err = home.run([name]).2;
        assert!(err.contains("No such file") && !err.contains("did you mean"), "{err}");
    }
    let (status, _, err) = home.run([".", "list"]);
    assert!(status == 2 && err.contains("archives come after the subcommand"), "{err}");
    day(&home);
    fs::rename(home.path("archive"), home.path("serach")).unwrap();
    assert!(!home.run(["serach", "--read-only"]).2.contains("did you mean"));
}

#[test]
fn rules_alone_takes_what_its_list_takes() {
    let home = Home::new();
    day(&home);
    home.write(".config/wenzhai/config.toml", "[[rule]]\nkeyword = 'boats'\n");
    let listed = home.run(["rules", "list", "archive", "--json"]);
    assert_eq!(listed.0, 0, "{listed:?}");
    assert_eq!(home.run(["rules", "archive", "--json"]), listed);
    assert_eq!(home.run(["rules", "--json", "list", "archive"]), listed);
    assert_eq!(home.run(["rules", "archive"]), home.run(["rules", "list", "archive"]));
}

#[test]
fn an_export_that_cannot_be_written_names_the_file_alone() {
    let home = Home::new();
    day(&home);
    let said = home.run(["export", "--archive", "archive", "--format", "bibtex", "-o", "nowhere/x.bib"]);
    assert_eq!(said, (1, String::new(), "wenzhai: nowhere/x.bib: No such file or directory\n".to_owned()));
}

#[test]
fn papers_of_a_digest_without_category_stand_under_their_own() {
    let home = Home::new();
    let paper = |n: usize, class: &str| {
        format!(r#"{{"id":"2506.0000{n}","title":"Paper number {n}","categories":["{class}","cs.AI"]}}"#)
    };
    let papers = [paper(1, "cs.LG"), paper(2, "cs.CV"), paper(3, "cs.LG")].join(",");
    let digest = format!(r#"{{"schema":1,"date":"2025-06-01","category":null,"papers":[{papers}]}}"#);
    home.write("digests/2025-06-01/_.json", digest);
    let column = |text: &str, n: usize| -> Vec<String> {
        text.lines().map(|line| line.split(['\t', ',']).nth(n).unwrap().to_owned()).collect()
    };
    let (_, out, _) = home.run(["list", "digests"]);
    assert_eq!(column(&out, 1), ["cs.LG", "cs.CV", "cs.LG"]);
    let (_, out, _) = home.run(["export", "--archive", "digests", "--format", "csv"]);
    assert!(out.contains("cs.CV") && out.matches("2025-06-01,cs.LG").count() == 2, "{out}");
    // The second time the rows of the index are counted.
    for _ in 0..2 {
        let (_, out, _) = home.run(["stats", "digests", "--json"]);
        let value: Value = serde_json::from_str(&out).unwrap();
        let names: Vec<_> = value["categories"].as_array().unwrap().iter().map(|c| &c["category"]).collect();
        assert_eq!(names, ["cs.LG", "cs.CV"]);
    }
}
