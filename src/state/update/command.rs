//! The command line: its input, and what each command does.

use super::bulk::decide_meeting;
use super::input::{keep_in, vocabulary};
use super::navigate::{open_day, set_reader};
use super::popup::{narrow_popup, open_popup};
use super::search::{leave_search, on_day, search_all};
use super::statistics::leave;
use super::tags::give_tags;
use super::{act, act_in_pane, settings};
use crate::action::{Action, Context};
use crate::command::{self, Command, Day, Known};
use crate::effect::Effect;
use crate::filter::{Query, Vocabulary};
use crate::state::palette::{places, runs_in};
use crate::state::{LineEditor, Now, Offers, OffersOf, PopupKind, Prompt, PromptKind, State};

/// Opens the command line.
pub(super) fn open(state: &mut State) {
    let mut prompt = Prompt::new(PromptKind::Line, LineEditor::default());
    prompt.found = command::complete("", &Known::default(), state.lang);
    state.prompt = Some(prompt);
}

/// Says whether the open input is the command line.
pub(super) fn is_open(state: &State) -> bool {
    state.prompt.as_ref().is_some_and(|p| p.kind == PromptKind::Line)
}

/// Takes an older command that holds what was typed, or goes back to newer ones and to what was typed.
pub(super) fn go_through(state: &mut State, is_older: bool) {
    let Some(prompt) = &mut state.prompt else { return };
    if is_older {
        prompt.take_offer(OffersOf::History, |line| Offers::remembering(line, &state.lines));
    } else if let Some(offers) = prompt.offers.as_mut().filter(|o| o.of == OffersOf::History) {
        let is_back = offers.step_back();
        prompt.line = if is_back { offers.line() } else { offers.typed() };
        prompt.offers.take_if(|_| !is_back);
    }
}

/// Looks at what is typed: what is wrong with it, what it can be completed to, how many papers it is about.
pub(super) fn follow(state: &mut State, now: Now) {
    let Some(prompt) = &state.prompt else { return };
    let (typed, before) = (prompt.line.text().to_owned(), prompt.line.before().to_owned());
    let is_completing = prompt.offers.as_ref().is_some_and(|o| o.of == OffersOf::Completion);
    let found = (!is_completing).then(|| command::complete(&before, &known(state, &before), state.lang));
    let read = command::parse(&typed, now.today());
    let (mut meets, mut remark) = (None, None);
    if let Ok(Command::Decide(_, text) | Command::Filter(text) | Command::Search(text)) = &read
        && let Ok(mut query) = Query::parse(text, now.today())
    {
        // The query is the end of what is typed.
        let start = typed.trim_end().len().saturating_sub(text.len());
        remark = query.remarks.drain(..).next().map(|mut odd| {
            odd.at = start + odd.at.start..start + odd.at.end;
            odd
        });
        let is_counted = !matches!(read, Ok(Command::Search(_))) && !state.search.is_open();
        meets = is_counted.then(|| state.papers.meeting(&query, &state.library).len());
    }
    if let Some(prompt) = &mut state.prompt {
        prompt.refusal = read.err().filter(|_| !typed.trim().is_empty());
        prompt.meets = meets;
        prompt.remark = remark;
        if let Some(found) = found {
            prompt.found = found;
        }
    }
}

/// What arguments can be completed to; nothing before a name is complete.
fn known(state: &State, before: &str) -> Known {
    if !before.trim_start().contains(char::is_whitespace) {
        return Known::default();
    }
    let dates = state.library.days().iter().map(|d| d.date.to_string()).collect();
    let query = if before.contains("date") { Vocabulary::default() } else { vocabulary(state) };
    Known { dates, query }
}

