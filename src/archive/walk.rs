use std::fs;
use std::path::{Path, PathBuf};

use crate::model::{Kind, Problem, Severity};

/// Folders below a root that are entered one inside the other.
const MAX_DEPTH: usize = 8;
/// Folders that are remembered for being watched: system-wide limits allow some thousands.
pub(super) const MAX_FOLDERS: usize = 2_000;

/// A file that was met, not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its path, as the user would write it.
    pub(super) path: PathBuf,
    /// True when the user named this very file: then it has to be a digest.
    pub(super) named: bool,
}

/// Walks over the files below some roots, folder by folder in the order of names. A root may be a file.
///
/// Leaves out, silently: dot files, `*_files` folders of saved pages, half downloads, lock and temporary
/// files. A folder that was already walked (a loop of symlinks, a link into the same archive) is not
/// walked again.
pub(super) struct Walk {
    pending: Vec<Pending>,
    entered: Vec<PathBuf>,
    /// The folders that were entered, and those of single files: at most one more than [`MAX_FOLDERS`].
    pub(super) folders: Vec<PathBuf>,
    /// What could not be looked at.
    pub(super) left: Vec<PathBuf>,
    /// The roots among `left`.
    pub(super) lost: Vec<PathBuf>,
}

enum Pending {
    File(Found),
    Folder(PathBuf, usize),
    Lost(Box<(PathBuf, Problem)>),
}

impl Walk {
    /// Starts at `roots`, the first one first. Touches the disk once per root.
    pub(super) fn new(roots: &[PathBuf]) -> Self {
        let mut walk = Self {
            pending: Vec::new(),
            entered: Vec::new(),
            folders: Vec::new(),
            left: Vec::new(),
            lost: Vec::new(),
        };
        for root in roots {
            let step = match fs::metadata(root) {
                Ok(meta) if meta.is_dir() => match root.canonicalize() {
                    Ok(real) if walk.entered.contains(&real) => continue,
                    Ok(real) => {
                        walk.entered.push(real);
                        Pending::Folder(root.clone(), 0)
                    }
                    Err(e) => lost(root.clone(), problem(root, &e)),
                },
                Ok(meta) if meta.is_file() => {
                    let folder = root.parent().filter(|f| !f.as_os_str().is_empty());
                    walk.folders.push(folder.unwrap_or(Path::new(".")).to_owned());
                    Pending::File(Found { path: root.clone(), named: true })
                }
                Ok(_) => {
                    let what = Problem::of_file(root.display().to_string(), "is neither file nor folder");
                    lost(root.clone(), what)
                }
                Err(e) => lost(root.clone(), problem(root, &e)),
            };
            if matches!(step, Pending::Lost(_)) {
                walk.lost.push(root.clone());
            }
            walk.pending.push(step);
        }
        walk.pending.reverse();
        walk
    }

    fn enter(&mut self, folder: &Path, depth: usize) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) => {
                if depth == 0 {
                    self.lost.push(folder.to_owned());
                }
                return self.pending.push(lost(folder.to_owned(), problem(folder, &e)));
            }
        };
        if self.folders.len() <= MAX_FOLDERS {
            self.folders.push(folder.to_owned());
        }
        let (entries, failed): (Vec<_>, Vec<_>) = entries.partition(Result::is_ok);
        let failed = failed.into_iter().filter_map(Result::err);
        self.pending.extend(failed.map(|e| lost(folder.to_owned(), problem(folder, &e))));
        let mut entries: Vec<_> = entries.into_iter().flatten().collect();
        entries.sort_by_key(|e| std::cmp::Reverse(e.file_name()));
        for entry in entries {
            let path = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if is_ignored(&name) {
                continue;
            }
            let step = match entry.file_type() {
                Ok(kind) if kind.is_dir() => Some(Self::folder(path, depth)),
                Ok(kind) if kind.is_file() => Some(Pending::File(Found { path, named: false })),
                Ok(kind) if kind.is_symlink() => self.link(path, depth),
                Ok(_) => None,
                Err(e) => {
                    let problem = problem(&path, &e);
                    Some(lost(path, problem))
                }
            };
            self.pending.extend(step);
        }
    }

    fn folder(path: PathBuf, depth: usize) -> Pending {
        if depth >= MAX_DEPTH {
            let what = format!("lies more than {MAX_DEPTH} folders deep and was not read");
            let problem = Problem::of_file(path.display().to_string(), what);
            return lost(path, problem);
        }
        Pending::Folder(path, depth + 1)
    }

    fn link(&mut self, path: PathBuf, depth: usize) -> Option<Pending> {
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => {
                let real = path.canonicalize().ok()?;
                if path.parent().and_then(|p| p.canonicalize().ok()).is_some_and(|own| own.starts_with(&real))
                {
                    let what = "is a link to a folder that it lies in; it was not followed";
                    let problem = Problem::of_file(path.display().to_string(), what);
                    return Some(lost(path, problem.rated(Severity::Warning, Kind::Unreadable)));
                }
                if self.entered.iter().any(|e| e.starts_with(&real) || real.starts_with(e)) {
                    return None;
                }
                self.entered.push(real);
                Some(Self::folder(path, depth))
            }
            Ok(meta) if meta.is_file() => Some(Pending::File(Found { path, named: false })),
            Ok(_) => None,
            Err(e) => {
                let problem = problem(&path, &e);
                Some(lost(path, problem))
            }
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Found, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.pending.pop()? {
                Pending::File(found) => return Some(Ok(found)),
                Pending::Lost(lost) => {
                    let (path, problem) = *lost;
                    self.left.push(path);
                    return Some(Err(problem));
                }
                Pending::Folder(path, depth) => self.enter(&path, depth),
            }
        }
    }
}

