//! Finding papers in all dates: first by the rows of the table, then by the texts in the digests.
//! And filtering a list that is too long for it to be done between a key and its frame.
//!
//! Owns the order of the work, its threads, and what is read of which digest. Hands over what it finds piece by
//! piece, and stops when it is told to. Never writes, and never fails because an archive changes meanwhile.

mod body;
mod buffer;
mod count;
mod digests;
mod known;
mod listed;
mod long;
mod read;
mod repeats;
mod rows;
mod run;
mod texts;
mod work;

pub use count::count;
pub use digests::{Holding, digests_with};
pub use long::LongList;
pub use read::read_table;
pub use run::{Told, search};
