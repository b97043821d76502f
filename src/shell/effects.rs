use super::probe::Questions;
use crate::theme::Themes;
use std::os::fd::AsFd as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::copy::Copier;
use super::editor::{Drafts, Editing};
use super::export_file;
use super::jobs::Roots;
use super::loads::Loads;
use super::opener::Opener;
use super::rule_file;
use super::searches::Searches;
use super::session::SessionFile;
use super::settings::SettingsFiles;
use super::shared_journal::SharedJournal;
use super::shelf::Shelf;
use super::statistics::Statistics;
use super::terminal::Terminal;
use super::wake::{Event, Waker};
use super::workers::Workers;
use crate::archive::{UpdateCommand, Updater};
use crate::cli::{Environment, Files, Paths, Reread};
use crate::effect::{Copied, Effect, Errand, Report, Update};
use crate::journal::{Backlog, Journal};
use crate::model::{Date, Problem};
use crate::state::Settings;

/// What the shell works with besides the state.
pub(super) struct Parts {
    /// The user's journal.
    pub(super) journal: Journal,
    /// What of it was not read yet.
    pub(super) backlogs: Vec<Backlog>,
    /// The open archives.
    pub(super) roots: Roots,
    /// The day that was open when the user left.
    pub(super) last_day: Option<Date>,
    /// The folder of index files; made when needed. None keeps the index in memory.
    pub(super) cache: Option<PathBuf>,
    /// Whether nothing is written.
    pub(super) is_read_only: bool,
    /// Where [`Effect::SaveSession`] goes; its folder is made when needed.
    pub(super) session_file: PathBuf,
    /// Where notes are written before the journal has them; made when needed.
    pub(super) notes: PathBuf,
    /// How texts are copied.
    pub(super) copier: Copier,
    /// How addresses are opened.
    pub(super) opener: Opener,
    /// The folder for exports; made when needed.
    pub(super) exports: PathBuf,
    /// How many days apart a paper counts as a repeat.
    pub(super) repeats_days: u16,
    /// The configuration, which rules are added to; made when needed.
    pub(super) config_file: PathBuf,
    /// Where standard error goes while the screen is up; nowhere if absent or not writable.
    pub(super) log: Option<PathBuf>,
    /// How new digests get into the archives.
    pub(super) updates: Updates,
    /// Where the user's settings are, and what they said.
    pub(super) settings: (Paths, Files),
    /// What the environment says of the terminal.
    pub(super) environment: Environment,
    /// Whether the terminal can be sent operating system commands.
    pub(super) knows_osc: bool,
    /// What the terminal is asked before the first frame.
    pub(super) asks: Questions,
    /// The themes to choose from by its answer.
    pub(super) themes: Themes,
}

/// Carries out effects. The journal and the session file are written before this returns; archives are read by
/// workers.
pub(super) struct Outside {
    pub(super) journal: SharedJournal,
    session_file: PathBuf,
    pub(super) workers: Workers,
    updates: Updates,
    drafts: Drafts,
    copier: Copier,
    opener: Opener,
    exports: PathBuf,
    config_file: PathBuf,
    searches: Searches,
    statistics: Statistics,
    shelf: Arc<Shelf>,
    pub(super) settings: SettingsFiles,
    pub(super) environment: Environment,
    /// Whether the first frame was painted.
    is_under_way: bool,
    pub(super) knows_osc: bool,
}

/// The update commands of the open archives. Those that run end with this value.
pub(super) struct Updates {
    pub(super) commands: Vec<UpdateCommand>,
    pub(super) updater: Updater,
}

/// How long update commands may tidy up when the reader is left.
const PATIENCE: Duration = Duration::from_millis(500);

impl Drop for Updates {
    fn drop(&mut self) {
        self.updater.running.stop(PATIENCE);
    }
}

/// What another program gets the terminal for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Away {
    /// An [`Effect::Edit`].
    Edit(Editing),
    /// An [`Effect::Run`].
    Run(Errand),
}

/// What of a batch of effects the loop has to do itself, after the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    /// What another program gets the terminal for.
    pub(super) away: Option<Away>,
    pub(super) redraw: bool,
    /// What becomes of the theme and of the mouse.
    pub(super) looks: Vec<Effect>,
    pub(super) suspend: bool,
    pub(super) quit: bool,
}

