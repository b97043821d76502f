//! The paper list: which papers of a day it shows, in which order, and where one is in it.
//!
//! Owns the rows of the open day, the cursor, the filter, the view, the selection and the letters. Never decides.

mod choose;
mod counts;
mod found;
mod left;
mod letters;
mod live;
mod muted;
mod narrow;
mod order;
mod page;
mod repeats;
mod selection;
mod view;

use std::collections::{BTreeSet, HashMap};

use super::group::{Group, group};
use super::library::Library;
use super::list::{Item, ListCursor, Step};
use super::ratings::Ratings;
use super::row::Row;
use super::sightings::Sightings;
use super::slot::Slot;
use crate::config::Repeats;
use crate::decisions::Decisions;
use crate::effect::SlotId;
use crate::filter::{Haystack, Matcher, Query};
use crate::model::{Date, IdentityRef, Paper};
use crate::text::Form;

pub use letters::Letters;
pub(in crate::state) use letters::Typed;
pub(in crate::state) use live::Course;
pub use order::Order;
pub use page::InView;
pub use selection::Selection;
pub use view::View;

/// One item of the paper list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The heading of a category: index into [`Papers::groups`].
    Group(usize),
    /// A paper: index into [`Papers::rows`].
    Paper(usize),
    /// A digest that could not be read, or is not here yet.
    Missing(SlotId),
    /// The papers that are folded away.
    Folded {
        /// How many repeats.
        repeats: usize,
        /// How many by rules.
        muted: usize,
    },
    /// Papers that were found and are not listed: how many.
    More(usize),
}

/// The place of a paper in the library: its digest, and its index there.
pub type Place = (SlotId, usize);

/// The paper list: the rows of the open day, narrowed by the filter, with the cursor; or what a search found.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// The open date.
    pub date: Option<Date>,
    /// Every paper of the day, in the source's order.
    pub rows: Vec<Row>,
    /// The categories of the day.
    pub groups: Vec<Group>,
    /// What the list shows, from top to bottom.
    pub entries: Vec<Entry>,
    /// The heights of `entries`.
    pub items: Vec<Item>,
    /// Where the cursor is.
    pub cursor: ListCursor,
    /// What narrows the list, as it was typed; empty when nothing does.
    pub filter: String,
    /// The same, understood.
    query: Query,
    /// Rows a paper takes: 1, 2 or 3.
    pub density: u16,
    /// Which papers it shows.
    pub view: View,
    /// The categories the list is narrowed to; empty when it shows all.
    pub mine: Vec<String>,
    /// What becomes of papers that were seen elsewhere.
    pub repeats: Repeats,
    /// In which order they stand.
    pub order: Order,
    /// True while papers that rules mute are shown.
    pub shows_muted: bool,
    /// The papers chosen to be decided together.
    pub selection: Selection,
    /// Labels to choose a paper by, while they are on the rows.
    pub letters: Option<Letters>,
    /// What was painted last.
    painted: page::Painted,
    /// Papers that are shown though they do not belong in the view any more: they were decided on this page.
    lingering: BTreeSet<Place>,
    /// Papers that are not folded though others stand for them, until the page is left.
    held: BTreeSet<Place>,
    /// True once a key was pressed on this day.
    is_touched: bool,
    /// Where the days were left that were opened.
    left: left::Left,
    /// The versions of the digests `rows` were made of.
    versions: HashMap<SlotId, u64>,
    /// The form of the texts in `rows`.
    form: Form,
    /// In the list of a search: how many of those found are not listed.
    unlisted: Option<usize>,
    /// In the list of a search: true for headings above what was found in titles and in texts.
    pub(in crate::state) has_headings: bool,
    /// Folded text of `rows`, made when the first filter is typed.
    haystacks: Vec<Haystack>,
    matcher: Matcher,
    /// How the filter of a long list stands.
    live: live::Live,
}

impl PartialEq for Papers {
    /// Compares what can be seen; the filter's caches are left out.
    fn eq(&self, other: &Self) -> bool {
        (self.date, &self.rows, &self.entries, self.cursor, &self.filter, self.density)
            == (other.date, &other.rows, &other.entries, other.cursor, &other.filter, other.density)
            && (self.view, &self.selection, &self.letters) == (other.view, &other.selection, &other.letters)
            && (&self.mine, self.repeats) == (&other.mine, other.repeats)
            && (self.order, self.shows_muted) == (other.order, other.shows_muted)
    }
}

