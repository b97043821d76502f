use crate::catalogue::Lang;
use crate::model::Verdict;
use crate::state::Row;

/// Which papers of a day the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// All of them.
    #[default]
    All,
    /// Those without a verdict.
    Undecided,
    /// The bookmarked ones.
    Bookmarked,
    /// Those kept for later.
    Later,
    /// Those that were read.
    Read,
    /// The dismissed ones.
    Dismissed,
}

impl View {
    /// All views.
    const ALL: [Self; 6] =
        [Self::All, Self::Undecided, Self::Bookmarked, Self::Later, Self::Read, Self::Dismissed];

    /// The stable name, as in the session file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Undecided => Verdict::Undecided.name(),
            Self::Bookmarked => Verdict::Bookmarked.name(),
            Self::Later => Verdict::Later.name(),
            Self::Read => "read",
            Self::Dismissed => Verdict::Dismissed.name(),
        }
    }

    /// Finds a view by its stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == name)
    }

    /// The label on screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::All => lang.pick("all", "全部"),
            Self::Undecided => lang.pick("undecided", "未定"),
            Self::Bookmarked => lang.pick("bookmarked", "收藏"),
            Self::Later => lang.pick("later", "稍后"),
            Self::Read => lang.pick("read", "已读"),
            Self::Dismissed => lang.pick("dismissed", "略过"),
        }
    }

    /// Says whether the paper of `row` belongs in the view.
    #[must_use]
    pub fn has(self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Undecided => row.verdict == Verdict::Undecided,
            Self::Bookmarked => row.verdict == Verdict::Bookmarked,
            Self::Later => row.verdict == Verdict::Later,
            Self::Read => row.is_read,
            Self::Dismissed => row.verdict == Verdict::Dismissed,
        }
    }
}
