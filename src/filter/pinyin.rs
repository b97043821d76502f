//! Chinese found by the letters of its pronunciation.
//!
//! Every character gives a whole syllable or its first letter, the last one any beginning of a syllable; a character
//! with several readings has them all. One character alone is never found, nor are first letters of few: short
//! English words would be found everywhere.

use std::ops::Range;

use pinyin::ToPinyinMulti as _;

use crate::text::is_han;

/// Letters of the longest word that is looked for.
const LONGEST: usize = 63;
/// Characters a hit has at least.
const LEAST_CHARS: usize = 2;

/// Which hits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Syllables of two characters or more; first letters of so many or more.
    Letters(usize),
    /// Whatever more letters could make a hit of.
    Beginnings,
}

/// Says whether `word` could be pinyin: lower-case letters only, at most 63.
pub(super) fn may_be_pinyin(word: &str) -> bool {
    (1..=LONGEST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Finds the first place in `text`, in characters, whose pronunciation is `word`. O(length of both).
pub(super) fn find(word: &str, text: &str, ask: Ask) -> Option<Range<usize>> {
    let mut chars = text.chars();
    let mut at = 0;
    loop {
        if let Some(count) = starts_with(word, chars.clone(), ask) {
            return Some(at..at + count);
        }
        chars.next()?;
        at += 1;
    }
}

/// The number of characters that `chars` begins with and whose pronunciation is `word`.
fn starts_with(word: &str, chars: impl Iterator<Item = char>, ask: Ask) -> Option<usize> {
    // Bit n: so many letters of the word are used up; by syllables only, and with first letters among them.
    let (mut whole, mut short) = (1_u64, 0_u64);
    for (before, c) in chars.enumerate() {
        let count = before + 1;
        let readings = Some(c).filter(|c| is_han(*c)).and_then(|c| c.to_pinyin_multi())?;
        let (mut next_whole, mut next_short) = (0, 0);
        for reading in readings {
            let reading = reading.plain();
            for used in bits(whole | short) {
                let Some(rest) = word.get(used..).filter(|r| !r.is_empty()) else { continue };
                let (same, is_all) = common(reading, rest);
                let is_short = whole & (1 << used) == 0;
                if same == rest.len() {
                    let is_hit = match ask {
                        Ask::Beginnings => true,
                        Ask::Letters(least) if is_short => count >= LEAST_CHARS && word.len() >= least,
                        Ask::Letters(_) => count >= LEAST_CHARS && word.len() > LEAST_CHARS,
                    };
                    if is_hit {
                        return Some(count);
                    }
                } else if same > 0 {
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
            return None;
        }
    }
    None
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
        ];
        for (word, text, want) in table {
            let found = find(word, text, Ask::Letters(3)).unwrap_or_default();
            let found: String = text.chars().skip(found.start).take(found.len()).collect();
            assert_eq!(found, want, "{word} in {text}");
        }
        assert_eq!(find("qhx", "强化学习", Ask::Letters(4)), None);
        assert_eq!(find("qiangh", "强化", Ask::Letters(4)), Some(0..2));
        assert_eq!(find("q", "强化", Ask::Beginnings), Some(0..1));
    }

    #[test]
    fn long_words_and_texts_are_answered() {
        let text = "阿安啊".repeat(20_000);
        let word = "a".repeat(LONGEST);
        assert!(may_be_pinyin(&word) && !may_be_pinyin(&"a".repeat(64)));
        assert_eq!(find(&format!("{}z", "a".repeat(62)), &text, Ask::Letters(3)), None);
        assert!(find(&word, &text, Ask::Letters(3)).is_some());
    }
}
