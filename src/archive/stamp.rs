use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::model::Stamp;

/// Asks the file system for the version of a file or folder; none where there is no such thing, or no saying.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let meta = fs::metadata(path).ok()?;
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Some(Stamp { modified_ns: i64::try_from(since.as_nanos()).unwrap_or(i64::MAX), len: meta.len() })
}

/// How long ago this version was made; none for one of the future.
pub(super) fn age(stamp: Stamp) -> Option<Duration> {
    let made = UNIX_EPOCH + Duration::from_nanos(stamp.modified_ns.unsigned_abs());
    SystemTime::now().duration_since(made).ok()
}
