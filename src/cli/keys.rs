use std::fmt::Write as _;

use serde_json::json;

use super::{Paths, config};
use crate::action::Context;
use crate::catalogue::Lang;
use crate::keymap::{Does, Keymap};
use crate::model::Problem;

/// Loads the shipped keymap with the user's file over it. A file that cannot be read, and each of its lines
/// that cannot be used, is a problem; the rest works.
#[must_use]
pub fn keymap(paths: &Paths) -> (Keymap, Vec<Problem>) {
    let builtin = Keymap::builtin();
    let path = paths.keymap();
    let name = path.to_string_lossy();
    match config::read(&path) {
        Ok(Some(text)) => {
            let (keymap, problems) = builtin.with_user(&text, &name);
            (keymap, problems.into_iter().map(|p| Problem::at(p.file, p.line, p.what)).collect())
        }
        Ok(None) => (builtin, Vec::new()),
        Err(e) => (builtin, vec![Problem::of_io(name, &e)]),
    }
}

/// One line of the key list: what has the focus, what is done and its keys.
struct Row<'a> {
    context: Context,
    does: &'a Does,
    keys: Vec<String>,
}

fn rows(keymap: &Keymap) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for context in Context::ALL {
        for binding in keymap.bindings(context) {
            let keys = binding.keys.to_string();
            match rows.iter_mut().find(|r| r.context == context && *r.does == binding.does) {
                Some(row) => row.keys.push(keys),
                None => rows.push(Row { context, does: &binding.does, keys: vec![keys] }),
            }
        }
    }
    rows
}

/// Prints the live keymap: context, keys, action and help, separated by tabs; or as JSON.
pub(super) fn print(keymap: &Keymap, lang: Lang, is_json: bool) -> String {
    let rows = rows(keymap);
    if is_json {
        let object = |r: &Row| json!({"context": r.context.name(), "keys": r.keys, "action": r.does.name(), "help": r.does.help(lang)});
        return json!({"schema": 1, "keys": rows.iter().map(object).collect::<Vec<_>>()}).to_string();
    }
    let line = |r: &Row| {
        format!("{}\t{}\t{}\t{}", r.context.name(), r.keys.join(" "), r.does.name(), r.does.help(lang))
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Writes the key tables of README.md.
#[must_use]
pub fn markdown(keymap: &Keymap) -> String {
    let rows = rows(keymap);
    let mut out = String::new();
    for context in Context::ALL {
        let table: Vec<&Row> = rows.iter().filter(|r| r.context == context).collect();
        if table.is_empty() {
            continue;
        }
        let _ = write!(
            out,
            "\n**{}** (`[{}]`)\n\n| keys | |\n| --- | --- |\n",
            context.label(Lang::En),
            context.name()
        );
        for row in table {
            let keys: Vec<String> = row.keys.iter().map(|k| format!("`{}`", k.replace('|', "\\|"))).collect();
            let _ = writeln!(out, "| {} | {} |", keys.join(" "), row.does.help(Lang::En));
        }
    }
    out
}
