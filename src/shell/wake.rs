use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use rustix::pipe::{PipeFlags, pipe_with};

use super::indexing;
use crate::archive::{Look, News};
use crate::decisions::Line;
use crate::effect::Report;
use crate::model::{Listing, Problem};

/// What reaches the loop from other threads.
#[derive(Debug)]
pub(super) enum Event {
    /// This signal was sent to the program.
    Signal(i32),
    /// A worker has done a job.
    Done(Report),
    /// Something that no worker was asked for has happened.
    Told(Report),
    /// A worker has seen the first days, and not the others yet.
    Glanced(Listing),
    /// A worker has looked the archives over, or failed to.
    Looked(Result<Look, Report>),
    /// The older part of the journal was read.
    CaughtUp(Vec<(String, Vec<Line>)>, Vec<Problem>),
    /// Something in the journal's folder has changed.
    JournalGrew,
    /// Something beside the user's settings has changed, or they have.
    SettingsTouched,
    /// The watch over the archives has something to tell.
    News(News),
    /// The index is there, or a refresh of it is over.
    Index(indexing::News),
}

/// Puts events into the loop's inbox and wakes the loop.
#[derive(Clone)]
pub(super) struct Waker {
    events: Sender<Event>,
    pipe: Arc<OwnedFd>,
}

impl Waker {
    /// Never blocks: a full pipe wakes just as well.
    pub(super) fn send(&self, event: Event) {
        let _ = self.events.send(event);
        let _ = rustix::io::write(&*self.pipe, b"!");
    }
}

/// The loop's end: readable while events wait.
pub(super) struct Inbox {
    events: Receiver<Event>,
    pipe: OwnedFd,
}

impl Inbox {
    /// # Errors
    /// When the system gives no pipe.
    pub(super) fn open() -> io::Result<(Waker, Self)> {
        let (read, write) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        let (sender, receiver) = channel();
        Ok((Waker { events: sender, pipe: Arc::new(write) }, Self { events: receiver, pipe: read }))
    }

    /// Takes all events that wait, oldest first.
    pub(super) fn take(&self) -> Vec<Event> {
        let mut bytes = [0; 64];
        while rustix::io::read(&self.pipe, &mut bytes).is_ok_and(|n| n == bytes.len()) {}
        self.events.try_iter().collect()
    }
}

impl AsFd for Inbox {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }
}
