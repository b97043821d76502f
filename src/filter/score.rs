//! Whether a paper meets a query, and how well.

use memchr::memmem;

use super::Facts;
use super::fuzzy::{fuzzy, is_in_order, may_have_gaps};
use super::hay::Hay;
use super::language::{Field, Is};
use super::pinyin::{self, Sound};
use super::query::{Needle, Node, Query, Term, Word};
use super::sieve::Missing;
use crate::model::Verdict;
use crate::table::{Part, Piece};
use crate::text::is_han;

/// First letters by which Chinese is found in titles, names and the like, and in running text, where three of them
/// stand side by side by chance.
const LETTERS: usize = 3;
const LETTERS_RUNNING: usize = 4;

/// Points the fuzzy matcher gives: for a character, for one right after the last one, for the start of a word.
const CHAR: i64 = 16;
const NEXT: i64 = 4;
const START: i64 = 8;

/// What came of looking at a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// No hit, and none of any query that only narrows this one.
    Never,
    /// No hit, but one letter more may make it one.
    No,
    /// A hit, the better the higher.
    Yes(i64),
}

/// Where a query looks for words without a field, and what is known of the papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// In one day: titles, gist, keywords, authors, tags, takeaways and notes.
    Day,
    /// In all dates, where takeaways and long texts are not known: what they may decide stays open, as
    /// [`Found::No`]. Words that must not be there are looked for only in the texts that are known.
    Short,
    /// In all dates, the long texts too, in which words are looked for in one piece and not by their sounds.
    Whole,
}

/// How a part of a query is looked at.
#[derive(Clone, Copy)]
struct How<'a> {
    scope: Scope,
    is_negated: bool,
    missing: Option<&'a Missing<'a>>,
}

/// Looks at a paper. About 2 microseconds for each piece that holds the characters of a free word in order.
pub(super) fn look(query: &Query, hay: &impl Hay, facts: Facts, scope: Scope) -> Found {
    if scope != Scope::Short && !query.needed.may_be_in(hay) {
        return Found::Never;
    }
    look_at(&query.root, hay, facts, How { scope, is_negated: false, missing: None })
}

/// Looks at the short texts of a paper whose other texts lack some words.
pub(super) fn look_short(node: &Node, hay: &impl Hay, facts: Facts, missing: &Missing) -> Found {
    look_at(node, hay, facts, How { scope: Scope::Short, is_negated: false, missing: Some(missing) })
}

fn look_at(node: &Node, hay: &impl Hay, facts: Facts, how: How) -> Found {
    match node {
        Node::All(nodes) => {
            // To find one word well takes longer than to see that another one is nowhere.
            let is_nowhere = |node: &Node| matches!(node, Node::Term(term) if is_nowhere(term, hay, how));
            if how.scope != Scope::Short && nodes.len() > 1 && nodes.iter().any(is_nowhere) {
                return Found::Never;
            }
            let (mut sum, mut is_no) = (0, false);
            for node in nodes {
                if is_no && how.is_left_open(node) {
                    continue;
                }
                match look_at(node, hay, facts, how) {
                    Found::Never => return Found::Never,
                    // Whether another one rules the paper out for good is not worth the look.
                    Found::No if how.scope != Scope::Short => return Found::No,
                    Found::No => is_no = true,
                    Found::Yes(score) => sum += score,
                }
            }
            if is_no { Found::No } else { Found::Yes(sum) }
        }
        Node::Any(nodes) => {
            nodes.iter().map(|node| look_at(node, hay, facts, how)).fold(Found::Never, |best, found| {
                match (best, found) {
                    (Found::Yes(a), Found::Yes(b)) => Found::Yes(a.max(b)),
                    (Found::Yes(a), _) | (_, Found::Yes(a)) => Found::Yes(a),
                    (Found::No, _) | (_, Found::No) if how.scope == Scope::Short => Found::No,
                    _ => Found::Never,
                }
            })
        }
        Node::Not(node) => match look_at(node, hay, facts, How { is_negated: true, ..how }) {
            Found::Yes(_) => Found::Never,
            Found::No if how.scope == Scope::Short => Found::No,
            Found::No | Found::Never => Found::Yes(0),
        },
        Node::Term(term) => match look_for(term, hay, facts, how) {
            Found::No | Found::Never if how.scope == Scope::Short => {
                if how.is_open(term) {
                    Found::No
                } else {
                    Found::Never
                }
            }
            found => found,
        },
    }
}

