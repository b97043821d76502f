use std::ops::Range;

use super::complaint::{CommandError, Wrong};
use super::day::{Day, NAMED};
use super::table::{Takes, Verb, actions, words};
use super::tags::parse_tags;
use super::{Bulk, Command};
use crate::action::Action;
use crate::catalogue::nearest;
use crate::config;
use crate::filter::Query;
use crate::model::Date;
use crate::text::fold_text;

/// Reads what was typed; a `:` before it is no part of it. `today` is what words of queries such as `7d` count from.
/// Full-width letters, digits and signs mean what their ASCII forms mean. O(length).
///
/// # Errors
/// What cannot be understood, with its place.
pub fn parse(typed: &str, today: Date) -> Result<Command, CommandError> {
    let (name_at, rest_at) = split(typed);
    let name = fold_text(part(typed, &name_at));
    let rest = part(typed, &rest_at);
    let extra = |command: Command| {
        if rest.is_empty() { Ok(command) } else { Err(CommandError::new(rest_at.clone(), Wrong::Extra)) }
    };
    if name.is_empty() {
        return Err(CommandError::open(typed.len()..typed.len(), Wrong::NoName));
    }
    if name.bytes().all(|b| b.is_ascii_digit()) {
        let number = name.parse().ok().filter(|n| *n > 0);
        let number: u32 = number.ok_or(CommandError::new(name_at, Wrong::Number))?;
        return extra(Command::Paper(number));
    }
    if let Some(verb) = Verb::from_name(&name) {
        return with_argument(typed, verb, rest_at, today);
    }
    if let Some(action) = actions().find(|a| a.name() == name) {
        return extra(Command::Act(action));
    }
    let names = || Verb::all().map(Verb::name).chain(actions().map(Action::name));
    let is_begun = rest.is_empty() && names().any(|n| n.starts_with(&name));
    let near = nearest(&name, names());
    Err(CommandError { at: name_at, is_open: is_begun, what: Wrong::Unknown(near) })
}

/// The bytes of the name of the command and of what follows it, without blanks around either.
pub(super) fn split(typed: &str) -> (Range<usize>, Range<usize>) {
    let is_before = |c: char| c.is_whitespace() || matches!(c, ':' | '：');
    let start = typed.len() - typed.trim_start_matches(is_before).len();
    let end = typed.trim_end().len().max(start);
    let body = typed.get(start..end).unwrap_or_default();
    let name = body.find(char::is_whitespace).unwrap_or(body.len());
    let blanks = body.get(name..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    (start..start + name, start + name + blanks..end)
}

fn part<'t>(typed: &'t str, at: &Range<usize>) -> &'t str {
    typed.get(at.clone()).unwrap_or_default()
}

/// Reads what follows the name of a command.
fn with_argument(
    typed: &str,
    verb: Verb,
    rest_at: Range<usize>,
    today: Date,
) -> Result<Command, CommandError> {
    let rest = part(typed, &rest_at);
    let missing = rest.is_empty();
    if let Some(action) = verb.bare().filter(|_| missing) {
        return Ok(Command::Act(action));
    }
    let text = rest.to_owned();
    let bulk = |bulk: Bulk, query: String| Command::Decide(bulk, query);
    match verb.takes() {
        Takes::Nothing => Err(CommandError::new(rest_at, Wrong::Extra)),
        Takes::Text => Ok(Command::Help(text)),
        Takes::Day => {
            let folded = fold_text(rest);
            let is_begun = folded.chars().all(|c| c.is_ascii_digit() || c == '-') && folded.len() < 10
                || NAMED.iter().any(|(name, _)| name.starts_with(&folded));
            let wrong = CommandError { at: rest_at, is_open: is_begun, what: Wrong::Day };
            Day::parse(&folded).map(Command::Date).ok_or(wrong)
        }
        Takes::Word(prefix) => {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let word_at = rest_at.start..rest_at.start + end;
            let word = fold_text(part(typed, &word_at));
            let Some((_, action)) = words(prefix).find(|(w, _)| *w == word) else {
                let is_open = end == rest.len() && words(prefix).any(|(w, _)| w.starts_with(&word));
                return Err(CommandError { at: word_at, is_open, what: Wrong::Word(prefix) });
            };
            let more = rest.get(end..).map_or("", str::trim_start);
            if more.is_empty() {
                return Ok(Command::Act(action));
            }
            Err(CommandError::new(rest_at.end - more.len()..rest_at.end, Wrong::Extra))
        }
        Takes::Tags => match parse_tags(rest) {
            Ok(wishes) if wishes.is_empty() => Err(CommandError::open(rest_at, Wrong::Tag)),
            Ok(wishes) => Ok(Command::Tag(wishes)),
            Err((at, _)) => {
                // A sign alone waits for its tag.
                let is_open = rest_at.start + at.end == rest_at.end && at.len() <= '＋'.len_utf8();
                let at = rest_at.start + at.start..rest_at.start + at.end;
                Err(CommandError { at, is_open, what: Wrong::Tag })
            }
        },
        Takes::Setting => setting(typed, rest_at),
        Takes::MaybeQuery | Takes::Query => {
            let query = Query::parse(rest, today).map_err(|e| CommandError::of_query(e, rest_at.start))?;
            if query.is_empty() {
                return Err(CommandError { at: rest_at, is_open: missing, what: Wrong::NoQuery });
            }
            Ok(match verb {
                Verb::Bookmark => bulk(Bulk::Bookmark, text),
                Verb::Later => bulk(Bulk::Later, text),
                Verb::Dismiss => bulk(Bulk::Dismiss, text),
                Verb::Read => bulk(Bulk::Read, text),
                Verb::Unread => bulk(Bulk::Unread, text),
                Verb::Search => Command::Search(text),
                _ => Command::Filter(text),
            })
        }
    }
}

/// Reads the name of a setting and its value.
fn setting(typed: &str, rest_at: Range<usize>) -> Result<Command, CommandError> {
    let rest = part(typed, &rest_at);
    let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
    let name_at = rest_at.start..rest_at.start + end;
    let name = fold_text(part(typed, &name_at));
    let Some(setting) = config::live().find(|s| s.name == name) else {
        let is_open = end == rest.len() && config::live().any(|s| s.name.starts_with(&name));
        let near = nearest(&name, config::live().map(|s| s.name));
        return Err(CommandError { at: name_at, is_open, what: Wrong::Setting(near) });
    };
    // `set a = b` is what people type who know the file.
    let value = rest.get(end..).unwrap_or_default().trim_start();
    let value = value.strip_prefix('=').unwrap_or(value).trim_start();
    let value_at = rest_at.end - value.len()..rest_at.end;
    let folded = fold_text(value);
    // What is a word of the setting may be typed full width; anything else stands as it is.
    let value = if setting.choices.contains(&folded.as_str()) { &folded } else { value };
    if config::Config::default().set(setting.name, value).is_err() {
        let is_open = value.is_empty() || setting.choices.iter().any(|c| c.starts_with(&folded));
        return Err(CommandError { at: value_at, is_open, what: Wrong::Value(setting) });
    }
    Ok(Command::Set(setting.name, value.to_owned()))
}
