use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, Builder};

use super::heap;
use super::indexing::Indexer;
use super::jobs::{Job, Queue, Roots};
use super::wake::{Event, Waker};
use crate::archive::{Around, Index, Look, News, Watch};
use crate::effect::{Report, SlotId};
use crate::model::{Date, Listed, Problem};

/// Threads that read: enough to overlap the disk with parsing on the smallest machine.
const THREADS: usize = 2;
pub(super) const NAME: &str = "worker";
const ASIDE_PANIC: &str = "a task in the background failed; this is a defect of wenzhai";

/// Threads that read archives and watch over them, so that the loop never waits for a disk.
pub(super) struct Workers {
    roots: Arc<Roots>,
    /// The day that was open when the user left.
    last_day: Option<Date>,
    queue: Arc<Queue>,
    threads: usize,
    /// Jobs that are not answered yet.
    open: usize,
    listing: Listing,
    /// What the last whole look has found.
    digests: Arc<[Arc<Listed>]>,
    /// Whether only the first days were seen, and the look goes on after the first frame.
    has_glanced: bool,
    watch: Option<Watch>,
    /// What is to be watched and what was read, until there is a watch to be told.
    unwatched: (Option<Around>, Vec<Arc<Listed>>),
    indexer: Indexer,
    waker: Waker,
}

/// How the looks over the archives stand: one at a time, so that a later one is answered later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listing {
    Never,
    Idle,
    UnderWay,
    /// Under way, and too early to have seen everything.
    WantedAgain,
}

impl Workers {
    pub(super) fn new(
        roots: Roots,
        last_day: Option<Date>,
        cache: (Option<PathBuf>, bool),
        waker: Waker,
    ) -> Self {
        Self {
            roots: Arc::new(roots),
            last_day,
            queue: Arc::default(),
            threads: 0,
            open: 0,
            listing: Listing::Never,
            digests: Arc::default(),
            has_glanced: false,
            watch: None,
            unwatched: (None, Vec::new()),
            indexer: Indexer::new(cache),
            waker,
        }
    }

    pub(super) fn roots(&self) -> &Arc<Roots> {
        &self.roots
    }

    /// Looks the archives over, once more after a look that is under way.
    pub(super) fn list(&mut self) {
        let is_first = self.listing == Listing::Never;
        if matches!(self.listing, Listing::UnderWay | Listing::WantedAgain) {
            self.listing = Listing::WantedAgain;
            return;
        }
        self.listing = Listing::UnderWay;
        let roots = Arc::clone(&self.roots);
        self.submit(if is_first {
            Job::Glance { roots, last_day: self.last_day }
        } else {
            Job::List { roots, is_first: false, before: self.digests.clone() }
        });
    }

    /// Reads a digest.
    pub(super) fn load(&mut self, slot: SlotId, generation: u64, what: Arc<Listed>) {
        match &self.watch {
            Some(watch) => watch.read(&what),
            None => self.unwatched.1.push(Arc::clone(&what)),
        }
        self.submit(Job::Load { slot, generation, what });
    }

    /// Leaves a digest unread that was to be read, unless it is too late for that.
    pub(super) fn unload(&mut self, slot: SlotId, generation: u64) {
        self.open = self.open.saturating_sub(self.queue.drop_load(slot, generation));
    }

    /// Reads of a digest what tells its papers apart, or all of it.
    pub(super) fn glimpse(&mut self, slot: SlotId, generation: u64, what: Arc<Listed>) {
        self.unwatched.1.push(Arc::clone(&what));
        self.submit(Job::Glimpse { slot, generation, what });
    }

    /// Reads papers of a digest that was glimpsed.
    pub(super) fn papers(&mut self, slot: SlotId, generation: u64, what: Arc<Listed>, places: Vec<usize>) {
        self.submit(Job::Papers { slot, generation, what, places });
    }

    /// Reads a digest for what it says of repeats.
    pub(super) fn skim(&mut self, slot: SlotId, what: Arc<Listed>) {
        self.submit(Job::Skim { slot, what });
    }

    /// Does what can wait for the first frame, where that is not done yet: looks at the days that were left out, and
    /// begins to watch over the archives and to make the index of all papers.
    pub(super) fn go_on(&mut self) {
        if std::mem::take(&mut self.has_glanced) {
            self.submit(Job::List { roots: Arc::clone(&self.roots), is_first: true, before: Arc::default() });
        }
        self.watch();
        self.indexer.go_on(&self.roots, &self.waker);
    }

    fn watch(&mut self) {
        let Roots::Folders(folders) = &*self.roots else { return };
        if self.watch.is_some() {
            return;
        }
        let waker = self.waker.clone();
        // Without a thread for it, changes are seen at the next start.
        let Ok(watch) = Watch::start(folders, move |news| waker.send(Event::News(news))) else { return };
        let (around, read) = std::mem::take(&mut self.unwatched);
        for what in read {
            watch.read(&what);
        }
        if let Some(around) = around {
            watch.looked(around);
        }
        self.watch = Some(watch);
    }

