use std::io::{self, Write as _};
use std::os::fd::{AsFd as _, BorrowedFd};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::Builder;

use nix::sys::signal::{SigSet, SigmaskHow, Signal as Mask};
use rustix::process::{
    Pid, Signal, WaitOptions, getpgrp, kill_current_process_group, kill_process_group, waitpid,
};
use rustix::termios::{
    Action, OptionalActions, QueueSelector, tcflow, tcflush, tcgetattr, tcgetpgrp, tcsetattr, tcsetpgrp,
};

use super::signals;
use super::terminal::Terminal;

/// What a program may have left a terminal in: scrolling margins (DECSTBM), the alternate screen, colours, other
/// character sets (SI, SCS), keypad and cursor keys (DECKPNM, 1), insert (4), the mouse, focus reports (1004), bracketed
/// paste, no wrapping, no cursor, a synchronized update. The cursor stays where it is: 1049 would move it to
/// where it was before the program, alternate screen or not.
const TIDY: &[u8] = b"\x1b7\x1b[r\x1b8\x1b[?1047l\x1b[?47l\x1b[m\x0f\x1b(B\x1b>\x1b[?1l\x1b[4l\
    \x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?2026l";
/// How often a command that wants the terminal too early is told to go on.
const EARLY: usize = 20;

/// Runs a program on the terminal, which must be the shell's, and waits for it: in a process group of its own, so that
/// what the keyboard sends reaches it and not the reader. `input` goes to its standard input, which is the terminal
/// otherwise. Whatever the program leaves behind, the terminal is then as it was.
///
/// # Errors
/// When it cannot be started.
pub(super) fn run(
    command: &mut Command,
    input: Option<String>,
    terminal: BorrowedFd<'_>,
) -> io::Result<ExitStatus> {
    let stdin = match input {
        Some(_) => Stdio::piped(),
        None => Stdio::from(terminal.try_clone_to_owned()?),
    };
    let modes = tcgetattr(terminal).ok();
    // Without it there are no jobs on this terminal, and the program stays in the reader's group.
    let own = tcgetpgrp(terminal).ok().filter(|group| *group == getpgrp());
    if own.is_some() {
        command.process_group(0);
    }
    let mut child = command.stdin(stdin).spawn()?;
    feed(&mut child, input);
    let leader = Pid::from_child(&child);
    if own.is_some() {
        signals::hand_to(Some(leader));
        give(terminal, leader);
    }
    let status = wait(leader, terminal, own.is_some());
    if let Some(own) = own {
        signals::hand_to(None);
        give(terminal, own);
    }
    if let Some(modes) = modes {
        let _ = tcsetattr(terminal, OptionalActions::Now, &modes);
    }
    let _ = tcflow(terminal, Action::OOn);
    let _ = Terminal::write(TIDY);
    // What was typed for the program, and what the terminal answered it.
    let _ = tcflush(terminal, QueueSelector::IFlush);
    status
}

/// Writes the input on a thread of its own: a program that reads none, or writes before it reads, holds nothing up.
/// What it leaves unread goes nowhere.
fn feed(child: &mut Child, input: Option<String>) {
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        let write = move || drop(pipe.write_all(input.as_bytes()));
        // Without a thread the program gets no input, which it can tell.
        let _ = Builder::new().name("input".to_owned()).spawn(write);
    }
}

/// Waits for the end of a program. When it is stopped, so is the reader, until both are continued.
fn wait(leader: Pid, terminal: BorrowedFd<'_>, is_job: bool) -> io::Result<ExitStatus> {
    let mut early = 0;
    loop {
        let (_, status) = match waitpid(Some(leader), WaitOptions::UNTRACED) {
            Ok(Some(ended)) => ended,
            Ok(None) | Err(rustix::io::Errno::INTR) => continue,
            Err(e) => return Err(e.into()),
        };
        if !status.stopped() {
            return Ok(ExitStatus::from_raw(status.as_raw()));
        }
        let by = status.stopping_signal();
        let wants_terminal = [Signal::TTIN, Signal::TTOU].iter().any(|signal| by == Some(signal.as_raw()));
        if wants_terminal && early < EARLY {
            // It was faster than the terminal was given to it.
            early += 1;
        } else {
            let modes = tcgetattr(terminal);
            if is_job {
                give(terminal, getpgrp());
            }
            let _ = kill_current_process_group(Signal::STOP);
            if let Ok(modes) = modes {
                let _ = tcsetattr(terminal, OptionalActions::Now, &modes);
            }
        }
        if is_job {
            give(terminal, leader);
            let _ = kill_process_group(leader, Signal::CONT);
        }
    }
}

/// Makes this group the one that has the terminal; from the background too, which would stop the reader otherwise.
fn give(terminal: BorrowedFd<'_>, group: Pid) {
    let mut set = SigSet::empty();
    set.add(Mask::SIGTTOU);
    let before = set.thread_swap_mask(SigmaskHow::SIG_BLOCK);
    let _ = tcsetpgrp(terminal.as_fd(), group);
    if let Ok(before) = before {
        let _ = before.thread_set_mask();
    }
}
