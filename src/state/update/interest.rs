//! What papers are worth: the order of the list, what rules mute, and why a paper stands where it does.

use super::authors::open_authors;
use super::navigate::{relayout, set_reader};
use super::popup::open_popup;
use super::search::on_day;
use super::undecided::count_day;
use crate::action::{Action, Context};
use crate::effect::SlotId;
use crate::filter::{Interest, Kind, Rule, Worth};
use crate::model::Date;
use crate::state::{Day, Now, Order, Place, PopupKind, State};

impl State {
    /// The user's rules.
    #[must_use]
    pub fn interest(&self) -> &Interest {
        &self.ratings.interest
    }

    /// The followed authors of the paper of a list row, by their names in the source.
    #[must_use]
    pub fn followed(&self, (slot, index): Place) -> Vec<&str> {
        let paper = self.library.digest(slot).and_then(|d| d.papers.get(index));
        let has_rules = self.interest().rules().iter().any(|r| r.kind == Kind::Author);
        let names = paper.filter(|_| has_rules).into_iter().flat_map(|p| &p.authors).map(String::as_str);
        names.filter(|name| self.interest().follows(name).is_some()).collect()
    }
}

/// The verbs that change only the order of the list and what rules hide, or explain it.
pub(super) fn look_at_interest(state: &mut State, action: Action) {
    match action {
        Action::OrderSource => choose_order(state, Order::Source),
        Action::OrderInterest => choose_order(state, Order::Interest),
        Action::OrderTitle => choose_order(state, Order::Title),
        Action::OrderAuthor => choose_order(state, Order::Author),
        Action::OrderDate => choose_order(state, Order::Date),
        Action::ToggleMuted => toggle_muted(state),
        Action::Why => open_why(state),
        Action::Authors => open_authors(state),
        _ => {}
    }
}

/// Lets dates in rules be counted from today.
pub(super) fn date_rules(state: &mut State, now: Now) {
    let interest = &state.ratings.interest;
    if interest.today() != now.today() && !interest.rules().is_empty() {
        use_rules(state, state.ratings.interest.rules().to_vec(), now.today());
    }
}

/// Goes by one more rule from now on.
pub(super) fn add_rule(state: &mut State, now: Now, rule: Rule) {
    let mut rules = state.ratings.interest.rules().to_vec();
    rules.push(rule);
    state.prefs.rules.clone_from(&rules);
    use_rules(state, rules, now.today());
}

/// Goes by these rules from now on: what is here is rated anew.
pub(super) fn use_rules(state: &mut State, rules: Vec<Rule>, today: Date) {
    let mutes = |rules: &[Rule]| rules.iter().filter(|r| r.worth == Worth::Mute).cloned().collect::<Vec<_>>();
    let are_same = mutes(&rules) == mutes(state.ratings.interest.rules());
    state.ratings.interest = Interest::new(rules, today);
    let here: Vec<SlotId> = state.library.slots_here();
    for slot in &here {
        if let Some(digest) = state.library.digest(*slot) {
            state.ratings.take(*slot, digest);
        }
    }
    if !are_same {
        // What other rules mute of days that are not here is not known until these are opened.
        state.ratings.keep(&here);
        let is_here = |day: &&Day| day.slots.iter().all(|slot| here.contains(slot));
        let gone: Vec<Date> =
            state.library.days().iter().filter(|day| !is_here(day)).map(|day| day.date).collect();
        for date in gone.into_iter().filter(|date| state.papers.date != Some(*date)) {
            state.dates.forget(date);
        }
    }
    on_day(state, |state| {
        if state.interest().rules().is_empty() && state.papers.order == Order::Interest {
            state.papers.order = Order::Source;
        }
        let rows = state.list_rows();
        state.papers.rate_again(&state.ratings, &state.library, rows);
        recount_days(state);
        set_reader(state);
    });
    set_reader(state);
}

fn recount_days(state: &mut State) {
    let known: Vec<Date> = state.dates.counts.keys().copied().collect();
    for date in known {
        if let Some(day) = state.library.day_of(date) {
            count_day(state, day);
        }
    }
}

/// Shows the list in another order, and says which.
fn choose_order(state: &mut State, order: Order) {
    if order == Order::Interest && state.interest().rules().is_empty() {
        return state.say(state.lang.no_rules());
    }
    let rows = state.list_rows();
    state.order = Some(order);
    state.papers.choose_order(order, &state.library, rows);
    state.say(state.lang.order_chosen(order.label(state.lang)));
    relayout(state);
}

/// Shows the papers that rules mute, or folds them, and says how many they are.
fn toggle_muted(state: &mut State) {
    let shows = !state.papers.shows_muted;
    let before = state.papers.counts(None).muted;
    let rows = state.list_rows();
    state.papers.show_muted(shows, &state.library, rows);
    let count = state.papers.counts(None).muted.max(before);
    state.say(state.lang.muted_toggled(!shows, count));
    recount_days(state);
    set_reader(state);
}

/// Explains the place of the selected paper.
fn open_why(state: &mut State) {
    if state.papers.selected_row().is_some() {
        open_popup(state, PopupKind::Why);
    }
}

/// Says that there are no groups to go to in this order; false where there are.
pub(super) fn complain_of_order(state: &mut State) -> bool {
    let is_mixed = state.papers.is_one_run();
    if is_mixed {
        let key = state.keymap.keys_for(Context::Papers, Action::OrderSource);
        let key = key.first().map(ToString::to_string).unwrap_or_default();
        state.say(state.lang.not_grouped(&key));
    }
    is_mixed
}
