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

/// The lines with three words of English or more in a row. What stands in backticks is for typing, and what has a dot, a
/// slash or a dash is no word.
fn english(said: &str) -> Vec<&str> {
    let is_word = |w: &str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_alphabetic());
    let has_sentence = |line: &str| {
        let plain = line.split('`').step_by(2).collect::<Vec<_>>().join(" . ");
        let words: Vec<&str> = plain.split(' ').map(|w| w.trim_matches([',', ';', ':', '(', ')'])).collect();
        words.windows(3).any(|three| three.iter().all(|w| is_word(w)))
    };
    said.lines().filter(|l| !l.starts_with("$ ") && has_sentence(l)).collect()
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

/// Writes a file with the folders above it.
fn write(home: &TempDir, path: &str, bytes: impl AsRef<[u8]>) {
    let path = home.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_is_wrong_with_digests_is_said_in_chinese() {
    let home = home();
    let day = |papers: &str| {
        format!(r#"{{"schema": 1, "date": "2025-05-02", "category": "文", "papers": [{papers}]}}"#)
    };
    let paper = r#"{"id": "2505.00003", "arxiv": {"id": "2505.00003", "version": 1}, "title": "水壶", "authors": ["陈一"]}"#;
    for (name, bytes) in [
        ("broken.json", day(paper).replace("水壶", "水\\q壶")),
        ("cut.json", day(paper).split_at(120).0.to_owned()),
        ("comma.json", day(&format!("{paper},,{paper}"))),
        ("twice.json", day(&format!("{paper},{paper}"))),
        ("member.json", day(&paper.replace(r#""title""#, r#""id": "x", "title""#))),
        ("type.json", day(&paper.replace(r#"["陈一"]"#, r#"{"a": 1}"#).replace("\"水壶\"", "[3]"))),
        ("numbers.json", day(&paper.replace(r#""version": 1"#, r#""version": -7"#))),
        ("schema.json", day(paper).replace("\"schema\": 1", "\"schema\": 77, \"unknown\": {}")),
        ("date.json", day(paper).replace("2025-05-02", "some day")),
        ("other.json", day(paper).replace("2025-05-02", "2031-01-01")),
        ("papers.json", r#"{"schema": 1, "date": "2025-05-02", "papers": {"a": 1}}"#.to_owned()),
        ("odd.json", r#"{"a": [1, 2]}"#.to_owned()),
        ("empty.json", String::new()),
        ("README.md", "# 文摘\n\n## 用法\n".to_owned()),
        ("page.html", "<html><p>泡茶</p></html>".to_owned()),
        (
            "2025-05-02.jsonl",
            "{\"id\": \"2505.00009\", \"title\": \"壶\", \"AI\": 7}\n{broken\n[1]\n{\"a\": \"\n".to_owned(),
        ),
        (
            "hf-2025-05-02.json",
            r#"[{"paper": {"id": "2505.00010", "title": "壶"}}, "{'a'}", {"b": 1}, {"#.to_owned(),
        ),
        (
            "2025-05-02 post.md",
            "# 2025-05-02 更新\n\n无主的行\n\n## 壶\n\nAuthors: 陈一\n\n## \n\nAuthors: 王二\n".to_owned(),
        ),
    ] {
        write(&home, &format!("bad/2025-05-02/{name}"), bytes);
    }
    write(&home, "bad/2025-05-02/latin.json", b"{\"schema\": 1, \"papers\": [\xe4\xf6\xfc]}");
    write(&home, "bad/2025-05-02/binary.json", [0, 1, 2, 255, 254, 0, 0]);
    write(&home, "bad/2025-05-02/damaged.json", day(paper).replace("水壶", "\u{fffd}\u{e000}Ã¤Ã¶Ã¼"));
    std::os::unix::fs::symlink("..", home.path().join("bad/2025-05-02/up")).unwrap();
    write(&home, ".local/share/wenzhai/journal/strange.txt", "1");
    write(&home, ".local/share/wenzhai/journal/other.jsonl", "{\"n\": \n{\"n\": 1, \"t\": 5}\nhalf");
    let runs: &[&[&str]] = &[
        &["check", "bad"],
        &["check", "bad/2025-05-02/cut.json", "bad/2025-05-02/empty.json"],
        &["list", "bad"],
        &["show", "2505.00003", "--archive", "bad"],
        &["search", "水壶", "bad"],
        &["stats", "bad"],
        &["doctor", "bad"],
        &["import", "bad", "--into", "good"],
        &["import", "bad", "--into", "bad"],
        &["import", "nowhere", "--into", "good"],
        &["import", "bad/2025-05-02/type.json", "--into", "bad/2025-05-02/empty.json"],
        &["export", "--format", "ris", "--archive", "bad", "-o", "no/such/place.ris"],
        &["export", "--format", "ris", "--archive", "bad", "-o", "digests"],
        &["mark", "2505.00003", "--archive", "bad", "--later"],
        &["journal", "status"],
        &["journal", "list"],
        &["journal", "compact"],
        &["check", "nowhere"],
        &["check", "nothing/here.json"],
        &["nowhere"],
        &["--config", "nothing.toml", "list"],
        &["--log-file", "no/such/place.log", "list"],
    ];
    let all: String = runs.iter().map(|args| said(&home, args)).collect();
    assert_eq!(english(&all), Vec::<&str>::new(), "{all}");
    // For programs everything stays as it is.
    let json = said(&home, &["check", "bad", "--json"]);
    assert!(json.contains("\"severity\":\"warning\"") && json.contains("is empty"), "{json}");
}

#[test]
fn what_is_wrong_with_settings_is_said_in_chinese() {
    let home = home();
    let config = "thme = \"dark\"\ntheme = \"drk\"\nmouse = \"yes\"\ncategories = 3\nrepeats_days = 900\njournal_dir = \"a/b\"\n\
        export_dir = \"$NO_SUCH/x\"\nopen_command = \"a 'b\"\nlanguage = \"fr\"\nascii = maybe\npipe_format = 'x\n\
        spacing = true\nspacing = true\n=\ncounts = 1 2\nadvance\n[archive]\n[[archive]]\nupdate = \"x\"\nevery = \"2 weeks\"\n\
        [[archive]]\npath = \"~ada/x\"\n[[query]]\nname = \"a\"\n[[query]]\nname = \"b\"\nquery = \"re:/(/ date:soon\"\n\
        [[rule]]\nweight = 3\n[[rule]]\nkeyword = \"a\"\nauthor = \"b\"\n[[rule]]\nquery = \"tag:x\"\n[[rule]]\nkeyword = []\n\
        [[rule]]\nmute = true\nweight = 2\nkeyword = \"x\"\n[[rule]]\nkeyword = \"x\"\nweight = 123456\n";
    let keys = "[lists]\nx = \"down\"\n[global]\nx = \"dwn\"\n\"C-i\" = \"down\"\nq = [\":set theme\", \"filter\", \"down\"]\n\
        Z = []\nzz = { does = \"down\" }\n\"a b c d e f g h i j\" = \"down\"\nG = \"down\"\ngg = \"down\"\ng = \"up\"\n\"\" = \"up\"\n\
        Foo = \"down\"\n[inputs]\na = \"down\"\n[nowhere]\n";
    let theme = "base = \"drk\"\nink = \"red\"\ncontrast = 99\nselcted = \"bold\"\nselected = \"bld on\"\ntitle = 3\ndim = \"on purpl\"\n= 3\n";
    write(&home, ".config/wenzhai/config.toml", config);
    write(&home, ".config/wenzhai/keymaps.toml", keys);
    write(&home, ".config/wenzhai/themes/own.toml", theme);
    write(&home, "latin.toml", b"theme = \"\xe4\"");
    write(&home, "huge.toml", "# x\n".repeat(50_000));
    write(&home, "not.toml", "broken [ = line\n".repeat(100));
    fs::create_dir(home.path().join("folder.toml")).unwrap();
    let runs: &[&[&str]] = &[
        &["config", "check"],
        &["config", "show"],
        &["config", "default"],
        &["--theme", "own", "doctor"],
        &["--theme", "own", "config", "check"],
        &["--theme", "missing", "config", "check"],
        &["--config", "latin.toml", "config", "check"],
        &["--config", "huge.toml", "config", "check"],
        &["--config", "not.toml", "config", "check"],
        &["--config", "folder.toml", "config", "check"],
        &["keys"],
        &["list", "digests"],
        &["rules", "test", "keyword = ", "digests"],
        &["rules", "test", "wieght = 3", "digests"],
        &["rules", "test", "--rule-file", "folder.toml", "digests"],
        &["rules", "test", "--rule-file", "nothing.toml", "digests"],
    ];
    let all: String = runs.iter().map(|args| said(&home, args)).collect();
    assert_eq!(english(&all), Vec::<&str>::new(), "{all}");
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
