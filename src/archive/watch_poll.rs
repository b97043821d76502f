use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::stamp::stamp;
use crate::model::Stamp;

/// How long after a change the next look is, and the longest wait while nothing changes.
const SOONEST: Duration = Duration::from_secs(5);
const LATEST: Duration = Duration::from_mins(1);

/// Files and folders that are looked at from time to time, where nobody tells of changes.
#[derive(Debug)]
pub(super) struct Poll {
    known: BTreeMap<PathBuf, Option<Stamp>>,
    every: Duration,
    next: Option<Instant>,
}

impl Poll {
    /// Looks at nothing.
    pub(super) fn off() -> Self {
        Self { known: BTreeMap::new(), every: SOONEST, next: None }
    }

    /// When to look next.
    pub(super) fn next(&self) -> Option<Instant> {
        self.next
    }

    /// Looks at `places` from now on, some of them with the version they had when they were read. Of what is looked at
    /// already the version stays the one that was seen. One question to the file system per new place.
    pub(super) fn watch(&mut self, places: impl Iterator<Item = (PathBuf, Option<Stamp>)>, now: Instant) {
        let mut before = std::mem::take(&mut self.known);
        for (path, read) in places {
            let seen = before.remove(&path).unwrap_or_else(|| read.or_else(|| stamp(&path)));
            self.known.insert(path, seen);
        }
        self.next = self.next.or(Some(now + self.every));
    }

    /// Looks when it is time to; true when something changed. While nothing does, the looks become rarer.
    pub(super) fn look(&mut self, now: Instant) -> bool {
        if self.next.is_none_or(|at| now < at) {
            return false;
        }
        let mut has_changed = false;
        for (path, seen) in &mut self.known {
            let is = stamp(path);
            has_changed |= std::mem::replace(seen, is) != is;
        }
        self.every = if has_changed { SOONEST } else { (self.every * 2).min(LATEST) };
        self.next = Some(now + self.every);
        has_changed
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn looks_become_rarer_until_something_changes() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.json");
        fs::write(&file, "a").unwrap();
        let mut now = Instant::now();
        let mut poll = Poll::off();
        assert!(!poll.look(now), "off");
        let places = [(dir.path().to_owned(), None), (file.clone(), None), (dir.path().join("gone"), None)];
        poll.watch(places.clone().into_iter(), now);
        for wait in [5, 10, 20, 40, 60, 60] {
            assert!(!poll.look(now + Duration::from_secs(wait - 1)));
            assert_eq!(poll.next(), Some(now + Duration::from_secs(wait)));
            now += Duration::from_secs(wait);
            assert!(!poll.look(now));
        }
        let changes: [&dyn Fn(); 4] = [
            &|| fs::write(&file, "longer").unwrap(),
            &|| fs::remove_file(&file).unwrap(),
            &|| fs::create_dir(dir.path().join("gone")).unwrap(),
            &|| fs::write(&file, "again").unwrap(),
        ];
        for change in changes {
            change();
            // What is looked at already keeps the version that was seen.
            poll.watch(places.clone().into_iter(), now);
            now = poll.next().unwrap();
            assert!(poll.look(now));
            assert_eq!(poll.next(), Some(now + SOONEST));
        }
    }

    #[test]
    fn a_file_that_changed_since_it_was_read_is_news() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.json");
        fs::write(&file, "a").unwrap();
        let mut poll = Poll::off();
        poll.watch([(file, Some(Stamp { modified_ns: 7, len: 1 }))].into_iter(), Instant::now());
        assert!(poll.look(poll.next().unwrap()));
    }
}
