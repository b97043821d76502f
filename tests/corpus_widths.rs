//! Every Chinese text of real digests at every width: rows, rules for their ends (TERMINAL T8 to T10), and how often
//! a row had to be cut where no rule allows it.
//! `WENZHAI_CORPUS=… cargo test --release --test corpus_widths -- --ignored --nocapture` goes through all widths; the
//! suite takes some.

#![expect(clippy::print_stdout, reason = "a test prints its figures")]

#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;

use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::{Add, Range};
use wenzhai::text::{clean_body, graphemes, has_han, is_han, show, typeset, width, wrap};

/// What no row starts and ends with, written down apart from the code under test.
const NEVER_STARTS: &str = "。，、；：？！）】」』》〉〕”’…％·～々ーッャュョァィゥェォ,.;:!?)]}%-";
const NEVER_ENDS: &str = "（【「『《〈〔“‘([{";
/// Rows per break that could not keep the rules.
const ROWS_PER_EMERGENCY: usize = 1_000;

/// What setting texts came to.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    rows: usize,
    /// Rows wider than the width, and those that lose something or split a character.
    unlawful: usize,
    /// Row ends that break a rule, or cut a word, though the row had another place to end.
    violations: usize,
    /// Row ends that break a rule of T8 or T9 because no place of the row keeps them.
    forced: usize,
    /// Row ends inside a word, a number or an address that is longer than a row.
    cuts: usize,
}

impl Add for Count {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            rows: self.rows + more.rows,
            unlawful: self.unlawful + more.unlawful,
            violations: self.violations + more.violations,
            forced: self.forced + more.forced,
            cuts: self.cuts + more.cuts,
        }
    }
}

/// Says whether T8 or T9 forbids a row to end with `before` and the next to start with `after`.
fn is_forbidden(before: &str, after: &str) -> bool {
    after.starts_with(|c| NEVER_STARTS.contains(c))
        || before.starts_with(|c| NEVER_ENDS.contains(c))
        || (before.starts_with('—') && after.starts_with('—'))
}

/// Says whether a piece is cut between these: a word, `C++`, or a number, in half width or full.
fn is_one_piece(before: &str, after: &str) -> bool {
    let is_latin = |s: &str| s.starts_with(|c: char| c.is_ascii_alphanumeric());
    let is_full = |s: &str| s.starts_with(|c| ('０'..='９').contains(&c));
    (is_latin(before) && (is_latin(after) || after == "+")) || (is_full(before) && is_full(after))
}

fn count(text: &str, cells: usize) -> Count {
    let rows = wrap(text, cells);
    let part = |range: Range<usize>| text.get(range).unwrap_or("\u{fffd} split");
    let mut count = Count { rows: rows.len(), ..Count::default() };
    let mut at = 0;
    for row in &rows {
        let gap = part(at..row.start);
        count.unlawful += usize::from(width(part(row.clone())) > cells || !gap.bytes().all(|b| b == b' '));
        at = row.end;
    }
    for (row, next) in rows.iter().zip(rows.iter().skip(1)) {
        let inked: Vec<&str> = graphemes(part(row.clone())).map(|(_, g)| g).filter(|g| *g != " ").collect();
        let before = inked.last().copied().unwrap_or_default();
        let after = graphemes(part(next.clone())).next().map_or("", |(_, g)| g);
        let is_cut = row.end == next.start && is_one_piece(before, after);
        if !is_cut && !is_forbidden(before, after) {
            continue;
        }
        let mut places = inked.iter().zip(inked.iter().skip(1));
        let has_choice = if is_cut {
            // Between two Han characters there is always a place.
            let is_han = |g: &str| g.starts_with(is_han);
            places.any(|(before, after)| is_han(before) && is_han(after))
        } else {
            places.any(|(before, after)| !is_forbidden(before, after))
        };
        match (has_choice, is_cut) {
            (true, _) => {
                println!("{cells}: {:?} | {:?}", part(row.clone()), part(next.clone()));
                count.violations += 1;
            }
            (false, true) => count.cuts += 1,
            (false, false) => count.forced += 1,
        }
    }
    count
}

/// Sets every Chinese paragraph, as it is shown with and without typesetting, at each of `widths`.
fn set_corpus(widths: &[usize]) {
    let Some(folder) = corpus::corpus() else { return };
    let texts = corpus::texts(&folder);
    let lines: BTreeSet<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    let texts: BTreeSet<String> = lines
        .into_iter()
        .filter(|text| has_han(text))
        .flat_map(|text| [show, typeset].map(|set| set(&clean_body(text.to_owned()))))
        .collect();
    let of_width = |cells: &usize| texts.iter().map(|t| count(t, *cells)).fold(Count::default(), Count::add);
    let counts: Vec<Count> = widths.par_iter().map(of_width).collect();
    for (cells, count) in
        widths.iter().zip(&counts).filter(|(cells, _)| [8, 12, 20, 40, 72, 200].contains(*cells))
    {
        println!("{cells} cells: {count:?}");
    }
    let all = counts.into_iter().fold(Count::default(), Count::add);
    println!("{} paragraphs at {} widths: {all:?}", texts.len(), widths.len());
    assert_eq!((all.unlawful, all.violations), (0, 0));
    assert!(all.forced * ROWS_PER_EMERGENCY <= all.rows);
}

#[test]
fn real_digests_keep_the_rules() {
    set_corpus(&[8, 36, 72, 200]);
}

#[test]
#[ignore = "takes minutes; run it with --release"]
fn real_digests_keep_the_rules_at_every_width() {
    set_corpus(&(8..=200).collect::<Vec<_>>());
}
