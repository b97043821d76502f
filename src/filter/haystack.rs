use crate::model::Paper;
use crate::text::{accents, fold_text, has_han, typeset};

/// What a piece of a paper's text is, which says how it is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    TitleZh,
    Gist,
    Keyword,
    Author,
    Takeaway,
}

impl Field {
    /// Points for a hit in this field, beside those for its quality: 16 and more for each character.
    pub(super) fn weight(self) -> i64 {
        match self {
            Self::Title => 12,
            Self::TitleZh | Self::Gist | Self::Keyword => 8,
            Self::Author => 4,
            Self::Takeaway => 0,
        }
    }

    /// True where the characters of a Latin word may stand apart. In running text every short word would be found.
    pub(super) fn is_fuzzy(self) -> bool {
        self != Self::Takeaway
    }
}

/// The text of a paper that the filter looks at, folded, as published and as typeset: title, translated title, gist, keywords, authors, takeaways.
///
/// Every keyword, author and takeaway is a field of its own, so that no hit is spread over two names.
#[derive(Clone, Debug)]
pub struct Haystack {
    text: Box<str>,
    /// Kind of each field and its end, in bytes of `text`.
    fields: Box<[(Field, usize)]>,
    mask: u64,
}

impl Haystack {
    /// Folds the texts of `paper` and its gist (the one line shown in the list; empty when there is none).
    /// O(length).
    #[must_use]
    pub fn of(paper: &Paper, gist: &str) -> Self {
        Self::with_remarks(paper, gist, &[], None)
    }

    /// The same with the user's tags, which are found with and without `#`, and note. O(length).
    #[must_use]
    pub fn with_remarks(paper: &Paper, gist: &str, tags: &[String], note: Option<&str>) -> Self {
        let plain = |field, texts: &'_ [String]| {
            texts.iter().map(move |t| (field, close_up(&fold_text(t)).0)).collect::<Vec<_>>()
        };
        let mut pieces = both_forms(Field::Title, &paper.title);
        pieces.extend(paper.title_zh.iter().flat_map(|t| both_forms(Field::TitleZh, t)));
        pieces.extend(both_forms(Field::Gist, gist));
        pieces.extend(plain(Field::Keyword, &paper.keywords));
        pieces.extend(plain(Field::Author, &paper.authors));
        pieces.extend(
            paper
                .authors
                .iter()
                .filter(|a| a.contains('\\'))
                .map(|author| (Field::Author, close_up(&fold_text(&accents(author))).0)),
        );
        pieces.extend(paper.takeaways.iter().flat_map(|t| both_forms(Field::Takeaway, t)));

        pieces.extend(tags.iter().map(|t| (Field::Keyword, close_up(&fold_text(&format!("#{t}"))).0)));
        pieces.extend(note.into_iter().flat_map(|n| both_forms(Field::Takeaway, n)));

        let mut text = String::new();
        let mut fields = Vec::with_capacity(pieces.len());
        for (field, piece) in pieces {
            text.push_str(&piece);
            fields.push((field, text.len()));
        }
        let mask = mask(&text);
        Self { text: text.into(), fields: fields.into(), mask }
    }

    /// The fields with their text, best first.
    pub(super) fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        let mut start = 0;
        self.fields.iter().map(move |&(field, end)| {
            let text = self.text.get(start..end).unwrap_or_default();
            start = end;
            (field, text)
        })
    }

    /// False when a character of `mask` is missing for certain.
    pub(super) fn may_hold(&self, mask: u64) -> bool {
        mask & !self.mask == 0
    }
}

/// The text as the source has it and, where it holds LaTeX, as it is typeset; both folded. Punctuation and
/// blanks, the other things that typesetting changes, are alike once they are folded.
fn both_forms(field: Field, text: &str) -> Vec<(Field, String)> {
    let closed = |text: &str| (field, close_up(&fold_text(text)).0);
    let source = closed(text);
    let set = text.contains(['$', '\\', '^', '_']).then(|| closed(&typeset(text)));
    let set = set.filter(|set| *set != source);
    std::iter::once(source).chain(set).collect()
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
    let han = |c: Option<char>| c.is_some_and(|c| has_han(c.encode_utf8(&mut [0; 4])));
    let (mut closed, mut places) = (String::with_capacity(text.len()), Vec::new());
    let mut blanks: Vec<(usize, char)> = Vec::new();
    for (place, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            blanks.push((place, c));
            continue;
        }
        if !blanks.is_empty() && (han(closed.chars().next_back()) || han(Some(c))) {
            blanks.clear();
        }
        blanks.push((place, c));
        for (place, c) in blanks.drain(..) {
            closed.push(c);
            places.push(place);
        }
    }
    (closed, places)
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

    #[test]
    fn a_haystack_holds_its_fields_apart() {
        let paper = Paper {
            title: "Ｔｉｔｌｅ".to_owned(),
            authors: vec!["A B".to_owned(), "C".to_owned()],
            takeaways: vec!["一 x".to_owned()],
            ..Paper::default()
        };
        let hay = Haystack::of(&paper, "");
        let fields: Vec<_> = hay.fields().map(|(_, text)| text).collect();
        assert_eq!(fields, ["title", "", "a b", "c", "一x"]);
        assert!(hay.may_hold(mask("abc")) && !hay.may_hold(mask("az")));
    }

    #[test]
    fn both_forms_of_a_text_are_found() {
        let paper = Paper {
            title: "The ratio $\\phi_r$".to_owned(),
            authors: vec!["G\\'abor".to_owned()],
            takeaways: vec!["速率为$10^{-3}$,快".to_owned(), "中文,中文GRPO".to_owned()],
            ..Paper::default()
        };
        let hay = Haystack::of(&paper, "");
        let fields: Vec<_> = hay.fields().map(|(_, text)| text).collect();
        let takeaways = ["速率为$10^{-3}$,快", "速率为10−3,快", "中文,中文grpo"];
        let start = ["the ratio $\\phi_r$", "the ratio φr", "", "g\\'abor", "gabor"];
        assert_eq!(fields, [&start[..], &takeaways[..]].concat());
    }
}
