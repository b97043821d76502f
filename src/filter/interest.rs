//! Interest: what a paper is worth to the user by their rules, and why.
//!
//! A score is the sum of one term for each rule that is met: its weight, or twice that where a keyword stands in the
//! title. A rule with several words counts once. A rule looks at the paper alone, so that a score stays the same
//! whatever is decided.

use std::ops::Range;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::hay::Hay;
use super::matcher::mark_bytes;
use super::rule::{Kind, Rule, Worth, words_of};
use super::{Candidate, Facts, Haystack, Line, Query, Subject};
use crate::model::Date;
use crate::table::{Part, close_up, closed_up, mask};
use crate::text::{fold, fold_text, is_han};

/// Papers that one core rates in one go.
const AT_ONCE: usize = 32;

/// What a keyword in the title counts, in weights.
const IN_TITLE: i32 = 2;

/// Where in a paper something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spot {
    /// The title, as published or translated.
    Title,
    /// The gist.
    Gist,
    /// The keywords.
    Keywords,
    /// The takeaways.
    Takeaways,
    /// The authors.
    Authors,
    /// The category of the digest, or those of arXiv.
    Categories,
    /// Anywhere: a query was met.
    Paper,
}

/// A term of a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Index of the rule.
    pub rule: usize,
    /// What it adds; 0 for a rule that mutes.
    pub points: i32,
    /// Each text of the rule that was found, with where.
    pub found: Vec<(String, Vec<Spot>)>,
}

/// What a paper is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rating {
    /// The sum of all terms.
    pub score: i32,
    /// Index of the first rule that mutes it.
    pub muted_by: Option<usize>,
    /// The rules that raise it, by index.
    raised_by: Box<[usize]>,
}

impl Rating {
    fn of(reasons: &[Reason], rules: &[Rule]) -> Self {
        let is_mute = |r: &&Reason| rules.get(r.rule).is_some_and(|rule| rule.worth == Worth::Mute);
        Self {
            score: reasons.iter().fold(0, |sum, r| sum.saturating_add(r.points)),
            muted_by: reasons.iter().find(is_mute).map(|r| r.rule),
            raised_by: reasons.iter().filter(|r| r.points > 0).map(|r| r.rule).collect(),
        }
    }
}

/// A phrase to be found from the beginning of a word on.
#[derive(Clone, Debug)]
struct Phrase {
    text: String,
    mask: u64,
    finder: Finder<'static>,
}

impl Phrase {
    fn new(wanted: &str) -> Self {
        let text = closed_up(fold_text(wanted).trim());
        Self { mask: mask(&text), finder: Finder::new(text.as_bytes()).into_owned(), text }
    }

    /// The bytes of folded `text` where it stands.
    fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> {
        let is_free = self.text.starts_with(is_han);
        let is_amid = |c: char| c.is_alphanumeric() && !is_han(c);
        let begins = move |at: &usize| {
            is_free || !text.get(..*at).and_then(|t| t.chars().next_back()).is_some_and(is_amid)
        };
        let found = self.finder.find_iter(text.as_bytes()).filter(begins);
        found.map(|at| at..at + self.text.len()).filter(|r| !r.is_empty())
    }

    fn is_in(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }
}

/// A rule, made ready; each with the text of the rule it is of.
#[derive(Clone, Debug)]
enum Test {
    Keyword(Box<Phrase>),
    /// The words of a name.
    Author(Vec<String>),
    Category(String),
    Query(Box<Query>),
}

impl Test {
    fn new(kind: Kind, wanted: &str, today: Date) -> Option<Self> {
        let folded = || closed_up(fold_text(wanted).trim());
        Some(match kind {
            _ if kind.fault(wanted).is_some() => return None,
            Kind::Keyword => Self::Keyword(Box::new(Phrase::new(wanted))),
            Kind::Author => Self::Author(words_of(&folded()).into_iter().map(str::to_owned).collect()),
            Kind::Category => Self::Category(folded()),
            Kind::Query => Self::Query(Box::new(Query::parse(wanted, today).ok()?.strict())),
        })
    }

    /// Where it is met; nowhere when it is not. O(length of what it looks at).
    fn spots(&self, hay: &Haystack) -> Vec<Spot> {
        let mut spots = Vec::new();
        match self {
            Self::Keyword(phrase) if !hay.may_hold(phrase.mask) => {}
            Self::Query(query) => {
                let is_met = query.score(&Candidate { hay, facts: Facts::default() }).is_some();
                spots.extend(is_met.then_some(Spot::Paper));
            }
            test => {
                for piece in hay.pieces() {
                    let Some(spot) = spot_of(piece.part).filter(|s| !spots.contains(s)) else { continue };
                    let is_met = match test {
                        Self::Keyword(phrase) => spot <= Spot::Takeaways && phrase.is_in(piece.text),
                        Self::Author(words) => spot == Spot::Authors && is_name(words, piece.text),
                        Self::Category(own) => spot == Spot::Categories && is_category(own, piece.text),
                        Self::Query(_) => false,
                    };
                    spots.extend(is_met.then_some(spot));
                }
            }
        }
        spots
    }
}

fn spot_of(part: Part) -> Option<Spot> {
    Some(match part {
        Part::Title | Part::TitleZh => Spot::Title,
        Part::Gist => Spot::Gist,
        Part::Keyword => Spot::Keywords,
        Part::Takeaway => Spot::Takeaways,
        Part::Author => Spot::Authors,
        Part::Category => Spot::Categories,
        _ => return None,
    })
}

