//! Holds the code to the table in `src/lib.rs`: who may use whom, who may touch the outside world, and how
//! long a file may be.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const MAX_LINES: usize = 350;

/// What the table says of one module.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    is_io: bool,
    may_use: BTreeSet<String>,
}

type Table = BTreeMap<String, Row>;

/// Reads the rows `| name (IO) | a b c |` of the crate documentation.
fn table(lib: &str) -> Table {
    lib.lines()
        .filter_map(|line| line.strip_prefix("//! | ")?.strip_suffix(" |")?.split_once(" | "))
        .filter(|(name, _)| *name != "module" && !name.starts_with('-'))
        .map(|(name, uses)| {
            let may_use = uses.split_whitespace().filter(|u| *u != "-").map(str::to_owned).collect();
            let is_io = name.ends_with(" (IO)");
            (name.trim_end_matches(" (IO)").to_owned(), Row { is_io, may_use })
        })
        .collect()
}

/// Cuts Rust text into identifiers and single punctuation characters; `::` is one token. Comments, strings,
/// characters and lifetimes are left out. Each token has its line.
fn tokens(text: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut found: Vec<(usize, String)> = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < chars.len() {
        let start = i;
        match at(i) {
            '/' if at(i + 1) == '/' => i = skip_to(&chars, i, "\n"),
            '/' if at(i + 1) == '*' => i = skip_to(&chars, i + 2, "*/"),
            '"' => {
                let hashes = raw_hashes(&mut found);
                i = if let Some(n) = hashes {
                    skip_to(&chars, i + 1, &format!("\"{}", "#".repeat(n)))
                } else {
                    skip_quoted(&chars, i + 1, '"')
                };
            }
            '\'' if at(i + 1) == '\\' || at(i + 2) == '\'' => i = skip_quoted(&chars, i + 1, '\''),
            ':' if at(i + 1) == ':' => {
                found.push((line, "::".to_owned()));
                i += 2;
            }
            c if c.is_alphanumeric() || c == '_' => {
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                found.push((line, chars.iter().skip(start).take(i - start).collect()));
            }
            c => {
                if !c.is_whitespace() && c != '\'' {
                    found.push((line, c.to_string()));
                }
                i += 1;
            }
        }
        line += chars.iter().skip(start).take(i - start).filter(|c| **c == '\n').count();
    }
    found
}

/// Takes the prefix of a raw string (`r`, `br` and hashes) off the tokens and counts the hashes.
fn raw_hashes(found: &mut Vec<(usize, String)>) -> Option<usize> {
    let hashes = found.iter().rev().take_while(|(_, t)| t == "#").count();
    let prefix = found.len().checked_sub(hashes + 1)?;
    if !matches!(found.get(prefix)?.1.as_str(), "r" | "br") {
        return None;
    }
    found.truncate(prefix);
    Some(hashes)
}

fn skip_to(chars: &[char], from: usize, end: &str) -> usize {
    let end: Vec<char> = end.chars().collect();
    let rest = chars.get(from..).unwrap_or_default();
    rest.windows(end.len()).position(|w| w == end).map_or(chars.len(), |n| from + n + end.len())
}

fn skip_quoted(chars: &[char], mut i: usize, quote: char) -> usize {
    while let Some(c) = chars.get(i) {
        i += if *c == '\\' { 2 } else { 1 };
        if *c == quote {
            break;
        }
    }
    i.min(chars.len())
}

/// Takes out items marked `#[cfg(test)]`: up to the `;` or the closing brace of the item.
fn without_tests(tokens: &[(usize, String)]) -> Vec<(usize, String)> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        if !MARK.iter().zip(rest).all(|(mark, (_, t))| mark == t) || rest.len() < MARK.len() {
            kept.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let mut depth = 0_i32;
        let ends = |(_, t): &(usize, String)| {
            depth += i32::from(t == "{") - i32::from(t == "}");
            depth == 0 && (t == ";" || t == "}")
        };
        let end = rest.iter().position(ends).map_or(rest.len(), |n| n + 1);
        rest = rest.get(end..).unwrap_or_default();
    }
    kept
}

/// Every path in the text with its line: `a::{b, c::d}` gives `a::b` and `a::c::d`; `as` names are left out.
fn paths(tokens: &[(usize, String)]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        i = path(tokens, i, &[], &mut found).max(i + 1);
    }
    found
}

