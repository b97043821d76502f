use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use memchr::{memchr, memchr2};
use rayon::prelude::*;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

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
        // The usual case has a faster way than that which looks for what to replace.
        let text =
            std::str::from_utf8(self.text).map_or_else(|_| String::from_utf8_lossy(self.text), Cow::Borrowed);
        let mut read = self.read_text(&text, language);
        read.is_text = matches!(text, Cow::Borrowed(_));
        read
    }

    fn read_text(&self, text: &str, language: Option<&str>) -> Read {
        let mut said = Vec::new();
        let repaired;
        let members = match serde_json::from_str::<Members>(text) {
            Ok(members) => members,
            Err(error) => {
                repaired = mended(text.as_bytes());
                match repaired.as_deref().and_then(|text| serde_json::from_str(text).ok()) {
                    Some(members) => {
                        said.push(MENDED.to_owned());
                        members
                    }
                    None => return Read { said: vec![self.lost(&error)], ..Read::default() },
                }
            }
        };
        let again = |key: &String| format!("`{key}` is there more than once; the last one was taken");
        said.extend(members.repeated.iter().map(again));
        let Some((mut paper, odd)) = feed_paper::read(members.list, language) else {
            said.push("neither a title nor an arXiv id: this is no paper and was left out".to_owned());
            return Read { said, ..Read::default() };
        };
        said.extend(odd);
        paper.from = vec![(0, self.number)];
        Read { paper: Some(paper), said, ..Read::default() }
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
#[derive(Default)]
struct Members<'a> {
    list: Vec<(Cow<'a, str>, Value)>,
    repeated: Vec<String>,
}

impl<'a> Members<'a> {
    /// Adds a member, or puts it in the place of the one with its key. `places` has those of the keys once there are
    /// more of them than a record has: asking a few one by one is faster.
    fn add(&mut self, key: Cow<'a, str>, value: Value, places: &mut HashMap<String, usize>) {
        const FEW_KEYS: usize = 40;
        let known = if self.list.len() <= FEW_KEYS {
            self.list.iter().position(|(k, _)| *k == key)
        } else {
            if places.is_empty() {
                places.extend(self.list.iter().enumerate().map(|(at, (k, _))| (k.to_string(), at)));
            }
            places.get(key.as_ref()).copied()
        };
        if let Some((key, old)) = known.and_then(|at| self.list.get_mut(at)) {
            self.repeated.push(key.to_string());
            *old = value;
            return;
        }
        if !places.is_empty() {
            places.insert(key.to_string(), self.list.len());
        }
        self.list.push((key, value));
    }
}

/// A key, which is not copied where it stands without escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members<'de>, A::Error> {
                let (mut members, mut places) = (Members::default(), HashMap::new());
                while let Some((Key(key), value)) = access.next_entry()? {
                    members.add(key, value, &mut places);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Object)
    }
}
