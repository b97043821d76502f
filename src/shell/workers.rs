use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, Builder};

use super::wake::{Event, Waker};
use crate::archive;
use crate::effect::{Report, SlotId};
use crate::model::{Listed, Listing, Problem, SourceRef};

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
    fn list(&self) -> Listing {
        match self {
            Self::Folders(folders) => archive::list(folders),
            Self::Sample => archive::sample(),
        }
    }
}

/// Something a worker does; answered by exactly one report.
#[derive(Debug)]
pub(super) enum Job {
    List(Arc<Roots>),
    Load { slot: SlotId, generation: u64, what: Arc<Listed> },
}

/// Threads that read archives, so that the loop never waits for a disk.
pub(super) struct Workers {
    queue: Arc<Queue>,
    threads: usize,
    /// Jobs that are not answered yet.
    open: usize,
    waker: Waker,
}

#[derive(Default)]
struct Queue {
    jobs: Mutex<Vec<Job>>,
    more: Condvar,
}

impl Workers {
    pub(super) fn new(waker: Waker) -> Self {
        Self { queue: Arc::default(), threads: 0, open: 0, waker }
    }

    /// Queues a job. The newest one is done first: it is what the user looks at.
    pub(super) fn submit(&mut self, job: Job) {
        self.open += 1;
        self.queue.jobs.lock().unwrap_or_else(PoisonError::into_inner).push(job);
        self.queue.more.notify_one();
        if self.threads < THREADS && self.threads < self.open {
            let (queue, waker) = (Arc::clone(&self.queue), self.waker.clone());
            let spawned = Builder::new().name(NAME.to_owned()).spawn(move || {
                loop {
                    waker.send(Event::Done(queue.next().answer()));
                }
            });
            self.threads += usize::from(spawned.is_ok());
        }
        if self.threads == 0 {
            // No thread to be had: reading late is better than not at all.
            let report = self.queue.next().answer();
            self.waker.send(Event::Done(report));
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

    /// Counts an answer.
    pub(super) fn answered(&mut self) {
        self.open = self.open.saturating_sub(1);
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
    fn answer(self) -> Report {
        const PANIC: &str = "reading it failed inside the program; this is a defect of wenzhai";
        match self {
            Self::List(roots) => match catch_unwind(AssertUnwindSafe(|| roots.list())) {
                Ok(listing) => Report::Listed(listing),
                Err(_) => Report::Notice(Problem::of_file("archive", PANIC)),
            },
            Self::Load { slot, generation, what } => {
                let result = catch_unwind(AssertUnwindSafe(|| archive::load(&what)));
                let result = result.unwrap_or_else(|_| Err(Problem::of_file(first_file(&what), PANIC)));
                Report::Loaded { slot, generation, result }
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
        let what = Arc::new(Listed { date: Date::constant(2025, 5, 1), category: None, sources: Vec::new() });
        let job = |n| Job::Load { slot: SlotId(n), generation: 7, what: Arc::clone(&what) };
        let queue = Queue::default();
        queue.jobs.lock().unwrap().extend([job(1), job(2)]);
        for slot in [2, 1] {
            waker.send(Event::Done(queue.next().answer()));
            let answers = inbox.take();
            assert!(
                matches!(answers[..], [Event::Done(Report::Loaded { slot: SlotId(s), generation: 7, .. })] if s == slot),
                "{answers:?}"
            );
        }
        assert!(inbox.take().is_empty());
    }
}
