use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::calendar::days_between;
use crate::decisions::{Cell, Decisions, Field, FieldValue};
use crate::model::{Date, Identity};

/// Milliseconds after which somebody who decides nothing is doing something else.
const LONGEST_GAP_MS: i64 = 5 * 60_000;
/// Papers and milliseconds below which there is no saying how fast somebody is.
const LEAST: (usize, i64) = (10, 2 * 60_000);

/// When what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Each moment at which something was decided or read, and how many papers were decided then; oldest first.
    moments: Vec<(i64, usize)>,
    /// When verdicts on a paper were given, by its arXiv id.
    by_id: HashMap<String, Vec<i64>>,
    /// The same by its title, and whether it had an id too.
    by_title: HashMap<String, Vec<(i64, bool)>>,
}

impl Times {
    /// Gathers the times of all decisions. O(cells of all lines).
    #[must_use]
    pub fn of(decisions: &Decisions) -> Self {
        let mut moments: BTreeMap<i64, usize> = BTreeMap::new();
        let mut by_id: HashMap<String, Vec<i64>> = HashMap::new();
        let mut by_title: HashMap<String, Vec<(i64, bool)>> = HashMap::new();
        for (ms, cells) in decisions.deeds() {
            let decided: Vec<&Cell> = cells.iter().filter(|c| is_verdict(c)).collect();
            *moments.entry(ms).or_default() += decided.len();
            for cell in decided {
                let Identity { arxiv, key, .. } = &cell.paper;
                if let Some(id) = arxiv {
                    by_id.entry(id.clone()).or_default().push(ms);
                }
                if !key.is_empty() {
                    by_title.entry(key.as_str().to_owned()).or_default().push((ms, arxiv.is_some()));
                }
            }
        }
        Self { moments: moments.into_iter().collect(), by_id, by_title }
    }

    /// Milliseconds between verdicts on these papers, without breaks; nothing where there were less than two moments.
    #[must_use]
    pub fn spent_ms(&self, papers: &[&Identity]) -> Option<i64> {
        let times = |p: &&Identity| {
            let of_id = p.arxiv.as_ref().and_then(|id| self.by_id.get(id)).into_iter().flatten().copied();
            let of_title = self.by_title.get(p.key.as_str()).into_iter().flatten();
            // Two ids are two papers, whatever their titles.
            let is_other = p.arxiv.is_some();
            of_id.chain(of_title.filter(move |(_, has_id)| !(is_other && *has_id)).map(|(ms, _)| *ms))
        };
        let mut times: Vec<i64> = papers.iter().flat_map(times).collect();
        times.sort_unstable();
        Some(gaps(&times).sum()).filter(|ms| *ms > 0)
    }

    /// How many papers were decided on each date of this time zone.
    #[must_use]
    pub fn by_date(&self, zone: &TimeZone) -> BTreeMap<Date, usize> {
        let mut dates = BTreeMap::new();
        for (ms, n) in self.moments.iter().filter(|(_, n)| *n > 0) {
            *dates.entry(date_of(*ms, zone)).or_default() += n;
        }
        dates
    }

    /// Measures the pace of the days up to `today`.
    #[must_use]
    pub fn pace(&self, today: Date, zone: &TimeZone) -> Pace {
        let mut pace = Pace::default();
        let mut before: Option<i64> = None;
        for (ms, n) in &self.moments {
            let age = days_between(date_of(*ms, zone), today);
            let gap = before.replace(*ms).map(|b| ms.saturating_sub(b)).filter(|gap| *gap <= LONGEST_GAP_MS);
            if !(0..30).contains(&age) {
                continue;
            }
            pace.last_30 += n;
            pace.last_7 += if age < 7 { *n } else { 0 };
            match gap {
                Some(gap) => (pace.timed, pace.spent_ms) = (pace.timed + n, pace.spent_ms + gap),
                None => pace.sittings += 1,
            }
        }
        pace
    }
}

/// What the times of the decisions come to, at one moment and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The date at that moment.
    pub today: Date,
    /// How many papers were decided on each date.
    pub decided_on: BTreeMap<Date, usize>,
    /// How fast they were decided of late.
    pub pace: Pace,
    /// The times themselves.
    pub times: Times,
}

impl History {
    /// Goes through all decisions at the time `now_ms`, milliseconds since 1970. O(cells of all lines).
    #[must_use]
    pub fn of(decisions: &Decisions, zone: &TimeZone, now_ms: i64) -> Self {
        let (times, today) = (Times::of(decisions), date_of(now_ms, zone));
        Self { today, decided_on: times.by_date(zone), pace: times.pace(today, zone), times }
    }
}

/// How fast somebody decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Papers decided in the last 7 days.
    pub last_7: usize,
    /// Papers decided in the last 30 days.
    pub last_30: usize,
    /// Milliseconds spent on deciding and reading in the last 30 days; breaks of over 5 minutes do not count.
    pub spent_ms: i64,
    /// How often somebody sat down to it.
    pub sittings: usize,
    /// Papers that were decided within `spent_ms`: not those after a break.
    timed: usize,
}

impl Pace {
    /// Papers an hour; nothing while there is too little to tell.
    #[must_use]
    pub fn per_hour(self) -> Option<usize> {
        let is_enough = self.timed >= LEAST.0 && self.spent_ms >= LEAST.1;
        let hourly =
            || (self.timed.cast_signed() as i64).saturating_mul(3_600_000).checked_div(self.spent_ms);
        usize::try_from(hourly().filter(|_| is_enough)?).ok()
    }

    /// Minutes that so many papers take, at least 1; nothing while the pace is not known.
    #[must_use]
    pub fn minutes_for(self, papers: usize) -> Option<usize> {
        let hourly = self.per_hour().filter(|n| *n > 0)?;
        Some(if papers == 0 { 0 } else { (papers * 60).div_ceil(hourly).max(1) })
    }
}

fn is_verdict(cell: &Cell) -> bool {
    cell.field == Field::Verdict
        && matches!(cell.value, FieldValue::Verdict(v) if v != crate::model::Verdict::Undecided)
}

/// The stretches between moments, oldest first, that are no break.
fn gaps(times: &[i64]) -> impl Iterator<Item = i64> {
    let pairs = times.iter().zip(times.iter().skip(1));
    pairs.map(|(a, b)| b.saturating_sub(*a)).filter(|gap| *gap <= LONGEST_GAP_MS)
}

/// The date of a moment in milliseconds since 1970.
fn date_of(ms: i64, zone: &TimeZone) -> Date {
    Timestamp::from_millisecond(ms).unwrap_or_default().to_zoned(zone.clone()).date()
}
