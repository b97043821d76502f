//! What the command line says of itself, and what it says to programs, over the sample.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::process::{Command, Output, Stdio};

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

/// The program in a home of its own, on no terminal.
fn run(home: &TempDir, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenzhai"));
    command.env_clear().env("HOME", home.path()).current_dir(home.path()).args(args);
    let file = home.path().join("stdin");
    std::fs::write(&file, input).unwrap();
    command.stdin(Stdio::from(std::fs::File::open(&file).unwrap())).output().unwrap()
}

fn text(home: &TempDir, bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().replace(home.path().to_str().unwrap(), "HOME")
}

/// Both helps of a subcommand; none of the program itself.
fn help(subcommand: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut all = String::new();
    for flag in ["-h", "--help"] {
        let output = run(&home, &[subcommand, &[flag]].concat(), "");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{subcommand:?}");
        let said = text(&home, &output.stdout);
        assert!(!said.contains('\u{1b}'));
        let said: Vec<_> = said.lines().map(str::trim_end).collect();
        write!(all, "$ wenzhai {} {flag}\n\n{}\n\n", subcommand.join(" "), said.join("\n")).unwrap();
    }
    all
}

/// The subcommands that the help lists.
fn subcommands(of: &[&str]) -> Vec<String> {
    let said = help(of);
    let listed = said.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names = listed.filter_map(|l| l.strip_prefix("  ")?.split(' ').next());
    names.filter(|n| !n.is_empty() && *n != "help").map(str::to_owned).collect()
}

#[test]
fn every_help() {
    assert_snapshot!("help", help(&[]));
    for name in subcommands(&[]) {
        assert_snapshot!(format!("help_{name}"), help(&[&name]));
        for inner in subcommands(&[&name]) {
            assert_snapshot!(format!("help_{name}_{inner}"), help(&[&name, &inner]));
        }
    }
}

#[test]
fn every_long_help_has_examples_that_can_be_parsed() {
    for name in subcommands(&[]) {
        let said = help(&[&name]);
        let (_, examples) = said.rsplit_once("\nExamples:\n").unwrap_or_else(|| panic!("{name}:\n{said}"));
        let calls = examples.lines().flat_map(|l| l.split(['|', '&', '(', ')', ';'])).filter_map(|part| {
            let call =
                part.trim().strip_prefix("wenzhai ").or(part.trim().strip_prefix("0 8 * * * wenzhai "))?;
            // Two blanks begin a remark; what a shell does is its own affair.
            Some(call.split("  ").next()?.split(" >").next()?.to_owned())
        });
        let calls: Vec<_> = calls.filter(|c| !c.is_empty()).collect();
        assert!(calls.iter().any(|c| c.split(' ').any(|w| w == name)), "{name}: {calls:?}");
        for call in calls {
            let home = tempfile::tempdir().unwrap();
            let words: Vec<_> = wenzhai::config::Command::split(&call).unwrap();
            // The help of what is called is printed once its words are understood.
            let words: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
            assert_eq!(run(&home, &words, "").status.code(), Some(0), "{call}");
            let words: Vec<&str> = words.into_iter().filter(|w| *w != "--help").collect();
            assert_ne!(run(&home, &words, "").status.code(), Some(2), "{call}");
        }
    }
}

/// What a subcommand says to programs: each line an object with a schema, its keys in their order.
fn json(home: &TempDir, args: &[&str], input: &str) -> String {
    let output = run(home, args, input);
    let said = text(home, &output.stdout);
    let mut all = format!("$ wenzhai {}\n", args.join(" "));
    for line in said.lines() {
        let mut value: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{args:?}: {e}: {line}"));
        assert_eq!(value["schema"], 1, "{args:?}: {line}");
        // Drawn by lot for every home.
        if let Some(machine) = value.pointer_mut("/journal/machine") {
            *machine = "MACHINE".into();
        }
        writeln!(all, "{value:#}").unwrap();
    }
    writeln!(all, "status {}", output.status.code().unwrap()).unwrap();
    all + &text(home, &output.stderr)
}

#[test]
fn every_json() {
    let home = tempfile::tempdir().unwrap();
    let ids = "1706.03762\n2106.09685\tand a title\n";
    assert_snapshot!("json_list", json(&home, &["list", "--query", "title:attention", "--json"], ""));
    assert_snapshot!("json_search", json(&home, &["search", "transformer", "--limit", "2", "--json"], ""));
    let rule = "keyword = \"attention\", weight = 3";
    assert_snapshot!("json_rules_test", json(&home, &["rules", "test", rule, "--json"], ""));
    assert_snapshot!("json_show", json(&home, &["show", "-", "--json"], ids));
    assert_snapshot!("json_check", json(&home, &["check", "--json"], ""));
    assert_snapshot!("json_config_show", json(&home, &["config", "show", "--json"], ""));
    let wrong = home.path().join("wrong.toml");
    std::fs::write(&wrong, "\nlangauge = \"zh\"\n").unwrap();
    assert_snapshot!(
        "json_config_check",
        json(&home, &["--config", "wrong.toml", "config", "check", "--json"], "")
    );
    assert_snapshot!("json_paths", json(&home, &["paths", "--json"], ""));
    assert_snapshot!("json_doctor", json(&home, &["doctor", "--json"], ""));
    assert_snapshot!("json_journal_status", json(&home, &["journal", "status", "--json"], ""));
    assert_snapshot!("json_mark", json(&home, &["mark", "-", "--bookmark", "--tag", "rl", "--json"], ids));
    assert_snapshot!("json_journal_list", json(&home, &["journal", "list", "--json"], ""));
    let digests = home.path().join("digests/2025-05-01/LLM.json");
    std::fs::create_dir_all(digests.parent().unwrap()).unwrap();
    let digest = r#"{"schema": 1, "date": "2025-05-01", "category": "LLM", "papers": [{"id": "2505.1", "title": "Kettles"}]}"#;
    std::fs::write(&digests, digest).unwrap();
    assert_snapshot!("json_import", json(&home, &["import", "digests", "--into", "copy", "--json"], ""));
    let config = home.path().join(".config/wenzhai/config.toml");
    std::fs::create_dir_all(config.parent().unwrap()).unwrap();
    std::fs::write(
        &config,
        format!("[[archive]]\npath = {:?}\nupdate = \"true\"\n", home.path().join("copy")),
    )
    .unwrap();
    assert_snapshot!("json_update", json(&home, &["update", "--json"], ""));
    // All keys would be a list that every new one changes: the README has it.
    let keys = run(&home, &["keys", "--json"], "");
    let keys: Value = serde_json::from_slice(&keys.stdout).unwrap();
    assert_eq!(keys["schema"], 1);
    let escape = keys["keys"].as_array().unwrap().iter().find(|k| k["action"] == "escape").unwrap();
    assert_snapshot!("json_keys_one", format!("{escape:#}"));
    let compact = json(&home, &["journal", "compact", "--json"], "");
    assert!(compact.contains("\"before\": ") && compact.contains("status 0"), "{compact}");
    let exported = run(&home, &["export", "--format", "json", "--archive", "copy", "2505.1"], "");
    let exported: Value = serde_json::from_slice(&exported.stdout).unwrap();
    assert_eq!((&exported["schema"], &exported["papers"][0]["title"]), (&1.into(), &"Kettles".into()));
}
