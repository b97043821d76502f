use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::source::{Sniffed, place_of, sniff};
use super::stamp::{age, stamp};
use super::walk::Walk;
use super::watch::Around;
use crate::import::{self, Format};
use crate::model::{Date, FilePath, Listed, Listing, Shared, SourceRef, Sources, Stamp};

/// How long a file has to lie still before it is taken to be whole.
const STILL: Duration = Duration::from_secs(1);
const FRESH: Duration = Duration::from_millis(Stamp::FRESH_MS.unsigned_abs());

/// Lists the digests below `roots` (folders, or single files), newest first.
///
/// A native digest in its place costs one directory entry; any other file up to 64 KiB of reading.
/// What cannot be read, and what looks like a digest by its extension but is none, is a problem of the
/// listing; every other file is passed over.
#[must_use]
pub fn list(roots: &[PathBuf]) -> Listing {
    list_as(roots, None)
}

/// Lists the digests below `roots`, taking every file with a digest's extension for one in the `forced` format.
pub(super) fn list_as(roots: &[PathBuf], forced: Option<Format>) -> Listing {
    let mut walk = Walk::new(roots);
    list_walk(&mut walk, &[], forced, &|_| false)
}

/// What a look over archives found.
#[derive(Debug)]
pub struct Look {
    /// What they hold.
    pub listing: Listing,
    /// What is to be watched from now on.
    pub around: Around,
}

/// Lists the digests below `roots` as [`list`] does, for one who goes on looking: files that were changed less than a
/// second ago are still being written and left alone. Not so at the `first` look: what was fetched just before the
/// start is wanted, and looked at again soon. What is as it was `before`, in an earlier listing, is not kept in memory
/// twice.
#[must_use]
pub fn look(roots: &[PathBuf], is_first: bool, before: &[Arc<Listed>]) -> Look {
    let again = Cell::new(None::<Duration>);
    let is_young = |stamp: Stamp| {
        let Some(age) = age(stamp) else { return false };
        let left = STILL.checked_sub(age).or(FRESH.checked_sub(age));
        again.set([again.get(), left].into_iter().flatten().min());
        age < STILL && !is_first
    };
    let mut walk = Walk::new(roots);
    let listing = list_walk(&mut walk, before, None, &is_young);
    let around = Around::new(&listing, walk.folders, again.get());
    Look { listing, around }
}

fn list_walk(
    walk: &mut Walk,
    before: &[Arc<Listed>],
    forced: Option<Format>,
    is_young: &dyn Fn(Stamp) -> bool,
) -> Listing {
    let (mut cells, mut problems, mut left) = (Cells::new(before), Vec::new(), Vec::new());
    for found in walk.by_ref() {
        let found = match found {
            Ok(found) => found,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        // Before the file is opened: what changes from now on is seen by the next look.
        let stamp = stamp(&found.path);
        match sniff(&found, forced) {
            Ok(None) => {}
            _ if stamp.is_some_and(is_young) => left.push(found.path),
            Ok(Some(mut sniffed)) => {
                problems.extend(sniffed.problem.take());
                cells.add(sniffed, &found.path, stamp.unwrap_or_default());
            }
            Err(problem) => {
                problems.push(problem);
                left.push(found.path);
            }
        }
    }
    left.append(&mut walk.left);
    Listing { digests: cells.into_digests(forced), problems, left, lost: std::mem::take(&mut walk.lost) }
}

/// Says whether there is a digest below `root`. Stops at the first one.
#[must_use]
pub fn holds_digest(root: &Path) -> bool {
    Walk::new(&[root.to_owned()]).flatten().any(|found| matches!(sniff(&found, None), Ok(Some(_))))
}

/// The files met so far, which make up the cells of the listing. A category is told from another by its slug, because
/// that is all a native digest shows without being read.
///
/// What is made on the way and thrown away leaves holes between what stays; so that is made at once.
struct Cells<'b> {
    /// Each file as the digest that it is if that has no other source. By day, as a list of all would be a big piece of
    /// memory for a moment: once it had one, the heap keeps such pieces.
    files: BTreeMap<Reverse<Date>, Vec<Arc<Listed>>>,
    /// How many there are.
    count: usize,
    /// The names of categories and their slugs: there are few of them, and many files.
    names: HashMap<Shared<str>, String>,
    /// The names of files, and the folder of the latest one.
    file_names: HashSet<Shared<OsStr>>,
    folder: Shared<Path>,
    before: &'b [Arc<Listed>],
}

