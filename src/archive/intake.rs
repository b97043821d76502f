use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::listing::list_as;
use super::replace::{replace, sweep};
use super::settle::{clash_key, settle};
use super::source::{self, Content, Role};
use super::target::Target;
use super::walk;
use crate::import::{self, Changes, Format, Prints};
use crate::model::{Date, Kind, Listed, Problem, Severity, SourceRef};

/// How to import.
#[derive(Clone, Copy)]
pub struct How<'a> {
    /// The format of every file, whatever it looks like.
    pub format: Option<Format>,
    /// Do all but write.
    pub dry_run: bool,
    /// Is told after each file, from any thread: how many files are read, and of how many.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

impl Default for How<'_> {
    fn default() -> Self {
        Self { format: None, dry_run: false, progress: &|_, _| {} }
    }
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Files that were read as digests.
    pub files: usize,
    /// Digests that were made or changed.
    pub digests_written: usize,
    /// Digests that already held everything.
    pub digests_unchanged: usize,
    /// The papers of these digests, against what the archive held before.
    pub papers: Changes,
    /// Records of the sources that say again what another record of their date and category is about.
    pub papers_repeated: usize,
    /// Fields that held a failure text in the sources.
    pub fields_failed: usize,
    /// What was lost or odd, those of the listing first, then by date and category.
    pub problems: Vec<Problem>,
}

/// Imports digest files, or folders of them, into the archive `into` as `DATE/SLUG.json`.
///
/// Merges with what the archive holds; a source whose SHA-256 a digest names is skipped; a digest that
/// cannot be read whole is never overwritten. Files are replaced whole, so that the archive is valid at any moment, and
/// after an interruption a second run ends where one run would have. Doing it twice changes nothing, and neither does
/// the order of `sources`. What cannot be read or written is a problem of the report.
///
/// Works on as many cores as there are. Memory: for each of them the sources of one date and category.
#[must_use]
pub fn import(sources: &[PathBuf], into: &Path, how: &How) -> ImportReport {
    let listing = list_as(sources, how.format);
    let mut report = ImportReport { problems: listing.problems, ..ImportReport::default() };
    let units = units(&listing.digests);
    if units.is_empty() {
        return report;
    }
    let _lock = match lock(into, how.dry_run, units.keys().map(|(date, _)| *date)) {
        Ok(lock) => lock,
        Err(e) => {
            report.problems.push(walk::problem(into, &e));
            return report;
        }
    };
    let intake = Intake { into, how, total: units.values().map(Vec::len).sum(), read: AtomicUsize::new(0) };
    let parts: Vec<_> = units.into_par_iter().map(|(unit, sources)| intake.unit(&unit, &sources)).collect();
    let mut strays: BTreeMap<Unit, Vec<SourceRef>> = BTreeMap::new();
    for (part, astray) in parts {
        report.add(part);
        for (unit, source) in astray {
            strays.entry(unit).or_default().push(source);
        }
    }
    // One by one: what they are said to be was not known when the work was shared out.
    for (unit, sources) in strays {
        let (part, _) = intake.unit(&unit, &sources);
        report.add(part);
    }
    report
}

/// What one worker has for itself: a date, and the categories whose files might get the same name.
type Unit = (Date, String);

fn unit_of(date: Date, category: Option<&str>) -> Unit {
    (date, clash_key(&import::slug(category)))
}

fn units(digests: &[Arc<Listed>]) -> BTreeMap<Unit, Vec<SourceRef>> {
    let mut units: BTreeMap<Unit, Vec<SourceRef>> = BTreeMap::new();
    for listed in digests {
        let unit = unit_of(listed.date, listed.category.as_deref());
        units.entry(unit).or_default().extend(listed.sources.iter().cloned());
    }
    units
}

/// Makes the archive's folder, keeps other imports out of it, and takes away what one that was killed has left behind.
/// None where the file system has no locks, and for a dry run.
fn lock(into: &Path, dry_run: bool, dates: impl Iterator<Item = Date>) -> io::Result<Option<File>> {
    if dry_run {
        return Ok(None);
    }
    fs::create_dir_all(into)?;
    let folder = File::open(into)?;
    if folder.lock().is_err() {
        return Ok(None);
    }
    for date in dates.collect::<BTreeSet<_>>() {
        sweep(&into.join(date.to_string()));
    }
    Ok(Some(folder))
}

