use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::jobs::Roots;
use crate::effect::Session;

/// The version of the file's shape; a file of a later one is not read.
const VERSION: u32 = 1;

/// The content of `session.json`: where the user was. Not a decision, so the last writer wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SessionFile {
    v: u32,
    /// The archives opened last, as absolute paths.
    #[serde(default)]
    pub(super) last: Vec<PathBuf>,
    /// Where the user was, by archive: its paths joined by line ends, empty for the sample.
    #[serde(default)]
    sessions: BTreeMap<String, Session>,
}

impl SessionFile {
    /// Reads the file; `None` when there is none, or none that can be understood.
    #[must_use]
    pub(super) fn read(path: &Path) -> Option<Self> {
        // A pipe in its place would be waited for without end.
        let is_file = std::fs::metadata(path).is_ok_and(|m| m.is_file());
        let bytes = is_file.then(|| std::fs::read(path).ok())??;
        serde_json::from_slice(&bytes).ok().filter(|f: &Self| f.v == VERSION)
    }

    /// Takes out where the user was in these archives.
    #[must_use]
    pub(super) fn session_of(mut self, roots: &Roots) -> Option<Session> {
        self.sessions.remove(&key(&absolute(roots)))
    }

    /// Writes the file under another name and renames it, so that a reader sees the old or the new one. Where
    /// the user was in other archives is kept; the sample does not become the archive opened last.
    ///
    /// # Errors
    /// When the folder cannot be made or written; the old file is then as it was.
    pub(super) fn write(path: &Path, roots: &Roots, session: Session) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = Self { v: VERSION, ..Self::read(path).unwrap_or_default() };
        let archives = absolute(roots);
        file.sessions.insert(key(&archives), session);
        if !archives.is_empty() {
            file.last = archives;
        }
        let mut temp = tempfile::NamedTempFile::new_in(folder)?;
        // One write: on a network file system each is a round trip.
        let mut text = serde_json::to_vec(&file)?;
        text.push(b'\n');
        temp.write_all(&text)?;
        temp.persist(path)?;
        Ok(())
    }
}

/// The open archives as absolute paths. A path that is not UTF-8 has no place in JSON: it is named again next time.
fn absolute(roots: &Roots) -> Vec<PathBuf> {
    let Roots::Folders(folders) = roots else { return Vec::new() };
    let paths = folders.iter().filter_map(|p| std::path::absolute(p).ok());
    paths.filter(|p| p.to_str().is_some()).collect()
}

fn key(archives: &[PathBuf]) -> String {
    archives.iter().filter_map(|p| p.to_str()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: &str) -> Session {
        Session { date: Some(date.to_owned()), ..Session::default() }
    }

    #[test]
    fn each_archive_has_its_own_place_and_the_sample_is_never_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/session.json");
        assert_eq!(SessionFile::read(&path), None);
        let one = Roots::Folders(vec![PathBuf::from("/one")]);
        let two = Roots::Folders(vec![PathBuf::from("/two"), PathBuf::from("/one")]);
        for (roots, date) in [(&one, "2025-05-01"), (&two, "2025-05-02"), (&Roots::Sample, "2025-03-05")] {
            SessionFile::write(&path, roots, at(date)).unwrap();
        }
        let file = SessionFile::read(&path).unwrap();
        assert_eq!(file.last, [PathBuf::from("/two"), PathBuf::from("/one")]);
        assert_eq!(file.clone().session_of(&one), Some(at("2025-05-01")));
        assert_eq!(file.clone().session_of(&two), Some(at("2025-05-02")));
        assert_eq!(file.session_of(&Roots::Sample), Some(at("2025-03-05")));
        let beside = std::fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(beside, 1, "no file is left beside it");
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_no_session() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session.json");
        for broken in ["", "{", r#"{"v":2}"#, "[]"] {
            std::fs::write(&path, broken).unwrap();
            assert_eq!(SessionFile::read(&path), None, "{broken}");
        }
    }
}
