use serde::Deserialize;
use serde_json::{Map, Value};

use super::capture::decode;
use super::format::{date, date_in_name};
use super::json_text::{MENDED, mended};
use super::line::line_of;
use super::links::is_arxiv_id;
use super::members::Members;
use super::name::paper_id;
use super::salvage::{Element, Scan};
use super::split_paper::{FIELDS, Whole};
use super::{Format, Parsed, Stored};
use crate::model::{ArxivId, Digest, Paper, Problem, Source};

/// The version of the native format that is written.
const SCHEMA: u64 = 1;

/// The members of a digest's file.
#[derive(Default, Deserialize)]
struct File {
    schema: Option<u64>,
    date: Option<String>,
    category: Option<String>,
    #[serde(default)]
    sources: Vec<Source>,
    #[serde(default)]
    notices: Vec<String>,
    papers: Option<Vec<Whole>>,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

/// Reads a native digest. What does not parse as a whole is read record by record.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice(bytes) {
        Ok(file) => digest(file, name, Vec::new()),
        Err(error) => {
            let mut slow = Slow { bytes, name, ..Slow::default() };
            slow.read();
            if slow.problems.is_empty() && !slow.is_mended {
                slow.problems.push(Problem::at(name, line(error.line()), error.to_string()));
            }
            digest(slow.file, name, slow.problems)
        }
    }
}

fn digest(file: File, name: &str, mut problems: Vec<Problem>) -> Result<Parsed, Problem> {
    let Some(papers) = file.papers else {
        let what = "no digest found: the file is no JSON object with a list `papers`";
        return Err(problems
            .into_iter()
            .next()
            .filter(|_| file.schema.is_some())
            .unwrap_or(Problem::of_file(name, what)));
    };
    let named = file.date.as_deref().and_then(date);
    if named.is_none() {
        let what = "no member `date` with a date as YYYY-MM-DD; the file's name was asked";
        problems.push(Problem::of_file(name, what));
    }
    let Some(day) = named.or_else(|| date_in_name(name)) else {
        return Err(Problem::of_file(
            name,
            "no date found: neither a member `date` nor one in the file's name",
        ));
    };
    match file.schema {
        Some(SCHEMA) => {}
        Some(other) => {
            problems.push(Problem::of_file(
                name,
                format!("schema {other} is not known; it was read as schema 1"),
            ));
        }
        None => problems.push(Problem::of_file(name, "no schema number; it was read as schema 1")),
    }
    // A name that cannot be seen is none.
    let mut digest = Digest::new(day, file.category.filter(|c| !c.trim().is_empty()));
    digest.sources = file.sources;
    digest.notices = file.notices;
    digest.extra = file.extra;
    digest.papers = papers.into_iter().map(|Whole(paper)| paper).collect();
    for (index, paper) in digest.papers.iter_mut().enumerate() {
        name_paper(paper, name, index);
    }
    Ok(Parsed { digest: Stored { digest, format: Format::Native, file: name.to_owned() }, problems })
}

/// Gives a paper the names that a file written by hand may lack.
pub(super) fn name_paper(paper: &mut Paper, name: &str, index: usize) {
    if paper.arxiv.is_none() && is_arxiv_id(&paper.id) {
        paper.arxiv = Some(ArxivId { id: paper.id.clone(), version: None });
    }
    if paper.id.is_empty() {
        paper.id = paper_id(paper.arxiv.as_ref().map(|a| a.id.as_str()), &paper.title, name, index);
    }
}

/// The lines on which the papers of a native digest begin. O(bytes).
pub(super) fn lines_of_papers(bytes: &[u8]) -> Vec<u32> {
    let mut scan = Scan::new(bytes);
    while let Some(key) = scan.key() {
        if key != b"papers" || !scan.is_at(b'[') {
            scan.value();
            continue;
        }
        scan.enter();
        let (mut lines, mut at, mut line) = (Vec::new(), 0, 1);
        while let Some(element) = scan.element() {
            if let Element::Whole(range) = element {
                line += line_of(bytes.get(at..).unwrap_or_default(), range.start - at) - 1;
                at = range.start;
                lines.push(line);
            }
        }
        return lines;
    }
    Vec::new()
}

fn line(number: usize) -> u32 {
    u32::try_from(number.max(1)).unwrap_or(u32::MAX)
}

/// The reading of a file that does not parse as a whole.
#[derive(Default)]
struct Slow<'a> {
    bytes: &'a [u8],
    name: &'a str,
    file: File,
    problems: Vec<Problem>,
    /// Set when something was put right without any loss.
    is_mended: bool,
    /// A place whose line was counted, and that line.
    counted: (usize, u32),
}

