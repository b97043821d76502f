use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use serde_json::json;

use super::output::{Failure, Output};

/// Where the program's own files live, by the XDG Base Directory Specification (on macOS and Windows by
/// the custom there). Nothing is made by asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// `keymaps.toml`, and `config.toml` unless another was named.
    pub config: PathBuf,
    /// The configuration.
    pub config_file: PathBuf,
    /// The default archive.
    pub data: PathBuf,
    /// The folder of the journal files: in the data folder, or where the configuration says.
    pub journal: PathBuf,
    /// `session.json`, the machine's name, the log.
    pub state: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
    /// The log: in the state folder, or where the command line says.
    pub log_file: PathBuf,
}

impl Paths {
    /// Finds the folders from the environment; `None` when there is no home directory.
    #[must_use]
    pub fn find() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "wenzhai")?;
        let state = dirs.state_dir().unwrap_or_else(|| dirs.data_dir());
        Some(Self {
            config: dirs.config_dir().to_owned(),
            config_file: dirs.config_dir().join("config.toml"),
            data: dirs.data_dir().to_owned(),
            journal: dirs.data_dir().join("journal"),
            state: state.to_owned(),
            log_file: state.join("log"),
            cache: dirs.cache_dir().to_owned(),
        })
    }

    /// The archive that is opened and imported into when none is named.
    #[must_use]
    pub fn archive(&self) -> PathBuf {
        self.data.join("archive")
    }

    /// Where the user was.
    #[must_use]
    pub fn session(&self) -> PathBuf {
        self.state.join("session.json")
    }

    /// What programs said on standard error while the reader was open, and what update commands said.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.log_file.clone()
    }

    /// The folder of the user's own themes.
    #[must_use]
    pub fn themes(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// The user's keys.
    #[must_use]
    pub fn keymap(&self) -> PathBuf {
        self.config.join("keymaps.toml")
    }
}

/// Prints the paths.
pub(super) fn run(out: &mut Output, paths: &Paths, json: bool) -> Result<(), Failure> {
    let rows = [
        ("config", paths.config.clone()),
        ("config_file", paths.config_file.clone()),
        ("keymap", paths.keymap()),
        ("themes", paths.themes()),
        ("data", paths.data.clone()),
        ("archive", paths.archive()),
        ("journal", paths.journal.clone()),
        ("state", paths.state.clone()),
        ("session", paths.session()),
        ("log", paths.log()),
        ("cache", paths.cache.clone()),
    ];
    let text = |path: &Path| path.to_string_lossy().into_owned();
    if json {
        let mut object = json!({"schema": 1});
        for (name, path) in &rows {
            if let Some(members) = object.as_object_mut() {
                members.insert((*name).to_owned(), text(path).into());
            }
        }
        return out.json(&object);
    }
    for (name, path) in &rows {
        out.text(&format!("{name}\t{}", text(path)))?;
    }
    Ok(())
}
