use serde::{Deserialize, Serialize};

/// Where the user was: restored at the next start. Not a decision; the last writer wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// `YYYY-MM-DD` of the open day.
    pub date: Option<String>,
    /// The arXiv id of the selected paper.
    pub arxiv: Option<String>,
    /// The title key of the selected paper.
    pub key: Option<String>,
    /// The name of the open tab.
    pub tab: Option<String>,
    /// `papers`, `detail` or `dates`.
    pub focus: Option<String>,
    /// The name of the view: which papers of a day are shown.
    pub view: Option<String>,
    /// The name of the order of the list, once one was chosen.
    pub order: Option<String>,
    /// The newest date that was there when the reader was opened, or was opened since: what is newer was never seen.
    pub newest: Option<String>,
    /// True when only the user's categories are shown.
    pub mine: bool,
    /// Lines of a list row: 1, 2 or 3.
    pub density: Option<u8>,
    /// How the panes share the width, as the state counts it; none where the user left it as it was.
    pub panes: Option<[u16; 3]>,
    /// The filters that were kept, the latest first.
    pub filters: Vec<String>,
    /// The commands that were run, the latest first.
    pub commands: Vec<String>,
    /// The lines that were typed after `:`, the latest first.
    pub lines: Vec<String>,
}

impl Session {
    /// The same but for the selected paper.
    #[must_use]
    pub fn without_paper(&self) -> Self {
        Self { arxiv: None, key: None, ..self.clone() }
    }
}
