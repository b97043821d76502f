use std::collections::HashMap;
use std::ops::Range;

use super::Focus;
use super::bilingual::bilingual;
use super::detail_head::{detail_head, tab_bar};
use super::detail_text::detail_text;
use super::find::Find;
use super::papers::Place;
use super::passage::SetText;
use super::sightings::Also;
use super::styled::StyledLine;
use super::tab::{Tab, TabKeys};
use crate::catalogue::Lang;
use crate::effect::Remarks;
use crate::effect::SlotId;
use crate::model::{Digest, Paper};
use crate::text::{self, Form};

/// A text of a paper: a tab, or none for the bilingual view.
type TextId = (Place, Option<Tab>);

/// What the set text depends on: set again only when one of these changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct SetFor {
    text: Option<TextId>,
    version: u64,
    form: Form,
    width: usize,
    height: usize,
}

/// The detail pane: the head and the text of one paper, wrapped, and how far it is scrolled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The open tab; it stays when the paper changes.
    pub tab: Tab,
    /// In the bilingual view, which covers the tab: the pane that had the keys before.
    pub bilingual: Option<Focus>,
    /// Title, authors, links, and the row of tabs.
    pub head: Vec<StyledLine>,
    /// Which row of the head has the tabs.
    tab_row: usize,
    /// Index of the first body row in view.
    pub top: usize,
    /// Rows the body has on screen.
    pub body_rows: usize,
    /// What is looked for in the text.
    pub find: Option<Find>,
    /// The text of the tab.
    set: SetText,
    /// Body rows of each pair of the bilingual view.
    pairs: Vec<Range<usize>>,
    /// Index of the pair one is at.
    pair: usize,
    set_for: SetFor,
    /// The tags and the note that are set.
    remarks: Remarks,
    /// Where else the paper was seen.
    also: Vec<Also>,
    /// The names of its authors that are followed.
    followed: Vec<String>,
    /// The keys of the tabs, as they are shown.
    keys: TabKeys,
    /// `top` and `pair` as they were set.
    placed: (usize, usize),
    /// How far each text was read, in characters that are not blank; none for texts at their top.
    places: HashMap<TextId, usize>,
}

impl Reader {
    /// Has the paper set anew the next time, where something else than its text or the pane has changed.
    pub(super) fn outdate(&mut self) {
        self.set_for.width = 0;
    }

    /// Sets a paper, read from the disk as `version`, in a pane of `width` cells and `height` rows. The reading position
    /// of a text is kept by character while the program runs, whatever the pane does and whatever else is read in between.
    pub fn set(
        &mut self,
        (at, version): (Place, u64),
        (paper, remarks, also): (&Paper, &Remarks, &[Also]),
        (digest, followed): (&Digest, &[String]),
        (lang, keys): (Lang, &TabKeys),
        form: Form,
        pane: (u16, u16),
    ) {
        let (width, height) = (usize::from(pane.0), usize::from(pane.1));
        let text = (at, Some(self.tab).filter(|_| self.bilingual.is_none()));
        let wanted = SetFor { text: Some(text), version, form, width, height };
        let is_same =
            self.remarks == *remarks && self.also == also && self.followed == followed && self.keys == *keys;
        if self.set_for == wanted && is_same {
            return;
        }
        self.remember_place();
        self.set_for = wanted;
        self.remarks = remarks.clone();
        self.also = also.to_vec();
        self.followed = followed.to_vec();
        self.keys.clone_from(keys);
        let about = (paper, remarks, also);
        self.head = detail_head(about, (digest, &self.followed), lang, form, width, height);
        let is_low = self.head.len() + 3 > height / 2 + 2;
        if !is_low {
            self.head.push(StyledLine::new());
        }
        let tabs = text.1.map_or(vec![Tab::English, Tab::Chinese], |tab| vec![tab]);
        self.tab_row = self.head.len();
        self.head.push(tab_bar(&tabs, keys, paper, lang, width));
        if height > self.head.len() + 2 {
            self.head.push(StyledLine::new());
        }
        self.body_rows = height.saturating_sub(self.head.len());
        if let Some(tab) = text.1 {
            self.set =
                detail_text(tab, (paper, remarks, also), digest, (lang, keys), form, width, self.body_rows);
            self.pairs.clear();
        } else {
            let set = bilingual(paper, lang, form, width);
            (self.set, self.pairs) = (set.set, set.pairs);
        }
        self.return_to_place();
        if let Some(find) = &mut self.find {
            find.look_up(&self.set);
            find.restart(self.top);
        }
    }

