use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::place::Environment;
use super::rules::Draft;
use super::table::{ARCHIVE, OF_ARCHIVE, OF_QUERY, OF_RULE, QUERY, RULE, Setting, TOP};
use super::{Archive, Config, Saved};
use crate::catalogue::{Lang, did_you_mean, nearest, quote};
use crate::filter::{Query, Rule};
use crate::model::{Date, Problem};

/// Bytes of the largest file that is read.
const LARGEST: usize = 64 << 10;
/// Lines that are not TOML and are left out, one after the other, before the whole file is given up.
const BROKEN: usize = 50;

impl Config {
    /// Reads a configuration. `file` is what problems call it, `env` looks up the variables of paths.
    ///
    /// A key that is not known, and a value that cannot be used, is left out and named with its line, in the order of
    /// lines; the rest counts. A text larger than 64 KiB is one problem. O(length).
    #[must_use]
    pub fn parse(toml: &str, file: &str, env: Environment<'_>) -> (Self, Vec<Problem>) {
        let mut config = Self::default();
        let mut found = Found::new(toml, env);
        found.read_all(&mut config);
        (config, found.finish(file))
    }

    /// Reads a configuration that was changed, in place of `self`: a setting that cannot be used keeps the value it has
    /// here, and so do all where the whole text cannot be used. O(length).
    #[must_use]
    pub fn parse_again(&self, toml: &str, file: &str, env: Environment<'_>) -> (Self, Vec<Problem>) {
        let mut config = Self::default();
        let mut found = Found::new(toml, env);
        found.read_all(&mut config);
        if found.is_whole_lost {
            return (self.clone(), found.finish(file));
        }
        for setting in TOP.iter().filter(|s| found.failed.iter().any(|name| name == s.name)) {
            let text = format!("{} = {}", setting.name, setting.text(self));
            let (kept, _) = DeTable::parse_recoverable(&text);
            let value = kept.get_ref().get(setting.name);
            // What it has can be read again.
            let _ = value.map(|v| (setting.value)(&mut config).take(v.get_ref(), env));
        }
        if found.failed.iter().any(|name| name == ARCHIVE) {
            config.archives.clone_from(&self.archives);
        }
        if found.failed.iter().any(|name| name == RULE) {
            config.prefs.rules.clone_from(&self.prefs.rules);
        }
        (config, found.finish(file))
    }
}

type Key<'a> = Spanned<Cow<'a, str>>;
type Entry<'a> = Spanned<DeValue<'a>>;

/// What was found in a text.
struct Found<'a> {
    toml: &'a str,
    env: Environment<'a>,
    /// Line and sentence.
    problems: Vec<(u32, String)>,
    /// The settings whose values cannot be used.
    failed: Vec<String>,
    /// Lines that are not TOML, and the keys they begin with.
    broken: Vec<(u32, String)>,
    /// True when nothing of the text can be used.
    is_whole_lost: bool,
}

impl<'a> Found<'a> {
    fn new(toml: &'a str, env: Environment<'a>) -> Self {
        Self { toml, env, problems: Vec::new(), failed: Vec::new(), broken: Vec::new(), is_whole_lost: false }
    }

    fn read_all(&mut self, config: &mut Config) {
        if self.toml.len() > LARGEST {
            self.problems.push((1, format!("this file is larger than {} KiB", LARGEST >> 10)));
            self.is_whole_lost = true;
        } else {
            let whole = self.without_broken_lines();
            self.read(&whole, config);
        }
    }

    /// The problems in the order of lines.
    fn finish(mut self, file: &str) -> Vec<Problem> {
        self.problems.sort_by_key(|(line, _)| *line);
        let problem = |(line, what): (u32, String)| Problem::at(file, line, visible(&what));
        self.problems.into_iter().map(problem).collect()
    }

