use std::mem;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use super::diff::{Doubt, cursor_to, diff};
use super::pen::Pen;
use crate::state::Size;

/// Begin and end of a synchronized update: the terminal shows the frame at once, or ignores the marks.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
/// Plain pen, no cursor, home, erase to the end: unlike `ESC[2J` it leaves the scroll-back alone.
const CLEAR: &[u8] = b"\x1b[m\x1b[?25l\x1b[H\x1b[J";

/// Characters of a hyperlink that are told from other text.
const LINK: usize = 12;

/// What the terminal shows, and the cells of the next frame.
pub(super) struct Screen {
    shown: Buffer,
    next: Buffer,
    cursor: Option<Position>,
    valid: bool,
}

impl Screen {
    /// Makes a screen of which nothing is known: the first frame paints everything.
    #[must_use]
    pub(super) fn new(size: Size) -> Self {
        let blank = Buffer::empty(Rect::new(0, 0, size.cols, size.rows));
        Self { shown: blank.clone(), next: blank, cursor: None, valid: false }
    }

    /// Forgets what is shown: the next frame paints everything.
    pub(super) fn invalidate(&mut self) {
        self.valid = false;
    }

    /// Draws the next frame and appends to `out` what has to be written for it: nothing when nothing changed.
    ///
    /// `draw` gets blank cells and returns where the cursor is shown.
    pub(super) fn frame(
        &mut self,
        draw: impl FnOnce(&mut Buffer) -> Option<Position>,
        doubt: Doubt,
        out: &mut Vec<u8>,
    ) {
        self.next.reset();
        let cursor = draw(&mut self.next).filter(|p| self.next.area.contains(*p));
        let start = out.len();
        out.extend_from_slice(BEGIN);
        if !mem::replace(&mut self.valid, true) {
            out.extend_from_slice(CLEAR);
            self.shown.reset();
            self.cursor = None;
        }
        diff(&self.shown, &self.next, doubt, out);
        let painted = out.len() > start + BEGIN.len();
        match cursor {
            Some(p) if painted || self.cursor != Some(p) => {
                out.extend_from_slice(&cursor_to(p.x, p.y));
                if self.cursor.is_none() {
                    out.extend_from_slice(SHOW_CURSOR);
                }
            }
            None if self.cursor.is_some() => out.extend_from_slice(HIDE_CURSOR),
            _ => {}
        }
        if out.len() == start + BEGIN.len() {
            out.truncate(start);
        } else {
            out.extend_from_slice(END);
        }
        self.cursor = cursor;
        mem::swap(&mut self.shown, &mut self.next);
    }

    /// Makes a hyperlink (OSC 8) of an address of ASCII characters where the screen shows it, in one row or in several one
    /// below the other: paints the same text once more. Nothing while there is a cursor to be moved by that.
    pub(super) fn link(&self, url: &str, out: &mut Vec<u8>) {
        let mut rest = url.as_bytes();
        let cols = usize::from(self.shown.area.width.max(1));
        for (y, cells) in (0..).zip(self.shown.content.chunks(cols)) {
            let shown = |from: usize| {
                let same = |(cell, byte): &(&Cell, &u8)| cell.symbol().as_bytes() == [**byte];
                cells.iter().skip(from).zip(rest).take_while(same).count()
            };
            let least = rest.len().min(LINK);
            let place = (0..cells.len()).map(|x| (x, shown(x))).find(|(_, length)| *length >= least);
            let Some((x, length)) = place.filter(|_| least > 0 && self.cursor.is_none()) else { continue };
            let (row, below) = rest.split_at_checked(length).unwrap_or_default();
            let mut pen = Pen::PLAIN;
            out.extend_from_slice(&cursor_to(x as u16, y));
            pen.turn_into(cells.get(x).map_or(Pen::PLAIN, Pen::of), out);
            // The same id makes one link of all rows.
            out.extend([b"\x1b]8;id=wenzhai;", url.as_bytes(), b"\x1b\\", row, b"\x1b]8;;\x1b\\"].concat());
            pen.turn_into(Pen::PLAIN, out);
            rest = below;
        }
    }
}
