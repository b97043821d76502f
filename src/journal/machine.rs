use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::about;

/// Bytes of a host name that are kept.
const HOST_BYTES: usize = 64;

/// The name of this machine: drawn once, kept in the state folder.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) name: String,
    state_dir: PathBuf,
}

impl Machine {
    /// Reads the name, or draws one; a drawn name is not written before [`Self::keep`].
    pub(super) fn open(state_dir: &Path) -> io::Result<Self> {
        let path = state_dir.join("machine");
        let name = read(&path)
            .map_err(|e| about(&path, &e))?
            .unwrap_or_else(|| draw(rustix::system::uname().nodename().to_bytes()));
        Ok(Self { name, state_dir: state_dir.to_owned() })
    }

    /// Writes the name down, unless there is one: two first runs at once draw two names, and the second
    /// keeps its own until it ends.
    pub(super) fn keep(&self) -> io::Result<()> {
        let path = self.path();
        if read(&path)?.is_some() {
            return Ok(());
        }
        std::fs::create_dir_all(&self.state_dir)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.state_dir)?;
        writeln!(file, "{}", self.name)?;
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    }

    /// The file that the name is kept in.
    pub(super) fn path(&self) -> PathBuf {
        self.state_dir.join("machine")
    }
}

/// True for a name that [`draw`] can give, and so for the stem of a journal file.
pub(super) fn is_name(name: &str) -> bool {
    // Longer names leave no room for the endings of files (255 bytes on most file systems).
    !name.is_empty() && name.len() <= 200 && name.bytes().all(is_name_byte)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Reads a kept name; one that a crash or a hand left unusable is as good as none.
fn read(path: &Path) -> io::Result<Option<String>> {
    use io::ErrorKind::{InvalidData, NotADirectory, NotFound};
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.trim().to_owned()).filter(|name| is_name(name))),
        Err(e) if matches!(e.kind(), NotFound | NotADirectory | InvalidData) => Ok(None),
        Err(e) => Err(e),
    }
}

fn draw(host: &[u8]) -> String {
    let host = host.iter().take(HOST_BYTES).map(|b| if is_name_byte(*b) { char::from(*b) } else { '-' });
    // The hasher's keys come from the system's randomness.
    let random = RandomState::new().hash_one(std::process::id()) & 0xffff_ffff;
    format!("{}-{random:08x}", host.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_drawn_once_and_kept_when_asked() {
        let state = tempfile::tempdir().unwrap();
        let dir = state.path().join("deep/er");
        let machine = Machine::open(&dir).unwrap();
        assert!(is_name(&machine.name), "{}", machine.name);
        assert!(!dir.exists());
        machine.keep().unwrap();
        assert_eq!(Machine::open(&dir).unwrap().name, machine.name);
        let late = Machine { name: "late-00000000".to_owned(), state_dir: dir.clone() };
        late.keep().unwrap();
        assert_eq!(Machine::open(&dir).unwrap().name, machine.name);
    }

    #[test]
    fn an_unusable_name_is_drawn_again() {
        let state = tempfile::tempdir().unwrap();
        for text in [&b""[..], b"\n", b"../x", b"a.b", b"\xff"] {
            std::fs::write(state.path().join("machine"), text).unwrap();
            let machine = Machine::open(state.path()).unwrap();
            assert!(is_name(&machine.name));
            machine.keep().unwrap();
            assert_eq!(Machine::open(state.path()).unwrap().name, machine.name);
        }
    }

    #[test]
    fn host_names_become_file_names() {
        for (host, prefix) in
            [("box.local", "box-local-"), ("", "-"), ("a/b\u{e9}", "a-b---"), ("ok_1", "ok_1-")]
        {
            let name = draw(host.as_bytes());
            assert!(name.starts_with(prefix) && name.len() == prefix.len() + 8, "{name}");
        }
    }
}
