use serde_json::{Value, json};

use super::failure::is_failure;
use super::line::Line;
use super::links::{arxiv_id, guess};
use super::prose::{append, are_names, english, glue, has_han, join};
use super::{marks, takeaways};
use crate::model::{Paper, urls};

/// The lines of one paper in a capture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    /// The line or lines above `Authors:`.
    pub(super) title: &'a [Line<'a>],
    /// What follows `Authors:` on its line.
    pub(super) names: &'a str,
    /// The lines below, up to the next paper's title.
    pub(super) body: &'a [Line<'a>],
}

/// What came of the lines of one paper.
#[derive(Debug, Default)]
pub(super) struct Read<'a> {
    /// The paper, without id and place.
    pub(super) paper: Paper,
    /// Whether the line that ends a paper was there.
    pub(super) is_closed: bool,
    /// Lines below its end that are neither an image nor the page's frame.
    pub(super) rest: Vec<&'a Line<'a>>,
}

impl<'a> Record<'a> {
    /// Reads the paper. The order of the parts is fixed by the page's template; each of them may be missing.
    pub(super) fn read(self) -> Read<'a> {
        let mut paper = Paper { title: self.title(), ..Paper::default() };
        let (raw, body) = names(self.names, self.body);
        paper.authors = split_names(&raw);
        paper.authors_raw = Some(raw).filter(|raw| !raw.is_empty());
        let end = body.iter().position(|l| marks::ends_paper(&l.text)).unwrap_or(body.len());
        let (main, tail) = body.split_at_checked(end).unwrap_or((body, &[]));
        let mut read = Read { paper, ..Read::default() };
        read.texts(&Parts::of(main));
        read.tail(tail);
        finish(&mut read.paper);
        read
    }

    fn title(self) -> String {
        let mut title = String::new();
        for line in self.title {
            let text = line.text.trim_start_matches('#').trim_start();
            glue(&mut title, text);
        }
        match title.strip_prefix("**").and_then(|t| t.strip_suffix("**")) {
            Some(plain) => plain.trim().to_owned(),
            None => title,
        }
    }
}

/// Takes the names that follow on lines of their own: after a comma at the line's end, or a line of nothing but names.
fn names<'a>(first: &str, body: &'a [Line<'a>]) -> (String, &'a [Line<'a>]) {
    let (mut raw, mut body) = (first.to_owned(), body);
    while let Some((line, rest)) = body.split_first() {
        let goes_on = raw.is_empty()
            || raw.ends_with([',', '，'])
            || (line.text.contains(',') && are_names(&line.text));
        if !goes_on || marks::starts_part(&line.text) || has_han(&line.text) {
            break;
        }
        glue(&mut raw, line.text.trim_end_matches("**"));
        body = rest;
    }
    (raw, body)
}

/// Splits a line of names; a lone colon is no name.
pub(super) fn split_names(raw: &str) -> Vec<String> {
    let separators: &[char] =
        if raw.contains([',', '，', '、']) { &[',', '，', '、'] } else { &[';', '；'] };
    let names = raw.split(separators).map(str::trim).filter(|n| !n.is_empty() && !matches!(*n, ":" | "："));
    names.map(str::to_owned).collect()
}

/// The parts of a paper between its authors and its end.
#[derive(Default)]
struct Parts<'a> {
    intro: &'a [Line<'a>],
    pdf: Option<&'a str>,
    comment: String,
    summary: String,
    has_list: bool,
    list_head: &'a str,
    list: &'a [Line<'a>],
    heading: Option<&'a Line<'a>>,
}

