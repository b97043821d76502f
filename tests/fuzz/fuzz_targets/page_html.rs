//! Any bytes, read as a page of the blog.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| wenzhai_fuzz::read(Format::ChatPaperFreeHtml, bytes, "posts_2031-02-03_x.html"));
