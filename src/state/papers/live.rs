//! Filtering a list that is too long for it to be done at once: asked for, and taken bit by bit as it comes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Papers, Place, narrow};
use crate::effect::{Effect, Filtering, Remarks, SlotId};
use crate::state::Library;

/// Papers up to which a list is filtered at once.
const AT_ONCE: usize = 20_000;

/// How the filter of a long list stands.
#[derive(Clone, Debug)]
pub(super) struct Live {
    /// Papers up to which a list is filtered at once.
    most: usize,
    generation: u64,
    /// True when what was asked for last may not be what is wanted now.
    is_due: bool,
    /// True until the last answer to it is here.
    is_running: bool,
    asked: Option<Arc<Filtering>>,
    /// The digests of the list and their versions.
    digests: Vec<(SlotId, u64)>,
    /// The hits of the latest answer, best first; none before the first.
    pub(super) found: Option<Vec<usize>>,
    /// Where the cursor is to go with the answer, unless it is moved before.
    aim: Option<Aim>,
}

/// Where the cursor is to go.
#[derive(Clone, Copy, Debug)]
struct Aim {
    /// Where it is. Once it is elsewhere, the user has moved it.
    from: Option<Place>,
    /// The paper it goes to, if that is a hit; none for the best hit.
    to: Option<Place>,
}

/// What becomes of the cursor when hits have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::state) enum Course {
    /// It goes to the best hit.
    Best,
    /// It goes to this paper, else to the first one.
    To(Option<Place>),
}

impl Default for Live {
    fn default() -> Self {
        Self {
            most: AT_ONCE,
            generation: 0,
            is_due: false,
            is_running: false,
            asked: None,
            digests: Vec::new(),
            found: None,
            aim: None,
        }
    }
}

impl Live {
    /// Looks which digests the list is made of now; hits in other ones are none.
    pub(super) fn look(&mut self, library: &Library, slots: &[SlotId]) {
        let digests: Vec<(SlotId, u64)> = slots.iter().map(|s| (*s, library.version(*s))).collect();
        if digests != self.digests {
            self.digests = digests;
            (self.asked, self.found) = (None, None);
        }
        self.is_due = true;
    }

    /// Wants hits of another query.
    pub(super) fn want(&mut self) {
        (self.is_due, self.aim) = (true, None);
    }
}

impl Papers {
    /// Says up to how many papers a list is filtered at once.
    pub(in crate::state) fn filter_at_once(&mut self, most: usize) {
        self.live.most = most;
    }

    /// True when the list is too long to be filtered at once.
    pub(super) fn is_long(&self) -> bool {
        self.rows.len() > self.live.most && !self.is_of_search()
    }

    /// True while hits are awaited that are not all here.
    #[must_use]
    pub fn awaits_hits(&self) -> bool {
        self.is_long() && !self.query.is_empty() && (self.live.is_due || self.live.is_running)
    }

    /// True when the list shows what its filter lets through.
    pub(super) fn is_filtered(&self) -> bool {
        let has_hits = !self.is_long() || self.query.is_empty() || self.live.found.is_some();
        !self.filter.trim().is_empty() && has_hits
    }

    /// Forgets what the filter has found: what is known of the papers is not what it was.
    pub(super) fn forget_hits(&mut self) {
        self.matcher.forget();
        self.live.is_due = true;
    }

    /// Notes where the cursor goes once the hits are here: to the best one, or, unless that is so already, to the paper it
    /// is on.
    pub(in crate::state) fn await_hits(&mut self, is_for_best: bool) {
        let from = self.selected_place();
        if is_for_best {
            self.live.aim = Some(Aim { from, to: None });
        } else if self.live.aim.is_none_or(|aim| aim.from != from) {
            self.live.aim = from.map(|_| Aim { from, to: from });
        }
    }

    /// Asks for what the filter lets through, where that is not done at once and was not asked for. O(papers).
    pub(in crate::state) fn ask_for_hits(&mut self, library: &Library) -> Option<Effect> {
        if !std::mem::take(&mut self.live.is_due) {
            return None;
        }
        if !self.is_long() || self.query.is_empty() {
            (self.live.asked, self.live.found, self.live.aim) = (None, None, None);
            return std::mem::take(&mut self.live.is_running).then_some(Effect::StopFilter);
        }
        let what = self.filtering(library);
        if self.live.asked.as_deref() == Some(&what) {
            return None;
        }
        let what = Arc::new(what);
        self.live.asked = Some(Arc::clone(&what));
        self.live.generation += 1;
        self.live.is_running = true;
        Some(Effect::Filter { generation: self.live.generation, what })
    }

    fn filtering(&self, library: &Library) -> Filtering {
        let query = self.query.clone();
        let needs_facts = query.needs_verdicts() || query.needs_repeats();
        let rows = self.rows.iter().filter(|_| needs_facts);
        let digests = self.live.digests.iter().filter_map(|(slot, _)| library.digest(*slot).cloned());
        let bare = Remarks::default();
        let written = self.rows.iter().enumerate().filter(|(_, r)| r.remarks != bare);
        let remarks: BTreeMap<usize, Remarks> = written.map(|(at, r)| (at, r.remarks.clone())).collect();
        let facts = rows.map(|r| narrow::facts(self.date, r)).collect();
        Filtering { query, digests: digests.collect(), facts, remarks }
    }

    /// Takes hits, and says where the cursor goes; none when they are not what was asked for last.
    pub(in crate::state) fn take_hits(
        &mut self,
        generation: u64,
        hits: Vec<usize>,
        is_whole: bool,
    ) -> Option<Course> {
        if generation != self.live.generation || !self.live.is_running {
            return None;
        }
        self.live.is_running = !is_whole;
        self.live.found = Some(hits);
        let here = self.selected_place();
        Some(match self.live.aim.filter(|aim| aim.from == here) {
            Some(Aim { to: None, .. }) => Course::Best,
            Some(Aim { to, .. }) => Course::To(to),
            None => Course::To(here),
        })
    }

    /// Notes where the cursor has gone with the hits so far.
    pub(in crate::state) fn note_course(&mut self, course: Course) {
        let from = self.selected_place();
        let to = if let Course::To(to) = course { to } else { None };
        let is_over = !self.live.is_running || course == Course::To(None);
        self.live.aim = (!is_over).then_some(Aim { from, to });
    }
}
