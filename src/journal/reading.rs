use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use super::tail::{Caught, Tail};
use super::{Journal, machine, open};
use crate::decisions::Line;
use crate::model::Problem;

/// Lines of one machine by its name.
pub(super) type MachineLines = (String, Vec<Line>);

/// The older part of a machine's file, read from disk but not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    machine: String,
    file: String,
    bytes: Vec<u8>,
}

impl Backlog {
    /// Reads the lines, with the problems met. O(bytes).
    #[must_use]
    pub fn read(self) -> (MachineLines, Vec<Problem>) {
        let mut caught = Caught::default();
        Tail::default().read_lines(&self.bytes, &self.file, &mut caught);
        ((self.machine, caught.lines), caught.problems)
    }
}

impl Journal {
    /// Reads the files of all machines, by name, with the problems met. A bad line costs that line and stays
    /// in its file. An unfinished last line of the own file is moved aside; another machine's is left alone
    /// until it is complete. A folder that is not there holds no lines. O(bytes).
    pub fn read_all(&mut self) -> (Vec<MachineLines>, Vec<Problem>) {
        let (machines, _, problems) = self.read_recent(usize::MAX);
        (machines, problems)
    }

    /// Does the same, but leaves of each file all but the newest `limit` lines in a [`Backlog`]; which half is taken
    /// first does not matter. O(lines of the answer), besides one fast pass over the bytes.
    pub fn read_recent(&mut self, limit: usize) -> (Vec<MachineLines>, Vec<Backlog>, Vec<Problem>) {
        self.others.clear();
        let (mut machines, mut backlogs) = (Vec::new(), Vec::new());
        for path in self.files() {
            let file = path.display().to_string();
            let Some(machine) = machine_of(&path) else {
                self.problems.push(Problem::of_file(file, "not named as a machine's journal; ignored"));
                continue;
            };
            let read = if machine == self.machine.name {
                self.read_own(limit)
            } else {
                open(&path).and_then(|mut open| {
                    self.others.entry(machine.clone()).or_default().catch_up(&mut open, &file, limit)
                })
            };
            if let Some(caught) = self.keep(&file, read) {
                if !caught.backlog.is_empty() {
                    backlogs.push(Backlog { machine: machine.clone(), file, bytes: caught.backlog });
                }
                machines.push((machine, caught.lines));
            }
        }
        (machines, backlogs, self.take_problems())
    }

    /// Reads what was added to the files since they were read, by machine; unfinished lines are left until they are
    /// complete. O(new bytes), plus one look at each file.
    pub fn read_new(&mut self) -> (Vec<MachineLines>, Vec<Problem>) {
        let mut machines = Vec::new();
        let own = self.own_path();
        let is_swapped = self.own.as_ref().is_some_and(|file| super::is_another(&own, file));
        // Where it cannot be written the old file stays open, and the next append tries again.
        let is_back = !is_swapped || self.lock().and_then(|_lock| self.bring_lines_back(&own)).is_ok();
        for path in self.files() {
            let file = path.display().to_string();
            let Some(machine) = machine_of(&path) else { continue };
            let is_own = machine == self.machine.name;
            let tail = if is_own { &mut self.tail } else { self.others.entry(machine.clone()).or_default() };
            let read = open(&path).and_then(|mut open| {
                let caught = tail.catch_up(&mut open, &file, usize::MAX)?;
                if is_own && is_back {
                    self.own = Some(open);
                }
                Ok(caught)
            });
            if let Some(caught) = self.keep(&file, read).filter(|c| !c.lines.is_empty()) {
                machines.push((machine, caught.lines));
            }
        }
        (machines, self.take_problems())
    }

    fn keep(&mut self, file: &str, read: io::Result<Caught>) -> Option<Caught> {
        match read {
            Ok(mut caught) => {
                self.problems.append(&mut caught.problems);
                self.greatest_t = self.greatest_t.max(caught.greatest_t);
                Some(caught)
            }
            Err(e) => {
                self.problems.push(Problem::of_file(file, e.to_string()));
                None
            }
        }
    }

    fn read_own(&mut self, limit: usize) -> io::Result<Caught> {
        let path = self.own_path();
        let name = path.display().to_string();
        let before = std::mem::take(&mut self.tail);
        let caught = self.reread_own(&path, &name, limit);
        self.tail.go_on_from(&before);
        caught
    }

    fn reread_own(&mut self, path: &Path, name: &str, limit: usize) -> io::Result<Caught> {
        let mut file = open(path)?;
        let mut caught = self.tail.catch_up(&mut file, name, limit)?;
        self.own = Some(file);
        if caught.torn.is_empty() {
            return Ok(caught);
        }
        // It may be torn, or another process may be writing it: the lock tells.
        let mut mend = || -> io::Result<Caught> {
            let lock = self.lock()?;
            if !lock.is_held() {
                return Err(io::Error::new(io::ErrorKind::Unsupported, "there are no locks"));
            }
            let mut file = OpenOptions::new().read(true).write(true).open(path)?;
            let mut tail = Tail::default();
            let caught = tail.catch_up(&mut file, name, limit)?;
            self.set_aside(&file, &tail, &caught)?;
            self.tail = tail;
            Ok(caught)
        };
        match mend() {
            Ok(mended) => caught = mended,
            Err(e) => caught
                .problems
                .push(Problem::of_file(name, format!("the unfinished last line cannot be moved: {e}"))),
        }
        Ok(caught)
    }

    /// Lists the journal files, sorted.
    pub(super) fn files(&mut self) -> Vec<PathBuf> {
        let entries = match std::fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(e) => {
                self.problems.push(Problem::of_file(self.dir.display().to_string(), e.to_string()));
                return Vec::new();
            }
        };
        let mut files: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
            .collect();
        files.sort();
        files
    }
}

pub(super) fn machine_of(path: &Path) -> Option<String> {
    path.file_stem().and_then(|s| s.to_str()).filter(|s| machine::is_name(s)).map(str::to_owned)
}
