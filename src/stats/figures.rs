use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::calendar::{days_between, is_weekend, shift};
use super::pace::{History, Pace};
use super::{Levels, Portion, Rising, Tally};
use crate::decisions::{Counts, Decisions};
use crate::model::{Date, Identity};

/// Days from one digest to the next beyond which nothing is missing: the archive was at rest.
const LONGEST_GAP: i64 = 16;

/// What is known of a day that was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayFigures {
    /// Its papers, each once.
    pub counts: Counts,
    /// Its digests that could not be read.
    pub failed: usize,
    /// Milliseconds between verdicts on its papers, without breaks.
    pub spent_ms: Option<i64>,
    /// How the papers of each category stand.
    categories: Vec<(Arc<str>, Counts)>,
}

/// How a date stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has no digest, and need not have one: a weekend, before the first day or after the last one, or while the
    /// archive was at rest.
    Free,
    /// A weekday without a digest between two days that have one, about two weeks apart at most.
    Missing,
    /// It has a digest that was not counted yet.
    Unknown,
    /// It has digests, and none of them could be read.
    Failed,
    /// Its digests hold no paper.
    Empty,
    /// Nothing of it is decided.
    Untouched,
    /// Some of it is decided, and some is not.
    Half,
    /// All of it is decided.
    Done,
}

/// How the papers of a category stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name; empty for digests without one.
    pub name: Arc<str>,
    /// Those of the last 30 days.
    pub recent: Counts,
    /// All.
    pub all: Counts,
}

/// The figures of an archive, as far as its days were counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// Every date that has a digest; nothing in those that were not counted yet.
    days: BTreeMap<Date, Option<DayFigures>>,
    names: HashSet<Arc<str>>,
    /// Papers of the archive that were decided on each date.
    pub decided_on: BTreeMap<Date, usize>,
    /// How fast the user decides them.
    pub pace: Pace,
    /// The words of the newest week; nothing while its days are counted.
    pub words: Option<Rising>,
    /// The date at the user's place when the count began.
    pub today: Option<Date>,
    /// What is held against the papers while they are counted.
    history: Option<Box<History>>,
}

impl Statistics {
    /// Gets ready to count these dates. Figures of an earlier count stay until there are new ones. O(dates).
    pub fn expect(&mut self, dates: impl IntoIterator<Item = Date>) {
        let mut before = std::mem::take(&mut self.days);
        self.days = dates.into_iter().map(|d| (d, before.remove(&d).flatten())).collect();
    }

    /// Takes in what was counted. O(papers of the days).
    pub fn take(&mut self, portion: Portion, decisions: &Decisions) {
        match portion {
            Portion::History(history) => {
                self.today = Some(history.today);
                self.history = Some(history);
            }
            Portion::Days(tallies) => tallies.iter().for_each(|t| self.count(t, decisions)),
            Portion::Words(words) => self.words = Some(words),
            Portion::Done => {
                // Only now it is known which papers the archive has; the journal has those of all archives.
                if let Some(History { today, zone, times }) = self.history.take().map(|history| *history) {
                    let times = times.of_the_seen();
                    (self.decided_on, self.pace) = (times.by_date(&zone), times.pace(today, &zone));
                }
            }
        }
    }

    /// Takes what is known better of a day that was counted.
    pub fn correct(&mut self, date: Date, counts: Counts) {
        if let Some(Some(day)) = self.days.get_mut(&date) {
            day.counts = counts;
        }
    }

    fn count(&mut self, tally: &Tally, decisions: &Decisions) {
        let papers = tally.papers();
        let of = |papers: &mut dyn Iterator<Item = &Identity>| {
            let mut counts = Counts::default();
            papers.for_each(|p| counts.add(decisions.verdict(p), decisions.is_read(p)));
            counts
        };
        let mut categories: Vec<(Arc<str>, Counts)> = Vec::new();
        for (name, papers) in &tally.categories {
            let counts = of(&mut papers.iter());
            let name = self.name(name);
            match categories.iter_mut().find(|(n, _)| *n == name) {
                Some((_, sum)) => *sum = sum.plus(counts),
                None => categories.push((name, counts)),
            }
        }
        let counts = of(&mut papers.iter().copied());
        let history = self.history.as_mut();
        let spent_ms = history.and_then(|history| {
            history.times.see(papers.iter().copied());
            history.times.spent_ms(&papers)
        });
        let figures = DayFigures { counts, failed: tally.failed, spent_ms, categories };
        self.days.insert(tally.date, Some(figures));
    }

