use super::navigate::relayout;
use crate::state::State;

/// Cells by which a pane grows.
pub(super) const STEP: i16 = 4;

/// Makes the pane that has the keys wider by cells, negative: narrower, or says why not.
pub(super) fn grow(state: &mut State, cells: i16) {
    if state.regions().rules.iter().flatten().next().is_none() {
        return state.say(state.lang.pane_alone());
    }
    match state.shares.grown(state.size, state.focus, cells) {
        Some(shares) => {
            state.shares = shares;
            relayout(state);
        }
        None => state.say(state.lang.pane_at_its_end(cells > 0)),
    }
}

/// Puts a rule, the first or the second, into a column.
pub(super) fn drag(state: &mut State, rule: usize, column: u16) {
    let shares = state.shares.with_rule(state.size, rule, column);
    if shares != state.shares {
        state.shares = shares;
        relayout(state);
    }
}
