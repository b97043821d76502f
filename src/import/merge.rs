use std::collections::{BTreeSet, HashMap, HashSet};
use std::mem::take;

use serde_json::{Map, Value, json};

use super::merge_fields::{fill, guessed, is_nothing};
use super::merge_part::{Part, has_notes, note_parts, note_records, without_notes};
use super::{Format, Stored};
use crate::model::{Digest, Identity, Paper, TitleKey, same_paper};

/// Merges the sources of one date and category; None without any. The result depends only on the set of `stored`, and
/// is the same for what was merged before: `merge([merge([a, b]), c])` is `merge([a, b, c])`.
///
/// All papers of all sources are kept. The same paper is one record: per field the first value that is not null or
/// empty, by the rank of its format, then by file name; what a loser says otherwise goes to `extra.other`, and what else
/// it takes to get its record back to `extra.parts`. Of sources with one SHA-256 the first by file name stays. A file
/// that an archive knows with another SHA-256 replaces what came from it. O(papers).
#[must_use]
pub fn merge(stored: Vec<Stored>) -> Option<Stored> {
    let (date, category) = stored.first().map(|s| (s.digest.date, s.digest.category.clone()))?;
    let mut parts: Vec<Part> = stored.into_iter().flat_map(Part::split).collect();
    parts.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| written(a).cmp(&written(b))));
    let mut parts = current(parts);
    parts.dedup_by(|a, b| {
        (&a.source, &a.papers, &a.notices) == (&b.source, &b.papers, &b.notices) && a.extra == b.extra
    });
    let mut whole = Digest::new(date, category);
    for part in &parts {
        whole.sources.extend(part.source.clone());
        for notice in &part.notices {
            if !whole.notices.contains(notice) {
                whole.notices.push(notice.clone());
            }
        }
        for (key, value) in &part.extra {
            whole.extra.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    without_notes(&mut whole.extra);
    note_parts(&mut whole, &parts);
    whole.papers = papers(&mut parts);
    let (format, file) =
        parts.first().map_or((Format::Native, String::new()), |p| (p.format, p.file().to_owned()));
    Some(Stored { digest: whole, format, file })
}

/// The place of a source among others: by its format, then its file's name. JSON Lines in which no model has written
/// anything are the poorest source.
fn rank(part: &Part) -> (bool, Format, &str, Option<&str>) {
    let is_plain = part.format == Format::DailyArxivJsonl
        && part.papers.iter().all(|p| p.language.is_none() && p.failed.is_empty());
    (is_plain, part.format, part.file(), part.sum())
}

/// What orders parts that nothing else does.
fn written(part: &Part) -> String {
    json!([part.source, part.papers, part.notices, part.extra]).to_string()
}

/// Leaves out what is known of files that were read now with another content, and all but one of equal files.
fn current(mut parts: Vec<Part>) -> Vec<Part> {
    let given: HashSet<String> =
        parts.iter().filter(|p| p.is_direct).filter_map(Part::sum).map(str::to_owned).collect();
    let mut fresh: HashMap<String, Vec<Identity>> = HashMap::new();
    let known: HashSet<String> = parts.iter().filter(|p| !p.is_direct).map(|p| p.file().to_owned()).collect();
    for part in parts.iter().filter(|p| p.is_direct && known.contains(p.file())) {
        fresh.entry(part.file().to_owned()).or_default().extend(part.papers.iter().map(Paper::identity));
    }
    parts.retain(|part| !is_replaced(part, &given, &fresh));
    let mut first: HashMap<String, (String, bool)> = HashMap::new();
    for part in &parts {
        let Some(sum) = part.sum() else { continue };
        // What an archive has made of a file stays.
        let place = (part.file().to_owned(), part.is_direct);
        let kept = first.entry(sum.to_owned()).or_insert_with(|| place.clone());
        if place < *kept {
            *kept = place;
        }
    }
    let mut seen: HashSet<String> = HashSet::new();
    parts.retain(|part| {
        let Some(sum) = part.sum() else { return true };
        let is_kept = first
            .get(sum)
            .is_some_and(|(file, is_direct)| file == part.file() && *is_direct == part.is_direct);
        is_kept && seen.insert(sum.to_owned())
    });
    parts
}

/// Says whether there is another version of a known file now. Files in different folders may have one name: only one
/// that shares a paper is another version.
fn is_replaced(part: &Part, given: &HashSet<String>, fresh: &HashMap<String, Vec<Identity>>) -> bool {
    let (Some(sum), Some(now)) = (part.sum(), fresh.get(part.file())) else { return false };
    let is_there = |paper: &Paper| {
        let identity = paper.identity();
        now.iter().any(|i| same_paper(i, &identity))
    };
    !part.is_direct && !given.contains(sum) && (part.papers.is_empty() || part.papers.iter().any(is_there))
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

/// Makes the papers of the whole out of the records of its parts, whose papers are taken.
fn papers(parts: &mut [Part]) -> Vec<Paper> {
    let identities: Vec<Identity> = parts.iter().flat_map(|p| &p.papers).map(Paper::identity).collect();
    let groups = groups(&identities);
    let is_alone = parts.len() == 1 && groups.len() == identities.len();
    let mut of_record: Vec<(usize, usize)> = Vec::with_capacity(identities.len());
    let mut records: Vec<Option<Paper>> = Vec::with_capacity(identities.len());
    let (mut unordered, mut source) = (Vec::new(), 0_u32);
    for (index, part) in parts.iter_mut().enumerate() {
        unordered.push(!is_alone && part.is_unordered());
        for (at, mut paper) in take(&mut part.papers).into_iter().enumerate() {
            paper.from.iter_mut().for_each(|from| from.0 = source);
            if part.source.is_none() {
                paper.from.clear();
            }
            of_record.push((index, at));
            records.push(Some(paper));
        }
        source += u32::from(part.source.is_some());
    }
    for group in &groups {
        let mut by_hand = group.iter().filter_map(|i| of_record.get(*i)).map(|(part, _)| *part);
        // Nothing but its place tells a record that was written by hand from another of the same paper.
        if let Some(part) = by_hand.find(|part| parts.get(*part).is_some_and(|p| p.source.is_none()))
            && by_hand.next() == Some(part)
            && let Some(is_unordered) = unordered.get_mut(part)
        {
            *is_unordered = true;
        }
    }
    let place = |i: &usize| {
        let (part, at) = of_record.get(*i).copied()?;
        unordered.get(part).copied().unwrap_or_default().then_some(at)
    };
    let mut merged = Vec::with_capacity(groups.len());
    for group in &groups {
        let places: Vec<Option<usize>> = group.iter().map(place).collect();
        let group = group.iter().filter_map(|i| records.get_mut(*i).and_then(Option::take)).collect();
        merged.extend(one(group, &places));
    }
    merged
}

/// Makes one record of those of one paper, the best first.
fn one(mut group: Vec<Paper>, places: &[Option<usize>]) -> Option<Paper> {
    if group.len() == 1 {
        let alone = group.first()?;
        if !has_notes(&alone.extra) && places.iter().all(Option::is_none) {
            return group.pop();
        }
        let mut paper = alone.clone();
        without_notes(&mut paper.extra);
        note_records(&mut paper, &group, places);
        return Some(paper);
    }
    let from: BTreeSet<_> = group.iter().flat_map(|p| p.from.iter().copied()).collect();
    let failed: BTreeSet<&str> = group.iter().flat_map(|p| &p.failed).map(String::as_str).collect();
    let mut best = Map::new();
    for paper in &group {
        if let Value::Object(record) = json!(paper) {
            fill(&mut best, &record);
        }
    }
    let is_missing = |field: &&str| best.get(*field).is_none_or(is_nothing);
    let failed = failed.into_iter().filter(is_missing).map(str::to_owned).collect();
    let mut paper: Paper = serde_json::from_value(Value::Object(best)).ok()?;
    (paper.from, paper.failed) = (from.into_iter().collect(), failed);
    without_notes(&mut paper.extra);
    if let Some(arxiv) = &paper.arxiv {
        paper.id.clone_from(&arxiv.id);
    }
    let guessed = guessed(&group);
    if !guessed.is_empty() {
        paper.extra.insert("guessed".to_owned(), json!(guessed));
    }
    note_records(&mut paper, &group, places);
    Some(paper)
}
