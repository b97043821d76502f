use std::hash::Hasher as _;
use std::io;
use std::ops::Range;

use twox_hash::XxHash3_64;

use super::digest_row::DigestRow;
use super::image::{DIGEST, Damage, HEADER, Header};
use super::print::sum;
use super::row::Row;
use super::span::Span;

/// Bytes that are read at a time.
const AT_ONCE: usize = 64 << 10;

/// An image that is read, or some digests of it. Whatever its bytes are, reading them ends, and finds texts and numbers or
/// nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table<'a> {
    pub(super) header: Header,
    pub(super) digests: Span<'a>,
    pub(super) heads: Heads<'a>,
    /// What blocks are in: the image, for they are found by their places in it.
    pub(super) blocks: Span<'a>,
}

/// What entries of digests point to, but for their rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heads<'a> {
    pub(super) sources: Span<'a>,
    pub(super) names: &'a [u8],
    pub(super) paths: Span<'a>,
}

impl<'a> Table<'a> {
    /// Looks at the header and the tables, not at the rows: see [`DigestRow::is_sound`]. O(digests).
    ///
    /// # Errors
    /// Names the damage, of whatever kind: the image is to be made again.
    pub fn open(image: &'a [u8]) -> Result<Self, Damage> {
        let header = Header::of(image, image.len() as u64)?;
        let tables = usize::try_from(header.tables_at).ok().and_then(|at| image.get(at..));
        let is_sound = sum(tables.unwrap_or_default()) == header.tables_sum;
        if is_sound { Ok(Self::reopen(header, image)) } else { Err(Damage::Sum) }
    }

    /// Looks at a file's image of `len` bytes as [`open`](Self::open) does, some at a time: `read` reads as many as there is
    /// room for, from a place on.
    ///
    /// # Errors
    /// Those of `read`, and any damage.
    pub fn check(len: u64, mut read: impl FnMut(&mut [u8], u64) -> io::Result<()>) -> io::Result<Header> {
        let mut header = vec![0; HEADER.min(usize::try_from(len).unwrap_or(HEADER))];
        read(&mut header, 0)?;
        let header = Header::of(&header, len).map_err(io::Error::other)?;
        let (mut sum, mut at, mut bytes) = (XxHash3_64::new(), header.tables_at, vec![0; AT_ONCE]);
        while at < len {
            let some = bytes.get_mut(..AT_ONCE.min((len - at) as usize)).unwrap_or_default();
            read(some, at)?;
            sum.write(some);
            at += some.len() as u64;
        }
        if sum.finish() == header.tables_sum { Ok(header) } else { Err(io::Error::other(Damage::Sum)) }
    }

    /// Opens an image that was opened before without looking at it. O(1).
    #[must_use]
    pub fn reopen(header: Header, image: &'a [u8]) -> Self {
        let run = |place: Range<u64>| {
            let [start, end] = [place.start, place.end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
            image.get(start..end).unwrap_or_default()
        };
        let [digests, sources, names, paths] = header.tables().unwrap_or_default().map(run);
        let heads = Heads { sources: Span::whole(sources), names, paths: Span::whole(paths) };
        Self { header, digests: Span::whole(digests), heads, blocks: Span::whole(image) }
    }

    /// The number of papers of the image.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.header.rows
    }

    /// True when there is no paper in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of digests of the image.
    #[must_use]
    pub fn digest_count(&self) -> u32 {
        self.header.digests
    }

    /// The digests that are there: newest first, by category within a date.
    #[must_use]
    pub fn digests(&self) -> impl DoubleEndedIterator<Item = DigestRow<'a>> + ExactSizeIterator + use<'a> {
        let table = *self;
        self.digests.entries(DIGEST).map(move |at| table.digest_at(at))
    }

    /// The digest at this place.
    #[must_use]
    pub fn digest(&self, at: u32) -> Option<DigestRow<'a>> {
        self.digests.entries(DIGEST).contains(&(at as usize)).then(|| self.digest_at(at as usize))
    }

    /// The paper at this place, counted over all digests. O(log digests).
    #[must_use]
    pub fn row(&self, at: u32) -> Option<Row<'a>> {
        let Range { start: mut low, end: mut high } = self.digests.entries(DIGEST);
        while low < high {
            let middle = low.midpoint(high);
            let digest = self.digest_at(middle);
            let Range { start, end } = digest.range();
            if at < start {
                high = middle;
            } else if at >= end {
                low = middle + 1;
            } else {
                return digest.row(at - start);
            }
        }
        None
    }

    fn digest_at(&self, at: usize) -> DigestRow<'a> {
        DigestRow::new(self, at as u32, self.digests.entry(at, DIGEST))
    }
}
