use std::io;
use std::time::{Duration, Instant};

use crossterm::event;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::diff::Doubt;
use super::ear::Ear;
use super::terminal::Terminal;
use crate::catalogue::Lang;
use crate::cli::Answer;
use crate::keymap::Key;
use crate::text;
use crate::theme::Colours;

/// What is drawn and measured: the ambiguous characters that texts and screens are full of.
pub(super) const SAMPLES: [&str; 4] = ["…", "“", "─", "★"];
/// Where they are drawn, from 1: in row 1 a report of columns 2 to 16 could be a function key with modifiers.
const COLUMN: u16 = 20;
/// What a terminal is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Questions {
    /// How wide it draws ambiguous characters.
    pub(super) width: bool,
    /// Which colours it draws with.
    pub(super) colours: bool,
}

/// What a terminal answered, and what was typed meanwhile.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Heard {
    /// Whether ambiguous characters take two cells; none where there was no answer, or one that makes no sense.
    pub(super) is_wide: Option<bool>,
    /// Whether it was the same for all that was drawn.
    pub(super) is_settled: bool,
    /// The colours it draws with; none where it did not say.
    pub(super) colours: Option<Colours>,
    /// Keys that came before the last answer.
    pub(super) typed: Vec<Key>,
    /// Answers that have not come, without those about colours.
    pub(super) late: usize,
}

impl Heard {
    /// Gives the characters whose width is in doubt after that.
    pub(super) fn doubt(&self) -> Doubt {
        if self.is_settled { text::is_uncertain } else { text::is_ambiguous }
    }
}

/// Asks a terminal in raw mode how wide it draws ambiguous characters (ECMA-48 CPR after each) and which colours it has
/// (xterm's OSC 10 and 11), closed by DA1, which every terminal answers. Returns at the last answer, at the latest after 300 ms, or
/// 1 s where they come one after the other; what is typed after that answer
/// stays to be read. Nothing is asked of the Linux console, which has only narrow characters.
pub(super) fn ask(terminal: &Terminal, asked: Questions) -> Heard {
    if std::env::var_os("TERM").is_some_and(|t| t == "linux") {
        return Heard::default();
    }
    let column = COLUMN.min(Terminal::size().cols.saturating_sub(3)).max(1);
    if Terminal::write(&questions(column, asked)).is_err() {
        return Heard::default();
    }
    let begun = Instant::now();
    let mut ear = Ear::default();
    while !ear.is_done {
        let left = ear.patience(begun.elapsed());
        let left = Timespec::try_from(left).ok().filter(|_| !left.is_zero());
        let Some(left) = left else { break };
        let mut fds = [PollFd::new(terminal, PollFlags::IN)];
        match poll(&mut fds, Some(&left)) {
            Err(Errno::INTR) => continue,
            Ok(n) if n > 0 && fds.iter().all(|f| f.revents() == PollFlags::IN) => {}
            _ => break,
        }
        // Byte by byte, so that nothing behind the last answer is taken from the reader of keys.
        let mut byte = [0];
        match rustix::io::read(terminal, &mut byte) {
            Ok(1) => ear.hear(byte),
            Err(Errno::INTR) => {}
            _ => break,
        }
    }
    ear.understand(column, asked)
}

/// Asks for `doctor`: takes the terminal into raw mode and gives it back. None where there is no terminal to ask.
#[must_use]
pub fn probe() -> Option<Answer> {
    let terminal = Terminal::find(Lang::default()).ok()?;
    let modes = tcgetattr(&terminal).ok()?;
    let mut raw = modes.clone();
    raw.make_raw();
    tcsetattr(&terminal, OptionalActions::Now, &raw).ok()?;
    let begun = Instant::now();
    let heard = ask(&terminal, Questions { width: true, colours: true });
    let took = begun.elapsed();
    let _ = tcsetattr(&terminal, OptionalActions::Now, &modes);
    Some(Answer { is_wide: heard.is_wide, colours: heard.colours, took })
}

/// Says whether crossterm has an event, when up to `late` answers may be before it: those it keeps to itself, but
/// says of each that there is nothing.
pub(super) fn has_event(late: usize) -> io::Result<bool> {
    for _ in 0..=late {
        if event::poll(Duration::ZERO)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// All questions in one write; what they draw is blanked and the cursor is back before the terminal shows it.
fn questions(column: u16, asked: Questions) -> Vec<u8> {
    let mut out = String::new();
    if asked.width {
        let each = SAMPLES.map(|sample| format!("\x1b[{column}G{sample}\x1b[6n")).concat();
        out = format!("\x1b7{each}\x1b[{column}G  \x1b8");
    }
    if asked.colours {
        out.push_str("\x1b]10;?\x1b\\\x1b]11;?\x1b\\");
    }
    (out + "\x1b[c").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Questions = Questions { width: true, colours: true };

    #[test]
    fn the_questions_are_short_and_leave_no_trace() {
        let asked = String::from_utf8(questions(20, ALL)).unwrap();
        assert_eq!(asked.len(), 78, "{asked:?}");
        let mut terminal = vt100::Parser::default();
        terminal.process(b"\n$ wenzhai\r\nabc");
        let look = |s: &vt100::Screen| (s.contents().trim_end().to_owned(), s.cursor_position());
        let before = look(terminal.screen());
        terminal.process(asked.as_bytes());
        assert_eq!(look(terminal.screen()), before);
    }
}
