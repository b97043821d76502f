use std::collections::BTreeSet;

use super::{Papers, Place};
use crate::decisions::Decisions;
use crate::model::{self, Identity};
use crate::state::ratings::Ratings;
use crate::state::{Fold, Library, Row};

impl Papers {
    /// Looks up what each paper is worth.
    pub(in crate::state) fn rate(&mut self, ratings: &Ratings) {
        for row in &mut self.rows {
            row.rating = ratings.of(row.place()).cloned().unwrap_or_default();
        }
    }

    /// The same after the rules changed, in the list on screen.
    pub(in crate::state) fn rate_again(&mut self, ratings: &Ratings, library: &Library, rows: u16) {
        self.rate(ratings);
        self.rearrange(library, false, rows);
    }

    /// Says whether a rule folds the row away, unless it is kept: whatever was decided to keep is never hidden.
    pub(super) fn can_be_muted(&self, row: &Row) -> bool {
        row.rating.muted_by.is_some() && !self.shows_muted && !self.held.contains(&row.place())
    }

    /// Looks up what was decided about the rows, or those of `places`; returns whether any now says other remarks, and
    /// whether rules now fold away other rows. Those that would go stay until the page is left.
    pub(super) fn look_up_decisions(
        &mut self,
        decisions: &Decisions,
        places: Option<&BTreeSet<Place>>,
    ) -> (bool, bool) {
        // One without id may be known by a title that the paper had elsewhere.
        let may_be = |r: &Row| r.identity.arxiv.is_none() || places.is_none_or(|p| p.contains(&r.place()));
        let (mut has_remarks, mut has_folds) = (false, false);
        for row in self.rows.iter_mut().filter(|r| may_be(r)) {
            let was_kept = row.is_kept();
            has_remarks |= row.refresh(decisions);
            if row.rating.muted_by.is_some() && was_kept != row.is_kept() {
                has_folds = true;
                if was_kept {
                    self.held.insert(row.place());
                }
            }
        }
        (has_remarks, has_folds)
    }

    /// Says whether a rule folds away the paper.
    pub(in crate::state) fn is_folded_by_rule(&self, paper: &Identity) -> bool {
        let is_it = |r: &Row| r.fold == Some(Fold::Muted) && model::same_paper(&r.identity, paper);
        self.rows.iter().any(is_it)
    }

    /// Shows the papers that rules mute, or folds them. The paper under the cursor stays.
    pub(in crate::state) fn show_muted(&mut self, shows: bool, library: &Library, rows: u16) {
        self.shows_muted = shows;
        self.held = self.selected_place().into_iter().collect();
        self.rearrange(library, false, rows);
    }
}
