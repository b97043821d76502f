use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::io::Errno;

use super::{Journal, about};
use crate::model::{Kind, Problem, Severity};

/// How long an append waits for another process of this machine.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often it looks whether the other one is done.
const POLL: Duration = Duration::from_millis(5);

/// How the lock on a file at a path is asked for without waiting; a file system may have none.
pub(super) type TryLock = fn(&Path, &File) -> Result<(), TryLockError>;

/// The lock of the own file, for as long as it lives.
pub(super) struct Lock(Option<File>);

impl Lock {
    /// False where there are no locks to be had.
    pub(super) fn is_held(&self) -> bool {
        self.0.is_some()
    }
}

impl Journal {
    /// Waits for the own file's lock. Another process that holds it too long (it was stopped, or its file system hangs)
    /// makes this fail, so that the reader never hangs with it.
    ///
    /// Some file systems, such as NFS without its lock service, have no locks. Then the one in the state folder does: it
    /// keeps out the same processes, those that go by this machine's name. Where that has none either, nothing is held.
    pub(super) fn lock(&mut self) -> io::Result<Lock> {
        let name = format!("{}.lock", self.machine.name);
        if let Some(lock) = self.lock_at(&self.dir.join(&name))? {
            return Ok(Lock(Some(lock)));
        }
        let instead = self.machine.path().with_file_name(&name);
        let lock = match self.lock_at(&instead) {
            Err(e) if e.kind() != io::ErrorKind::TimedOut => None,
            locked => locked?,
        };
        if !self.is_lockless {
            self.is_lockless = true;
            let (what, severity) = if lock.is_some() {
                (format!("has no locks; {} is locked instead", instead.display()), Severity::Info)
            } else {
                let what =
                    "has no locks: it is not shortened, and what two programs write at once is tried again";
                (what.to_owned(), Severity::Warning)
            };
            let problem = Problem::of_file(self.dir.display().to_string(), what);
            self.problems.push(problem.rated(severity, Kind::default()));
        }
        Ok(Lock(lock))
    }

    /// Nothing where the file system has no locks.
    fn lock_at(&self, path: &Path) -> io::Result<Option<File>> {
        let lock = || -> io::Result<Option<File>> {
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
            let begun = Instant::now();
            loop {
                match (self.try_lock)(path, &file) {
                    Ok(()) => return Ok(Some(file)),
                    Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => sleep(POLL),
                    Err(TryLockError::WouldBlock) => {
                        return Err(io::Error::new(
                            io::ErrorKind::TimedOut,
                            "another process holds the lock",
                        ));
                    }
                    Err(TryLockError::Error(e)) if has_no_locks(&e) => return Ok(None),
                    Err(TryLockError::Error(e)) => return Err(e),
                }
            }
        };
        lock().map_err(|e| about(path, &e))
    }
}

fn has_no_locks(error: &io::Error) -> bool {
    let errno = error.raw_os_error();
    error.kind() == io::ErrorKind::Unsupported
        || [Errno::NOLCK, Errno::NOSYS, Errno::OPNOTSUPP].iter().any(|e| errno == Some(e.raw_os_error()))
}
