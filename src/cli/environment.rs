use std::env;

use crate::theme::Hints;

/// A program between this one and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplexer {
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// What the environment says of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TERM`.
    pub term: String,
    /// The locale of characters: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set (POSIX, 8.2).
    pub locale: String,
    /// Whether `NO_COLOR` is set to something.
    pub is_colourless: bool,
    /// `COLORTERM`.
    pub colorterm: String,
    /// `COLORFGBG`.
    pub colorfgbg: String,
    /// What this runs inside of.
    pub inside: Option<Multiplexer>,
    /// Whether this came over SSH.
    pub is_over_ssh: bool,
    /// Whether there is a desktop (X11 or Wayland).
    pub has_display: bool,
}

impl Environment {
    /// Reads the environment. A variable that is empty counts as not set.
    #[must_use]
    pub fn read() -> Self {
        let value = |name: &str| env::var_os(name).filter(|v| !v.is_empty());
        let text = |name: &str| value(name).map(|v| v.to_string_lossy().into_owned());
        let is_set = |names: &[&str]| names.iter().any(|name| value(name).is_some());
        Self {
            term: text("TERM").unwrap_or_default(),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(text).unwrap_or_default(),
            is_colourless: is_set(&["NO_COLOR"]),
            colorterm: text("COLORTERM").unwrap_or_default(),
            colorfgbg: text("COLORFGBG").unwrap_or_default(),
            inside: match (is_set(&["TMUX"]), is_set(&["STY"])) {
                (true, _) => Some(Multiplexer::Tmux),
                (false, true) => Some(Multiplexer::Screen),
                (false, false) => None,
            },
            is_over_ssh: is_set(&["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]),
            has_display: is_set(&["DISPLAY", "WAYLAND_DISPLAY"]),
        }
    }

    /// Says whether programs of a desktop show what they are told to where the user is.
    #[must_use]
    pub fn has_desktop(&self) -> bool {
        (self.has_display || cfg!(target_os = "macos")) && !self.is_over_ssh
    }

    /// Says whether the terminal takes operating system commands (ECMA-48, 8.3.89), or passes over those it does not
    /// know; the Linux console prints them.
    #[must_use]
    pub fn knows_osc(&self) -> bool {
        !self.term.starts_with("linux")
    }

    /// What it says of the terminal's colours.
    #[must_use]
    pub fn hints(&self) -> Hints {
        Hints {
            term: self.term.clone(),
            colorterm: self.colorterm.clone(),
            colorfgbg: self.colorfgbg.clone(),
            is_colourless: self.is_colourless,
        }
    }

    /// Says whether the locale is UTF-8, so that marks beyond ASCII can be trusted to show.
    #[must_use]
    pub fn is_utf8(&self) -> bool {
        let locale = self.locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    }
}
