use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::tz::TimeZone;

use super::clock;
use super::workers::Workers;
use crate::archive;
use crate::decisions::Decisions;
use crate::effect::Report;
use crate::model::{Date, Listed};
use crate::stats::{History, Portion};

/// The count of all days, on a thread of its own while there is one. It ends with this value.
#[derive(Default)]
pub(super) struct Statistics {
    /// Which count goes on; any other one stops. 0 is none.
    wanted: Arc<AtomicU64>,
}

impl Statistics {
    /// Counts these days in place of a count that is under way.
    pub(super) fn count(
        &self,
        workers: &Workers,
        generation: u64,
        days: Vec<(Date, Vec<Arc<Listed>>)>,
        decisions: Arc<Decisions>,
    ) {
        self.wanted.store(generation, Ordering::Relaxed);
        let wanted = Arc::clone(&self.wanted);
        // Without an index, or while it is made, digests are read.
        let index = workers.index();
        workers.aside(move |tell| {
            let history = History::of(&decisions, &TimeZone::system(), clock::now().wall_ms);
            // Held for longer, it would have to be copied before the next decision.
            drop(decisions);
            tell(Report::Statistics { generation, portion: Portion::History(Box::new(history)) });
            let goes_on = || wanted.load(Ordering::Relaxed) == generation;
            let mut tell = |portion| tell(Report::Statistics { generation, portion });
            archive::count(&days, index.as_deref(), &goes_on, &mut tell);
        });
    }

    /// Ends the count that is under way.
    pub(super) fn stop(&self) {
        self.wanted.store(0, Ordering::Relaxed);
    }
}

impl Drop for Statistics {
    fn drop(&mut self) {
        self.stop();
    }
}
