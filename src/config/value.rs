use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value as Json;
use toml::de::DeValue;

use super::place::{Environment, expand};
use crate::catalogue::{did_you_mean, nearest, quote};

/// The value of a setting.
pub(super) trait Value {
    /// Takes what the file gives.
    ///
    /// # Errors
    /// One clause where it cannot be used; the value is then as it was.
    fn take(&mut self, given: &DeValue<'_>, env: Environment<'_>) -> Result<(), String>;

    /// Gives the value as JSON, which of these types is TOML too.
    fn give(&self) -> Json;

    /// Says what may be given: `true or false`.
    fn expected(&self) -> String;
}

/// Writes the words of a choice: `"a", "b" or "c"`.
pub(super) fn a(words: &[&str]) -> String {
    let mut quoted: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
    let last = quoted.pop().unwrap_or_default();
    if quoted.is_empty() { last } else { format!("{} or {last}", quoted.join(", ")) }
}

/// Says that none of the words was given.
pub(super) fn one_of(words: &[&str], given: &DeValue<'_>) -> String {
    let Some(text) = given.as_str() else { return wrong(&a(words), given) };
    let near = did_you_mean(nearest(text, words.iter().copied()));
    format!("expected {}, not {}{near}", a(words), quote(text))
}

/// Says what was expected in place of what was given.
pub(super) fn wrong(expected: &str, given: &DeValue<'_>) -> String {
    match given.as_str() {
        Some(text) => format!("expected {expected}, not the text {}", quote(text)),
        None => format!("expected {expected}, not {}", kind(given)),
    }
}

fn kind(given: &DeValue<'_>) -> &'static str {
    match given {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

impl Value for bool {
    fn take(&mut self, given: &DeValue<'_>, _: Environment<'_>) -> Result<(), String> {
        *self = given.as_bool().ok_or_else(|| wrong(&self.expected(), given))?;
        Ok(())
    }

    fn give(&self) -> Json {
        (*self).into()
    }

    fn expected(&self) -> String {
        "true or false".to_owned()
    }
}

/// A number of days.
impl Value for u16 {
    fn take(&mut self, given: &DeValue<'_>, _: Environment<'_>) -> Result<(), String> {
        let number = given.as_integer().filter(|n| n.radix() == 10).and_then(|n| n.as_str().parse().ok());
        *self = match number {
            Some(days @ 1..=365) => days,
            Some(_) => return Err(format!("expected {}", self.expected())),
            None => return Err(wrong(&self.expected(), given)),
        };
        Ok(())
    }

    fn give(&self) -> Json {
        (*self).into()
    }

    fn expected(&self) -> String {
        "a number from 1 to 365".to_owned()
    }
}

impl Value for String {
    fn take(&mut self, given: &DeValue<'_>, _: Environment<'_>) -> Result<(), String> {
        given.as_str().ok_or_else(|| wrong(&self.expected(), given))?.clone_into(self);
        Ok(())
    }

    fn give(&self) -> Json {
        self.as_str().into()
    }

    fn expected(&self) -> String {
        "a text in quotes".to_owned()
    }
}

impl Value for Vec<String> {
    fn take(&mut self, given: &DeValue<'_>, _: Environment<'_>) -> Result<(), String> {
        let list = given.as_array().ok_or_else(|| wrong(&self.expected(), given))?;
        let texts: Result<_, _> = list
            .iter()
            .map(|t| {
                t.get_ref().as_str().map(str::to_owned).ok_or_else(|| wrong(&self.expected(), t.get_ref()))
            })
            .collect();
        *self = texts?;
        Ok(())
    }

    fn give(&self) -> Json {
        self.as_slice().into()
    }

    fn expected(&self) -> String {
        "a list of texts in quotes".to_owned()
    }
}

impl Value for PathBuf {
    fn take(&mut self, given: &DeValue<'_>, env: Environment<'_>) -> Result<(), String> {
        *self = expand(given.as_str().ok_or_else(|| wrong(&self.expected(), given))?, env)?;
        Ok(())
    }

    fn give(&self) -> Json {
        self.to_string_lossy().into()
    }

    fn expected(&self) -> String {
        "a folder in quotes".to_owned()
    }
}

/// A folder; none is written as an empty text.
impl Value for Option<PathBuf> {
    fn take(&mut self, given: &DeValue<'_>, env: Environment<'_>) -> Result<(), String> {
        if given.as_str() == Some("") {
            *self = None;
            return Ok(());
        }
        let mut path = PathBuf::new();
        path.take(given, env)?;
        *self = Some(path);
        Ok(())
    }

    fn give(&self) -> Json {
        self.as_ref().map_or_else(|| "".into(), Value::give)
    }

    fn expected(&self) -> String {
        "a folder in quotes".to_owned()
    }
}

/// Minutes in the units of a span, the longest first.
const UNITS: [(char, u64); 3] = [('d', 24 * 60), ('h', 60), ('m', 1)];

/// A span of time; none is written as an empty text.
impl Value for Option<Duration> {
    fn take(&mut self, given: &DeValue<'_>, _: Environment<'_>) -> Result<(), String> {
        let text = given.as_str().ok_or_else(|| wrong(&self.expected(), given))?;
        let minutes = |(unit, minutes): &(char, u64)| {
            let count = text.strip_suffix(*unit)?.trim_end();
            let is_number = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
            Some(u64::from(is_number.then(|| count.parse::<u16>().ok())??) * minutes).filter(|m| *m > 0)
        };
        *self = match UNITS.iter().find_map(minutes) {
            Some(minutes) => Some(Duration::from_secs(minutes * 60)),
            None if text.is_empty() => None,
            None => return Err(wrong(&self.expected(), given)),
        };
        Ok(())
    }

    fn give(&self) -> Json {
        let minutes = self.map_or(0, |every| every.as_secs() / 60);
        let unit = UNITS.iter().find(|(_, of)| minutes > 0 && minutes.is_multiple_of(*of));
        unit.map_or_else(String::new, |(unit, of)| format!("{}{unit}", minutes / of)).into()
    }

    fn expected(&self) -> String {
        "a span such as \"30m\", \"2h\" or \"1d\"".to_owned()
    }
}