    /// Queues a job. The newest one is done first: it is what the user looks at.
    fn submit(&mut self, job: Job) {
        self.open += 1;
        self.queue.push(job);
        if self.threads < THREADS && self.threads < self.open {
            let (queue, waker) = (Arc::clone(&self.queue), self.waker.clone());
            let spawned = Builder::new().name(NAME.to_owned()).spawn(move || {
                loop {
                    waker.send(queue.next().answer());
                    heap::give_back();
                }
            });
            self.threads += usize::from(spawned.is_ok());
        }
        if self.threads == 0 {
            // No thread to be had: reading late is better than not at all.
            let event = self.queue.next().answer();
            self.waker.send(event);
        }
    }

    /// Does what takes long on a thread of its own, which may report as often as it likes; nobody waits for it.
    pub(super) fn aside(&self, work: impl FnOnce(&dyn Fn(Report)) + Send + 'static) {
        let waker = self.waker.clone();
        let done = move || {
            let tell = |report| waker.send(Event::Told(report));
            if catch_unwind(AssertUnwindSafe(|| work(&tell))).is_err() {
                tell(Report::Notice(Problem::of_file("wenzhai", ASIDE_PANIC)));
            }
            heap::give_back();
        };
        if let Err(e) = Builder::new().name(NAME.to_owned()).spawn(done) {
            self.waker.send(Event::Told(Report::Notice(Problem::of_io("wenzhai", &e))));
        }
    }

    /// Does something on a thread of its own that the loop waits for: `failed` makes the answer when it cannot be done.
    pub(super) fn apart(
        &self,
        work: impl FnOnce() -> Event + Send + 'static,
        failed: impl Fn() -> Event + Clone + Send + 'static,
    ) {
        let (waker, otherwise) = (self.waker.clone(), failed.clone());
        let done = move || waker.send(catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| otherwise()));
        if Builder::new().name(NAME.to_owned()).spawn(done).is_err() {
            self.waker.send(failed());
        }
    }

    /// Takes an event that is an answer or comes from the watch; returns what the state is to be told.
    pub(super) fn take(&mut self, event: Event) -> Vec<Report> {
        match event {
            Event::Signal(_) | Event::CaughtUp(..) | Event::JournalGrew | Event::SettingsTouched => {
                Vec::new()
            }
            Event::Told(report) => vec![report],
            Event::Done(report) => {
                self.open = self.open.saturating_sub(1);
                vec![report]
            }
            Event::Glanced(listing) => {
                self.open = self.open.saturating_sub(1);
                self.has_glanced = true;
                vec![Report::Listed(listing)]
            }
            Event::Looked(result) => {
                self.open = self.open.saturating_sub(1);
                // Before the next look, which shares what this one has found.
                if let Ok(look) = &result {
                    self.digests.clone_from(&look.listing.digests);
                }
                if std::mem::replace(&mut self.listing, Listing::Idle) == Listing::WantedAgain {
                    self.list();
                }
                vec![match result {
                    Ok(Look { listing, around }) => {
                        self.indexer.looked(&listing);
                        match &self.watch {
                            Some(watch) => watch.looked(around),
                            None => self.unwatched.0 = Some(around),
                        }
                        Report::Listed(listing)
                    }
                    Err(failure) => failure,
                }]
            }
            Event::News(News::Changed) => {
                self.list();
                Vec::new()
            }
            Event::News(News::Unwatched(problem)) => vec![Report::Noted(problem)],
            Event::Index(news) => self.indexer.take(news),
        }
    }

    /// The newest index there is.
    pub(super) fn index(&self) -> Option<Arc<Index>> {
        self.indexer.index()
    }

    /// Says whether answers are still to come.
    pub(super) fn is_busy(&self) -> bool {
        self.open > 0
    }
}

/// Says whether this thread is a worker, whose panics are caught and reported.
pub(super) fn is_worker() -> bool {
    thread::current().name() == Some(NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Listing as Found;

    #[test]
    fn a_look_that_was_waited_for_shares_what_the_one_before_it_found() {
        let (waker, _inbox) = super::super::wake::Inbox::open().unwrap();
        let mut workers = Workers::new(Roots::Sample, None, (None, true), waker);
        // As if they were all busy: jobs stay in the queue.
        (workers.threads, workers.listing) = (THREADS, Listing::WantedAgain);
        let listing = Found { digests: [Arc::default()].into(), ..Found::default() };
        workers.take(Event::Looked(Ok(Look { listing: listing.clone(), around: Around::default() })));
        let Job::List { before, .. } = workers.queue.next() else { panic!("another job was begun") };
        assert!(Arc::ptr_eq(&before[0], &listing.digests[0]));
    }
}
