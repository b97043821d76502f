use super::navigate::set_reader;
use super::{Now, State, Step};
use crate::decisions::{Cell, Change, Field, FieldValue};
use crate::effect::Effect;
use crate::model::Verdict;

/// Sets the verdict of the selected paper and moves on; the verdict it has already is taken back, and then
/// the cursor stays.
pub(super) fn decide(state: &mut State, now: Now, verdict: Verdict) -> Vec<Effect> {
    let Some(row) = state.papers.selected_row() else { return Vec::new() };
    let is_back = row.verdict == verdict;
    let verdict = if is_back { Verdict::Undecided } else { verdict };
    let say = match verdict {
        Verdict::Undecided => "undecide 1",
        Verdict::Bookmarked => "bookmark 1",
        Verdict::Later => "later 1",
        Verdict::Dismissed => "dismiss 1",
    };
    let value = FieldValue::Verdict(verdict);
    let cell = Cell { paper: row.identity.clone(), field: Field::Verdict, value };
    state.decisions.decide(now.wall_ms, vec![cell], say);
    refresh(state);
    if !is_back {
        let (before, rows) = (state.papers.cursor.selected, state.list_rows());
        state.papers.step(Step::By(1), rows);
        if state.papers.cursor.selected == before {
            state.say(state.lang.end_of_list(state.papers.counts(None).undecided));
        }
        set_reader(state);
    }
    append(state)
}

/// Marks the selected paper as read, or as unread.
pub(super) fn toggle_read(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(row) = state.papers.selected_row() else { return Vec::new() };
    let say = if row.is_read { "unread 1" } else { "read 1" };
    let cell =
        Cell { paper: row.identity.clone(), field: Field::Read, value: FieldValue::Bool(!row.is_read) };
    state.decisions.decide(now.wall_ms, vec![cell], say);
    refresh(state);
    append(state)
}

/// Notes that the selected paper was read; goes to disk with the next decision or at the end.
pub(super) fn mark_read(state: &mut State, now: Now) {
    let Some(row) = state.papers.selected_row().filter(|r| !r.is_read) else { return };
    let identity = row.identity.clone();
    state.decisions.mark_read_auto(now.wall_ms, &identity);
    refresh(state);
}

/// Takes the last decision back.
pub(super) fn undo(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(change) = state.decisions.undo(now.wall_ms) else {
        state.say(state.lang.nothing_to_undo());
        return Vec::new();
    };
    let text = state.lang.undone(&change.say, change.changed);
    show_change(state, &change, text)
}

/// Brings back what was undone.
pub(super) fn redo(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(change) = state.decisions.redo(now.wall_ms) else {
        state.say(state.lang.nothing_to_redo());
        return Vec::new();
    };
    let text = state.lang.redone(&change.say, change.changed);
    show_change(state, &change, text)
}

fn show_change(state: &mut State, change: &Change, text: String) -> Vec<Effect> {
    // Papers of other days may have changed too.
    state.dates.counts.clear();
    refresh(state);
    let rows = state.list_rows();
    let is_here = change.papers.first().is_none_or(|p| state.papers.select_paper(p, rows));
    state.say(if is_here { text } else { format!("{text} · {}", state.lang.on_another_day()) });
    set_reader(state);
    append(state)
}

/// Looks up what was decided, after it changed.
pub(super) fn refresh(state: &mut State) {
    state.papers.refresh(&state.decisions);
    if let Some(date) = state.papers.date {
        state.dates.counts.insert(date, state.papers.counts(None));
    }
}

fn append(state: &State) -> Vec<Effect> {
    let pending = state.decisions.pending();
    if pending.is_empty() { Vec::new() } else { vec![Effect::Append(pending.to_vec())] }
}
