use std::collections::BTreeMap;
use std::mem::take;

use serde_json::{Map, Value, json};

use super::merge_fields::differs;
use super::{Format, Stored};
use crate::model::{Digest, Paper, Source};

/// The key of what the sources of a merged paper say otherwise.
const OTHER: &str = "other";

/// The key of what else it takes to tell the sources of a merged paper or digest apart again.
const PARTS: &str = "parts";

/// What one source says of a date and category, as it was before any merge.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// None for what was written by hand into the archive's own file.
    pub(super) source: Option<Source>,
    pub(super) format: Format,
    /// Whether the file itself was read now, not an archive's record of it.
    pub(super) is_direct: bool,
    pub(super) notices: Vec<String>,
    pub(super) extra: Map<String, Value>,
    /// In the source's order. `from` holds its line alone; it is empty in what was written by hand.
    pub(super) papers: Vec<Paper>,
}

impl Part {
    pub(super) fn file(&self) -> &str {
        self.source.as_ref().and_then(|s| s.file.as_deref()).unwrap_or_default()
    }

    pub(super) fn sum(&self) -> Option<&str> {
        self.source.as_ref()?.sha256.as_deref()
    }

    /// Takes a digest apart. A native one holds a part for each of its sources, and one for what names no source.
    pub(super) fn split(stored: Stored) -> Vec<Self> {
        let Stored { mut digest, format, file } = stored;
        if format != Format::Native {
            let source = digest.sources.into_iter().next();
            let (notices, extra, papers) = (digest.notices, digest.extra, digest.papers);
            return vec![Self { source, format, is_direct: true, notices, extra, papers }];
        }
        let said = take_list(&mut digest.extra, PARTS, "source").unwrap_or_default();
        let papers = take(&mut digest.papers);
        let mut parts = Self::empty(&mut digest, &file, &said);
        // Nothing was merged: the papers stand as they stood in their source.
        let mut is_alone = parts.len() < 3;
        let mut only = None;
        let mut records: Vec<Vec<(u64, Paper)>> = parts.iter().map(|_| Vec::new()).collect();
        for paper in papers {
            let of_paper = records_of(paper, parts.len() - 1);
            is_alone &= of_paper.len() == 1;
            is_alone &= of_paper.iter().all(|r| !r.is_placed && r.source == *only.get_or_insert(r.source));
            for Record { source, at, paper, .. } in of_paper {
                if let Some(records) = records.get_mut(source) {
                    records.push((at, paper));
                }
            }
        }
        for (part, mut records) in parts.iter_mut().zip(records) {
            if !is_alone {
                records.sort_by_key(|(at, _)| *at);
            }
            part.papers = records.into_iter().map(|(_, paper)| paper).collect();
        }
        let is_used = parts.len() == 1
            || parts.last().is_some_and(|p| !p.papers.is_empty())
            || said.iter().any(|e| e.get("source") == Some(&Value::Null));
        if !is_used {
            parts.pop();
        }
        parts
    }

    /// The parts of a native digest without their papers; last of all that of what was written by hand.
    fn empty(digest: &mut Digest, file: &str, said: &[Map<String, Value>]) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::with_capacity(digest.sources.len() + 1);
        for source in take(&mut digest.sources).into_iter().map(Some).chain([None]) {
            let name = source.as_ref().map(|s| s.format.as_str());
            let format = name.and_then(Format::from_name).unwrap_or(Format::Native);
            // An archive's own file has lost its name: see `Stored::leading`.
            let own = source.as_ref().and_then(|s| s.file.as_ref()).filter(|f| !f.is_empty());
            let is_direct = format == Format::Native && own.is_some_and(|own| own == file);
            let at = source.as_ref().map_or(Value::Null, |_| json!(parts.len()));
            let entry = said.iter().find(|e| e.get("source") == Some(&at));
            let notices = entry.and_then(|e| serde_json::from_value(e.get("notices")?.clone()).ok());
            let extra = entry.and_then(|e| e.get("extra")?.as_object().cloned());
            parts.push(Self {
                source,
                format,
                is_direct,
                notices: notices.unwrap_or_else(|| digest.notices.clone()),
                extra: extra.unwrap_or_else(|| digest.extra.clone()),
                papers: Vec::new(),
            });
        }
        parts
    }

    /// Says whether the lines of its papers do not tell their order.
    pub(super) fn is_unordered(&self) -> bool {
        let lines = || self.papers.iter().filter_map(|p| p.from.first()).map(|(_, line)| line);
        !lines().zip(lines().skip(1)).all(|(a, b)| a < b)
    }
}

