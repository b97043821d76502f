//! The journal on disk: one file per machine, only ever appended to.
//!
//! Owns the journal's folder, its lock, and the name of this machine. Hands lines to `decisions` and takes
//! them from it. Never writes another machine's file, and nothing at all before something must be saved.

mod compaction;
mod lock;
mod machine;
mod reading;
mod status;
mod tail;
mod watch;

pub use compaction::Compacted;
pub use reading::Backlog;
pub use status::MachineStatus;
pub use watch::Watch;

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write};
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use crate::decisions::{Appended, LAST_N, Line, renumber};
use crate::model::Problem;
use lock::{Lock, TryLock};
use machine::Machine;
use tail::{Caught, Tail};

/// The journal of all machines, and the own file's writer.
#[derive(Debug)]
pub struct Journal {
    dir: PathBuf,
    machine: Machine,
    /// How far the own file was read.
    tail: Tail,
    /// How far the other machines' files were read, by machine.
    others: HashMap<String, Tail>,
    /// The greatest logical time read or written.
    greatest_t: i64,
    /// The own file as it was last read or written: what it holds outlives its name.
    own: Option<File>,
    try_lock: TryLock,
    /// Whether it was said that there are no locks.
    is_lockless: bool,
    problems: Vec<Problem>,
}

impl Journal {
    /// Opens the journal in the folder `dir`, with this machine's name from the file `machine` in `state_dir`,
    /// or a new name. Writes nothing: both folders and the name are made by the first append.
    ///
    /// # Errors
    ///
    /// Fails when there is a name that cannot be read.
    pub fn open(dir: &Path, state_dir: &Path) -> io::Result<Self> {
        Ok(Self {
            dir: dir.to_owned(),
            machine: Machine::open(state_dir)?,
            tail: Tail::default(),
            others: HashMap::new(),
            greatest_t: 0,
            own: None,
            try_lock: |_, file| file.try_lock(),
            is_lockless: false,
            problems: Vec::new(),
        })
    }

