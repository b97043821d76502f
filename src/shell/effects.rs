use std::path::PathBuf;

use super::session::SessionFile;
use super::workers::Workers;
use crate::effect::{Effect, Report};
use crate::journal::Journal;
use crate::model::Problem;

/// Carries out effects. The journal and the session file are written before this returns; archives are read by
/// workers.
pub(super) struct Outside {
    pub(super) journal: Journal,
    pub(super) session_file: PathBuf,
    pub(super) workers: Workers,
}

/// What of a batch of effects the loop has to do itself, after the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) redraw: bool,
    pub(super) suspend: bool,
    pub(super) quit: bool,
}

impl Outside {
    /// Carries out a batch, noting in `wanted` what is left to the loop; returns what came of it at once.
    pub(super) fn perform(&mut self, effects: Vec<Effect>, wanted: &mut Wanted) -> Vec<Report> {
        let (mut lines, mut session, mut loads) = (None, None, Vec::new());
        for effect in effects {
            match effect {
                Effect::List => self.workers.list(),
                Effect::Load { slot, generation, what } => loads.push((slot, generation, what)),
                Effect::Append(all) => lines = Some(all),
                Effect::SaveSession(at) => session = Some(at),
                Effect::Redraw => wanted.redraw = true,
                Effect::Suspend => wanted.suspend = true,
                Effect::Quit => wanted.quit = true,
            }
        }
        // Workers take the latest job first; of a day the first category is what the user looks at.
        for (slot, generation, what) in loads.into_iter().rev() {
            self.workers.load(slot, generation, what);
        }
        let appended = lines.map(|l| Report::Appended(self.journal.append(&l).map_err(|e| e.to_string())));
        let survived = self.journal.take_problems().into_iter().map(Report::Notice);
        let unsaved =
            session.and_then(|s| SessionFile::write(&self.session_file, self.workers.roots(), s).err());
        appended
            .into_iter()
            .chain(survived)
            .chain(unsaved.map(|e| {
                Report::SessionUnsaved(Problem::of_file(
                    self.session_file.display().to_string(),
                    e.to_string(),
                ))
            }))
            .collect()
    }
}
