use std::borrow::Cow;
use std::collections::HashMap;

use super::bytes::push_number;
use super::form::push_form;
use super::image::{COLUMNS, DIGEST, HEADER, Header, NONE, SOURCE};
use super::part::Part;
use super::pieces::Pieces;
use super::print::{Print, sum};
use super::row::flags;
use crate::model::{self, Digest, Listed, Paper, SourceRef};

/// The rows of one digest, ready to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block<'a> {
    /// The digest's category, clean.
    pub category: Option<Cow<'a, str>>,
    /// Papers in it.
    pub rows: u32,
    /// The rows.
    pub bytes: Cow<'a, [u8]>,
    /// What the bytes sum up to.
    pub sum: u64,
}

impl Block<'static> {
    /// Makes the rows of a cleaned digest. O(length of the short texts).
    #[must_use]
    pub fn of(digest: &Digest) -> Self {
        let category = digest.category.as_deref();
        let [mut masks, mut ids, mut keys, mut all_flags, mut ends, mut rows] = [const { Vec::new() }; 6];
        for paper in &digest.papers {
            let pieces = Pieces::short(paper, model::gist(paper).unwrap_or_default(), category);
            let identity = paper.identity();
            let print = Print::of(&identity);
            masks.extend(pieces.mask().to_le_bytes());
            ids.extend(print.arxiv.to_le_bytes());
            keys.extend(print.key.to_le_bytes());
            all_flags.extend(flags(paper, pieces.has_han()).to_le_bytes());
            push_row(&mut rows, paper, &pieces);
            let Ok(end) = u32::try_from(rows.len()) else { return Self::default() };
            ends.extend(end.to_le_bytes());
        }
        let bytes = [masks, ids, keys, all_flags, ends, rows].concat();
        Self {
            category: digest.category.clone().map(Cow::Owned),
            rows: digest.papers.len() as u32,
            sum: sum(&bytes),
            bytes: bytes.into(),
        }
    }
}

fn push_row(out: &mut Vec<u8>, paper: &Paper, pieces: &Pieces) {
    push_number(out, pieces.iter().count());
    for piece in pieces.iter() {
        out.push(piece.part as u8 | u8::from(piece.is_zh) << 7);
        push_number(out, piece.text.len());
    }
    out.extend_from_slice(pieces.text().as_bytes());
    let folded = |part| pieces.iter().filter(move |p| p.part == part).map(|p| p.text);
    let first = |part| folded(part).next().unwrap_or_default();
    push_form(out, &paper.id, first(Part::Id));
    push_form(out, &paper.title, first(Part::Title));
    push_form(out, paper.title_zh.as_deref().unwrap_or_default(), first(Part::TitleZh));
    push_form(out, paper.authors.first().map_or("", |a| a), first(Part::Author));
    push_form(out, paper.authors.last().map_or("", |a| a), folded(Part::Author).last().unwrap_or_default());
    push_number(out, paper.authors.len());
    push_form(out, paper.arxiv.as_ref().map_or("", |a| &a.id), &paper.id);
}

/// What an image says of a digest beside its rows.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The digest as it was listed before it was read.
    pub listed: &'a Listed,
    /// True to have it read again for the next image, whatever its stamps: it could not be read, or is fresh.
    pub is_open: bool,
}

/// Lays out an image while its blocks are written one after the other, behind [`ImageBuilder::HEADER`] bytes that
/// are written last.
#[derive(Debug, Default)]
pub struct ImageBuilder {
    header: Header,
    digests: Vec<u8>,
    sources: Vec<u8>,
    names: Vec<u8>,
    paths: Vec<u8>,
    /// Where names stand: they recur.
    known: HashMap<String, (u32, u32)>,
    /// Bytes of blocks so far.
    blocks: u64,
}

impl ImageBuilder {
    /// Bytes that are left free before the first block.
    pub const HEADER: usize = HEADER;

    /// Starts an image without a digest.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes note of the digest whose block is written next. Digests come in the order of the listing.
    pub fn add(&mut self, head: Head, block: &Block) {
        let date = head.listed.date;
        let listed = self.name(head.listed.category.as_deref());
        let category = self.name(block.category.as_deref());
        let first_source = self.header.sources;
        for (i, source) in head.listed.sources.iter().enumerate() {
            let stamp = head.listed.sources.stamps().get(i).copied().unwrap_or_default();
            let (at, len) = push(&mut self.paths, &path_of(source));
            self.sources.extend([at.to_le_bytes(), len.to_le_bytes()].concat());
            self.sources.extend(stamp.modified_ns.to_le_bytes());
            self.sources.extend(stamp.len.to_le_bytes());
            self.header.sources += 1;
        }
        self.digests.extend(date.year().to_le_bytes());
        self.digests.extend([date.month().cast_unsigned(), date.day().cast_unsigned()]);
        for number in [
            u32::from(head.is_open),
            self.header.rows,
            block.rows,
            first_source,
            self.header.sources - first_source,
            listed.0,
            listed.1,
            category.0,
            category.1,
            0,
            0,
        ] {
            self.digests.extend(number.to_le_bytes());
        }
        for number in [HEADER as u64 + self.blocks, block.bytes.len() as u64, block.sum] {
            self.digests.extend(number.to_le_bytes());
        }
        self.header.digests += 1;
        self.header.rows += block.rows;
        self.blocks += block.bytes.len() as u64;
    }

    /// Ends the image: what is written behind the last block, and what is written before the first.
    #[must_use]
    pub fn finish(mut self) -> (Vec<u8>, [u8; HEADER]) {
        let names = self.names.len() as u64;
        let tables = [self.digests, self.sources, self.names, self.paths].concat();
        self.header.names = names;
        self.header.tables_at = HEADER as u64 + self.blocks;
        self.header.tables_sum = sum(&tables);
        self.header.len = self.header.tables_at + tables.len() as u64;
        (tables, self.header.to_bytes())
    }

    fn name(&mut self, name: Option<&str>) -> (u32, u32) {
        let Some(name) = name else { return (0, NONE) };
        if let Some(&place) = self.known.get(name) {
            return place;
        }
        let place = push(&mut self.names, name.as_bytes());
        self.known.insert(name.to_owned(), place);
        place
    }
}

/// Writes a name, and says where it stands.
fn push(names: &mut Vec<u8>, name: &[u8]) -> (u32, u32) {
    let at = names.len() as u32;
    names.extend_from_slice(name);
    (at, name.len() as u32)
}

/// The bytes by which a source is known.
#[must_use]
pub fn path_of(source: &SourceRef) -> Vec<u8> {
    match source {
        SourceRef::File(path) => path.to_path().into_os_string().into_encoded_bytes(),
        SourceRef::Sample(name) => name.as_bytes().to_vec(),
    }
}

/// Makes an image in memory of cleaned digests in the order of the listing. O(length of the short texts).
#[must_use]
pub fn image<'d>(digests: impl IntoIterator<Item = (&'d Listed, &'d Digest)>) -> Vec<u8> {
    let mut builder = ImageBuilder::new();
    let mut image = vec![0; HEADER];
    for (listed, digest) in digests {
        let block = Block::of(digest);
        builder.add(Head { listed, is_open: false }, &block);
        image.extend_from_slice(&block.bytes);
    }
    let (tables, header) = builder.finish();
    image.extend(tables);
    image.iter_mut().zip(header).for_each(|(to, from)| *to = from);
    image
}

const _: () = assert!(COLUMNS == 30 && DIGEST == 4 + 11 * 4 + 3 * 8 && SOURCE == 24);
