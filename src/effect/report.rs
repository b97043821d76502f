use std::sync::Arc;

use super::{Appended, Found, Indexing, Loaded, Ran, SlotId, Updated};
use crate::decisions::Line;
use crate::filter::Rule;
use crate::model::{Digest, Identity, Listed, Listing, Paper, Problem, Sighting};
use crate::stats::Portion;

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
    /// The time of an [`Effect::Remind`](super::Effect::Remind) is over.
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
