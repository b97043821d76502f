use std::collections::{BTreeMap, BTreeSet};

use super::library::{Day, Library};
use super::list::{Item, ListCursor, Step};
use super::papers::Place;
use super::sightings::{Counted, Sightings};
use crate::catalogue::Lang;
use crate::decisions::{Counts, Decisions};
use crate::effect::SlotId;
use crate::filter;
use crate::keymap::Key;
use crate::model::{Date, Identity};

/// One item of the date list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateEntry {
    /// A saved query: index into the folders.
    Folder(usize),
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
    /// The records of the days in `counts`.
    counted: BTreeMap<Date, Counted>,
    /// Days all digests of which were read.
    whole: BTreeSet<Date>,
    /// What narrows it to the days that hold each word of this; empty when nothing does.
    pub narrowed: String,
    /// What the user waits for while days are read.
    pub(super) wish: Option<Wish>,
}

/// The wish to go to an undecided paper of another day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    /// True towards older days.
    pub(super) is_forward: bool,
    /// The day that was looked at last.
    pub(super) at: Date,
    /// Keys typed since; they are meant for that paper.
    pub(super) keys: Vec<Key>,
}

impl Dates {
    /// Rebuilds the list around the open day, below so many folders, and puts the cursor on the folder that is `on`, else
    /// on the day, unless it is on one of its categories.
    pub fn arrange(
        &mut self,
        library: &Library,
        open: Option<usize>,
        (folders, on): (usize, Option<usize>),
        rows: u16,
    ) {
        let before = self.selected();
        self.entries.clear();
        if !library.days().is_empty() && !self.is_narrowed() {
            self.entries.extend((0..folders).map(DateEntry::Folder));
        }
        let mut month = None;
        let words: Vec<String> = self.narrowed.split_whitespace().map(str::to_owned).collect();
        for (at, day) in library.days().iter().enumerate() {
            if !words.iter().all(|word| holds(library, day, word)) {
                continue;
            }
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
            DateEntry::Folder(_) | DateEntry::Day(_) | DateEntry::Category(..) => {
                Item { rows: 1, selectable: true }
            }
        };
        self.items = self.entries.iter().enumerate().map(item).collect();
        // Days may stand elsewhere than before; slots never do.
        let slot_of = |e: &DateEntry| if let DateEntry::Category(_, slot) = e { Some(*slot) } else { None };
        let kept = before.as_ref().and_then(slot_of);
        let kept = self.entries.iter().position(|e| kept.is_some() && slot_of(e) == kept);
        let folder = on.and_then(|on| self.entries.iter().position(|e| *e == DateEntry::Folder(on)));
        // Where the open day is narrowed away, the one after it.
        let is_older = |e: &DateEntry| matches!(e, DateEntry::Day(d) if open.is_some_and(|open| *d > open));
        let at = folder
            .or(kept)
            .or(self.entries.iter().position(|e| open.is_some_and(|d| *e == DateEntry::Day(d))))
            .or(self.entries.iter().position(is_older));
        let at = at.unwrap_or(0);
        self.cursor = self.cursor.select(at, &self.items, rows);
    }

    /// Says whether it shows only some of the days.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.narrowed.trim().is_empty()
    }

    /// Takes the records of a day as far as they are known; `is_whole` when none of its digests is on its way.
    pub(super) fn opened(&mut self, date: Date, counted: Counted, counts: Counts, is_whole: bool) {
        if is_whole {
            self.whole.insert(date);
        } else {
            self.whole.remove(&date);
        }
        self.counts.insert(date, counts);
        self.counted.insert(date, counted);
    }

    /// Says whether a day was read whole and nothing of it is undecided.
    #[must_use]
    pub fn is_done(&self, date: Date) -> bool {
        self.whole.contains(&date) && self.counts.get(&date).is_some_and(|c| c.undecided == 0)
    }

    /// The sum over all days that were read, and whether these are all of `days`.
    #[must_use]
    pub fn overall(&self, days: usize) -> (Counts, bool) {
        (self.counts.values().copied().fold(Counts::default(), Counts::plus), self.whole.len() >= days)
    }

    /// Says whether a day was read whole.
    #[must_use]
    pub(super) fn is_whole(&self, date: Date) -> bool {
        self.whole.contains(&date)
    }

    /// Forgets how a day stood that is another one now.
    pub fn forget(&mut self, date: Date) {
        self.counts.remove(&date);
        self.counted.remove(&date);
        self.whole.remove(&date);
    }

    /// Counts the days anew that may hold one of `changed`, or all of them. O(papers of these days).
    pub(super) fn recount(
        &mut self,
        sightings: &Sightings,
        decisions: &Decisions,
        changed: Option<&[Identity]>,
    ) {
        let days: Option<BTreeSet<Date>> =
            changed.map(|c| c.iter().flat_map(|paper| sightings.like(paper)).map(|(date, _)| date).collect());
        for (date, counted) in &self.counted {
            if days.as_ref().is_none_or(|days| days.contains(date)) {
                self.counts.insert(*date, sightings.count(*date, counted, decisions));
            }
        }
    }

    /// The newest of the days read so far on which a paper has a row, folded away by no more than a rule.
    pub(super) fn day_with(&self, sightings: &Sightings, paper: &Identity) -> Option<Date> {
        let counts = |(date, place): &(Date, Place)| self.counted.get(date).is_some_and(|c| c.holds(*place));
        sightings.of(paper).filter(counts).map(|(date, _)| date).max()
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

/// Letters from which on the beginning of a day's or a month's English name counts: fewer are a category's.
const NAMED: usize = 3;

/// Says whether the date, the day of the week or the month in either language or a category of a day holds a word.
fn holds(library: &Library, day: &Day, word: &str) -> bool {
    let weekday = day.date.weekday().to_monday_one_offset();
    let names = [Lang::En, Lang::Zh].map(|lang| lang.weekday(weekday));
    let categories = day.slots.iter().filter_map(|s| library.category(*s));
    let is_in = |text: &str| !filter::occurrences(word, text).is_empty();
    let english = day.date.strftime("%A %B").to_string().to_lowercase();
    let begun = word.to_lowercase();
    let is_begun = begun.len() >= NAMED && english.split(' ').any(|name| name.starts_with(&begun));
    let short = Lang::Zh.weekday_short(day.date.weekday().to_monday_zero_offset().unsigned_abs().into());
    let chinese = [format!("星期{short}"), format!("{}月", day.date.month())];
    is_in(&day.date.to_string())
        || names.into_iter().chain(categories).chain(chinese.iter().map(String::as_str)).any(is_in)
        || is_begun
}
