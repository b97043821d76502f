//! The verbs that change only what is looked at.

use super::decide::mark_read;
use super::interest::look_at_interest;
use super::layers::{escape, leave_zen_for, toggle_bilingual, toggle_zen};
use super::navigate::{
    SCROLL, choose_mine, choose_view, focus, focus_by, open_narrow_dates, open_tab, page_or_next, relayout,
    scroll_detail, step_group, step_papers, toggle_form,
};
use super::popup::{open_palette, open_popup};
use super::repeats::toggle_repeats;
use super::search::open_search;
use super::tags::open_tags;
use super::{command, panes};
use crate::action::Action;
use crate::state::{Focus, Now, PopupKind, State, Step, Tab, View};

/// Carries such a verb out.
pub(super) fn look(state: &mut State, now: Now, action: Action) {
    match action {
        Action::ScrollDetailDown => scroll_detail(state, now, SCROLL),
        Action::ScrollDetailUp => scroll_detail(state, now, -SCROLL),
        Action::Open if state.papers.selected_row().is_some() => focus(state, now, Focus::Detail),
        Action::NextPaper | Action::PreviousPaper => {
            step_papers(state, Step::By(if action == Action::NextPaper { 1 } else { -1 }));
            mark_read(state, now);
        }
        Action::PageOrNext => page_or_next(state, now),
        Action::Filter => state.open_filter(),
        Action::Search => open_search(state),
        Action::SavedQueries => open_popup(state, PopupKind::Queries),
        Action::Tag => open_tags(state),
        Action::Find => state.open_find(),
        Action::Narrow => open_narrow_dates(state),
        Action::Command => command::open(state),
        Action::NextHit => state.step_find(true),
        Action::PreviousHit => state.step_find(false),
        Action::Bilingual => toggle_bilingual(state, now),
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
        Action::Zen => toggle_zen(state, now),
        Action::Density => {
            state.papers.density = match state.papers.density {
                1 => 2,
                2 => 3,
                _ => 1,
            };
            relayout(state);
        }
        Action::GrowPane => panes::grow(state, panes::STEP),
        Action::ShrinkPane => panes::grow(state, -panes::STEP),
        Action::Help => open_popup(state, PopupKind::Help),
        Action::Log => open_popup(state, PopupKind::Log),
        Action::Palette => open_palette(state),
        Action::Escape => escape(state, now),
        _ => look_at_list(state, action),
    }
}

/// The verbs that change only what the paper list shows, and what of it is chosen.
fn look_at_list(state: &mut State, action: Action) {
    match action {
        Action::NextGroup => step_group(state, true),
        Action::PreviousGroup => step_group(state, false),
        Action::Letters => drop(state.papers.open_letters(state.list_rows())),
        Action::Choose => {
            state.papers.toggle_chosen();
            step_papers(state, Step::By(1));
        }
        Action::ChooseRange => state.papers.toggle_range(),
        Action::ChooseAll => state.papers.choose_all(),
        Action::MyCategories => choose_mine(state),
        Action::ToggleRepeats => toggle_repeats(state),
        Action::ViewAll => choose_view(state, View::All),
        Action::ViewUndecided => choose_view(state, View::Undecided),
        Action::ViewBookmarked => choose_view(state, View::Bookmarked),
        Action::ViewLater => choose_view(state, View::Later),
        Action::ViewRead => choose_view(state, View::Read),
        Action::ViewDismissed => choose_view(state, View::Dismissed),
        _ => look_at_interest(state, action),
    }
}
