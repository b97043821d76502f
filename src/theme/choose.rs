use std::collections::BTreeMap;

use super::sheet::{BUILTIN, COLOURLESS, NEUTRAL, Sheet};
use super::{Colours, Depth, Hints, Theme};

/// The setting that leaves the choice to what is known of the terminal.
pub const AUTO: &str = "auto";
/// The setting for the shipped theme of high contrast that suits the background.
const HIGH_CONTRAST: &str = "high-contrast";

/// How it is known what is behind the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The terminal said which colour it is.
    Heard(Colours),
    /// `COLORFGBG` says whether it is dark.
    Said {
        /// Whether it is.
        is_dark: bool,
    },
    /// It is not known.
    Unknown,
}

/// Which theme was chosen, by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// For so many colours.
    pub depth: Depth,
    /// What is behind the text, as far as that was looked at.
    pub ground: Ground,
    /// The styles.
    pub theme: Theme,
}

/// The themes that a setting may come down to, and what they are chosen by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Themes {
    setting: String,
    hints: Hints,
    own: BTreeMap<String, Sheet>,
}

/// Lists the names of the themes that a setting may come down to.
#[must_use]
pub fn candidates(setting: &str) -> Vec<&str> {
    match setting {
        AUTO => vec!["dark", "light", NEUTRAL, COLOURLESS],
        HIGH_CONTRAST => vec!["high-contrast-dark", "high-contrast-light", COLOURLESS],
        name => vec![name, COLOURLESS],
    }
}

/// Lists every setting that needs no file.
#[must_use]
pub fn settings() -> Vec<&'static str> {
    let mut names = vec![AUTO];
    names.extend(BUILTIN.iter().map(|(name, _)| *name).filter(|name| !name.starts_with(HIGH_CONTRAST)));
    names.push(HIGH_CONTRAST);
    names
}

impl Themes {
    /// Gathers a setting, what the environment says, and the user's themes of the names in question. The user's come
    /// before shipped ones of the same name. A setting for which there is no theme is [`AUTO`].
    #[must_use]
    pub fn new(setting: &str, hints: Hints, own: BTreeMap<String, Sheet>) -> Self {
        let is_known = settings().contains(&setting)
            || BUILTIN.iter().any(|(name, _)| *name == setting)
            || own.contains_key(setting);
        Self { setting: if is_known { setting } else { AUTO }.to_owned(), hints, own }
    }

    /// Says whether the choice, or its colours, depend on the terminal's own.
    #[must_use]
    pub fn asks_colours(&self) -> bool {
        self.hints.depth() > Depth::Sixteen
            || (self.hints.depth() == Depth::Sixteen && self.setting == HIGH_CONTRAST)
    }

