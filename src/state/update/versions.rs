use super::navigate::set_reader;
use crate::effect::Effect;
use crate::state::{Place, State};
use crate::text;

/// Shows the next record of the paper whose texts are other ones, in the detail pane; after the last the one of the row.
pub(super) fn show_next_version(state: &mut State) -> Vec<Effect> {
    let Some(row) = state.papers.selected_row() else { return Vec::new() };
    let own = row.place();
    let others: Vec<_> = row.also.iter().filter(|a| a.is_other_text).cloned().collect();
    if others.is_empty() {
        state.say(state.lang.no_other_version());
        return Vec::new();
    }
    let now = state.shown_place().filter(|place| *place != own);
    let next = now.map_or(0, |now| others.iter().position(|a| a.place == now).map_or(0, |at| at + 1));
    let (Some(other), count) = (others.get(next), others.len() + 1) else {
        state.version = None;
        state.say(state.lang.version(1, others.len() + 1));
        set_reader(state);
        return Vec::new();
    };
    state.version = Some((own, other.place));
    let category = other.category.as_deref().map(text::show);
    let parts = [Some(state.lang.version(next + 2, count)), Some(other.date.to_string()), category];
    state.say(parts.into_iter().flatten().collect::<Vec<_>>().join(&format!(" {} ", text::dot())));
    let day = state.library.day_of(other.date);
    let effects = match (state.library.digest(other.place.0), day) {
        (None, Some(day)) => state.library.look_into(day),
        _ => Vec::new(),
    };
    set_reader(state);
    effects
}

impl State {
    /// The place of the record that the detail pane is to show: of the selected paper, or of another version of it.
    pub(super) fn shown_place(&self) -> Option<Place> {
        let own = self.papers.selected_place()?;
        let version = self.version.filter(|(of, at)| *of == own && self.library.digest(at.0).is_some());
        Some(version.map_or(own, |(_, at)| at))
    }
}
