use std::collections::{BTreeSet, HashMap, HashSet};

use super::calendar::days_between;
use super::tally::{PaperRow, name_of};
use super::terms::add_terms;
use crate::model::Date;

/// Days of the week that words rise in.
const WEEK: i64 = 7;
/// Days before it that it is held against.
const MONTH: i64 = 28;
/// Papers of the week that must have a word.
const LEAST: u32 = 3;
/// Words that are handed over.
const MOST: usize = 30;

/// A word or phrase that more papers of the week have than those of the month before would lead one to expect.
#[derive(Clone, Debug, PartialEq)]
pub struct Rise {
    /// Folded: lower case, without accents.
    pub word: String,
    /// Papers of the week that have it in the title.
    pub week: u32,
    /// Papers of the month before that have it.
    pub month: u32,
    /// How many papers of the week would have it if it were as frequent as in the month.
    pub expected: f64,
}

impl Rise {
    /// What it is ranked by: how many more than expected, in spreads of a number that small.
    fn score(&self) -> f64 {
        (f64::from(self.week) - self.expected) / (self.expected + 1.0).sqrt()
    }
}

/// The words of a week, those that rise most first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rising {
    /// The words.
    pub words: Vec<Rise>,
    /// How many papers the week has, and how many the month before.
    pub papers: (u32, u32),
}

/// Counts the words of titles. Days must come newest first: of the month only words of the week are counted.
#[derive(Clone, Debug)]
pub struct Words {
    newest: Date,
    week: HashMap<String, u32>,
    month: HashMap<String, u32>,
    papers: (u32, u32),
}

impl Words {
    /// Starts with the newest day.
    #[must_use]
    pub fn new(newest: Date) -> Self {
        Self { newest, week: HashMap::new(), month: HashMap::new(), papers: (0, 0) }
    }

    /// Says whether a day is in the week or in the month before.
    #[must_use]
    pub fn wants(&self, date: Date) -> bool {
        (0..WEEK + MONTH).contains(&days_between(date, self.newest))
    }

    /// Takes the papers of a day; one that several digests have counts once. O(length of the titles).
    pub fn take<'a>(&mut self, date: Date, papers: impl IntoIterator<Item = &'a PaperRow>) {
        if !self.wants(date) {
            return;
        }
        let is_week = days_between(date, self.newest) < WEEK;
        if !is_week {
            self.week.retain(|_, n| *n >= LEAST);
        }
        let mut seen = HashSet::new();
        for paper in papers {
            if !seen.insert(name_of(&paper.identity)) {
                continue;
            }
            let mut terms = BTreeSet::new();
            add_terms(&paper.title, &mut terms);
            if let Some(title) = &paper.title_zh {
                add_terms(title, &mut terms);
            }
            if is_week {
                self.papers.0 += 1;
                for term in terms {
                    *self.week.entry(term).or_default() += 1;
                }
            } else {
                self.papers.1 += 1;
                for term in terms.into_iter().filter(|t| self.week.contains_key(t)) {
                    *self.month.entry(term).or_default() += 1;
                }
            }
        }
    }

    /// Ranks the words that at least 3 papers of the week have, and half as many again as expected. A part of a longer
    /// phrase that most of its papers have goes unsaid. Without a month to hold it against, nothing rises.
    #[must_use]
    pub fn rising(&self) -> Rising {
        let (week, month) = self.papers;
        let mut all: Vec<Rise> = self
            .week
            .iter()
            .filter(|(_, n)| **n >= LEAST)
            .map(|(w, n)| {
                let before = self.month.get(w).copied().unwrap_or_default();
                let expected = f64::from(before) * f64::from(week) / f64::from(month.max(1));
                Rise { word: w.clone(), week: *n, month: before, expected }
            })
            .collect();
        if month == 0 {
            all.clear();
        }
        all.retain(|r| f64::from(r.week) >= 1.5 * r.expected);
        all.sort_by(|a, b| {
            b.score().total_cmp(&a.score()).then(b.word.len().cmp(&a.word.len())).then(a.word.cmp(&b.word))
        });
        let is_part = |r: &Rise| {
            let holds = |o: &Rise| {
                o.word.len() > r.word.len() && o.week * 10 >= r.week * 7 && is_in(&r.word, &o.word)
            };
            all.iter().any(holds)
        };
        let words: Vec<Rise> = all.iter().filter(|r| !is_part(r)).take(MOST).cloned().collect();
        Rising { words, papers: self.papers }
    }
}

/// Says whether a term is a whole part of a phrase: a word of a pair, or characters of a group.
fn is_in(part: &str, whole: &str) -> bool {
    if whole.contains(' ') {
        whole.split(' ').any(|word| word == part)
    } else {
        crate::text::has_han(whole) && whole.contains(part)
    }
}
