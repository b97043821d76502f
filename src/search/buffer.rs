use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::ops::Deref;

/// The first bytes of a file, in memory that is used again for the next one: it is neither cleared nor had anew.
#[derive(Default)]
pub(super) struct Buffer {
    room: Vec<u8>,
    len: usize,
}

impl Buffer {
    /// Forgets what was read.
    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    /// Reads up to `most` bytes behind those that are there, and says how many: fewer at the end of the file only.
    pub(super) fn read(&mut self, file: &mut File, most: usize) -> io::Result<usize> {
        let (start, end) = (self.len, self.len + most);
        if self.room.len() < end {
            self.room.resize(end, 0);
        }
        while let Some(rest) = self.room.get_mut(self.len..end).filter(|rest| !rest.is_empty()) {
            match file.read(rest) {
                Ok(0) => break,
                Ok(read) => self.len += read,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(self.len - start)
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.room.get(..self.len).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_the_file_before() {
        let dir = tempfile::tempdir().unwrap();
        let file = |text: &str| {
            let path = dir.path().join(text);
            std::fs::write(&path, text).unwrap();
            File::open(path).unwrap()
        };
        let (mut buffer, mut long, mut short) = (Buffer::default(), file("long text"), file("short"));
        assert_eq!((buffer.read(&mut long, 4).unwrap(), &*buffer), (4, &b"long"[..]));
        assert_eq!((buffer.read(&mut long, 9).unwrap(), &*buffer), (5, &b"long text"[..]));
        buffer.clear();
        assert_eq!((buffer.read(&mut short, 9).unwrap(), &*buffer), (5, &b"short"[..]));
        assert_eq!(buffer.read(&mut short, 9).unwrap(), 0);
    }
}
