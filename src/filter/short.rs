use memchr::memmem;

use super::hay::Hay;
use super::language::{Field, Has};
use super::query::{Needle, Node, Query, Term};
use super::score::{Found, Scope, look, look_short};
use super::sieve::Missing;
use super::{Candidate, Facts};
use crate::model::Date;
use crate::table::{Part, Piece, Pieces, Row};

/// What is known of a paper without reading its digest.
#[derive(Clone, Copy, Debug)]
pub struct Short<'a> {
    /// Its row.
    pub row: Row<'a>,
    /// The user's tags and note, as [`own`] makes them.
    pub own: Option<&'a Pieces>,
}

/// What the short texts of a paper say of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is no hit, whatever its other texts hold.
    Never,
    /// Its other texts decide.
    Open,
    /// It is a hit, the better the higher.
    Hit(i64),
}

/// Folds the user's tags and note on a paper. O(length).
#[must_use]
pub fn own(tags: &[String], note: Option<&str>) -> Pieces {
    let mut pieces = Pieces::default();
    for tag in tags {
        pieces.plain(Part::Tag, &format!("#{tag}"));
    }
    if let Some(note) = note {
        pieces.set(Part::Note, note);
    }
    pieces
}

impl Query {
    /// Looks at the short texts of a paper. Other than in one day, words without a field may stand in abstracts, summary
    /// and sections too; those that must not be there are looked for in the short texts only, or a word said in passing
    /// would leave out what nobody sees. Words in `missing` are in none of its other texts.
    #[must_use]
    pub fn in_short(&self, paper: &Short, facts: Facts, missing: &Missing) -> Answer {
        match look_short(&self.root, paper, facts, missing) {
            Found::Never => Answer::Never,
            Found::No => Answer::Open,
            Found::Yes(score) => Answer::Hit(score),
        }
    }

    /// Says whether a text that is asked for by name is not in the bytes of folded pieces, so that none of them makes a
    /// paper a hit. O(length), many gigabytes a second.
    #[must_use]
    pub fn is_apart_from(&self, pieces: &[u8]) -> bool {
        self.lacks(pieces, |_| true)
    }

    /// Says whether such a text is in none of the other texts either, so that there is no hit at all. O(length).
    #[must_use]
    pub fn is_nowhere(&self, pieces: &[u8], missing: &Missing) -> bool {
        self.lacks(pieces, |term| missing.has(term))
    }

    fn lacks(&self, pieces: &[u8], counts: impl Fn(&Term) -> bool) -> bool {
        self.conditions().iter().any(|node| {
            let Node::Term(term) = node else { return false };
            let (Needle::Word(word) | Needle::Phrase(word)) = &term.needle else { return false };
            let is_by_name = matches!(term.field, Some(Field::Text | Field::Zh | Field::En)) && !word.pinyin;
            is_by_name && counts(term) && memmem::find(pieces, word.text.as_bytes()).is_none()
        })
    }

    /// Says whether all texts of a paper together make it a hit, by the same rules; Chinese is found by its sound in the
    /// short ones only, unless a field is named. The haystack has to have the long texts. O(length).
    #[must_use]
    pub fn in_whole(&self, paper: &Candidate) -> bool {
        matches!(look(self, paper.hay, paper.facts, Scope::Whole), Found::Yes(_))
    }
}

impl Hay for Short<'_> {
    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        self.row.pieces().chain(self.own.into_iter().flat_map(Pieces::iter))
    }

    fn may_hold(&self, mask: u64) -> bool {
        self.own.is_some() || self.row.may_hold(mask)
    }

    fn has_han(&self) -> bool {
        self.row.has_han() || self.own.is_some_and(Pieces::has_han)
    }

    fn date(&self) -> Date {
        self.row.digest().date()
    }

    fn is_failed(&self) -> bool {
        self.row.is_failed()
    }

    fn has(&self, what: Has) -> bool {
        match what {
            Has::Zh => self.row.has_zh(),
            Has::Summary => self.row.has_summary(),
            Has::Takeaways => self.row.has_takeaways(),
            Has::Code => self.row.has_code(),
            Has::Note => self.own.is_some_and(|own| own.iter().any(|p| p.part == Part::Note)),
        }
    }
}
