use super::offers::{Offers, OffersOf};
use crate::command::{Choice, CommandError, is_between_tags};
use crate::config::PipeFormat;
use crate::filter::{QueryError, Remark};
use crate::text;

/// Bytes a prompt takes at most; a longer paste is cut.
const LONGEST: usize = 4096;

/// What a text input is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// Narrowing the paper list.
    Filter,
    /// Searching all dates.
    Search,
    /// Giving tags and taking them away.
    Tags,
    /// Narrowing the rows of the popup below it.
    Narrow,
    /// Narrowing the date list.
    Dates,
    /// Finding a verb.
    Palette,
    /// Running a command of the user's, on the papers in this form or on nothing.
    Command(Option<PipeFormat>),
    /// Typing a line of verbs and commands of the reader's own.
    Line,
    /// Finding in the text of the detail pane.
    Find {
        /// The first body row in view when it was opened.
        from: usize,
    },
}

/// The open text input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What it is for.
    pub kind: PromptKind,
    /// What is typed.
    pub line: LineEditor,
    /// What can be completed to, the likeliest first.
    pub choices: Vec<String>,
    /// What can be taken in the place of what was typed, while one goes through it.
    pub offers: Option<Offers>,
    /// Why the query that is typed cannot be understood.
    pub error: Option<QueryError>,
    /// Why the command that is typed cannot be run.
    pub refusal: Option<CommandError>,
    /// What the end of the command can be completed to, and how many bytes before the insertion point that replaces.
    pub found: (usize, Vec<Choice>),
    /// How many papers meet the query in the command.
    pub meets: Option<usize>,
    /// What of that query may not be meant.
    pub remark: Option<Remark>,
}

impl Prompt {
    /// Opens an input with `line` in it and nothing to complete to.
    #[must_use]
    pub fn new(kind: PromptKind, line: LineEditor) -> Self {
        Self {
            kind,
            line,
            choices: Vec::new(),
            offers: None,
            error: None,
            refusal: None,
            found: (0, Vec::new()),
            meets: None,
            remark: None,
        }
    }

    /// The choices that the word before the insertion point begins, case aside.
    pub fn candidates(&self) -> impl Iterator<Item = &str> {
        let word = self.word().to_lowercase();
        let begins = move |c: &&str| c.to_lowercase().starts_with(&word);
        self.choices.iter().map(String::as_str).filter(begins)
    }

    /// Completes the word before the insertion point: to the next choice, where it is one already.
    pub fn complete(&mut self) {
        let word = self.word().to_owned();
        let stem = self.choices.iter().position(|c| *c == word);
        let next = match stem {
            Some(at) => self.choices.get((at + 1) % self.choices.len()),
            None => self.choices.iter().find(|c| c.to_lowercase().starts_with(&word.to_lowercase())),
        };
        if let Some(next) = next {
            self.line.replace_before(word.len(), next);
        }
    }

    /// Takes the next offer of this kind; `make` finds them where one does not go through them yet.
    pub(super) fn take_offer(&mut self, of: OffersOf, make: impl FnOnce(&LineEditor) -> Option<Offers>) {
        match self.offers.as_mut().filter(|offers| offers.of == of) {
            Some(offers) => offers.step(),
            None => self.offers = make(&self.line),
        }
        if let Some(offers) = &self.offers {
            self.line = offers.line();
        }
        // After the only offer the same key asks anew: for values, where it was a field.
        self.offers.take_if(|offers| offers.of == OffersOf::Completion && offers.list.len() == 1);
    }

    /// Takes what the end of the command can be completed to, one after the other.
    pub(super) fn complete_command(&mut self) {
        let (bytes, choices) = &mut self.found;
        let before = self.line.before();
        let word = before.get(before.len().saturating_sub(*bytes)..).unwrap_or_default();
        if self.offers.is_none() && choices.len() > 1 && choices.first().is_some_and(|c| c.text == word) {
            // What stands there already comes last.
            choices.rotate_left(1);
        }
        let list = choices.iter().map(|c| c.text.clone()).collect();
        let bytes = *bytes;
        self.take_offer(OffersOf::Completion, |line| Offers::completing(line, (bytes, list)));
        // `date` begins `dates` too: what most mean by it is a date, which the same key asks for next.
        self.offers.take_if(|offers| offers.begins_the_others());
    }

    fn word(&self) -> &str {
        let before = self.line.before();
        let word = before.rsplit(is_between_tags).next().unwrap_or(before);
        word.strip_prefix(['-', '+']).unwrap_or(word).trim_start_matches('#')
    }
}

/// A line of text under editing: grapheme-wise, with an insertion point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEditor {
    text: String,
    /// Byte offset of the insertion point, always on a grapheme boundary.
    at: usize,
}

impl LineEditor {
    /// Starts with `text`, the insertion point at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), at: text.len() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the insertion point.
    #[must_use]
    pub fn before(&self) -> &str {
        self.text.get(..self.at).unwrap_or("")
    }

