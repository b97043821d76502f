//! Finds the parts of JSON that does not parse: a cut file, a merge conflict, a broken record.
//!
//! Owns a scan that knows only strings and brackets. A line end inside a string closes it, and a line that begins as
//! the records of this file begin starts a record, so that one slip does not spread.

use std::ops::Range;

use memchr::memchr3;

use super::format::date;
use crate::model::Date;

/// One element of the list of papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// From `{` to `}`.
    Whole(Range<usize>),
    /// A record whose end is missing.
    Open(Range<usize>),
    /// Something that is no record.
    Junk(Range<usize>),
}

/// A position in the bytes of a file.
pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The white space before the `{` of a record, where it stands first on its line.
    column: Option<usize>,
}

impl<'a> Scan<'a> {
    /// Starts behind the first `{`.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let at = bytes.iter().position(|&b| b == b'{').map_or(bytes.len(), |at| at + 1);
        Self { bytes, at, column: None }
    }

    /// Starts behind the first `[`: the elements of a list follow.
    pub(super) fn list(bytes: &'a [u8]) -> Self {
        let at = bytes.iter().position(|&b| b == b'[').map_or(bytes.len(), |at| at + 1);
        Self { bytes, at, column: None }
    }

    /// The byte position.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes on at the byte `at`.
    pub(super) fn jump(&mut self, at: usize) {
        self.at = at;
    }

    /// Goes to the value of the next member and gives its key. None at the end of the object or the file.
    pub(super) fn key(&mut self) -> Option<&'a [u8]> {
        loop {
            match self.peek()? {
                b'}' => return None,
                b'"' => {
                    let key = self.string();
                    self.blanks();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                        self.blanks();
                        return self.bytes.get(key);
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    /// Says whether the file goes on here with this byte.
    pub(super) fn is_at(&self, byte: u8) -> bool {
        self.peek() == Some(byte)
    }

    /// Steps over the `}` of the file and gives the place of what follows it, if anything does.
    pub(super) fn after_end(&mut self) -> Option<usize> {
        self.at += 1;
        self.blanks();
        (self.at < self.bytes.len()).then_some(self.at)
    }

    /// Steps over a value.
    pub(super) fn value(&mut self) -> Range<usize> {
        let from = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => break,
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        from..self.at
    }

    /// Steps into a list: the elements follow.
    pub(super) fn enter(&mut self) {
        self.at += 1;
    }

    /// Steps over the next element of a list of records. None at the list's end or the file's.
    pub(super) fn element(&mut self) -> Option<Element> {
        while self.peek().is_some_and(|b| b == b',' || b.is_ascii_whitespace()) {
            self.at += 1;
        }
        match self.peek()? {
            b']' => {
                self.at += 1;
                None
            }
            b'{' => Some(self.record()),
            _ => Some(self.junk()),
        }
    }

    fn record(&mut self) -> Element {
        let from = self.at;
        self.column = self.indent_of(from).or(self.column);
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b'\n' if self.starts_record(self.at + 1) => return Element::Open(from..self.at),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Element::Whole(from..self.at);
            }
        }
        Element::Open(from..self.at)
    }

    /// Steps over what is no record, up to the next record or the end of the list.
    fn junk(&mut self) -> Element {
        let from = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'[' => depth += 1,
                b']' if depth > 0 => depth -= 1,
                b'{' | b']' if depth == 0 && self.column.is_none() => break,
                b'\n' if self.starts_record(self.at + 1) || self.ends_list(self.at + 1) => {
                    self.at += 1;
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        Element::Junk(from..self.at)
    }

    fn starts_record(&self, line: usize) -> bool {
        self.column
            .is_some_and(|c| self.bytes.get(line + c) == Some(&b'{') && self.indent_of(line + c) == Some(c))
    }

    fn ends_list(&self, line: usize) -> bool {
        let indent = self.bytes.iter().skip(line).take_while(|b| **b == b' ' || **b == b'\t').count();
        self.column.is_some_and(|c| indent < c) && self.bytes.get(line + indent) == Some(&b']')
    }

    /// The white space between the line's beginning and `at`, when nothing else stands there.
    fn indent_of(&self, at: usize) -> Option<usize> {
        let before = self.bytes.get(..at)?;
        let indent = before.iter().rev().take_while(|b| **b == b' ' || **b == b'\t').count();
        (before.len() > indent && before.get(before.len() - indent - 1) == Some(&b'\n')).then_some(indent)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Steps over a string and gives what is between its quotes.
    fn string(&mut self) -> Range<usize> {
        self.at += 1;
        let from = self.at;
        while let Some(found) = memchr3(b'"', b'\n', b'\\', self.bytes.get(self.at..).unwrap_or_default()) {
            self.at += found;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return from..self.at - 1;
                }
                Some(b'\\') => self.at += 2,
                _ => return from..self.at,
            }
        }
        self.at = self.bytes.len();
        from..self.at
    }
}

/// Says whether the beginning of a JSON object is that of a digest.
pub(super) fn looks_native(head: &str) -> bool {
    let mut scan = Scan::new(head.as_bytes());
    while let Some(key) = scan.key() {
        if matches!(key, b"papers" | b"schema") {
            return true;
        }
        scan.value();
    }
    false
}

/// Reads date and category from the beginning of a digest.
pub(super) fn peek(head: &str) -> (Option<Date>, Option<String>) {
    let mut scan = Scan::new(head.as_bytes());
    let (mut day, mut category) = (None, None);
    while let Some(key) = scan.key().filter(|key| *key != b"papers") {
        let value = head.get(scan.value()).and_then(|v| serde_json::from_str::<String>(v.trim_end()).ok());
        match key {
            b"date" => day = value.as_deref().and_then(date),
            b"category" => category = value,
            _ => {}
        }
    }
    (day, category)
}
