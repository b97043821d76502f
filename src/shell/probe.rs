use std::io;
use std::time::{Duration, Instant};

use crossterm::event;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::ahead;
use super::diff::Doubt;
use super::terminal::Terminal;
use crate::cli::Answer;
use crate::keymap::Key;
use crate::text;

/// What is drawn and measured: the ambiguous characters that texts and screens are full of.
const SAMPLES: [&str; 4] = ["…", "“", "─", "★"];
/// Where they are drawn, from 1: in row 1 a report of columns 2 to 16 could be a function key with modifiers.
const COLUMN: u16 = 20;
/// How long all answers together may take.
const PATIENCE: Duration = Duration::from_millis(300);
/// How much longer for each byte of a sequence that has begun, up to this many.
const NEXT_PACKET: Duration = Duration::from_millis(25);
const LONGEST: usize = 16;
/// How long a terminal that has begun to answer, byte by byte, may take to end.
const SLOWEST: Duration = Duration::from_secs(1);

/// What a terminal answered, and what was typed meanwhile.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Heard {
    /// Whether ambiguous characters take two cells; none where there was no answer, or one that makes no sense.
    pub(super) is_wide: Option<bool>,
    /// Whether it was the same for all that was drawn.
    pub(super) is_settled: bool,
    /// Keys that came before the last answer.
    pub(super) typed: Vec<Key>,
    /// Answers that have not come.
    pub(super) late: usize,
}

impl Heard {
    /// Gives the characters whose width is in doubt after that.
    pub(super) fn doubt(&self) -> Doubt {
        if self.is_settled { text::is_uncertain } else { text::is_ambiguous }
    }
}