/// Notes in the whole digest where the notices and the other members of its `parts` are not the same.
pub(super) fn note_parts(whole: &mut Digest, parts: &[Part]) {
    let mut said = Vec::new();
    let mut place = 0_u32;
    for part in parts {
        let mut entry = Map::new();
        entry.insert("source".to_owned(), part.source.as_ref().map_or(Value::Null, |_| json!(place)));
        place += u32::from(part.source.is_some());
        if part.notices != whole.notices {
            entry.insert("notices".to_owned(), json!(part.notices));
        }
        if !is_equal(&json!(part.extra), &json!(whole.extra)) {
            entry.insert("extra".to_owned(), json!(part.extra));
        }
        // What was written by hand leaves no other trace if no paper was.
        if entry.len() > 1 || (part.source.is_none() && part.papers.is_empty() && parts.len() > 1) {
            said.push(Value::Object(entry));
        }
    }
    if !said.is_empty() {
        whole.extra.insert(PARTS.to_owned(), Value::Array(said));
    }
}

/// Takes the keys under which a merge notes something out of what a source has itself; it is noted with the rest.
pub(super) fn without_notes(extra: &mut Map<String, Value>) {
    for key in [OTHER, PARTS] {
        extra.shift_remove(key);
    }
}

/// Takes out what only the next merge needs.
pub(super) fn without_parts(digest: &mut Digest) {
    digest.extra.shift_remove(PARTS);
    for paper in digest.papers.iter_mut().filter(|p| !p.extra.is_empty()) {
        paper.extra.shift_remove(PARTS);
    }
}

/// Takes out of the notes what says nothing about the paper.
pub(super) fn without_places(extra: &mut Map<String, Value>) {
    extra.shift_remove(PARTS);
    for entry in extra.get_mut(OTHER).and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(entry) = entry {
            entry.retain(|key, _| key != "from" && key != "at");
        }
    }
}

/// Says whether a source has the keys of notes itself.
pub(super) fn has_notes(extra: &Map<String, Value>) -> bool {
    [OTHER, PARTS].iter().any(|key| extra.contains_key(*key))
}

/// Notes in a merged paper what its records say otherwise (`extra.other`), and what else it takes to get them back
/// (`extra.parts`). `places` are those of records whose lines do not tell their order.
pub(super) fn note_records(paper: &mut Paper, records: &[Paper], places: &[Option<usize>]) {
    let merged = json!(paper);
    let (mut other, mut parts) = (Vec::new(), Vec::new());
    for (record, place) in records.iter().zip(places) {
        let mut key = Map::new();
        key.insert("from".to_owned(), json!(record.from));
        key.extend(place.map(|at| ("at".to_owned(), json!(at))));
        let (mut said, mut kept) = (key.clone(), key.clone());
        let Value::Object(members) = json!(record) else { continue };
        // The raw line of authors is left out where there is none.
        let none = ["authors_raw", "takeaways_note"].map(|key| (key.to_owned(), Value::Null));
        let absent: Vec<_> = none.into_iter().filter(|(key, _)| !members.contains_key(key)).collect();
        for (name, value) in members.into_iter().chain(absent) {
            let whole = merged.get(&name).unwrap_or(&Value::Null);
            if name != "from" && !is_equal(whole, &value) {
                let to = if differs(&name, whole, &value) { &mut said } else { &mut kept };
                let value = if name == "links" { change(whole, value) } else { value };
                to.insert(name, value);
            }
        }
        if said.len() > key.len() {
            other.push(Value::Object(said));
        }
        if kept.len() > 1 || record.from.is_empty() {
            parts.push(Value::Object(kept));
        }
    }
    for (key, list) in [(OTHER, other), (PARTS, parts)].into_iter().filter(|(_, list)| !list.is_empty()) {
        paper.extra.insert(key.to_owned(), Value::Array(list));
    }
}

