use super::{Entry, Papers, Place, View};
use crate::model::{self, Identity, Verdict};
use crate::state::{Library, Row};

impl Papers {
    /// Narrows the list to papers of these categories; none of them: shows all again.
    pub fn choose_mine(&mut self, mine: Vec<String>, library: &Library, rows: u16) {
        let was = self.selected_row().map(|r| (r.slot, r.index));
        self.mine = mine;
        self.arrange(library, false, rows);
        if !was.is_some_and(|place| self.select_place(place, rows)) {
            self.select(0, rows);
        }
    }

    /// Says whether the paper of `row` stands under one of the chosen categories, or has one.
    pub(super) fn is_mine(&self, library: &Library, row: &Row) -> bool {
        let paper = library.digest(row.slot).and_then(|d| d.papers.get(row.index));
        let label = self.groups.get(row.group).map(|g| g.label.as_str());
        let own = paper.iter().flat_map(|p| &p.categories).map(String::as_str);
        label.into_iter().chain(own).any(|c| self.mine.iter().any(|m| m.eq_ignore_ascii_case(c)))
    }

    /// Chooses which papers are shown: none but those that belong there.
    pub fn choose_view(&mut self, view: View, library: &Library, rows: u16) {
        let was = self.selected_place();
        self.view = view;
        self.lingering.clear();
        self.arrange(library, false, rows);
        // The paper one was on, else the next one after it.
        let all = self.in_order(library, (0..self.rows.len()).collect());
        let all: Vec<Option<Place>> = all.into_iter().map(|i| self.rows.get(i).map(Row::place)).collect();
        let mut rest = all.iter().skip_while(|place| was.is_some() && **place != was).flatten();
        let at = rest.find_map(|place| self.entry_of(*place));
        self.select(at.unwrap_or(self.entries.len()), rows);
    }

    /// Selects the paper at `place`; what keeps it out of the list is taken off.
    pub(in crate::state) fn reveal(&mut self, place: Place, library: &Library, rows: u16) {
        if self.select_place(place, rows) {
            return;
        }
        let Some(row) = self.rows.iter().find(|r| r.place() == place) else { return };
        if !self.view.has(row) {
            self.view = View::All;
        }
        if !self.mine.is_empty() && !self.is_mine(library, row) {
            self.mine.clear();
        }
        self.held.insert(place);
        self.arrange(library, false, rows);
        self.select_place(place, rows);
    }

    /// Selects the paper at `place`, if the list shows it.
    pub fn select_place(&mut self, place: Place, rows: u16) -> bool {
        let at = self.entry_of(place);
        at.inspect(|at| self.select(*at, rows)).is_some()
    }

    /// Selects a paper, if the list shows it; of several rows of one paper the selected one, else the first.
    pub fn select_paper(&mut self, identity: &Identity, rows: u16) -> bool {
        let is_it = |at: &usize| self.row_at(*at).is_some_and(|r| model::same_paper(&r.identity, identity));
        if is_it(&self.cursor.selected) {
            return true;
        }
        let at = (0..self.entries.len()).find(is_it);
        at.inspect(|at| self.select(*at, rows)).is_some()
    }

    /// Selects the first undecided paper at or after list item `from`; false when there is none.
    pub fn select_undecided(&mut self, from: usize, rows: u16) -> bool {
        let found = (from..self.entries.len()).find(|at| self.is_undecided(*at));
        found.inspect(|at| self.select(*at, rows)).is_some()
    }

    /// Selects the last undecided paper before list item `to`; false when there is none.
    pub fn select_undecided_before(&mut self, to: usize, rows: u16) -> bool {
        let found = (0..to.min(self.entries.len())).rev().find(|at| self.is_undecided(*at));
        found.inspect(|at| self.select(*at, rows)).is_some()
    }

    /// How many undecided papers the list has beside the selected one.
    #[must_use]
    pub fn other_undecided(&self) -> usize {
        let others = (0..self.entries.len()).filter(|at| *at != self.cursor.selected);
        others.filter(|at| self.is_undecided(*at)).count()
    }

    fn is_undecided(&self, entry: usize) -> bool {
        self.row_at(entry).is_some_and(|r| r.verdict == Verdict::Undecided)
    }

    /// The list item of the first paper of the next group, or of the previous one; that of the own group, when it
    /// is not selected and the way is up. None when there is none.
    #[must_use]
    pub fn group_beside(&self, is_next: bool) -> Option<usize> {
        let firsts = self.entries.iter().enumerate().filter(|(_, e)| matches!(e, Entry::Group(_)));
        let mut firsts = firsts.filter_map(|(at, _)| {
            // A group that is not here yet has no paper to go to.
            Some(at + 1).filter(|at| matches!(self.entries.get(*at), Some(Entry::Paper(_))))
        });
        let here = self.cursor.selected;
        if is_next { firsts.find(|at| *at > here) } else { firsts.rev().find(|at| *at < here) }
    }
}
