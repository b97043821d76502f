use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::model::Problem;

/// Numbers tried before a name is given up.
const NUMBERS: u32 = 10_000;

/// Writes a new file with this name and ending into a folder, which is made where it is missing; where the name is
/// taken, a number goes before the ending: nothing is ever overwritten. Returns its path. The file appears as a whole.
///
/// # Errors
/// One clause with the path, when the folder or the file cannot be written.
pub(super) fn write_new(
    folder: &Path,
    (name, ending): &(String, &str),
    text: &str,
) -> Result<PathBuf, String> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |e: io::Error| Problem::of_io(path, &e).to_string()
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let builder = || {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file, less what the umask takes.
        tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
    };
    let mut temp = builder().map_err(failed(folder))?;
    temp.write_all(text.as_bytes()).map_err(failed(folder))?;
    for number in 1..NUMBERS {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{name}{number}.{ending}"));
        match temp.persist_noclobber(&path) {
            Ok(_) => return Ok(path),
            Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => temp = e.file,
            Err(e) => return Err(failed(&path)(e.error)),
        }
    }
    Err(format!("{}: too many files {name}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("new/folder");
        let name = ("papers".to_owned(), "csl.json");
        for (text, want) in [("1", "papers.csl.json"), ("2", "papers-2.csl.json"), ("3", "papers-3.csl.json")]
        {
            assert_eq!(write_new(&folder, &name, text), Ok(folder.join(want)));
            assert_eq!(fs::read_to_string(folder.join(want)).unwrap(), text);
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
        fs::write(home.path().join("file"), "").unwrap();
        assert!(write_new(&home.path().join("file"), &name, "").is_err());
    }
}
