use std::collections::HashSet;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use memchr::memmem;

use super::known::{Known, OfPaper};
use super::listed::listed;
use super::rows;
use super::work::is_over;
use crate::archive::{self, Records};
use crate::effect::{Hit, Snippet};
use crate::filter::{Answer, Candidate, Haystack, Missing, Query, Sieve, Subject};
use crate::model::{self, Date, Digest, Listed, Paper, Problem, SourceRef, Verdict};
use crate::table::{DigestRow, Print, Row};

/// Cells of a snippet.
const CELLS: usize = 120;
/// Bytes that are read before the next look at whether they are still wanted.
const AT_ONCE: usize = 8 << 20;

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
    pub(super) stop: &'a AtomicBool,
}

impl Asked<'_> {
    /// Looks for hits in the texts of a digest that its rows do not show to be some, and makes the first `most` of them.
    /// `bytes` is for the bytes of files, to be used again.
    pub(super) fn look(&self, digest: DigestRow, most: usize, bytes: &mut Vec<u8>) -> Body {
        let what = listed(digest);
        let missing = match self.sift(&what, bytes) {
            Ok(missing) => missing,
            Err(problem) => return Body { problem, ..Body::default() },
        };
        let is_open = |row| {
            let of_paper = self.known.of(&row);
            self.query.in_short(&of_paper.short(row), of_paper.facts, &missing) == Answer::Open
        };
        if is_over(self.stop) || (!missing.is_empty() && !digest.rows().any(is_open)) {
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

    /// Finds the words that none of the files holds. Fails, maybe without a problem to name, where one is not there.
    fn sift(&self, what: &Listed, bytes: &mut Vec<u8>) -> Result<Missing<'_>, Option<Problem>> {
        let mut missing: Option<Missing> = None;
        if self.sieve.is_empty() {
            return Ok(Missing::default());
        }
        for source in &what.sources {
            let SourceRef::File(path) = source else { return Ok(Missing::default()) };
            match read(&path.to_path(), bytes, self.stop) {
                // What is left of it is in the others.
                Err(_) if what.sources.len() > 1 => return Ok(Missing::default()),
                Err(problem) => return Err(problem),
                Ok(()) if !is_json(bytes) => return Ok(Missing::default()),
                Ok(()) => {}
            }
            let here = self.sieve.missing(bytes);
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
    let is_utf8 = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
    is_utf8 && matches!(head.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// Reads a file, or as much of it as is wanted. A file that is gone is none of ours any more.
fn read(path: &Path, bytes: &mut Vec<u8>, stop: &AtomicBool) -> Result<(), Option<Problem>> {
    bytes.clear();
    let mut read_all = || {
        let mut file = File::open(path)?;
        while !is_over(stop) {
            let room = file.metadata()?.len().saturating_sub(bytes.len() as u64).min(AT_ONCE as u64);
            bytes.reserve(room as usize + 1);
            if file.by_ref().take(AT_ONCE as u64).read_to_end(bytes)? < AT_ONCE {
                break;
            }
        }
        Ok(())
    };
    read_all().map_err(|e: std::io::Error| {
        (e.kind() != ErrorKind::NotFound).then(|| Problem::of_io(path.display().to_string(), &e))
    })
}
