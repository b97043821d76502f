use std::mem;

use super::found::open_found;
use super::navigate::{relayout, set_reader};
use crate::action::{Action, Context};
use crate::effect::{Effect, Found, Sought, Stage};
use crate::filter::Query;
use crate::state::search::{MOST, Request, Standing};
use crate::state::{Focus, LineEditor, Now, Papers, Prompt, PromptKind, Row, State, Step};
use std::sync::Arc;

/// Opens the input that searches all dates, with the last search and what it found.
pub(super) fn open_search(state: &mut State) {
    // What is typed ahead of the first listing is looked for once there is one.
    if state.is_listed && state.library.days().is_empty() {
        return;
    }
    enter_search(state);
    if !mem::replace(&mut state.search.in_texts, true) {
        again(state);
    }
    state.papers.has_headings = true;
    state.search.folder = None;
    state.focus = Focus::Papers;
    state.zen = None;
    let line = LineEditor::new(&state.search.typed);
    state.prompt = Some(Prompt::new(PromptKind::Search, line));
    relayout(state);
}

/// Searches all dates for what was typed elsewhere, and goes into the list of what is found.
pub(super) fn search_all(state: &mut State, now: Now, typed: &str) {
    match Query::parse(typed, now.today()) {
        Ok(query) => {
            enter_search(state);
            state.search.in_texts = true;
            state.search_for(typed, query);
            state.search.folder = None;
            state.papers.has_headings = true;
            state.focus = Focus::Papers;
            state.zen = None;
            state.remember_query(typed.to_owned());
            relayout(state);
        }
        Err(wrong) => state.complain(wrong.say(typed, state.lang)),
    }
}

