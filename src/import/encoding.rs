//! Turns the bytes of a file into text, in whatever encoding a reader's tools have saved it.
//!
//! Owns the guess: a byte order mark, else UTF-8, else UTF-16 by its zero bytes, else GB18030 (of which GBK
//! and GB2312 are parts) by its pairs, else UTF-8 with what is not replaced by U+FFFD.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

use super::line::line_of;
use crate::model::{Kind, Problem, Severity};

/// The text of a file, and how it was come by.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    encoding: &'static Encoding,
    /// The line of the first bytes that are no text in this encoding.
    pub(super) bad: Option<u32>,
}

impl Decoded<'_> {
    /// Says which encoding was read and where it failed; None for sound UTF-8.
    pub(super) fn problem(&self, name: &str) -> Option<Problem> {
        let other = (self.encoding != UTF_8).then(|| format!("read as {}", self.encoding.name()));
        let Some(line) = self.bad else {
            let what = other?;
            return Some(Problem::of_file(name, what).rated(Severity::Info, Kind::Encoding));
        };
        let read = other.map(|o| format!("{o}; ")).unwrap_or_default();
        let what =
            format!("{read}bytes that are not {} were replaced by U+FFFD, here first", self.encoding.name());
        Some(Problem::at(name, line, what).rated(Severity::Warning, Kind::Encoding))
    }
}

/// Decodes `bytes`, without their byte order mark. They may end within a character. Sound UTF-8 is not copied. O(bytes).
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return read(encoding, bytes.get(mark..).unwrap_or_default());
    }
    let (whole, cut) = bytes.split_at_checked(bytes.len() - cut_len(bytes)).unwrap_or((bytes, &[]));
    match std::str::from_utf8(whole) {
        _ if memchr(0, bytes).is_some() => read(guess(bytes), bytes),
        Ok(text) if cut.is_empty() => Decoded { text: Cow::Borrowed(text), encoding: UTF_8, bad: None },
        // Only the end of the last character is missing, as in the head of a file.
        Ok(text) => {
            let bad = Some(line_of(bytes, whole.len()));
            Decoded { text: Cow::Owned(format!("{text}\u{fffd}")), encoding: UTF_8, bad }
        }
        Err(_) => read(guess(bytes), bytes),
    }
}

/// The number of bytes of the last character of UTF-8, where its end is missing; else 0.
fn cut_len(bytes: &[u8]) -> usize {
    let is_cut = |len: &usize| {
        let tail = bytes.len().checked_sub(*len).and_then(|at| bytes.get(at..));
        tail.is_some_and(|tail| {
            std::str::from_utf8(tail).is_err_and(|e| e.valid_up_to() == 0 && e.error_len().is_none())
        })
    };
    (1..=3).find(is_cut).unwrap_or(0)
}

fn read<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    if encoding == UTF_8 {
        let bad = std::str::from_utf8(bytes).err().map(|e| line_of(bytes, e.valid_up_to()));
        return Decoded { text: String::from_utf8_lossy(bytes), encoding, bad };
    }
    let (text, failed) = encoding.decode_without_bom_handling(bytes);
    let place = || text.find('\u{fffd}').unwrap_or(text.len());
    let bad = failed.then(|| line_of(text.as_bytes(), place()));
    Decoded { text, encoding, bad }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let (even, odd) = zeros(bytes);
    // Of English text every second byte is zero, of Chinese text at least the line ends' are.
    for (encoding, high, low) in [(UTF_16LE, odd, even), (UTF_16BE, even, odd)] {
        if high * 16 > bytes.len() / 2 && low * 16 < high {
            return encoding;
        }
    }
    if is_gb(bytes) { GB18030 } else { UTF_8 }
}

/// Counts the zero bytes at even and at odd places.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let zero = |b: Option<&u8>| usize::from(b == Some(&0));
    bytes.chunks(2).fold((0, 0), |(even, odd), pair| (even + zero(pair.first()), odd + zero(pair.get(1))))
}

