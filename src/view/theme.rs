use ratatui::style::{Color, Modifier, Style};

use crate::state::{Looks, Role};

/// Which look each kind of text has, and the marks that go with it.
///
/// Colour has four uses: accent for bar, hits and headings; yellow for bookmarks; green for venues; red for
/// losses. Nothing is told by colour alone. Dim is SGR 2, never colour 8, which some palettes make invisible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Theme {
    is_colourless: bool,
    /// The marks.
    pub(super) marks: Marks,
}

/// The characters that are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    /// Before a bookmarked paper.
    pub(super) bookmarked: &'static str,
    /// Before the selected item.
    pub(super) bar: &'static str,
    /// Between panes.
    pub(super) rule: &'static str,
    /// Before the older date.
    pub(super) older: &'static str,
    /// After the newer date.
    pub(super) newer: &'static str,
    /// Beside a day that is decided.
    pub(super) done: &'static str,
    /// Beside a day of which more may be coming.
    pub(super) fresh: &'static str,
    /// For a number that is not known yet.
    pub(super) unknown: &'static str,
    /// The frame of a popup: corners from the top left clockwise, horizontal, vertical.
    pub(super) frame: [&'static str; 6],
}

const UNICODE: Marks = Marks {
    bookmarked: "★",
    bar: "▌",
    rule: "│",
    older: "‹",
    newer: "›",
    done: "✓",
    fresh: "…",
    unknown: "·",
    frame: ["┌", "┐", "┘", "└", "─", "│"],
};

const ASCII: Marks = Marks {
    bookmarked: "*",
    bar: ">",
    rule: "|",
    older: "<",
    newer: ">",
    done: "x",
    fresh: "..",
    unknown: ".",
    frame: ["+", "+", "+", "+", "-", "|"],
};

impl Theme {
    /// Chooses the look: without colours where `NO_COLOR` asks for it, with ASCII marks where the terminal needs them.
    #[must_use]
    pub(super) fn new(looks: Looks) -> Self {
        Self {
            is_colourless: looks.is_colourless,
            marks: if looks.glyphs.has_ascii_marks() { ASCII } else { UNICODE },
        }
    }

    /// The style of a kind of text.
    #[must_use]
    pub(super) fn style(self, role: Role) -> Style {
        let plain = Style::new();
        match role {
            Role::Plain => plain,
            Role::Dim => plain.add_modifier(Modifier::DIM),
            Role::Heading => self.coloured(plain.add_modifier(Modifier::BOLD), Color::Cyan),
            Role::Strong => plain.add_modifier(Modifier::BOLD),
            Role::Hit => self.coloured(plain.add_modifier(Modifier::UNDERLINED), Color::Cyan),
            Role::CurrentHit => self.style(Role::Hit).add_modifier(Modifier::REVERSED),
            Role::Venue => self.coloured(plain, Color::Green),
            Role::Bookmark => self.coloured(plain, Color::Yellow),
            Role::Error => self.coloured(plain, Color::Red),
        }
    }

    /// The bar before the selected item.
    #[must_use]
    pub(super) fn bar(self, is_focused: bool) -> Style {
        if is_focused { self.coloured(Style::new(), Color::Cyan) } else { self.style(Role::Dim) }
    }

    fn coloured(self, style: Style, colour: Color) -> Style {
        if self.is_colourless { style } else { style.fg(colour) }
    }
}
