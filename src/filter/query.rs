use std::borrow::Cow;
use std::ops::Range;
use std::slice;

use regex::{Regex, RegexBuilder};

use super::date_range::DateRange;
use super::hay::Hay;
use super::language::{Field, Has, Is};
use super::pinyin::may_be_pinyin;
use crate::table::{closed_up, mask};
use crate::text::{fold_text, has_han};

/// Characters of a query that count: more than any screen shows of it.
pub(super) const LONGEST: usize = 256;
/// Bytes of a compiled regular expression, which bounds the time of looking for it.
const COMPILED: usize = 32 << 10;

/// A text to be found, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Length in characters.
    pub(super) chars: u32,
    /// True when its characters must stand side by side.
    pub(super) whole: bool,
    /// True when it may be the pronunciation of Chinese.
    pub(super) pinyin: bool,
    /// True when it must begin a word.
    pub(super) first: bool,
    /// Its characters.
    pub(super) mask: u64,
}

impl Word {
    /// Folds what was typed; none when nothing is left of it.
    pub(super) fn new(typed: &str, is_exact: bool) -> Option<Self> {
        let text = closed_up(fold_text(typed).trim());
        let whole = is_exact || has_han(&text) || text.contains(char::is_whitespace);
        let chars = text.chars().count() as u32;
        let (pinyin, mask) = (!is_exact && may_be_pinyin(&text), mask(&text));
        (chars > 0).then_some(Self { text, chars, whole, pinyin, first: false, mask })
    }

    /// The same word where it must not be found. Nobody sees what is left out by mistake: it stands in one piece from
    /// the beginning of a word on, so that `-rl` leaves out neither world models nor titles with an r and an l.
    pub(super) fn strict(self) -> Self {
        Self { whole: true, pinyin: false, first: true, ..self }
    }
}

/// A regular expression over folded text.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Pattern {
    /// Compiles what was typed, case aside, its characters folded like the texts.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub(super) fn new(typed: &str) -> Result<Self, String> {
        let mut folded = String::with_capacity(typed.len());
        let mut chars = typed.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some(class) => folded.push_str(&small_class(class)),
                    None => folded.push(c),
                },
                c if c.is_ascii() => folded.push(c),
                // What is no syntax when it is typed must be none when it is folded.
                c => folded.push_str(&regex::escape(&fold_text(c.encode_utf8(&mut [0; 4])))),
            }
        }
        let built = RegexBuilder::new(&folded)
            .case_insensitive(true)
            .size_limit(COMPILED)
            .dfa_size_limit(32 * COMPILED)
            .nest_limit(32)
            .build();
        built.map(Self).map_err(|e| match e {
            regex::Error::CompiledTooBig(_) => "too big".to_owned(),
            e => e.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned(),
        })
    }

    /// Says whether it is found. O(length of both).
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// The places where it is found, in bytes.
    pub(super) fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> {
        self.0.find_iter(text).map(|m| m.range()).filter(|r| !r.is_empty())
    }
}

/// What `\\c` stands for. The classes of all of Unicode take hundreds of states each; of folded text Latin, digits and Han
/// are enough, and a word ends where Chinese begins.
fn small_class(c: char) -> Cow<'static, str> {
    match c {
        'w' => r"[0-9a-z_\p{Han}]".into(),
        'W' => r"[^0-9a-z_\p{Han}]".into(),
        'd' => "[0-9]".into(),
        'D' => "[^0-9]".into(),
        'b' => r"(?-u:\b)".into(),
        c => format!("\\{c}").into(),
    }
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Needle {
    /// A word; where gaps are allowed depends on the text.
    Word(Word),
    /// What stood in quotes.
    Phrase(Word),
    Regex(Pattern),
    Dates(DateRange),
    Is(Is),
    Has(Has),
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    /// Where it is looked for; none for a free word, phrase or regular expression.
    pub(super) field: Option<Field>,
    pub(super) needle: Needle,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Term(Term),
}

/// Something about a query that is no error, but may not be what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where it stands: bytes of what was typed.
    pub at: Range<usize>,
    pub(super) what: Odd,
}

/// What is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// A word before a `:` is no field and is looked for as text; the field it looks like.
    NoField(Option<&'static str>),
    /// A quote, slash or parenthesis is not closed; it ends with the query.
    Open,
    /// What follows does not count.
    Cut,
}

/// What was typed into the filter, understood. The default one asks for nothing, so that every paper is a hit.
///
/// Words are folded like the texts: case, width and diacritics do not matter. Only the first 256 characters count.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(super) root: Node,
    pub(super) needed: Needed,
    /// What may not be what was meant, in the order of the text.
    pub remarks: Vec<Remark>,
}

