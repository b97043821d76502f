use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use notify::{Config, Event as Change, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::wake::{Event, Waker};
use crate::cli::{self, Environment, Files, Paths, Reread};
use crate::config::ThemeName;
use crate::model::Problem;
use crate::theme::Themes;

/// How long an editor may take to write a file, or to put another one in its place.
const SETTLED: Duration = Duration::from_millis(150);

/// The user's settings, which may be edited while the reader is open.
pub(super) struct SettingsFiles {
    paths: Paths,
    files: Files,
    watcher: Option<RecommendedWatcher>,
    folders: Vec<PathBuf>,
    teller: Teller,
}

impl SettingsFiles {
    pub(super) fn new(mut paths: Paths, files: Files, waker: Waker) -> Self {
        if let Ok(file) = std::path::absolute(&paths.config_file) {
            paths.config_file = file;
        }
        let teller = Teller { waker, files: Arc::default(), is_told: Arc::default() };
        Self { paths, files, watcher: None, folders: Vec::new(), teller }
    }

    /// Begins to watch. Where nobody tells of changes, `R` has the files read again.
    pub(super) fn start(&mut self) {
        let teller = self.teller.clone();
        let hear = move |change: notify::Result<Change>| {
            // An error may hide some.
            if change.map_or(true, |c| teller.concerns(&c)) {
                teller.tell();
            }
        };
        self.watcher = RecommendedWatcher::new(hear, Config::default()).ok();
        self.watch();
        // What was written since they were read.
        self.teller.tell();
    }

    /// Reads the themes that one of this name may come down to, and what is wrong with them.
    pub(super) fn themes(&self, name: &str, environment: &Environment) -> (Themes, Vec<Problem>) {
        let name = ThemeName::new(name).unwrap_or_default();
        cli::themes(&self.paths, &name, environment)
    }

    /// Has the files read again.
    pub(super) fn look(&self) {
        self.teller.waker.send(Event::SettingsTouched);
    }

    /// Reads the files again; none when they say what they said.
    pub(super) fn read_again(&mut self, environment: &Environment) -> Option<Reread> {
        // A folder may have come, or a link lead elsewhere; what changes from now on is told of again.
        self.watch();
        let reread = self.files.read_again(&self.paths, environment);
        if reread.is_some() {
            // Another theme has another file.
            self.watch();
        }
        reread
    }

    /// What problems call the files.
    pub(super) fn names(&self) -> Vec<String> {
        self.files.files(&self.paths).iter().map(|f| f.to_string_lossy().into_owned()).collect()
    }

    /// Watches the folders in which the files are, or would be; also those that links lead to.
    fn watch(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let named = self.files.files(&self.paths);
        let real: Vec<PathBuf> = named.iter().filter_map(|f| f.canonicalize().ok()).collect();
        let files: Vec<PathBuf> = named.into_iter().chain(real).collect();
        let above = |file: &PathBuf| file.ancestors().skip(1).find(|f| f.is_dir()).map(Path::to_owned);
        let mut folders: Vec<PathBuf> = files.iter().filter_map(above).collect();
        folders.sort();
        folders.dedup();
        *self.teller.files.lock().unwrap_or_else(PoisonError::into_inner) = files;
        // All anew: another folder may have taken the name of one.
        for folder in std::mem::replace(&mut self.folders, folders) {
            let _ = watcher.unwatch(&folder);
        }
        for folder in &self.folders {
            let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
        }
    }
}

/// Tells the loop of changes.
#[derive(Clone)]
struct Teller {
    waker: Waker,
    files: Arc<Mutex<Vec<PathBuf>>>,
    /// Set while word of a change is on its way.
    is_told: Arc<AtomicBool>,
}

impl Teller {
    /// Says whether a change is one of the files, or of a folder above them; what reads them changes nothing.
    fn concerns(&self, change: &Change) -> bool {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ours = |path: &PathBuf| files.iter().any(|file| file.starts_with(path));
        !matches!(change.kind, EventKind::Access(_)) && change.paths.iter().any(is_ours)
    }

    /// Tells of a change once the file can be whole: once for however many there are until then.
    fn tell(&self) {
        if self.is_told.swap(true, Ordering::AcqRel) {
            return;
        }
        let (now, later) = (self.clone(), self.clone());
        let tell = move || {
            thread::sleep(SETTLED);
            later.send();
        };
        if Builder::new().name("settings".to_owned()).spawn(tell).is_err() {
            now.send();
        }
    }

    fn send(&self) {
        // Cleared first: what comes while they are read is told of again.
        self.is_told.store(false, Ordering::Release);
        self.waker.send(Event::SettingsTouched);
    }
}
