use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use super::check::object;
use super::output::{Failure, Output, padded};
use super::progress::Progress;
use crate::archive::{self, How, ImportReport};
use crate::catalogue::Lang;
use crate::import::Format;
use crate::model::Kind;

/// Imports and prints what came of it. `how`: the forced format, and whether nothing is to be written.
pub(super) fn run(
    out: &mut Output,
    sources: &[PathBuf],
    into: &Path,
    how: (Option<Format>, bool),
    json: bool,
) -> Result<(), Failure> {
    let (format, dry_run) = how;
    let input = Input::read(sources).map_err(|e| Failure::Other(out.lang.standard_input(&e.to_string())))?;
    let progress = Progress::new(out.lang);
    let tell = |done, total| progress.tell(done, total);
    let mut report = archive::import(&input.sources, into, &How { format, dry_run, progress: &tell });
    progress.finish();
    input.rename(&mut report);
    if json {
        let mut object = object_of(&report, into);
        if let Some(members) = object.as_object_mut().filter(|_| dry_run) {
            members.insert("dry_run".to_owned(), true.into());
        }
        out.json(&object)?;
    } else {
        out.text(&table(&report, into, dry_run, out.lang))?;
    }
    // Keys that are not known lose nothing: `check` names them.
    out.problems(report.problems.iter().filter(|p| p.kind != Kind::UnknownKey));
    Ok(())
}

/// The sources, with a file in the place of standard input.
struct Input {
    sources: Vec<PathBuf>,
    spooled: Option<(TempDir, PathBuf)>,
}

impl Input {
    fn read(sources: &[PathBuf]) -> io::Result<Self> {
        let mut input = Self { sources: sources.to_vec(), spooled: None };
        if let Some(dash) = input.sources.iter_mut().find(|s| s.as_os_str() == "-") {
            let folder = tempfile::tempdir()?;
            let path = folder.path().join("stdin");
            io::copy(&mut io::stdin().lock(), &mut fs::File::create(&path)?)?;
            dash.clone_from(&path);
            input.spooled = Some((folder, path));
        }
        input.sources.retain(|s| s.as_os_str() != "-");
        Ok(input)
    }

    /// Calls standard input by the name that the user gave it.
    fn rename(&self, report: &mut ImportReport) {
        let Some((_, path)) = &self.spooled else { return };
        for problem in report.problems.iter_mut().filter(|p| Path::new(&p.file) == path) {
            "-".clone_into(&mut problem.file);
        }
    }
}

fn object_of(report: &ImportReport, into: &Path) -> serde_json::Value {
    json!({
        "schema": 1,
        "into": into.to_string_lossy(),
        "files": report.files,
        "digests_written": report.digests_written,
        "digests_unchanged": report.digests_unchanged,
        "papers_new": report.papers.new,
        "papers_updated": report.papers.updated,
        "papers_unchanged": report.papers.unchanged,
        "papers_repeated": report.papers_repeated,
        "fields_failed": report.fields_failed,
        "problems": report.problems.iter().map(object).collect::<Vec<_>>(),
    })
}

fn table(report: &ImportReport, into: &Path, dry_run: bool, lang: Lang) -> String {
    let noted = report.problems.iter().filter(|p| p.kind == Kind::UnknownKey).count();
    let warnings = report.problems.len() - noted;
    let see = if noted > 0 { lang.keys_unknown(noted) } else { String::new() };
    let dry = if dry_run { lang.dry_run() } else { String::new() };
    let papers = report.papers;
    let values = [
        format!("{}{dry}", into.display()),
        report.files.to_string(),
        lang.digests_came(report.digests_written, report.digests_unchanged),
        lang.papers_came(papers.new, papers.updated, papers.unchanged, report.papers_repeated),
        lang.fields_failed(report.fields_failed),
        format!("{warnings}{see}"),
    ];
    let rows = lang.import_labels().into_iter().zip(values);
    rows.map(|(label, value)| padded(label, 10) + &value).collect::<Vec<_>>().join("\n")
}
