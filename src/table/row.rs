use std::borrow::Cow;

use super::bytes::{Reader, u16_at, u32_at, u64_at};
use super::digest_row::DigestRow;
use super::form::{read_form, text};
use super::part::{Part, Piece};
use super::print::Print;
use crate::model::{Identity, Paper};

const HAN: u16 = 1;
const FAILED: u16 = 2;
const ZH: u16 = 4;
const SUMMARY: u16 = 8;
const TAKEAWAYS: u16 = 16;
const CODE: u16 = 32;

pub(super) fn flags(paper: &Paper, has_han: bool) -> u16 {
    [
        (HAN, has_han),
        (FAILED, !paper.failed.is_empty()),
        (ZH, paper.title_zh.is_some() || paper.abstract_zh.is_some()),
        (SUMMARY, paper.summary.is_some()),
        (TAKEAWAYS, !paper.takeaways.is_empty()),
        (CODE, paper.links.code.is_some()),
    ]
    .into_iter()
    .fold(0, |flags, (flag, is)| if is { flags | flag } else { flags })
}

/// The columns of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns<'a> {
    masks: &'a [u8],
    ids: &'a [u8],
    keys: &'a [u8],
    flags: &'a [u8],
    ends: &'a [u8],
    rows: &'a [u8],
}

impl<'a> Columns<'a> {
    pub(super) fn new(block: &'a [u8], rows: usize) -> Self {
        let mut reader = Reader(block);
        Self {
            masks: reader.take(rows * 8),
            ids: reader.take(rows * 8),
            keys: reader.take(rows * 8),
            flags: reader.take(rows * 2),
            ends: reader.take(rows * 4),
            rows: reader.0,
        }
    }

    pub(super) fn row(&self, digest: DigestRow<'a>, index: usize) -> Row<'a> {
        Row { digest, columns: *self, index }
    }
}

/// A paper of the table. Nothing of it is read before it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    digest: DigestRow<'a>,
    columns: Columns<'a>,
    index: usize,
}

