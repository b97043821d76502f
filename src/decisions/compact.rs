use std::collections::HashSet;
use std::sync::Arc;

use super::history::History;
use super::live_cells::LiveCells;
use super::{Line, LineBody, Settled};

/// Do-lines by key that stay as they are, so that undo reaches back that far.
const KEPT: usize = 1000;

/// Shortens one machine's file, given as all its lines in order: do-lines older than the newest 1,000 that a key
/// made, and those that reading made, become one [`LineBody::Base`] in front; what can be redone stays, and lines
/// of later versions do. What any reader sees of the result, together with whatever other files, is what it saw of
/// `lines`. Undo ends at the base. O(lines log lines).
#[must_use]
pub fn compact(lines: &[Line]) -> Vec<Line> {
    compact_to(lines, KEPT)
}

/// The same, keeping the newest `keep` do-lines.
#[must_use]
pub fn compact_to(lines: &[Line], keep: usize) -> Vec<Line> {
    let mut history = History::default();
    // Which lines are live does not depend on what they say.
    let (machine, mut ignored) = (Arc::from(""), LiveCells::default());
    for line in lines {
        history.insert(&machine, line.clone(), &mut ignored);
    }
    let mut floor = lines.iter().filter_map(floor_of).max().unwrap_or(0);
    if let Some(cut) = history.cut(keep) {
        floor = floor.max(cut.saturating_sub(1));
    } else if let Some(last) =
        lines.iter().filter(|l| matches!(l.body, LineBody::Do { .. })).map(|l| l.n).max()
    {
        floor = floor.max(last);
    }
    let mut base = Settling { floor, ..Settling::default() };
    let mut kept = Vec::new();
    for line in lines {
        let goes = match &line.body {
            LineBody::Do { auto, .. } => *auto || line.n <= floor,
            LineBody::Undo(named) | LineBody::Redo(named) => {
                *named <= floor || history.last_mark(*named) != Some(line.n)
            }
            LineBody::Base { .. } => true,
            LineBody::Unknown(_) => false,
        };
        if goes {
            base.take(line, &history);
        } else {
            kept.push(line.clone());
        }
    }
    base.into_line().into_iter().chain(kept).collect()
}

/// The base that is being made.
#[derive(Default)]
struct Settling {
    floor: u64,
    n: u64,
    t: i64,
    wall_ms: i64,
    settled: Vec<Settled>,
    is_needed: bool,
}

impl Settling {
    fn take(&mut self, line: &Line, history: &History) {
        self.is_needed = true;
        // Never to be given again.
        self.n = self.n.max(line.greatest_n());
        self.t = self.t.max(line.t);
        self.wall_ms = self.wall_ms.max(line.wall_ms);
        match &line.body {
            LineBody::Do { cells, .. } if history.is_live(line.n) => {
                let settled = cells.iter().map(|c| Settled { cell: c.clone(), t: line.t, n: line.n });
                self.settled.extend(settled);
            }
            LineBody::Base { settled, .. } => self.settled.extend(settled.iter().cloned()),
            _ => {}
        }
    }

    /// Of the values of one cell only the newest can ever be seen again.
    fn into_line(mut self) -> Option<Line> {
        if !self.is_needed {
            return None;
        }
        self.settled.sort_by_key(|s| (s.t, s.n));
        let mut seen = HashSet::new();
        let newest: Vec<bool> =
            self.settled.iter().rev().map(|s| seen.insert((&s.cell.paper, &s.cell.field))).collect();
        let mut newest = newest.into_iter().rev();
        self.settled.retain(|_| newest.next().unwrap_or(true));
        let body = LineBody::Base { upto: self.floor, settled: self.settled };
        Some(Line { n: self.n, t: self.t, wall_ms: self.wall_ms, body })
    }
}

fn floor_of(line: &Line) -> Option<u64> {
    match line.body {
        LineBody::Base { upto, .. } => Some(upto),
        _ => None,
    }
}