    /// Chooses a theme by what the terminal said of its own colours, if anything.
    ///
    /// Without colours it is the colourless one. A named one is taken, and paints the background that it is made for
    /// where the terminal's is not known or another. Else it goes by the background: where that is not known, or there
    /// are only sixteen colours, it is the one for any background.
    #[must_use]
    pub fn choose(&self, heard: Option<Colours>) -> Choice {
        let depth = self.hints.depth();
        let ground = match (heard, self.hints.is_dark()) {
            (Some(colours), _) => Ground::Heard(colours),
            (None, Some(is_dark)) => Ground::Said { is_dark },
            (None, None) => Ground::Unknown,
        };
        let is_dark = match ground {
            Ground::Heard(colours) => Some(colours.ground.is_dark()),
            Ground::Said { is_dark } => Some(is_dark),
            Ground::Unknown => None,
        };
        let name = match (self.setting.as_str(), is_dark) {
            _ if depth == Depth::None => COLOURLESS,
            (AUTO, _) if depth == Depth::Sixteen => NEUTRAL,
            (AUTO, Some(true)) => "dark",
            (AUTO, Some(false)) => "light",
            (AUTO, None) => NEUTRAL,
            (HIGH_CONTRAST, Some(true)) => "high-contrast-dark",
            (HIGH_CONTRAST, Some(false)) => "high-contrast-light",
            // Any of the sixteen would be faint on one of the two.
            (HIGH_CONTRAST, None) if depth == Depth::Sixteen => COLOURLESS,
            (HIGH_CONTRAST, None) => "high-contrast-dark",
            (name, _) => name,
        };
        let sheet = self.own.get(name).cloned().unwrap_or_else(|| Sheet::builtin(name));
        // On the other background, and on any for all that is known, its colours would be faint.
        let suits = self.setting == AUTO || is_dark == Some(sheet.ground.is_dark());
        let theme = if suits { sheet.resolve(depth, heard) } else { sheet.resolve_painted(depth) };
        Choice { name: name.to_owned(), depth, ground, theme }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rgb;
    use super::*;

    const DARK: Colours = Colours { ink: None, ground: Rgb(0x1e, 0x1e, 0x2e) };
    const LIGHT: Colours = Colours { ink: None, ground: Rgb(0xfd, 0xf6, 0xe3) };

    #[test]
    fn the_background_and_the_colours_decide() {
        for (setting, term, colorfgbg, heard, want) in [
            ("auto", "xterm-256color", "", Some(DARK), "dark"),
            ("auto", "xterm-256color", "", Some(LIGHT), "light"),
            ("auto", "xterm-256color", "", None, "sixteen"),
            ("auto", "xterm-256color", "0;15", None, "light"),
            ("auto", "xterm-256color", "15;0", None, "dark"),
            ("auto", "xterm-256color", "0;15", Some(DARK), "dark"),
            ("auto", "xterm", "", Some(LIGHT), "sixteen"),
            ("auto", "vt100", "", Some(LIGHT), "monochrome"),
            ("light", "xterm-256color", "", Some(DARK), "light"),
            ("dark", "xterm", "", None, "dark"),
            ("dark", "dumb", "", None, "monochrome"),
            ("high-contrast", "xterm", "", Some(LIGHT), "high-contrast-light"),
            ("high-contrast", "xterm", "", Some(DARK), "high-contrast-dark"),
            ("high-contrast", "xterm", "", None, "monochrome"),
            ("high-contrast", "xterm-256color", "", None, "high-contrast-dark"),
            ("high-contrast", "xterm-256color", "0;15", None, "high-contrast-light"),
            ("high-contrast-light", "xterm", "", None, "high-contrast-light"),
            ("no such", "xterm-256color", "", Some(LIGHT), "light"),
        ] {
            let hints = Hints { term: term.into(), colorfgbg: colorfgbg.into(), ..Hints::default() };
            let choice = Themes::new(setting, hints, BTreeMap::new()).choose(heard);
            assert_eq!(choice.name, want, "{setting} {term} {colorfgbg} {heard:?}");
            assert!(candidates(setting).contains(&want) || setting == "no such");
        }
    }

    #[test]
    fn a_theme_that_is_named_brings_its_background_where_the_terminals_does_not_suit() {
        for (setting, term, colorfgbg, heard, want) in [
            ("light", "xterm-256color", "", None, true),
            ("light", "xterm-256color", "", Some(DARK), true),
            ("light", "xterm-256color", "", Some(LIGHT), false),
            ("light", "xterm-256color", "15;0", None, true),
            ("light", "xterm-256color", "0;15", None, false),
            ("dark", "xterm-256color", "", None, true),
            ("dark", "xterm-256color", "", Some(DARK), false),
            ("high-contrast", "xterm-256color", "", None, true),
            ("high-contrast", "xterm-256color", "", Some(LIGHT), false),
            ("high-contrast-dark", "xterm-256color", "", Some(LIGHT), true),
            // Their colours are the terminal's own.
            ("light", "xterm", "", None, false),
            ("light", "vt100", "", None, false),
            // Made for any background.
            ("sixteen", "xterm-256color", "", None, false),
            ("sixteen", "xterm-256color", "", Some(LIGHT), false),
            ("monochrome", "xterm-256color", "", None, false),
            ("auto", "xterm-256color", "", None, false),
            ("auto", "xterm-256color", "0;15", None, false),
            ("mine", "xterm-256color", "", None, false),
            ("other", "xterm-256color", "", None, true),
        ] {
            let hints = Hints { term: term.into(), colorfgbg: colorfgbg.into(), ..Hints::default() };
            let own = [("mine", "plain = \"red\""), ("other", "base = \"dark\"")];
            let own = own.map(|(name, toml)| (name.to_owned(), Sheet::parse(toml, name).0));
            let choice = Themes::new(setting, hints, BTreeMap::from(own)).choose(heard);
            let is_painted = choice.theme.painted().is_some();
            assert_eq!(is_painted, want, "{setting} {term} {colorfgbg} {heard:?}");
        }
    }

    #[test]
    fn the_users_own_come_first() {
        let own = Sheet::parse("plain = \"red\"", "x").0;
        let themes = |setting: &str, name: &str| {
            let hints = Hints { term: "xterm-256color".into(), ..Hints::default() };
            Themes::new(setting, hints, BTreeMap::from([(name.to_owned(), own.clone())]))
        };
        let want = own.resolve(Depth::Indexed, Some(DARK));
        assert_eq!(themes("mine", "mine").choose(Some(DARK)).theme, want);
        assert_eq!(themes("auto", "dark").choose(Some(DARK)).theme, want);
        assert_ne!(themes("auto", "mine").choose(Some(DARK)).theme, want);
    }
}
