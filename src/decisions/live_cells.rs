//! The values that live lines set, found by arXiv id and by title.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::{Cell, Field, FieldValue};
use crate::model::{Identity, IdentityRef, TitleKey};

/// The place of a cell in the order of all lines of all machines. No two cells have the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    pub(super) t: i64,
    pub(super) machine: Arc<str>,
    pub(super) n: u64,
    /// True for a cell of a base; the line that it was made of may still be known.
    pub(super) settled: bool,
    /// Its place in its line.
    pub(super) at: u32,
}

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    stamp: Stamp,
    field: Field,
    value: FieldValue,
}

/// What live lines say of an arXiv id.
#[derive(Clone, Debug, PartialEq)]
struct Record {
    id: Arc<str>,
    /// Oldest first.
    entries: Vec<Entry>,
    /// The titles recorded with it, sorted, and how many entries say so.
    titles: Vec<(Arc<str>, u32)>,
}

impl Record {
    fn new(id: Arc<str>) -> Self {
        Self { id, entries: Vec::new(), titles: Vec::new() }
    }

    fn find_title(&self, name: &str) -> Result<usize, usize> {
        self.titles.binary_search_by(|(title, _)| (**title).cmp(name))
    }
}

/// What live lines say of a title.
#[derive(Clone, Debug, Default, PartialEq)]
struct Title {
    /// Values recorded without an arXiv id, oldest first.
    anonymous: Vec<Entry>,
    /// The arXiv ids recorded with this title, sorted, each once.
    ids: Vec<Arc<str>>,
}

impl Title {
    /// True when every record with an id has this one.
    fn is_of(&self, id: &str) -> bool {
        self.ids.iter().all(|i| **i == *id)
    }

    fn only_id(&self) -> Option<&str> {
        if let [id] = &*self.ids { Some(id) } else { None }
    }
}

/// The values of live lines. What it holds depends only on which cells are in it, not on their order of
/// arrival; adding a cell twice is adding it once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LiveCells {
    by_id: ByText<Record>,
    by_title: ByText<Title>,
}

/// All papers of a day are looked up after each decision; what it holds was decided by the user, and is not hostile.
type ByText<T> = HashMap<Arc<str>, T, RandomState>;

impl LiveCells {
    /// Adds the cell at `stamp`. O(values of the paper).
    pub(super) fn add(&mut self, stamp: Stamp, cell: &Cell) {
        let entry = Entry { stamp, field: cell.field.clone(), value: cell.value.clone() };
        let name = title_of(&cell.paper);
        let Some(id) = cell.paper.arxiv.as_deref() else {
            if let Some(name) = name {
                put(&mut title_in(&mut self.by_title, &name).1.anonymous, entry);
            }
            return;
        };
        let record = if let Some(record) = self.by_id.get_mut(id) {
            record
        } else {
            let id: Arc<str> = id.into();
            self.by_id.entry(Arc::clone(&id)).or_insert_with(|| Record::new(id))
        };
        let is_new = put(&mut record.entries, entry);
        let Some(name) = name.filter(|_| is_new) else { return };
        // Most lines call a paper as the lines before did: then its title need not be looked up.
        match record.find_title(&name) {
            Ok(at) => record.titles.iter_mut().skip(at).take(1).for_each(|(_, uses)| *uses += 1),
            Err(at) => {
                let (name, title) = title_in(&mut self.by_title, &name);
                record.titles.insert(at, (name, 1));
                if let Err(at) = title.ids.binary_search(&record.id) {
                    title.ids.insert(at, Arc::clone(&record.id));
                }
            }
        }
    }

    /// Takes the cell at `stamp` out again. O(values of the paper).
    pub(super) fn remove(&mut self, stamp: &Stamp, cell: &Cell) {
        let name = title_of(&cell.paper);
        if let Some(id) = cell.paper.arxiv.as_deref() {
            let Some(record) = self.by_id.get_mut(id) else { return };
            if !cut(&mut record.entries, stamp) {
                return;
            }
            if let Some(name) = name
                && let Ok(at) = record.find_title(&name)
                && let Some((_, uses)) = record.titles.get_mut(at)
            {
                *uses -= 1;
                if *uses == 0 {
                    record.titles.remove(at);
                    self.leave(&name, |title| title.ids.retain(|i| **i != *id));
                }
            }
            if self.by_id.get(id).is_some_and(|r| r.entries.is_empty()) {
                self.by_id.remove(id);
            }
        } else if let Some(name) = name {
            self.leave(&name, |title| _ = cut(&mut title.anonymous, stamp));
        }
    }

    /// Takes something away from a title, and the title when nothing is left.
    fn leave(&mut self, name: &str, take: impl FnOnce(&mut Title)) {
        if let Some(title) = self.by_title.get_mut(name) {
            take(title);
            if title.anonymous.is_empty() && title.ids.is_empty() {
                self.by_title.remove(name);
            }
        }
    }

    /// False when no value of a paper was ever set, whichever field. Expected O(1).
    pub(super) fn knows(&self, paper: IdentityRef<'_>) -> bool {
        paper.arxiv.is_some_and(|id| self.by_id.contains_key(id))
            || (!self.by_title.is_empty()
                && title_of(paper).is_some_and(|t| self.by_title.contains_key(t.as_ref())))
    }

