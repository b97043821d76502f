//! The look of one role, as a theme file writes it: `"bold cyan on 236"`.

use ratatui::style::{Color, Modifier};

use super::colour::{NAMES, Rgb};
use crate::catalogue::{did_you_mean, nearest, quote};

/// Words for attributes.
const ATTRIBUTES: [(&str, Modifier); 4] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];
/// Words for colours that go by the terminal's own.
const RELATIVE: [(&str, Paint); 3] =
    [("default", Paint::Own), ("faint", Paint::Faint), ("tint", Paint::Tint)];
/// The word before a background.
const ON: &str = "on";

/// A colour of a theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Paint {
    /// The terminal's own.
    #[default]
    Own,
    /// One of the sixteen.
    Named(Color),
    /// One of 256.
    Index(u8),
    /// Any.
    Rgb(Rgb),
    /// The colour of text, moved towards the background as far as it stays easy to read.
    Faint,
    /// The background, moved a little towards the colour of text.
    Tint,
}

/// Colours and attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) ink: Paint,
    pub(super) ground: Paint,
    pub(super) attributes: Modifier,
}

impl Look {
    /// Reads words in any order: a colour, `on` and a colour, attributes. Returns what could be read, and a clause for
    /// each word that could not.
    pub(super) fn parse(text: &str) -> (Self, Vec<String>) {
        let (mut look, mut wrong) = (Self::default(), Vec::new());
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            if word == ON {
                match words.next().map(|word| paint(word).ok_or_else(|| unknown(word, false))) {
                    Some(Ok(paint)) => look.ground = paint,
                    Some(Err(what)) => wrong.push(what),
                    None => wrong.push("no colour stands after `on`".to_owned()),
                }
            } else if let Some((_, attribute)) = ATTRIBUTES.iter().find(|(name, _)| *name == word) {
                look.attributes |= *attribute;
            } else if let Some(paint) = paint(word) {
                look.ink = paint;
            } else {
                wrong.push(unknown(word, true));
            }
        }
        (look, wrong)
    }
}

fn paint(word: &str) -> Option<Paint> {
    let relative = RELATIVE.iter().find(|(name, _)| *name == word).map(|(_, paint)| *paint);
    let named = || NAMES.iter().find(|(name, _)| *name == word).map(|(_, colour)| Paint::Named(*colour));
    let index = || {
        let is_number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        word.parse().ok().filter(|_| is_number).map(Paint::Index)
    };
    relative.or_else(named).or_else(index).or_else(|| Rgb::from_hex(word).map(Paint::Rgb))
}

fn unknown(word: &str, or_attribute: bool) -> String {
    let attributes = ATTRIBUTES.iter().map(|(name, _)| *name).filter(|_| or_attribute);
    let colours = NAMES.iter().map(|(name, _)| *name).chain(RELATIVE.iter().map(|(name, _)| *name));
    let near = did_you_mean(nearest(word, attributes.chain(colours)));
    match or_attribute {
        true => format!("{} is not a colour or an attribute{near}", quote(word)),
        false => format!("{} is not a colour{near}", quote(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_words_in_any_order() {
        let look = |ink, ground, attributes| Look { ink, ground, attributes };
        let (own, none) = (Paint::Own, Modifier::empty());
        for (text, want, wrong) in [
            ("", Look::default(), ""),
            ("bold cyan", look(Paint::Named(Color::Cyan), own, Modifier::BOLD), ""),
            ("on tint", look(own, Paint::Tint, none), ""),
            (
                "underline #0a80ff on 236 reverse",
                look(
                    Paint::Rgb(Rgb(10, 128, 255)),
                    Paint::Index(236),
                    Modifier::UNDERLINED | Modifier::REVERSED,
                ),
                "",
            ),
            ("faint dim", look(Paint::Faint, own, Modifier::DIM), ""),
            (
                "bright-rad",
                Look::default(),
                "`bright-rad` is not a colour or an attribute; did you mean `bright-red`?",
            ),
            (
                "bodl red",
                look(Paint::Named(Color::Red), own, none),
                "`bodl` is not a colour or an attribute; did you mean `bold`?",
            ),
            ("256", Look::default(), "`256` is not a colour or an attribute"),
            ("red on", look(Paint::Named(Color::Red), own, none), "no colour stands after `on`"),
            ("on bold", Look::default(), "`bold` is not a colour; did you mean `red`?"),
        ] {
            let (got, problems) = Look::parse(text);
            if wrong.is_empty() || !text.starts_with("on") {
                assert_eq!(problems.join("; "), wrong, "{text}");
            } else {
                assert_eq!(problems.len(), 1, "{text}");
            }
            assert_eq!(got, want, "{text}");
        }
    }
}
