use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use crate::config::{Config, rule_text};
use crate::filter::Rule;

/// Bytes of a configuration that are read; more than the program takes.
const LARGEST: u64 = 1 << 20;

/// Adds a rule at the end of a configuration, which is made where it is missing. What the user wrote stays as it is,
/// byte for byte; a link stays one. Does nothing where the rule is there already.
///
/// # Errors
/// One clause with the path, when the file cannot be read or written, or when the rule would not count at its end. The
/// file is then as it was.
pub(super) fn add_rule(file: &Path, rule: &Rule) -> Result<(), String> {
    let failed = |e: io::Error| format!("{}: {e}", file.display());
    let text = read(file).map_err(failed)?;
    let rules = |toml: &str| Config::parse(toml, "", &|name| std::env::var_os(name)).0.prefs.rules;
    let before = rules(&text);
    if before.contains(rule) {
        return Ok(());
    }
    let gap = match text.as_str() {
        "" => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let addition = format!("{gap}{}", rule_text(rule));
    // A quotation that is open at the end would swallow it.
    if rules(&format!("{text}{addition}")) != [before, vec![rule.clone()]].concat() {
        let path = file.display();
        return Err(format!("{path}: what is added at its end would not count; see wenzhai config check"));
    }
    append(file, &addition).map_err(failed)
}

fn read(file: &Path) -> io::Result<String> {
    match fs::metadata(file) {
        Ok(meta) if meta.is_file() => {}
        Ok(_) => return Err(io::Error::other("is not a file")),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(e) => return Err(e),
    }
    let mut text = String::new();
    File::open(file)?.take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

/// Appends in one write; what was written of it is taken back where not all could be.
fn append(file: &Path, addition: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut open = File::options().append(true).create(true).open(file)?;
    let length = open.metadata()?.len();
    let written = open.write_all(addition.as_bytes()).and_then(|()| open.sync_all());
    if written.is_err() {
        // What cannot be taken back either is named as unwritten all the same: half a section does not count.
        let _ = open.set_len(length);
    }
    written
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn rules(file: &Path) -> Vec<Rule> {
        let text = fs::read_to_string(file).unwrap();
        let (config, problems) = Config::parse(&text, "config.toml", &|_| None);
        assert_eq!(problems, []);
        config.prefs.rules
    }

    #[test]
    fn hostile_names_come_back_as_they_were_written() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("new/config.toml");
        let names = [
            "Ada Lovelace",
            "O'Neil \"Tip\"",
            "back\\slash \\u0041",
            "new\nline\r\n[[rule]]\nmute = true",
            "tab\tnull\u{0}bell\u{7}del\u{7f}nel\u{85}",
            "张伟 “引号” \"\"\" '''",
            "]] # no comment",
        ];
        for (n, name) in names.iter().enumerate() {
            let rule = Rule::following(name);
            add_rule(&file, &rule).unwrap();
            add_rule(&file, &rule).unwrap();
            assert_eq!(rules(&file).len(), n + 1, "{name:?}");
            assert_eq!(rules(&file).last(), Some(&rule), "{name:?}");
        }
    }

    #[test]
    fn what_the_user_wrote_stays() {
        let home = tempfile::tempdir().unwrap();
        let (file, link) = (home.path().join("mine.toml"), home.path().join("config.toml"));
        symlink(&file, &link).unwrap();
        for text in ["# 我的设置\nascii = true", "ascii=true\n", "[[archive]]\npath = \"/a\" # end"] {
            fs::write(&file, text).unwrap();
            add_rule(&link, &Rule::following("Ada Lovelace")).unwrap();
            let after = fs::read_to_string(&file).unwrap();
            assert_eq!(
                after.strip_prefix(text).map(str::trim_start),
                Some("[[rule]]\nauthor = \"Ada Lovelace\"\nweight = 5\n")
            );
            assert!(link.is_symlink());
        }
    }

    #[test]
    fn a_file_that_cannot_take_it_says_why_and_stays() {
        let home = tempfile::tempdir().unwrap();
        let rule = Rule::following("Ada Lovelace");
        let file = home.path().join("config.toml");
        for text in ["open = \"\"\"\nquotation", "rule = 1\n", &format!("#{}\n", "x".repeat(65 << 10))] {
            fs::write(&file, text).unwrap();
            let why = add_rule(&file, &rule).unwrap_err();
            assert!(why.contains("config.toml: what is added"), "{why}");
            assert_eq!(fs::read_to_string(&file).unwrap(), *text);
        }
        fs::write(&file, b"\xff").unwrap();
        assert!(add_rule(&file, &rule).is_err());
        assert!(add_rule(home.path(), &rule).unwrap_err().ends_with("is not a file"));
        let below = file.join("config.toml");
        assert!(add_rule(&below, &rule).is_err(), "a file where a folder should be");
    }
}
