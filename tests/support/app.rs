//! A reader without a terminal: keys in, screens out. Effects that need the outside world are answered
//! here: loads from the archive module, appends as a disk that never fails.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use wenzhai::catalogue::Lang;
use wenzhai::config::Prefs;
use wenzhai::decisions::{Appended, Decisions};
use wenzhai::effect::{Effect, Found, Report, Session, Sought};
use wenzhai::keymap::{Key, Keymap};
use wenzhai::model::{Date, Listed, Listing};
use wenzhai::search::{self, LongList, Told};
use wenzhai::state::{Looks, Msg, Now, Origin, Size, Start, State, update};
use wenzhai::stats::{History, Portion};
use wenzhai::table::Table;
use wenzhai::theme::{Depth, Sheet, Theme};

/// A shipped theme, for a terminal with all colours that has not said which its own are.
pub(crate) fn theme(name: &str) -> Theme {
    Sheet::builtin(name).resolve(Depth::True, None)
}

/// The shipped theme without colours.
pub(crate) fn monochrome() -> Theme {
    Sheet::builtin("monochrome").resolve(Depth::None, None)
}

/// A reader under test.
pub(crate) struct App {
    /// Its state.
    pub(crate) state: State,
    /// Every effect so far, in order, but for skims.
    pub(crate) effects: Vec<Effect>,
    /// The session as it was saved last.
    pub(crate) session: Option<Session>,
    /// Loads that were asked for and not answered, while the app was set up to hold them.
    pub(crate) held: Vec<Report>,
    /// How many digests were skimmed.
    pub(crate) skims: usize,
    /// What comes of adding a rule to the configuration.
    pub(crate) rule_file: Result<String, String>,
    is_holding: bool,
    is_holding_skims: bool,
    is_holding_searches: bool,
    wall_ms: i64,
    /// What searches go through, and the table that was made of it.
    listing: Listing,
    table: Option<Vec<u8>>,
    /// What filtering a long list keeps from one query to the next.
    list: LongList,
}

/// What an app starts with besides its archive.
pub(crate) struct Setup {
    pub(crate) lang: Lang,
    pub(crate) size: (u16, u16),
    pub(crate) session: Option<Session>,
    pub(crate) decisions: Decisions,
    pub(crate) origin: Origin,
    pub(crate) looks: Looks,
    pub(crate) prefs: Prefs,
    /// True to keep loads back until [`App::answer`].
    pub(crate) is_holding: bool,
    /// The same for what is read of earlier days in the background.
    pub(crate) is_holding_skims: bool,
    /// The same for what searches find and folders hold.
    pub(crate) is_holding_searches: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            lang: Lang::Zh,
            size: (80, 24),
            session: None,
            decisions: Decisions::new("test"),
            origin: Origin::Archives("~/digests".into()),
            looks: Looks::default(),
            prefs: Prefs::default(),
            is_holding: false,
            is_holding_skims: false,
            is_holding_searches: false,
        }
    }
}

impl App {
    /// Opens the sample archive at this size, in Chinese.
    pub(crate) fn sample(cols: u16, rows: u16) -> Self {
        Self::open(wenzhai::archive::sample(), Setup { size: (cols, rows), ..Setup::default() })
    }

    /// Opens an archive.
    pub(crate) fn open(listing: Listing, setup: Setup) -> Self {
        let (cols, rows) = setup.size;
        let state = State::new(Start {
            lang: setup.lang,
            looks: setup.looks,
            prefs: setup.prefs,
            keymap: Keymap::builtin(),
            decisions: setup.decisions,
            session: setup.session,
            origin: setup.origin,
            size: Size { cols, rows },
            problems: Vec::new(),
        });
        let mut app = Self {
            state,
            effects: Vec::new(),
            session: None,
            held: Vec::new(),
            skims: 0,
            rule_file: Ok("~/.config/wenzhai/config.toml".to_owned()),
            is_holding: setup.is_holding,
            is_holding_skims: setup.is_holding_skims,
            is_holding_searches: setup.is_holding_searches,
            wall_ms: 1_700_000_000_000,
            listing: listing.clone(),
            table: None,
            list: LongList::default(),
        };
        app.send(Msg::Report(Report::Listed(listing))).send(Msg::Painted).send(Msg::Painted);
        app
    }

