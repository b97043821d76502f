use crate::model::{Identity, Verdict};

/// The greatest number of a line: what every reader of JSON holds exactly (RFC 8259, section 6).
pub const LAST_N: u64 = 1 << 53;
/// The greatest logical time. Lines after it have the same one, and their numbers tell which is later.
pub(super) const LAST_T: i64 = 1 << 53;

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

impl FieldValue {
    /// True when the field is as if it had never been set.
    pub(super) fn is_unset(&self) -> bool {
        matches!(self, Self::Verdict(Verdict::Undecided) | Self::Bool(false) | Self::Text(None))
    }
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

/// A cell of a line that was compacted away, with the number and the logical time of that line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The cell.
    pub cell: Cell,
    /// The logical time of its line.
    pub t: i64,
    /// The number of its line.
    pub n: u64,
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
    /// Keeps what compacted lines had set; out of reach of undo.
    Base {
        /// No do-line up to this number is a line of its own any more.
        upto: u64,
        /// What those that were live had set.
        settled: Vec<Settled>,
    },
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

impl Line {
    /// The greatest number that the line stands for: its own, or one that a base took the place of. A line with a
    /// smaller number that is written behind a base would be ignored.
    #[must_use]
    pub fn greatest_n(&self) -> u64 {
        match &self.body {
            LineBody::Base { settled, upto } => settled.iter().map(|s| s.n).fold(self.n.max(*upto), u64::max),
            _ => self.n,
        }
    }
}

/// What stands in the journal after an append.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appended {
    /// Lines that other processes of this machine had written since the last look.
    pub foreign: Vec<Line>,
    /// The lines of the request, numbered and stamped as they were written.
    pub own: Vec<Line>,
}

/// Numbers and stamps lines that are not on disk yet, in place: from `next` upwards, and later than
/// `greatest_t` and than each other. An undo or redo that names one of `lines` follows it.
///
/// `lines` must be numbered without gaps, above every line on disk that was known when they were made.
/// O(lines).
pub fn renumber(lines: &mut [Line], next: u64, greatest_t: i64) {
    shift(lines, next);
    stamp(lines, greatest_t);
}

/// Numbers `lines` from `next` upwards; names of lines among them follow.
pub(super) fn shift(lines: &mut [Line], next: u64) {
    let Some(first) = lines.first().map(|l| l.n) else { return };
    let ours = first..first.saturating_add(lines.len() as u64);
    for line in lines {
        line.n = next.saturating_add(line.n.saturating_sub(first));
        if let LineBody::Undo(named) | LineBody::Redo(named) = &mut line.body
            && ours.contains(named)
        {
            *named = next.saturating_add(*named - first);
        }
    }
}

/// The logical time of a line written at `wall_ms`, after one of `greatest_t`.
pub(super) fn time(wall_ms: i64, greatest_t: i64) -> i64 {
    wall_ms.max(greatest_t.saturating_add(1)).min(LAST_T)
}

/// Gives `lines` logical times after `greatest_t`, each later than the one before.
pub(super) fn stamp(lines: &mut [Line], mut greatest_t: i64) {
    for line in lines {
        line.t = time(line.wall_ms, greatest_t);
        greatest_t = line.t;
    }
}
