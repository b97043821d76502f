//! The verbs of the program, to be found by words or keys and run.

use super::help::{has_all, hits};
use super::popup::{Popup, PopupKind};
use super::styled::{Role, StyledLine};
use crate::action::{Action, Context};
use crate::catalogue::Lang;
use crate::filter::{Candidate, Facts, Haystack, Line, Matcher, Query, Subject};
use crate::keymap::Keymap;
use crate::model::{Date, Paper};
use crate::text;

/// Cells of the keys before an explanation.
const KEYS: usize = 12;

/// The verbs that were found, and which of them is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// One for each row.
    actions: Vec<Action>,
    /// Index of the row that Enter runs.
    pub at: usize,
}

impl Palette {
    /// The verb that Enter runs.
    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        self.actions.get(self.at).copied()
    }
}

/// Says whether a verb can be run where the keys go to `here`.
pub(super) fn runs_in(action: Action, here: Context) -> bool {
    action.contexts().iter().any(|c| [here, Context::Global].contains(c))
}

impl Popup {
    /// Lists the verbs that what is `typed` finds, the best first: in their names, their help in both languages and
    /// their keys. Those that cannot be run here come last and say where they can. O(length of all help).
    #[must_use]
    pub(super) fn palette(keymap: &Keymap, here: Context, lang: Lang, width: usize, typed: &str) -> Self {
        let query = Query::parse(typed, Date::default()).ok();
        let actions = found(keymap, here, lang, typed, query.as_ref());
        let mut lines: Vec<StyledLine> = actions
            .iter()
            .map(|action| row(keymap, here, lang, width, *action, typed, query.as_ref()))
            .collect();
        if lines.is_empty() {
            lines.push(StyledLine::of(lang.not_in_popup(typed), Role::Dim));
        }
        // The frame has the same size whatever is found.
        let whole = (all(here).len(), width);
        let palette = Palette { actions, at: 0 };
        Self { palette, whole, typed: typed.to_owned(), ..Self::of(PopupKind::Palette, lines) }
    }

    /// Goes to another verb of the palette, `by` rows down, in a popup of `rows` rows.
    pub(super) fn step(&mut self, by: isize, rows: usize) {
        let last = self.palette.actions.len().saturating_sub(1);
        let at = self.palette.at.saturating_add_signed(by).min(last);
        self.palette.at = at;
        self.top = self.top.min(at).max((at + 1).saturating_sub(rows));
    }
}

/// All verbs of panes: those that run here first, movements last of each.
fn all(here: Context) -> Vec<Action> {
    let is_of_pane =
        |a: &Action| a.contexts().iter().any(|c| !matches!(c, Context::Inputs | Context::Popups));
    let mut all: Vec<Action> = Action::ALL.iter().copied().filter(is_of_pane).collect();
    all.retain(|a| *a != Action::Palette);
    all.sort_by_key(|a| (!runs_in(*a, here), a.is_movement()));
    all
}

/// The keys of a verb: those of the pane, then those that work everywhere; of another pane's verb, its own.
fn keys_of(keymap: &Keymap, here: Context, action: Action) -> Vec<String> {
    let contexts = [here, Context::Global];
    let contexts = if runs_in(action, here) { &contexts } else { action.contexts() };
    let mut keys = Vec::new();
    for key in contexts.iter().flat_map(|c| keymap.keys_for(*c, action)).map(|k| k.to_string()) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The verbs that what is typed finds. Keys that were typed as they are come first, what was found only in texts that are
/// not on the screen comes last.
fn found(keymap: &Keymap, here: Context, lang: Lang, typed: &str, query: Option<&Query>) -> Vec<Action> {
    let all = all(here);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let texts = |a: Action| [a.help(Lang::En), a.help(Lang::Zh), a.name()];
    let mut found: Vec<Action> = match query {
        _ if words.is_empty() => return all,
        Some(query) => {
            let hays: Vec<Haystack> = all.iter().map(|a| haystack(*a, keys_of(keymap, here, *a))).collect();
            let facts = Facts::default();
            let candidates: Vec<Candidate> = hays.iter().map(|hay| Candidate { hay, facts }).collect();
            let ranked = Matcher::new().rank(query, &candidates);
            ranked.into_iter().filter_map(|at| all.get(at).copied()).collect()
        }
        // `/` and `(` are keys here, not the beginning of something.
        None => {
            let is_hit =
                |a: &Action| has_all(&words, &texts(*a).join(" ")) || is_key(keymap, here, *a, typed);
            all.into_iter().filter(is_hit).collect()
        }
    };
    let is_marked = |shown: &str| query.is_some_and(|q| !q.highlight(Line::Title, shown).is_empty());
    found.sort_by_cached_key(|a| {
        let is_shown = is_marked(a.help(lang)) || is_marked(a.name());
        (!is_key(keymap, here, *a, typed), !runs_in(*a, here), !is_shown)
    });
    found
}

fn is_key(keymap: &Keymap, here: Context, action: Action, typed: &str) -> bool {
    keys_of(keymap, here, action).iter().any(|k| k == typed.trim())
}

/// A verb as what the filter looks at.
fn haystack(action: Action, keys: Vec<String>) -> Haystack {
    let paper = Paper {
        title: action.help(Lang::En).to_owned(),
        title_zh: Some(action.help(Lang::Zh).to_owned()),
        keywords: [action.name().to_owned()].into_iter().chain(keys).collect(),
        ..Paper::default()
    };
    let (gist, date, tags) = ("", Date::default(), [].as_slice());
    Haystack::new(&Subject { paper: &paper, gist, date, category: None, tags, note: None })
}

/// Sets keys, help and, as far as there is room, the name; of a verb that does not run here, where it does.
fn row(
    keymap: &Keymap,
    here: Context,
    lang: Lang,
    width: usize,
    action: Action,
    typed: &str,
    query: Option<&Query>,
) -> StyledLine {
    let keys = keys_of(keymap, here, action).join(" ");
    let keys = text::fit(&keys, KEYS);
    let pad = " ".repeat(KEYS.saturating_sub(text::width(&keys)) + 1);
    let is_here = runs_in(action, here);
    let role = if is_here { Role::Plain } else { Role::Dim };
    let end = if is_here { action.name().to_owned() } else { where_it_runs(action, lang) };
    let help = text::fit(action.help(lang), width.saturating_sub(KEYS + 1).max(2)).into_owned();
    let marked = |line, shown: &str| match query {
        Some(query) => query.highlight(line, shown),
        None => hits(&typed.split_whitespace().collect::<Vec<_>>(), shown),
    };
    let mut line = StyledLine::of(format!("{keys}{pad}"), role);
    let room = width.saturating_sub(KEYS + 1 + text::width(&help) + 2);
    line.push_marked(&help, role, marked(Line::Title, &help));
    if text::width(&end) <= room {
        let hits = marked(Line::Title, &end);
        line.push(" ".repeat(room - text::width(&end) + 2), Role::Plain);
        line.push_marked(&end, Role::Dim, hits);
    }
    line
}

/// The panes that a verb belongs to.
pub(super) fn where_it_runs(action: Action, lang: Lang) -> String {
    let panes = action.contexts().iter().filter(|c| !matches!(c, Context::Inputs | Context::Popups));
    panes.map(|c| c.label(lang)).collect::<Vec<_>>().join(lang.pick(", ", "、"))
}