impl<'b> Cells<'b> {
    /// Knows of no file yet; digests that were there `before` are to be the very same.
    fn new(before: &'b [Arc<Listed>]) -> Self {
        Self {
            files: BTreeMap::new(),
            count: 0,
            names: HashMap::new(),
            file_names: HashSet::new(),
            folder: Path::new("").into(),
            before,
        }
    }

    fn add(&mut self, sniffed: Sniffed, path: &Path, stamp: Stamp) {
        let category = sniffed.category.map(|c| self.name(&c));
        let sources = Sources::one(SourceRef::File(self.path(path)), stamp);
        let alone = known_or_new(Listed { date: sniffed.date, category, sources }, self.before);
        self.count += 1;
        self.files.entry(Reverse(sniffed.date)).or_default().push(alone);
    }

    fn path(&mut self, path: &Path) -> FilePath {
        let name = path.file_name().unwrap_or_default();
        let name = self.file_names.get(name).cloned().unwrap_or_else(|| {
            let name: Shared<OsStr> = name.into();
            self.file_names.insert(name.clone());
            name
        });
        let folder = path.parent().unwrap_or(Path::new(""));
        if *self.folder != *folder {
            self.folder = folder.into();
        }
        FilePath::new(self.folder.clone(), name)
    }

    fn name(&mut self, name: &str) -> Shared<str> {
        if let Some((known, _)) = self.names.get_key_value(name) {
            return known.clone();
        }
        let known: Shared<str> = name.into();
        self.names.insert(known.clone(), import::slug(Some(name)));
        known
    }

    /// The digests in the order of the listing; in the `forced` format every name is a true one.
    fn into_digests(self, forced: Option<Format>) -> Arc<[Arc<Listed>]> {
        let none = import::slug(None);
        let slug = |listed: &Arc<Listed>| {
            let category = listed.category.as_deref();
            category.and_then(|name| self.names.get(name)).unwrap_or(&none).as_str()
        };
        let mut digests = Vec::with_capacity(self.count);
        for mut files in self.files.into_values() {
            // Stable: of names that are equally true, the one met first counts.
            files.sort_by_cached_key(slug);
            for cell in files.chunk_by(|a, b| slug(a) == slug(b)) {
                digests.extend(match cell {
                    [only] => Some(Arc::clone(only)),
                    all => together(all, forced).map(|listed| known_or_new(listed, self.before)),
                });
            }
        }
        digests.into()
    }
}

/// The digest of several files; none of no file.
fn together(files: &[Arc<Listed>], forced: Option<Format>) -> Option<Listed> {
    let has_true_name = |file: &&Arc<Listed>| {
        let mut paths = file.sources.iter().filter_map(SourceRef::path);
        paths.any(|path| place_of(&path, forced).is_none())
    };
    let Listed { date, category, .. } = &**files.iter().find(has_true_name).or(files.first())?;
    let sources = files.iter().flat_map(|file| file.sources.iter().zip(file.sources.stamps()));
    let mut met: Vec<(SourceRef, Stamp)> = sources.map(|(source, stamp)| (source.clone(), *stamp)).collect();
    met.sort();
    met.dedup_by(|a, b| a.0 == b.0);
    let (sources, stamps) = met.into_iter().unzip();
    Some(Listed { date: *date, category: category.clone(), sources: Sources::new(sources, stamps) })
}

