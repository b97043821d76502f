use std::io::Write as _;

use ratatui::buffer::{Buffer, Cell};

use super::pen::Pen;
use crate::text;

/// Which characters terminals may give another width than ours.
pub(super) type Doubt = fn(char) -> bool;

const NO_BREAK: &str = "\u{a0}";

/// What one column of a row shows.
#[derive(Clone, Copy)]
struct Slot<'b> {
    /// The character; empty for the second half of a wide one.
    symbol: &'b str,
    /// Columns it takes: 1 or 2; 0 for the second half of a wide one.
    width: u16,
    pen: Pen,
    /// True where the column after this slot is in doubt: terminals disagree about its width.
    loses_column: bool,
}

impl Slot<'_> {
    fn is_blank(&self) -> bool {
        self.symbol == " "
    }

    /// Says whether the column holds a character of its own that is seen.
    fn has_ink(&self) -> bool {
        self.width > 0 && !self.is_blank()
    }

    /// Says whether `pen` draws this slot as it should be.
    fn suits(&self, pen: Pen) -> bool {
        self.pen == pen || (self.is_blank() && self.pen.blanks_like(pen))
    }

    fn looks_like(&self, other: &Self) -> bool {
        self.width == other.width && self.symbol == other.symbol && self.suits(other.pen)
    }
}

/// Writes to `out` what turns the screen `prev` into `next`: ECMA-48 with UTF-8, nothing when they look the same.
///
/// Both buffers have the same area with its origin at 0, 0. The terminal's pen is plain before and after;
/// its cursor may be anywhere before, and is left anywhere. Only CUP, CUF, CHA, EL, ECH and SGR are used, so
/// any terminal since the VT220 follows. After a character whose width is in `doubt`, the next column is addressed anew
/// and repainted, which confines the damage to that character. O(cells).
pub(super) fn diff(prev: &Buffer, next: &Buffer, doubt: Doubt, out: &mut Vec<u8>) {
    debug_assert_eq!(prev.area, next.area, "screens of different sizes cannot be compared");
    let cols = usize::from(next.area.width.max(1));
    let mut painter = Painter { out, pen: Pen::PLAIN, at: At::Unknown, cols: next.area.width };
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for (y, (a, b)) in (0..).zip(prev.content.chunks(cols).zip(next.content.chunks(cols))) {
        if a != b {
            read(a, doubt, &mut old);
            read(b, doubt, &mut new);
            painter.row(y, &old, &new);
        }
    }
    painter.set_pen(Pen::PLAIN);
}

/// Reads the cells of a row as what a terminal can show of them: a control character, a character without
/// columns, a wide one in the last column and a no-break blank, which not every font has, become a blank.
fn read<'b>(cells: &'b [Cell], doubt: Doubt, row: &mut Vec<Slot<'b>>) {
    row.clear();
    let mut covered = false;
    for (x, cell) in cells.iter().enumerate() {
        if std::mem::take(&mut covered) {
            if let Some(&lead) = row.last() {
                row.push(Slot { symbol: "", width: 0, loses_column: false, ..lead });
            }
            continue;
        }
        let (symbol, width) = match columns(cell.symbol()) {
            1 if cell.symbol() != NO_BREAK => (cell.symbol(), 1),
            2 if x + 1 < cells.len() => (cell.symbol(), 2),
            _ => (" ", 1),
        };
        covered = width == 2;
        let loses_column = !symbol.is_ascii() && symbol.chars().any(doubt);
        row.push(Slot { symbol, width, pen: Pen::of(cell), loses_column });
    }
}

/// Columns a symbol takes; 0 for what must not reach a terminal.
fn columns(symbol: &str) -> usize {
    match symbol.as_bytes() {
        [byte] => usize::from((b' '..0x7f).contains(byte)),
        _ if symbol.chars().any(char::is_control) => 0,
        _ => text::width(symbol),
    }
}

/// Where the terminal's cursor is known to be.
#[derive(Clone, Copy)]
enum At {
    Unknown,
    /// In this row, at a column that is in doubt.
    Row(u16),
    /// At this column and row.
    Cell(u16, u16),
}

struct Painter<'o> {
    out: &'o mut Vec<u8>,
    pen: Pen,
    at: At,
    cols: u16,
}

