//! Makes an index, of the one before as far as that still holds.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use tempfile::NamedTempFile;

use super::index::{Index, write_first};
use super::load::load;
use super::source::read_short;
use super::stamp::age;
use crate::model::{Listed, Listing, Problem, SourceRef};
use crate::table::{Block, DigestRow, Head, ImageBuilder, Table, path_of};

/// Threads that read; they give way to all others.
const THREADS: usize = 2;
/// Digests that are read before they are written.
const AT_ONCE: usize = 128;
/// Bytes of rows that are checked at a time.
const CHECKED: u64 = 512 << 10;
/// A file that was changed so shortly before may be changed again without a sign.
const FRESH: Duration = Duration::from_secs(2);
/// Bytes of the biggest index that is kept in memory when no file can be written.
const MOST_IN_MEMORY: u64 = 64 << 20;
/// For how long a file that was not ended may still be written to.
const ABANDONED: Duration = Duration::from_mins(10);

/// What came of a refresh.
#[derive(Debug)]
pub enum Refreshed {
    /// The index at hand is that of the listing.
    Same,
    /// The new one, and why it is not in its file, if so.
    New(Index, Option<Problem>),
    /// It was called off.
    Stopped,
}

/// How a refresh is followed and called off.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    /// Told how many of how many digests are done, now and then.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Calls it off when it is true.
    pub cancel: &'a AtomicBool,
    /// True where what is looked at of the index is soon wanted again, and may stay in memory.
    pub is_wanted: bool,
}

/// Makes the index of what is listed, for the archives `roots`: digests whose files have not changed are taken over from
/// `old`, all others are read. Without a folder `cache` it stays in memory. Of an `old` that is that of the listing, all
/// rows are looked at once.
///
/// The file is written under another name and renamed; so several programs may do this at once, and an index that is in
/// use stays as it is. What cannot be read has no rows, and is tried again the next time.
///
/// # Errors
/// When it can be written nowhere and is too big for memory.
pub fn refresh(
    cache: Option<&Path>,
    roots: &[PathBuf],
    listing: &Listing,
    old: Option<&Index>,
    course: Course,
) -> Result<Refreshed, Problem> {
    let pool = ThreadPoolBuilder::new().num_threads(THREADS).start_handler(|_| give_way()).build();
    let pool = pool.map_err(|e| Problem::of_file("index", e.to_string()))?;
    pool.install(|| {
        let table = old.map(Index::table).unwrap_or_default();
        let old = old.map(|index| (index, table));
        Job { digests: &listing.digests, known: OnceLock::new(), old, course }.run(cache, roots)
    })
}

/// Where digests stand in the old table, by their first file.
fn known<'a>(table: &Table<'a>) -> HashMap<&'a [u8], u32> {
    table.digests().filter_map(|d| Some((d.sources().next()?.path, d.at()))).collect()
}

struct Job<'a> {
    digests: &'a [Arc<Listed>],
    /// Made when the index is to be another one.
    known: OnceLock<HashMap<&'a [u8], u32>>,
    old: Option<(&'a Index, Table<'a>)>,
    course: Course<'a>,
}

