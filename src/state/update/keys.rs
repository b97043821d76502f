use super::command::run_verb;
use super::{act, counts, hands, letters, steps};
use crate::action::{Action, Context};
use crate::effect::Effect;
use crate::keymap::{self, Key, Lookup, Named};
use crate::state::Now;
use crate::state::State;
use crate::text;

/// Runs a burst of keys in order.
///
/// Outside text inputs, full-width characters of an input method act as their ASCII keys, and a burst with
/// Han in it runs nothing: it was meant for an input that is not open.
pub(super) fn press(state: &mut State, now: Now, burst: &[Key]) -> Vec<Effect> {
    if state.dates.wish.is_none() {
        state.message = None;
        // Whoever goes on by hand does not wait for the rest.
        state.rest = None;
    }
    if let Some(han) = stray_han(state, burst) {
        state.typed.clear();
        state.complain(state.lang.input_method_on(&han));
        return Vec::new();
    }
    let mut effects = Vec::new();
    let mut was_dash = false;
    for &key in burst {
        if wait_with(state, key) {
            continue;
        }
        let is_input = state.context() == Context::Inputs;
        // A Chinese input method writes a dash as two characters; they are one key.
        let is_second_dash = was_dash && key == Key::char('—');
        was_dash = key == Key::char('—') && !is_second_dash;
        if is_second_dash && !is_input {
            continue;
        }
        let mapped = key.as_char().filter(|_| !is_input).and_then(keymap::from_input_method);
        effects.extend(press_one(state, now, mapped.map_or(key, Key::char)));
        if effects
            .iter()
            .any(|e| matches!(e, Effect::Quit | Effect::Suspend | Effect::Edit { .. } | Effect::Run(_)))
        {
            // What was typed ahead was meant for the shell, for the editor, or for the command.
            break;
        }
    }
    effects
}

/// Keeps a key for the paper that is being looked for; Escape and its like end the search instead.
fn wait_with(state: &mut State, key: Key) -> bool {
    let context = state.context();
    let ends = cancels(state, context, key);
    let leaves = matches!(state.keymap.lookup(context, &[key]), Lookup::Hit(Action::Quit | Action::Suspend));
    let Some(wish) = &mut state.dates.wish else { return false };
    if !ends && !leaves {
        wish.keys.push(key);
        return true;
    }
    state.dates.wish = None;
    state.rest = None;
    state.message = None;
    ends
}

fn press_one(state: &mut State, now: Now, key: Key) -> Vec<Effect> {
    if state.papers.letters.is_some() {
        return letters::press(state, now, key);
    }
    if state.popup.is_some()
        && state.typed.is_empty()
        && let Some(effects) = hands::press_in_links(state, now, key)
    {
        return effects;
    }
    if hands::close_address(state, key) {
        return Vec::new();
    }
    let context = state.context();
    if counts::takes(state, context, key) {
        return Vec::new();
    }
    if state.count.is_some() && state.typed.is_empty() && cancels(state, context, key) {
        state.count = None;
        return Vec::new();
    }
    state.typed.push(key);
    match state.keymap.lookup(context, &state.typed) {
        Lookup::Hit(action) => {
            state.typed.clear();
            match state.count.take() {
                Some(count) => counts::repeat(state, now, action, count),
                None => act(state, now, action),
            }
        }
        Lookup::Macro(found) => {
            let steps = found.steps.clone();
            state.typed.clear();
            state.count = None;
            steps::run(state, now, steps)
        }
        Lookup::Pending => Vec::new(),
        Lookup::Miss => {
            // The next key of such a sequence must not decide about the paper.
            match in_list(state, context) {
                Lookup::Pending => return Vec::new(),
                Lookup::Hit(action) => {
                    state.typed.clear();
                    return run_verb(state, now, action);
                }
                _ => {}
            }
            let typed = std::mem::take(&mut state.typed);
            state.count = None;
            if let (Some(bare), 1, true) = (key.without_alt(), typed.len(), context != Context::Inputs) {
                // Escape and a key in one packet look like Alt and the key. In an input, Escape would wipe it out.
                let mut effects = press_one(state, now, Key::named(Named::Esc));
                effects.extend(press_one(state, now, bare));
                return effects;
            }
            match key.as_char() {
                Some(c) if context == Context::Inputs && typed.len() == 1 => {
                    state.type_text(now, c.encode_utf8(&mut [0; 4]));
                }
                _ if context == Context::Inputs || cancels(state, context, key) => {}
                _ if key.as_char().is_some() || typed.len() > 1 => {
                    let keys: String = typed.iter().map(ToString::to_string).collect();
                    let help = state.keymap.keys_for(Context::Global, Action::Help);
                    let help = help.first().map(ToString::to_string).unwrap_or_default();
                    state.complain(state.lang.not_bound(&keys, &help));
                }
                _ => {}
            }
            Vec::new()
        }
    }
}

/// What was typed in the detail pane as a sequence of the list's keys: of several, for those of one are others here.
fn in_list(state: &State, context: Context) -> Lookup<'_> {
    let found = match context {
        Context::Detail => state.keymap.lookup(Context::Papers, &state.typed),
        _ => Lookup::Miss,
    };
    if state.typed.len() == 1 && found != Lookup::Pending { Lookup::Miss } else { found }
}

/// Says whether `key` alone would go back: after the beginning of a sequence it only takes that back.
fn cancels(state: &State, context: Context, key: Key) -> bool {
    let alone = state.keymap.lookup(context, &[key]);
    matches!(alone, Lookup::Hit(Action::Cancel | Action::Escape | Action::Back))
}

/// The Han characters of a burst that no text input will receive.
fn stray_han(state: &State, burst: &[Key]) -> Option<String> {
    if state.context() == Context::Inputs {
        return None;
    }
    let is_han = |k: &Key| k.as_char().is_some_and(text::is_han);
    let first = burst.iter().position(is_han)?;
    let opens_input = |k: &Key| {
        let key = k.as_char().and_then(keymap::from_input_method).map_or(*k, Key::char);
        let found = state.keymap.lookup(state.context(), &[key]);
        matches!(
            found,
            Lookup::Hit(
                Action::Filter
                    | Action::Find
                    | Action::Tag
                    | Action::Narrow
                    | Action::Palette
                    | Action::Command
            )
        )
    };
    if burst.iter().take(first).any(opens_input) {
        return None;
    }
    Some(burst.iter().filter(|k| is_han(k)).filter_map(Key::as_char).take(8).collect())
}
