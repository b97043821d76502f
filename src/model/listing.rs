use std::path::PathBuf;

use super::{Date, Problem};

/// Where the bytes of a digest are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceRef {
    /// A file on disk.
    File(PathBuf),
    /// A digest of the sample archive inside the binary, by its `DATE/SLUG.json` name.
    Sample(&'static str),
}

/// A digest that was found but not read: one date and category, and the sources that make it up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listed {
    /// The day, from the folder's or the file's name or, failing those, from the file's head.
    pub date: Date,
    /// The category as far as it is known without reading: the file name of a native digest, the head of a capture.
    pub category: Option<String>,
    /// The sources of this cell, sorted.
    pub sources: Vec<SourceRef>,
}

/// What an archive holds, by names alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The digests: newest date first, then by category.
    pub digests: Vec<Listed>,
    /// What could not be read or is not a digest.
    pub problems: Vec<Problem>,
}
