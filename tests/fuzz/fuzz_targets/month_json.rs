//! Any bytes, read as a month of arXiv.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| wenzhai_fuzz::read(Format::ArxivMonthJson, bytes, "2031-02.json"));
