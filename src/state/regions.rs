use ratatui::layout::Rect;

use super::{Focus, Size};

/// Below this the panes cannot be told apart.
const SMALLEST: Size = Size { cols: 20, rows: 6 };
/// From this width list and detail stand side by side.
const TWO_COLUMNS: u16 = 100;
/// From this width the dates have a column of their own.
const THREE_COLUMNS: u16 = 160;
/// Cells of the date column: at least, at most.
const DATES: (u16, u16) = (14, 40);
/// The fewest cells of a list and of a detail pane that stand side by side.
const LEAST_LIST: u16 = 30;
const LEAST_DETAIL: u16 = 40;
/// The whole of a width that is shared.
const WHOLE: u16 = 1000;

/// How the panes share the width, as the user likes it; what that comes to is kept within bounds at every size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// The list's part beside the detail pane, in thousandths.
    pub list: u16,
    /// The list's part of what the dates leave, in thousandths.
    pub list_of_three: u16,
    /// Cells of the date column.
    pub dates: u16,
}

impl Default for Shares {
    fn default() -> Self {
        Self { list: 470, list_of_three: 500, dates: 20 }
    }
}

impl Shares {
    /// Reads them as the session keeps them.
    #[must_use]
    pub fn of([list, list_of_three, dates]: [u16; 3]) -> Self {
        Self { list, list_of_three, dates }
    }

    /// Gives them as the session keeps them.
    #[must_use]
    pub fn parts(self) -> [u16; 3] {
        [self.list, self.list_of_three, self.dates]
    }

    /// Puts a rule, the first or the second one, into a column, or as near to it as can be. Where there is no such
    /// rule, nothing changes.
    #[must_use]
    pub fn with_rule(self, size: Size, rule: usize, column: u16) -> Self {
        let cols = size.cols;
        match regions(size, self, Focus::Papers, false).rules {
            [Some(_), None] if rule == 0 => Self { list: part(column, cols), ..self },
            [Some(_), Some(second)] if rule == 0 => {
                // The other rule stays where it is.
                let dates = column.clamp(DATES.0, DATES.1);
                let rest = cols.saturating_sub(dates + 2);
                Self { dates, list_of_three: part(second.saturating_sub(dates), rest), ..self }
            }
            [Some(first), Some(_)] if rule == 1 => {
                let rest = cols.saturating_sub(first + 2);
                Self { list_of_three: part(column.saturating_sub(first), rest), ..self }
            }
            _ => self,
        }
    }

    /// Makes the pane that has the keys wider by `cells`; negative is narrower. None where no pane stands beside it, or
    /// where it is as wide, or as narrow, as can be.
    #[must_use]
    pub fn grown(self, size: Size, focus: Focus, cells: i16) -> Option<Self> {
        let rules = regions(size, self, focus, false).rules;
        let (rule, cells) = match (focus, rules) {
            (Focus::Detail, [_, Some(_)]) => (1, -cells),
            (Focus::Detail, _) => (0, -cells),
            (Focus::Papers, [_, Some(_)]) => (1, cells),
            (Focus::Papers | Focus::Dates, _) => (0, cells),
        };
        let column = rules.get(rule).copied().flatten()?;
        let grown = self.with_rule(size, rule, column.saturating_add_signed(cells));
        let moved = regions(size, grown, focus, false).rules;
        (moved != rules).then_some(grown)
    }
}

/// The part of `whole` that comes to so many cells, in thousandths.
fn part(cells: u16, whole: u16) -> u16 {
    let part = (u32::from(cells) * u32::from(WHOLE)).div_ceil(u32::from(whole.max(1)));
    u16::try_from(part).unwrap_or(WHOLE).min(WHOLE)
}

/// The cells of a part of `whole`.
fn cells(part: u16, whole: u16) -> u16 {
    let cells = u32::from(whole) * u32::from(part.min(WHOLE)) / u32::from(WHOLE);
    u16::try_from(cells).unwrap_or(whole)
}

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