/// Asks a terminal in raw mode how wide it draws ambiguous characters (ECMA-48 CPR after each, closed by DA1, which
/// every terminal answers). Returns at the last answer, at the latest after 300 ms, or
/// 1 s where they come one after the other; what is typed after that answer
/// stays to be read. Nothing is asked of the Linux console, which has only narrow characters.
pub(super) fn ask(terminal: &Terminal) -> Heard {
    if std::env::var_os("TERM").is_some_and(|t| t == "linux") {
        return Heard::default();
    }
    let column = COLUMN.min(Terminal::size().cols.saturating_sub(3)).max(1);
    if Terminal::write(&questions(column)).is_err() {
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
    ear.understand(column)
}

/// Asks for `doctor`: takes the terminal into raw mode and gives it back. None where there is no terminal to ask.
#[must_use]
pub fn probe() -> Option<Answer> {
    let terminal = Terminal::find().ok()?;
    let modes = tcgetattr(&terminal).ok()?;
    let mut raw = modes.clone();
    raw.make_raw();
    tcsetattr(&terminal, OptionalActions::Now, &raw).ok()?;
    let begun = Instant::now();
    let heard = ask(&terminal);
    let took = begun.elapsed();
    let _ = tcsetattr(&terminal, OptionalActions::Now, &modes);
    Some(Answer { is_wide: heard.is_wide, took })
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
fn questions(column: u16) -> Vec<u8> {
    let each = SAMPLES.map(|sample| format!("\x1b[{column}G{sample}\x1b[6n")).concat();
    format!("\x1b7{each}\x1b[{column}G  \x1b8\x1b[c").into_bytes()
}

/// Tells answers from keys.
#[derive(Default)]
struct Ear {
    /// The beginning of a sequence.
    pending: Vec<u8>,
    /// The columns reported so far.
    columns: Vec<Option<u16>>,
    typed: Vec<u8>,
    /// The fence was heard.
    is_done: bool,
}

impl Ear {
    /// Says whether a sequence has begun that may yet end.
    fn is_amid(&self) -> bool {
        (1..LONGEST).contains(&self.pending.len())
    }

    /// How long to wait for the next byte when so much time has gone by.
    fn patience(&self, elapsed: Duration) -> Duration {
        let left = PATIENCE.saturating_sub(elapsed);
        // Where one answer came, all come.
        let is_answering = !self.is_done && !self.columns.is_empty() && elapsed < SLOWEST;
        // Half a sequence would be typed by its other half.
        if self.is_amid() || is_answering { left.max(NEXT_PACKET) } else { left }
    }

    fn hear(&mut self, byte: [u8; 1]) {
        let [byte] = byte;
        if byte == 0x1b {
            self.typed.append(&mut self.pending);
        }
        self.pending.push(byte);
        let is_whole = match self.pending.as_slice() {
            [0x1b] | [0x1b, b'[' | b'O'] => false,
            [0x1b, b'[', .., last] => (0x40..0x7f).contains(last),
            _ => true,
        };
        if is_whole {
            self.sort();
        }
    }

    /// Puts a whole sequence where it belongs.
    fn sort(&mut self) {
        let sequence = std::mem::take(&mut self.pending);
        let text =
            sequence.strip_prefix(b"\x1b[").and_then(|s| std::str::from_utf8(s).ok()).unwrap_or_default();
        if text.starts_with('?') && text.ends_with('c') {
            self.is_done = true;
        } else if let Some((row, column)) = text.strip_suffix('R').and_then(|t| t.split_once(';')) {
            self.columns.push(row.parse::<u16>().and_then(|_| column.parse()).ok());
        } else {
            self.typed.extend(sequence);
        }
    }

    fn understand(mut self, column: u16) -> Heard {
        // Half an answer is nobody's key; a lone Escape is.
        if !self.pending.starts_with(b"\x1b[") {
            self.typed.append(&mut self.pending);
        }
        let cells: Vec<u16> = self.columns.iter().flatten().filter_map(|c| c.checked_sub(column)).collect();
        let is_wide = match cells.as_slice() {
            // A gap behind a character reads better than one that is cut: text decides, and wide if in doubt.
            [a @ 1..=2, b @ 1..=2, 1..=2, 1..=2] if self.columns.len() == SAMPLES.len() => {
                Some(*a.max(b) == 2)
            }
            _ => None,
        };
        let is_settled = is_wide.is_some() && cells.iter().all(|c| Some(c) == cells.first());
        let late = (SAMPLES.len() + 1).saturating_sub(self.columns.len() + usize::from(self.is_done));
        Heard {
            is_wide,
            is_settled,
            typed: ahead::keys(&self.typed),
            late: if self.is_done { 0 } else { late },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(bytes: &str) -> Heard {
        let mut ear = Ear::default();
        bytes.bytes().for_each(|b| ear.hear([b]));
        ear.understand(20)
    }

    #[test]
    fn answers_are_told_from_keys() {
        const DONE: &str = "\x1b[?62;22c";
        let reports = |columns: [u16; 4]| columns.map(|c| format!("\x1b[7;{c}R")).concat();
        let (narrow, wide) = (reports([21; 4]), reports([22; 4]));
        let key = |s: &str| s.split_whitespace().map(|k| k.parse::<Key>().unwrap()).collect::<Vec<_>>();
        for (bytes, is_wide, typed, late) in [
            (format!("{narrow}{DONE}"), Some(false), "", 0),
            (format!("{wide}{DONE}"), Some(true), "", 0),
            (format!("jj{wide}{DONE}"), Some(true), "j j", 0),
            (
                format!("{}j\x1b[Bk{}{DONE}", "\x1b[7;22R\x1b[7;22R", "\x1b[7;21R\x1b[7;21R"),
                Some(true),
                "j Down k",
                0,
            ),
            (format!("{}{DONE}", reports([22, 21, 21, 21])), Some(true), "", 0),
            (format!("{}{DONE}", reports([21, 21, 22, 22])), Some(false), "", 0),
            (format!("\x1b{narrow}{DONE}"), Some(false), "Esc", 0),
            (format!("{}{DONE}", reports([2; 4])), None, "", 0),
            (format!("{}{DONE}", reports([23; 4])), None, "", 0),
            (format!("{narrow}\x1b[7;21R{DONE}"), None, "", 0),
            (format!("\x1b[R\x1b[;R\x1b[7;99999R{DONE}"), None, "", 0),
            (DONE.to_owned(), None, "", 0),
            (narrow.clone(), Some(false), "", 1),
            ("q\x1b[7;21R\x1b[7;2".to_owned(), None, "q", 4),
            ("中\x1b".to_owned(), None, "中 Esc", 5),
            (String::new(), None, "", 5),
        ] {
            let heard = heard(&bytes);
            let want = Heard { is_wide, is_settled: heard.is_settled, typed: key(typed), late };
            assert_eq!(heard, want, "{bytes:?}");
        }
    }

    #[test]
    fn what_all_samples_show_is_settled() {
        for (columns, is_settled) in [
            (vec![21; 4], true),
            (vec![22; 4], true),
            (vec![22, 22, 21, 21], false),
            (vec![21, 21, 21, 22], false),
            (vec![21; 3], false),
            (vec![23; 4], false),
            (vec![], false),
        ] {
            let bytes = columns.iter().map(|c| format!("\x1b[7;{c}R")).collect::<Vec<_>>().concat();
            let heard = heard(&bytes);
            assert_eq!(heard.is_settled, is_settled, "{columns:?}");
            assert_eq!((heard.doubt())('…'), !is_settled);
            assert!((heard.doubt())('\u{fffd}') && !(heard.doubt())('中'));
        }
    }

    #[test]
    fn who_has_begun_to_answer_is_heard_out() {
        for (bytes, elapsed, wait) in [
            ("", 0, 300),
            ("", 299, 1),
            ("j", 300, 0),
            ("\x1b", 300, 25),
            ("\x1b[5;2", 2000, 25),
            ("\x1b[5;21R", 0, 300),
            ("\x1b[5;21R", 300, 25),
            ("\x1b[5;21Rj", 999, 25),
            ("\x1b[5;21R", 1000, 0),
        ] {
            let mut ear = Ear::default();
            bytes.bytes().for_each(|b| ear.hear([b]));
            let want = Duration::from_millis(wait);
            assert_eq!(ear.patience(Duration::from_millis(elapsed)), want, "{bytes:?} {elapsed}");
        }
    }

    #[test]
    fn the_questions_are_short_and_leave_no_trace() {
        let asked = String::from_utf8(questions(20)).unwrap();
        assert_eq!(asked.len(), 62, "{asked:?}");
        let mut terminal = vt100::Parser::default();
        terminal.process(b"\n$ wenzhai\r\nabc");
        let look = |s: &vt100::Screen| (s.contents().trim_end().to_owned(), s.cursor_position());
        let before = look(terminal.screen());
        terminal.process(asked.as_bytes());
        assert_eq!(look(terminal.screen()), before);
    }
}
