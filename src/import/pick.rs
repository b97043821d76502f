//! Reads single papers out of a native digest, and passes over the others.

use std::ops::Range;

use super::native::name_paper;
use super::salvage::{Element, Scan};
use super::split_paper::Whole;
use super::{Format, Stored};
use crate::model::{Date, Digest, Paper};

/// The members of a paper with long texts.
const LONG: [&[u8]; 5] = [b"abstract_en", b"abstract_zh", b"summary", b"takeaways_note", b"long"];

/// Finds the papers of a native digest: the places of their records in its bytes, in order. None where it has no list of
/// papers, or anything but records in it. O(bytes), some gigabytes a second; nothing is checked.
#[must_use]
pub fn records(bytes: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut scan = Scan::new(bytes);
    let mut found = None;
    while let Some(key) = scan.key() {
        if key != b"papers" || !scan.is_at(b'[') {
            scan.value();
            continue;
        }
        if found.is_some() {
            return None;
        }
        scan.enter();
        let mut papers = Vec::new();
        while let Some(element) = scan.element() {
            let Element::Whole(range) = element else { return None };
            papers.push(range);
        }
        found = Some(papers);
    }
    found
}

/// Finds the first `count` papers as [`records`] does, and looks at nothing behind them.
#[must_use]
pub fn first_records(bytes: &[u8], count: usize) -> Option<Vec<Range<usize>>> {
    let mut scan = Scan::new(bytes);
    while scan.key()? != b"papers" || !scan.is_at(b'[') {
        scan.value();
    }
    scan.enter();
    let mut papers = Vec::new();
    while papers.len() < count {
        let Element::Whole(range) = scan.element()? else { return None };
        papers.push(range);
    }
    Some(papers)
}

/// Finds the papers that are whole in the first bytes of a native digest, as [`records`] does. O(bytes).
#[must_use]
pub fn whole_records(head: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut scan = Scan::new(head);
    while scan.key()? != b"papers" || !scan.is_at(b'[') {
        scan.value();
    }
    scan.enter();
    let whole = |element| if let Element::Whole(range) = element { Some(range) } else { None };
    Some(std::iter::from_fn(|| scan.element().and_then(whole)).collect())
}

/// Finds the long texts of a paper in its record: strings of JSON, with their quotes, as a source writes them. O(bytes).
pub fn long_texts(record: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut scan = Scan::new(record);
    std::iter::from_fn(move || {
        loop {
            let key = scan.key()?;
            let value = record.get(scan.value()).unwrap_or_default();
            if LONG.contains(&key) && value.first() == Some(&b'"') {
                return Some(value);
            }
        }
    })
}

/// Reads the record of a paper that stands at place `index` of the digest of `date`, cleaned; `name` is the file's. None
/// where it is not as it should be. O(bytes).
#[must_use]
pub fn read_record(record: &[u8], index: usize, date: Date, name: &str) -> Option<Paper> {
    let Whole(mut paper) = serde_json::from_slice(record).ok()?;
    name_paper(&mut paper, name, index);
    let mut digest = Digest::new(date, None);
    digest.papers.push(paper);
    let stored = Stored { digest, format: Format::Native, file: name.to_owned() };
    stored.clean().papers.pop()
}

/// Reads a string of JSON, cleaned as a text. None where it is none. O(bytes).
#[must_use]
pub fn read_text(json: &[u8]) -> Option<String> {
    serde_json::from_slice::<String>(json).ok().map(crate::text::clean_body)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn papers_are_read_one_by_one() {
        let bytes = br#"{"schema": 1, "date": "2025-05-01", "extra": {"papers": [1]}, "papers": [
            {"id": "2505.00001", "title": "One }\" ]", "summary": "a\nb", "extra": {"summary": "no"}, "long": null},
            {"title": "Two\u001b[31m", "abstract_en": "x"}], "more": [{}]}"#;
        let found = records(bytes).unwrap();
        assert_eq!(found.len(), 2);
        let record = |i: usize| &bytes[found[i].clone()];
        let texts: Vec<_> = long_texts(record(0)).filter_map(read_text).collect();
        assert_eq!(texts, ["a\nb"]);
        let day = date(2025, 5, 1);
        let whole = crate::import::parse(Format::Native, bytes, "A.json").unwrap().digest.clean();
        for (i, paper) in whole.papers.iter().enumerate() {
            assert_eq!(read_record(record(i), i, day, "A.json").as_ref(), Some(paper));
        }
        for broken in [
            &b"{}"[..],
            br#"{"papers": [{"a": 1]}"#,
            br#"{"papers": [1]}"#,
            br#"{"papers": [], "papers": []}"#,
            b"",
        ] {
            assert_eq!(records(broken), None, "{}", String::from_utf8_lossy(broken));
        }
    }
}
