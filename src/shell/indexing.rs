//! The index of all papers while the reader is open.
//!
//! Owns when it is made: after the first frame and the first whole look, and again after later ones, one at a time and
//! not in a row. Hands the newest one over to searches.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::heap;
use super::jobs::Roots;
use super::wake::{Event, Waker};
use super::workers::NAME;
use crate::archive::{Course, Index, Refreshed, refresh};
use crate::effect::{Indexing, Report};
use crate::model::{Listing, Problem};

/// Time between two beginnings: files of a day come one after the other.
const APART: Duration = Duration::from_secs(3);
/// Time that passes without a word: most refreshes are over by then.
const SILENT: Duration = Duration::from_millis(300);
/// How long leaving waits for a file to be tidied away.
const PATIENCE: Duration = Duration::from_millis(500);
const PANIC: &str = "making it failed inside the program; this is a defect of wenzhai";

/// What a refresh sends to the loop.
#[derive(Debug)]
pub(super) enum News {
    /// The index of an earlier run, which may be older than the archives.
    Opened(Arc<Index>),
    /// The refresh is over; what came of it, and what went wrong.
    Over(Option<Arc<Index>>, Option<Problem>),
}

/// Keeps the index.
pub(super) struct Indexer {
    /// The folder of index files; none keeps it in memory.
    cache: Option<PathBuf>,
    /// Whether a new one is kept in memory all the same.
    is_read_only: bool,
    index: Option<Arc<Index>>,
    /// What it is to be made of next.
    wanted: Option<Listing>,
    begun: Option<Instant>,
    /// The refresh under way.
    work: Option<Work>,
}

/// A refresh under way: dropped, it is called off.
struct Work {
    cancel: Arc<AtomicBool>,
    /// Dropped to end a wait.
    hurry: Option<Sender<()>>,
    /// Closed when the thread has ended.
    over: Receiver<()>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        self.hurry = None;
        let _ = self.over.recv_timeout(PATIENCE);
    }
}

impl Indexer {
    /// With `is_read_only`, an index that is there is used, and a newer one kept in memory.
    pub(super) fn new((cache, is_read_only): (Option<PathBuf>, bool)) -> Self {
        Self { cache, is_read_only, index: None, wanted: None, begun: None, work: None }
    }

    /// The newest index there is.
    pub(super) fn index(&self) -> Option<Arc<Index>> {
        self.index.clone()
    }

    /// Takes note of a whole look over the archives. One that could not see all of an archive changes nothing.
    pub(super) fn looked(&mut self, listing: &Listing) {
        if listing.lost.is_empty() {
            self.wanted = Some(listing.clone());
        }
    }

    /// Begins a refresh where one is wanted and none is under way.
    pub(super) fn go_on(&mut self, roots: &Arc<Roots>, waker: &Waker) {
        if self.work.is_some() {
            return;
        }
        let Some(listing) = self.wanted.take() else { return };
        let wait = self.begun.and_then(|begun| APART.checked_sub(begun.elapsed())).unwrap_or_default();
        self.begun = Some(Instant::now() + wait);
        let cancel = Arc::new(AtomicBool::new(false));
        let ((hurry, waiting), (alive, over)) = (channel(), channel());
        let task = Task {
            cache: self.cache.clone(),
            is_read_only: self.is_read_only,
            roots: Arc::clone(roots),
            listing,
            old: self.index.clone(),
            cancel: Arc::clone(&cancel),
            waker: waker.clone(),
        };
        let spawned = Builder::new().name(NAME.to_owned()).spawn(move || {
            let _alive: Sender<()> = alive;
            if waiting.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                task.run();
                heap::give_back();
            }
        });
        // Without a thread there is no index; searches then read the archives.
        if spawned.is_ok() {
            self.work = Some(Work { cancel, hurry: Some(hurry), over });
        }
    }

    /// Takes news of the refresh; returns what the state is to be told.
    pub(super) fn take(&mut self, news: News) -> Vec<Report> {
        match news {
            News::Opened(index) => {
                self.index = Some(index);
                Vec::new()
            }
            News::Over(index, problem) => {
                self.work = None;
                let is_there = index.is_some();
                self.index = index.or(self.index.take());
                let stands = if is_there { Indexing::Ready } else { Indexing::Unknown };
                problem.map(Report::Noted).into_iter().chain([Report::Index(stands)]).collect()
            }
        }
    }
}

/// What a refresh takes with it.
struct Task {
    cache: Option<PathBuf>,
    is_read_only: bool,
    roots: Arc<Roots>,
    listing: Listing,
    old: Option<Arc<Index>>,
    cancel: Arc<AtomicBool>,
    waker: Waker,
}

impl Task {
    fn run(self) {
        let news = catch_unwind(AssertUnwindSafe(|| self.refresh()))
            .unwrap_or_else(|_| News::Over(None, Some(Problem::of_file("index", PANIC))));
        self.waker.send(Event::Index(news));
    }

    fn refresh(&self) -> News {
        let (cache, folders): (Option<&Path>, &[PathBuf]) = match &*self.roots {
            Roots::Folders(folders) => (self.cache.as_deref(), folders),
            Roots::Sample => (None, &[]),
        };
        let open = || Index::open(cache?, folders).map(Arc::new);
        let old = self.old.clone().or_else(|| {
            let opened = open()?;
            self.waker.send(Event::Index(News::Opened(Arc::clone(&opened))));
            Some(opened)
        });
        let (begun, said) = (Instant::now(), Mutex::new(None));
        let progress = |done, of| {
            let stands = Indexing::UnderWay { done, of };
            let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
            if done > 0 && begun.elapsed() > SILENT && *said != stands.percent() {
                *said = stands.percent();
                self.waker.send(Event::Told(Report::Index(stands)));
            }
        };
        let course = Course { progress: &progress, cancel: &self.cancel, is_wanted: false };
        match refresh(cache.filter(|_| !self.is_read_only), folders, &self.listing, old.as_deref(), course) {
            Ok(Refreshed::Same) => News::Over(old, None),
            Ok(Refreshed::New(index, problem)) => News::Over(Some(Arc::new(index)), problem),
            Ok(Refreshed::Stopped) => News::Over(None, None),
            Err(problem) => News::Over(None, Some(problem)),
        }
    }
}
