use super::decide::mark_read;
use super::folders::open_folder;
use super::interest::complain_of_order;
use super::popup::list_popup;
use super::search::{leave_search, list_found, on_day};
use super::undecided::count_day;
use crate::effect::Effect;
use crate::filter::Query;
use crate::model::{self, Identity, TitleKey};
use crate::state::search::Standing;
use crate::state::{
    DateEntry, Entry, Focus, LineEditor, Now, Prompt, PromptKind, Row, State, Step, Tab, TabKeys, View, prefs,
};
use crate::text::Form;

/// Rows a scroll of the other pane moves by.
pub(super) const SCROLL: isize = 5;

/// Opens a day: its digests are asked for, what is here of it is shown.
pub(super) fn open_day(state: &mut State, day: usize) -> Vec<Effect> {
    let Some(date) = state.library.days().get(day).map(|d| d.date) else { return Vec::new() };
    leave_search(state);
    state.library.leave_for(date);
    let day = state.library.day_of(date).unwrap_or(day);
    state.saw(date);
    let effects = state.library.open(day);
    state.before_filter = None;
    if !state.is_filtering() {
        state.papers.set_query("", Query::default());
    }
    state.is_arriving = true;
    show_day(state, day);
    effects
}

/// Shows a day as far as its digests are here.
pub(super) fn show_day(state: &mut State, day: usize) {
    let (list_rows, date_rows) = (state.list_rows(), state.date_rows());
    let is_ranked = state.is_filtering();
    let above = state.open_day().filter(|open| *open == day && !state.is_arriving);
    let above = above.and(state.papers.selected_row()).map(|_| state.papers.rows_above());
    if !state.is_arriving {
        state.papers.hold_in_view(list_rows);
    }
    let sources = (&state.library, &state.sightings, &state.ratings);
    state.papers.open(sources, day, &state.decisions, (state.form, is_ranked), list_rows);
    if let Some(above) = above {
        let list_rows = state.list_rows();
        state.papers.hold(above, list_rows);
    }
    let folders = state.folders_beside();
    state.dates.arrange(&state.library, Some(day), folders, date_rows);
    let is_whole = count_day(state, day);
    if state.is_arriving && is_whole {
        state.is_arriving = false;
        select_first_paper(state);
    }
    set_reader(state);
}

/// Sets the selected paper in the detail pane.
pub(super) fn set_reader(state: &mut State) {
    if state.search.standing == Standing::Behind {
        return;
    }
    // A paper without its texts would look like one that has none.
    let selected = state.shown_place().filter(|place| !state.library.lacks_texts(*place));
    let found = selected.and_then(|(slot, index)| {
        let digest = state.library.digest(slot)?.clone();
        Some((slot, index, digest))
    });
    let Some((slot, index, digest)) = found else { return state.reader.clear() };
    let Some(paper) = digest.papers.get(index) else { return state.reader.clear() };
    // Off screen nothing is set: the reading position stays, and no key is spent on it.
    let Some(pane) = state.regions().detail else { return };
    let margin = if state.regions().rules[0].is_some() { 2 } else { 3 };
    let pane = (pane.width.saturating_sub(margin), pane.height);
    let version = state.library.version(slot);
    let Some(row) = state.papers.selected_row() else { return };
    let is_other = row.place() != (slot, index);
    let also = is_other.then(|| state.sightings.also(digest.date, (slot, index)));
    let paper = (paper, &row.remarks, also.as_deref().unwrap_or(&row.also));
    let (lang, form) = (state.lang, state.form);
    let followed: Vec<String> =
        state.followed((slot, index)).into_iter().map(|name| form.of_name(name)).collect();
    let keys = TabKeys::of(&state.keymap);
    state.reader.set(((slot, index), version), paper, (&digest, &followed), (lang, &keys), form, pane);
}

/// Moves the selection of the list.
pub(super) fn step_papers(state: &mut State, step: Step) {
    let rows = state.list_rows();
    state.papers.step(step, rows);
    set_reader(state);
}

/// Goes to the first paper of the category beside.
pub(super) fn step_group(state: &mut State, is_next: bool) {
    if complain_of_order(state) {
        return;
    }
    let rows = state.list_rows();
    match state.papers.group_beside(is_next) {
        Some(entry) => state.papers.go_to(entry, rows),
        None => state.say(state.lang.no_group_beside(is_next)),
    }
    set_reader(state);
}

/// Shows the papers of the day that belong in `view`.
pub(super) fn choose_view(state: &mut State, view: View) {
    let rows = state.list_rows();
    state.papers.choose_view(view, &state.library, rows);
    set_reader(state);
}

