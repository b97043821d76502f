//! What README.md says of keys, settings and queries is what the program says. `UPDATE_README=1 cargo test --test readme` writes it.

#![expect(clippy::unwrap_used, reason = "a README without its blocks has failed")]

use std::fs;

use wenzhai::keymap::Keymap;

/// Puts `text` between the marks of a block.
fn with_block(readme: &str, name: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = readme.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    format!("{before}{begin}{text}{end}{after}")
}

#[test]
fn the_tables_in_the_readme_are_the_live_ones() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let wanted = with_block(&readme, "keys", &wenzhai::cli::markdown(&Keymap::builtin()));
    let wanted = with_block(&wanted, "config", &wenzhai::config::markdown());
    let wanted = with_block(&wanted, "query", &wenzhai::filter::markdown());
    let wanted = with_block(&wanted, "commands", &wenzhai::command::markdown());
    if std::env::var_os("UPDATE_README").is_some() {
        return fs::write(path, &wanted).unwrap();
    }
    assert!(readme == wanted, "README.md is out of date: run UPDATE_README=1 cargo test --test readme");
}
