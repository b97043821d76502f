//! What happens while another program has the terminal.

use std::env;
use std::os::fd::AsFd as _;
use std::process::Command;

use rustix::event::PollFlags;
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::Reader;
use crate::effect::{Errand, Ran, Report};
use crate::shell::effects::Away;
use crate::shell::end::{End, lost};
use crate::shell::handover;
use crate::shell::signals;
use crate::shell::terminal::{Terminal, restore};
use crate::state::Msg;

/// Answers of the terminal to a program that has left which may come before the next key.
const ANSWERS: usize = 8;

impl Reader {
    /// Gives the terminal to another program, and takes it again.
    pub(super) fn hand_over(&mut self, away: Away) -> Result<(), End> {
        // From here on an interrupt is meant for the program, though it may not run yet.
        let child = signals::leave_to_child();
        restore();
        let report = match away {
            Away::Edit(edit) => self.outside.edit(edit, &self.terminal),
            Away::Run(errand) => Report::Ran(self.run_errand(errand)?),
        };
        self.heard.late = self.heard.late.max(ANSWERS);
        self.resume()?;
        drop(child);
        self.handle(Msg::Report(report));
        self.settle()
    }

    /// Runs a command of the user's; what it wrote stays until Enter.
    fn run_errand(&mut self, errand: Errand) -> Result<Ran, End> {
        let Errand { command, input, variables } = errand;
        let is_shell = command.is_empty();
        let mut run = if is_shell {
            let own = env::var_os("SHELL").filter(|s| !s.is_empty());
            Command::new(own.unwrap_or_else(|| "sh".into()))
        } else {
            let mut run = Command::new("sh");
            run.arg("-c").arg(&command);
            run
        };
        let lang = self.state.lang;
        let mark = if input.is_some() { "|" } else { "!" };
        let said = if is_shell { lang.exit_goes_back().to_owned() } else { format!("{mark} {command}") };
        Terminal::write(format!("{said}\r\n").as_bytes()).map_err(lost)?;
        let run = run.envs(variables);
        let status = match handover::run(run, input, self.terminal.as_fd()) {
            Ok(status) => signals::code(status),
            Err(e) => {
                let program = run.get_program().to_string_lossy().into_owned();
                return Ok(Ran::Failed(format!("{program}: {e}")));
            }
        };
        if !is_shell {
            self.wait_for_enter(&lang.enter_goes_back(status))?;
        }
        Ok(Ran::Ended { command, status })
    }

    /// Waits until the user has seen what is on the terminal; reports are taken meanwhile.
    fn wait_for_enter(&mut self, said: &str) -> Result<(), End> {
        let before = tcgetattr(&self.terminal).map_err(|e| lost(e.into()))?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(&self.terminal, OptionalActions::Now, &raw).map_err(|e| lost(e.into()))?;
        let written = Terminal::write(format!("\r\n{said} ").as_bytes()).map_err(lost);
        let waited = written.and_then(|()| self.until_enter());
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &before);
        let _ = Terminal::write(b"\r\n");
        waited
    }

    fn until_enter(&mut self) -> Result<(), End> {
        loop {
            let (has_input, has_events) = self.wait(PollFlags::IN, None)?;
            if has_events {
                self.read_inbox()?;
            }
            let mut typed = [0; 256];
            // Enter, `q`, and whatever cancels.
            let leaves = |byte: &u8| matches!(byte, b'\r' | b'\n' | b'q' | 0x1b | 0x03 | 0x04);
            if has_input {
                match rustix::io::read(&self.terminal, &mut typed) {
                    Ok(0) => return Ok(()),
                    Ok(n) if typed.iter().take(n).any(leaves) => return Ok(()),
                    Ok(_) | Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                    Err(e) => return Err(lost(e.into())),
                }
            }
        }
    }
}
