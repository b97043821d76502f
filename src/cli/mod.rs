//! The command line: arguments, which archive is meant, and the subcommands that need no terminal.
//!
//! Owns usage, output and exit codes. Hands the reader's options over to `main.rs`, which calls `shell`.
//! Never draws, and never writes an escape byte, but for the progress bar of `import` on a terminal; what `doctor`
//! asks a terminal is asked by the caller.

mod args;
mod asked;
mod check;
mod chinese;
mod colour;
mod config;
mod doctor;
mod environment;
mod examples;
mod export;
mod import;
mod journal;
mod keys;
mod list;
mod locate;
mod manual;
mod mark;
mod output;
mod paths;
mod progress;
mod read_only;
mod reread;
mod rules;
mod search;
mod show;
mod stats;
mod theme;
mod update;
mod width;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use clap::{CommandFactory as _, Parser as _, ValueEnum as _};

use crate::archive::UpdateCommand;
use crate::catalogue::{Lang, quote};
use crate::config::{AmbiguousWidth, Config, Language};
use crate::model::Problem;
use args::{Args, Command, ConfigCommand};
use config::Wanted;
pub use doctor::Answer;
pub use environment::{Environment, Multiplexer};
pub use keys::{keymap, markdown};
pub use output::complain;
use output::{Failure, Output};
pub use paths::Paths;
pub use reread::{Files, Given, Reread};
use rules::RulesCommand;
pub use theme::themes;

/// What is left to do when the command line was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: end with this status. 0 is success, 1 a failure or problems found, 2 wrong usage.
    Exit(u8),
    /// Open the reader.
    Read(Box<ReaderOptions>),
}

/// How the reader is to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderOptions {
    /// The archives, as the user named them; none means the built-in sample.
    pub archives: Vec<PathBuf>,
    /// The language of the interface.
    pub lang: Lang,
    /// Where the program's own files live.
    pub paths: Paths,
    /// What the user configured.
    pub config: Config,
    /// What of that cannot be used.
    pub problems: Vec<Problem>,
    /// What the command line says of it.
    pub given: Given,
    /// How new digests get into these archives.
    pub updates: Vec<UpdateCommand>,
    /// The file that copied texts go to, instead of a clipboard.
    pub print_yank: Option<PathBuf>,
    /// Whether colours are wanted; none where the environment says it.
    pub colours: Option<bool>,
    /// Whether there is to be a log.
    pub has_log: bool,
}

/// Where files live, what the user configured, and the language of the interface.
struct Settings {
    config: Config,
    paths: Paths,
    lang: Lang,
}