    /// Presses keys as the keymap writes them, one burst each; `type:TEXT` types a text in one burst.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            let burst: Vec<Key> = match word.strip_prefix("type:") {
                Some(text) => text.replace('_', " ").chars().map(Key::char).collect(),
                None => vec![word.parse().unwrap_or_else(|e| panic!("{word}: {e:?}"))],
            };
            self.send(Msg::Keys(burst)).send(Msg::Painted);
        }
        self
    }

    /// Sends a message and answers what it asks for.
    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        self.wall_ms += 1000;
        if let Msg::Report(Report::Listed(listing)) = &msg {
            (self.listing, self.table) = (listing.clone(), None);
        }
        let effects = update(&mut self.state, Now { wall_ms: self.wall_ms }, msg);
        for effect in effects {
            if let Effect::Skim { slot, what } = effect {
                self.skims += 1;
                let papers = wenzhai::archive::load(&what).map(|l| l.digest.sightings()).unwrap_or_default();
                let report = Report::Skimmed { slot, what, papers };
                if self.is_holding_skims {
                    self.held.push(report);
                } else {
                    self.send(Msg::Report(report)).send(Msg::Painted);
                }
                continue;
            }
            let effect = match effect {
                // What is held back is whole.
                Effect::Glimpse { slot, generation, what } if self.is_holding => {
                    Effect::Load { slot, generation, what }
                }
                Effect::Glimpse { slot, generation, what } => match wenzhai::archive::glimpse(&what) {
                    Some(digest) => {
                        let digest = Arc::new(digest);
                        self.send(Msg::Report(Report::Glimpsed { slot, generation, digest }));
                        continue;
                    }
                    None => Effect::Load { slot, generation, what },
                },
                Effect::Papers { slot, generation, what, places } => {
                    let papers = wenzhai::archive::load_papers(&what, &places);
                    self.send(Msg::Report(Report::Papers { slot, generation, papers }));
                    continue;
                }
                effect => effect,
            };
            self.effects.push(effect.clone());
            match effect {
                Effect::Load { slot, generation, what } => {
                    let result = wenzhai::archive::load(&what);
                    let report = Report::Loaded { slot, generation, result };
                    if self.is_holding {
                        self.held.push(report);
                    } else {
                        self.send(Msg::Report(report));
                    }
                }
                Effect::Append(own) => {
                    let report = Report::Appended(Ok(Appended { foreign: Vec::new(), own }));
                    self.send(Msg::Report(report));
                }
                Effect::SaveSession(session) => self.session = Some(session),
                Effect::Edit { .. } | Effect::Run(_) | Effect::DropDraft(_) => {}
                Effect::Copy { .. } | Effect::Open { .. } | Effect::Export { .. } => {}
                Effect::Statistics { generation, days, decisions } => {
                    self.count_days(generation, &days, &decisions);
                }
                Effect::Filter { generation, what } => {
                    let (mut all, never) = (Vec::new(), AtomicBool::new(false));
                    self.list.filter(&what, &never, &mut |hits, is_whole| {
                        all.push(Report::Filtered { generation, hits, is_whole });
                    });
                    for report in all {
                        self.report(report);
                    }
                }
                Effect::Search { generation, sought } => {
                    for found in self.search(&sought) {
                        self.report(Report::Found { generation, found });
                    }
                }
                Effect::Remind(_) => {
                    self.send(Msg::Report(Report::Reminded));
                }
                Effect::Count { generation, sought } => {
                    for (at, counts) in self.count(&sought).into_iter().enumerate() {
                        self.report(Report::Counted { generation, at, counts });
                    }
                }
                Effect::AddRule(rule) => {
                    let came = self.rule_file.clone();
                    self.send(Msg::Report(Report::RuleAdded { rule, came }));
                }
                Effect::Skim { .. }
                | Effect::Unload { .. }
                | Effect::Glimpse { .. }
                | Effect::Papers { .. }
                | Effect::StopStatistics
                | Effect::List
                | Effect::StopSearch
                | Effect::StopFilter
                | Effect::Update { .. }
                | Effect::Redraw
                | Effect::Suspend
                | Effect::Quit => {}
            }
        }
        self
    }

    fn count_days(&mut self, generation: u64, days: &[(Date, Vec<Arc<Listed>>)], decisions: &Decisions) {
        let history = History::of(decisions, &TimeZone::UTC, self.wall_ms);
        let mut portions = vec![Portion::History(Box::new(history))];
        wenzhai::archive::count(days, None, &|| true, &mut |portion| portions.push(portion));
        for portion in portions {
            let report = Report::Statistics { generation, portion };
            if self.is_holding {
                self.held.push(report);
            } else {
                self.send(Msg::Report(report));
            }
        }
    }

    fn search(&mut self, sought: &Sought) -> Vec<Found> {
        let (mut all, never) = (Vec::new(), AtomicBool::new(false));
        let mut tell = |told| {
            if let Told::Found(found) = told {
                all.push(found);
            }
        };
        search::search(self.table(), sought, 30, &never, &mut tell);
        all
    }

    fn count(&mut self, sought: &[Arc<Sought>]) -> Vec<(usize, usize)> {
        let table = self.table();
        search::count(|look| look(table), sought, 30, &AtomicBool::new(false)).unwrap_or_default()
    }

    fn table(&mut self) -> Table<'_> {
        let listing = &self.listing;
        let never = AtomicBool::new(false);
        let table = self
            .table
            .get_or_insert_with(|| search::read_table(&listing.digests, &never).unwrap_or_default());
        Table::open(table).unwrap_or_else(|e| panic!("{e:?}"))
    }

    /// Hands over what a search or a count came to, or keeps it back.
    fn report(&mut self, report: Report) {
        if self.is_holding_searches {
            self.held.push(report);
        } else {
            self.send(Msg::Report(report));
        }
    }

    /// Answers the `n`th of the loads kept back.
    pub(crate) fn answer(&mut self, n: usize) -> &mut Self {
        let report = self.held.remove(n);
        self.send(Msg::Report(report))
    }

    /// Draws the screen.
    pub(crate) fn buffer(&self) -> (Buffer, Option<Position>) {
        let Size { cols, rows } = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        let cursor = wenzhai::view::draw(&self.state, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as text: rows without trailing blanks.
    pub(crate) fn screen(&self) -> String {
        let _measure = self.state.looks.glyphs.measure();
        rows(&self.buffer().0).join("\n")
    }

    /// The screen with what a reader sees of its looks: text, cursor, then `row: columns look` per stretch.
    pub(crate) fn shot(&self) -> String {
        let _measure = self.state.looks.glyphs.measure();
        let (buffer, cursor) = self.buffer();
        let cursor = cursor.map(|p| format!("cursor {},{}\n", p.x, p.y)).unwrap_or_default();
        format!("{}\n---\n{cursor}{}", rows(&buffer).join("\n"), looks(&buffer).join("\n"))
    }
}

/// The rows of a buffer; the second cell of a wide character is left out.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let row = |y| {
        let mut text = String::new();
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += wenzhai::text::width(symbol).max(1) as u16;
        }
        text.trim_end().to_owned()
    };
    (area.top()..area.bottom()).map(row).collect()
}

fn looks(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let mut out = Vec::new();
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let look = look_at(buffer, x, y);
            let start = x;
            while x < area.right() && look_at(buffer, x, y) == look {
                x += 1;
            }
            if !look.is_empty() {
                out.push(format!("{y}: {start}-{} {look}", x - 1));
            }
        }
    }
    out
}

fn look_at(buffer: &Buffer, x: u16, y: u16) -> String {
    let cell = &buffer[(x, y)];
    let mut words = Vec::new();
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if cell.modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    if cell.fg != Color::Reset {
        words.push(colour(cell.fg));
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", colour(cell.bg)));
    }
    words.join(" ")
}

/// A colour as a theme file writes it, but for the sixteen.
fn colour(colour: Color) -> String {
    match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Indexed(n) => n.to_string(),
        named => format!("{named:?}").to_lowercase(),
    }
}
