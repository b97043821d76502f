use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::map::{Binding, Does, falls_through};
use super::steps::does;
use super::{Keymap, Keys};
use crate::action::Context;
use crate::catalogue::{did_you_mean, nearest, quote};

/// Bytes of the largest keymap that is read. Checking is quadratic in the bindings.
const LARGEST: usize = 32 << 10;

/// Problems listed one by one; the rest are counted.
const LISTED: usize = 100;

/// A line of a keymap that was not taken over. Prints as `file:line: what`; nothing in it is a control character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeymapProblem {
    /// The file, as the caller named it.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// One sentence in English, without the place.
    pub what: String,
}

impl fmt::Display for KeymapProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for KeymapProblem {}

/// One line of a section.
struct Entry {
    context: Context,
    keys: Keys,
    /// `None` unbinds.
    does: Option<Does>,
    at: usize,
}

impl Keymap {
    /// Lays the user's keymap over this one: its keys replace, `false` unbinds, whatever the order of the lines.
    ///
    /// `file` is what problems call it. Every line with a problem is left out and named; the rest works. A text
    /// that is not TOML, or larger than 32 KiB, changes nothing and is one problem. O(bindings squared).
    #[must_use]
    pub fn with_user(self, toml: &str, file: &str) -> (Self, Vec<KeymapProblem>) {
        self.load(toml, file, true)
    }

    pub(super) fn load(mut self, toml: &str, file: &str, user: bool) -> (Self, Vec<KeymapProblem>) {
        let mut problems = Problems { toml, found: Vec::new() };
        if toml.len() > LARGEST {
            problems.add(0, format!("this keymap is larger than {} KiB", LARGEST >> 10));
        } else if let Some(entries) = problems.parse() {
            let (bound, unbound): (Vec<_>, Vec<_>) = entries.into_iter().partition(|e| e.does.is_some());
            for entry in unbound {
                self.unbind(&entry, &mut problems);
            }
            let mut fresh = Vec::new();
            for entry in bound {
                self.bind(entry, user, &mut fresh, &mut problems);
            }
        }
        (self, problems.finish(file))
    }

    fn unbind(&mut self, entry: &Entry, problems: &mut Problems<'_>) {
        let before = self.bindings.len();
        self.bindings.retain(|b| b.context != entry.context || b.keys != entry.keys);
        if self.bindings.len() == before {
            let Entry { context, keys, .. } = entry;
            problems.add(entry.at, format!("`{keys}` is not bound in [{}]", context.name()));
        }
    }

    /// Adds one binding. `fresh` holds what this file has bound so far.
    fn bind(
        &mut self,
        entry: Entry,
        user: bool,
        fresh: &mut Vec<(Context, Keys)>,
        problems: &mut Problems<'_>,
    ) {
        let Entry { context, keys, does: Some(does), at } = entry else { return };
        let section = context.name();
        if fresh.iter().any(|(c, k)| *c == context && *k == keys) {
            problems.add(at, format!("`{keys}` is bound twice in [{section}]"));
        } else if let Some(other) = self.bindings.iter().find(|b| collides(b, context, &keys)) {
            let how = if other.keys.0.len() > keys.0.len() { "the beginning of" } else { "cut short by" };
            let (old, of, name) = (&other.keys, other.does.name(), other.context.name());
            problems.add(at, format!("`{keys}` is {how} `{old}` ({of} in [{name}])"));
        } else {
            self.bindings.retain(|b| b.context != context || b.keys != keys);
            fresh.push((context, keys.clone()));
            self.bindings.push(Binding { context, keys, does, user });
        }
    }
}

/// True when one sequence begins with the other, and both are looked up together.
pub(super) fn collides(old: &Binding, context: Context, keys: &Keys) -> bool {
    let together = old.context == context
        || (old.context == Context::Global && falls_through(context))
        || (context == Context::Global && falls_through(old.context));
    let (a, b) = (&old.keys.0, &keys.0);
    together && a != b && (a.starts_with(b) || b.starts_with(a))
}

