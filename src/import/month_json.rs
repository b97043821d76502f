use std::ops::Range;

use serde_json::json;

use super::line::line_of;
use super::links::{arxiv_id, guess};
use super::members::{Members, bare_id, within};
use super::name::paper_id;
use super::native::bare;
use super::salvage::Scan;
use super::{Format, Parsed, Stored};
use crate::model::{Date, Digest, Paper, Problem, Source};

/// Says whether the beginning of a JSON file is that of a month of arXiv records: an object whose first key is an
/// arXiv id with an object for its value.
pub(super) fn looks_like(head: &str) -> bool {
    let mut scan = Scan::new(head.as_bytes());
    head.trim_start().starts_with('{')
        && scan.key().is_some_and(|key| id_of(key).is_some())
        && scan.is_at(b'{')
}

fn id_of(key: &[u8]) -> Option<crate::model::ArxivId> {
    std::str::from_utf8(key).ok().and_then(bare_id)
}

/// The first day of the month that the file's name says, else of the month of the first paper with a `published`.
pub(super) fn date(text: &str, name: &str) -> Option<Date> {
    month_in_name(name).or_else(|| {
        let mut scan = Scan::new(text.as_bytes());
        std::iter::from_fn(|| {
            scan.key()?;
            Some(scan.value())
        })
        .find_map(|range| {
            let mut members = Members::read(text.get(range)?.trim().as_bytes()).ok()?;
            month(members.text("published")?.get(..7)?)
        })
    })
}

/// The `YYYY-MM` in a file's name, else in the folders above it.
fn month_in_name(name: &str) -> Option<Date> {
    name.rsplit(['/', '\\']).find_map(|part| {
        let bytes = part.as_bytes();
        let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        bytes.windows(7).enumerate().find_map(|(at, window)| {
            let is_alone = !digit(at.checked_sub(1)) && !digit(at.checked_add(7));
            std::str::from_utf8(window).ok().filter(|_| is_alone).and_then(month)
        })
    })
}

/// Reads `YYYY-MM` as the first day of that month.
fn month(text: &str) -> Option<Date> {
    super::format::date(&format!("{text}-01"))
}

/// Reads a month of arXiv records: one object keyed by arXiv id.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    if !looks_like(text) {
        return Err(Problem::of_file(name, "no paper found: the file is no JSON object keyed by arXiv ids"));
    }
    let Some(date) = date(text, name) else {
        let what = "no month found: neither in the file's name nor in a paper's `published`";
        return Err(Problem::of_file(name, what));
    };
    let mut digest = empty(date, name);
    let (mut problems, mut counted, mut scan) = (Vec::new(), (0, 1), Scan::new(bytes));
    loop {
        let Some(key) = scan.key() else {
            // A bracket too many does not end the file where the next paper follows.
            match next_paper(bytes, scan.at()..bytes.len()) {
                Some(next) => scan.jump(next),
                None => break,
            }
            let line = line_at(bytes, &(scan.at()..scan.at()), &mut counted);
            let what = "the JSON is broken above this line; it was read on from here";
            problems.push(Problem::at(name, line, what));
            continue;
        };
        let range = value(&mut scan, bytes);
        let line = line_at(bytes, &range, &mut counted);
        match record(key, bytes.get(range).unwrap_or_default()) {
            Ok((mut paper, notes)) => {
                let arxiv = paper.arxiv.as_ref().map(|a| a.id.as_str());
                paper.id = paper_id(arxiv, &paper.title, name, digest.papers.len());
                paper.from = vec![(0, line)];
                digest.papers.push(paper);
                problems.extend(notes.into_iter().map(|note| Problem::at(name, line, note)));
            }
            Err(error) => {
                let key = String::from_utf8_lossy(key);
                let what = format!("the paper `{key}` is not readable and was left out: {}", bare(&error));
                problems.push(Problem::at(name, within(line, &error), what));
            }
        }
    }
    if let Some((at, what)) = odd_end(&mut scan, bytes) {
        problems.push(Problem::at(name, line_at(bytes, &(at..at), &mut counted), what));
    }
    if digest.papers.is_empty() {
        let what = "no paper found in the JSON object";
        return Err(problems.into_iter().next().unwrap_or_else(|| Problem::of_file(name, what)));
    }
    let digest = Stored { digest, format: Format::ArxivMonthJson, file: name.to_owned() };
    Ok(Parsed { digest, problems })
}

