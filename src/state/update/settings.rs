use super::interest::use_rules;
use super::navigate::{relayout, show_day};
use super::undecided::count_day;
use crate::action::{Action, Context};
use crate::catalogue::Lang;
use crate::config::{Config, Language, Prefs, Repeats};
use crate::effect::Effect;
use crate::model::{Date, Problem};
use crate::state::{Now, Settings, State, prefs};
use crate::text::{self, Form};

/// Goes by other settings from now on, and says so. What is on screen stays where it is.
pub(super) fn take(state: &mut State, now: Now, settings: Settings) {
    let Settings { lang, is_ascii, prefs, keymap, files, problems, waiting, is_beyond } = settings;
    let keymap = keymap.with_counts(prefs.counts);
    let is_other = (&state.prefs, &state.keymap, state.lang) != (&prefs, &keymap, lang);
    if (state.lang, state.looks.glyphs.is_ascii) != (lang, is_ascii) {
        (state.lang, state.looks.glyphs.is_ascii) = (lang, is_ascii);
        state.reader.outdate();
    }
    let _measure = state.looks.glyphs.measure();
    if state.keymap != keymap {
        state.keymap = keymap;
        state.typed.clear();
    }
    adopt(state, now, prefs);
    let (known, others) = std::mem::take(&mut state.log).into_iter().partition(|p| files.contains(&p.file));
    state.log = others;
    // What the reader itself wrote, as a rule, was told of already.
    if is_other || is_beyond || !problems.is_empty() || !known.is_empty() || !waiting.is_empty() {
        tell(state, &known, problems, &waiting);
    }
}

/// Changes a setting until the program ends, and says so.
pub(super) fn set(state: &mut State, now: Now, name: &str, value: &str) -> Vec<Effect> {
    let mut config = Config { prefs: state.prefs.clone(), ..Config::default() };
    if let Err(why) = config.set(name, value) {
        state.complain(state.lang.reason(&why));
        return Vec::new();
    }
    let theme = (name == "theme").then(|| Effect::Theme(config.theme.as_str().to_owned()));
    let mouse = Some(config.prefs.mouse).filter(|is_on| *is_on != state.prefs.mouse).map(Effect::Mouse);
    let lang = match config.language {
        Language::En => Lang::En,
        Language::Zh => Lang::Zh,
        // What the locale says is not known here.
        Language::Auto => state.lang,
    };
    if state.lang != lang {
        state.lang = lang;
        state.reader.outdate();
    }
    if config.prefs.counts != state.prefs.counts {
        state.keymap = state.keymap.clone().with_counts(config.prefs.counts);
    }
    adopt(state, now, config.prefs);
    state.say(state.lang.setting_is(name, value));
    theme.into_iter().chain(mouse).collect()
}

/// Goes by other preferences from now on, in all that is on screen.
fn adopt(state: &mut State, now: Now, prefs: Prefs) {
    let before = std::mem::replace(&mut state.prefs, prefs);
    if state.form != Form::Source {
        state.form = prefs::form(&state.prefs);
    }
    if before.categories != state.prefs.categories && !state.papers.mine.is_empty() {
        let (mine, rows) = (state.prefs.categories.clone(), state.list_rows());
        state.papers.choose_mine(mine, &state.library, rows);
    }
    fold(state, before.repeats, before.repeats_days);
    if before.rules != state.prefs.rules {
        use_rules(state, state.prefs.rules.clone(), now.today());
    }
    if before.queries != state.prefs.queries {
        state.folders = state.folders.of(&state.prefs.queries);
    }
    if let Some(day) = state.open_day() {
        show_day(state, day);
    }
    relayout(state);
}

/// Folds repeats as the settings say now, where they said something else before.
fn fold(state: &mut State, repeats: Repeats, days: u16) {
    if (repeats, days) == (state.prefs.repeats, state.prefs.repeats_days) {
        return;
    }
    if repeats != state.prefs.repeats {
        state.papers.repeats = state.prefs.repeats;
    }
    state.sightings.look_back(state.prefs.repeats_days);
    let rows = state.list_rows();
    state.papers.choose_repeats(state.papers.repeats, &state.sightings, &state.library, rows);
    let known: Vec<Date> = state.dates.counts.keys().copied().collect();
    for date in known {
        if let Some(day) = state.library.day_of(date) {
            count_day(state, day);
        }
    }
}

/// Names the first problem, one that was not known before if there is any, else says that all was read.
fn tell(state: &mut State, known: &[Problem], mut problems: Vec<Problem>, waiting: &[&str]) {
    problems.sort_by_key(|p| known.contains(p));
    match problems.split_first() {
        Some((first, rest)) => {
            // The log has the whole path; the last line has no room for one.
            let file = first.file.rsplit('/').next().unwrap_or_default().to_owned();
            let first = Problem { file, ..first.clone() }.in_words(|what| state.lang.reason(what));
            let key = state.keymap.keys_for(Context::Global, Action::Log);
            let key = key.first().map(ToString::to_string).unwrap_or_default();
            state.complain(state.lang.settings_wrong(&first, rest.len(), &key));
        }
        None => state.say(state.lang.settings_read(waiting, text::dot())),
    }
    for problem in problems {
        state.note(problem);
    }
}
