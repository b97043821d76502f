use std::collections::HashSet;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use memchr::memmem;

use super::buffer::Buffer;
use super::known::{Known, OfPaper};
use super::listed::listed;
use super::rows;
use super::work::is_over;
use crate::archive::{self, Records};
use crate::effect::{Hit, Snippet};
use crate::filter::{Answer, Candidate, Haystack, Missing, Query, Sieve, Sifting, Subject};
use crate::model::{self, Date, Digest, Listed, Paper, Problem, SourceRef, Verdict};
use crate::table::{DigestRow, Print, Row};

/// Cells of a snippet.
const CELLS: usize = 120;
/// Bytes that are read before they are looked through, while they are in the fastest memory.
const AT_ONCE: usize = 128 << 10;

/// Bytes of a digest that are looked at first where one hit is enough: some papers.
const HEAD: usize = 64 << 10;

/// What the texts of a digest hold.
#[derive(Default)]
pub(super) struct Body {
    /// The first hits, in the order of the digest.
    pub(super) hits: Vec<Hit>,
    /// All of them.
    pub(super) count: usize,
    /// Those without a verdict.
    pub(super) undecided: usize,
    /// Why it could not be read.
    pub(super) problem: Option<Problem>,
}

/// A query and what it takes to ask it of texts.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) query: &'a Query,
    pub(super) sieve: &'a Sieve<'a>,
    pub(super) known: &'a Known<'a>,
    /// True where one hit of a digest is enough.
    pub(super) is_one_enough: bool,
    pub(super) stop: &'a AtomicBool,
}

/// A file that is looked through while it is read.
struct Begun<'a> {
    file: File,
    /// Its bytes, when it was opened.
    len: u64,
    sifting: Sifting<'a, 'a>,
}

impl Begun<'_> {
    /// Reads on up to `most` bytes, of which `bytes` are those that are read, or as long as it is wanted.
    fn read(&mut self, most: usize, bytes: &mut Buffer, stop: &AtomicBool) -> io::Result<()> {
        while bytes.len() < most && !is_over(stop) {
            let at_once = AT_ONCE.min(most - bytes.len());
            let read = bytes.read(&mut self.file, at_once)?;
            self.sifting.more(bytes);
            if read < at_once {
                break;
            }
        }
        Ok(())
    }
}

impl<'a> Asked<'a> {
    /// Looks for hits in the texts of a digest that its rows do not show to be some, and makes the first `most` of them.
    /// `bytes` is for the bytes of files, to be used again.
    pub(super) fn look(&self, digest: DigestRow, most: usize, bytes: &mut Buffer) -> Body {
        let what = listed(digest);
        let mut begun = None;
        if self.is_one_enough {
            begun = self.begin(&what, bytes);
            if begun
                .as_ref()
                .is_some_and(|b| b.sifting.has_all() && self.is_sure_of_some(digest, &what, bytes))
            {
                return Body { count: 1, ..Body::default() };
            }
        }
        let missing = match self.sift(&what, begun, bytes) {
            Ok(missing) => missing,
            Err(problem) => return Body { problem, ..Body::default() },
        };
        let is_open = |row| {
            let of_paper = self.known.of(&row);
            self.query.in_short(&of_paper.short(row), of_paper.facts, &missing) == Answer::Open
        };
        let is_nowhere = !missing.is_empty()
            && (self.query.is_nowhere(digest.text(), &missing) || !digest.rows().any(is_open));
        if is_over(self.stop) || is_nowhere {
            return Body::default();
        }
        if let Some(body) = self.ask_records(digest, &what, bytes, most) {
            return body;
        }
        match archive::load(&what) {
            Ok(loaded) => self.ask(digest, &loaded.digest, &missing, most),
            Err(problem) => Body { problem: Some(problem), ..Body::default() },
        }
    }

