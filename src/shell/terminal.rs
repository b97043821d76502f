use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::sync::{Mutex, TryLockError};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::stdio::{dup2_stderr, stderr, stdin, stdout};
use rustix::termios::{OptionalActions, isatty, tcgetattr, tcgetwinsize, tcsetattr};

use crate::catalogue::Lang;
use crate::state::Size;

/// Alternate screen (1049), bracketed paste (2004), no wrapping (7: a character wider than we know stays in its
/// row), no cursor (25).
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?7l\x1b[?25l";
/// Presses and drags of the mouse (1002), told as the decimal numbers of any place (1006).
const MOUSE: &[u8] = b"\x1b[?1002h\x1b[?1006h";
const NO_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1002l";
/// Undoes [`ENTER`] and [`MOUSE`], and what a child may have left on: synchronized update (2026), other ways to tell of the mouse.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\
    \x1b[?2004l\x1b[?7h\x1b[m\x1b[?25h\x1b[?1049l";
/// How long leaving waits for a terminal that takes no bytes.
const PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
/// What is assumed of a terminal that does not know its size, and the most that is painted.
const UNKNOWN: Size = Size { cols: 80, rows: 24 };
const MOST: Size = Size { cols: 1000, rows: 500 };

/// What [`restore`] has to put back; `None` while the terminal is the shell's.
static HELD: Mutex<Option<Held>> = Mutex::new(None);

struct Held {
    /// Standard error as it was, when it was turned away from the screen.
    stderr: Option<OwnedFd>,
}

/// Where keys are read from: standard input, or the controlling terminal when that is something else.
pub(super) enum Terminal {
    Stdin,
    Tty(File),
}

impl Terminal {
    /// Finds the terminal, without a byte to it.
    ///
    /// # Errors
    /// One sentence for the user, when there is none to read from or to paint on.
    pub(super) fn find(lang: Lang) -> Result<Self, String> {
        match std::env::var_os("TERM") {
            None => return Err(lang.term_missing()),
            Some(t) if t.is_empty() => return Err(lang.term_empty()),
            Some(t) if t == "dumb" => return Err(lang.term_dumb()),
            Some(_) => {}
        }
        if !isatty(stdout()) {
            return Err(lang.needs_terminal());
        }
        if isatty(stdin()) {
            return Ok(Self::Stdin);
        }
        let tty = OpenOptions::new().read(true).write(true).open("/dev/tty");
        tty.map(Self::Tty).map_err(|_| lang.no_terminal_for_keys())
    }

    /// Takes the terminal over: raw mode, and standard error away from it.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn hold(log: Option<&Path>) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()?;
        let held = Held { stderr: divert_stderr(log) };
        if let Ok(mut slot) = HELD.lock() {
            *slot = Some(held);
        }
        Ok(())
    }

    /// Shows the alternate screen on a terminal that is held, and listens to its mouse if asked to.
    ///
    /// # Errors
    /// When the terminal is gone; it is given back before.
    pub(super) fn enter(with_mouse: bool) -> io::Result<()> {
        let mouse = if with_mouse { MOUSE } else { b"" };
        Self::write(&[ENTER, mouse].concat()).inspect_err(|_| restore())
    }

    /// Begins to listen to the mouse, or ends that.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn listen_to_mouse(is_on: bool) -> io::Result<()> {
        Self::write(if is_on { MOUSE } else { NO_MOUSE })
    }

    /// Writes all of `bytes`, at once where the terminal takes them.
    ///
    /// # Errors
    /// `EIO` when the terminal is gone.
    pub(super) fn write(mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::write(stdout(), bytes) {
                Ok(n) => bytes = bytes.get(n..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    let _ = poll(&mut [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)], None);
                }
                Err(e) => return Err(e.into()),
            }
        }
        Ok(())
    }

    /// Asks for the size now: 80x24 where the terminal does not know, at most 1000x500.
    pub(super) fn size() -> Size {
        let known = tcgetwinsize(stdout()).ok().filter(|s| s.ws_col > 0 && s.ws_row > 0);
        known.map_or(UNKNOWN, |s| Size { cols: s.ws_col.min(MOST.cols), rows: s.ws_row.min(MOST.rows) })
    }

    /// Says whether bytes wait to be read.
    pub(super) fn has_input(&self) -> bool {
        let mut fds = [PollFd::new(self, PollFlags::IN)];
        poll(&mut fds, Some(&Timespec::default())).is_ok_and(|n| n > 0)
            && fds.iter().all(|f| f.revents() == PollFlags::IN)
    }

    /// Makes the kernel announce waiting bytes once more.
    ///
    /// crossterm learns of input by edge-triggered epoll and reads 1,024 bytes a time; what is left of a longer
    /// burst would be announced only with the next key. Setting the modes, unchanged, wakes its waiters.
    pub(super) fn announce_input(&self) {
        if let Ok(modes) = tcgetattr(self) {
            let _ = tcsetattr(self, OptionalActions::Now, &modes);
        }
    }
}

impl AsFd for Terminal {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Stdin => stdin(),
            Self::Tty(file) => file.as_fd(),
        }
    }
}

/// Gives the terminal back as it was found: may be called at any time, from any thread, as often as one likes,
/// also when the terminal is gone. Waits at most 200 ms for a terminal that takes no bytes.
pub(super) fn restore() {
    let held = match HELD.try_lock() {
        Ok(mut slot) => slot.take(),
        Err(TryLockError::Poisoned(slot)) => slot.into_inner().take(),
        // Another thread is at it.
        Err(TryLockError::WouldBlock) => None,
    };
    let Some(held) = held else { return };
    let mut fds = [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)];
    if poll(&mut fds, Some(&PATIENCE)).is_ok_and(|n| n > 0) {
        let _ = Terminal::write(LEAVE);
    }
    let _ = crossterm::terminal::disable_raw_mode();
    if let Some(stderr) = held.stderr {
        let _ = dup2_stderr(stderr);
    }
}

/// Restores the terminal before the message of a panic is written, except for a worker's: that one is caught, the
/// program goes on, and the message goes where standard error goes.
pub(super) fn restore_on_panic(is_caught: fn() -> bool) {
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !is_caught() {
            restore();
        }
        previous(info);
    }));
}

/// Sends standard error to the log, or nowhere, if it would smear the screen; returns what it was.
fn divert_stderr(log: Option<&Path>) -> Option<OwnedFd> {
    if !isatty(stderr()) {
        return None;
    }
    let open = |path: &Path| OpenOptions::new().append(true).create(true).open(path).ok();
    let file = log.and_then(open).or_else(|| open(Path::new("/dev/null")))?;
    let before = fcntl_dupfd_cloexec(stderr(), 3).ok()?;
    dup2_stderr(file).ok().map(|()| before)
}
