use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;

use rayon::prelude::*;

use crate::decisions::{Line, LineBody};
use crate::model::Problem;

/// Bytes that one thread parses sooner than others would wake.
const FEW: usize = 256 * 1024;
/// Lines that are parsed at once: they stay in the cache until they are taken.
const MANY: usize = 16 * 1024;

/// How far a journal file was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    /// Device and inode: another one means that the file was replaced.
    file: (u64, u64),
    /// Bytes read, all of them whole lines.
    pub(super) bytes: u64,
    /// Lines read.
    pub(super) lines: u32,
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
    /// Lines, with their ends, that could not be taken.
    pub(super) unreadable: Vec<u8>,
    /// The greatest logical time in the file, as far as it was read.
    pub(super) greatest_t: i64,
    /// Whole lines in front of the others that are left for later.
    pub(super) backlog: Vec<u8>,
}

impl Tail {
    /// Reads what was added to the file since, or all that is new in it when it was replaced. `name` is the
    /// file as the user would name it. Of more lines than `limit` the oldest are left in the answer's backlog.
    /// O(bytes read).
    pub(super) fn catch_up(&mut self, file: &mut File, name: &str, limit: usize) -> io::Result<Caught> {
        let meta = file.metadata()?;
        let before = self.clone();
        let id = (meta.dev(), meta.ino());
        let is_cut = id == self.file && meta.len() < self.bytes;
        let replaced = id != self.file || is_cut;
        if replaced {
            *self = Self { file: id, ..Self::default() };
        }
        file.seek(SeekFrom::Start(self.bytes))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut caught = Caught::default();
        if let Some(cut) = memchr::memrchr_iter(b'\n', &bytes).nth(limit) {
            let rest = bytes.split_off(cut + 1);
            caught.backlog = std::mem::replace(&mut bytes, rest);
            self.pass_over(&mut caught);
        }
        self.read_lines(&bytes, name, &mut caught);
        if is_cut {
            let what = "another program made it shorter: decisions that stood at its end are lost when all readers have ended";
            caught.problems.push(Problem::of_file(name, what));
        }
        if replaced {
            caught.lines.retain(|l| l.n > before.last_n || matches!(l.body, LineBody::Base { .. }));
            self.go_on_from(&before);
        }
        Ok(caught)
    }

    /// The number of a whole line with its end; none of one that cannot be read.
    pub(super) fn number_of(line: &[u8]) -> Option<u64> {
        let mut caught = Caught::default();
        Self::default().read_lines(line, "", &mut caught);
        caught.lines.first().map(|l| l.n)
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

    /// Reads whole lines, as they follow on what was read.
    pub(super) fn read_lines(&mut self, bytes: &[u8], name: &str, caught: &mut Caught) {
        let whole = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        let (whole, torn) = bytes.split_at(whole);
        torn.clone_into(&mut caught.torn);
        let lines: Vec<_> = whole.split_inclusive(|b| *b == b'\n').collect();
        caught.lines.reserve(lines.len());
        let mut parsed = Vec::new();
        for lines in lines.chunks(MANY) {
            if bytes.len() > FEW {
                lines.par_iter().map(|line| parse(line)).collect_into_vec(&mut parsed);
            } else {
                parsed.extend(lines.iter().map(|line| parse(line)));
            }
            for (line, parsed) in lines.iter().zip(parsed.drain(..)) {
                self.take_line(line, parsed, name, caught);
            }
        }
    }

    /// Counts the backlog's lines without reading them. The greatest number and time are those of the base, which stands
    /// first, or of the last line that can be read, as all lines after the backlog may be none.
    fn pass_over(&mut self, caught: &mut Caught) {
        self.bytes += caught.backlog.len() as u64;
        let lines = memchr::memchr_iter(b'\n', &caught.backlog).count();
        self.lines = self.lines.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        let stamp = |line: &[u8]| std::str::from_utf8(line).ok().and_then(Line::stamp_of);
        let mut all = caught.backlog.split(|b| *b == b'\n');
        let first = all.next().and_then(stamp);
        for (n, t) in first.into_iter().chain(all.rev().find_map(stamp)) {
            self.base_n = self.base_n.max(n);
            caught.greatest_t = caught.greatest_t.max(t);
        }
    }

    /// Takes a line, with its end, that was parsed.
    fn take_line(
        &mut self,
        bytes: &[u8],
        parsed: Result<Option<Line>, String>,
        name: &str,
        caught: &mut Caught,
    ) {
        self.bytes += bytes.len() as u64;
        self.lines = self.lines.saturating_add(1);
        let what = match parsed {
            Ok(None) => return,
            Ok(Some(line)) if matches!(line.body, LineBody::Base { .. }) => {
                self.base_n = self.base_n.max(line.greatest_n());
                return caught.take(line);
            }
            Ok(Some(line)) if line.n > self.last_n => {
                self.last_n = line.n;
                return caught.take(line);
            }
            Ok(Some(line)) => format!("line number {} comes after {}; ignored", line.n, self.last_n),
            Err(what) => what,
        };
        caught.problems.push(Problem::at(name, self.lines, what));
        caught.unreadable.extend_from_slice(bytes);
    }
}

impl Caught {
    /// Adds what was read after this.
    pub(super) fn add(&mut self, mut more: Self) {
        self.lines.append(&mut more.lines);
        self.problems.append(&mut more.problems);
        self.unreadable.append(&mut more.unreadable);
        self.greatest_t = self.greatest_t.max(more.greatest_t);
        self.torn = more.torn;
    }

    fn take(&mut self, line: Line) {
        self.greatest_t = self.greatest_t.max(line.t);
        self.lines.push(line);
    }
}

/// Parses a line with its end; an empty one says nothing.
fn parse(bytes: &[u8]) -> Result<Option<Line>, String> {
    let bytes = bytes.trim_ascii();
    if bytes.is_empty() {
        return Ok(None);
    }
    let text = std::str::from_utf8(bytes).map_err(|e| format!("not a journal line: {e}"))?;
    Line::parse(text).map(Some)
}
