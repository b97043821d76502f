//! The settings that can change while the reader runs.

use toml::de::{DeTable, DeValue};

use super::Config;
use super::table::{Setting, TOP};

/// Settings that count from the start of the program on: what goes by them is made once.
const AT_START: [&str; 5] = ["ambiguous_width", "ascii", "journal_dir", "export_dir", "open_command"];

/// A setting that can change while the reader runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// Its name in the file.
    pub name: &'static str,
    /// The values it can have, where they are few.
    pub choices: &'static [&'static str],
    /// What may be given, in English: `a list of texts in quotes`.
    pub expected: String,
}

/// Goes through the settings that can change while the reader runs, in the order of the file.
pub fn live() -> impl Iterator<Item = Live> {
    all().map(|s| {
        let mut config = Config::default();
        let value = (s.value)(&mut config);
        Live { name: s.name, choices: value.choices(), expected: value.expected() }
    })
}

fn all() -> impl Iterator<Item = &'static Setting<Config>> {
    TOP.iter().filter(|s| !AT_START.contains(&s.name))
}

impl Config {
    /// Sets one of [`live`]'s settings to what was typed: as in the file, also without quotes, and a list also as words
    /// with blanks between.
    ///
    /// # Errors
    /// One clause in English, where there is no such setting or the value cannot be used; nothing is changed then.
    pub fn set(&mut self, name: &str, typed: &str) -> Result<(), String> {
        let setting = all().find(|s| s.name == name).ok_or_else(|| format!("no setting `{name}`"))?;
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(format!("expected {}", (setting.value)(self).expected()));
        }
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let list = typed.split([' ', ',', '，', '\u{3000}']).filter(|w| !w.is_empty()).map(quoted);
        let forms = [typed.to_owned(), quoted(typed), format!("[{}]", list.collect::<Vec<_>>().join(", "))];
        let mut wrong = String::new();
        for form in forms {
            let text = format!("v = {form}");
            let Ok(document) = DeTable::parse(&text) else { continue };
            let value: Option<&DeValue<'_>> = document.get_ref().get("v").map(toml::Spanned::get_ref);
            let Some(value) = value.filter(|_| document.get_ref().len() == 1) else { continue };
            match (setting.value)(self).take(value, &|_| None) {
                Ok(()) => return Ok(()),
                Err(what) => wrong = what,
            }
        }
        Err(wrong)
    }
}
