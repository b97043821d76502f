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

/// One value that was set for a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Deed {
    ms: i64,
    is_verdict: bool,
    /// Whether the paper had an id.
    has_id: bool,
    /// Whether the paper is one of those that were seen.
    is_seen: bool,
}

/// When what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Oldest first.
    deeds: Vec<Deed>,
    /// The deeds about a paper, by its arXiv id.
    by_id: HashMap<String, Vec<usize>>,
    /// The same by its title.
    by_title: HashMap<String, Vec<usize>>,
}

impl Times {
    /// Gathers the times of all decisions. O(n log n) in the cells of all lines.
    #[must_use]
    pub fn of(decisions: &Decisions) -> Self {
        let cells = decisions.deeds().flat_map(|(ms, cells)| cells.iter().map(move |cell| (ms, cell)));
        let mut cells: Vec<(i64, &Cell)> = cells.collect();
        cells.sort_by_key(|(ms, _)| *ms);
        let mut times = Self::default();
        for (ms, cell) in cells {
            let Identity { arxiv, key, .. } = &cell.paper;
            let at = times.deeds.len();
            if let Some(id) = arxiv {
                times.by_id.entry(id.clone()).or_default().push(at);
            }
            if !key.is_empty() {
                times.by_title.entry(key.as_str().to_owned()).or_default().push(at);
            }
            let (is_verdict, has_id) = (is_verdict(cell), arxiv.is_some());
            times.deeds.push(Deed { ms, is_verdict, has_id, is_seen: false });
        }
        times
    }

    /// The places of the deeds about a paper.
    fn about(&self, paper: &Identity) -> impl Iterator<Item = usize> {
        let of_id = paper.arxiv.as_ref().and_then(|id| self.by_id.get(id)).into_iter().flatten();
        let of_title = self.by_title.get(paper.key.as_str()).into_iter().flatten();
        // Two ids are two papers, whatever their titles.
        let is_other = paper.arxiv.is_some();
        let of_title =
            of_title.filter(move |at| !(is_other && self.deeds.get(**at).is_none_or(|d| d.has_id)));
        of_id.chain(of_title).copied()
    }

    /// Notes that these papers are in the archive.
    pub(super) fn see<'p>(&mut self, papers: impl IntoIterator<Item = &'p Identity>) {
        for paper in papers {
            for at in self.about(paper).collect::<Vec<_>>() {
                if let Some(deed) = self.deeds.get_mut(at) {
                    deed.is_seen = true;
                }
            }
        }
    }

    /// The times of the papers that were seen: the journal is one for all archives.
    pub(super) fn of_the_seen(&self) -> Self {
        let deeds = self.deeds.iter().filter(|d| d.is_seen).copied().collect();
        Self { deeds, ..Self::default() }
    }

    /// Each moment at which something was decided or read, and how many papers were decided then; oldest first.
    fn moments(&self) -> impl Iterator<Item = (i64, usize)> {
        let moments = self.deeds.chunk_by(|a, b| a.ms == b.ms);
        moments.filter_map(|m| Some((m.first()?.ms, m.iter().filter(|d| d.is_verdict).count())))
    }

    /// Milliseconds between verdicts on these papers, without breaks; nothing where there were less than two moments.
    #[must_use]
    pub fn spent_ms(&self, papers: &[&Identity]) -> Option<i64> {
        let verdicts = papers.iter().flat_map(|p| self.about(p)).filter_map(|at| self.deeds.get(at));
        let mut times: Vec<i64> = verdicts.filter(|d| d.is_verdict).map(|d| d.ms).collect();
        times.sort_unstable();
        Some(gaps(&times).sum()).filter(|ms| *ms > 0)
    }

    /// How many papers were decided on each date of this time zone.
    #[must_use]
    pub fn by_date(&self, zone: &TimeZone) -> BTreeMap<Date, usize> {
        let mut dates = BTreeMap::new();
        for (ms, n) in self.moments().filter(|(_, n)| *n > 0) {
            *dates.entry(date_of(ms, zone)).or_default() += n;
        }
        dates
    }

    /// Measures the pace of the days up to `today`.
    #[must_use]
    pub fn pace(&self, today: Date, zone: &TimeZone) -> Pace {
        let mut pace = Pace::default();
        let mut before: Option<i64> = None;
        for (ms, n) in self.moments() {
            let age = days_between(date_of(ms, zone), today);
            let gap = before.replace(ms).map(|b| ms.saturating_sub(b)).filter(|gap| *gap <= LONGEST_GAP_MS);
            if !(0..30).contains(&age) {
                continue;
            }
            pace.last_30 += n;
            pace.last_7 += if age < 7 { n } else { 0 };
            match gap {
                Some(gap) => (pace.timed, pace.spent_ms) = (pace.timed + n, pace.spent_ms + gap),
                None => pace.sittings += 1,
            }
        }
        pace
    }
}

/// When what was decided, seen from one moment and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The date at that moment.
    pub today: Date,
    /// Where days begin.
    pub zone: TimeZone,
    /// The times.
    pub times: Times,
}

impl Default for History {
    fn default() -> Self {
        Self { today: Date::default(), zone: TimeZone::UTC, times: Times::default() }
    }
}

impl History {
    /// Goes through all decisions at the time `now_ms`, milliseconds since 1970. O(n log n) in the cells of all lines.
    #[must_use]
    pub fn of(decisions: &Decisions, zone: &TimeZone, now_ms: i64) -> Self {
        Self { today: date_of(now_ms, zone), zone: zone.clone(), times: Times::of(decisions) }
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
