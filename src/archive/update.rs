use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use super::command::{self, End, Running};
use crate::import::sha256_hex;
use crate::model::Updated;

/// How long an update may take.
const LIMIT: Duration = Duration::from_mins(2);

/// How new digests get into an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateCommand {
    /// The archive, absolute.
    pub archive: PathBuf,
    /// What the shell runs.
    pub command: String,
    /// How old the last successful run has to be for another one; none: it is always due.
    pub every: Option<Duration>,
}

/// Runs update commands: one runner for each archive on this machine, at most so often, at most so long.
#[derive(Clone, Debug)]
pub struct Updater {
    /// The state folder: the locks and the times of the last successful runs in `update`.
    pub state: PathBuf,
    /// The file that the output is added to.
    pub log: PathBuf,
    /// How long a command may run before it is ended.
    pub limit: Duration,
    /// Where the commands can be stopped.
    pub running: Running,
}

impl Updater {
    /// Makes a runner with the limit of 120 s, and the log in the state folder.
    #[must_use]
    pub fn new(state: PathBuf) -> Self {
        Self { log: state.join("log"), state, limit: LIMIT, running: Running::default() }
    }

    /// Runs the command if it is due or `force`d, and waits for its end. Calls `started` just before it runs.
    pub fn run(&self, what: &UpdateCommand, force: bool, started: impl FnOnce()) -> Updated {
        self.try_run(what, force, started).unwrap_or_else(|e| {
            let why = e.to_string();
            Updated::Failed(why.split(" (os error").next().unwrap_or(&why).to_owned())
        })
    }

    fn try_run(&self, what: &UpdateCommand, force: bool, started: impl FnOnce()) -> io::Result<Updated> {
        let folder = self.state.join("update");
        fs::create_dir_all(&folder)?;
        let name = folder.join(name(&what.archive));
        // Held until this returns.
        let lock = File::create(name.with_extension("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Updated::Busy),
            Err(TryLockError::Error(e)) => return Err(e),
        }
        let stamp = name.with_extension("stamp");
        if !force && !is_due(what.every, last_run(&stamp), now()) {
            return Ok(Updated::NotDue);
        }
        started();
        let mut log = OpenOptions::new().append(true).create(true).open(&self.log)?;
        // Not the command: it may hold a password.
        writeln!(log, "{} update of {}", Timestamp::now(), what.archive.display())?;
        let (end, last) = command::run(&what.command, &what.archive, log, self.limit, &self.running)?;
        let how = match end {
            End::Status(status) if status.success() => {
                // Without it the next run comes early, which is no harm.
                let _ = fs::write(stamp, format!("{}\n", now().as_secs()));
                return Ok(Updated::Done);
            }
            End::Status(status) => match status.code().or(status.signal().map(|s| s + 128)) {
                Some(code) => code.to_string(),
                None => "?".to_owned(),
            },
            End::TooLong => format!("> {} s", self.limit.as_secs()),
        };
        Ok(Updated::Failed(if last.is_empty() { format!("({how})") } else { format!("({how}): {last}") }))
    }
}

/// Names the files of an archive, whichever way its path is written.
fn name(archive: &Path) -> String {
    let real = archive.canonicalize().unwrap_or_else(|_| archive.to_owned());
    format!("{:.16}", sha256_hex(real.as_os_str().as_encoded_bytes()))
}

/// Seconds since 1970 at the last successful run; none where there was none, or nobody can tell.
fn last_run(stamp: &Path) -> Option<Duration> {
    let text = fs::read_to_string(stamp).ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

/// A time that is still to come says that the clock was set back.
fn is_due(every: Option<Duration>, last: Option<Duration>, now: Duration) -> bool {
    let (Some(every), Some(last)) = (every, last) else { return true };
    now.checked_sub(last).is_none_or(|age| age >= every)
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_due_when_the_last_one_is_old_enough() {
        let table = [
            (None, None, true),
            (None, Some(999), true),
            (Some(100), None, true),
            (Some(100), Some(900), true),
            (Some(100), Some(901), false),
            (Some(100), Some(1000), false),
            (Some(100), Some(1001), true),
        ];
        let seconds = |n: Option<u64>| n.map(Duration::from_secs);
        for (every, last, expected) in table {
            let now = Duration::from_secs(1000);
            assert_eq!(is_due(seconds(every), seconds(last), now), expected, "{every:?} {last:?}");
        }
    }
}
