//! What other threads tell the loop.

use super::Reader;
use crate::shell::end::{End, lost};
use crate::shell::signals;
use crate::shell::terminal::Terminal;
use crate::shell::wake::Event;
use crate::state::Msg;

impl Reader {
    /// Hands the reports that have come on, and returns the signals that do not end the program.
    pub(super) fn read_inbox(&mut self) -> Result<Vec<i32>, End> {
        let mut signals = Vec::new();
        for event in self.inbox.take() {
            match event {
                Event::Signal(n) if signals::is_fatal(n) => return Err(End::Signal(n)),
                Event::Signal(n) => signals.push(n),
                Event::SettingsTouched => {
                    if let Some((settings, themes)) = self.outside.read_settings() {
                        self.themes = themes;
                        self.state.looks.theme = self.themes.choose(self.heard.colours).theme;
                        let had_mouse = self.state.prefs.mouse;
                        self.handle(Msg::Settings(Box::new(settings)));
                        if self.state.prefs.mouse != had_mouse {
                            Terminal::listen_to_mouse(!had_mouse).map_err(lost)?;
                        }
                    }
                }
                event => {
                    for report in self.outside.take(event) {
                        self.handle(Msg::Report(report));
                    }
                }
            }
        }
        Ok(signals)
    }
}
