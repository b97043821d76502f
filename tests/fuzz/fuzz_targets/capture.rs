//! Any bytes, read as a text capture.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| wenzhai_fuzz::read(Format::ChatPaperFreeText, bytes, "2031-02-03_x.txt"));
