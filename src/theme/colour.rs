//! Colours: how they are written, how far they stand apart, and what a terminal with fewer of them shows.

use ratatui::style::Color;

/// A colour by its red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Names of the sixteen colours whose looks are the terminal's own.
pub(super) const NAMES: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// Steps of the colour cube of 256 colours (xterm's 256colres.pl).
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
/// Colours with less difference between their parts count as grey.
const GREY: u8 = 24;

impl Rgb {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Reads a colour as terminals report theirs: `rgb:rrrr/gggg/bbbb` with one to four digits each (Xlib's `XParseColor`).
    #[must_use]
    pub fn from_report(text: &str) -> Option<Self> {
        let parts: Vec<u8> = text
            .strip_prefix("rgb:")?
            .split('/')
            .map(|digits| {
                let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)? - 1;
                let is_number =
                    (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
                let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
                u8::try_from(value * 255 / most).ok()
            })
            .collect::<Option<_>>()?;
        let [r, g, b] = parts.as_slice() else { return None };
        Some(Self(*r, *g, *b))
    }

    /// The relative luminance (WCAG 2.2): 0 for black, 1 for white.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The contrast to another colour (WCAG 2.2): 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Says whether light text reads better on it than dark text.
    #[must_use]
    pub fn is_dark(self) -> bool {
        self.contrast(Self(255, 255, 255)) > self.contrast(Self(0, 0, 0))
    }

    /// Mixes in `percent` of another colour.
    pub(super) fn mixed(self, other: Self, percent: u8) -> Self {
        let mix = |a: u8, b: u8| {
            let sum =
                u32::from(a) * u32::from(100 - percent.min(100)) + u32::from(b) * u32::from(percent.min(100));
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Finds the nearest of the 240 colours after the first sixteen, by their distance.
    pub(super) fn indexed(self) -> u8 {
        let distance = |index: &u8| {
            let other = Self::of_index(*index);
            let part = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
            part(self.0, other.0) + part(self.1, other.1) + part(self.2, other.2)
        };
        (16..=u8::MAX).min_by_key(distance).unwrap_or(u8::MAX)
    }

    /// The colour of one of the 240 after the first sixteen, which are the terminal's own.
    #[must_use]
    pub fn of_index(index: u8) -> Self {
        if index >= 232 {
            let grey = 8 + 10 * (index - 232);
            return Self(grey, grey, grey);
        }
        let at = index.saturating_sub(16);
        let step = |n: u8| STEPS.get(usize::from(n % 6)).copied().unwrap_or_default();
        Self(step(at / 36), step(at / 6), step(at))
    }

    /// Finds which of red, green, yellow, blue, magenta and cyan comes nearest by hue; none of a grey.
    pub(super) fn hue(self) -> Option<Color> {
        let Self(r, g, b) = self;
        let (most, least) = (r.max(g).max(b), r.min(g).min(b));
        let spread = most - least;
        if spread < GREY {
            return None;
        }
        let is_high = |part: u8| part - least > spread / 2;
        Some(match (is_high(r), is_high(g), is_high(b)) {
            (true, true, _) => Color::Yellow,
            (true, false, true) => Color::Magenta,
            (true, false, false) => Color::Red,
            (false, true, true) => Color::Cyan,
            (false, true, false) => Color::Green,
            (false, false, _) => Color::Blue,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_they_are_written_and_reported() {
        assert_eq!(Rgb::from_hex("#0a80FF"), Some(Rgb(10, 128, 255)));
        for wrong in ["", "#", "#fff", "0a80ff", "#0a80fg", "#+a80ff", "#0a80ff0", "#é80ff"] {
            assert_eq!(Rgb::from_hex(wrong), None, "{wrong}");
        }
        for (report, want) in [
            ("rgb:ffff/8080/0000", Some(Rgb(255, 128, 0))),
            ("rgb:ff/80/00", Some(Rgb(255, 128, 0))),
            ("rgb:f/8/0", Some(Rgb(255, 136, 0))),
            ("rgb:fff/800/000", Some(Rgb(255, 127, 0))),
            ("rgb:ffff/8080", None),
            ("rgb:fffff/0/0", None),
            ("rgb:/0/0", None),
            ("rgb:+f/0/0", None),
            ("rgba:ff/ff/ff/ff", None),
            ("#ffffff", None),
            ("", None),
        ] {
            assert_eq!(Rgb::from_report(report), want, "{report}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 0.01);
        assert!((Rgb(0x76, 0x76, 0x76).contrast(white) - 4.54).abs() < 0.01);
        assert!(black.is_dark() && !white.is_dark() && Rgb(0, 0x2b, 0x36).is_dark());
        assert!(!Rgb(0xfd, 0xf6, 0xe3).is_dark());
    }

    #[test]
    fn fewer_colours_come_near() {
        for index in 16..=u8::MAX {
            let rgb = Rgb::of_index(index);
            assert_eq!(Rgb::of_index(rgb.indexed()), rgb, "{index}");
        }
        for (hex, want) in [
            ("#808080", None),
            ("#0b0b10", None),
            ("#e06c75", Some(Color::Red)),
            ("#e5c07b", Some(Color::Yellow)),
            ("#98c379", Some(Color::Green)),
            ("#56b6c2", Some(Color::Cyan)),
            ("#61a0ef", Some(Color::Blue)),
            ("#c678dd", Some(Color::Magenta)),
        ] {
            assert_eq!(Rgb::from_hex(hex).unwrap().hue(), want, "{hex}");
        }
    }
}
