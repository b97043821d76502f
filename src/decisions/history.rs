//! What one machine's file says: its do-lines, and which of them are live.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::live_cells::{LiveCells, Stamp};
use super::{Cell, Field, Line, LineBody, Settled};
use crate::model::Identity;

/// A do-line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Done {
    t: i64,
    wall_ms: i64,
    pub(super) cells: Vec<Cell>,
    pub(super) say: String,
    auto: bool,
}

/// An undo or redo line, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    t: i64,
    n: u64,
    undo: bool,
}

/// The lines of one machine. What it holds depends only on which lines were inserted, not on their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct History {
    dones: BTreeMap<u64, Done>,
    /// By the number they name, oldest first; the last one decides whether that line is live.
    marks: BTreeMap<u64, Vec<Mark>>,
    base: Base,
}

/// What compacted lines had set.
#[derive(Clone, Debug, Default, PartialEq)]
struct Base {
    /// Every do-line up to this number that was live is in the base, and none is a line of its own.
    floor: u64,
    t: i64,
    settled: Vec<Settled>,
}

impl History {
    /// Takes a line in. A number that is known already is left alone. Expected O(cells of the line), or of
    /// the line that is named.
    pub(super) fn insert(&mut self, machine: &Arc<str>, line: Line, index: &mut LiveCells) {
        let Line { n, t, wall_ms, body } = line;
        match body {
            LineBody::Do { cells, say, auto } => {
                if n <= self.base.floor {
                    return;
                }
                let is_live = self.is_live(n);
                let Entry::Vacant(place) = self.dones.entry(n) else { return };
                let done = place.insert(Done { t, wall_ms, cells, say, auto });
                if is_live {
                    done.show(machine, n, index);
                }
            }
            LineBody::Undo(named) => self.mark(machine, named, Mark { t, n, undo: true }, index),
            LineBody::Redo(named) => self.mark(machine, named, Mark { t, n, undo: false }, index),
            LineBody::Base { upto, settled } => self.settle(machine, Base { floor: upto, t, settled }, index),
            LineBody::Unknown(_) => {}
        }
    }

    /// Takes a line out again, as if it had not been inserted; for lines that are not on disk yet.
    pub(super) fn remove(&mut self, machine: &Arc<str>, line: &Line, index: &mut LiveCells) {
        match line.body {
            LineBody::Do { .. } => {
                self.hide(machine, line.n, index);
                self.dones.remove(&line.n);
            }
            LineBody::Undo(named) | LineBody::Redo(named) => {
                let was_live = self.is_live(named);
                if let Some(marks) = self.marks.get_mut(&named) {
                    marks.retain(|m| m.n != line.n);
                    if marks.is_empty() {
                        self.marks.remove(&named);
                    }
                }
                self.follow(machine, named, was_live, index);
            }
            LineBody::Base { .. } | LineBody::Unknown(_) => {}
        }
    }

    /// True when older decisions were compacted, where undo ends.
    pub(super) fn has_base(&self) -> bool {
        self.base.floor > 0
    }

    /// The number of the oldest do-line that compaction leaves as it is: the newest `keep` that can be undone stay,
    /// and all that can be redone. Nothing when there is none of either. O(lines).
    pub(super) fn cut(&self, keep: usize) -> Option<u64> {
        let newest = self.by_key().map(|(n, d)| (d.t, n)).max()?;
        let redoable = self
            .by_key()
            .filter(|(n, _)| {
                self.marks.get(n).and_then(|m| m.last()).is_some_and(|m| m.undo && (m.t, m.n) > newest)
            })
            .map(|(n, _)| n)
            .min();
        let live = self.by_key().map(|(n, _)| n).rev().filter(|n| self.is_live(*n));
        live.take(keep).last().into_iter().chain(redoable).min()
    }

    /// The last line that undoes or redoes the do-line `n`, by its number.
    pub(super) fn last_mark(&self, n: u64) -> Option<u64> {
        Some(self.marks.get(&n)?.last()?.n)
    }

    /// The do-line with this number.
    pub(super) fn done(&self, n: u64) -> Option<&Done> {
        self.dones.get(&n)
    }

    /// The number of the greatest live do-line that reading did not make. O(lines).
    pub(super) fn undoable(&self) -> Option<u64> {
        self.by_key().filter(|(n, _)| self.is_live(*n)).map(|(n, d)| (d.t, n)).max().map(|(_, n)| n)
    }

