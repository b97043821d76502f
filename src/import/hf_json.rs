use std::ops::Range;

use serde_json::json;
use serde_json::value::RawValue;

use super::failure::is_failure;
use super::format::date_in_name;
use super::line::line_of;
use super::links::{arxiv_id, guess};
use super::members::{Members, bare_id, section, unwrapped, within};
use super::name::paper_id;
use super::native::bare;
use super::salvage::{Element, Scan};
use super::{Format, Parsed, Stored};
use crate::model::{Digest, Kind, Paper, Problem, Severity, Source};

/// Says whether the beginning of a JSON list is that of a day of Hugging Face's daily papers: its first element has
/// the keys of one of the three schemas, or is a text that some day's writer has made of such an object.
pub(super) fn looks_like(head: &str) -> bool {
    let first = head.trim_start_matches(|c: char| c == '[' || c.is_whitespace());
    if first.starts_with('"') {
        return is_python(first.trim_start_matches('"'));
    }
    if !first.starts_with('{') {
        return false;
    }
    let mut scan = Scan::new(first.as_bytes());
    let mut keys: Vec<&[u8]> = Vec::new();
    while let Some(key) = scan.key() {
        keys.push(key);
        scan.value();
    }
    let has = |key: &str| keys.contains(&key.as_bytes());
    has("paper") || has("translation") || has("arxiv_url") || (has("title") && has("publishedAt"))
}

fn is_python(text: &str) -> bool {
    text.starts_with("{'") || text.starts_with("{\\\"")
}

/// Reads a day of Hugging Face's daily papers. The date stands in the file's name alone.
pub(super) fn parse(bytes: &[u8], name: &str) -> Result<Parsed, Problem> {
    let Some(date) = date_in_name(name) else {
        return Err(Problem::of_file(
            name,
            "no date found: a Hugging Face day has it in its file's name only",
        ));
    };
    let mut day =
        Day { bytes, name, papers: Vec::new(), problems: Vec::new(), dropped: Vec::new(), counted: (0, 1) };
    if !bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Problem::of_file(name, "no paper found: the file is no JSON list"));
    }
    day.read();
    if day.papers.is_empty() {
        let what = "no paper found in the JSON list";
        return Err(day.problems.into_iter().next().unwrap_or_else(|| Problem::of_file(name, what)));
    }
    let mut digest = Digest::new(date, None);
    digest.sources = vec![Source {
        format: Format::HfDailyJson.name().to_owned(),
        name: Some("Hugging Face daily papers".to_owned()),
        file: Some(name.to_owned()),
        ..Source::default()
    }];
    digest.papers = day.papers;
    let digest = Stored { digest, format: Format::HfDailyJson, file: name.to_owned() };
    Ok(Parsed { digest, problems: day.problems })
}

/// The reading of one file.
struct Day<'a> {
    bytes: &'a [u8],
    name: &'a str,
    papers: Vec<Paper>,
    problems: Vec<Problem>,
    /// Keys of the authors' objects that no field holds.
    dropped: Vec<String>,
    /// A place whose line was counted, and that line.
    counted: (usize, u32),
}

impl Day<'_> {
    fn read(&mut self) {
        match serde_json::from_slice::<Vec<&RawValue>>(self.bytes) {
            Ok(records) => {
                for raw in records {
                    let at = raw.get().as_ptr().addr() - self.bytes.as_ptr().addr();
                    self.record(at..at + raw.get().len());
                }
            }
            Err(error) => {
                let what = format!("the JSON is broken here: {}; it was read record by record", bare(&error));
                self.problems.push(Problem::at(self.name, within(1, &error), what));
                self.salvage();
            }
        }
        let others = self.problems.iter().filter(|p| p.what == PYTHON).count().saturating_sub(1);
        if let Some(first) = self.problems.iter_mut().find(|p| p.what == PYTHON).filter(|_| others > 0) {
            first.what = format!("{PYTHON}; so were {others} more");
            self.problems.retain(|p| p.what != PYTHON);
        }
        if !self.dropped.is_empty() {
            let what = format!(
                "what the authors' records have besides names was left out: {}",
                self.dropped.join(", ")
            );
            self.problems.push(Problem::of_file(self.name, what).rated(Severity::Info, Kind::UnknownKey));
        }
    }

    fn salvage(&mut self) {
        let mut scan = Scan::list(self.bytes);
        while let Some(element) = scan.element() {
            match element {
                Element::Whole(range) => self.record(range),
                Element::Open(range) => self.problem(range.start, "this paper has no end; it was left out"),
                Element::Junk(range) => self.problem(range.start, "this is no paper; it was left out"),
            }
        }
    }

    fn record(&mut self, range: Range<usize>) {
        let json = self.bytes.get(range.clone()).unwrap_or_default();
        if json.first() == Some(&b'"') {
            return self.problem(range.start, PYTHON);
        }
        let line = self.line_at(range.start);
        let index = self.papers.len();
        let mut members = match Members::read(json) {
            Ok(members) => members,
            Err(error) => {
                let what = format!("this paper is not readable and was left out: {}", bare(&error));
                return self.problems.push(Problem::at(self.name, within(line, &error), what));
            }
        };
        let mut paper = paper(&mut members, &mut self.dropped);
        for note in members.notes {
            self.problems.push(Problem::at(self.name, line, note));
        }
        if paper.title.is_empty() && paper.abstract_en.is_none() && paper.arxiv.is_none() {
            return self.problem(
                range.start,
                "this is no paper: it has neither title nor abstract nor id; it was left out",
            );
        }
        paper.id = paper_id(paper.arxiv.as_ref().map(|a| a.id.as_str()), &paper.title, self.name, index);
        paper.from = vec![(0, line)];
        self.papers.push(paper);
    }

    fn problem(&mut self, at: usize, what: &str) {
        let line = self.line_at(at);
        self.problems.push(Problem::at(self.name, line, what));
    }

    /// The line of a byte. Places are asked for in order, so each line end is counted once.
    fn line_at(&mut self, at: usize) -> u32 {
        let (from, line) = if at < self.counted.0 { (0, 1) } else { self.counted };
        let line = line + line_of(self.bytes.get(from..).unwrap_or_default(), at - from) - 1;
        self.counted = (at, line);
        line
    }
}

