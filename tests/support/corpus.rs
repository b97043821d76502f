//! Real digests, where there are any: the folder that `WENZHAI_CORPUS` names.

#![cfg(test)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

/// The folder of real digests; without one says that the test is skipped.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = env::var_os("WENZHAI_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: WENZHAI_CORPUS names no folder of real digests");
    }
    folder
}

/// What is known of the papers of each file, in the order of the file.
pub(crate) fn truth(corpus: &Path) -> BTreeMap<String, Vec<Value>> {
    let mut truth: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in fs::read_to_string(corpus.join("truth.jsonl")).unwrap().lines() {
        let paper: Value = serde_json::from_str(line).unwrap();
        truth.entry(paper["file"].as_str().unwrap().to_owned()).or_default().push(paper);
    }
    truth
}

/// The texts of the digests in `folder`: every string of JSON, other files whole.
pub(crate) fn texts(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(texts(&path));
            continue;
        }
        let content = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        match path.extension().and_then(|e| e.to_str()) {
            Some("txt" | "md") => found.push(content),
            Some("jsonl" | "json") => {
                for line in content.lines() {
                    strings(&serde_json::from_str(line).unwrap_or_default(), &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| strings(item, found)),
        _ => {}
    }
}
