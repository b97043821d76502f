use super::decide::{decide, mark_read, redo, refresh, toggle_read, undo};
use super::navigate::{
    SCROLL, focus, focus_by, open_first_day, open_tab, page_or_next, relayout, scroll_detail, set_reader,
    show_day, step_dates, step_day, step_papers, toggle_form,
};
use super::{Focus, LineEditor, Msg, Now, Popup, State, Step, Tab, keys};
use crate::action::{Action, Context};
use crate::effect::{Appended, Effect, Report};
use crate::model::{Listing, Verdict};

/// Lets a message change the state. Data in, data out: what is to be done outside comes back as effects.
#[must_use]
pub fn update(state: &mut State, now: Now, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Keys(burst) => keys::press(state, now, &burst),
        Msg::Act(action) => act(state, now, action),
        Msg::Paste(text) => {
            if state.prompt.is_some() {
                state.type_text(&text);
            }
            Vec::new()
        }
        Msg::Resize(size) => {
            state.size = size;
            relayout(state);
            Vec::new()
        }
        Msg::Resumed => vec![Effect::Redraw],
        Msg::Report(report) => take(state, report),
    };
    let session = state.session();
    if state.is_listed && session != state.saved {
        state.saved = session.clone();
        effects.push(Effect::SaveSession(session));
    }
    effects
}

/// Carries a verb out.
pub(super) fn act(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    match state.context() {
        _ if action == Action::Quit => quit(state),
        Context::Popups => act_in_popup(state, action),
        Context::Inputs => act_in_input(state, action),
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
    match action {
        Action::Bookmark => decide(state, now, Verdict::Bookmarked),
        Action::Later => decide(state, now, Verdict::Later),
        Action::Dismiss => decide(state, now, Verdict::Dismissed),
        Action::ToggleRead => toggle_read(state, now),
        Action::Undo => undo(state, now),
        Action::Redo => redo(state, now),
        Action::OlderDate => step_day(state, 1),
        Action::NewerDate => step_day(state, -1),
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        Action::Back | Action::Cancel => back(state, now, action),
        _ => {
            look(state, now, context, action);
            Vec::new()
        }
    }
}

/// The verbs that change only what is looked at.
fn look(state: &mut State, now: Now, context: Context, action: Action) {
    match action {
        Action::ScrollDetailDown => scroll_detail(state, now, SCROLL),
        Action::ScrollDetailUp => scroll_detail(state, now, -SCROLL),
        Action::Open if context == Context::Dates => focus(state, now, Focus::Papers),
        Action::Open if state.papers.selected_row().is_some() => focus(state, now, Focus::Detail),
        Action::NextPaper | Action::PreviousPaper => {
            step_papers(state, Step::By(if action == Action::NextPaper { 1 } else { -1 }));
            mark_read(state, now);
        }
        Action::PageOrNext => page_or_next(state, now),
        Action::Filter => state.prompt = Some(LineEditor::new(&state.papers.filter)),
        Action::TabAll => open_tab(state, Tab::All),
        Action::TabEnglish => open_tab(state, Tab::English),
        Action::TabChinese => open_tab(state, Tab::Chinese),
        Action::TabSummary => open_tab(state, Tab::Summary),
        Action::TabTakeaways => open_tab(state, Tab::Takeaways),
        Action::TabMore => open_tab(state, Tab::More),
        Action::PreviousTab => open_tab(state, state.reader.tab.turned(-1)),
        Action::NextTab => open_tab(state, state.reader.tab.turned(1)),
        Action::RawText => toggle_form(state),
        Action::NextPane => focus_by(state, now, 1, true),
        Action::PreviousPane => focus_by(state, now, -1, true),
        Action::PaneLeft => focus_by(state, now, -1, false),
        Action::PaneRight => focus_by(state, now, 1, false),
        Action::Dates => leave_zen_for(state, now, Focus::Dates),
        Action::Papers => leave_zen_for(state, now, Focus::Papers),
        Action::Zen => {
            state.is_zen = !state.is_zen;
            focus(state, now, if state.is_zen { Focus::Detail } else { state.focus });
        }
        Action::Density => {
            state.papers.density = match state.papers.density {
                1 => 2,
                2 => 3,
                _ => 1,
            };
            relayout(state);
        }
        Action::Help => state.popup = Some(Popup::help(&state.keymap, context, state.lang)),
        Action::Log => {
            let (_, cells) = state.popup_room();
            state.popup = Some(Popup::log(&state.log, state.lang, cells));
        }
        Action::Escape if state.is_zen => {
            state.is_zen = false;
            relayout(state);
        }
        Action::Escape => state.set_filter("", false),
        _ => {}
    }
}

fn leave_zen_for(state: &mut State, now: Now, pane: Focus) {
    state.is_zen = false;
    focus(state, now, pane);
}

/// Goes back one step: from detail alone to all panes, from the detail pane or the dates to the list, from a
/// filtered list to the whole one, from there out.
fn back(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    if state.is_zen {
        state.is_zen = false;
        relayout(state);
    } else if state.focus != Focus::Papers && state.is_listed {
        focus(state, now, Focus::Papers);
    } else if !state.papers.filter.is_empty() {
        state.set_filter("", false);
    } else if action == Action::Cancel && !state.typed.is_empty() {
        state.typed.clear();
    } else {
        return quit(state);
    }
    Vec::new()
}

fn quit(state: &mut State) -> Vec<Effect> {
    state.decisions.flush_auto();
    let pending = state.decisions.pending();
    let append = (!pending.is_empty()).then(|| Effect::Append(pending.to_vec()));
    append.into_iter().chain([Effect::Quit]).collect()
}

fn act_in_popup(state: &mut State, action: Action) -> Vec<Effect> {
    let (rows, _) = state.popup_room();
    let page = rows.cast_signed();
    let by = match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::HalfPageDown => page / 2,
        Action::HalfPageUp => -page / 2,
        Action::PageDown => page,
        Action::PageUp => -page,
        Action::Top => isize::MIN,
        Action::Bottom => isize::MAX,
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        _ => {
            state.popup = None;
            return Vec::new();
        }
    };
    if let Some(popup) = &mut state.popup {
        popup.scroll(by, rows);
    }
    Vec::new()
}

