use std::ffi::OsString;
use std::os::fd::BorrowedFd;
use std::path::{Path, PathBuf};
use std::process::{self, ExitStatus};
use std::{env, fs, io};

use super::handover;
use crate::config::Command;
use crate::effect::Edited;
use crate::model::Identity;

/// Bytes a note has at most.
const LONGEST: usize = 64 * 1024;

/// The fields of an [`Effect::Edit`](crate::effect::Effect::Edit).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Editing {
    pub(super) paper: Identity,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) note: String,
}

/// The folder where notes are written before the journal has them. A draft outlives whatever befalls its editor.
pub(super) struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Runs the user's editor on the draft `name` and waits for it; the terminal must be the shell's. A draft that is
    /// there already is offered again in place of `note`.
    pub(super) fn edit(&self, name: &str, title: &str, note: &str, terminal: BorrowedFd<'_>) -> Edited {
        let path = self.path(name);
        let is_new = !path.exists();
        let begun = fs::create_dir_all(&self.folder).and_then(|()| {
            if is_new { fs::write(&path, format!("{}\n\n{note}", heading(title))) } else { Ok(()) }
        });
        if let Err(e) = begun {
            return Edited::Failed(format!("{}: {e}", path.display()));
        }
        let kept = |why: String| Edited::Kept { why, path: path.display().to_string() };
        match run(&path, terminal) {
            Ok(status) if status.success() => read(&path).map_or_else(kept, Edited::Written),
            Ok(status) => kept(status.to_string()),
            Err(why) => {
                if is_new {
                    let _ = fs::remove_file(&path);
                }
                Edited::Failed(why)
            }
        }
    }

    /// Removes a draft that is in the journal now.
    pub(super) fn drop(&self, name: &str) {
        let _ = fs::remove_file(self.path(name));
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.md"))
    }
}

fn heading(title: &str) -> String {
    format!("<!-- {title} -->")
}

/// Runs the editor; one sentence when it cannot be started.
fn run(path: &Path, terminal: BorrowedFd<'_>) -> Result<ExitStatus, String> {
    let editor = ["VISUAL", "EDITOR"].into_iter().filter_map(env::var_os);
    let editor = editor.into_iter().find(|e| !e.is_empty()).unwrap_or_else(|| OsString::from("vi"));
    let editor = editor.into_string().map_err(|_| "its name is not UTF-8".to_owned())?;
    let words = Command::split(&editor).ok_or_else(|| format!("a quotation is open in `{editor}`"))?;
    let (program, arguments) = words.split_first().ok_or_else(|| "no editor is named".to_owned())?;
    let failed = |e: io::Error| format!("{program}: {e}");
    handover::run(process::Command::new(program).args(arguments).arg(path), None, terminal).map_err(failed)
}

/// Reads a draft without its heading.
fn read(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let is_heading = first.starts_with("<!--") && first.trim_end().ends_with("-->");
    let note = if is_heading { rest } else { text }.trim();
    if note.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    Ok(note.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_heading_is_no_part_of_the_note() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        for (text, want) in [
            ("<!-- T -->\n\na\r\n\r\nb\n", Ok("a\n\nb")),
            ("a <!-- T -->\nb", Ok("a <!-- T -->\nb")),
            ("<!-- T -->", Ok("")),
        ] {
            fs::write(&path, text).unwrap();
            assert_eq!(read(&path), want.map(str::to_owned), "{text:?}");
        }
        fs::write(&path, "x".repeat(LONGEST + 1)).unwrap();
        assert!(read(&path).is_err());
        fs::write(&path, b"\xff").unwrap();
        assert!(read(&path).is_err());
    }
}