impl Papers {
    /// Makes an empty list whose papers take `density` rows each, 1 to 3.
    #[must_use]
    pub fn new(density: u16) -> Self {
        Self { density: density.clamp(1, 3), ..Self::default() }
    }

    /// Takes the rows of a day as far as its digests are here. The paper that was selected there the last time is
    /// selected again, wherever it stands now. `is_ranked` keeps the best match first while a filter is typed.
    pub(super) fn open(
        &mut self,
        (library, sightings, ratings): (&Library, &Sightings, &Ratings),
        day: usize,
        decisions: &Decisions,
        (form, is_ranked): (Form, bool),
        rows: u16,
    ) {
        let Some(day) = library.days().get(day) else { return };
        let mut selected = self.selected_row().map(|r| (r.place(), r.identity.clone()));
        if self.is_touched && self.date == Some(day.date) {
            self.left.arrive();
        }
        if self.date != Some(day.date) {
            self.left.turn(self.date, selected.take(), day.date);
            self.cursor = ListCursor::default();
            self.date = Some(day.date);
            self.rows.clear();
            self.lingering.clear();
            self.held.clear();
            self.is_touched = false;
            self.selection = Selection::default();
            self.letters = None;
        }
        self.haystacks.clear();
        self.live.look(library, &day.slots);
        let mut known = std::mem::take(&mut self.rows);
        for &slot in &day.slots {
            let (mut here, others): (Vec<Row>, Vec<Row>) = known.into_iter().partition(|r| r.slot == slot);
            known = others;
            let papers = library.digest(slot).map(|d| d.papers.as_slice()).unwrap_or_default();
            let before = self.versions.insert(slot, library.version(slot));
            let is_same = before == Some(library.version(slot)) && here.len() == papers.len();
            if !is_same || self.form != form {
                let row = |(i, paper): (usize, &Paper)| {
                    if library.lacks_texts((slot, i)) {
                        let known = sightings.identity(day.date, (slot, i));
                        return Row::bare(
                            slot,
                            i,
                            known.map_or_else(|| paper.identity(), IdentityRef::to_identity),
                            decisions,
                        );
                    }
                    Row::new(slot, i, paper, form, decisions)
                };
                here = papers.iter().enumerate().map(row).collect();
            }
            self.rows.append(&mut here);
        }
        self.form = form;
        self.groups = group(library, &day.slots, &mut self.rows);
        self.look_up(sightings);
        self.rate(ratings);
        self.arrange(library, is_ranked, rows);
        let left = self.left.awaited().and_then(|(place, paper)| self.shown(*place, paper));
        if let Some(place) = left {
            self.left.arrive();
            self.select_place(place, rows);
        } else if let Some((place, paper)) = selected {
            self.select_place(self.shown(place, &paper).unwrap_or(place), rows);
        }
    }

    /// Keeps what is noted by the places of papers in a digest at those papers, wherever `find` says they are now.
    pub(super) fn follow(&mut self, slot: SlotId, find: impl Fn(usize) -> Option<usize>) {
        let now = |(s, index): Place| if s == slot { Some((s, find(index)?)) } else { Some((s, index)) };
        self.selection.follow(now);
        for places in [&mut self.lingering, &mut self.held] {
            *places = std::mem::take(places).into_iter().filter_map(now).collect();
        }
        // Letters and what was painted are of a screen that is gone.
        self.letters = None;
        self.painted = page::Painted::default();
    }

    /// Looks verdicts up again: on a day those of `places`, where these are known, else all. Papers that leave the view by
    /// that stay in the list until the page is left.
    pub(super) fn refresh(
        &mut self,
        (decisions, library): (&Decisions, &Library),
        places: Option<&BTreeSet<Place>>,
        ranked: bool,
        rows: u16,
    ) {
        let places = places.filter(|_| self.date.is_some());
        let (has_remarks, has_folds) = self.look_up_decisions(decisions, places);
        if has_remarks {
            self.haystacks.clear();
        }
        self.forget_hits();
        if self.is_by_decisions() {
            self.lingering = (0..self.entries.len()).filter_map(|at| self.place_at(at)).collect();
        }
        if self.is_by_decisions() || has_folds {
            self.rearrange(library, ranked, rows);
        }
    }

