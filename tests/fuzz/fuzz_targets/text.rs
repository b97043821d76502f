//! Any text, cleaned, shown, typeset and wrapped: nothing a terminal acts on, no row too wide, nothing lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::text;

fuzz_target!(|input: (u8, String)| {
    let (width, raw) = input;
    let clean = text::clean_body(raw);
    assert_eq!(text::clean_body(clean.clone()), clean);
    assert!(!clean.chars().any(|c| c != '\n' && c.is_control()));
    let width = usize::from(width);
    for shown in [text::show(&clean), text::typeset(&clean)] {
        let mut end = 0;
        for row in text::wrap_text(&shown, width) {
            assert!(row.start >= end && row.end <= shown.len());
            end = row.end;
            let cells = text::width(&shown[row]);
            assert!(cells <= width.max(2), "{cells} cells in {width}");
        }
        assert!(text::width(&text::fit(&shown, width)) <= width);
    }
    for range in text::fold(&clean).original_ranges(&[0, 1, 2]) {
        assert!(clean.get(range).is_some());
    }
});
