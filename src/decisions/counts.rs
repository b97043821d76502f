use super::Decisions;
use crate::model::{IdentityRef, Verdict};

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
    /// Papers that a rule folds away; counted nowhere else.
    pub muted: usize,
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

    /// Counts papers by what was decided of them: those that have a row, those that a rule mutes unless they are kept, and
    /// how many are folded away as repeats. O(papers).
    #[must_use]
    pub fn of<'a>(
        papers: impl IntoIterator<Item = IdentityRef<'a>>,
        muted: impl IntoIterator<Item = IdentityRef<'a>>,
        folded: usize,
        decisions: &Decisions,
    ) -> Self {
        // Nearly all papers are so, and need not be copied to ask what they are.
        let stands = |p: IdentityRef<'_>| {
            let known = decisions.knows(p).then(|| p.to_identity());
            known.map_or((Verdict::Undecided, false), |p| (decisions.verdict(&p), decisions.is_read(&p)))
        };
        let mut counts = Self { folded, ..Self::default() };
        for p in papers {
            let (verdict, is_read) = stands(p);
            counts.add(verdict, is_read);
        }
        for p in muted {
            match stands(p) {
                (kept @ (Verdict::Bookmarked | Verdict::Later), is_read) => counts.add(kept, is_read),
                _ => counts.muted += 1,
            }
        }
        counts
    }

    /// How many records there are, those that are folded away included.
    #[must_use]
    pub fn records(self) -> usize {
        self.all + self.folded + self.muted
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
            muted: self.muted + other.muted,
        }
    }
}
