use std::collections::HashSet;

use serde_json::json;

use super::failure::is_failure;
use super::line::Line;
use super::links::arxiv_id;
use super::post_sheet::{Sheet, Start, screenshots};
use super::prose::ends_sentence;
use super::record::{finish, split_names};
use super::{marks, post_takeaways, takeaways};
use crate::model::Paper;

/// Characters of the longest heading that is not known by its words.
const HEADING_CHARS: usize = 20;

/// What came of the lines of one paper.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The paper, without id and place.
    pub(super) paper: Paper,
    /// Whether the part that ends a paper was there.
    pub(super) is_closed: bool,
    /// Lines that are no part of a paper, as indices.
    pub(super) rest: Vec<usize>,
}

/// Reads the paper at `start`, which goes on to the line `end`. The order of its parts is fixed by the page's template;
/// each of them may be missing.
pub(super) fn read(sheet: &Sheet, start: Start, end: usize) -> Read {
    let mut read = Read::default();
    let names = start.authors.unwrap_or(start.title);
    read.paper.title = title(sheet, start.title, start.authors);
    let raw = start.authors.and_then(|at| sheet.lines.get(at)).and_then(|l| marks::authors(&l.text));
    let raw = raw.unwrap_or_default().to_owned();
    read.paper.authors = split_names(&line_of(&raw));
    read.paper.authors_raw = Some(raw).filter(|raw| !raw.is_empty());
    let is_end = |l: &Line| {
        marks::long_label(&l.text)
            || marks::cool_papers(&l.text).is_some()
            || screenshots(&l.text)
            || l.text.starts_with("<details")
    };
    let head = find(sheet, names + 1, end, is_end).unwrap_or(end);
    read.texts(sheet, names + 1, head);
    read.tail(sheet, head, end);
    if sheet.is_html {
        read.unmark();
    }
    finish(&mut read.paper);
    if !read.rest.is_empty() {
        let lines: Vec<_> = read.rest.iter().filter_map(|&i| Some(json!(sheet.lines.get(i)?.text))).collect();
        read.paper.extra.insert("lines".to_owned(), lines.into());
    }
    read
}

fn span<'s, 'a>(sheet: &'s Sheet<'a>, from: usize, to: usize) -> &'s [Line<'a>] {
    sheet.lines.get(from..to.max(from)).unwrap_or_default()
}

fn find(sheet: &Sheet, from: usize, to: usize, is_mark: impl Fn(&Line) -> bool) -> Option<usize> {
    span(sheet, from, to).iter().position(is_mark).map(|i| i + from)
}

