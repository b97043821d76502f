//! The verbs of the program, to be found by words or keys and run.

use super::help::{has_all, hits};
use super::popup::{Popup, PopupKind};
use super::styled::{Role, StyledLine};
use crate::action::{Action, Context};
use crate::catalogue::Lang;
use crate::filter::{Candidate, Facts, Haystack, Line, Matcher, Query, Subject};
use crate::keymap::{Does, Keymap};
use crate::model::{Date, Paper};
use crate::text;

/// Cells of the keys before an explanation.
const KEYS: usize = 8;

/// Below this many cells the keys are left out.
const NARROW: usize = 36;

/// The verbs that were found, and which of them is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// One for each row.
    verbs: Vec<Does>,
    /// Index of the row that Enter runs.
    pub at: usize,
}

impl Palette {
    /// The verb that Enter runs.
    #[must_use]
    pub fn chosen(&self) -> Option<&Does> {
        self.verbs.get(self.at)
    }
}

/// A verb as it is listed.
struct Verb {
    does: Does,
    /// Where it can be run.
    contexts: Vec<Context>,
    /// The keys of the pane, then those that work everywhere; of another pane's verb, its own.
    keys: Vec<String>,
}

impl Verb {
    fn new(keymap: &Keymap, here: Context, does: Does) -> Self {
        let is_bound = |c: &Context| keymap.bindings(*c).any(|b| b.does == does);
        let contexts: Vec<Context> = match &does {
            Does::Act(action) => action.contexts().to_vec(),
            Does::Macro(_) => Context::ALL.into_iter().filter(is_bound).collect(),
        };
        let own = if runs_in(&contexts, here) { vec![here, Context::Global] } else { contexts.clone() };
        let mut keys = Vec::new();
        for binding in own.iter().flat_map(|c| keymap.bindings(*c)).filter(|b| b.does == does) {
            let key = binding.keys.to_string();
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Self { does, contexts, keys }
    }

    fn help(&self, lang: Lang) -> String {
        text::show(&text::clean_line(self.does.help(lang)))
    }

    /// What it looks like to the filter.
    fn haystack(&self) -> Haystack {
        let paper = Paper {
            title: self.help(Lang::En),
            title_zh: Some(self.help(Lang::Zh)),
            keywords: [self.does.name()].into_iter().chain(self.keys.iter().cloned()).collect(),
            ..Paper::default()
        };
        let (gist, date, tags) = ("", Date::default(), [].as_slice());
        Haystack::new(&Subject { paper: &paper, gist, date, category: None, tags, note: None })
    }

    fn is_key(&self, typed: &str) -> bool {
        self.keys.iter().any(|k| k == typed.trim())
    }
}

/// Says whether what works in these contexts can be run where the keys go to `here`.
pub(super) fn runs_in(contexts: &[Context], here: Context) -> bool {
    contexts.iter().any(|c| [here, Context::Global].contains(c))
}

impl Popup {
    /// Lists the verbs and the user's keys of several steps that what is `typed` finds, the best first: in their names,
    /// their help in both languages and their keys. Those that cannot be run here come last and say where they can.
    /// O(length of all help).
    #[must_use]
    pub(super) fn palette(keymap: &Keymap, here: Context, lang: Lang, width: usize, typed: &str) -> Self {
        let query = Query::parse(typed, Date::default()).ok();
        let all = all(keymap, here);
        // The frame has the same size whatever is found.
        let whole = (all.len(), width);
        let verbs = found(all, here, lang, typed, query.as_ref());
        let mut lines: Vec<StyledLine> =
            verbs.iter().map(|verb| row(verb, here, lang, width, typed, query.as_ref())).collect();
        if lines.is_empty() {
            lines.push(StyledLine::of(lang.not_in_popup(typed), Role::Dim));
        }
        let palette = Palette { verbs: verbs.into_iter().map(|v| v.does).collect(), at: 0 };
        Self { palette, whole, typed: typed.to_owned(), ..Self::of(PopupKind::Palette, lines) }
    }