fn lost(path: PathBuf, problem: Problem) -> Pending {
    Pending::Lost(Box::new((path, problem)))
}

/// Turns what the system said about a path into a problem.
pub(super) fn problem(path: &Path, error: &std::io::Error) -> Problem {
    Problem::of_io(path.display().to_string(), error).rated(Severity::Error, Kind::Unreadable)
}

/// Says whether the name of a file or folder says that there is nothing to read: hidden, half downloaded, temporary,
/// or what a saved page brings along.
pub(super) fn is_ignored(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with("~syncthing~")
        || name.ends_with("_files")
        || ["part", "crdownload", "tmp"].iter().any(|e| extension.eq_ignore_ascii_case(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(root: &Path, name: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }

    fn names(root: &Path) -> (Vec<String>, usize) {
        let (found, lost): (Vec<_>, Vec<_>) = Walk::new(&[root.to_owned()]).partition(Result::is_ok);
        let relative = |f: Found| f.path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        (found.into_iter().flatten().map(relative).collect(), lost.len())
    }

    #[test]
    fn leaves_out_what_is_no_digest_by_its_name() {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "2025-01-02/b.json",
            "2025-01-01/a.json",
            "capture.txt",
            ".git/config.json",
            ".syncthing.a.json.tmp",
            "~syncthing~a.json",
            "page_files/a.json",
            "page_filesystem/a.json",
            "a.json.part",
            "b.html.CRDOWNLOAD",
            "c.tmp",
            "~$d.txt",
        ] {
            touch(dir.path(), name);
        }
        let want = ["2025-01-01/a.json", "2025-01-02/b.json", "capture.txt", "page_filesystem/a.json"]
            .map(String::from);
        assert_eq!(names(dir.path()), (want.to_vec(), 0));
    }

    #[test]
    fn stops_below_eight_folders_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        touch(dir.path(), "1/2/3/4/5/6/7/8/in.json");
        touch(dir.path(), "1/2/3/4/5/6/7/8/9/out.json");
        assert_eq!(names(dir.path()), (vec!["1/2/3/4/5/6/7/8/in.json".to_owned()], 1));
    }

    #[cfg(unix)]
    #[test]
    fn walks_no_folder_twice_through_symlinks() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("archive");
        touch(&root, "day/a.json");
        touch(dir.path(), "elsewhere/b.json");
        symlink(&root, root.join("day/loop")).unwrap();
        symlink(dir.path(), root.join("parent")).unwrap();
        symlink(root.join("day"), root.join("again")).unwrap();
        symlink(dir.path().join("elsewhere"), root.join("linked")).unwrap();
        symlink(dir.path().join("elsewhere"), dir.path().join("elsewhere/itself")).unwrap();
        symlink(dir.path().join("gone"), root.join("dangling.json")).unwrap();
        assert_eq!(names(&root), (vec!["day/a.json".to_owned(), "linked/b.json".to_owned()], 4));
    }

    #[test]
    fn takes_a_root_once_and_names_one_that_is_missing() {
        let dir = tempfile::tempdir().unwrap();
        touch(dir.path(), "a.json");
        let roots = [dir.path().to_owned(), dir.path().join("."), dir.path().join("gone")];
        let met: Vec<_> = Walk::new(&roots).collect();
        assert_eq!(met.len(), 2);
        assert!(met[1].as_ref().unwrap_err().file.ends_with("gone"));
    }
}
