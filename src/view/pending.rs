use crate::action::{Action, Context};
use crate::catalogue::{Hint, Piece};
use crate::state::{State, View};
use crate::text;

/// Lists the keys that may follow those typed so far, in `context` and everywhere, with a word for each, as far as a row
/// of `room` cells holds them.
pub(super) fn hints(state: &State, context: Context, room: usize) -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for binding in state.keymap.bindings(context).chain(state.keymap.bindings(Context::Global)) {
        let Some(rest) = binding.keys.0.strip_prefix(state.typed.as_slice()) else { continue };
        let keys: String = rest.iter().map(ToString::to_string).collect();
        // What the pane binds goes before what is bound everywhere.
        if !keys.is_empty() && found.iter().all(|(other, _)| *other != keys) {
            found.push((keys, word(state, binding.action)));
        }
    }
    let wide = |(keys, word): &(String, &str)| text::width(keys) + 1 + text::width(word) + 2;
    // The last hint needs no gap after it.
    while found.iter().map(wide).sum::<usize>() > room + 2 {
        found.pop();
    }
    found
}

/// The short word of an action that two keys reach; of any other, its name in keymaps.
fn word(state: &State, action: Action) -> &'static str {
    let view = |view: View| view.label(state.lang);
    let hint = |hint: Hint| state.lang.hint(hint);
    match action {
        Action::ViewAll => view(View::All),
        Action::ViewUndecided => view(View::Undecided),
        Action::ViewBookmarked => view(View::Bookmarked),
        Action::ViewLater => view(View::Later),
        Action::ViewRead => view(View::Read),
        Action::ViewDismissed => view(View::Dismissed),
        Action::NextVersion => hint(Hint::Versions),
        Action::ToggleRepeats => hint(Hint::Repeats),
        Action::Top => hint(Hint::Top),
        Action::Dates => hint(Hint::DateList),
        Action::Papers => hint(Hint::PaperList),
        Action::Log => hint(Hint::Log),
        Action::Links => hint(Hint::Links),
        Action::YankLink => state.lang.piece(Piece::Link),
        Action::YankPdf => state.lang.piece(Piece::Pdf),
        Action::YankId => state.lang.piece(Piece::Id),
        Action::YankTitle => state.lang.piece(Piece::Title),
        Action::YankLines | Action::ExportMarkdown => state.lang.piece(Piece::Lines),
        Action::YankAbstract => state.lang.piece(Piece::Abstract),
        Action::YankChinese => state.lang.piece(Piece::Chinese),
        Action::YankSummary => state.lang.piece(Piece::Summary),
        Action::YankTakeaways => state.lang.piece(Piece::Takeaways),
        Action::YankBibtex | Action::ExportBibtex => "BibTeX",
        Action::ExportRis => "RIS",
        Action::ExportCslJson => "CSL-JSON",
        Action::ExportOrg => "org",
        Action::ExportJson => "JSON",
        Action::ExportCsv => "CSV",
        other => other.name(),
    }
}
