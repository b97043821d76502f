use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use rustix::process::{Pid, Signal, getpid, kill_process, kill_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::terminal;
use super::wake::{Event, Waker};
use crate::archive::Running;

/// Signals that end the program.
const FATAL: [i32; 4] = [SIGTERM, SIGINT, SIGHUP, SIGQUIT];
/// Who has the terminal; `None` while the loop has it.
static CHILD: Mutex<Option<Child>> = Mutex::new(None);
/// How long the loop has to end by itself.
const DEADLINE: Duration = Duration::from_millis(700);

/// Returns the exit status of a program that was ended by `signal`: 128 and its number.
pub(super) fn status(signal: i32) -> u8 {
    u8::try_from(signal).map_or(1, |n| n.saturating_add(128))
}

/// Returns the status of a program that ended, as a shell gives it.
pub(super) fn code(status: ExitStatus) -> i32 {
    status.code().or(status.signal().map(|signal| 128 + signal)).unwrap_or(1)
}

/// Says whether the program has to end.
pub(super) fn is_fatal(signal: i32) -> bool {
    FATAL.contains(&signal)
}

/// A program that has the terminal, or is about to.
#[derive(Default)]
struct Child {
    /// Its process group, where that is another one than the reader's.
    group: Option<Pid>,
    /// What the keyboard sent before it ran.
    missed: Option<Signal>,
}

/// Leaves what the keyboard sends to the child that has the terminal, until dropped: an interrupt is the child's own
/// affair, and a stop stops both.
pub(super) fn leave_to_child() -> impl Drop {
    struct Left;
    impl Drop for Left {
        fn drop(&mut self) {
            *child() = None;
        }
    }
    *child() = Some(Child::default());
    Left
}

/// Passes what the keyboard sends on to this process group: it meets the reader until the group has the terminal.
pub(super) fn hand_to(group: Option<Pid>) {
    if let Some(child) = &mut *child() {
        child.group = group;
        if let (Some(group), Some(signal)) = (group, child.missed.take()) {
            let _ = kill_process_group(group, signal);
        }
    }
}

fn child() -> MutexGuard<'static, Option<Child>> {
    CHILD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a signal that is meant for the child; false where the loop is to have it.
fn is_of_child(signal: i32) -> bool {
    let mut child = child();
    let Some(child) = &mut *child else { return false };
    let signal = match signal {
        SIGINT => Signal::INT,
        SIGQUIT => Signal::QUIT,
        SIGTSTP => Signal::TSTP,
        _ => return false,
    };
    match child.group {
        Some(group) => drop(kill_process_group(group, signal)),
        None if signal == Signal::TSTP => drop(kill_process(getpid(), Signal::STOP)),
        None => child.missed = Some(signal),
    }
    true
}

/// Passes signals on to the loop. A thread of its own does it, so that a loop that is stuck is ended too: at the
/// second fatal signal, or 700 ms after the first.
pub(super) fn watch(waker: Waker, running: Running) -> io::Result<()> {
    let mut signals = Signals::new(FATAL.into_iter().chain([SIGWINCH, SIGCONT, SIGTSTP]))?;
    Builder::new().name("signals".to_owned()).spawn(move || {
        let mut ending = false;
        for signal in signals.forever() {
            if is_of_child(signal) {
                continue;
            }
            if is_fatal(signal) {
                if std::mem::replace(&mut ending, true) {
                    end_now(signal, &running);
                }
                let running = running.clone();
                let _ = Builder::new().spawn(move || {
                    thread::sleep(DEADLINE);
                    end_now(signal, &running);
                });
            }
            waker.send(Event::Signal(signal));
        }
    })?;
    Ok(())
}

fn end_now(signal: i32, running: &Running) -> ! {
    terminal::restore();
    running.stop(Duration::ZERO);
    low_level::exit(i32::from(status(signal)))
}
