use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::tail::Tail;
use super::{Journal, about, open, resolved};
use crate::decisions::{Line, compact};
use crate::model::Problem;

/// What a compaction did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compacted {
    /// The lines of the file as it is now: to be absorbed by whoever holds older ones.
    pub lines: Vec<Line>,
    /// Lines before and after.
    pub count: (usize, usize),
    /// Bytes before and after.
    pub bytes: (u64, u64),
}

impl Journal {
    /// Says whether the own file has more than `lines` lines. As of the last reading or writing.
    #[must_use]
    pub fn is_longer_than(&self, lines: u32) -> bool {
        self.tail.lines > lines
    }

    /// Compacts the own file under its lock: written anew beside it, synced, and put in its place, so that at any
    /// moment one of the two is whole. What is no line of a journal is moved to a file of its own. Without a file
    /// nothing is done. O(lines log lines).
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be written or the lock is held; the file is then as before.
    pub fn compact(&mut self) -> io::Result<Compacted> {
        let path = self.own_path();
        if !path.exists() {
            return Ok(Compacted::default());
        }
        let lock = self.lock()?;
        if !lock.is_held() {
            let why = io::Error::new(io::ErrorKind::Unsupported, "without locks it is not shortened");
            return Err(about(&path, &why));
        }
        self.compact_locked().map_err(|e| about(&path, &e))
    }

    fn compact_locked(&mut self) -> io::Result<Compacted> {
        self.bring_lines_back(&self.own_path())?;
        let path = resolved(&self.own_path());
        self.tidy(&path);
        let name = path.display().to_string();
        let mut file = open(&path)?;
        let before = file.metadata()?.len();
        let old = Tail::default().catch_up(&mut file, &name, usize::MAX)?;
        let lines = compact(&old.lines);
        let mut count = (old.lines.len(), lines.len());
        if count.1 >= count.0 {
            count.1 = count.0;
            return Ok(Compacted { lines: old.lines, count, bytes: (before, before) });
        }
        let lost = [old.unreadable, old.torn].concat();
        if !lost.is_empty() {
            let kept = self.keep_torn(&lost)?;
            let what = format!("what was no line of a journal was moved to {}", kept.display());
            self.problems.push(Problem::of_file(name.clone(), what));
        }
        let mut new = BufWriter::new(self.new_file_beside(&path)?);
        for line in &lines {
            new.write_all(line.to_text().as_bytes())?;
            new.write_all(b"\n")?;
        }
        let new = new.into_inner().map_err(io::IntoInnerError::into_error)?;
        new.as_file().set_permissions(file.metadata()?.permissions())?;
        new.as_file().sync_all()?;
        new.persist(&path)?;
        // Not every file system can sync a folder.
        let _ = path.parent().map(|dir| File::open(dir).and_then(|dir| dir.sync_all()));
        let mut file = open(&path)?;
        let after = file.metadata()?.len();
        let mut tail = Tail::default();
        tail.catch_up(&mut file, &name, usize::MAX)?;
        tail.go_on_from(&self.tail);
        (self.tail, self.own) = (tail, Some(file));
        Ok(Compacted { lines, count, bytes: (before, after) })
    }

    /// Removes what compactions that were killed have left. The lock must be held.
    fn tidy(&self, path: &Path) {
        let entries = path.parent().and_then(|dir| std::fs::read_dir(dir).ok()).into_iter().flatten();
        let left = entries.filter_map(Result::ok).filter(|entry| {
            entry.file_name().to_str().is_some_and(|name| name.starts_with(&self.unfinished()))
        });
        for entry in left {
            // What stays costs room, and the next compaction comes by again.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
