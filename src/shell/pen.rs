use std::io::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How a character is drawn: what SGR (ECMA-48, 8.3.117) sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// What is seen even on a blank.
const SEEN_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Each modifier with the parameter that sets it and the one that takes it back.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    /// The terminal's own colours, nothing set.
    pub(super) const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// Returns the pen that draws `cell`.
    pub(super) fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Says whether blanks look the same under both pens.
    pub(super) fn blanks_like(self, other: Self) -> bool {
        self == other || (self.bg == other.bg && !(self.modifier | other.modifier).intersects(SEEN_ON_BLANKS))
    }

    /// Writes the shortest SGR sequence that turns this pen into `next`; nothing when they are equal.
    pub(super) fn turn_into(&mut self, next: Self, out: &mut Vec<u8>) {
        if *self == next {
            return;
        }
        let start = out.len();
        let mut delta = Sgr::open(out);
        let lost = self.modifier - next.modifier;
        let mut cleared = Modifier::empty();
        let mut written = 0;
        for (modifier, _, clear) in MODIFIERS {
            if lost.contains(modifier) && written != clear {
                delta.number(clear);
                written = clear;
            }
            // 22 and 25 take two modifiers back at once: the one that stays is set again below.
            if MODIFIERS.iter().any(|(m, _, c)| *c == clear && lost.contains(*m)) {
                cleared |= modifier;
            }
        }
        delta.modifiers(next.modifier - (self.modifier - cleared));
        if self.fg != next.fg {
            delta.colour(next.fg, 30);
        }
        if self.bg != next.bg {
            delta.colour(next.bg, 40);
        }
        delta.close();
        let middle = out.len();
        let mut whole = Sgr::open(out);
        if next != Self::PLAIN {
            whole.number(0);
            whole.modifiers(next.modifier);
            if next.fg != Color::Reset {
                whole.colour(next.fg, 30);
            }
            if next.bg != Color::Reset {
                whole.colour(next.bg, 40);
            }
        }
        whole.close();
        if out.len() - middle < middle - start {
            out.drain(start..middle);
        } else {
            out.truncate(middle);
        }
        *self = next;
    }
}

/// One SGR sequence being written.
struct Sgr<'o> {
    out: &'o mut Vec<u8>,
    empty: bool,
}

impl<'o> Sgr<'o> {
    fn open(out: &'o mut Vec<u8>) -> Self {
        out.extend_from_slice(b"\x1b[");
        Self { out, empty: true }
    }

    fn close(self) {
        self.out.push(b'm');
    }

    fn number(&mut self, n: u8) {
        let separator = if self.empty { "" } else { ";" };
        self.empty = false;
        let _ = write!(self.out, "{separator}{n}");
    }

    fn modifiers(&mut self, set: Modifier) {
        for (modifier, on, _) in MODIFIERS {
            if set.contains(modifier) {
                self.number(on);
            }
        }
    }

    /// Writes a colour; `base` is 30 for the foreground, 40 for the background.
    fn colour(&mut self, colour: Color, base: u8) {
        match colour {
            Color::Reset => self.number(base + 9),
            Color::Indexed(n) => [base + 8, 5, n].into_iter().for_each(|p| self.number(p)),
            Color::Rgb(r, g, b) => [base + 8, 2, r, g, b].into_iter().for_each(|p| self.number(p)),
            _ => self.number(base + ansi(colour)),
        }
    }
}

/// The offset of one of the 16 colours from 30 or 40: 0-7, and 60-67 for the bright ones.
fn ansi(colour: Color) -> u8 {
    match colour {
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pen(fg: Color, bg: Color, modifier: Modifier) -> Pen {
        Pen { fg, bg, modifier }
    }

    #[test]
    fn the_shortest_change_is_written() {
        let (bold, dim) = (Modifier::BOLD, Modifier::DIM);
        let none = Modifier::empty();
        let table = [
            (Pen::PLAIN, Pen::PLAIN, ""),
            (Pen::PLAIN, pen(Color::Cyan, Color::Reset, bold), "\x1b[1;36m"),
            (pen(Color::Cyan, Color::Reset, bold), Pen::PLAIN, "\x1b[m"),
            (pen(Color::Cyan, Color::Reset, bold), pen(Color::Cyan, Color::Reset, none), "\x1b[22m"),
            (pen(Color::Reset, Color::Reset, bold | dim), pen(Color::Reset, Color::Reset, dim), "\x1b[0;2m"),
            (pen(Color::Red, Color::Blue, bold | dim), pen(Color::Red, Color::Blue, dim), "\x1b[22;2m"),
            (Pen::PLAIN, pen(Color::Indexed(200), Color::Rgb(1, 2, 3), none), "\x1b[38;5;200;48;2;1;2;3m"),
            (pen(Color::White, Color::DarkGray, none), pen(Color::White, Color::Reset, none), "\x1b[49m"),
        ];
        for (from, to, want) in table {
            let mut out = Vec::new();
            let mut now = from;
            now.turn_into(to, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), want, "{from:?} -> {to:?}");
            assert_eq!(now, to);
        }
    }
}