impl Job<'_> {
    fn run(&self, cache: Option<&Path>, roots: &[PathBuf]) -> Result<Refreshed, Problem> {
        if let Some((old, _)) = self.old.filter(|(old, _)| self.is_same(old)) {
            match self.check(old) {
                Some(true) => return Ok(Refreshed::Same),
                Some(false) => {}
                None => return Ok(Refreshed::Stopped),
            }
        }
        let mut said = None;
        if let Some(cache) = cache {
            let path = Index::path(cache, roots);
            match self.replace(cache, &path) {
                Ok(Some(index)) => return Ok(Refreshed::New(index, None)),
                Ok(None) => return Ok(Refreshed::Stopped),
                Err(e) => said = Some(Problem::of_io(path.display().to_string(), &e)),
            }
            // Any other place on a disk is as good, but for the next start.
            match tempfile::tempfile().and_then(|file| self.fill(&file)) {
                Ok(Some(index)) => return Ok(Refreshed::New(index, said)),
                Ok(None) => return Ok(Refreshed::Stopped),
                Err(_) => {}
            }
        }
        match self.in_memory() {
            Ok(Some(index)) => Ok(Refreshed::New(index, said)),
            Ok(None) => Ok(Refreshed::Stopped),
            Err(e) => Err(said.unwrap_or_else(|| Problem::of_io("index", &e))),
        }
    }

    /// Says whether the old index is of the very same files.
    fn is_same(&self, old: &Index) -> bool {
        let is_of = |digest: DigestRow| {
            self.digests.get(digest.at() as usize).is_some_and(|listed| digest.is_of(listed))
        };
        old.digest_count() as usize == self.digests.len()
            && old.in_parts(None, &mut |table| table.digests().all(is_of))
    }

    /// Says whether all rows of the old index are as they were written; none when it was called off.
    fn check(&self, old: &Index) -> Option<bool> {
        if old.is_checked() {
            return Some(true);
        }
        let are_sound = |table: Table| {
            let digests: Vec<DigestRow> = table.digests().collect();
            digests.par_iter().all(|digest| self.is_stopped() || digest.is_sound())
        };
        let is_sound = if self.course.is_wanted {
            are_sound(old.table())
        } else {
            old.in_parts(Some(CHECKED), &mut |table| are_sound(table))
        };
        if self.is_stopped() {
            return None;
        }
        if is_sound {
            old.set_checked();
        }
        Some(is_sound)
    }

    fn replace(&self, cache: &Path, path: &Path) -> io::Result<Option<Index>> {
        fs::create_dir_all(cache)?;
        sweep(cache);
        let temp = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(cache)?;
        let Some(index) = self.fill(&temp.reopen()?)? else { return Ok(None) };
        NamedTempFile::persist(temp, path)?;
        Ok(Some(index))
    }

    fn fill(&self, file: &File) -> io::Result<Option<Index>> {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        let Some(header) = self.write(&mut out)? else { return Ok(None) };
        out.flush()?;
        drop(out);
        write_first(file, &header)?;
        Index::of_file(file.try_clone()?, true).map(Some)
    }

    fn in_memory(&self) -> io::Result<Option<Index>> {
        let mut image = Bounded(Vec::new());
        let Some(header) = self.write(&mut image)? else { return Ok(None) };
        let Bounded(mut image) = image;
        image.iter_mut().zip(header).for_each(|(to, from)| *to = from);
        image.shrink_to_fit();
        Index::of_memory(image).map(Some)
    }

    /// Writes all but the header, which it returns; none when it was called off.
    fn write(&self, out: &mut impl Write) -> io::Result<Option<Vec<u8>>> {
        let mut builder = ImageBuilder::new();
        out.write_all(&[0; ImageBuilder::HEADER])?;
        let mut done = 0;
        for some in self.digests.chunks(AT_ONCE) {
            (self.course.progress)(done, self.digests.len());
            let blocks: Vec<(Block, bool)> = some.par_iter().map(|l| self.block(l)).collect();
            if self.is_stopped() {
                return Ok(None);
            }
            for (listed, (block, is_open)) in some.iter().zip(&blocks) {
                builder.add(Head { listed, is_open: *is_open }, block);
                out.write_all(&block.bytes)?;
            }
            done += some.len();
        }
        let (tables, header) = builder.finish();
        out.write_all(&tables)?;
        Ok(Some(header.to_vec()))
    }

    /// The rows of a digest, and whether they are to be made anew the next time.
    fn block(&self, listed: &Listed) -> (Block<'static>, bool) {
        if self.is_stopped() {
            return (Block::default(), true);
        }
        if let Some(block) = self.old_block(listed) {
            return (block, false);
        }
        let is_fresh = listed.sources.stamps().iter().any(|s| age(*s).is_none_or(|age| age < FRESH));
        // What is wrong with it is told when its day is opened.
        match catch_unwind(|| rows_of(listed)) {
            Ok(Some(block)) => (block, is_fresh),
            _ => (Block::default(), true),
        }
    }

    fn old_block(&self, listed: &Listed) -> Option<Block<'static>> {
        let (index, table) = self.old?;
        let first = listed.sources.first().map(path_of)?;
        let known = self.known.get_or_init(|| known(&table));
        let row: DigestRow = table.digest(*known.get(first.as_slice())?).filter(|row| row.is_of(listed))?;
        row.block(index.read(&row).ok()?)
    }

    fn is_stopped(&self) -> bool {
        self.course.cancel.load(Ordering::Relaxed)
    }
}

/// Reads a digest, no more of it than needed where the format allows.
fn rows_of(listed: &Listed) -> Option<Block<'static>> {
    if let [SourceRef::File(path)] = listed.sources.as_slice()
        && let Some(digest) = read_short(&path.to_path(), listed.date)
    {
        return Some(Block::of(&digest));
    }
    load(listed).ok().map(|loaded| Block::of(&loaded.digest))
}

/// What the names of files that are being written begin with.
const UNFINISHED: &str = "new-index-";

/// Removes what runs that were killed have left.
fn sweep(cache: &Path) {
    let Ok(entries) = fs::read_dir(cache) else { return };
    for entry in entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with(UNFINISHED)) {
        let modified = entry.metadata().and_then(|meta| meta.modified());
        if modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > ABANDONED)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Lets every other thread go first: the user waits for those.
fn give_way() {
    // Linux counts niceness by thread; elsewhere the whole program would give way.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}

/// A writer into memory with an end.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.0.len() + bytes.len()) as u64 > MOST_IN_MEMORY {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
