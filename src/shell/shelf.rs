use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::jobs::Roots;
use super::workers::NAME;
use crate::archive::{self, Index};
use crate::effect::{Indexing, Report};
use crate::search::read_table;
use crate::table::Table;

/// How long a search that waits for rows takes to notice that it is no longer wanted.
const PATIENCE: Duration = Duration::from_millis(10);
/// How long a search waits for an index that is being made before it reads the archives itself, which takes longer.
const SOON: Duration = Duration::from_secs(5);
/// Bytes of rows that are lent at once.
const AT_ONCE: u64 = 256 << 10;

/// The rows of all papers, for all searches.
pub(super) struct Shelf {
    roots: Arc<Roots>,
    state: Mutex<State>,
    changed: Condvar,
}

enum State {
    /// An index may be on its way.
    Empty,
    /// There will be no index.
    Unindexed,
    /// A thread reads the archives.
    Reading,
    Ready(Rows),
}

/// Rows that stay as they are while a search goes through them.
#[derive(Clone)]
pub(super) enum Rows {
    Index(Arc<Index>),
    /// What was read for want of an index.
    Read(Arc<[u8]>),
}

impl Rows {
    /// Lends all rows, some at a time, until `look` says no, and says whether it never did. For what is not waited for: those
    /// of an index are out of memory again after each look.
    pub(super) fn in_parts(&self, look: &mut dyn FnMut(Table<'_>) -> bool) -> bool {
        match self {
            Self::Index(index) => index.in_parts(Some(AT_ONCE), look),
            Self::Read(image) => Table::open(image).is_ok_and(look),
        }
    }

    pub(super) fn table(&self) -> Option<Table<'_>> {
        match self {
            Self::Index(index) => Some(index.table()),
            Self::Read(image) => Table::open(image).ok(),
        }
    }
}

impl Shelf {
    pub(super) fn new(roots: Arc<Roots>) -> Arc<Self> {
        Arc::new(Self { roots, state: Mutex::new(State::Empty), changed: Condvar::new() })
    }

    /// Takes the newest index, and note of what was just reported.
    pub(super) fn put(&self, index: Option<Arc<Index>>, reports: &[Report]) {
        let is_listed = reports.iter().any(|r| matches!(r, Report::Listed(_)));
        let is_given_up = reports.iter().any(|r| matches!(r, Report::Index(Indexing::Unknown)));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match (index, &*state) {
            (Some(index), _) => *state = State::Ready(Rows::Index(index)),
            // The archives changed: the next search reads them anew.
            (None, State::Ready(_)) if is_listed => *state = State::Unindexed,
            (None, State::Empty) if is_given_up => *state = State::Unindexed,
            _ => return,
        }
        self.changed.notify_all();
    }

    /// The rows, waiting until they are there; none once `stop` is set.
    pub(super) fn rows(self: &Arc<Self>, stop: &AtomicBool) -> Option<Rows> {
        let begun = Instant::now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            match &*state {
                State::Ready(rows) => return Some(rows.clone()),
                State::Empty if begun.elapsed() < SOON => {}
                State::Reading => {}
                State::Empty | State::Unindexed => {
                    let this = Arc::clone(self);
                    // Not stopped with the search: the next one wants the same.
                    let spawned = Builder::new().name(NAME.to_owned()).spawn(move || this.read());
                    spawned.ok()?;
                    *state = State::Reading;
                }
            }
            let waited = self.changed.wait_timeout(state, PATIENCE);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn read(&self) {
        let read = || {
            let listing = match &*self.roots {
                Roots::Folders(folders) => archive::list(folders),
                Roots::Sample => archive::sample(),
            };
            read_table(&listing.digests, &AtomicBool::new(false))
        };
        // Whatever happens, those who wait are to go on.
        let image = catch_unwind(AssertUnwindSafe(read)).ok().flatten().unwrap_or_default();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Reading) {
            *state = State::Ready(Rows::Read(image.into()));
        }
        self.changed.notify_all();
    }
}
