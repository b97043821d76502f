//! Any bytes, read as a post of the blog.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| wenzhai_fuzz::read(
    Format::ChatPaperFreeMarkdown,
    bytes,
    "posts_2031-02-03_x.md"
));
