use super::Decisions;
use crate::model::{Identity, Verdict};

/// How many papers stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All papers, each once.
    pub all: usize,
    /// Without a verdict.
    pub undecided: usize,
    /// Bookmarked.
    pub bookmarked: usize,
    /// Kept for later.
    pub later: usize,
    /// Dismissed.
    pub dismissed: usize,
    /// Read.
    pub read: usize,
    /// Records of papers that other rows stand for; counted nowhere else.
    pub folded: usize,
}

impl Counts {
    /// Counts one paper more.
    pub fn add(&mut self, verdict: Verdict, is_read: bool) {
        self.all += 1;
        match verdict {
            Verdict::Undecided => self.undecided += 1,
            Verdict::Bookmarked => self.bookmarked += 1,
            Verdict::Later => self.later += 1,
            Verdict::Dismissed => self.dismissed += 1,
        }
        self.read += usize::from(is_read);
    }

    /// Counts papers by what was decided of them, and `folded` records besides.
    #[must_use]
    pub fn of((papers, folded): &(Vec<Identity>, usize), decisions: &Decisions) -> Self {
        let mut counts = Self { folded: *folded, ..Self::default() };
        for p in papers {
            counts.add(decisions.verdict(p), decisions.is_read(p));
        }
        counts
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            undecided: self.undecided + other.undecided,
            bookmarked: self.bookmarked + other.bookmarked,
            later: self.later + other.later,
            dismissed: self.dismissed + other.dismissed,
            read: self.read + other.read,
            folded: self.folded + other.folded,
        }
    }
}
