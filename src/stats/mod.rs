//! What the days of an archive come to: papers and verdicts a day, pace, categories, rising words.
//!
//! Owns the counting and its rules. Takes digests, decisions and times as data; hands figures to `state`, which shows
//! them, and to `cli`, which prints them. Never reads a file or a clock.

mod calendar;
mod figures;
mod levels;
mod pace;
mod rising;
mod tally;
mod terms;

pub use calendar::{Calendar, monday_of, shift, weeks_between};
pub use figures::{Category, DayFigures, Standing, Statistics};
pub use levels::{LEVELS, Levels, Share, share_level};
pub use pace::{History, Pace, Times};
pub use rising::{Rise, Rising, Words};
pub use tally::{PaperRow, Tally};

/// What a count of all days hands over, bit by bit.
#[derive(Clone, Debug, PartialEq)]
pub enum Portion {
    /// When what was decided; comes first.
    History(Box<History>),
    /// Some days, the newest first.
    Days(Vec<Tally>),
    /// The words of the newest week against the month before; comes once its days were counted.
    Words(Rising),
    /// There is no more.
    Done,
}

#[cfg(test)]
mod tests;
