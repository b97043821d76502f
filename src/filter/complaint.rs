use std::ops::Range;

use super::language::{Field, Has, Is};
use super::query::{LONGEST, Odd, Remark};
use crate::catalogue::Lang;

/// Why a query cannot be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// Where it stands: bytes of what was typed; empty where something is missing.
    pub at: Range<usize>,
    pub(super) what: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A term is missing.
    NoTerm,
    /// The value of a field is missing, or none that the field knows.
    Value(Field),
    /// A range of dates ends before it begins.
    Backwards,
    /// A `)` closes nothing.
    Unopened,
    /// A regular expression cannot be compiled.
    Regex(String),
}

impl QueryError {
    /// Says what was expected, and where in `typed`, in one line.
    #[must_use]
    pub fn say(&self, typed: &str, lang: Lang) -> String {
        let what = match &self.what {
            Wrong::NoTerm => lang.query_wants_term(),
            Wrong::Value(field) => lang.query_wants_value(field.name(), &values(*field)),
            Wrong::Backwards => lang.query_dates_backwards(),
            Wrong::Unopened => lang.query_unopened(),
            Wrong::Regex(why) => lang.query_bad_regex(why),
        };
        lang.query_at(column(typed, self.at.start), &what)
    }
}

impl Remark {
    /// Says it in one line.
    #[must_use]
    pub fn say(&self, typed: &str, lang: Lang) -> String {
        let there = typed.get(self.at.clone()).unwrap_or_default();
        let what = match self.what {
            Odd::NoField(near) => lang.query_no_field(there, near),
            Odd::Open => lang.query_open(there),
            Odd::Cut => lang.query_cut(LONGEST),
        };
        lang.query_at(column(typed, self.at.start), &what)
    }
}

/// The place of a byte, in characters from 1.
fn column(typed: &str, byte: usize) -> usize {
    1 + typed.char_indices().take_while(|(at, _)| *at < byte).count()
}

/// What a field takes, where that is not any text.
fn values(field: Field) -> String {
    match field {
        Field::Is => Is::ALL.map(Is::name).join(" "),
        Field::Has => Has::ALL.map(Has::name).join(" "),
        Field::Date => "2025 2025-04 2025-04-03 A..B today 7d 2w 3m 1y".to_owned(),
        _ => String::new(),
    }
}
