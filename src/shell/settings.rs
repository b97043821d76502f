use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, Builder};
use std::time::Duration;

use super::wake::{Event, Waker};
use crate::cli::{Environment, Files, Paths, Reread};
use crate::journal::Watch;

/// How long an editor may take to write a file, or to put another one in its place.
const SETTLED: Duration = Duration::from_millis(150);

/// The user's settings, which may be edited while the reader is open.
pub(super) struct SettingsFiles {
    paths: Paths,
    files: Files,
    watches: Vec<(PathBuf, Watch)>,
    /// Set while word of a change is on its way.
    is_told: Arc<AtomicBool>,
    waker: Waker,
}

impl SettingsFiles {
    pub(super) fn new(paths: Paths, files: Files, waker: Waker) -> Self {
        Self { paths, files, watches: Vec::new(), is_told: Arc::default(), waker }
    }

    /// Begins to watch the folders in which the files are, or would be; also those that links lead to.
    pub(super) fn go_on(&mut self) {
        let folders = self.folders();
        self.watches.retain(|(folder, watch)| folders.contains(folder) && watch.is_on(folder));
        for folder in folders {
            if self.watches.iter().any(|(known, _)| *known == folder) {
                continue;
            }
            let (is_told, waker) = (Arc::clone(&self.is_told), self.waker.clone());
            let tell = move || {
                if !is_told.swap(true, Ordering::AcqRel) {
                    tell_settled(&is_told, &waker);
                }
            };
            let watch = Watch::start(&folder, tell.clone());
            if watch.is_some() {
                // What was written since it was read.
                tell();
            }
            self.watches.extend(watch.map(|watch| (folder, watch)));
        }
    }

    /// Has the files read again, where nobody tells of changes.
    pub(super) fn look(&self) {
        self.waker.send(Event::SettingsTouched);
    }

    /// Reads the files again; none when they say what they said.
    pub(super) fn read_again(&mut self, environment: &Environment) -> Option<Reread> {
        let reread = self.files.read_again(&self.paths, environment);
        // A folder may have come, or a link lead elsewhere.
        self.go_on();
        reread
    }

    /// What problems call the files.
    pub(super) fn names(&self) -> Vec<String> {
        [self.paths.config_file.clone(), self.paths.keymap()].map(|f| f.to_string_lossy().into_owned()).into()
    }

    fn folders(&self) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = Vec::new();
        for file in [self.paths.config_file.clone(), self.paths.keymap()] {
            let real = file.canonicalize().ok();
            for file in [Some(file), real].into_iter().flatten() {
                let above = file.ancestors().skip(1).find(|f| f.is_dir()).map(Path::to_owned);
                folders.extend(above.filter(|f| !folders.contains(f)));
            }
        }
        folders
    }
}

/// Tells of a change once the file can be whole.
fn tell_settled(is_told: &Arc<AtomicBool>, waker: &Waker) {
    let (told, later) = (Arc::clone(is_told), waker.clone());
    let tell = move || {
        thread::sleep(SETTLED);
        told.store(false, Ordering::Release);
        later.send(Event::SettingsTouched);
    };
    if Builder::new().name("settings".to_owned()).spawn(tell).is_err() {
        is_told.store(false, Ordering::Release);
        waker.send(Event::SettingsTouched);
    }
}
