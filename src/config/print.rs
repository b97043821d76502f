use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::table::{ARCHIVE, EXAMPLE, EXAMPLE_QUERY, OF_ARCHIVE, OF_QUERY, QUERY, Setting, TOP};
use super::{Archive, Config, Saved};

/// Writes a `config.toml` in which every setting is explained and switched off by a `#`, with its default.
#[must_use]
pub fn default_text() -> String {
    let mut out =
        "# The configuration of wenzhai. `#` before a setting: it has this value by default.\n".to_owned();
    let config = Config::default();
    for setting in &TOP {
        let text = setting.text(&config);
        let _ = write!(out, "\n# {}\n# {}\n#{} = {text}\n", setting.help, expected(setting), setting.name);
    }
    let _ = write!(
        out,
        "\n# The archives to open when none is named; as many sections as there are archives.\n#[[{ARCHIVE}]]\n"
    );
    for (setting, example) in OF_ARCHIVE.iter().zip(EXAMPLE) {
        let _ = write!(out, "# {}\n#{} = {example}\n", setting.help, setting.name);
    }
    let _ = write!(out, "\n# Saved queries, listed by `ff` and above the dates.\n#[[{QUERY}]]\n");
    for (setting, example) in OF_QUERY.iter().zip(EXAMPLE_QUERY) {
        let _ = write!(out, "# {}\n#{} = {example}\n", setting.help, setting.name);
    }
    out
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
            setting.help
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
        object.into()
    }
}
