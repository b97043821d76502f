use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, Builder};
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::terminal;
use super::wake::{Event, Waker};
use crate::archive::Running;

/// Signals that end the program.
const FATAL: [i32; 4] = [SIGTERM, SIGINT, SIGHUP, SIGQUIT];
/// True while a child has the terminal.
static HAS_CHILD: AtomicBool = AtomicBool::new(false);
/// How long the loop has to end by itself.
const DEADLINE: Duration = Duration::from_millis(700);

/// Returns the exit status of a program that was ended by `signal`: 128 and its number.
pub(super) fn status(signal: i32) -> u8 {
    u8::try_from(signal).map_or(1, |n| n.saturating_add(128))
}

/// Says whether the program has to end.
pub(super) fn is_fatal(signal: i32) -> bool {
    FATAL.contains(&signal)
}

/// Leaves what the keyboard sends to the child that has the terminal, until dropped: an interrupt is the child's own
/// affair, and a stop stops both.
pub(super) fn leave_to_child() -> impl Drop {
    struct Child;
    impl Drop for Child {
        fn drop(&mut self) {
            HAS_CHILD.store(false, Ordering::SeqCst);
        }
    }
    HAS_CHILD.store(true, Ordering::SeqCst);
    Child
}

/// Passes signals on to the loop. A thread of its own does it, so that a loop that is stuck is ended too: at the
/// second fatal signal, or 700 ms after the first.
pub(super) fn watch(waker: Waker, running: Running) -> io::Result<()> {
    let mut signals = Signals::new(FATAL.into_iter().chain([SIGWINCH, SIGCONT, SIGTSTP]))?;
    Builder::new().name("signals".to_owned()).spawn(move || {
        let mut ending = false;
        for signal in signals.forever() {
            if HAS_CHILD.load(Ordering::SeqCst) {
                match signal {
                    SIGINT | SIGQUIT => continue,
                    SIGTSTP => {
                        let _ = kill_process(getpid(), Signal::STOP);
                        continue;
                    }
                    _ => {}
                }
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
