use std::collections::{BTreeSet, VecDeque};
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::walk::{MAX_FOLDERS, is_ignored};
use super::watch_poll::Poll;
use crate::model::{Listed, Listing, Problem, SourceRef, Stamp};

/// How long nothing has to happen before changes are told, and the longest time they are kept back.
const QUIET: Duration = Duration::from_millis(300);
const PATIENCE: Duration = Duration::from_secs(1);
/// How long after an overflow of the system's queue another one counts.
const OVERFLOW: Duration = Duration::from_mins(1);
/// Newest days whose files are looked at where changes are not told.
const NEWEST_DAYS: usize = 3;
/// Files that were read last, and are looked at there too: the open day and some before it.
const READ_FILES: usize = 100;

/// What a watch tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Something may have changed: it is time for another look.
    Changed,
    /// The system does not tell of changes; files are looked at from time to time instead. Told once.
    Unwatched(Problem),
}

/// Watches archives on a thread of its own, which ends with this value.
///
/// The system tells of changes on local disks. On network file systems, in archives with too many folders, and where
/// the system refuses, the roots, the newest days and what was read last are looked at every 5 to 60 seconds.
#[derive(Debug)]
pub struct Watch {
    inbox: Sender<Message>,
}

#[derive(Debug)]
enum Message {
    Event(notify::Result<Event>),
    Looked(Around),
    Read(Vec<(PathBuf, Stamp)>),
    End,
}

/// What is to be watched after a look.
#[derive(Debug, Default)]
pub struct Around {
    folders: Vec<PathBuf>,
    lost: Vec<PathBuf>,
    newest: Vec<(PathBuf, Stamp)>,
    again: Option<Duration>,
}

impl Around {
    /// `folders` are those that were entered, `again` is when time alone will have changed something.
    pub(super) fn new(listing: &Listing, folders: Vec<PathBuf>, again: Option<Duration>) -> Self {
        let mut dates: Vec<_> = listing.digests.iter().map(|d| d.date).collect();
        dates.dedup();
        let oldest = dates.get(NEWEST_DAYS - 1).or(dates.last()).copied();
        let newest = listing.digests.iter().take_while(|d| Some(d.date) >= oldest);
        Self {
            newest: newest.flat_map(|listed| files(listed)).collect(),
            folders,
            lost: listing.lost.clone(),
            again,
        }
    }
}

impl Watch {
    /// Begins to watch over the archives `roots`; nothing happens before the first [`Self::looked`]. `tell` is called
    /// from the thread.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn start(roots: &[PathBuf], tell: impl Fn(News) + Send + 'static) -> io::Result<Self> {
        let (sender, inbox) = channel();
        let guard = Guard::new(roots, Box::new(tell), sender.clone(), inbox);
        Builder::new().name("watch".to_owned()).spawn(move || guard.run())?;
        Ok(Self { inbox: sender })
    }

    /// Says what a look has found: that is watched from now on.
    pub fn looked(&self, around: Around) {
        let _ = self.inbox.send(Message::Looked(around));
    }

    /// Says that a digest is being read, so that its files matter.
    pub fn read(&self, what: &Listed) {
        let _ = self.inbox.send(Message::Read(files(what).collect()));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.inbox.send(Message::End);
    }
}

fn files(listed: &Listed) -> impl Iterator<Item = (PathBuf, Stamp)> {
    listed.sources.iter().zip(listed.sources.stamps()).filter_map(|(source, stamp)| match source {
        SourceRef::File(path) => Some((absolute(path.to_path()).ok()?, *stamp)),
        SourceRef::Sample(_) => None,
    })
}

type Tell = Box<dyn Fn(News) + Send>;

/// The thread's own.
struct Guard {
    roots: Vec<PathBuf>,
    tell: Tell,
    events: Sender<Message>,
    inbox: Receiver<Message>,
    notifier: Option<RecommendedWatcher>,
    /// The system said no.
    is_refused: bool,
    watched: BTreeSet<PathBuf>,
    poll: Poll,
    read: VecDeque<(PathBuf, Stamp)>,
    /// The first and the last change that was not told yet.
    stirred: Option<(Instant, Instant)>,
    /// When to have another look whatever happens.
    again: Option<Instant>,
    /// When more had happened than could be told.
    overflown: Option<Instant>,
}

