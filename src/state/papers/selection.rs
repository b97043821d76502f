use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::{Papers, Place};
use crate::state::Row;

/// The papers that were chosen to be decided together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    chosen: BTreeSet<Place>,
    /// Where the open range began; it ends at the cursor.
    from: Option<Place>,
}

impl Selection {
    /// Keeps the chosen papers by where they are `now`.
    pub(super) fn follow(&mut self, now: impl Fn(Place) -> Option<Place>) {
        self.chosen = std::mem::take(&mut self.chosen).into_iter().filter_map(&now).collect();
        self.from = self.from.and_then(now);
    }
}

impl Papers {
    /// Chooses the paper under the cursor, or takes it out; an open range is closed instead.
    pub(in crate::state) fn toggle_chosen(&mut self) {
        if self.close_range() {
            return;
        }
        let Some(place) = self.selected_place() else { return };
        if !self.selection.chosen.remove(&place) {
            self.selection.chosen.insert(place);
        }
    }

    /// Begins a range at the cursor, or closes the open one.
    pub(in crate::state) fn toggle_range(&mut self) {
        if !self.close_range() {
            self.selection.from = self.selected_place();
        }
    }

    /// Chooses every paper the list shows; when all are chosen, none.
    pub(in crate::state) fn choose_all(&mut self) {
        let all: BTreeSet<Place> = (0..self.entries.len()).filter_map(|at| self.place_at(at)).collect();
        self.selection.from = None;
        self.selection.chosen = if self.selection.chosen == all { BTreeSet::new() } else { all };
    }

    /// Forgets what was chosen; false when nothing was.
    pub(in crate::state) fn drop_selection(&mut self) -> bool {
        std::mem::take(&mut self.selection) != Selection::default()
    }

    /// Says whether the list item at `entry` is a chosen paper.
    #[must_use]
    pub fn is_chosen(&self, entry: usize) -> bool {
        self.is_chosen_in(&self.range(), entry)
    }

    fn is_chosen_in(&self, range: &RangeInclusive<usize>, entry: usize) -> bool {
        let place = self.place_at(entry);
        place.is_some_and(|p| self.selection.chosen.contains(&p) || range.contains(&entry))
    }

    /// How many papers are chosen.
    #[must_use]
    pub fn chosen_count(&self) -> usize {
        self.chosen_entries().count()
    }

    /// The rows of the chosen papers, in the order of the list.
    pub(in crate::state) fn chosen(&self) -> Vec<Row> {
        self.chosen_entries().filter_map(|at| self.row_at(at).cloned()).collect()
    }

    pub(super) fn chosen_entries(&self) -> impl Iterator<Item = usize> {
        let range = self.range();
        let all = if self.selection == Selection::default() { 0 } else { self.entries.len() };
        (0..all).filter(move |at| self.is_chosen_in(&range, *at))
    }

    /// Takes out what the list shows no more: nobody decides a paper that cannot be seen.
    pub(super) fn trim_selection(&mut self) {
        if self.selection == Selection::default() {
            return;
        }
        let shown: BTreeSet<Place> = (0..self.entries.len()).filter_map(|at| self.place_at(at)).collect();
        self.selection.chosen.retain(|p| shown.contains(p));
        self.selection.from = self.selection.from.filter(|p| shown.contains(p));
    }

    /// The list items of the open range.
    fn range(&self) -> RangeInclusive<usize> {
        let from = self.selection.from.and_then(|p| self.entry_of(p));
        let to = self.cursor.selected;
        from.map_or(RangeInclusive::new(1, 0), |from| from.min(to)..=from.max(to))
    }

    fn close_range(&mut self) -> bool {
        let range: Vec<Place> = self.range().filter_map(|at| self.place_at(at)).collect();
        self.selection.chosen.extend(range);
        self.selection.from.take().is_some()
    }
}
