use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, Builder};

use super::wake::{Event, Waker};
use crate::archive::{self, Around, Look, News, Watch};
use crate::effect::{Report, SlotId};
use crate::model::{self, Date, Listed, Problem, SourceRef};

/// Threads that read: enough to overlap the disk with parsing on the smallest machine.
const THREADS: usize = 2;
const NAME: &str = "worker";
const ASIDE_PANIC: &str = "a task in the background failed; this is a defect of wenzhai";

/// Which archives are open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roots {
    /// These folders, merged by date.
    Folders(Vec<PathBuf>),
    /// The archive inside the binary.
    Sample,
}

impl Roots {
    fn glance(&self, last_day: Option<Date>) -> Option<model::Listing> {
        match self {
            Self::Folders(folders) => archive::glance(folders, last_day),
            Self::Sample => None,
        }
    }

    fn look(&self, is_first: bool) -> Look {
        match self {
            Self::Folders(folders) => archive::look(folders, is_first),
            Self::Sample => Look { listing: archive::sample(), around: Around::default() },
        }
    }
}

/// Something a worker does; answered by exactly one event.
#[derive(Debug)]
enum Job {
    /// Looks at the first days at least: the newest one and `last_day`.
    Glance {
        roots: Arc<Roots>,
        last_day: Option<Date>,
    },
    List {
        roots: Arc<Roots>,
        is_first: bool,
    },
    Load {
        slot: SlotId,
        generation: u64,
        what: Arc<Listed>,
    },
    Skim {
        slot: SlotId,
        what: Arc<Listed>,
    },
}

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
    /// Whether only the first days were seen, and the look goes on after the first frame.
    has_glanced: bool,
    watch: Option<Watch>,
    /// What is to be watched and what was read, until there is a watch to be told.
    unwatched: (Option<Around>, Vec<Arc<Listed>>),
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

#[derive(Default)]
struct Queue {
    jobs: Mutex<Vec<Job>>,
    more: Condvar,
}

impl Workers {
    pub(super) fn new(roots: Roots, last_day: Option<Date>, waker: Waker) -> Self {
        Self {
            roots: Arc::new(roots),
            last_day,
            queue: Arc::default(),
            threads: 0,
            open: 0,
            listing: Listing::Never,
            has_glanced: false,
            watch: None,
            unwatched: (None, Vec::new()),
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
            Job::List { roots, is_first: false }
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

    /// Reads a digest for what it says of repeats.
    pub(super) fn skim(&mut self, slot: SlotId, what: Arc<Listed>) {
        self.submit(Job::Skim { slot, what });
    }

    /// Does what can wait for the first frame, where that is not done yet: looks at the days that were left out, and
    /// begins to watch over the archives.
    pub(super) fn go_on(&mut self) {
        if std::mem::take(&mut self.has_glanced) {
            self.submit(Job::List { roots: Arc::clone(&self.roots), is_first: true });
        }
        self.watch();
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
        self.queue.jobs.lock().unwrap_or_else(PoisonError::into_inner).push(job);
        self.queue.more.notify_one();
        if self.threads < THREADS && self.threads < self.open {
            let (queue, waker) = (Arc::clone(&self.queue), self.waker.clone());
            let spawned = Builder::new().name(NAME.to_owned()).spawn(move || {
                loop {
                    waker.send(queue.next().answer());
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
    pub(super) fn take(&mut self, event: Event) -> Option<Report> {
        match event {
            Event::Signal(_) | Event::CaughtUp(..) | Event::JournalGrew => None,
            Event::Told(report) => Some(report),
            Event::Done(report) => {
                self.open = self.open.saturating_sub(1);
                Some(report)
            }
            Event::Glanced(listing) => {
                self.open = self.open.saturating_sub(1);
                self.has_glanced = true;
                Some(Report::Listed(listing))
            }
            Event::Looked(result) => {
                self.open = self.open.saturating_sub(1);
                if std::mem::replace(&mut self.listing, Listing::Idle) == Listing::WantedAgain {
                    self.list();
                }
                Some(match result {
                    Ok(Look { listing, around }) => {
                        match &self.watch {
                            Some(watch) => watch.looked(around),
                            None => self.unwatched.0 = Some(around),
                        }
                        Report::Listed(listing)
                    }
                    Err(failure) => failure,
                })
            }
            Event::News(News::Changed) => {
                self.list();
                None
            }
            Event::News(News::Unwatched(problem)) => Some(Report::Noted(problem)),
        }
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

impl Queue {
    fn next(&self) -> Job {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = jobs.pop() {
                return job;
            }
            jobs = self.more.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Job {
    fn answer(self) -> Event {
        const PANIC: &str = "reading it failed inside the program; this is a defect of wenzhai";
        match self {
            Self::Glance { roots, last_day } => {
                let glance = catch_unwind(AssertUnwindSafe(|| roots.glance(last_day))).unwrap_or_default();
                glance.map_or_else(|| Self::List { roots, is_first: true }.answer(), Event::Glanced)
            }
            Self::List { roots, is_first } => {
                let look = catch_unwind(AssertUnwindSafe(|| roots.look(is_first)));
                Event::Looked(look.map_err(|_| Report::Notice(Problem::of_file("archive", PANIC))))
            }
            Self::Load { slot, generation, what } => {
                let result = catch_unwind(AssertUnwindSafe(|| archive::load(&what)));
                let result = result.unwrap_or_else(|_| Err(Problem::of_file(first_file(&what), PANIC)));
                Event::Done(Report::Loaded { slot, generation, result })
            }
            Self::Skim { slot, what } => {
                let result = catch_unwind(AssertUnwindSafe(|| archive::load(&what)));
                // What is wrong with it is told when its day is opened.
                let papers = result.ok().and_then(Result::ok).map(|l| l.digest.sightings());
                Event::Done(Report::Skimmed { slot, what, papers: papers.unwrap_or_default() })
            }
        }
    }
}

fn first_file(what: &Listed) -> String {
    match what.sources.first() {
        Some(SourceRef::File(path)) => path.display().to_string(),
        Some(SourceRef::Sample(name)) => (*name).to_owned(),
        None => what.date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    #[test]
    fn the_newest_request_is_served_first_and_every_job_is_answered() {
        let (waker, inbox) = crate::shell::wake::Inbox::open().unwrap();
        let what = Arc::new(Listed { date: Date::constant(2025, 5, 1), ..Listed::default() });
        let job = |n| Job::Load { slot: SlotId(n), generation: 7, what: Arc::clone(&what) };
        let queue = Queue::default();
        queue.jobs.lock().unwrap().extend([job(1), job(2)]);
        for slot in [2, 1] {
            waker.send(queue.next().answer());
            let answers = inbox.take();
            assert!(
                matches!(answers[..], [Event::Done(Report::Loaded { slot: SlotId(s), generation: 7, .. })] if s == slot),
                "{answers:?}"
            );
        }
        assert!(inbox.take().is_empty());
    }
}
