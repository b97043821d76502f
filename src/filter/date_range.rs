use jiff::{Span, ToSpan as _};

use super::language::DAYS;
use crate::model::Date;

/// Days between two dates, both included; an end that is missing is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// Why a text is no range of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRange {
    /// It does not read as one.
    Unreadable,
    /// Its end is before its beginning.
    Backwards,
}

impl DateRange {
    /// Reads `2025`, `2025-04`, `2025-04-03`, `today`, `yesterday`, `7d` (`w`, `m`, `y`), `A..B`, `A..` and `..B`.
    /// `today` is given as data; so long ago alone means from then on.
    pub(super) fn parse(text: &str, today: Date) -> Result<Self, NoRange> {
        let text = text.to_ascii_lowercase();
        let Some((from, to)) = text.split_once("..") else {
            if let Some(then) = ago(&text, today) {
                return Ok(Self { from: Some(then), to: None });
            }
            let (from, to) = span_of(&text, today).ok_or(NoRange::Unreadable)?;
            return Ok(Self { from: Some(from), to: Some(to) });
        };
        let end = |text: &str| match text {
            "" => Ok(None),
            text => span_of(text, today).map(Some).ok_or(NoRange::Unreadable),
        };
        let (from, to) = (end(from)?, end(to)?);
        let range = Self { from: from.map(|(from, _)| from), to: to.map(|(_, to)| to) };
        match (range.from, range.to) {
            (None, None) => Err(NoRange::Unreadable),
            (Some(from), Some(to)) if to < from => Err(NoRange::Backwards),
            _ => Ok(range),
        }
    }

    /// Reads a range as `date:` takes it; none where it is none.
    #[must_use]
    pub fn read(text: &str, today: Date) -> Option<Self> {
        Self::parse(text, today).ok()
    }

    /// Says whether `date` lies in it.
    #[must_use]
    pub fn has(self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

/// The first and the last day of what one end of a range names.
fn span_of(text: &str, today: Date) -> Option<(Date, Date)> {
    if let Some(days) = (0_i64..).zip(DAYS).find_map(|(days, name)| (name == text).then_some(days)) {
        let day = today.checked_sub(days.days()).ok()?;
        return Some((day, day));
    }
    if let Some(then) = ago(text, today) {
        return Some((then, then));
    }
    let number = |digits: &str, least: usize, most: usize| {
        let is_number = (least..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse::<i16>().ok()).flatten()
    };
    let mut parts = text.splitn(3, '-');
    let year = number(parts.next()?, 4, 4)?;
    let month = parts
        .next()
        .map(|m| number(m, 1, 2)?.try_into().ok())
        .map_or(Some(None), |m: Option<i8>| m.map(Some))?;
    let day = parts
        .next()
        .map(|d| number(d, 1, 2)?.try_into().ok())
        .map_or(Some(None), |d: Option<i8>| d.map(Some))?;
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some((first, last))
}

/// The day that a number of days, weeks, months or years lies before `today`.
fn ago(text: &str, today: Date) -> Option<Date> {
    let digits = text.get(..text.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let n: i64 = digits.parse().ok()?;
    let span = match text.chars().next_back()? {
        'd' => Span::new().days(n),
        'w' => Span::new().weeks(n),
        'm' => Span::new().months(n),
        'y' => Span::new().years(n),
        _ => return None,
    };
    today.checked_sub(span).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ranges_are_read() {
        let today = date(2025, 3, 31);
        let table = [
            ("2025", "2025-01-01..2025-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-4-3", "2025-04-03..2025-04-03"),
            ("2025-04..2025-05", "2025-04-01..2025-05-31"),
            ("2025..", "2025-01-01.."),
            ("..2025-02", "..2025-02-28"),
            ("today", "2025-03-31..2025-03-31"),
            ("Yesterday..", "2025-03-30.."),
            ("7d", "2025-03-24.."),
            ("0d", "2025-03-31.."),
            ("2w..7d", "2025-03-17..2025-03-24"),
            ("1m", "2025-02-28.."),
            ("1y..today", "2024-03-31..2025-03-31"),
        ];
        for (text, want) in table {
            let range = DateRange::parse(text, today).unwrap();
            let show = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
            assert_eq!(format!("{}..{}", show(range.from), show(range.to)), want, "{text}");
        }
        assert_eq!(DateRange::parse("2025-05..2025-04", today), Err(NoRange::Backwards));
        for text in [
            "",
            "..",
            "25",
            "2025-13",
            "2025-02-30",
            "2025-",
            "2025-04-01-1",
            "x",
            "d",
            "7",
            "7h",
            "..x",
            "99999d",
        ] {
            assert_eq!(DateRange::parse(text, today), Err(NoRange::Unreadable), "{text}");
        }
    }
}
