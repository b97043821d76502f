//! Reads of a native digest what tells its papers apart, and passes over all the rest.

use std::fmt;

use serde::Deserialize as Derive;
use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::native::name_paper;
use super::stored::clean;
use crate::model::{ArxivId, Date, Digest, Paper, Source};

/// The members of a digest without its papers' texts.
#[derive(Derive)]
struct Glimpse {
    schema: u32,
    date: String,
    category: Option<String>,
    #[serde(default)]
    sources: Vec<Source>,
    #[serde(default)]
    notices: Vec<String>,
    papers: Vec<GlimpsedPaper>,
}

/// The members of a paper by which it is known, grouped and found again.
#[derive(Default, Derive)]
#[serde(default)]
struct GlimpsedPaper {
    id: String,
    arxiv: Option<ArxivId>,
    title: String,
    authors: First,
    categories: Vec<String>,
}

/// The first of several names.
#[derive(Default)]
struct First(Vec<String>);

/// Reads a native digest of `date`, cleaned; `name` is the file's, as for [`parse`](super::parse). Of its papers there are
/// only the ids, the title, the first author and the categories. None when the file is another one than it should be, as
/// far as that shows: such a file is to be read whole. O(bytes), some gigabytes a second.
#[must_use]
pub fn glimpse(bytes: &[u8], date: Date, name: &str) -> Option<Digest> {
    let read: Glimpse = serde_json::from_slice(bytes).ok()?;
    if read.schema != 1 || read.date != date.to_string() {
        return None;
    }
    let mut digest = Digest::new(date, read.category.filter(|c| !c.trim().is_empty()));
    digest.sources = read.sources;
    digest.notices = read.notices;
    digest.papers = read.papers.into_iter().map(paper).collect();
    for (index, paper) in digest.papers.iter_mut().enumerate() {
        name_paper(paper, name, index);
    }
    clean(&mut digest);
    Some(digest)
}

fn paper(read: GlimpsedPaper) -> Paper {
    let GlimpsedPaper { id, arxiv, title, authors: First(authors), categories } = read;
    Paper { id, arxiv, title, authors, categories, ..Paper::default() }
}

impl<'de> Deserialize<'de> for First {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FirstVisitor;
        impl<'de> Visitor<'de> for FirstVisitor {
            type Value = First;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of names")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<First, A::Error> {
                let first = names.next_element()?;
                while names.next_element::<IgnoredAny>()?.is_some() {}
                Ok(First(first.into_iter().collect()))
            }
        }
        deserializer.deserialize_seq(FirstVisitor)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::{Format, parse};

    const DAY: &str = r#"{"schema": 1, "date": "2025-05-01", "category": "A", "sources": [{"format": "x"}],
        "notices": ["n\u001b[31m"], "papers": [
        {"id": "2505.00001", "title": "One\u001b[31m title", "authors": ["Ada First", "Bo Last"], "summary": "a\nb",
         "categories": ["cs.CL"]},
        {"title": "Two", "takeaways": ["x"], "more": [1]}]}"#;

    #[test]
    fn papers_are_those_that_the_whole_reading_has() {
        let whole = parse(Format::Native, DAY.as_bytes(), "A.json").unwrap().digest.clean();
        let short = glimpse(DAY.as_bytes(), date(2025, 5, 1), "A.json").unwrap();
        assert_eq!((&short.category, &short.sources), (&whole.category, &whole.sources));
        assert_eq!((&short.notices, short.papers.len()), (&whole.notices, whole.papers.len()));
        for (short, whole) in short.papers.iter().zip(&whole.papers) {
            assert_eq!((short.identity(), &short.id), (whole.identity(), &whole.id));
            assert_eq!((&short.title, &short.categories), (&whole.title, &whole.categories));
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
        ] {
            assert_eq!(glimpse(DAY.replacen(from, to, 1).as_bytes(), day, "A.json"), None, "{to}");
        }
        assert_eq!(glimpse(&DAY.as_bytes()[1..], day, "A.json"), None);
    }
}
