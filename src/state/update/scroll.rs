//! The verbs that move by rows and pages.

use super::decide::mark_read;
use super::navigate::scroll_detail;
use crate::action::Action;
use crate::state::{Now, State, Step};

/// The way a verb moves; none of a verb that does something else.
pub(super) fn step_of(action: Action) -> Option<Step> {
    Some(match action {
        Action::Down => Step::By(1),
        Action::Up => Step::By(-1),
        Action::Top => Step::First,
        Action::Bottom => Step::Last,
        Action::HalfPageDown => Step::HalfPages(1),
        Action::HalfPageUp => Step::HalfPages(-1),
        Action::PageDown => Step::Pages(1),
        Action::PageUp => Step::Pages(-1),
        _ => return None,
    })
}

/// Scrolls the detail pane; in the bilingual view sentence by sentence.
pub(super) fn scroll_by(state: &mut State, now: Now, step: Step) {
    let page = state.reader.body_rows.max(1).cast_signed();
    match step {
        Step::By(n) if state.reader.bilingual.is_some() => {
            state.reader.step_pair(n > 0);
            mark_read(state, now);
        }
        Step::By(n) => scroll_detail(state, now, n),
        Step::HalfPages(n) => scroll_detail(state, now, n * (page / 2).max(1)),
        Step::Pages(n) => scroll_detail(state, now, n * (page - 1).max(1)),
        Step::First => scroll_detail(state, now, isize::MIN),
        Step::Last => state.reader.scroll_to_end(),
    }
}
