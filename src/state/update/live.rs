//! What comes of filtering a long list.

use super::navigate::relayout;
use super::search::on_day;
use crate::effect::Effect;
use crate::state::papers::Course;
use crate::state::{State, Step};

/// Asks for the papers that the filter of the day lets through, where those are too many to be looked at here.
pub(super) fn ask(state: &mut State) -> Option<Effect> {
    let list = if state.search.is_open() { &mut state.search.shelf.papers } else { &mut state.papers };
    list.ask_for_hits(&state.library)
}

/// Lists the hits that have come; those of an earlier filter are dropped.
pub(super) fn filtered(state: &mut State, generation: u64, hits: Vec<usize>, is_whole: bool) {
    on_day(state, |state| {
        let Some(course) = state.papers.take_hits(generation, hits, is_whole) else { return };
        let (rows, is_ranked) = (state.list_rows(), state.is_filtering());
        let place = match course {
            Course::Best if !is_ranked => {
                state.papers.arrange(&state.library, true, rows);
                state.papers.step(Step::First, rows);
                state.papers.selected_place()
            }
            Course::Best => None,
            Course::To(place) => place,
        };
        if course == Course::Best {
            state.papers.arrange(&state.library, is_ranked, rows);
        } else {
            state.papers.rearrange(&state.library, is_ranked, rows);
        }
        if !place.is_some_and(|place| state.papers.select_place(place, rows)) {
            state.papers.step(Step::First, rows);
        }
        state.papers.note_course(course);
        relayout(state);
    });
}

impl State {
    /// Filters days of up to `most` papers at once, longer ones by [`Effect::Filter`].
    pub fn filter_at_once(&mut self, most: usize) {
        self.papers.filter_at_once(most);
    }
}
