//! The part of the list that is on screen.

use std::collections::BTreeSet;

use super::{Entry, Papers, Place};
use crate::decisions::Decisions;
use crate::state::{Library, Row};

/// A list item on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InView {
    /// Index of the item.
    pub entry: usize,
    /// Rows from the top of the list.
    pub y: u16,
    /// Rows of it that are on screen.
    pub rows: u16,
    /// False when some of its rows are not on screen.
    pub is_whole: bool,
}

/// What of the list was painted last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Painted {
    /// The papers that were wholly on screen.
    seen: Vec<Place>,
    /// The papers that are wholly in view since, as far as only verdicts moved the list.
    stands: Vec<Place>,
}

impl Papers {
    /// The list items in view in a pane of `rows` rows, from top to bottom: those with room for all their rows,
    /// and the selected one in any case. Update and view both ask here. O(items in view).
    #[must_use]
    pub fn in_view(&self, rows: u16) -> Vec<InView> {
        let mut found = Vec::new();
        let mut y = 0_u16;
        for (entry, item) in self.items.iter().enumerate().skip(self.cursor.top) {
            let is_whole = y.saturating_add(item.rows) <= rows;
            // A row that is cut off at the bottom would look like a paper without gist.
            if !is_whole && entry != self.cursor.selected {
                break;
            }
            found.push(InView { entry, y, rows: item.rows.min(rows.saturating_sub(y)), is_whole });
            y = y.saturating_add(item.rows);
        }
        found
    }

    /// The group of the topmost paper in view.
    #[must_use]
    pub fn top_group(&self) -> Option<usize> {
        let mut above = self.entries.iter().take(self.cursor.top + 1).rev();
        above.find_map(|e| if let Entry::Group(group) = e { Some(*group) } else { None })
    }

    /// Rows above the selected item in its pane.
    #[must_use]
    pub fn rows_above(&self) -> u16 {
        let above = self.items.iter().take(self.cursor.selected).skip(self.cursor.top);
        above.map(|i| i.rows).sum::<u16>() + u16::from(self.is_grouped())
    }

    /// Scrolls so that, as far as the list allows, `above` rows stand above the selected item in a pane of `rows`.
    pub fn hold(&mut self, above: u16, rows: u16) {
        let above = above.saturating_sub(u16::from(self.is_grouped()));
        self.cursor = self.cursor.hold(above, &self.items, rows);
        self.skip_heading();
    }

    /// The papers wholly in view in a pane of `rows` rows.
    #[must_use]
    pub fn page(&self, rows: u16) -> Vec<Place> {
        let whole = self.in_view(rows).into_iter().filter(|v| v.is_whole);
        whole.filter_map(|v| self.place_at(v.entry)).collect()
    }

    /// Makes the rows in view of a day that was glimpsed anew, of what is here of their papers; returns those whose texts are
    /// not here. A row is made once without the texts, and once with them: then it is `dressed`.
    pub(in crate::state) fn dress(
        &mut self,
        library: &Library,
        decisions: &Decisions,
        dressed: &mut BTreeSet<Place>,
        rows: u16,
    ) -> Vec<Place> {
        let mut lacking = Vec::new();
        let in_view = self.in_view(rows).into_iter().map(|v| v.entry).collect::<Vec<_>>();
        for entry in in_view {
            let Some(Entry::Paper(at)) = self.entries.get(entry).copied() else { continue };
            let Some(row) = self.rows.get_mut(at) else { continue };
            let Some(paper) = library.digest(row.slot).and_then(|d| d.papers.get(row.index)) else {
                continue;
            };
            let is_lacking = library.lacks_texts(row.place());
            lacking.extend(Some(row.place()).filter(|_| is_lacking));
            let is_new = !is_lacking && dressed.insert(row.place());
            if !is_new && !row.title.is_empty() {
                continue;
            }
            let new = Row::new(row.slot, row.index, paper, self.form, decisions);
            let old = std::mem::replace(row, new);
            (row.group, row.also, row.fold, row.rating) = (old.group, old.also, old.fold, old.rating);
        }
        lacking
    }

