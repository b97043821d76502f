//! Characters that take no part on the screen.
//!
//! Owns the list of what *shown* drops without a mark. Hands over yes or no to clean, shown and fold. Never
//! changes a text.

/// The joiner of emoji sequences.
pub(super) const ZWJ: char = '\u{200d}';

/// Says whether *shown* drops `c`: joiners, selectors, emoji modifiers, tags, the keycap, soft hyphens,
/// hangul fillers, annotation anchors and bidi controls. Terminals draw them in 0, 1 or 2 cells.
pub(super) fn is_dropped(c: char) -> bool {
    c >= '\u{ad}'
        && matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20e3}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Says whether `c` is half of a flag.
pub(super) fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}
