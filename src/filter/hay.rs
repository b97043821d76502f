use super::language::Has;
use crate::model::Date;
use crate::table::Piece;

/// What the matcher looks at of a paper, wherever it is kept.
pub(super) trait Hay {
    /// The pieces, those of the title first.
    fn pieces(&self) -> impl Iterator<Item = Piece<'_>>;

    /// False when a character of `mask` is missing for certain.
    fn may_hold(&self, mask: u64) -> bool;

    /// False when there is no Chinese in it for certain.
    fn has_han(&self) -> bool;

    /// The date of the digest.
    fn date(&self) -> Date;

    /// True when the source failed to write a part.
    fn is_failed(&self) -> bool;

    /// Says whether the paper has it.
    fn has(&self, what: Has) -> bool;
}
