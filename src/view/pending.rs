use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::key_of;
use super::paint::{clear, put};
use super::popup::frame;
use super::theme::Theme;
use crate::action::{Action, Context};
use crate::catalogue::{Hint, Piece};
use crate::keymap::Does;
use crate::state::{Order, Role, State, View};
use crate::text;

/// Cells that a word takes at most; a longer one ends in an ellipsis.
const WORD: usize = 24;
/// Cells between two columns.
const GAP: usize = 3;
/// Cells that the frame and the blanks inside it take at both sides.
const FRAME: usize = 4;

/// The keys that may follow in columns.
struct Sheet {
    /// The keys with a word for each, column by column.
    keys: Vec<(String, String)>,
    /// Cells of the keys of a column, without those of the words and the gap.
    key: usize,
    /// Cells of a column with its gap.
    column: usize,
    /// Rows of each column; the last may have fewer.
    rows: usize,
}

impl Sheet {
    /// Lays the keys out in as few rows as the width allows; none where no sequence has begun, or where the screen has
    /// no room for them all.
    fn new(state: &State) -> Option<Self> {
        let regions = state.regions();
        if state.typed.is_empty() || state.popup.is_some() || regions.too_small {
            return None;
        }
        let mut keys = following(state, state.context());
        if keys.is_empty() && state.context() == Context::Detail {
            keys = following(state, Context::Papers);
        }
        let key = keys.iter().map(|(k, _)| text::width(k)).max()?;
        let word = keys.iter().map(|(_, w)| text::width(w)).max()?;
        let column = key + 1 + word + GAP;
        let room = usize::from(regions.status.width).saturating_sub(FRAME);
        // The last column needs no gap after it.
        let columns = ((room + GAP) / column).min(keys.len());
        if columns == 0 {
            return None;
        }
        let rows = keys.len().div_ceil(columns);
        let panes = usize::from(regions.status.y.saturating_sub(regions.header.bottom()));
        (rows + 2 <= panes).then_some(Self { keys, key, column, rows })
    }

    fn width(&self) -> usize {
        self.keys.len().div_ceil(self.rows) * self.column - GAP + FRAME
    }
}

/// Draws the keys that may follow those typed so far in a frame above the status line.
pub(super) fn draw(state: &State, theme: Theme, status: Rect, buf: &mut Buffer) {
    let Some(sheet) = Sheet::new(state) else { return };
    let (width, height) = (sheet.width() as u16, sheet.rows as u16 + 2);
    // At the right it hides the text rather than the row that the keys are for.
    let x = status.right().saturating_sub(width);
    let area = Rect { x, y: status.y.saturating_sub(height), width, height };
    let around = Rect { x: x.saturating_sub(1), width: width + 1, ..area }.intersection(buf.area);
    clear(buf, around);
    frame(theme, area, buf);
    let title = format!(" {} ", typed(state));
    put(buf, area.x + 2, area.y, width.saturating_sub(FRAME as u16), &[(&title, theme.style(Role::Heading))]);
    for (at, (key, word)) in sheet.keys.iter().enumerate() {
        let x = area.x + 2 + (at / sheet.rows * sheet.column) as u16;
        let y = area.y + 1 + (at % sheet.rows) as u16;
        put(buf, x, y, sheet.key as u16, &[(key, theme.style(Role::Plain))]);
        let room = area.right().saturating_sub(2 + x + sheet.key as u16 + 1);
        put(buf, x + sheet.key as u16 + 1, y, room, &[(word, theme.style(Role::Dim))]);
    }
}

/// The keys typed so far.
pub(super) fn typed(state: &State) -> String {
    let count = state.count.map(|n| n.to_string());
    count.into_iter().chain(state.typed.iter().map(ToString::to_string)).collect()
}

/// Lists for a row of `room` cells how to take back the keys typed so far; where there is no sheet, the keys that may
/// follow, as many as fit.
pub(super) fn hints(state: &State, context: Context, room: usize) -> Vec<(String, String)> {
    let leave = match context {
        Context::Popups | Context::Inputs => Action::Cancel,
        _ => Action::Escape,
    };
    let leave = (key_of(state, context, leave), state.lang.hint(Hint::TakeBack).to_owned());
    // After a count alone any key may follow.
    if Sheet::new(state).is_some() || state.typed.is_empty() {
        return if leave.0.is_empty() { Vec::new() } else { vec![leave] };
    }
    let mut found = following(state, context);
    let wide = |(keys, word): &(String, String)| text::width(keys) + 1 + text::width(word) + 2;
    // The last hint needs no gap after it.
    while found.iter().map(wide).sum::<usize>() > room + 2 {
        found.pop();
    }
    found
}

/// Lists the keys that may follow those typed so far, in `context` and where keys fall through to, with a word for each.
fn following(state: &State, context: Context) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let global = (!matches!(context, Context::Inputs | Context::Popups)).then_some(Context::Global);
    for binding in [context].into_iter().chain(global).flat_map(|c| state.keymap.bindings(c)) {
        let Some(rest) = binding.keys.0.strip_prefix(state.typed.as_slice()) else { continue };
        let keys: String = rest.iter().map(ToString::to_string).collect();
        // What the pane binds goes before what is bound everywhere.
        if !keys.is_empty() && found.iter().all(|(other, _)| *other != keys) {
            found.push((keys, word(state, &binding.does)));
        }
    }
    found
}

/// What a key does in a word or two: the short word of an action that two keys reach, else the help as far as it goes.
fn word(state: &State, does: &Does) -> String {
    let short = if let Does::Act(action) = does { short_word(state, *action) } else { None };
    let help = || text::show(&text::clean_line(does.help(state.lang)));
    short.map_or_else(|| text::fit(help().trim_end_matches(['.', '。']), WORD).into_owned(), str::to_owned)
}

fn short_word(state: &State, action: Action) -> Option<&'static str> {
    let view = |view: View| view.label(state.lang);
    let order = |order: Order| order.label(state.lang);
    let hint = |hint: Hint| state.lang.hint(hint);
    Some(match action {
        Action::ViewAll => view(View::All),
        Action::ViewUndecided => view(View::Undecided),
        Action::ViewBookmarked => view(View::Bookmarked),
        Action::ViewLater => view(View::Later),
        Action::ViewRead => view(View::Read),
        Action::ViewDismissed => view(View::Dismissed),
        Action::NextVersion => hint(Hint::Versions),
        Action::ToggleRepeats => hint(Hint::Repeats),
        Action::ToggleMuted => hint(Hint::Muted),
        Action::OrderSource => order(Order::Source),
        Action::OrderInterest => order(Order::Interest),
        Action::OrderTitle => order(Order::Title),
        Action::OrderAuthor => order(Order::Author),
        Action::OrderDate => order(Order::Date),
        Action::Top => hint(Hint::Top),
        Action::Search => hint(Hint::Search),
        Action::SavedQueries => hint(Hint::Queries),
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
        _ => return None,
    })
}