impl Default for Query {
    fn default() -> Self {
        Self::new(Node::All(Vec::new()), Vec::new())
    }
}

/// The characters without which no text can be a hit, whichever of its words is looked at first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Needed {
    /// Of words that stand as they are typed.
    as_typed: u64,
    /// Of all words: where there is no Chinese, none is found by its sound.
    without_han: u64,
}

impl Needed {
    fn by(root: &Node) -> Self {
        let mut needed = Self::default();
        for node in if let Node::All(nodes) = root { nodes } else { slice::from_ref(root) } {
            if let Node::Term(Term { needle: Needle::Word(word) | Needle::Phrase(word), .. }) = node {
                needed.as_typed |= if word.pinyin { 0 } else { word.mask };
                needed.without_han |= word.mask;
            }
        }
        needed
    }

    /// False when they are missing for certain.
    pub(super) fn may_be_in(self, hay: &impl Hay) -> bool {
        hay.may_hold(if hay.has_han() { self.as_typed } else { self.without_han })
    }
}

impl Query {
    /// Asks for what `root` asks for.
    pub(super) fn new(root: Node, remarks: Vec<Remark>) -> Self {
        Self { needed: Needed::by(&root), root, remarks }
    }

    /// True when it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root == Node::All(Vec::new())
    }

    /// True when an answer needs more than the short fields: abstracts, summary, sections.
    #[must_use]
    pub fn needs_body(&self) -> bool {
        self.any_term(&|t| matches!(t.field, Some(Field::Text | Field::Zh | Field::En)))
    }

    /// True when the answer changes with what the user decides: verdicts, read marks, tags and notes.
    #[must_use]
    pub fn needs_decisions(&self) -> bool {
        self.any_term(&|t| {
            matches!(t.needle, Needle::Is(_) | Needle::Has(Has::Note))
                || matches!(t.field, None | Some(Field::Tag | Field::Note))
        })
    }

    /// True when it matters whether an earlier day has the paper.
    #[must_use]
    pub fn needs_repeats(&self) -> bool {
        self.any_term(&|t| matches!(t.needle, Needle::Is(Is::Repeat)))
    }

    /// True when giving a verdict or reading changes the answer.
    #[must_use]
    pub fn needs_verdicts(&self) -> bool {
        self.any_term(&|t| matches!(t.needle, Needle::Is(i) if !matches!(i, Is::Repeat | Is::Failed)))
    }

    pub(super) fn any_term(&self, asks: &dyn Fn(&Term) -> bool) -> bool {
        fn any(node: &Node, asks: &dyn Fn(&Term) -> bool) -> bool {
            match node {
                Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(|n| any(n, asks)),
                Node::Not(node) => any(node, asks),
                Node::Term(term) => asks(term),
            }
        }
        any(&self.root, asks)
    }

    /// The words and phrases that a hit was found by in titles and texts, folded.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        let is_of_text = |t: &&Term| {
            !matches!(t.field, Some(Field::Cat | Field::Tag | Field::Note | Field::Venue | Field::Id))
        };
        let of_text = self.wanted().into_iter().filter(is_of_text);
        of_text
            .filter_map(|t| match &t.needle {
                Needle::Word(word) | Needle::Phrase(word) => Some(word.text.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The terms that a hit was found by: those that are not negated.
    pub(super) fn wanted(&self) -> Vec<&Term> {
        fn collect<'q>(node: &'q Node, found: &mut Vec<&'q Term>) {
            match node {
                Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|n| collect(n, found)),
                Node::Not(_) => {}
                Node::Term(term) => found.push(term),
            }
        }
        let mut found = Vec::new();
        collect(&self.root, &mut found);
        found
    }

    /// The conditions that must all hold.
    pub(super) fn conditions(&self) -> &[Node] {
        match &self.root {
            Node::All(nodes) => nodes,
            node => slice::from_ref(node),
        }
    }

    /// True when for certain no paper that `before` rules out for good can be a hit of this query: each condition of
    /// `before` is one of this query still, or has only grown.
    pub(super) fn narrows(&self, before: &Self) -> bool {
        before.conditions().iter().all(|old| self.conditions().iter().any(|new| new == old || grew(old, new)))
    }
}

/// Says whether a term only got more characters at its end.
fn grew(old: &Node, new: &Node) -> bool {
    let (Node::Term(old), Node::Term(new)) = (old, new) else { return false };
    if old.field != new.field || matches!(old.field, Some(Field::Tag | Field::Id)) {
        return false;
    }
    match (&old.needle, &new.needle) {
        (Needle::Word(old), Needle::Word(new)) | (Needle::Phrase(old), Needle::Phrase(new)) => {
            new.text.starts_with(&old.text)
        }
        _ => false,
    }
}
