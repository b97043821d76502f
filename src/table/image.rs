use std::ops::Range;

use thiserror::Error;

use super::bytes::{u32_at, u64_at};
use super::print::sum;

/// The version of the format, and of the folding of what is in it. An image of any other one is made again.
pub const VERSION: u32 = 2;

pub(super) const MAGIC: [u8; 8] = *b"wenzhai\x1a";
/// Bytes of the header.
pub(super) const HEADER: usize = 80;
/// Bytes of a digest, and of a source.
pub(super) const DIGEST: usize = 72;
pub(super) const SOURCE: usize = 24;
/// Bytes of a row in the columns of its block.
pub(super) const COLUMNS: usize = 8 + 8 + 8 + 2 + 4;
/// Stands for the length of a name where there is none.
pub(super) const NONE: u32 = u32::MAX;

/// Why an image cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Damage {
    /// It does not begin like one.
    #[error("is no index")]
    NoIndex,
    /// It has another version.
    #[error("has version {0}, not {VERSION}")]
    Version(u32),
    /// It is shorter or longer than it says.
    #[error("has not the length that it names")]
    Length,
    /// Its checksums do not fit.
    #[error("is damaged")]
    Sum,
}

/// What stands at the beginning of an image: what is in it and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    pub(super) digests: u32,
    pub(super) sources: u32,
    pub(super) rows: u32,
    /// Where the tables begin, and what they sum up to.
    pub(super) tables_at: u64,
    pub(super) tables_sum: u64,
    /// Bytes of the whole image.
    pub(super) len: u64,
    /// Bytes of the names that recur.
    pub(super) names: u64,
}

impl Header {
    pub(super) fn to_bytes(self) -> [u8; HEADER] {
        let mut bytes = Vec::with_capacity(HEADER);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        for number in [self.digests, self.sources, self.rows] {
            bytes.extend(number.to_le_bytes());
        }
        for number in [self.tables_at, self.tables_sum, self.len, self.names] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.resize(HEADER - 8, 0);
        bytes.extend(sum(&bytes).to_le_bytes());
        let mut header = [0; HEADER];
        header.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        header
    }

    /// Reads the header of an image of `len` bytes.
    pub(super) fn of(image: &[u8], len: u64) -> Result<Self, Damage> {
        let header = Self::read(image)?;
        if header.len == len && header.tables().is_some() { Ok(header) } else { Err(Damage::Length) }
    }

    fn read(image: &[u8]) -> Result<Self, Damage> {
        if image.get(..MAGIC.len()) != Some(&MAGIC) {
            return Err(Damage::NoIndex);
        }
        let header = image.get(..HEADER).ok_or(Damage::Length)?;
        let (body, _) = header.split_at(HEADER - 8);
        match u32_at(header, 8) {
            Some(VERSION) => {}
            other => return Err(Damage::Version(other.unwrap_or_default())),
        }
        if u64_at(header, HEADER - 8) != Some(sum(body)) {
            return Err(Damage::Sum);
        }
        let small = |at| u32_at(header, at).unwrap_or_default();
        let big = |at| u64_at(header, at).unwrap_or_default();
        Ok(Self {
            digests: small(12),
            sources: small(16),
            rows: small(20),
            tables_at: big(24),
            tables_sum: big(32),
            len: big(40),
            names: big(48),
        })
    }

    /// Where digests, sources, recurring names and paths stand; none where that is not in the image.
    pub(super) fn tables(&self) -> Option<[Range<u64>; 4]> {
        let mut at = self.tables_at;
        let mut next = |len: u64| {
            let start = at;
            at = at.checked_add(len).filter(|end| *end <= self.len)?;
            Some(start..at)
        };
        let digests = next(u64::from(self.digests) * DIGEST as u64)?;
        let sources = next(u64::from(self.sources) * SOURCE as u64)?;
        let names = next(self.names)?;
        let paths = names.end..self.len;
        (digests.start >= HEADER as u64).then_some([digests, sources, names, paths])
    }
}
