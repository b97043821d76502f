use super::finding::Finding;
use super::papers::Place;
use super::sightings::Also;
use crate::decisions::Decisions;
use crate::effect::{Remarks, SlotId};
use crate::filter::Rating;
use crate::model::{self, Identity, Paper, Verdict};
use crate::text::{self, Form};

fn remarks_of(paper: &Identity, decisions: &Decisions) -> Remarks {
    Remarks {
        tags: decisions.tags(paper).into_iter().map(text::clean_line).collect(),
        note: decisions.note(paper).map(|n| text::clean_body(n.to_owned())),
    }
}

/// Why a row is folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Another row, here or on an earlier day, stands for it.
    Repeat,
    /// A rule mutes it.
    Muted,
}

/// What the paper list shows of a paper, made once when its digest arrives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The digest it stands in.
    pub slot: SlotId,
    /// Its place in the digest, from 0.
    pub index: usize,
    /// Its group: index into the groups of the list.
    pub group: usize,
    /// Which paper it is.
    pub identity: Identity,
    /// The title as published, shown form.
    pub title: String,
    /// Bytes of the title that are its Latin name.
    pub name_len: usize,
    /// The gist, shown form; empty when there is none.
    pub gist: String,
    /// `First…Last` author.
    pub authors: String,
    /// The venue, shortened.
    pub venue: Option<String>,
    /// True when there is a link to code.
    pub has_code: bool,
    /// What was decided.
    pub verdict: Verdict,
    /// Whether it was read.
    pub is_read: bool,
    /// Tags and note.
    pub remarks: Remarks,
    /// Where else the paper was seen, the oldest first.
    pub also: Vec<Also>,
    /// Why it is folded away, if it is.
    pub fold: Option<Fold>,
    /// What it is worth by the user's rules.
    pub rating: Rating,
    /// Where it was found, in the list of a search.
    pub found: Option<Finding>,
}

impl Row {
    /// Makes the row of a paper. O(length of its short fields).
    #[must_use]
    pub fn new(slot: SlotId, index: usize, paper: &Paper, form: Form, decisions: &Decisions) -> Self {
        let title = form.of_head(&paper.title);
        let mut row = Self {
            slot,
            index,
            group: 0,
            identity: paper.identity(),
            name_len: text::title_head(&title).map_or(0, str::len),
            title,
            gist: form.of_head(model::gist(paper).unwrap_or_default()).replace('\n', " "),
            authors: first_and_last(&paper.authors, form),
            venue: paper.comment.as_deref().and_then(model::venue),
            has_code: paper.links.code.is_some(),
            verdict: Verdict::Undecided,
            is_read: false,
            remarks: Remarks::default(),
            also: Vec::new(),
            fold: None,
            rating: Rating::default(),
            found: None,
        };
        row.refresh(decisions);
        row
    }

    /// Makes the row of a paper whose texts are not here: it has nothing to show until it is made anew.
    #[must_use]
    pub(super) fn bare(slot: SlotId, index: usize, identity: Identity, decisions: &Decisions) -> Self {
        let mut row = Self { slot, index, identity, ..Self::default() };
        row.refresh(decisions);
        row
    }

    /// Its place in the library.
    #[must_use]
    pub fn place(&self) -> Place {
        (self.slot, self.index)
    }

    /// Says whether it is folded away, as a repeat or by a rule.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.fold.is_some()
    }

    /// Says whether it is to be kept, for good or for later.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        matches!(self.verdict, Verdict::Bookmarked | Verdict::Later)
    }

    /// Looks up what was decided since. True when the remarks are other ones.
    pub fn refresh(&mut self, decisions: &Decisions) -> bool {
        // Nearly all papers of a day are so, and each of the four questions takes as long as this one.
        let is_known = decisions.knows(&self.identity);
        self.verdict = if is_known { decisions.verdict(&self.identity) } else { Verdict::Undecided };
        self.is_read = is_known && decisions.is_read(&self.identity);
        let remarks = if is_known { remarks_of(&self.identity, decisions) } else { Remarks::default() };
        let is_other = self.remarks != remarks;
        self.remarks = remarks;
        is_other
    }
}

/// The last words of the first and the last author: `Man…Yu`.
pub(super) fn first_and_last(authors: &[String], form: Form) -> String {
    let family = |name: &String| {
        let name = form.of_name(name);
        name.split_whitespace().last().unwrap_or(&name).to_owned()
    };
    match authors {
        [] => String::new(),
        [only] => family(only),
        [first, .., last] => format!("{}{}{}", family(first), text::ellipsis(3), family(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_shrink_to_first_and_last() {
        let names = |n: &[&str]| n.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(first_and_last(&names(&["Yunze Man", "A B", "Yizhou Yu"]), Form::default()), "Man…Yu");
        assert_eq!(first_and_last(&names(&["S\\o ren K"]), Form::default()), "K");
        assert_eq!(first_and_last(&names(&["K S{\\o}rensen"]), Form::default()), "Sørensen");
        assert_eq!(first_and_last(&names(&["OpenAI"]), Form::default()), "OpenAI");
        assert_eq!(first_and_last(&[], Form::default()), "");
    }
}
