/// What a piece of a paper's text is, which says how it is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The title as published.
    Title,
    /// The translated title.
    TitleZh,
    /// The one line shown in the list.
    Gist,
    /// One keyword.
    Keyword,
    /// One tag of the user.
    Tag,
    /// One author.
    Author,
    /// One takeaway.
    Takeaway,
    /// The user's note.
    Note,
    /// A category, of the digest or of arXiv.
    Category,
    /// One way to write the venue.
    Venue,
    /// The id.
    Id,
    /// The arXiv comment.
    Comment,
    /// Abstracts, summary, sections: only where they are asked for.
    Body,
}

impl Part {
    /// All of them; the place of each is its number in an image.
    pub(super) const ALL: [Self; 13] = [
        Self::Title,
        Self::TitleZh,
        Self::Gist,
        Self::Keyword,
        Self::Tag,
        Self::Author,
        Self::Takeaway,
        Self::Note,
        Self::Category,
        Self::Venue,
        Self::Id,
        Self::Comment,
        Self::Body,
    ];

    /// Points for a hit in this part, beside those for its quality: 16 and more for each character.
    #[must_use]
    pub fn weight(self) -> i64 {
        match self {
            Self::Title => 12,
            Self::TitleZh | Self::Gist | Self::Keyword | Self::Tag => 8,
            Self::Author => 4,
            _ => 0,
        }
    }

    /// True where free words are looked for.
    #[must_use]
    pub fn is_free(self) -> bool {
        !matches!(self, Self::Category | Self::Venue | Self::Id | Self::Comment | Self::Body)
    }

    /// True where the characters of a Latin word may stand apart. In running text every short word would be found.
    #[must_use]
    pub fn is_short(self) -> bool {
        !matches!(self, Self::Takeaway | Self::Note | Self::Comment | Self::Body)
    }
}

/// A piece of folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'h> {
    /// What it is.
    pub part: Part,
    /// The text, folded and closed up.
    pub text: &'h str,
    /// True for a Chinese text.
    pub is_zh: bool,
    /// The characters that may occur: see [`mask`](super::mask).
    pub mask: u64,
}
