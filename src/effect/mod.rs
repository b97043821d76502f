//! What the state asks of the outside world, and what the outside world answers. Data only.

mod errand;
mod filtering;
mod indexing;
mod search;
mod session;

use std::sync::Arc;

pub use crate::decisions::Appended;
use crate::decisions::{Decisions, Line};
use crate::filter::Rule;
use crate::model::{Date, Digest, Identity, Listed, Listing, Paper, Problem, Sighting};
pub use crate::model::{Loaded, Updated};
use crate::stats::Portion;
pub use errand::{Errand, Ran};
pub use filtering::{Filtering, Remarks};
pub use indexing::Indexing;
pub use search::{Found, Hit, Snippet, Sought, Stage};
pub use session::Session;

/// The place of a digest in the library. Stable while the program runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SlotId(pub u32);

/// Something to be done outside the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// List the archives again; answered by [`Report::Listed`].
    List,
    /// Read a digest on a worker; answered by [`Report::Loaded`] with the same slot and generation.
    Load {
        /// Where it goes.
        slot: SlotId,
        /// Distinguishes this request from earlier ones for the same slot.
        generation: u64,
        /// What to read.
        what: Arc<Listed>,
    },
    /// Read of a digest on a worker what tells its papers apart, for the first frame; answered by [`Report::Glimpsed`] with
    /// the same slot and generation, or, where it has to be read whole for that, as [`Effect::Load`].
    Glimpse {
        /// Where it goes.
        slot: SlotId,
        /// As in [`Effect::Load`].
        generation: u64,
        /// What to read.
        what: Arc<Listed>,
    },
    /// Read some papers of a digest that was glimpsed; answered by [`Report::Papers`] with the same slot and generation.
    Papers {
        /// The digest's place.
        slot: SlotId,
        /// That of the glimpse.
        generation: u64,
        /// What to read.
        what: Arc<Listed>,
        /// The places of the papers in it.
        places: Vec<usize>,
    },
    /// Read a digest on a worker for what it says of repeats, and keep nothing else of it; answered by
    /// [`Report::Skimmed`] with the same slot and digest.
    Skim {
        /// Its place.
        slot: SlotId,
        /// What to read.
        what: Arc<Listed>,
    },
    /// Run the update commands of the open archives; each that runs is answered by two [`Report::Update`]s.
    Update {
        /// True to run them whatever their last run.
        force: bool,
    },
    /// Append these journal lines, all that are not on disk yet; answered by [`Report::Appended`].
    /// Of several in one batch only the last is carried out.
    Append(Vec<Line>),
    /// Remember where the user is. Of several in one batch only the last is carried out.
    SaveSession(Session),
    /// Let the user write a note in an editor; answered by [`Report::Edited`] with the same paper and name.
    Edit {
        /// The paper.
        paper: Identity,
        /// What its draft is called: a file name without its ending.
        name: String,
        /// The title, for the first line, which is no part of the note.
        title: String,
        /// The note so far.
        note: String,
    },
    /// Remove the draft with this name once what goes to the journal with it is on disk.
    DropDraft(String),
    /// Give the terminal to a command of the user's, and take it back whatever becomes of it; answered by
    /// [`Report::Ran`].
    Run(Errand),
    /// Put a text where the user can paste it from; answered by [`Report::Copied`] with the same words.
    Copy {
        /// Clean text.
        text: String,
        /// What it is, for the message.
        what: String,
    },
    /// Show an address in a browser; answered by [`Report::Opened`], or, where there is none, by
    /// [`Report::Copied`].
    Open {
        /// As [`openable`](crate::model::openable) makes it.
        url: String,
    },
    /// Write a new file into the folder for exports; answered by [`Report::Exported`].
    Export {
        /// The file's name, without and with a dot its ending: an existing file gets a number between.
        name: (String, &'static str),
        /// What it holds.
        text: String,
        /// How many papers that are.
        papers: usize,
    },
    /// Add a rule at the end of the configuration; answered by [`Report::RuleAdded`] with the same rule.
    AddRule(Rule),
    /// Filter a long list, in place of a filtering that is under way; answered by [`Report::Filtered`]s with the same
    /// generation, of which the last is whole.
    Filter {
        /// Distinguishes this filtering from earlier ones.
        generation: u64,
        /// What by, and what of.
        what: Arc<Filtering>,
    },
    /// End the filtering that is under way; no answer.
    StopFilter,
    /// Look for papers in all dates, in place of a search that is under way; answered by [`Report::Found`]s with the
    /// same generation, of which the last is done or failed.
    Search {
        /// Distinguishes this search from earlier ones.
        generation: u64,
        /// What is looked for.
        sought: Arc<Sought>,
    },
    /// End the search that is under way; no answer.
    StopSearch,
    /// Count the papers of all dates that meet each of these; answered by [`Report::Counted`]s with the same generation.
    Count {
        /// Distinguishes this request from earlier ones.
        generation: u64,
        /// What is counted.
        sought: Vec<Arc<Sought>>,
    },
    /// Count the papers of these days, the newest first, in place of a count that is under way; answered by
    /// [`Report::Statistics`] with the same generation, bit by bit.
    Statistics {
        /// Distinguishes this count from earlier ones.
        generation: u64,
        /// The digests of each day.
        days: Vec<(Date, Vec<Arc<Listed>>)>,
        /// What was decided.
        decisions: Arc<Decisions>,
    },
    /// End the count that is under way; no answer.
    StopStatistics,
    /// Tell when so many milliseconds have passed; answered by [`Report::Reminded`].
    Remind(u64),
    /// Paint the whole screen again.
    Redraw,
    /// Give the terminal back to the shell until continued.
    Suspend,
    /// Leave.
    Quit,
}

