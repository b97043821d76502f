//! Places in the bytes of a JSON text where a character is written in an odd way: full width, with an accent, escaped,
//! amid LaTeX. What matches there once it is folded does not match as bytes.

use super::lanes::{BEHIND, BLOCK, STRETCH, mark};

/// What kinds of odd places a text has, as far as it was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kinds {
    /// True when characters are escaped by number.
    pub(super) has_escapes: bool,
    /// True when Han characters may be written in ways that folding makes one, or have something between them.
    pub(super) has_rare_han: bool,
}

/// Goes through the odd places of UTF-8 JSON, in order, as long as `look` wants more. O(length), some gigabytes a second
/// where there are few.
pub(super) fn visit(json: &[u8], mut look: impl FnMut(usize) -> bool) -> Kinds {
    let (mut kinds, mut start, mut next) = (Kinds::default(), 0, 0);
    let mut marks = [0; STRETCH / BLOCK];
    while start < json.len() {
        let rest = json.get(start..).unwrap_or_default();
        let padded: [u8; STRETCH + BEHIND];
        let stretch = if let Some(stretch) = rest.first_chunk() {
            stretch
        } else {
            let mut last = [0; STRETCH + BEHIND];
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            padded = last;
            &padded
        };
        mark(stretch, &mut marks);
        for (block, marks) in marks.iter_mut().enumerate() {
            while *marks != 0 {
                let at = start + BLOCK * block + marks.trailing_zeros() as usize;
                *marks &= *marks - 1;
                if at < next || !kinds.note(json, at) {
                    continue;
                }
                // What follows an escaped backslash is not escaped.
                next = at + if json.get(at) == Some(&b'\\') { 2 } else { 1 };
                if !look(at) {
                    return kinds;
                }
            }
        }
        start += STRETCH;
    }
    kinds
}

/// Says whether a character that begins with these bytes is odd. Common punctuation is not.
#[inline]
#[expect(
    clippy::needless_bitwise_bool,
    clippy::manual_range_contains,
    reason = "without a branch many bytes are looked at together"
)]
pub(super) fn is_odd(a: u8, b: u8, c: u8) -> bool {
    (a == b'\\') & ((b == b'\\') | (b == b'u'))
        | (a == b'$')
        | (a == b'^')
        | (a == b'_')
        | (a == b'{')
        | (a == b'}')
        | ((a >= 0xc2) & (a <= 0xcd))
        | (a == 0xd8) & (b == 0x9c)
        | (a == 0xe1)
        | (a == 0xe2)
            & ((b == 0x80) & ((c < 0x90) | ((c >= 0xa8) & (c < 0xb0)))
                | ((b >= 0x81) & (b <= 0x85))
                | (b == 0x86) & (c < 0x90)
                | ((b >= 0x91) & (b <= 0x93))
                | (b == 0xb1)
                | (b >= 0xba))
        | (a == 0xe3) & ((b == 0x80) & (c == 0x80) | ((b >= 0x85) & (b <= 0x8f)))
        | (a == 0xea)
        | (a == 0xef) & ((b != 0xbc) | (c == 0x8d) | (c >= 0x90) & (c <= 0x99) | (c >= 0xa1) & (c <= 0xba))
        | (a >= 0xf0)
}

impl Kinds {
    /// Takes note of a place; says whether it is odd.
    #[inline]
    fn note(&mut self, json: &[u8], at: usize) -> bool {
        let byte = |n: usize| json.get(at + n).copied().unwrap_or_default();
        let a = byte(0);
        if matches!(a, b'{' | b'}' | b'_' | b'$' | b'^') {
            return true;
        }
        let (b, c) = (byte(1), byte(2));
        match (a, b) {
            _ if !is_odd(a, b, c) => return false,
            (b'\\', b'u') => self.has_escapes = true,
            (0xcc | 0xcd | 0xe1..=0xe3 | 0xea | 0xf0.., _) | (0xc2, 0xad) | (0xd8, 0x9c) => {
                self.has_rare_han |= !matches!((a, b, c), (0xe3, 0x80, 0x80));
            }
            (0xef, 0xa4..=0xab | 0xb8 | 0xbb | 0xbe | 0xbf) => self.has_rare_han = true,
            _ => {}
        }
        true
    }
}