/// Runs what was typed and leaves the input; where it cannot be understood, the input stays and says why.
pub(super) fn keep(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(prompt) = &mut state.prompt else { return Vec::new() };
    let typed = prompt.line.text().trim().to_owned();
    prompt.offers = None;
    if typed.is_empty() {
        state.prompt = None;
        return Vec::new();
    }
    if let Ok(command) = command::parse(&typed, now.today()) {
        state.prompt = None;
        if command != Command::Act(Action::Quit) {
            keep_in(&mut state.lines, typed);
        }
        return run(state, now, &command);
    }
    // Whoever presses Enter wants to know what is missing.
    follow(state, now);
    if let Some(refusal) = state.prompt.as_mut().and_then(|p| p.refusal.as_mut()) {
        refusal.is_open = false;
    }
    Vec::new()
}

/// Carries a command out in the pane that has the keys. What cannot be done is said as an error.
pub(super) fn run(state: &mut State, now: Now, command: &Command) -> Vec<Effect> {
    let is_of_panes = !matches!(command, Command::Act(_) | Command::Help(_) | Command::Set(..));
    let mut effects = if state.statistics.is_open && is_of_panes { leave(state) } else { Vec::new() };
    effects.extend(carry_out(state, now, command));
    effects
}

fn carry_out(state: &mut State, now: Now, command: &Command) -> Vec<Effect> {
    match command {
        Command::Act(action) => return run_verb(state, now, *action),
        Command::Date(day) => return go_to_day(state, now, *day),
        Command::Paper(number) => go_to_paper(state, *number),
        Command::Filter(typed) => match Query::parse(typed, now.today()) {
            Ok(query) => {
                leave_search(state);
                state.filter_by(typed, query);
            }
            Err(error) => state.complain(error.say(typed, state.lang)),
        },
        Command::Search(typed) => search_all(state, now, typed),
        Command::Help(word) => {
            open_popup(state, PopupKind::Help);
            narrow_popup(state, word);
        }
        Command::Tag(wishes) if state.papers.selected_row().is_some() => {
            return give_tags(state, now, wishes.clone());
        }
        Command::Tag(_) => state.complain(state.lang.no_paper_here()),
        Command::Decide(bulk, typed) => return decide_meeting(state, now, *bulk, typed),
        Command::Set(name, value) => return on_day(state, |state| settings::set(state, now, name, value)),
    }
    Vec::new()
}

/// Carries a verb out in the pane that has the keys; of another pane's verb it is said where that works.
pub(super) fn run_verb(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    if runs_in(action.contexts(), state.pane_context()) {
        return act(state, now, action);
    }
    // Which papers the list shows, and how, is asked for by name from every pane.
    if ["view-", "order-"].iter().any(|of_list| action.name().starts_with(of_list)) {
        return act_in_pane(state, now, Context::Papers, action);
    }
    let help = action.help(state.lang).trim_end_matches(['.', '。']);
    state.complain(state.lang.runs_elsewhere(help, &places(action.contexts(), state.lang)));
    Vec::new()
}

/// Opens the newest day that is meant.
fn go_to_day(state: &mut State, now: Now, day: Day) -> Vec<Effect> {
    let found = state.library.days().iter().position(|d| day.is(d.date, now.today()));
    if let Some(day) = found {
        leave_search(state);
        return if Some(day) == state.open_day() { Vec::new() } else { open_day(state, day) };
    }
    let days = state.library.days();
    let ends = days.last().zip(days.first()).map(|(a, b)| (a.date.to_string(), b.date.to_string()));
    state.complain(state.lang.no_such_day(&day.to_string(), ends));
    Vec::new()
}

/// Goes to the paper with this number in the list, or to the last one before it.
pub(super) fn go_to_paper(state: &mut State, number: u32) {
    let rows = state.list_rows();
    let papers = (0..state.papers.entries.len()).filter(|at| state.papers.row_at(*at).is_some());
    match papers.take(number.max(1) as usize).last() {
        Some(at) => state.papers.select(at, rows),
        None => state.complain(state.lang.no_paper_here()),
    }
    set_reader(state);
}
