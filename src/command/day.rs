use std::fmt;

use jiff::ToSpan as _;

use crate::model::Date;

/// A day as it is named; of several days that fit the newest is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The day it is.
    Today,
    /// The day before.
    Yesterday,
    /// A date, as far as it is given.
    Of {
        /// The year.
        year: Option<i16>,
        /// The month.
        month: Option<i8>,
        /// The day of the month.
        day: Option<i8>,
    },
}

/// Days with a name.
pub(super) const NAMED: [(&str, Day); 2] = [("today", Day::Today), ("yesterday", Day::Yesterday)];

impl Day {
    /// Reads `today`, `yesterday`, `2025-04-03`, `2025-04`, `2025` or `04-03`, in small ASCII letters and digits.
    #[must_use]
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some((_, day)) = NAMED.into_iter().find(|(name, _)| *name == text) {
            return Some(day);
        }
        let parts: Vec<&str> = text.split('-').collect();
        let is_number = |p: &&str| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit());
        if !parts.iter().all(is_number) {
            return None;
        }
        let small = |p: &str| p.parse::<i8>().ok().filter(|_| p.len() <= 2);
        let year = |p: &str| p.parse::<i16>().ok().filter(|_| p.len() == 4);
        let (year, month, day) = match parts.as_slice() {
            [y] => (Some(year(y)?), None, None),
            [y, m] if y.len() == 4 => (Some(year(y)?), Some(small(m)?), None),
            [m, d] => (None, Some(small(m)?), Some(small(d)?)),
            [y, m, d] => (Some(year(y)?), Some(small(m)?), Some(small(d)?)),
            _ => return None,
        };
        // Without a year the 29th of February is a day.
        Date::new(year.unwrap_or(2024), month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self::Of { year, month, day })
    }

    /// Says whether `date` is meant.
    #[must_use]
    pub fn is(self, date: Date, today: Date) -> bool {
        match self {
            Self::Today => date == today,
            Self::Yesterday => today.checked_sub(1.days()).is_ok_and(|day| day == date),
            Self::Of { year, month, day } => {
                year.is_none_or(|y| y == date.year())
                    && month.is_none_or(|m| m == date.month())
                    && day.is_none_or(|d| d == date.day())
            }
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Of { year, month, day } = self else {
            let name = NAMED.iter().find(|(_, day)| day == self).map(|(name, _)| *name);
            return f.write_str(name.unwrap_or_default());
        };
        let year = year.map(|y| format!("{y:04}"));
        let others = [month, day].into_iter().flatten().map(|n| format!("{n:02}"));
        f.write_str(&year.into_iter().chain(others).collect::<Vec<_>>().join("-"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_and_met() {
        let today = date(2025, 5, 2);
        for (text, meets, misses) in [
            ("today", date(2025, 5, 2), date(2025, 5, 1)),
            ("yesterday", date(2025, 5, 1), date(2025, 5, 2)),
            ("2025-04-03", date(2025, 4, 3), date(2024, 4, 3)),
            ("2025-4-3", date(2025, 4, 3), date(2025, 3, 4)),
            ("2025-04", date(2025, 4, 30), date(2025, 5, 1)),
            ("2025", date(2025, 12, 31), date(2024, 12, 31)),
            ("04-03", date(2024, 4, 3), date(2024, 3, 4)),
            ("2-29", date(2024, 2, 29), date(2024, 2, 28)),
        ] {
            let day = Day::parse(text).unwrap();
            assert!(day.is(meets, today) && !day.is(misses, today), "{text}");
            assert_eq!(Day::parse(&day.to_string()), Some(day), "{text}");
        }
        for text in ["", "-", "4", "25", "13-01", "2025-02-30", "2025-04-03-1", "2025-", "tod", "123-1"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
