//! Which sentences of a text and of its translation belong together.
//!
//! Owns the alignment after Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora" (1993):
//! the cheapest way through both texts by sentence lengths, helped by what is written alike in both. Hands
//! over byte ranges. Never reorders: pairs follow each other as the sentences do.

use std::collections::BTreeMap;
use std::ops::Range;

use super::anchor::anchors;
use super::{sentences, width};

/// Sentences of either text that are aligned at a time.
const BLOCK: usize = 300;
/// Sentences beyond which no one reads them in pairs: such texts are aligned by lengths alone, a few at a time.
const READABLE: usize = 3_000;
const SMALL_BLOCK: usize = 12;
/// Cells of Chinese per cell of English, over translated abstracts.
const RATIO: f32 = 0.57;
/// Variance of the Chinese length per cell of English.
const VARIANCE: f32 = 1.0;
/// The dearest a difference in length may get; beyond it the lengths say nothing.
const DEAREST: f32 = 10.0;
/// What a sentence written alike in both texts is worth, for each number, name or address that only it has.
const ANCHOR: f32 = 3.0;
/// What a number or a Latin word of a Chinese sentence costs where the English sentences lack it.
const STRANGE: f32 = 1.0;
/// How many of them count in one sentence.
const MOST_STRANGE: f32 = 6.0;
/// What each further sentence costs that the other text lacks: omissions come in runs.
const MORE_MISSING: f32 = 1.0;
/// Sentences of one text that may share an anchor; one that is everywhere tells nothing.
const COMMON: usize = 8;
/// Sentences of a bead on either side and what it costs: the negative logarithm of how often it is met.
const BEADS: [(usize, usize, f32); 8] =
    [(1, 1, 0.1), (1, 2, 3.0), (2, 1, 3.0), (1, 0, 4.0), (0, 1, 4.0), (2, 2, 5.0), (1, 3, 6.0), (3, 1, 6.0)];

/// Sentences that say the same, as byte ranges into the two texts; one of them may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Into the English text.
    pub en: Range<usize>,
    /// Into the Chinese text.
    pub zh: Range<usize>,
}

/// Aligns a text with its translation. The ranges of the pairs tile both texts in order, and every sentence
/// is in exactly one pair. O(n·m) in sentences, of which no more than 300 on a side are looked at at a time, and 12 of
/// a text of more than 3,000.
#[must_use]
pub fn align(en: &str, zh: &str) -> Vec<Pair> {
    let (of_en, of_zh) = (sentences(en), sentences(zh));
    let is_readable = of_en.len().max(of_zh.len()) <= READABLE;
    let most = if is_readable { BLOCK } else { SMALL_BLOCK };
    let (left, right) = (Side::new(en, of_en, is_readable), Side::new(zh, of_zh, is_readable));
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < left.len() || j < right.len() {
        let (n, m) = ((left.len() - i).min(most), (right.len() - j).min(most));
        let is_last = i + n == left.len() && j + m == right.len();
        let path = Block::new(&left, &right, (i, j), (n, m)).path();
        let (from_i, from_j) = (i, j);
        for (a, b) in path {
            pairs.push(Pair { en: left.bytes(i, a), zh: right.bytes(j, b) });
            (i, j) = (i + a, j + b);
            // Near the end of a block that is not the end of the text its edge decides, not the sentences.
            if !is_last && (i - from_i > most / 2 || j - from_j > most / 2) {
                break;
            }
        }
    }
    pairs
}

/// One text: its sentences with their lengths and with what may be written alike in the other.
struct Side {
    ranges: Vec<Range<usize>>,
    cells: Vec<f32>,
    anchors: Vec<Vec<String>>,
}

impl Side {
    fn new(text: &str, ranges: Vec<Range<usize>>, has_anchors: bool) -> Self {
        let parts = || ranges.iter().map(|r| text.get(r.clone()).unwrap_or_default().trim());
        let cells = parts().map(|s| real(width(s))).collect();
        let anchors = if has_anchors { parts().map(anchors).collect() } else { Vec::new() };
        Self { ranges, cells, anchors }
    }

    fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Which of `count` sentences from `from` on hold each anchor.
    fn places(&self, from: usize, count: usize) -> BTreeMap<&str, Vec<usize>> {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, anchors) in self.anchors.iter().skip(from).take(count).enumerate() {
            for anchor in anchors {
                places.entry(anchor).or_default().push(at);
            }
        }
        places.retain(|_, at| at.len() <= COMMON);
        places
    }

    /// Cells before each of `count` sentences from `from` on, and after the last.
    fn sums(&self, from: usize, count: usize) -> Vec<f32> {
        let mut sum = 0.0;
        let ends = self.cells.iter().skip(from).take(count).map(|cells| {
            sum += cells;
            sum
        });
        std::iter::once(0.0).chain(ends).collect()
    }

    /// The bytes of `count` sentences from `at` on.
    fn bytes(&self, at: usize, count: usize) -> Range<usize> {
        let place = |i: usize| self.ranges.get(i).map(|r| r.start);
        let end = self.ranges.last().map_or(0, |r| r.end);
        place(at).unwrap_or(end)..place(at + count).unwrap_or(end)
    }
}

/// Exact up to 65,535; no sentence is longer that one would want to read beside another.
fn real(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

/// A stretch of both texts that is aligned at once.
struct Block {
    size: (usize, usize),
    /// Cells before each sentence, and after the last.
    left: Vec<f32>,
    right: Vec<f32>,
    /// Per sentence on the left and sentence on the right, row by row, what both hold.
    common: Vec<Common>,
    /// Anchors of each sentence on the right.
    telling: Vec<f32>,
}

/// Anchors that two sentences share.
#[derive(Clone, Copy, Default)]
struct Common {
    count: f32,
    worth: f32,
}

impl Block {
    fn new(left: &Side, right: &Side, (i, j): (usize, usize), (n, m): (usize, usize)) -> Self {
        let (here, there) = (left.places(i, n), right.places(j, m));
        let mut telling = vec![0.0; m];
        for at in there.values().flatten() {
            if let Some(count) = telling.get_mut(*at) {
                *count += 1.0;
            }
        }
        let mut common = vec![Common::default(); n * m];
        for (anchor, rows) in &here {
            let columns = there.get(anchor).map(Vec::as_slice).unwrap_or_default();
            let worth = ANCHOR / real(rows.len().max(columns.len()));
            for place in rows.iter().flat_map(|row| columns.iter().map(move |column| row * m + column)) {
                if let Some(common) = common.get_mut(place) {
                    common.count += 1.0;
                    common.worth += worth;
                }
            }
        }
        Self { size: (n, m), left: left.sums(i, n), right: right.sums(j, m), common, telling }
    }

    /// The cheapest way from the start to the end of both sides: how many sentences each bead takes.
    fn path(&self) -> Vec<(usize, usize)> {
        let (n, m) = self.size;
        let at = |i: usize, j: usize| i * (m + 1) + j;
        let mut best = vec![(f32::INFINITY, (0, 0)); (n + 1) * (m + 1)];
        if let Some(start) = best.first_mut() {
            start.0 = 0.0;
        }
        for (i, j) in (0..=n).flat_map(|i| (0..=m).map(move |j| (i, j))) {
            let mut chosen = best.get(at(i, j)).copied().unwrap_or_default();
            for (a, b, rarity) in BEADS.into_iter().filter(|(a, b, _)| *a <= i && *b <= j) {
                let (before, last) = best.get(at(i - a, j - b)).copied().unwrap_or_default();
                let is_more_missing = a * b == 0 && last == (a, b);
                let rarity = if is_more_missing { MORE_MISSING } else { rarity };
                let cost = before + rarity + self.cost((i - a, j - b), (a, b));
                if cost < chosen.0 {
                    chosen = (cost, (a, b));
                }
            }
            if let Some(place) = best.get_mut(at(i, j)) {
                *place = chosen;
            }
        }
        let (mut i, mut j) = (n, m);
        let mut path = Vec::new();
        while let Some((_, (a, b))) = best.get(at(i, j)).filter(|(_, bead)| *bead != (0, 0)) {
            path.push((*a, *b));
            (i, j) = (i - a, j - b);
        }
        path.reverse();
        path
    }

    /// What it costs to pair `a` sentences from `i` on with `b` from `j` on, apart from the bead's rarity.
    fn cost(&self, (i, j): (usize, usize), (a, b): (usize, usize)) -> f32 {
        if a == 0 || b == 0 {
            return 0.0;
        }
        let cells = |sums: &[f32], at: usize, count: usize| {
            sums.get(at + count).unwrap_or(&0.0) - sums.get(at).unwrap_or(&0.0)
        };
        let (en, zh) = (cells(&self.left, i, a), cells(&self.right, j, b));
        let mean = f32::midpoint(en, zh / RATIO).max(1.0);
        let off = zh - en * RATIO;
        let length = (off * off / (2.0 * VARIANCE * mean)).min(DEAREST);
        let (mut worth, mut strange) = (0.0, 0.0);
        for column in j..j + b {
            let rows = (i..i + a).filter_map(|row| self.common.get(row * self.size.1 + column));
            let (known, more) = rows.fold((0.0, 0.0), |(k, w), c| (k + c.count, w + c.worth));
            worth += more;
            strange += (self.telling.get(column).unwrap_or(&0.0) - known).clamp(0.0, MOST_STRANGE);
        }
        length + STRANGE * strange - worth / real(a.min(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs as `en / zh`, parted by `|`, without blanks at the ends.
    fn pairs(en: &str, zh: &str) -> String {
        let part = |text: &str, range: Range<usize>| text.get(range).unwrap_or("?").trim().to_owned();
        let pairs = align(en, zh).into_iter();
        pairs.map(|p| format!("{}/{}", part(en, p.en), part(zh, p.zh))).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn sentences_find_their_translations() {
        for (en, zh, expected) in [
            ("", "", ""),
            ("One.", "", "One./"),
            ("", "一。", "/一。"),
            ("   ", "一。", "/一。"),
            ("It rains. We stay in.", "下雨。我们留下。", "It rains./下雨。|We stay in./我们留下。"),
            (
                "It rains all day and all night. We stay in.",
                "整日整夜都在下雨，我们留在屋里。",
                "It rains all day and all night. We stay in./整日整夜都在下雨，我们留在屋里。",
            ),
            (
                "We gain 2.5 points on Foo. We are the first to show that nothing at all is lost where the wind blows. Code is free.",
                "我们在 Foo 上提高 2.5 分。代码免费。",
                "We gain 2.5 points on Foo./我们在 Foo 上提高 2.5 分。|We are the first to show that nothing at all is lost where the wind blows./|Code is free./代码免费。",
            ),
            (
                "We test Foo on a very large number of samples from the wild.",
                "我们测试 Foo。样本数量很大，都取自真实环境。",
                "We test Foo on a very large number of samples from the wild./我们测试 Foo。样本数量很大，都取自真实环境。",
            ),
        ] {
            assert_eq!(pairs(en, zh), expected);
        }
    }

    #[test]
    fn long_texts_are_aligned_in_blocks() {
        let text = |sentence: fn(usize) -> String| (0..2000).map(sentence).collect::<Vec<_>>().concat();
        let en = text(|i| format!("This is sentence {i} of many. "));
        let zh = text(|i| format!("这是许多句中的第 {i} 句。"));
        let pairs = align(&en, &zh);
        assert_eq!(pairs.len(), 2000);
        assert_eq!(align(&en, "").len(), 2000);
        // As many as a line of a million characters holds: by lengths alone.
        let en = "It is so. ".repeat(20_000);
        assert_eq!(align(&en, &"如此。".repeat(20_000)).len(), 20_000);
    }
}
