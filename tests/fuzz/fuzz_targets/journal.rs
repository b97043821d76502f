//! Any text as a journal: no panic, and a line that is read is written as it was meant.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::decisions::{Decisions, Line};

fuzz_target!(|text: &str| {
    let lines: Vec<Line> = text.lines().filter_map(|l| Line::parse(l).ok()).collect();
    for line in &lines {
        assert_eq!(Line::parse(&line.to_text()).as_ref(), Ok(line));
    }
    let mut decisions = Decisions::new("fuzz");
    decisions.absorb("fuzz", lines.clone());
    decisions.absorb("other", lines);
    while decisions.undo(0).is_some() {}
    while decisions.redo(0).is_some() {}
});
