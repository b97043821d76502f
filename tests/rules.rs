//! `wenzhai rules` as a shell sees it: what rules would do, without doing it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#[path = "support/home.rs"]
#[allow(dead_code, reason = "each test file uses its part of it")]
mod home;
#[path = "support/pty.rs"]
mod pty;

use std::fs;

use home::{Home, Said};
use pty::Launch;
use serde_json::{Value, json};

/// Two days: titles with the words that rules look for, one of them with a line end and an escape.
fn home() -> Home {
    let home = Home::new();
    let paper = |n: usize, title: &str, author: &str| json!({"id": format!("3105.{n}"), "arxiv": {"id": format!("3105.{n}"), "version": 1}, "title": title, "authors": [author]});
    for (date, category, papers) in [
        (
            "2031-05-02",
            "cs.CL",
            vec![paper(1, "Boats that Learn", "Ada First"), paper(2, "Kites", "Bo Last")],
        ),
        ("2031-05-02", "cs.CV", vec![paper(3, "Boats and\n\u{1b}[31mKites", "Ada First")]),
        ("2031-05-01", "cs.CL", vec![paper(4, "Old Boats", "Cy Old")]),
    ] {
        let digest = json!({"schema": 1, "date": date, "category": category, "papers": papers});
        home.write(&format!("digests/{date}/{category}.json"), digest.to_string());
    }
    home
}

const CONFIG: &str = "[[rule]]\nkeyword = \"boats\"\nweight = 3\n[[rule]]\nauthor = \"Bo Last\"\nweight = -2\n\
    [[rule]]\ncategory = \"cs.CV\"\nmute = true\nname = \"no pictures\"\n";

fn run(home: &Home, args: &[&str]) -> Said {
    let (status, out, err) = home.run(args);
    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'), "{out}{err}");
    (status, out, err)
}

#[test]
fn a_rule_is_tried_before_it_is_written() {
    let home = home();
    let said = run(&home, &["rules", "test", "keyword = \"boats\", weight = 3", "digests"]);
    let lines = [
        "2031-05-02\t3105.1\t+6\tBoats that Learn",
        "2031-05-02\t3105.3\t+6\tBoats and \u{fffd}Kites",
        "2031-05-01\t3105.4\t+6\tOld Boats",
    ];
    assert_eq!(
        said,
        (0, format!("{}\n", lines.join("\n")), "wenzhai: would lift 3 of 4 papers\n".to_owned())
    );
    let said = run(
        &home,
        &["rules", "test", "author = \"ada first\", mute = true", "digests", "--date", "2031-05-02"],
    );
    assert_eq!(said.2, "wenzhai: would mute 2 of 3 papers\n");
    // Several together, best first, and what is muted last.
    let rules =
        ["keyword = \"boats\"", "author = \"Bo Last\"\nweight = -2", "category = \"cs.CV\", mute = true"];
    let said = run(&home, &[&["rules", "test"], &rules[..], &["digests", "--date", "2031-05-02"]].concat());
    let scores: Vec<&str> = said.1.lines().map(|l| l.split('\t').nth(2).unwrap()).collect();
    assert_eq!(scores, ["+2", "-2", "mute"]);
    assert_eq!(said.2, "wenzhai: would lift 1, lower 1, mute 1 of 3 papers\n");
    let said = run(&home, &["rules", "test", "keyword = \"submarine\"", "digests"]);
    assert_eq!((said.1.as_str(), said.2.as_str()), ("", "wenzhai: would move none of 4 papers\n"));
}

#[test]
fn rules_come_from_a_file_or_from_the_configuration() {
    let home = home();
    let none = run(&home, &["rules", "test", "digests"]);
    assert_eq!(
        (none.0, none.2),
        (1, "wenzhai: no rule is given, and the configuration has none\n".to_owned())
    );
    let none = run(&home, &["rules"]);
    assert_eq!(
        (none.0, none.2),
        (0, "wenzhai: no rules yet; `wenzhai config default` shows how to write one\n".to_owned())
    );
    let mistyped = run(&home, &["rules", "tset", "digests"]);
    assert_eq!(
        (mistyped.0, mistyped.2),
        (1, "wenzhai: `tset`: no such folder; did you mean `test`?\n".to_owned())
    );
    home.write("mine.toml", CONFIG);
    let file = run(&home, &["rules", "test", "--rule-file", "mine.toml", "digests"]);
    home.write(".config/wenzhai/config.toml", CONFIG);
    let config = run(&home, &["rules", "test", "--archive", "digests"]);
    assert_eq!(file, config);
    assert_eq!(config.2, "wenzhai: would lift 2, lower 1, mute 1 of 4 papers\n");
    let list = run(&home, &["rules", "list", "digests"]);
    assert_eq!(list.1, "2\t+3\tkeyword boats\n1\t-2\tauthor Bo Last\n1\tmute\tcategory cs.CV\tno pictures\n");
    assert_eq!(run(&home, &["rules", "--archive", "digests"]), list);
}

