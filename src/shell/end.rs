use std::io;

use rustix::io::Errno;
use signal_hook::consts::SIGHUP;

/// Why the loop ends.
#[derive(Debug)]
pub(super) enum End {
    /// The user left.
    Quit,
    /// This signal came.
    Signal(i32),
    /// The terminal failed.
    Failed(io::Error),
}

/// A terminal that takes no more bytes has hung up, whether or not the signal comes.
pub(super) fn lost(e: io::Error) -> End {
    if e.raw_os_error() == Some(Errno::IO.raw_os_error()) { End::Signal(SIGHUP) } else { End::Failed(e) }
}
