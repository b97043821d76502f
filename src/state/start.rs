use super::Size;
use crate::catalogue::Lang;
use crate::config::Prefs;
use crate::decisions::Decisions;
use crate::effect::Session;
use crate::keymap::Keymap;
use crate::model::Problem;
use crate::text::Glyphs;
use crate::theme::Theme;

/// What the archive on screen is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The sample inside the binary: there was no archive.
    Sample,
    /// Archives of the user's, by the names to show.
    Archives(String),
}

/// What the terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// What it makes of ambiguous characters; ASCII marks also where the locale is not UTF-8, or the user asks.
    pub glyphs: Glyphs,
    /// The colours and weights.
    pub theme: Theme,
}

/// What a reader starts with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The language of the interface.
    pub lang: Lang,
    /// What the terminal can show.
    pub looks: Looks,
    /// What the user configured.
    pub prefs: Prefs,
    /// The keys.
    pub keymap: Keymap,
    /// The journal as it was read.
    pub decisions: Decisions,
    /// Where the user was; none at the first start.
    pub session: Option<Session>,
    /// What is on screen.
    pub origin: Origin,
    /// The terminal's size.
    pub size: Size,
    /// What went wrong before.
    pub problems: Vec<Problem>,
}
