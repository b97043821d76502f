//! The program without a terminal: what the user sees and what a message does to it.
//!
//! Owns the dates, the paper list, the reader, the search over all dates, the input, the popup and the message line. Takes a [`Msg`],
//! hands back [`Effect`](crate::effect::Effect)s. Never reads a file, a clock or the environment, and never draws.

mod authors;
mod bilingual;
mod context;
mod dates;
mod detail_head;
mod detail_more;
mod detail_text;
mod find;
mod finding;
mod focus;
mod folders;
mod group;
mod help;
mod library;
mod links;
mod list;
mod message;
mod msg;
mod offers;
mod palette;
mod papers;
mod passage;
mod pointer;
mod popup;
mod prefs;
mod prompt;
mod ratings;
mod reader;
mod regions;
mod row;
mod search;
mod session;
mod settings;
mod sightings;
mod slot;
mod start;
mod statistics;
mod styled;
mod tab;
mod update;
mod why;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalogue::Lang;
use crate::config::Prefs;
pub use crate::decisions::Counts;
use crate::decisions::Decisions;
use crate::effect::Session;
pub use crate::effect::{Indexing, Remarks, SlotId, Stage};
use crate::keymap::{Key, Keymap};
use crate::model::{Date, Identity, Problem};
use crate::text::{self, Form};

pub use authors::Authors;
pub use dates::{DateEntry, Dates};
pub use find::Find;
pub use finding::Finding;
pub use focus::Focus;
pub use folders::{Folder, Folders};
pub use group::Group;
pub use library::{Day, Library};
pub use links::Links;
pub use list::{Item, ListCursor, Step};
pub use message::Message;
pub use msg::{Msg, Now, Size};
pub use offers::{Offers, OffersOf};
pub use palette::Palette;
pub use papers::{Entry, InView, Letters, Order, Papers, Place, Selection, View};
pub use pointer::{Gesture, Mouse, Pointer};
pub use popup::{Popup, PopupKind};
pub use prompt::{LineEditor, Prompt, PromptKind};
use ratings::Ratings;
pub use reader::Reader;
pub use regions::{Regions, Shares, regions};
pub use row::{Fold, Row};
pub use search::Search;
pub use settings::Settings;
pub use sightings::Also;
use sightings::Sightings;
pub use slot::Slot;
pub use start::{Looks, Origin, Start};
pub use statistics::{Measure, Section, StatisticsPage};
pub use styled::{Role, Span, StyledLine};
pub use tab::{Tab, TabKeys};
pub use update::update;
use update::{FirstDay, News, Rest};

/// Cells of a pane from which two languages stand side by side.
const SIDE_BY_SIDE: u16 = 100;
/// Columns of a terminal from which the bilingual view takes the list's place to stand side by side.
const BILINGUAL_ALONE: u16 = 110;

/// Everything on the screen and behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The language of the interface.
    pub lang: Lang,
    /// What the terminal can show.
    pub looks: Looks,
    /// What the user configured.
    pub prefs: Prefs,
    /// The keys.
    pub keymap: Keymap,
    /// Keys of a sequence that is not complete.
    pub typed: Vec<Key>,
    /// The terminal's size.
    pub size: Size,
    /// How the panes share the width.
    pub shares: Shares,
    /// What the mouse is at.
    pub pointer: Pointer,
    /// The pane that has the keys.
    pub focus: Focus,
    /// While the detail pane has the screen to itself: the pane that had the keys before.
    pub zen: Option<Focus>,
    /// How content texts are shown.
    pub form: Form,
    /// What the archive on screen is.
    pub origin: Origin,
    /// The archive as far as it was read.
    pub library: Library,
    /// Where papers were seen.
    sightings: Sightings,
    /// What papers are worth.
    ratings: Ratings,
    /// True once the archive was listed.
    pub is_listed: bool,
    /// The date list.
    pub dates: Dates,
    /// The paper list.
    pub papers: Papers,
    /// The detail pane.
    pub reader: Reader,
    /// The search over all dates.
    pub search: Search,
    /// The saved queries.
    pub folders: Folders,
    /// The text input, while one is open.
    pub prompt: Option<Prompt>,
    /// The page of statistics, which covers the panes while it is open.
    pub statistics: StatisticsPage,
    /// What covers the panes.
    pub popup: Option<Popup>,
    /// The line for the user.
    pub message: Option<Message>,
    /// What the user decided.
    pub decisions: Arc<Decisions>,
    /// Why the journal could not be written, while it could not.
    pub unsaved: Option<String>,
    /// The archives whose update commands run now.
    pub updating: BTreeSet<String>,
    /// How the index of all papers stands.
    pub indexing: Indexing,
    /// What went wrong, the latest last.
    pub log: Vec<Problem>,
    /// The filters that were kept, the latest first.
    pub filters: Vec<String>,
    /// The commands that were run, the latest first.
    pub commands: Vec<String>,
    /// The lines that were typed after `:`, the latest first.
    pub lines: Vec<String>,
    /// How often the next key is meant, 1 to 9999; none once, and always where digits are keys.
    pub count: Option<u16>,
    /// The steps of a key that wait for a day to be read.
    rest: Option<Rest>,
    /// The order of the list, once one was chosen.
    order: Option<Order>,
    /// The session to restore once the day is here.
    restore: Option<Session>,
    /// The paper to go to once the day is here.
    arrival: Option<(Place, Identity)>,
    /// The record that is shown in place of the selected one, which is named first.
    version: Option<(Place, Place)>,
    /// The paper that was selected when the filter was opened.
    before_filter: Option<Place>,
    /// The day that was open when the date list got the keys.
    before_dates: Option<Date>,
    /// True from opening a day until its first paper was chosen or the user moved.
    is_arriving: bool,
    /// The session as it was saved last.
    saved: Session,
    /// The newest date of the first listing, of the last time's until then, or a newer one that was opened since.
    seen: Option<String>,
    /// What came in while the reader was open, until it is told.
    news: News,
    /// How far the first day is.
    first: FirstDay,
}

