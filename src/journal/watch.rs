use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

/// How often the folder is looked at where the system does not tell of changes.
const INTERVAL: Duration = Duration::from_millis(1500);

/// Tells of changes in the journal's folder for as long as it lives: those of other processes and of tools that
/// synchronise the folder, and our own.
pub struct Watch {
    _told: Box<dyn Watcher + Send>,
    /// Device and inode.
    folder: (u64, u64),
}

impl Watch {
    /// Begins to watch `folder`; `tell` is called on another thread. Nothing where there is no such folder.
    pub fn start(folder: &Path, tell: impl Fn() + Clone + Send + 'static) -> Option<Self> {
        let id = id_of(folder)?;
        let hear = move |event: notify::Result<Event>| {
            // Our own reading is no news; an error may hide some.
            if event.map_or(true, |e| is_change(e.kind)) {
                tell();
            }
        };
        let told = RecommendedWatcher::new(hear.clone(), Config::default());
        let told = told.map(|w| Box::new(w) as Box<dyn Watcher + Send>);
        let polled = || PollWatcher::new(hear, Config::default().with_poll_interval(INTERVAL));
        let watched = |mut watcher: Box<dyn Watcher + Send>| {
            watcher
                .watch(folder, RecursiveMode::NonRecursive)
                .ok()
                .map(|()| Self { _told: watcher, folder: id })
        };
        told.ok().and_then(watched).or_else(|| watched(Box::new(polled().ok()?)))
    }

    /// False when the folder that is watched is no longer `folder`: it was removed, or made anew.
    #[must_use]
    pub fn is_on(&self, folder: &Path) -> bool {
        id_of(folder) == Some(self.folder)
    }
}

fn id_of(folder: &Path) -> Option<(u64, u64)> {
    let meta = std::fs::metadata(folder).ok().filter(std::fs::Metadata::is_dir)?;
    Some((meta.dev(), meta.ino()))
}

fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}
