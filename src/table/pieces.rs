use super::closing::{closed_up, mask};
use super::part::{Part, Piece};
use crate::model::{self, Paper};
use crate::text::{accents, fold_text, has_han, typeset};

#[derive(Clone, Copy, Debug)]
struct Place {
    part: Part,
    is_zh: bool,
    /// End, in bytes of the text, which has 4 GiB at most.
    end: u32,
    mask: u64,
}

/// The texts of a paper, folded, one after the other.
///
/// Every keyword, author and takeaway is a piece of its own, so that no hit is spread over two names.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    text: String,
    places: Vec<Place>,
}

impl Pieces {
    /// Folds what is short and the paper's own: title, translated title, gist, keywords, authors, categories, venue,
    /// comment, id; those of the title first. `category` is that of its digest. O(length).
    #[must_use]
    pub fn short(paper: &Paper, gist: &str, category: Option<&str>) -> Self {
        let mut pieces = Self::default();
        pieces.set(Part::Title, &paper.title);
        paper.title_zh.iter().for_each(|t| pieces.set(Part::TitleZh, t));
        pieces.set(Part::Gist, gist);
        paper.keywords.iter().for_each(|k| pieces.plain(Part::Keyword, k));
        for author in &paper.authors {
            pieces.plain(Part::Author, author);
            if author.contains('\\') {
                pieces.plain(Part::Author, &accents(author));
            }
        }
        for category in category.into_iter().chain(paper.categories.iter().map(String::as_str)) {
            pieces.plain(Part::Category, category);
        }
        if let Some(comment) = &paper.comment {
            model::venue(comment)
                .iter()
                .flat_map(|v| venue_forms(v))
                .for_each(|v| pieces.plain(Part::Venue, &v));
            pieces.plain(Part::Comment, comment);
        }
        pieces.plain(Part::Id, &paper.id);
        pieces
    }

    /// Adds a text as it is.
    pub fn plain(&mut self, part: Part, text: &str) {
        self.push(part, &closed_up(&fold_text(text)));
    }

    /// Adds a text as the source has it and, where it holds LaTeX, as it is typeset. Punctuation and blanks, the other
    /// things that typesetting changes, are alike once they are folded.
    pub fn set(&mut self, part: Part, text: &str) {
        let source = closed_up(&fold_text(text));
        self.push(part, &source);
        if text.contains(['$', '\\', '^', '_']) {
            let set = closed_up(&fold_text(&typeset(text)));
            if set != source {
                self.push(part, &set);
            }
        }
    }

    /// The pieces, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = Piece<'_>> {
        let mut start = 0;
        self.places.iter().map(move |&Place { part, is_zh, end, mask }| {
            let text = self.text.get(start..end as usize).unwrap_or_default();
            start = end as usize;
            Piece { part, text, is_zh, mask }
        })
    }

    /// All texts, with nothing between them.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The characters that occur: see [`mask`]. O(pieces).
    #[must_use]
    pub fn mask(&self) -> u64 {
        self.places.iter().fold(0, |all, place| all | place.mask)
    }

    /// True when there is Chinese in it. O(pieces).
    #[must_use]
    pub fn has_han(&self) -> bool {
        self.places.iter().any(|p| p.is_zh)
    }

    fn push(&mut self, part: Part, folded: &str) {
        self.text.push_str(folded);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.places.push(Place { part, is_zh: has_han(folded), end, mask: mask(folded) });
    }
}

/// The ways to write a shortened venue: `cvpr 25`, `cvpr25`, `cvpr 2025`, `cvpr2025`.
fn venue_forms(venue: &str) -> Vec<String> {
    let Some((name, year)) = venue.rsplit_once(' ') else { return vec![venue.to_owned()] };
    let century = if year.starts_with('9') { "19" } else { "20" };
    let forms = [" ", ""].map(|gap| [format!("{name}{gap}{year}"), format!("{name}{gap}{century}{year}")]);
    forms.into_iter().flatten().collect()
}
