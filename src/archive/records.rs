use std::ops::Range;

use super::source;
use crate::import;
pub use crate::import::{long_texts, read_text};
use crate::model::{Date, Listed, Paper, SourceRef};

/// The papers of a native digest that is the only source of its cell, read one by one.
#[derive(Debug)]
pub struct Records<'b> {
    bytes: &'b [u8],
    /// The file's name, as its parser has it.
    name: String,
    date: Date,
    places: Vec<Range<usize>>,
}

impl<'b> Records<'b> {
    /// Finds the papers in the bytes of the file; none where it is no native digest, or not a sound one as far as that
    /// shows. O(bytes), some gigabytes a second.
    #[must_use]
    pub fn of(what: &Listed, bytes: &'b [u8]) -> Option<Self> {
        let [SourceRef::File(path)] = what.sources.as_slice() else { return None };
        let name = source::native_name(&path.to_path(), bytes)?;
        Some(Self { bytes, name, date: what.date, places: import::records(bytes)? })
    }

    /// The number of papers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// True when there is no paper in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The bytes of a paper.
    #[must_use]
    pub fn bytes(&self, index: usize) -> &'b [u8] {
        self.places.get(index).and_then(|place| self.bytes.get(place.clone())).unwrap_or_default()
    }

    /// Reads a paper as [`load`](super::load()) does; none where its record is not as it should be. O(its bytes).
    #[must_use]
    pub fn read(&self, index: usize) -> Option<Paper> {
        import::read_record(self.bytes(index), index, self.date, &self.name)
    }
}
