use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::sync::Arc;

use crate::archive;
use crate::model::{Listed, Shared, SourceRef, Sources, Stamp};
use crate::table::DigestRow;

/// What to read for a digest of the table.
pub(super) fn listed(digest: DigestRow) -> Listed {
    let (date, category) = (digest.date(), digest.listed_category().map(Shared::from));
    let file = |path: &[u8]| SourceRef::File(OsStr::from_bytes(path).into());
    let sources = digest.sources().map(|s| file(s.path)).collect();
    let stamps: Vec<Stamp> = digest.sources().map(|s| s.stamp).collect();
    // Digests of the sample have no versions, and names that look like paths.
    let of_sample = || {
        let name = |s: &SourceRef| if let SourceRef::Sample(name) = s { name.as_bytes() } else { &[] };
        let is_it = |l: &&Arc<Listed>| l.sources.iter().map(name).eq(digest.sources().map(|s| s.path));
        archive::sample().digests.iter().find(is_it).cloned()
    };
    let may_be_sample = stamps.iter().all(|s| *s == Stamp::default());
    let sample = if may_be_sample { of_sample() } else { None };
    sample.map_or(Listed { date, category, sources: Sources::new(sources, stamps) }, |l| (*l).clone())
}