const PYTHON: &str = "this record is Python's text of an object, not JSON; it was left out";

/// Reads one record of any of the three schemas: `{paper: {...}, ...}`, `{paper, translation}` and
/// `{title, summary, translation, url, arxiv_url}`.
fn paper(outer: &mut Members, dropped: &mut Vec<String>) -> Paper {
    let mut paper = Paper::default();
    if let Some(mut inner) = outer.object("paper") {
        main(&mut paper, &mut inner, dropped);
        outer.drop_same("title", Some(&paper.title));
        outer.drop_same("summary", paper.abstract_en.as_deref());
        outer.absorb(inner, "paper.");
    } else {
        main(&mut paper, outer, dropped);
    }
    addresses(&mut paper, outer);
    if let Some(text) = outer.text("translation") {
        translation(&mut paper, &text);
    }
    for (key, name) in [("upvotes", "upvotes"), ("githubStars", "code_stars"), ("numComments", "comments")] {
        if let Some(number) = outer.number(key) {
            paper.metrics.insert(name.to_owned(), number);
        }
    }
    paper.images = outer.list("mediaUrls").0;
    if paper.images.is_empty() {
        paper.images = outer.line("thumbnail").or_else(|| outer.line("mediaUrl")).into_iter().collect();
    }
    let is_chinese = paper.abstract_zh.is_some() || paper.title_zh.is_some();
    let is_written = is_chinese || !paper.sections.is_empty();
    paper.language = is_written.then(|| if is_chinese { "zh" } else { "en" }.to_owned());
    paper.failed.append(&mut outer.failed);
    paper.extra = outer.rest();
    let guessed = guess(&mut paper.links, paper.abstract_en.as_deref());
    if !guessed.is_empty() {
        paper.extra.insert("guessed".to_owned(), json!(guessed));
    }
    paper
}

/// Takes what every schema has of the paper itself.
fn main(paper: &mut Paper, members: &mut Members, dropped: &mut Vec<String>) {
    paper.title = members.line("title").unwrap_or_default();
    paper.abstract_en = members.paragraphs("summary");
    let (authors, keys) = members.list("authors");
    paper.authors = authors;
    dropped.extend(keys.into_iter().filter(|k| !dropped.contains(k)).collect::<Vec<_>>());
    paper.published = members.line("publishedAt");
    paper.keywords = members.list("ai_keywords").0;
    paper.sections.extend(members.generated("ai_summary", "tldr").map(|text| section("tldr", text)));
    paper.links.code = members.line("githubRepo");
    paper.links.project = members.line("projectPage");
    paper.arxiv = members.arxiv_id("id");
}

fn addresses(paper: &mut Paper, outer: &mut Members) {
    paper.links.abs = outer.line("arxiv_url");
    match outer.line("url") {
        Some(url) if url.contains("://huggingface.co/papers/") => paper.links.hf = Some(url),
        Some(url) => paper.links.other.push(url),
        None => {}
    }
    let from_abs = paper.links.abs.as_deref().and_then(arxiv_id);
    let from_hf = || paper.links.hf.as_deref().and_then(|url| url.rsplit('/').next()).and_then(bare_id);
    paper.arxiv = paper.arxiv.take().or(from_abs).or_else(from_hf);
    if let Some(arxiv) = &paper.arxiv {
        paper.links.hf.get_or_insert_with(|| format!("https://huggingface.co/papers/{}", arxiv.id));
    }
}

/// Splits `标题：…` and `摘要：…`, which stand in one text. Without these labels all of it is the abstract.
fn translation(paper: &mut Paper, text: &str) {
    let text = text.trim();
    if is_failure(text) {
        paper.failed.push("abstract_zh".to_owned());
        return;
    }
    let label = |text: &str, word: &str| {
        let rest = text.trim_start().trim_start_matches("**").strip_prefix(word)?;
        let rest = rest.trim_start_matches("**").strip_prefix([':', '：'])?;
        Some(rest.trim_start_matches("**").trim().to_owned())
    };
    let mut body = Vec::new();
    for line in text.lines() {
        match label(line, "标题") {
            Some(title) if paper.title_zh.is_none() && body.is_empty() => paper.title_zh = Some(title),
            _ => body.push(
                label(line, "摘要")
                    .filter(|_| body.iter().all(String::is_empty))
                    .unwrap_or_else(|| line.to_owned()),
            ),
        }
    }
    paper.title_zh = paper.title_zh.take().filter(|t| !t.is_empty());
    paper.abstract_zh = Some(unwrapped(&body.join("\n"))).filter(|t| !t.is_empty());
}
