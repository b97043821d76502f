use super::{Order, Shares, State, Tab, View};
use crate::effect::Session;

impl State {
    /// Shows papers as the session says that was left, and by the settings where it says nothing.
    pub(super) fn choose_as_before(&mut self) {
        let (saved, prefs) = (&self.saved, &self.prefs);
        self.papers.view = saved.view.as_deref().and_then(View::from_name).unwrap_or_default();
        self.papers.repeats = prefs.repeats;
        // Whoever has rules wants the day to begin with what they ask for.
        let by_rules = if prefs.rules.is_empty() { Order::Source } else { Order::Interest };
        self.order = saved.order.as_deref().and_then(Order::from_name);
        // The order of interest that was chosen while there were rules means nothing without.
        self.papers.order = self.order.filter(|o| *o != Order::Interest).unwrap_or(by_rules);
        if saved.mine {
            self.papers.mine = prefs.categories.clone();
        }
        self.reader.tab = saved.tab.as_deref().and_then(Tab::from_name).unwrap_or_default();
    }

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
            order: self.order.map(|o| o.name().to_owned()),
            filters: self.filters.clone(),
            commands: self.commands.clone(),
            lines: self.lines.clone(),
            mine: !list.mine.is_empty(),
            panes: (self.shares != Shares::default()).then(|| self.shares.parts()),
            density: u8::try_from(self.papers.density).ok(),
        }
    }
}
