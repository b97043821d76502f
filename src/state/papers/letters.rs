use super::{Papers, Place};

/// Letters in the order of how easily a finger finds them.
const EASY: [char; 26] = [
    'f', 'j', 'd', 'k', 's', 'l', 'a', 'g', 'h', 'r', 'u', 'e', 'i', 'w', 'o', 't', 'y', 'q', 'p', 'v', 'n',
    'c', 'm', 'b', 'x', 'z',
];

/// Labels on the rows in view: typing one chooses that paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    labels: Vec<(String, Place)>,
    typed: String,
    is_capital: bool,
}

/// What came of a character typed for a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::state) enum Typed {
    /// This paper is meant; capital: it is to be bookmarked.
    Paper(Place, bool),
    /// Another letter is needed.
    Pending,
    /// No label begins so.
    Nothing,
}

impl Letters {
    /// Gives each place a label: one letter, or two for the last of more than 26. No label begins another.
    #[must_use]
    pub fn new(places: Vec<Place>) -> Self {
        let labels = labels(places.len()).into_iter().zip(places).collect();
        Self { labels, ..Self::default() }
    }

    /// The label of a paper, as far as it is not typed yet; none when another one is being typed.
    #[must_use]
    pub fn label(&self, place: Place) -> Option<&str> {
        let (label, _) = self.labels.iter().find(|(_, p)| *p == place)?;
        label.strip_prefix(&self.typed)
    }

    /// The letters typed so far.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Takes a character. A capital anywhere in the label counts for the whole of it.
    pub(in crate::state) fn press(&mut self, typed: char) -> Typed {
        self.is_capital |= typed.is_ascii_uppercase();
        self.typed.push(typed.to_ascii_lowercase());
        match self.labels.iter().find(|(label, _)| label.starts_with(&self.typed)) {
            Some((label, place)) if *label == self.typed => Typed::Paper(*place, self.is_capital),
            Some(_) => Typed::Pending,
            None => Typed::Nothing,
        }
    }
}

/// `n` labels, none the beginning of another, the easiest first; at most 26 * 26.
fn labels(n: usize) -> Vec<String> {
    // Each letter that begins two-letter labels costs one label and gives 26.
    let firsts = n.saturating_sub(26).div_ceil(25).min(26);
    let (single, double) = EASY.split_at(26 - firsts);
    let pairs = double.iter().flat_map(|a| EASY.iter().map(move |b| format!("{a}{b}")));
    single.iter().map(ToString::to_string).chain(pairs).take(n).collect()
}

impl Papers {
    /// Labels the papers wholly in view in a pane of `rows` rows; false when there is none.
    pub(in crate::state) fn open_letters(&mut self, rows: u16) -> bool {
        let page = self.page(rows);
        self.letters = (!page.is_empty()).then(|| Letters::new(page));
        self.letters.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_begins_another_and_the_first_are_the_easiest() {
        for n in [0, 1, 26, 27, 51, 52, 100, 676] {
            let labels = labels(n);
            assert_eq!(labels.len(), n);
            for (i, a) in labels.iter().enumerate() {
                assert!(
                    labels.iter().skip(i + 1).all(|b| !b.starts_with(a) && !a.starts_with(b)),
                    "{n}: {a}"
                );
            }
            assert!(n < 676 || labels.iter().all(|l| l.len() == 2));
        }
        assert_eq!(labels(3), ["f", "j", "d"]);
        assert_eq!(labels(27).last().map(String::as_str), Some("zj"));
    }
}