    /// Finds the newest value of a field of a paper. A paper with an id takes records of that id, and records
    /// without id of its title unless another id goes by that title too; a paper without id takes records
    /// without id of its title, and those of the only id that goes by it. Expected O(1).
    pub(super) fn value(&self, paper: &Identity, field: &Field) -> Option<&FieldValue> {
        let title = title_of(paper).and_then(|t| self.by_title.get(t.as_ref()));
        let (id, title) = match paper.arxiv.as_deref() {
            Some(id) => (Some(id), title.filter(|t| t.is_of(id))),
            None => (title.and_then(Title::only_id), title),
        };
        let newest = |entries: &'_ Vec<Entry>| entries.iter().rposition(|e| e.field == *field);
        let of_id = id.and_then(|i| self.by_id.get(i)).map(|r| &r.entries).and_then(|e| e.get(newest(e)?));
        let of_title = title.map(|t| &t.anonymous).and_then(|e| e.get(newest(e)?));
        of_id.into_iter().chain(of_title).max_by_key(|e| &e.stamp).map(|e| &e.value)
    }
}

impl LiveCells {
    /// The fields and values in the records of the id and of the title of a paper, also those of another paper with
    /// that title.
    pub(super) fn fields_of(&self, paper: &Identity) -> impl Iterator<Item = (&Field, &FieldValue)> {
        let title = title_of(paper).and_then(|t| self.by_title.get(t.as_ref()));
        let id = paper.arxiv.as_deref().or_else(|| title.and_then(Title::only_id));
        let of_id = id.and_then(|i| self.by_id.get(i)).map(|r| &r.entries);
        let of_title = title.map(|t| &t.anonymous);
        of_id.into_iter().chain(of_title).flatten().map(|e| (&e.field, &e.value))
    }

    /// The fields and values of each id, and those of each title that were recorded without an id; the newest first.
    pub(super) fn papers_values(&self) -> impl Iterator<Item = impl Iterator<Item = (&Field, &FieldValue)>> {
        let of_titles = self.by_title.values().map(|t| &t.anonymous);
        self.by_id
            .values()
            .map(|r| &r.entries)
            .chain(of_titles)
            .map(|e| e.iter().rev().map(|e| (&e.field, &e.value)))
    }

    /// Lists the papers that a value was set for, each once, in no order. O(values).
    pub(super) fn papers(&self) -> Vec<Identity> {
        self.papers_with(|_| true)
    }

    /// Lists those of them that a value of such a field was set for.
    pub(super) fn papers_with(&self, is_it: impl Fn(&Field) -> bool) -> Vec<Identity> {
        let has_one = |entries: &[Entry]| entries.iter().any(|e| is_it(&e.field));
        let titled = |name: &str| {
            let (key, author) = match name.split_once(AUTHOR) {
                Some((key, author)) => (key, Some(author.to_owned())),
                None => (name, None),
            };
            Identity { arxiv: None, key: TitleKey::from_stored(key.to_owned()), author }
        };
        let is_alone = |t: &Title| t.only_id().is_none() && has_one(&t.anonymous);
        let alone = self.by_title.iter().filter(|(_, t)| is_alone(t)).map(|(name, _)| titled(name));
        let is_of_id = |r: &Record| {
            let mut known_as = r.titles.iter().filter_map(|(name, _)| self.by_title.get(name));
            has_one(&r.entries) || known_as.any(|t| t.only_id().is_some() && has_one(&t.anonymous))
        };
        let with_id = self.by_id.values().filter(|r| is_of_id(r)).map(|r| {
            let paper = r.titles.first().map(|(name, _)| titled(name)).unwrap_or_default();
            Identity { arxiv: Some(r.id.to_string()), ..paper }
        });
        with_id.chain(alone).collect()
    }
}

/// The title with this name, made where it is missing, and its key in the map.
fn title_in<'t>(titles: &'t mut ByText<Title>, name: &str) -> (Arc<str>, &'t mut Title) {
    let name = titles.get_key_value(name).map_or_else(|| name.into(), |(name, _)| Arc::clone(name));
    (Arc::clone(&name), titles.entry(name).or_default())
}

/// Between a title key and an author. No key has a control character.
const AUTHOR: char = '\u{1f}';

/// The title key, with the author where the key is short; nothing when the title tells nothing.
fn title_of<'a>(paper: impl Into<IdentityRef<'a>>) -> Option<Cow<'a, str>> {
    let IdentityRef { key, author, .. } = paper.into();
    match author {
        _ if key.is_empty() => None,
        None => Some(key.into()),
        Some(author) => Some(format!("{key}{AUTHOR}{author}").into()),
    }
}

/// False when it is there already.
fn put(entries: &mut Vec<Entry>, entry: Entry) -> bool {
    // Files are read from the oldest line to the newest.
    let at = match entries.last() {
        Some(last) if last.stamp >= entry.stamp => entries.binary_search_by(|e| e.stamp.cmp(&entry.stamp)),
        _ => Err(entries.len()),
    };
    if let Err(at) = at {
        entries.insert(at, entry);
    }
    at.is_err()
}

/// False when it is not there.
fn cut(entries: &mut Vec<Entry>, stamp: &Stamp) -> bool {
    let at = entries.binary_search_by(|e| e.stamp.cmp(stamp));
    at.is_ok_and(|at| {
        entries.remove(at);
        true
    })
}
