//! Any text as a keymap over the shipped one: no panic, and no control character in what is said about it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::keymap::Keymap;

fuzz_target!(|text: &str| {
    let (_, problems) = Keymap::builtin().with_user(text, "keymaps.toml");
    for problem in problems {
        assert!(!problem.to_string().chars().any(char::is_control), "{problem:?}");
    }
});
