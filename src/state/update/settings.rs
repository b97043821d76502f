use super::navigate::{relayout, show_day};
use super::repeats::choose_repeats;
use super::search::{list_found, on_day};
use crate::catalogue::Lang;
use crate::config::{Config, Language, Prefs};
use crate::state::{State, prefs};
use crate::text::Form;

/// Changes a setting until the program ends, and says so.
pub(super) fn set(state: &mut State, name: &str, value: &str) {
    let mut config = Config { prefs: state.prefs.clone(), ..Config::default() };
    if let Err(why) = config.set(name, value) {
        return state.complain(why);
    }
    match config.language {
        Language::En => state.lang = Lang::En,
        Language::Zh => state.lang = Lang::Zh,
        // What the locale says is not known here; the language stays.
        Language::Auto => {}
    }
    take(state, config.prefs);
    state.say(state.lang.setting_is(name, value));
}

/// Goes by other preferences from now on, in all that is on screen.
pub(super) fn take(state: &mut State, prefs: Prefs) {
    let before = std::mem::replace(&mut state.prefs, prefs);
    if state.form != Form::Source {
        state.form = prefs::form(&state.prefs);
    }
    if before.counts != state.prefs.counts {
        state.keymap = state.keymap.clone().with_counts(state.prefs.counts);
    }
    on_day(state, |state| {
        if before.repeats != state.prefs.repeats {
            choose_repeats(state, state.prefs.repeats);
        }
        if before.categories != state.prefs.categories && !state.papers.mine.is_empty() {
            let rows = state.list_rows();
            state.papers.choose_mine(state.prefs.categories.clone(), &state.library, rows);
        }
        if let Some(day) = state.open_day() {
            show_day(state, day);
        }
    });
    if state.search.is_open() {
        list_found(state);
    }
    relayout(state);
}
