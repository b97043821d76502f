use super::Entry;
use crate::model::Date;

/// When a paper came out, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Issued {
    pub(super) year: i16,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

impl Issued {
    /// The date of publication; else the month in the arXiv id; else the year of the digest.
    pub(super) fn of(entry: &Entry<'_>) -> Self {
        let published =
            entry.paper.published.as_deref().and_then(|p| p.trim().get(..10)?.parse::<Date>().ok());
        if let Some(date) = published {
            return Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) };
        }
        let arxiv = entry.paper.arxiv.as_ref().and_then(|a| month_of(&a.id));
        arxiv.unwrap_or(Self { year: entry.date.year(), month: None, day: None })
    }
}

/// Reads the month out of `2504.20930` or `cs/0112017`; ids began in 1991.
fn month_of(id: &str) -> Option<Issued> {
    let digits = id.rsplit('/').next().unwrap_or(id);
    let year: i16 = digits.get(..2)?.parse().ok()?;
    let month: i8 = digits.get(2..4)?.parse().ok().filter(|m| (1..=12).contains(m))?;
    let year = if year >= 91 { 1900 + year } else { 2000 + year };
    Some(Issued { year, month: Some(month), day: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_tell_their_month() {
        let month = |id| month_of(id).map(|i| (i.year, i.month));
        assert_eq!(month("2504.20930"), Some((2025, Some(4))));
        assert_eq!(month("cs/0112017"), Some((2001, Some(12))));
        assert_eq!(month("hep-th/9901001"), Some((1999, Some(1))));
        for id in ["2513.00001", "x", "", "-1-1.", "文文"] {
            assert_eq!(month(id), None, "{id}");
        }
    }
}
