use super::{Shares, State};
use crate::effect::Session;

impl State {
    /// Where the user is now, to be restored at the next start.
    #[must_use]
    pub fn session(&self) -> Session {
        // A search that is open is none of it.
        let list = self.day_list();
        let focus = if self.search.is_open() { self.search.shelf.focus } else { self.focus };
        let row = list.selected_row();
        Session {
            date: list.date.map(|d| d.to_string()),
            arxiv: row.and_then(|r| r.identity.arxiv.clone()),
            key: row.map(|r| r.identity.key.to_string()),
            tab: Some(self.reader.tab.name().to_owned()),
            focus: Some(focus.name().to_owned()),
            newest: self.seen.clone(),
            view: Some(list.view.name().to_owned()),
            filters: self.filters.clone(),
            commands: self.commands.clone(),
            mine: !list.mine.is_empty(),
            panes: (self.shares != Shares::default()).then(|| self.shares.parts()),
            density: u8::try_from(self.papers.density).ok(),
        }
    }
}
