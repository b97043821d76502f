use std::time::{SystemTime, UNIX_EPOCH};

use crate::state::Now;

/// Reads the clock.
pub(super) fn now() -> Now {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Now { wall_ms: i64::try_from(since.as_millis()).unwrap_or(i64::MAX) }
}
