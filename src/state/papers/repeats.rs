use std::collections::HashMap;

use super::{Entry, Papers, Place};
use crate::config::Repeats;
use crate::model::{self, Identity};
use crate::state::sightings::{Counted, Sightings};
use crate::state::{Fold, Library, Row};

impl Papers {
    /// Looks up where else the papers were seen, and folds the list by that.
    pub(in crate::state) fn refold(
        &mut self,
        sightings: &Sightings,
        library: &Library,
        ranked: bool,
        rows: u16,
    ) {
        self.look_up(sightings);
        self.rearrange(library, ranked, rows);
    }

    /// Keeps papers from being folded away under the user until the page is left: what is in view, if a key was pressed on
    /// this day; else what the cursor is on, and what is selected.
    pub(in crate::state) fn hold_in_view(&mut self, rows: u16) {
        let in_view = self.in_view(rows).into_iter().map(|v| v.entry).filter(|_| self.is_touched);
        let kept = in_view.chain([self.cursor.selected]).chain(self.chosen_entries());
        let kept: Vec<Place> = kept.filter_map(|at| self.place_at(at)).collect();
        self.held.extend(kept);
    }

    /// Notes that the user pressed a key on this day.
    pub(in crate::state) fn touch(&mut self) {
        self.is_touched = true;
    }

    /// Looks up where else each paper was seen.
    pub(super) fn look_up(&mut self, sightings: &Sightings) {
        let Some(date) = self.date else { return };
        // A filter may ask for repeats.
        self.forget_hits();
        for row in &mut self.rows {
            row.also = match self.repeats {
                Repeats::Show => Vec::new(),
                Repeats::Fold | Repeats::Mark => sightings.also(date, row.place()),
            };
        }
    }

    /// Chooses the rows that rules fold away, and those that others stand for: the row of the earliest day, and within
    /// this day the first one in the groups that is not muted, of my categories where only these are shown. O(rows).
    pub(super) fn fold(&mut self, library: &Library) {
        let Some(date) = self.date else { return };
        let muted: Vec<bool> = self.rows.iter().map(|r| self.can_be_muted(r) && !r.is_kept()).collect();
        let mut has_others = false;
        for (row, is_muted) in self.rows.iter_mut().zip(muted) {
            row.fold = is_muted.then_some(Fold::Muted);
            has_others |= !row.also.is_empty();
        }
        if self.repeats != Repeats::Fold || !has_others {
            return;
        }
        let is_mine = |r: &Row| self.mine.is_empty() || self.is_mine(library, r);
        // What my categories leave out on its own day stands for nothing.
        let is_shown = |a: &crate::state::Also, r: &Row| {
            let is_ours = |c: &str| self.mine.iter().any(|m| m.eq_ignore_ascii_case(c));
            let paper = library.digest(r.slot).and_then(|d| d.papers.get(r.index));
            let own = || paper.into_iter().flat_map(|p| &p.categories).any(|c| is_ours(c));
            self.mine.is_empty() || !is_mine(r) || a.category.as_deref().map_or_else(own, is_ours)
        };
        let rank = |(at, r): (usize, &Row)| (r.place(), (r.fold.is_some(), !is_mine(r), r.group, at));
        let ranks: HashMap<Place, _> = self.rows.iter().enumerate().map(rank).collect();
        let is_folded = |r: &Row| {
            let own = ranks.get(&r.place());
            let is_before = |place: &Place| ranks.get(place).is_some_and(|other| Some(other) < own);
            let stands_for_it =
                |a: &crate::state::Also| (a.date < date && is_shown(a, r)) || is_before(&a.place);
            !self.held.contains(&r.place()) && r.also.iter().any(stands_for_it)
        };
        let folded: Vec<bool> = self.rows.iter().map(is_folded).collect();
        for (row, _) in self.rows.iter_mut().zip(folded).filter(|(_, is_folded)| *is_folded) {
            row.fold = Some(Fold::Repeat);
        }
    }

    /// The row that says how many of these rows are folded away, if any are.
    pub(super) fn folded_of(&self, shown: &[usize]) -> Option<Entry> {
        let (mut repeats, mut muted) = (0, 0);
        for row in shown.iter().filter_map(|i| self.rows.get(*i)) {
            repeats += usize::from(row.fold == Some(Fold::Repeat));
            muted += usize::from(row.fold == Some(Fold::Muted));
        }
        (repeats + muted > 0).then_some(Entry::Folded { repeats, muted })
    }

    /// Shows the folded rows of these papers, of which nothing else is in the list, until the page is left.
    pub(in crate::state) fn unfold(
        &mut self,
        papers: &[Identity],
        library: &Library,
        ranked: bool,
        rows: u16,
    ) {
        let is_it = |r: &&Row| papers.iter().any(|p| model::same_paper(p, &r.identity));
        let places: Vec<Place> =
            self.rows.iter().filter(|r| r.is_hidden()).filter(is_it).map(Row::place).collect();
        if !places.is_empty() {
            self.held.extend(places);
            self.rearrange(library, ranked, rows);
        }
    }

    /// Shows repeats as `repeats` says. The paper under the cursor stays.
    pub(in crate::state) fn choose_repeats(
        &mut self,
        repeats: Repeats,
        sightings: &Sightings,
        library: &Library,
        rows: u16,
    ) {
        self.repeats = repeats;
        self.held = self.selected_place().into_iter().collect();
        self.look_up(sightings);
        self.rearrange(library, false, rows);
    }

    /// The records of the day, for its counts.
    pub(in crate::state) fn counted(&self) -> Counted {
        let fold = |r: &Row| match r.fold {
            Some(Fold::Repeat) => Some(Fold::Repeat),
            _ => self.can_be_muted(r).then_some(Fold::Muted),
        };
        Counted::of(self.rows.iter().map(|r| (r.place(), fold(r))))
    }
}
