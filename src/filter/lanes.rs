//! Which of many bytes may begin something odd, as far as instructions tell that look at many bytes together.

use multiversion::multiversion;
use multiversion::target::match_target;

use super::odd::{is_odd, is_structure};

/// Bytes that are marked at once.
pub(super) const STRETCH: usize = 4096;
/// Bytes behind them that are looked at too.
pub(super) const BEHIND: usize = 4;
/// Bytes for each word of marks.
pub(super) const BLOCK: usize = 64;
/// The marks of a stretch, the first byte of a block being the lowest bit.
pub(super) type Marks = [u64; STRETCH / BLOCK];

/// Marks the bytes of UTF-8 that begin something odd, and maybe a few others, but misses none. About 10 gigabytes a second with
/// AVX2, and 2 without.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn mark(bytes: &[u8; STRETCH + BEHIND], marks: &mut Marks) {
    match_target! {
        "x86_64+avx2" => wide::mark(bytes, marks),
        _ => mark_plainly(bytes, marks),
    }
}

/// The same on any processor, and exact.
fn mark_plainly(bytes: &[u8; STRETCH + BEHIND], marks: &mut Marks) {
    for (at, marks) in marks.iter_mut().enumerate() {
        let window = bytes.get(at * BLOCK..).and_then(|b| b.first_chunk()).unwrap_or(&[0; BLOCK + BEHIND]);
        *marks = 0;
        if has_odd(window) {
            for (bit, bytes) in window.windows(1 + BEHIND).enumerate() {
                let &[a, b, c, ..] = bytes else { continue };
                *marks |= u64::from(is_odd(a, b, c)) << bit;
            }
        }
    }
}

/// Marks the bytes of a block that begin what [`is_structure`] tells.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn structure(block: &[u8; BLOCK + BEHIND]) -> u64 {
    match_target! {
        "x86_64+avx2" => wide::structure(block),
        _ => {
            let bit = |(at, bytes): (usize, &[u8])| u64::from(bytes.try_into().is_ok_and(is_structure)) << at;
            block.windows(1 + BEHIND).enumerate().map(bit).fold(0, std::ops::BitOr::bitor)
        }
    }
}

/// Says whether one of some bytes may begin something odd: for compilers to make one instruction of many.
fn has_odd(window: &[u8; BLOCK + BEHIND]) -> bool {
    let mut any = 0_u8;
    let (next, third) = (window.iter().skip(1), window.iter().skip(2));
    for ((&a, &b), &c) in window.iter().zip(next).zip(third) {
        any |= u8::from(is_odd(a, b, c));
    }
    any != 0
}

/// For each value that half a byte can have, one bit for each of eight sets of bytes.
#[derive(Clone, Copy)]
struct Sets {
    high: [u8; 16],
    low: [u8; 16],
}

/// Some sets of bytes, each by what its bytes have for a high half and for a low one, a bit for each.
const fn sets(of: &[(u16, u16)]) -> Sets {
    let mut sets = Sets { high: [0; 16], low: [0; 16] };
    let mut rest = of;
    let mut bit = 1_u8;
    while let Some(((high, low), others)) = rest.split_first() {
        let mut half = 0;
        while half < 16 {
            #[expect(clippy::indexing_slicing, reason = "the compiler does this, for sixteen values")]
            {
                sets.high[half] |= bit * (*high >> half & 1) as u8;
                sets.low[half] |= bit * (*low >> half & 1) as u8;
            }
            half += 1;
        }
        rest = others;
        bit = bit.wrapping_shl(1);
    }
    sets
}

const ANY: (u16, u16) = (0xffff, 0xffff);

/// Bytes that are odd whatever follows: `$`, `^_`, `{}`, c2-cd, d8, e1 and ea, f0-ff.
const ALONE: Sets = sets(&[
    (1 << 2, 1 << 4),
    (1 << 5, 0xc000),
    (1 << 7, 1 << 0xb | 1 << 0xd),
    (1 << 0xc, 0x3ffc),
    (1 << 0xd, 1 << 8),
    (1 << 0xe, 1 << 1 | 1 << 0xa),
    (1 << 0xf, 0xffff),
]);

/// First, second and third bytes of what is odd together: `\\` and `\u`, U+2000-200f and 2020-202f, other symbols from
/// U+2040 on, the full stop and the blank of full width, U+3140-33ff and ligatures, U+f900 and beyond, and digits and
/// letters of full width, in two sets.
const TOGETHER: [Sets; 3] = [
    sets(&[
        (1 << 5, 1 << 0xc),
        (1 << 0xe, 1 << 2),
        (1 << 0xe, 1 << 2),
        (1 << 0xe, 1 << 3 | 1 << 0xf),
        (1 << 0xe, 1 << 3 | 1 << 0xf),
        (1 << 0xe, 1 << 0xf),
        (1 << 0xe, 1 << 0xf),
        (1 << 0xe, 1 << 0xf),
    ]),
    sets(&[
        (1 << 5 | 1 << 7, 1 << 5 | 1 << 0xc),
        (1 << 8, 1),
        (1 << 8 | 1 << 9 | 1 << 0xb, 0xfc7e),
        (1 << 8 | 1 << 0xb, 1 | 1 << 0xc),
        (1 << 8 | 1 << 9 | 1 << 0xa, 0xffe0),
        (0xffff, 0xefff),
        (1 << 0xb, 1 << 0xc),
        (1 << 0xb, 1 << 0xc),
    ]),
    sets(&[
        ANY,
        (1 << 8 | 1 << 0xa, 0xffff),
        ANY,
        (1 << 8, 1 | 1 << 0xd),
        ANY,
        ANY,
        (1 << 9 | 1 << 0xa | 1 << 0xb, 0x03ff),
        (1 << 0xa | 1 << 0xb, 0xfc00),
    ]),
];

