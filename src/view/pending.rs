use crate::action::{Action, Context};
use crate::catalogue::Hint;
use crate::state::{State, View};

/// Lists the keys that may follow those typed so far, in `context` and everywhere, with a word for each.
pub(super) fn hints(state: &State, context: Context) -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for binding in state.keymap.bindings(context).chain(state.keymap.bindings(Context::Global)) {
        let Some(rest) = binding.keys.0.strip_prefix(state.typed.as_slice()) else { continue };
        let keys: String = rest.iter().map(ToString::to_string).collect();
        // What the pane binds goes before what is bound everywhere.
        if !keys.is_empty() && found.iter().all(|(other, _)| *other != keys) {
            found.push((keys, word(state, binding.action)));
        }
    }
    found
}

/// The short word of an action that two keys reach; of any other, its name in keymaps.
fn word(state: &State, action: Action) -> &'static str {
    let view = |view: View| view.label(state.lang);
    let hint = |hint: Hint| state.lang.hint(hint);
    match action {
        Action::ViewAll => view(View::All),
        Action::ViewUndecided => view(View::Undecided),
        Action::ViewBookmarked => view(View::Bookmarked),
        Action::ViewLater => view(View::Later),
        Action::ViewRead => view(View::Read),
        Action::ViewDismissed => view(View::Dismissed),
        Action::NextVersion => hint(Hint::Versions),
        Action::ToggleRepeats => hint(Hint::Repeats),
        Action::Top => hint(Hint::Top),
        Action::Dates => hint(Hint::DateList),
        Action::Papers => hint(Hint::PaperList),
        Action::Log => hint(Hint::Log),
        other => other.name(),
    }
}
