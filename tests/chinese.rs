//! What subcommands say in Chinese, and that they say nothing of their own in English.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::fs;
use std::process::Command;

use insta::assert_snapshot;
use tempfile::TempDir;

/// A home with an archive of two papers that hold no English, and a file that is no digest.
fn home() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let digest = r#"{"schema": 1, "date": "2025-05-01", "category": "语言", "papers": [
        {"id": "2505.00001", "arxiv": {"id": "2505.00001", "version": 1}, "title": "水壶与茶", "authors": ["陈一", "王二"],
         "comment": "十页", "takeaways": ["先烧水。", "再泡茶。"], "abstract_zh": "讲泡茶。", "summary": "泡茶的小结。",
         "links": {"abs": "https://arxiv.org/abs/2505.00001"}, "failed": ["long"], "metrics": {"upvotes": 3}},
        {"id": "2505.00002", "title": "水壶与咖啡", "authors": []}]}"#;
    fs::create_dir_all(home.path().join("digests/2025-05-01")).unwrap();
    fs::write(home.path().join("digests/2025-05-01/语言.json"), digest).unwrap();
    home
}

/// A run of the program, as the user would see it: both outputs and the status.
fn said(home: &TempDir, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenzhai"));
    command.env_clear().env("HOME", home.path()).current_dir(home.path());
    command.args(["--lang", "zh"]).args(args);
    let output = command.output().unwrap();
    let text =
        |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(home.path().to_str().unwrap(), "HOME");
    let (out, err) = (text(output.stdout), text(output.stderr));
    format!("$ wenzhai {}\n{out}{err}status {}\n", args.join(" "), output.status.code().unwrap())
}

/// The lines with three words of English or more in a row. What stands in backticks is for typing, what has a dot, a
/// slash or a dash is no word, and the problems of files and what the system says are
/// English in every language.
fn english(said: &str) -> Vec<&str> {
    let is_word = |w: &str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_alphabetic());
    let has_sentence = |line: &str| {
        let plain = line.replace("No such file or directory", "...");
        let plain = plain.split('`').step_by(2).collect::<Vec<_>>().join(" . ");
        let words: Vec<&str> = plain.split(' ').map(|w| w.trim_matches([',', ';', ':', '(', ')'])).collect();
        words.windows(3).any(|three| three.iter().all(|w| is_word(w)))
    };
    let is_problem = |line: &str| [": error: ", ": warning: ", ": info: "].iter().any(|s| line.contains(s));
    said.lines().filter(|l| !l.starts_with("$ ") && !is_problem(l) && has_sentence(l)).collect()
}

#[test]
fn no_subcommand_says_an_english_sentence() {
    let home = home();
    fs::write(home.path().join("rules.toml"), "").unwrap();
    let runs: &[&[&str]] = &[
        &["doctor", "digests"],
        &["doctor", "--ambiguous-width", "wide"],
        &["check", "digests"],
        &["list", "digests"],
        &["show", "水壶与茶", "--archive", "digests"],
        &["show", "水壶", "没有的", "--archive", "digests"],
        &["search", "茶", "digests"],
        &["stats", "digests"],
        &["mark", "2505.00001", "没有的", "--archive", "digests", "--bookmark", "--read", "--tag", "茶"],
        &["mark", "2505.00002", "--archive", "digests", "--dismiss"],
        &["journal", "list"],
        &["journal", "status"],
        &["journal", "compact"],
        &["import", "digests", "--into", "copy", "--dry-run"],
        &["import", "digests", "--into", "copy"],
        &["import", "-", "--into", "copy"],
        &["export", "没有的", "--archive", "digests", "--format", "ris", "-o", "out.ris"],
        &["rules", "--archive", "digests"],
        &["rules", "test", "digests"],
        &["rules", "test", "keyword = \"水壶\", weight = 3", "digests"],
        &["rules", "test", "keyword = \"茶叶\", weight = 3", "digests"],
        &["rules", "test", "--date", "soon", "digests"],
        &["update"],
        &["update", "digests"],
        &["config", "show"],
        &["paths"],
        &["digests", "list"],
        &["--read-only", "mark", "2505.00001", "--later"],
        &["--read-only", "update"],
        &["--read-only", "journal", "compact"],
        &["--read-only", "import", "digests"],
        &["mark", "2505.00001", "--tag", "a b"],
        &["list", "--theme", "a b"],
        &["import", "digests", "--format", "odd"],
        &["export", "--format", "odd"],
        &["export", "--format", "ris", "--date", "soon"],
        &["search", "茶", "--limit", "many"],
        &["stats", "--days", "0"],
        &["digests"],
    ];
    let all: String = runs.iter().map(|args| said(&home, args)).collect();
    assert_eq!(english(&all), Vec::<&str>::new(), "{all}");
    // The sample has English papers, so only what is said of it counts.
    let note = said(&home, &["stats"]);
    assert!(note.contains("wenzhai: 还没有文摘目录，这是内置样例"), "{note}");
}

#[test]
fn the_english_that_is_looked_for_would_be_found() {
    assert_eq!(english("a.json: 3 papers\nno archive yet, this\n见 `wenzhai import a b c`").len(), 1);
}

#[test]
fn reports_in_chinese() {
    let home = home();
    assert_snapshot!("show", said(&home, &["show", "水壶与茶", "--archive", "digests"]));
    assert_snapshot!("import", said(&home, &["import", "digests", "--into", "copy"]));
    let marked = said(&home, &["mark", "2505.00001", "--archive", "digests", "--bookmark", "--tag", "茶"]);
    assert_snapshot!("mark", marked);
    assert_snapshot!("check", said(&home, &["check", "digests"]));
    // Before the machine's name, which is drawn by lot, would be seen.
    let fresh = self::home();
    let doctor = said(&fresh, &["doctor", "digests", "--ambiguous-width", "wide"]);
    // Named after the folder of this run.
    let index = doctor.split_once("/index-").and_then(|(_, rest)| rest.get(..16)).unwrap();
    assert_snapshot!("doctor", doctor.replace(index, "INDEX"));
}
