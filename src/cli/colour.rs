use std::env;
use std::fmt::Write as _;

use clap::ValueEnum;
use rustix::stdio::stdout;
use rustix::termios::isatty;

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal unless `NO_COLOR` is set, elsewhere with `CLICOLOR_FORCE`.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl When {
    /// Says whether what goes to standard output is coloured. First counts the command line, then `NO_COLOR`, then
    /// `CLICOLOR_FORCE` (set, and not 0), then whether there is a terminal that is not dumb.
    pub(super) fn is_coloured(self) -> bool {
        let is_set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty());
        let is_forced = env::var_os("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0");
        let is_able =
            || env::var_os("TERM").is_some_and(|t| !t.is_empty() && t != "dumb") && isatty(stdout());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => !is_set("NO_COLOR") && (is_forced || is_able()),
        }
    }

    /// What the command line says of colours; none where it leaves that to the environment.
    pub(super) fn asked(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }
}

/// What a word of the output is: never told by its colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// An id, a name.
    Name,
    /// What is beside the point.
    Dim,
    /// A loss.
    Error,
    /// Something odd.
    Warning,
}

impl Ink {
    /// Puts text, which holds no control character but blanks, between codes for this ink (ECMA-48 SGR).
    pub(super) fn paint(self, text: &str) -> String {
        let code = match self {
            Self::Name => 36,
            Self::Dim => 2,
            Self::Error => 31,
            Self::Warning => 33,
        };
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = write!(out, "\x1b[{code}m{text}\x1b[m");
        out
    }
}
