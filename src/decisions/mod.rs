//! What the user decided: journal lines in, verdicts out, with undo and redo.
//!
//! Owns the journal's line format and the laws of merging. Hands lines to `journal`, which puts them on
//! disk. Never reads a file or a clock.

mod compact;
mod counts;
mod history;
mod line;
mod line_text;
mod live_cells;
mod tags;

use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::Arc;

pub use compact::{compact, compact_to};
pub use counts::Counts;
pub use line::{Appended, Cell, Field, FieldValue, LAST_N, Line, LineBody, Settled, renumber};
pub use tags::tag_name;

use crate::model::{Identity, IdentityRef, Verdict};
use history::History;
use live_cells::LiveCells;

/// What an undo or redo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was done by the line that was undone or redone, in stable English: `dismiss 23`.
    pub say: String,
    /// The papers of that line, each once.
    pub papers: Vec<Identity>,
    /// False when nothing visible changed: the decision was overwritten elsewhere.
    pub changed: bool,
}

/// The decisions of all machines, folded, and the lines of this process that are not on disk yet.
///
/// What it shows depends only on which lines it took, not on their order or on taking one twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    machine: Arc<str>,
    histories: HashMap<Arc<str>, History>,
    live: LiveCells,
    /// Lines not on disk, oldest first, numbered on from `last_n` without gaps; they are in `histories` too.
    unsaved: Vec<Line>,
    /// How many at the end of `unsaved` were made by reading and wait for the next write.
    held: usize,
    /// The greatest number in this machine's file.
    last_n: u64,
    /// The greatest logical time in any file.
    greatest_t: i64,
}

impl Decisions {
    /// Starts with nothing decided, on the machine with this name.
    #[must_use]
    pub fn new(machine: &str) -> Self {
        Self { machine: machine.into(), ..Self::default() }
    }

    /// The name of this machine.
    #[must_use]
    pub fn machine(&self) -> &str {
        &self.machine
    }

    /// Takes lines of one machine's file, this one's or another's, that were read from disk. Lines that are
    /// known already change nothing. O(cells of the lines).
    pub fn absorb(&mut self, machine: &str, lines: Vec<Line>) {
        let unsaved = self.withdraw();
        self.take(machine, lines);
        self.bring_back(unsaved, self.last_n.saturating_add(1), 0);
    }

    /// Adds a do-line that is not on disk yet: `say` in stable English, `wall_ms` in milliseconds since 1970.
    /// Cells of papers with neither arXiv id nor title key are dropped, as nothing could find them again;
    /// without cells nothing is added. O(cells).
    pub fn decide(&mut self, wall_ms: i64, mut cells: Vec<Cell>, say: &str) {
        cells.retain(|c| can_be_found(&c.paper));
        if !cells.is_empty() {
            self.write(wall_ms, LineBody::Do { cells, say: say.to_owned(), auto: false });
        }
    }

    /// Marks a paper as read because it was shown. The line waits for the next decision, undo or redo, or
    /// for [`Self::flush_auto`]; undo passes it over. A paper that is read already adds nothing.
    pub fn mark_read_auto(&mut self, wall_ms: i64, paper: &Identity) {
        if !can_be_found(paper) || self.is_read(paper) {
            return;
        }
        let held = self.held;
        let cells = vec![Cell { paper: paper.clone(), field: Field::Read, value: FieldValue::Bool(true) }];
        self.write(wall_ms, LineBody::Do { cells, say: "read 1".to_owned(), auto: true });
        self.held = held + 1;
    }

    /// Lets the lines that reading made be written: to be called before leaving.
    pub fn flush_auto(&mut self) {
        self.held = 0;
    }

    /// Undoes the newest live do-line of this machine, whichever process wrote it; nothing when there is
    /// none. O(lines of this machine).
    pub fn undo(&mut self, wall_ms: i64) -> Option<Change> {
        let n = self.histories.get(&self.machine)?.undoable()?;
        self.write_about(wall_ms, n, LineBody::Undo(n))
    }

    /// Redoes the do-line of this machine that was undone last; nothing when there is none, or when
    /// something was decided since. O(lines of this machine).
    pub fn redo(&mut self, wall_ms: i64) -> Option<Change> {
        let n = self.histories.get(&self.machine)?.redoable()?;
        self.write_about(wall_ms, n, LineBody::Redo(n))
    }

    /// True when this machine's older decisions were compacted: undo ends there.
    #[must_use]
    pub fn is_compacted(&self) -> bool {
        self.histories.get(&self.machine).is_some_and(History::has_base)
    }

    /// Lines to be written, oldest first. Numbers and logical times are provisional.
    #[must_use]
    pub fn pending(&self) -> &[Line] {
        self.unsaved.get(..self.unsaved.len().saturating_sub(self.held)).unwrap_or_default()
    }

    /// Takes in what an append found and wrote: `own` are the first lines of [`Self::pending`], as they
    /// stand on disk. Expected O(lines written); O(cells not on disk) when another process had written too.
    pub fn appended(&mut self, foreign: Vec<Line>, own: Vec<Line>) {
        if foreign.is_empty() && self.unsaved.starts_with(&own) {
            self.unsaved.drain(..own.len());
            self.remember(&own, true);
        } else {
            let unsaved = self.withdraw();
            let machine = Arc::clone(&self.machine);
            self.take(&machine, foreign);
            let next = own.first().map_or(self.last_n.saturating_add(1), |l| l.n);
            let written = own.len();
            self.take(&machine, own);
            self.bring_back(unsaved, next, written);
        }
        self.held = self.held.min(self.unsaved.len());
    }

    /// Lists the papers that anything was decided about, each once, in no order; papers that have left the archive too.
    /// O(decisions).
    #[must_use]
    pub fn papers(&self) -> Vec<Identity> {
        self.live.papers()
    }

