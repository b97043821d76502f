//! Reads the posts of the ChatPaperFree blog, in Markdown or as published.
//!
//! Owns the frame around the papers: front matter, heading, notices, and what is named as lost or odd. Hands the papers
//! to `post_paper`, as lines of a `Sheet`.

use std::collections::HashMap;

use super::capture::{count, decode};
use super::format::date_in_name;
use super::line::Line;
use super::name::paper_id;
use super::post_paper::{self, Read};
use super::post_sheet::{Sheet, Start};
use super::{Format, Parsed, Stored, marks};
use crate::model::{Date, Digest, Kind, Problem, Severity, Source, same_paper};

/// Reads the Markdown of a post.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    let (text, bad) = decode(bytes);
    let (category, sheet) = sheet(&text);
    let post =
        Post { format: Format::ChatPaperFreeMarkdown, name, sheet, category, source: Source::default() };
    post.read(bad)
}

/// The category and the lines below the front matter.
fn sheet(text: &str) -> (Option<String>, Sheet<'_>) {
    let mut sheet = Sheet::of_markdown(text);
    let (category, count) = front_matter(&sheet.lines);
    sheet.skip(count);
    (category, sheet)
}

/// Tells date and category from the first bytes of a Markdown post; None where this is none.
pub(super) fn peek(text: &str) -> Option<(Option<Date>, Option<String>)> {
    let (category, sheet) = sheet(text);
    let has_front = text.trim_start().starts_with("---");
    // Without front matter it may be a capture that an extractor wrote as Markdown.
    let is_post = has_front || sheet.lines.iter().any(|l| l.text.starts_with("<details"));
    (is_post && sheet.is_digest()).then(|| (sheet.dates().next().map(|(date, _)| date), category))
}

/// Reads the category, which is the title of the page, and counts the lines of the front matter.
fn front_matter(lines: &[Line]) -> (Option<String>, usize) {
    if lines.first().is_none_or(|l| l.text != "---") {
        return (None, 0);
    }
    let is_over = |l: &Line| l.text == "---" || l.text.starts_with(['#', '>']);
    let end = lines.iter().skip(1).position(is_over).map_or(lines.len(), |i| i + 1);
    let front = lines.get(1..end).unwrap_or_default();
    let title = front.iter().find_map(|l| l.text.strip_prefix("title:"));
    let title = title.map(|t| t.trim().trim_matches(['"', '\'']).trim().to_owned()).filter(|t| !t.is_empty());
    (title, end + usize::from(lines.get(end).is_some_and(|l| l.text == "---")))
}

/// A post whose lines are known.
pub(super) struct Post<'a> {
    pub(super) format: Format,
    pub(super) name: &'a str,
    pub(super) sheet: Sheet<'a>,
    pub(super) category: Option<String>,
    /// What the page says about itself: address and licence.
    pub(super) source: Source,
}

