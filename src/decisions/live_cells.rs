//! The values that live lines set, found by arXiv id and by title.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::{Cell, Field, FieldValue};
use crate::model::{Identity, TitleKey};

/// The place of a cell in the order of all lines of all machines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    pub(super) t: i64,
    pub(super) machine: Arc<str>,
    pub(super) n: u64,
    /// Its place in its line.
    pub(super) at: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    stamp: Stamp,
    field: Field,
    value: FieldValue,
}

/// What live lines say of a title.
#[derive(Clone, Debug, Default, PartialEq)]
struct Title {
    /// Values recorded without an arXiv id, oldest first.
    anonymous: Vec<Entry>,
    /// The arXiv ids recorded with this title, sorted, once per cell.
    ids: Vec<(Arc<str>, Stamp)>,
}

impl Title {
    /// True when every record with an id has this one.
    fn is_of(&self, id: &str) -> bool {
        // Sorted: all are equal when the ends are.
        [self.ids.first(), self.ids.last()].into_iter().flatten().all(|(i, _)| **i == *id)
    }

    fn only_id(&self) -> Option<&str> {
        self.ids.first().map(|(i, _)| &**i).filter(|i| self.is_of(i))
    }

    fn is_empty(&self) -> bool {
        self.anonymous.is_empty() && self.ids.is_empty()
    }
}

/// The values of live lines. What it holds depends only on which cells are in it, not on their order of
/// arrival; adding a cell twice is adding it once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LiveCells {
    /// Values by arXiv id, oldest first.
    by_id: HashMap<Arc<str>, Vec<Entry>>,
    by_title: HashMap<Arc<str>, Title>,
}

impl LiveCells {
    /// Adds the cell at `stamp`. O(values of the paper).
    pub(super) fn add(&mut self, stamp: &Stamp, cell: &Cell) {
        let entry = Entry { stamp: stamp.clone(), field: cell.field.clone(), value: cell.value.clone() };
        let name = title_of(&cell.paper);
        let Some(id) = &cell.paper.arxiv else {
            if let Some(name) = name {
                put(&mut self.title_mut(&name).anonymous, entry);
            }
            return;
        };
        let id = shared(&self.by_id, id);
        if let Some(name) = name {
            let named = (Arc::clone(&id), stamp.clone());
            let ids = &mut self.title_mut(&name).ids;
            if let Err(at) = ids.binary_search(&named) {
                ids.insert(at, named);
            }
        }
        put(self.by_id.entry(id).or_default(), entry);
    }

    fn title_mut(&mut self, name: &str) -> &mut Title {
        let name = shared(&self.by_title, name);
        self.by_title.entry(name).or_default()
    }

    /// Takes the cell at `stamp` out again. O(values of the paper).
    pub(super) fn remove(&mut self, stamp: &Stamp, cell: &Cell) {
        if let Some(id) = &cell.paper.arxiv
            && let Some(entries) = self.by_id.get_mut(id.as_str())
        {
            cut(entries, stamp);
            if entries.is_empty() {
                self.by_id.remove(id.as_str());
            }
        }
        let Some(name) = title_of(&cell.paper) else { return };
        let Some(title) = self.by_title.get_mut(name.as_ref()) else { return };
        match &cell.paper.arxiv {
            Some(id) => title.ids.retain(|(i, s)| **i != **id || s != stamp),
            None => cut(&mut title.anonymous, stamp),
        }
        if title.is_empty() {
            self.by_title.remove(name.as_ref());
        }
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
        let of_id = id.and_then(|i| self.by_id.get(i)).and_then(|e| e.get(newest(e)?));
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
        let of_id = id.and_then(|i| self.by_id.get(i));
        let of_title = title.map(|t| &t.anonymous);
        of_id.into_iter().chain(of_title).flatten().map(|e| (&e.field, &e.value))
    }

    /// The fields and values of each id, and those of each title that were recorded without an id; the newest first.
    pub(super) fn papers_values(&self) -> impl Iterator<Item = impl Iterator<Item = (&Field, &FieldValue)>> {
        let of_titles = self.by_title.values().map(|t| &t.anonymous);
        self.by_id.values().chain(of_titles).map(|e| e.iter().rev().map(|e| (&e.field, &e.value)))
    }

    /// Lists the papers that a value was set for, each once, in no order. O(values).
    pub(super) fn papers(&self) -> Vec<Identity> {
        let mut titles = HashMap::new();
        let mut papers = Vec::new();
        for (name, title) in &self.by_title {
            let (key, author) = match name.split_once(AUTHOR) {
                Some((key, author)) => (key, Some(author.to_owned())),
                None => (&**name, None),
            };
            let paper = Identity { arxiv: None, key: TitleKey::from_stored(key.to_owned()), author };
            for (id, _) in &title.ids {
                titles.insert(&**id, paper.clone());
            }
            if title.only_id().is_none() && !title.anonymous.is_empty() {
                papers.push(paper);
            }
        }
        papers.extend(self.by_id.keys().map(|id| {
            let paper = titles.remove(&**id).unwrap_or_default();
            Identity { arxiv: Some(id.to_string()), ..paper }
        }));
        papers
    }
}

/// The key that is equal to `name`, or a new one: most names are there already.
fn shared<V>(map: &HashMap<Arc<str>, V>, name: &str) -> Arc<str> {
    map.get_key_value(name).map_or_else(|| name.into(), |(name, _)| Arc::clone(name))
}

/// Between a title key and an author. No key has a control character.
const AUTHOR: char = '\u{1f}';

/// The title key, with the author where the key is short; nothing when the title tells nothing.
fn title_of(paper: &Identity) -> Option<Cow<'_, str>> {
    let key = paper.key.as_str();
    match &paper.author {
        _ if key.is_empty() => None,
        None => Some(key.into()),
        Some(author) => Some(format!("{key}{AUTHOR}{author}").into()),
    }
}

fn put(entries: &mut Vec<Entry>, entry: Entry) {
    if let Err(at) = entries.binary_search_by(|e| e.stamp.cmp(&entry.stamp)) {
        entries.insert(at, entry);
    }
}

fn cut(entries: &mut Vec<Entry>, stamp: &Stamp) {
    entries.retain(|e| e.stamp != *stamp);
}
