//! How often a key is meant: digits before it, where the user wants them to count.

use super::act;
use super::command::go_to_paper;
use super::decide::decide_rows;
use super::navigate::{SCROLL, scroll_detail, set_reader, step_dates, step_day, step_papers};
use super::scroll::{scroll_by, step_of};
use crate::action::{Action, Context};
use crate::effect::Effect;
use crate::keymap::{Key, Lookup};
use crate::model::Verdict;
use crate::state::{Now, Row, State, Step};

/// The largest count.
const MOST: u16 = 9999;

/// Takes a digit of a count; false where the key is none.
pub(super) fn takes(state: &mut State, context: Context, key: Key) -> bool {
    if !state.prefs.counts || !state.typed.is_empty() || matches!(context, Context::Inputs | Context::Popups)
    {
        return false;
    }
    let Some(digit) = key.as_char().and_then(|c| c.to_digit(10)) else { return false };
    let is_free = || digit > 0 && state.keymap.lookup(context, &[key]) == Lookup::Miss;
    if state.count.is_none() && !is_free() {
        return false;
    }
    let count = state.count.unwrap_or(0).saturating_mul(10).saturating_add(digit as u16);
    state.count = Some(count.min(MOST));
    true
}

/// Carries out a verb as often as was said; one that cannot be meant several times once.
pub(super) fn repeat(state: &mut State, now: Now, action: Action, count: u16) -> Vec<Effect> {
    let context = state.context();
    let times = isize::try_from(count).unwrap_or(1);
    match (action, context) {
        (Action::Top | Action::Bottom, _) => return go_to(state, now, context, count),
        (Action::Bookmark, _) => return decide_next(state, now, Verdict::Bookmarked, count),
        (Action::Later, _) => return decide_next(state, now, Verdict::Later, count),
        (Action::Dismiss, _) => return decide_next(state, now, Verdict::Dismissed, count),
        (Action::OlderDate, _) => return step_day(state, times),
        (Action::NewerDate, _) => return step_day(state, -times),
        (Action::ScrollDetailDown, _) => scroll_detail(state, now, SCROLL * times),
        (Action::ScrollDetailUp, _) => scroll_detail(state, now, -SCROLL * times),
        (Action::NextPaper, _) => {
            step_papers(state, Step::By(times - 1));
            return act(state, now, action);
        }
        (Action::PreviousPaper, _) => {
            step_papers(state, Step::By(1 - times));
            return act(state, now, action);
        }
        _ => match (step_of(action), context) {
            (Some(step), Context::Dates) => return step_dates(state, multiplied(step, times)),
            (Some(step), Context::Detail) if state.reader.bilingual.is_none() => {
                scroll_by(state, now, multiplied(step, times));
            }
            (Some(step), Context::Papers) => step_papers(state, multiplied(step, times)),
            _ => return again(state, now, action, count),
        },
    }
    Vec::new()
}

fn multiplied(step: Step, times: isize) -> Step {
    match step {
        Step::By(n) => Step::By(n * times),
        Step::Pages(n) => Step::Pages(n * times),
        Step::HalfPages(n) => Step::HalfPages(n * times),
        step => step,
    }
}

/// Goes to a paper, a day or a line by its number.
fn go_to(state: &mut State, now: Now, context: Context, number: u16) -> Vec<Effect> {
    let below = isize::try_from(number).unwrap_or(1) - 1;
    match context {
        Context::Dates => {
            let rows = state.date_rows();
            state.dates.step(Step::First, rows);
            return step_dates(state, Step::By(below));
        }
        Context::Detail => {
            scroll_detail(state, now, isize::MIN);
            scroll_detail(state, now, below);
        }
        _ => go_to_paper(state, u32::from(number)),
    }
    Vec::new()
}

/// Decides as many papers from the selected one on, as one step, and goes on to the one behind them. Where papers are
/// selected, these are meant.
fn decide_next(state: &mut State, now: Now, verdict: Verdict, count: u16) -> Vec<Effect> {
    let from = state.papers.cursor.selected;
    let rows: Vec<Row> = (from..state.papers.entries.len())
        .filter_map(|at| state.papers.row_at(at).cloned())
        .take(usize::from(count))
        .collect();
    if state.papers.chosen_count() > 0 || rows.is_empty() {
        let action = match verdict {
            Verdict::Bookmarked => Action::Bookmark,
            Verdict::Later => Action::Later,
            _ => Action::Dismiss,
        };
        return act(state, now, action);
    }
    let place = rows.last().map(Row::place);
    let effects = decide_rows(state, now, &rows, verdict);
    let list_rows = state.list_rows();
    if state.prefs.advance
        && let Some(place) = place
    {
        state.papers.select_place(place, list_rows);
        state.papers.step(Step::By(1), list_rows);
        set_reader(state);
    }
    effects
}

/// Carries a verb out again and again, until it says something or nothing changes any more.
fn again(state: &mut State, now: Now, action: Action, count: u16) -> Vec<Effect> {
    let is_often = matches!(
        action,
        Action::NextUndecided
            | Action::PreviousUndecided
            | Action::NextGroup
            | Action::PreviousGroup
            | Action::NextHit
            | Action::PreviousHit
            | Action::Choose
            | Action::Down
            | Action::Up
            | Action::Undo
            | Action::Redo
    );
    let mut effects = Vec::new();
    for _ in 0..if is_often { count } else { 1 } {
        let before = (state.papers.cursor, state.reader.top, state.decisions.pending().len());
        effects.extend(act(state, now, action));
        let is_stuck = before == (state.papers.cursor, state.reader.top, state.decisions.pending().len());
        let is_said = state.message.is_some() && !matches!(action, Action::Undo | Action::Redo);
        if is_stuck || is_said || state.dates.wish.is_some() {
            break;
        }
    }
    effects
}
