/// How the index of all papers stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Indexing {
    /// Nothing is known of it yet, or there is none.
    #[default]
    Unknown,
    /// It is being made: so many digests of so many are in it.
    UnderWay {
        /// Those done.
        done: usize,
        /// All.
        of: usize,
    },
    /// It is that of the archives as they were looked at last.
    Ready,
}

impl Indexing {
    /// How much is done, in percent rounded down; none unless it is being made.
    #[must_use]
    pub fn percent(self) -> Option<usize> {
        match self {
            Self::UnderWay { done, of } => Some(done.saturating_mul(100) / of.max(1)),
            _ => None,
        }
    }
}
