//! What a key is bound to: an action, a command, or several of both.

use toml::Spanned;
use toml::de::DeValue;

use super::load::visible;
use super::map::{Does, Macro};
use crate::action::{Action, Context};
use crate::catalogue::{Lang, did_you_mean, nearest, quote};
use crate::command::{self, Command};
use crate::model::Date;

/// Steps of one key at most.
const MOST: usize = 16;
/// Characters of a help that are shown.
const HELP: usize = 80;

/// What is wrong: the bytes' place, and one clause.
type Wrong = (usize, String);

/// Reads what a key is bound to in `context`.
///
/// # Errors
/// Everything that is wrong with it, each with its place.
pub(super) fn does(context: Context, value: &Spanned<DeValue<'_>>) -> Result<Does, Vec<Wrong>> {
    let at = value.span().start;
    match value.get_ref() {
        DeValue::String(name) if !name.starts_with(':') => {
            action_in(context, name).map(Does::Act).map_err(|what| vec![(at, what)])
        }
        DeValue::Table(table) => described(context, at, table),
        _ => Ok(Does::Macro(Macro { steps: steps(context, value)?, help: None })),
    }
}

/// Reads `{ do = ..., help = "..." }`.
fn described(context: Context, at: usize, table: &toml::de::DeTable<'_>) -> Result<Does, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let (mut found, mut help) = (None, None);
    for (key, value) in table {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("do", _) => match steps(context, value) {
                Ok(steps) => found = Some(steps),
                Err(what) => wrong.extend(what),
            },
            ("help", DeValue::String(text)) => {
                let text: String = visible(text).chars().take(HELP).collect();
                help = Some(text).filter(|t| !t.trim().is_empty());
            }
            ("help", _) => wrong.push((value.span().start, "`help` is a text in quotes".to_owned())),
            (name, _) => {
                let what = format!("unknown key {}: there are `do` and `help`", quote(name));
                wrong.push((key.span().start, what));
            }
        }
    }
    match found {
        Some(steps) if wrong.is_empty() => Ok(Does::Macro(Macro { steps, help })),
        None if wrong.is_empty() => Err(vec![(at, "expected { do = [\"...\"], help = \"...\" }".to_owned())]),
        _ => Err(wrong),
    }
}

/// Reads one step or a list of them.
fn steps(context: Context, value: &Spanned<DeValue<'_>>) -> Result<Vec<Command>, Vec<Wrong>> {
    let at = value.span().start;
    if matches!(context, Context::Inputs | Context::Popups) {
        let what = format!("only the name of an action can be bound in [{}]", context.name());
        return Err(vec![(at, what)]);
    }
    let expected = || "expected the name of an action in quotes, a command such as \":view all\", a list of these, or false";
    let list: Vec<(usize, &str)> = match value.get_ref() {
        DeValue::String(name) => vec![(at, name.as_ref())],
        DeValue::Array(list) => {
            let names = list.iter().map(|v| Some((v.span().start, v.get_ref().as_str()?)));
            names.collect::<Option<_>>().ok_or_else(|| vec![(at, expected().to_owned())])?
        }
        _ => return Err(vec![(at, expected().to_owned())]),
    };
    match list.len() {
        0 => return Err(vec![(at, "there is no step in this list".to_owned())]),
        n if n > MOST => return Err(vec![(at, format!("{n} steps, at most {MOST}"))]),
        _ => {}
    }
    let (mut steps, mut wrong) = (Vec::new(), Vec::new());
    for (nth, (at, name)) in list.iter().enumerate() {
        let is_first = nth == 0;
        let is_last = nth + 1 == list.len();
        match step(context, name, is_first) {
            Ok(step) if !is_last && asks(&step) => {
                wrong.push((*at, format!("{} waits for what is typed: it can only come last", quote(name))));
            }
            Ok(step) => steps.push(step),
            Err(what) => wrong.push((*at, what)),
        }
    }
    if wrong.is_empty() { Ok(steps) } else { Err(wrong) }
}

/// Reads the name of an action, or a command behind a `:`. Only the first step must work where the key is pressed: a step
/// before another one may have gone to its pane.
fn step(context: Context, name: &str, is_first: bool) -> Result<Command, String> {
    if !name.starts_with(':') {
        let is_elsewhere = |a: &Action| {
            !is_first && a.contexts().iter().any(|c| !matches!(c, Context::Inputs | Context::Popups))
        };
        let found = name.parse::<Action>().ok().filter(is_elsewhere);
        let is_global = |a: &Action| a.contexts().contains(&Context::Global);
        let found = found.or(name.parse::<Action>().ok().filter(is_global));
        return found.map_or_else(|| action_in(context, name), Ok).map(Command::Act);
    }
    // What words such as `7d` count from is not known before the key is pressed; a range must be one on some day.
    let read = command::parse(name, Date::default()).or_else(|_| command::parse(name, Date::MAX));
    read.map_err(|error| format!("{}: {}", quote(name), error.say(name, Lang::En)))
}

/// Says whether a step opens an input or a popup, which the next one would not reach.
fn asks(step: &Command) -> bool {
    matches!(
        step,
        Command::Help(_)
            | Command::Search(_)
            | Command::Act(
                Action::Filter
                    | Action::Search
                    | Action::Pipe
                    | Action::Shell
                    | Action::Find
                    | Action::Tag
                    | Action::Command
                    | Action::Palette
                    | Action::Help
                    | Action::Log
                    | Action::Links
                    | Action::Letters
                    | Action::Narrow
                    | Action::Annotate
                    | Action::Suspend
                    | Action::Quit
            )
    )
}

/// Finds the action of this name and checks that it can be bound in `context`.
fn action_in(context: Context, name: &str) -> Result<Action, String> {
    let Ok(action) = name.parse::<Action>() else {
        let near = nearest(name, Action::ALL.iter().map(|a| a.name()));
        return Err(format!("unknown action {}{}", quote(name), did_you_mean(near)));
    };
    if action.contexts().contains(&context) {
        return Ok(action);
    }
    let valid: Vec<_> = action.contexts().iter().map(|c| format!("[{}]", c.name())).collect();
    Err(format!("`{action}` can be bound in {}, not in [{}]", valid.join(" "), context.name()))
}
