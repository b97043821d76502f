use std::ops::Range;

/// A stretch of a longer run of bytes, which is asked for by places in the whole run. What is not in the stretch is not
/// there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span<'a> {
    start: usize,
    bytes: &'a [u8],
}

impl<'a> Span<'a> {
    pub(super) fn new(start: usize, bytes: &'a [u8]) -> Self {
        Self { start, bytes }
    }

    /// The whole run.
    pub(super) fn whole(bytes: &'a [u8]) -> Self {
        Self::new(0, bytes)
    }

    pub(super) fn get(self, place: Range<usize>) -> Option<&'a [u8]> {
        self.bytes.get(place.start.checked_sub(self.start)?..place.end.checked_sub(self.start)?)
    }

    /// The entry at this place, of a run of entries of `size` bytes; empty where it is not there.
    pub(super) fn entry(self, at: usize, size: usize) -> &'a [u8] {
        let place = at.checked_mul(size).and_then(|start| Some(start..start.checked_add(size)?));
        place.and_then(|place| self.get(place)).unwrap_or_default()
    }

    /// The places of the entries of `size` bytes that are there.
    pub(super) fn entries(self, size: usize) -> Range<usize> {
        let first = self.start / size;
        first..first + self.bytes.len() / size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_the_stretch_is_there() {
        let span = Span::new(4, b"abcd");
        assert_eq!(span.get(4..8), Some(&b"abcd"[..]));
        assert_eq!(span.get(5..6), Some(&b"b"[..]));
        assert_eq!((span.get(3..6), span.get(7..9)), (None, None));
        assert_eq!((span.entries(2), span.entry(2, 2), span.entry(3, 2)), (2..4, &b"ab"[..], &b"cd"[..]));
        assert_eq!(
            (span.entry(1, 2), span.entry(4, 2), span.entry(usize::MAX, 2)),
            (&b""[..], &b""[..], &b""[..])
        );
    }
}
