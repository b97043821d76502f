use crate::model::{self, Date, Digest, Paper};
use crate::table::{Part, Piece, Pieces};

use super::hay::Hay;
use super::language::Has;

/// A paper and what is known of it beside, to be made a haystack of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The paper.
    pub paper: &'a Paper,
    /// The one line shown in the list; empty when there is none.
    pub gist: &'a str,
    /// The date of its digest.
    pub date: Date,
    /// The category of its digest.
    pub category: Option<&'a str>,
    /// The user's tags.
    pub tags: &'a [String],
    /// The user's note.
    pub note: Option<&'a str>,
}

impl<'a> Subject<'a> {
    /// A paper as rules see it: without what the user wrote about it.
    #[must_use]
    pub fn bare(digest: &'a Digest, paper: &'a Paper) -> Self {
        let gist = model::gist(paper).unwrap_or_default();
        let category = digest.category.as_deref();
        Self { paper, gist, date: digest.date, category, tags: &[], note: None }
    }
}

/// What the filter looks at of a paper: its texts, folded, as published and as typeset, and what it has.
#[derive(Clone, Debug)]
pub struct Haystack {
    pieces: Pieces,
    mask: u64,
    has_han: bool,
    has_body: bool,
    date: Date,
    is_failed: bool,
    has: [bool; Has::ALL.len()],
}

impl Haystack {
    /// Folds the short texts of a paper: title, translated title, gist, keywords, tags, authors, takeaways, note,
    /// category, venue, id, comment. O(length).
    #[must_use]
    pub fn new(subject: &Subject) -> Self {
        Self::build(subject, false)
    }

    /// The same with abstracts, summary and sections, for a query that needs them. O(length).
    #[must_use]
    pub fn with_body(subject: &Subject) -> Self {
        Self::build(subject, true)
    }

    /// True when abstracts, summary and sections are in it.
    #[must_use]
    pub fn has_body(&self) -> bool {
        self.has_body
    }

    fn build(subject: &Subject, has_body: bool) -> Self {
        let paper = subject.paper;
        let mut pieces = Pieces::short(paper, subject.gist, subject.category);
        paper.takeaways.iter().for_each(|t| pieces.set(Part::Takeaway, t));
        subject.tags.iter().for_each(|t| pieces.plain(Part::Tag, &format!("#{t}")));
        subject.note.iter().for_each(|n| pieces.set(Part::Note, n));
        if has_body {
            let body =
                [&paper.abstract_en, &paper.abstract_zh, &paper.summary, &paper.takeaways_note, &paper.long];
            body.into_iter().flatten().for_each(|t| pieces.set(Part::Body, t));
            paper.sections.iter().for_each(|s| pieces.set(Part::Body, &s.text));
        }
        let has = Has::ALL.map(|has| match has {
            Has::Zh => paper.title_zh.is_some() || paper.abstract_zh.is_some(),
            Has::Summary => paper.summary.is_some(),
            Has::Takeaways => !paper.takeaways.is_empty(),
            Has::Code => paper.links.code.is_some(),
            Has::Note => subject.note.is_some(),
        });
        Self {
            mask: pieces.mask(),
            has_han: pieces.has_han(),
            pieces,
            has_body,
            date: subject.date,
            is_failed: !paper.failed.is_empty(),
            has,
        }
    }
}

impl Hay for Haystack {
    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        self.pieces.iter()
    }

    fn may_hold(&self, mask: u64) -> bool {
        mask & !self.mask == 0
    }

    fn has_han(&self) -> bool {
        self.has_han
    }

    fn date(&self) -> Date {
        self.date
    }

    fn is_failed(&self) -> bool {
        self.is_failed
    }

    fn has(&self, what: Has) -> bool {
        Has::ALL.iter().zip(self.has).any(|(of, has)| *of == what && has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(paper: &Paper) -> Vec<String> {
        let date = jiff::civil::date(2025, 3, 3);
        let subject = Subject { paper, gist: "", date, category: None, tags: &[], note: None };
        let hay = Haystack::new(&subject);
        hay.pieces().filter(|p| p.part.is_free()).map(|p| p.text.to_owned()).collect()
    }

    #[test]
    fn a_haystack_holds_its_pieces_apart() {
        let paper = Paper {
            title: "Ｔｉｔｌｅ".to_owned(),
            authors: vec!["A B".to_owned(), "C".to_owned()],
            takeaways: vec!["一 x".to_owned()],
            ..Paper::default()
        };
        assert_eq!(texts(&paper), ["title", "", "a b", "c", "一x"]);
    }

    #[test]
    fn both_forms_of_a_text_are_found() {
        let paper = Paper {
            title: "The ratio $\\phi_r$".to_owned(),
            authors: vec!["G\\'abor".to_owned()],
            takeaways: vec!["速率为$10^{-3}$,快".to_owned(), "中文,中文GRPO".to_owned()],
            ..Paper::default()
        };
        let takeaways = ["速率为$10^{-3}$,快", "速率为10−3,快", "中文,中文grpo"];
        let start = ["the ratio $\\phi_r$", "the ratio φr", "", "g\\'abor", "gabor"];
        assert_eq!(texts(&paper), [&start[..], &takeaways[..]].concat());
    }
}
