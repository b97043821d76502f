use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The name of threads whose panics the shell catches.
pub(super) const NAME: &str = "worker";

/// Threads that search. The list of the open day, which the user types at, has others of its own, so that it does not
/// wait behind a search.
static SEARCHING: LazyLock<Option<ThreadPool>> = LazyLock::new(|| named().build().ok());

/// A thread that counts, which gives way to all others. Nobody waits for it, and each one more takes memory for good.
static COUNTING: LazyLock<Option<ThreadPool>> =
    LazyLock::new(|| named().num_threads(1).start_handler(|_| give_way()).build().ok());

fn named() -> ThreadPoolBuilder {
    ThreadPoolBuilder::new().thread_name(|_| NAME.to_owned())
}

fn give_way() {
    // Linux counts niceness by thread; elsewhere the whole program would give way.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}

/// Runs `work` where its parallel loops have the threads of searches.
pub(super) fn on_own_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    on(SEARCHING.as_ref(), work)
}

/// Runs `work` where its parallel loops have threads that give way.
pub(super) fn on_low_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    on(COUNTING.as_ref(), work)
}

fn on<T: Send>(pool: Option<&ThreadPool>, work: impl FnOnce() -> T + Send) -> T {
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Says whether the work is no longer wanted.
pub(super) fn is_over(stop: &AtomicBool) -> bool {
    stop.load(Ordering::Relaxed)
}
