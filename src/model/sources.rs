use std::ops::Deref;
use std::slice;

use super::{SourceRef, Stamp};

/// The sources of a digest and their versions. Nearly all digests have one source, and an archive has tens of thousands of
/// them: so one needs no list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sources(Kept);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kept {
    One(SourceRef, Stamp),
    Several(Box<(Vec<SourceRef>, Vec<Stamp>)>),
}

impl Sources {
    /// Takes the only source and its version.
    #[must_use]
    pub fn one(source: SourceRef, stamp: Stamp) -> Self {
        Self(Kept::One(source, stamp))
    }

    /// Takes sources and, in the same order, their versions; fewer versions, or none, for those that never change.
    #[must_use]
    pub fn new(mut sources: Vec<SourceRef>, stamps: Vec<Stamp>) -> Self {
        if let ([_], [stamp]) = (sources.as_slice(), stamps.as_slice())
            && let Some(source) = sources.pop()
        {
            return Self::one(source, *stamp);
        }
        Self(Kept::Several(Box::new((sources, stamps))))
    }

    /// The sources.
    #[must_use]
    pub fn as_slice(&self) -> &[SourceRef] {
        match &self.0 {
            Kept::One(source, _) => slice::from_ref(source),
            Kept::Several(several) => &several.0,
        }
    }

    /// Their versions.
    #[must_use]
    pub fn stamps(&self) -> &[Stamp] {
        match &self.0 {
            Kept::One(_, stamp) => slice::from_ref(stamp),
            Kept::Several(several) => &several.1,
        }
    }
}

impl Default for Sources {
    fn default() -> Self {
        Self::new(Vec::new(), Vec::new())
    }
}

impl Deref for Sources {
    type Target = [SourceRef];

    fn deref(&self) -> &[SourceRef] {
        self.as_slice()
    }
}

impl<'a> IntoIterator for &'a Sources {
    type Item = &'a SourceRef;
    type IntoIter = slice::Iter<'a, SourceRef>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}
