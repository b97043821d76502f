use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::wake::{Event, Waker};
use super::workers::Workers;
use crate::decisions::{Appended, Line};
use crate::effect::Report;
use crate::journal::{Backlog, Journal, Watch};
use crate::model::Problem;

/// Lines of the own file from which it is compacted when the reader is left.
const LONG: u32 = 5_000;

/// The journal, which other processes and machines write too while the reader is open.
pub(super) struct SharedJournal {
    journal: Journal,
    folder: PathBuf,
    /// Older lines that are not understood yet.
    backlogs: Vec<Backlog>,
    /// Whether a thread is reading them.
    is_catching_up: bool,
    watch: Option<Watch>,
    /// Set while word of a change is on its way.
    is_told: Arc<AtomicBool>,
    waker: Waker,
}

impl SharedJournal {
    pub(super) fn new(journal: Journal, backlogs: Vec<Backlog>, waker: Waker) -> Self {
        Self {
            folder: journal.folder().to_owned(),
            journal,
            backlogs,
            is_catching_up: false,
            watch: None,
            is_told: Arc::default(),
            waker,
        }
    }

    /// Begins to read the backlog and to watch the folder, where that is not done yet.
    pub(super) fn go_on(&mut self, workers: &Workers) {
        let backlogs = std::mem::take(&mut self.backlogs);
        if !backlogs.is_empty() {
            self.is_catching_up = true;
            let read = move || {
                let (machines, problems): (Vec<_>, Vec<_>) = backlogs.into_iter().map(Backlog::read).unzip();
                Event::CaughtUp(machines, problems.concat())
            };
            let lost =
                Problem::of_file(self.folder.display().to_string(), "older decisions could not be read");
            workers.apart(read, move || Event::CaughtUp(Vec::new(), vec![lost.clone()]));
        }
        if !self.watch.as_ref().is_some_and(|watch| watch.is_on(&self.folder)) {
            let (is_told, waker) = (Arc::clone(&self.is_told), self.waker.clone());
            let tell = move || {
                // One word is enough for however many changes.
                if !is_told.swap(true, Ordering::AcqRel) {
                    waker.send(Event::JournalGrew);
                }
            };
            self.watch = Watch::start(&self.folder, tell.clone());
            if self.watch.is_some() {
                // What was written since it was read for the first time.
                tell();
            }
        }
    }

    /// True until all that was decided before is known: keys wait so long, or a sweep could dismiss what was kept.
    pub(super) fn is_catching_up(&self) -> bool {
        self.is_catching_up
    }

    /// Takes the backlog that was read.
    pub(super) fn caught_up(
        &mut self,
        machines: Vec<(String, Vec<Line>)>,
        problems: Vec<Problem>,
    ) -> Vec<Report> {
        self.is_catching_up = false;
        told(machines, problems)
    }

    /// Reads what others have written since.
    pub(super) fn read_new(&mut self) -> Vec<Report> {
        // Cleared first: what comes while it is read is told of again.
        self.is_told.store(false, Ordering::Release);
        let (machines, problems) = self.journal.read_new();
        told(machines, problems)
    }

    pub(super) fn append(&mut self, lines: &[Line]) -> io::Result<Appended> {
        self.journal.append(lines)
    }

    pub(super) fn take_problems(&mut self) -> Vec<Problem> {
        self.journal.take_problems()
    }

    /// Shortens the own file if it is long. What fails leaves it as it is, and is tried again the next time.
    pub(super) fn close(&mut self) {
        if self.journal.is_longer_than(LONG) {
            let _ = self.journal.compact();
        }
    }
}

fn told(machines: Vec<(String, Vec<Line>)>, problems: Vec<Problem>) -> Vec<Report> {
    let lines = Some(machines).filter(|m| !m.is_empty()).map(Report::Decided);
    lines.into_iter().chain(problems.into_iter().map(Report::Noted)).collect()
}