    /// The tab whose name stands at a row of the pane and a cell of that row's text, if any.
    #[must_use]
    pub fn tab_at(&self, row: usize, cell: usize) -> Option<Tab> {
        let bar = self.head.get(row).filter(|_| row == self.tab_row)?;
        let (mut end, mut tabs) = (0, Tab::ALL.into_iter());
        for span in &bar.spans {
            end += text::width(&span.text);
            // What stands between the names is blank.
            let tab = if span.text.trim().is_empty() { None } else { tabs.next() };
            if cell < end {
                return tab;
            }
        }
        None
    }

    /// The rows of the text, hits not marked.
    #[must_use]
    pub fn body(&self) -> &[StyledLine] {
        &self.set.lines
    }

    /// The body rows in view, hits marked. O(rows in view + paragraphs).
    #[must_use]
    pub fn in_view(&self) -> Vec<StyledLine> {
        let rows = self.top..self.top + self.body_rows;
        match &self.find {
            Some(find) => find.mark(&self.set, rows),
            None => self.set.lines.iter().skip(rows.start).take(rows.len()).cloned().collect(),
        }
    }

    /// Follows the papers of a digest to where they are in its new version; `find` tells where, if anywhere.
    pub fn follow(&mut self, slot: SlotId, find: impl Fn(usize) -> Option<usize>) {
        self.remember_place();
        let moved = |((at, tab), read): (TextId, usize)| match at {
            (s, index) if s == slot => Some((((s, find(index)?), tab), read)),
            _ => Some(((at, tab), read)),
        };
        self.places = std::mem::take(&mut self.places).into_iter().filter_map(moved).collect();
        // What is on screen is set anew, and noted already.
        self.set_for.text = None;
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        self.remember_place();
        *self = Self {
            tab: self.tab,
            bilingual: self.bilingual,
            find: self.find.take(),
            places: std::mem::take(&mut self.places),
            ..Self::default()
        };
    }

    /// Scrolls by rows; negative is up. False when there was nothing left to scroll.
    pub fn scroll(&mut self, by: isize) -> bool {
        let before = self.top;
        self.top = self.top.saturating_add_signed(by);
        self.clamp();
        self.pair = match self.pairs.iter().position(|rows| rows.start >= self.top) {
            // There is nothing to scroll, but there are pairs to go to.
            _ if self.top == before && by > 0 => self.last_pair(),
            Some(first_in_view) => first_in_view,
            None => self.last_pair(),
        };
        self.top != before
    }

    /// Scrolls to the end.
    pub fn scroll_to_end(&mut self) {
        self.top = usize::MAX;
        self.clamp();
        self.pair = self.last_pair();
    }

