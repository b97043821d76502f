use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use super::Shared;

/// The path of a file. An archive has tens of thousands in a thousand folders under a few names, so these are shared.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FilePath {
    folder: Shared<Path>,
    name: Shared<OsStr>,
}

impl FilePath {
    /// The file of this name in a folder; an empty folder is the one the program was started in.
    #[must_use]
    pub fn new(folder: Shared<Path>, name: Shared<OsStr>) -> Self {
        Self { folder, name }
    }

    /// The whole path. O(length).
    #[must_use]
    pub fn to_path(&self) -> PathBuf {
        self.folder.join(&*self.name)
    }

    /// Says whether it is that path or lies below it.
    #[must_use]
    pub fn starts_with(&self, above: &Path) -> bool {
        self.folder.starts_with(above) || self.to_path() == above
    }

    fn components(&self) -> impl Iterator<Item = Component<'_>> {
        self.folder.components().chain([Component::Normal(&self.name)])
    }
}

impl<P: AsRef<Path>> From<P> for FilePath {
    fn from(path: P) -> Self {
        let path = path.as_ref();
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::new(folder.into(), path.file_name().unwrap_or_default().into())
    }
}

impl Ord for FilePath {
    /// As whole paths stand.
    fn cmp(&self, other: &Self) -> Ordering {
        self.components().cmp(other.components())
    }
}

impl PartialOrd for FilePath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_path().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_two_parts_is_the_path() {
        let names =
            ["a.json", "./a.json", "a/b.json", "a/b/c.json", "a/c.json", "/a.json", "/a/b.json", "../a"];
        for a in names {
            let (whole, parted) = (Path::new(a), FilePath::from(a));
            assert_eq!(parted.to_path().as_os_str(), whole.as_os_str());
            for b in names.into_iter().chain(["", "a", "/", "a/b", ".."]) {
                assert_eq!(parted.starts_with(Path::new(b)), whole.starts_with(b), "{a} {b}");
                if names.contains(&b) {
                    assert_eq!(parted.cmp(&FilePath::from(b)), whole.cmp(Path::new(b)), "{a} {b}");
                }
            }
        }
    }
}
