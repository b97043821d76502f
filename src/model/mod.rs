//! The words of the domain: papers, digests, their identity, and what went wrong while reading them.
//!
//! Owns plain data and the rules that need nothing else. Hands over to `import` (which builds it from
//! bytes) and `state` (which shows it). Never reads a file, a clock or the environment.

mod address;
mod derived_links;
mod digest;
mod file_path;
mod gist;
mod identities;
mod identity;
mod listing;
mod paper;
mod problem;
mod shared;
mod sighting;
mod sources;
mod updated;
mod venue;

pub use address::{openable, urls};
pub use digest::{Digest, Loaded, Source};
pub use file_path::FilePath;
pub use gist::gist;
pub use identities::{Identities, IdentityRef};
pub use identity::{Identity, TitleKey, same_paper};
pub use listing::{Listed, Listing, SourceRef, Stamp};
pub use paper::{ArxivId, Links, Paper, Section, TextKind, Verdict};
pub use problem::{Kind, Problem, Severity};
pub use shared::Shared;
pub use sighting::Sighting;
pub use sources::Sources;
pub use updated::Updated;
pub use venue::venue;

/// A calendar day, without time or zone.
pub use jiff::civil::Date;
