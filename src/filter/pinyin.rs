//! Chinese found by the letters of its pronunciation.
//!
//! Every character gives a whole syllable or its first letter, the last one any beginning of a syllable; a character
//! with several readings has them all. One character alone is never found, nor are first letters of few: short
//! English words would be found everywhere.

use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use pinyin::ToPinyinMulti as _;

use crate::text::is_han;

/// Letters of the longest word that is looked for.
const LONGEST: usize = 63;
/// Letters of the longest syllable.
const SYLLABLE: usize = 6;
/// Characters a hit has at least.
const LEAST_CHARS: usize = 2;

/// Characters whose first letters are looked up once: the common Han characters.
const COMMON: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// What came of looking for a word in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sound {
    /// These characters are pronounced so.
    Hit(Range<usize>),
    /// Only more letters could make a hit.
    Beginning,
    /// Nothing is pronounced so, whatever letters follow.
    None,
}

/// Says whether `word` could be pinyin: lower-case letters only, at most 63.
pub(super) fn may_be_pinyin(word: &str) -> bool {
    (1..=LONGEST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Finds the first place in `text`, in characters, whose pronunciation is `word`: syllables of two characters or more, or
/// `least` first letters or more. O(length of both).
pub(super) fn find(word: &str, text: &str, least: usize) -> Sound {
    let Some(first) = word.bytes().next().map(letter) else { return Sound::None };
    // The second character begins with one of these, if the first one is not all that is asked for.
    let then = word.bytes().skip(1).take(SYLLABLE).fold(0, |all, b| all | letter(b));
    let mut best = Sound::None;
    let mut chars = text.chars();
    for at in 0.. {
        let rest = chars.clone();
        let Some(c) = chars.next() else { break };
        let goes_on = || rest.clone().nth(1).is_some_and(|next| initials(next) & then != 0);
        if initials(c) & first == 0 || (word.len() > SYLLABLE && !goes_on()) {
            continue;
        }
        match starts_with(word, rest, least) {
            Start::Hit(count) => return Sound::Hit(at..at + count),
            Start::Beginning => best = Sound::Beginning,
            Start::None => {}
        }
    }
    best
}

/// The first letters of the readings of a character, a bit for each; none for what is not Han.
#[inline]
fn initials(c: char) -> u32 {
    static TABLE: LazyLock<Box<[u32]>> = LazyLock::new(|| COMMON.map(of_readings).collect());
    fn of_readings(c: char) -> u32 {
        let readings = c.to_pinyin_multi().into_iter().flatten();
        readings.filter_map(|r| r.plain().bytes().next()).fold(0, |all, first| all | letter(first))
    }
    if COMMON.contains(&c) {
        return TABLE.get(c as usize - *COMMON.start() as usize).copied().unwrap_or_default();
    }
    if !c.is_ascii() && is_han(c) { of_readings(c) } else { 0 }
}

fn letter(byte: u8) -> u32 {
    if byte.is_ascii_lowercase() { 1 << (byte - b'a') } else { 0 }
}

/// What a text begins with.
enum Start {
    /// So many characters that are pronounced like the word.
    Hit(usize),
    Beginning,
    None,
}

fn starts_with(word: &str, chars: impl Iterator<Item = char>, least: usize) -> Start {
    // Bit n: so many letters of the word are used up; by syllables only, and with first letters among them.
    let (mut whole, mut short) = (1_u64, 0_u64);
    let mut start = Start::None;
    for (before, c) in chars.enumerate() {
        let count = before + 1;
        let Some(readings) = Some(c).filter(|c| is_han(*c)).and_then(|c| c.to_pinyin_multi()) else { break };
        let (mut next_whole, mut next_short) = (0, 0);
        for reading in readings {
            let reading = reading.plain();
            for used in bits(whole | short) {
                let Some(rest) = word.get(used..).filter(|r| !r.is_empty()) else { continue };
                let (same, is_all) = common(reading, rest);
                let is_short = whole & (1 << used) == 0;
                if same == rest.len() {
                    let needed = if is_short { least } else { LEAST_CHARS + 1 };
                    if count >= LEAST_CHARS && word.len() >= needed {
                        return Start::Hit(count);
                    }
                    start = Start::Beginning;
                }
                if same > 0 {
                    if is_all {
                        next_whole |= if is_short { 0 } else { 1 << (used + same) };
                        next_short |= if is_short { 1 << (used + same) } else { 0 };
                    }
                    next_short |= 1 << (used + 1);
                }
            }
        }
        (whole, short) = (next_whole, next_short & !next_whole);
        if whole | short == 0 {
            break;
        }
    }
    start
}

/// How many letters `reading` and `rest` have in common at their beginnings, and whether that is all of the reading.
/// An `ü` is typed as `v` or as `u`.
fn common(reading: &str, rest: &str) -> (usize, bool) {
    let same = reading
        .chars()
        .zip(rest.chars())
        .take_while(|&(r, c)| r == c || (r == 'ü' && matches!(c, 'v' | 'u')));
    let same = same.count();
    (same, reading.chars().nth(same).is_none())
}

fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_found_by_its_letters() {
        #[rustfmt::skip]
        let table = [
            ("qhxx", "用强化学习训练", "强化学习"), ("qianghuaxuexi", "用强化学习训练", "强化学习"),
            ("qianghxx", "强化学习", "强化学习"), ("qianghuax", "强化学习", "强化学"), ("jianghua", "强化", "强化"),
            ("qhx", "强化学习", "强化学"), ("qh", "强化学习", ""), ("tuili", "推理", "推理"), ("tuil", "推理", "推理"),
            ("tl", "推理", ""), ("tui", "推理", ""), ("celue", "策略", "策略"), ("celv", "策略", "策略"),
            ("lvse", "绿色", "绿色"), ("luse", "绿色", "绿色"), ("chongfu", "重复", "重复"), ("zhongdian", "重点", "重点"),
            ("yinhang", "银行", "银行"), ("heming", "何 明", ""), ("heming", "何明", "何明"), ("gan", "感知", ""),
            ("rl", "人类", ""), ("llm", "大模型LLM", ""), ("aimoxing", "AI模型", ""), ("xianshi", "现实", "现实"),
            ("chang", "长行", "长行"),
        ];
        for (word, text, want) in table {
            let Sound::Hit(found) = find(word, text, 3) else {
                assert_eq!(want, "", "{word} in {text}");
                continue;
            };
            let found: String = text.chars().skip(found.start).take(found.len()).collect();
            assert_eq!(found, want, "{word} in {text}");
        }
        assert_eq!(find("qhx", "强化学习", 4), Sound::Beginning);
        assert_eq!(find("qiangh", "强化", 4), Sound::Hit(0..2));
        assert_eq!(find("q", "强化", 4), Sound::Beginning);
        assert_eq!(find("qx", "强化", 4), Sound::None);
    }

    #[test]
    fn long_words_and_texts_are_answered() {
        let text = "阿安啊".repeat(20_000);
        let word = "a".repeat(LONGEST);
        assert!(may_be_pinyin(&word) && !may_be_pinyin(&"a".repeat(64)));
        assert_eq!(find(&format!("{}z", "a".repeat(62)), &text, 3), Sound::None);
        assert!(matches!(find(&word, &text, 3), Sound::Hit(_)));
    }

    /// Every way to write `chars`: the letters of each reading or its first one, and whether all are readings.
    fn spellings(chars: &[char]) -> Vec<(String, bool)> {
        let Some((c, before)) = chars.split_last() else { return vec![(String::new(), true)] };
        let readings: Vec<String> = c
            .to_pinyin_multi()
            .into_iter()
            .flatten()
            .flat_map(|r| [r.plain().replace('ü', "u"), r.plain().replace('ü', "v")])
            .collect();
        let ways = |(start, is_whole): (String, bool)| {
            let whole = readings.iter().map(|r| (format!("{start}{r}"), is_whole)).collect::<Vec<_>>();
            let short = readings
                .iter()
                .map(|r| (format!("{start}{}", r.chars().next().unwrap()), is_whole && r.len() == 1));
            whole.into_iter().chain(short).collect::<Vec<_>>()
        };
        spellings(before).into_iter().flat_map(ways).collect()
    }

    proptest::proptest! {
        /// The hits are those of a plain loop over all places and all spellings.
        #[test]
        fn hits_are_those_of_all_spellings(
            text in "[强化学习银行略绿安西长a ]{0,6}",
            word in "[a-z]{1,4}|(q|qiang|h|hua|x|xue|xi|yin|hang|xing|lve|l|lu|an|a|chang|z){1,3}",
        ) {
            let chars: Vec<char> = text.chars().collect();
            let is_hit = |part: &[char]| {
                let Some((last, before)) = part.split_last() else { return false };
                let ends = spellings(&[*last]).into_iter().map(|(s, _)| s).collect::<Vec<_>>();
                part.len() >= 2 && part.iter().all(|c| is_han(*c)) && spellings(before).iter().any(|(start, is_whole)| {
                    let needed = if *is_whole { 3 } else { 4 };
                    let rest = word.strip_prefix(start.as_str()).filter(|rest| !rest.is_empty());
                    word.len() >= needed && rest.is_some_and(|rest| ends.iter().any(|e| e.starts_with(rest)))
                })
            };
            let parts = (0..chars.len()).flat_map(|from| (from..=chars.len()).map(move |to| (from, to)));
            let wanted = parts.into_iter().any(|(from, to)| is_hit(&chars[from..to]));
            let found = find(&word, &text, 4);
            proptest::prop_assert_eq!(matches!(found, Sound::Hit(_)), wanted, "{} in {}", word, text);
            let shorter = word.get(..word.len() - 1).unwrap_or_default();
            if wanted && !shorter.is_empty() {
                proptest::prop_assert_ne!(find(shorter, &text, 4), Sound::None);
            }
        }
    }
}
