use super::decide::{append, ended, set_verdicts};
use super::navigate::set_reader;
use crate::effect::Effect;
use crate::model::{Identity, Verdict};
use crate::state::{Now, PopupKind, Row, State};
use crate::text;

/// Cells of the name of a category in a message.
const NAME: usize = 24;

/// Dismisses the undecided papers that were wholly on screen in the frame painted last, and turns the page to the
/// first paper that was not.
pub(super) fn sweep(state: &mut State, now: Now) -> Vec<Effect> {
    let rows = state.list_rows();
    let Some(page) = state.papers.take_painted(rows) else { return too_early(state) };
    let last = page.iter().rev().find_map(|p| state.papers.entry_of(*p)).unwrap_or(0);
    let beyond = (last + 1..state.papers.entries.len()).find_map(|at| state.papers.place_at(at));
    let is_swept = |r: &&Row| r.verdict == Verdict::Undecided && page.contains(&r.place());
    let papers = state.papers.rows.iter().filter(is_swept).map(|r| r.identity.clone()).collect();
    let effects = dismiss(state, now, papers, None);
    match beyond.and_then(|place| state.papers.entry_of(place)) {
        Some(entry) => {
            state.papers.begin_page(entry, rows);
            set_reader(state);
        }
        None if state.message.is_none() => {
            state.say(state.lang.end_of_list(state.papers.counts(None).undecided, text::dot()));
        }
        None => {}
    }
    effects
}

/// Dismisses what is undecided in the category of the selected paper, as far as the list shows it, and goes to the
/// next category.
pub(super) fn sweep_group(state: &mut State, now: Now) -> Vec<Effect> {
    let rows = state.list_rows();
    if state.papers.take_painted(rows).is_none() {
        return too_early(state);
    }
    let Some(group) = state.papers.selected_row().map(|r| r.group) else { return Vec::new() };
    let next = state.papers.group_beside(true).and_then(|at| state.papers.place_at(at));
    let is_swept = |r: &Row| r.group == group && r.verdict == Verdict::Undecided;
    let shown = (0..state.papers.entries.len()).filter_map(|at| state.papers.row_at(at));
    let papers: Vec<Identity> = shown.filter(|r| is_swept(r)).map(|r| r.identity.clone()).collect();
    if papers.is_empty() {
        state.say(state.lang.nothing_to_sweep());
    }
    let name = state.papers.groups.get(group).map(|g| g.label.clone());
    let effects = dismiss(state, now, papers, name.filter(|name| !name.is_empty()));
    if let Some(entry) = next.and_then(|place| state.papers.entry_of(place)) {
        state.papers.go_to(entry, rows);
        set_reader(state);
    }
    effects
}

/// Dismisses papers as one step and says how many, `of` which category where it is one.
fn dismiss(state: &mut State, now: Now, papers: Vec<Identity>, of: Option<String>) -> Vec<Effect> {
    if papers.is_empty() {
        return Vec::new();
    }
    let undecided = state.papers.counts(None).undecided;
    if let Some(say) = set_verdicts(state, now, papers, Verdict::Dismissed) {
        let done = state.done_together(&say);
        // In the order of interest the list shows no categories.
        let done = match of {
            Some(name) => format!("{}{}{done}", text::fit(&text::show(&name), NAME), state.lang.colon()),
            None => done,
        };
        let text = [Some(done), ended(state, undecided)];
        state.say(text.into_iter().flatten().collect::<Vec<_>>().join(&format!(" {} ", text::dot())));
    }
    append(state)
}

/// Drops the key: what it would act on was not on the screen when it was typed.
fn too_early(state: &mut State) -> Vec<Effect> {
    if !(0..state.papers.entries.len()).any(|at| state.papers.row_at(at).is_some()) {
        state.say(state.lang.nothing_to_sweep());
    } else if state.message.is_none() {
        state.say(state.lang.too_early());
    }
    Vec::new()
}

impl State {
    /// Notes what of the list the frame that was just painted shows.
    pub(super) fn note_painted(&mut self) {
        if self.popup.as_ref().is_some_and(|p| p.kind == PopupKind::Palette) {
            // A verb chosen in it acts on what was on the screen before.
            return;
        }
        let is_seen = self.regions().papers.is_some() && self.popup.is_none();
        // A long message lies over the last rows.
        let covered = self.message_rows().len().saturating_sub(1) as u16;
        let rows = self.list_rows();
        self.papers.note_painted(is_seen.then_some(rows), covered);
    }

    /// Lets decided papers out of the view that are not on the page any more.
    pub(super) fn leave_page(&mut self) {
        let (rows, is_ranked) = (self.list_rows(), self.is_filtering());
        self.papers.leave_page(&self.library, is_ranked, rows);
    }
}