impl Painter<'_> {
    /// Paints what differs in row `y`.
    fn row(&mut self, y: u16, old: &[Slot<'_>], new: &[Slot<'_>]) {
        let differs: Vec<bool> = old.iter().zip(new).map(|(a, b)| !a.looks_like(b)).collect();
        let Some(last) = differs.iter().rposition(|d| *d) else { return };
        let blank_from =
            new.iter().rposition(|s| !(s.is_blank() && s.suits(Pen::PLAIN))).map_or(0, |x| x + 1);
        let (mut in_doubt, mut clear_to) = (false, 0);
        for (x, slot) in new.iter().enumerate().filter(|(_, s)| s.width > 0) {
            let own = differs.iter().skip(x).take(usize::from(slot.width)).any(|d| *d);
            if x < clear_to || (!own && !in_doubt) {
                continue;
            }
            let column = x as u16;
            self.reach(column, y, new);
            if x >= blank_from && last.saturating_sub(x) >= ERASE_LINE.len() {
                self.plain_ground();
                self.out.extend_from_slice(ERASE_LINE);
                return;
            }
            let blanks = to_blank(x, new, &differs);
            if blanks >= ERASED_AT_ONCE {
                self.plain_ground();
                let _ = write!(self.out, "\x1b[{blanks}X");
                clear_to = x + blanks;
                in_doubt = false;
                continue;
            }
            // A terminal that gives it one column would leave what stands in the other.
            if slot.width == 2 && slot.loses_column && old.get(x + 1).is_some_and(Slot::has_ink) {
                self.put(column, y, &Slot { symbol: "  ", ..*slot });
                self.at = At::Row(y);
                self.go(column, y);
            }
            self.put(column, y, slot);
            in_doubt = slot.loses_column;
        }
    }

    /// Brings the cursor to a column: by sending the unchanged cells before it again where that is shorter.
    fn reach(&mut self, x: u16, y: u16, row: &[Slot<'_>]) {
        if let At::Cell(from, at_row) = self.at
            && at_row == y
            && from < x
        {
            let gap = || row.iter().take(usize::from(x)).skip(usize::from(from)).filter(|s| s.width > 0);
            let bytes: usize = gap().map(|s| s.symbol.len()).sum();
            let move_bytes = 3 + if x - from > 1 { digits(x - from) } else { 0 };
            if bytes <= move_bytes && gap().all(|s| s.suits(self.pen) && !s.loses_column) {
                gap().for_each(|s| self.out.extend_from_slice(s.symbol.as_bytes()));
                self.at = At::Cell(x, y);
                return;
            }
        }
        self.go(x, y);
    }

    /// Moves the cursor by the shortest of CUF, CHA and CUP (ECMA-48, 8.3.20, 8.3.9, 8.3.21).
    fn go(&mut self, x: u16, y: u16) {
        let _ = match self.at {
            At::Cell(from, row) if row == y && from == x => Ok(()),
            At::Cell(from, row) if row == y && from + 1 == x => self.out.write_all(b"\x1b[C"),
            At::Cell(from, row) if row == y && from < x => write!(self.out, "\x1b[{}C", x - from),
            At::Cell(_, row) | At::Row(row) if row == y => write!(self.out, "\x1b[{}G", x + 1),
            _ => self.out.write_all(&cursor_to(x, y)),
        };
        self.at = At::Cell(x, y);
    }

    fn put(&mut self, x: u16, y: u16, slot: &Slot<'_>) {
        if !slot.suits(self.pen) {
            self.set_pen(slot.pen);
        }
        self.out.extend_from_slice(slot.symbol.as_bytes());
        self.at = if x + slot.width >= self.cols {
            // The terminal is about to wrap: where it says it is differs between terminals.
            At::Unknown
        } else if slot.loses_column {
            At::Row(y)
        } else {
            At::Cell(x + slot.width, y)
        };
    }

    /// Takes a pen under which erased cells have the terminal's own ground.
    fn plain_ground(&mut self) {
        if !Pen::PLAIN.blanks_like(self.pen) {
            self.set_pen(Pen::PLAIN);
        }
    }

    fn set_pen(&mut self, pen: Pen) {
        self.pen.turn_into(pen, self.out);
    }
}

/// Columns from which ECH (ECMA-48, 8.3.38) and a move behind it are shorter than the blanks.
const ERASED_AT_ONCE: usize = 10;

/// Counts the plain blanks from column `x` on, up to the last one that differs.
fn to_blank(x: usize, row: &[Slot<'_>], differs: &[bool]) -> usize {
    let blanks = row.iter().skip(x).take_while(|s| s.is_blank() && s.suits(Pen::PLAIN)).count();
    differs.iter().skip(x).take(blanks).rposition(|d| *d).map_or(0, |last| last + 1)
}

/// EL: erases from the cursor to the end of the line (ECMA-48, 8.3.41).
const ERASE_LINE: &[u8] = b"\x1b[K";

/// Returns the shortest CUP to a column and row, both counted from 0.
pub(super) fn cursor_to(x: u16, y: u16) -> Vec<u8> {
    match (x, y) {
        (0, 0) => b"\x1b[H".to_vec(),
        (0, _) => format!("\x1b[{}H", y + 1).into_bytes(),
        _ => format!("\x1b[{};{}H", y + 1, x + 1).into_bytes(),
    }
}

fn digits(n: u16) -> usize {
    n.checked_ilog10().unwrap_or(0) as usize + 1
}
