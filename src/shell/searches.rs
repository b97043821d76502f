use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::shelf::Shelf;
use super::workers::Workers;
use crate::effect::{Filtering, Found, Report, Sought, Stage};
use crate::search::{LongList, Told, count, search};

const DEFECT: &str = "the search failed inside the program; this is a defect of wenzhai";

/// Searches over all dates and filters of long lists: one of each at a time, on a thread of its own, which the loop never
/// waits for.
pub(super) struct Searches {
    /// How many days apart a paper counts as a repeat.
    window: u16,
    shelf: Arc<Shelf>,
    /// Ends the search that is under way.
    search: Arc<AtomicBool>,
    /// Ends the counting that is under way.
    count: Arc<AtomicBool>,
    /// Ends the filtering that is under way.
    filter: Arc<AtomicBool>,
    /// What filtering keeps from one key to the next.
    list: Arc<Mutex<LongList>>,
}

impl Searches {
    pub(super) fn new(window: u16, shelf: Arc<Shelf>) -> Self {
        let (search, count, filter) = (Arc::default(), Arc::default(), Arc::default());
        Self { window, shelf, search, count, filter, list: Arc::default() }
    }

    /// Begins a search in place of the one that is under way.
    pub(super) fn begin(&mut self, generation: u64, sought: Arc<Sought>, workers: &Workers) {
        let stop = renew(&mut self.search);
        let (all, window) = (Arc::clone(&self.shelf), self.window);
        workers.aside(move |tell| {
            let run = || {
                let Some(rows) = all.rows(&stop) else { return true };
                let Some(table) = rows.table() else { return false };
                search(table, &sought, window, &stop, &mut |told| match told {
                    Told::Found(found) => tell(Report::Found { generation, found }),
                    Told::Problem(problem) => tell(Report::Noted(problem)),
                });
                true
            };
            if !catch_unwind(AssertUnwindSafe(run)).unwrap_or(false) {
                let stage = Stage::Failed(DEFECT.to_owned());
                let found = Found { hits: Vec::new(), total: 0, days: Vec::new(), stage };
                tell(Report::Found { generation, found });
            }
        });
    }

    /// Ends the search that is under way; it says nothing more, but for what is on its way already.
    pub(super) fn stop(&mut self) {
        self.search.store(true, Ordering::Relaxed);
    }

    /// Begins to filter a list in place of the filtering that is under way.
    pub(super) fn filter(&mut self, generation: u64, what: Arc<Filtering>, workers: &Workers) {
        let stop = renew(&mut self.filter);
        let list = Arc::clone(&self.list);
        workers.aside(move |tell| {
            // The one before ends within a few milliseconds.
            let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
            list.filter(&what, &stop, &mut |hits, is_whole| {
                tell(Report::Filtered { generation, hits, is_whole });
            });
        });
    }

    /// Ends the filtering that is under way; it says nothing more, but for what is on its way already.
    pub(super) fn stop_filter(&mut self) {
        self.filter.store(true, Ordering::Relaxed);
    }

    /// Begins to count in place of the counting that is under way.
    pub(super) fn count(&mut self, generation: u64, sought: Vec<Arc<Sought>>, workers: &Workers) {
        let stop = renew(&mut self.count);
        let (all, window) = (Arc::clone(&self.shelf), self.window);
        workers.aside(move |tell| {
            let rows = all.rows(&stop);
            let counted = rows.and_then(|rows| count(|look| rows.in_parts(look), &sought, window, &stop));
            for (at, counts) in counted.into_iter().flatten().enumerate() {
                tell(Report::Counted { generation, at, counts });
            }
        });
    }
}

/// Ends what is under way, and hands out the flag by which the next can be ended.
fn renew(flag: &mut Arc<AtomicBool>) -> Arc<AtomicBool> {
    flag.store(true, Ordering::Relaxed);
    *flag = Arc::default();
    Arc::clone(flag)
}