    /// Blanks the lines that are not TOML, so that every byte stays in its place. The parser's own recovery takes
    /// lines below along.
    fn without_broken_lines(&mut self) -> String {
        let mut text = self.toml.to_owned();
        for _ in 0..BROKEN {
            let (_, errors) = DeTable::parse_recoverable(&text);
            // Of a key written twice the parser keeps the first.
            let (twice, broken): (Vec<_>, Vec<_>) =
                errors.into_iter().partition(|e| e.message() == "duplicate key");
            let Some(error) = broken.first() else {
                for error in twice {
                    let what = "this key or section is already in the file: the first one counts";
                    self.add(&error.span().unwrap_or_default(), what.to_owned());
                }
                return text;
            };
            // An end of file that came too early stands behind the last character.
            let at = error.span().map_or(0, |s| s.start).min(text.trim_end().len().saturating_sub(1));
            let line = self.line(at);
            self.problems.push((line, format!("not TOML: {}", error.message())));
            let broken = self.toml.lines().nth(line as usize - 1).unwrap_or_default();
            let name = broken.split(['=', ' ', '\t']).find(|w| !w.is_empty());
            self.failed.extend(name.map(str::to_owned));
            self.broken.extend(name.map(|name| (line, name.to_owned())));
            let blanked = |(n, text): (usize, &str)| {
                if n + 1 == line as usize { " ".repeat(text.len()) } else { text.to_owned() }
            };
            text = text.split('\n').enumerate().map(blanked).collect::<Vec<_>>().join("\n");
        }
        self.is_whole_lost = true;
        self.problems.push((1, "too many lines are not TOML: nothing of this file is used".to_owned()));
        String::new()
    }

    fn read(&mut self, toml: &str, config: &mut Config) {
        let (document, _) = DeTable::parse_recoverable(toml);
        for (key, value) in document.get_ref() {
            if key.get_ref() == ARCHIVE {
                self.archives(key, value, &mut config.archives);
            } else if key.get_ref() == QUERY {
                self.queries(key, value, &mut config.prefs.queries);
            } else if key.get_ref() == RULE {
                self.rules(key, value, &mut config.prefs.rules);
            } else {
                let names: Vec<_> = TOP.iter().map(|s| s.name).chain([ARCHIVE, QUERY, RULE]).collect();
                self.setting(&TOP, &names, config, key, value);
            }
        }
    }

    fn archives(&mut self, key: &Key<'_>, value: &Entry<'_>, archives: &mut Vec<Archive>) {
        let tables = tables(value);
        if tables.is_empty() {
            self.failed.push(ARCHIVE.to_owned());
            self.add(
                &key.span(),
                "an archive is a section of its own: write [[archive]] above its keys".to_owned(),
            );
        }
        let names = OF_ARCHIVE.map(|s| s.name);
        for (span, table) in tables {
            let mut archive = Archive::default();
            let before = self.problems.len();
            for (key, value) in table {
                self.setting(&OF_ARCHIVE, &names, &mut archive, key, value);
            }
            if archive.path != PathBuf::new() {
                archives.push(archive);
            } else if !table.contains_key("path") && before == self.problems.len() {
                self.add(&span, "this archive has no `path`".to_owned());
            }
        }
    }

