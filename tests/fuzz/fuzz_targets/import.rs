//! Any bytes, read as every format: no panic; what is read can be written, read again and cleaned.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::import::{Format, detect, parse, peek};

fuzz_target!(|bytes: &[u8]| {
    let Some((&which, bytes)) = bytes.split_first() else { return };
    let name = "2031-02-03_x.txt";
    let _ = (detect(bytes, name), peek(bytes, name));
    let format = Format::ALL[usize::from(which) % Format::ALL.len()];
    let Ok(parsed) = parse(format, bytes, name) else { return };
    let json = parsed.digest.to_json();
    let again = parse(Format::Native, json.as_bytes(), name).expect("what is written is read");
    assert_eq!(again.digest.papers(), parsed.digest.papers());
    let mut digest = parsed.digest.clean();
    digest.each_text(&mut |text, _| {
        assert!(!text.chars().any(|c| c != '\n' && c.is_control()), "{text:?}");
    });
});