    /// Rebuilds the list from the rows, the filter and the view; `ranked` puts the best match first.
    pub fn arrange(&mut self, library: &Library, ranked: bool, rows: u16) {
        self.build(library, ranked);
        self.measure(rows);
    }

    fn build(&mut self, library: &Library, ranked: bool) {
        if let Some(unlisted) = self.unlisted {
            return self.build_found(unlisted);
        }
        self.fold(library);
        let mut shown = self.matching(library, ranked);
        if self.view != View::All {
            let is_shown = |r: &Row| self.view.has(r) || self.lingering.contains(&r.place());
            shown.retain(|i| self.rows.get(*i).is_some_and(is_shown));
        }
        if !self.mine.is_empty() {
            shown.retain(|i| self.rows.get(*i).is_some_and(|r| self.is_mine(library, r)));
        }
        let filtered = self.is_filtered();
        let hidden = self.folded_of(&shown);
        // Whoever looks for a paper by its words means it wherever it stands.
        if !filtered && hidden.is_some() {
            shown.retain(|i| self.rows.get(*i).is_some_and(|r| !r.is_hidden()));
        }
        let narrowed = filtered || self.view != View::All || !self.mine.is_empty();
        self.entries.clear();
        if filtered && ranked {
            self.entries.extend(shown.into_iter().map(Entry::Paper));
        } else if self.order == Order::Source {
            self.build_groups(library, &shown, (filtered, narrowed));
        } else {
            let shown = self.in_order(library, shown);
            self.entries.extend(shown.into_iter().map(Entry::Paper));
            let is_here = |slot: SlotId| matches!(library.slot(slot), Some(Slot::Loaded(_)));
            let missing = self.groups.iter().map(|g| g.slot).filter(|slot| !filtered && !is_here(*slot));
            self.entries.extend(missing.map(Entry::Missing));
        }
        self.entries.extend(hidden.filter(|_| !filtered));
        self.trim_selection();
    }

    /// Sets the heights anew, after the density or the pane changed.
    pub fn measure(&mut self, rows: u16) {
        let density = self.density;
        let item = |(at, e): (usize, &Entry)| match e {
            // A blank row stands above every group but the first, whose heading stands above the list.
            Entry::Group(_) => Item { rows: if at == 0 { 0 } else { 2 }, selectable: false },
            Entry::Folded { .. } | Entry::More(_) => {
                Item { rows: if at == 0 { 1 } else { 2 }, selectable: false }
            }
            Entry::Missing(_) => Item { rows: 1, selectable: false },
            Entry::Paper(_) => Item { rows: density, selectable: true },
        };
        self.items = self.entries.iter().enumerate().map(item).collect();
        self.select(self.cursor.selected, rows);
    }

    /// True while the list is in groups: the heading of the topmost one then stands above it.
    #[must_use]
    pub fn is_grouped(&self) -> bool {
        matches!(self.entries.first(), Some(Entry::Group(_)))
    }

    /// Moves the cursor in a pane of `rows` rows.
    pub fn step(&mut self, step: Step, rows: u16) {
        self.cursor = self.cursor.step(step, &self.items, rows);
        self.skip_heading();
    }

    /// Selects the list item at `entry`.
    pub fn select(&mut self, entry: usize, rows: u16) {
        self.cursor = self.cursor.select(entry, &self.items, rows);
        self.skip_heading();
    }

    /// A heading at the top of the list would stand there twice.
    fn skip_heading(&mut self) {
        if matches!(self.entries.get(self.cursor.top), Some(Entry::Group(_)))
            && self.cursor.top < self.cursor.selected
        {
            self.cursor.top += 1;
        }
    }

    /// The place of the selected paper.
    #[must_use]
    pub fn selected_place(&self) -> Option<Place> {
        self.selected_row().map(Row::place)
    }

    /// The selected paper's row.
    #[must_use]
    pub fn selected_row(&self) -> Option<&Row> {
        self.row_at(self.cursor.selected)
    }

    /// The place of the selected paper among the papers the list shows, from 1, and their number.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        let is_paper = |e: &&Entry| matches!(e, Entry::Paper(_));
        let all = self.entries.iter().filter(is_paper).count();
        let at = self.entries.iter().take(self.cursor.selected + 1).filter(is_paper).count();
        (at.min(all), all)
    }
}
