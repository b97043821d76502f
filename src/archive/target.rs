use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::source::{self, Content, Role};
use super::walk;
use crate::import;
use crate::model::{Kind, Problem, Severity, SourceRef};

/// Where a digest is to be written, and what is there.
pub(super) struct Target {
    pub(super) path: PathBuf,
    pub(super) old: Option<Content>,
}

impl Target {
    /// Finds the file of `category` in the folder of a date: `SLUG.json`, or where other categories have
    /// taken that name (compared without case, as some file systems do) `SLUG-2.json`, `SLUG-3.json` ...
    pub(super) fn find(folder: &Path, category: Option<&str>) -> Result<Self, Problem> {
        let taken = names(folder).map_err(|e| walk::problem(folder, &e))?;
        let slug = import::slug(category);
        let mut wanted = format!("{slug}.json");
        for n in 2.. {
            let Some(name) = taken.iter().find(|t| t.to_lowercase() == wanted.to_lowercase()) else { break };
            let path = folder.join(name);
            let old = source::read(&SourceRef::File((&path).into()), None, Role::Whole);
            let old = old.map_err(|problem| untouched(&path, &problem.what))?;
            if old.stored.category() == category {
                if let Some(problem) = old.problems.iter().find(|p| p.severity > Severity::Info) {
                    return Err(untouched(&path, &problem.what));
                }
                if !folder.ends_with(old.stored.date().to_string()) {
                    return Err(untouched(&path, &format!("says {}", old.stored.date())));
                }
                return Ok(Self { path, old: Some(Content { stored: old.stored.leading(), ..old }) });
            }
            wanted = format!("{slug}-{n}.json");
        }
        Ok(Self { path: folder.join(wanted), old: None })
    }
}

fn untouched(path: &Path, why: &str) -> Problem {
    let what = format!("{why}; left as it is, nothing was merged into it");
    Problem::of_file(path.display().to_string(), what).rated(Severity::Error, Kind::Unreadable)
}

pub(super) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    Ok(entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect())
}