impl<'a> Row<'a> {
    /// The digest it is in.
    #[must_use]
    pub fn digest(&self) -> DigestRow<'a> {
        self.digest
    }

    /// Its place in the digest.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its place among all rows of the table.
    #[must_use]
    pub fn at(&self) -> u32 {
        self.digest.range().start.saturating_add(self.index as u32)
    }

    /// The characters that occur in its pieces: see [`mask`](super::mask).
    #[must_use]
    pub fn mask(&self) -> u64 {
        u64_at(self.columns.masks, self.index * 8).unwrap_or_default()
    }

    /// False when a character of `mask` is missing in its pieces for certain.
    #[must_use]
    pub fn may_hold(&self, mask: u64) -> bool {
        mask & !self.mask() == 0
    }

    /// Which paper it is, in 16 bytes.
    #[must_use]
    pub fn print(&self) -> Print {
        Print {
            arxiv: u64_at(self.columns.ids, self.index * 8).unwrap_or_default(),
            key: u64_at(self.columns.keys, self.index * 8).unwrap_or_default(),
        }
    }

    /// True when there is Chinese in its pieces.
    #[must_use]
    pub fn has_han(&self) -> bool {
        self.is(HAN)
    }

    /// True when the source failed to write a part of it.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        self.is(FAILED)
    }

    /// True when it has a Chinese title or abstract.
    #[must_use]
    pub fn has_zh(&self) -> bool {
        self.is(ZH)
    }

    /// True when it has a summary.
    #[must_use]
    pub fn has_summary(&self) -> bool {
        self.is(SUMMARY)
    }

    /// True when it has takeaways.
    #[must_use]
    pub fn has_takeaways(&self) -> bool {
        self.is(TAKEAWAYS)
    }

    /// True when it has a link to code.
    #[must_use]
    pub fn has_code(&self) -> bool {
        self.is(CODE)
    }

    /// The folded pieces: those of [`Pieces::short`](super::Pieces::short), in the same order. O(bytes) when all are read.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'a>> + use<'a> {
        let (heads, bytes, _) = self.parts();
        // Checked at once, which takes less than one by one.
        let whole = simdutf8::basic::from_utf8(bytes).ok();
        let (mut start, mask) = (0_usize, self.mask());
        heads.map(move |(part, is_zh, len)| {
            let range = start..start.saturating_add(len).min(bytes.len());
            start = range.end;
            let text = match whole {
                Some(whole) => whole.get(range).unwrap_or_default(),
                None => text(bytes.get(range).unwrap_or_default()),
            };
            Piece { part, text, is_zh, mask }
        })
    }

    /// The bytes of all pieces, with nothing between them: what is not in these is in no piece.
    #[must_use]
    pub fn text(&self) -> &'a [u8] {
        self.parts().1
    }

    /// The id, clean.
    #[must_use]
    pub fn id(&self) -> Cow<'a, str> {
        self.shown().id
    }

    /// The title, clean.
    #[must_use]
    pub fn title(&self) -> Cow<'a, str> {
        self.shown().title
    }

    /// The translated title, clean.
    #[must_use]
    pub fn title_zh(&self) -> Option<Cow<'a, str>> {
        let has_one = self.pieces().any(|p| p.part == Part::TitleZh);
        has_one.then(|| self.shown().title_zh)
    }

    /// The first author and, where there are several, the last; how many there are.
    #[must_use]
    pub fn authors(&self) -> (Cow<'a, str>, Option<Cow<'a, str>>, usize) {
        let Shown { first, last, authors, .. } = self.shown();
        (first, (authors > 1).then_some(last), authors)
    }

    /// Which paper it is. For many rows go by [`Row::print`].
    #[must_use]
    pub fn identity(&self) -> Identity {
        let Shown { title, first, authors, arxiv, .. } = self.shown();
        let has_arxiv = self.print().arxiv != 0;
        Identity::new(has_arxiv.then_some(&*arxiv), &title, (authors > 0).then_some(&*first))
    }

    fn is(&self, flag: u16) -> bool {
        u16_at(self.columns.flags, self.index * 2).unwrap_or_default() & flag != 0
    }

    fn bytes(&self) -> &'a [u8] {
        let end = |i: usize| u32_at(self.columns.ends, i * 4).unwrap_or_default() as usize;
        let start = self.index.checked_sub(1).map_or(0, end);
        self.columns.rows.get(start..end(self.index)).unwrap_or_default()
    }

    /// What the pieces are and how long, their texts, and what follows them.
    fn parts(&self) -> (impl Iterator<Item = (Part, bool, usize)> + use<'a>, &'a [u8], Reader<'a>) {
        let mut reader = Reader(self.bytes());
        // Each takes two bytes at least.
        let count = reader.number().min(reader.0.len() / 2);
        let heads = Heads { reader, left: count };
        let (mut len, mut texts) = (0_usize, heads.clone());
        for (_, _, more) in texts.by_ref() {
            len = len.saturating_add(more);
        }
        let mut rest = texts.reader;
        (heads, rest.take(len), rest)
    }

    fn shown(&self) -> Shown<'a> {
        let (_, _, mut rest) = self.parts();
        let [mut id, mut title, mut title_zh, mut first, mut last] = [None; 5];
        for piece in self.pieces() {
            match piece.part {
                Part::Id => id = id.or(Some(piece.text)),
                Part::Title => title = title.or(Some(piece.text)),
                Part::TitleZh => title_zh = title_zh.or(Some(piece.text)),
                Part::Author => {
                    first = first.or(Some(piece.text));
                    last = Some(piece.text);
                }
                _ => {}
            }
        }
        let mut next = |folded: Option<&'a str>| read_form(&mut rest, folded.unwrap_or_default());
        let (id, title, title_zh) = (next(id), next(title), next(title_zh));
        let (first, last) = (next(first), next(last));
        let authors = rest.number();
        let arxiv = read_form(&mut rest, &id).into_owned();
        Shown { id, title, title_zh, first, last, authors, arxiv }
    }
}

/// What a row holds beside its pieces.
struct Shown<'a> {
    id: Cow<'a, str>,
    title: Cow<'a, str>,
    title_zh: Cow<'a, str>,
    first: Cow<'a, str>,
    last: Cow<'a, str>,
    /// How many authors there are.
    authors: usize,
    arxiv: String,
}

/// The heads of the pieces of a row.
#[derive(Clone, Debug)]
struct Heads<'a> {
    reader: Reader<'a>,
    left: usize,
}

impl Iterator for Heads<'_> {
    type Item = (Part, bool, usize);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let head = self.reader.byte();
        let part = Part::ALL.get(usize::from(head & 0x7f)).copied().unwrap_or(Part::Body);
        Some((part, head & 0x80 != 0, self.reader.number()))
    }
}
