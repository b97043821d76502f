//! Any bytes, read as a day of Hugging Face.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| wenzhai_fuzz::read(Format::HfDailyJson, bytes, "2031-02-03.json"));
