//! The authors of a paper: looking for their papers, and following them.

use super::interest::add_rule;
use super::popup::{list_popup, open_popup};
use super::search::search_all;
use crate::effect::Effect;
use crate::filter::Rule;
use crate::state::{Now, PopupKind, State};
use crate::text;

/// Lists the authors of the selected paper.
pub(super) fn open_authors(state: &mut State) {
    open_popup(state, PopupKind::Authors);
    if state.popup.as_ref().is_some_and(|p| p.authors.count() == 0) {
        state.popup = None;
        state.say(state.lang.no_authors());
    }
}

/// The author that the cursor of the open list is on.
fn chosen(state: &State) -> Option<String> {
    state.popup.as_ref().and_then(|p| p.authors.chosen()).map(str::to_owned)
}

/// Closes the list and looks for all papers of the author the cursor is on; false when it is on none.
pub(super) fn look_for_author(state: &mut State, now: Now) -> bool {
    let Some(author) = chosen(state) else { return false };
    state.popup = None;
    // There is no way to write a quote inside quotes; what stands between them is enough.
    let parts = author.split('"').map(|part| part.trim_matches(['\\', ' '])).filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(|part| format!("author:\"{part}\"")).collect();
    search_all(state, now, &parts.join(" "));
    true
}

/// Follows the author the cursor is on: asks for a rule in the configuration, unless there is one.
pub(super) fn follow(state: &mut State) -> Vec<Effect> {
    let Some(author) = chosen(state) else { return Vec::new() };
    if let Some(rule) = state.interest().follows(&author) {
        let label = rule.label();
        state.say(state.lang.followed_already(&author, &text::clean_line(label)));
        return Vec::new();
    }
    if state.prefs.is_read_only {
        state.complain(state.lang.read_only());
        return Vec::new();
    }
    vec![Effect::AddRule(Rule::following(&author))]
}

/// Hears what came of adding a rule; one that was added counts at once.
pub(super) fn rule_added(state: &mut State, now: Now, rule: Rule, came: Result<String, String>) {
    match came {
        Ok(file) => {
            let author = rule.any_of.first().cloned().unwrap_or_default();
            state.say(state.lang.now_followed(&author, &file));
            if !state.interest().rules().contains(&rule) {
                add_rule(state, now, rule);
            }
            list_popup(state);
        }
        Err(why) => state.complain(state.lang.rule_not_written(&why)),
    }
}
