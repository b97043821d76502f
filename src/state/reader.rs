use super::detail_head::{detail_head, tab_bar};
use super::detail_text::detail_text;
use super::styled::StyledLine;
use super::tab::Tab;
use crate::catalogue::Lang;
use crate::effect::SlotId;
use crate::model::{Digest, Paper};
use crate::text::Form;

/// What the set text depends on: set again only when one of these changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct SetFor {
    paper: Option<(SlotId, usize)>,
    tab: Tab,
    form: Form,
    width: usize,
    height: usize,
}

/// The detail pane: the head and the text of one paper, wrapped, and how far it is scrolled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The open tab; it stays when the paper changes.
    pub tab: Tab,
    /// Title, authors, links, and the row of tabs.
    pub head: Vec<StyledLine>,
    /// The text of the tab.
    pub body: Vec<StyledLine>,
    /// Index of the first body row in view.
    pub top: usize,
    /// Rows the body has on screen.
    pub body_rows: usize,
    set_for: SetFor,
}

impl Reader {
    /// Sets a paper in a pane of `width` cells and `height` rows. The reading position is kept by character
    /// where only the pane changed, and goes to the top where paper or tab did.
    pub fn set(
        &mut self,
        at: (SlotId, usize),
        paper: &Paper,
        digest: &Digest,
        lang: Lang,
        form: Form,
        pane: (u16, u16),
    ) {
        let (width, height) = (usize::from(pane.0), usize::from(pane.1));
        let wanted = SetFor { paper: Some(at), tab: self.tab, form, width, height };
        if self.set_for == wanted {
            return;
        }
        let is_same_text = self.set_for.paper == wanted.paper && self.set_for.tab == wanted.tab;
        let (read, all) = (ink(self.body.iter().take(self.top)), ink(&self.body));
        self.set_for = wanted;
        self.head = detail_head(paper, digest, lang, form, width, height);
        let is_low = self.head.len() + 3 > height / 2 + 2;
        if !is_low {
            self.head.push(StyledLine::new());
        }
        self.head.push(tab_bar(self.tab, paper, lang, width));
        if height > self.head.len() + 2 {
            self.head.push(StyledLine::new());
        }
        self.body_rows = height.saturating_sub(self.head.len());
        self.body = detail_text(self.tab, paper, digest, lang, form, width, self.body_rows);
        // Another form has another number of characters for the same words.
        let read = read * ink(&self.body) / all.max(1);
        self.top = if is_same_text { self.line_after(read) } else { 0 };
        self.clamp();
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        *self = Self { tab: self.tab, ..Self::default() };
    }

    /// Forgets what was set, so that the next [`Reader::set`] sets it again.
    pub fn invalidate(&mut self) {
        self.set_for.height = usize::MAX;
    }

    /// Scrolls by rows; negative is up. False when there was nothing left to scroll.
    pub fn scroll(&mut self, by: isize) -> bool {
        let before = self.top;
        self.top = self.top.saturating_add_signed(by);
        self.clamp();
        self.top != before
    }

    /// Scrolls to the end.
    pub fn scroll_to_end(&mut self) {
        self.top = usize::MAX;
        self.clamp();
    }

    /// True when the last row of the text is in view.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.top + self.body_rows >= self.body.len()
    }

    fn clamp(&mut self) {
        self.top = self.top.min(self.body.len().saturating_sub(self.body_rows));
    }

    /// Index of the row that holds the character after `ink` characters.
    fn line_after(&self, ink: usize) -> usize {
        let mut before = 0;
        self.body
            .iter()
            .position(|line| {
                before += line.ink();
                before > ink
            })
            .unwrap_or(0)
    }
}

fn ink<'a>(lines: impl IntoIterator<Item = &'a StyledLine>) -> usize {
    lines.into_iter().map(StyledLine::ink).sum()
}