impl Outside {
    /// Starts nothing yet; workers report by `waker`.
    pub(super) fn new(parts: Parts, waker: Waker) -> Self {
        let Parts {
            journal,
            backlogs,
            roots,
            last_day,
            cache,
            is_read_only,
            session_file,
            notes,
            updates,
            copier,
            opener,
            exports,
            config_file,
            repeats_days,
            settings: (paths, files),
            environment,
            knows_osc,
            ..
        } = parts;
        let settings = SettingsFiles::new(paths, files, waker.clone());
        let journal = SharedJournal::new(journal, backlogs, waker.clone());
        let (workers, drafts) =
            (Workers::new(roots, last_day, (cache, is_read_only), waker), Drafts::new(notes));
        let shelf = Shelf::new(Arc::clone(workers.roots()));
        let searches = Searches::new(repeats_days, Arc::clone(&shelf));
        Self {
            journal,
            session_file,
            workers,
            updates,
            drafts,
            copier,
            opener,
            exports,
            config_file,
            searches,
            statistics: Statistics::default(),
            shelf,
            settings,
            environment,
            is_under_way: false,
            knows_osc,
        }
    }

    /// Reads the user's settings again; none when they say what they said. Also the themes that they come down to.
    pub(super) fn read_settings(&mut self) -> Option<(Settings, Themes)> {
        let before = self.settings.names();
        let Reread { config, lang, keymap, themes, problems, waiting, is_beyond } =
            self.settings.read_again(&self.environment)?;
        self.opener = Opener::new(config.open_command, &self.environment);
        self.exports = config.export_dir.unwrap_or_else(|| PathBuf::from("."));
        let is_ascii = config.prefs.ascii || !self.environment.is_utf8();
        let (files, prefs) = ([before, self.settings.names()].concat(), config.prefs);
        Some((Settings { lang, is_ascii, prefs, keymap, files, problems, waiting, is_beyond }, themes))
    }

    /// Begins what must not come before the first frame, where that is not done yet.
    pub(super) fn go_on(&mut self) {
        if !std::mem::replace(&mut self.is_under_way, true) {
            self.settings.start();
        }
        self.journal.go_on(&self.workers);
        self.workers.go_on();
    }

    /// Takes an event of another thread; returns what the state is to be told.
    pub(super) fn take(&mut self, event: Event) -> Vec<Report> {
        match event {
            Event::JournalGrew => self.journal.read_new(),
            Event::CaughtUp(machines, problems) => self.journal.caught_up(machines, problems),
            event => {
                let reports = self.workers.take(event);
                self.shelf.put(self.workers.index(), &reports);
                reports
            }
        }
    }