/// Narrows the list to the user's own categories, or shows all again.
pub(super) fn choose_mine(state: &mut State) {
    let mine = if state.papers.mine.is_empty() { state.prefs.categories.clone() } else { Vec::new() };
    if mine.is_empty() && state.papers.mine.is_empty() {
        return state.say(state.lang.no_categories());
    }
    let rows = state.list_rows();
    state.papers.choose_mine(mine, &state.library, rows);
    set_reader(state);
}

/// Moves the selection of the date list, and shows the day it lands on.
pub(super) fn step_dates(state: &mut State, step: Step) -> Vec<Effect> {
    let rows = state.date_rows();
    state.dates.step(step, rows);
    open_selected_date(state)
}

/// Opens the input that narrows the date list, with what narrows it already.
pub(super) fn open_narrow_dates(state: &mut State) {
    state.prompt = Some(Prompt::new(PromptKind::Dates, LineEditor::new(&state.dates.narrowed)));
}

/// Shows only the days that hold each word of what is typed.
pub(super) fn narrow_dates(state: &mut State, typed: &str) {
    if state.dates.narrowed != typed {
        typed.clone_into(&mut state.dates.narrowed);
        relayout(state);
    }
}

/// Shows the day under the cursor of the date list, where that is another one.
pub(super) fn open_selected_date(state: &mut State) -> Vec<Effect> {
    match state.dates.selected() {
        Some(DateEntry::Day(day)) if Some(day) != state.open_day() => open_day(state, day),
        _ => Vec::new(),
    }
}

/// Goes to the list of the day that is shown; from a category, to its first paper.
pub(super) fn open_date(state: &mut State, now: Now) -> Vec<Effect> {
    if let Some(DateEntry::Folder(at)) = state.dates.selected() {
        open_folder(state, now, at);
        return Vec::new();
    }
    leave_search(state);
    if let Some(DateEntry::Category(_, slot)) = state.dates.selected() {
        let first = state.papers.entries.iter().position(|e| match e {
            Entry::Paper(i) => state.papers.rows.get(*i).is_some_and(|r| r.slot == slot),
            Entry::Group(_) | Entry::Missing(_) | Entry::Folded { .. } | Entry::More(_) => false,
        });
        if let Some(first) = first {
            let rows = state.list_rows();
            state.papers.select(first, rows);
        }
    }
    focus(state, now, Focus::Papers);
    Vec::new()
}

/// Goes back to the list of the day that was open before the date list got the keys.
pub(super) fn leave_dates(state: &mut State, now: Now) -> Vec<Effect> {
    let before = state.before_dates.filter(|d| state.papers.date != Some(*d));
    let day = before.and_then(|d| state.library.day_of(d));
    let effects = day.map(|day| open_day(state, day)).unwrap_or_default();
    focus(state, now, Focus::Papers);
    effects
}

/// Goes `by` days towards older dates; negative is newer.
pub(super) fn step_day(state: &mut State, by: isize) -> Vec<Effect> {
    let Some(open) = state.open_day() else { return Vec::new() };
    if let Some(announced) = state.news.announced(by).and_then(|date| state.library.day_of(date)) {
        return open_day(state, announced);
    }
    let last = state.library.days().len().saturating_sub(1);
    let to = open.saturating_add_signed(by).min(last);
    let to = Some(to).filter(|to| *to != open);
    let Some(to) = to else {
        state.say(if by > 0 { state.lang.no_older_date() } else { state.lang.no_newer_date() });
        return Vec::new();
    };
    open_day(state, to)
}

/// Gives the keys to a pane. Reading begins when the detail pane gets them.
pub(super) fn focus(state: &mut State, now: Now, focus: Focus) {
    if focus == Focus::Dates && state.focus != Focus::Dates {
        state.before_dates = state.papers.date;
    }
    state.focus = focus;
    if focus == Focus::Detail {
        mark_read(state, now);
    }
    relayout(state);
}

/// Gives the keys to the pane `by` places to the right; without `wraps` it stops at the ends.
pub(super) fn focus_by(state: &mut State, now: Now, by: isize, wraps: bool) {
    let order = [Focus::Dates, Focus::Papers, Focus::Detail];
    let at = order.iter().position(|f| *f == state.focus).unwrap_or(1).cast_signed() + by;
    let at = if wraps { at.rem_euclid(3) } else { at.clamp(0, 2) };
    if let Some(to) = order.get(at.unsigned_abs()).copied().filter(|f| *f != state.focus) {
        state.zen = None;
        focus(state, now, to);
    }
}