    /// False when nothing was ever decided about a paper: it has no verdict, was not read, and has no tags and no note.
    /// Expected O(1).
    #[must_use]
    pub fn knows<'a>(&self, paper: impl Into<IdentityRef<'a>>) -> bool {
        self.live.knows(paper.into())
    }

    /// The verdict on a paper. Expected O(1).
    #[must_use]
    pub fn verdict(&self, paper: &Identity) -> Verdict {
        match self.live.value(paper, &Field::Verdict) {
            Some(FieldValue::Verdict(verdict)) => *verdict,
            _ => Verdict::Undecided,
        }
    }

    /// Says whether a paper was read. Expected O(1).
    #[must_use]
    pub fn is_read(&self, paper: &Identity) -> bool {
        matches!(self.live.value(paper, &Field::Read), Some(FieldValue::Bool(true)))
    }

    /// When verdicts on these papers were given: one time in milliseconds since 1970 for each live line, by the wall
    /// clocks of the machines, sorted. What was compacted away is left out. O(cells of all lines).
    #[must_use]
    pub fn verdict_times(&self, papers: &[Identity]) -> Vec<i64> {
        let ids: HashSet<&str> = papers.iter().filter_map(|p| p.arxiv.as_deref()).collect();
        let keys: HashSet<&str> = papers.iter().map(|p| p.key.as_str()).collect();
        let is_it = |p: &Identity| match p.arxiv.as_deref() {
            Some(id) => ids.contains(id),
            None => keys.contains(p.key.as_str()),
        };
        let mut times: Vec<i64> = self.histories.values().flat_map(|h| h.verdict_times(&is_it)).collect();
        times.sort_unstable();
        times
    }

    /// What live lines did, each with its time in milliseconds since 1970 by the wall clock of its machine, in no order.
    /// What was compacted comes cell by cell, with the logical time, which follows the wall clock. O(lines).
    pub fn deeds(&self) -> impl Iterator<Item = (i64, &[Cell])> {
        self.histories.values().flat_map(History::deeds)
    }

    /// The value of a cell; nothing when it is unset, by null or by no line at all.
    fn value(&self, cell: &Cell) -> Option<FieldValue> {
        self.live.value(&cell.paper, &cell.field).filter(|v| !v.is_unset()).cloned()
    }

    fn write(&mut self, wall_ms: i64, body: LineBody) {
        let (n, t) = self.unsaved.last().map_or((self.last_n, self.greatest_t), |l| (l.n, l.t));
        let line = Line { n: n.saturating_add(1), t: line::time(wall_ms, t), wall_ms, body };
        let machine = Arc::clone(&self.machine);
        self.insert(&machine, line.clone());
        self.unsaved.push(line);
        self.held = 0;
    }

    /// Writes an undo or redo of the do-line `n`.
    fn write_about(&mut self, wall_ms: i64, n: u64, body: LineBody) -> Option<Change> {
        let done = self.histories.get(&self.machine)?.done(n)?;
        let (cells, say) = (done.cells.clone(), done.say.clone());
        // All of a paper that shows: with the line goes what it said of which title and id belong together.
        let shown = |d: &Self, c: &Cell| (d.verdict(&c.paper), d.is_read(&c.paper), d.value(c));
        let before: Vec<_> = cells.iter().map(|c| shown(self, c)).collect();
        self.write(wall_ms, body);
        let changed = cells.iter().zip(before).any(|(c, before)| shown(self, c) != before);
        let mut seen = HashSet::new();
        let papers = cells.iter().map(|c| &c.paper).filter(|p| seen.insert(*p)).cloned().collect();
        Some(Change { say, papers, changed })
    }

    /// Takes lines that are on disk.
    fn take(&mut self, machine: &str, lines: Vec<Line>) {
        self.remember(&lines, *machine == *self.machine);
        let machine = match self.histories.get_key_value(machine) {
            Some((name, _)) => Arc::clone(name),
            None => machine.into(),
        };
        for line in lines {
            self.insert(&machine, line);
        }
    }

    /// Remembers the greatest number and logical time on disk.
    fn remember(&mut self, lines: &[Line], own: bool) {
        for line in lines {
            self.greatest_t = self.greatest_t.max(line.t);
            if own {
                self.last_n = self.last_n.max(line.greatest_n());
            }
        }
    }

    fn insert(&mut self, machine: &Arc<str>, line: Line) {
        self.histories.entry(Arc::clone(machine)).or_default().insert(machine, line, &mut self.live);
    }

    /// Takes the lines that are not on disk out of the fold, to let lines from disk go before them.
    fn withdraw(&mut self) -> Vec<Line> {
        let unsaved = mem::take(&mut self.unsaved);
        if let Some(history) = self.histories.get_mut(&self.machine) {
            for line in unsaved.iter().rev() {
                history.remove(&self.machine, line, &mut self.live);
            }
        }
        unsaved
    }

    /// Numbers withdrawn lines from `next` upwards, drops the first `written` of them, which are on disk, and
    /// puts the others back after all that is on disk.
    fn bring_back(&mut self, mut unsaved: Vec<Line>, next: u64, written: usize) {
        line::shift(&mut unsaved, next);
        unsaved.drain(..written.min(unsaved.len()));
        line::stamp(&mut unsaved, self.greatest_t);
        let machine = Arc::clone(&self.machine);
        for line in &unsaved {
            self.insert(&machine, line.clone());
        }
        self.unsaved = unsaved;
    }
}

/// True when a decision on the paper can be found again.
#[must_use]
pub fn can_be_found(paper: &Identity) -> bool {
    paper.arxiv.is_some() || !paper.key.is_empty()
}

#[cfg(test)]
mod tests;
