use std::path::PathBuf;
use std::sync::Arc;

use super::{Date, FilePath, Problem, Shared, Sources};

/// Where the bytes of a digest are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceRef {
    /// A file on disk.
    File(FilePath),
    /// A digest of the sample archive inside the binary, by its `DATE/SLUG.json` name.
    Sample(&'static str),
}

impl SourceRef {
    /// The path of a file.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        match self {
            Self::File(path) => Some(path.to_path()),
            Self::Sample(_) => None,
        }
    }
}

/// What tells one version of a file from another without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stamp {
    /// When the file was changed last, in nanoseconds since 1970; 0 where that is not known.
    pub modified_ns: i64,
    /// Its length in bytes.
    pub len: u64,
}

impl Stamp {
    /// For how long a file counts as fresh, in milliseconds: more may be coming.
    pub const FRESH_MS: i64 = 60_000;

    /// Says whether the file was changed in the minute before `wall_ms`, in milliseconds since 1970.
    #[must_use]
    pub fn is_fresh_at(self, wall_ms: i64) -> bool {
        (0..Self::FRESH_MS).contains(&(wall_ms - self.modified_ns / 1_000_000))
    }
}

/// A digest that was found but not read: one date and category, and the sources that make it up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Listed {
    /// The day, from the folder's or the file's name or, failing those, from the file's head.
    pub date: Date,
    /// The category as far as it is known without reading: the file name of a native digest, the head of a capture.
    pub category: Option<Shared<str>>,
    /// The sources of this cell, sorted, and their versions.
    pub sources: Sources,
}

/// What an archive holds, by names alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The digests: newest date first, then by category. Of big archives there is one copy for all who need it.
    pub digests: Arc<[Arc<Listed>]>,
    /// What could not be read or is not a digest.
    pub problems: Vec<Problem>,
    /// Files that are still being written, and files, folders and roots that could not be read this time: what was
    /// known of the digests in them still holds.
    pub left: Vec<PathBuf>,
    /// Those of `left` that are whole archives.
    pub lost: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of half a million papers has 25,000, and they are in memory for as long as the reader runs.
    #[test]
    fn a_listed_digest_is_small() {
        assert_eq!(size_of::<Listed>(), 56);
    }
}