    /// The one copy of a category's name.
    fn name(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.names.get(name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = name.into();
        self.names.insert(Arc::clone(&name));
        name
    }

    /// The dates that have a digest, newest first.
    #[must_use]
    pub fn dates(&self) -> impl DoubleEndedIterator<Item = Date> {
        self.days.keys().rev().copied()
    }

    /// How many dates have a digest, and how many of them were counted.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.days.len(), self.days.values().flatten().count())
    }

    /// Says whether a date has a digest.
    #[must_use]
    pub fn has(&self, date: Date) -> bool {
        self.days.contains_key(&date)
    }

    /// What is known of a date that was counted.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<&DayFigures> {
        self.days.get(&date)?.as_ref()
    }

    /// How a date stands.
    #[must_use]
    pub fn standing(&self, date: Date) -> Standing {
        match self.days.get(&date) {
            None if is_weekend(date) || !self.is_gap(date) => Standing::Free,
            None => Standing::Missing,
            Some(None) => Standing::Unknown,
            Some(Some(day)) => match day.counts {
                c if c.records() == 0 && day.failed > 0 => Standing::Failed,
                c if c.records() == 0 => Standing::Empty,
                c if c.undecided == 0 => Standing::Done,
                c if c.undecided == c.all => Standing::Untouched,
                _ => Standing::Half,
            },
        }
    }

    /// Says whether a date lies between two that have a digest and are not too far apart.
    fn is_gap(&self, date: Date) -> bool {
        let before = self.days.range(..date).next_back();
        let ends = before.zip(self.days.range(date..).next());
        ends.is_some_and(|((before, _), (after, _))| days_between(*before, *after) <= LONGEST_GAP)
    }

    /// The days that were counted, from `from` on, oldest first.
    pub fn counted_since(&self, from: Date) -> impl Iterator<Item = (Date, &DayFigures)> {
        self.days.range(from..).filter_map(|(date, day)| Some((*date, day.as_ref()?)))
    }

    /// How the papers of the days from `from` on stand together; a paper of two days counts twice.
    #[must_use]
    pub fn counts_since(&self, from: Date) -> Counts {
        self.counted_since(from).fold(Counts::default(), |sum, (_, day)| sum.plus(day.counts))
    }

    /// The same once every day from `from` on was counted; nothing before.
    #[must_use]
    pub fn known_since(&self, from: Date) -> Option<Counts> {
        self.days.range(from..).all(|(_, day)| day.is_some()).then(|| self.counts_since(from))
    }

    /// The levels of the numbers of papers.
    #[must_use]
    pub fn paper_levels(&self) -> Levels {
        Levels::of(self.days.values().flatten().map(|day| day.counts.all))
    }

    /// The levels of the numbers of decisions.
    #[must_use]
    pub fn pace_levels(&self) -> Levels {
        Levels::of(self.decided_on.values().copied())
    }

    /// The newest date that has a digest.
    #[must_use]
    pub fn newest(&self) -> Option<Date> {
        self.days.last_key_value().map(|(date, _)| *date)
    }

    /// How the papers of the categories stand: those with most papers in the 30 days up to the newest one first.
    /// O(days times categories).
    #[must_use]
    pub fn categories(&self) -> Vec<Category> {
        let Some(newest) = self.newest() else { return Vec::new() };
        let from = shift(newest, -29);
        let mut sums: BTreeMap<&Arc<str>, (Counts, Counts)> = BTreeMap::new();
        for (date, day) in self.days.iter().filter_map(|(date, day)| Some((date, day.as_ref()?))) {
            for (name, counts) in &day.categories {
                let (recent, all) = sums.entry(name).or_default();
                *all = all.plus(*counts);
                if *date >= from {
                    *recent = recent.plus(*counts);
                }
            }
        }
        let category =
            |(name, (recent, all)): (&Arc<str>, _)| Category { name: Arc::clone(name), recent, all };
        let mut found: Vec<Category> = sums.into_iter().map(category).collect();
        found.sort_by_key(|c| std::cmp::Reverse((c.recent.all, c.all.all)));
        found
    }
}
