//! Any bytes, read as a native digest.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::Format;

fuzz_target!(|bytes: &[u8]| wenzhai_fuzz::read(Format::Native, bytes, "2031-02-03/LLM.json"));
