//! What came from the terminal, handed on to the state.

use crossterm::event::{self, Event as Input};
use rustix::event::PollFlags;

use super::Reader;
use crate::keymap::Key;
use crate::shell::end::End;
use crate::shell::keys;
use crate::shell::mouse;
use crate::shell::probe::has_event;
use crate::state::Msg;

impl Reader {
    /// Reads every key and paste that has come, and hands keys on in as few bursts as order allows.
    pub(super) fn read_keys(&mut self) -> Result<(), End> {
        let mut keys = Vec::new();
        let mut is_patient = false;
        loop {
            let mut any = false;
            while has_event(self.heard.late).map_err(End::Failed)? {
                any = true;
                match event::read().map_err(End::Failed)? {
                    Input::Key(key) => keys::read(key, &mut keys),
                    Input::Mouse(mouse) => {
                        self.press(&mut keys);
                        if let Some(mouse) = mouse::read(mouse) {
                            self.handle(Msg::Mouse(mouse));
                        }
                    }
                    Input::Paste(text) => {
                        self.press(&mut keys);
                        self.handle(Msg::Paste(text));
                    }
                    // The size is asked for once per turn.
                    _ => {}
                }
            }
            is_patient &= !any;
            if let Some(patience) = keys::patience(&keys).filter(|_| !is_patient) {
                // Over a slow line the rest of a sequence may come in the next packet.
                is_patient = true;
                let _ = self.wait(PollFlags::IN, Some(patience))?;
            }
            if !self.terminal.has_input() {
                break;
            }
            if !any {
                self.terminal.announce_input();
                if !has_event(self.heard.late).map_err(End::Failed)? {
                    break;
                }
            }
        }
        self.press(&mut keys);
        Ok(())
    }

    pub(super) fn press(&mut self, keys: &mut Vec<Key>) {
        keys::mend(keys, &mut self.owed);
        if !keys.is_empty() {
            self.handle(Msg::Keys(std::mem::take(keys)));
        }
    }
}
