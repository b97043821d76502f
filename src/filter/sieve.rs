//! What the bytes of a JSON digest say of a query before they are read: which of its words cannot be in them.

use memchr::{memchr_iter, memmem, memrchr};
use regex::bytes::{Regex, RegexBuilder};

use super::around::Shape;
use super::language::Field;
use super::odd::{Kinds, Places};
use super::pair::Pair;
use super::query::{Needle, Node, Query, Term, Word};
use crate::text::is_han;

/// What may stand beside Han characters and is dropped when texts are folded, in JSON.
const BLANKS: &str = concat!(
    r"(?:[ \t\n\r]|\\[nrt]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80",
    r"|\\u(?:00(?:09|0[ad]|20|85|a0)|1680|20(?:0[0-9a]|2[89f]|5f)|3000))*",
);

/// Bytes that are looked through for one thing and then for the next: they are still in the fastest memory.
const AT_ONCE: usize = 64 << 10;

/// The words of a query that long texts may hold, as they stand in bytes.
#[derive(Clone, Debug)]
pub struct Sieve<'q> {
    words: Vec<(&'q Term, Raw)>,
    /// True when all that is asked for is that texts hold all of the words.
    is_all: bool,
}

/// A look through the bytes of a digest, as far as they are there.
#[derive(Clone, Debug)]
pub struct Sifting<'s, 'q> {
    /// The words that were not found yet, as most write them.
    absent: Vec<&'s (&'q Term, Raw)>,
    /// Bytes that were searched for them.
    done: usize,
    places: Places,
}

/// Words that some texts cannot hold. Of another query it says nothing.
#[derive(Clone, Debug, Default)]
pub struct Missing<'q> {
    words: Vec<&'q Term>,
    /// True where no text is looked at.
    is_all: bool,
}

/// A word in bytes.
#[derive(Clone, Debug)]
struct Raw {
    /// As most write it.
    plain: Regex,
    /// The same where it is ASCII.
    pair: Option<Pair>,
    /// With some of its characters escaped.
    escaped: Regex,
    /// In odd places.
    shape: Shape,
    has_han: bool,
}

impl Query {
    /// Gets ready to look through digests. Words whose other ways to be written are too many to tell (sounds, symbols,
    /// quotes), and regular expressions, are not in it: any text may hold them.
    #[must_use]
    pub fn sieve(&self) -> Sieve<'_> {
        let mut words = Vec::new();
        collect(&self.root, &mut words);
        let is_plain = |n: &Node| matches!(n, Node::Term(t) if matches!(t.field, None | Some(Field::Text)));
        let conditions = self.conditions();
        let is_all = !words.is_empty() && words.len() == conditions.len() && conditions.iter().all(is_plain);
        Sieve { words, is_all }
    }
}

fn collect<'q>(node: &'q Node, found: &mut Vec<(&'q Term, Raw)>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|n| collect(n, found)),
        Node::Not(_) => {}
        Node::Term(term) => found.extend(Raw::of(term).map(|raw| (term, raw))),
    }
}

impl<'q> Sieve<'q> {
    /// Begins to look through a digest's bytes, which may come bit by bit.
    #[must_use]
    pub fn begin(&self) -> Sifting<'_, 'q> {
        Sifting { absent: self.words.iter().collect(), done: 0, places: Places::default() }
    }

    /// Finds the words that are not in a digest's bytes for certain: UTF-8 JSON, or parts of it between two texts.
    /// O(length), some gigabytes a second.
    #[must_use]
    pub fn missing(&self, json: &[u8]) -> Missing<'q> {
        self.begin().missing(json)
    }

    /// Says whether long texts of a paper, strings of JSON with their quotes, make it a hit for certain, and gives the
    /// first that holds anything. None says nothing. O(length).
    #[must_use]
    pub fn surely<'t>(&self, texts: impl Iterator<Item = &'t [u8]>) -> Option<&'t [u8]> {
        if !self.is_all {
            return None;
        }
        let (mut left, mut first): (Vec<&Raw>, _) = (self.words.iter().map(|(_, raw)| raw).collect(), None);
        for text in texts {
            let before = left.len();
            left.retain(|raw| !raw.is_surely_in(text));
            if left.len() < before {
                first = first.or(Some(text));
            }
            if left.is_empty() {
                return first;
            }
        }
        None
    }

    /// True when no text has anything to say of the query.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl<'q> Sifting<'_, 'q> {
    /// Looks through what came since the last time: `json` begins with what came before. O(what came), and a string that
    /// goes on is left for the next time.
    pub fn more(&mut self, json: &[u8]) {
        let mut end = self.done.max(self.places.len());
        while end < json.len() && !self.has_all() {
            let begin = end;
            end = json.len().min(begin + AT_ONCE);
            let so_far = json.get(..end).unwrap_or_default();
            // No word has a quote in it.
            if let Some(quote) = so_far.get(begin..).and_then(|piece| memrchr(b'"', piece)) {
                self.look(so_far.get(self.done..begin + quote).unwrap_or_default());
                self.done = begin + quote;
            }
            if !self.has_all() {
                self.places.more(so_far);
            }
        }
    }

    /// True once each word was found written as most write it.
    #[must_use]
    pub fn has_all(&self) -> bool {
        self.absent.is_empty()
    }

    /// Finds the words that are not there for certain, once all of `json` is.
    #[must_use]
    pub fn missing(mut self, json: &[u8]) -> Missing<'q> {
        self.more(json);
        self.look(json.get(self.done..).unwrap_or_default());
        let Self { mut absent, places, .. } = self;
        if !absent.is_empty() {
            let kinds = places.visit(json, |at| {
                absent.retain(|(_, raw)| !raw.shape.may_be(json, at));
                !absent.is_empty()
            });
            absent.retain(|(_, raw)| !raw.may_be_of(json, kinds));
        }
        Missing { words: absent.into_iter().map(|(term, _)| *term).collect(), is_all: false }
    }

    fn look(&mut self, strings: &[u8]) {
        self.absent.retain(|(_, raw)| !raw.is_plainly_in(strings));
    }
}