fn span<'a>(lines: &'a [Line<'a>], from: usize, to: usize) -> &'a [Line<'a>] {
    lines.get(from..to.max(from)).unwrap_or_default()
}

fn find(lines: &[Line], from: usize, is_mark: impl Fn(&str) -> bool) -> Option<usize> {
    lines.iter().skip(from).position(|l| is_mark(&l.text)).map(|i| i + from)
}

impl<'a> Parts<'a> {
    fn of(lines: &'a [Line<'a>]) -> Self {
        let mark = find(lines, 0, |l| marks::links(l).is_some());
        let start = mark.map_or(0, |at| at + 1);
        let summary = find(lines, start, |l| marks::summary(l).is_some());
        let list = find(lines, summary.map_or(start, |at| at + 1), |l| marks::takeaways(l).is_some());
        let stop = summary.or(list).unwrap_or(lines.len());
        let pdf = match mark {
            Some(_) => find(span(lines, 0, stop), start, |l| marks::pdf(l).is_some()),
            // Without the line above it, a sentence that begins with PDF looks the same: the last one is meant.
            None => {
                span(lines, 0, stop).iter().rposition(|l| marks::pdf(&l.text).is_some() && !has_han(&l.text))
            }
        };
        let mut parts = Self { intro: span(lines, 0, mark.or(pdf).unwrap_or(stop)), ..Self::default() };
        // A summary without a heading is the first Chinese text below the links.
        let below = mark.or(pdf).map_or(stop, |at| at + 1);
        let unnamed = || {
            (below..stop).find(|&i| lines.get(i).is_some_and(|l| has_han(&l.text) && english(&l.text) <= 0))
        };
        let from = summary.map(|at| at + 1).or_else(unnamed);
        parts.links(
            mark.and_then(|at| lines.get(at)),
            span(lines, below.min(pdf.unwrap_or(below)), from.map_or(stop, |f| f.min(stop))),
        );
        parts.list_of(lines, list, from.unwrap_or(stop));
        let to = lines.len() - parts.list.len() - usize::from(parts.has_list);
        if let Some(inline) = summary.and_then(|at| lines.get(at)).and_then(|l| marks::summary(&l.text)) {
            inline.clone_into(&mut parts.summary);
        }
        if let Some(from) = from {
            for line in span(lines, from, to) {
                if parts.summary.is_empty() {
                    line.text.as_ref().clone_into(&mut parts.summary);
                } else {
                    append(&mut parts.summary, &line.text, line.gap);
                }
            }
        }
        parts
    }

    /// Reads the PDF line and the lines its comment goes on over.
    fn links(&mut self, heading: Option<&'a Line<'a>>, lines: &'a [Line<'a>]) {
        let on_heading = heading.and_then(|l| marks::links(&l.text)).filter(|rest| !rest.is_empty());
        for text in on_heading.into_iter().chain(lines.iter().map(|l| l.text.as_ref())) {
            match marks::pdf(text) {
                Some((url, comment)) if self.comment.is_empty() => {
                    self.pdf = self.pdf.or(url);
                    comment.clone_into(&mut self.comment);
                }
                _ => glue(&mut self.comment, text),
            }
        }
    }

    /// Finds the takeaways: below their heading, or else the list at the end of the summary, whose last line before
    /// it may be a heading that is not known.
    fn list_of(&mut self, lines: &'a [Line<'a>], heading: Option<usize>, from: usize) {
        if let Some(at) = heading {
            self.has_list = true;
            self.list_head = lines.get(at).and_then(|l| marks::takeaways(&l.text)).unwrap_or_default();
            self.list = span(lines, at + 1, lines.len());
        } else if let Some(first) = takeaways::find(span(lines, from, lines.len())) {
            let at = from + first;
            self.list = span(lines, at, lines.len());
            let above = at.checked_sub(1).and_then(|i| lines.get(i)).filter(|_| first > 0);
            self.heading = above.filter(|l| is_heading(&l.text));
            self.has_list = self.heading.is_some();
        }
    }
}

/// Says whether a line above a list looks like its heading: short, and no sentence.
fn is_heading(line: &str) -> bool {
    line.chars().count() <= 20 && !super::prose::ends_sentence(line)
}