impl State {
    /// Starts with nothing listed. The caller performs [`Effect::List`](crate::effect::Effect::List) first.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let session = start.session.clone().unwrap_or_default();
        let mut state = Self {
            lang: start.lang,
            looks: start.looks,
            form: prefs::form(&start.prefs),
            sightings: Sightings::new(start.prefs.repeats_days),
            keymap: start.keymap.with_counts(start.prefs.counts),
            folders: Folders::new(&start.prefs.queries),
            ratings: Ratings::new(start.prefs.rules.clone(), Date::default()),
            prefs: start.prefs,
            typed: Vec::new(),
            size: start.size,
            shares: session.panes.map(Shares::of).unwrap_or_default(),
            pointer: Pointer::default(),
            focus: session.focus.as_deref().and_then(Focus::from_name).unwrap_or_default(),
            zen: None,
            version: None,
            before_filter: None,
            before_dates: None,
            origin: start.origin,
            library: Library::default(),
            is_listed: false,
            dates: Dates::default(),
            papers: Papers::new(u16::from(session.density.unwrap_or(2))),
            reader: Reader::default(),
            search: Search::default(),
            prompt: None,
            statistics: StatisticsPage::default(),
            popup: None,
            message: None,
            decisions: Arc::new(start.decisions),
            unsaved: None,
            updating: BTreeSet::new(),
            indexing: Indexing::default(),
            log: start.problems,
            seen: session.newest.clone(),
            filters: session.filters.iter().cloned().map(text::clean_line).collect(),
            commands: session.commands.iter().cloned().map(text::clean_line).collect(),
            lines: session.lines.iter().cloned().map(text::clean_line).collect(),
            count: None,
            rest: None,
            order: None,
            restore: start.session,
            arrival: None,
            is_arriving: false,
            saved: session,
            news: News::default(),
            first: FirstDay::default(),
        };
        state.choose_as_before();
        state
    }

    /// Where everything stands on the screen.
    #[must_use]
    pub fn regions(&self) -> Regions {
        let regions = self.panes();
        if self.prompt.as_ref().is_some_and(|p| p.kind == PromptKind::Line) {
            return regions.with_note_over();
        }
        if self.has_query() { regions.with_note() } else { regions }
    }

    fn panes(&self) -> Regions {
        let regions = regions(self.size, self.shares, self.focus, self.zen.is_some());
        let is_narrow = regions.detail.is_some_and(|pane| pane.width < SIDE_BY_SIDE);
        let is_bilingual = self.reader.bilingual.is_some() && self.focus == Focus::Detail;
        if is_bilingual && is_narrow && self.size.cols >= BILINGUAL_ALONE {
            return self::regions(self.size, self.shares, self.focus, true);
        }
        regions
    }

    /// The exit status if the program ended now: 1 while decisions are unsaved.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        u8::from(!self.decisions.pending().is_empty())
    }

    /// Index of the open day.
    #[must_use]
    pub fn open_day(&self) -> Option<usize> {
        self.day_list().date.and_then(|d| self.library.day_of(d))
    }

    /// Rows a popup has for its lines, and cells for each, inside its frame.
    #[must_use]
    pub fn popup_room(&self) -> (usize, usize) {
        let rows = usize::from(self.size.rows).saturating_sub(4);
        let cells = usize::from(self.size.cols).saturating_sub(6).min(96);
        (rows, cells)
    }

    /// Rows of the paper list; where the list is off screen, as many as it would have.
    fn list_rows(&self) -> u16 {
        let rows = self.regions().papers.map_or(self.size.rows.saturating_sub(2), |r| r.height);
        rows.saturating_sub(u16::from(self.papers.is_grouped()))
    }

    fn date_rows(&self) -> u16 {
        let rows = self.regions().dates.map_or(self.size.rows.saturating_sub(2), |r| r.height);
        rows.saturating_sub(u16::from(self.dates.is_narrowed()))
    }

    /// True while the filter is being typed, which puts the best match first.
    fn is_filtering(&self) -> bool {
        self.prompt.as_ref().is_some_and(|p| p.kind == PromptKind::Filter)
    }

    /// True while a query is being typed, of which there may be something to say.
    fn has_query(&self) -> bool {
        self.prompt.as_ref().is_some_and(|p| matches!(p.kind, PromptKind::Filter | PromptKind::Search))
    }

    /// What was decided, to be changed.
    fn decided(&mut self) -> &mut Decisions {
        Arc::make_mut(&mut self.decisions)
    }
}
