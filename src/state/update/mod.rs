//! What a message does to the state: the only code that takes the whole of it to change it.
//!
//! Owns the verbs. Parts of the state change themselves and are told here when to. Hands effects back; what comes of
//! them returns as a message.

mod annotate;
mod authors;
mod bulk;
mod command;
mod counts;
mod decide;
mod errand;
mod first_day;
mod folders;
mod found;
mod hands;
mod input;
mod interest;
mod keys;
mod layers;
mod letters;
mod listed;
mod live;
mod look;
mod mouse;
mod navigate;
mod panes;
mod popup;
mod reload;
mod repeats;
mod scroll;
mod search;
mod settings;
mod statistics;
mod steps;
mod sweep;
mod tags;
mod undecided;
mod versions;

use super::{Msg, Now, State};
use crate::action::{Action, Context};
use crate::effect::{Appended, Effect, Report};
use crate::model::Verdict;
use annotate::{annotate, edited};
use authors::rule_added;
use decide::{append, decide, mark_day_read, recount, redo, toggle_read, undo};
pub(super) use first_day::FirstDay;
use input::act_in_input;
use interest::date_rules;
use layers::{back, quit};
pub(super) use listed::News;
use listed::{announce, listed, loaded};
use look::look;
use navigate::{
    leave_dates, narrow_dates, open_date, relayout, set_reader, step_dates, step_day, step_papers,
};
use popup::act_in_popup;
use repeats::{agree, skim, skimmed};
use scroll::{scroll_by, step_of};
use search::{act_in_results, on_day};
use statistics::{act_in_statistics, count_anew, counted, toggle_statistics};
pub(super) use steps::Rest;
use sweep::{sweep, sweep_group};
use undecided::{go_on, go_to_undecided};
use versions::show_next_version;

/// Lets a message change the state. Data in, data out: what is to be done outside comes back as effects.
#[must_use]
pub fn update(state: &mut State, now: Now, msg: Msg) -> Vec<Effect> {
    let _measure = state.looks.glyphs.measure();
    if matches!(msg, Msg::Keys(_) | Msg::Act(_) | Msg::Mouse(_)) && state.papers.selected_row().is_some() {
        // Whoever presses a key on a paper has arrived there; what is still being read must not move them.
        state.is_arriving = false;
        state.restore = None;
        state.arrival = None;
    }
    date_rules(state, now);
    let is_key = matches!(msg, Msg::Keys(_) | Msg::Mouse(_));
    if is_key {
        state.papers.touch();
        // What is asked for now goes before what was asked for then.
        (state.search.anchor, state.search.wish) = (None, None);
    }
    let mut effects = match msg {
        Msg::Keys(burst) => keys::press(state, now, &burst),
        Msg::Act(action) => act(state, now, action),
        Msg::Mouse(mouse) => mouse::take(state, now, mouse),
        Msg::Paste(text) => {
            if state.prompt.is_some() {
                state.type_text(now, &text);
            }
            Vec::new()
        }
        Msg::Resize(size) => {
            state.size = size;
            relayout(state);
            state.statistics.select(state.statistics.selected, size);
            Vec::new()
        }
        Msg::Resumed => vec![Effect::Redraw],
        Msg::Report(report) => {
            let is_news = matches!(report, Report::Listed(_) | Report::Decided(_));
            let mut effects = take(state, now, report);
            if is_news {
                effects.extend(count_anew(state));
            }
            let effects = effects.into_iter().chain(go_on(state, now)).collect::<Vec<_>>();
            effects.into_iter().chain(search::carry_out(state, now)).collect()
        }
        Msg::Settings(settings) => {
            on_day(state, |state| settings::take(state, now, *settings));
            relayout(state);
            Vec::new()
        }
        Msg::Painted => {
            state.note_painted();
            on_day(state, first_day::painted).into_iter().chain(on_day(state, skim)).collect()
        }
    };
    if is_key {
        state.leave_page();
        state.news.is_old();
    }
    effects.extend(on_day(state, first_day::read_first));
    on_day(state, agree);
    on_day(state, announce);
    effects.extend(search::ask(state));
    effects.extend(live::ask(state));
    effects.extend(folders::count(state, now));
    let is_saving = |e: &Effect| matches!(e, Effect::Append(_));
    if is_key && state.unsaved.is_some() && !effects.iter().any(is_saving) {
        effects.extend(append(state));
    }
    let is_pause = |e: &Effect| is_saving(e) || matches!(e, Effect::Suspend | Effect::Quit);
    let is_pause = effects.iter().any(is_pause);
    effects.extend(save_session(state, is_pause));
    if state.prefs.is_read_only {
        effects.retain(|effect| !effect.writes());
    }
    effects
}

/// Saves where the user is. A row passed over is not worth a write: it is saved with the next decision, and when the
/// reader is left.
fn save_session(state: &mut State, is_pause: bool) -> Option<Effect> {
    let session = state.session();
    let is_worth_it = || is_pause || session.without_paper() != state.saved.without_paper();
    if !state.is_listed || session == state.saved || !is_worth_it() {
        return None;
    }
    state.saved = session.clone();
    Some(Effect::SaveSession(session))
}