/// Reads the command line (the program's name first) and carries out a subcommand. `probe` asks the terminal, if
/// there is one, how wide it draws ambiguous characters; only `doctor` has it asked.
pub fn run(args: impl IntoIterator<Item = OsString>, probe: fn() -> Option<Answer>) -> Outcome {
    let args: Vec<OsString> = args.into_iter().collect();
    let args = match Args::try_parse_from(&args) {
        Ok(args) => args,
        Err(said) => return Outcome::Exit(refuse(&said, &args)),
    };
    // Until the configuration is read.
    let asked_lang = args.lang.map_or_else(|| language(Language::Auto), Lang::from);
    let Some(mut paths) = Paths::find() else {
        complain(&asked_lang.no_home());
        return Outcome::Exit(1);
    };
    let unusable = |file: String, e: &io::Error| {
        complain(&Problem::of_io(file, e).in_words(|what| asked_lang.reason(what)));
        Outcome::Exit(1)
    };
    if let Some(file) = args.config.clone() {
        if let Err(e) = std::fs::metadata(&file) {
            return unusable(file.display().to_string(), &e);
        }
        paths.config_file = file;
    }
    if let Some(file) = &args.log_file {
        match read_only::log_file(file) {
            Ok(file) => paths.log_file = file,
            Err(e) => return unusable(format!("--log-file {}", file.display()), &e),
        }
    }
    let (mut config, problems) = config::load(&paths.config_file);
    if let Some(folder) = &config.journal_dir {
        paths.journal.clone_from(folder);
    }
    let given = Given {
        lang: args.lang.map(Lang::from),
        ambiguous_width: args.ambiguous_width.map(AmbiguousWidth::from),
        theme: args.theme.clone(),
        is_ascii: args.ascii,
        is_read_only: args.read_only,
    };
    given.over(&mut config);
    let lang = given.lang(&config);
    let settings = Settings { config, paths, lang };
    let Some(command) = args.command else {
        let named = [args.archives, args.archive].concat();
        let has_log = !args.read_only || args.log_file.is_some();
        return read(&named, given, settings, (problems, args.print_yank), (args.color.asked(), has_log));
    };
    if !args.archives.is_empty() {
        complain(&lang.archives_come_after());
        return Outcome::Exit(2);
    }
    if let Some(what) = read_only::written_by(&command).filter(|_| args.read_only) {
        complain(&format!("--read-only{}{}", lang.colon(), lang.would_write(what)));
        return Outcome::Exit(2);
    }
    if !matches!(command, Command::Config { .. }) {
        // Not of what was asked for: no reason for another status.
        for problem in &problems {
            complain(&problem.in_words(|what| lang.reason(what)));
        }
        if given.theme.is_some() && !matches!(command, Command::Doctor { .. }) {
            for problem in themes(&settings.paths, &settings.config.theme, &Environment::read()).1 {
                complain(&problem.in_words(|what| lang.reason(what)));
            }
        }
    }
    let out = Output::new(args.color.is_coloured(), lang);
    Outcome::Exit(carry_out(out, command, args.archive, probe, (&settings, &problems)))
}

/// Prints the help, or what is wrong with the command line, in the language that it or the configuration asks for;
/// returns the exit status.
fn refuse(said: &clap::Error, args: &[OsString]) -> u8 {
    let value_of = |name: &str| {
        let text: Vec<_> = args.iter().map(|a| a.to_string_lossy()).collect();
        let at = text.iter().position(|a| a == name).and_then(|at| text.get(at + 1)).map(ToString::to_string);
        at.or_else(|| text.iter().find_map(|a| a.strip_prefix(name)?.strip_prefix('=').map(str::to_owned)))
    };
    let asked = value_of("--lang").and_then(|name| args::Language::from_str(&name, false).ok());
    let file = value_of("--config").map(PathBuf::from).or_else(|| Paths::find().map(|p| p.config_file));
    let configured = file.map(|file| config::load(&file).0.language).unwrap_or_default();
    match asked.map_or_else(|| language(configured), Lang::from) {
        Lang::En => output::usage(said, Lang::En),
        Lang::Zh if !said.use_stderr() => {
            let said =
                chinese::translated(Args::command(), output::columns()).try_get_matches_from(args).err();
            said.map_or(0, |said| output::usage(&said, Lang::Zh))
        }
        Lang::Zh => {
            complain(&chinese::wrong_usage(said));
            2
        }
    }
}

