use ratatui::style::{Color, Modifier};

use super::colour::Rgb;
use super::look::{Look, Paint};
use super::{Colours, Depth, Painted, ROLES, Role, Shown, Theme};

/// The shipped themes: name and text.
pub const BUILTIN: [(&str, &str); 6] = [
    ("dark", include_str!("dark.toml")),
    ("light", include_str!("light.toml")),
    (NEUTRAL, include_str!("sixteen.toml")),
    (COLOURLESS, include_str!("monochrome.toml")),
    ("high-contrast-dark", include_str!("high-contrast-dark.toml")),
    ("high-contrast-light", include_str!("high-contrast-light.toml")),
];

/// The one for any background.
pub(super) const NEUTRAL: &str = "sixteen";
/// The one without colours.
pub(super) const COLOURLESS: &str = "monochrome";

/// How far towards the background faint text goes, in percent: at least, at most, and where the terminal's own text is
/// not easy to read itself.
const FAINT: (u8, u8) = (12, 40);
const FAINT_ANYWAY: u8 = 22;
/// How far from the background the ground of the selected row goes, in percent.
const TINT: u8 = 9;

/// A theme as it is written, before it is known what the terminal can show.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub(super) looks: [Look; ROLES],
    /// The text and background it is made for, where the terminal does not say what it has.
    pub(super) ink: Rgb,
    pub(super) ground: Rgb,
    /// Whether it is made for that background, and not for any.
    pub(super) has_ground: bool,
    /// What contrast faint text keeps (WCAG 2.2).
    pub(super) contrast: f64,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            looks: [Look::default(); ROLES],
            ink: Rgb(0xd8, 0xd8, 0xd8),
            ground: Rgb(0x1c, 0x1c, 0x1c),
            has_ground: false,
            contrast: 4.5,
        }
    }
}

impl Sheet {
    /// Reads the shipped theme of this name; of no other.
    #[must_use]
    pub fn builtin(name: &str) -> Self {
        let text = BUILTIN.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        Self::parse(text, name).0
    }

    /// The text and background that it goes by, on a terminal that says what it has.
    #[must_use]
    pub fn colours(&self, heard: Option<Colours>) -> (Rgb, Rgb) {
        match heard {
            Some(Colours { ink: Some(ink), ground }) => (ink, ground),
            // White or black is on the safe side of whatever it is.
            Some(Colours { ink: None, ground }) if ground.is_dark() != self.ground.is_dark() => {
                let white = if ground.is_dark() { u8::MAX } else { 0 };
                (Rgb(white, white, white), ground)
            }
            Some(Colours { ink: None, ground }) => (self.ink, ground),
            None => (self.ink, self.ground),
        }
    }

    /// Makes the styles for a terminal with so many colours, which has said what its own are, or not.
    #[must_use]
    pub fn resolve(&self, depth: Depth, heard: Option<Colours>) -> Theme {
        let (ink, ground) = self.colours(heard);
        let tint = ground.mixed(ink, TINT);
        let nearest = |rgb: Rgb| if depth == Depth::Indexed { Rgb::of_index(rgb.indexed()) } else { rgb };
        let is_legible = |percent: &u8| {
            let faint = nearest(ink.mixed(ground, *percent));
            faint.contrast(ground) >= self.contrast && faint.contrast(nearest(tint)) >= self.contrast
        };
        let (least, most) = FAINT;
        let faint = ink.mixed(ground, (least..=most).rev().find(is_legible).unwrap_or(FAINT_ANYWAY));
        let shown = |look: &Look| {
            let (front, is_faint) = reduced(look.ink, depth, (faint, tint));
            let (back, _) = reduced(look.ground, depth, (faint, tint));
            let dim = if is_faint { Modifier::DIM } else { Modifier::empty() };
            Shown { ink: front, ground: back, attributes: look.attributes | dim }
        };
        Theme { shown: self.looks.each_ref().map(shown), painted: None }
    }

    /// Makes the styles with the text and background that it is made for, whatever the terminal's own are. With sixteen
    /// colours and fewer, whose looks are the terminal's, and for a theme that suits any background, there are none.
    #[must_use]
    pub fn resolve_painted(&self, depth: Depth) -> Theme {
        let colour = |rgb: Rgb| match depth {
            Depth::Indexed => Color::Indexed(rgb.indexed()),
            _ => Color::Rgb(rgb.0, rgb.1, rgb.2),
        };
        let painted = Painted { ink: colour(self.ink), ground: colour(self.ground) };
        let painted = Some(painted).filter(|_| self.has_ground && depth > Depth::Sixteen);
        Theme { painted, ..self.resolve(depth, None) }
    }

    /// The look of a role.
    pub(super) fn look_mut(&mut self, role: Role) -> Option<&mut Look> {
        self.looks.get_mut(role as usize)
    }
}

/// A colour that a terminal with so many can show, none for its own; true where faintness is left to an attribute.
fn reduced(paint: Paint, depth: Depth, (faint, tint): (Rgb, Rgb)) -> (Option<Color>, bool) {
    let of_rgb = |rgb: Rgb| match depth {
        Depth::None => None,
        Depth::Sixteen => rgb.hue(),
        Depth::Indexed => Some(Color::Indexed(rgb.indexed())),
        Depth::True => Some(Color::Rgb(rgb.0, rgb.1, rgb.2)),
    };
    match paint {
        Paint::Own => (None, false),
        Paint::Faint if depth <= Depth::Sixteen => (None, true),
        Paint::Tint if depth <= Depth::Sixteen => (None, false),
        Paint::Faint => (of_rgb(faint), false),
        Paint::Tint => (of_rgb(tint), false),
        Paint::Named(_) | Paint::Index(_) if depth == Depth::None => (None, false),
        Paint::Named(colour) => (Some(colour), false),
        Paint::Index(index @ 0..16) => (super::colour::NAMES.get(usize::from(index)).map(|(_, c)| *c), false),
        Paint::Index(index) if depth == Depth::Sixteen => (Rgb::of_index(index).hue(), false),
        Paint::Index(index) => (Some(Color::Indexed(index)), false),
        Paint::Rgb(rgb) => (of_rgb(rgb), false),
    }
}