/// Carries a verb out.
pub(super) fn act(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    if state.prefs.is_read_only && action.writes() {
        state.complain(state.lang.read_only());
        return Vec::new();
    }
    match state.context() {
        _ if action == Action::Quit => quit(state),
        Context::Popups => act_in_popup(state, now, action),
        Context::Inputs => act_in_input(state, now, action),
        Context::Statistics => act_in_statistics(state, now, action),
        context => act_in_pane(state, now, context, action),
    }
}

fn act_in_pane(state: &mut State, now: Now, context: Context, action: Action) -> Vec<Effect> {
    if let Some(step) = step_of(action) {
        return match context {
            Context::Dates => step_dates(state, step),
            Context::Detail => {
                scroll_by(state, now, step);
                Vec::new()
            }
            _ => {
                step_papers(state, step);
                Vec::new()
            }
        };
    }
    if let Some(effects) = hands::act(state, now, action) {
        return effects;
    }
    if let Some(effects) = act_in_results(state, context, action) {
        return effects;
    }
    match action {
        Action::Bookmark => decide(state, now, Verdict::Bookmarked),
        Action::Later => decide(state, now, Verdict::Later),
        Action::Dismiss => decide(state, now, Verdict::Dismissed),
        Action::ToggleRead => toggle_read(state, now),
        Action::Sweep => sweep(state, now),
        Action::SweepGroup => sweep_group(state, now),
        Action::NextUndecided => go_to_undecided(state, true),
        Action::PreviousUndecided => go_to_undecided(state, false),
        Action::Undo => undo(state, now),
        Action::Redo => redo(state, now),
        Action::Annotate => annotate(state),
        Action::NextVersion => show_next_version(state),
        Action::MarkDayRead => on_day(state, |state| mark_day_read(state, now)),
        Action::OlderDate => step_day(state, 1),
        Action::NewerDate => step_day(state, -1),
        Action::Redraw => vec![Effect::Redraw],
        Action::Reload => reload::reload(state),
        Action::Suspend => vec![Effect::Suspend],
        Action::Statistics => toggle_statistics(state),
        Action::Back | Action::Cancel => back(state, now),
        Action::Escape if context == Context::Dates && state.dates.is_narrowed() => {
            narrow_dates(state, "");
            Vec::new()
        }
        Action::Escape if context == Context::Dates => leave_dates(state, now),
        Action::Escape if found::way_back(state).is_some() => found::go_back(state),
        Action::Open if context == Context::Dates => open_date(state, now),
        _ => {
            look(state, now, action);
            Vec::new()
        }
    }
}

fn take(state: &mut State, now: Now, report: Report) -> Vec<Effect> {
    match report {
        Report::Listed(listing) => return on_day(state, |state| listed(state, now, listing)),
        Report::Loaded { slot, generation, result } => {
            on_day(state, |state| loaded(state, slot, generation, result));
            search::digest_came(state);
        }
        report @ (Report::Glimpsed { .. } | Report::Papers { .. }) => {
            return on_day(state, |state| first_day::hear(state, report));
        }
        Report::Skimmed { slot, what, papers } => on_day(state, |state| skimmed(state, slot, &what, &papers)),
        Report::Ran(ran) => errand::hear(state, ran),
        Report::Edited { paper, name, came } => return edited(state, now, paper, name, came),
        report @ (Report::Copied { .. } | Report::Opened(..) | Report::Exported(..)) => {
            hands::hear(state, report);
        }
        Report::Statistics { generation, portion } => counted(state, generation, portion),
        Report::Filtered { generation, hits, is_whole } => live::filtered(state, generation, hits, is_whole),
        Report::Found { generation, found } => search::found(state, generation, found),
        Report::Counted { generation, at, counts } => folders::counted(state, generation, at, counts),
        Report::Reminded => state.folders.is_reminded = false,
        Report::Index(stands) => state.indexing = stands,
        Report::RuleAdded { rule, came } => rule_added(state, now, rule, came),
        Report::Update(update) => return reload::hear(state, update),
        Report::Appended(Ok(Appended { foreign, own })) => {
            let is_news = !foreign.is_empty();
            state.decided().appended(foreign, own);
            state.unsaved = None;
            if is_news {
                recount(state, None);
                set_reader(state);
            }
        }
        Report::Decided(machines) => {
            for (machine, lines) in machines {
                state.decided().absorb(&machine, lines);
            }
            recount(state, None);
        }
        Report::Appended(Err(why)) => {
            state.complain(state.lang.unsaved(&why));
            state.unsaved = Some(why);
        }
        Report::SessionUnsaved(problem) | Report::Noted(problem) => state.note(problem),
        Report::Notice(problem) => {
            state.complain(problem.in_words(|what| state.lang.reason(what)));
            state.note(problem);
        }
    }
    Vec::new()
}
