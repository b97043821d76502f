//! The filter: the query language, what is searched, and which papers come first.
//!
//! Owns the language, the folded text of a paper, the matching, and what a paper is worth by the user's rules. Hands
//! over indices of papers, scores with their reasons, and byte ranges to highlight. Never changes a list, and takes
//! the date and what the user decided as data.

mod around;
mod complaint;
mod complete;
mod date_range;
mod find;
mod fuzzy;
mod hay;
mod haystack;
mod interest;
mod lanes;
mod language;
mod matcher;
mod odd;
mod pair;
mod parser;
mod pinyin;
mod query;
mod rule;
mod score;
mod short;
mod sieve;
#[cfg(test)]
mod sieve_tests;
mod snippet;

pub use complaint::QueryError;
pub use complete::{Vocabulary, complete};
pub use date_range::DateRange;
pub use find::occurrences;
pub use haystack::{Haystack, Subject};
pub use interest::{Interest, Rating, Reason, Spot};
pub use language::{Field, Has, Is, markdown, reference};
pub use matcher::{Candidate, Facts, Line, Matcher, Ranking};
pub use query::{Query, Remark};
pub use rule::{Kind, Rule, Worth};
pub use short::{Answer, Short, own};
pub use sieve::{Missing, Sieve, Sifting};
