use std::collections::{BTreeSet, HashMap, HashSet};
use std::mem::take;

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use super::name::paper_id;
use super::{Format, Stored};
use crate::model::{Digest, Identity, Paper, Source, TitleKey, same_paper};

/// Merges the sources of one date and category; None without any. The result depends only on the set of `parts`.
///
/// All papers of all parts are kept. The same paper is one record: per field the first value that is not null or
/// empty, by the rank of its format, then by file name; a loser that says something else goes to `extra.other`.
/// A capture that a native part already holds (equal SHA-256) adds nothing; a changed one replaces what came from
/// it alone. A single native digest is given back as it is. O(papers).
#[must_use]
pub fn merge(mut parts: Vec<Stored>) -> Option<Stored> {
    if parts.len() == 1 && parts.iter().all(|p| p.format == Format::Native) {
        return parts.pop();
    }
    parts.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.to_json().cmp(&b.to_json())));
    let parts = current(parts);
    let (format, file) = parts.first().map(|p| (p.format, p.file.clone()))?;
    let mut parts = parts.into_iter().map(|p| p.digest);
    let mut whole = parts.next()?;
    for part in parts {
        absorb(&mut whole, part);
    }
    let papers = take(&mut whole.papers);
    let identities: Vec<Identity> = papers.iter().map(Paper::identity).collect();
    let groups = groups(&identities);
    let mut records: Vec<Option<Paper>> = papers.into_iter().map(Some).collect();
    for (index, group) in groups.into_iter().enumerate() {
        let group = group.into_iter().filter_map(|i| records.get_mut(i).and_then(Option::take)).collect();
        whole.papers.extend(one(group, &file, index));
    }
    Some(Stored { digest: whole, format, file })
}

/// The place of a source among others: by its format, then its file's name. JSON Lines in which no model has written
/// anything are the poorest source.
fn rank(part: &Stored) -> (bool, Format, &str) {
    let is_plain = part.format == Format::DailyArxivJsonl
        && part.digest.papers.iter().all(|p| p.language.is_none() && p.failed.is_empty());
    (is_plain, part.format, &part.file)
}

/// Leaves out captures that another part holds already, and what native parts hold of captures that have changed.
fn current(parts: Vec<Stored>) -> Vec<Stored> {
    let mut known: HashSet<String> = HashSet::new();
    let mut fresh: HashMap<String, Version> = HashMap::new();
    for part in parts.iter().filter(|p| p.format != Format::Native) {
        for (file, sum) in file_sums(&part.digest) {
            let version = fresh.entry(file).or_default();
            version.sums.insert(sum);
            version.papers.extend(part.digest.papers.iter().map(Paper::identity));
        }
    }
    let mut kept = Vec::with_capacity(parts.len());
    for mut part in parts {
        let sums: Vec<_> = file_sums(&part.digest).map(|(_, sum)| sum).collect();
        if part.format == Format::Native {
            replace_changed(&mut part.digest, &fresh);
        } else if !sums.is_empty() && sums.iter().all(|s| known.contains(s)) {
            continue;
        }
        known.extend(sums);
        kept.push(part);
    }
    kept
}

/// The file name and SHA-256 of each source that has both.
fn file_sums(digest: &Digest) -> impl Iterator<Item = (String, String)> {
    digest.sources.iter().filter_map(|s| Some((s.file.clone()?, s.sha256.clone()?)))
}

/// What the files of one name say now.
#[derive(Default)]
struct Version {
    sums: HashSet<String>,
    papers: Vec<Identity>,
}

/// Takes sources out of which there is another version now, with the papers that came from them alone. Files in
/// different folders may have one name: only one that shares a paper is another version.
fn replace_changed(digest: &mut Digest, fresh: &HashMap<String, Version>) {
    let is_old = |(at, source): (usize, &Source)| {
        let now = source.file.as_ref().and_then(|f| fresh.get(f));
        let Some((now, sum)) = now.zip(source.sha256.as_ref()) else { return false };
        let came_from_it = |p: &&Paper| p.from.iter().any(|(source, _)| *source as usize == at);
        let is_there = |p: &Paper| now.papers.iter().any(|i| same_paper(i, &p.identity()));
        !now.sums.contains(sum) && digest.papers.iter().filter(came_from_it).any(is_there)
    };
    let old: Vec<bool> = digest.sources.iter().enumerate().map(is_old).collect();
    let is_from_old = |&(source, _): &(u32, u32)| old.get(source as usize).copied().unwrap_or(false);
    digest.papers.retain(|p| p.from.is_empty() || !p.from.iter().all(is_from_old));
    let mut place = 0;
    let places: Vec<Option<u32>> = old
        .iter()
        .map(|is_old| {
            let at = (!is_old).then_some(place);
            place += u32::from(!is_old);
            at
        })
        .collect();
    let mut is_kept = old.iter().map(|is_old| !is_old);
    digest.sources.retain(|_| is_kept.next().unwrap_or(true));
    for paper in &mut digest.papers {
        let moved = |(source, line): (u32, u32)| Some(((*places.get(source as usize)?)?, line));
        paper.from = take(&mut paper.from).into_iter().filter_map(moved).collect();
    }
}

