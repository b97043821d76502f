//! How fast a slow line takes what is written.
//!
//! A line that is slower than the keys fills the kernel's buffer with frames that nobody wants to see any more, and the
//! latest one stands in line behind them for seconds. A write that had to wait for the line tells its pace; from then on
//! frames are held back until most of what is before them has gone out. Keys are read meanwhile, and the next frame shows
//! what has come of all of them.
//!
//! The kernel cannot be asked instead: of a pseudo-terminal Linux says that nothing is left to be sent (TIOCOUTQ is 0, and
//! tcdrain returns at once) while 20 KB wait for whoever carries them on.

use std::time::{Duration, Instant};

/// A write that takes so long has waited for the line: Linux lets a writer go on once its pseudo-terminal is all but
/// empty.
const WAITED: Duration = Duration::from_millis(400);
/// How much of the line a frame may have before it.
const SLACK: Duration = Duration::from_millis(200);
/// After so long without a write the line is empty.
const IDLE: Duration = Duration::from_secs(1);
/// After so long it may be another line, as far as one knows.
const FORGOTTEN: Duration = Duration::from_secs(10);
/// The slowest line that is reckoned with, in bytes a second: one that stood still goes on.
const SLOWEST: f64 = 1_000.0;

/// The pace of the line.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When the line was empty last, and what was written since.
    empty: Option<(Instant, u32)>,
    /// The end of the last write.
    last: Option<Instant>,
    /// Bytes a second, once it is known that the line is slow.
    rate: Option<f64>,
    /// When all that was written has gone out.
    free: Option<Instant>,
}

impl Pace {
    /// Takes note of a write.
    pub(super) fn wrote(&mut self, bytes: usize, begun: Instant, ended: Instant) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        if bytes == 0 {
            return;
        }
        let idle = self.last.map_or(FORGOTTEN, |last| begun.saturating_duration_since(last));
        self.last = Some(ended);
        if idle >= FORGOTTEN {
            (self.rate, self.free) = (None, None);
        }
        let (since, before) = self.empty.filter(|_| idle < IDLE).unwrap_or((begun, 0));
        let written = before.saturating_add(bytes);
        self.empty = Some((since, written));
        if ended.saturating_duration_since(begun) >= WAITED {
            let took = ended.saturating_duration_since(since).as_secs_f64();
            self.rate = Some((f64::from(written) / took).max(SLOWEST));
            self.free = None;
            self.empty = Some((ended, 0));
        }
        if let Some(rate) = self.rate {
            let before = self.free.unwrap_or(begun).max(begun);
            self.free = Some(before + Duration::from_secs_f64(f64::from(bytes) / rate));
        }
    }

    /// How long the next frame is better held back; none where it may go out now.
    pub(super) fn hold(&self, now: Instant) -> Option<Duration> {
        let left = self.free?.saturating_duration_since(now);
        left.checked_sub(SLACK).filter(|left| !left.is_zero())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_fast_line_is_never_held_back() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        for n in 0..1000 {
            let begun = start + MS * n * 33;
            pace.wrote(5000, begun, begun + MS * 2);
            assert_eq!(pace.hold(begun + MS * 2), None);
        }
    }

    #[test]
    fn a_slow_line_gets_what_it_can_take() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        // Seven frames stand in line; the eighth waits until they are through.
        for n in 0..7 {
            pace.wrote(2000, start + MS * n * 33, start + MS * n * 33);
        }
        let ended = start + MS * 8000;
        pace.wrote(2000, start + MS * 231, ended);
        // 16,000 bytes in eight seconds. One frame a second then, the last one sent as soon as it can be seen.
        assert!(pace.hold(ended).is_none());
        pace.wrote(2000, ended + MS * 10, ended + MS * 10);
        assert_eq!(pace.hold(ended + MS * 10).map(|d| d.as_millis()), Some(800));
        assert_eq!(pace.hold(ended + MS * 820), None);
        // A smaller frame leaves more room.
        pace.wrote(200, ended + MS * 2000, ended + MS * 2000);
        assert_eq!(pace.hold(ended + MS * 2000), None);
    }

    #[test]
    fn what_happened_once_is_forgotten() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        pace.wrote(2000, start, start + MS * 60_000);
        let hold = |pace: &Pace, at| pace.hold(start + MS * at);
        pace.wrote(2000, start + MS * 60_010, start + MS * 60_010);
        assert!(hold(&pace, 60_010).is_some_and(|d| d < MS * 2_000));
        pace.wrote(2000, start + MS * 80_000, start + MS * 80_000);
        assert_eq!(hold(&pace, 80_000), None);
    }
}