impl Slow<'_> {
    fn read(&mut self) {
        let mut scan = Scan::new(self.bytes);
        while let Some(key) = scan.key() {
            if key == b"papers" && scan.is_at(b'[') {
                self.papers(&mut scan);
            } else {
                let at = scan.at();
                let value = scan.value();
                self.member(key, value.clone(), at);
            }
        }
        if !scan.is_at(b'}') {
            self.problem(self.bytes.len(), "the file ends before its end: it was cut here");
        } else if let Some(at) = scan.after_end() {
            self.problem(at, "text after the end of the digest was left out");
        }
    }

    fn member(&mut self, key: &[u8], range: std::ops::Range<usize>, at: usize) {
        let (key, _) = decode(key);
        let slice = self.bytes.get(range).unwrap_or_default();
        let mended = mended(slice);
        if mended.is_some() {
            self.problem(at, MENDED);
        }
        let read = match &mended {
            Some(text) => serde_json::from_str(text),
            None => serde_json::from_slice(slice),
        };
        let value: Value = match read {
            Ok(value) => value,
            Err(error) => return self.problem(at, &format!("`{key}` is not readable: {}", bare(&error))),
        };
        let taken = match key.as_ref() {
            "schema" => set(&mut self.file.schema, &value),
            "date" => set(&mut self.file.date, &value),
            "category" => set(&mut self.file.category, &value),
            "sources" => set(&mut self.file.sources, &value),
            "notices" => set(&mut self.file.notices, &value),
            // Kept as a member of its own, it would stand beside the list when the digest is written.
            "papers" => false,
            _ => {
                self.file.extra.insert(key.into_owned(), value);
                return;
            }
        };
        if value.is_null() {
            self.is_mended = true;
        } else if !taken {
            self.problem(at, &format!("`{key}` is not what a digest has there; it was left out"));
        }
    }

    fn papers(&mut self, scan: &mut Scan) {
        scan.enter();
        let mut papers = Vec::new();
        while let Some(element) = scan.element() {
            match element {
                Element::Whole(range) => papers.extend(self.paper(&range)),
                Element::Open(range) => {
                    let is_cut = range.end == self.bytes.len();
                    let what = if is_cut {
                        "this paper is cut off"
                    } else {
                        "this paper has no end; it was left out"
                    };
                    self.problem(range.start, what);
                }
                Element::Junk(range) => self.problem(range.start, "this is no paper; it was left out"),
            }
        }
        self.file.papers.get_or_insert_default().append(&mut papers);
    }

    /// Reads one record; where that fails, all of its members that are what they should be.
    fn paper(&mut self, range: &std::ops::Range<usize>) -> Option<Whole> {
        let slice = self.bytes.get(range.clone())?;
        let error = match serde_json::from_slice(slice) {
            Ok(whole) => return Some(whole),
            Err(error) => error,
        };
        let first = self.line_at(range.start);
        let place = |l: usize| first.saturating_add(line(l) - 1);
        let (members, notes) = match Members::read(slice) {
            Ok(members) => members.into_parts(),
            Err(error) => {
                let what = format!("this paper is not readable and was left out: {}", bare(&error));
                self.problems.push(Problem::at(self.name, place(error.line()), what));
                return None;
            }
        };
        let at = place(error.line());
        self.problems.extend(notes.into_iter().map(|note| Problem::at(self.name, at, note)));
        self.is_mended = true;
        let (whole, wrong) = mend(members);
        if !wrong.is_empty() {
            let what = format!("{}: {}; kept aside in `extra`", wrong.join(", "), bare(&error));
            self.problems.push(Problem::at(self.name, place(error.line()), what));
        }
        whole
    }

    fn problem(&mut self, at: usize, what: &str) {
        let line = self.line_at(at);
        self.problems.push(Problem::at(self.name, line, what));
    }

    /// The line of a byte. Places are asked for in order, so each line end is counted once.
    fn line_at(&mut self, at: usize) -> u32 {
        let (from, lines) = self.counted;
        let (from, lines) = if at < from { (0, 0) } else { (from, lines) };
        let lines = lines + line_of(self.bytes.get(from..).unwrap_or_default(), at - from) - 1;
        self.counted = (at, lines);
        lines + 1
    }
}

/// The message of a JSON error without its place, which is that of a part of the file.
pub(super) fn bare(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(what, _)| what.to_owned())
}

fn set<T: for<'de> Deserialize<'de>>(slot: &mut T, value: &Value) -> bool {
    T::deserialize(value).map(|read| *slot = read).is_ok()
}

/// Builds a paper of the members that fit; names those that do not, which go to `extra`. A null is as good as none.
fn mend(members: Map<String, Value>) -> (Option<Whole>, Vec<String>) {
    let (mut good, mut aside, mut wrong) = (Map::new(), Map::new(), Vec::new());
    for (key, value) in members {
        if value.is_null() && FIELDS.contains(&key.as_str()) {
            continue;
        }
        let alone = Map::from_iter([(key.clone(), value.clone())]);
        if Whole::deserialize(Value::Object(alone)).is_ok() {
            good.insert(key, value);
        } else {
            wrong.push(format!("`{key}`"));
            aside.insert(key, value);
        }
    }
    let mut whole = Whole::deserialize(Value::Object(good)).ok();
    if let Some(Whole(paper)) = &mut whole {
        paper.extra.extend(aside);
    }
    (whole, wrong)
}
