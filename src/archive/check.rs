use rayon::prelude::*;

use super::source::{self, Content, Role};
use crate::import;
use crate::model::{Listed, Listing, Problem};

/// What a look over an archive found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Files that were read as digests.
    pub files: usize,
    /// Dates and categories they make up.
    pub digests: usize,
    /// Records in the files.
    pub papers: usize,
    /// Every loss and oddity, those of the listing included, by file and line.
    pub problems: Vec<Problem>,
}

/// Reads every file of a listing and names all that `import` would lose of it, and what is odd or missing in it.
/// Writes nothing. Works on as many cores as there are. Memory: for each of them the sources of one date and category.
#[must_use]
pub fn check(listing: Listing) -> CheckReport {
    let mut report =
        CheckReport { digests: listing.digests.len(), problems: listing.problems, ..CheckReport::default() };
    let parts: Vec<_> = listing.digests.par_iter().map(|listed| cell(listed)).collect();
    for mut part in parts {
        report.files += part.files;
        report.papers += part.papers;
        report.problems.append(&mut part.problems);
    }
    report.problems.sort();
    report
}

fn cell(listed: &Listed) -> CheckReport {
    let mut report = CheckReport::default();
    let mut contents: Vec<(String, Content)> = Vec::new();
    for source in &listed.sources {
        let path = source::shown(source);
        match source::read(source, None, Role::Whole) {
            Ok(mut content) => {
                report.files += 1;
                report.papers += content.stored.papers();
                report.problems.append(&mut content.problems);
                report.problems.extend(import::audit(&content.stored, &path));
                contents.push((path, content));
            }
            Err(problem) => report.problems.push(problem),
        }
    }
    let parts: Vec<_> = contents.iter().map(|(path, content)| (&content.stored, path.as_str())).collect();
    report.problems.extend(import::ambiguous(&parts));
    report
}
