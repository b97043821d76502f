//! The command line: arguments, which archive is meant, and the subcommands that need no terminal.
//!
//! Owns usage, output and exit codes. Hands the reader's options over to `main.rs`, which calls `shell`.
//! Never draws, and never writes an escape byte, but for the progress bar of `import` on a terminal; what `doctor`
//! asks a terminal is asked by the caller.

mod args;
mod check;
mod doctor;
mod environment;
mod import;
mod keys;
mod list;
mod locate;
mod output;
mod paths;
mod progress;
mod show;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Parser as _;

use crate::catalogue::Lang;
pub use args::AmbiguousWidth;
use args::{Args, Command};
pub use doctor::Answer;
pub use environment::{Environment, Multiplexer};
pub use keys::{keymap, markdown};
pub use output::complain;
use output::{Failure, Output};
pub use paths::Paths;

/// What is left to do when the command line was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: end with this status. 0 is success, 1 a failure or problems found, 2 wrong usage.
    Exit(u8),
    /// Open the reader.
    Read(ReaderOptions),
}

/// How the reader is to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderOptions {
    /// The archives, as the user named them; none means the built-in sample.
    pub archives: Vec<PathBuf>,
    /// The language of the interface.
    pub lang: Lang,
    /// The cells of characters of ambiguous width.
    pub ambiguous_width: AmbiguousWidth,
    /// True for marks and rules in ASCII, whatever the locale.
    pub is_ascii: bool,
    /// Where the program's own files live.
    pub paths: Paths,
}

/// Reads the command line (the program's name first) and carries out a subcommand. `probe` asks the terminal, if
/// there is one, how wide it draws ambiguous characters; only `doctor` has it asked.
pub fn run(args: impl IntoIterator<Item = OsString>, probe: fn() -> Option<Answer>) -> Outcome {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(said) => return Outcome::Exit(output::usage(&said)),
    };
    let Some(paths) = Paths::find() else {
        complain("no home directory: set HOME, or XDG_CONFIG_HOME and its like");
        return Outcome::Exit(1);
    };
    let lang = language(args.lang);
    let (ambiguous_width, is_ascii) = (args.ambiguous_width.unwrap_or_default(), args.ascii);
    let Some(command) = args.command else {
        return match locate::archives(&[args.archives, args.archive].concat(), &paths) {
            Ok(archives) => Outcome::Read(ReaderOptions { archives, lang, ambiguous_width, is_ascii, paths }),
            Err(problem) => {
                complain(&problem.to_string());
                Outcome::Exit(1)
            }
        };
    };
    if !args.archives.is_empty() {
        complain("archives come after the subcommand, or with --archive; see wenzhai --help");
        return Outcome::Exit(2);
    }
    let mut out = Output::new();
    let done = match command {
        Command::Import { sources, into, format, dry_run, json } => {
            let into = into.or_else(|| args.archive.into_iter().next()).unwrap_or_else(|| paths.archive());
            import::run(&mut out, &sources, &into, (format, dry_run), json)
        }
        Command::Check { paths: named, json } => {
            check::run(&mut out, &[named, args.archive].concat(), &paths, json)
        }
        Command::List { archives, json } => {
            list::run(&mut out, &[archives, args.archive].concat(), &paths, json)
        }
        Command::Show { ids, json } => show::run(&mut out, &ids, &args.archive, &paths, json),
        Command::Keys { json } => {
            let (keymap, problems) = keys::keymap(&paths);
            out.problems(&problems);
            out.text(&keys::print(&keymap, lang, json)).map_err(Failure::from)
        }
        Command::Doctor { archives, json } => {
            let asked = doctor::Asked { ambiguous_width, is_ascii, probe };
            doctor::run(&mut out, &[archives, args.archive].concat(), &paths, &asked, json)
        }
        Command::Paths { json } => paths::run(&mut out, &paths, json),
    };
    Outcome::Exit(out.finish(done))
}

/// Chooses the interface language: `--lang`, else what POSIX takes for messages, else English.
fn language(asked: Option<args::Language>) -> Lang {
    if let Some(asked) = asked {
        return asked.into();
    }
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty())
        .and_then(|value| Lang::from_locale(&value.to_string_lossy()))
        .unwrap_or_default()
}
