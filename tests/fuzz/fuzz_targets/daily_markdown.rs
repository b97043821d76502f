//! Any bytes, read as a day of a feed in Markdown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| wenzhai_fuzz::read(Format::DailyArxivMarkdown, bytes, "2031-02-03.md"));
