use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::model::Paper;

/// Members of a record of which those of lower rank are no loss to the best one.
const OWN: &[&str] = &["from", "failed"];

/// Fills what `best` has not from a record of lower rank. Objects are filled by their members.
pub(super) fn fill(best: &mut Map<String, Value>, record: &Map<String, Value>) {
    fill_but(best, record, OWN);
}

fn fill_but(best: &mut Map<String, Value>, record: &Map<String, Value>, skip: &[&str]) {
    for (key, value) in record {
        if skip.contains(&key.as_str()) || is_nothing(value) {
            continue;
        }
        match (best.get_mut(key), value) {
            (Some(Value::Object(members)), Value::Object(value)) if key != "arxiv" => {
                fill_but(members, value, &["guessed"]);
            }
            (Some(kept), _) if !is_nothing(kept) => {}
            (_, Value::Object(value)) if key != "arxiv" => {
                let mut members = Map::new();
                fill_but(&mut members, value, &["guessed"]);
                best.insert(key.clone(), Value::Object(members));
            }
            _ => {
                best.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Says whether the field `key` of a record says something else than that of the merged one.
pub(super) fn differs(key: &str, merged: &Value, value: &Value) -> bool {
    match (merged, value) {
        // The ids of records without an arXiv id differ by nothing but their titles; the raw line is the list of
        // authors once more.
        _ if ["id", "failed", "authors_raw", "guessed"].contains(&key) => false,
        (Value::Object(merged), Value::Object(members)) if key != "arxiv" => {
            members.iter().any(|(k, v)| merged.get(k).is_some_and(|m| differs(k, m, v)))
        }
        _ => !is_nothing(value) && !says_the_same(merged, value),
    }
}

pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(s) => s.is_empty(),
        Value::Array(a) => a.is_empty(),
        Value::Object(o) => o.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Says whether two values differ only as two captures of one page do: in width forms, punctuation and blanks.
fn says_the_same(a: &Value, b: &Value) -> bool {
    let folded =
        |s: &str| s.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    match (a, b) {
        (Value::String(a), Value::String(b)) => a == b || folded(a) == folded(b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| says_the_same(a, b))
        }
        _ => a == b,
    }
}

/// The links that stay guesses: those that the first record to have them has guessed.
pub(super) fn guessed(group: &[Paper]) -> Vec<&'static str> {
    let is_guess = |paper: &Paper, field: &str| {
        let fields = paper.extra.get("guessed").and_then(Value::as_array);
        fields.is_some_and(|f| f.iter().any(|f| f == field))
    };
    let code = group.iter().find(|p| p.links.code.is_some()).filter(|p| is_guess(p, "code")).map(|_| "code");
    let project = group
        .iter()
        .find(|p| p.links.project.is_some())
        .filter(|p| is_guess(p, "project"))
        .map(|_| "project");
    code.into_iter().chain(project).collect()
}