/// The digest of this source before it has papers.
fn empty(date: Date, name: &str) -> Digest {
    let source = Source {
        format: Format::ArxivMonthJson.name().to_owned(),
        file: Some(name.to_owned()),
        ..Source::default()
    };
    Digest { sources: vec![source], ..Digest::new(date, None) }
}

/// Steps over a value; one without an end stops where the next paper's record is opened.
fn value(scan: &mut Scan, bytes: &[u8]) -> Range<usize> {
    let mut range = scan.value();
    if let Some(next) = next_paper(bytes, range.clone()) {
        range.end = next;
        scan.jump(next);
    }
    range
}

/// Says what is wrong with the end of the file, and where: it is missing, or text follows it.
fn odd_end(scan: &mut Scan, bytes: &[u8]) -> Option<(usize, &'static str)> {
    let at = if scan.is_at(b'}') { scan.after_end()? } else { bytes.len() };
    let is_cut = at == bytes.len();
    let what = if is_cut {
        "the file ends before its end: it was cut here"
    } else {
        "text after the end was left out"
    };
    Some((at, what))
}

/// The place of the first line in `range`, but not at its beginning, that opens a paper's record.
fn next_paper(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    let part = bytes.get(range.clone())?;
    memchr::memchr_iter(b'\n', part).map(|end| end + 1).find_map(|at| {
        let line = part.get(at..)?;
        let key = line.trim_ascii_start().strip_prefix(b"\"")?;
        let end = memchr::memchr(b'"', key)?;
        let (key, rest) = key.split_at_checked(end)?;
        let is_open = rest.strip_prefix(b"\"")?.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        (id_of(key).is_some() && is_open.starts_with(b"{")).then_some(range.start + at)
    })
}

fn line_at(bytes: &[u8], range: &Range<usize>, counted: &mut (usize, u32)) -> u32 {
    let (from, line) = *counted;
    let line = line + line_of(bytes.get(from..).unwrap_or_default(), range.start - from) - 1;
    *counted = (range.start, line);
    line
}

fn record(key: &[u8], json: &[u8]) -> Result<(Paper, Vec<String>), serde_json::Error> {
    let mut members = Members::read(json.trim_ascii())?;
    let pdf = members.line("pdf_url");
    let mut paper = Paper {
        arxiv: id_of(key),
        title: members.line("title").unwrap_or_default(),
        authors: members.list("authors").0,
        abstract_en: members.paragraphs("abstract"),
        keywords: members.list("tags").0,
        comment: members.line("comment"),
        categories: members.list("categories").0,
        published: members.line("published"),
        updated: members.line("updated"),
        ..Paper::default()
    };
    let version = pdf.as_deref().and_then(arxiv_id);
    if let Some((arxiv, other)) = paper.arxiv.as_mut().zip(version).filter(|(a, b)| a.id == b.id) {
        arxiv.version = arxiv.version.or(other.version);
    }
    paper.links.pdf = pdf;
    let guessed = guess(
        &mut paper.links,
        [paper.comment.as_deref(), paper.abstract_en.as_deref()].into_iter().flatten(),
    );
    paper.extra = members.rest();
    if !guessed.is_empty() {
        paper.extra.insert("guessed".to_owned(), json!(guessed));
    }
    if paper.arxiv.is_none() {
        members.notes.push(format!("the key `{}` is no arXiv id", String::from_utf8_lossy(key)));
    }
    Ok((paper, members.notes))
}
