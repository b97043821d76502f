use super::command;
use super::errand;
use super::navigate::{narrow_dates, open_selected_date, relayout, step_papers};
use super::popup::{narrow_popup, run_chosen, scroll_popup};
use super::search::leave_search;
use super::tags::keep_tags;
use crate::action::Action;
use crate::effect::Effect;
use crate::filter::{self, Query, Vocabulary};
use crate::state::{Find, LineEditor, Now, Offers, OffersOf, Prompt, PromptKind, State, Step};

/// Queries that are remembered, and commands.
pub(super) const REMEMBERED: usize = 50;

/// Carries a verb out in the open text input.
pub(super) fn act_in_input(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    match action {
        Action::Complete => complete(state),
        Action::History => remember(state),
        Action::Up | Action::Down if command::is_open(state) => {
            command::go_through(state, action == Action::Up);
        }
        // As in a shell.
        Action::Up if state.prompt.as_ref().is_some_and(|p| matches!(p.kind, PromptKind::Command(_))) => {
            remember(state);
        }
        action => {
            if let Some(prompt) = &mut state.prompt {
                prompt.offers = None;
            }
            return edit(state, now, action);
        }
    }
    state.follow_prompt(now);
    Vec::new()
}

fn edit(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    let Some(Prompt { kind, line, error, .. }) = &mut state.prompt else { return Vec::new() };
    let kind = *kind;
    match action {
        Action::CursorLeft => line.left(),
        Action::CursorRight => line.right(),
        Action::CursorStart => line.start(),
        Action::CursorEnd => line.end(),
        Action::DeleteBack => line.delete_back(),
        Action::DeleteForward => line.delete_forward(),
        Action::DeleteWord => line.delete_word(),
        Action::DeleteToStart => line.delete_to_start(),
        Action::Down => step(state, kind, true),
        Action::Up => step(state, kind, false),
        Action::Keep if kind == PromptKind::Tags => return keep_tags(state, now),
        Action::Keep if kind == PromptKind::Palette => return run_chosen(state, now),
        Action::Keep if matches!(kind, PromptKind::Command(_)) => return errand::run(state),
        Action::Keep if kind == PromptKind::Line => return command::keep(state, now),
        Action::Keep if kind == PromptKind::Dates => {
            state.prompt = None;
            return open_selected_date(state);
        }
        Action::ClearOrLeave if kind == PromptKind::Palette => leave(state, kind),
        // What is wrong with it is on the screen.
        Action::Keep if error.is_some() => {}
        Action::Keep => keep(state, kind),
        Action::ClearOrLeave if kind == PromptKind::Search => close_search_input(state),
        Action::ClearOrLeave if !line.text().is_empty() => *line = LineEditor::default(),
        Action::ClearOrLeave | Action::Cancel => leave(state, kind),
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        _ => {}
    }
    state.follow_prompt(now);
    Vec::new()
}

/// Completes the word before the insertion point: to the next offer, where there are some already.
fn complete(state: &mut State) {
    let Some(kind) = state.prompt.as_ref().map(|p| p.kind) else { return };
    let is_new = state.prompt.as_ref().is_some_and(|p| p.offers.is_none());
    let is_query = matches!(kind, PromptKind::Filter | PromptKind::Search);
    let known = if is_query && is_new { vocabulary(state) } else { Vocabulary::default() };
    let Some(prompt) = &mut state.prompt else { return };
    match kind {
        PromptKind::Command(form) => prompt.kind = PromptKind::Command(form.map(errand::next_form)),
        PromptKind::Tags => prompt.complete(),
        PromptKind::Filter | PromptKind::Search => prompt.take_offer(OffersOf::Completion, |line| {
            Offers::completing(line, filter::complete(line.before(), &known))
        }),
        PromptKind::Palette => {
            if let Some(does) = state.popup.as_ref().and_then(|p| p.palette.chosen()) {
                prompt.line = LineEditor::new(&does.name());
            }
        }
        PromptKind::Line => prompt.complete_command(),
        PromptKind::Narrow | PromptKind::Dates | PromptKind::Find { .. } => {}
    }
}

