//! Any bytes, read as the format they look like.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use wenzhai::import::{detect, peek};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let name = "2031-02-03_x.txt";
    let _ = peek(bytes, name);
    let Some(format) = detect(bytes, name) else { return Corpus::Reject };
    wenzhai_fuzz::read(format, bytes, name);
    Corpus::Keep
});
