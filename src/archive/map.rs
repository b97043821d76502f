use std::fs::File;
use std::io;

use memmap2::Mmap;

/// A file that is read as if it were memory: only what is looked at is read from the disk, and the system may forget it
/// again.
#[derive(Debug)]
pub(super) struct Map(Mmap);

impl Map {
    /// Maps an index file, to be read only.
    pub(super) fn of(file: &File) -> io::Result<Self> {
        #[expect(
            unsafe_code,
            reason = "a mapped file must not change: this one is the program's own, in its cache folder, and is only \
                      ever replaced by another file of its name or removed; its bytes are trusted for nothing"
        )]
        // SAFETY: no run writes to the file once it has its name, nor makes it shorter.
        let map = unsafe { Mmap::map(file) };
        map.map(Self)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
