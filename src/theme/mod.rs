//! Looks: which colour and weight each kind of text has, in one small table per theme.
//!
//! Owns the roles, the shipped themes (TOML files beside this one), the reading of the user's own, the choice of one
//! by what a terminal says of itself, and how colours become fewer. Hands a [`Theme`], a style for every role, to
//! `view`. Never reads a file or the environment, and never asks a terminal: the caller does.

mod choose;
mod colour;
mod depth;
mod load;
mod look;
mod role;
mod sheet;
#[cfg(test)]
mod tests;

pub use choose::{AUTO, Choice, Ground, Themes, candidates, settings};
pub use colour::Rgb;
pub use depth::{Colours, Depth, Hints};
pub use role::Role;
pub use sheet::{BUILTIN, Sheet};

use ratatui::style::{Color, Modifier, Style};

/// The number of roles.
const ROLES: usize = Role::ALL.len();

/// A style for every role, for a terminal with so many colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    shown: [Shown; ROLES],
    painted: Option<Painted>,
}

/// The text and background of a theme that paints its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Painted {
    /// The colour of text that has no other.
    pub ink: Color,
    /// The colour behind text that has no other.
    pub ground: Color,
}

/// What a style of a theme can say, in few bytes: themes are handed about by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    ink: Option<Color>,
    ground: Option<Color>,
    attributes: Modifier,
}

impl Theme {
    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.shown.get(role as usize).map_or_else(Style::default, |shown| {
            let style = Style { fg: shown.ink, bg: shown.ground, ..Style::new() };
            style.add_modifier(shown.attributes)
        })
    }

    /// What to paint where a style leaves a colour to the terminal; none where the terminal's own will do.
    #[must_use]
    pub fn painted(&self) -> Option<Painted> {
        self.painted
    }
}

/// The one for a terminal of which nothing is known but that it has colours.
impl Default for Theme {
    fn default() -> Self {
        Sheet::builtin(sheet::NEUTRAL).resolve(Depth::Sixteen, None)
    }
}
