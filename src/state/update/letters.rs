use super::act;
use super::decide::bookmark;
use super::navigate::set_reader;
use crate::action::{Action, Context};
use crate::effect::Effect;
use crate::keymap::{Key, Lookup};
use crate::state::papers::Typed;
use crate::state::{Now, State};

/// Takes a key while letters stand on the rows. A letter of none of them, and every other key, takes them away.
pub(super) fn press(state: &mut State, now: Now, key: Key) -> Vec<Effect> {
    let Some(letters) = &mut state.papers.letters else { return Vec::new() };
    let typed = key.as_char().map(|c| letters.press(c));
    if typed == Some(Typed::Pending) {
        return Vec::new();
    }
    state.papers.letters = None;
    match typed {
        Some(Typed::Paper(_, true)) if state.prefs.is_read_only => act(state, now, Action::Bookmark),
        Some(Typed::Paper(place, true)) => bookmark(state, now, place),
        Some(Typed::Paper(place, false)) => {
            let rows = state.list_rows();
            state.papers.select_place(place, rows);
            set_reader(state);
            Vec::new()
        }
        Some(Typed::Pending | Typed::Nothing) => Vec::new(),
        None => match state.keymap.lookup(Context::Papers, &[key]) {
            // The terminal's own keys work everywhere.
            Lookup::Hit(action @ (Action::Redraw | Action::Suspend)) => act(state, now, action),
            _ => Vec::new(),
        },
    }
}
