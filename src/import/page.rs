//! Reads the published pages of the ChatPaperFree blog.
//!
//! Owns what is peculiar to HTML: where the article stands in the page, its category and its licence. The article's
//! lines are read as those of a post.

use super::capture::{decode, licence};
use super::line::line_of;
use super::post::Post;
use super::post_sheet::Sheet;
use super::{Format, Parsed, page_lines};
use crate::model::{Date, Problem, Source};

/// Reads the HTML of a page.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    let (text, bad) = decode(bytes);
    read(&text, name, None, bad)
}

/// Reads a page that stood at the address `url`.
pub(super) fn read(text: &str, name: &str, url: Option<String>, bad: Option<u32>) -> Result<Parsed, Problem> {
    let page = Page::of(text);
    let source = Source { url, licence: licence(page.frame), ..Source::default() };
    let post =
        Post { format: Format::ChatPaperFreeHtml, name, sheet: page.sheet, category: page.category, source };
    let mut parsed = post.read(bad)?;
    if text.contains("<html") && !text.contains("</html") {
        let line = line_of(text.as_bytes(), text.trim_end().len());
        parsed.problems.push(Problem::at(name, line, "the page ends before its end: it was cut here"));
    }
    Ok(parsed)
}

/// Tells date and category from the first bytes of a page; None where this is no page of digests.
pub(super) fn peek(text: &str) -> Option<(Option<Date>, Option<String>)> {
    let page = Page::of(text);
    // Where styles and pictures are written out, the article starts further down.
    let is_far = element(text, 0, "articleContent").is_none() && text.contains("| Talk2Paper</title>");
    (is_far || page.sheet.is_digest())
        .then(|| (page.sheet.dates().next().map(|(date, _)| date), page.category))
}

struct Page<'a> {
    sheet: Sheet<'a>,
    category: Option<String>,
    /// What stands below the article.
    frame: &'a str,
}

impl<'a> Page<'a> {
    fn of(text: &'a str) -> Self {
        let from = element(text, 0, "articleContent")
            .map(|at| at + text_from(text, at).find('>').map_or(0, |n| n + 1));
        let start = from.unwrap_or(0);
        let end = element(text, start, "reprint-statement").unwrap_or(text.len());
        Self {
            // A page without the article is none of the blog's; only its title is asked.
            sheet: if from.is_some() || text.contains("headerlink") {
                page_lines::sheet(text, start..end)
            } else {
                Sheet { text, is_html: true, ..Sheet::default() }
            },
            category: category(text, start),
            frame: text_from(text, end),
        }
    }
}

fn text_from(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The place of the tag that has this id, from the byte `from` on.
fn element(text: &str, from: usize, id: &str) -> Option<usize> {
    let rest = text_from(text, from);
    let at = ["id=\"", "id='", "id="].iter().find_map(|attribute| rest.find(&format!("{attribute}{id}")))?;
    rest.get(..at)?.rfind('<').map(|tag| from + tag)
}

/// The heading that the theme sets above an article, else the title of the page without the name of the blog.
fn category(text: &str, article: usize) -> Option<String> {
    let above = text.get(..article).filter(|above| !above.is_empty()).unwrap_or(text);
    let plain = |html: &str| {
        let sheet = page_lines::sheet(html, 0..html.len());
        let line = sheet.lines.first()?.text.trim_start_matches(['#', ' ']).to_owned();
        Some(line).filter(|line| !line.is_empty())
    };
    let heading = above.split("<h1").skip(1).find_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        attributes.contains("description").then(|| rest.split("</h1").next()).flatten()
    });
    let title = || {
        above.split_once("<title>")?.1.split_once("</title>")?.0.rsplit_once(" | ").map(|(title, _)| title)
    };
    plain(heading.or_else(title)?)
}
