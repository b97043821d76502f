use crate::model::{self, Date, Paper};
use crate::text::{accents, fold_text, has_han, is_han, typeset};

use super::hay::Hay;
use super::language::Has;

/// What a piece of a paper's text is, which says how it is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    TitleZh,
    Gist,
    Keyword,
    Tag,
    Author,
    Takeaway,
    Note,
    Category,
    Venue,
    Id,
    Comment,
    /// Abstracts, summary, sections: only in a haystack that has them.
    Body,
}

impl Part {
    /// Points for a hit in this part, beside those for its quality: 16 and more for each character.
    pub(super) fn weight(self) -> i64 {
        match self {
            Self::Title => 12,
            Self::TitleZh | Self::Gist | Self::Keyword | Self::Tag => 8,
            Self::Author => 4,
            _ => 0,
        }
    }

    /// True where free words are looked for.
    pub(super) fn is_free(self) -> bool {
        !matches!(self, Self::Category | Self::Venue | Self::Id | Self::Comment | Self::Body)
    }

    /// True where the characters of a Latin word may stand apart. In running text every short word would be found.
    pub(super) fn is_short(self) -> bool {
        !matches!(self, Self::Takeaway | Self::Note | Self::Comment | Self::Body)
    }
}

/// A piece of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'h> {
    pub(super) part: Part,
    pub(super) text: &'h str,
    /// True for a Chinese text.
    pub(super) is_zh: bool,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    part: Part,
    is_zh: bool,
    /// End, in bytes of the haystack's text.
    end: usize,
}

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

/// What the filter looks at of a paper: its texts, folded, as published and as typeset, and what it has.
///
/// Every keyword, author and takeaway is a piece of its own, so that no hit is spread over two names.
#[derive(Clone, Debug)]
pub struct Haystack {
    text: Box<str>,
    places: Box<[Place]>,
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
        let mut pieces = Pieces::default();
        pieces.set(Part::Title, &paper.title);
        paper.title_zh.iter().for_each(|t| pieces.set(Part::TitleZh, t));
        pieces.set(Part::Gist, subject.gist);
        paper.keywords.iter().for_each(|k| pieces.plain(Part::Keyword, k));
        for author in &paper.authors {
            pieces.plain(Part::Author, author);
            if author.contains('\\') {
                pieces.plain(Part::Author, &accents(author));
            }
        }
        paper.takeaways.iter().for_each(|t| pieces.set(Part::Takeaway, t));
        subject.tags.iter().for_each(|t| pieces.plain(Part::Tag, &format!("#{t}")));
        subject.note.iter().for_each(|n| pieces.set(Part::Note, n));
        subject.category.iter().for_each(|c| pieces.plain(Part::Category, c));
        paper.categories.iter().for_each(|c| pieces.plain(Part::Category, c));
        if let Some(comment) = &paper.comment {
            model::venue(comment)
                .iter()
                .flat_map(|v| venue_forms(v))
                .for_each(|v| pieces.plain(Part::Venue, &v));
            pieces.plain(Part::Comment, comment);
        }
        pieces.plain(Part::Id, &paper.id);
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
        let Pieces { text, places } = pieces;
        Self {
            mask: mask(&text),
            has_han: has_han(&text),
            text: text.into(),
            places: places.into(),
            has_body,
            date: subject.date,
            is_failed: !paper.failed.is_empty(),
            has,
        }
    }
}

impl Hay for Haystack {
    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let mut start = 0;
        self.places.iter().map(move |&Place { part, is_zh, end }| {
            let text = self.text.get(start..end).unwrap_or_default();
            start = end;
            Piece { part, text, is_zh }
        })
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

/// The pieces of a haystack under construction.
#[derive(Default)]
struct Pieces {
    text: String,
    places: Vec<Place>,
}

impl Pieces {
    fn push(&mut self, part: Part, folded: &str) {
        self.text.push_str(folded);
        self.places.push(Place { part, is_zh: has_han(folded), end: self.text.len() });
    }

    /// Adds a text as it is.
    fn plain(&mut self, part: Part, text: &str) {
        self.push(part, &closed_up(&fold_text(text)));
    }

    /// Adds a text as the source has it and, where it holds LaTeX, as it is typeset. Punctuation and blanks, the other
    /// things that typesetting changes, are alike once they are folded.
    fn set(&mut self, part: Part, text: &str) {
        let source = closed_up(&fold_text(text));
        self.push(part, &source);
        if text.contains(['$', '\\', '^', '_']) {
            let set = closed_up(&fold_text(&typeset(text)));
            if set != source {
                self.push(part, &set);
            }
        }
    }
}

/// The ways to write a shortened venue: `cvpr 25`, `cvpr25`, `cvpr 2025`, `cvpr2025`.
fn venue_forms(venue: &str) -> Vec<String> {
    let Some((name, year)) = venue.rsplit_once(' ') else { return vec![venue.to_owned()] };
    let century = if year.starts_with('9') { "19" } else { "20" };
    let forms = [" ", ""].map(|gap| [format!("{name}{gap}{year}"), format!("{name}{gap}{century}{year}")]);
    forms.into_iter().flatten().collect()
}

/// Gives each character of folded `text` one of 64 bits: letters and digits their own, all others share 28.
pub(super) fn mask(text: &str) -> u64 {
    let bit = |c: char| match c {
        'a'..='z' => u32::from(c) - u32::from('a'),
        '0'..='9' => 26 + u32::from(c) - u32::from('0'),
        _ => 36 + u32::from(c) % 28,
    };
    text.chars().fold(0, |mask, c| mask | 1 << bit(c))
}

/// Drops the blanks beside Han characters and at the end: sources disagree about them, and the screen adds its own. Also returns the
/// place, counted in characters of `text`, of each character that is left.
pub(super) fn close_up(text: &str) -> (String, Vec<usize>) {
    let mut places = Vec::new();
    let closed = close(text, |place| places.push(place));
    (closed, places)
}

/// The same without the places; cheaper.
pub(super) fn closed_up(text: &str) -> String {
    close(text, |_| {})
}

fn close(text: &str, mut keep: impl FnMut(usize)) -> String {
    let mut closed = String::with_capacity(text.len());
    let mut blanks: Vec<(usize, char)> = Vec::new();
    let mut last = None;
    for (place, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            blanks.push((place, c));
            continue;
        }
        if !blanks.is_empty() && (last.is_some_and(is_han) || is_han(c)) {
            blanks.clear();
        }
        for (place, c) in blanks.drain(..).chain([(place, c)]) {
            closed.push(c);
            keep(place);
        }
        last = Some(c);
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_beside_han_are_dropped() {
        let table = [
            ("基于 llm 的 推理", "基于llm的推理", vec![0, 1, 3, 4, 5, 7, 9, 10]),
            ("a  b\nc ", "a  b\nc", vec![0, 1, 2, 3, 4, 5]),
            (" 强\n 化 ", "强化", vec![1, 4]),
            ("", "", vec![]),
        ];
        for (text, closed, places) in table {
            assert_eq!(close_up(text), (closed.to_owned(), places), "{text:?}");
        }
    }

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
