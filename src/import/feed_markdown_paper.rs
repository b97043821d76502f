use std::borrow::Cow;

use serde_json::json;

use super::failure::is_failure;
use super::feed_written::{Written, set_language};
use super::links::{arxiv_id, guess};
use super::prose::english;
use super::record::split_names;
use crate::model::Paper;

/// The line a paper begins with: `### [3] [title](address)`, the number not always there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Heading<'a> {
    title: Cow<'a, str>,
    url: Cow<'a, str>,
}

impl<'a> Heading<'a> {
    /// Reads it. The title may hold brackets of its own.
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let rest = line.strip_prefix("### ")?.trim();
        let numbered = rest.strip_prefix('[').and_then(|r| r.split_once("] ["));
        let title = match numbered {
            Some((n, title)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => title,
            _ => rest.strip_prefix('[')?,
        };
        let address = ["](http", "]([http"].iter().filter_map(|m| title.find(m)).min();
        let (title, url) = title.split_at_checked(address.or_else(|| title.rfind("](#)"))?)?;
        let url = url.strip_prefix("](")?;
        let url = url.rsplit_once(')').map_or(url, |(url, _)| url);
        // One template made `[base](base)number` of an address.
        let url = match url.strip_prefix('[').and_then(|u| u.split_once("](")) {
            Some((_, url)) => Cow::Owned(url.replace(')', "")),
            None => Cow::Borrowed(url),
        };
        Some(Self { title: title.trim().into(), url })
    }

    /// Makes it one that borrows nothing.
    pub(super) fn into_owned<'b>(self) -> Heading<'b> {
        Heading { title: self.title.into_owned().into(), url: self.url.into_owned().into() }
    }
}

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Written(Written, &'static str),
    Authors,
    Categories,
    Comment,
    Abstract,
}

/// How a label is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `Motivation: text`.
    Plain,
    /// `**Motivation:** text`, or the same behind `> `.
    Bold,
    /// `## Motivation:`, with the text in the lines below.
    Heading,
}

/// Says whether a line begins with a label of one of the templates.
pub(super) fn is_label(line: &str) -> bool {
    label(line).is_some()
}

/// Reads a label and what follows it in its line.
fn label(line: &str) -> Option<(Field, Style, &str)> {
    let colons = [':', '：'];
    if line.starts_with('#') {
        let text = line.trim_start_matches('#').trim();
        let (name, rest) = text.split_at_checked(text.find([':', '：', '(', '（']).unwrap_or(text.len()))?;
        let rest = if rest.starts_with(colons) { rest.trim_start_matches(colons) } else { "" };
        return Some((field(name.trim(), Style::Heading)?, Style::Heading, rest));
    }
    let text = line.trim_start_matches(['>', ' ']);
    if let Some(bold) = text.strip_prefix("**") {
        let (name, rest) = bold.split_once("**")?;
        let rest = if name.ends_with(colons) { rest } else { rest.strip_prefix(colons)? };
        return Some((field(name.trim_end_matches(colons).trim(), Style::Bold)?, Style::Bold, rest));
    }
    let (name, rest) = line.split_once(colons)?;
    Some((field(name, Style::Plain)?, Style::Plain, rest))
}

fn field(name: &str, style: Style) -> Option<Field> {
    let is = |names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    if is(&["main category", "category", "categories"]) {
        return Some(Field::Categories);
    }
    if is(&["abstract"]) || (style == Style::Heading && is(&["summary"])) {
        return Some(Field::Abstract);
    }
    if style == Style::Bold && is(&["authors"]) {
        return Some(Field::Authors);
    }
    if style == Style::Bold && is(&["comment", "comments"]) {
        return Some(Field::Comment);
    }
    let (written, label) = Written::of(name)?;
    (style != Style::Plain || written <= Written::Conclusion).then_some(Field::Written(written, label))
}

impl Field {
    /// The place of a text that has one in all templates: a text's own `Method:` cannot come after its conclusion.
    fn place(self) -> Option<u8> {
        match self {
            Self::Written(Written::Motivation, _) => Some(1),
            Self::Written(Written::Method, _) => Some(2),
            Self::Written(Written::Result, _) => Some(3),
            Self::Written(Written::Conclusion, _) => Some(4),
            Self::Written(Written::Summary, _) => Some(5),
            Self::Written(Written::AbstractZh, _) | Self::Abstract => Some(6),
            _ => None,
        }
    }
}

