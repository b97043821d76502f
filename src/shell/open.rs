use std::path::PathBuf;

use super::copy::Copier;
use super::effects::{Parts, Updates};
use super::jobs::Roots;
use super::opener::Opener;
use super::probe::Questions;
use super::run::run;
use super::session::SessionFile;
use crate::archive::Updater;
use crate::cli::{self, Environment, Files, ReaderOptions};
use crate::config::{AmbiguousWidth, Prefs};
use crate::decisions::Decisions;
use crate::effect::Effect;
use crate::journal::{Backlog, Journal};
use crate::model::Problem;
use crate::state::{Looks, Origin, Size, Start, State};
use crate::text::Glyphs;
use crate::theme::Themes;

/// Lines of each machine's file that are read before the first frame; the others follow it.
const RECENT: usize = 5_000;

/// Opens the reader: reads the journal, the keys and the session, and runs until it is left. Returns the exit
/// status of the program.
#[must_use]
pub fn open(options: ReaderOptions) -> u8 {
    let ReaderOptions { archives, lang, paths, config, problems: misconfigured, given, updates, .. } =
        options;
    let ReaderOptions { print_yank, colours, has_log, .. } = options;
    let mut environment = Environment::read();
    // What the command line says of colours goes before what the environment does.
    environment.is_colourless = colours.map_or(environment.is_colourless, |wanted| !wanted);
    let mut journal = match Journal::open(&paths.journal, &paths.state) {
        Ok(journal) => journal,
        Err(e) => {
            cli::complain(&lang.journal_closed(&e.to_string()));
            return 1;
        }
    };
    let (decisions, backlogs, mut problems) = read_recent(&mut journal);
    problems.extend(misconfigured);
    let (keymap, unusable) = cli::keymap(&paths);
    problems.extend(unusable);
    let files = Files::new(&paths, given, config.clone(), keymap.clone());
    let origin = if archives.is_empty() { Origin::Sample } else { Origin::Archives(names(&archives)) };
    let roots = if archives.is_empty() { Roots::Sample } else { Roots::Folders(archives) };
    let (themes, unusable) = cli::themes(&paths, &config.theme, &environment);
    problems.extend(unusable);
    let repeats_days = config.prefs.repeats_days;
    let asks = Questions {
        width: config.prefs.ambiguous_width == AmbiguousWidth::Auto,
        colours: themes.asks_colours() && environment.knows_osc(),
    };
    let session = SessionFile::read(&paths.session()).and_then(|f| f.session_of(&roots));
    let last_day = session.as_ref().and_then(|s| s.date.as_ref()?.parse().ok());
    let state = State::new(Start {
        lang,
        looks: looks(&environment, &config.prefs, &themes),
        prefs: config.prefs,
        keymap,
        decisions,
        session,
        origin,
        size: Size::default(),
        problems,
    });
    let updates = Updates {
        commands: updates,
        updater: Updater { log: paths.log(), ..Updater::new(paths.state.clone()) },
    };
    let is_read_only = state.prefs.is_read_only;
    let log = has_log.then(|| paths.log());
    let parts = Parts {
        journal,
        backlogs,
        roots,
        last_day,
        cache: Some(paths.cache.clone()),
        is_read_only,
        session_file: paths.session(),
        notes: paths.state.join("notes"),
        opener: Opener::new(config.open_command, &environment),
        knows_osc: environment.knows_osc(),
        environment: environment.clone(),
        settings: (paths.clone(), files),
        copier: Copier::new(environment, print_yank),
        config_file: paths.config_file.clone(),
        exports: config.export_dir.unwrap_or_else(|| PathBuf::from(".")),
        repeats_days,
        log,
        updates,
        asks,
        themes,
    };
    run(state, parts, vec![Effect::List])
}

/// Reads the newest decisions of all machines, what is left to read, and what went wrong.
fn read_recent(journal: &mut Journal) -> (Decisions, Vec<Backlog>, Vec<Problem>) {
    let (machines, backlogs, problems) = journal.read_recent(RECENT);
    let mut decisions = Decisions::new(journal.machine());
    for (machine, lines) in machines {
        decisions.absorb(&machine, lines);
    }
    (decisions, backlogs, problems)
}

/// What the archives are called on screen: their paths, the home folder as `~`.
fn names(archives: &[PathBuf]) -> String {
    let home = std::env::var_os("HOME").map(PathBuf::from).filter(|h| h.is_absolute());
    let name = |path: &PathBuf| {
        let below = home.as_ref().and_then(|h| path.strip_prefix(h).ok());
        below.map_or_else(|| path.display().to_string(), |b| format!("~/{}", b.display()))
    };
    archives.iter().map(name).collect::<Vec<_>>().join(" + ")
}

/// What the terminal can show, before it is asked: marks beyond ASCII where the locale is UTF-8 and the user has
/// nothing against them, the theme by what the environment says.
fn looks(environment: &Environment, prefs: &Prefs, themes: &Themes) -> Looks {
    let is_wide = prefs.ambiguous_width == AmbiguousWidth::Wide;
    Looks {
        glyphs: Glyphs { is_wide, is_ascii: prefs.ascii || !environment.is_utf8() },
        theme: themes.choose(None).theme,
    }
}
