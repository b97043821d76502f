//! Commands: what is typed after `:`, and what keys of several steps are made of.
//!
//! Owns their names, their arguments and their help, in one table that the parser, completion, help and README read.
//! Hands over a [`Command`], or what is wrong with it and where. Never carries one out.

mod complaint;
mod complete;
mod day;
mod parse;
mod table;
mod tags;

use std::fmt;

use crate::action::Action;

pub use complaint::CommandError;
pub use complete::{Choice, Known, complete};
pub use day::Day;
pub use parse::parse;
pub use table::{markdown, reference, usage};
pub use tags::{TagWish, Wished, is_between_tags, parse_tags};

/// What is done to all papers of a list that meet a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// Bookmark them.
    Bookmark,
    /// Keep them for later.
    Later,
    /// Dismiss them.
    Dismiss,
    /// Mark them as read.
    Read,
    /// Mark them as unread.
    Unread,
}

impl Bulk {
    /// The name of the command.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bookmark => "bookmark",
            Self::Later => "later",
            Self::Dismiss => "dismiss",
            Self::Read => "read",
            Self::Unread => "unread",
        }
    }
}

/// What was typed, understood. Printed as it can be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A verb without arguments.
    Act(Action),
    /// Go to a day.
    Date(Day),
    /// Go to the paper with this number in the list, from 1.
    Paper(u32),
    /// Filter the list.
    Filter(String),
    /// Look for papers in all dates.
    Search(String),
    /// Show what the help says of a word.
    Help(String),
    /// Give tags and take them away.
    Tag(Vec<TagWish>),
    /// Decide all papers of the list that meet a query.
    Decide(Bulk, String),
    /// Change a setting until the program ends.
    Set(&'static str, String),
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Act(action) => action.fmt(f),
            Self::Date(day) => write!(f, "date {day}"),
            Self::Paper(number) => write!(f, "{number}"),
            Self::Filter(query) => write!(f, "filter {query}"),
            Self::Search(query) => write!(f, "search {query}"),
            Self::Help(word) => write!(f, "help {word}"),
            Self::Tag(wishes) => {
                f.write_str("tag")?;
                wishes.iter().try_for_each(|wish| write!(f, " {wish}"))
            }
            Self::Decide(bulk, query) => write!(f, "{} {query}", bulk.name()),
            Self::Set(name, value) => write!(f, "set {name} {value}"),
        }
    }
}