/// Carries a subcommand out; returns the exit status.
fn carry_out(
    mut out: Output,
    command: Command,
    archive: Vec<PathBuf>,
    probe: fn() -> Option<Answer>,
    (settings, problems): (&Settings, &[Problem]),
) -> u8 {
    let Settings { paths, lang, .. } = settings;
    let lang = *lang;
    let done = match command {
        Command::Import { sources, into, format, dry_run, json } => {
            let into = into.or_else(|| archive.into_iter().next()).unwrap_or_else(|| paths.archive());
            import::run(&mut out, &sources, &into, (format, dry_run), json)
        }
        Command::Check { paths: named, json } => {
            check::run(&mut out, &[named, archive].concat(), settings, json)
        }
        Command::List { archives, query, json } => {
            let Ok(query) = asked::query(query.as_deref(), lang) else { return 2 };
            list::run(&mut out, &[archives, archive].concat(), settings, &query, json)
        }
        Command::Show { ids, json } => show::run(&mut out, ids, &archive, settings, json),
        Command::Search { query, archives, limit, titles, digests, json } => {
            let Ok(query) = asked::query_of("", &query, lang) else { return 2 };
            let how = search::How { json, limit, titles, digests };
            let found = search::run(&mut out, &[archives, archive].concat(), settings, query, how);
            let has_any = matches!(found, Ok(true) | Err(_));
            return out.finish_as_grep(found.map(drop), has_any);
        }
        Command::Export { which, format, output } => {
            let Ok(query) = asked::query(which.query.as_deref(), lang) else { return 2 };
            export::run(&mut out, (which, &query), (format, output.as_deref()), &archive, settings)
        }
        Command::Update { archives, force, json } => {
            update::run(&mut out, settings, &[archives, archive].concat(), (force, json))
        }
        Command::Config { what } => {
            let wanted = match what {
                ConfigCommand::Default => Wanted::Default,
                ConfigCommand::Show { json } => Wanted::Show { json },
                ConfigCommand::Check { json } => Wanted::Check { json },
            };
            config::run(&mut out, wanted, (settings, problems), probe)
        }
        Command::Stats(what) => stats::run(&mut out, what, archive, settings, lang),
        Command::Mark { ids, marks, json } => mark::run(&mut out, ids, &marks, &archive, settings, json),
        Command::Journal { command } => journal::run(&mut out, &command, paths),
        Command::Keys { json } => {
            let (keymap, problems) = keys::keymap(paths);
            out.problems(&problems);
            let keymap = keymap.with_counts(settings.config.prefs.counts);
            out.text(&keys::print(&keymap, lang, json)).map_err(Failure::from)
        }
        Command::Doctor { archives, json } => {
            doctor::run(&mut out, &[archives, archive].concat(), settings, probe, json)
        }
        Command::Completions { shell } => manual::completions(&mut out, shell, lang),
        Command::Man => manual::man(&mut out, lang),
        Command::Rules { command, archives, json } => {
            if command.is_none()
                && let Some((typed, near)) = locate::mistyped(&archives, Some("rules"))
            {
                complain(&lang.no_folder_but_subcommand(&quote(&typed), &near));
                return 1;
            }
            let Some(command) = RulesCommand::or_list(command, archives, json) else {
                complain(&lang.archives_come_after());
                return 2;
            };
            let Some(done) = rules::run(&mut out, command, &archive, settings) else {
                return 2;
            };
            done
        }
        Command::Paths { json } => paths::run(&mut out, paths, json),
    };
    out.finish(done)
}

/// Says how the reader is to be opened.
fn read(
    named: &[PathBuf],
    given: Given,
    settings: Settings,
    (problems, print_yank): (Vec<Problem>, Option<PathBuf>),
    (colours, has_log): (Option<bool>, bool),
) -> Outcome {
    let lang = settings.lang;
    if let Some((typed, near)) = locate::mistyped(named, None) {
        if typed == near {
            complain(&lang.archives_come_after());
            return Outcome::Exit(2);
        }
        complain(&lang.no_folder_but_subcommand(&quote(&typed), &near));
        return Outcome::Exit(1);
    }
    match locate::archives(named, &settings) {
        Ok(archives) => {
            let Settings { config, paths, .. } = settings;
            let is_read_only = config.prefs.is_read_only;
            let updates = if is_read_only { Vec::new() } else { update::commands(&config, &archives) };
            let options = ReaderOptions {
                archives,
                lang,
                paths,
                config,
                problems,
                given,
                updates,
                print_yank,
                colours,
                has_log,
            };
            Outcome::Read(Box::new(options))
        }
        Err(problem) => {
            complain(&problem.in_words(|what| lang.reason(what)));
            Outcome::Exit(1)
        }
    }
}

/// Chooses the interface language: the configured one, else what POSIX takes for messages, else English.
fn language(configured: Language) -> Lang {
    match configured {
        Language::En => return Lang::En,
        Language::Zh => return Lang::Zh,
        Language::Auto => {}
    }
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty())
        .and_then(|value| Lang::from_locale(&value.to_string_lossy()))
        .unwrap_or_default()
}