    /// Goes to another verb of the palette, `by` rows down, in a popup of `rows` rows.
    pub(super) fn step(&mut self, by: isize, rows: usize) {
        let last = self.palette.verbs.len().saturating_sub(1);
        let at = self.palette.at.saturating_add_signed(by).min(last);
        self.palette.at = at;
        self.top = self.top.min(at).max((at + 1).saturating_sub(rows));
    }
}

/// All verbs of panes, and the user's keys of several steps: those that run here first, movements last of each.
fn all(keymap: &Keymap, here: Context) -> Vec<Verb> {
    let is_of_pane =
        |a: &Action| a.contexts().iter().any(|c| !matches!(c, Context::Inputs | Context::Popups));
    let actions = Action::ALL.iter().copied().filter(|a| is_of_pane(a) && *a != Action::Palette);
    let mut macros: Vec<Does> = Vec::new();
    for binding in Context::ALL.into_iter().flat_map(|c| keymap.bindings(c)) {
        if matches!(binding.does, Does::Macro(_)) && !macros.contains(&binding.does) {
            macros.push(binding.does.clone());
        }
    }
    let does = actions.map(Does::Act).chain(macros);
    let mut all: Vec<Verb> = does.map(|does| Verb::new(keymap, here, does)).collect();
    let is_movement = |does: &Does| matches!(does, Does::Act(a) if a.is_movement());
    all.sort_by_key(|v| (!runs_in(&v.contexts, here), is_movement(&v.does)));
    all
}

/// The verbs that what is typed finds. Keys that were typed as they are come first, what was found only in texts that are
/// not on the screen comes last.
fn found(all: Vec<Verb>, here: Context, lang: Lang, typed: &str, query: Option<&Query>) -> Vec<Verb> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut found: Vec<Verb> = match query {
        _ if words.is_empty() => return all,
        Some(query) => {
            let hays: Vec<Haystack> = all.iter().map(Verb::haystack).collect();
            let facts = Facts::default();
            let candidates: Vec<Candidate> = hays.iter().map(|hay| Candidate { hay, facts }).collect();
            let ranked = Matcher::new().rank(query, &candidates);
            let mut all: Vec<Option<Verb>> = all.into_iter().map(Some).collect();
            ranked.into_iter().filter_map(|at| all.get_mut(at)?.take()).collect()
        }
        // `/` and `(` are keys here, not the beginning of something.
        None => {
            let texts = |v: &Verb| [v.help(Lang::En), v.help(Lang::Zh), v.does.name()].join(" ");
            all.into_iter().filter(|v| has_all(&words, &texts(v)) || v.is_key(typed)).collect()
        }
    };
    let is_marked = |shown: &str| query.is_some_and(|q| !q.highlight(Line::Title, shown).is_empty());
    found.sort_by_cached_key(|v| {
        let is_shown = is_marked(&v.help(lang)) || is_marked(&v.does.name());
        (!v.is_key(typed), !runs_in(&v.contexts, here), !is_shown)
    });
    found
}

/// Sets keys, help and, as far as there is room, the name; of a verb that does not run here, where it does.
fn row(
    verb: &Verb,
    here: Context,
    lang: Lang,
    width: usize,
    typed: &str,
    query: Option<&Query>,
) -> StyledLine {
    let keys = verb.keys.join(" ");
    // In few cells what a verb does comes before its keys.
    let column = if width < NARROW { 0 } else { KEYS + 1 };
    let keys = text::fit(&keys, column.saturating_sub(1));
    let pad = " ".repeat(column.saturating_sub(text::width(&keys)));
    let is_here = runs_in(&verb.contexts, here);
    let role = if is_here { Role::Plain } else { Role::Dim };
    let (all, name) = (verb.help(lang), text::show(&text::clean_line(verb.does.name())));
    let end = match is_here {
        // Of steps without a help the names are the help.
        true if column == 0 => verb.keys.join(" "),
        true if name == all => String::new(),
        true => name,
        false => places(&verb.contexts, lang),
    };
    let help = text::fit(&all, width.saturating_sub(column).max(2)).into_owned();
    let marked = |line, shown: &str| match query {
        Some(query) => query.highlight(line, shown),
        None => hits(&typed.split_whitespace().collect::<Vec<_>>(), shown),
    };
    let mut line = StyledLine::of(format!("{keys}{pad}"), role);
    let room = width.saturating_sub(column + text::width(&help) + 2);
    line.push_marked(&help, role, marked(Line::Title, &help));
    if text::width(&end) <= room {
        let hits = marked(Line::Title, &end);
        line.push(" ".repeat(room - text::width(&end) + 2), Role::Plain);
        line.push_marked(&end, Role::Dim, hits);
    }
    line
}

/// The panes that a verb belongs to.
pub(super) fn places(contexts: &[Context], lang: Lang) -> String {
    let panes = contexts.iter().filter(|c| !matches!(c, Context::Inputs | Context::Popups));
    panes.map(|c| c.label(lang)).collect::<Vec<_>>().join(lang.pick(", ", "、"))
}