impl How<'_> {
    /// True when the texts that are not known decide about a part whatever the others hold.
    fn is_left_open(self, node: &Node) -> bool {
        self.scope == Scope::Short && matches!(node, Node::Term(term) if self.is_open(term))
    }

    /// True when texts that are not known may hold what is looked for.
    fn is_open(self, term: &Term) -> bool {
        let is_text = matches!(term.needle, Needle::Word(_) | Needle::Phrase(_) | Needle::Regex(_));
        match term.field {
            None if !is_text || self.is_negated => false,
            None | Some(Field::Text | Field::Zh | Field::En) => !self.missing.is_some_and(|m| m.has(term)),
            Some(_) => false,
        }
    }

    /// Says whether a term with `field` looks at the piece.
    fn is_place_of(self, field: Option<Field>, piece: &Piece) -> bool {
        match (field, self.scope) {
            (None, Scope::Short | Scope::Whole) if self.is_negated => {
                piece.part.is_free() && piece.part != Part::Takeaway
            }
            (None, Scope::Whole) => piece.part.is_free() || piece.part == Part::Body,
            _ => is_place_of(field, piece),
        }
    }

    /// Says whether the word may be the sound of Chinese in the texts. Of fewer letters it can only become a hit, which
    /// matters where the query grows.
    fn may_sound(self, word: &Word, hay: &impl Hay) -> bool {
        word.pinyin && (self.scope == Scope::Day || word.text.len() >= LETTERS) && hay.has_han()
    }

    /// Says whether a term with `field` looks for Chinese by its sound in the piece. The letters of most English words
    /// are those of some Chinese; of all texts of all dates every one would have to be read.
    fn hears(self, field: Option<Field>, piece: &Piece) -> bool {
        self.scope == Scope::Day || field.is_some() || !matches!(piece.part, Part::Takeaway | Part::Body)
    }
}

/// Says whether a word stands in none of the pieces for certain, as [`look_for`] will find. Much less than that.
fn is_nowhere(term: &Term, hay: &impl Hay, how: How) -> bool {
    let (Needle::Word(word) | Needle::Phrase(word)) = &term.needle else { return false };
    if is_named(term.field) || how.may_sound(word, hay) {
        return false;
    }
    let may_be_in = |piece: Piece| {
        word.mask & !piece.mask == 0
            && if is_with_gaps(word, term.field, &piece) {
                is_in_order(word, piece.text)
            } else {
                piece.text.contains(&word.text)
            }
    };
    !hay.may_hold(word.mask) || !hay.pieces().any(|p| how.is_place_of(term.field, &p) && may_be_in(p))
}

fn look_for(term: &Term, hay: &impl Hay, facts: Facts, how: How) -> Found {
    let is = |is: bool| if is { Found::Yes(0) } else { Found::Never };
    let word = match &term.needle {
        Needle::Dates(range) => return is(range.has(hay.date())),
        Needle::Is(what) => return is(holds(*what, facts, hay.is_failed())),
        Needle::Has(what) => return is(hay.has(*what)),
        Needle::Regex(pattern) => {
            let mut pieces = hay.pieces().filter(|p| how.is_place_of(term.field, p));
            return is(pieces.any(|p| pattern.is_in(p.text)));
        }
        Needle::Word(word) | Needle::Phrase(word) => word,
    };
    let by_sound = how.may_sound(word, hay);
    if !hay.may_hold(word.mask) && !by_sound {
        return Found::Never;
    }
    let mut best = Found::Never;
    for piece in hay.pieces().filter(|p| how.is_place_of(term.field, p)) {
        let is_missing = word.mask & !piece.mask != 0 && !is_named(term.field);
        let in_it = if is_missing { Found::Never } else { look_in(word, term.field, piece) };
        let found = match in_it {
            Found::Yes(score) => Found::Yes(score),
            found if by_sound && how.hears(term.field, &piece) => match by_pinyin(word, term.field, piece) {
                Found::Never => found,
                by_sound => by_sound,
            },
            found => found,
        };
        best = match (best, found) {
            (Found::Yes(a), Found::Yes(b)) => Found::Yes(a.max(b + piece.part.weight())),
            (_, Found::Yes(b)) => Found::Yes(b + piece.part.weight()),
            (Found::Never, other) => other,
            (best, _) => best,
        };
    }
    best
}

/// Says whether a term with `field` looks at the piece, in one day.
fn is_place_of(field: Option<Field>, piece: &Piece) -> bool {
    let is_text =
        matches!(piece.part, Part::Title | Part::TitleZh | Part::Keyword | Part::Takeaway | Part::Body);
    match field {
        None => piece.part.is_free(),
        Some(Field::Title) => matches!(piece.part, Part::Title | Part::TitleZh),
        Some(Field::Author) => piece.part == Part::Author,
        Some(Field::Cat) => piece.part == Part::Category,
        Some(Field::Tag) => piece.part == Part::Tag,
        Some(Field::Note) => piece.part == Part::Note,
        Some(Field::Venue) => piece.part == Part::Venue,
        Some(Field::Comment) => piece.part == Part::Comment,
        Some(Field::Id) => piece.part == Part::Id,
        Some(Field::Text) => is_text,
        Some(Field::Zh) => is_text && piece.is_zh,
        Some(Field::En) => is_text && !piece.is_zh,
        Some(Field::Date | Field::Is | Field::Has) => false,
    }
}