/// Adds the sources, notices, papers and other members of a lower-ranked digest.
fn absorb(whole: &mut Digest, part: Digest) {
    let place: Vec<u32> =
        part.sources.into_iter().map(|source| place_of(&mut whole.sources, source)).collect();
    for notice in part.notices {
        if !whole.notices.contains(&notice) {
            whole.notices.push(notice);
        }
    }
    for mut paper in part.papers {
        for (source, _) in &mut paper.from {
            *source = place.get(*source as usize).copied().unwrap_or(*source);
        }
        whole.papers.push(paper);
    }
    for (key, value) in part.extra {
        whole.extra.entry(key).or_insert(value);
    }
}

fn place_of(sources: &mut Vec<Source>, source: Source) -> u32 {
    let at = sources.iter().position(|s| *s == source).unwrap_or_else(|| {
        sources.push(source);
        sources.len() - 1
    });
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Puts the records of the same paper together, as indices, in the order of the first of each. A record without an
/// arXiv id joins the only id that has its title; with two of them it stays apart.
pub(super) fn groups(identities: &[Identity]) -> Vec<Vec<usize>> {
    let mut ids_of: HashMap<(&TitleKey, &Option<String>), BTreeSet<&str>> = HashMap::new();
    for identity in identities {
        if let Some(id) = &identity.arxiv {
            ids_of.entry((&identity.key, &identity.author)).or_default().insert(id);
        }
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut of_id: HashMap<&str, usize> = HashMap::new();
    let mut of_title: HashMap<(&TitleKey, &Option<String>), usize> = HashMap::new();
    for (index, identity) in identities.iter().enumerate() {
        let title = (&identity.key, &identity.author);
        let id = identity.arxiv.as_deref().or_else(|| {
            let ids = ids_of.get(&title).filter(|_| same_paper(identity, identity))?;
            ids.first().copied().filter(|_| ids.len() == 1)
        });
        let next = groups.len();
        let group = match id {
            Some(id) => *of_id.entry(id).or_insert(next),
            None if same_paper(identity, identity) => *of_title.entry(title).or_insert(next),
            None => next,
        };
        match groups.get_mut(group) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

/// Makes one record of those of one paper, the best first.
fn one(mut group: Vec<Paper>, file: &str, index: usize) -> Option<Paper> {
    if group.len() < 2 {
        return group.pop();
    }
    let first = group.first().cloned()?;
    let from: BTreeSet<_> = group.iter().flat_map(|p| p.from.iter().copied()).collect();
    let failed: BTreeSet<String> = group.iter().flat_map(|p| p.failed.iter().cloned()).collect();
    let guessed = guessed(&group);
    let (mut best, mut other) = (Map::new(), Map::new());
    for paper in group {
        let Ok(Value::Object(mut record)) = serde_json::to_value(paper) else { continue };
        take_other(&mut record, &mut other);
        merge_members(&mut best, record, &mut other, &["from", "failed", "guessed"]);
    }
    // The ids of records without an arXiv id differ by nothing but their titles.
    other.shift_remove("id");
    let is_missing = |field: &String| best.get(field).is_none_or(is_nothing);
    let failed = failed.into_iter().filter(is_missing).collect();
    let mut paper: Paper = serde_json::from_value(Value::Object(best)).unwrap_or(first);
    (paper.from, paper.failed) = (from.into_iter().collect(), failed);
    if paper.arxiv.is_some() || paper.id.is_empty() {
        paper.id = paper_id(paper.arxiv.as_ref().map(|a| a.id.as_str()), &paper.title, file, index);
    }
    if !guessed.is_empty() {
        paper.extra.insert("guessed".to_owned(), json!(guessed));
    }
    if !other.is_empty() {
        paper.extra.insert("other".to_owned(), Value::Object(other));
    }
    Some(paper)
}

/// The links that stay guesses: those that the first record to have them has guessed.
fn guessed(group: &[Paper]) -> Vec<&'static str> {
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

/// Moves what an earlier merge put aside out of a record.
fn take_other(record: &mut Map<String, Value>, other: &mut Map<String, Value>) {
    let aside = record.get_mut("extra").and_then(Value::as_object_mut).and_then(|e| e.shift_remove("other"));
    if let Some(Value::Object(aside)) = aside {
        for (field, values) in aside {
            let Value::Array(values) = values else { continue };
            for value in values {
                put_aside(other, &field, value);
            }
        }
    }
}

/// Fills what `best` has not, and puts aside where `record` says something else. Objects are merged by their members.
fn merge_members(
    best: &mut Map<String, Value>,
    record: Map<String, Value>,
    other: &mut Map<String, Value>,
    skip: &[&str],
) {
    for (key, value) in record {
        if skip.contains(&key.as_str()) || is_nothing(&value) {
            continue;
        }
        match best.get_mut(&key) {
            Some(Value::Object(members)) if key != "arxiv" => {
                if let Value::Object(value) = value {
                    merge_members(members, value, other, skip);
                }
            }
            Some(kept) if !is_nothing(kept) => {
                // The raw line is the list of authors once more.
                if key != "authors_raw" && !says_the_same(kept, &value) {
                    put_aside(other, &key, value);
                }
            }
            _ => {
                best.insert(key, value);
            }
        }
    }
}

fn put_aside(other: &mut Map<String, Value>, field: &str, value: Value) {
    let values = other.entry(field).or_insert_with(|| json!([]));
    if let Some(values) = values.as_array_mut().filter(|v| !v.contains(&value)) {
        values.push(value);
    }
}

fn is_nothing(value: &Value) -> bool {
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
