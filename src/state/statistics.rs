use ratatui::layout::Position;

use super::Size;
use crate::model::Date;
use crate::stats::{Calendar, Statistics, monday_of, shift, weeks_between};

/// Columns beside the weeks: a margin, the weekdays, and a margin.
const BESIDE: u16 = 6;
/// Columns of a week.
const WEEK: u16 = 2;
/// Columns from which all sections stand side by side.
const SECTIONS: u16 = 118;

/// What the days are measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// How many papers the day has.
    #[default]
    Papers,
    /// How much of the day is decided.
    Decided,
    /// How many papers were decided on that day, of whatever day they are.
    Pace,
}

impl Measure {
    /// All, in the order in which the page shows them.
    pub const ALL: [Self; 3] = [Self::Papers, Self::Decided, Self::Pace];

    fn next(self) -> Self {
        match self {
            Self::Papers => Self::Decided,
            Self::Decided => Self::Pace,
            Self::Pace => Self::Papers,
        }
    }
}

/// What stands below the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// How fast the user decides, and what is left.
    #[default]
    Pace,
    /// The words of the newest week.
    Words,
    /// The categories.
    Categories,
}

impl Section {
    /// All, from left to right.
    pub const ALL: [Self; 3] = [Self::Pace, Self::Words, Self::Categories];

    fn beside(self, is_next: bool) -> Self {
        match (self, is_next) {
            (Self::Pace, true) | (Self::Categories, false) => Self::Words,
            (Self::Words, true) | (Self::Pace, false) => Self::Categories,
            (Self::Categories, true) | (Self::Words, false) => Self::Pace,
        }
    }
}

/// The page of statistics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatisticsPage {
    /// Whether it covers the panes.
    pub is_open: bool,
    /// What was counted; stays when the page is left, and is counted anew when it is opened.
    pub figures: Statistics,
    /// What the calendar shows.
    pub measure: Measure,
    /// What stands below it where there is room for one only.
    pub section: Section,
    /// The day that the cursor is on.
    pub selected: Date,
    /// The newest week in view.
    last: Date,
    /// Whether the user chose the day since the page was opened.
    pub(super) has_moved: bool,
    /// The latest count.
    pub(super) generation: u64,
}

impl StatisticsPage {
    /// The column of the oldest week.
    pub const LEFT: u16 = 4;
    /// The row of Mondays: below the header and the months.
    pub const TOP: u16 = 2;

    /// Opens the page with the cursor on a day.
    pub(super) fn open(&mut self, date: Date) {
        (self.is_open, self.has_moved) = (true, false);
        self.selected = date;
        self.last = monday_of(self.ends().1);
    }

    /// Puts the cursor on a day, or on the nearest one that the calendar has, and brings it into view.
    pub(super) fn select(&mut self, date: Date, size: Size) {
        let (first, last) = self.ends();
        self.selected = date.clamp(first, last);
        self.last = self.calendar(size).showing(self.selected).last;
    }

    /// Moves the cursor by days.
    pub(super) fn step(&mut self, days: i64, size: Size) {
        self.select(shift(self.selected, days), size);
    }

    /// Turns to the next measure.
    pub(super) fn turn_measure(&mut self, size: Size) {
        self.measure = self.measure.next();
        self.show_latest_pace(size);
    }

    /// Goes to the latest decisions where these are shown and out of view: what was decided today may be of days long
    /// ago.
    pub(super) fn show_latest_pace(&mut self, size: Size) {
        let ((_, last), calendar) = (self.ends(), self.calendar(size));
        if self.measure == Measure::Pace && calendar.showing(last) != calendar {
            self.select(last, size);
        }
    }

    pub(super) fn turn_section(&mut self, is_next: bool) {
        self.section = self.section.beside(is_next);
    }

    /// The weeks in view on a screen of this size.
    #[must_use]
    pub fn calendar(&self, size: Size) -> Calendar {
        let fit = usize::from((size.cols.saturating_sub(BESIDE) / WEEK).max(1));
        let (first, last) = self.ends();
        Calendar { last: self.last, weeks: fit.min(weeks_between(first, last)) }
    }

    /// The day that stands at a place of the screen.
    pub(super) fn day_at(&self, at: Position, size: Size) -> Option<Date> {
        let calendar = self.calendar(size);
        let week = at.x.checked_sub(Self::LEFT)? / WEEK;
        let day = at.y.checked_sub(Self::TOP).filter(|day| *day < 7)?;
        let monday = calendar.mondays().nth(usize::from(week))?;
        Some(shift(monday, i64::from(day)))
    }

    /// Says whether all sections stand side by side.
    #[must_use]
    pub fn has_all_sections(size: Size) -> bool {
        size.cols >= SECTIONS
    }

    /// The first and the last day that the cursor can be on.
    #[must_use]
    pub fn ends(&self) -> (Date, Date) {
        let first = self.figures.dates().next_back().unwrap_or(self.selected);
        let newest = self.figures.newest().unwrap_or(self.selected);
        let decided = self.figures.decided_on.last_key_value().map_or(newest, |(date, _)| *date);
        // A clock that is wrong by years must not stretch the calendar.
        let decided = decided.min(self.figures.today.unwrap_or(newest));
        (first, newest.max(decided))
    }
}
