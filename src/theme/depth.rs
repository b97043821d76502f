use super::Rgb;

/// How many colours a terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None, or none are wanted.
    None,
    /// Sixteen, whose looks are the terminal's own.
    #[default]
    Sixteen,
    /// 256: sixteen of its own, a cube and greys.
    Indexed,
    /// All.
    True,
}

impl Depth {
    /// The name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Sixteen => "16",
            Self::Indexed => "256",
            Self::True => "true",
        }
    }
}

/// What the environment says of a terminal's colours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// `TERM`.
    pub term: String,
    /// `COLORTERM`.
    pub colorterm: String,
    /// `COLORFGBG`.
    pub colorfgbg: String,
    /// Whether `NO_COLOR` is set to something.
    pub is_colourless: bool,
}

/// The two colours that a terminal says it draws with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// That of text; none where it did not say.
    pub ink: Option<Rgb>,
    /// That of the background.
    pub ground: Rgb,
}

/// Terminals without colours, by the beginning of `TERM`.
const COLOURLESS: [&str; 7] = ["dumb", "vt52", "vt100", "vt102", "vt220", "vt320", "xterm-mono"];

impl Hints {
    /// How many colours there are, or are wanted.
    #[must_use]
    pub fn depth(&self) -> Depth {
        let term = self.term.as_str();
        let is_colourless = self.is_colourless || COLOURLESS.iter().any(|name| term.starts_with(name));
        match self.colorterm.as_str() {
            _ if is_colourless => Depth::None,
            "truecolor" | "24bit" => Depth::True,
            _ if term.ends_with("-direct") => Depth::True,
            _ if term.contains("256color") => Depth::Indexed,
            _ => Depth::Sixteen,
        }
    }

    /// Says whether the background is dark by `COLORFGBG`, whose last part is one of the sixteen colours (rxvt);
    /// none where it says nothing.
    #[must_use]
    pub fn is_dark(&self) -> Option<bool> {
        let (_, ground) = self.colorfgbg.rsplit_once(';')?;
        match ground.parse() {
            Ok(0..=6 | 8) => Some(true),
            Ok(7 | 9..=15) => Some(false),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_how_many_colours() {
        for (term, colorterm, want) in [
            ("xterm", "", Depth::Sixteen),
            ("xterm-256color", "", Depth::Indexed),
            ("tmux-256color", "truecolor", Depth::True),
            ("xterm", "24bit", Depth::True),
            ("xterm-direct", "", Depth::True),
            ("xterm-256color", "yes", Depth::Indexed),
            ("screen", "", Depth::Sixteen),
            ("linux", "", Depth::Sixteen),
            ("vt100", "truecolor", Depth::None),
            ("vt220", "", Depth::None),
            ("dumb", "", Depth::None),
            ("", "", Depth::Sixteen),
        ] {
            let mut hints = Hints { term: term.into(), colorterm: colorterm.into(), ..Hints::default() };
            assert_eq!(hints.depth(), want, "{term} {colorterm}");
            hints.is_colourless = true;
            assert_eq!(hints.depth(), Depth::None, "{term} {colorterm}");
        }
    }

    #[test]
    fn the_last_part_of_colorfgbg_is_the_background() {
        for (value, want) in [
            ("15;0", Some(true)),
            ("0;15", Some(false)),
            ("0;default;15", Some(false)),
            ("12;8", Some(true)),
            ("0;7", Some(false)),
            ("15;default", None),
            ("15", None),
            ("15;99", None),
            ("15;-1", None),
            ("", None),
        ] {
            let hints = Hints { colorfgbg: value.into(), ..Hints::default() };
            assert_eq!(hints.is_dark(), want, "{value}");
        }
    }
}
