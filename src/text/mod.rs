//! All Unicode of the program: what a text may hold, how wide it is, where its rows end.
//!
//! Owns the steps between a source and the screen: *clean* (what the model holds), *shown* (clean, folded for
//! terminals, then typeset: punctuation, spacing, maths) and layout (graphemes, cells, rows); and the folding
//! of texts that are matched.
//! Hands over byte ranges into the caller's text, so that nothing is copied to be drawn. Never touches a
//! file, a cell buffer or a colour, and never guesses at what a text means.

mod accents;
mod align;
mod ambiguous;
mod anchor;
mod breaks;
mod clean;
mod escape;
mod fold;
mod folding;
mod formula;
mod formula_line;
mod glyphs;
mod math;
mod script;
mod sentence;
#[cfg(test)]
mod sentence_tests;
mod shown;
mod spans;
mod symbols;
mod typeset;
mod typography;
mod width;
mod wrap;

pub use align::{Pair, align};
pub use ambiguous::{is_ambiguous, is_uncertain};
pub use clean::{clean_body, clean_line, is_bidi_control};
pub use fold::{Folded, fold, fold_text};
pub use glyphs::{Glyphs, Measure, arrow, dash, dot, ellipsis};
pub use math::{accents, math};
pub use script::{has_han, is_han, title_head};
pub use sentence::sentences;
pub use shown::{Shown, show, shown};
pub use typeset::{Form, Style, typeset};
pub use typography::{full_punctuation, spacing};
pub use width::{fit, grapheme_width, graphemes, is_wide, width};
pub use wrap::{wrap, wrap_text};
