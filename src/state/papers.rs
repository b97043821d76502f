use super::library::{Library, Slot};
use super::list::{Item, ListCursor, Step};
use super::row::Row;
use crate::decisions::Decisions;
use crate::effect::SlotId;
use crate::filter::{Haystack, Matcher, Query};
use crate::model::{self, Date, Identity, Paper, Verdict};
use crate::text::Form;

/// One item of the paper list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The heading of a category.
    Group(SlotId),
    /// A paper: index into [`Papers::rows`].
    Paper(usize),
    /// A digest that could not be read, or is not here yet.
    Missing(SlotId),
}

/// How many papers of the open day stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All papers.
    pub all: usize,
    /// Without a verdict.
    pub undecided: usize,
    /// Bookmarked.
    pub bookmarked: usize,
    /// Kept for later.
    pub later: usize,
    /// Read.
    pub read: usize,
}

impl Counts {
    fn add(&mut self, row: &Row) {
        self.all += 1;
        self.undecided += usize::from(row.verdict == Verdict::Undecided);
        self.bookmarked += usize::from(row.verdict == Verdict::Bookmarked);
        self.later += usize::from(row.verdict == Verdict::Later);
        self.read += usize::from(row.is_read);
    }
}

/// The paper list: the rows of the open day, narrowed by the filter, with the cursor.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// The open date.
    pub date: Option<Date>,
    /// Every paper of the day, in the source's order.
    pub rows: Vec<Row>,
    /// What the list shows, from top to bottom.
    pub entries: Vec<Entry>,
    /// The heights of `entries`.
    pub items: Vec<Item>,
    /// Where the cursor is.
    pub cursor: ListCursor,
    /// What narrows the list; empty when nothing does.
    pub filter: String,
    /// Rows a paper takes: 1, 2 or 3.
    pub density: u16,
    /// Folded text of `rows`, made when the first filter is typed.
    haystacks: Vec<Haystack>,
    matcher: Matcher,
}

impl PartialEq for Papers {
    /// Compares what can be seen; the filter's caches are left out.
    fn eq(&self, other: &Self) -> bool {
        (self.date, &self.rows, &self.entries, self.cursor, &self.filter, self.density)
            == (other.date, &other.rows, &other.entries, other.cursor, &other.filter, other.density)
    }
}

impl Papers {
    /// Makes an empty list whose papers take `density` rows each, 1 to 3.
    #[must_use]
    pub fn new(density: u16) -> Self {
        Self { density: density.clamp(1, 3), ..Self::default() }
    }

    /// Takes the rows of a day as far as its digests are here. The selected paper stays selected.
    pub fn open(&mut self, library: &Library, day: usize, decisions: &Decisions, form: Form, rows: u16) {
        let Some(day) = library.days().get(day) else { return };
        let kept = self.selected_row().map(|r| r.identity.clone()).filter(|_| self.date == Some(day.date));
        if self.date != Some(day.date) {
            self.cursor = ListCursor::default();
            self.date = Some(day.date);
        }
        self.haystacks.clear();
        self.rows.clear();
        for &slot in &day.slots {
            let papers = library.digest(slot).map(|d| d.papers.as_slice()).unwrap_or_default();
            self.rows.extend(papers.iter().enumerate().map(|(i, p)| Row::new(slot, i, p, form, decisions)));
        }
        self.arrange(library, false, rows);
        if let Some(identity) = kept {
            self.select_paper(&identity, rows);
        }
    }

    /// Looks all verdicts up again.
    pub fn refresh(&mut self, decisions: &Decisions) {
        self.rows.iter_mut().for_each(|r| r.refresh(decisions));
    }

    /// Rebuilds the list from the rows and the filter; `ranked` puts the best match first.
    pub fn arrange(&mut self, library: &Library, ranked: bool, rows: u16) {
        let shown = self.matching(library, ranked);
        let filtered = !self.filter.trim().is_empty();
        let slots = self.date.and_then(|d| library.day_of(d)).and_then(|d| library.days().get(d));
        let slots = slots.map(|d| d.slots.as_slice()).unwrap_or_default();
        self.entries.clear();
        if filtered && ranked {
            self.entries.extend(shown.into_iter().map(Entry::Paper));
        } else {
            for &slot in slots {
                let of_slot = |i: &usize| self.rows.get(*i).is_some_and(|r| r.slot == slot);
                let papers: Vec<usize> = shown.iter().copied().filter(of_slot).collect();
                let is_here = matches!(library.slot(slot), Some(Slot::Loaded(_)));
                if slots.len() > 1 && (!papers.is_empty() || !filtered) {
                    self.entries.push(Entry::Group(slot));
                }
                if !is_here && !filtered {
                    self.entries.push(Entry::Missing(slot));
                }
                self.entries.extend(papers.into_iter().map(Entry::Paper));
            }
        }
        self.measure(rows);
    }

