//! LaTeX in running text as Unicode.
//!
//! Owns the search for formulas, accents and text commands in a text that is not LaTeX as a whole. Hands over
//! the text with what could be converted faithfully; all else stays as it was written. Never guesses at a
//! command it does not know.

use std::borrow::Cow;

use memchr::{memchr_iter, memmem};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::accents::{accented, is_quotation, letter};
use super::formula;
use super::spans::{self, FORMULA_BYTES, Span};
use super::symbols::symbol;
use super::width;

/// Cells up to which a formula stays on one row: its blanks are made no-break blanks.
const WHOLE_CELLS: usize = 40;
const NO_BREAK: &str = "\u{a0}";

/// Shows the LaTeX in a shown text as Unicode: formulas (`$…$`, `$$…$$`, `\(…\)`, `\[…\]`), scripts in braces,
/// accents, escapes, and text commands as their content. What is not known, or has no faithful form in one
/// line of characters, stays unchanged; prices are no formulas. A short formula holds no blank that a row
/// could end at. Idempotent. Borrowed where nothing changes. O(length).
#[must_use]
pub fn math(s: &str) -> Cow<'_, str> {
    converted(s, true)
}

/// Shows LaTeX's accents in a name as letters, and nothing else. Idempotent. O(length).
#[must_use]
pub fn accents(s: &str) -> Cow<'_, str> {
    converted(s, false)
}

fn converted(s: &str, is_text: bool) -> Cow<'_, str> {
    if memchr::memchr3(b'$', b'\\', b'^', s.as_bytes()).is_none() && !s.contains("_{") {
        return Cow::Borrowed(s);
    }
    let scan = |s: &str, has_dollars| Scan::new(s, is_text, has_dollars).run();
    // `\$x\$` would show as `$x$`, which is a formula: there the escapes stay, or else the whole text.
    let is_settled = |s: &str| {
        let again = scan(s, true);
        again == s || (scan(&again, true) != again && scan(s, false) == s)
    };
    let attempts = [true, false].into_iter().map(|has_dollars| scan(s, has_dollars));
    let set = attempts.take_while(|set| set != s).find(|set| is_settled(set));
    set.map_or(Cow::Borrowed(s), Cow::Owned)
}

/// What is done at a place where something ends that began before.
#[derive(Clone, Debug)]
enum End {
    /// The closing brace or dollar is left out.
    Nothing,
    /// The address of a link is added, unless it was the content that began at these bytes of the output.
    Link(String, usize),
}

struct Scan<'a> {
    s: &'a str,
    /// False where only accents are converted.
    is_text: bool,
    /// Whether `\$` is shown as a dollar.
    has_dollars: bool,
    at: usize,
    out: String,
    addresses: std::iter::Peekable<std::vec::IntoIter<Span>>,
    /// Closing characters to be left out, the nearest last.
    ends: Vec<(usize, End)>,
    /// Pairs of braces by their opening, made when the first is needed.
    braces: Option<Vec<(usize, usize)>>,
    /// The next `\)` and `\]` found so far.
    closers: [Option<usize>; 2],
    /// Whether `\'` and `\"` are quotation marks here.
    quotes: [bool; 2],
}

impl<'a> Scan<'a> {
    fn new(s: &'a str, is_text: bool, has_dollars: bool) -> Self {
        let addresses = if is_text { spans::spans(s, 0) } else { Vec::new() };
        Self {
            s,
            is_text,
            has_dollars,
            at: 0,
            out: String::with_capacity(s.len()),
            addresses: addresses.into_iter().peekable(),
            ends: Vec::new(),
            braces: None,
            closers: [Some(0); 2],
            quotes: ["\\'", "\\\""].map(|mark| is_quotation(s, mark)),
        }
    }

    fn run(mut self) -> String {
        while let Some(length) = self.rest().find(['$', '\\', '{', '}', '^', '_', '~']) {
            self.copy(length);
            while self.addresses.next_if(|a| a.bytes.end <= self.at).is_some() {}
            while self.ends.pop_if(|(at, _)| *at < self.at).is_some() {}
            let address = self.addresses.peek().map(|a| a.bytes.clone());
            match address.filter(|a| a.start <= self.at) {
                Some(address) => self.copy(address.end - self.at),
                None => self.special(),
            }
        }
        self.copy(self.s.len() - self.at);
        if is_nfc(&self.out) { self.out } else { self.out.nfc().collect() }
    }