struct Intake<'a> {
    into: &'a Path,
    how: &'a How<'a>,
    total: usize,
    read: AtomicUsize,
}

impl Intake<'_> {
    /// Reads the sources of one unit and writes its digests. Gives back, unread, those that belong to another unit.
    fn unit(&self, unit: &Unit, sources: &[SourceRef]) -> (ImportReport, Vec<(Unit, SourceRef)>) {
        let (mut report, mut strays) = (ImportReport::default(), Vec::new());
        let mut cells: BTreeMap<Option<String>, Vec<Content>> = BTreeMap::new();
        for source in sources {
            let read = source::read(source, self.how.format, Role::Part);
            let mut content = match read {
                Ok(content) => content,
                Err(problem) => {
                    self.tick();
                    report.problems.push(problem);
                    continue;
                }
            };
            let own = unit_of(content.stored.date(), content.stored.category());
            if own != *unit {
                strays.push((own, source.clone()));
                continue;
            }
            self.tick();
            report.files += 1;
            report.problems.append(&mut content.problems);
            report.fields_failed += content.stored.failed_fields();
            cells.entry(content.stored.category().map(str::to_owned)).or_default().push(content);
        }
        let folder = self.into.join(unit.0.to_string());
        self.settle(&mut report, &folder, &unit.1);
        for (category, contents) in cells {
            report.papers_repeated += import::repeated(contents.iter().map(|c| &c.stored));
            if let Err(problem) = self.store(&mut report, &folder, category.as_deref(), contents) {
                report.problems.push(problem);
            }
        }
        self.settle(&mut report, &folder, &unit.1);
        (report, strays)
    }

    /// Puts the file names in order: before, as an earlier run may have been killed on the way, and after.
    fn settle(&self, report: &mut ImportReport, folder: &Path, key: &str) {
        if !self.how.dry_run
            && let Err(e) = settle(folder, key)
        {
            report.problems.push(walk::problem(folder, &e));
        }
    }

    fn tick(&self) {
        let read = self.read.fetch_add(1, Ordering::Relaxed) + 1;
        (self.how.progress)(read, self.total);
    }

    fn store(
        &self,
        report: &mut ImportReport,
        folder: &Path,
        category: Option<&str>,
        new: Vec<Content>,
    ) -> Result<(), Problem> {
        let Target { path, old } = Target::find(folder, category)?;
        if let Some(old) = old.as_ref().filter(|old| new.iter().all(|n| holds(old, n))) {
            report.digests_unchanged += 1;
            report.papers.unchanged += old.stored.papers();
            return Ok(());
        }
        // The archive's own file is no source of itself.
        let itself = old.as_ref().map(|o| o.sha256.clone());
        let new = new.into_iter().filter(|n| itself.as_ref() != Some(&n.sha256));
        let before = old.as_ref().map(|o| (Prints::of(&o.stored), o.stored.to_json()));
        let merged = import::merge(old.into_iter().chain(new).map(|c| c.stored).collect());
        let Some(merged) = merged else { return Ok(()) };
        let (prints, text) = before.unwrap_or_default();
        let (papers, json) = (prints.compare(&merged), merged.to_json());
        if json == text {
            report.digests_unchanged += 1;
            report.papers.add(papers);
            return Ok(());
        }
        if !self.how.dry_run {
            let failed = |e: io::Error| {
                Problem::of_file(path.display().to_string(), format!("could not be written: {e}"))
                    .rated(Severity::Error, Kind::Unreadable)
            };
            replace(&path, &json).map_err(failed)?;
        }
        report.digests_written += 1;
        report.papers.add(papers);
        Ok(())
    }
}

/// Says whether an archive's digest is this file, or was imported from it under this name or one that is before it.
fn holds(old: &Content, new: &Content) -> bool {
    old.sha256 == new.sha256
        || old.stored.sources().any(|(file, sum)| sum == new.sha256 && file <= new.stored.file())
}

impl ImportReport {
    fn add(&mut self, mut other: Self) {
        self.files += other.files;
        self.digests_written += other.digests_written;
        self.digests_unchanged += other.digests_unchanged;
        self.papers.add(other.papers);
        self.papers_repeated += other.papers_repeated;
        self.fields_failed += other.fields_failed;
        self.problems.append(&mut other.problems);
    }
}

#[cfg(test)]
#[path = "intake_tests.rs"]
mod tests;