    /// The folder of the files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.dir
    }

    /// The name of this machine: ASCII letters, digits, `_` and `-`.
    #[must_use]
    pub fn machine(&self) -> &str {
        &self.machine.name
    }

    /// Appends lines to the own file under its lock, behind what other processes wrote, and waits until they
    /// are on the disk. Answers with those lines and with `pending` as it was numbered and stamped.
    ///
    /// `pending` must be numbered as [`renumber`] asks. Without lines nothing is done.
    ///
    /// # Errors
    ///
    /// Fails when the folder, the lock or the file cannot be made or written; the file is then as before,
    /// and the same lines can be appended again.
    pub fn append(&mut self, pending: &[Line]) -> io::Result<Appended> {
        if pending.is_empty() {
            return Ok(Appended::default());
        }
        std::fs::create_dir_all(&self.dir).map_err(|e| about(&self.dir, &e))?;
        let path = self.own_path();
        if !path.exists()
            && let Err(e) = self.machine.keep()
        {
            // That decisions are saved matters more than that the next run goes on in the same file.
            let what = format!("not kept, so the next run begins another file: {e}");
            self.problems.push(Problem::of_file(self.machine.path().display().to_string(), what));
        }
        let lock = self.lock()?;
        let mut append = || {
            self.bring_back(&path)?;
            let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
            let appended = self.append_locked(&mut file, pending, &lock)?;
            self.own = Some(file);
            Ok(appended)
        };
        append().map_err(|e| about(&path, &e))
    }

    /// Writes the own file again when somebody has removed it, alone or with its folder, while it was in use. The lock
    /// should be held.
    fn bring_back(&mut self, path: &Path) -> io::Result<()> {
        if path.exists() {
            return self.bring_lines_back(path);
        }
        let Some(mut own) = self.own.as_ref() else { return Ok(()) };
        let path = resolved(path);
        own.rewind()?;
        let mut new = self.new_file_beside(&path)?;
        if io::copy(&mut own, &mut new)? > 0 {
            new.as_file().set_permissions(own.metadata()?.permissions())?;
            new.as_file().sync_all()?;
            new.persist_noclobber(&path)?;
            let what = "the file was gone; what it held was written again";
            self.problems.push(Problem::of_file(path.display().to_string(), what));
        }
        Ok(())
    }

    /// Writes lines again that are newer than all in the own file, where another file was put in its place while it was in
    /// use: tools that synchronise or restore the folder bring older ones. The lock should be held.
    pub(super) fn bring_lines_back(&mut self, path: &Path) -> io::Result<()> {
        let Some(own) = self.own.as_mut().filter(|own| is_another(path, own)) else { return Ok(()) };
        let mut file = OpenOptions::new().read(true).append(true).open(path)?;
        let mut there = Tail::default();
        let torn = there.catch_up(&mut file, "", usize::MAX)?.torn;
        let mut bytes = Vec::new();
        own.rewind()?;
        own.read_to_end(&mut bytes)?;
        let is_lost = |line: &&[u8]| Tail::number_of(line).is_some_and(|n| n >= there.next_n());
        let lost: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').filter(is_lost).collect();
        if !lost.is_empty() {
            let before: &[u8] = if torn.is_empty() { b"" } else { b"\n" };
            file.write_all(&[before, &lost.concat()].concat())?;
            file.sync_data()?;
            let what =
                format!("an older file was put in its place; its lines were written again: {}", lost.len());
            self.problems.push(Problem::of_file(path.display().to_string(), what));
        }
        Ok(())
    }

    /// Takes the problems that appends met and survived.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    fn append_locked(&mut self, file: &mut File, pending: &[Line], lock: &Lock) -> io::Result<Appended> {
        // Kept apart until all is written: a failed append must find the same lines again.
        let mut tail = self.tail.clone();
        let caught = self.catch_up(file, &mut tail, lock)?;
        let greatest_t = self.greatest_t.max(caught.greatest_t);
        let mut own = pending.to_vec();
        renumber(&mut own, tail.next_n(), greatest_t);
        if own.last().is_some_and(|line| line.n > LAST_N) {
            // It would be written, and read by nobody.
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no line number is left"));
        }
        let mut text = String::new();
        let end = tail.bytes;
        for line in &own {
            let start = text.len();
            text.push_str(&line.to_text());
            text.push('\n');
            tail.wrote(line, (text.len() - start) as u64);
        }
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
        if let Err(e) = written {
            if lock.is_held() {
                // Should even this fail, the next append sets the rest aside or takes it for another process's.
                let _ = file.set_len(end);
            }
            return Err(e);
        }
        self.confirm(file, end, text.as_bytes())?;
        if end == 0 {
            // A new file lives as long as its folder's entry. Not every file system can sync a folder.
            let _ = File::open(&self.dir).and_then(|dir| dir.sync_all());
        }
        self.tail = tail;
        self.greatest_t = own.last().map_or(greatest_t, |l| l.t);
        self.problems.extend(caught.problems);
        Ok(Appended { foreign: caught.lines, own })
    }

    /// Reads what others have written to the own file, and sees to it that it ends with a whole line.
    fn catch_up(&mut self, file: &mut File, tail: &mut Tail, lock: &Lock) -> io::Result<Caught> {
        let name = self.own_path().display().to_string();
        let mut caught = tail.catch_up(file, &name, usize::MAX)?;
        if lock.is_held() {
            self.set_aside(file, tail, &caught)?;
        } else if !caught.torn.is_empty() {
            // Another process may be writing it: it becomes a line that cannot be read, and that one tries again.
            file.write_all(b"\n")?;
            caught.add(tail.catch_up(file, &name, usize::MAX)?);
        }
        Ok(caught)
    }

    /// Makes sure that the own file holds `text` at `end`. Without a lock another process may have written first, and tools
    /// that synchronise the folder replace files without asking for it.
    fn confirm(&self, file: &File, end: u64, text: &[u8]) -> io::Result<()> {
        let (written, named) = (file.metadata()?, std::fs::metadata(self.own_path())?);
        let is_same = (written.dev(), written.ino()) == (named.dev(), named.ino());
        let mut there = vec![0; text.len()];
        if is_same
            && (written.len() == end + text.len() as u64
                || file.read_exact_at(&mut there, end).is_ok() && there == text)
        {
            return Ok(());
        }
        Err(io::Error::other("another program has written at the same time"))
    }

    /// Moves an unfinished last line out of the own file. The lock must be held.
    fn set_aside(&mut self, file: &File, tail: &Tail, caught: &Caught) -> io::Result<()> {
        if caught.torn.is_empty() {
            return Ok(());
        }
        let path = self.keep_torn(&caught.torn)?;
        file.set_len(tail.bytes)?;
        let what = format!("the unfinished last line was moved to {}", path.display());
        self.problems.push(Problem::of_file(self.own_path().display().to_string(), what));
        Ok(())
    }

    /// Writes bytes that are no line of a journal to a file of their own, and says which.
    fn keep_torn(&self, bytes: &[u8]) -> io::Result<PathBuf> {
        let (path, mut torn) = self.new_torn_file()?;
        if let Err(e) = torn.write_all(bytes).and_then(|()| torn.sync_all()) {
            // They still stand in the journal; an empty copy would be made anew with every try.
            let _ = std::fs::remove_file(&path);
            return Err(e);
        }
        Ok(path)
    }

    fn new_torn_file(&self) -> io::Result<(PathBuf, File)> {
        let mut number = 1_u32;
        loop {
            let path = self.dir.join(format!("{}.torn.{number}", self.machine.name));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((path, file)),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(e) => return Err(about(&path, &e)),
            }
        }
    }

    /// A file for what is to stand at `path`; one that a kill leaves behind goes with the next compaction.
    fn new_file_beside(&self, path: &Path) -> io::Result<tempfile::NamedTempFile> {
        let folder = path.parent().unwrap_or(&self.dir);
        tempfile::Builder::new().prefix(&self.unfinished()).tempfile_in(folder)
    }

    /// How the names of files begin that are to become the own file.
    fn unfinished(&self) -> String {
        format!("{}.new.", self.machine.name)
    }

    fn own_path(&self) -> PathBuf {
        self.dir.join(format!("{}.jsonl", self.machine.name))
    }
}

/// Opens a file for reading; anything else, such as a folder or a pipe, is an error.
fn open(path: &Path) -> io::Result<File> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
    }
    File::open(path)
}

/// Follows links to the file itself, which must not be put in the place of a link.
fn resolved(path: &Path) -> PathBuf {
    let linked = || Some(path.parent()?.join(std::fs::read_link(path).ok()?));
    std::fs::canonicalize(path).ok().or_else(linked).unwrap_or_else(|| path.to_owned())
}

/// Says whether a file at `path` is another one than `own`.
fn is_another(path: &Path, own: &File) -> bool {
    let id = |m: std::fs::Metadata| (m.dev(), m.ino(), m.is_file());
    let (Ok(was), Ok(is)) = (own.metadata().map(id), std::fs::metadata(path).map(id)) else { return false };
    was != is && is.2
}

/// Names the file in an error.
fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), Problem::of_io(path.display().to_string(), error))
}

#[cfg(test)]
mod compaction_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod tests;
