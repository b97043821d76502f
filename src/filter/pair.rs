use multiversion::multiversion;

/// Letters by how often texts and the keys around them have them, the seldom ones first; whatever is not here is
/// seldom too.
const OFTEN: &[u8] = b"zqjx7698543kvwy-2b0g1fpmdhulcsnoiatre ";
/// Bytes that are looked at together.
const LANES: usize = 64;

/// A word of ASCII, in small letters or capital ones, as it is found in bytes: by the two of its characters that are
/// seldom.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    word: Box<[u8]>,
    /// Where in the word the two are, in order.
    places: [usize; 2],
}

impl Pair {
    /// Gets ready to look for `word`; none where it has other characters than ASCII, or less than two.
    pub(super) fn new(word: &str) -> Option<Self> {
        let often = |at: &usize| word.as_bytes().get(*at).and_then(|c| OFTEN.iter().position(|o| o == c));
        let mut places: Vec<usize> = (0..word.len()).collect();
        places.sort_by_key(often);
        let mut places: [usize; 2] = *places.first_chunk().filter(|_| word.is_ascii())?;
        places.sort_unstable();
        Some(Self { word: word.to_ascii_lowercase().into_bytes().into(), places })
    }

    /// Says whether the word is in the bytes. O(length), many gigabytes a second with AVX2 where it is not.
    pub(super) fn is_in(&self, bytes: &[u8]) -> bool {
        let [first, second] = self.places;
        let distance = second - first;
        let letter = |place: usize| self.word.get(place).copied().unwrap_or_default() | CASE;
        let pair = [letter(first), letter(second)];
        let mut from = 0;
        while let Some(part) = bytes.get(from..)
            && let Some(at) = find(part, distance, pair)
        {
            let here = (from + at).checked_sub(first).and_then(|start| bytes.get(start..));
            if here.and_then(|h| h.get(..self.word.len())).is_some_and(|h| h.eq_ignore_ascii_case(&self.word))
            {
                return true;
            }
            from += at + 1;
        }
        false
    }
}

/// What capital letters have not and small ones have; digits, blanks and hyphens too.
const CASE: u8 = 0x20;

/// Finds two letters so many bytes apart, in small letters or capital ones; maybe what looks like them.
#[multiversion(targets("x86_64+avx2"))]
fn find(bytes: &[u8], distance: usize, pair: [u8; 2]) -> Option<usize> {
    let is = |byte: &u8, letter: u8| u8::from(*byte | CASE == letter);
    let is_here = |(a, b): (&u8, &u8)| is(a, pair[0]) & is(b, pair[1]) != 0;
    let other = bytes.get(distance..)?;
    let (blocks, rest) = other.as_chunks::<LANES>();
    for (at, (others, block)) in blocks.iter().zip(bytes.as_chunks::<LANES>().0).enumerate() {
        // Without a branch they are looked at together.
        if block.iter().zip(others).fold(0, |any, two| any | u8::from(is_here(two))) != 0 {
            return block.iter().zip(others).position(is_here).map(|i| LANES * at + i);
        }
    }
    let done = LANES * blocks.len();
    let tail = bytes.get(done..)?.iter().zip(rest).position(is_here);
    tail.map(|i| done + i)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_found_by_their_seldom_letters() {
        for (word, places) in
            [("diffusion policy", Some([2, 15])), ("rl", Some([0, 1])), ("a", None), ("强化", None)]
        {
            assert_eq!(Pair::new(word).map(|p| p.places), places, "{word}");
        }
    }

    proptest! {
        #[test]
        fn a_word_is_in_bytes_or_not(word in "[a-c 1-]{2,5}", text in "[a-cA-C 1\r-]{0,200}", at in 0..200_usize) {
            let is_in = |text: &str| text.to_ascii_lowercase().contains(&word);
            let pair = Pair::new(&word).unwrap();
            prop_assert_eq!(pair.is_in(text.as_bytes()), is_in(&text));
            let mut with = text;
            with.insert_str(at.min(with.len()), &word.to_uppercase());
            prop_assert!(pair.is_in(with.as_bytes()));
        }
    }
}
