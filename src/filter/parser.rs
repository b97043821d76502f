use std::ops::Range;

use super::complaint::{QueryError, Wrong};
use super::date_range::{DateRange, NoRange};
use super::language::{Field, Has, Is};
use super::query::{LONGEST, Needle, Node, Odd, Pattern, Query, Remark, Term, Word};
use crate::catalogue::nearest;
use crate::model::Date;

impl Query {
    /// Reads what was typed; `today` is what words such as `7d` count from. Full-width punctuation means what its ASCII
    /// form means. O(1): the length is capped.
    ///
    /// # Errors
    /// What cannot be understood, with its place.
    pub fn parse(typed: &str, today: Date) -> Result<Self, QueryError> {
        let cut = typed.char_indices().nth(LONGEST).map(|(at, _)| at);
        let text = cut.and_then(|at| typed.get(..at)).unwrap_or(typed);
        let mut parser = Parser { text, at: 0, depth: 0, is_negated: false, today, remarks: Vec::new() };
        parser.skip_blanks();
        let root = if parser.peek().is_none() { Node::All(Vec::new()) } else { parser.any()? };
        let mut remarks = parser.remarks;
        remarks.extend(cut.map(|at| Remark { at: at..typed.len(), what: Odd::Cut }));
        Ok(Self::new(root, remarks))
    }
}

