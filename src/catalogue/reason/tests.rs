use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// Where what is wrong is said first.
const MODULES: [&str; 13] = [
    "archive",
    "config",
    "decisions",
    "effect",
    "filter",
    "import",
    "journal",
    "keymap",
    "model",
    "search",
    "shell",
    "table",
    "theme",
];

/// Literals of those modules that nobody reads as a sentence about what is wrong.
const NOT_SAID: &[&str] = &[
    // File names and what is written to files.
    "update output",
    "update end",
    // What sources write into the fields that they failed to make.
    "summary generation failed",
    "motivation analysis unavailable",
    "method extraction failed",
    "result analysis unavailable",
    "conclusion extraction failed",
    "processing failed",
    "some error for ",
    "error: failed to generate ",
    // Pieces of sentences that have forms as a whole.
    " (os error",
    " at line ",
    "cut short by",
    "the beginning of",
    "a rule has one of {names}: write another [[{RULE}]]",
    "this rule has no {names}",
    // For who changes the program.
    "a term takes something",
    "screens of different sizes cannot be compared",
    // The log of update commands.
    "{} update of {}",
    // Looks, as a theme has them.
    "bold cyan",
    "on tint",
    // Words of the sources themselves.
    "Hugging Face daily papers",
    "AI comments",
    "main category",
    "under review",
    "in submission",
    "preprint for",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// The texts in quotes of a source, without its tests, its comments and the reasons of its attributes.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '\'', '/', '#']) {
        let (before, here) = rest.split_at(at);
        let after = |bytes: usize| here.get(bytes..).unwrap_or_default();
        rest = match here.as_bytes() {
            [b'/', b'/', ..] => here.split_once('\n').map_or("", |(_, rest)| rest),
            [b'#', b'[', ..] if !here.starts_with("#[error(") => {
                here.split_once("]\n").map_or("", |(_, rest)| rest)
            }
            [b'\'', b'\\', _, b'\'', ..] => after(4),
            [b'\'', ..] => {
                let mut chars = here.chars().skip(1);
                let c = chars.next().map_or(0, char::len_utf8);
                if chars.next() == Some('\'') { after(c + 2) } else { after(1) }
            }
            [b'"', ..] if before.ends_with("r#") => after(1).split_once("\"#").map_or("", |(_, rest)| rest),
            [b'"', ..] => {
                let end = end_of(after(1));
                found.push(here.get(1..=end).unwrap_or_default().replace("\\\"", "\"").replace("\\n", "\n"));
                after(end + 2)
            }
            _ => after(1),
        };
    }
    found
}

/// The byte of the quote that ends a literal.
fn end_of(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !is_escaped => return at,
            _ => is_escaped = c == '\\' && !is_escaped,
        }
    }
    text.len()
}

/// A literal with `{}` for each of its places, and without those that hold a hint or what comes before.
fn form(literal: &str) -> String {
    let mut out = String::new();
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or(("", after));
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "_:?.".contains(c));
        match name {
            "near" => {}
            "read" if out.is_empty() => {}
            _ if is_name => out.push_str("{}"),
            _ => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = after;
    }
    out + rest
}

/// Says whether a literal reads as English: two words side by side.
fn is_sentence(literal: &str) -> bool {
    let is_word = |w: &str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'');
    let words: Vec<_> = literal.split(' ').map(|w| w.trim_matches([',', ';', ':', '.', '(', ')'])).collect();
    words.windows(2).any(|two| two.iter().all(|w| is_word(w)))
}

fn all_literals(modules: &[&str]) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = modules.iter().flat_map(|module| sources(&root.join(module)));
    let files = files.filter(|path| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
        // The tables of these two hold both languages themselves.
        !(name.contains("tests")
            || name.ends_with("_laws.rs")
            || ["config/table.rs", "filter/language.rs"].contains(&name))
    });
    files.flat_map(|path| literals(&fs::read_to_string(path).unwrap())).collect()
}

fn zh(what: &str) -> String {
    Lang::Zh.reason(what)
}

#[test]
fn whatever_is_said_to_be_wrong_has_a_chinese_form() {
    let english = |literal: &&String| {
        let said = form(literal).replace("{}", "x1");
        let has_form =
            |said: String| zh(&said) != said && !is_sentence(&zh(&said).replace("wenzhai config check", ""));
        let is_look = literal.starts_with("underline ");
        is_sentence(literal)
            && !is_look
            && !literal.contains('\n')
            && said.is_ascii()
            && !has_form(said.clone())
            && !has_form(format!("`x1` {said}"))
    };
    let all = all_literals(&MODULES);
    assert!(all.len() > 300, "the literals were not found: {}", all.len());
    let left: Vec<_> = all.iter().filter(english).filter(|l| !NOT_SAID.contains(&l.as_str())).collect();
    assert!(left.is_empty(), "without a Chinese form: {left:#?}");
}

