//! Whether a paper meets a query, and how well.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::language::{Field, Is};
use super::pinyin::{self, Sound};
use super::query::{Needle, Node, Term, Word};
use super::{Candidate, Facts};
use crate::model::Verdict;
use crate::table::{Part, Piece};
use crate::text::is_han;

/// Characters of the longest text in which a word may be found with gaps. Titles, names and most gists are shorter;
/// in longer texts nearly every short word would be found, and the matrix of a hostile one would not fit into memory.
const FUZZY: usize = 256;

/// Points that a hit with gaps needs for each character of its word. A word in one piece has 18 and more, the initials
/// of the words of a title 13 to 23; under it are characters strewn over unrelated words.
const LEAST: i64 = 13;

/// Characters of a word that nearly every title has somewhere in this order: with gaps, it has to be made of beginnings
/// of words, as `moe` is of *mixture of experts*, or to be short for one word, as `plcy` is for *policy*.
const SHORT: u32 = 4;

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

/// Looks at a paper. About 2 microseconds for each piece that holds the characters of a free word in order.
pub(super) fn look(node: &Node, paper: &Candidate) -> Found {
    match node {
        Node::All(nodes) => {
            let (mut sum, mut is_no) = (0, false);
            for node in nodes {
                match look(node, paper) {
                    Found::Never => return Found::Never,
                    Found::No => is_no = true,
                    Found::Yes(score) => sum += score,
                }
            }
            if is_no { Found::No } else { Found::Yes(sum) }
        }
        Node::Any(nodes) => {
            let score = |node| if let Found::Yes(score) = look(node, paper) { Some(score) } else { None };
            nodes.iter().filter_map(score).max().map_or(Found::Never, Found::Yes)
        }
        Node::Not(node) => match look(node, paper) {
            Found::Yes(_) => Found::Never,
            Found::No | Found::Never => Found::Yes(0),
        },
        Node::Term(term) => look_for(term, paper),
    }
}

fn look_for(term: &Term, &Candidate { hay, facts }: &Candidate) -> Found {
    let is = |is: bool| if is { Found::Yes(0) } else { Found::Never };
    let word = match &term.needle {
        Needle::Dates(range) => return is(range.has(hay.date)),
        Needle::Is(what) => return is(holds(*what, facts, hay.is_failed)),
        Needle::Has(what) => return is(hay.has(*what)),
        Needle::Regex(pattern) => {
            let mut pieces = hay.pieces().filter(|p| is_place_of(term.field, p));
            return is(pieces.any(|p| pattern.is_in(p.text)));
        }
        Needle::Word(word) | Needle::Phrase(word) => word,
    };
    let by_sound = word.pinyin && hay.has_han();
    if !hay.may_hold(word.mask) && !by_sound {
        return Found::Never;
    }
    let mut best = Found::Never;
    for piece in hay.pieces().filter(|p| is_place_of(term.field, p)) {
        let found = match look_in(word, term.field, piece) {
            Found::Yes(score) => Found::Yes(score),
            found if by_sound => match by_pinyin(word, term.field, piece) {
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

/// Says whether a term with `field` looks at the piece.
pub(super) fn is_place_of(field: Option<Field>, piece: &Piece) -> bool {
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
        None if piece.part.is_short() && may_have_gaps(word, piece.text) => with_gaps(word, piece.text),
        _ => in_one_piece(word, piece.text).map_or(Found::Never, Found::Yes),
    }
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

/// True when `word` may be found with gaps in `text`.
pub(super) fn may_have_gaps(word: &Word, text: &str) -> bool {
    !word.whole && (text.len() <= FUZZY || text.chars().nth(FUZZY).is_none())
}

fn with_gaps(word: &Word, text: &str) -> Found {
    if !is_in_order(word, text) {
        return Found::Never;
    }
    fuzzy(word, text).map_or(Found::No, |(score, _)| Found::Yes(score))
}

fn is_in_order(word: &Word, text: &str) -> bool {
    let mut rest = text.chars();
    word.text.chars().all(|c| rest.any(|r| r == c))
}

/// Scores `word` in `text`, and says at which characters it was found.
///
/// A matcher that was used before scores by what it saw before, and its two ways to score disagree, so each call
/// has a new one and asks it in the same way.
pub(super) fn fuzzy(word: &Word, text: &str) -> Option<(i64, Vec<usize>)> {
    if !is_in_order(word, text) {
        return None;
    }
    let hit = SkimMatcherV2::default().fuzzy_indices(text, &word.text);
    hit.filter(|(score, at)| {
        *score >= LEAST * i64::from(word.chars) && (word.chars > SHORT || are_beginnings(text, at))
    })
}

/// True when the characters at the places `at` stand in one piece, or in pieces that each begin a word; four may also
/// be an abbreviation of one word.
fn are_beginnings(text: &str, at: &[usize]) -> bool {
    let text: Vec<char> = text.chars().collect();
    let is_amid = |place: usize| {
        let before = place.checked_sub(1).and_then(|i| text.get(i));
        before.is_some_and(|c| c.is_alphanumeric() && !is_han(*c))
    };
    let is_one_word = |from: usize, to: usize| {
        text.get(from..to).is_some_and(|between| between.iter().all(|c| c.is_alphanumeric()))
    };
    let pieces = || at.iter().zip(at.iter().skip(1)).filter(|(last, next)| *last + 1 != **next);
    let begins = |(last, next): (&usize, &usize)| {
        !is_amid(*next) || (at.len() as u32 == SHORT && is_one_word(*last, *next))
    };
    pieces().next().is_none() || (at.first().is_some_and(|first| !is_amid(*first)) && pieces().all(begins))
}

/// Scores `word` where it stands in one piece, on the scale of the fuzzy matcher.
fn in_one_piece(word: &Word, text: &str) -> Option<i64> {
    let (mut found, mut starts) = (false, false);
    for (at, _) in text.match_indices(&word.text) {
        found = true;
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        starts |= !before.is_some_and(char::is_alphanumeric);
    }
    let chars = i64::from(word.chars);
    found.then(|| chars * (CHAR + NEXT) - NEXT + if starts { START } else { 0 })
}