/// Takes a line that was kept before.
fn remember(state: &mut State) {
    let Some(prompt) = &mut state.prompt else { return };
    let history = match prompt.kind {
        PromptKind::Filter | PromptKind::Search => &state.filters,
        PromptKind::Command(_) => &state.commands,
        PromptKind::Line => &state.lines,
        _ => return,
    };
    prompt.take_offer(OffersOf::History, |line| Offers::remembering(line, history));
}

/// What values of fields can be completed to: the tags in use, and what stands in the open day.
pub(super) fn vocabulary(state: &State) -> Vocabulary {
    let (mut categories, mut venues, mut authors) = (Vec::new(), Vec::new(), Vec::new());
    for row in &state.day_list().rows {
        let Some(digest) = state.library.digest(row.slot) else { continue };
        categories.extend(digest.category.clone());
        venues.extend(row.venue.clone());
        if let Some(paper) = digest.papers.get(row.index) {
            categories.extend(paper.categories.iter().cloned());
            authors.extend(paper.authors.iter().cloned());
        }
    }
    for words in [&mut categories, &mut venues, &mut authors] {
        words.sort_unstable();
        words.dedup();
    }
    Vocabulary { tags: state.decisions.all_tags(), categories, venues, authors }
}

fn step(state: &mut State, kind: PromptKind, is_forward: bool) {
    match kind {
        PromptKind::Filter | PromptKind::Search => {
            step_papers(state, Step::By(if is_forward { 1 } else { -1 }));
        }
        PromptKind::Tags | PromptKind::Command(_) | PromptKind::Line | PromptKind::Dates => {}
        PromptKind::Narrow | PromptKind::Palette => scroll_popup(state, if is_forward { 1 } else { -1 }),
        PromptKind::Find { .. } => state.step_find(is_forward),
    }
}

fn keep(state: &mut State, kind: PromptKind) {
    state.prompt = None;
    match kind {
        // There is nothing to go to.
        PromptKind::Search if state.search.is_empty() => leave_search(state),
        PromptKind::Search => {
            keep_in(&mut state.filters, state.search.typed.trim().to_owned());
            relayout(state);
        }
        PromptKind::Filter => state.keep_filter(),
        PromptKind::Find { .. } => {
            let find = state.reader.find.as_ref();
            if let Some(query) = find.filter(|f| f.place().1 == 0).map(|f| f.query.clone()) {
                state.complain(state.lang.not_found(&query));
            }
        }
        _ => {}
    }
}

/// Goes from the input of the search to what was found, or is being found; where that is nothing, back to where one was.
fn close_search_input(state: &mut State) {
    state.prompt = None;
    if state.papers.selected_row().is_none() && !state.search.is_under_way() {
        leave_search(state);
    }
    relayout(state);
}

fn leave(state: &mut State, kind: PromptKind) {
    state.prompt = None;
    match kind {
        PromptKind::Tags | PromptKind::Command(_) | PromptKind::Line => {}
        PromptKind::Dates => narrow_dates(state, ""),
        PromptKind::Narrow => narrow_popup(state, ""),
        PromptKind::Palette => state.popup = None,
        PromptKind::Filter => state.clear_filter(),
        PromptKind::Search => leave_search(state),
        PromptKind::Find { from } => state.reader.start_find("", from),
    }
}

/// Puts a line that was kept first in its history.
pub(super) fn keep_in(history: &mut Vec<String>, line: String) {
    history.retain(|before| *before != line);
    history.insert(0, line);
    history.truncate(REMEMBERED);
}

impl State {
    /// Opens the input that filters the list, with the filter that is on.
    pub(super) fn open_filter(&mut self) {
        self.before_filter = self.papers.selected_place();
        let line = LineEditor::new(&self.papers.filter);
        self.prompt = Some(Prompt::new(PromptKind::Filter, line));
        relayout(self);
    }

    pub(super) fn remember_query(&mut self, typed: String) {
        keep_in(&mut self.filters, typed);
    }

    /// Opens the input that finds in the text; the text is not left when nothing is typed.
    pub(super) fn open_find(&mut self) {
        let kind = PromptKind::Find { from: self.reader.top };
        self.prompt = Some(Prompt::new(kind, LineEditor::default()));
        self.reader.end_find();
    }

