use super::navigate::{choose_mine, choose_view, focus, leave_dates};
use super::search::leave_search;
use crate::effect::Effect;
use crate::state::{Focus, Now, State, View};

/// Lays the bilingual view over the tab and gives the keys to the detail pane; when it is there already,
/// takes it off and gives them back.
pub(super) fn toggle_bilingual(state: &mut State, now: Now) {
    if state.reader.bilingual.is_some() {
        leave_bilingual(state, now);
    } else if state.papers.selected_row().is_some() {
        state.reader.bilingual = Some(state.focus);
        focus(state, now, Focus::Detail);
    }
}

fn leave_bilingual(state: &mut State, now: Now) {
    let Some(from) = state.reader.bilingual.take() else { return };
    // Whoever went to another pane meanwhile stays there.
    let to = if state.focus == Focus::Detail && state.zen.is_none() { from } else { state.focus };
    focus(state, now, to);
}

/// Gives the keys to another pane than the detail pane.
pub(super) fn leave_zen_for(state: &mut State, now: Now, pane: Focus) {
    state.zen = None;
    focus(state, now, pane);
}

/// Peels one layer off: what is looked for, the bilingual view, detail alone, the detail pane, the selection, what a
/// search found, the filter, my categories, the view.
pub(super) fn escape(state: &mut State, now: Now) {
    // The words of a search stay marked.
    if state.focus == Focus::Detail && state.reader.find.as_ref().is_some_and(|f| !f.is_of_search) {
        state.reader.end_find();
    } else if peel(state, now) || state.papers.drop_selection() {
    } else if state.search.is_open() && state.papers.view == View::All {
        leave_search(state);
    } else if state.papers.filter.is_empty() && !state.papers.mine.is_empty() {
        choose_mine(state);
    } else if state.papers.filter.is_empty() && state.papers.view != View::All {
        choose_view(state, View::All);
    } else {
        state.clear_filter();
    }
}

/// Goes back one step: from the bilingual view to the tab, from detail alone to all panes, from the detail pane to
/// the list, from the dates to the day that was open, off the selection, from a filtered list to the whole one, from there out.
pub(super) fn back(state: &mut State, now: Now) -> Vec<Effect> {
    if peel(state, now) {
        return Vec::new();
    }
    if state.focus == Focus::Dates {
        return leave_dates(state, now);
    }
    if state.papers.drop_selection() {
        return Vec::new();
    }
    if state.search.is_open() {
        leave_search(state);
        return Vec::new();
    }
    if state.papers.filter.is_empty() {
        return quit(state);
    }
    state.clear_filter();
    Vec::new()
}

/// Takes off what lies over the panes, or leaves the detail pane. False when there was nothing.
fn peel(state: &mut State, now: Now) -> bool {
    if state.focus == Focus::Detail && state.reader.bilingual.is_some() {
        leave_bilingual(state, now);
    } else if let Some(before) = state.zen.take() {
        focus(state, now, before);
    } else if state.focus == Focus::Detail {
        focus(state, now, Focus::Papers);
    } else {
        return false;
    }
    true
}

/// Shows the detail pane alone, or all panes again.
pub(super) fn toggle_zen(state: &mut State, now: Now) {
    let before = state.zen.take();
    state.zen = if before.is_none() { Some(state.focus) } else { None };
    focus(state, now, before.unwrap_or(Focus::Detail));
}

/// Ends the program, with what is not on disk yet written.
pub(super) fn quit(state: &mut State) -> Vec<Effect> {
    state.decided().flush_auto();
    let pending = state.decisions.pending();
    let append = (!pending.is_empty()).then(|| Effect::Append(pending.to_vec()));
    append.into_iter().chain([Effect::Quit]).collect()
}