    /// Sets the heights anew, after the density or the pane changed.
    pub fn measure(&mut self, rows: u16) {
        let density = self.density;
        let item = |(at, e): (usize, &Entry)| match e {
            // A blank row stands above every group but the first.
            Entry::Group(_) => Item { rows: if at == 0 { 1 } else { 2 }, selectable: false },
            Entry::Missing(_) => Item { rows: 1, selectable: false },
            Entry::Paper(_) => Item { rows: density, selectable: true },
        };
        self.items = self.entries.iter().enumerate().map(item).collect();
        self.cursor = self.cursor.select(self.cursor.selected, &self.items, rows);
    }

    fn matching(&mut self, library: &Library, ranked: bool) -> Vec<usize> {
        let query = Query::new(&self.filter);
        if query.is_empty() {
            return (0..self.rows.len()).collect();
        }
        if self.haystacks.len() != self.rows.len() {
            let haystack = |r: &Row| {
                let paper = library.digest(r.slot).and_then(|d| d.papers.get(r.index));
                paper.map_or_else(
                    || Haystack::of(&Paper::default(), ""),
                    |p| Haystack::of(p, model::gist(p).unwrap_or_default()),
                )
            };
            self.haystacks = self.rows.iter().map(haystack).collect();
        }
        let mut found = self.matcher.rank(&query, &self.haystacks);
        if !ranked {
            found.sort_unstable();
        }
        found
    }

    /// Byte ranges of `shown` to highlight for the filter.
    #[must_use]
    pub fn hits(&self, query: &Query, shown: &str) -> Vec<std::ops::Range<usize>> {
        if query.is_empty() { Vec::new() } else { self.matcher.highlight(query, shown) }
    }

    /// Moves the cursor in a pane of `rows` rows.
    pub fn step(&mut self, step: Step, rows: u16) {
        self.cursor = self.cursor.step(step, &self.items, rows);
    }

    /// Selects the list item at `entry`.
    pub fn select(&mut self, entry: usize, rows: u16) {
        self.cursor = self.cursor.select(entry, &self.items, rows);
    }

    /// Selects a paper, if the list shows it.
    pub fn select_paper(&mut self, identity: &Identity, rows: u16) -> bool {
        let is_it = |e: &Entry| match e {
            Entry::Paper(i) => self.rows.get(*i).is_some_and(|r| model::same_paper(&r.identity, identity)),
            Entry::Group(_) | Entry::Missing(_) => false,
        };
        let Some(at) = self.entries.iter().position(is_it) else { return false };
        self.select(at, rows);
        true
    }

    /// Selects the first undecided paper at or after list item `from`; false when there is none.
    pub fn select_undecided(&mut self, from: usize, rows: u16) -> bool {
        let undecided = |e: &Entry| match e {
            Entry::Paper(i) => self.rows.get(*i).is_some_and(|r| r.verdict == Verdict::Undecided),
            Entry::Group(_) | Entry::Missing(_) => false,
        };
        let Some(at) = self.entries.iter().skip(from).position(undecided) else { return false };
        self.select(from + at, rows);
        true
    }

    /// The selected paper's row.
    #[must_use]
    pub fn selected_row(&self) -> Option<&Row> {
        match self.entries.get(self.cursor.selected)? {
            Entry::Paper(i) => self.rows.get(*i),
            Entry::Group(_) | Entry::Missing(_) => None,
        }
    }

    /// The place of the selected paper among the papers the list shows, from 1, and their number.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        let is_paper = |e: &&Entry| matches!(e, Entry::Paper(_));
        let all = self.entries.iter().filter(is_paper).count();
        let at = self.entries.iter().take(self.cursor.selected + 1).filter(is_paper).count();
        (at.min(all), all)
    }

    /// Counts the papers of the day, or of one of its digests.
    #[must_use]
    pub fn counts(&self, slot: Option<SlotId>) -> Counts {
        let mut counts = Counts::default();
        self.rows.iter().filter(|r| slot.is_none_or(|s| r.slot == s)).for_each(|r| counts.add(r));
        counts
    }
}