/// Lays the screen out, shared as the user likes it. With `zen` the detail pane has the screen to itself.
///
/// From 160 columns: dates, list and detail. From 100: list (or dates, when they have the focus) and
/// detail. Below: the focused pane alone.
#[must_use]
pub fn regions(size: Size, shares: Shares, focus: Focus, zen: bool) -> Regions {
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
        let dates = shares.dates.clamp(DATES.0, DATES.1);
        let rest = cols - dates - 2;
        let list = cells(shares.list_of_three, rest).saturating_sub(1).clamp(LEAST_LIST, rest - LEAST_DETAIL);
        r.dates = body(0, dates);
        r.papers = body(dates + 1, list);
        r.detail = body(dates + list + 2, rest - list);
        r.rules = [Some(dates), Some(dates + list + 1)];
    } else if cols >= TWO_COLUMNS {
        let list = cells(shares.list, cols).clamp(LEAST_LIST, cols - 1 - LEAST_DETAIL);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_tile_the_body_at_every_size() {
        for cols in 0..260 {
            for rows in [0, 1, 5, 6, 24, 60] {
                for focus in [Focus::Dates, Focus::Papers, Focus::Detail] {
                    let r = regions(Size { cols, rows }, Shares::default(), focus, false);
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

    #[test]
    fn a_rule_goes_where_it_is_dragged() {
        for cols in (100..260).chain([999, 1000]) {
            let size = Size { cols, rows: 30 };
            for rule in 0..2 {
                for column in 0..=cols {
                    let before = regions(size, Shares::default(), Focus::Papers, false).rules;
                    let shares = Shares::default().with_rule(size, rule, column);
                    let r = regions(size, shares, Focus::Papers, false);
                    let Some(Some(at)) = r.rules.get(rule).copied() else { continue };
                    let panes = [r.dates, r.papers, r.detail].into_iter().flatten();
                    let least = |(i, p): (usize, Rect)| p.width >= [14, 30, 40][i + usize::from(cols < 160)];
                    assert!(panes.enumerate().all(least), "{cols} {rule} {column} {r:?}");
                    let second = r.rules[1].unwrap_or(cols);
                    let (from, to) = match (rule, r.rules[1]) {
                        (0, None) => (30, cols - 41),
                        (0, Some(_)) => (14, 40.min(second - 31)),
                        _ => (r.rules[0].unwrap() + 31, cols - 41),
                    };
                    assert!(at == column || column < from || column > to, "{cols} {rule} {column} {at}");
                    if rule == 0 && column <= 40 && cols >= 160 {
                        assert_eq!(r.rules[1], before[1], "{cols} {column}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_pane_grows_and_shrinks_back_within_bounds() {
        for cols in [100, 119, 120, 160, 200, 260] {
            let size = Size { cols, rows: 30 };
            for focus in [Focus::Dates, Focus::Papers, Focus::Detail] {
                for by in [4, -4] {
                    let mut shares = Shares::default();
                    let mut steps = 0;
                    while let Some(grown) = shares.grown(size, focus, by) {
                        let width = |s| {
                            let r = regions(size, s, focus, false);
                            [r.dates, r.papers, r.detail][focus as usize].unwrap().width
                        };
                        assert_eq!(width(grown) > width(shares), by > 0, "{cols} {focus:?}");
                        (shares, steps) = (grown, steps + 1);
                    }
                    assert!((1..60).contains(&steps), "{cols} {focus:?} {by}: {steps}");
                }
            }
            assert_eq!(Shares::default().grown(Size { cols: 99, rows: 30 }, Focus::Papers, 4), None);
        }
    }

    #[test]
    fn any_session_gives_panes() {
        for part in [0, 1, 499, 1000, u16::MAX] {
            for cols in 100..260 {
                let shares = Shares::of([part; 3]);
                let r = regions(Size { cols, rows: 30 }, shares, Focus::Papers, false);
                let widths: u16 = [r.dates, r.papers, r.detail].iter().flatten().map(|p| p.width).sum();
                assert_eq!(widths + r.rules.iter().flatten().count() as u16, cols);
            }
        }
    }
}