fn path(
    tokens: &[(usize, String)],
    mut i: usize,
    prefix: &[String],
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let text = |i: usize| tokens.get(i).map_or("", |(_, t)| t.as_str());
    let is_name = |t: &str| t.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let line = tokens.get(i).map_or(0, |(line, _)| *line);
    let mut names = prefix.to_vec();
    loop {
        if text(i) == "{" && names.len() > prefix.len() || text(i) == "{" && !prefix.is_empty() {
            i += 1;
            while !matches!(text(i), "}" | "") {
                i = path(tokens, i, &names, found).max(i + 1);
            }
            return i + 1;
        }
        if !is_name(text(i)) {
            break;
        }
        names.push(text(i).to_owned());
        i += 1;
        if text(i) != "::" {
            break;
        }
        i += 1;
    }
    if names.len() > prefix.len() {
        found.push((line, names));
    }
    i
}

/// Says what is wrong with one file below `src`, as `file:line: what`.
fn faults(table: &Table, file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let length = text.lines().count();
    if length > MAX_LINES {
        faults.push(format!("{file}: {length} lines, at most {MAX_LINES}"));
    }
    if matches!(file, "lib.rs" | "main.rs") {
        return faults;
    }
    let mut home: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    home.pop_if(|last| *last == "mod");
    let module = home.first().copied().unwrap_or_default();
    let Some(row) = table.get(module) else {
        faults.push(format!("{file}: module {module} is not in the table of lib.rs"));
        return faults;
    };
    if home.contains(&"tests") {
        return faults;
    }
    let mut seen = BTreeSet::new();
    for (line, path) in paths(&without_tests(&tokens(text))) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let used = own_module(&home, &path).filter(|used| *used != module && !row.may_use.contains(*used));
        let wrong = used
            .map(|used| format!("{module} may not use {used}"))
            .or_else(|| outside(module, row.is_io, &path).map(|what| format!("{module} may not use {what}")));
        if let Some(wrong) = wrong.filter(|wrong| seen.insert((line, wrong.clone()))) {
            faults.push(format!("{file}:{line}: {wrong}"));
        }
    }
    faults
}

/// The top module of this crate that a path leads to, seen from the module `home`.
fn own_module<'a>(home: &[&'a str], path: &[&'a str]) -> Option<&'a str> {
    let mut place = match *path.first()? {
        "crate" => Vec::new(),
        "super" | "self" => home.to_vec(),
        _ => return None,
    };
    for name in path {
        match *name {
            "crate" | "self" => {}
            "super" => drop(place.pop()),
            name => place.push(name),
        }
    }
    place.first().copied()
}

/// What of the outside world a path touches that its module may not.
fn outside(module: &str, is_io: bool, path: &[&str]) -> Option<String> {
    if path.contains(&"crossterm") && module != "shell" {
        return Some("crossterm".to_owned());
    }
    let is_clock = path.iter().any(|n| matches!(*n, "SystemTime" | "Instant"))
        || path.windows(2).any(|w| matches!(w, ["Timestamp" | "Zoned", "now"]));
    let is_std = matches!(path, ["std", "fs" | "env" | "process", ..]);
    (!is_io && (is_clock || is_std)).then(|| path.join("::"))
}

fn walk(folder: &Path, name: &str, each: &mut dyn FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{name}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &format!("{name}/"), each);
        } else if entry.path().extension().is_some_and(|e| e == "rs") {
            each(&name, &fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn every_file_keeps_to_the_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(src.join("lib.rs")).unwrap();
    let table = table(&lib);
    let mut wrong = Vec::new();
    let mut files = 0;
    walk(&src, "", &mut |file, text| {
        files += 1;
        wrong.extend(faults(&table, file, text));
    });
    assert!(files > 10, "the sources were not found");
    wrong.sort();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));

    let declared: BTreeSet<_> =
        lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, table.keys().map(String::as_str).collect(), "modules and table differ");
}