/// Where in a paper a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Above `<details>`, or anywhere in a template without it.
    Head,
    Details,
    /// Below `</details>`.
    Tail,
}

/// The reading of one paper, line by line.
pub(super) struct Reader {
    paper: Paper,
    part: Part,
    open: Option<(Field, Style, String)>,
    seen: Vec<Field>,
    /// Whether a label may stand here without a mark: after a blank line or a line of the frame.
    is_gap: bool,
    /// Lines that are no part of a template.
    rest: Vec<String>,
    /// Lines read so far, and the first of them that is no part of this paper.
    lines: usize,
    stray: Option<usize>,
}

impl Reader {
    /// Starts below the heading.
    pub(super) fn new(heading: &Heading) -> Self {
        let mut paper = Paper { title: heading.title.clone().into_owned(), ..Paper::default() };
        if heading.url.starts_with("http") {
            paper.arxiv = arxiv_id(&heading.url);
            let links = &mut paper.links;
            let slot = if heading.url.contains("/pdf/") { &mut links.pdf } else { &mut links.abs };
            *slot = Some(heading.url.clone().into_owned());
        }
        let (open, seen, rest) = (None, Vec::new(), Vec::new());
        Self { paper, part: Part::Head, open, seen, is_gap: true, rest, lines: 0, stray: None }
    }

    /// Reads the next line.
    pub(super) fn line(&mut self, line: &str) {
        let text = line.trim();
        self.lines += 1;
        if self.begins_another(text) {
            self.astray();
        }
        let is_gap = std::mem::replace(&mut self.is_gap, text.is_empty());
        if text.is_empty() {
            if let Some((.., open)) = &mut self.open {
                open.push('\n');
            }
        } else if self.frame(text) {
            self.is_gap = true;
        } else if let Some((field, style, rest)) =
            label(line).filter(|(f, s, _)| self.accepts(*f, *s, is_gap))
        {
            self.close();
            self.seen.push(field);
            self.open = Some((field, style, rest.trim_start().to_owned()));
            if matches!(field, Field::Authors | Field::Categories) {
                self.close();
            }
        } else if self.part != Part::Details && self.unlabelled(text) {
            self.close();
        } else if let Some((_, style, open)) = &mut self.open {
            let line = if *style == Style::Heading { line.strip_prefix("> ").unwrap_or(line) } else { line };
            open.push('\n');
            open.push_str(line);
        } else {
            self.astray();
            self.rest.push(text.to_owned());
        }
    }

    fn astray(&mut self) {
        self.stray.get_or_insert(self.lines);
    }

    /// Says whether a line is the damaged heading of another paper, or what stands below a heading that is gone.
    fn begins_another(&self, text: &str) -> bool {
        let is_heading = text.contains("](http") && text.contains("arxiv.org/abs/");
        let is_seen = |field| {
            matches!(field, Field::Authors | Field::Written(Written::Tldr, _)) && self.seen.contains(&field)
        };
        let is_first = || label(text).is_some_and(|(f, style, _)| style != Style::Plain && is_seen(f));
        self.part != Part::Details && (is_heading || is_first())
    }

    /// Ends the paper, and says where it ended, and which of its lines, counted from 1, is the first that is no part
    /// of it.
    pub(super) fn finish(mut self) -> (Paper, Part, Option<usize>) {
        self.close();
        let Self { mut paper, part, rest, stray, .. } = self;
        let text = paper.abstract_en.as_deref().or(paper.abstract_zh.as_deref());
        let guessed = guess(&mut paper.links, [paper.comment.as_deref(), text].into_iter().flatten());
        if !guessed.is_empty() {
            paper.extra.insert("guessed".to_owned(), json!(guessed));
        }
        if !rest.is_empty() {
            paper.extra.insert("lines".to_owned(), json!(rest));
        }
        set_language(&mut paper, None);
        (paper, part, stray)
    }