    fn rest(&self) -> &'a str {
        self.s.get(self.at..).unwrap_or_default()
    }

    fn copy(&mut self, length: usize) {
        self.out.push_str(self.rest().get(..length).unwrap_or_default());
        self.at += length;
    }

    fn put(&mut self, piece: &str, length: usize) {
        self.out.push_str(piece);
        self.at += length;
    }

    fn special(&mut self) {
        let rest = self.rest();
        let done = match rest.as_bytes() {
            [b'}' | b'$', ..] if self.ends.last().is_some_and(|(at, _)| *at == self.at) => self.end(),
            [b'\\', b'\\', ..] => None,
            [b'\\', ..] => self.accent(0).or_else(|| self.escape()).or_else(|| self.command()),
            [b'{', b'\\', ..] => self.group(),
            [b'$', ..] if self.is_text => self.formula(),
            [mark @ (b'^' | b'_'), b'{', ..] if self.is_text => self.script(char::from(*mark)),
            [b'~', ..] if !self.ends.is_empty() => {
                self.put(NO_BREAK, 1);
                Some(())
            }
            _ => None,
        };
        if done.is_none() {
            let is_escaped = rest.starts_with("\\\\") || rest.starts_with("\\$");
            self.copy(if is_escaped { 2 } else { 1 });
        }
    }

    /// Leaves out what closes a command, and adds what it is to leave behind.
    fn end(&mut self) -> Option<()> {
        let (_, end) = self.ends.pop()?;
        self.at += 1;
        if let End::Link(url, from) = end {
            let shown = self.out.get(from..).unwrap_or_default();
            let bare = |u: &str| u.trim_end_matches('/').split("://").last().unwrap_or_default().to_owned();
            if bare(shown) != bare(&url) && url.contains("://") {
                self.out.extend([" (", &url, ")"]);
            }
        }
        Some(())
    }

    /// A combining mark keeps its base: it would join what stands before a brace that is left out.
    fn is_mark_at(&self, at: usize) -> bool {
        self.s.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_combining_mark)
    }

    /// The closing brace of the one that opens at byte `open`.
    fn closing(&mut self, open: usize) -> Option<usize> {
        let s = self.s;
        let braces = self.braces.get_or_insert_with(|| pairs(s));
        let at = braces.binary_search_by_key(&open, |(open, _)| *open).ok()?;
        let close = braces.get(at)?.1;
        (!self.is_mark_at(open + 1) && !self.is_mark_at(close + 1)).then_some(close)
    }

    fn accent(&mut self, from: usize) -> Option<()> {
        let rest = self.rest();
        let is_loose = match rest.as_bytes().get(1) {
            Some(b'\'') => !self.quotes[0] && !self.is_contraction(),
            Some(b'"') => !self.quotes[1],
            _ => true,
        };
        let found = accented(rest.get(from..)?, is_loose || from > 0).or_else(|| letter(rest.get(from..)?));
        let (letter, mut length) = found?;
        if from > 0 {
            length += rest.get(from + length..)?.starts_with('}').then_some(from + 1)?;
        }
        if self.is_mark_at(self.at + length) {
            return None;
        }
        self.put(letter.encode_utf8(&mut [0; 4]), length);
        Some(())
    }

    /// `It\'s`: an apostrophe that was escaped.
    fn is_contraction(&self) -> bool {
        let word: String =
            self.rest().chars().skip(2).take_while(char::is_ascii_alphabetic).take(3).collect();
        self.out.ends_with(|c: char| c.is_ascii_alphabetic())
            && matches!(word.as_str(), "s" | "t" | "d" | "m" | "ll" | "re" | "ve")
    }

    fn escape(&mut self) -> Option<()> {
        if !self.is_text {
            return None;
        }
        let rest = self.rest();
        match rest.as_bytes().get(1)? {
            b'(' => return self.fenced(0, "\\)"),
            b'[' => return self.fenced(1, "\\]"),
            b'%' | b'&' | b'_' | b'#' => {
                self.at += 1;
                self.copy(1);
            }
            b' ' => self.put(" ", 2),
            b'$' if self.has_dollars && rest.as_bytes().get(2).is_some_and(u8::is_ascii_digit) => {
                self.put("$", 2);
            }
            _ => return None,
        }
        Some(())
    }

    /// `{\o}`, `{\"o}`, `{\alpha}`, `{\bf words}`.
    fn group(&mut self) -> Option<()> {
        if let Some(done) = self.accent(1) {
            return Some(done);
        }
        let close = self.closing(self.at).filter(|_| self.is_text)?;
        let inner = self.s.get(self.at + 2..close)?;
        let sign = if inner == "deg" { Some("°") } else { symbol(inner).map(|(sign, _)| sign) };
        if let Some(sign) = sign {
            self.put(sign, close + 1 - self.at);
            return Some(());
        }
        let (switch, _) = inner.split_once(' ')?;
        if !["bf", "it", "em", "tt", "sc", "sf", "rm", "sl"].contains(&switch) {
            return None;
        }
        self.at += 2 + switch.len() + 1;
        self.ends.push((close, End::Nothing));
        Some(())
    }

    fn command(&mut self) -> Option<()> {
        if !self.is_text {
            return None;
        }
        let name_length = self.rest().bytes().skip(1).take_while(u8::is_ascii_alphabetic).count();
        let name = self.rest().get(1..=name_length)?;
        let mut open = self.at + 1 + name_length;
        let close = self.closing(open)?;
        let end = match name {
            "textbf" | "textit" | "texttt" | "textsc" | "textsf" | "textrm" | "textsl" | "textup"
            | "textnormal" | "text" | "emph" | "underline" | "url" | "mbox" => (close, End::Nothing),
            "textsuperscript" => return self.raised('^', open, close),
            "textsubscript" => return self.raised('_', open, close),
            "textcolor" | "href" => {
                let first = self.s.get(open + 1..close)?.replace('\\', "");
                open = close + 1;
                let close = self.closing(open)?;
                (close, if name == "href" { End::Link(first, self.out.len()) } else { End::Nothing })
            }
            _ => return None,
        };
        self.at = open + 1;
        self.ends.push(end);
        Some(())
    }

    fn script(&mut self, mark: char) -> Option<()> {
        let base = self.out.chars().next_back()?;
        let close = self.closing(self.at + 1)?;
        if !(base.is_alphanumeric() || matches!(base, ')' | ']')) {
            return None;
        }
        self.raised(mark, self.at + 1, close)
    }

    fn raised(&mut self, mark: char, open: usize, close: usize) -> Option<()> {
        let content = self.s.get(open + 1..close).filter(|c| c.len() <= FORMULA_BYTES)?;
        let script = formula::script(mark, content)?;
        self.put(&script, close + 1 - self.at);
        Some(())
    }

    fn formula(&mut self) -> Option<()> {
        let found = spans::formula(self.rest(), FORMULA_BYTES)?;
        let content = self.rest().get(found.content.clone())?;
        if content.starts_with("\\href") || content.starts_with("\\url") {
            let close = self.at + found.content.end;
            self.at += found.content.start;
            self.ends.push((close, End::Nothing));
            return (found.content.start == 1).then_some(());
        }
        self.set(content, found.end);
        Some(())
    }

    /// A formula that opens with a backslash and closes with `closer`.
    fn fenced(&mut self, kind: usize, closer: &str) -> Option<()> {
        let (known, from) = (self.closers.get_mut(kind)?, self.at + 2);
        if (*known)? < from {
            *known = memmem::find(self.s.get(from..)?.as_bytes(), closer.as_bytes()).map(|at| at + from);
        }
        let close = (*known)?;
        let content = self.s.get(self.at + 2..close).filter(|c| c.len() <= FORMULA_BYTES)?;
        self.set(content, close + 2 - self.at);
        Some(())
    }

    fn set(&mut self, content: &str, length: usize) {
        let is_marked = self.is_mark_at(self.at + length);
        match formula::convert(content).filter(|_| !is_marked) {
            Some(set) if width(&set) <= WHOLE_CELLS => self.put(&set.replace(' ', NO_BREAK), length),
            Some(set) => self.put(&set, length),
            None => self.copy(length),
        }
    }
}

/// The pairs of braces of `s` by their opening; escaped ones are none.
fn pairs(s: &str) -> Vec<(usize, usize)> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    let mut backslashes = memchr_iter(b'\\', s.as_bytes()).peekable();
    let mut free_from = 0;
    for (at, byte) in s.bytes().enumerate() {
        while let Some(backslash) = backslashes.next_if(|b| *b < at) {
            if backslash >= free_from {
                free_from = backslash + 2;
            }
        }
        match byte {
            b'{' if at >= free_from => open.push(at),
            b'}' if at >= free_from => pairs.extend(open.pop().map(|from| (from, at))),
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}
