use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;

use crate::decisions::{Line, LineBody};
use crate::model::Problem;

/// How far a journal file was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    /// Device and inode: another one means that the file was replaced.
    file: (u64, u64),
    /// Bytes read, all of them whole lines.
    pub(super) bytes: u64,
    /// Lines read.
    lines: u32,
    /// The number of the last line read.
    last_n: u64,
    /// The greatest number that a base stands for.
    base_n: u64,
}

/// What was read past a [`Tail`].
#[derive(Debug, Default)]
pub(super) struct Caught {
    pub(super) lines: Vec<Line>,
    pub(super) problems: Vec<Problem>,
    /// The end of the file after the last line end.
    pub(super) torn: Vec<u8>,
}

impl Tail {
    /// Reads what was added to the file since, or all that is new in it when it was replaced. `name` is the
    /// file as the user would name it. O(bytes read).
    pub(super) fn catch_up(&mut self, file: &mut File, name: &str) -> io::Result<Caught> {
        let meta = file.metadata()?;
        let before = self.clone();
        let id = (meta.dev(), meta.ino());
        let replaced = id != self.file || meta.len() < self.bytes;
        if replaced {
            *self = Self { file: id, ..Self::default() };
        }
        file.seek(SeekFrom::Start(self.bytes))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut caught = Caught::default();
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            match line.strip_suffix(b"\n") {
                Some(line) => self.read_line(line, name, &mut caught),
                None => line.clone_into(&mut caught.torn),
            }
        }
        if replaced {
            caught.lines.retain(|l| l.n > before.last_n || matches!(l.body, LineBody::Base { .. }));
            self.go_on_from(&before);
        }
        Ok(caught)
    }

    /// The number of the next line to be written.
    pub(super) fn next_n(&self) -> u64 {
        self.last_n.max(self.base_n).saturating_add(1)
    }

    /// Never gives a number again that `before` had given, even when lines are gone from the file.
    pub(super) fn go_on_from(&mut self, before: &Self) {
        self.base_n = self.base_n.max(before.last_n).max(before.base_n);
    }

    /// Says that a line with its line end was written after what was read.
    pub(super) fn wrote(&mut self, line: &Line, bytes: u64) {
        self.bytes += bytes;
        self.lines = self.lines.saturating_add(1);
        self.last_n = self.last_n.max(line.n);
    }

    fn read_line(&mut self, bytes: &[u8], name: &str, caught: &mut Caught) {
        self.bytes += bytes.len() as u64 + 1;
        self.lines = self.lines.saturating_add(1);
        if bytes.trim_ascii().is_empty() {
            return;
        }
        let line = match std::str::from_utf8(bytes) {
            Ok(text) => Line::parse(text),
            Err(e) => Err(format!("not a journal line: {e}")),
        };
        match line {
            Ok(line) if matches!(line.body, LineBody::Base { .. }) => {
                self.base_n = self.base_n.max(line.greatest_n());
                caught.lines.push(line);
            }
            Ok(line) if line.n > self.last_n => {
                self.last_n = line.n;
                caught.lines.push(line);
            }
            Ok(line) => {
                let what = format!("line number {} comes after {}; ignored", line.n, self.last_n);
                caught.problems.push(Problem::at(name, self.lines, what));
            }
            Err(what) => caught.problems.push(Problem::at(name, self.lines, what)),
        }
    }
}