    /// Carries out a batch, noting in `wanted` what is left to the loop; returns what came of it at once.
    pub(super) fn perform(&mut self, effects: Vec<Effect>, wanted: &mut Wanted) -> Vec<Report> {
        let (mut lines, mut session, mut loads, mut drafts) = (None, None, Loads::default(), Vec::new());
        let mut handed = Vec::new();
        for effect in effects {
            match effect {
                Effect::List => self.workers.list(),
                load @ (Effect::Load { .. } | Effect::Glimpse { .. }) => loads.add(load),
                Effect::Papers { slot, generation, what, places } => {
                    self.workers.papers(slot, generation, what, places);
                }
                Effect::Unload { slot, generation } => {
                    loads.call_off(slot, generation);
                    self.workers.unload(slot, generation);
                }
                Effect::Skim { slot, what } => self.workers.skim(slot, what),
                Effect::Update { force } => {
                    self.update(force);
                    if force {
                        self.settings.look();
                    }
                }
                Effect::Append(all) => lines = Some(all),
                Effect::SaveSession(at) => session = Some(at),
                Effect::Edit { paper, name, title, note } => {
                    wanted.away = Some(Away::Edit(Editing { paper, name, title, note }));
                }
                Effect::Run(errand) => wanted.away = Some(Away::Run(errand)),
                Effect::DropDraft(name) => drafts.push(name),
                Effect::Copy { .. } | Effect::Open { .. } | Effect::Export { .. } | Effect::AddRule(_) => {
                    handed.extend(self.hand_on(effect));
                }
                Effect::Filter { generation, what } => {
                    self.searches.filter(generation, what, &self.workers);
                }
                Effect::StopFilter => self.searches.stop_filter(),
                Effect::Search { generation, sought } => {
                    self.searches.begin(generation, sought, &self.workers);
                }
                Effect::StopSearch => self.searches.stop(),
                Effect::Remind(after) => self.workers.aside(move |tell| {
                    std::thread::sleep(Duration::from_millis(after));
                    tell(Report::Reminded);
                }),
                Effect::Count { generation, sought } => {
                    self.searches.count(generation, sought, &self.workers);
                }
                Effect::Statistics { generation, days, decisions } => {
                    self.statistics.count(&self.workers, generation, days, decisions);
                }
                Effect::StopStatistics => self.statistics.stop(),
                Effect::Redraw => wanted.redraw = true,
                look @ (Effect::Theme(_) | Effect::Mouse(_)) => wanted.looks.push(look),
                Effect::Suspend => wanted.suspend = true,
                Effect::Quit => wanted.quit = true,
            }
        }
        loads.hand_to(&mut self.workers);
        let appended = lines.map(|l| Report::Appended(self.journal.append(&l).map_err(|e| e.to_string())));
        if !matches!(appended, Some(Report::Appended(Err(_)))) {
            for name in &drafts {
                self.drafts.drop(name);
            }
        }
        let survived = self.journal.take_problems().into_iter().map(Report::Notice);
        let unsaved =
            session.and_then(|s| SessionFile::write(&self.session_file, self.workers.roots(), s).err());
        appended
            .into_iter()
            .chain(handed)
            .chain(survived)
            .chain(unsaved.map(|e| {
                Report::SessionUnsaved(Problem::of_file(
                    self.session_file.display().to_string(),
                    e.to_string(),
                ))
            }))
            .collect()
    }

    /// Hands a text or an address to another program, or papers or a rule to a file.
    fn hand_on(&self, effect: Effect) -> Option<Report> {
        let copy =
            |text: &str, what| Some(Report::Copied { what, bytes: text.len(), came: self.copier.copy(text) });
        match effect {
            Effect::Copy { text, what } => copy(&text, Copied::Text(what)),
            Effect::Open { url } if self.opener.can_open() => {
                self.opener.open(url, &self.workers);
                None
            }
            Effect::Open { url } => copy(&url.clone(), Copied::Address(url)),
            Effect::Export { name, text, papers } => {
                let path = export_file::write_new(&self.exports, &name, &text);
                Some(Report::Exported(papers, path.map(|p| shown(&p))))
            }
            Effect::AddRule(rule) => {
                let came = rule_file::add_rule(&self.config_file, &rule);
                Some(Report::RuleAdded { rule, came: came.map(|()| shown(&self.config_file)) })
            }
            _ => None,
        }
    }

    /// Carries out an [`Effect::Edit`] on a terminal that was given back.
    pub(super) fn edit(&self, edit: Editing, terminal: &Terminal) -> Report {
        let Editing { paper, name, title, note } = edit;
        let came = self.drafts.edit(&name, &title, &note, terminal.as_fd());
        Report::Edited { paper, name, came }
    }

    /// Each command has a thread of its own: an archive that hangs holds up no other, and no reading.
    fn update(&self, force: bool) {
        for command in self.updates.commands.clone() {
            let updater = self.updates.updater.clone();
            let archive = command.archive.display().to_string();
            self.workers.aside(move |tell| {
                let started = || tell(Report::Update(Update::Started { archive: archive.clone() }));
                let came = updater.run(&command, force, started);
                tell(Report::Update(Update::Ended { archive: archive.clone(), came }));
            });
        }
    }
}

/// A path as one can find it again: absolute, the home folder as `~`.
fn shown(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let home = std::env::var_os("HOME").map(PathBuf::from).filter(|h| h.is_absolute());
    let below = home.as_ref().and_then(|h| path.strip_prefix(h).ok());
    below.map_or_else(|| path.display().to_string(), |b| format!("~/{}", b.display()))
}