/// Data flows one way: messages change the state in one place, drawing and everything else only read it.
#[test]
fn only_update_changes_the_whole_state() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut elsewhere = Vec::new();
    let mut inside = 0;
    walk(&src, "", &mut |file, text| {
        let takes = text.lines().filter(|l| l.contains("&mut State")).count();
        if file.starts_with("state/update/") {
            inside += takes;
        } else if takes > 0 {
            elsewhere.push(file.to_owned());
        }
    });
    assert!(inside > 10, "the sources were not found");
    assert_eq!(elsewhere, Vec::<String>::new());
}

#[test]
fn the_checker_sees_what_is_planted() {
    let table = table(
        "//! | module | may use |\n//! | --- | --- |\n//! | text | - |\n//! | model | text |\n//! | state | text model |\n\
         //! | cli (IO) | model |\n//! | shell (IO) | text |\n",
    );
    assert_eq!(table.len(), 5);
    let cases = [
        ("model/a.rs", "use crate::text::Width;", None),
        ("model/a.rs", "use crate::model::Paper; use super::digest::Digest;", None),
        ("model/a.rs", "use crate::state::State;", Some("model/a.rs:1: model may not use state")),
        ("model/a.rs", "use crate::{text, state};", Some("model may not use state")),
        (
            "model/a.rs",
            "use crate::{text::{A, B}, model::{C, D}, cli::E as F};",
            Some("model may not use cli"),
        ),
        ("model/a.rs", "\nfn f() { let x: Vec<crate::state::State> = g(); }", Some("model/a.rs:2: ")),
        ("model/a.rs", "fn f() { crate::state::go() }", Some("model may not use state")),
        ("model/a.rs", "use super::super::state::State;", Some("model may not use state")),
        ("model/a.rs", "use super::{b, super::state};", Some("model may not use state")),
        ("model/a.rs", "use super::super::text::State;", None),
        ("model/mod.rs", "use super::state::State;", Some("model may not use state")),
        ("model.rs", "use super::state::State;", Some("model may not use state")),
        ("model/b/c.rs", "use super::super::a::A;", None),
        ("model/a.rs", "pub(in crate::state) fn f() {}", Some("model may not use state")),
        ("model/a.rs", "// crate::state\n/* crate::state */ const S: &str = \"crate::state\";", None),
        ("model/a.rs", "const S: &str = r#\"crate::state \" \"#; const C: char = '\"'; fn f<'a>() {}", None),
        ("model/a.rs", "const C: char = '\\''; use crate::state;", Some("model may not use state")),
        ("model/a.rs", "#[cfg(test)]\nmod tests { use crate::state::X; fn f() { {} } }", None),
        ("model/a.rs", "#[cfg(test)]\nuse crate::state::X;\nuse crate::cli;", Some("model/a.rs:3: ")),
        ("state/a.rs", "use std::fs::File;", Some("state may not use std::fs")),
        ("state/a.rs", "use std::{fmt, env};", Some("state may not use std::env")),
        ("state/a.rs", "fn f() { std::process::exit(1) }", Some("state may not use std::process")),
        ("state/a.rs", "use std::time::{Duration, Instant};", Some("state may not use std::time::Instant")),
        ("state/a.rs", "use std::time; fn f() { time::SystemTime::now(); }", Some("SystemTime")),
        ("state/a.rs", "fn f() { jiff::Timestamp::now(); }", Some("Timestamp")),
        ("state/a.rs", "use std::time::Duration; use std::fmt;", None),
        ("cli/a.rs", "use std::{fs, env, process, time::Instant};", None),
        ("cli/a.rs", "use crossterm::event::Event;", Some("cli may not use crossterm")),
        ("cli/a.rs", "use ratatui::{crossterm::event, text};", Some("cli may not use crossterm")),
        ("shell/a.rs", "use crossterm::event::Event;", None),
        ("extra/a.rs", "", Some("module extra is not in the table")),
        ("model/a/tests.rs", "use crate::state; use std::env;", None),
        ("main.rs", "use wenzhai::shell;", None),
    ];
    for (file, text, want) in cases {
        let got = faults(&table, file, text).join("\n");
        match want {
            Some(want) => assert!(got.contains(want), "{file}: {text}\n  gave {got:?}, wanted {want:?}"),
            None => assert_eq!(got, "", "{file}: {text}"),
        }
    }
    let long = "// line\n".repeat(MAX_LINES + 1);
    assert_eq!(faults(&table, "lib.rs", &long), ["lib.rs: 351 lines, at most 350"]);
}
