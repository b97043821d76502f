use std::sync::LazyLock;

use serde_json::Value as Json;
use toml::de::DeValue;

use super::place::Environment;
use super::value::{Value, wrong};
use crate::catalogue::quote;
use crate::theme;

/// The name of a theme, or of a way to choose one; safe as the name of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeName(String);

impl Default for ThemeName {
    fn default() -> Self {
        Self(theme::AUTO.to_owned())
    }
}

impl ThemeName {
    /// Takes a name of letters, digits, `-` and `_`; none of any other.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let is_safe = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        (!name.is_empty() && name.len() <= 64 && name.chars().all(is_safe)).then(|| Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for ThemeName {
    fn take(&mut self, given: &DeValue<'_>, _: Environment<'_>) -> Result<(), String> {
        let text = given.as_str().ok_or_else(|| wrong(&self.expected(), given))?;
        *self = Self::new(text).ok_or_else(|| {
            format!("{} cannot be the name of a theme: letters, digits, - and _", quote(text))
        })?;
        Ok(())
    }

    fn give(&self) -> Json {
        self.as_str().into()
    }

    fn choices(&self) -> &'static [&'static str] {
        static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(theme::settings);
        &NAMES
    }

    fn expected(&self) -> String {
        let names: Vec<String> = self.choices().iter().map(|name| format!("\"{name}\"")).collect();
        format!("{}, or the name of a file in the folder `themes`", names.join(", "))
    }
}
