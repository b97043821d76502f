//! The table: one row for every paper of the archive, over plain bytes that may be a mapped file.
//!
//! Owns the format of the image, how a row is read out of it, and the folding of a paper's short texts into [`Piece`]s,
//! which rows and the haystacks of the open day share. Hands over rows; never reads a file, and trusts no byte of one.
//!
//! ```text
//! header | block of each digest, in the order of the listing | digests | sources | names | paths
//! ```
//!
//! A block holds the rows of one digest and points only into itself, so that the next image copies it as it is. In it
//! stand, one column after the other: masks, hashes of ids, hashes of titles (8 bytes each), flags (2), ends of
//! the rows (4), then the rows: their pieces, and what differs between a text as it is shown and as it is folded.
//! Numbers are little-endian. A search goes by columns first:
//!
//! ```text
//! for digest in table.digests() {            // newest first
//!     for row in digest.rows() {             // in the digest's order
//!         if row.may_hold(mask) && row.pieces().any(..) { row.title() .. }
//!     }
//! }
//! ```
//!
//! Not in it: abstracts, summaries, takeaways (but for the one that is the gist), sections, tags, notes.

mod bytes;
mod closing;
mod digest_row;
mod excerpt;
mod form;
mod image;
mod part;
mod pieces;
mod print;
mod read;
mod row;
mod span;
#[cfg(test)]
mod tests;
mod write;

pub use closing::{close_up, closed_up, mask};
pub use digest_row::{DigestRow, SourceRow};
pub use excerpt::Excerpt;
pub use image::{Damage, Header, VERSION};
pub use part::{Part, Piece};
pub use pieces::Pieces;
pub use print::{Print, sum};
pub use read::Table;
pub use row::Row;
pub use write::{Block, Head, ImageBuilder, image, path_of};
