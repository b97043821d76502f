use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Builder;
use std::time::Duration;

use super::workers::Roots;
use crate::archive;
use crate::search::read_table;
use crate::table::Table;

/// How long a search that waits for rows takes to notice that it is no longer wanted.
const PATIENCE: Duration = Duration::from_millis(10);

/// The rows of all papers, for all searches, once something asked for them.
pub(super) struct Shelf {
    roots: Arc<Roots>,
    state: Mutex<State>,
    changed: Condvar,
}

enum State {
    Empty,
    /// A thread reads the archives.
    Reading,
    Ready(Arc<Rows>),
}

/// Rows that stay as they are while a search goes through them.
pub(super) struct Rows(Vec<u8>);

impl Rows {
    pub(super) fn table(&self) -> Option<Table<'_>> {
        Table::open(&self.0).ok()
    }
}

impl Shelf {
    pub(super) fn new(roots: Arc<Roots>) -> Arc<Self> {
        Arc::new(Self { roots, state: Mutex::new(State::Empty), changed: Condvar::new() })
    }

    /// The rows, waiting until they are there; none once `stop` is set.
    pub(super) fn rows(self: &Arc<Self>, stop: &AtomicBool) -> Option<Arc<Rows>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            match &*state {
                State::Ready(rows) => return Some(Arc::clone(rows)),
                State::Empty => {
                    *state = State::Reading;
                    let shelf = Arc::clone(self);
                    // Not stopped with the search: the next one wants the same.
                    let spawned = Builder::new().name("worker".to_owned()).spawn(move || shelf.read());
                    if spawned.is_err() {
                        *state = State::Empty;
                        return None;
                    }
                }
                State::Reading => {
                    let waited = self.changed.wait_timeout(state, PATIENCE);
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    /// Lets the next search look at the archives anew: they changed.
    pub(super) fn clear(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Ready(_)) {
            *state = State::Empty;
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
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = State::Ready(Arc::new(Rows(image)));
        self.changed.notify_all();
    }
}
