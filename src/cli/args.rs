use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::chinese::Refused;
use super::colour::When;
use super::examples;
use super::export::Which;
use super::mark::Marks;
use super::rules::RulesCommand;
use super::stats::Counted;
use super::width::Width;
use crate::catalogue::Lang;
use crate::config::ThemeName;
use crate::export;
use crate::import::Format;

const ABOUT: &str = "Read digests of research papers";

const LONG_ABOUT: &str = "Read digests of research papers.

Without a subcommand the reader opens: on the archives named, else $WENZHAI_ARCHIVE, else those of the \
configuration, else the archive opened last, else the default one, else a built-in sample. An archive is any folder \
of digest files.";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "wenzhai", version, color = ColorChoice::Never, about = ABOUT, long_about = LONG_ABOUT)]
#[command(after_help = "Exit status: 0 ok, 1 failure or problems found, 2 wrong usage or no terminal.")]
#[command(after_long_help = examples::WENZHAI)]
pub(super) struct Args {
    /// Folders of digests, or single digest files.
    #[arg(value_name = "ARCHIVE")]
    pub(super) archives: Vec<PathBuf>,
    /// A folder of digests; may be repeated.
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) archive: Vec<PathBuf>,
    /// The configuration, instead of config.toml in the configuration folder.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The language of the interface.
    #[arg(long, global = true, value_enum)]
    pub(super) lang: Option<Language>,
    /// The cells of quotes, dashes, Greek and other characters of ambiguous width: auto asks the terminal.
    #[arg(long, global = true, value_enum, value_name = "WIDTH")]
    pub(super) ambiguous_width: Option<Width>,
    /// The theme, instead of the one of the configuration: auto goes by the terminal.
    #[arg(long, global = true, value_name = "NAME", value_parser = theme)]
    pub(super) theme: Option<ThemeName>,
    /// In the reader, write what is copied to this file, in place of what it holds, and send it nowhere else.
    #[arg(long, value_name = "FILE")]
    pub(super) print_yank: Option<PathBuf>,
    /// Write nothing: no decision, no session, no export, no digest. What is copied still goes to the clipboard.
    ///
    /// Only the files that --log-file and --print-yank name are written. Subcommands that write, such as mark, end with
    /// status 2.
    #[arg(long, global = true)]
    pub(super) read_only: bool,
    /// Where the log goes, instead of the file that `wenzhai paths` prints.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) log_file: Option<PathBuf>,
    /// When output is coloured.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub(super) color: When,
    /// Draw marks and rules in ASCII only.
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Language {
    /// English
    En,
    /// 中文
    Zh,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Zh => Self::Zh,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write digest files into an archive, as DATE/CATEGORY.json. Twice is as good as once.
    #[command(after_long_help = examples::IMPORT)]
    Import {
        /// Digest files, or folders of them; - is standard input.
        #[arg(required = true, value_name = "SRC")]
        sources: Vec<PathBuf>,
        /// The archive to write to; made when missing. Without it: --archive, else the default archive.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// Take every file for one in this format, instead of telling it from the text.
        #[arg(long, value_name = "FORMAT", value_parser = format)]
        format: Option<Format>,
        /// Write nothing; say what would be done.
        #[arg(long)]
        dry_run: bool,
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Name everything that is lost, missing or odd in digest files. Status 1 if anything is.
    #[command(after_long_help = examples::CHECK)]
    Check {
        /// Folders of digests, or single digest files.
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Print JSON Lines, one problem a line, without the summary.
        #[arg(long)]
        json: bool,
    },
    /// Print every paper: date, category, id and title, separated by tabs.
    #[command(after_long_help = examples::LIST)]
    List {
        /// Folders of digests, or single digest files.
        #[arg(value_name = "ARCHIVE")]
        archives: Vec<PathBuf>,
        /// Print only papers that meet a query, in the language of the reader's filter: `author:chen -is:read`.
        #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
        query: Option<String>,
        /// Print JSON Lines, one paper a line.
        #[arg(long)]
        json: bool,
    },
    /// Print all that is known of papers.
    #[command(after_long_help = examples::SHOW)]
    Show {
        /// Paper ids, arXiv ids, or parts of titles that fit one paper only; - reads ids from standard input, one a line.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// Print JSON Lines, one paper a line, in the native form.
        #[arg(long)]
        json: bool,
    },
    /// Print the papers of all dates that a query finds: date, category, id and title, separated by tabs.
    ///
    /// First those found by title, translated title, gist, keywords, authors, tags or notes, the best first; then those
    /// whose abstracts, summary, takeaways or sections hold the words, the newest first, with a fifth column: the place.
    /// Status 0 when something is found, 1 when nothing is, 2 for a query that cannot be understood.
    #[command(after_long_help = examples::SEARCH)]
    Search {
        /// What to find, in the language of the reader's filter.
        #[arg(value_name = "QUERY", allow_hyphen_values = true)]
        query: String,
        /// Folders of digests, or single digest files.
        #[arg(value_name = "ARCHIVE")]
        archives: Vec<PathBuf>,
        /// Print at most so many papers, or digests.
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Leave the texts alone: only what is found by title, gist, keywords, authors, tags or notes.
        #[arg(long)]
        titles: bool,
        /// Print only the digests that hold such papers, newest first: date and category; stops in each at the first.
        #[arg(long, short = 'l')]
        digests: bool,
        /// Print JSON Lines, one paper or digest a line; `hits` are bytes of `snippet`.
        #[arg(long)]
        json: bool,
    },
    /// Write papers for other tools, with your tags and notes: each once, newest day first.
    #[command(after_long_help = examples::EXPORT)]
    Export {
        #[command(flatten)]
        which: Which,
        /// What to write: bibtex, ris, csl-json, markdown (three plain lines a paper), org, json or csv.
        #[arg(long, value_name = "FORMAT", value_parser = export_format)]
        format: export::Format,
        /// Write to this file, in place of what it holds, instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Print what the days come to: a calendar, your pace and what is left, rising words, categories.
    ///
    /// A digit is a day, 1 to 4 by its papers; `/` is decided in part, `!` lacks its digest.
    #[command(after_long_help = examples::STATS)]
    Stats(Counted),
    /// Decide about papers, as one step that the reader can undo.
    #[command(after_long_help = examples::MARK)]
    Mark {
        /// Paper ids or arXiv ids; - reads them from standard input, one a line.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        marks: Marks,
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Look after the journal of decisions.
    #[command(after_long_help = examples::JOURNAL)]
    Journal {
        #[command(subcommand)]
        command: JournalCommand,
    },
    /// Run the update commands of configured archives, as cron would. Status 1 if one fails.
    ///
    /// A command runs when its last successful run is older than the archive's `every`, at most 120 seconds, and never
    /// twice at a time. Each archive gives a line: updated, not due, busy (another program runs it), or failed with
    /// the status and the last line of the command. All it says goes to the log that `wenzhai paths` prints.
    #[command(after_long_help = examples::UPDATE)]
    Update {
        /// Archives of the configuration; without one, all.
        #[arg(value_name = "PATH")]
        archives: Vec<PathBuf>,
        /// Run them whatever their last run.
        #[arg(long)]
        force: bool,
        /// Print JSON Lines, one archive a line.
        #[arg(long)]
        json: bool,
    },
    /// Print the default configuration, the one in use, or what is wrong with it.
    #[command(after_long_help = examples::CONFIG)]
    Config {
        #[command(subcommand)]
        what: ConfigCommand,
    },
    /// Rehearse rules of interest, or print those of the configuration.
    #[command(after_long_help = examples::RULES)]
    Rules {
        #[command(subcommand)]
        command: Option<RulesCommand>,
        /// Folders of digests, or single digest files, for `list`.
        #[arg(value_name = "ARCHIVE")]
        archives: Vec<PathBuf>,
        /// As `list` does: print JSON Lines, one rule a line.
        #[arg(long)]
        json: bool,
    },
    /// Print the keys.
    #[command(after_long_help = examples::KEYS)]
    Keys {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Explain what is made of this terminal, and where things are. Status 1 if something is wrong.
    #[command(after_long_help = examples::DOCTOR)]
    Doctor {
        /// Folders of digests, or single digest files.
        #[arg(value_name = "ARCHIVE")]
        archives: Vec<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the completions of a shell for this command line.
    #[command(after_long_help = examples::COMPLETIONS)]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page, in roff.
    #[command(after_long_help = examples::MAN)]
    Man,
    /// Print where files live.
    #[command(after_long_help = examples::PATHS)]
    Paths {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum JournalCommand {
    /// Print each machine's file: lines, compacted values, bytes, and when it was last written. This machine: *.
    Status {
        /// Print JSON Lines, one machine a line.
        #[arg(long)]
        json: bool,
    },
    /// Print every paper that anything was decided about, also those that have left the archive: verdict, `read` or
    /// `-`, arXiv id or `-`, the title as it is compared, and its tags, separated by tabs; notes with --json.
    List {
        /// Print JSON Lines, one paper a line.
        #[arg(long)]
        json: bool,
    },
    /// Shorten this machine's file: all but the newest 1,000 actions become one line, out of reach of undo.
    Compact {
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print a config.toml that explains every setting.
    Default,
    /// Print the values in use.
    Show {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Name everything that cannot be used, here and in keymaps.toml and your themes. Status 1 if anything is.
    Check {
        /// Print JSON Lines, one problem a line.
        #[arg(long)]
        json: bool,
    },
}

fn theme(name: &str) -> Result<ThemeName, Refused> {
    ThemeName::new(name).ok_or_else(|| Refused::new(Lang::theme_name_rule))
}

fn format(name: &str) -> Result<Format, Refused> {
    Format::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Format::ALL.iter().map(|f| f.name()).collect();
        Refused::new(|lang| lang.one_of(&names.join(lang.pick(", ", "、"))))
    })
}

fn export_format(name: &str) -> Result<export::Format, Refused> {
    export::Format::from_name(name).ok_or_else(|| {
        let names: Vec<_> = export::Format::ALL.iter().map(|f| f.name()).collect();
        Refused::new(|lang| lang.one_of(&names.join(lang.pick(", ", "、"))))
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }
}
