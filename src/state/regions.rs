use ratatui::layout::Rect;

use super::{Focus, Size};

/// Below this the panes cannot be told apart.
const SMALLEST: Size = Size { cols: 20, rows: 6 };
/// From this width list and detail stand side by side.
const TWO_COLUMNS: u16 = 100;
/// From this width the dates have a column of their own.
const THREE_COLUMNS: u16 = 160;
/// Cells of the date column.
const DATES: u16 = 20;

/// Where everything stands on the screen, in cells. One function makes it for update and view alike, so
/// page sizes and scroll limits are known before anything is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// The first line.
    pub header: Rect,
    /// The date list, when it is on screen.
    pub dates: Option<Rect>,
    /// The paper list, when it is on screen.
    pub papers: Option<Rect>,
    /// The detail pane, when it is on screen.
    pub detail: Option<Rect>,
    /// The last line, or the one before it while there is a note.
    pub status: Rect,
    /// The line under a text input of which there may be something to say.
    pub note: Option<Rect>,
    /// Columns of the dim rules between panes.
    pub rules: [Option<u16>; 2],
    /// True when there is only room for saying so.
    pub too_small: bool,
}

/// Lays the screen out. With `zen` the detail pane has the screen to itself.
///
/// From 160 columns: dates, list and detail. From 100: list (or dates, when they have the focus) and
/// detail. Below: the focused pane alone.
#[must_use]
pub fn regions(size: Size, focus: Focus, zen: bool) -> Regions {
    let Size { cols, rows } = size;
    if cols < SMALLEST.cols || rows < SMALLEST.rows {
        return Regions { too_small: true, ..Regions::default() };
    }
    let mut r = Regions {
        header: Rect::new(0, 0, cols, 1),
        status: Rect::new(0, rows - 1, cols, 1),
        ..Regions::default()
    };
    let body = |x: u16, width: u16| Some(Rect::new(x, 1, width, rows - 2));
    if zen {
        r.detail = body(0, cols);
    } else if cols >= THREE_COLUMNS {
        let list = (cols - DATES - 2) / 2 - 1;
        r.dates = body(0, DATES);
        r.papers = body(DATES + 1, list);
        r.detail = body(DATES + list + 2, cols - DATES - list - 2);
        r.rules = [Some(DATES), Some(DATES + list + 1)];
    } else if cols >= TWO_COLUMNS {
        let list = u16::try_from(u32::from(cols) * 47 / 100).unwrap_or(cols / 2);
        let left = body(0, list);
        (r.dates, r.papers) = if focus == Focus::Dates { (left, None) } else { (None, left) };
        r.detail = body(list + 1, cols - list - 1);
        r.rules = [Some(list), None];
    } else {
        match focus {
            Focus::Dates => r.dates = body(0, cols),
            Focus::Papers => r.papers = body(0, cols),
            Focus::Detail => r.detail = body(0, cols),
        }
    }
    r
}

impl Regions {
    /// The same with a line for a note at the bottom, taken from the panes.
    pub(super) fn with_note(mut self) -> Self {
        if self.too_small {
            return self;
        }
        self.note = Some(self.status);
        self.status.y -= 1;
        for pane in [&mut self.dates, &mut self.papers, &mut self.detail].into_iter().flatten() {
            pane.height -= 1;
        }
        self
    }
}

impl Regions {
    /// The same with a line for a note at the bottom that lies over the panes, so that nothing in them moves.
    pub(super) fn with_note_over(mut self) -> Self {
        if !self.too_small {
            self.note = Some(self.status);
            self.status.y -= 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_tile_the_body_at_every_size() {
        for cols in 0..260 {
            for rows in [0, 1, 5, 6, 24, 60] {
                for focus in [Focus::Dates, Focus::Papers, Focus::Detail] {
                    let r = regions(Size { cols, rows }, focus, false);
                    if r.too_small {
                        assert!(cols < 20 || rows < 6);
                        continue;
                    }
                    let panes: u16 = [r.dates, r.papers, r.detail].iter().flatten().map(|p| p.width).sum();
                    let rules = r.rules.iter().flatten().count() as u16;
                    assert_eq!(panes + rules, cols, "{cols}x{rows}");
                    for (r, bottom) in [(r, rows - 1), (r.with_note(), rows - 2)] {
                        assert!([r.dates, r.papers, r.detail].iter().flatten().all(|p| p.bottom() == bottom));
                        assert_eq!(r.status.y, bottom);
                    }
                }
            }
        }
    }
}
