//! Telling a terminal's answers from what is typed meanwhile.

use std::time::Duration;

use super::ahead;
use super::probe::{Heard, Questions, SAMPLES};
use crate::theme::{Colours, Rgb};

/// How long all answers together may take.
const PATIENCE: Duration = Duration::from_millis(300);
/// How much longer for each byte of a sequence that has begun, up to this many.
const NEXT_PACKET: Duration = Duration::from_millis(25);
const LONGEST: usize = 16;
/// The same for the report of a colour, which no finger types.
const NEXT_OF_COLOUR: Duration = Duration::from_millis(200);
const LONGEST_COLOUR: usize = 64;
/// How long a terminal that has begun to answer, byte by byte, may take to end.
const SLOWEST: Duration = Duration::from_secs(1);

/// How the report of a colour begins.
const COLOUR: &[u8] = b"\x1b]1";
const REPORTS: [&[u8]; 2] = [b"10;", b"11;"];

/// Tells answers from keys.
#[derive(Default)]
pub(super) struct Ear {
    /// The beginning of a sequence.
    pending: Vec<u8>,
    /// The columns reported so far.
    columns: Vec<Option<u16>>,
    /// The colours reported so far: of text, and of the background.
    ink: Option<Rgb>,
    ground: Option<Rgb>,
    typed: Vec<u8>,
    /// The fence was heard.
    pub(super) is_done: bool,
}

impl Ear {
    /// Says whether a sequence has begun that may yet end.
    fn is_amid(&self) -> bool {
        let longest = if self.is_amid_colour() { LONGEST_COLOUR } else { LONGEST };
        (1..longest).contains(&self.pending.len())
    }

    /// Says whether the report of a colour has begun.
    fn is_amid_colour(&self) -> bool {
        self.pending.starts_with(COLOUR)
    }

    /// How long to wait for the next byte when so much time has gone by.
    pub(super) fn patience(&self, elapsed: Duration) -> Duration {
        let left = PATIENCE.saturating_sub(elapsed);
        // Where one answer came, all come.
        let any = !self.columns.is_empty() || self.ink.or(self.ground).is_some();
        let is_answering = !self.is_done && any && elapsed < SLOWEST;
        // Half a sequence would be typed by its other half.
        if self.is_amid() && self.is_amid_colour() {
            left.max(NEXT_OF_COLOUR)
        } else if self.is_amid() || is_answering {
            left.max(NEXT_PACKET)
        } else {
            left
        }
    }

    pub(super) fn hear(&mut self, byte: [u8; 1]) {
        let [byte] = byte;
        if byte == 0x1b && !self.is_amid_colour() {
            self.typed.append(&mut self.pending);
        }
        self.pending.push(byte);
        let is_whole = match self.pending.as_slice() {
            [0x1b] | [0x1b, b'[' | b'O'] => false,
            [0x1b, b'[', .., last] => (0x40..0x7f).contains(last),
            [0x1b, b']', rest @ ..] if REPORTS.iter().any(|r| r.starts_with(rest)) => false,
            [0x1b, b']', rest @ ..] if REPORTS.iter().any(|r| rest.starts_with(r)) => {
                matches!(rest, [.., 0x07] | [.., 0x1b, b'\\']) || rest.len() >= LONGEST_COLOUR
            }
            _ => true,
        };
        if is_whole {
            self.sort();
        } else if let [colour @ .., 0x1b, b'['] = self.pending.as_slice()
            && colour.starts_with(COLOUR)
        {
            // It was broken off by the next answer.
            self.pending = b"\x1b[".to_vec();
        }
    }

    /// Puts a whole sequence where it belongs.
    fn sort(&mut self) {
        let sequence = std::mem::take(&mut self.pending);
        if sequence.starts_with(COLOUR) && sequence.len() > COLOUR.len() + 2 {
            return self.sort_colour(&sequence);
        }
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

    fn sort_colour(&mut self, sequence: &[u8]) {
        let text = std::str::from_utf8(sequence.get(2..).unwrap_or_default()).unwrap_or_default();
        let text = text.trim_end_matches(['\x07', '\x1b', '\\']);
        match text.split_once(';') {
            Some(("10", colour)) => self.ink = Rgb::from_report(colour),
            Some(("11", colour)) => self.ground = Rgb::from_report(colour),
            _ => {}
        }
    }

    pub(super) fn understand(mut self, column: u16, asked: Questions) -> Heard {
        // Half an answer is nobody's key; a lone Escape is.
        if !self.pending.starts_with(b"\x1b[") && !self.is_amid_colour() {
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
        let expected = if asked.width { SAMPLES.len() + 1 } else { 1 };
        let late = expected.saturating_sub(self.columns.len() + usize::from(self.is_done));
        Heard {
            is_wide,
            is_settled,
            colours: self.ground.map(|ground| Colours { ink: self.ink, ground }),
            typed: ahead::keys(&self.typed),
            late: if self.is_done { 0 } else { late },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Key;

    fn heard(bytes: &str) -> Heard {
        let mut ear = Ear::default();
        bytes.bytes().for_each(|b| ear.hear([b]));
        ear.understand(20, ALL)
    }

    const ALL: Questions = Questions { width: true, colours: true };

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
            let want =
                Heard { is_wide, is_settled: heard.is_settled, colours: None, typed: key(typed), late };
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
    fn colours_are_told_from_keys() {
        const DONE: &str = "\x1b[?62;22c";
        let white = Rgb(255, 255, 255);
        for (bytes, ink, ground, typed) in [
            (
                "\x1b]10;rgb:ffff/ffff/ffff\x1b\\\x1b]11;rgb:0000/2b2b/3636\x1b\\",
                Some(white),
                Some(Rgb(0, 43, 54)),
                "",
            ),
            ("\x1b]11;rgb:ff/ff/ff\x07", None, Some(white), ""),
            ("j\x1b]11;rgb:ffff/ffff/ffff\x07k", None, Some(white), "j k"),
            ("\x1b]10;rgb:ffff/ffff/ffff\x07", Some(white), None, ""),
            ("\x1b]11;nonsense\x1b\\", None, None, ""),
            ("\x1b]11;\x07", None, None, ""),
            // Broken off by the fence.
            ("\x1b]11;rgb:ff", None, None, ""),
            // Keys that look like the beginning.
            ("\x1b]j", None, None, "A-] j"),
            ("\x1b]2", None, None, "A-] 2"),
        ] {
            let heard = heard(&format!("{bytes}{DONE}"));
            let typed: Vec<Key> = typed.split_whitespace().map(|k| k.parse().unwrap()).collect();
            let colours = ground.map(|ground| Colours { ink, ground });
            assert_eq!((heard.colours, heard.typed), (colours, typed), "{bytes:?}");
        }
        assert_eq!(heard("\x1b]11;rgb:ffff/ff").typed, []);
        let unasked = |ear: Ear| ear.understand(20, Questions { width: false, colours: true }).late;
        assert_eq!(unasked(Ear::default()), 1);
    }
}
