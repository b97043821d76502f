/// How tall a list item is, and whether the cursor may stand on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Rows on screen; 0 for a heading that stands elsewhere.
    pub rows: u16,
    /// False for headings.
    pub selectable: bool,
}

/// A movement in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// By so many selectable items; negative is up.
    By(isize),
    /// By half the rows of the pane; negative is up.
    HalfPages(isize),
    /// By the rows of the pane; negative is up.
    Pages(isize),
    /// To the first selectable item.
    First,
    /// To the last selectable item.
    Last,
}

/// Which item of a list is selected, and which stands at the top of its pane.
///
/// Total over empty lists and panes without rows. After every call the selected item is selectable (if any
/// is) and wholly in view (if it fits), and no rows are left blank below the last item while some are
/// hidden above the first, unless a page was begun there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCursor {
    /// Index of the selected item; 0 in an empty list.
    pub selected: usize,
    /// Index of the first item in view.
    pub top: usize,
    /// Where a page was begun: until the list is scrolled above it, nothing above is pulled into view.
    begun: Option<usize>,
}

impl ListCursor {
    /// Moves by `step` in a pane of `rows` rows. O(items moved over).
    #[must_use]
    pub fn step(self, step: Step, items: &[Item], rows: u16) -> Self {
        let selected = match step {
            Step::First => nearest(items, 0),
            Step::Last => nearest(items, items.len().saturating_sub(1)),
            Step::By(n) => self.by(n, items),
            Step::HalfPages(n) => self.by_rows(n, rows.div_ceil(2), items),
            Step::Pages(n) => self.by_rows(n, rows, items),
        };
        self.select(selected, items, rows)
    }

    /// Selects the item at `index`, or the selectable one nearest to it, and brings it into view.
    #[must_use]
    pub fn select(self, index: usize, items: &[Item], rows: u16) -> Self {
        let selected = nearest(items, index);
        let mut top = self.top.min(selected);
        // One item of context is kept below and above where the pane has room for it.
        let below = (selected + 1).min(items.len().saturating_sub(1));
        let last = if height(items, selected, below) < u32::from(rows) { below } else { selected };
        // Kept as a sum: from one end of a long list to the other each step would add up all the rest.
        let mut tall = height(items, top, last);
        while top < selected && tall > u32::from(rows) {
            tall = tall.saturating_sub(items.get(top).map_or(0, |i| u32::from(i.rows)));
            top += 1;
        }
        let begun = self.begun.filter(|b| *b <= top);
        let has_room = height(items, selected.saturating_sub(1), last) <= u32::from(rows);
        if selected > 0 && top == selected && begun != Some(top) && has_room {
            top -= 1;
        }
        while top > begun.unwrap_or(0) && height(items, top - 1, items.len()) <= u32::from(rows) {
            top -= 1;
        }
        Self { selected, top, begun }
    }

    /// Begins a page in a pane of `rows` rows: the selectable item nearest to `index` is selected and stands at
    /// the top, whatever is above it.
    #[must_use]
    pub fn begin_page(self, index: usize, items: &[Item], rows: u16) -> Self {
        let top = nearest(items, index);
        Self { selected: top, top, begun: Some(top) }.select(top, items, rows)
    }

    /// Says whether the list stands at the beginning of a page.
    pub(super) fn is_begun(self) -> bool {
        self.begun == Some(self.top)
    }

    /// Puts item `top` at the top, after items were added or taken away; the beginning of a page is one still.
    pub(super) fn stand(&mut self, top: usize, is_begun: bool) {
        self.top = top;
        self.begun = is_begun.then_some(top);
    }

    /// Scrolls so that `above` rows, or as few less as the items and a pane of `rows` rows allow, stand above the
    /// selected item: for a list that changed under the cursor.
    #[must_use]
    pub fn hold(self, above: u16, items: &[Item], rows: u16) -> Self {
        let selected = nearest(items, self.selected);
        let mut top = selected;
        while top > 0 && height(items, top - 1, selected.saturating_sub(1)) <= u32::from(above) {
            top -= 1;
        }
        while top < selected && height(items, top, selected) > u32::from(rows) {
            top += 1;
        }
        let is_begun = self.is_begun();
        while !is_begun && top > 0 && height(items, top - 1, items.len()) <= u32::from(rows) {
            top -= 1;
        }
        Self { selected, top, begun: is_begun.then_some(top) }
    }

