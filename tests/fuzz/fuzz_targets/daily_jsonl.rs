//! Any bytes, read as a day of a feed in JSON Lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| wenzhai_fuzz::read(
    Format::DailyArxivJsonl,
    bytes,
    "2031-02-03_AI_enhanced_Chinese.jsonl"
));