/// The same digest of an earlier listing, where it is the same in all.
fn known_or_new(listed: Listed, before: &[Arc<Listed>]) -> Arc<Listed> {
    let first = before.partition_point(|b| b.date > listed.date);
    let mut of_day = before.iter().skip(first).take_while(|b| b.date == listed.date);
    of_day.find(|b| ***b == listed).map_or_else(|| Arc::new(listed), Arc::clone)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn write(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn native(date: &str, category: &str) -> String {
        format!(
            r#"{{"schema": 1, "date": "{date}", "category": {category}, "sources": [], "notices": [], "papers": []}}"#
        )
    }

    fn shape(listing: &Listing) -> Vec<(String, Option<&str>, usize)> {
        listing.digests.iter().map(|d| (d.date.to_string(), d.category.as_deref(), d.sources.len())).collect()
    }

    #[test]
    fn groups_files_of_all_roots_by_date_and_category_newest_first() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(a.path(), "2025-05-01/LLM.json", "never read");
        write(a.path(), "2025-05-02/_.json", "never read");
        write(a.path(), "2025-05-02/A_B.json", "never read");
        write(b.path(), "2025-05-01/LLM.json", "never read");
        write(b.path(), "deep/er/any.json", &native("2025-05-02", r#""A/B""#));
        let listing = list(&[a.path().to_owned(), b.path().to_owned()]);
        assert_eq!(
            shape(&listing),
            [
                ("2025-05-02".to_owned(), Some("A/B"), 2),
                ("2025-05-02".to_owned(), None, 1),
                ("2025-05-01".to_owned(), Some("LLM"), 2),
            ]
        );
        assert_eq!(listing.problems, []);
    }

    #[test]
    fn what_is_as_it_was_is_not_kept_twice() {
        let dir = tempfile::tempdir().unwrap();
        let roots = [dir.path().to_owned()];
        for name in ["2025-05-01/A.json", "2025-05-01/B.json", "2025-05-02/A.json"] {
            write(dir.path(), name, "never read");
        }
        let before = look(&roots, true, &[]).listing.digests;
        write(dir.path(), "2025-05-01/B.json", "never read, but longer");
        let after = look(&roots, true, &before).listing.digests;
        let kept: Vec<_> = before.iter().zip(&*after).map(|(b, a)| Arc::ptr_eq(b, a)).collect();
        assert_eq!(kept, [true, true, false]);
        assert_eq!(after, look(&roots, true, &[]).listing.digests);
    }

    #[test]
    fn names_only_losses_that_look_like_digests() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "picture.png", "\u{1}");
        write(dir.path(), "2025-05-01_empty.txt", "");
        write(dir.path(), "2025-05-01.md", "# about");
        write(dir.path(), "README.md", "# about");
        let listing = list(&[dir.path().to_owned()]);
        assert_eq!(*listing.digests, []);
        let said: Vec<_> = listing.problems.iter().map(|p| p.what.as_str()).collect();
        assert_eq!(said, ["is not a digest in a known format", "is empty"]);
        assert!(!holds_digest(dir.path()));

        let named = list(&[dir.path().join("picture.png")]);
        assert_eq!(named.problems.len(), 1, "a file the user named is never passed over");
    }

    #[test]
    fn takes_the_date_of_a_folder_and_else_of_the_file_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let capture = "A title of some length\nAuthors:A B, C D\nAn abstract.\n论文及项目相关链接\n\
                       Summary\nText.\nKey Takeaways\n- One.\n";
        write(dir.path(), "2024-03-09/capture.txt", capture);
        write(dir.path(), "undated.txt", capture);
        let listing = list(&[dir.path().to_owned()]);
        assert_eq!(listing.digests.len(), 2);
        assert_eq!(listing.digests[1].date.to_string(), "2024-03-09");
        let [problem] = listing.problems.as_slice() else { panic!("{:?}", listing.problems) };
        assert!(problem.file.ends_with("undated.txt"), "{problem}");
        assert!(problem.what.contains(&listing.digests[0].date.to_string()), "{problem}");
        assert!(holds_digest(dir.path()));
    }
}