/// What it takes to make `value` out of the merged one: of links, whose members are known, only those that differ.
fn change(merged: &Value, value: Value) -> Value {
    match (merged, value) {
        (Value::Object(merged), Value::Object(members)) => {
            let differs = members.into_iter().filter(|(key, value)| merged.get(key) != Some(value));
            Value::Object(differs.collect())
        }
        (_, value) => value,
    }
}

fn apply(members: &mut Value, entry: Map<String, Value>) {
    for (key, value) in entry {
        match (members.get_mut(&key), value) {
            (Some(Value::Object(links)), Value::Object(change)) if key == "links" => links.extend(change),
            (_, value) => {
                if let Value::Object(members) = members {
                    members.insert(key, value);
                }
            }
        }
    }
}

/// A record of a merged paper, and its place: index of the part, and what orders it among others there.
struct Record {
    source: usize,
    at: u64,
    /// Whether the place was noted, not guessed from the line.
    is_placed: bool,
    paper: Paper,
}

/// Where a record stood, and its noted place: what tells it from others of the same paper.
type Key = (Vec<(u32, u32)>, Option<u64>);

/// Undoes `note_records`. What names none of the `sources` was written by hand and comes last.
fn records_of(mut paper: Paper, sources: usize) -> Vec<Record> {
    let lists = [OTHER, PARTS].map(|key| take_list(&mut paper.extra, key, "from"));
    let mut noted: BTreeMap<Key, Map<String, Value>> = BTreeMap::new();
    for mut entry in lists.into_iter().flatten().flatten() {
        let from = entry.shift_remove("from").and_then(|from| serde_json::from_value(from).ok());
        let at = entry.shift_remove("at").and_then(|at| at.as_u64());
        noted.entry((from.unwrap_or_default(), at)).or_default().extend(entry);
    }
    let mut bare = take(&mut paper.from);
    bare.retain(|(source, _)| (*source as usize) < sources);
    bare.sort_unstable();
    bare.dedup();
    bare.retain(|place| !noted.keys().any(|(from, _)| from.contains(place)));
    if bare.is_empty() && noted.is_empty() {
        return vec![record(None, None, paper, sources)];
    }
    let merged = if noted.is_empty() { Value::Null } else { json!(paper) };
    let noted = noted.into_iter().map(|((from, at), entry)| {
        let mut members = merged.clone();
        apply(&mut members, entry);
        record(
            from.first().copied(),
            at,
            serde_json::from_value(members).unwrap_or_else(|_| paper.clone()),
            sources,
        )
    });
    let mut records: Vec<Record> = noted.collect();
    records.extend(bare.into_iter().map(|place| record(Some(place), None, paper.clone(), sources)));
    records
}

fn record(place: Option<(u32, u32)>, at: Option<u64>, mut paper: Paper, sources: usize) -> Record {
    let place = place.filter(|(source, _)| (*source as usize) < sources);
    paper.from = place.map(|(_, line)| (0, line)).into_iter().collect();
    let order = at.unwrap_or(place.map_or(0, |(_, line)| u64::from(line)));
    let source = place.map_or(sources, |(source, _)| source as usize);
    Record { source, at: order, is_placed: at.is_some(), paper }
}

/// Takes a list that a merge has noted; what only has its key stays.
fn take_list(extra: &mut Map<String, Value>, key: &str, member: &str) -> Option<Vec<Map<String, Value>>> {
    let list = extra.get(key)?.as_array()?;
    let entries: Option<Vec<_>> =
        list.iter().map(|e| e.as_object().filter(|e| e.contains_key(member)).cloned()).collect();
    let entries = entries?;
    extra.shift_remove(key);
    Some(entries)
}

/// Compares two values as they are written: the order of members counts.
fn is_equal(a: &Value, b: &Value) -> bool {
    a == b && (!a.is_object() || serde_json::to_string(a).ok() == serde_json::to_string(b).ok())
}
