//! Archives on disk and in the binary: finding digests, reading them, and importing into an archive.
//!
//! Owns the rules of which file belongs to which date and category. Hands bytes to `import`, and hands
//! listings, cleaned digests and word of changes to `shell` and `cli`. Only [`import`] writes, and only below the
//! folder it is told; the commands of [`Updater`] do what the user wrote.

mod check;
mod command;
mod count;
mod file_bytes;
mod glance;
mod glimpse;
mod index;
mod index_build;
mod intake;
mod listing;
mod load;
mod load_with;
mod map;
mod records;
mod replace;
mod sample;
mod settle;
mod source;
mod stamp;
mod target;
mod update;
mod walk;
mod watch;
mod watch_poll;

pub use check::{CheckReport, check};
pub use command::Running;
pub use count::count;
pub use glance::glance;
pub use glimpse::{glimpse, load_papers};
pub use index::Index;
pub use index_build::{Course, Refreshed, refresh};
pub use intake::{How, ImportReport, import};
pub use listing::{Look, holds_digest, list, look};
pub use load::load;
pub use load_with::load_with;
pub use records::{Records, long_texts, read_text};
pub use sample::sample;
pub use update::{UpdateCommand, Updater};
pub use watch::{Around, News, Watch};
