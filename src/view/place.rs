use super::pending;
use crate::action::Context;
use crate::state::{Order, Role, State, View};
use crate::text;

/// The typed keys, else the place in the list and what stands out about it.
/// What does not fit into `room` cells goes: first the order, then what stands last.
pub(super) fn place(state: &State, room: usize) -> (String, Role) {
    if let Some(letters) = &state.papers.letters {
        return (state.lang.letters(letters.typed(), text::dot(), text::ellipsis(3)), Role::Plain);
    }
    if !state.typed.is_empty() || state.count.is_some() {
        return (pending::typed(state), Role::Plain);
    }
    let (at, all) = state.papers.place();
    let mut parts = Vec::new();
    if state.unsaved.is_some() {
        let unsaved = state.decisions.pending().len();
        return (state.lang.unsaved_count(unsaved), Role::Error);
    }
    if state.statistics.is_open {
        return (String::new(), Role::Dim);
    }
    if all > 0 {
        parts.push(format!("{at}/{all}"));
    }
    // Without rules and another order there is only one.
    let has_rules = !state.interest().rules().is_empty() && !state.papers.is_of_search();
    if state.papers.order != Order::Source || has_rules {
        parts.push(state.papers.order.label(state.lang).to_owned());
    }
    if state.prefs.is_read_only {
        parts.push(state.lang.read_only_mark().to_owned());
    }
    if let Some(find) = state.reader.find.as_ref().filter(|_| state.context() == Context::Detail) {
        let (at, all) = find.place();
        parts.push(format!("/{} {at}/{all}", text::show(&find.query)));
    } else if !state.papers.filter.is_empty() {
        parts.push(format!("/{}", text::show(&state.papers.filter)));
    }
    if state.papers.view != View::All {
        parts.push(state.lang.view(state.papers.view.label(state.lang)));
    }
    if !state.papers.mine.is_empty() {
        parts.push(state.lang.my_categories().to_owned());
    }
    match state.papers.chosen_count() {
        0 => {}
        n => parts.push(state.lang.selected(n)),
    }
    let order = parts.iter().position(|part| part == state.papers.order.label(state.lang));
    if let Some(order) = order.filter(|_| text::width(&parts.join("  ")) > room) {
        parts.remove(order);
    }
    while parts.len() > 1 && text::width(&parts.join("  ")) > room {
        parts.pop();
    }
    (parts.join("  "), Role::Dim)
}

/// `13-36/64` where the text of the detail pane is longer than its pane.
pub(super) fn scroll_position(state: &State) -> String {
    let reader = &state.reader;
    let rows = reader.body().len();
    let is_covered = state.popup.is_some() || state.statistics.is_open;
    if state.regions().detail.is_none() || is_covered || rows <= reader.body_rows {
        return String::new();
    }
    format!("  {}-{}/{rows}", reader.top + 1, (reader.top + reader.body_rows).min(rows))
}
