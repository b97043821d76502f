use std::error::Error;
use std::fmt;
use std::num::ParseIntError;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::catalogue::{Lang, command_line_help};
use crate::text;

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// Cells before the help of an argument.
const INDENT: usize = 10;

/// Puts the help of the command line into Chinese, in lines of so many `cells`.
pub(super) fn translated(mut command: Command, cells: usize) -> Command {
    // Only now it has the flags and the subcommand that clap adds, and its names in full.
    command.build();
    translate(command, "", cells.max(3 * INDENT))
}

fn translate(mut command: Command, place: &str, cells: usize) -> Command {
    let has_long = command.get_long_about().is_some();
    let has_after = command.get_after_help().is_some();
    let examples = command.get_after_long_help().map(ToString::to_string);
    let usage = command.render_usage().to_string();
    let usage =
        usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[选项]").replace("COMMAND", "子命令");
    let about = command_line_help(place).unwrap_or_default();
    let mut command = command
        .about(about)
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("子命令")
        .mut_args(|arg| {
            let own = format!("--{}", arg.get_id());
            let help = command_line_help(&at(place, &own)).or_else(|| command_line_help(&own));
            let help = wrapped(help.unwrap_or_default(), cells - INDENT);
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            // Their values and defaults are named in the help.
            arg.help(help)
                .long_help(None::<&str>)
                .help_heading(heading)
                .hide_possible_values(true)
                .hide_default_value(true)
                .next_line_help(true)
        });
    if has_long {
        command =
            command.long_about(wrapped(command_line_help(&at(place, "(long)")).unwrap_or(about), cells));
    }
    if has_after {
        command = command.after_help(command_line_help(&at(place, "(after)")).unwrap_or_default());
    }
    if let Some(examples) = examples {
        let status = command_line_help(&at(place, "(after)")).map(|text| format!("\n\n{text}"));
        command = command.after_long_help(commands_of(&examples) + &status.unwrap_or_default());
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        // `help` lists once more what is explained where it stands.
        let above = place.trim_end_matches("help").trim_end();
        let below = if name == "help" { name.clone() } else { at(above, &name) };
        command = command.mut_subcommand(name, |sub| translate(sub, &below, cells));
    }
    command
}

/// Says in Chinese what is wrong with the command line, in one line.
pub(super) fn wrong_usage(said: &clap::Error) -> String {
    let of = |kind| match said.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near: String = near.into_iter().map(of).filter(|n| !n.is_empty()).collect();
    let what = match said.kind() {
        ErrorKind::UnknownArgument => format!("没有选项 {arg}"),
        ErrorKind::InvalidSubcommand => format!("没有子命令 {}", of(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 缺少值"),
        ErrorKind::InvalidValue => format!("{arg} 不能是 {value}，可用：{}", of(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => {
            let why = said.source().map(refusal).unwrap_or_default();
            format!("{arg} 不能是 {value}：{why}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "缺少子命令".to_owned()
        }
        ErrorKind::ArgumentConflict => format!("{arg} 不能与 {} 同时使用", of(ContextKind::PriorArg)),
        ErrorKind::NoEquals
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => {
            format!("{arg} 的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8".to_owned(),
        _ => said.kind().to_string(),
    };
    let near = if near.is_empty() { near } else { format!("，是否指 {near}") };
    format!("{what}{near}；用法见 wenzhai --help")
}

/// Why a value is refused, in both languages: values are read before the language is known.
#[derive(Debug)]
pub(super) struct Refused {
    en: String,
    zh: String,
}

impl Refused {
    /// Takes what is said of it.
    pub(super) fn new(say: impl Fn(Lang) -> String) -> Self {
        Self { en: say(Lang::En), zh: say(Lang::Zh) }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl Error for Refused {}

fn refusal(why: &(dyn Error + 'static)) -> String {
    match why.downcast_ref::<Refused>() {
        Some(refused) => refused.zh.clone(),
        None if why.is::<ParseIntError>() => "须为整数".to_owned(),
        None if why.is::<jiff::Error>() => "日期写作 YYYY-MM-DD".to_owned(),
        None => match why.to_string().split_once(" is not in ") {
            Some((_, range)) => format!("应在 {range} 之内"),
            None => why.to_string(),
        },
    }
}

/// The examples without what is said beside them.
fn commands_of(examples: &str) -> String {
    let commands = examples.lines().filter(|line| line.starts_with("  "));
    let commands = commands.map(|line| line.find("    ").map_or(line, |at| line.get(..at).unwrap_or(line)));
    let lines: Vec<&str> = std::iter::once("示例：").chain(commands).collect();
    lines.join("\n")
}

/// Breaks a text into lines: clap does so at blanks only, and Chinese has none.
fn wrapped(text: &str, cells: usize) -> String {
    let lines = |paragraph: &str| {
        let lines = text::wrap(paragraph, cells);
        let lines: Vec<&str> =
            lines.into_iter().filter_map(|line| paragraph.get(line)).map(str::trim_end).collect();
        lines.join("\n")
    };
    text.split('\n').map(lines).collect::<Vec<_>>().join("\n")
}

fn at(place: &str, part: &str) -> String {
    if place.is_empty() { part.to_owned() } else { format!("{place} {part}") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::catalogue::command_line_places;
    use crate::cli::args::Args;

    fn places(command: &Command, place: &str, found: &mut BTreeSet<String>) {
        if place.split(' ').next_back() == Some("help") {
            return;
        }
        found.insert(place.to_owned());
        for (is_there, part) in
            [(command.get_long_about().is_some(), "(long)"), (command.get_after_help().is_some(), "(after)")]
        {
            if is_there {
                found.insert(at(place, part));
            }
        }
        for arg in command.get_arguments() {
            let own = format!("--{}", arg.get_id());
            // What works everywhere is explained once.
            let is_everywhere = arg.is_global_set() || ["help", "version"].contains(&arg.get_id().as_str());
            found.insert(if is_everywhere { own } else { at(place, &own) });
        }
        for sub in command.get_subcommands() {
            places(sub, &at(place, sub.get_name()), found);
        }
    }

    #[test]
    fn everything_is_explained_in_chinese_and_nothing_else() {
        let mut command = Args::command();
        command.build();
        let mut found = BTreeSet::new();
        places(&command, "", &mut found);
        found.insert("help".to_owned());
        let there: BTreeSet<String> = command_line_places().map(str::to_owned).collect();
        let missing: Vec<_> = found.difference(&there).collect();
        assert!(missing.is_empty(), "without a Chinese text: {missing:?}");
        let unused: Vec<_> = there.difference(&found).collect();
        assert!(unused.is_empty(), "texts for what is not there: {unused:?}");
    }

    #[test]
    fn what_is_wrong_is_said_in_chinese() {
        for (line, wanted) in [
            ("--lag zh", "没有选项 --lag，是否指 --lang；用法见 wenzhai --help"),
            ("--lang fr", "--lang <LANG> 不能是 fr，可用：en、zh；用法见 wenzhai --help"),
            ("export", "缺少 --format <FORMAT>；用法见 wenzhai --help"),
            ("mark --later --dismiss x", "--later 不能与 --dismiss 同时使用；用法见 wenzhai --help"),
            ("journal", "缺少子命令；用法见 wenzhai --help"),
        ] {
            let words = ["wenzhai"].into_iter().chain(line.split(' '));
            let said = Args::command().try_get_matches_from(words).unwrap_err();
            assert_eq!(wrong_usage(&said), wanted, "{line}");
        }
    }
}
