//! The user's configuration: `config.toml` as text in, values and what is wrong with it out.
//!
//! Owns the names, the values and the defaults of all settings, in one table that also prints the commented default
//! and the README. Hands values to `cli`, `shell` and `state`. Never reads a file or the environment: the caller does.

mod choice;
mod command;
mod live;
mod load;
mod place;
mod print;
mod rules;
mod table;
mod theme;
mod value;

use std::path::PathBuf;
use std::time::Duration;

pub use choice::{AmbiguousWidth, Language, PipeFormat, Punctuation, Repeats};
pub use command::Command;
pub use live::{Live, live};
pub use place::Environment;
pub use print::{default_text, markdown};
pub use rules::rule_text;
pub use theme::ThemeName;

use crate::filter::Rule;

/// What the user configured, with the defaults for all else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The archives to open when none is named, merged by date.
    pub archives: Vec<Archive>,
    /// The language of the interface.
    pub language: Language,
    /// The folder of the journal, where it is not the one of the XDG data folder.
    pub journal_dir: Option<PathBuf>,
    /// The folder that the reader exports to; without one, where it was started.
    pub export_dir: Option<PathBuf>,
    /// What shows an address, instead of the desktop's own way.
    pub open_command: Command,
    /// Colours and weights.
    pub theme: ThemeName,
    /// What the reader itself goes by.
    pub prefs: Prefs,
}

/// An archive and how new digests get into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// The folder, absolute.
    pub path: PathBuf,
    /// A shell command that brings new digests; none when it is empty.
    pub update: String,
    /// How old the last successful update has to be for another one; none: every start.
    pub every: Option<Duration>,
}

/// A query that is kept under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// What it is called on screen.
    pub name: String,
    /// The query, in the language of the filter.
    pub query: String,
}

/// What the reader goes by while it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Prefs {
    /// How wide the terminal draws characters of ambiguous width (UAX #11).
    pub ambiguous_width: AmbiguousWidth,
    /// True to draw marks and rules in ASCII, whatever the locale.
    pub ascii: bool,
    /// True to listen to the mouse; the terminal then selects text only with Shift held.
    pub mouse: bool,
    /// Which punctuation is shown beside Han characters.
    pub punctuation: Punctuation,
    /// True to show a blank between Han and Latin characters.
    pub spacing: bool,
    /// True when a verdict goes on to the next paper.
    pub advance: bool,
    /// True when digits before a key say how often.
    pub counts: bool,
    /// The user's own categories, in the order of their liking.
    pub categories: Vec<String>,
    /// What becomes of papers that were listed on an earlier day.
    pub repeats: Repeats,
    /// The user's saved queries, in the order of the file.
    pub queries: Vec<Saved>,
    /// How many days back a paper counts as listed earlier, 1 to 365.
    pub repeats_days: u16,
    /// How papers are given to a command, unless another form is chosen there.
    pub pipe_format: PipeFormat,
    /// True when nothing is written. No file can say that, only the command line.
    pub is_read_only: bool,
    /// What the user is, or is not, interested in.
    pub rules: Vec<Rule>,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            ambiguous_width: AmbiguousWidth::default(),
            ascii: false,
            mouse: false,
            punctuation: Punctuation::default(),
            spacing: true,
            advance: true,
            counts: false,
            categories: Vec::new(),
            repeats: Repeats::default(),
            queries: Vec::new(),
            repeats_days: 30,
            pipe_format: PipeFormat::default(),
            is_read_only: false,
            rules: Vec::new(),
        }
    }
}
