//! Reads of a native digest what tells its papers apart, and passes over all the rest.

use super::json_reader::JsonReader;
use super::native::name_paper;
use super::stored::clean;
use crate::model::{ArxivId, Date, Digest, Paper, Source};

/// The members of a digest without its papers' texts.
#[derive(Default)]
struct Glimpse<'a> {
    schema: Option<u32>,
    date: Option<String>,
    /// As it is written.
    category: Option<&'a [u8]>,
    sources: Option<Vec<Source>>,
    notices: Option<Vec<String>>,
    papers: Option<Vec<Paper>>,
}

/// Reads a native digest of `date`, cleaned; `name` is the file's, as for [`parse`](super::parse). Of its papers there are
/// only the ids, the title, the first author and the categories. None when the file is another one than it should be, as
/// far as that shows: such a file is to be read whole. O(bytes), some gigabytes a second.
#[must_use]
pub fn glimpse(bytes: &[u8], date: Date, name: &str) -> Option<Digest> {
    let read = read(bytes)?;
    if read.schema != Some(1) || read.date? != date.to_string() {
        return None;
    }
    let category: Option<String> = serde_json::from_slice(read.category.unwrap_or(b"null")).ok()?;
    let mut digest = Digest::new(date, category.filter(|c| !c.trim().is_empty()));
    digest.sources = read.sources.unwrap_or_default();
    digest.notices = read.notices.unwrap_or_default();
    digest.papers = read.papers?;
    for (index, paper) in digest.papers.iter_mut().enumerate() {
        name_paper(paper, name, index);
    }
    clean(&mut digest);
    Some(digest)
}

fn read(bytes: &[u8]) -> Option<Glimpse<'_>> {
    let mut reader = JsonReader::new(bytes);
    let mut read = Glimpse::default();
    reader.object(|json, key| match key {
        b"schema" => take(&mut read.schema, json.value()),
        b"date" => take(&mut read.date, json.text()),
        b"category" => take(&mut read.category, json.pass()),
        b"sources" => take(&mut read.sources, json.value()),
        b"notices" => take(&mut read.notices, json.value()),
        b"papers" => take(&mut read.papers, papers(json)),
        _ => json.pass().map(drop),
    })?;
    reader.is_through().then_some(read)
}

fn papers(json: &mut JsonReader) -> Option<Vec<Paper>> {
    let mut papers = Vec::new();
    json.list(|json| {
        papers.push(paper(json)?);
        Some(())
    })?;
    Some(papers)
}

/// Reads the members of a paper by which it is known, grouped and found again.
fn paper(json: &mut JsonReader) -> Option<Paper> {
    let (mut id, mut arxiv, mut title, mut authors, mut categories) = (None, None, None, None, None);
    json.object(|json, key| match key {
        b"id" => take(&mut id, json.text()),
        b"arxiv" if json.is_null() => json.value(),
        b"arxiv" => take(&mut arxiv, arxiv_id(json)),
        b"title" => take(&mut title, json.text()),
        b"authors" => take(&mut authors, texts(json, 1)),
        b"categories" => take(&mut categories, texts(json, usize::MAX)),
        _ => json.pass().map(drop),
    })?;
    Some(Paper {
        id: id.unwrap_or_default(),
        arxiv,
        title: title.unwrap_or_default(),
        authors: authors.unwrap_or_default(),
        categories: categories.unwrap_or_default(),
        ..Paper::default()
    })
}

fn arxiv_id(json: &mut JsonReader) -> Option<ArxivId> {
    let (mut id, mut version) = (None, None);
    json.object(|json, key| match key {
        b"id" => take(&mut id, json.text()),
        b"version" => take(&mut version, json.value()),
        _ => json.pass().map(drop),
    })?;
    Some(ArxivId { id: id?, version: version.flatten() })
}

/// Reads the first `most` texts of a list of them.
fn texts(json: &mut JsonReader, most: usize) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    json.list(|json| {
        if texts.len() < most {
            texts.push(json.text()?);
            return Some(());
        }
        json.pass().map(drop)
    })?;
    Some(texts)
}

/// Keeps a member that was read. Which one counts of two is for the whole reading to say.
fn take<T>(place: &mut Option<T>, read: Option<T>) -> Option<()> {
    let read = read?;
    place.is_none().then(|| *place = Some(read))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::{Format, parse};

    const DAY: &str = r#"{"schema": 1, "date": "2025-05-01", "category": "A", "sources": [{"format": "x"}],
        "notices": ["n\u001b[31m"], "papers": [
        {"id": "2505.00001", "arxiv": {"id": "2505.00001", "version": 2}, "title": "One\u001b[31m title", "authors": ["Ada First", "Bo Last"], "summary": "a\nb",
         "categories": ["cs.CL"]},
        {"arxiv": null, "title": "Two", "takeaways": ["x"], "more": [1]}]}"#;

    #[test]
    fn papers_are_those_that_the_whole_reading_has() {
        let whole = parse(Format::Native, DAY.as_bytes(), "A.json").unwrap().digest.clean();
        let short = glimpse(DAY.as_bytes(), date(2025, 5, 1), "A.json").unwrap();
        assert_eq!((&short.category, &short.sources), (&whole.category, &whole.sources));
        assert_eq!((&short.notices, short.papers.len()), (&whole.notices, whole.papers.len()));
        for (short, whole) in short.papers.iter().zip(&whole.papers) {
            assert_eq!((short.identity(), &short.id), (whole.identity(), &whole.id));
            assert_eq!((&short.title, &short.categories), (&whole.title, &whole.categories));
            assert_eq!(short.arxiv, whole.arxiv);
            assert_eq!(short.summary, None);
        }
    }

    #[test]
    fn what_is_not_as_it_should_be_is_left_to_the_whole_reading() {
        let day = date(2025, 5, 1);
        for (from, to) in [
            ("\"schema\": 1", "\"schema\": 2"),
            ("\"schema\": 1,", ""),
            ("2025-05-01", "2025-05-02"),
            ("\"Two\"", "2"),
            ("\"Two\"", "\"Two"),
            ("[\"x\"]", "[\"x\""),
            ("]}", "]"),
            ("\"Two\"", "\"Two\", \"title\": \"Three\""),
            ("\"title\": \"Two\"", "\"titl\\u0065\": \"Two\""),
            ("[\"x\"]", "[\"x\"}"),
            ("\"id\": \"2505.00001\", \"version\"", "\"version\""),
        ] {
            assert_eq!(glimpse(DAY.replacen(from, to, 1).as_bytes(), day, "A.json"), None, "{to}");
        }
        assert_eq!(glimpse(&DAY.as_bytes()[1..], day, "A.json"), None);
    }
}
