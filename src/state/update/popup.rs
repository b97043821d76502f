use super::authors::{follow, look_for_author};
use super::folders::open_chosen;
use super::{command, steps};
use crate::action::Action;
use crate::effect::Effect;
use crate::keymap::Does;
use crate::model::{Digest, Paper};
use crate::state::{LineEditor, Now, Popup, PopupKind, Prompt, PromptKind, Row, State};
use crate::text;

/// Opens the help or the log.
pub(super) fn open_popup(state: &mut State, kind: PopupKind) {
    state.popup = listed(state, kind, "");
}

/// Opens the list of verbs with an input that finds in it.
pub(super) fn open_palette(state: &mut State) {
    open_popup(state, PopupKind::Palette);
    state.prompt = Some(Prompt::new(PromptKind::Palette, LineEditor::default()));
}

/// Closes the list of verbs and runs the chosen one in the pane that it was opened from. Where none was found, it stays.
pub(super) fn run_chosen(state: &mut State, now: Now) -> Vec<Effect> {
    let does = state.popup.as_ref().and_then(|p| p.palette.chosen()).cloned();
    let Some(does) = does else { return Vec::new() };
    (state.popup, state.prompt) = (None, None);
    match does {
        Does::Act(action) => command::run_verb(state, now, action),
        Does::Macro(found) => steps::run(state, now, found.steps),
    }
}

/// Carries a verb out in the open popup.
pub(super) fn act_in_popup(state: &mut State, now: Now, action: Action) -> Vec<Effect> {
    if action == Action::Pick && state.popup.as_ref().is_some_and(|p| p.kind == PopupKind::Queries) {
        open_chosen(state, now);
        return Vec::new();
    }
    let page = state.popup_room().0.cast_signed();
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
        Action::Narrow => {
            open_narrow(state);
            return Vec::new();
        }
        Action::Follow => return follow(state),
        Action::Pick if look_for_author(state, now) => return Vec::new(),
        Action::Close | Action::Pick if state.popup.as_ref().is_some_and(|p| !p.typed.is_empty()) => {
            narrow_popup(state, "");
            return Vec::new();
        }
        _ => {
            state.popup = None;
            return Vec::new();
        }
    };
    scroll_popup(state, by);
    Vec::new()
}

/// Scrolls the open popup by rows, or goes to another verb of it; negative is up.
pub(super) fn scroll_popup(state: &mut State, by: isize) {
    let (rows, _) = state.popup_room();
    match &mut state.popup {
        Some(popup) if popup.kind == PopupKind::Palette => popup.step(by, rows),
        Some(popup) if popup.kind == PopupKind::Authors => popup.step_authors(by, rows),
        Some(popup) => popup.choose(by, rows),
        None => {}
    }
}

/// Opens the input that narrows the rows of the popup, with what narrows them already.
fn open_narrow(state: &mut State) {
    let Some(popup) = &state.popup else { return };
    if popup.can_narrow() {
        state.prompt = Some(Prompt::new(PromptKind::Narrow, LineEditor::new(&popup.typed)));
    }
}

/// Shows only the rows of the popup that hold every word of what is typed.
pub(super) fn narrow_popup(state: &mut State, typed: &str) {
    let Some(popup) = state.popup.as_ref().filter(|p| p.typed != typed) else { return };
    state.popup = listed(state, popup.kind, typed);
}

/// Lists anew what is in the popup, for another size or after more of it came in.
pub(super) fn list_popup(state: &mut State) {
    let Some(old) = &state.popup else { return };
    let (top, at, chosen, author) = (old.top, old.palette.at, old.at, old.authors.at);
    if let Some(mut popup) = listed(state, old.kind, &old.typed) {
        popup.top = top;
        popup.palette.at = at;
        popup.at = chosen;
        popup.authors.at = author;
        state.popup = Some(popup);
    }
    scroll_popup(state, 0);
}

/// The selected paper with its digest and its row.
fn selected(state: &State) -> Option<((&Digest, &Paper), &Row)> {
    let row = state.papers.selected_row()?;
    let digest = state.library.digest(row.slot)?;
    Some(((digest, digest.papers.get(row.index)?), row))
}

/// Lists what a popup holds, as far as it holds what is typed; none of one that is made of something that is gone.
fn listed(state: &State, kind: PopupKind, typed: &str) -> Option<Popup> {
    let (_, cells) = state.popup_room();
    match kind {
        PopupKind::Help => Some(Popup::help(&state.keymap, state.pane_context(), state.lang, cells, typed)),
        PopupKind::Palette => {
            Some(Popup::palette(&state.keymap, state.pane_context(), state.lang, cells, typed))
        }
        PopupKind::Log => Some(Popup::log(&state.log, state.lang, cells, typed)),
        PopupKind::Queries => Some(Popup::queries(&state.folders, state.lang, text::dot(), cells)),
        PopupKind::Why => {
            let (paper, row) = selected(state)?;
            Some(Popup::why(paper, row, state.interest(), state.lang, cells))
        }
        PopupKind::Authors => {
            let ((_, paper), _) = selected(state)?;
            let how = (state.lang, state.form);
            Some(Popup::authors(&paper.authors, state.interest(), how, cells, typed))
        }
        PopupKind::Links | PopupKind::Address => None,
    }
}