impl Effect {
    /// Says whether it writes something to the disk.
    #[must_use]
    pub fn writes(&self) -> bool {
        matches!(
            self,
            Self::Update { .. }
                | Self::Append(_)
                | Self::SaveSession(_)
                | Self::Edit { .. }
                | Self::DropDraft(_)
                | Self::Export { .. }
                | Self::AddRule(_)
        )
    }
}

/// What came of an effect.
#[derive(Clone, Debug)]
pub enum Report {
    /// The archives were listed.
    Listed(Listing),
    /// A digest was read, or could not be.
    Loaded {
        /// The slot of the request.
        slot: SlotId,
        /// The generation of the request; a stale one is dropped.
        generation: u64,
        /// The cleaned digest with what was lost on the way, or why there is none.
        result: Result<Loaded, Problem>,
    },
    /// A digest was glimpsed.
    Glimpsed {
        /// The slot of the request.
        slot: SlotId,
        /// The generation of the request; a stale one is dropped.
        generation: u64,
        /// The cleaned digest, its papers without their texts.
        digest: Arc<Digest>,
    },
    /// Papers of a digest were read.
    Papers {
        /// The slot of the request.
        slot: SlotId,
        /// The generation of the request; a stale one is dropped.
        generation: u64,
        /// The cleaned papers with their places; none where the digest has to be read whole.
        papers: Option<Vec<(usize, Paper)>>,
    },
    /// A digest was skimmed.
    Skimmed {
        /// The slot of the request.
        slot: SlotId,
        /// What was to be read; the answer is dropped when the slot stands for other files now.
        what: Arc<Listed>,
        /// Its papers; none where it could not be read.
        papers: Vec<Sighting>,
    },
    /// A long list was filtered, or a part of it.
    Filtered {
        /// The generation of the request; a stale one is dropped.
        generation: u64,
        /// The places in the list of all hits so far, best first.
        hits: Vec<usize>,
        /// True when all papers were looked at.
        is_whole: bool,
    },
    /// A search has found something, or is over.
    Found {
        /// The generation of the request; a stale one is dropped.
        generation: u64,
        /// What it found.
        found: Found,
    },
    /// The time of an [`Effect::Remind`] is over.
    Reminded,
    /// Papers were counted.
    Counted {
        /// The generation of the request; a stale one is dropped.
        generation: u64,
        /// Which of the request's.
        at: usize,
        /// How many there are, and how many of them are undecided.
        counts: (usize, usize),
    },
    /// A part of the days was counted.
    Statistics {
        /// The generation of the request; a stale one is dropped.
        generation: u64,
        /// What was counted.
        portion: Portion,
    },
    /// The index of all papers stands like this now.
    Index(Indexing),
    /// An update command began or ended.
    Update(Update),
    /// The editor was left.
    Edited {
        /// The paper of the request.
        paper: Identity,
        /// The draft of the request.
        name: String,
        /// What came of it.
        came: Edited,
    },
    /// A command of the user's has given the terminal back.
    Ran(Ran),
    /// A text was copied, or could not be.
    Copied {
        /// What it is: the words of the request; an address that no browser could be asked to show.
        what: Copied,
        /// Its bytes.
        bytes: usize,
        /// The way it went.
        came: Result<Way, NotCopied>,
    },
    /// A browser was asked to show this address, or could not be, for the reason given.
    Opened(String, Result<(), String>),
    /// So many papers were written to this file, or could not be.
    Exported(usize, Result<String, String>),
    /// A rule was added to the configuration, or could not be.
    RuleAdded {
        /// The rule of the request.
        rule: Rule,
        /// The file, as the user can find it, or one clause why not.
        came: Result<String, String>,
    },
    /// The journal was appended to, or could not be.
    Appended(Result<Appended, String>),
    /// Lines that others wrote, or that were not read before, by machine.
    Decided(Vec<(String, Vec<Line>)>),
    /// The session could not be saved.
    SessionUnsaved(Problem),
    /// The log file, a worker or another part of the shell has something to say.
    Notice(Problem),
    /// Something for the log that the user need not be told of at once.
    Noted(Problem),
}

/// What came of writing a note. Unless it was written, the draft stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text.
    Written(String),
    /// The editor failed, or the draft cannot be used, for the reason `why`.
    Kept {
        /// One clause.
        why: String,
        /// Where the draft is.
        path: String,
    },
    /// The draft cannot be made, or the editor not be started.
    Failed(String),
}

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// What was asked for, in the words of the request.
    Text(String),
    /// An address that was to be opened where there is no browser.
    Address(String),
}

/// How a copied text got where it can be pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By OSC 52: the terminal may or may not take it, and says nothing.
    Terminal,
    /// By OSC 52 to tmux or GNU screen, and through it to the terminal.
    Through(&'static str),
    /// Into tmux's buffer, and by tmux to the terminal.
    Tmux,
    /// By this program of the desktop.
    Program(&'static str),
    /// Into this file, as the user asked.
    File(String),
}

/// Why a text was not copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCopied {
    /// Terminals take no more than so many bytes.
    TooLong(usize),
    /// The file cannot be written.
    File(String),
    /// The terminal has none, and would print what is sent to one.
    NoClipboard,
}

/// What becomes of the update command of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Update {
    /// It runs now.
    Started {
        /// The archive, as messages name it.
        archive: String,
    },
    /// It ended, or was not run.
    Ended {
        /// The archive, as messages name it.
        archive: String,
        /// What came of it.
        came: Updated,
    },
}