fn holds(what: Is, facts: Facts, is_failed: bool) -> bool {
    match what {
        Is::Bookmarked => facts.verdict == Verdict::Bookmarked,
        Is::Later => facts.verdict == Verdict::Later,
        Is::Dismissed => facts.verdict == Verdict::Dismissed,
        Is::Undecided => facts.verdict == Verdict::Undecided,
        Is::Read => facts.is_read,
        Is::Repeat => facts.is_repeat,
        Is::Failed => is_failed,
    }
}

fn look_in(word: &Word, field: Option<Field>, piece: Piece) -> Found {
    let is = |is: bool| if is { Found::Yes(0) } else { Found::Never };
    match field {
        Some(Field::Tag) => is(piece.text.trim_start_matches('#') == word.text.trim_start_matches('#')),
        Some(Field::Id) => is(is_id(&word.text, piece.text)),
        // Or `venue:acl` would find NAACL, and `author:he` every Stephen.
        Some(Field::Author | Field::Cat | Field::Venue) => is(begins_word(&word.text, piece.text)),
        _ if word.first => is(begins_word(&word.text, piece.text)),
        _ if is_with_gaps(word, field, &piece) => with_gaps(word, piece.text),
        _ => in_one_piece(word, piece.text).map_or(Found::Never, Found::Yes),
    }
}

/// True where a text has to be the word, or to begin with it, but for signs around it.
fn is_named(field: Option<Field>) -> bool {
    matches!(field, Some(Field::Tag | Field::Id))
}

/// Says whether a term with `field` is found in the piece with gaps.
fn is_with_gaps(word: &Word, field: Option<Field>, piece: &Piece) -> bool {
    field.is_none() && !word.first && piece.part.is_short() && may_have_gaps(word, piece.text)
}

/// Says whether `typed` stands in `text` from the beginning of a word on; Chinese has no words to tell.
fn begins_word(typed: &str, text: &str) -> bool {
    let is_amid = |before: Option<char>| before.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    let is_free = typed.starts_with(is_han);
    text.match_indices(typed)
        .any(|(at, _)| is_free || !is_amid(text.get(..at).and_then(|t| t.chars().next_back())))
}

/// Says whether `id` begins with what was typed, which may have a version.
fn is_id(typed: &str, id: &str) -> bool {
    let typed = typed.trim_start_matches("arxiv:");
    let bare = typed.rsplit_once('v').filter(|(_, v)| !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit()));
    id.starts_with(typed) || bare.is_some_and(|(bare, _)| id == bare)
}

fn by_pinyin(word: &Word, field: Option<Field>, piece: Piece) -> Found {
    if !piece.is_zh {
        return Found::Never;
    }
    match sound(word, piece.text, piece.part.is_short()) {
        // A tag is meant as a whole.
        Sound::Hit(hit) if field == Some(Field::Tag) && hit != (1..piece.text.chars().count()) => {
            Found::Never
        }
        Sound::Hit(hit) => Found::Yes(i64::from(hit.len() as u32) * (CHAR + NEXT) - NEXT),
        Sound::Beginning => Found::No,
        Sound::None => Found::Never,
    }
}

/// The characters of Chinese `text` whose pronunciation is `word`.
pub(super) fn sound(word: &Word, text: &str, is_short: bool) -> Sound {
    pinyin::find(&word.text, text, if is_short { LETTERS } else { LETTERS_RUNNING })
}

fn with_gaps(word: &Word, text: &str) -> Found {
    if !is_in_order(word, text) {
        return Found::Never;
    }
    fuzzy(word, text).map_or(Found::No, |(score, _)| Found::Yes(score))
}

/// Scores `word` where it stands in one piece, on the scale of the fuzzy matcher.
fn in_one_piece(word: &Word, text: &str) -> Option<i64> {
    // Of a short text, most of the time of `match_indices` is its getting ready.
    memmem::find(text.as_bytes(), word.text.as_bytes())?;
    let (mut found, mut starts) = (false, false);
    for (at, _) in text.match_indices(&word.text) {
        found = true;
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        starts |= !before.is_some_and(char::is_alphanumeric);
    }
    let chars = i64::from(word.chars);
    found.then(|| chars * (CHAR + NEXT) - NEXT + if starts { START } else { 0 })
}