    /// Goes to the next hit, or to the previous one, and says when it went round the end.
    pub(super) fn step_find(&mut self, is_forward: bool) {
        if self.reader.find.is_none() && self.search.is_open() {
            self.find_words();
        }
        let is_round = self.reader.step_find(is_forward);
        let (at, all) = self.reader.find.as_ref().map_or((0, 0), Find::place);
        match is_round {
            Some(true) if is_forward => self.say(self.lang.found_from_top(at, all)),
            Some(true) => self.say(self.lang.found_from_bottom(at, all)),
            Some(false) => {}
            None => match self.reader.find.as_ref().map(|f| f.query.clone()) {
                Some(query) => self.complain(self.lang.not_found(&query)),
                None => self.say(self.lang.nothing_to_find()),
            },
        }
    }

    /// Types into the open input.
    pub(super) fn type_text(&mut self, now: Now, text: &str) {
        if let Some(prompt) = &mut self.prompt {
            prompt.line.insert(text);
            prompt.offers = None;
        }
        self.follow_prompt(now);
    }

    /// Filters or finds by what is in the input. A query that cannot be understood leaves the last one in force.
    fn follow_prompt(&mut self, now: Now) {
        let Some(Prompt { kind, line, error, .. }) = &mut self.prompt else { return };
        let (kind, typed) = (*kind, line.text());
        match kind {
            PromptKind::Filter if typed != self.papers.filter || error.is_some() => {
                match Query::parse(typed, now.today()) {
                    Ok(query) => {
                        *error = None;
                        if typed != self.papers.filter {
                            self.papers.set_query(typed, query);
                            self.narrow(true);
                        }
                    }
                    Err(wrong) => *error = Some(wrong),
                }
            }
            PromptKind::Search if typed != self.search.typed || error.is_some() => {
                match Query::parse(typed, now.today()) {
                    Ok(query) => {
                        *error = None;
                        let typed = typed.to_owned();
                        self.search_for(&typed, query);
                    }
                    Err(wrong) => *error = Some(wrong),
                }
            }
            PromptKind::Narrow | PromptKind::Palette => {
                let typed = typed.to_owned();
                narrow_popup(self, &typed);
            }
            PromptKind::Dates => {
                let typed = typed.to_owned();
                narrow_dates(self, &typed);
            }
            PromptKind::Line => command::follow(self, now),
            PromptKind::Find { from } if typed != self.reader.find.as_ref().map_or("", |f| &f.query) => {
                let typed = typed.to_owned();
                self.reader.start_find(&typed, from);
            }
            _ => {}
        }
    }

    /// Filters by a query as if it had been typed and kept; Escape goes back to the paper one was on.
    pub(super) fn filter_by(&mut self, typed: &str, query: Query) {
        self.before_filter = self.papers.selected_place();
        self.papers.set_query(typed, query);
        keep_in(&mut self.filters, typed.trim().to_owned());
        self.narrow(false);
    }

    /// Keeps the filter that is on, for the history too.
    fn keep_filter(&mut self) {
        let filter = self.papers.filter.trim().to_owned();
        if !filter.is_empty() {
            keep_in(&mut self.filters, filter);
            // What was looked for and found is not left with the filter.
            self.before_filter = None;
        }
        self.narrow(false);
    }

    /// Takes the filter off.
    pub(super) fn clear_filter(&mut self) {
        self.papers.set_query("", Query::default());
        self.narrow(false);
    }

    /// Narrows the list by its filter. While typing (`is_ranked`) the best match is selected; afterwards the paper
    /// that was.
    fn narrow(&mut self, is_ranked: bool) {
        if self.papers.awaits_hits() {
            // The list stays as it is until there is another one.
            return self.papers.await_hits(is_ranked);
        }
        let kept = self.papers.selected_place();
        let rows = self.list_rows();
        self.papers.arrange(&self.library, is_ranked, rows);
        let is_whole = self.papers.filter.trim().is_empty();
        let kept = if is_whole { self.before_filter.or(kept) } else { kept };
        let is_kept =
            (!is_ranked || is_whole) && kept.is_some_and(|place| self.papers.select_place(place, rows));
        if !is_kept {
            self.papers.step(Step::First, rows);
        }
        relayout(self);
    }
}
