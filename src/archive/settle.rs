use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::replace::replace;
use super::source::head_of;
use super::target::names;
use crate::import::{self, Format};

/// What all file names have in common that might be those of one category: no case, and no number at the end, as `LLM-2`
/// may be the second file of `LLM`.
pub(super) fn clash_key(slug: &str) -> String {
    let slug = slug.to_lowercase();
    let mut key = slug.as_str();
    while let Some((stem, _)) = key.rsplit_once('-').filter(|(_, n)| is_number(n)) {
        key = stem;
    }
    key.to_owned()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Gives the categories that claim one file name in the folder of a date their names in the order of the categories,
/// whichever was there first. Files that are no digests, or not named by their category, keep their names. Nothing is
/// read unless two names clash. At any moment every digest is there whole, some of them twice.
pub(super) fn settle(folder: &Path, key: &str) -> io::Result<()> {
    let mut clashing: Vec<String> = names(folder)?;
    clashing.retain(|name| name.strip_suffix(".json").is_some_and(|stem| clash_key(stem) == key));
    if clashing.len() < 2 {
        return Ok(());
    }
    clashing.sort_by_key(|name| (name.len(), name.clone()));
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut digests: BTreeMap<Option<String>, (String, Vec<u8>)> = BTreeMap::new();
    let mut twice = Vec::new();
    for name in clashing {
        let bytes = fs::read(folder.join(&name))?;
        let category = import::peek(head_of(&bytes), &name).1;
        let is_digest = import::detect(head_of(&bytes), &name) == Some(Format::Native);
        let known = digests.get(&category).filter(|_| is_digest);
        if known.is_some_and(|(_, other)| *other == bytes) {
            // Left by a run that was killed here.
            twice.push(name);
        } else if is_digest && known.is_none() && is_name_of(&name, category.as_deref()) {
            digests.insert(category, (name, bytes));
        } else {
            taken.insert(name.to_lowercase());
        }
    }
    let mut moves = Vec::new();
    for (category, (name, bytes)) in digests {
        let to = free_name(&import::slug(category.as_deref()), &mut taken);
        moves.push((name, to, bytes));
    }
    make(folder, moves, twice, &mut taken)
}

fn make(
    folder: &Path,
    moves: Vec<(String, String, Vec<u8>)>,
    mut gone: Vec<String>,
    taken: &mut BTreeSet<String>,
) -> io::Result<()> {
    let kept: BTreeSet<String> = moves.iter().map(|(_, to, _)| to.clone()).collect();
    let moves: Vec<_> = moves.into_iter().filter(|(name, to, _)| name != to).collect();
    taken.extend(moves.iter().map(|(name, ..)| name.to_lowercase()));
    for (name, to, bytes) in &moves {
        let stem = to.strip_suffix(".json").unwrap_or(to);
        let spare = free_name(stem, taken);
        replace(&folder.join(&spare), bytes)?;
        gone.extend([name.clone(), spare]);
    }
    for (_, to, bytes) in moves.iter().rev() {
        replace(&folder.join(to), bytes)?;
    }
    gone.retain(|name| !kept.contains(name));
    if gone.is_empty() {
        return Ok(());
    }
    let there = names(folder)?;
    for name in gone {
        let same = |other: &&String| other.to_lowercase() == name.to_lowercase();
        // Where case makes no difference, the old name is the new one's.
        if there.contains(&name) && (there.iter().filter(same).count() > 1 || !kept.iter().any(|k| same(&k)))
        {
            fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}

fn is_name_of(name: &str, category: Option<&str>) -> bool {
    let (name, slug) = (name.to_lowercase(), import::slug(category).to_lowercase());
    let rest = name.strip_prefix(&slug).and_then(|rest| rest.strip_suffix(".json"));
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(is_number))
}

/// The first of `SLUG.json`, `SLUG-2.json` ... that is free, compared without case; it is taken now.
fn free_name(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = format!("{slug}.json");
    let mut n = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{slug}-{n}.json");
        n += 1;
    }
    name
}
