//! Takes the known members out of a JSON record, and says what was odd about them.

use serde::de::DeserializeSeed;
use serde_json::{Map, Value};

use super::failure::is_failure;
use super::json_text::{Any, MENDED, mended};
use super::links::is_arxiv_id;
use crate::model::{ArxivId, Section};

/// Levels of a value that is kept as it is: below the parser's limit even inside a digest.
const MAX_DEPTH: usize = 64;

/// The members of a record that were not taken yet.
#[derive(Debug, Default)]
pub(super) struct Members {
    map: Map<String, Value>,
    /// What was odd, one sentence each.
    pub(super) notes: Vec<String>,
    /// The fields whose source held a failure text.
    pub(super) failed: Vec<String>,
}

impl Members {
    /// Reads a JSON object. Of members with one key the last counts.
    pub(super) fn read(json: &[u8]) -> Result<Self, serde_json::Error> {
        match Self::read_sound(json) {
            Err(error) if !error.is_data() => {
                let mut members =
                    mended(json).and_then(|text| Self::read_sound(text.as_bytes()).ok()).ok_or(error)?;
                members.notes.insert(0, MENDED.to_owned());
                Ok(members)
            }
            read => read,
        }
    }

    fn read_sound(json: &[u8]) -> Result<Self, serde_json::Error> {
        let mut twice = Vec::new();
        let mut source = serde_json::Deserializer::from_slice(json);
        let value = Any(&mut twice).deserialize(&mut source)?;
        source.end()?;
        let Value::Object(map) = value else {
            return Err(serde::de::Error::custom("this is no JSON object"));
        };
        let note = |key| format!("the key `{key}` stands here twice; the last one was read");
        Ok(Self { map, notes: twice.into_iter().map(note).collect(), failed: Vec::new() })
    }

    /// Gives all members and what was odd.
    pub(super) fn into_parts(self) -> (Map<String, Value>, Vec<String>) {
        (self.map, self.notes)
    }

    /// Takes the members of a member; None where it is no object.
    pub(super) fn object(&mut self, key: &str) -> Option<Self> {
        match self.map.shift_remove(key)? {
            Value::Object(map) => Some(Self { map, ..Self::default() }),
            other => {
                self.put_back(key, other, "an object");
                None
            }
        }
    }

    /// Takes a text of one line: white space becomes single blanks.
    pub(super) fn line(&mut self, key: &str) -> Option<String> {
        self.text(key).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Takes a text of paragraphs: single line ends within one are those of a wrapping tool and become blanks.
    pub(super) fn paragraphs(&mut self, key: &str) -> Option<String> {
        self.text(key).map(|text| unwrapped(&text))
    }

    /// Takes a text that a generator has written; a failure text is noted under the name `field` instead.
    pub(super) fn generated(&mut self, key: &str, field: &str) -> Option<String> {
        let text = self.paragraphs(key)?;
        if is_failure(&text) {
            self.failed.push(field.to_owned());
            return None;
        }
        Some(text)
    }

    /// Takes a text as it is, without the white space around it; None where nothing is left.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        match self.map.shift_remove(key)? {
            Value::Null => None,
            Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            plain @ (Value::Number(_) | Value::Bool(_)) => {
                self.notes.push(format!("`{key}` is {plain}, which is no text; it was read as one"));
                Some(plain.to_string())
            }
            other => {
                self.put_back(key, other, "a text");
                None
            }
        }
    }

    /// Takes a list of texts, of objects with a `name`, or one text with commas. Gives the other keys of the objects.
    pub(super) fn list(&mut self, key: &str) -> (Vec<String>, Vec<String>) {
        let (mut texts, mut keys) = (Vec::new(), Vec::new());
        match self.map.shift_remove(key) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => {
                self.notes.push(format!("`{key}` is one text, not a list; it was split at its commas"));
                texts.extend(text.split([',', '，', '、']).map(str::to_owned));
            }
            Some(Value::Array(values)) => {
                for value in values {
                    self.item(key, value, &mut texts, &mut keys);
                }
            }
            Some(other) => self.put_back(key, other, "a list"),
        }
        let line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let texts = texts.iter().map(line).filter(|t| !t.is_empty() && t != ":").collect();
        (texts, keys)
    }

    fn item(&mut self, key: &str, value: Value, texts: &mut Vec<String>, keys: &mut Vec<String>) {
        let value = match value {
            Value::Object(mut members) => {
                let name = members.shift_remove("name").unwrap_or_default();
                keys.extend(
                    members.into_iter().map(|(key, _)| key).filter(|k| !keys.contains(k)).collect::<Vec<_>>(),
                );
                name
            }
            value => value,
        };
        match value {
            Value::String(text) => texts.push(text),
            Value::Number(number) => texts.push(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                self.notes.push(format!("an element of `{key}` is no text; it was left out"));
            }
        }
    }

    /// Takes an arXiv id, with or without a version. Any other value stays.
    pub(super) fn arxiv_id(&mut self, key: &str) -> Option<ArxivId> {
        let id = bare_id(self.map.get(key)?.as_str()?.trim())?;
        self.map.shift_remove(key);
        Some(id)
    }

    /// Takes a number.
    pub(super) fn number(&mut self, key: &str) -> Option<Value> {
        match self.map.get(key)? {
            Value::Number(_) => self.map.shift_remove(key),
            _ => None,
        }
    }

    /// Adds what another record has left, under its own keys where they are free, else under `prefix` and the key.
    pub(super) fn absorb(&mut self, other: Self, prefix: &str) {
        for (key, value) in other.map {
            match self.map.get(&key) {
                Some(same) if *same == value => {}
                Some(_) => {
                    self.map.insert(format!("{prefix}{key}"), value);
                }
                None => {
                    self.map.insert(key, value);
                }
            }
        }
        self.notes.extend(other.notes);
        self.failed.extend(other.failed);
    }

    /// Takes a member out when it only says `known` once more.
    pub(super) fn drop_same(&mut self, key: &str, known: Option<&str>) {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let says = self.map.get(key).and_then(Value::as_str).map(words);
        if says.is_some() && says == known.map(words) {
            self.map.shift_remove(key);
        }
    }

    /// Gives what is left, verbatim: the keys that are not known. Nulls and empty texts say nothing.
    pub(super) fn rest(&mut self) -> Map<String, Value> {
        let mut rest = std::mem::take(&mut self.map);
        rest.retain(|key, value| {
            let is_deep = depth(value) > MAX_DEPTH;
            if is_deep {
                self.notes.push(format!("`{key}` is nested too deep and was left out"));
            }
            !is_deep && !value.is_null() && *value != ""
        });
        rest
    }

    fn put_back(&mut self, key: &str, value: Value, wanted: &str) {
        self.notes.push(format!("`{key}` is not {wanted}; kept aside in `extra`"));
        self.map.insert(key.to_owned(), value);
    }
}