    fn queries(&mut self, key: &Key<'_>, value: &Entry<'_>, queries: &mut Vec<Saved>) {
        let tables = tables(value);
        if tables.is_empty() {
            self.add(
                &key.span(),
                "a saved query is a section of its own: write [[query]] above its keys".to_owned(),
            );
        }
        let names = OF_QUERY.map(|s| s.name);
        for (span, table) in tables {
            let mut saved = Saved::default();
            let before = self.problems.len();
            for (key, value) in table {
                self.setting(&OF_QUERY, &names, &mut saved, key, value);
            }
            let place = |name: &str| {
                table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value.span())
            };
            let mut odd = Vec::new();
            if let Some(span) = place("query") {
                match Query::parse(&saved.query, Date::default()) {
                    // It finds something all the same, if not what was meant.
                    Ok(query) => odd
                        .extend(query.remarks.iter().map(|r| (span.clone(), r.say(&saved.query, Lang::En)))),
                    Err(wrong) => {
                        let what = wrong.say(&saved.query, Lang::En);
                        self.add(&span, format!("`query`: {what}"));
                        continue;
                    }
                }
            }
            let is_taken = queries.iter().any(|q| !q.name.trim().is_empty() && q.name == saved.name);
            let twice = place("name").filter(|_| is_taken);
            let missing = [("name", &saved.name), ("query", &saved.query)];
            let missing = missing.into_iter().find(|(_, text)| text.trim().is_empty()).map(|(name, _)| name);
            match missing {
                None => queries.push(saved),
                Some(name) if before == self.problems.len() => {
                    self.add(&span, format!("this saved query has no `{name}`"));
                }
                Some(_) => {}
            }
            for (span, what) in odd {
                self.add(&span, format!("`query`: {what}"));
            }
            if let Some(span) = twice {
                self.add(
                    &span,
                    "`name`: a saved query above has this name already: both are listed".to_owned(),
                );
            }
        }
    }

    fn rules(&mut self, key: &Key<'_>, value: &Entry<'_>, rules: &mut Vec<Rule>) {
        let tables = tables(value);
        if tables.is_empty() {
            self.add(&key.span(), "a rule is a section of its own: write [[rule]] above its keys".to_owned());
        }
        let names = OF_RULE.map(|s| s.name);
        let begins: Vec<u32> = tables.iter().map(|(span, _)| self.line(span.start)).collect();
        for (at, (span, table)) in tables.into_iter().enumerate() {
            let mut draft = Draft::default();
            let before = self.problems.len();
            for (key, value) in table {
                self.setting(&OF_RULE, &names, &mut draft, key, value);
            }
            if let Some((weight, _)) = table.get_key_value("weight").filter(|_| draft.mute) {
                self.add(&weight.span(), "a rule that mutes has no `weight`".to_owned());
            }
            // Half a rule would do what nobody meant: raise, for one, what was to be muted.
            if let Some((_, what)) = self.problems.get_mut(before) {
                *what = format!("this rule is not used: {what}");
                self.failed.push(RULE.to_owned());
                continue;
            }
            match draft.rule() {
                Ok(rule) => rules.push(rule),
                Err(what) => {
                    // A line of it that is not TOML was told of, and may have said what it has not.
                    let begin = begins.get(at).copied().unwrap_or_default();
                    let lines = begin..begins.get(at + 1).copied().unwrap_or(u32::MAX);
                    let is_its =
                        |(line, name): &(u32, String)| lines.contains(line) && names.contains(&name.as_str());
                    if !self.broken.iter().any(is_its) {
                        self.add(&span, what);
                    }
                    self.failed.push(RULE.to_owned());
                }
            }
        }
    }

    fn setting<T>(
        &mut self,
        settings: &[Setting<T>],
        names: &[&'static str],
        owner: &mut T,
        key: &Key<'_>,
        value: &Entry<'_>,
    ) {
        let name = key.get_ref();
        let Some(setting) = settings.iter().find(|s| s.name == name) else {
            let near = did_you_mean(nearest(name, names.iter().copied()));
            return self.add(&key.span(), format!("unknown key {}{near}", quote(name)));
        };
        if let Err(what) = (setting.value)(owner).take(value.get_ref(), self.env) {
            self.failed.push((*name).to_string());
            self.add(&value.span(), format!("`{name}`: {what}"));
        }
    }

    fn add(&mut self, span: &Range<usize>, what: String) {
        self.problems.push((self.line(span.start), what));
    }

    /// The line of a byte, counted from 1.
    fn line(&self, at: usize) -> u32 {
        1 + self.toml.bytes().take(at).filter(|b| *b == b'\n').count() as u32
    }
}

/// The sections of one name.
fn tables<'v, 'a>(value: &'v Entry<'a>) -> Vec<(Range<usize>, &'v DeTable<'a>)> {
    let tables = value.get_ref().as_array().into_iter().flatten();
    tables.filter_map(|v| Some((v.span(), v.get_ref().as_table()?))).collect()
}

/// Replaces control characters, each by U+FFFD.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