    /// Inserts a typed character or a pasted text. What is pasted is cleaned, line ends become blanks; a character
    /// is taken as it is, so that a combining mark finds the base typed before it.
    pub fn insert(&mut self, text: &str) {
        let mut chars = text.chars();
        let clean = match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_whitespace() => " ".to_owned(),
            (Some(c), None) if c.is_control() || text::is_bidi_control(c) => String::new(),
            (Some(_), None) => text.to_owned(),
            _ => text::clean_line(text.to_owned()),
        };
        let room = LONGEST.saturating_sub(self.text.len());
        let fits: String =
            clean.char_indices().take_while(|(i, c)| i + c.len_utf8() <= room).map(|(_, c)| c).collect();
        self.text.insert_str(self.at, &fits);
        self.at = self.boundary_at_or_after(self.at + fits.len());
    }

    /// Puts `text` in the place of the last `bytes` before the insertion point.
    pub(super) fn replace_before(&mut self, bytes: usize, text: &str) {
        let start = self.at.saturating_sub(bytes);
        if self.text.is_char_boundary(start) && self.text.len() - bytes + text.len() <= LONGEST {
            self.text.replace_range(start..self.at, text);
            self.at = self.boundary_at_or_after(start + text.len());
        }
    }

    /// Moves the insertion point one grapheme left.
    pub fn left(&mut self) {
        self.at = text::graphemes(self.before()).last().map_or(0, |(i, _)| i);
    }

    /// Moves the insertion point one grapheme right.
    pub fn right(&mut self) {
        let next = text::graphemes(self.text.get(self.at..).unwrap_or("")).next();
        self.at += next.map_or(0, |(_, g)| g.len());
    }

    /// Moves the insertion point to the start.
    pub fn start(&mut self) {
        self.at = 0;
    }

    /// Moves the insertion point to the end.
    pub fn end(&mut self) {
        self.at = self.text.len();
    }

    /// Deletes the grapheme before the insertion point.
    pub fn delete_back(&mut self) {
        let end = self.at;
        self.left();
        self.text.replace_range(self.at..end, "");
    }

    /// Deletes the grapheme after the insertion point.
    pub fn delete_forward(&mut self) {
        let start = self.at;
        self.right();
        self.text.replace_range(start..self.at, "");
        self.at = start;
    }

    /// Deletes the word before the insertion point, and the blanks after it.
    pub fn delete_word(&mut self) {
        let before = self.before();
        let kept = before.trim_end();
        let start = kept
            .rfind(char::is_whitespace)
            .map_or(0, |i| i + kept.get(i..).and_then(|s| s.chars().next()).map_or(0, char::len_utf8));
        self.text.replace_range(start..self.at, "");
        self.at = start;
    }

    /// Deletes everything before the insertion point.
    pub fn delete_to_start(&mut self) {
        self.text.replace_range(..self.at, "");
        self.at = 0;
    }

    /// Inserting between a base and its mark can move the boundary; the insertion point follows it.
    fn boundary_at_or_after(&self, at: usize) -> usize {
        text::graphemes(&self.text).map(|(i, _)| i).find(|i| *i >= at).unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_go_by_grapheme() {
        let mut e = LineEditor::default();
        e.insert("你好a👍");
        e.delete_back();
        assert_eq!((e.text(), e.before()), ("你好a", "你好a"));
        e.left();
        e.left();
        e.insert("x");
        assert_eq!((e.text(), e.before()), ("你x好a", "你x"));
        e.delete_forward();
        assert_eq!(e.text(), "你xa");
        e.start();
        e.delete_back();
        e.right();
        e.delete_to_start();
        assert_eq!((e.text(), e.before()), ("xa", ""));
        e.end();
        e.insert(" ");
        e.insert("two");
        e.delete_word();
        assert_eq!(e.text(), "xa ");
        e.delete_word();
        assert_eq!(e.text(), "");
        e.delete_word();
    }

    #[test]
    fn pasted_lines_become_one_and_are_capped() {
        let mut e = LineEditor::default();
        e.insert("a\r\nb\u{1b}[31m");
        assert!(!e.text().contains(['\u{1b}', '\n', '\r']), "{:?}", e.text());
        e.insert(&"字".repeat(200_000));
        assert!(e.text().len() <= LONGEST);
    }

    #[test]
    fn a_mark_typed_after_its_base_joins_it() {
        let mut e = LineEditor::default();
        e.insert("e");
        e.insert("\u{301}");
        assert_eq!(e.before(), "e\u{301}");
        e.delete_back();
        assert_eq!(e.before(), "");
        for typed in ["强", "\u{3000}", "学", "\u{7}", "\u{202e}"] {
            e.insert(typed);
        }
        assert_eq!(e.text(), "强 学");
    }
}