fn act_in_input(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(line) = &mut state.prompt else { return Vec::new() };
    match action {
        Action::CursorLeft => line.left(),
        Action::CursorRight => line.right(),
        Action::CursorStart => line.start(),
        Action::CursorEnd => line.end(),
        Action::DeleteBack => line.delete_back(),
        Action::DeleteForward => line.delete_forward(),
        Action::DeleteWord => line.delete_word(),
        Action::DeleteToStart => line.delete_to_start(),
        Action::Down => step_papers(state, Step::By(1)),
        Action::Up => step_papers(state, Step::By(-1)),
        Action::Keep => {
            state.prompt = None;
            state.set_filter(&state.papers.filter.clone(), false);
        }
        Action::ClearOrLeave if !line.text().is_empty() => *line = LineEditor::default(),
        Action::ClearOrLeave | Action::Cancel => {
            state.prompt = None;
            state.set_filter("", false);
        }
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        _ => {}
    }
    state.follow_prompt();
    Vec::new()
}

fn take(state: &mut State, report: Report) -> Vec<Effect> {
    match report {
        Report::Listed(listing) => return listed(state, listing),
        Report::Loaded { slot, generation, result } => {
            let problems = match &result {
                Ok(loaded) => loaded.problems.clone(),
                Err(problem) => vec![problem.clone()],
            };
            if !state.library.loaded(slot, generation, result) {
                return Vec::new();
            }
            state.log.extend(problems);
            let open = state
                .open_day()
                .filter(|d| state.library.days().get(*d).is_some_and(|d| d.slots.contains(&slot)));
            if let Some(day) = open {
                show_day(state, day);
            }
        }
        Report::Appended(Ok(Appended { foreign, own })) => {
            state.decisions.appended(foreign, own);
            state.unsaved = None;
            refresh(state);
        }
        Report::Appended(Err(why)) => {
            state.complain(state.lang.unsaved(&why));
            state.unsaved = Some(why);
        }
        Report::SessionUnsaved(why) => state.complain(why),
        Report::Notice(problem) => {
            state.complain(problem.to_string());
            state.log.push(problem);
        }
    }
    Vec::new()
}

fn listed(state: &mut State, listing: Listing) -> Vec<Effect> {
    state.library.list(&listing);
    state.log.extend(listing.problems);
    state.is_listed = true;
    if state.library.days().is_empty() {
        state.focus = Focus::Papers;
        return Vec::new();
    }
    let effects = open_first_day(state);
    set_reader(state);
    effects
}

fn step_of(action: Action) -> Option<Step> {
    Some(match action {
        Action::Down => Step::By(1),
        Action::Up => Step::By(-1),
        Action::Top => Step::First,
        Action::Bottom => Step::Last,
        Action::HalfPageDown => Step::HalfPages(1),
        Action::HalfPageUp => Step::HalfPages(-1),
        Action::PageDown => Step::Pages(1),
        Action::PageUp => Step::Pages(-1),
        _ => return None,
    })
}

fn scroll_by(state: &mut State, now: Now, step: Step) {
    let page = state.reader.body_rows.max(1).cast_signed();
    match step {
        Step::By(n) => scroll_detail(state, now, n),
        Step::HalfPages(n) => scroll_detail(state, now, n * (page / 2).max(1)),
        Step::Pages(n) => scroll_detail(state, now, n * (page - 1).max(1)),
        Step::First => scroll_detail(state, now, isize::MIN),
        Step::Last => state.reader.scroll_to_end(),
    }
}

impl State {
    /// Types into the open input.
    pub(super) fn type_text(&mut self, text: &str) {
        if let Some(line) = &mut self.prompt {
            line.insert(text);
        }
        self.follow_prompt();
    }

    /// Filters by what is in the input, best match first.
    fn follow_prompt(&mut self) {
        let typed = self.prompt.as_ref().map(|line| line.text().to_owned());
        if let Some(typed) = typed.filter(|t| *t != self.papers.filter) {
            self.set_filter(&typed, true);
        }
    }

    /// Narrows the list. While typing (`is_ranked`) the best match is selected; afterwards the paper that was.
    fn set_filter(&mut self, filter: &str, is_ranked: bool) {
        let kept = self.papers.selected_row().map(|r| r.identity.clone());
        filter.clone_into(&mut self.papers.filter);
        let rows = self.list_rows();
        self.papers.arrange(&self.library, is_ranked, rows);
        let is_kept = !is_ranked && kept.is_some_and(|paper| self.papers.select_paper(&paper, rows));
        if !is_kept {
            self.papers.step(Step::First, rows);
        }
        set_reader(self);
    }
}
