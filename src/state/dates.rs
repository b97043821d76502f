use std::collections::{BTreeMap, BTreeSet};

use super::counts::Counts;
use super::library::Library;
use super::list::{Item, ListCursor, Step};
use crate::decisions::Decisions;
use crate::effect::SlotId;
use crate::model::{self, Date, Identity};

/// One item of the date list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateEntry {
    /// The heading of a month, by one of its days.
    Month(Date),
    /// A day: index into the library's days.
    Day(usize),
    /// A digest of the open day.
    Category(usize, SlotId),
}

/// The date list: months, days, and the categories of the open day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    /// What the list shows, from top to bottom.
    pub entries: Vec<DateEntry>,
    /// The heights of `entries`.
    pub items: Vec<Item>,
    /// Where the cursor is.
    pub cursor: ListCursor,
    /// How the papers of days that were opened stand.
    pub counts: BTreeMap<Date, Counts>,
    /// Days of which files were changed in the last minute: more may be coming.
    pub fresh: BTreeSet<Date>,
    /// The papers of the days in `counts`.
    papers: BTreeMap<Date, Vec<Identity>>,
}

impl Dates {
    /// Rebuilds the list around the open day and puts the cursor there, unless it is on one of its categories.
    pub fn arrange(&mut self, library: &Library, open: Option<usize>, rows: u16) {
        let before = self.selected();
        self.entries.clear();
        let mut month = None;
        for (at, day) in library.days().iter().enumerate() {
            if month.replace((day.date.year(), day.date.month())) != Some((day.date.year(), day.date.month()))
            {
                self.entries.push(DateEntry::Month(day.date));
            }
            self.entries.push(DateEntry::Day(at));
            if open == Some(at) && day.slots.iter().any(|s| library.category(*s).is_some()) {
                self.entries.extend(day.slots.iter().map(|s| DateEntry::Category(at, *s)));
            }
        }
        let item = |(at, e): (usize, &DateEntry)| match e {
            // A blank row stands above every month but the first.
            DateEntry::Month(_) => Item { rows: if at == 0 { 1 } else { 2 }, selectable: false },
            DateEntry::Day(_) | DateEntry::Category(..) => Item { rows: 1, selectable: true },
        };
        self.items = self.entries.iter().enumerate().map(item).collect();
        // Days may stand elsewhere than before; slots never do.
        let slot_of = |e: &DateEntry| if let DateEntry::Category(_, slot) = e { Some(*slot) } else { None };
        let kept = before.as_ref().and_then(slot_of);
        let kept = self.entries.iter().position(|e| kept.is_some() && slot_of(e) == kept);
        let at = kept.or(self.entries.iter().position(|e| open.is_some_and(|d| *e == DateEntry::Day(d))));
        let at = at.unwrap_or(0);
        self.cursor = self.cursor.select(at, &self.items, rows);
    }

    /// Takes the papers of a day as far as they are known.
    pub fn opened(&mut self, date: Date, papers: Vec<Identity>, decisions: &Decisions) {
        self.counts.insert(date, Counts::of(&papers, decisions));
        self.papers.insert(date, papers);
    }

    /// Forgets how a day stood that is another one now.
    pub fn forget(&mut self, date: Date) {
        self.counts.remove(&date);
        self.papers.remove(&date);
    }

    /// Counts the days anew that hold one of `changed`, or all of them. O(papers of the days opened so far).
    pub fn recount(&mut self, decisions: &Decisions, changed: Option<&[Identity]>) {
        for (date, papers) in &self.papers {
            let is_it = |p: &Identity| changed.is_none_or(|c| c.iter().any(|c| model::same_paper(c, p)));
            if papers.iter().any(is_it) {
                self.counts.insert(*date, Counts::of(papers, decisions));
            }
        }
    }

    /// Moves the cursor in a pane of `rows` rows.
    pub fn step(&mut self, step: Step, rows: u16) {
        self.cursor = self.cursor.step(step, &self.items, rows);
    }

    /// What the cursor is on.
    #[must_use]
    pub fn selected(&self) -> Option<DateEntry> {
        self.entries.get(self.cursor.selected).copied()
    }
}
