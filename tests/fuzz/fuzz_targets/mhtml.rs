//! Any message of several parts, read as a page of the blog.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    if !head.windows(24).any(|w| w == b"content-type: multipart/") {
        // A page, which has a target of its own.
        return Corpus::Reject;
    }
    wenzhai_fuzz::read(Format::ChatPaperFreeHtml, bytes, "posts_2031-02-03_x.mhtml");
    Corpus::Keep
});