/// The verbs that are other ones in what a search found, or cannot be done there; none for all others.
pub(super) fn act_in_results(state: &mut State, context: Context, action: Action) -> Option<Vec<Effect>> {
    if !state.search.is_open() {
        return None;
    }
    match action {
        Action::Open if context == Context::Papers => return Some(open_found(state)),
        Action::Filter => open_search(state),
        Action::Why | Action::Authors if wait_for_digests(state, action) => {}
        Action::OrderSource
        | Action::OrderInterest
        | Action::OrderTitle
        | Action::OrderAuthor
        | Action::OrderDate
        | Action::ToggleMuted
        | Action::MyCategories
        | Action::ToggleRepeats => {
            state.say(state.lang.not_in_results());
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Puts the list of the search in the place of the paper list.
pub(super) fn enter_search(state: &mut State) {
    if state.search.is_open() {
        return;
    }
    state.swap_lists();
    state.search.standing = Standing::Open;
    state.papers.density = state.search.shelf.papers.density;
    state.reader.tab = state.search.shelf.reader.tab;
    let search = &mut state.search;
    if search.is_old || matches!(search.stage, Some(Stage::Failed(_))) {
        again(state);
    }
    list_found(state);
}

/// Looks for the same again; who is on a paper stays there.
fn again(state: &mut State) {
    if state.search.is_empty() {
        return;
    }
    let list = if state.search.is_open() { &state.papers } else { &state.search.shelf.papers };
    let selected = list.selected_row().map(Row::place);
    let here = selected.and_then(|(slot, at)| {
        let is_it = |h: &&crate::effect::Hit| h.index == at && state.library.slot_of(h) == Some(slot);
        state.search.hits.iter().find(is_it).cloned()
    });
    state.search.anchor = here;
    state.search.request = Request::Due;
}

/// Goes back to the list that the search was opened from, exactly as it was. What was typed is there the next time.
pub(super) fn leave_search(state: &mut State) {
    if state.search.is_open() && state.search.folder.is_some() {
        state.search_for("", Query::default());
    }
    close(state);
}

/// Puts the list of the search aside.
pub(super) fn close(state: &mut State) {
    if !state.search.is_open() {
        return;
    }
    if state.prompt.as_ref().is_some_and(|p| p.kind == PromptKind::Search) {
        state.prompt = None;
    }
    let is_cut_short = state.search.is_under_way();
    state.search.stop();
    state.search.is_old |= is_cut_short;
    state.papers.drop_selection();
    let density = state.papers.density;
    state.swap_lists();
    state.search.standing = Standing::Closed;
    state.papers.density = density;
    relayout(state);
}

/// Takes what a search found; what an earlier one found is dropped.
pub(super) fn found(state: &mut State, generation: u64, found: Found) {
    if generation != state.search.generation || !state.search.is_open() {
        return;
    }
    let before = state.search.hits.len();
    let is_first = state.search.take(found);
    if is_first {
        state.papers.drop_found();
    }
    let from = if is_first { 0 } else { before };
    let rows = state.list_rows();
    let added = state.found_rows(from);
    state.papers.add_found(added, state.search.unlisted(), &state.library, rows);
    let anchor = state.search.anchor.as_ref();
    let anchor = anchor.and_then(|hit| Some((state.library.slot_of(hit)?, hit.index)));
    if anchor.is_some_and(|place| state.papers.select_place(place, rows))
        || state.search.request != Request::Running
    {
        state.search.anchor = None;
    }
    set_reader(state);
}

/// Lists what was found anew: for what was decided since, and for another form of the texts.
pub(super) fn list_found(state: &mut State) {
    let selected = state.papers.selected_place();
    let rows = state.list_rows();
    let all = state.found_rows(0);
    state.papers.rows.clear();
    state.papers.add_found(all, state.search.unlisted(), &state.library, rows);
    if let Some(place) = selected {
        state.papers.select_place(place, rows);
    }
}

/// Takes what a digest that was read says of the papers found in it.
pub(super) fn digest_came(state: &mut State) {
    if !state.search.is_open() {
        return;
    }
    let library = &state.library;
    if let Some(slot) = state.search.asked.take_if(|slot| !library.is_awaited(*slot))
        && let Some(digest) = library.digest(slot)
    {
        for row in state.papers.rows.iter_mut().filter(|r| r.slot == slot) {
            row.follow(digest);
        }
    }
    set_reader(state);
}

/// Keeps a verb until the digests are here that it needs; true when it has to wait.
pub(super) fn wait_for_digests(state: &mut State, action: Action) -> bool {
    if !state.search.is_open() || !super::hands::rows(state).iter().any(|r| state.is_to_come(r)) {
        return false;
    }
    state.search.wish = Some(action);
    state.say(state.lang.loading(crate::text::ellipsis(3)));
    true
}

/// Does what was wished for, once everything for it is here.
pub(super) fn carry_out(state: &mut State, now: Now) -> Vec<Effect> {
    let Some(action) = state.search.wish.filter(|_| state.search.is_open()) else { return Vec::new() };
    if super::hands::rows(state).iter().any(|r| state.is_to_come(r)) {
        return Vec::new();
    }
    state.search.wish = None;
    state.message = None;
    let context = state.pane_context();
    super::act_in_pane(state, now, context, action)
}

/// Says what is to be done for the search now: begin, end, read the paper one is on.
pub(super) fn ask(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    // Digests were added or changed, or went.
    if state.search.is_open() && mem::take(&mut state.search.is_outdated) {
        again(state);
    }
    let search = &mut state.search;
    if search.request == Request::Due {
        search.generation += 1;
        (search.request, search.is_old) = (Request::Running, true);
        (search.stage, search.titles) = (None, None);
        let sought = Sought {
            query: search.query.clone(),
            decisions: Arc::clone(&state.decisions),
            in_texts: search.in_texts,
            most: MOST,
        };
        effects.push(Effect::Search { generation: search.generation, sought: Arc::new(sought) });
    } else if search.request == Request::Unwanted {
        search.request = Request::Over;
        effects.push(Effect::StopSearch);
    }
    effects.extend(read(state));
    effects
}

/// Asks for the digest of the paper one is on, and for those that a wish waits for, one after the other.
fn read(state: &mut State) -> Option<Effect> {
    if !state.search.is_open() || state.search.asked.is_some_and(|s| state.library.is_awaited(s)) {
        return None;
    }
    let is_wished = state.search.wish.is_some();
    let rows: Vec<Row> = if is_wished {
        super::hands::rows(state)
    } else {
        state.papers.selected_row().cloned().into_iter().collect()
    };
    let slot = rows.iter().find(|r| state.is_to_come(r)).map(|r| r.slot)?;
    let effect = state.library.fetch(slot, is_wished);
    state.search.asked = Some(slot);
    set_reader(state);
    effect
}

/// Lets `f` work on the list of the day, whatever is on screen.
pub(super) fn on_day<R>(state: &mut State, f: impl FnOnce(&mut State) -> R) -> R {
    if !state.search.is_open() {
        return f(state);
    }
    state.swap_lists();
    state.search.standing = Standing::Behind;
    let out = f(state);
    state.search.standing = Standing::Open;
    state.swap_lists();
    out
}

impl State {
    /// The list of the open day, on screen or behind that of a search.
    #[must_use]
    pub fn day_list(&self) -> &Papers {
        if self.search.is_open() { &self.search.shelf.papers } else { &self.papers }
    }

    fn swap_lists(&mut self) {
        let other = &mut self.search.shelf;
        mem::swap(&mut self.papers, &mut other.papers);
        mem::swap(&mut self.reader, &mut other.reader);
        mem::swap(&mut self.focus, &mut other.focus);
        mem::swap(&mut self.zen, &mut other.zen);
    }

    /// Searches for what is typed, unless that is what is searched for already.
    pub(super) fn search_for(&mut self, typed: &str, query: Query) {
        if !self.search.want(typed, query.clone()) {
            return;
        }
        self.papers.mark(query);
        let rows = self.list_rows();
        if self.search.is_empty() {
            self.papers.drop_found();
            self.papers.add_found(Vec::new(), 0, &self.library, rows);
        }
        // The next one comes from the top.
        self.papers.step(Step::First, rows);
        self.find_words();
        set_reader(self);
    }

    /// Marks the words of the search in the detail pane.
    pub(super) fn find_words(&mut self) {
        let words = self.search.query.words().into_iter().map(str::to_owned).collect();
        self.reader.find_words(words);
    }

    fn found_rows(&self, from: usize) -> Vec<Row> {
        let hits = self.search.hits.iter().enumerate().skip(from);
        let row = |(at, hit)| {
            let slot = self.library.slot_of(hit)?;
            let hit = (hit, at < self.search.in_titles);
            let mut row = Row::found(slot, hit, self.form, &self.decisions);
            if let Some(digest) = self.library.digest(slot) {
                row.follow(digest);
            }
            Some(row)
        };
        hits.filter_map(row).collect()
    }

    /// Says whether the digest of a row is not here, but may come.
    fn is_to_come(&self, row: &Row) -> bool {
        use crate::state::Slot;
        matches!(self.library.slot(row.slot), Some(Slot::Unlisted | Slot::Loading))
    }
}
