use crate::catalogue::Lang;
use crate::config::Prefs;
use crate::keymap::Keymap;
use crate::model::Problem;

/// What the user's files say, read anew while the reader is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of the interface.
    pub lang: Lang,
    /// True where marks and rules are ASCII.
    pub is_ascii: bool,
    /// What the reader goes by.
    pub prefs: Prefs,
    /// The keys.
    pub keymap: Keymap,
    /// The files, as problems call them.
    pub files: Vec<String>,
    /// What of them cannot be used.
    pub problems: Vec<Problem>,
    /// The settings that changed and count from the next start on.
    pub waiting: Vec<&'static str>,
    /// True when what the state knows nothing of has changed too.
    pub is_beyond: bool,
}
