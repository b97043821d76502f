//! Reads digests: bytes of a file in, papers and warnings out.
//!
//! Owns one reader per format, the rule that merges several sources of one date and category, and the
//! names (`slug`, `paper_id`) that follow from what was read. Hands a [`Stored`] digest to `archive`, fit
//! only for cleaning or for writing as JSON. Never touches a file, a clock or the screen.

mod audit;
mod bullet;
mod capture;
mod changes;
mod encoding;
mod failure;
mod feed;
mod feed_jsonl;
mod feed_markdown;
mod feed_markdown_paper;
mod feed_paper;
mod feed_written;
mod format;
mod garbled;
mod hf_json;
mod json_reader;
mod json_text;
mod line;
mod links;
mod marks;
mod members;
mod merge;
mod merge_fields;
mod merge_part;
#[cfg(test)]
mod merge_tests;
mod mhtml;
mod month_json;
mod name;
mod native;
mod native_glimpse;
mod native_short;
#[cfg(test)]
mod native_tests;
mod page;
mod page_lines;
mod pick;
mod post;
mod post_paper;
mod post_sheet;
mod post_takeaways;
mod prose;
mod record;
mod resembling;
mod salvage;
mod split_paper;
mod stored;
mod takeaways;

pub use audit::{ambiguous, audit};
pub use changes::{Changes, Prints, repeated};
pub use format::{Format, detect, peek};
pub use merge::merge;
pub use name::{paper_id, sha256_hex, slug};
pub use native_glimpse::glimpse;
pub use native_short::parse_short;
pub use pick::{first_records, long_texts, read_record, read_text, records, whole_records};
pub use resembling::resembles;
pub use stored::{Parsed, Stored};

use crate::model::Problem;

/// Reads one file's bytes, in UTF-8 or in another encoding, which is then named in one problem. `name` is what
/// problems call the file, and gives the date where the text has none.
///
/// # Errors
/// Fails only if there is nothing of a digest in it: no paper in a capture, no list of papers in JSON, no date.
/// O(bytes).
pub fn parse(format: Format, bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    parse_unsummed(format, bytes, name).map(|mut parsed| {
        parsed.digest.set_sum(bytes);
        parsed
    })
}

/// Reads like [`parse`], but leaves the file's SHA-256 out, which only a merge asks for and which takes as long as half
/// the reading.
///
/// # Errors
/// As [`parse`].
pub fn parse_unsummed(format: Format, bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    if format == Format::ChatPaperFreeHtml && mhtml::is_message(bytes) {
        // A message names the encoding of each of its parts.
        return mhtml::parse(bytes, name).map(with_odd_category);
    }
    if format == Format::Native && bytes.first() == Some(&b'{') {
        // JSON says itself what is wrong with it, and a big day is not read twice to hear that nothing is.
        let read = native::parse(bytes, name);
        if read.as_ref().is_ok_and(|parsed| parsed.problems.is_empty()) || std::str::from_utf8(bytes).is_ok()
        {
            return read.map(with_odd_category);
        }
    }
    if format == Format::DailyArxivJsonl
        && let Some(read) = feed_jsonl::parse_sound(bytes, name)
    {
        return read;
    }
    let decoded = encoding::decode(bytes);
    let said = decoded.problem(name);
    let text = decoded.text.as_bytes();
    let read = match format {
        Format::Native => native::parse(text, name),
        Format::DailyArxivJsonl => feed_jsonl::parse(&decoded.text, name),
        Format::ChatPaperFreeHtml => page::parse(text, name),
        Format::ChatPaperFreeMarkdown => post::parse(text, name),
        Format::DailyArxivMarkdown => feed_markdown::parse(text, name),
        Format::ChatPaperFreeText => capture::parse(text, name),
        Format::HfDailyJson => hf_json::parse(text, name),
        Format::ArxivMonthJson => month_json::parse(text, name),
    };
    read.map(|mut parsed| {
        parsed.problems.splice(0..0, said);
        with_odd_category(parsed)
    })
}

/// Names a category that would lead elsewhere if it were taken for a path: it is kept as a name only.
fn with_odd_category(mut parsed: Parsed) -> Parsed {
    let Some(category) = parsed.digest.category() else { return parsed };
    if category.split(['/', '\\']).any(|part| matches!(part, "" | "." | "..")) {
        let what = format!(
            "the category `{category}` reads like a path; its file is `{}.json`",
            slug(Some(category))
        );
        let problem = Problem::of_file(&parsed.digest.file, what);
        parsed.problems.push(problem);
    }
    parsed
}
