use super::{Focus, State};
use crate::action::Context;

impl State {
    /// Where keys are looked up now.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.prompt.is_some() {
            Context::Inputs
        } else if self.popup.is_some() {
            Context::Popups
        } else {
            self.pane_context()
        }
    }

    /// Where keys are looked up once input and popup are closed.
    pub(super) fn pane_context(&self) -> Context {
        if self.statistics.is_open {
            Context::Statistics
        } else if self.zen.is_some() {
            Context::Detail
        } else {
            match self.focus {
                Focus::Dates => Context::Dates,
                Focus::Papers => Context::Papers,
                Focus::Detail => Context::Detail,
            }
        }
    }
}
