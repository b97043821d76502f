use super::authors::Authors;
use super::folders::Folders;
use super::help::{has_all, hits};
use super::links::Links;
use super::palette::Palette;
use super::styled::{Role, StyledLine};
use crate::catalogue::Lang;
use crate::model::Problem;
use crate::text;

/// Cells of the name of a saved query.
const NAME: usize = 24;

/// Which popup is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PopupKind {
    /// The keys.
    Help,
    /// What went wrong while reading.
    Log,
    /// The addresses of a paper.
    Links,
    /// An address.
    Address,
    /// The verbs.
    Palette,
    /// The saved queries.
    Queries,
    /// Why a paper stands where it does.
    Why,
    /// The authors of a paper.
    Authors,
}

/// A framed list of rows above everything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Popup {
    /// Which one.
    pub kind: PopupKind,
    /// Its rows, not wrapped.
    pub lines: Vec<StyledLine>,
    /// Index of the first row in view.
    pub top: usize,
    /// What its rows are narrowed by.
    pub typed: String,
    /// How many rows it has with nothing narrowed away, and the cells of the longest.
    pub whole: (usize, usize),
    /// The addresses to choose from.
    pub links: Links,
    /// The verbs to choose from.
    pub palette: Palette,
    /// The row that is chosen, of saved queries.
    pub at: Option<usize>,
    /// The authors to choose from.
    pub authors: Authors,
}

impl Popup {
    /// Makes a popup of rows, with nothing narrowed away.
    pub(super) fn of(kind: PopupKind, lines: Vec<StyledLine>) -> Self {
        let cells = lines.iter().map(StyledLine::width).max().unwrap_or(0);
        let whole = (lines.len(), cells);
        Self {
            kind,
            lines,
            top: 0,
            typed: String::new(),
            whole,
            links: Links::default(),
            palette: Palette::default(),
            at: None,
            authors: Authors::default(),
        }
    }

    /// Lists problems, the latest first, wrapped to `width` cells. Of a text that is `typed`, only those that hold every
    /// word of it.
    #[must_use]
    pub fn log(problems: &[Problem], lang: Lang, width: usize, typed: &str) -> Self {
        let said = |p: &Problem| p.in_words(|what| lang.reason(what));
        let shown: Vec<String> =
            problems.iter().rev().map(|p| text::show(&text::clean_line(said(p)))).collect();
        let whole = Self::of(PopupKind::Log, wrapped(&shown, width, &[]));
        if shown.is_empty() {
            return Self::of(PopupKind::Log, vec![StyledLine::of(lang.nothing_lost(), Role::Dim)]);
        }
        let words: Vec<&str> = typed.split_whitespace().collect();
        if words.is_empty() {
            return whole;
        }
        let held: Vec<String> = shown.into_iter().filter(|s| has_all(&words, s)).collect();
        let mut lines = wrapped(&held, width, &words);
        if lines.is_empty() {
            lines.push(StyledLine::of(lang.not_in_popup(typed), Role::Dim));
        }
        Self { lines, typed: typed.to_owned(), ..whole }
    }

    /// Lists the saved queries with how many papers each finds, in rows of at most `width` cells.
    #[must_use]
    pub(super) fn queries(folders: &Folders, lang: Lang, unknown: &str, width: usize) -> Self {
        let number = |n: Option<usize>| n.map_or_else(|| unknown.to_owned(), |n| n.to_string());
        let rows = folders.list.iter().map(|f| {
            let (all, left) = (number(f.counts.map(|c| c.0)), number(f.counts.map(|c| c.1)));
            (text::fit(&f.label(lang), NAME).into_owned(), format!("{left} / {all}"), text::show(&f.query))
        });
        let rows: Vec<(String, String, String)> = rows.collect();
        let wide = |of: &dyn Fn(&(String, String, String)) -> usize| rows.iter().map(of).max().unwrap_or(0);
        let (name, count) = (wide(&|r| text::width(&r.0)), wide(&|r| text::width(&r.1)));
        let lines = rows.iter().map(|(label, counts, query)| {
            let pad = |n: usize| " ".repeat(n);
            let mut line =
                StyledLine::of(format!("{label}{}", pad(name + 2 - text::width(label))), Role::Plain);
            line.push(format!("{}{counts}  ", pad(count - text::width(counts))), Role::Plain);
            let room = width.saturating_sub(name + count + 4).max(2);
            line.push(text::fit(query, room).into_owned(), Role::Dim);
            line
        });
        Self { at: Some(0), ..Self::of(PopupKind::Queries, lines.collect()) }
    }

    /// Chooses another row, `by` rows down, in a popup of `rows` rows; where none is chosen, scrolls.
    pub(super) fn choose(&mut self, by: isize, rows: usize) {
        let Some(at) = self.at else { return self.scroll(by, rows) };
        let at = at.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
        self.at = Some(at);
        self.top = self.top.min(at).max((at + 1).saturating_sub(rows));
    }

    /// Says whether its rows can be narrowed.
    #[must_use]
    pub fn can_narrow(&self) -> bool {
        matches!(self.kind, PopupKind::Help | PopupKind::Log | PopupKind::Authors)
    }

    /// The row the cursor is on, where there is one.
    #[must_use]
    pub fn cursor(&self) -> Option<usize> {
        let palette = self.palette.chosen().map(|_| self.palette.at);
        self.at.or(palette).or(self.authors.chosen().map(|_| self.authors.at))
    }

    /// Goes to the author `by` rows down, in a popup of `rows` rows.
    pub(super) fn step_authors(&mut self, by: isize, rows: usize) {
        let last = self.authors.count().saturating_sub(1);
        let at = self.authors.at.saturating_add_signed(by).min(last);
        self.authors.at = at;
        self.top = self.top.min(at).max((at + 1).saturating_sub(rows));
    }

    /// Scrolls by rows in a popup of `rows` rows; negative is up.
    pub fn scroll(&mut self, by: isize, rows: usize) {
        let last = self.lines.len().saturating_sub(rows);
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}

/// Wraps texts one after the other, with the words that are looked for marked.
fn wrapped(texts: &[String], width: usize, words: &[&str]) -> Vec<StyledLine> {
    let mut lines = Vec::new();
    for text in texts {
        for row in text::wrap(text, width.max(2)) {
            let row = text.get(row).unwrap_or_default();
            let mut line = StyledLine::new();
            line.push_marked(row, Role::Plain, hits(words, row));
            lines.push(line);
        }
    }
    lines
}