/// Reads a query from left to right.
struct Parser<'t> {
    text: &'t str,
    /// The next byte.
    at: usize,
    /// Parentheses that are open.
    depth: usize,
    /// True behind a `-`.
    is_negated: bool,
    today: Date,
    remarks: Vec<Remark>,
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn after_next(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn skip(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn wrong(at: Range<usize>, what: Wrong) -> QueryError {
        QueryError { at, what }
    }

    /// True at an `OR` that stands alone.
    fn is_or(&self) -> bool {
        self.is_at("OR")
    }

    /// True at an operator that stands alone.
    fn is_at(&self, operator: &str) -> bool {
        let after = self.rest().strip_prefix(operator).map(|rest| rest.chars().next());
        after.is_some_and(|next| next.is_none_or(|c| c.is_whitespace() || is_open(c) || is_close(c)))
    }

    /// Alternatives.
    fn any(&mut self) -> Result<Node, QueryError> {
        let mut nodes = vec![self.all()?];
        while self.is_or() {
            self.at += "OR".len();
            nodes.push(self.all()?);
        }
        Ok(only(nodes, Node::Any))
    }

    /// What must hold together: at least one term, up to an `OR`, a closing parenthesis or the end.
    fn all(&mut self) -> Result<Node, QueryError> {
        let mut nodes = Vec::new();
        let mut is_empty = true;
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(c) if is_close(c) && self.depth == 0 => {
                    return Err(Self::wrong(self.at..self.at + c.len_utf8(), Wrong::Unopened));
                }
                Some(_) if !is_empty && self.is_at("AND") => {
                    self.at += "AND".len();
                    is_empty = true;
                }
                Some(c) if !is_close(c) && !self.is_or() => {
                    nodes.extend(self.one()?);
                    is_empty = false;
                }
                _ if is_empty => return Err(Self::wrong(self.at..self.at, Wrong::NoTerm)),
                _ => return Ok(only(nodes, Node::All)),
            }
        }
    }

    /// A term, with what stands before it. None for one that folding leaves nothing of.
    fn one(&mut self) -> Result<Option<Node>, QueryError> {
        let start = self.at;
        match self.peek() {
            Some('-' | '－') if !self.after_next().is_some_and(char::is_whitespace) => {
                self.skip();
                if self.peek().is_none_or(is_close) {
                    return Err(Self::wrong(self.at..self.at, Wrong::NoTerm));
                }
                self.negated()
            }
            Some('N') if self.is_at("NOT") => {
                self.at += "NOT".len();
                self.skip_blanks();
                if self.peek().is_none_or(is_close) || self.is_or() {
                    return Err(Self::wrong(self.at..self.at, Wrong::NoTerm));
                }
                self.negated()
            }
            Some(c) if is_open(c) => {
                self.skip();
                self.depth += 1;
                let node = self.any()?;
                self.depth -= 1;
                if self.peek().is_some_and(is_close) {
                    self.skip();
                } else {
                    self.remarks.push(Remark { at: start..start + c.len_utf8(), what: Odd::Open });
                }
                Ok(Some(node))
            }
            _ => self.term(),
        }
    }

    /// What a term that comes next must not be.
    fn negated(&mut self) -> Result<Option<Node>, QueryError> {
        let before = std::mem::replace(&mut self.is_negated, true);
        let node = self.one()?;
        self.is_negated = before;
        Ok(node.map(|node| Node::Not(Box::new(node))))
    }

    /// A word, phrase or regular expression, maybe with its field.
    fn term(&mut self) -> Result<Option<Node>, QueryError> {
        let start = self.at;
        if let Some(id) = pasted_id(self.word()).and_then(|id| Word::new(id, true)) {
            return Ok(Some(Node::Term(Term { field: Some(Field::Id), needle: Needle::Phrase(id) })));
        }
        self.at = start;
        let field = self.field();
        let value = self.at;
        let needle = match self.peek() {
            Some(c) if is_quote(c) => {
                let phrase = self.delimited(is_quote).replace("\\\"", "\"");
                let word = Word::new(&phrase, true);
                if word.is_none() && field.is_none() {
                    return Err(Self::wrong(value..self.at, Wrong::NoTerm));
                }
                word.map(Needle::Phrase)
            }
            Some('/') if !self.after_next().is_some_and(char::is_whitespace) => {
                let pattern = self.delimited(|c| c == '/').replace("\\/", "/");
                if pattern.is_empty() {
                    return Err(Self::wrong(value..self.at, Wrong::NoTerm));
                }
                let pattern = Pattern::new(&pattern);
                Some(Needle::Regex(pattern.map_err(|why| Self::wrong(value..self.at, Wrong::Regex(why)))?))
            }
            _ => {
                let word = Word::new(self.word(), false);
                word.map(|w| Needle::Word(if self.is_negated { w.strict() } else { w }))
            }
        };
        let Some(field) = field else {
            return Ok(needle.map(|needle| Node::Term(Term { field: None, needle })));
        };
        let needle = self.with_field(field, needle, value..self.at)?;
        debug_assert!(self.at > start, "a term takes something");
        Ok(Some(Node::Term(Term { field: Some(field), needle })))
    }

    /// Checks a value against its field.
    fn with_field(
        &self,
        field: Field,
        needle: Option<Needle>,
        at: Range<usize>,
    ) -> Result<Needle, QueryError> {
        let wrong = || Self::wrong(at.clone(), Wrong::Value(field));
        let needle = needle.ok_or_else(wrong)?;
        if !matches!(field, Field::Is | Field::Has | Field::Date) {
            return Ok(needle);
        }
        let (Needle::Word(word) | Needle::Phrase(word)) = needle else { return Err(wrong()) };
        match field {
            Field::Is => Is::from_name(&word.text).map(Needle::Is).ok_or_else(wrong),
            Field::Has => Has::from_name(&word.text).map(Needle::Has).ok_or_else(wrong),
            _ => DateRange::parse(&word.text, self.today).map(Needle::Dates).map_err(|e| match e {
                NoRange::Unreadable => wrong(),
                NoRange::Backwards => Self::wrong(at.clone(), Wrong::Backwards),
            }),
        }
    }

    /// The field that a term begins with. What looks like one and is none stays text, with a remark.
    fn field(&mut self) -> Option<Field> {
        let rest = self.rest();
        let (name, after) = rest.split_once(is_colon)?;
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_') {
            return None;
        }
        let Some(field) = Field::from_name(name) else {
            if !after.starts_with("//") {
                let near = nearest(name, Field::ALL.map(Field::name));
                self.remarks.push(Remark { at: self.at..self.at + name.len(), what: Odd::NoField(near) });
            }
            return None;
        };
        self.at = self.text.len() - after.len();
        Some(field)
    }

    /// What stands between two delimiters, the first of which comes next; `\` takes the next character as it is.
    fn delimited(&mut self, is_end: fn(char) -> bool) -> &'t str {
        let open = self.at;
        self.skip();
        let start = self.at;
        while let Some(c) = self.peek() {
            if is_end(c) {
                let inside = self.text.get(start..self.at).unwrap_or_default();
                self.skip();
                return inside;
            }
            if c == '\\' {
                self.skip();
            }
            self.skip();
        }
        self.remarks.push(Remark { at: open..start, what: Odd::Open });
        self.text.get(start..).unwrap_or_default()
    }

    /// Characters up to a blank, or to the parenthesis that closes a group; one that closes its own belongs to it.
    fn word(&mut self) -> &'t str {
        let start = self.at;
        let mut own = 0_usize;
        while let Some(c) = self.peek().filter(|c| !c.is_whitespace()) {
            if is_open(c) {
                own += 1;
            } else if is_close(c) {
                if own == 0 && self.depth > 0 {
                    break;
                }
                own = own.saturating_sub(1);
            }
            self.skip();
        }
        self.text.get(start..self.at).unwrap_or_default()
    }
}

/// The arXiv id in a word that is nothing else: bare, as `arXiv:ID`, or as an address of arXiv.
fn pasted_id(word: &str) -> Option<&str> {
    let id = ["arxiv.org/abs/", "arxiv.org/pdf/"].iter().find_map(|part| Some(word.split_once(part)?.1));
    let named =
        || word.get(..6).filter(|head| head.eq_ignore_ascii_case("arxiv:")).and_then(|_| word.get(6..));
    let id = id.or_else(named).unwrap_or(word).trim_end_matches(".pdf");
    let bare =
        id.rsplit_once('v').filter(|(_, v)| v.bytes().all(|b| b.is_ascii_digit())).map_or(id, |(b, _)| b);
    let (month, number) = bare.split_once('.')?;
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (month.len() == 4 && (4..=5).contains(&number.len()) && is_number(month) && is_number(number))
        .then_some(bare)
}

/// The node itself where there is only one.
fn only(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(node) if nodes.is_empty() => node,
        last => {
            nodes.extend(last);
            many(nodes)
        }
    }
}
