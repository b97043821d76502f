use std::sync::Arc;

use super::navigate::relayout;
use super::popup::list_popup;
use super::search::enter_search;
use crate::effect::{Effect, Sought};
use crate::filter::Query;
use crate::state::folders::PAUSE_MS;
use crate::state::search::Request;
use crate::state::{DateEntry, Focus, Now, PopupKind, State};

/// Opens the saved query that is chosen in the popup.
pub(super) fn open_chosen(state: &mut State, now: Now) {
    let chosen = state.popup.take().and_then(|p| p.at);
    if let Some(at) = chosen {
        open_folder(state, now, at);
    }
}

/// Searches all dates by a saved query.
pub(super) fn open_folder(state: &mut State, now: Now, at: usize) {
    let Some(folder) = state.folders.list.get(at) else { return };
    let typed = folder.query.clone();
    match Query::parse(&typed, now.today()) {
        Ok(query) => {
            enter_search(state);
            // As many are listed as were counted: a count looks into the texts only where they are named.
            state.search.in_texts = query.needs_body();
            state.search_for(&typed, query);
            state.search.folder = Some(at);
            // What was decided since may have changed what it holds.
            state.search.request = Request::Due;
            state.papers.has_headings = false;
            state.focus = Focus::Papers;
            state.zen = None;
            relayout(state);
        }
        Err(wrong) => state.complain(wrong.say(&typed, state.lang)),
    }
}

/// Asks how many papers the folders hold, when their numbers are on screen and may be other ones: never while some are
/// still on their way, and not after each of many decisions.
pub(super) fn count(state: &mut State, now: Now) -> Option<Effect> {
    let shows = state.shows_folders() && !state.library.days().is_empty();
    let folders = &mut state.folders;
    let is_early = folders.asked_ms.is_some_and(|then| (0..PAUSE_MS).contains(&(now.wall_ms - then)));
    if !shows || !folders.is_stale || folders.awaited > 0 {
        return None;
    }
    if is_early {
        // Nothing else may happen that would bring one back here.
        let is_asked = std::mem::replace(&mut folders.is_reminded, true);
        return (!is_asked).then_some(Effect::Remind(PAUSE_MS.unsigned_abs()));
    }
    folders.generation += 1;
    (folders.is_stale, folders.asked_ms) = (false, Some(now.wall_ms));
    let query = |typed: &str| Query::parse(typed, now.today()).unwrap_or_default();
    let sought = |query| Sought { query, decisions: Arc::clone(&state.decisions), in_texts: true, most: 0 };
    let sought: Vec<_> = folders.list.iter().map(|f| Arc::new(sought(query(&f.query)))).collect();
    folders.awaited = sought.len();
    Some(Effect::Count { generation: folders.generation, sought })
}

/// Takes a number; one of an earlier request is dropped.
pub(super) fn counted(state: &mut State, generation: u64, at: usize, counts: (usize, usize)) {
    let folders = &mut state.folders;
    if generation != folders.generation {
        return;
    }
    folders.awaited = folders.awaited.saturating_sub(1);
    if let Some(folder) = folders.list.get_mut(at) {
        folder.counts = Some(counts);
    }
    if state.popup.as_ref().is_some_and(|p| p.kind == PopupKind::Queries) {
        list_popup(state);
    }
}

impl State {
    /// How many folders stand above the dates, and which of them the cursor is to stay on.
    pub(super) fn folders_beside(&self) -> (usize, Option<usize>) {
        let on = match self.dates.selected() {
            _ if self.search.is_open() => self.search.folder,
            Some(DateEntry::Folder(at)) if self.focus == Focus::Dates => Some(at),
            _ => None,
        };
        (self.folders.list.len(), on)
    }
}
