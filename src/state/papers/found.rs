//! The list of a search.

use super::{Entry, Papers, View};
use crate::effect::SlotId;
use crate::filter::Query;
use crate::state::group::Group;
use crate::state::{Library, Row};

/// Groups of what was found: titles, texts.
const GROUPS: usize = 2;

impl Papers {
    /// Makes an empty list for what a search finds.
    #[must_use]
    pub(in crate::state) fn of_search() -> Self {
        let group = || Group { slot: SlotId(u32::MAX), label: String::new() };
        let groups = std::iter::repeat_with(group).take(GROUPS).collect();
        Self { unlisted: Some(0), groups, ..Self::new(2) }
    }

    /// True for the list of a search.
    #[must_use]
    pub fn is_of_search(&self) -> bool {
        self.unlisted.is_some()
    }

    /// Takes the query whose hits are to be marked.
    pub(in crate::state) fn mark(&mut self, query: Query) {
        self.query = query;
    }

    /// Forgets what was found.
    pub(in crate::state) fn drop_found(&mut self) {
        self.rows.clear();
        self.lingering.clear();
        self.drop_selection();
        self.letters = None;
        self.view = View::All;
        self.cursor = crate::state::ListCursor::default();
    }

    /// Adds what was found since, below what is there; the cursor stays where it is. `unlisted` more were found in all.
    pub(in crate::state) fn add_found(
        &mut self,
        mut found: Vec<Row>,
        unlisted: usize,
        library: &Library,
        rows: u16,
    ) {
        self.unlisted = Some(unlisted);
        self.rows.append(&mut found);
        self.rearrange(library, false, rows);
    }

    pub(super) fn build_found(&mut self, unlisted: usize) {
        self.entries.clear();
        let is_shown =
            |r: &Row| self.view == View::All || self.view.has(r) || self.lingering.contains(&r.place());
        for group in 0..GROUPS {
            let of_it = self.rows.iter().enumerate().filter(|(_, r)| r.group == group && is_shown(r));
            let papers: Vec<Entry> = of_it.map(|(at, _)| Entry::Paper(at)).collect();
            let is_headed = self.has_headings && !papers.is_empty();
            self.entries.extend(is_headed.then_some(Entry::Group(group)));
            self.entries.extend(papers);
        }
        self.entries.extend((unlisted > 0).then_some(Entry::More(unlisted)));
        self.trim_selection();
    }
}