    fn by(self, n: isize, items: &[Item]) -> usize {
        let mut at = self.selected;
        let mut left = n.unsigned_abs();
        while left > 0 {
            let next = if n > 0 {
                (at + 1..items.len()).find(|&i| is_selectable(items, i))
            } else {
                (0..at).rev().find(|&i| is_selectable(items, i))
            };
            let Some(next) = next else { break };
            at = next;
            left -= 1;
        }
        at
    }

    fn by_rows(self, n: isize, rows: u16, items: &[Item]) -> usize {
        let mut at = self.selected;
        let mut left = n.unsigned_abs() * usize::from(rows.max(1));
        loop {
            let next = if n > 0 { at + 1 } else { at.wrapping_sub(1) };
            let Some(item) = items.get(next) else { break };
            left = left.saturating_sub(usize::from(item.rows));
            at = next;
            if left == 0 {
                break;
            }
        }
        nearest(items, at)
    }
}

fn is_selectable(items: &[Item], index: usize) -> bool {
    items.get(index).is_some_and(|i| i.selectable)
}

/// Rows of the items `from..=to`.
fn height(items: &[Item], from: usize, to: usize) -> u32 {
    items.iter().take(to.saturating_add(1)).skip(from).map(|i| u32::from(i.rows)).sum()
}

fn nearest(items: &[Item], index: usize) -> usize {
    let index = index.min(items.len().saturating_sub(1));
    (index..items.len()).chain((0..index).rev()).find(|&i| is_selectable(items, i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn papers(n: usize) -> Vec<Item> {
        vec![Item { rows: 2, selectable: true }; n]
    }

    #[test]
    fn the_window_follows_the_cursor_with_one_item_of_context() {
        let items = papers(10);
        let mut c = ListCursor::default();
        // step; selected and top after it; pane of 6 rows = 3 papers
        for (step, selected, top) in [
            (Step::By(1), 1, 0),
            (Step::By(1), 2, 1),
            (Step::By(1), 3, 2),
            (Step::By(-1), 2, 1),
            (Step::Last, 9, 7),
            (Step::By(1), 9, 7),
            (Step::Pages(-1), 6, 5),
            (Step::HalfPages(1), 8, 7),
            (Step::First, 0, 0),
            (Step::By(-1), 0, 0),
        ] {
            c = c.step(step, &items, 6);
            assert_eq!((c.selected, c.top), (selected, top), "{step:?}");
        }
    }

    #[test]
    fn a_page_stands_as_it_was_begun_until_one_goes_above_it() {
        let items = papers(10);
        let page = ListCursor::default().begin_page(8, &items, 8);
        assert_eq!((page.selected, page.top), (8, 8), "two papers and two blank places");
        let next = page.step(Step::By(1), &items, 8);
        assert_eq!((next.selected, next.top), (9, 8));
        let back = next.step(Step::By(-1), &items, 8);
        assert_eq!(back, page);
        let above = back.step(Step::By(-1), &items, 8);
        assert_eq!((above.selected, above.top), (7, 6));
    }

    #[test]
    fn headings_are_never_selected() {
        let mut items = papers(4);
        items.insert(0, Item { rows: 1, selectable: false });
        items.insert(3, Item { rows: 1, selectable: false });
        let c = ListCursor::default().step(Step::First, &items, 20);
        assert_eq!(c.selected, 1);
        assert_eq!(c.step(Step::By(2), &items, 20).selected, 4);
        assert_eq!(c.step(Step::By(-9), &items, 20).selected, 1);
    }

    #[test]
    fn empty_lists_and_panes_without_rows_are_fine() {
        for rows in [0, 1, 6] {
            for items in [vec![], papers(1), vec![Item { rows: 1, selectable: false }]] {
                for step in
                    [Step::By(1), Step::By(-1), Step::Pages(3), Step::HalfPages(-2), Step::First, Step::Last]
                {
                    let c = ListCursor { selected: 7, top: 7, begun: Some(7) }.step(step, &items, rows);
                    assert!(c.selected == 0 && c.top == 0, "{rows} {items:?} {step:?} {c:?}");
                }
            }
        }
    }
}