/// Says whether the bytes outside ASCII are nearly all pairs of GB2312 and hardly ever characters of UTF-8.
fn is_gb(bytes: &[u8]) -> bool {
    let (mut common, mut rare, mut broken) = (0_usize, 0_usize, 0_usize);
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        let (kind, len) = match (first, after) {
            (0..=0x7f, _) => {
                rest = after;
                continue;
            }
            (0xa1..=0xf7, [0xa1..=0xfe, ..]) => (&mut common, 1),
            (0x81..=0xfe, [0x40..=0x7e | 0x80..=0xfe, ..]) => (&mut rare, 1),
            (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, ..]) => (&mut rare, 3),
            // The file's last byte may be half a character.
            (_, []) => break,
            _ => (&mut broken, 0),
        };
        *kind += 1;
        rest = after.get(len..).unwrap_or_default();
    }
    let (mut sound, mut unsound) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        unsound += usize::from(!chunk.invalid().is_empty());
    }
    let pairs = common + rare;
    common >= 4 && common * 4 > pairs * 3 && broken * 50 <= pairs && sound < unsound
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "2031-02-03 更新\n\nPaper Boats\nAuthors:A, B\n我们提出一种新的方法，它很快。\n";

    fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text_and_is_named() {
        let (gb, _, _) = GB18030.encode(TEXT);
        let (le, be) = (utf16(TEXT, u16::to_le_bytes), utf16(TEXT, u16::to_be_bytes));
        for (bytes, said) in [
            (TEXT.as_bytes().to_vec(), None),
            ([b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), None),
            ([b"\xff\xfe", le.as_slice()].concat(), Some("UTF-16LE")),
            ([b"\xfe\xff", be.as_slice()].concat(), Some("UTF-16BE")),
            (le, Some("UTF-16LE")),
            (be, Some("UTF-16BE")),
            (gb.to_vec(), Some("gb18030")),
        ] {
            let decoded = decode(&bytes);
            assert_eq!(decoded.text, TEXT, "{said:?}");
            let problem = decoded.problem("x.txt").map(|p| (p.to_string(), p.severity));
            assert_eq!(problem, said.map(|s| (format!("x.txt: read as {s}"), Severity::Info)));
        }
    }

    #[test]
    fn damage_is_replaced_and_its_first_line_named() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes[20] = 0xff;
        let said = |bytes: &[u8]| decode(bytes).problem("x").map(|p| p.to_string()).unwrap_or_default();
        let what = "bytes that are not UTF-8 were replaced by U+FFFD, here first";
        assert_eq!(said(&bytes), format!("x:3: {what}"));
        assert_eq!(said(b"Ren\xe9e Okafor\nAuthors: Jos\xe9 P\xe9rez"), format!("x:1: {what}"));
        let (gb, _, _) = GB18030.encode(TEXT);
        let mut gb = gb.repeat(9);
        gb[13] = 0xff;
        let french = "Été à l'école, où René étudie déjà\n".repeat(3);
        assert_eq!(said(&[french.as_bytes(), b"\xff"].concat()), format!("x:4: {what}"));
        let what = "read as gb18030; bytes that are not gb18030 were replaced by U+FFFD, here first";
        assert_eq!(said(&gb), format!("x:1: {what}"));
        assert_eq!(
            said(b"\xff\xfe\x00\xd8a\0"),
            "x:1: read as UTF-16LE; bytes that are not UTF-16LE were replaced by U+FFFD, here first"
        );
    }

    #[test]
    fn a_text_cut_within_a_character_keeps_its_encoding() {
        let (gb, _, _) = GB18030.encode(TEXT);
        let marked = [b"\xff\xfe".to_vec(), utf16(TEXT, u16::to_le_bytes)].concat();
        for (bytes, encoding) in [(TEXT.as_bytes(), UTF_8), (&gb, GB18030), (&marked, UTF_16LE)] {
            for end in bytes.len() - 6..bytes.len() {
                assert_eq!(decode(&bytes[..end]).encoding, encoding, "{end}");
            }
        }
    }

    #[test]
    fn a_zero_byte_alone_makes_no_utf16() {
        let text = format!("{TEXT}\0{TEXT}");
        assert_eq!(decode(text.as_bytes()).text, text);
        assert!(decode(text.as_bytes()).problem("x").is_none());
    }
}
