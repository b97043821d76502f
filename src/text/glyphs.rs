//! What the terminal at hand makes of characters of ambiguous width, and the marks it is given.
//!
//! Owns the one setting that the measure and the ellipsis depend on besides the text. It is a property of the
//! terminal and the same for every text, so it is not an argument of each of a hundred measurements but of their
//! thread, for as long as a [`Measure`] lives: `state::update`, `view::draw` and the painter take one from the
//! looks of the state, which are plain data. Never looks at a terminal, and never changes where a grapheme ends.

use std::cell::Cell;
use std::marker::PhantomData;

/// How a terminal draws what terminals disagree about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glyphs {
    /// True where characters of ambiguous width (UAX #11 class A: quotes, dashes, Greek, Cyrillic, box drawing)
    /// take two cells.
    pub is_wide: bool,
    /// True where the program's own marks are ASCII; implied by `is_wide`, as there a rule would take two cells.
    pub is_ascii: bool,
}

thread_local! {
    static GLYPHS: Cell<Glyphs> = const { Cell::new(Glyphs { is_wide: false, is_ascii: false }) };
}

impl Glyphs {
    /// Says whether marks are ASCII.
    #[must_use]
    pub fn has_ascii_marks(self) -> bool {
        self.is_ascii || self.is_wide
    }

    /// Lets this thread measure and cut texts for such a terminal, until what is returned is dropped. Ambiguous
    /// characters take one cell without.
    #[must_use = "the setting ends when this is dropped"]
    pub fn measure(self) -> Measure {
        Measure { before: GLYPHS.replace(self), not_send: PhantomData }
    }
}

/// Keeps a setting of [`Glyphs::measure`]; on being dropped it brings the one before back.
#[derive(Debug)]
pub struct Measure {
    before: Glyphs,
    not_send: PhantomData<*const ()>,
}

impl Drop for Measure {
    fn drop(&mut self) {
        GLYPHS.set(self.before);
    }
}

/// Says whether ambiguous characters take two cells now.
pub(super) fn is_wide() -> bool {
    GLYPHS.get().is_wide
}

/// The mark for what was left out, in at most `cells`: `…`, or up to three full stops.
#[must_use]
pub fn ellipsis(cells: usize) -> &'static str {
    match (GLYPHS.get().has_ascii_marks(), cells) {
        (_, 0) => "",
        (false, _) => "…",
        (true, 1) => ".",
        (true, 2) => "..",
        (true, _) => "...",
    }
}

/// The mark between the parts of a row: `·` or `-`.
#[must_use]
pub fn dot() -> &'static str {
    if GLYPHS.get().has_ascii_marks() { "-" } else { "·" }
}

/// The mark between what was and what came of it: `→` or `->`.
#[must_use]
pub fn arrow() -> &'static str {
    if GLYPHS.get().has_ascii_marks() { "->" } else { "→" }
}

/// The mark of what is empty: `–` or `-`.
#[must_use]
pub fn dash() -> &'static str {
    if GLYPHS.get().has_ascii_marks() { "-" } else { "–" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{fit, width, wrap};

    #[test]
    fn a_setting_lasts_as_long_as_its_measure() {
        let text = "Я“—”文";
        assert_eq!(width(text), 6);
        {
            let _wide = Glyphs { is_wide: true, is_ascii: false }.measure();
            assert_eq!(width(text), 10);
            {
                let _narrow = Glyphs::default().measure();
                assert_eq!(width(text), 6);
            }
            assert_eq!((width(text), ellipsis(9)), (10, "..."));
        }
        assert_eq!((width(text), ellipsis(9)), (6, "…"));
    }

    #[test]
    fn wide_texts_are_cut_and_wrapped_by_their_cells() {
        let _wide = Glyphs { is_wide: true, is_ascii: false }.measure();
        for (text, cells, expected) in [
            ("αβγ", 6, "αβγ"),
            ("αβγ", 5, "α..."),
            ("αβγ", 4, "..."),
            ("αβγ", 2, ".."),
            ("αβγ", 1, "."),
            ("αβγ", 0, ""),
            ("ab“c”", 7, "ab“c”"),
            ("ab“c”", 6, "ab..."),
            ("中文字", 5, "中..."),
            ("e\u{301}x", 2, "e\u{301}x"),
        ] {
            assert_eq!(fit(text, cells), expected, "{text:?} in {cells}");
        }
        assert_eq!(wrap("用“好”的——他", 8), [0..12, 12..24]);
    }
}
