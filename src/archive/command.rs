use std::fs::File;
use std::io::{self, PipeReader, Read as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use crate::text;

/// How long a command that was told to end may tidy up before it is killed.
const GRACE: Duration = Duration::from_secs(2);
/// How long what a command wrote is waited for after its end.
const DRAIN: Duration = Duration::from_millis(500);
/// Bytes of the output of one run that are logged.
const LOGGED: usize = 256 << 10;
/// Bytes of a line that are kept.
const LINE: usize = 4 << 10;

/// The commands that run now. Clones are the same set.
#[derive(Clone, Debug, Default)]
pub struct Running(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    set: Mutex<Groups>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Groups {
    leaders: Vec<Pid>,
    is_over: bool,
}

impl Running {
    /// Ends all commands with what they started, and lets none begin any more. Returns once they are gone; what is not
    /// gone after `patience` is killed.
    pub fn stop(&self, patience: Duration) {
        let mut set = self.lock();
        set.is_over = true;
        signal_all(&set.leaders, Signal::TERM);
        let waited = self.0.changed.wait_timeout_while(set, patience, |set| !set.leaders.is_empty());
        let (set, _) = waited.unwrap_or_else(PoisonError::into_inner);
        signal_all(&set.leaders, Signal::KILL);
    }

    fn spawn(&self, command: &mut Command) -> io::Result<(Child, Pid)> {
        // Held while it starts: there is no moment at which it runs and cannot be found.
        let mut set = self.lock();
        if set.is_over {
            return Err(io::Error::other("the program is ending"));
        }
        let child = command.spawn()?;
        let leader = Pid::from_child(&child);
        set.leaders.push(leader);
        Ok((child, leader))
    }

    fn forget(&self, leader: Pid) {
        self.lock().leaders.retain(|l| *l != leader);
        self.0.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Groups> {
        self.0.set.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A group that is gone already needs no signal.
fn signal_all(leaders: &[Pid], signal: Signal) {
    for leader in leaders {
        let _ = kill_process_group(*leader, signal);
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// By itself, or by a signal.
    Status(ExitStatus),
    /// It ran longer than it may.
    TooLong,
}

/// What the threads around a command say.
enum Said {
    Output(Vec<u8>),
    NoMoreOutput,
    Exited,
}

/// Runs `command` by the shell in a process group of its own, in `folder` if there is one, without input; what it
/// writes goes to `log`. When it ends, and after `limit`, all that is left of the group is killed. Returns how it
/// ended, and the last line it wrote, clean.
///
/// # Errors
/// When it cannot be started.
pub(super) fn run(
    command: &str,
    folder: &Path,
    log: File,
    limit: Duration,
    running: &Running,
) -> io::Result<(End, String)> {
    let (output, input) = io::pipe()?;
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command).process_group(0);
    shell.stdin(Stdio::null()).stdout(input.try_clone()?).stderr(input);
    // Git would ask for a password on the terminal that shows the reader.
    shell.env("GIT_TERMINAL_PROMPT", "0");
    if folder.is_dir() {
        shell.current_dir(folder);
    }
    let (mut child, leader) = running.spawn(&mut shell)?;
    // The shell's own end of the pipe: it would never run dry.
    drop(shell);
    let (sender, said) = sync_channel(4);
    let threads = read(output, sender.clone()).and_then(|()| wait(leader, sender));
    let mut tail = Tail { log, left: LOGGED, line: Vec::new(), last: Vec::new() };
    let deadline = Instant::now() + limit;
    let mut stop = Stop { leader, deadline, step: Step::Runs, is_late: false };
    let mut is_dry = false;
    if threads.is_err() {
        stop.to(Step::Killed, Signal::KILL, GRACE);
    }
    while stop.step != Step::Gone || !is_dry {
        match said.recv_timeout(stop.deadline.saturating_duration_since(Instant::now())) {
            Ok(Said::Output(bytes)) => tail.take(&bytes),
            Ok(Said::NoMoreOutput) => is_dry = true,
            Ok(Said::Exited) => stop.exited(),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if Instant::now() >= stop.deadline && !stop.escalate() {
            break;
        }
    }
    running.forget(leader);
    // Only now is its number free for another process: no signal can have met a stranger.
    let end = match child.try_wait()? {
        Some(status) if !stop.is_late => End::Status(status),
        _ => End::TooLong,
    };
    threads.map(|()| (end, tail.finish()))
}

/// How far the end of a command has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Runs,
    Told,
    Killed,
    Gone,
}

struct Stop {
    leader: Pid,
    /// When the next step is due.
    deadline: Instant,
    step: Step,
    is_late: bool,
}

impl Stop {
    /// The shell ended: so does all that it left behind.
    fn exited(&mut self) {
        self.to(Step::Gone, Signal::KILL, DRAIN);
    }

    /// Goes a step further when time is up. False when there is nothing left to wait for.
    fn escalate(&mut self) -> bool {
        match self.step {
            Step::Runs => {
                self.is_late = true;
                self.to(Step::Told, Signal::TERM, GRACE);
            }
            Step::Told => self.to(Step::Killed, Signal::KILL, GRACE),
            Step::Killed | Step::Gone => return false,
        }
        true
    }

    fn to(&mut self, step: Step, signal: Signal, time: Duration) {
        signal_all(&[self.leader], signal);
        self.step = step;
        self.deadline = Instant::now() + time;
    }
}

/// Passes on what a command writes. A process that left the group may hold the pipe open: nobody joins this thread.
fn read(mut output: PipeReader, said: SyncSender<Said>) -> io::Result<()> {
    let read = move || {
        let mut bytes = [0; 8 << 10];
        while let Ok(n @ 1..) = output.read(&mut bytes) {
            if said.send(Said::Output(bytes.get(..n).unwrap_or_default().to_vec())).is_err() {
                return;
            }
        }
        let _ = said.send(Said::NoMoreOutput);
    };
    thread::Builder::new().name("update output".to_owned()).spawn(read).map(drop)
}

/// Tells when the process has ended, and leaves it to be collected.
fn wait(leader: Pid, said: SyncSender<Said>) -> io::Result<()> {
    let wait = move || {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while waitid(WaitId::Pid(leader), options).is_err_and(|e| e == Errno::INTR) {}
        let _ = said.send(Said::Exited);
    };
    thread::Builder::new().name("update end".to_owned()).spawn(wait).map(drop)
}

/// The log, and the last line that went there.
struct Tail {
    log: File,
    /// Bytes that may still be logged.
    left: usize,
    line: Vec<u8>,
    last: Vec<u8>,
}

impl Tail {
    fn take(&mut self, bytes: &[u8]) {
        // A log that cannot be written is no reason to let the command fail.
        let _ = self.log.write_all(bytes.get(..self.left).unwrap_or(bytes));
        self.left = self.left.saturating_sub(bytes.len());
        for &byte in bytes {
            match byte {
                b'\n' | b'\r' => self.end_line(),
                _ if self.line.len() < LINE => self.line.push(byte),
                _ => {}
            }
        }
    }

    fn end_line(&mut self) {
        if !self.line.trim_ascii().is_empty() {
            std::mem::swap(&mut self.line, &mut self.last);
        }
        self.line.clear();
    }

    fn finish(mut self) -> String {
        self.end_line();
        text::clean_line(String::from_utf8_lossy(&self.last).into_owned())
    }
}
