use super::links::Links;
use super::styled::{Role, StyledLine};
use crate::action::{Action, Context};
use crate::catalogue::Lang;
use crate::filter;
use crate::keymap::Keymap;
use crate::model::Problem;
use crate::text;

/// Cells of what stands before an explanation in the help.
const LABEL: usize = 16;

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
    /// The addresses to choose from.
    pub links: Links,
}

impl Popup {
    /// Lists the live keymap, context by context, the one that has the keys first, and the query language, wrapped to
    /// `width` cells.
    #[must_use]
    pub fn help(keymap: &Keymap, here: Context, lang: Lang, width: usize) -> Self {
        let mut lines = Vec::new();
        let others = Context::ALL.into_iter().filter(|c| *c != here);
        for context in [here].into_iter().chain(others) {
            // Verbs first: everybody tries the arrows anyway.
            let mut actions: Vec<Action> = Vec::new();
            for binding in keymap.bindings(context) {
                if !actions.contains(&binding.action) {
                    actions.push(binding.action);
                }
            }
            if actions.is_empty() {
                continue;
            }
            actions.sort_by_key(|a| a.is_movement());
            if !lines.is_empty() {
                lines.push(StyledLine::new());
            }
            lines.push(StyledLine::of(context.label(lang), Role::Heading));
            for action in actions {
                let keys = keymap.keys_for(context, action);
                let keys = keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                let pad = " ".repeat(LABEL.saturating_sub(text::width(&keys)));
                lines.push(
                    StyledLine::of(format!("{keys}{pad} "), Role::Plain).with(action.help(lang), Role::Dim),
                );
            }
        }
        lines.extend(query_help(lang, width));
        Self { kind: PopupKind::Help, lines, top: 0, links: Links::default() }
    }

    /// Lists problems, the latest first, wrapped to `width` cells.
    #[must_use]
    pub fn log(problems: &[Problem], lang: Lang, width: usize) -> Self {
        let mut lines = Vec::new();
        for problem in problems.iter().rev() {
            let shown = text::show(&text::clean_line(problem.to_string()));
            for row in text::wrap(&shown, width.max(2)) {
                lines.push(StyledLine::of(shown.get(row).unwrap_or_default(), Role::Plain));
            }
        }
        if lines.is_empty() {
            lines.push(StyledLine::of(lang.nothing_lost(), Role::Dim));
        }
        Self { kind: PopupKind::Log, lines, top: 0, links: Links::default() }
    }

    /// Scrolls by rows in a popup of `rows` rows; negative is up.
    pub fn scroll(&mut self, by: isize, rows: usize) {
        let last = self.lines.len().saturating_sub(rows);
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}

/// The query language: how each part is typed, and what it means.
fn query_help(lang: Lang, width: usize) -> Vec<StyledLine> {
    let mut lines = vec![StyledLine::new(), StyledLine::of(lang.query_heading(), Role::Heading)];
    for (form, help) in filter::reference(lang) {
        let mut label = form;
        for row in text::wrap(help, width.saturating_sub(LABEL + 1).max(2)) {
            let pad = " ".repeat(LABEL.saturating_sub(text::width(&label)));
            let help = help.get(row).unwrap_or_default();
            lines.push(StyledLine::of(format!("{label}{pad} "), Role::Plain).with(help, Role::Dim));
            label.clear();
        }
    }
    lines
}
