//! The filter of the paper list: what is typed, what is searched, and which papers come first.
//!
//! Owns the query, the folded text of a paper and the matching. Hands over indices of papers and byte ranges to
//! highlight. Never changes a list and keeps no state between calls: equal input gives an equal answer.

mod find;
mod haystack;
mod matcher;
mod query;

pub use find::occurrences;
pub use haystack::Haystack;
pub use matcher::Matcher;
pub use query::Query;