/// Collects what is wrong with a text.
struct Problems<'a> {
    toml: &'a str,
    /// Byte offset and sentence.
    found: Vec<(usize, String)>,
}

impl Problems<'_> {
    fn add(&mut self, at: usize, what: String) {
        self.found.push((at, what));
    }

    /// Reads the text into entries in file order; `None` when it is not TOML.
    fn parse(&mut self) -> Option<Vec<Entry>> {
        let (document, errors) = DeTable::parse_recoverable(self.toml);
        let start = |span: Option<Range<usize>>| span.map_or(0, |s| s.start);
        // Of a key written twice the parser keeps the first, so the rest of the file can be used.
        if let Some(error) = errors.iter().find(|e| e.message() != "duplicate key") {
            self.add(
                start(error.span()),
                format!("not TOML: {}; nothing of this file is used", visible(error.message())),
            );
            return None;
        }
        for error in &errors {
            let what = "this key or section is already in the file: the first one counts";
            self.add(start(error.span()), what.to_owned());
        }
        let mut entries = Vec::new();
        for (name, value) in document.get_ref() {
            let (at, name) = (name.span().start, name.get_ref());
            let names = Context::ALL.map(Context::name);
            match (Context::from_name(name), value.get_ref()) {
                (Some(context), DeValue::Table(section)) => {
                    entries.extend(section.iter().filter_map(|(k, v)| self.entry(context, k, v)));
                }
                (Some(_), _) => self.add(at, format!("`{name}` is a section: write [{name}] once")),
                (None, DeValue::Table(_)) => {
                    let near = did_you_mean(nearest(name, names));
                    self.add(at, format!("unknown section {}{near}", quote(name)));
                }
                (None, _) => {
                    let sections = names.join("] [");
                    self.add(at, format!("{} stands in no section: there are [{sections}]", quote(name)));
                }
            }
        }
        entries.sort_by_key(|e| e.at);
        Some(entries)
    }

    fn entry(
        &mut self,
        context: Context,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Entry> {
        let at = key.span().start;
        let (does, wrong) = match value.get_ref() {
            DeValue::Boolean(false) => (Ok(None), Vec::new()),
            _ => match does(context, value) {
                Ok(does) => (Ok(Some(does)), Vec::new()),
                Err(wrong) => (Err(()), wrong),
            },
        };
        let keys = key.get_ref().parse::<Keys>().map_err(|e| e.to_string()).and_then(|keys| {
            let types = context == Context::Inputs && keys.0.first().is_some_and(|k| k.as_char().is_some());
            if types { Err(format!("`{keys}` is text in [inputs]: it would not be typed")) } else { Ok(keys) }
        });
        match (keys, does) {
            (Ok(keys), Ok(does)) => return Some(Entry { context, keys, does, at }),
            (keys, _) => {
                self.found.extend(keys.err().map(|what| (at, what)));
                // A step on a line of its own is named with that line.
                self.found.extend(wrong.into_iter().map(|(place, what)| (place.max(at), what)));
            }
        }
        None
    }

    /// Sorts the problems by place, and finds their lines.
    fn finish(mut self, file: &str) -> Vec<KeymapProblem> {
        self.found.sort_by_key(|&(at, _)| at);
        let more = self.found.len().saturating_sub(LISTED);
        let place = |(at, what)| {
            let before = self.toml.as_bytes().iter().take(at);
            let line = 1 + before.filter(|&&b| b == b'\n').count() as u32;
            KeymapProblem { file: visible(file), line, what }
        };
        let mut listed: Vec<_> = self.found.into_iter().take(LISTED).map(place).collect();
        if let Some(last) = listed.last_mut().filter(|_| more > 0) {
            last.what = format!("{} (and {more} more problems below)", last.what);
        }
        listed
    }
}

/// Replaces control characters, each by U+FFFD.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
