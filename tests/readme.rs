//! What README.md says of the keys is what the keymap says. `UPDATE_README=1 cargo test --test readme` writes it.

use std::fs;

use wenzhai::keymap::Keymap;

const BEGIN: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

#[test]
fn the_keys_in_the_readme_are_the_live_ones() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("a block of keys begins");
    let (_, after) = rest.split_once(END).expect("a block of keys ends");
    let wanted = format!("{before}{BEGIN}{}{END}{after}", wenzhai::cli::markdown(&Keymap::builtin()));
    if std::env::var_os("UPDATE_README").is_some() {
        return fs::write(path, &wanted).unwrap();
    }
    assert!(readme == wanted, "README.md is out of date: run UPDATE_README=1 cargo test --test readme");
}