#[test]
fn no_form_is_kept_in_vain() {
    let all: Vec<String> =
        all_literals(&[&MODULES[..], &["cli", "state"]].concat()).iter().map(|l| form(l)).collect();
    let pieces = |form: &str| {
        form.replace("{*}", "{}")
            .replace("{,}", "{}")
            .replace("{+}", "{}")
            .split("{}")
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let is_said = |row: &&Row| {
        pieces(row.0).iter().all(|piece| all.iter().any(|l| l.contains(piece.trim_matches([' ', ':', '`']))))
    };
    let own = [digests::ROWS, shown::ROWS];
    let unsaid: Vec<_> = own.iter().flat_map(|rows| rows.iter()).filter(|row| !is_said(row)).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:#?}");
}

#[test]
fn every_form_has_its_places_in_both_languages() {
    let mut seen = BTreeSet::new();
    for (en, chinese) in TABLES.into_iter().flatten() {
        if en.contains("os error") {
            // Its number says nothing to who reads the rest.
            continue;
        }
        let places = ["{}", "{,}", "{+}", "{*}"].iter().map(|place| en.matches(place).count()).sum::<usize>();
        let data: Vec<String> = (0..places).map(|n| format!("<{n}>")).collect();
        let said = filled(chinese, &data);
        for text in &data {
            assert_eq!(said.matches(text.as_str()).count(), 1, "{en}: {chinese}");
        }
        assert!(seen.insert(*en), "twice: {en}");
        assert!(!said.ends_with('。'), "a clause: {chinese}");
    }
}

#[test]
fn what_is_wrong_is_said_in_chinese_with_its_data() {
    for (what, wanted) in [
        ("is empty", "是空的"),
        ("No such file or directory (os error 2)", "没有这个文件或目录"),
        ("could not be written: Permission denied", "无法写入：没有权限"),
        ("/a/b.json: Is a directory", "/a/b.json：是目录"),
        ("unknown key `thme`; did you mean `theme`?", "不认识的键 `thme`，是否指 `theme`？"),
        ("`theme`: expected \"a\", \"b\" or \"c\", not `d`", "`theme`：应为 \"a\", \"b\" 或 \"c\"，不是`d`"),
        (
            "`mouse`: expected true or false, not the text `yes`",
            "`mouse`：应为 true 或 false，不是文本 `yes`",
        ),
        ("expected value at line 1 column 5", "应为值（第 1 行第 5 列）"),
        (
            "this paper is not readable and was left out: EOF while parsing a list",
            "这篇无法读取，已略去：列表没有结束",
        ),
        (
            "`a`: invalid type: string \"x, expected y\", expected a sequence; kept aside in `extra`",
            "`a`：类型有误：是字符串 \"x, expected y\"，应为列表；另存于 `extra`",
        ),
        ("2025.1: no title in any of its 3 papers", "2025.1：3 篇论文都没有题名"),
        (
            "not TOML: string values must be quoted, expected literal string",
            "不是 TOML：文本应放在引号中，应为单引号字符串",
        ),
        ("`query`: at 1: ( is not closed yet", "`query`：第 1 字：( 尚未闭合"),
        (
            "`query`: at 1: x: is no field, looked for as text; did you mean id: ?",
            "`query`：第 1 字：x: 不是字段，按文字查找；是否指 id:？",
        ),
        (
            "`name`: a saved query above has this name already: both are listed",
            "`name`：上面已有同名的查询，两个都列出",
        ),
        (
            "not TOML: unclosed array, expected `]`; nothing of this file is used",
            "不是 TOML：列表没有闭合，应为`]`；整个文件不用",
        ),
        ("as no library has said before", "as no library has said before"),
        ("not TOML: as no library has said", "不是 TOML：as no library has said"),
        ("", ""),
    ] {
        assert_eq!(zh(what), wanted, "{what}");
    }
    assert_eq!(Lang::En.reason("is empty"), "is empty");
}

#[test]
fn a_hostile_sentence_is_no_work() {
    let text = "a: ".repeat(100_000) + "is empty";
    assert_eq!(zh(&text), text);
    let text = "not TOML: ".repeat(150);
    assert!(zh(&text).starts_with("不是 TOML：不是 TOML："));
}