    /// Reads the beginning of the only file of a digest, if it is as long as it was when its rows were made.
    fn begin(&self, what: &Listed, bytes: &mut Buffer) -> Option<Begun<'a>> {
        let ([SourceRef::File(path)], [stamp]) = (what.sources.as_slice(), what.sources.stamps()) else {
            return None;
        };
        let mut begun = self.open(&path.to_path(), bytes).ok()?;
        begun.read(HEAD, bytes, self.stop).ok()?;
        (begun.len == stamp.len).then_some(begun)
    }

    fn open(&self, path: &Path, bytes: &mut Buffer) -> io::Result<Begun<'a>> {
        bytes.clear();
        let file = File::open(path)?;
        let len = file.metadata()?.len();
        Ok(Begun { file, len, sifting: self.sieve.begin() })
    }

    /// Says whether one of the first papers of a digest is a hit for certain: where many papers have a word, most of the
    /// bytes need not be read.
    fn is_sure_of_some(&self, rows: DigestRow, what: &Listed, head: &[u8]) -> bool {
        if !is_json(head) {
            return false;
        }
        let Some(records) = Records::begin(what, head) else { return false };
        rows.rows().take(records.len()).any(|row| {
            let of_paper = self.known.of(&row);
            let answer = self.query.in_short(&of_paper.short(row), of_paper.facts, &Missing::default());
            answer == Answer::Open && self.sure(&row, records.bytes(row.index())).is_some()
        })
    }

    /// Finds the words that none of the files holds, of which the first may be `begun`. Fails, maybe without a problem to
    /// name, where one is not there.
    fn sift(
        &self,
        what: &Listed,
        mut begun: Option<Begun<'a>>,
        bytes: &mut Buffer,
    ) -> Result<Missing<'a>, Option<Problem>> {
        let mut missing: Option<Missing> = None;
        if self.sieve.is_empty() {
            return Ok(Missing::default());
        }
        for source in &what.sources {
            let SourceRef::File(path) = source else { return Ok(Missing::default()) };
            let opened = begun.take().map_or_else(|| self.open(&path.to_path(), bytes), Ok);
            let done = opened.and_then(|mut begun| {
                begun.read(usize::MAX, bytes, self.stop)?;
                Ok(begun.sifting)
            });
            let sifting = match done.map_err(|e| lost(&path.to_path(), &e)) {
                // What is left of it is in the others.
                Err(_) if what.sources.len() > 1 => return Ok(Missing::default()),
                Err(problem) => return Err(problem),
                Ok(_) if !is_json(bytes) => return Ok(Missing::default()),
                Ok(sifting) => sifting,
            };
            let here = sifting.missing(bytes);
            missing = Some(match missing {
                Some(before) => before.and(&here),
                None => here,
            });
        }
        Ok(missing.unwrap_or_default())
    }

    /// Asks the query of the papers of a native digest, reading only those that may be hits, and of these only what is in
    /// doubt. None where it has to be read whole.
    fn ask_records(&self, rows: DigestRow, what: &Listed, bytes: &[u8], most: usize) -> Option<Body> {
        let is_same = rows.sources().next().is_some_and(|s| s.stamp.len == bytes.len() as u64);
        if self.sieve.is_empty() || !is_same {
            return None;
        }
        let records = Records::of(what, bytes).filter(|records| records.len() == rows.len() as usize)?;
        let mut body = Body::default();
        for row in rows.rows() {
            if is_over(self.stop) {
                break;
            }
            let (of_paper, record) = (self.known.of(&row), records.bytes(row.index()));
            let missing = self.sieve.missing(record);
            if self.query.in_short(&of_paper.short(row), of_paper.facts, &missing) != Answer::Open {
                continue;
            }
            let is_wanted = body.hits.len() < most;
            let sure = self.sure(&row, record);
            let hit = sure.filter(|_| is_wanted).and_then(|text| self.hit_of_text(row, text));
            if sure.is_none() || (is_wanted && hit.is_none()) {
                let paper = records.read(row.index())?;
                if Print::of(&paper.identity()) != row.print() {
                    return None;
                }
                if !self.is_hit(rows.date(), rows.category(), &paper, &of_paper) {
                    continue;
                }
                let made = is_wanted.then(|| self.hit(rows.date(), rows.category(), row.index(), &paper));
                body.hits.extend(made);
            }
            body.hits.extend(hit);
            body.count += 1;
            body.undecided += usize::from(of_paper.facts.verdict == Verdict::Undecided);
            if self.is_one_enough {
                break;
            }
        }
        Some(body)
    }

    /// The text that makes a paper a hit for certain; none where that cannot be told without reading all of it.
    fn sure<'t>(&self, row: &Row, record: &'t [u8]) -> Option<&'t [u8]> {
        let text = self.sieve.surely(archive::long_texts(record))?;
        memmem::find(record, row.id().as_bytes()).map(|_| text)
    }

    /// The hit of a row, with a piece of the string of JSON that made it one.
    fn hit_of_text(&self, row: Row, json: &[u8]) -> Option<Hit> {
        let (text, hits) = self.query.snippet_of(archive::read_text(json)?, CELLS)?;
        Some(Hit { snippet: Some(Snippet { text, hits }), ..rows::hit(row) })
    }

    /// Asks the query of every paper that its row does not decide about.
    fn ask(&self, rows: DigestRow, digest: &Digest, missing: &Missing, most: usize) -> Body {
        let mut body = Body::default();
        let mut shown: Option<HashSet<Print>> = None;
        for (index, paper) in digest.papers.iter().enumerate() {
            if is_over(self.stop) {
                break;
            }
            let identity = paper.identity();
            let print = Print::of(&identity);
            let row = u32::try_from(index).ok().and_then(|i| rows.row(i)).filter(|row| row.print() == print);
            let of_paper = if let Some(row) = row {
                let of_paper = self.known.of(&row);
                if self.query.in_short(&of_paper.short(row), of_paper.facts, missing) != Answer::Open {
                    continue;
                }
                of_paper
            } else {
                // The digest is another one than the table has: what its rows showed is not to be shown again.
                if shown.get_or_insert_with(|| self.shown(rows)).contains(&print) {
                    continue;
                }
                self.known.of_identity(&identity, digest.date)
            };
            let category = digest.category.as_deref();
            if self.is_hit(digest.date, category, paper, &of_paper) {
                body.count += 1;
                body.undecided += usize::from(of_paper.facts.verdict == Verdict::Undecided);
                if body.hits.len() < most {
                    body.hits.push(self.hit(digest.date, category, index, paper));
                }
                if self.is_one_enough {
                    break;
                }
            }
        }
        body
    }

    /// The papers of a digest that are hits by their rows.
    fn shown(&self, rows: DigestRow) -> HashSet<Print> {
        let is_hit = |row: &Row| {
            let of_paper = self.known.of(row);
            let answer = self.query.in_short(&of_paper.short(*row), of_paper.facts, &Missing::default());
            matches!(answer, Answer::Hit(_))
        };
        rows.rows().filter(is_hit).map(|row| row.print()).collect()
    }

    fn is_hit(&self, date: Date, category: Option<&str>, paper: &Paper, of_paper: &OfPaper) -> bool {
        let (tags, note) = of_paper.said();
        let subject =
            Subject { paper, gist: model::gist(paper).unwrap_or_default(), date, category, tags, note };
        let hay = Haystack::with_body(&subject);
        self.query.in_whole(&Candidate { hay: &hay, facts: of_paper.facts })
    }

    fn hit(&self, date: Date, category: Option<&str>, index: usize, paper: &Paper) -> Hit {
        let snippet = self.query.snippet(paper, CELLS);
        let last = paper.authors.last().filter(|_| paper.authors.len() > 1);
        Hit {
            date,
            category: category.map(str::to_owned),
            index,
            identity: paper.identity(),
            id: paper.id.clone(),
            title: paper.title.clone(),
            authors: paper.authors.first().into_iter().chain(last).cloned().collect(),
            snippet: snippet.map(|(text, hits)| Snippet { text, hits }),
        }
    }
}

/// Says whether bytes can be looked through as they are: JSON in UTF-8, as far as its beginning tells.
fn is_json(bytes: &[u8]) -> bool {
    let head = bytes.get(..64 << 10).unwrap_or(bytes);
    let is_utf8 = simdutf8::compat::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
    is_utf8 && matches!(head.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// The problem of a file that cannot be read. One that is gone is none of ours any more.
fn lost(path: &Path, e: &io::Error) -> Option<Problem> {
    (e.kind() != ErrorKind::NotFound).then(|| Problem::of_io(path.display().to_string(), e))
}
