use std::io;
use std::ops::Range;

use super::bytes::{u32_at, u64_at};
use super::digest_row::date_of;
use super::image::{DIGEST, Damage, Header, SOURCE};
use super::read::{Heads, Table};
use super::span::Span;
use crate::model::Date;

/// Some digests of an image that are next to each other, copied out of it.
#[derive(Clone, Debug, Default)]
pub struct Excerpt {
    header: Header,
    digests: Bytes,
    sources: Bytes,
    names: Bytes,
    paths: Bytes,
    blocks: Bytes,
}

/// A stretch of a run of bytes, and where in it that begins.
#[derive(Clone, Debug, Default)]
struct Bytes(usize, Vec<u8>);

/// Reads bytes of the image, as many as there is room for, from a place on.
type Read<'a> = &'a mut dyn FnMut(&mut [u8], u64) -> io::Result<()>;

impl Excerpt {
    /// Copies up to `count` digests in place of those that were here, from the one at `from` on: as many as have fewer bytes
    /// of rows than `most`, but one. With none, they come without rows.
    ///
    /// # Errors
    /// Those of `read`, and where the image is not as its header says; there are no digests here then.
    pub fn read(
        &mut self,
        header: Header,
        from: u32,
        (count, most): (u32, Option<u64>),
        read: Read,
    ) -> io::Result<()> {
        self.header = Header::default();
        let [of_digests, of_sources, of_names, of_paths] = header.tables().ok_or_else(damage)?;
        let to = header.digests.min(from.saturating_add(count));
        let Self { digests, sources, names, paths, blocks, .. } = self;
        digests.read(&of_digests, entry(from)..entry(to), read)?;
        if let Some(most) = most {
            digests.keep(most);
        }
        let hull = digests.hull(DIGEST, |entry| {
            let first = number(entry, 16) * SOURCE as u64;
            first..first + number(entry, 20) * SOURCE as u64
        });
        sources.read(&of_sources, hull, read)?;
        let hull = sources.hull(SOURCE, |entry| number(entry, 0)..number(entry, 0) + number(entry, 4));
        paths.read(&of_paths, hull, read)?;
        names.read(&of_names, 0..of_names.end - of_names.start, read)?;
        let hull = most.map(|_| digests.hull(DIGEST, block)).unwrap_or_default();
        blocks.read(&(0..header.len), hull, read)?;
        self.header = header;
        Ok(())
    }

    /// Copies the digests of a day with their rows, as far as they are next to each other.
    ///
    /// # Errors
    /// Those of `read`, and where the image is not as its header says.
    pub fn of_date(header: Header, date: Date, read: Read) -> io::Result<Self> {
        let [of_digests, ..] = header.tables().ok_or_else(damage)?;
        let mut first = |is_behind: fn(Date, Date) -> bool| {
            let (mut low, mut high) = (0, header.digests);
            while low < high {
                let (middle, mut bytes) = (low.midpoint(high), [0; 4]);
                read(&mut bytes, of_digests.start + entry(middle))?;
                if is_behind(date_of(&bytes), date) { low = middle + 1 } else { high = middle }
            }
            io::Result::Ok(low)
        };
        let (from, to) = (first(|other, date| other > date)?, first(|other, date| other >= date)?);
        let mut excerpt = Self::default();
        excerpt.read(header, from, (to.saturating_sub(from), Some(u64::MAX)), read)?;
        Ok(excerpt)
    }

    /// The digests, at their places in the image.
    #[must_use]
    pub fn table(&self) -> Table<'_> {
        if self.header == Header::default() {
            return Table::default();
        }
        Table {
            header: self.header,
            digests: self.digests.span(),
            heads: Heads { sources: self.sources.span(), names: &self.names.1, paths: self.paths.span() },
            blocks: self.blocks.span(),
        }
    }
}

impl Bytes {
    /// Reads a stretch of the run that stands in the image at `run`.
    fn read(&mut self, run: &Range<u64>, stretch: Range<u64>, read: Read) -> io::Result<()> {
        let is_in = stretch.start <= stretch.end && stretch.end <= run.end - run.start;
        if !is_in {
            return Err(damage());
        }
        self.0 = usize::try_from(stretch.start).map_err(io::Error::other)?;
        self.1.resize(usize::try_from(stretch.end - stretch.start).map_err(io::Error::other)?, 0);
        if self.1.is_empty() { Ok(()) } else { read(&mut self.1, run.start + stretch.start) }
    }

    /// Of digests, keeps the first ones, all but one of which have fewer bytes of rows than `most`.
    fn keep(&mut self, most: u64) {
        let mut bytes = 0_u64;
        let fits = |entry: &&[u8]| {
            let goes_on = bytes < most;
            let place = block(entry);
            bytes = bytes.saturating_add(place.end - place.start);
            goes_on
        };
        let count = self.1.chunks_exact(DIGEST).take_while(fits).count();
        self.1.truncate(count * DIGEST);
    }

    /// The stretch of another run that all entries of this one point into.
    fn hull(&self, size: usize, place: impl Fn(&[u8]) -> Range<u64>) -> Range<u64> {
        let places = self.1.chunks_exact(size).map(place).filter(|place| !place.is_empty());
        places.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or_default()
    }

    fn span(&self) -> Span<'_> {
        Span::new(self.0, &self.1)
    }
}

/// Where the entry of a digest begins.
fn entry(at: u32) -> u64 {
    u64::from(at) * DIGEST as u64
}

/// Where the rows of a digest stand.
fn block(entry: &[u8]) -> Range<u64> {
    let [at, len] = [48, 56].map(|at| u64_at(entry, at).unwrap_or_default());
    at..at.saturating_add(len)
}

fn number(entry: &[u8], at: usize) -> u64 {
    u64::from(u32_at(entry, at).unwrap_or_default())
}

fn damage() -> io::Error {
    io::Error::other(Damage::Length)
}
