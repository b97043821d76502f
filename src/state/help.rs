//! The keys, the commands and the query language as rows of the help.

use std::ops::Range;

use super::popup::{Popup, PopupKind};
use super::styled::{Role, StyledLine};
use crate::action::Context;
use crate::catalogue::Lang;
use crate::command;
use crate::filter;
use crate::keymap::{Does, Keymap};
use crate::text;

/// Cells of what stands before an explanation.
const LABEL: usize = 16;
/// Below this many cells explanations stand in rows of their own.
const NARROW: usize = 44;
/// Stands after a key that is the user's own.
const OWN: &str = "*";

/// Rows under one heading.
struct Section {
    heading: &'static str,
    entries: Vec<Entry>,
}

/// What is typed, and what it means.
struct Entry {
    label: String,
    help: String,
    /// True where a key is the user's own.
    is_own: bool,
}

impl Entry {
    fn of((label, help): (String, &'static str)) -> Self {
        Self { label, help: help.to_owned(), is_own: false }
    }
}

impl Popup {
    /// Lists the live keymap, context by context, the one that has the keys first, the commands and the query language,
    /// wrapped to `width` cells. Of a text that is `typed`, only what holds every word of it. O(length of the help).
    #[must_use]
    pub fn help(keymap: &Keymap, here: Context, lang: Lang, width: usize, typed: &str) -> Self {
        let others = Context::ALL.into_iter().filter(|c| *c != here);
        let mut sections: Vec<Section> =
            [here].into_iter().chain(others).map(|context| keys_of(keymap, context, lang)).collect();
        let commands = command::reference(lang).into_iter().map(|(label, help)| (format!(":{label}"), help));
        sections
            .push(Section { heading: lang.commands_heading(), entries: commands.map(Entry::of).collect() });
        let query = filter::reference(lang).into_iter();
        sections.push(Section { heading: lang.query_heading(), entries: query.map(Entry::of).collect() });
        let whole = Self::of(PopupKind::Help, lines(&sections, lang, width, &[]));
        let words: Vec<&str> = typed.split_whitespace().collect();
        if words.is_empty() {
            return whole;
        }
        for section in &mut sections {
            section.entries.retain(|e| has_all(&words, &format!("{} {}", e.label, e.help)));
        }
        let mut lines = lines(&sections, lang, width, &words);
        if lines.is_empty() {
            lines.push(StyledLine::of(lang.not_in_popup(typed), Role::Dim));
        }
        Self { lines, typed: typed.to_owned(), ..whole }
    }
}

/// Says whether a text holds every one of the words.
pub(super) fn has_all(words: &[&str], shown: &str) -> bool {
    words.iter().all(|word| !filter::occurrences(word, shown).is_empty())
}

/// Where the words stand in a text.
pub(super) fn hits(words: &[&str], shown: &str) -> Vec<Range<usize>> {
    words.iter().flat_map(|word| filter::occurrences(word, shown)).collect()
}

/// The verbs of a context with all their keys, the user's own ones marked.
fn keys_of(keymap: &Keymap, context: Context, lang: Lang) -> Section {
    let mut verbs: Vec<&Does> = Vec::new();
    for binding in keymap.bindings(context) {
        if !verbs.contains(&&binding.does) {
            verbs.push(&binding.does);
        }
    }
    // Verbs first: everybody tries the arrows anyway.
    verbs.sort_by_key(|does| matches!(does, Does::Act(a) if a.is_movement()));
    let entry = |does: &Does| {
        let bound = || keymap.bindings(context).filter(|b| b.does == *does);
        let marked: Vec<String> =
            bound().map(|b| format!("{}{}", b.keys, if b.user { OWN } else { "" })).collect();
        let help = text::show(&text::clean_line(does.help(lang)));
        Entry { label: marked.join(" "), help, is_own: bound().any(|b| b.user) }
    };
    Section { heading: context.label(lang), entries: verbs.into_iter().map(entry).collect() }
}

/// Sets the sections one after the other; those without a row are left out.
fn lines(sections: &[Section], lang: Lang, width: usize, words: &[&str]) -> Vec<StyledLine> {
    let mut lines = Vec::new();
    if sections.iter().flat_map(|s| &s.entries).any(|e| e.is_own) {
        lines.push(StyledLine::of(lang.own_keys(OWN), Role::Dim));
    }
    for section in sections.iter().filter(|s| !s.entries.is_empty()) {
        if !lines.is_empty() {
            lines.push(StyledLine::new());
        }
        lines.push(StyledLine::of(section.heading, Role::Heading));
        for entry in &section.entries {
            set(&entry.label, &entry.help, width, words, &mut lines);
        }
    }
    lines
}

/// Sets an explanation beside its label, with the words that are looked for marked; in few cells below it.
fn set(label: &str, help: &str, width: usize, words: &[&str], lines: &mut Vec<StyledLine>) {
    let (mut label, mut column) = (label, LABEL);
    if width < NARROW {
        let mut line = StyledLine::new();
        line.push_marked(label, Role::Plain, hits(words, label));
        lines.push(line);
        (label, column) = ("", 1);
    }
    for row in text::wrap(help, width.saturating_sub(column + 1).max(2)) {
        let help = help.get(row).unwrap_or_default();
        let pad = " ".repeat(column.saturating_sub(text::width(label)) + 1);
        let mut line = StyledLine::new();
        for (text, role) in [(label, Role::Plain), (&pad, Role::Plain), (help, Role::Dim)] {
            line.push_marked(text, role, hits(words, text));
        }
        lines.push(line);
        label = "";
    }
}
