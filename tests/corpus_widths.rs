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
use wenzhai::text::{clean_body, graphemes, has_han, show, typeset, width, wrap};

/// What no row starts and ends with, written down apart from the code under test.
const NEVER_STARTS: &str = "。，、；：？！）】」』》〉〕”’…％·～々ーッャュョァィゥェォ,.;:!?)]}%-";
const NEVER_ENDS: &str = "（【「『《〈〔“‘([{";
/// Rows per break that could not keep the rules.
const ROWS_PER_EMERGENCY: usize = 1_000;

/// Cells that a pane of the program has at least.
const READABLE: usize = 20;

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
    /// Row ends inside a word, a number or an address that is longer than a row, and has no other way.
    cuts: usize,
    /// Those where the parts of a compound meet (`DeepThing`, `ResNet50`).
    seams: usize,
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
            seams: self.seams + more.seams,
        }
    }
}

/// Says whether T8 or T9 forbids a row to end with `before` and the next to start with `after`.
fn is_forbidden(before: &str, after: &str) -> bool {
    after.starts_with(|c| NEVER_STARTS.contains(c))
        || before.starts_with(|c| NEVER_ENDS.contains(c))
        || (before.starts_with('—') && after.starts_with('—'))
}

/// Says whether a piece is cut before the `at`th of these characters: a word with the slash or so that ends it, `C++`, a
/// command, or a number, in half width or full.
fn is_one_piece(text: &[&str], at: usize) -> bool {
    let is = |at: Option<usize>, wanted: fn(char) -> bool| {
        at.and_then(|at| text.get(at)).is_some_and(|g| g.starts_with(wanted))
    };
    let (that, before, after) = (at.checked_sub(2), at.checked_sub(1), Some(at));
    let (latin, full) =
        (|c: char| c.is_alphanumeric() && c < '\u{2e80}', |c: char| ('０'..='９').contains(&c));
    let digit = |c: char| c.is_ascii_digit();
    let joins = |c: char| matches!(c, '+' | '/' | '_' | '=' | '&' | '#');
    (is(before, latin) && (is(after, latin) || is(after, joins)))
        || (is(before, |c| c == '+') && is(after, |c| c == '+'))
        || (is(before, |c| c == '\\') && is(after, latin))
        || (is(before, full) && is(after, full))
        || (is(that, digit) && is(before, |c| matches!(c, '.' | ',')) && is(after, digit))
}

/// Says whether the parts of a compound meet between these.
fn is_seam(before: &str, after: &str) -> bool {
    let is = |s: &str, wanted: fn(char) -> bool| s.starts_with(wanted);
    (is(before, |c| c.is_ascii_lowercase()) && is(after, |c| c.is_ascii_uppercase()))
        || (is(before, |c| c.is_ascii_alphabetic()) && is(after, |c| c.is_ascii_digit()))
}

/// Cells of what no rule lets a row end in, around the place before the `at`th of these characters.
fn unit(text: &[&str], at: usize) -> usize {
    let is_open = |at: usize| {
        let last = text.get(..at).and_then(|head| head.iter().rposition(|g| *g != " "));
        let (Some(last), Some(after)) = (last, text.get(at)) else { return true };
        let before = text.get(last).copied().unwrap_or_default();
        let is_joined = last + 1 == at && is_one_piece(text, at);
        *after != " " && !is_joined && !is_forbidden(before, after)
    };
    let start = (0..at).rev().find(|at| is_open(*at)).unwrap_or(0);
    let end = (at + 1..=text.len()).find(|at| is_open(*at)).unwrap_or(text.len());
    width(text.get(start..end).unwrap_or_default().concat().trim_end_matches(' '))
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
    let (starts, all): (Vec<usize>, Vec<&str>) = graphemes(text).unzip();
    for (row, next) in rows.iter().zip(rows.iter().skip(1)) {
        let place = starts.binary_search(&next.start).unwrap_or(starts.len());
        let is_cut = row.end == next.start && is_one_piece(&all, place);
        let inked: Vec<&str> = graphemes(part(row.clone())).map(|(_, g)| g).filter(|g| *g != " ").collect();
        let before = inked.last().copied().unwrap_or_default();
        let after = all.get(place).copied().unwrap_or_default();
        if !is_cut && !is_forbidden(before, after) {
            continue;
        }
        let has_choice = if is_cut {
            // Of what would have had a row of its own, nothing is cut.
            unit(&all, place) <= cells
        } else {
            let mut places = inked.iter().zip(inked.iter().skip(1));
            places.any(|(before, after)| !is_forbidden(before, after))
        };
        match (has_choice, is_cut) {
            (true, _) => {
                println!("{cells}: {:?} | {:?}", part(row.clone()), part(next.clone()));
                count.violations += 1;
            }
            (false, true) if is_seam(before, after) => count.seams += 1,
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
    let all = counts.iter().copied().fold(Count::default(), Count::add);
    println!("{} paragraphs at {} widths: {all:?}", texts.len(), widths.len());
    let wide = widths.iter().zip(&counts).filter(|(cells, _)| **cells >= READABLE);
    let wide = wide.map(|(_, count)| *count).fold(Count::default(), Count::add);
    println!("of {READABLE} cells and more: {wide:?}");
    assert_eq!((all.unlawful, all.violations), (0, 0));
    assert!((wide.forced + wide.cuts + wide.seams) * ROWS_PER_EMERGENCY <= wide.rows);
    let is_whole = widths.len() > 100;
    assert!(!is_whole || (all.forced + all.cuts) * ROWS_PER_EMERGENCY <= all.rows);
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