impl Guard {
    fn new(roots: &[PathBuf], tell: Tell, events: Sender<Message>, inbox: Receiver<Message>) -> Self {
        Self {
            roots: roots.iter().filter_map(|r| absolute(r).ok()).collect(),
            tell,
            events,
            inbox,
            notifier: None,
            is_refused: false,
            watched: BTreeSet::new(),
            poll: Poll::off(),
            read: VecDeque::new(),
            stirred: None,
            again: None,
            overflown: None,
        }
    }

    fn run(mut self) {
        loop {
            let message = match self.deadline() {
                Some(at) => self.inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(Message::Event(event)) => self.notice(event),
                Ok(Message::Looked(around)) => self.surround(around),
                Ok(Message::Read(files)) => {
                    self.read.retain(|(path, _)| files.iter().all(|(read, _)| read != path));
                    self.read.extend(files);
                    self.read.drain(..self.read.len().saturating_sub(READ_FILES));
                }
                Ok(Message::End) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.ring(Instant::now());
        }
    }

    fn told_at(&self) -> Option<Instant> {
        self.stirred.map(|(first, last)| (last + QUIET).min(first + PATIENCE))
    }

    fn deadline(&self) -> Option<Instant> {
        [self.told_at(), self.again, self.poll.next()].into_iter().flatten().min()
    }

    fn ring(&mut self, now: Instant) {
        if self.poll.look(now) {
            self.stir(now);
        }
        if [self.told_at(), self.again].into_iter().flatten().any(|at| at <= now) {
            (self.stirred, self.again) = (None, None);
            (self.tell)(News::Changed);
        }
    }

    fn stir(&mut self, now: Instant) {
        let first = self.stirred.map_or(now, |(first, _)| first);
        self.stirred = Some((first, now));
    }

    fn notice(&mut self, event: notify::Result<Event>) {
        let Ok(event) = event else { return self.stir(Instant::now()) };
        for path in &event.paths {
            // A folder that is removed or renamed and comes again is another folder; nobody watches it yet.
            let is_gone = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
            if is_gone && self.watched.remove(path) {
                self.watched.retain(|w| !w.starts_with(path));
            }
        }
        if event.need_rescan() {
            self.overflow(Instant::now());
        } else if event.paths.iter().any(|p| self.is_news(p)) {
            self.stir(Instant::now());
        }
    }

    /// More happened than could be told. A look itself may be the cause, so it is had at most once a minute.
    fn overflow(&mut self, now: Instant) {
        if self.poll.next().is_some() {
            return;
        }
        if let Some(at) = self.overflown.map(|before| before + OVERFLOW).filter(|at| *at > now) {
            self.again = Some(self.again.map_or(at, |again| again.min(at)));
        } else {
            self.overflown = Some(now);
            self.stir(now);
        }
    }

    /// Says whether something at this path can be a digest.
    fn is_news(&self, path: &Path) -> bool {
        let below = self.roots.iter().find_map(|root| path.strip_prefix(root).ok());
        below.is_some_and(|rest| !rest.iter().any(|name| is_ignored(&name.to_string_lossy())))
    }

    /// Watches what a look has found.
    fn surround(&mut self, around: Around) {
        let is_huge = around.folders.len() > MAX_FOLDERS;
        let far: Vec<PathBuf> = self.roots.iter().filter(|r| is_far(r)).cloned().collect();
        let files: Vec<_> = around.newest.into_iter().chain(self.read.iter().cloned()).collect();
        let homes = || files.iter().filter_map(|(file, _)| Some(file.parent()?.to_owned()));
        let mut folders: BTreeSet<PathBuf> = if is_huge {
            self.roots.iter().cloned().chain(homes()).collect()
        } else {
            around.folders.iter().filter_map(|f| absolute(f).ok()).collect()
        };
        // An archive that is gone comes back into the folder it was in.
        let above = around.lost.iter().filter_map(|root| absolute(root).ok());
        folders.extend(above.filter_map(|r| r.ancestors().skip(1).find(|a| a.is_dir()).map(Path::to_owned)));
        folders.retain(|folder| !far.iter().any(|root| folder.starts_with(root)));
        let now = Instant::now();
        if self.listen(&folders) {
            // What happened between the look and now was told by nobody.
            self.stir(now);
        }
        if is_huge || self.is_refused || !far.is_empty() || !around.lost.is_empty() {
            let roots = self.roots.iter().cloned().chain(homes()).map(|folder| (folder, None));
            let files = files.iter().map(|(file, stamp)| (file.clone(), Some(*stamp)));
            self.poll.watch(roots.chain(files), now);
        } else {
            self.poll = Poll::off();
        }
        let due = self.overflown.map(|at| at + OVERFLOW).filter(|at| self.again == Some(*at));
        self.again = around.again.map(|wait| now + wait.max(QUIET)).into_iter().chain(due).min();
    }

    /// Has the system tell of changes in exactly these folders; true when another look is due.
    fn listen(&mut self, folders: &BTreeSet<PathBuf>) -> bool {
        if self.is_refused {
            return false;
        }
        match self.subscribe(folders) {
            Ok(has_new) => has_new,
            Err(error) => {
                (self.notifier, self.is_refused) = (None, true);
                self.watched.clear();
                let root = self.roots.first().map(|r| r.display().to_string()).unwrap_or_default();
                let what =
                    format!("the system does not tell of changes ({error}); looked for from time to time");
                (self.tell)(News::Unwatched(Problem::of_file(root, what)));
                true
            }
        }
    }

    fn subscribe(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<bool> {
        if self.notifier.is_none() {
            let events = self.events.clone();
            let tell = move |event: notify::Result<Event>| {
                // Our own looks are told of too, with each folder and file that they open.
                if !event.as_ref().is_ok_and(is_reading) {
                    let _ = events.send(Message::Event(event));
                }
            };
            self.notifier = Some(notify::recommended_watcher(tell)?);
        }
        let Some(notifier) = &mut self.notifier else { return Ok(false) };
        for gone in self.watched.difference(folders) {
            let _ = notifier.unwatch(gone);
        }
        self.watched.retain(|w| folders.contains(w));
        let mut has_new = false;
        let mut paths = notifier.paths_mut();
        for folder in folders {
            if self.watched.contains(folder) {
                continue;
            }
            match paths.add(folder, RecursiveMode::NonRecursive) {
                Ok(()) => has_new |= self.watched.insert(folder.clone()),
                // It went before it could be watched: that is news too.
                Err(e) if is_io(&e, io::ErrorKind::NotFound) => has_new = true,
                Err(e) if is_io(&e, io::ErrorKind::PermissionDenied) => {}
                Err(e) => return Err(e),
            }
        }
        paths.commit()?;
        Ok(has_new)
    }
}

fn is_reading(event: &Event) -> bool {
    matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

fn is_io(error: &notify::Error, kind: io::ErrorKind) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => kind == io::ErrorKind::NotFound,
        notify::ErrorKind::Io(e) => e.kind() == kind,
        _ => false,
    }
}

/// Says whether others may change files there without this system's knowing: NFS, SMB, FUSE, 9P, AFS, Ceph.
#[cfg(target_os = "linux")]
fn is_far(root: &Path) -> bool {
    const FAR: [u32; 8] =
        [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546, 0x0102_1997, 0x5346_414F, 0x00C3_6400];
    rustix::fs::statfs(root).is_ok_and(|fs| u32::try_from(fs.f_type).is_ok_and(|kind| FAR.contains(&kind)))
}

#[cfg(not(target_os = "linux"))]
fn is_far(_root: &Path) -> bool {
    false
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