/// Shows content texts as the source has them, or typeset again, and says which.
pub(super) fn toggle_form(state: &mut State) {
    state.form = match state.form {
        Form::Typeset(_) => Form::Source,
        Form::Source => prefs::form(&state.prefs),
    };
    if let Some(day) = state.open_day() {
        on_day(state, |state| show_day(state, day));
    }
    if state.search.is_open() {
        list_found(state);
        set_reader(state);
    }
    state.say(state.lang.text_form(state.form == Form::Source));
}

/// Opens a tab, and takes the bilingual view off it.
pub(super) fn open_tab(state: &mut State, tab: Tab) {
    state.reader.tab = tab;
    state.reader.bilingual = None;
    relayout(state);
}

/// Scrolls the detail pane; scrolling is reading.
pub(super) fn scroll_detail(state: &mut State, now: Now, by: isize) {
    if state.regions().detail.is_some() && state.reader.scroll(by) {
        mark_read(state, now);
    }
}

/// Scrolls by a page; at the end shows the next undecided paper of the day, or says that there is none.
pub(super) fn page_or_next(state: &mut State, now: Now) {
    let page = state.reader.body_rows.saturating_sub(1).max(1).cast_signed();
    mark_read(state, now);
    if !state.reader.is_at_end() {
        state.reader.scroll(page);
        return;
    }
    let (from, rows) = (state.papers.cursor.selected + 1, state.list_rows());
    if state.papers.select_undecided(from, rows) {
        set_reader(state);
        mark_read(state, now);
    } else {
        state.say(state.lang.no_more_undecided());
    }
}

/// Measures every pane anew, after the size, the focus or the density changed.
pub(super) fn relayout(state: &mut State) {
    let (list_rows, date_rows) = (state.list_rows(), state.date_rows());
    state.papers.measure(list_rows);
    let open = state.open_day();
    let folders = state.folders_beside();
    state.dates.arrange(&state.library, open, folders, date_rows);
    set_reader(state);
    list_popup(state);
}

/// Opens the day to start with: a newest day not seen before at its first undecided paper, else exactly
/// where the user was, else the newest day.
pub(super) fn open_first_day(state: &mut State) -> Vec<Effect> {
    let newest = state.library.days().first().map(|d| d.date.to_string());
    let is_new = state.seen.is_some() && newest.as_deref() > state.seen.as_deref();
    let wanted = state.restore.as_ref().filter(|_| !is_new).and_then(|s| s.date.as_deref());
    let day = wanted.and_then(|date| state.library.days().iter().position(|d| d.date.to_string() == date));
    if day.is_none() {
        state.restore = None;
        if is_new {
            state.focus = Focus::Papers;
        }
    }
    open_day(state, day.unwrap_or(0))
}

/// Selects the paper to start with, once the first day is here whole.
fn select_first_paper(state: &mut State) {
    let rows = state.list_rows();
    let was_left = state.papers.go_where_left(rows);
    if let Some((place, paper)) = state.arrival.take() {
        let is_it = |r: &&Row| r.place() == place && model::same_paper(&r.identity, &paper);
        let is_kin = |r: &&Row| model::same_paper(&r.identity, &paper);
        let all = &state.papers.rows;
        let place = all.iter().find(is_it).or_else(|| all.iter().find(is_kin)).map(Row::place);
        if let Some(place) = place {
            return state.papers.reveal(place, &state.library, rows);
        }
        return state.complain(state.lang.not_here_any_more());
    }
    let session = state.restore.take();
    let wanted = session.and_then(|s| {
        let key = TitleKey::from_stored(s.key?);
        state
            .papers
            .rows
            .iter()
            .map(|r| &r.identity)
            .find(|i| is_wanted(i, s.arxiv.as_deref(), &key))
            .cloned()
    });
    // Whoever comes for a paper means it, whatever a rule says.
    let muted =
        wanted.iter().filter(|paper| state.papers.is_folded_by_rule(paper)).cloned().collect::<Vec<_>>();
    state.papers.unfold(&muted, &state.library, false, rows);
    if !wanted.is_some_and(|i| state.papers.select_paper(&i, rows)) && !was_left {
        state.papers.select_undecided(0, rows);
    }
}

fn is_wanted(identity: &Identity, arxiv: Option<&str>, key: &TitleKey) -> bool {
    match (identity.arxiv.as_deref(), arxiv) {
        (Some(a), Some(b)) => a == b,
        _ => identity.key == *key,
    }
}
