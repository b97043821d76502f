//! Keys of several steps.

use super::command;
use crate::action::Action;
use crate::command::Command;
use crate::effect::Effect;
use crate::state::{Now, State};

/// The steps of a key that are still to come, once a day was read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::state) struct Rest {
    steps: Vec<Command>,
    /// How many were carried out.
    done: usize,
}

/// Carries out the steps of a key one after the other, and stops at the first that cannot be, which is named. Steps
/// behind one that has to wait for a day wait with it.
pub(super) fn run(state: &mut State, now: Now, steps: Vec<Command>) -> Vec<Effect> {
    let done = 0;
    go_through(state, now, Rest { steps, done })
}

/// Goes on with the steps that waited, once the day they waited for is here.
pub(super) fn go_on(state: &mut State, now: Now) -> Vec<Effect> {
    if is_waiting(state) {
        return Vec::new();
    }
    let Some(rest) = state.rest.take() else { return Vec::new() };
    if has_failed(state, &rest) {
        return Vec::new();
    }
    go_through(state, now, rest)
}

fn go_through(state: &mut State, now: Now, mut rest: Rest) -> Vec<Effect> {
    let mut effects = Vec::new();
    while let Some(step) = rest.steps.get(rest.done).cloned() {
        let before = state.message.take();
        effects.extend(command::run(state, now, &step));
        rest.done += 1;
        if is_waiting(state) && rest.done < rest.steps.len() {
            state.rest = Some(rest);
            return effects;
        }
        if has_failed(state, &rest) {
            return effects;
        }
        if state.message.is_none() {
            state.message = before;
        }
    }
    effects
}

/// Says whether what comes next must wait for a day that is being read.
fn is_waiting(state: &State) -> bool {
    let is_coming = state.is_arriving && state.open_day().is_some_and(|day| !state.library.is_whole(day));
    state.dates.wish.is_some() || is_coming
}

/// Says whether the step carried out last could not be, and names it then.
fn has_failed(state: &mut State, rest: &Rest) -> bool {
    let Some(step) = rest.done.checked_sub(1).and_then(|at| rest.steps.get(at)) else { return false };
    let Some(message) = &mut state.message else { return false };
    // These say something only when they stay where they are; what is behind them is meant for another paper.
    let is_stuck = matches!(
        step,
        Command::Act(
            Action::NextUndecided
                | Action::PreviousUndecided
                | Action::OlderDate
                | Action::NewerDate
                | Action::NextGroup
                | Action::PreviousGroup
        )
    );
    let is_last = rest.done == rest.steps.len();
    let has_failed = message.is_error || is_stuck && !is_last;
    if has_failed && rest.steps.len() > 1 {
        message.is_error = true;
        let name = match step {
            Command::Act(action) => action.name().to_owned(),
            command => format!(":{command}"),
        };
        message.text = state.lang.step_failed(rest.done, rest.steps.len(), &name, &message.text);
    }
    has_failed
}