/// Makes one line of a text, with one blank where there were several.
fn line_of(text: &str) -> String {
    text.split([' ', '\t', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Puts lines together: a blank line between two of them, or any line end where `is_broken` is not set, stays one.
fn text_of<'a>(lines: impl IntoIterator<Item = (&'a str, bool)>, is_broken: bool) -> Option<String> {
    let mut text = String::new();
    for (line, gap) in lines {
        if !text.is_empty() {
            text.push(if is_broken && !gap { ' ' } else { '\n' });
        }
        text.push_str(&line_of(line));
    }
    Some(text).filter(|text| !text.is_empty())
}

fn title(sheet: &Sheet, at: usize, authors: Option<usize>) -> String {
    let lines =
        span(sheet, at, authors.unwrap_or(at + 1)).iter().map(|l| (l.text.trim_start_matches('#'), false));
    let title = text_of(lines, true).map(|t| line_of(&t)).unwrap_or_default();
    match title.strip_prefix("**").and_then(|t| t.strip_suffix("**")) {
        Some(plain) if !plain.contains("**") => plain.trim().to_owned(),
        _ => title,
    }
}

/// The parts of a paper between its names and its end, as indices into the lines.
struct Parts {
    intro: usize,
    links: usize,
    pdf: Option<usize>,
    /// The first line below the links.
    below: usize,
    summary: Option<usize>,
    takeaways: Option<usize>,
    end: usize,
}

impl Parts {
    fn of(sheet: &Sheet, from: usize, end: usize) -> Self {
        let mark = find(sheet, from, end, |l| marks::links(&l.text).is_some());
        let pdf = find(sheet, from, end, |l| matches!(marks::pdf(&l.text), Some((Some(_), _))))
            .or_else(|| find(sheet, mark? + 1, end, |l| marks::pdf(&l.text).is_some()));
        let found = pdf.into_iter().chain(mark).max();
        let below = found.map_or(from, |at| at + 1);
        let comment =
            if pdf.is_some() { span(sheet, below, end).iter().take_while(|l| goes_on(l)).count() } else { 0 };
        let below = below + comment;
        let summary = find(sheet, below, end, |l| marks::summary(&l.text).is_some());
        let takeaways =
            find(sheet, summary.map_or(below, |at| at + 1), end, |l| marks::takeaways(&l.text).is_some());
        let takeaways = takeaways.or_else(|| unknown_heading(sheet, summary.map_or(below, |at| at + 1), end));
        let links = mark.into_iter().chain(pdf).min().or(summary).or(takeaways).unwrap_or(end);
        let below = below.max(links);
        Self { intro: from, links, pdf, below, summary, takeaways, end }
    }
}

/// Says whether a line below the PDF link is the rest of its paragraph.
fn goes_on(line: &Line) -> bool {
    !line.gap && !marks::starts_part(&line.text)
}

/// Finds the heading of a list that has none of the known ones: a short line in bold type, or with a colon.
fn unknown_heading(sheet: &Sheet, from: usize, end: usize) -> Option<usize> {
    let first = from + takeaways::find(span(sheet, from, end))?;
    let at = first.checked_sub(1).filter(|&at| at >= from)?;
    sheet.lines.get(at).filter(|l| is_heading(&l.text)).map(|_| at)
}

fn is_heading(line: &str) -> bool {
    let is_marked = (line.starts_with("**") && line.ends_with("**"))
        || line.starts_with('#')
        || line.ends_with([':', '：']);
    is_marked && line.trim_matches(['*', '#', ' ']).chars().count() <= HEADING_CHARS && !ends_sentence(line)
}

impl Read {
    fn texts(&mut self, sheet: &Sheet, from: usize, end: usize) {
        let parts = Parts::of(sheet, from, end);
        self.abstracts(span(sheet, parts.intro, parts.links));
        if let Some(at) = parts.pdf {
            self.link(sheet, at, parts.below);
        }
        let list = parts.takeaways.unwrap_or(parts.end);
        let inline =
            parts.summary.and_then(|at| marks::summary(&sheet.lines.get(at)?.text)).unwrap_or_default();
        let mut text = parts.summary.map_or(parts.below, |at| at + 1);
        self.rest.extend(parts.below..parts.summary.unwrap_or(parts.below));
        // Without a heading that is known, a short line in bold type may be one.
        let heading = sheet
            .lines
            .get(text)
            .filter(|l| parts.summary.is_none() && text + 1 < list && is_heading(&l.text));
        if heading.is_some() {
            self.rest.push(text);
            text += 1;
        }
        let lines = span(sheet, text, list).iter().map(|l| (l.text.as_ref(), l.gap));
        let summary =
            text_of([(inline, false)].into_iter().filter(|(l, _)| !l.is_empty()).chain(lines), false);
        self.paper.summary = self.unless_failed("summary", summary);
        if let Some(at) = parts.takeaways {
            if sheet.lines.get(at).is_some_and(|l| marks::takeaways(&l.text).is_none()) {
                self.rest.push(at);
            }
            self.list(span(sheet, at, parts.end));
        }
    }

    /// Reads the abstract, and the translation, which stands as a quotation.
    fn abstracts(&mut self, lines: &[Line]) {
        let (mut english, mut chinese, mut is_quote) = (Vec::new(), Vec::new(), false);
        for line in lines {
            is_quote = if line.text.starts_with('>') { is_quote || line.gap } else { is_quote && !line.gap };
            let text = if is_quote { line.text.trim_start_matches(['>', ' ']) } else { &line.text };
            if is_quote { &mut chinese } else { &mut english }.push((text, line.gap));
        }
        let (english, chinese) = (text_of(english, true), text_of(chinese, true));
        self.paper.abstract_en = self.unless_failed("abstract_en", english);
        self.paper.abstract_zh = self.unless_failed("abstract_zh", chinese);
    }

    /// Reads the PDF line, whose link leads to the abstract page, and the comment up to the line `below`.
    fn link(&mut self, sheet: &Sheet, at: usize, below: usize) {
        let found = span(sheet, at, below);
        let Some((url, comment)) = found.first().and_then(|l| marks::pdf(&l.text)) else { return };
        let rest = found.iter().skip(1).map(|l| l.text.as_ref());
        self.paper.comment = text_of([comment].into_iter().chain(rest).map(|l| (l, false)), true);
        let Some(url) = url.map(str::trim).filter(|url| !url.is_empty()) else { return };
        let links = &mut self.paper.links;
        *(if url.contains("/abs/") { &mut links.abs } else { &mut links.pdf }) = Some(url.to_owned());
        self.paper.arxiv = arxiv_id(url);
    }

    /// Reads the takeaways below the heading in the first line.
    fn list(&mut self, lines: &[Line]) {
        let Some((heading, lines)) = lines.split_first() else { return };
        let list = post_takeaways::read(lines);
        if list.items.iter().any(|i| !is_failure(i)) {
            self.paper.takeaways = list.items;
        } else if !list.items.is_empty() {
            self.paper.failed.push("takeaways".to_owned());
        }
        let above = marks::takeaways(&heading.text).filter(|text| !text.is_empty()).map(str::to_owned);
        let note: Vec<_> = above.into_iter().chain(list.note).collect();
        self.paper.takeaways_note = Some(note.join("\n")).filter(|note| !note.is_empty());
    }

    fn unless_failed(&mut self, field: &str, text: Option<String>) -> Option<String> {
        if text.as_deref().is_some_and(is_failure) {
            self.paper.failed.push(field.to_owned());
            return None;
        }
        text
    }

    /// Reads what follows the texts: Cool Papers or the long section, and the screenshots.
    fn tail(&mut self, sheet: &Sheet, from: usize, end: usize) {
        let label = find(sheet, from, end, |l| marks::long_label(&l.text));
        let shots = find(sheet, label.unwrap_or(from), end, |l| screenshots(&l.text));
        let opens = |at: usize| sheet.lines.get(at).is_some_and(|l| l.text.starts_with("<details"));
        let is_page = |l: &Line| marks::notice(&l.text).is_some() || marks::date_heading(&l.text).is_some();
        let next = || find(sheet, label.unwrap_or(from), end, is_page).unwrap_or(end);
        let stop = shots.map_or_else(next, |at| at - usize::from(at > from && opens(at - 1)));
        self.is_closed = shots.is_some();
        self.paper.long = label.and_then(|at| sheet.between(at, stop)).map(str::to_owned);
        let long = label.map_or(from..from, |at| at..stop);
        let mut known = HashSet::new();
        for (at, line) in (from..end).zip(span(sheet, from, end)).filter(|(at, _)| !long.contains(at)) {
            let text = line.text.as_ref();
            if let Some(url) = marks::cool_papers(text) {
                self.is_closed = true;
                self.paper.links.cool_papers = Some(url.to_owned()).filter(|url| !url.is_empty());
                self.paper.arxiv = self.paper.arxiv.take().or_else(|| arxiv_id(url));
            } else if is_image(text) {
                let fresh = images(text).filter(|url| known.insert(url.to_string()));
                self.paper.images.extend(fresh.map(str::to_owned));
            } else if !is_frame(text) {
                self.rest.push(at);
            }
        }
    }

    /// Takes the marks of bold type out, by which a page was read.
    fn unmark(&mut self) {
        let paper = &mut self.paper;
        let texts = [
            &mut paper.authors_raw,
            &mut paper.abstract_en,
            &mut paper.abstract_zh,
            &mut paper.summary,
            &mut paper.takeaways_note,
            &mut paper.comment,
        ];
        let texts = texts.into_iter().flatten().chain(&mut paper.authors).chain(&mut paper.takeaways);
        for text in texts.chain([&mut paper.title]) {
            *text = text.replace("**", "");
        }
    }
}

/// Says whether a line around the screenshots belongs to the template.
pub(super) fn is_frame(line: &str) -> bool {
    screenshots(line)
        || marks::notice(line).is_some()
        || marks::date_heading(line).is_some()
        || line.trim_matches(['#', '>', ' ']).is_empty()
        || ["<details", "</details", "<summary", "</summary"].iter().any(|tag| line.starts_with(tag))
}

fn is_image(line: &str) -> bool {
    line.contains("<img") || line.starts_with("![")
}

/// The addresses of the images in a line; pictures that are written out in it are none.
fn images(line: &str) -> impl Iterator<Item = &str> {
    let attributes = line.split("src=").skip(1).filter_map(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.split(quote).nth(1)
    });
    let marks = line
        .split("![")
        .skip(1)
        .filter_map(|rest| rest.split_once("](").map(|(_, url)| url))
        .filter_map(|rest| rest.split(')').next());
    attributes.chain(marks).map(str::trim).filter(|url| !url.is_empty() && !url.starts_with("data:"))
}
