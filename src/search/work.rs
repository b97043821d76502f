use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// Threads that search. The list of the open day, which the user types at, has others of its own, so that it does not
/// wait behind a search.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let name = |n| format!("search {n}");
    ThreadPoolBuilder::new().thread_name(name).build().ok()
});

/// Runs `work` where its parallel loops have the threads of searches.
pub(super) fn on_own_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match &*POOL {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Says whether the work is no longer wanted.
pub(super) fn is_over(stop: &AtomicBool) -> bool {
    stop.load(Ordering::Relaxed)
}
