//! A search over all dates: what is looked for, what came of it so far, and what its list stands in the place of.

use super::{Focus, Papers, Place, Reader, SlotId};
use crate::action::Action;
use crate::effect::{Found, Hit, Stage};
use crate::filter::Query;
use crate::model::{Date, Identity};

/// Hits that are listed at most.
pub(super) const MOST: usize = 1000;

/// A search over all dates. It stays when its list is left, to be gone back to.
#[derive(Clone, Debug)]
pub struct Search {
    /// Where its list stands.
    pub(super) standing: Standing,
    /// What was typed, as far as it was understood.
    pub typed: String,
    /// The saved query it is, if any: index into the folders.
    pub folder: Option<usize>,
    /// How many papers were found so far.
    pub total: usize,
    /// How many of them by their titles; none while that is not known.
    pub titles: Option<usize>,
    /// How many were found on each day, the newest first.
    pub days: Vec<(Date, usize)>,
    /// How far the search is; none while nothing has come of it.
    pub stage: Option<Stage>,
    pub(super) query: Query,
    pub(super) hits: Vec<Hit>,
    /// How many of these came first: by their titles.
    pub(super) in_titles: usize,
    /// True to look into the texts too.
    pub(super) in_texts: bool,
    pub(super) generation: u64,
    /// What is to be done for it, or is being done.
    pub(super) request: Request,
    /// True until something has come of what is asked for: what is listed came of what was asked before.
    pub(super) is_old: bool,
    /// True when the archive is another one since it was asked for.
    pub(super) is_outdated: bool,
    /// The way back from the day that a paper was opened in.
    pub(super) way: Option<Way>,
    /// What to select once it was found again.
    pub(super) anchor: Option<Hit>,
    /// What is to be done once the digests it needs are here.
    pub(super) wish: Option<Action>,
    /// The digest that is on its way.
    pub(super) asked: Option<SlotId>,
    /// The list that is not on screen: that of the search, or the one it stands in the place of.
    pub(super) shelf: Shelf,
}

/// How one came to a paper that was found.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The day that it was opened in.
    pub(super) opened: Date,
    /// The day that was open before, and the paper that was selected there.
    pub(super) from: Date,
    pub(super) left: Option<(Place, Identity)>,
}

/// Where the list of a search stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Standing {
    /// Out of the way.
    #[default]
    Closed,
    /// In the place of the paper list.
    Open,
    /// There too, while the list of the day is at work behind it.
    Behind,
}

/// How far asking for a search is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Request {
    /// Nothing is to be done.
    #[default]
    Over,
    /// It is to be asked for.
    Due,
    /// What was asked for has not all come.
    Running,
    /// It is to be ended.
    Unwanted,
}

/// A paper list and what belongs to it, while another one is on screen.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    pub(super) papers: Papers,
    pub(super) reader: Reader,
    pub(super) focus: Focus,
    pub(super) zen: Option<Focus>,
}

impl Default for Search {
    fn default() -> Self {
        let (reader, focus, zen) = (Reader::default(), Focus::Papers, None);
        Self {
            standing: Standing::Closed,
            typed: String::new(),
            folder: None,
            total: 0,
            titles: None,
            days: Vec::new(),
            stage: None,
            query: Query::default(),
            hits: Vec::new(),
            in_titles: 0,
            in_texts: true,
            generation: 0,
            request: Request::Over,
            is_old: false,
            is_outdated: false,
            way: None,
            anchor: None,
            wish: None,
            asked: None,
            shelf: Shelf { papers: Papers::of_search(), reader, focus, zen },
        }
    }
}

impl PartialEq for Search {
    /// Compares what can be seen.
    fn eq(&self, other: &Self) -> bool {
        (self.standing, &self.typed, self.total, &self.stage, &self.days)
            == (other.standing, &other.typed, other.total, &other.stage, &other.days)
    }
}

impl Search {
    /// True while its list stands in the place of the paper list.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    /// How many were found in texts; none while that is not known.
    #[must_use]
    pub fn texts(&self) -> Option<usize> {
        let titles = self.titles?;
        (self.stage != Some(Stage::Titles)).then(|| self.total.saturating_sub(titles))
    }

    /// How many papers were found on a day.
    #[must_use]
    pub fn found_on(&self, date: Date) -> usize {
        self.days.iter().find(|(d, _)| *d == date).map_or(0, |(_, n)| *n)
    }

    /// True when there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// True while more may be found.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(self.request, Request::Due | Request::Running)
    }

    /// Wants something else to be looked for. False when that is what is looked for already.
    pub(super) fn want(&mut self, typed: &str, query: Query) -> bool {
        typed.clone_into(&mut self.typed);
        if query == self.query {
            return false;
        }
        self.query = query;
        self.folder = None;
        self.anchor = None;
        if self.query.is_empty() {
            self.forget();
        } else {
            self.request = Request::Due;
        }
        true
    }

    /// Ends what is running; what came of it stays.
    pub(super) fn stop(&mut self) {
        if self.is_under_way() {
            self.request = Request::Unwanted;
        }
        self.wish = None;
        // What still comes of it is stale.
        self.generation += 1;
    }

    fn forget(&mut self) {
        self.stop();
        self.hits.clear();
        (self.total, self.titles, self.stage) = (0, None, None);
        self.days.clear();
        self.is_old = false;
    }

    /// Takes what was found since; true when it is the first of a new search.
    pub(super) fn take(&mut self, found: Found) -> bool {
        let is_first = std::mem::take(&mut self.is_old);
        if is_first {
            self.hits.clear();
            // Those of titles come first, and all at once.
            (self.titles, self.in_titles) = (Some(found.total), found.hits.len());
        }
        self.hits.extend(found.hits);
        self.total = found.total;
        self.days = found.days;
        if matches!(found.stage, Stage::Done | Stage::Failed(_)) {
            self.request = Request::Over;
        }
        self.stage = Some(found.stage);
        is_first
    }

    /// How many papers were found that are not listed.
    pub(super) fn unlisted(&self) -> usize {
        self.total.saturating_sub(self.hits.len())
    }
}