impl<'q> Missing<'q> {
    /// All words, where the short texts alone decide.
    #[must_use]
    pub fn all() -> Self {
        Self { words: Vec::new(), is_all: true }
    }

    /// Those that neither of two texts holds.
    #[must_use]
    pub fn and(&self, other: &Missing) -> Missing<'q> {
        Missing { words: self.words.iter().copied().filter(|term| other.has(term)).collect(), is_all: false }
    }

    /// Says whether the word of the term cannot be there.
    pub(super) fn has(&self, term: &Term) -> bool {
        self.is_all || self.words.iter().any(|t| std::ptr::eq(*t, term))
    }

    /// True when every word may be there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.is_all
    }
}

impl Raw {
    /// None for what may be written in ways that are not looked for.
    fn of(term: &Term) -> Option<Self> {
        let (Needle::Word(word) | Needle::Phrase(word)) = &term.needle else { return None };
        match term.field {
            None => {}
            // With a field, Chinese is found by its sound everywhere.
            Some(Field::Text | Field::Zh | Field::En) if !word.pinyin => {}
            Some(_) => return None,
        }
        let is_told = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-') || is_common_han(c);
        let has_han = word.text.chars().any(is_han);
        let raw = || {
            Some(Self {
                plain: build(&pattern(word, escape))?,
                pair: Pair::new(&word.text),
                escaped: build(&pattern(word, |c| format!("(?:{}|\\\\u{:04x})", escape(c), u32::from(c))))?,
                shape: Shape::new(&word.text),
                has_han,
            })
        };
        word.text.chars().all(is_told).then(raw).flatten()
    }

    fn is_plainly_in(&self, strings: &[u8]) -> bool {
        self.pair.as_ref().map_or_else(|| self.plain.is_match(strings), |pair| pair.is_in(strings))
    }

    /// Says whether a string of JSON holds the word, as nobody can doubt.
    fn is_surely_in(&self, text: &[u8]) -> bool {
        // What looks like the word may be the end of an escape.
        let is_apart = |at: usize| at.checked_sub(1).and_then(|i| text.get(i)) != Some(&b'\\');
        // Controls, and what cleaning takes for a part of them.
        let mut leads = memchr_iter(0xc2, text);
        let mut is_clean = || {
            let has_c1 = leads.any(|at| text.get(at + 1).is_some_and(|b| (0x80..0xa0).contains(b)));
            !has_c1 && memmem::find(text, b"\\u").is_none()
        };
        self.plain.find_iter(text).any(|found| is_apart(found.start())) && is_clean()
    }

    /// Says whether the word may stand there in a form that its odd places do not tell one by one.
    fn may_be_of(&self, json: &[u8], kinds: Kinds) -> bool {
        (kinds.has_escapes && self.escaped.is_match(json)) || (self.has_han && kinds.has_rare_han)
    }
}

/// Han characters that are written in no other way than UTF-8 and its escapes, as long as nothing rare is near.
fn is_common_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

fn escape(c: char) -> String {
    regex::escape(c.encode_utf8(&mut [0; 4]))
}

/// Writes the word as a pattern, with blanks beside Han characters.
fn pattern(word: &Word, one: impl Fn(char) -> String) -> String {
    let mut pattern = String::new();
    let mut last = None;
    for c in word.text.chars() {
        if last.is_some_and(|last| is_han(last) || is_han(c)) {
            pattern.push_str(BLANKS);
        }
        pattern.push_str(&one(c));
        last = Some(c);
    }
    pattern
}

fn build(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).unicode(false).case_insensitive(true).build().ok()
}
