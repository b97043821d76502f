use std::ops::Range;

use super::library::Library;
use super::row::{Row, first_and_last};
use crate::decisions::Decisions;
use crate::effect::{Hit, SlotId, Snippet};
use crate::model::{self, Date, Digest};
use crate::text::{self, Form};

/// Index of the group of what was found in titles, and of that in texts.
const IN_TITLES: usize = 0;
const IN_TEXTS: usize = 1;

/// Where a search found a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The date of its digest.
    pub date: Date,
    /// The category of its digest, shown form.
    pub category: Option<String>,
    /// The piece of its text that holds what was looked for, shown form, and the bytes of it to mark.
    pub snippet: Option<(String, Vec<Range<usize>>)>,
}

impl Row {
    /// Makes the row of a paper that was found in the digest at `slot`. O(length of title and snippet).
    pub(super) fn found(
        slot: SlotId,
        (hit, is_in_title): (&Hit, bool),
        form: Form,
        decisions: &Decisions,
    ) -> Self {
        let title = form.of_head(&hit.title);
        let found = Finding {
            date: hit.date,
            category: hit.category.as_deref().map(text::show),
            snippet: hit.snippet.as_ref().map(shown),
        };
        let mut row = Self {
            slot,
            index: hit.index,
            group: if is_in_title { IN_TITLES } else { IN_TEXTS },
            identity: hit.identity.clone(),
            name_len: text::title_head(&title).map_or(0, str::len),
            title,
            authors: first_and_last(&hit.authors, form),
            found: Some(found),
            ..Self::default()
        };
        row.refresh(decisions);
        row
    }

    /// Takes from the digest where the paper that was found in it stands now.
    pub(super) fn follow(&mut self, digest: &Digest) {
        let is_it = |at: &usize| {
            digest.papers.get(*at).is_some_and(|p| model::same_paper(&p.identity(), &self.identity))
        };
        let at = Some(self.index).filter(is_it).or_else(|| (0..digest.papers.len()).find(is_it));
        self.index = at.unwrap_or(self.index);
    }
}

impl Library {
    /// Finds the digest that a hit stands in.
    pub(super) fn slot_of(&self, hit: &Hit) -> Option<SlotId> {
        let day = self.days().get(self.day_of(hit.date)?)?;
        let is_it = |s: &&SlotId| self.category(**s) == hit.category.as_deref();
        // A digest that was never read may not know its category.
        let is_unknown = |s: &&SlotId| self.category(**s).is_none();
        let found = day.slots.iter().find(is_it).or_else(|| day.slots.iter().find(is_unknown));
        found.or(day.slots.first()).copied()
    }
}

/// Gives a snippet as it is shown: what is folded away moves the marks.
fn shown(snippet: &Snippet) -> (String, Vec<Range<usize>>) {
    let (mut out, mut hits, mut at) = (String::new(), Vec::new(), 0);
    for hit in &snippet.hits {
        out.push_str(&text::show(snippet.text.get(at..hit.start).unwrap_or_default()));
        let start = out.len();
        out.push_str(&text::show(snippet.text.get(hit.clone()).unwrap_or_default()));
        hits.push(start..out.len());
        at = hit.end.max(at);
    }
    out.push_str(&text::show(snippet.text.get(at..).unwrap_or_default()));
    (out, hits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_follow_what_is_folded_away() {
        let text = "…a\u{ad}b 强化学习 ｶﾞ c…".to_owned();
        let at = |part: &str| text.find(part).map(|s| s..s + part.len()).unwrap();
        let snippet = Snippet { hits: vec![at("强化"), at("ｶﾞ")], text: text.clone() };
        let (shown, hits) = shown(&snippet);
        let marked: Vec<&str> = hits.iter().map(|h| shown.get(h.clone()).unwrap()).collect();
        assert_eq!((shown.as_str(), marked), ("…ab 强化学习 ガ c…", vec!["强化", "ガ"]));
    }
}
