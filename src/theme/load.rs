use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Role;
use super::colour::Rgb;
use super::look::Look;
use super::sheet::{BUILTIN, Sheet};
use crate::catalogue::{did_you_mean, nearest, quote};
use crate::model::Problem;

/// Bytes of the largest file that is read.
const LARGEST: usize = 64 << 10;
/// Lines that are not TOML and are left out, one after the other.
const BROKEN: usize = 50;
/// Keys that are no roles.
const BASE: &str = "base";
const INK: &str = "ink";
const GROUND: &str = "ground";
const CONTRAST: &str = "contrast";

impl Sheet {
    /// Reads a theme, laid over the shipped one that its `base` names, else over one without colours. `file` is what
    /// problems call it.
    ///
    /// What cannot be used is left out and named with its line, in the order of lines; the rest counts. A text larger
    /// than 64 KiB is one problem. O(length).
    #[must_use]
    pub fn parse(toml: &str, file: &str) -> (Self, Vec<Problem>) {
        let mut found = Found { toml, problems: Vec::new() };
        let mut sheet = Self::default();
        if toml.len() > LARGEST {
            found.problems.push((1, format!("this file is larger than {} KiB", LARGEST >> 10)));
        } else {
            found.read(&mut sheet);
        }
        found.problems.sort_by_key(|(line, _)| *line);
        let problem = |(line, what)| Problem::at(file, line, what);
        (sheet, found.problems.into_iter().map(problem).collect())
    }
}

/// What was found in a text.
struct Found<'a> {
    toml: &'a str,
    /// Line and sentence.
    problems: Vec<(u32, String)>,
}

impl Found<'_> {
    fn read(&mut self, sheet: &mut Sheet) {
        let text = self.without_broken_lines();
        let (document, _) = DeTable::parse_recoverable(&text);
        let entries = document.get_ref();
        // Whatever line it stands in, it comes first.
        if let Some((_, value)) = entries.iter().find(|(key, _)| key.get_ref() == BASE) {
            self.base(value, sheet);
        }
        for (key, value) in entries {
            match key.get_ref().as_ref() {
                BASE => {}
                INK => self.colour(INK, value, &mut sheet.ink),
                GROUND => {
                    self.colour(GROUND, value, &mut sheet.ground);
                    sheet.has_ground = true;
                }
                CONTRAST => self.contrast(value, sheet),
                name => self.look(name, &key.span(), value, sheet),
            }
        }
    }

    /// Blanks the lines that are not TOML, so that every byte stays in its place: the parser's own recovery takes lines
    /// below along.
    fn without_broken_lines(&mut self) -> String {
        let mut text = self.toml.to_owned();
        for _ in 0..BROKEN {
            let (_, errors) = DeTable::parse_recoverable(&text);
            let Some(error) = errors.first() else { break };
            let at = error.span().map_or(0, |s| s.start).min(text.trim_end().len().saturating_sub(1));
            self.add(&(at..at), &format!("not TOML: {}", error.message()));
            let line = self.line(at) as usize;
            let blanked = |(n, text): (usize, &str)| {
                if n + 1 == line { " ".repeat(text.len()) } else { text.to_owned() }
            };
            text = text.split('\n').enumerate().map(blanked).collect::<Vec<_>>().join("\n");
        }
        text
    }

    fn base(&mut self, value: &Spanned<DeValue<'_>>, sheet: &mut Sheet) {
        let name = value.get_ref().as_str().unwrap_or_default();
        let names = BUILTIN.map(|(name, _)| name);
        if names.contains(&name) {
            *sheet = Sheet::builtin(name);
        } else {
            let near = did_you_mean(nearest(name, names));
            self.add(&value.span(), &format!("`{BASE}`: expected one of {}{near}", names.join(", ")));
        }
    }

    fn colour(&mut self, key: &str, value: &Spanned<DeValue<'_>>, place: &mut Rgb) {
        match value.get_ref().as_str().and_then(Rgb::from_hex) {
            Some(rgb) => *place = rgb,
            None => self.add(&value.span(), &format!("`{key}`: expected a colour such as \"#1c1c1c\"")),
        }
    }

    fn contrast(&mut self, value: &Spanned<DeValue<'_>>, sheet: &mut Sheet) {
        let given = match value.get_ref() {
            DeValue::Float(n) => n.as_str().parse().ok(),
            DeValue::Integer(n) => n.as_str().parse().ok(),
            _ => None,
        };
        match given.filter(|n| (1.0..=21.0).contains(n)) {
            Some(contrast) => sheet.contrast = contrast,
            None => self.add(&value.span(), &format!("`{CONTRAST}`: expected a number from 1 to 21")),
        }
    }

    fn look(&mut self, name: &str, at: &Range<usize>, value: &Spanned<DeValue<'_>>, sheet: &mut Sheet) {
        let Some(role) = Role::ALL.iter().copied().find(|role| role.name() == name) else {
            let names = Role::ALL.iter().map(|role| role.name()).chain([BASE, INK, GROUND, CONTRAST]);
            let near = did_you_mean(nearest(name, names));
            return self.add(at, &format!("unknown role {}{near}", quote(name)));
        };
        let Some(text) = value.get_ref().as_str() else {
            return self
                .add(&value.span(), &format!("`{name}`: expected a look in quotes, such as \"bold cyan\""));
        };
        let (look, wrong) = Look::parse(text);
        if let Some(place) = sheet.look_mut(role) {
            *place = look;
        }
        for what in wrong {
            self.add(&value.span(), &format!("`{name}`: {what}"));
        }
    }

    fn add(&mut self, span: &Range<usize>, what: &str) {
        let line = self.line(span.start);
        let what = what.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        self.problems.push((line, what));
    }

    /// The line of a byte, counted from 1.
    fn line(&self, at: usize) -> u32 {
        1 + self.toml.bytes().take(at).filter(|b| *b == b'\n').count() as u32
    }
}