impl Post<'_> {
    /// Reads the papers out of the lines. `bad` is the line of the first bytes that could not be decoded.
    pub(super) fn read(self, bad: Option<u32>) -> Result<Parsed, Problem> {
        let starts = self.sheet.starts();
        let Some(first) = starts.first() else {
            let what = "no paper found: no heading is followed by the line `Authors:` or the link `PDF`";
            return Err(Problem::of_file(self.name, what));
        };
        let heading = self.sheet.dates().next().map(|(date, _)| date);
        let url = self.source.url.as_deref().unwrap_or_default();
        let Some(date) = heading.or_else(|| date_in_name(self.name)).or_else(|| date_in_name(url)) else {
            let what = "no date found: neither a heading `YYYY-MM-DD 更新` nor one in the file's name";
            return Err(Problem::of_file(self.name, what));
        };
        let ends = starts.iter().skip(1).map(|s| s.title).chain([self.sheet.lines.len()]);
        let reads: Vec<Read> =
            starts.iter().zip(ends).map(|(start, end)| post_paper::read(&self.sheet, *start, end)).collect();
        let mut problems = Vec::new();
        problems.extend(bad.map(|line| {
            Problem::at(self.name, line, "bytes that are not UTF-8 were replaced by U+FFFD, here first")
        }));
        self.dates(date, &mut problems);
        self.losses(&starts, &reads, &mut problems);
        problems.sort_by_key(|p| p.line);
        let mut digest = Digest::new(date, self.category.clone());
        let header = self.sheet.lines.get(..first.title).unwrap_or_default();
        digest.notices = header.iter().filter_map(|l| marks::notice(&l.text)).map(str::to_owned).collect();
        digest.sources = vec![self.source()];
        for (index, (Read { mut paper, .. }, start)) in reads.into_iter().zip(&starts).enumerate() {
            paper.id = paper_id(paper.arxiv.as_ref().map(|a| a.id.as_str()), &paper.title, self.name, index);
            paper.from = vec![(0, self.line(start.title))];
            digest.papers.push(paper);
        }
        Ok(Parsed { digest: Stored { digest, format: self.format, file: self.name.to_owned() }, problems })
    }

    fn source(&self) -> Source {
        Source {
            format: self.format.name().to_owned(),
            name: Some("ChatPaperFree".to_owned()),
            file: Some(self.name.to_owned()),
            ..self.source.clone()
        }
    }

    fn line(&self, index: usize) -> u32 {
        self.sheet.lines.get(index).map_or(1, |l| l.number)
    }

    /// Names the headings that say another date than the one the digest has, and a name that does.
    fn dates(&self, date: Date, problems: &mut Vec<Problem>) {
        let mut headings = self.sheet.dates();
        let first = headings.next();
        if let Some((_, line)) = first
            && let Some(named) = date_in_name(self.name).filter(|named| *named != date)
        {
            let what = format!("the heading says {date}, the file's name {named}; it was read as {date}");
            problems.push(Problem::at(self.name, line, what).rated(Severity::Warning, Kind::Date));
        }
        for (other, line) in headings.filter(|(other, _)| *other != date) {
            let what = format!("another page starts here, of {other}; it was read as {date}");
            problems.push(Problem::at(self.name, line, what).rated(Severity::Warning, Kind::Date));
        }
    }

    /// Names what was not read, what is missing, and what stands there twice.
    fn losses(&self, starts: &[Start], reads: &[Read], problems: &mut Vec<Problem>) {
        let above = self.sheet.lines.get(..starts.first().map_or(0, |s| s.title)).unwrap_or_default();
        let is_header = |l: &Line| marks::notice(&l.text).is_some() || marks::date_heading(&l.text).is_some();
        let from = above.iter().rposition(is_header).map_or(above.len(), |at| at + 1);
        let mut unread = above.iter().skip(from).filter(|l| !post_paper::is_frame(&l.text));
        if let Some(line) = unread.next() {
            let what = format!(
                "{} above the first paper's title belong to no paper and were left out",
                count(unread.count() + 1)
            );
            problems.push(Problem::at(self.name, line.number, what));
        }
        let mut seen = HashMap::new();
        for (read, start) in reads.iter().zip(starts) {
            let (paper, line) = (&read.paper, self.line(start.title));
            let mut name = |line: u32, what: String| problems.push(Problem::at(self.name, line, what));
            if paper.title.is_empty() {
                name(line, "this paper has no title".to_owned());
            }
            let identity = paper.identity();
            if same_paper(&identity, &identity) {
                let title = (identity.key, identity.author);
                let first = *seen.entry(identity.arxiv.ok_or(title)).or_insert(line);
                if first != line {
                    name(line, format!("this paper stands here again, first on line {first}; read as one"));
                }
            }
            if let Some(&rest) = read.rest.first() {
                let what = format!(
                    "{} here belong to no part of a paper; kept with the paper",
                    count(read.rest.len())
                );
                name(self.line(rest), what);
            }
        }
        // The template ends every paper.
        let is_cut = reads.last().is_some_and(|last| !last.is_closed);
        if let Some(line) = self.sheet.lines.last().filter(|_| is_cut) {
            problems.push(Problem::at(self.name, line.number, "the post ends in the middle of a paper"));
        }
    }
}
