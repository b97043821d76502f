//! What workers do, and the queue of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::wake::Event;
use crate::archive::{self, Around, Look};
use crate::effect::{Report, SlotId};
use crate::model::{Date, Listed, Listing, Problem, SourceRef};

/// Which archives are open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roots {
    /// These folders, merged by date.
    Folders(Vec<PathBuf>),
    /// The archive inside the binary.
    Sample,
}

impl Roots {
    fn glance(&self, last_day: Option<Date>) -> Option<Listing> {
        match self {
            Self::Folders(folders) => archive::glance(folders, last_day),
            Self::Sample => None,
        }
    }

    fn look(&self, is_first: bool, before: &[Arc<Listed>]) -> Look {
        match self {
            Self::Folders(folders) => archive::look(folders, is_first, before),
            Self::Sample => Look { listing: archive::sample(), around: Around::default() },
        }
    }
}

/// Something a worker does; answered by exactly one event.
#[derive(Debug)]
pub(super) enum Job {
    /// Looks at the first days at least: the newest one and `last_day`.
    Glance {
        roots: Arc<Roots>,
        last_day: Option<Date>,
    },
    List {
        roots: Arc<Roots>,
        is_first: bool,
        /// What the look before this one has found.
        before: Arc<[Arc<Listed>]>,
    },
    Load {
        slot: SlotId,
        generation: u64,
        what: Arc<Listed>,
    },
    Glimpse {
        slot: SlotId,
        generation: u64,
        what: Arc<Listed>,
    },
    Papers {
        slot: SlotId,
        generation: u64,
        what: Arc<Listed>,
        places: Vec<usize>,
    },
    Skim {
        slot: SlotId,
        what: Arc<Listed>,
    },
}

#[derive(Default)]
pub(super) struct Queue {
    jobs: Mutex<Vec<Job>>,
    more: Condvar,
}

impl Queue {
    /// Adds a job. The newest one is done first.
    pub(super) fn push(&self, job: Job) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).push(job);
        self.more.notify_one();
    }

    /// Takes away the jobs of this request that nobody has begun with; says how many these were.
    pub(super) fn drop_load(&self, slot: SlotId, generation: u64) -> usize {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let before = jobs.len();
        jobs.retain(
            |job| !matches!(job, Job::Load { slot: s, generation: g, .. } if (*s, *g) == (slot, generation)),
        );
        before - jobs.len()
    }

    /// Takes the newest job, or waits for one.
    pub(super) fn next(&self) -> Job {
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
    /// Does it.
    pub(super) fn answer(self) -> Event {
        const PANIC: &str = "reading it failed inside the program; this is a defect of wenzhai";
        match self {
            Self::Glance { roots, last_day } => {
                let glance = catch_unwind(AssertUnwindSafe(|| roots.glance(last_day))).unwrap_or_default();
                glance.map_or_else(
                    || Self::List { roots, is_first: true, before: Arc::default() }.answer(),
                    Event::Glanced,
                )
            }
            Self::List { roots, is_first, before } => {
                let look = catch_unwind(AssertUnwindSafe(|| roots.look(is_first, &before)));
                Event::Looked(look.map_err(|_| Report::Notice(Problem::of_file("archive", PANIC))))
            }
            Self::Load { slot, generation, what } => {
                let result = catch_unwind(AssertUnwindSafe(|| archive::load(&what)));
                let result = result.unwrap_or_else(|_| Err(Problem::of_file(first_file(&what), PANIC)));
                Event::Done(Report::Loaded { slot, generation, result })
            }
            Self::Glimpse { slot, generation, what } => {
                match catch_unwind(AssertUnwindSafe(|| archive::glimpse(&what))).ok().flatten() {
                    Some(digest) => {
                        Event::Done(Report::Glimpsed { slot, generation, digest: Arc::new(digest) })
                    }
                    None => Self::Load { slot, generation, what }.answer(),
                }
            }
            Self::Papers { slot, generation, what, places } => {
                let papers = catch_unwind(AssertUnwindSafe(|| archive::load_papers(&what, &places)));
                Event::Done(Report::Papers { slot, generation, papers: papers.ok().flatten() })
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
        Some(SourceRef::File(path)) => path.to_path().display().to_string(),
        Some(SourceRef::Sample(name)) => (*name).to_owned(),
        None => what.date.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    #[test]
    fn what_is_not_wanted_any_more_is_not_read() {
        let what = Arc::new(Listed::default());
        let queue = Queue::default();
        for (slot, generation) in [(1, 7), (2, 7), (1, 8)] {
            queue.push(Job::Load { slot: SlotId(slot), generation, what: Arc::clone(&what) });
        }
        assert_eq!(queue.drop_load(SlotId(1), 7), 1);
        assert_eq!(queue.drop_load(SlotId(1), 7), 0);
        assert_eq!(queue.jobs.lock().unwrap().len(), 2);
    }

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