    /// True when the last row of the text is in view.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.top + self.body_rows >= self.set.lines.len()
    }

    /// The body rows of the pair one is at; empty outside the bilingual view.
    #[must_use]
    pub fn pair_rows(&self) -> Range<usize> {
        self.pairs.get(self.pair).cloned().unwrap_or_default()
    }

    /// Goes to the next pair, or to the previous one; through a pair that is higher than the pane by rows.
    pub(super) fn step_pair(&mut self, is_forward: bool) {
        let rows = self.pair_rows();
        let page = self.body_rows.saturating_sub(1).max(1);
        if is_forward && rows.end > self.top + self.body_rows {
            self.top += page;
        } else if !is_forward && rows.start < self.top {
            self.top = self.top.saturating_sub(page).max(rows.start);
        } else if is_forward {
            self.pair = (self.pair + 1).min(self.last_pair());
            self.show_rows(&self.pair_rows());
        } else if self.pair == 0 {
            self.top = 0;
        } else {
            self.pair -= 1;
            self.show_rows(&self.pair_rows());
        }
        self.clamp();
    }

    /// Looks for `query` from body row `from` on, and shows what is found.
    pub(super) fn start_find(&mut self, query: &str, from: usize) {
        self.find = (!query.is_empty()).then(|| Find::new(query, &self.set, from));
        self.top = from;
        self.clamp();
        self.show_hit();
    }

    /// Marks the words of a search wherever they stand, and scrolls to none of them.
    pub(super) fn find_words(&mut self, words: Vec<String>) {
        self.find = (!words.is_empty()).then(|| Find::of_words(words, &self.set, self.top));
    }

    /// Stops looking for anything.
    pub(super) fn end_find(&mut self) {
        self.find = None;
    }

    /// Goes to the next hit, or to the previous one. None without hits; true when it went round the end.
    pub(super) fn step_find(&mut self, is_forward: bool) -> Option<bool> {
        let seen = self.top..self.top + self.body_rows;
        let find = self.find.as_mut().filter(|f| f.place().1 > 0)?;
        let is_round = find.step(is_forward, &seen);
        self.show_hit();
        Some(is_round)
    }

    fn show_hit(&mut self) {
        if let Some(line) = self.find.as_ref().and_then(Find::line) {
            if !(self.top..self.top + self.body_rows).contains(&line) {
                self.top = line.saturating_sub(self.body_rows / 3);
                self.clamp();
            }
            self.pair = self.pairs.iter().rposition(|rows| rows.start <= line).unwrap_or(0);
            let rows = self.pair_rows();
            if rows.contains(&line) && rows.len() <= self.body_rows {
                self.show_rows(&rows);
            }
        }
    }

    /// Scrolls as little as shows `rows` whole, or their first ones.
    fn show_rows(&mut self, rows: &Range<usize>) {
        let last_top = rows.end.saturating_sub(self.body_rows);
        self.top = self.top.max(last_top).min(rows.start);
    }

    fn last_pair(&self) -> usize {
        self.pairs.len().saturating_sub(1)
    }

    fn clamp(&mut self) {
        self.top = self.top.min(self.set.lines.len().saturating_sub(self.body_rows));
    }

    /// Notes how far the text was read, unless nothing moved since it was set: then what is noted is exact.
    fn remember_place(&mut self) {
        let Some(text) = self.set_for.text.filter(|_| (self.top, self.pair) != self.placed) else { return };
        let row = if self.pairs.is_empty() { self.top } else { self.pair_rows().start };
        match self.set.lines.iter().take(row).map(StyledLine::ink).sum() {
            0 => self.places.remove(&text),
            read => self.places.insert(text, read),
        };
    }

    fn return_to_place(&mut self) {
        let read = self.set_for.text.and_then(|text| self.places.get(&text)).copied();
        let row = read.map_or(0, |read| self.line_after(read));
        self.pair = self.pairs.iter().rposition(|rows| rows.start <= row).unwrap_or(0);
        self.top = if self.pairs.is_empty() { row } else { 0 };
        if self.pair > 0 {
            self.show_rows(&self.pair_rows());
        }
        self.clamp();
        self.placed = (self.top, self.pair);
    }

    /// Index of the row that holds the character after `ink` characters.
    fn line_after(&self, ink: usize) -> usize {
        let mut before = 0;
        self.set
            .lines
            .iter()
            .position(|line| {
                before += line.ink();
                before > ink
            })
            .unwrap_or(0)
    }
}
