//! Holds the catalogue of interface strings to what is used: a message that nobody says is a translation kept in vain.
//! A missing one does not compile.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The names of methods: those that are written out, and those of the table, which stand before their texts.
fn messages(text: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let line = line.trim_start();
        let rest = line.strip_prefix("pub fn ").unwrap_or(line);
        let end = rest.find('(')?;
        let (name, rest) = rest.split_at_checked(end)?;
        let is_name = !name.is_empty()
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let is_method = line.starts_with("pub fn ") && rest.starts_with("(self");
        let is_row = line.ends_with("\";") && rest.contains(") \"");
        (is_name && (is_method || is_row)).then(|| name.to_owned())
    };
    text.lines().filter_map(name).collect()
}

#[test]
fn every_message_is_said_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let catalogue = root.join("catalogue");
    let all: Vec<(PathBuf, String)> =
        sources(&root).into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect();
    let names: BTreeSet<String> = all
        .iter()
        .filter(|(path, _)| path.starts_with(&catalogue))
        .flat_map(|(_, text)| messages(text))
        .collect();
    assert!(names.len() > 200, "the messages were not found: {}", names.len());
    let is_said = |name: &&String| {
        let call = format!(".{name}(");
        let path = format!("::{name}");
        all.iter().any(|(_, text)| text.contains(&call) || text.contains(&path))
    };
    let unsaid: Vec<_> = names.iter().filter(|name| !is_said(name)).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}
