use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::rules::{Draft, keys_of, rule_text};
use super::table::{
    ARCHIVE, EXAMPLE, EXAMPLE_QUERY, EXAMPLE_RULES, OF_ARCHIVE, OF_QUERY, OF_RULE, QUERY, RULE, Setting, TOP,
};
use super::{Archive, Config, Saved};
use crate::catalogue::Lang;
use crate::filter::Rule;

/// Writes a `config.toml` in which every setting is explained and switched off by a `#`, with its default.
#[must_use]
pub fn default_text(lang: Lang) -> String {
    let mut out = format!("# {}\n", lang.about_configuration());
    let config = Config::default();
    for setting in &TOP {
        let text = setting.text(&config);
        let (help, values) = (setting.help(lang), lang.reason(&expected(setting)));
        let _ = write!(out, "\n# {help}\n# {}\n#{} = {text}\n", values.trim_start(), setting.name);
    }
    let _ = write!(out, "\n# {}\n#[[{ARCHIVE}]]\n", lang.about_archives());
    for (setting, example) in OF_ARCHIVE.iter().zip(EXAMPLE) {
        let _ = write!(out, "# {}\n#{} = {example}\n", setting.help(lang), setting.name);
    }
    let _ = write!(out, "\n# {}\n#[[{QUERY}]]\n", lang.about_queries());
    for (setting, example) in OF_QUERY.iter().zip(EXAMPLE_QUERY) {
        let _ = write!(out, "# {}\n#{} = {example}\n", setting.help(lang), setting.name);
    }
    let _ = write!(out, "\n# {}\n", lang.about_rules());
    for setting in &OF_RULE {
        let _ = writeln!(out, "# {}{}{}", setting.name, lang.colon(), setting.help(lang));
    }
    for rule in EXAMPLE_RULES {
        let _ = write!(out, "\n#[[{RULE}]]\n");
        for (name, example) in rule {
            let _ = writeln!(out, "#{name} = {example}");
        }
    }
    out
}

/// Writes a value as TOML. It is written as JSON is, which of these values is TOML but for one character.
pub(super) fn toml(value: &Json) -> String {
    value.to_string().replace('\u{7f}', "\\u007f")
}

/// Writes the tables of settings of README.md.
#[must_use]
pub fn markdown() -> String {
    let mut out = "\n| setting | default | values | |\n| --- | --- | --- | --- |\n".to_owned();
    rows(&mut out, &TOP, &Config::default());
    let _ = write!(
        out,
        "\n**An archive** (`[[{ARCHIVE}]]`)\n\n| setting | default | values | |\n| --- | --- | --- | --- |\n"
    );
    rows(&mut out, &OF_ARCHIVE, &Archive::default());
    let _ = write!(
        out,
        "\n**A saved query** (`[[{QUERY}]]`)\n\n| setting | default | values | |\n| --- | --- | --- | --- |\n"
    );
    rows(&mut out, &OF_QUERY, &Saved::default());
    let _ = write!(
        out,
        "\n**A rule of interest** (`[[{RULE}]]`), with one of the first four\n\n| setting | default | values | |\n| --- | --- | --- | --- |\n"
    );
    rows(&mut out, &OF_RULE, &Draft::default());
    out
}

fn rows<T: Clone + Default>(out: &mut String, settings: &[Setting<T>], owner: &T) {
    for setting in settings {
        let _ = writeln!(
            out,
            "| `{}` | `{}` | {} | {} |",
            setting.name,
            setting.text(owner),
            expected(setting),
            setting.help(Lang::En)
        );
    }
}

fn expected<T: Default>(setting: &Setting<T>) -> String {
    (setting.value)(&mut T::default()).expected()
}

impl Config {
    /// Writes the values as a `config.toml`.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        for setting in &TOP {
            let _ = writeln!(out, "{} = {}", setting.name, setting.text(self));
        }
        for archive in &self.archives {
            let _ = writeln!(out, "\n[[{ARCHIVE}]]");
            for setting in &OF_ARCHIVE {
                let _ = writeln!(out, "{} = {}", setting.name, setting.text(archive));
            }
        }
        for saved in &self.prefs.queries {
            let _ = writeln!(out, "\n[[{QUERY}]]");
            for setting in &OF_QUERY {
                let _ = writeln!(out, "{} = {}", setting.name, setting.text(saved));
            }
        }
        for rule in &self.prefs.rules {
            let _ = write!(out, "\n{}", rule_text(rule));
        }
        out
    }

    /// Gives the values as one object of JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut object = Map::from_iter([("schema".to_owned(), 1.into())]);
        object.extend(TOP.iter().map(|s| (s.name.to_owned(), s.give(self))));
        let archive = |a: &Archive| -> Map<String, Json> {
            OF_ARCHIVE.iter().map(|s| (s.name.to_owned(), s.give(a))).collect()
        };
        object.insert(ARCHIVE.to_owned(), json!(self.archives.iter().map(archive).collect::<Vec<_>>()));
        let saved = |q: &Saved| -> Map<String, Json> {
            OF_QUERY.iter().map(|s| (s.name.to_owned(), s.give(q))).collect()
        };
        object.insert(QUERY.to_owned(), json!(self.prefs.queries.iter().map(saved).collect::<Vec<_>>()));
        let rule = |r: &Rule| -> Map<String, Json> {
            keys_of(r).into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
        };
        object.insert(RULE.to_owned(), json!(self.prefs.rules.iter().map(rule).collect::<Vec<_>>()));
        object.into()
    }
}
