use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::map::Map;
use crate::model::Date;
use crate::table::{DigestRow, Excerpt, Header, Table, sum};

/// What the names of index files begin with.
const NAME: &str = "index-";
/// Digests that are copied at a time.
const AT_ONCE: u32 = 256;

/// The table of all papers of some archives, as it was made last. It may be older than the archives.
#[derive(Debug)]
pub struct Index {
    image: Image,
    header: Header,
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

    /// The rows. O(1): what is looked at of a file stays in memory as long as the index.
    #[must_use]
    pub fn table(&self) -> Table<'_> {
        Table::reopen(self.header, self.bytes())
    }

    /// The number of digests.
    #[must_use]
    pub fn digest_count(&self) -> u32 {
        self.table().digest_count()
    }

    /// Lends all digests for one look, some at a time, until `look` says no, and says whether it never did: false also where
    /// the file cannot be read any more. With rows, as many are lent at once as have fewer bytes of rows than `most`, but
    /// one; with none, digests have no rows. They are copies that are gone after each look: of a map the system would keep
    /// what is looked at in memory, and 2 MB for one byte.
    pub fn in_parts(&self, most: Option<u64>, look: &mut dyn FnMut(Table) -> bool) -> bool {
        let (mut from, mut excerpt) = (0, Excerpt::default());
        while from < self.digest_count() {
            let mut read = |bytes: &mut [u8], at| self.read_at(bytes, at);
            if excerpt.read(self.header, from, (AT_ONCE, most), &mut read).is_err() {
                return false;
            }
            let table = excerpt.table();
            let Some(last) = table.digests().last() else { return false };
            if !look(table) {
                return false;
            }
            from = last.at() + 1;
        }
        true
    }

    /// Copies the digests of a day with their rows, as far as they are next to each other.
    ///
    /// # Errors
    /// When the file cannot be read, or is no longer what it was.
    pub fn of_date(&self, date: Date) -> io::Result<Excerpt> {
        Excerpt::of_date(self.header, date, &mut |bytes, at| self.read_at(bytes, at))
    }

    /// Bytes of the index.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    /// True when it holds nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.digest_count() == 0
    }

    /// True when it lies in memory, because no file could be written.
    #[must_use]
    pub fn is_in_memory(&self) -> bool {
        matches!(self.image, Image::Memory(_))
    }

    pub(super) fn of_memory(image: Vec<u8>) -> io::Result<Self> {
        let header = Table::check(image.len() as u64, |bytes, at| copy(&image, bytes, at))?;
        Ok(Self { image: Image::Memory(image), header, is_checked: AtomicBool::new(true) })
    }

    pub(super) fn of_file(file: File, is_checked: bool) -> io::Result<Self> {
        // What is looked at in a map stays in memory for as long as that.
        let header = Table::check(file.metadata()?.len(), |bytes, at| read_at(&file, bytes, at))?;
        let map = Map::of(&file)?;
        Ok(Self { image: Image::Mapped(file, map), header, is_checked: AtomicBool::new(is_checked) })
    }

    /// Reads the bytes of a digest's rows past the map, whose pages would stay in memory.
    pub(super) fn read(&self, digest: &DigestRow) -> io::Result<Vec<u8>> {
        let place = digest.place();
        if place.end > self.len() as u64 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; usize::try_from(place.end - place.start).map_err(io::Error::other)?];
        self.read_at(&mut bytes, place.start)?;
        Ok(bytes)
    }

    fn read_at(&self, bytes: &mut [u8], at: u64) -> io::Result<()> {
        match &self.image {
            Image::Mapped(file, _) => read_at(file, bytes, at),
            Image::Memory(image) => copy(image, bytes, at),
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

fn copy(image: &[u8], bytes: &mut [u8], at: u64) -> io::Result<()> {
    let from = usize::try_from(at).ok().and_then(|at| image.get(at..)?.get(..bytes.len()));
    bytes.copy_from_slice(from.ok_or(io::ErrorKind::UnexpectedEof)?);
    Ok(())
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
