use serde_json::Value as Json;
use toml::de::DeValue;

use super::place::Environment;
use super::print::toml;
use super::table::{OF_RULE, RULE};
use super::value::Value;
use crate::filter::{Kind, Rule, Worth};

/// The points that one rule can give or take, which bounds the sum.
const MOST: i32 = 1000;

/// A rule as it stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) keyword: Wanted,
    pub(super) author: Wanted,
    pub(super) category: Wanted,
    pub(super) query: Wanted,
    pub(super) weight: i32,
    pub(super) mute: bool,
    pub(super) name: String,
}

impl Default for Draft {
    fn default() -> Self {
        let [keyword, author, category, query] = Kind::ALL.map(|kind| Wanted { kind, texts: Vec::new() });
        Self { keyword, author, category, query, weight: 1, mute: false, name: String::new() }
    }
}

impl Draft {
    /// Makes a rule of it.
    ///
    /// # Errors
    /// One clause where it looks for nothing, or for two things.
    pub(super) fn rule(self) -> Result<Rule, String> {
        let all = [self.keyword, self.author, self.category, self.query];
        let mut given = all.into_iter().filter(|w| !w.texts.is_empty());
        let names = "`keyword`, `author`, `category` or `query`";
        let Some(Wanted { kind, texts: any_of }) = given.next() else {
            return Err(format!("this rule has no {names}"));
        };
        if given.next().is_some() {
            return Err(format!("a rule has one of {names}: write another [[{RULE}]]"));
        }
        let worth = if self.mute { Worth::Mute } else { Worth::Points(self.weight) };
        Ok(Rule { name: Some(self.name).filter(|n| !n.is_empty()), kind, any_of, worth })
    }

    fn of(rule: &Rule) -> Self {
        let mut draft = Self::default();
        let place = match rule.kind {
            Kind::Keyword => &mut draft.keyword,
            Kind::Author => &mut draft.author,
            Kind::Category => &mut draft.category,
            Kind::Query => &mut draft.query,
        };
        place.texts.clone_from(&rule.any_of);
        draft.name = rule.name.clone().unwrap_or_default();
        match rule.worth {
            Worth::Points(points) => draft.weight = points,
            Worth::Mute => draft.mute = true,
        }
        draft
    }
}

/// Writes a rule as a section of `config.toml`. Whatever is in its texts, what is read is the same rule.
#[must_use]
pub fn rule_text(rule: &Rule) -> String {
    let keys = keys_of(rule);
    let keys = keys.into_iter().map(|(name, value)| format!("{name} = {}\n", toml(&value)));
    format!("[[{RULE}]]\n{}", keys.collect::<String>())
}

/// The keys that a rule needs, in the order of the table.
pub(super) fn keys_of(rule: &Rule) -> Vec<(&'static str, Json)> {
    let draft = Draft::of(rule);
    let other = if rule.worth == Worth::Mute { "weight" } else { "mute" };
    let is_set = |value: &Json| *value != "";
    let keys = OF_RULE.iter().filter(|s| s.name != other).map(|s| (s.name, s.give(&draft)));
    keys.filter(|(_, value)| is_set(value)).collect()
}

/// What a rule looks for, under one of its keys: a text, or several.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    kind: Kind,
    texts: Vec<String>,
}

impl Value for Wanted {
    fn take(&mut self, given: &DeValue<'_>, env: Environment<'_>) -> Result<(), String> {
        let mut texts = Vec::<String>::new();
        match given.as_str() {
            Some(text) => texts.push(text.to_owned()),
            None => texts.take(given, env).map_err(|_| format!("expected {}", self.expected()))?,
        }
        if texts.is_empty() {
            return Err("it is empty".to_owned());
        }
        for text in &texts {
            if let Some(fault) = self.kind.fault(text) {
                return Err(if texts.len() == 1 { fault } else { format!("`{text}`: {fault}") });
            }
        }
        self.texts = texts;
        Ok(())
    }

    fn give(&self) -> Json {
        match self.texts.as_slice() {
            [] => "".into(),
            [only] => only.as_str().into(),
            several => several.into(),
        }
    }

    fn expected(&self) -> String {
        "a text in quotes, or a list of them".to_owned()
    }
}

/// Points.
impl Value for i32 {
    fn take(&mut self, given: &DeValue<'_>, _: Environment<'_>) -> Result<(), String> {
        let number = given.as_integer().filter(|n| n.radix() == 10).and_then(|n| n.as_str().parse().ok());
        let points: Option<i32> = number;
        *self = points
            .filter(|p| (-MOST..=MOST).contains(p))
            .ok_or_else(|| format!("expected {}", self.expected()))?;
        Ok(())
    }

    fn give(&self) -> Json {
        (*self).into()
    }

    fn expected(&self) -> String {
        format!("a whole number from -{MOST} to {MOST}")
    }
}
