//! What the state asks of the outside world, and what the outside world answers. Data only.

mod errand;
mod filtering;
mod indexing;
mod report;
mod search;
mod session;

use std::sync::Arc;

pub use crate::decisions::Appended;
use crate::decisions::{Decisions, Line};
use crate::filter::Rule;
use crate::model::{Date, Identity, Listed};
pub use crate::model::{Loaded, Updated};
pub use errand::{Errand, Ran};
pub use filtering::{Filtering, Remarks};
pub use indexing::Indexing;
pub use report::{Copied, Edited, NotCopied, Report, Update, Way};
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
    /// Do not read a digest that was asked for; not answered, and neither is that request if nobody has begun with it.
    Unload {
        /// The slot of the request.
        slot: SlotId,
        /// The generation of the request.
        generation: u64,
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
