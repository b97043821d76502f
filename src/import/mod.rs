//! Reads digests: bytes of a file in, papers and warnings out.
//!
//! Owns one reader per format, the rule that merges several sources of one date and category, and the
//! names (`slug`, `paper_id`) that follow from what was read. Hands a [`Stored`] digest to `archive`, fit
//! only for cleaning or for writing as JSON. Never touches a file, a clock or the screen.

mod bullet;
mod capture;
mod failure;
mod format;
mod line;
mod links;
mod marks;
mod merge;
#[cfg(test)]
mod merge_tests;
mod mhtml;
mod name;
mod native;
#[cfg(test)]
mod native_tests;
mod page;
mod page_lines;
mod post;
mod post_paper;
mod post_sheet;
mod post_takeaways;
mod prose;
mod record;
mod salvage;
mod split_paper;
mod stored;
mod takeaways;

pub use format::{Format, detect, peek};
pub use merge::merge;
pub use name::{paper_id, slug};
pub use stored::{Parsed, Stored};

use crate::model::Problem;

/// Reads one file's bytes. `name` is what problems call the file, and gives the date where the text has none.
///
/// # Errors
/// Fails only if there is nothing of a digest in it: no paper in a capture, no list of papers in JSON, no date.
/// O(bytes).
pub fn parse(format: Format, bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    match format {
        Format::Native => native::parse(bytes, name),
        Format::ChatPaperFreeHtml if mhtml::is_message(bytes) => mhtml::parse(bytes, name),
        Format::ChatPaperFreeHtml => page::parse(bytes, name),
        Format::ChatPaperFreeMarkdown => post::parse(bytes, name),
        Format::ChatPaperFreeText => capture::parse(bytes, name),
    }
}