    /// Takes the lines that are the template's frame, and no content of a paper.
    fn frame(&mut self, text: &str) -> bool {
        let part = match text {
            _ if text.starts_with("<details") => Part::Details,
            "</details>" => Part::Tail,
            _ if text.starts_with("<summary>") && text.ends_with("</summary>") => self.part,
            _ if text.starts_with("<div id=") || text.starts_with("<a id=") => self.part,
            _ if text.starts_with("[⬆") || (text.starts_with('#') && text.contains("](#toc)")) => self.part,
            _ if self.part == Part::Details => return false,
            _ if text.len() >= 3 && text.bytes().all(|b| b == b'-') => self.part,
            // The heading of the next category.
            _ if text.starts_with('#') && label(text).is_none() => self.part,
            _ => return false,
        };
        self.close();
        self.part = part;
        true
    }

    fn accepts(&self, field: Field, style: Style, is_gap: bool) -> bool {
        let last = self.seen.iter().filter_map(|f| f.place()).max().unwrap_or(0);
        let is_in_abstract = matches!(self.open, Some((Field::Abstract, ..)));
        !is_in_abstract
            && (style != Style::Plain || is_gap)
            && (field == Field::Categories || !self.seen.contains(&field))
            && field.place().is_none_or(|place| place > last)
    }

    /// Reads a line that is known by its marks: the translated title, the authors, the PDF.
    fn unlabelled(&mut self, text: &str) -> bool {
        if let Some(title) = text.strip_prefix("> *").filter(|t| !t.starts_with('*') && self.open.is_none()) {
            let title = title.strip_suffix('*').unwrap_or(title);
            Written::TitleZh.put(&mut self.paper, "", Some(title.to_owned()));
        } else if let Some(names) = text.strip_prefix('*').filter(|t| {
            self.part == Part::Head
                && self.open.is_none()
                && !self.seen.contains(&Field::Authors)
                && (!t.starts_with('*') || *t == "*" || t.starts_with("* |"))
        }) {
            let (names, more) = names.split_once("* | ").unwrap_or((names, ""));
            self.seen.push(Field::Authors);
            self.authors(names.strip_suffix('*').unwrap_or(names));
            self.more(more.trim_end_matches("**"));
        } else if let Some(rest) = text.strip_prefix("[**[PDF]**](").or_else(|| text.strip_prefix("[PDF](")) {
            let (url, more) = rest.split_once(')').unwrap_or((rest, ""));
            if url.starts_with("http") {
                self.paper.arxiv = self.paper.arxiv.take().or_else(|| arxiv_id(url));
                self.paper.links.pdf = Some(url.to_owned());
            }
            self.more(more.trim_start_matches([' ', '|']));
        } else {
            return false;
        }
        true
    }

    /// Reads the categories behind the authors or the PDF: `**Main category: a`, `**Categories:** a, b`.
    fn more(&mut self, text: &str) {
        let plain = text.trim_start_matches('*');
        if let Some((Field::Categories, _, list)) = label(plain) {
            self.categories(list.trim_start_matches('*'));
        } else if !text.trim().is_empty() {
            self.astray();
            self.rest.push(text.trim().to_owned());
        }
    }

    fn authors(&mut self, raw: &str) {
        let raw = raw.trim();
        if raw.is_empty() || is_failure(raw) {
            return;
        }
        self.paper.authors = split_names(raw);
        self.paper.authors_raw = Some(raw.to_owned());
    }

    fn categories(&mut self, list: &str) {
        for category in list.split([',', '`']).map(str::trim).filter(|c| !c.is_empty() && !is_failure(c)) {
            let categories = &mut self.paper.categories;
            if !categories.iter().any(|c| c == category) {
                categories.push(category.to_owned());
            }
        }
    }

    /// Ends the text that is being read.
    fn close(&mut self) {
        let Some((field, _, text)) = self.open.take() else { return };
        match field {
            Field::Written(written, label) => written.put(&mut self.paper, label, Some(text)),
            Field::Authors => self.authors(&text),
            Field::Categories => self.categories(&text),
            Field::Comment | Field::Abstract => {
                let text = text.trim();
                if text.is_empty() || is_failure(text) {
                    return;
                }
                let slot = match field {
                    Field::Comment => &mut self.paper.comment,
                    _ if english(text) >= 0 => &mut self.paper.abstract_en,
                    _ => &mut self.paper.abstract_zh,
                };
                *slot = Some(text.to_owned());
            }
        }
    }
}
