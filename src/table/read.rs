use std::hash::Hasher as _;
use std::io;
use std::ops::Range;

use twox_hash::XxHash3_64;

use super::digest_row::DigestRow;
use super::image::{DIGEST, Damage, HEADER, Header, SOURCE};
use super::print::sum;
use super::row::Row;

/// Bytes that are read at a time.
const AT_ONCE: usize = 64 << 10;

/// An image that is read. Whatever its bytes are, reading them ends, and finds texts and numbers or nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table<'a> {
    pub(super) image: &'a [u8],
    header: Header,
    digests: &'a [u8],
    pub(super) sources: &'a [u8],
    pub(super) names: &'a [u8],
}

impl<'a> Table<'a> {
    /// Looks at the header and the tables, not at the rows: see [`DigestRow::is_sound`]. O(digests).
    ///
    /// # Errors
    /// Names the damage, of whatever kind: the image is to be made again.
    pub fn open(image: &'a [u8]) -> Result<Self, Damage> {
        let (table, tables) = Self::read(image)?;
        if sum(tables) == table.header.tables_sum { Ok(table) } else { Err(Damage::Sum) }
    }

    /// Looks at a file's image of `len` bytes as [`open`](Self::open) does, some at a time: `read` reads as many as there is
    /// room for, from a place on.
    ///
    /// # Errors
    /// Those of `read`, and any damage.
    pub fn check(len: u64, mut read: impl FnMut(&mut [u8], u64) -> io::Result<()>) -> io::Result<()> {
        let mut header = [0; HEADER];
        read(&mut header, 0)?;
        let header = Header::read(&header).map_err(io::Error::other)?;
        if header.len != len || header.tables_at > len {
            return Err(io::Error::other(Damage::Length));
        }
        let (mut sum, mut at, mut bytes) = (XxHash3_64::new(), header.tables_at, vec![0; AT_ONCE]);
        while at < len {
            let some = bytes.get_mut(..AT_ONCE.min((len - at) as usize)).unwrap_or_default();
            read(some, at)?;
            sum.write(some);
            at += some.len() as u64;
        }
        if sum.finish() == header.tables_sum { Ok(()) } else { Err(io::Error::other(Damage::Sum)) }
    }

    /// Opens an image that was opened before; empty where that failed. O(1).
    #[must_use]
    pub fn reopen(image: &'a [u8]) -> Self {
        Self::read(image).map(|(table, _)| table).unwrap_or_default()
    }

    fn read(image: &'a [u8]) -> Result<(Self, &'a [u8]), Damage> {
        let header = Header::read(image)?;
        if header.len != image.len() as u64 {
            return Err(Damage::Length);
        }
        let at = usize::try_from(header.tables_at).map_err(|_| Damage::Length)?;
        let tables = image.get(at..).filter(|_| at >= HEADER).ok_or(Damage::Length)?;
        let cut = |bytes: &'a [u8], count: u32, size: usize| {
            (count as usize).checked_mul(size).and_then(|len| bytes.split_at_checked(len))
        };
        let (digests, rest) = cut(tables, header.digests, DIGEST).ok_or(Damage::Length)?;
        let (sources, names) = cut(rest, header.sources, SOURCE).ok_or(Damage::Length)?;
        Ok((Self { image, header, digests, sources, names }, tables))
    }

    /// The number of papers.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.header.rows
    }

    /// True when there is no paper in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of digests.
    #[must_use]
    pub fn digest_count(&self) -> u32 {
        self.header.digests
    }

    /// The digests: newest first, by category within a date.
    #[must_use]
    pub fn digests(&self) -> impl DoubleEndedIterator<Item = DigestRow<'a>> + ExactSizeIterator + use<'a> {
        let table = *self;
        let count = self.digests.len() / DIGEST;
        (0..count).map(move |d| table.digest_at(d))
    }

    /// The digest at this place.
    #[must_use]
    pub fn digest(&self, at: u32) -> Option<DigestRow<'a>> {
        (at < self.header.digests).then(|| self.digest_at(at as usize))
    }

    /// The paper at this place, counted over all digests. O(log digests).
    #[must_use]
    pub fn row(&self, at: u32) -> Option<Row<'a>> {
        let (mut low, mut high) = (0, self.digest_count());
        while low < high {
            let middle = low.midpoint(high);
            let Range { start, end } = self.digest(middle)?.range();
            if at < start {
                high = middle;
            } else if at >= end {
                low = middle + 1;
            } else {
                return self.digest(middle)?.row(at - start);
            }
        }
        None
    }

    fn digest_at(&self, at: usize) -> DigestRow<'a> {
        let entry = self.digests.get(at * DIGEST..).unwrap_or_default();
        DigestRow::new(*self, at as u32, entry)
    }
}