/// Reads `2504.20930` or `2504.20930v2`.
pub(super) fn bare_id(text: &str) -> Option<ArxivId> {
    let (id, version) = match text.rsplit_once('v') {
        Some((id, version)) if is_arxiv_id(id) => (id, version.parse().ok()),
        _ => (text, None),
    };
    is_arxiv_id(id).then(|| ArxivId { id: id.to_owned(), version })
}

/// The line of an error in a record that begins at `line`.
pub(super) fn within(line: u32, error: &serde_json::Error) -> u32 {
    line.saturating_add(u32::try_from(error.line().saturating_sub(1)).unwrap_or(u32::MAX))
}

/// A section without a label of its own.
pub(super) fn section(key: &str, text: String) -> Section {
    Section { key: key.to_owned(), title: String::new(), text }
}

/// Undoes a hard wrap: the line end after a Latin character becomes a blank. No tool wraps Chinese: its line ends and
/// empty lines stay, as one line end.
pub(super) fn unwrapped(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut is_new = true;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            is_new = true;
            continue;
        }
        if let Some(last) = whole.chars().next_back() {
            whole.push(if is_new || last >= '\u{2e80}' { '\n' } else { ' ' });
        }
        whole.push_str(line);
        is_new = false;
    }
    whole
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_members_are_read_or_kept_and_named() {
        let json = r#"{"title": 7, "authors": "A B, C", "names": [{"name": "D", "x": 1}, {"y": 2}, " E  F "],
            "n": 3, "x": {"a": 1, "a": 2}, "summary": [1], "none": null, "s": "N/A", "title": "T\n  U"}"#;
        let mut m = Members::read(json.as_bytes()).unwrap();
        assert_eq!(m.line("title").as_deref(), Some("T U"));
        assert_eq!(m.list("authors").0, ["A B", "C"]);
        assert_eq!(m.list("names"), (vec!["D".into(), "E F".into()], vec!["x".into(), "y".into()]));
        assert_eq!((m.number("n"), m.number("x")), (Some(3.into()), None));
        assert_eq!((m.text("summary"), m.text("none"), m.text("gone")), (None, None, None));
        assert_eq!((m.generated("s", "summary"), m.failed.as_slice()), (None, &["summary".to_owned()][..]));
        assert_eq!(Value::Object(m.rest()), serde_json::json!({"x": {"a": 2}, "summary": [1]}));
        assert_eq!(
            m.notes,
            [
                "the key `a` stands here twice; the last one was read",
                "the key `title` stands here twice; the last one was read",
                "`authors` is one text, not a list; it was split at its commas",
                "an element of `names` is no text; it was left out",
                "`summary` is not a text; kept aside in `extra`",
            ]
        );
        assert!(Members::read(b"[1]").is_err() && Members::read(b"{} {}").is_err());
    }

    #[test]
    fn what_is_too_deep_to_be_read_again_is_left_out() {
        let json = format!(r#"{{"x": {}{}}}"#, "[".repeat(100), "]".repeat(100));
        let mut m = Members::read(json.as_bytes()).unwrap();
        assert!(m.rest().is_empty());
        assert_eq!(m.notes, ["`x` is nested too deep and was left out"]);
    }

    #[test]
    fn a_hard_wrap_is_undone_and_paragraphs_stay() {
        for (text, want) in [
            ("one\n  two\nthree", "one two three"),
            ("one\n\ntwo\r\nthree", "one\ntwo three"),
            ("甲。\n乙", "甲。\n乙"),
            ("use LLM\n的方法", "use LLM 的方法"),
        ] {
            assert_eq!(unwrapped(text), want);
        }
    }
}
