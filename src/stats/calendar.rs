use jiff::civil::Weekday;

use crate::model::Date;

/// The Monday of the week of a day.
#[must_use]
pub fn monday_of(date: Date) -> Date {
    shift(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// Goes by days; negative is back. At the ends of what a date can be it stays.
#[must_use]
pub fn shift(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::Span::new().try_days(days).unwrap_or_default())
}

/// How many weeks there are from the week of `from` to that of `to`, both counted.
#[must_use]
pub fn weeks_between(from: Date, to: Date) -> usize {
    usize::try_from(days_between(monday_of(from), monday_of(to)) / 7).unwrap_or_default() + 1
}

/// Days from `from` to `to`; negative where `to` is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// True on Saturdays and Sundays.
pub(super) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Some weeks side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The Monday of the newest week.
    pub last: Date,
    /// How many weeks.
    pub weeks: usize,
}

impl Calendar {
    /// The Monday of the oldest week.
    #[must_use]
    pub fn first(self) -> Date {
        shift(self.last, 7 - 7 * self.weeks.cast_signed() as i64)
    }

    /// The Mondays, oldest first.
    pub fn mondays(self) -> impl Iterator<Item = Date> {
        let first = self.first();
        (0..self.weeks.cast_signed() as i64).map(move |week| shift(first, 7 * week))
    }

    /// Moves the weeks as little as needed to have a day among them.
    #[must_use]
    pub fn showing(self, date: Date) -> Self {
        let monday = monday_of(date);
        if monday > self.last {
            Self { last: monday, ..self }
        } else if monday < self.first() {
            Self { last: shift(monday, 7 * self.weeks.cast_signed() as i64 - 7), ..self }
        } else {
            self
        }
    }

    /// The weeks to be named by a month: in which one begins, or the first; with a day of the month, and whether the year
    /// is named too. The first one goes unnamed where the next name would touch its own.
    #[must_use]
    pub fn months(self) -> Vec<(usize, Date, bool)> {
        let mut months: Vec<(usize, Date)> =
            self.mondays().enumerate().filter_map(|(week, monday)| Some((week, month_in(monday)?))).collect();
        if months.first().is_none_or(|(week, _)| *week > 3) {
            months.insert(0, (0, self.first()));
        }
        let named = |(at, (week, date)): (usize, (usize, Date))| (week, date, at == 0 || date.month() == 1);
        months.into_iter().enumerate().map(named).collect()
    }
}

/// The first day of the month that begins in the week of this Monday.
fn month_in(monday: Date) -> Option<Date> {
    (0..7).map(|day| shift(monday, day)).find(|date| date.day() == 1)
}