/// What is odd in ASCII whatever follows, by its lower half; no ASCII where nothing is.
#[cfg(target_arch = "x86_64")]
const ALONE_OF_ASCII: [u8; 16] = {
    let no = 0xff;
    [no, no, no, no, b'$', no, no, no, no, no, no, b'{', no, b'}', b'^', b'_']
};

#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        __m256i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set_epi64x, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_srli_epi16,
    };

    use super::{ALONE, ALONE_OF_ASCII, BEHIND, BLOCK, Marks, STRETCH, Sets, TOGETHER};

    /// Bytes in a register.
    const LANES: usize = 32;

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn mark(bytes: &[u8; STRETCH + BEHIND], marks: &mut Marks) {
        for (at, marks) in marks.iter_mut().enumerate() {
            let half = |from: usize| {
                let window = bytes.get(at * BLOCK + from..).and_then(|b| b.first_chunk());
                window.unwrap_or(&[0; LANES + BEHIND])
            };
            let (first, second) = (half(0), half(LANES));
            // English and Chinese take turns seldom enough for processors to foresee it.
            let is_ascii = _mm256_movemask_epi8(_mm256_or_si256(lanes::<0>(first), lanes::<0>(second))) == 0;
            *marks = if is_ascii {
                both(mark_ascii(first), mark_ascii(second))
            } else {
                both(mark_lanes(first), mark_lanes(second))
            };
        }
    }

    /// The same for ASCII alone, in which an odd character is known by its lower half.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn mark_ascii(window: &[u8; LANES + BEHIND]) -> u32 {
        let (here, next) = (lanes::<0>(window), lanes::<1>(window));
        let alone = _mm256_cmpeq_epi8(here, _mm256_shuffle_epi8(twice(ALONE_OF_ASCII), here));
        let escapes = _mm256_or_si256(is(next, b'\\'), is(next, b'u'));
        let any = _mm256_or_si256(alone, _mm256_and_si256(is(here, b'\\'), escapes));
        _mm256_movemask_epi8(any).cast_unsigned()
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn is(bytes: __m256i, byte: u8) -> __m256i {
        _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()))
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn mark_lanes(window: &[u8; LANES + BEHIND]) -> u32 {
        let [first, second, third] = TOGETHER;
        let here = lanes::<0>(window);
        let together = _mm256_and_si256(sets_of(here, first), sets_of(lanes::<1>(window), second));
        let together = _mm256_and_si256(together, sets_of(lanes::<2>(window), third));
        let any = _mm256_or_si256(sets_of(here, ALONE), together);
        !_mm256_movemask_epi8(_mm256_cmpeq_epi8(any, _mm256_setzero_si256())).cast_unsigned()
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn structure(block: &[u8; BLOCK + BEHIND]) -> u64 {
        let half =
            |from: usize| block.get(from..).and_then(|b| b.first_chunk()).unwrap_or(&[0; LANES + BEHIND]);
        both(structure_lanes(half(0)), structure_lanes(half(LANES)))
    }

    fn both(first: u32, second: u32) -> u64 {
        u64::from(first) | u64::from(second) << LANES
    }

    /// Marks what [`is_structure`](super::is_structure) tells.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn structure_lanes(window: &[u8; LANES + BEHIND]) -> u32 {
        let (here, next, third) = (lanes::<0>(window), lanes::<1>(window), lanes::<2>(window));
        let quoted = is(lanes::<3>(window), b'"');
        let zh = _mm256_and_si256(is(next, b'z'), is(third, b'h'));
        let en = _mm256_and_si256(is(next, b'e'), is(third, b'n'));
        let language = _mm256_and_si256(is(here, b'_'), _mm256_or_si256(zh, en));
        let name = _mm256_and_si256(language, _mm256_and_si256(quoted, is(lanes::<4>(window), b':')));
        let object = _mm256_and_si256(is(third, b'{'), quoted);
        let goes_on = _mm256_and_si256(is(next, b','), _mm256_or_si256(is(third, b'"'), object));
        let opens = _mm256_and_si256(is(here, b'{'), is(next, b'"'));
        let closes = _mm256_and_si256(is(here, b'}'), goes_on);
        _mm256_movemask_epi8(_mm256_or_si256(name, _mm256_or_si256(opens, closes))).cast_unsigned()
    }

    /// The sets that each byte is in.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn sets_of(bytes: __m256i, sets: Sets) -> __m256i {
        let half = _mm256_set1_epi8(15);
        let low = _mm256_shuffle_epi8(twice(sets.low), _mm256_and_si256(bytes, half));
        let high = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), half);
        _mm256_and_si256(low, _mm256_shuffle_epi8(twice(sets.high), high))
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn lanes<const FROM: usize>(window: &[u8; LANES + BEHIND]) -> __m256i {
        let (words, _) = window.get(FROM..).unwrap_or_default().as_chunks();
        let [a, b, c, d, ..] = *words else { return _mm256_setzero_si256() };
        let word = i64::from_le_bytes;
        _mm256_set_epi64x(word(d), word(c), word(b), word(a))
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn twice(table: [u8; 16]) -> __m256i {
        let all = u128::from_le_bytes(table);
        let (low, high) = (all as i64, (all >> 64) as i64);
        _mm256_set_epi64x(high, low, high, low)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marks(mark: fn(&[u8; STRETCH + BEHIND], &mut Marks), bytes: &[u8; STRETCH + BEHIND]) -> Marks {
        let mut marks = [u64::MAX; STRETCH / BLOCK];
        mark(bytes, &mut marks);
        marks
    }

    /// What [`mark`] says of three bytes at this place.
    fn marked(bytes: [u8; 3], at: usize) -> bool {
        let mut stretch = [b' '; STRETCH + BEHIND];
        stretch[at..at + 3].copy_from_slice(&bytes);
        marks(mark, &stretch)[at / BLOCK] >> (at % BLOCK) & 1 == 1
    }

    /// Says whether UTF-8 may go on so.
    fn is_utf8(a: u8, b: u8, c: u8) -> bool {
        a < 0xe0 || [b, c].iter().all(|b| b & 0xc0 == 0x80)
    }

    #[test]
    fn nothing_odd_is_missed_and_little_else_is_marked() {
        let bytes: Vec<u8> = [0x20, 0x41, 0x5b, 0x5c, 0x75].into_iter().chain(0x80..=0xbf).collect();
        let (mut stretch, mut of) = ([0; STRETCH + BEHIND], Vec::new());
        let mut check = |of: &mut Vec<[u8; 3]>| {
            stretch.iter_mut().zip(of.as_flattened()).for_each(|(to, from)| *to = *from);
            let marks = marks(mark, &stretch);
            for (i, [a, b, c]) in of.drain(..).enumerate() {
                let is_marked = marks[3 * i / BLOCK] >> (3 * i % BLOCK) & 1 == 1;
                assert!(is_marked || !is_odd(a, b, c), "{a:x} {b:x} {c:x}");
            }
        };
        for a in 0..=0xff {
            for b in &bytes {
                for c in &bytes {
                    if is_utf8(a, *b, *c) {
                        of.push([a, *b, *c]);
                    }
                    if of.len() == STRETCH / 3 {
                        check(&mut of);
                    }
                }
            }
        }
        check(&mut of);
        for common in [
            "a, ", "[1]", "\\\"n", "\\n ", "，", "。", "、", "：“", "（", "）", "；", "？", "！", "—", "’s",
            "≤", "的",
        ] {
            let bytes = *common.as_bytes().first_chunk().unwrap_or(b"   ");
            assert!(!marked(bytes, 100), "{common}");
        }
    }

    #[test]
    fn structure_is_told_exactly() {
        // All that can stand in five places, each at many places of a block.
        let of = b"{}\",_zhen:x";
        let digit = |number: usize, place: u32| of[number / of.len().pow(place) % of.len()];
        let mut all = (0..of.len().pow(5)).flat_map(|number| (0..5).map(move |place| digit(number, place)));
        while let Some(first) = all.next() {
            let mut block = [first; BLOCK + BEHIND];
            block.iter_mut().skip(1).zip(&mut all).for_each(|(to, byte)| *to = byte);
            let told = structure(&block);
            for (at, bytes) in block.windows(1 + BEHIND).enumerate() {
                assert_eq!(told >> at & 1 == 1, is_structure(bytes.try_into().unwrap()), "{bytes:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_byte_has_its_own_mark(bytes in proptest::collection::vec(any::<u8>(), STRETCH + BEHIND)) {
            let stretch = bytes.first_chunk().unwrap();
            let (exact, marks) = (marks(mark_plainly, stretch), marks(mark, stretch));
            for (at, bytes) in bytes.windows(1 + BEHIND).enumerate() {
                let bit = |marks: &Marks| marks[at / BLOCK] >> (at % BLOCK) & 1 == 1;
                prop_assert_eq!(bit(&exact), is_odd(bytes[0], bytes[1], bytes[2]), "{}", at);
                let is_utf8 = is_utf8(bytes[0], bytes[1], bytes[2]);
                prop_assert!(bit(&marks) || !bit(&exact) || !is_utf8, "{}", at);
            }
        }
    }
}