    /// The number of the dead do-line that was undone last, if none was done by key since. O(lines).
    pub(super) fn redoable(&self) -> Option<u64> {
        let (undone, n) = self
            .by_key()
            .filter_map(|(n, _)| Some((self.marks.get(&n)?.last().filter(|m| m.undo)?, n)))
            .max()?;
        // Reading a paper after an undo must not take the redo away.
        let newer = self.by_key().any(|(n, d)| (d.t, n) > (undone.t, undone.n));
        (!newer).then_some(n)
    }

    /// The wall clock of every live line that sets the verdict of such a paper. O(cells).
    pub(super) fn verdict_times(&self, is_it: &impl Fn(&Identity) -> bool) -> Vec<i64> {
        let is_of_it = |c: &Cell| c.field == Field::Verdict && is_it(&c.paper);
        let found = self.by_key().filter(|(n, d)| self.is_live(*n) && d.cells.iter().any(is_of_it));
        found.map(|(_, d)| d.wall_ms).collect()
    }

    /// What live lines did and when, by the wall clock; what was compacted, by its logical time.
    pub(super) fn deeds(&self) -> impl Iterator<Item = (i64, &[Cell])> {
        let live = self.dones.iter().filter(|(n, _)| self.is_live(**n));
        let settled = self.base.settled.iter().map(|s| (s.t, std::slice::from_ref(&s.cell)));
        live.map(|(_, d)| (d.wall_ms, d.cells.as_slice())).chain(settled)
    }

    fn by_key(&self) -> impl DoubleEndedIterator<Item = (u64, &Done)> {
        self.dones.iter().filter(|(_, d)| !d.auto).map(|(n, d)| (*n, d))
    }

    pub(super) fn is_live(&self, n: u64) -> bool {
        self.marks.get(&n).and_then(|m| m.last()).is_none_or(|m| !m.undo)
    }

    /// Takes a base in, which stands for an older one and for the lines below its floor.
    fn settle(&mut self, machine: &Arc<str>, base: Base, index: &mut LiveCells) {
        if (base.floor, base.t) <= (self.base.floor, self.base.t) {
            return;
        }
        let stamp =
            |at: u32, s: &Settled| Stamp { t: s.t, machine: Arc::clone(machine), n: s.n, settled: true, at };
        for (at, s) in (0..).zip(&self.base.settled) {
            index.remove(&stamp(at, s), &s.cell);
        }
        for n in self.dones.range(..=base.floor).map(|(n, _)| *n).collect::<Vec<_>>() {
            if self.is_live(n) {
                self.hide(machine, n, index);
            }
            self.dones.remove(&n);
        }
        self.marks = self.marks.split_off(&(base.floor.saturating_add(1)));
        for (at, s) in (0..).zip(&base.settled) {
            index.add(stamp(at, s), &s.cell);
        }
        self.base = base;
    }

    fn mark(&mut self, machine: &Arc<str>, named: u64, mark: Mark, index: &mut LiveCells) {
        if named <= self.base.floor {
            return;
        }
        let was_live = self.is_live(named);
        let marks = self.marks.entry(named).or_default();
        if let Err(at) = marks.binary_search(&mark) {
            marks.insert(at, mark);
        }
        self.follow(machine, named, was_live, index);
    }

    fn follow(&self, machine: &Arc<str>, n: u64, was_live: bool, index: &mut LiveCells) {
        match (was_live, self.is_live(n)) {
            (true, false) => self.hide(machine, n, index),
            (false, true) => self.show(machine, n, index),
            _ => {}
        }
    }

    fn show(&self, machine: &Arc<str>, n: u64, index: &mut LiveCells) {
        if let Some(done) = self.dones.get(&n) {
            done.show(machine, n, index);
        }
    }

    fn hide(&self, machine: &Arc<str>, n: u64, index: &mut LiveCells) {
        let Some(done) = self.dones.get(&n) else { return };
        for (at, cell) in (0..).zip(&done.cells) {
            index.remove(&done.stamp(machine, n, at), cell);
        }
    }
}

impl Done {
    fn show(&self, machine: &Arc<str>, n: u64, index: &mut LiveCells) {
        for (at, cell) in (0..).zip(&self.cells) {
            index.add(self.stamp(machine, n, at), cell);
        }
    }

    fn stamp(&self, machine: &Arc<str>, n: u64, at: u32) -> Stamp {
        Stamp { t: self.t, machine: Arc::clone(machine), n, settled: false, at }
    }
}
