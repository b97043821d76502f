use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::map::Map;
use crate::table::{DigestRow, Table, sum};

/// What the names of index files begin with.
const NAME: &str = "index-";

/// The table of all papers of some archives, as it was made last. It may be older than the archives.
#[derive(Debug)]
pub struct Index {
    image: Image,
    /// Whether all rows are known to be as they were written.
    is_checked: AtomicBool,
}

#[derive(Debug)]
enum Image {
    /// A file, and the same file mapped.
    Mapped(File, Map),
    Memory(Vec<u8>),
}

impl Index {
    /// Opens the index of the archives `roots` in the folder `cache`; none where there is none that can be used.
    /// O(digests): rows are not looked at before they are asked for.
    #[must_use]
    pub fn open(cache: &Path, roots: &[PathBuf]) -> Option<Self> {
        let path = Self::path(cache, roots);
        // A pipe in its place would be waited for without end.
        path.metadata().ok().filter(std::fs::Metadata::is_file)?;
        Self::of_file(File::open(path).ok()?, false).ok()
    }

    /// The file of the index of these archives: one for each set of folders, whatever way they are named.
    #[must_use]
    pub fn path(cache: &Path, roots: &[PathBuf]) -> PathBuf {
        let mut names: Vec<Vec<u8>> = roots
            .iter()
            .map(|root| std::path::absolute(root).unwrap_or_else(|_| root.clone()))
            .map(|root| root.as_os_str().as_encoded_bytes().to_vec())
            .collect();
        names.sort();
        cache.join(format!("{NAME}{:016x}", sum(&names.join(&0))))
    }

    /// The rows. O(1).
    #[must_use]
    pub fn table(&self) -> Table<'_> {
        Table::reopen(self.bytes())
    }

    /// The same index for one look at much of it: what that reads of the file is out of memory once this is dropped. None
    /// where it lies in memory, or cannot be had twice. O(1).
    #[must_use]
    pub fn again(&self) -> Option<Self> {
        let Image::Mapped(file, _) = &self.image else { return None };
        let image = Image::Mapped(file.try_clone().ok()?, Map::of(file).ok()?);
        Some(Self { image, is_checked: AtomicBool::new(self.is_checked()) })
    }

    /// Bytes of the index.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    /// True when it holds nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table().digest_count() == 0
    }

    /// True when it lies in memory, because no file could be written.
    #[must_use]
    pub fn is_in_memory(&self) -> bool {
        matches!(self.image, Image::Memory(_))
    }

    pub(super) fn of_memory(image: Vec<u8>) -> Self {
        Self { image: Image::Memory(image), is_checked: AtomicBool::new(true) }
    }

    pub(super) fn of_file(file: File, is_checked: bool) -> io::Result<Self> {
        // What is looked at in a map stays in memory for as long as that.
        Table::check(file.metadata()?.len(), |bytes, at| read_at(&file, bytes, at))?;
        let map = Map::of(&file)?;
        Ok(Self { image: Image::Mapped(file, map), is_checked: AtomicBool::new(is_checked) })
    }

    /// Reads the bytes of a digest's rows past the map, whose pages would stay in memory.
    pub(super) fn read(&self, digest: &DigestRow) -> io::Result<Vec<u8>> {
        let place = digest.place();
        let len = usize::try_from(place.end - place.start).map_err(io::Error::other)?;
        if place.end > self.len() as u64 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match &self.image {
            Image::Mapped(file, _) => {
                let mut bytes = vec![0; len];
                read_at(file, &mut bytes, place.start)?;
                Ok(bytes)
            }
            Image::Memory(image) => {
                let start = usize::try_from(place.start).map_err(io::Error::other)?;
                Ok(image.get(start..start + len).unwrap_or_default().to_vec())
            }
        }
    }

    pub(super) fn is_checked(&self) -> bool {
        self.is_checked.load(Ordering::Relaxed)
    }

    pub(super) fn set_checked(&self) {
        self.is_checked.store(true, Ordering::Relaxed);
    }

    fn bytes(&self) -> &[u8] {
        match &self.image {
            Image::Mapped(_, map) => map.bytes(),
            Image::Memory(image) => image,
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::Read as _;
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

/// Writes what stands at the beginning of a file once all the rest is written.
pub(super) fn write_first(mut file: &File, header: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(header)
}
