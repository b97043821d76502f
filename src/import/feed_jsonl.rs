use std::borrow::Cow;
use std::fmt;

use memchr::{memchr, memchr2};
use rayon::prelude::*;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::feed::Feed;
use super::feed_written::language_in_name;
use super::format::date_in_name;
use super::json_text::{MENDED, mended};
use super::salvage::Scan;
use super::{Format, Parsed, feed_paper};
use crate::model::{Paper, Problem};

/// Bytes that one thread reads sooner than others would wake.
const FEW: usize = 256 * 1024;

/// Lines of a file that have to tell what it is: the first ones may be broken.
const TELLING_LINES: usize = 5;

/// Members by which a record of a feed is known; `title` and two more have to be there.
const MEMBERS: &[&[u8]] = &[
    b"id",
    b"authors",
    b"summary",
    b"abstract",
    b"abs",
    b"pdf",
    b"url",
    b"pdf_url",
    b"cate",
    b"category",
    b"categories",
    b"comment",
    b"AI",
    b"tldr",
];

/// Reads a day of a feed: one JSON object a line. A bad line costs that line. The day is that of the file's name:
/// the records name only when a paper was published. A dated file without a line is a day without papers.
pub(super) fn parse(text: &str, name: &str) -> Result<Parsed, Problem> {
    parse_lines(read_lines(text.as_bytes(), name), name)
}

/// Reads as [`parse`] does what is UTF-8 without a NUL, and nothing else: whether a big file is, all cores find out.
pub(super) fn parse_sound(bytes: &[u8], name: &str) -> Option<Result<Parsed, Problem>> {
    if memchr(0, bytes).is_some() {
        return None;
    }
    let lines = read_lines(bytes, name);
    lines.iter().all(|(_, read)| read.is_text).then(|| parse_lines(lines, name))
}

fn read_lines(bytes: &[u8], name: &str) -> Vec<(u32, Read)> {
    let language = language_in_name(name);
    let read = |line: &Line| (line.number, line.read(language));
    let lines: Vec<Line> = lines(bytes).collect();
    if bytes.len() > FEW { lines.par_iter().map(read).collect() } else { lines.iter().map(read).collect() }
}

fn parse_lines(lines: Vec<(u32, Read)>, name: &str) -> Result<Parsed, Problem> {
    let Some(date) = date_in_name(name) else {
        return Err(Problem::of_file(
            name,
            "no date found: a feed's day is in the file's name, and there is none",
        ));
    };
    let (mut feed, mut papers, mut problems) = (Feed::default(), 0, Vec::new());
    for (number, Read { paper, said, .. }) in lines {
        problems.extend(said.into_iter().map(|what| Problem::at(name, number, what)));
        if let Some(paper) = paper {
            papers += 1;
            feed.add(paper);
        }
    }
    if papers == 0 {
        if let Some(first) = problems.first() {
            let what = format!("no paper found: {} in line {}", first.what, first.line.unwrap_or(1));
            return Err(Problem::of_file(name, what));
        }
        if !is_named(name) {
            return Err(Problem::of_file(name, "no paper found: the file is empty"));
        }
    }
    Ok(feed.finish(Format::DailyArxivJsonl, date, name, problems))
}

/// Says whether the beginning of a file is that of a feed.
pub(super) fn looks(head: &str) -> bool {
    let lines = lines(head.as_bytes()).take(TELLING_LINES);
    // An object that goes on in the next line is JSON of another kind, unless the beginning ends here.
    lines.filter(|l| l.is_last || l.text.trim_ascii_end().ends_with(b"}")).any(|l| is_record(l.text))
}

/// Says whether an empty file with this name is a day without papers.
pub(super) fn is_empty_day(name: &str) -> bool {
    is_named(name) && date_in_name(name).is_some()
}

/// Says whether a file's name is that of JSON Lines.
pub(super) fn is_named(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("jsonl"))
}

fn is_record(line: &[u8]) -> bool {
    if !line.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let (mut has_title, mut known) = (false, 0);
    let mut scan = Scan::new(line);
    while let Some(key) = scan.key() {
        has_title |= key == b"title";
        known += usize::from(MEMBERS.contains(&key));
        scan.value();
    }
    has_title && known >= 2
}

/// A line that is not blank.
struct Line<'a> {
    text: &'a [u8],
    /// Counted from 1.
    number: u32,
    /// Whether the file ends within it.
    is_last: bool,
}

/// Splits at LF, CR LF or CR: neither can stand in JSON's strings. Blank lines count, but are left out.
fn lines(text: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut rest = Some(text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text));
    let mut number = 0_u32;
    std::iter::from_fn(move || {
        loop {
            let from = rest?;
            number = number.saturating_add(1);
            let end = memchr2(b'\n', b'\r', from);
            let (line, after) = from.split_at_checked(end.unwrap_or(from.len()))?;
            rest = end.map(|_| after.strip_prefix(b"\r\n").or_else(|| after.get(1..)).unwrap_or_default());
            if !line.trim_ascii().is_empty() {
                return Some(Line { text: line, number, is_last: end.is_none() });
            }
        }
    })
}

/// What a line says.
#[derive(Default)]
struct Read {
    paper: Option<Paper>,
    /// What was not as expected.
    said: Vec<String>,
    is_text: bool,
}

impl Line<'_> {
    fn read(&self, language: Option<&str>) -> Read {
        let text = String::from_utf8_lossy(self.text);
        let mut read = self.read_text(&text, language);
        read.is_text = matches!(text, Cow::Borrowed(_));
        read
    }

    fn read_text(&self, text: &str, language: Option<&str>) -> Read {
        let mut said = Vec::new();
        let members = match serde_json::from_str::<Members>(text) {
            Ok(members) => members,
            Err(error) => match mended(text.as_bytes()).and_then(|text| serde_json::from_str(&text).ok()) {
                Some(members) => {
                    said.push(MENDED.to_owned());
                    members
                }
                None => return Read { said: vec![self.lost(&error)], ..Read::default() },
            },
        };
        let again = |key: &String| format!("`{key}` is there more than once; the last one was taken");
        said.extend(members.repeated.iter().map(again));
        let Some((mut paper, odd)) = feed_paper::read(members.map, language) else {
            said.push("neither a title nor an arXiv id: this is no paper and was left out".to_owned());
            return Read { said, ..Read::default() };
        };
        said.extend(odd);
        paper.from = vec![(0, self.number)];
        Read { paper: Some(paper), said, is_text: true }
    }

    fn lost(&self, error: &serde_json::Error) -> String {
        if error.is_eof() && self.is_last {
            return "the file ends within this paper; it was left out".to_owned();
        }
        let text = error.to_string();
        let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
        format!("this line is not readable and was left out: {what}")
    }
}

/// The members of an object, and the keys that it has more than once.
struct Members {
    map: Map<String, Value>,
    repeated: Vec<String>,
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
                let mut members = Members { map: Map::new(), repeated: Vec::new() };
                while let Some((key, value)) = access.next_entry::<String, Value>()? {
                    if members.map.contains_key(&key) {
                        members.repeated.push(key.clone());
                    }
                    members.map.insert(key, value);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Object)
    }
}
