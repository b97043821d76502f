use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::known::Known;
use super::work::is_over;
use crate::effect::{Hit, Snippet};
use crate::filter::{Answer, Line, Missing, Query};
use crate::model::Date;
use crate::table::{DigestRow, Part, Row, Table};

/// What the rows of the table say of a query.
pub(super) struct Rows {
    /// The hits, best first, equal ones in the order of the table: score, place among all rows.
    hits: Vec<(i32, u32)>,
    /// How many hits there are of each date.
    pub(super) days: BTreeMap<Date, usize>,
    /// The digests with papers that their texts decide about, in the order of the table.
    pub(super) open: Vec<u32>,
}

/// Looks at all rows, on all cores; none where it was stopped. 8 bytes of memory for each hit.
pub(super) fn look(
    table: Table,
    (query, in_texts): (&Query, bool),
    known: &Known,
    stop: &AtomicBool,
) -> Option<Rows> {
    let missing = if in_texts { Missing::default() } else { Missing::all() };
    let one = |at: u32| {
        let digest = table.digest(at).filter(|_| !is_over(stop))?;
        let (mut hits, mut is_open, is_apart) = (Vec::new(), false, query.is_apart_from(digest.text()));
        for row in digest.rows() {
            let of_paper = known.of(&row);
            match query.in_short(&of_paper.short(row), of_paper.facts, &missing) {
                Answer::Hit(score) => hits.push((i32::try_from(score).unwrap_or(i32::MAX), row.at())),
                Answer::Open => is_open = true,
                Answer::Never => {}
            }
            if is_open && is_apart {
                break;
            }
        }
        Some((at, digest.date(), hits, is_open))
    };
    let found: Vec<_> = (0..table.digest_count()).into_par_iter().filter_map(one).collect();
    if is_over(stop) {
        return None;
    }
    let (mut days, mut open) = (BTreeMap::new(), Vec::new());
    let mut hits = Vec::with_capacity(found.iter().map(|(_, _, hits, _)| hits.len()).sum());
    for (at, date, of_digest, is_open) in found {
        if !of_digest.is_empty() {
            *days.entry(date).or_default() += of_digest.len();
        }
        hits.extend(of_digest);
        open.extend(is_open.then_some(at));
    }
    Some(Rows { hits, days, open })
}

impl Rows {
    /// How many hits there are.
    pub(super) fn total(&self) -> usize {
        self.hits.len()
    }

    /// Makes the best `most` hits, best first; equal ones newest first. O(hits) and O(most log most).
    pub(super) fn best(&mut self, table: Table, query: &Query, most: usize) -> Vec<Hit> {
        let order = |&(score, at): &(i32, u32)| (Reverse(score), at);
        if let Some(last) = most.checked_sub(1).filter(|last| *last < self.hits.len()) {
            self.hits.select_nth_unstable_by_key(last, order);
        }
        self.hits.truncate(most);
        self.hits.par_sort_unstable_by_key(order);
        let made = |row: Row| {
            let hit = hit(row);
            Hit { snippet: why(row, query, &hit.title), ..hit }
        };
        self.hits.par_iter().filter_map(|(_, at)| table.row(*at)).map(made).collect()
    }
}

/// Makes a hit of a row.
pub(super) fn hit(row: Row) -> Hit {
    let digest: DigestRow = row.digest();
    let (first, last, authors) = row.authors();
    let names = [Some(first).filter(|_| authors > 0), last];
    Hit {
        date: digest.date(),
        category: digest.category().map(str::to_owned),
        index: row.index(),
        identity: row.identity(),
        id: row.id().into_owned(),
        title: row.title().into_owned(),
        authors: names.into_iter().flatten().map(Cow::into_owned).collect(),
        snippet: None,
    }
}

/// The first of the short texts with something of the query in it; none where that is the title. Only the translated title
/// is there as published, the others are folded.
fn why(row: Row, query: &Query, title: &str) -> Option<Snippet> {
    if !query.highlight(Line::Title, title).is_empty() {
        return None;
    }
    let title_zh = row.title_zh();
    let others = row.pieces().filter(|p| matches!(p.part, Part::Gist | Part::Keyword | Part::Author));
    title_zh.as_deref().into_iter().chain(others.map(|p| p.text)).find_map(|text| {
        let hits = query.highlight(Line::Gist, text);
        (!hits.is_empty()).then(|| Snippet { text: text.to_owned(), hits })
    })
}
