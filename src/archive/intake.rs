use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::listing::list;
use super::load::without_known;
use super::replace::replace;
use super::source::{self, Content};
use crate::import;
use crate::model::{Date, Problem, SourceRef};

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Files that were read as digests.
    pub files: usize,
    /// Digests that were made or changed.
    pub digests_written: usize,
    /// Digests that already held everything.
    pub digests_unchanged: usize,
    /// Papers that no digest of their date and category held before.
    pub papers_new: usize,
    /// What was lost or odd.
    pub problems: Vec<Problem>,
}

/// Imports digest files, or folders of them, into the archive `into` as `DATE/SLUG.json`.
///
/// Merges with what the archive holds; a source whose SHA-256 a digest names is skipped; a digest that
/// cannot be read whole is never overwritten. Doing it twice changes nothing. Files are replaced whole.
/// Memory: the sources of one date at a time.
///
/// # Errors
/// The first failed write, with its path. Everything written before it stays, and is whole.
pub fn import(sources: &[PathBuf], into: &Path) -> io::Result<ImportReport> {
    let listing = list(sources);
    let mut report = ImportReport { problems: listing.problems, ..ImportReport::default() };
    for day in listing.digests.chunk_by(|a, b| a.date == b.date) {
        let mut cells: BTreeMap<(Date, Option<String>), Vec<Content>> = BTreeMap::new();
        for source in day.iter().flat_map(|listed| &listed.sources) {
            match source::read(source, true) {
                Ok(mut content) => {
                    report.files += 1;
                    report.problems.append(&mut content.problems);
                    let category = content.stored.category().map(str::to_owned);
                    cells.entry((content.stored.date(), category)).or_default().push(content);
                }
                Err(problem) => report.problems.push(problem),
            }
        }
        for ((date, category), contents) in cells {
            report.store(&into.join(date.to_string()), category.as_deref(), contents)?;
        }
    }
    Ok(report)
}

impl ImportReport {
    fn store(&mut self, folder: &Path, category: Option<&str>, new: Vec<Content>) -> io::Result<()> {
        let Target { path, old } = match Target::find(folder, category)? {
            Ok(target) => target,
            Err(problem) => {
                self.problems.push(problem);
                return Ok(());
            }
        };
        let known = old.as_ref().map(|o| o.known.clone()).unwrap_or_default();
        let new = without_known(new, &known);
        let before = old.as_ref().map(|o| (o.stored.papers(), o.stored.to_json()));
        let merged = import::merge(old.into_iter().chain(new).map(|c| c.stored).collect());
        let Some(merged) = merged else { return Ok(()) };
        let text = merged.to_json();
        if before.as_ref().is_some_and(|(_, json)| *json == text) {
            self.digests_unchanged += 1;
            return Ok(());
        }
        replace(&path, &text).map_err(|e| at(&path, &e))?;
        self.digests_written += 1;
        self.papers_new += merged.papers().saturating_sub(before.map_or(0, |(papers, _)| papers));
        Ok(())
    }
}

/// Where a digest is to be written, and what is there.
struct Target {
    path: PathBuf,
    old: Option<Content>,
}

impl Target {
    /// Finds the file of `category` in the folder of a date: `SLUG.json`, or where other categories have
    /// taken that name (compared without case, as some file systems do) `SLUG-2.json`, `SLUG-3.json` ...
    fn find(folder: &Path, category: Option<&str>) -> io::Result<Result<Self, Problem>> {
        let taken = names(folder)?;
        let slug = import::slug(category);
        let mut wanted = format!("{slug}.json");
        for n in 2.. {
            let Some(name) = taken.iter().find(|t| t.to_lowercase() == wanted.to_lowercase()) else { break };
            let path = folder.join(name);
            let old = match source::read(&SourceRef::File(path.clone()), true) {
                Ok(old) => old,
                Err(problem) => return Ok(Err(untouched(&path, &problem.what))),
            };
            if old.stored.category() == category {
                return Ok(match old.problems.first() {
                    Some(problem) => Err(untouched(&path, &problem.what)),
                    None if !folder.ends_with(old.stored.date().to_string()) => {
                        Err(untouched(&path, &format!("says {}", old.stored.date())))
                    }
                    None => Ok(Self { path, old: Some(old) }),
                });
            }
            wanted = format!("{slug}-{n}.json");
        }
        Ok(Ok(Self { path: folder.join(wanted), old: None }))
    }
}

fn untouched(path: &Path, why: &str) -> Problem {
    Problem::of_file(path.display().to_string(), format!("{why}; left as it is, nothing was merged into it"))
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(at(folder, &e)),
    };
    Ok(entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect())
}

fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn native(category: &str, papers: &[&str]) -> String {
        let papers: Vec<_> = papers
            .iter()
            .map(|id| format!(r#"{{"id": "{id}", "arxiv": {{"id": "{id}"}}, "title": "Title of {id}"}}"#))
            .collect();
        format!(
            r#"{{"schema": 1, "date": "2025-05-01", "category": "{category}", "sources": [], "notices": [], "papers": [{}]}}"#,
            papers.join(",")
        )
    }

    struct Bench {
        dir: tempfile::TempDir,
    }

    impl Bench {
        fn new() -> Self {
            Self { dir: tempfile::tempdir().unwrap() }
        }

        fn source(&self, name: &str, text: &str) -> PathBuf {
            let path = self.dir.path().join("in").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path
        }

        fn import(&self, sources: &[PathBuf]) -> ImportReport {
            import(sources, &self.dir.path().join("out")).unwrap()
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.dir.path().join("out/2025-05-01").join(name)).unwrap()
        }

        fn names(&self) -> Vec<String> {
            let mut names = names(&self.dir.path().join("out/2025-05-01")).unwrap();
            names.sort();
            names
        }
    }

    fn counts(r: &ImportReport) -> (usize, usize, usize, usize, usize) {
        (r.files, r.digests_written, r.digests_unchanged, r.papers_new, r.problems.len())
    }

    #[test]
    fn imports_once_merges_and_stays_the_same() {
        let bench = Bench::new();
        let a = bench.source("a.json", &native("A", &["2505.00001", "2505.00002"]));
        assert_eq!(counts(&bench.import(std::slice::from_ref(&a))), (1, 1, 0, 2, 0));
        let first = bench.read("A.json");
        assert_eq!(counts(&bench.import(std::slice::from_ref(&a))), (1, 0, 1, 0, 0));
        assert_eq!(bench.read("A.json"), first);

        let b = bench.source("b.json", &native("A", &["2505.00002", "2505.00003"]));
        assert_eq!(counts(&bench.import(&[a, b])), (2, 1, 0, 1, 0));
        assert_eq!(bench.names(), ["A.json"]);
    }

    #[test]
    fn skips_a_capture_whose_hash_is_known() {
        let bench = Bench::new();
        let text = "2025-05-01 更新\n\nOne Title of a Paper that Is Long Enough\n\nAuthors:A B, C D\n\n\
                    An abstract.\n\n论文及项目相关链接\n\nPDF\n\nSummary\n\nText.\n\nKey Takeaways\n\n  1. One.\n";
        let capture = bench.source("2025-05-01_A.txt", &text.replace("\n\nAuthors", "\nAuthors"));
        let first = bench.import(std::slice::from_ref(&capture));
        assert_eq!((first.files, first.digests_written), (1, 1), "{first:?}");
        let again = bench.import(&[capture]);
        assert_eq!((again.files, again.digests_written, again.digests_unchanged), (1, 0, 1), "{again:?}");
    }

    #[test]
    fn tells_categories_apart_that_differ_in_case_or_in_replaced_characters() {
        let bench = Bench::new();
        let sources: Vec<_> = ["LLM", "llm", "A/B", "A_B"]
            .iter()
            .enumerate()
            .map(|(i, c)| bench.source(&format!("{i}.json"), &native(c, &["2505.00001"])))
            .collect();
        assert_eq!(counts(&bench.import(&sources)), (4, 4, 0, 4, 0));
        assert_eq!(bench.names(), ["A_B-2.json", "A_B.json", "LLM.json", "llm-2.json"]);
        assert_eq!(counts(&bench.import(&sources)), (4, 0, 4, 0, 0));
    }

    #[test]
    fn never_overwrites_a_digest_that_it_cannot_read() {
        let bench = Bench::new();
        let a = bench.source("a.json", &native("A", &["2505.00001"]));
        let target = bench.dir.path().join("out/2025-05-01/A.json");
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(&target, "{ broken").unwrap();
        let report = bench.import(&[a]);
        assert_eq!(counts(&report), (1, 0, 0, 0, 1));
        assert!(report.problems[0].file.ends_with("A.json"));
        assert_eq!(bench.read("A.json"), "{ broken");
    }

    #[test]
    fn names_the_path_of_a_failed_write() {
        let bench = Bench::new();
        let a = bench.source("a.json", &native("A", &["2505.00001"]));
        let file = bench.source("file", "not a folder");
        let error = import(&[a], &file).unwrap_err();
        assert!(error.to_string().contains("2025-05-01"), "{error}");
    }
}
