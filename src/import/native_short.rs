//! Reads of a native digest what a row of the table holds, and passes over the long texts: four times as fast.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize as Derive;
use serde::de::{Deserialize, Deserializer, IgnoredAny, Visitor};
use serde_json::{Map, Value};

use super::native::name_paper;
use super::stored::clean;
use crate::model::{ArxivId, Date, Digest, Links, Paper, Section};
use crate::text::clean_line;

/// The members of a digest that rows need.
#[derive(Derive)]
struct Short<'a> {
    category: Option<String>,
    #[serde(borrow)]
    papers: Vec<ShortPaper<'a>>,
}

/// The members of a paper that rows need, in the types that the whole paper has, and the texts that are passed over. A
/// member that nobody knows may make a record unreadable: with one, the file is read whole.
#[derive(Default, Derive)]
#[serde(default, deny_unknown_fields)]
struct ShortPaper<'a> {
    id: String,
    arxiv: Option<ArxivId>,
    title: String,
    title_zh: Option<String>,
    authors: Vec<String>,
    #[serde(borrow)]
    abstract_zh: Option<Text<'a>>,
    summary: Option<Text<'a>>,
    takeaways: Vec<String>,
    sections: Vec<ShortSection<'a>>,
    keywords: Vec<String>,
    comment: Option<String>,
    links: Links,
    categories: Vec<String>,
    failed: Vec<String>,
    from: Vec<(u32, u32)>,
    metrics: Map<String, Value>,
    extra: Map<String, Value>,
    authors_raw: IgnoredAny,
    abstract_en: IgnoredAny,
    takeaways_note: IgnoredAny,
    long: IgnoredAny,
    images: IgnoredAny,
    published: IgnoredAny,
    updated: IgnoredAny,
    language: IgnoredAny,
}

#[derive(Derive)]
struct ShortSection<'a> {
    key: String,
    #[serde(borrow, default)]
    title: Text<'a>,
    #[serde(default)]
    text: Text<'a>,
}

/// A text that is copied only when it has escapes.
#[derive(Default)]
struct Text<'a>(Cow<'a, str>);

/// Reads a native digest of `date` in UTF-8, cleaned; `name` is the file's, as for [`parse`](super::parse). Abstracts,
/// and summaries and sections that no gist is made of, are empty; what the source and the program add is left out. None
/// when anything is not as it should be: such a file is to be read whole. O(bytes).
#[must_use]
pub fn parse_short(bytes: &[u8], date: Date, name: &str) -> Option<Digest> {
    // What is passed over is not looked at, and a byte there may tell that all is in another encoding.
    if encoding_rs::Encoding::utf8_valid_up_to(bytes) < bytes.len() {
        return None;
    }
    let short: Short = serde_json::from_slice(bytes).ok()?;
    let mut digest = Digest::new(date, short.category.filter(|c| !c.trim().is_empty()));
    digest.papers = short.papers.into_iter().map(paper).collect();
    for (index, paper) in digest.papers.iter_mut().enumerate() {
        name_paper(paper, name, index);
    }
    clean(&mut digest);
    Some(digest)
}

fn paper(short: ShortPaper) -> Paper {
    let is_tldr = |s: &ShortSection| clean_line(s.key.clone()) == "tldr";
    let sections = short.sections.into_iter().filter(is_tldr).map(|s| {
        let ShortSection { key, title, text } = s;
        Section { key, title: title.0.into_owned(), text: text.0.into_owned() }
    });
    // Where there is any, no gist is made of the summary.
    let has_takeaway = short.takeaways.iter().any(|t| t.contains(char::is_alphanumeric));
    Paper {
        sections: sections.collect(),
        id: short.id,
        arxiv: short.arxiv,
        title: short.title,
        title_zh: short.title_zh,
        authors: short.authors,
        abstract_zh: short.abstract_zh.map(|_| String::new()),
        summary: short.summary.map(|s| if has_takeaway { String::new() } else { s.0.into_owned() }),
        takeaways: short.takeaways,
        keywords: short.keywords,
        comment: short.comment,
        links: short.links,
        categories: short.categories,
        failed: short.failed,
        ..Paper::default()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(text.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(text.to_owned().into()))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}
