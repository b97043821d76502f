//! The saved queries: the two that are built in, and those of the user's configuration, with how many papers each finds.

use super::State;
use crate::catalogue::Lang;
use crate::config::Saved;
use crate::model::Verdict;
use crate::text;

/// For how long after one count no other is asked for, in milliseconds: who decides in haste is not counted after.
pub(super) const PAUSE_MS: i64 = 1500;

/// A saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name, cleaned; empty for one that is built in.
    name: String,
    /// The query.
    pub query: String,
    /// The verdict whose papers it holds, for one that is built in.
    pub verdict: Option<Verdict>,
    /// How many papers it finds, and how many of them are undecided; none while that is not known.
    pub counts: Option<(usize, usize)>,
}

/// All saved queries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folders {
    /// Those that are built in, then the user's.
    pub list: Vec<Folder>,
    pub(super) generation: u64,
    /// True when the numbers may be other ones now.
    pub(super) is_stale: bool,
    /// How many of the numbers asked for have not come.
    pub(super) awaited: usize,
    /// True while a reminder to ask for them is on its way.
    pub(super) is_reminded: bool,
    /// When they were asked for last, in milliseconds since 1970.
    pub(super) asked_ms: Option<i64>,
}

impl Folders {
    /// Makes the folders of a configuration, not counted yet.
    #[must_use]
    pub fn new(saved: &[Saved]) -> Self {
        let built_in = |verdict: Verdict| Folder {
            name: String::new(),
            query: format!("is:{}", verdict.name()),
            verdict: Some(verdict),
            counts: None,
        };
        let own = |saved: &Saved| Folder {
            name: text::clean_line(saved.name.clone()),
            query: text::clean_line(saved.query.clone()),
            verdict: None,
            counts: None,
        };
        let list =
            [Verdict::Bookmarked, Verdict::Later].map(built_in).into_iter().chain(saved.iter().map(own));
        Self { list: list.collect(), is_stale: true, ..Self::default() }
    }

    /// The folders of another configuration: numbers that are on their way are of others.
    #[must_use]
    pub(super) fn of(&self, saved: &[Saved]) -> Self {
        Self { generation: self.generation + 1, is_reminded: self.is_reminded, ..Self::new(saved) }
    }
}

impl Folder {
    /// Its name on screen.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        match self.verdict {
            Some(Verdict::Bookmarked) => lang.pick("bookmarked", "收藏").to_owned(),
            Some(_) => lang.pick("later", "稍后").to_owned(),
            None => text::show(&self.name),
        }
    }

    /// The number that matters: what is left to decide; of those decided already, all.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        self.counts.map(|(all, undecided)| if self.verdict.is_some() { all } else { undecided })
    }
}

impl State {
    /// Says whether the numbers of the folders can be seen.
    pub(super) fn shows_folders(&self) -> bool {
        let is_listed = self.popup.as_ref().is_some_and(|p| p.kind == super::PopupKind::Queries);
        is_listed || self.regions().dates.is_some()
    }
}
