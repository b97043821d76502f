//! Turns HTML into the lines that the same text has as Markdown.
//!
//! Owns a reader of tags that knows no tree: unbalanced tags cost nothing but their own line, and there is no depth.
//! It starts afresh at each heading of the second level and each `<details>`, so that a tag which is never closed does
//! not reach into the next paper.

use std::cell::RefCell;
use std::mem::take;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::line::{Line, is_blank, line_of};
use super::post_sheet::Sheet;

/// The links whose addresses are kept: those the template writes.
const LINKS: &[&str] = &["PDF", "Cool Papers", "ChatPaperFree"];

/// Reads the bytes `range` of a page. O(bytes).
pub(super) fn sheet(text: &str, range: Range<usize>) -> Sheet<'_> {
    let number = line_of(text.as_bytes(), range.start);
    let mut reader = reader(Writer { number, gap: true, ..Writer::default() });
    let mut at = range.start;
    for (nth, part) in text.get(range).unwrap_or_default().split('<').enumerate() {
        let end = at + usize::from(nth > 0) + part.len();
        if nth > 0 && (part.starts_with("h2") || part.starts_with("details")) {
            reader = self::reader(finish(reader));
        }
        let chunk = text.get(at..end).unwrap_or_default();
        reader.sink.0.borrow_mut().enter(at, chunk);
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(chunk));
        // Only a sink that runs scripts is ever waited for.
        let _ = reader.feed(&input);
        at = end;
    }
    let lines = finish(reader);
    Sheet { text, lines: lines.lines, spans: lines.spans, is_html: true }
}

fn reader(lines: Writer) -> Tokenizer<Sink> {
    Tokenizer::new(Sink(RefCell::new(lines)), TokenizerOpts::default())
}

fn finish(reader: Tokenizer<Sink>) -> Writer {
    reader.end();
    let mut lines = reader.sink.0.into_inner();
    lines.close(lines.chunk.end, true);
    let Writer { lines, spans, number, ends, .. } = lines;
    Writer { lines, spans, number, ends, gap: true, ..Writer::default() }
}

struct Sink(RefCell<Writer>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut lines = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => lines.text(&text),
            Token::NullCharacterToken => lines.text("\u{fffd}"),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return lines.open(&tag),
            Token::TagToken(tag) => lines.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The lines so far, and what is open.
#[derive(Default)]
struct Writer {
    lines: Vec<Line<'static>>,
    spans: Vec<Range<usize>>,
    /// The tag that is being read and the text behind it, in bytes, and the place where the tag ends.
    chunk: Range<usize>,
    after: usize,
    /// The line of that tag, and the line ends in it and its text.
    number: u32,
    ends: u32,
    text: String,
    /// Where the open line started: its byte and its line.
    from: Option<(usize, u32)>,
    gap: bool,
    heading: usize,
    quotes: usize,
    /// The lists that are open, with the number of the next item.
    lists: Vec<Option<u32>>,
    /// What stands before the next item.
    bullet: Option<String>,
    indent: usize,
    link: Option<(StrTendril, usize)>,
    /// Whether this is the text of a script or style.
    is_hidden: bool,
}

impl Writer {
    /// Goes on to the next tag and the text behind it.
    fn enter(&mut self, at: usize, chunk: &str) {
        self.number = self.number.saturating_add(take(&mut self.ends));
        self.ends = line_of(chunk.as_bytes(), chunk.len()).saturating_sub(1);
        self.after = at + chunk.find('>').map_or(chunk.len(), |n| n + 1);
        self.chunk = at..at + chunk.len();
    }

    fn text(&mut self, text: &str) {
        if self.is_hidden {
            return;
        }
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.begin();
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// Writes what stands before the text of a line.
    fn begin(&mut self) {
        if self.from.is_some() {
            return;
        }
        self.from = Some((self.chunk.start, self.number));
        let depth = self.lists.len();
        self.indent = 2 * if self.bullet.is_some() { depth.saturating_sub(1) } else { depth };
        if self.quotes > 0 {
            self.text.push_str("> ");
        }
        if self.heading > 0 {
            self.text.extend(std::iter::repeat_n('#', self.heading));
            self.text.push(' ');
        }
        self.text.push_str(&self.bullet.take().unwrap_or_default());
    }

    /// Ends the line at a byte. A paragraph leaves a blank line behind it.
    fn close(&mut self, end: usize, is_paragraph: bool) {
        let text = take(&mut self.text);
        let text = text.trim_matches(is_blank);
        if let Some((from, number)) = self.from.take().filter(|_| !text.is_empty()) {
            let line = Line { text: text.to_owned().into(), number, gap: self.gap, indent: self.indent };
            self.lines.push(line);
            self.spans.push(from..end.max(from));
            self.gap = false;
        } else if !is_paragraph {
            self.gap = true;
        }
        self.gap |= is_paragraph;
        self.link = None;
    }

    /// Writes something that has a line of its own.
    fn alone(&mut self, text: &str) {
        self.close(self.chunk.start, true);
        self.begin();
        self.text.push_str(text);
        self.close(self.after, true);
    }

    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let attribute =
            |name: &str| tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.clone());
        if is_block(&tag.name) {
            self.close(self.chunk.start, true);
        }
        match &*tag.name {
            "br" => self.close(self.after, false),
            "blockquote" => self.quotes += 1,
            "ol" => self.lists.push(Some(attribute("start").and_then(|n| n.parse().ok()).unwrap_or(1))),
            "ul" => self.lists.push(None),
            "li" => {
                self.bullet = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let bullet = format!("{number}. ");
                        *number = number.saturating_add(1);
                        bullet
                    }
                    _ => "- ".to_owned(),
                });
            }
            "strong" | "b" => {
                self.begin();
                self.text.push_str("**");
            }
            "a" => self.link = Some((attribute("href").unwrap_or_default(), self.text.len())),
            "img" => self.alone(&format!("<img src=\"{}\">", attribute("src").unwrap_or_default())),
            "details" => self.alone("<details>"),
            "script" | "style" => {
                self.is_hidden = true;
                let is_script = &*tag.name == "script";
                return TokenSinkResult::RawData(if is_script {
                    RawKind::ScriptData
                } else {
                    RawKind::Rawtext
                });
            }
            name => self.heading = heading(name).unwrap_or(self.heading),
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        if is_block(name) {
            self.close(self.after, true);
        }
        match name {
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            "ol" | "ul" => drop(self.lists.pop()),
            "li" => self.bullet = None,
            "strong" | "b" if self.from.is_some() => self.text.push_str("**"),
            "a" => self.end_link(),
            "script" | "style" => self.is_hidden = false,
            _ if heading(name).is_some() => self.heading = 0,
            _ => {}
        }
    }

    /// Writes a link that is the template's as Markdown does; of the others only the text stays.
    fn end_link(&mut self) {
        let Some((address, from)) = self.link.take() else { return };
        let label = self.text.get(from..).unwrap_or_default().trim();
        if let Some(label) = LINKS.iter().find(|l| **l == label) {
            self.text.truncate(from);
            self.text.extend(["[", label, "](", address.trim(), ")"]);
        }
    }
}

/// The level of a heading.
fn heading(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Says whether an element stands on lines of its own.
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "blockquote",
        "ol",
        "ul",
        "li",
        "details",
        "summary",
        "pre",
        "table",
        "tr",
        "hr",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "figure",
    ];
    BLOCKS.contains(&name) || heading(name).is_some()
}
