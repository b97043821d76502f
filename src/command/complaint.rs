use std::ops::Range;

use super::table::words;
use crate::catalogue::Lang;
use crate::config::Live;
use crate::filter::QueryError;

/// Why a command cannot be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandError {
    /// Where it stands: bytes of what was typed; empty where something is missing.
    pub at: Range<usize>,
    /// True while typing on can mend it.
    pub is_open: bool,
    pub(super) what: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Nothing was typed.
    NoName,
    /// There is no such command; the one it resembles.
    Unknown(Option<&'static str>),
    /// A number that no paper has.
    Number,
    /// No day.
    Day,
    /// None of the words that follow this in names of verbs.
    Word(&'static str),
    /// A query is missing, or one that asks for nothing.
    NoQuery,
    /// A query that cannot be understood.
    Query(QueryError),
    /// No tag.
    Tag,
    /// No setting that can be changed; the one it resembles.
    Setting(Option<&'static str>),
    /// No value of this setting.
    Value(Live),
    /// More than the command takes.
    Extra,
}

impl CommandError {
    pub(super) fn new(at: Range<usize>, what: Wrong) -> Self {
        Self { at, is_open: false, what }
    }

    pub(super) fn open(at: Range<usize>, what: Wrong) -> Self {
        Self { at, is_open: true, what }
    }

    /// What is wrong with a query that begins at byte `start`.
    pub(super) fn of_query(mut error: QueryError, start: usize) -> Self {
        error.at = start + error.at.start..start + error.at.end;
        Self::new(error.at.clone(), Wrong::Query(error))
    }

    /// Says what was expected, and where in `typed`, in one line.
    #[must_use]
    pub fn say(&self, typed: &str, lang: Lang) -> String {
        let there = typed.get(self.at.clone()).unwrap_or_default();
        let what = match &self.what {
            Wrong::Query(error) => return error.say(typed, lang),
            Wrong::NoName => lang.command_wants_name(),
            Wrong::Unknown(near) => lang.command_unknown(there, *near),
            Wrong::Number => lang.command_wants_number(),
            Wrong::Day => lang.command_wants_day(),
            Wrong::Word(prefix) => {
                lang.command_wants_one_of(&words(prefix).map(|(word, _)| word).collect::<Vec<_>>())
            }
            Wrong::NoQuery => lang.command_wants_query(),
            Wrong::Tag => lang.command_wants_tag(),
            Wrong::Setting(None) => {
                lang.command_wants_one_of(&crate::config::live().map(|s| s.name).collect::<Vec<_>>())
            }
            Wrong::Setting(near) => lang.command_unknown_setting(there, *near),
            Wrong::Value(setting) if setting.choices.is_empty() => lang.command_wants(&setting.expected),
            Wrong::Value(setting) => lang.command_wants_one_of(setting.choices),
            Wrong::Extra => lang.command_wants_end(),
        };
        let column = 1 + typed.char_indices().take_while(|(at, _)| *at < self.at.start).count();
        lang.query_at(column, &what)
    }
}
