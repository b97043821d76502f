use super::State;
use crate::effect::Session;

impl State {
    /// Where the user is now, to be restored at the next start.
    #[must_use]
    pub fn session(&self) -> Session {
        let row = self.papers.selected_row();
        Session {
            date: self.papers.date.map(|d| d.to_string()),
            arxiv: row.and_then(|r| r.identity.arxiv.clone()),
            key: row.map(|r| r.identity.key.to_string()),
            tab: Some(self.reader.tab.name().to_owned()),
            focus: Some(self.focus.name().to_owned()),
            newest: self.seen.clone(),
            view: Some(self.papers.view.name().to_owned()),
            filters: self.filters.clone(),
            commands: self.commands.clone(),
            mine: !self.papers.mine.is_empty(),
            density: u8::try_from(self.papers.density).ok(),
        }
    }
}
