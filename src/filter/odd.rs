//! Places in the bytes of a JSON text where a character is written in an odd way: full width, with an accent, escaped,
//! amid LaTeX. What matches there once it is folded does not match as bytes.

use super::lanes::{BEHIND, BLOCK, Marks, STRETCH, mark, structure};

/// What kinds of odd places a text has, as far as it was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kinds {
    /// True when characters are escaped by number.
    pub(super) has_escapes: bool,
    /// True when Han characters may be written in ways that folding makes one, or have something between them.
    pub(super) has_rare_han: bool,
}

/// Odd places of UTF-8 JSON that comes bit by bit: a bit for each byte.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    marks: Vec<Marks>,
}

impl Places {
    /// Marks the places in what came since the last time: `json` begins with what came before. Some bytes at its end wait
    /// for the next time. O(what came), some gigabytes a second.
    pub(super) fn more(&mut self, json: &[u8]) {
        while let Some(stretch) = json.get(self.len()..).and_then(|b| b.first_chunk()) {
            self.mark(stretch);
        }
    }

    /// Bytes that are marked.
    pub(super) fn len(&self) -> usize {
        STRETCH * self.marks.len()
    }

    /// Goes through the places, in order, as long as `look` wants more, once all of `json` is there.
    pub(super) fn visit(mut self, json: &[u8], mut look: impl FnMut(usize) -> bool) -> Kinds {
        self.more(json);
        while let Some(rest @ [_, ..]) = json.get(self.len()..) {
            let mut last = [0; STRETCH + BEHIND];
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            self.mark(&last);
        }
        let (mut kinds, mut next) = (Kinds::default(), 0);
        for (start, marks) in self.marks.iter().enumerate().map(|(i, marks)| (STRETCH * i, marks)) {
            for (block, mut marks) in marks.iter().copied().enumerate().filter(|(_, marks)| *marks != 0) {
                let block = start + BLOCK * block;
                marks &= !json.get(block..).and_then(|b| b.first_chunk()).map_or(0, structure);
                while marks != 0 {
                    let at = block + marks.trailing_zeros() as usize;
                    marks &= marks - 1;
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
        }
        kinds
    }

    fn mark(&mut self, stretch: &[u8; STRETCH + BEHIND]) {
        let mut marks = [0; STRETCH / BLOCK];
        mark(stretch, &mut marks);
        self.marks.push(marks);
    }
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

/// Says whether bytes begin what is between two texts and not amid one: `{"`, `},"`, `},{"`, or the end of a name,
/// `_zh":` or `_en":`. In any text these would be its end, and most braces are such.
#[inline]
pub(super) fn is_structure(bytes: [u8; 1 + BEHIND]) -> bool {
    match bytes {
        [b'{', b'"', ..] | [b'}', b',', b'"', ..] | [b'}', b',', b'{', b'"', _] => true,
        [b'_', language @ .., b'"', b':'] => matches!(&language, b"zh" | b"en"),
        _ => false,
    }
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
