use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;

use memmap2::MmapMut;

/// Bytes from which a file gets memory of its own.
const BIG: usize = 32 << 10;

/// The bytes of a file.
///
/// Those of a big one are no part of the heap: they are there for a moment, and what is allocated meanwhile and stays
/// would keep the room between for good. Nor does the heap learn from them that big pieces are better kept.
#[derive(Debug)]
pub(super) enum FileBytes {
    Small(Vec<u8>),
    /// Memory, and how much of it is the file's.
    Big(MmapMut, usize),
}

impl FileBytes {
    /// Reads a file from where it stands, but no more than `most` bytes; it is expected to have `size`.
    pub(super) fn read(file: &mut File, size: usize, most: u64) -> io::Result<Self> {
        // One more, for a file that grows meanwhile.
        let room = size + 1;
        let map = if room > BIG { MmapMut::map_anon(room).ok() } else { None };
        let Some(mut map) = map else {
            let mut bytes = Vec::with_capacity(room);
            file.take(most).read_to_end(&mut bytes)?;
            return Ok(Self::Small(bytes));
        };
        let mut len = 0;
        while let Some(rest) = map.get_mut(len..).filter(|rest| !rest.is_empty()) {
            match file.read(rest) {
                Ok(0) => return Ok(Self::Big(map, len)),
                Ok(read) => len += read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        let mut bytes = map.to_vec();
        file.take(most.saturating_sub(len as u64)).read_to_end(&mut bytes)?;
        Ok(Self::Small(bytes))
    }
}

impl Deref for FileBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Small(bytes) => bytes,
            Self::Big(map, len) => map.get(..*len).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn all_bytes_are_read_however_many_were_expected() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        for len in [0, 1, BIG - 2, BIG - 1, BIG, BIG + 1, 3 * BIG] {
            let bytes: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
            fs::write(&path, &bytes).unwrap();
            for size in [0, len.saturating_sub(1), len, len + 1, len + BIG, 2 * BIG] {
                let read = FileBytes::read(&mut File::open(&path).unwrap(), size, u64::MAX).unwrap();
                assert_eq!(*read, *bytes, "{len} bytes, {size} expected");
            }
            let most = len as u64 / 2;
            let read = FileBytes::read(&mut File::open(&path).unwrap(), 0, most).unwrap();
            assert_eq!(read.len() as u64, most);
        }
    }
}