#[test]
fn the_json_of_rules_has_a_schema() {
    let home = home();
    home.write(".config/wenzhai/config.toml", CONFIG);
    let lines = |args: &[&str]| -> Vec<Value> {
        run(&home, args).1.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    };
    let papers = lines(&["rules", "test", "--json", "digests"]);
    assert_eq!(papers.len(), 4);
    assert_eq!(
        papers[0],
        json!({"schema": 1, "date": "2031-05-02", "category": "cs.CL", "id": "3105.1", "title": "Boats that Learn",
            "score": 6, "mute": false})
    );
    let rules = lines(&["rules", "list", "--json", "digests"]);
    assert_eq!(
        rules[2],
        json!({"schema": 1, "category": ["cs.CV"], "weight": null, "mute": true, "name": "no pictures",
            "date": "2031-05-02", "papers": 1})
    );
}

#[test]
fn a_rule_that_cannot_be_used_is_wrong_usage() {
    let home = home();
    let table = [
        (vec!["query = \"a (b\""], "RULE:1: this rule is not used: `query`: at 3: ( is not closed yet"),
        (
            vec!["keywrd = \"a\""],
            "RULE:1: this rule is not used: unknown key `keywrd`; did you mean `keyword`?",
        ),
        (vec!["weight = 3"], "RULE:1: this rule has no `keyword`, `author`, `category` or `query`"),
        (vec!["--rule-file", "none.toml"], "none.toml: no such file"),
        (vec!["boats"], "`boats`: neither a rule, such as 'keyword = \"graph\"', nor a file or folder"),
    ];
    for (args, what) in table {
        let said = run(&home, &[vec!["rules", "test"], args.clone(), vec!["digests"]].concat());
        assert_eq!((said.0, said.1.as_str()), (2, ""), "{args:?}");
        assert_eq!(said.2, format!("wenzhai: {what}\n"), "{args:?}");
    }
    assert_eq!(run(&home, &["rules", "test", "x = ] [", "digests"]).0, 2);
    let late = run(&home, &["rules", "test", "keyword = \"a\"", "--date", "2032", "digests"]);
    assert_eq!(late.2, "wenzhai: no digest of these dates; the newest is of 2031-05-02\n");
    assert_eq!(run(&home, &["rules", "test", "--date", "soon", "digests"]).0, 2);
}

#[test]
fn whoever_is_followed_is_in_the_configuration_at_once() {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(120, 36);
    let file = launch.home().join("config/wenzhai/config.toml");
    let mut pty = launch.start();
    pty.wait_for("Attention Is All You Need");
    pty.keys("Af");
    pty.wait_for("Ashish Vaswani  followed");
    assert_eq!(fs::read_to_string(&file).unwrap(), "[[rule]]\nauthor = \"Ashish Vaswani\"\nweight = 5\n");
    pty.keys("f");
    pty.wait_for("is followed already");
    pty.keys("jf");
    pty.wait_for("Noam Shazeer  followed");
    assert_eq!(fs::read_to_string(&file).unwrap().matches("[[rule]]").count(), 2);
    pty.keys("qi");
    pty.wait_for("+5 author Noam Shazeer");
    pty.keys("qQ");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_configuration_that_cannot_be_written_is_named() {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(120, 36);
    let folder = launch.home().join("config/wenzhai");
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::write(&folder, "a file where the folder should be").unwrap();
    let mut pty = launch.start();
    pty.wait_for("Attention Is All You Need");
    pty.keys("Af");
    pty.wait_for("The rule was not written");
    pty.keys("qQ");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(fs::read_to_string(&folder).unwrap(), "a file where the folder should be");
}