/// Says whether each of the words is one of the name's, in any order; a single letter stands for a word that begins so.
/// Beginnings of longer words would make whoever follows Wei Li meet Weiming Liu every morning.
fn is_name(words: &[String], name: &str) -> bool {
    let mut left = words_of(name);
    !words.is_empty()
        && words.iter().all(|word| {
            let is_letter = word.chars().nth(1).is_none();
            let at = left.iter().position(|w| w == word);
            let at = at.or_else(|| left.iter().position(|w| is_letter && w.starts_with(word.as_str())));
            at.map(|at| left.remove(at)).is_some()
        })
}

/// Says whether a category is the wanted one, or a part of it, as cs.CL is of cs.
fn is_category(wanted: &str, category: &str) -> bool {
    let rest = category.strip_prefix(wanted);
    rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('.') && !wanted.contains('.')))
}

/// The user's rules, made ready to rate papers.
#[derive(Clone, Debug, Default)]
pub struct Interest {
    rules: Vec<Rule>,
    /// The day that dates in queries are counted from.
    today: Date,
    /// For each rule, its texts made ready.
    tests: Vec<Vec<(usize, Test)>>,
    needs_body: bool,
}

impl PartialEq for Interest {
    fn eq(&self, other: &Self) -> bool {
        (&self.rules, self.today) == (&other.rules, other.today)
    }
}

impl Interest {
    /// Makes rules ready; `today` is what dates such as `date:7d` are counted from. A text with a
    /// [fault](Kind::fault) is never met. O(length of the rules).
    #[must_use]
    pub fn new(rules: Vec<Rule>, today: Date) -> Self {
        let of = |rule: &Rule| {
            let texts = rule.any_of.iter().enumerate();
            texts.filter_map(|(at, text)| Some((at, Test::new(rule.kind, text, today)?))).collect()
        };
        let tests: Vec<Vec<(usize, Test)>> = rules.iter().map(of).collect();
        let needs_body =
            tests.iter().flatten().any(|(_, t)| matches!(t, Test::Query(query) if query.needs_body()));
        Self { rules, today, tests, needs_body }
    }

    /// The rules, in the order of the configuration.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The day that dates are counted from.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// Rates a paper. Folds its texts and looks at them once for each rule.
    #[must_use]
    pub fn rate(&self, subject: &Subject) -> Rating {
        if self.rules.is_empty() {
            Rating::default()
        } else {
            Rating::of(&self.explain(subject), &self.rules)
        }
    }

    /// Rates papers, on all cores.
    #[must_use]
    pub fn rate_all(&self, subjects: &[Subject]) -> Vec<Rating> {
        if self.rules.is_empty() {
            return vec![Rating::default(); subjects.len()];
        }
        subjects.par_iter().with_min_len(AT_ONCE).map(|s| self.rate(s)).collect()
    }

    /// Gives the terms of a paper's score, and the rules that mute it, in the order of the rules.
    #[must_use]
    pub fn explain(&self, subject: &Subject) -> Vec<Reason> {
        let hay = if self.needs_body { Haystack::with_body(subject) } else { Haystack::new(subject) };
        let rules = self.rules.iter().zip(&self.tests).enumerate();
        rules.filter_map(|(at, (rule, tests))| reason(at, rule, tests, &hay)).collect()
    }

    /// Finds what to highlight in a line of the list: what the rules that raise the paper found there, as byte ranges of
    /// whole graphemes, in order and apart from each other. O(length of `shown`, for each of these rules).
    #[must_use]
    pub fn highlight(&self, rating: &Rating, line: Line, shown: &str) -> Vec<Range<usize>> {
        let tests = || rating.raised_by.iter().filter_map(|at| self.tests.get(*at)).flatten();
        if shown.is_empty() || tests().next().is_none() {
            return Vec::new();
        }
        let folded = fold(shown);
        let (text, places) = close_up(&folded.text);
        let mut marked = Vec::new();
        for (_, test) in tests() {
            if let Test::Keyword(phrase) = test {
                mark_bytes(phrase.places(&text), &text, &mut marked);
            }
        }
        marked.sort_unstable();
        marked.dedup();
        let marked: Vec<usize> = marked.into_iter().filter_map(|i| places.get(i).copied()).collect();
        let mut ranges = folded.original_ranges(&marked);
        for (_, test) in tests() {
            if let Test::Query(query) = test {
                ranges.extend(query.highlight(line, shown));
            }
        }
        merged(ranges)
    }

    /// The rule that raises papers by this author, if there is one.
    #[must_use]
    pub fn follows(&self, author: &str) -> Option<&Rule> {
        let name = closed_up(&fold_text(author));
        let is_it = |test: &Test| matches!(test, Test::Author(words) if is_name(words, &name));
        let mut rules = self.rules.iter().zip(&self.tests);
        let found = rules.find(|(rule, tests)| rule.points() > 0 && tests.iter().any(|(_, t)| is_it(t)));
        found.map(|(rule, _)| rule)
    }
}

fn reason(at: usize, rule: &Rule, tests: &[(usize, Test)], hay: &Haystack) -> Option<Reason> {
    let mut found = Vec::new();
    for (text, test) in tests {
        let spots = test.spots(hay);
        if !spots.is_empty() {
            found.push((rule.any_of.get(*text).cloned().unwrap_or_default(), spots));
        }
    }
    let is_double = found.iter().any(|(_, spots)| spots.contains(&Spot::Title));
    let times = if is_double { IN_TITLE } else { 1 };
    (!found.is_empty()).then(|| Reason { rule: at, points: rule.points().saturating_mul(times), found })
}

/// Puts ranges in order, those that touch as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|r| r.start);
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}
