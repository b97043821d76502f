use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use crate::state::{Looks, Role};
use crate::theme::{self, Painted};

/// Which look each kind of text has, and the marks that go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Theme {
    looks: theme::Theme,
    /// The marks.
    pub(super) marks: &'static Marks,
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

/// Gives all cells that leave their text or their ground to the terminal those of the theme. O(cells).
pub(super) fn paint_over(painted: Painted, buf: &mut Buffer) {
    for cell in &mut buf.content {
        if cell.fg == Color::Reset {
            cell.fg = painted.ink;
        }
        if cell.bg == Color::Reset {
            cell.bg = painted.ground;
        }
    }
}

impl Theme {
    /// Takes the looks, with ASCII marks where the terminal needs them.
    #[must_use]
    pub(super) fn new(looks: Looks) -> Self {
        Self { looks: looks.theme, marks: if looks.glyphs.has_ascii_marks() { &ASCII } else { &UNICODE } }
    }

    /// The style of a kind of text.
    #[must_use]
    pub(super) fn style(self, role: Role) -> Style {
        self.looks.style(role)
    }

    /// The bar before the selected item.
    #[must_use]
    pub(super) fn bar(self, is_focused: bool) -> Style {
        self.style(if is_focused { Role::Bar } else { Role::IdleBar })
    }

    /// Lays the ground of the selected item under what is painted in `area`.
    pub(super) fn lay_ground(self, area: Rect, buf: &mut Buffer) {
        let style = self.style(Role::Selected);
        // It lies under Han too, which is never bold.
        let style = Style { add_modifier: style.add_modifier - Modifier::BOLD, ..style };
        if !style.add_modifier.contains(Modifier::REVERSED) {
            return buf.set_style(area.intersection(buf.area), style);
        }
        // Turned round, texts of many colours would be patches; the bar keeps its own.
        let texts = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let style = Style { fg: style.fg.or(Some(Color::Reset)), ..style }.remove_modifier(Modifier::DIM);
        buf.set_style(texts.intersection(buf.area), style);
    }
}