    /// Notes that a frame was painted, with the list in a pane of `rows` rows of which the last ones were `covered`, or
    /// without the list.
    pub(in crate::state) fn note_painted(&mut self, rows: Option<u16>, covered: u16) {
        let page = |rows: u16| self.page(rows);
        let seen = rows.map(|rows| page(rows.saturating_sub(covered))).unwrap_or_default();
        self.painted = Painted { stands: rows.map(page).unwrap_or_default(), seen };
    }

    /// Notes that a verdict moved the list on from `before`: what was painted is still the page one acts on.
    pub(in crate::state) fn note_moved_on(&mut self, before: &[Place], rows: u16) {
        if self.painted.stands == before {
            self.painted.stands = self.page(rows);
        }
    }

    /// Takes the papers that were wholly on screen in the frame painted last. None when the list was turned since,
    /// or when they were taken already: whoever acts now has not seen what they act on.
    pub(in crate::state) fn take_painted(&mut self, rows: u16) -> Option<Vec<Place>> {
        let Painted { seen, stands } = std::mem::take(&mut self.painted);
        (!seen.is_empty() && stands == self.page(rows)).then_some(seen)
    }

    /// Turns the list so that it begins with the item at `entry`, and selects that.
    pub(in crate::state) fn begin_page(&mut self, entry: usize, rows: u16) {
        self.cursor = self.cursor.begin_page(entry, &self.items, rows);
        self.skip_heading();
    }

    /// Selects the item at `entry`; where it is not in view the list is turned to begin with it.
    pub(in crate::state) fn go_to(&mut self, entry: usize, rows: u16) {
        if self.in_view(rows).iter().any(|v| v.is_whole && v.entry == entry) {
            self.select(entry, rows);
        } else {
            self.begin_page(entry, rows);
        }
    }

    /// Lets rows go that linger in the view without belonging there and are not on the page any more.
    pub(in crate::state) fn leave_page(&mut self, library: &Library, ranked: bool, rows: u16) {
        let page: Vec<Place> =
            self.in_view(rows).into_iter().filter_map(|v| self.place_at(v.entry)).collect();
        let before = self.lingering.len() + self.held.len();
        self.lingering.retain(|p| page.contains(p));
        let chosen: Vec<Place> = self.chosen_entries().filter_map(|at| self.place_at(at)).collect();
        self.held.retain(|p| page.contains(p) || chosen.contains(p));
        if self.lingering.len() + self.held.len() < before {
            self.rearrange(library, ranked, rows);
        }
    }

    /// Rebuilds the list without moving what is on screen.
    pub(in crate::state) fn rearrange(&mut self, library: &Library, ranked: bool, rows: u16) {
        let selected = self.selected_place();
        let top = (self.cursor.top..self.entries.len()).find_map(|at| self.place_at(at));
        let is_begun = self.cursor.is_begun();
        self.build(library, ranked);
        if let Some(at) = selected.and_then(|p| self.entry_of(p)) {
            self.cursor.selected = at;
        }
        if let Some(at) = top.and_then(|p| self.entry_of(p)) {
            self.cursor.stand(at, is_begun);
        }
        self.measure(rows);
    }

    /// The row of the paper at list item `entry`.
    #[must_use]
    pub fn row_at(&self, entry: usize) -> Option<&Row> {
        match self.entries.get(entry)? {
            Entry::Paper(i) => self.rows.get(*i),
            Entry::Group(_) | Entry::Missing(_) | Entry::Folded { .. } | Entry::More(_) => None,
        }
    }

    /// The paper at list item `entry`.
    pub(in crate::state) fn place_at(&self, entry: usize) -> Option<Place> {
        self.row_at(entry).map(Row::place)
    }

    /// The list item of a paper.
    pub(in crate::state) fn entry_of(&self, place: Place) -> Option<usize> {
        (0..self.entries.len()).find(|at| self.place_at(*at) == Some(place))
    }
}
