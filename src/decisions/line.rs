use crate::model::{Identity, Verdict};

/// What of a paper a decision sets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The verdict.
    Verdict,
    /// Whether it was read.
    Read,
    /// The user's note.
    Note,
    /// Whether it carries this tag.
    Tag(String),
}

/// What a field is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// For [`Field::Verdict`]; undecided is written as null.
    Verdict(Verdict),
    /// For [`Field::Read`] and [`Field::Tag`].
    Bool(bool),
    /// For [`Field::Note`]; null takes the note away.
    Text(Option<String>),
}

/// One field of one paper, set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The paper, by arXiv id and title key.
    pub paper: Identity,
    /// What is set.
    pub field: Field,
    /// To what.
    pub value: FieldValue,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineBody {
    /// Sets cells; a bulk action is one line.
    Do {
        /// The cells.
        cells: Vec<Cell>,
        /// What the user is told was done, in stable English: `dismiss 23`.
        say: String,
        /// Set by reading, not by a key: never the target of undo.
        auto: bool,
    },
    /// Takes the do-line with this number out of the order.
    Undo(u64),
    /// Puts it back.
    Redo(u64),
    /// A line of a later version or with a shape that is not known: kept, and ignored.
    Unknown(String),
}

/// One line of one machine's journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1, 2, 3 ... within its file, without gaps.
    pub n: u64,
    /// The logical time: greater than that of every line read before it was written.
    pub t: i64,
    /// The wall clock in milliseconds since 1970; for people and statistics only.
    pub wall_ms: i64,
    /// What it does.
    pub body: LineBody,
}
