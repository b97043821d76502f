/// How many levels there are above nothing.
pub const LEVELS: u8 = 4;

/// Where the levels of a measure begin, so that a quarter of the days falls into each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// The smallest numbers of levels 2, 3 and 4.
    bounds: [usize; 3],
    least: usize,
    most: usize,
}

impl Levels {
    /// Finds the quartiles of the numbers that are not 0. O(n log n).
    #[must_use]
    pub fn of(numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut numbers: Vec<usize> = numbers.into_iter().filter(|n| *n > 0).collect();
        numbers.sort_unstable();
        let at = |quarter: usize| numbers.get(numbers.len() * quarter / 4).copied().unwrap_or_default();
        Self {
            bounds: [at(1), at(2), at(3)],
            least: at(0),
            most: numbers.last().copied().unwrap_or_default(),
        }
    }

    /// The level of a number: 0 for 0, else 1 to [`LEVELS`]. Where all numbers are the same, they have the greatest.
    #[must_use]
    pub fn level(self, n: usize) -> u8 {
        if n == 0 { 0 } else { 1 + self.bounds.iter().map(|bound| u8::from(n >= *bound)).sum::<u8>() }
    }

    /// The least and the greatest number of each level that has any.
    #[must_use]
    pub fn ranges(self) -> Vec<(u8, usize, usize)> {
        let [second, third, fourth] = self.bounds;
        let starts = [self.least, second, third, fourth];
        let ends = [second, third, fourth, self.most + 1];
        let ranges = (1..=LEVELS).zip(starts.into_iter().zip(ends));
        ranges
            .filter(|(_, (from, to))| from < to && *to > 1)
            .map(|(l, (from, to))| (l, from, to - 1))
            .collect()
    }
}

/// How much of a day is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Nothing.
    None,
    /// Less than half.
    Some,
    /// Half or more.
    Most,
    /// All.
    All,
}

/// The level of a share, 1 to [`LEVELS`]; 0 where there is nothing to decide.
#[must_use]
pub fn share_level(decided: usize, all: usize) -> (u8, Option<Share>) {
    match decided {
        _ if all == 0 => (0, None),
        0 => (1, Some(Share::None)),
        n if n >= all => (4, Some(Share::All)),
        n if n * 2 >= all => (3, Some(Share::Most)),
        _ => (2, Some(Share::Some)),
    }
}
