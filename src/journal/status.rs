use std::path::PathBuf;

use super::Journal;
use super::reading::machine_of;
use super::tail::Tail;
use crate::decisions::{Line, LineBody};
use crate::model::Problem;

/// What stands in one machine's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineStatus {
    /// The machine's name.
    pub machine: String,
    /// True for this machine.
    pub is_own: bool,
    /// Its file.
    pub file: PathBuf,
    /// Bytes of the file.
    pub bytes: u64,
    /// Lines that could be read.
    pub lines: usize,
    /// Cells that compacted lines had set.
    pub settled: usize,
    /// The wall clock of the last line in milliseconds since 1970.
    pub last_wall_ms: Option<i64>,
}

impl Journal {
    /// Looks at every machine's file without changing anything: what stands in it, its lines, and the problems met.
    /// O(bytes).
    pub fn status(&mut self) -> (Vec<(MachineStatus, Vec<Line>)>, Vec<Problem>) {
        let mut all = Vec::new();
        for file in self.files() {
            let Some(machine) = machine_of(&file) else { continue };
            let name = file.display().to_string();
            let read = super::open(&file).and_then(|mut open| {
                Ok((open.metadata()?.len(), Tail::default().catch_up(&mut open, &name, usize::MAX)?))
            });
            match read {
                Ok((bytes, caught)) => {
                    self.problems.extend(caught.problems);
                    let settled = caught.lines.iter().map(|l| match &l.body {
                        LineBody::Base { settled, .. } => settled.len(),
                        _ => 0,
                    });
                    let status = MachineStatus {
                        is_own: machine == self.machine.name,
                        machine,
                        file,
                        bytes,
                        lines: caught.lines.len(),
                        settled: settled.sum(),
                        last_wall_ms: caught.lines.last().map(|l| l.wall_ms),
                    };
                    all.push((status, caught.lines));
                }
                Err(e) => self.problems.push(Problem::of_file(name, e.to_string())),
            }
        }
        (all, self.take_problems())
    }
}
