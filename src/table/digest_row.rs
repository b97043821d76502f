use std::borrow::Cow;
use std::ops::Range;

use super::bytes::{u16_at, u32_at, u64_at};
use super::form::text;
use super::image::{COLUMNS, NONE, SOURCE};
use super::print::sum;
use super::read::{Heads, Table};
use super::row::{Columns, Row};
use super::span::Span;
use super::write::{Block, path_of};
use crate::model::{Date, Listed, SourceRef, Stamp};

/// A digest of the table.
#[derive(Clone, Copy, Debug)]
pub struct DigestRow<'a> {
    heads: Heads<'a>,
    at: u32,
    entry: &'a [u8],
    block: &'a [u8],
    rows: u32,
}

/// A file that a digest was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceRow<'a> {
    /// Its path, in the bytes of the system; of the sample, the name.
    pub path: &'a [u8],
    /// Its version when it was listed.
    pub stamp: Stamp,
}

impl<'a> DigestRow<'a> {
    pub(super) fn new(table: &Table<'a>, at: u32, entry: &'a [u8]) -> Self {
        let place = |at| u64_at(entry, at).and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        let block = place(48).checked_add(place(56)).and_then(|end| table.blocks.get(place(48)..end));
        let block = block.unwrap_or_default();
        // A block that is too short for its rows has none.
        let rows = u32_at(entry, 12).filter(|n| *n as usize <= block.len() / COLUMNS).unwrap_or_default();
        Self { heads: table.heads, at, entry, block, rows }
    }

    /// Its place among the digests.
    #[must_use]
    pub fn at(&self) -> u32 {
        self.at
    }

    /// The day.
    #[must_use]
    pub fn date(&self) -> Date {
        date_of(self.entry)
    }

    /// The category as the digest itself has it, clean.
    #[must_use]
    pub fn category(&self) -> Option<&'a str> {
        self.name(32)
    }

    /// The category as the listing has it.
    #[must_use]
    pub fn listed_category(&self) -> Option<&'a str> {
        self.name(24)
    }

    /// The places of its papers among all rows of the table.
    #[must_use]
    pub fn range(&self) -> Range<u32> {
        let first = u32_at(self.entry, 8).unwrap_or_default();
        first..first.saturating_add(self.rows)
    }

    /// The number of its papers.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.rows
    }

    /// True when it has no paper.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Bytes with those of all pieces of all rows among them: what is not in these is in no piece.
    #[must_use]
    pub fn text(&self) -> &'a [u8] {
        self.block
    }

    /// Its papers, in the order of the digest.
    #[must_use]
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'a>> + ExactSizeIterator + use<'a> {
        let (digest, columns) = (*self, self.columns());
        (0..self.rows as usize).map(move |i| columns.row(digest, i))
    }

    /// The paper at this place of the digest.
    #[must_use]
    pub fn row(&self, index: u32) -> Option<Row<'a>> {
        (index < self.rows).then(|| self.columns().row(*self, index as usize))
    }

    /// The files it was read from.
    #[must_use]
    pub fn sources(&self) -> impl ExactSizeIterator<Item = SourceRow<'a>> + use<'a> {
        let [first, count] = [16, 20].map(|at| u32_at(self.entry, at).unwrap_or_default() as usize);
        let (heads, there) = (self.heads, self.heads.sources.entries(SOURCE));
        let first = first.clamp(there.start, there.end);
        (first..first + count.min(there.end - first)).map(move |i| {
            let entry = heads.sources.entry(i, SOURCE);
            SourceRow {
                path: name(heads.paths, entry, 0).unwrap_or_default(),
                stamp: Stamp {
                    modified_ns: u64_at(entry, 8).unwrap_or_default().cast_signed(),
                    len: u64_at(entry, 16).unwrap_or_default(),
                },
            }
        })
    }

    /// Says whether it was made of these very files in these versions, and need not be read again. O(sources).
    #[must_use]
    pub fn is_of(&self, listed: &Listed) -> bool {
        let is_same = |(i, (row, source)): (usize, (SourceRow, &SourceRef))| match source {
            // A version that could not be told is any.
            SourceRef::File(_) => {
                row.path == path_of(source)
                    && row.stamp != Stamp::default()
                    && listed.sources.stamps().get(i) == Some(&row.stamp)
            }
            SourceRef::Sample(_) => row.path == path_of(source),
        };
        u32_at(self.entry, 4) == Some(0)
            && self.date() == listed.date
            && self.listed_category() == listed.category.as_deref()
            && self.sources().len() == listed.sources.len()
            && self.sources().zip(&listed.sources).enumerate().all(is_same)
    }

    /// Says whether its rows are as they were written. O(bytes of the rows).
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.block(self.block).is_some()
    }

    /// Where its rows stand in the image, in bytes.
    #[must_use]
    pub fn place(&self) -> Range<u64> {
        let [at, len] = [48, 56].map(|at| u64_at(self.entry, at).unwrap_or_default());
        at..at.saturating_add(len)
    }

    /// Makes a block of its rows, to be taken over into another image; none where `bytes`, those at [`Self::place`], are
    /// not what was written. O(bytes).
    #[must_use]
    pub fn block<'b>(&self, bytes: impl Into<Cow<'b, [u8]>>) -> Option<Block<'b>> {
        let (bytes, said) = (bytes.into(), u64_at(self.entry, 64));
        let block = Block {
            category: self.category().map(|c| c.to_owned().into()),
            rows: self.rows,
            sum: sum(&bytes),
            bytes,
        };
        (u32_at(self.entry, 12) == Some(self.rows) && said == Some(block.sum)).then_some(block)
    }

    fn columns(&self) -> Columns<'a> {
        Columns::new(self.block, self.rows as usize)
    }

    fn name(&self, at: usize) -> Option<&'a str> {
        name(Span::whole(self.heads.names), self.entry, at).map(text)
    }
}

/// The day at the beginning of an entry.
pub(super) fn date_of(entry: &[u8]) -> Date {
    let year = u16_at(entry, 0).unwrap_or_default().cast_signed();
    let [month, day] = [2, 3].map(|at| entry.get(at).copied().unwrap_or_default().cast_signed());
    Date::new(year, month, day).unwrap_or_default()
}

fn name<'a>(names: Span<'a>, entry: &[u8], at: usize) -> Option<&'a [u8]> {
    let (from, len) = (u32_at(entry, at)?, u32_at(entry, at + 4).filter(|len| *len != NONE)?);
    names.get(from as usize..(from as usize).checked_add(len as usize)?)
}