impl<'a> Read<'a> {
    fn texts(&mut self, parts: &Parts<'a>) {
        let paper = &mut self.paper;
        let mut intro = parts.intro;
        if let Some((_, before)) = intro.split_last().filter(|(last, _)| is_failure(&last.text)) {
            intro = before;
            paper.failed.push("abstract_zh".to_owned());
        }
        let (english, chinese) = by_language(intro);
        paper.abstract_en = join(english);
        paper.abstract_zh = join(chinese).map(|text| text.trim_start_matches(['>', ' ']).to_owned());
        paper.comment = Some(parts.comment.clone()).filter(|c| !c.is_empty());
        if is_failure(&parts.summary) {
            paper.failed.push("summary".to_owned());
        } else {
            paper.summary = Some(parts.summary.clone()).filter(|s| !s.is_empty());
        }
        let list = takeaways::read(parts.list);
        let is_failed = !list.items.is_empty() && list.items.iter().all(|i| is_failure(i));
        if is_failed {
            paper.failed.push("takeaways".to_owned());
        } else {
            paper.takeaways = list.items;
        }
        paper.takeaways_note = list.note;
        if !parts.list_head.is_empty() {
            let note = paper.takeaways_note.take();
            paper.takeaways_note = Some(
                [Some(parts.list_head.to_owned()), note].into_iter().flatten().collect::<Vec<_>>().join("\n"),
            );
        }
        self.rest.extend(parts.heading);
        if let Some(url) = parts.pdf {
            self.paper_link(url);
        }
    }

    fn paper_link(&mut self, url: &str) {
        let links = &mut self.paper.links;
        let slot = if url.contains("/abs/") {
            &mut links.abs
        } else if url.contains("papers.cool") {
            &mut links.cool_papers
        } else {
            &mut links.pdf
        };
        *slot = Some(url.to_owned());
        self.paper.arxiv = arxiv_id(url).or_else(|| self.paper.arxiv.take());
    }

    /// Reads what follows the texts: the long section, the end of the paper, images, and the page's frame.
    fn tail(&mut self, lines: &'a [Line<'a>]) {
        let mut long: Option<String> = None;
        for line in lines {
            let text = line.text.as_ref();
            if marks::date_heading(text).is_some() || marks::greeting(text) || marks::footer(text) {
                break;
            }
            if marks::screenshots(text) {
                self.is_closed = true;
            } else if let Some(url) = marks::cool_papers(text) {
                if !url.is_empty() {
                    self.paper_link(url);
                }
            } else if marks::long_label(text) && !self.is_closed {
                long.get_or_insert_default();
            } else if let Some(long) = long.as_mut().filter(|_| !self.is_closed) {
                if !long.is_empty() {
                    long.push('\n');
                }
                long.push_str(text);
            } else if marks::image(text) {
                self.paper.images.extend(urls(text).map(str::to_owned));
            } else if marks::notice(text).is_none() {
                self.rest.push(line);
            }
        }
        self.paper.long = long.filter(|l| !l.is_empty());
    }

    /// Keeps the lines that are no part of the template with the paper.
    pub(super) fn keep_rest(&mut self) {
        if !self.rest.is_empty() {
            let lines: Vec<Value> = self.rest.iter().map(|l| json!(l.text)).collect();
            self.paper.extra.insert("lines".to_owned(), Value::Array(lines));
        }
    }
}

/// Guesses the links that only the texts name, and tells the language of the machine-written texts.
pub(super) fn finish(paper: &mut Paper) {
    let texts = [paper.comment.as_deref(), paper.abstract_en.as_deref()];
    let guessed = guess(&mut paper.links, texts.into_iter().flatten());
    if !guessed.is_empty() {
        paper.extra.insert("guessed".to_owned(), json!(guessed));
    }
    let written = [paper.summary.as_deref(), paper.abstract_zh.as_deref()];
    let mut written =
        written.into_iter().flatten().chain(paper.takeaways.iter().map(String::as_str)).peekable();
    if written.peek().is_some() {
        let language = if written.any(has_han) { "zh" } else { "en" };
        paper.language = Some(language.to_owned());
    }
}

/// Splits the lines above the links where English goes over into Chinese: before that point the English words
/// outweigh the ideographs by the most. Single lines of the other language on either side do no harm.
fn by_language<'a>(lines: &'a [Line<'a>]) -> (&'a [Line<'a>], &'a [Line<'a>]) {
    let (mut sum, mut best, mut at) = (0, 0, 0);
    for (i, line) in lines.iter().enumerate() {
        sum += english(&line.text);
        if sum >= best {
            (best, at) = (sum, i + 1);
        }
    }
    lines.split_at_checked(at).unwrap_or((lines, &[]))
}
