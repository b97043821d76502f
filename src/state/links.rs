//! Every address of a paper, and the window to choose one from.

use std::collections::HashSet;

use super::detail_text::all_links;
use super::popup::{Popup, PopupKind};
use super::styled::{Role, StyledLine};
use crate::catalogue::{Lang, Piece};
use crate::model::{Paper, openable, urls};
use crate::text;

/// Letters of labels, the easiest first; those that move in popups and close them are not among them.
const EASY: [char; 22] = [
    'f', 'd', 's', 'l', 'a', 'h', 'r', 'u', 'e', 'i', 'w', 'o', 't', 'y', 'p', 'v', 'n', 'c', 'm', 'b', 'x',
    'z',
];
/// Addresses that are listed; each has a label of at most two letters.
const MOST: usize = EASY.len() * EASY.len();

/// The addresses to choose from, and what is typed of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Label and address.
    links: Vec<(String, String)>,
    /// The letters typed so far.
    pub typed: String,
}

/// What came of a letter typed for a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// This address is meant; capital: it is to be copied.
    Link(String, bool),
    /// Another letter is needed.
    Pending,
    /// No label begins so.
    Nothing,
}

impl Links {
    /// Says whether there is nothing to choose.
    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Takes a character. A capital at the end of a label counts for the whole of it.
    pub(super) fn press(&mut self, typed: char) -> Typed {
        let label = format!("{}{}", self.typed, typed.to_ascii_lowercase());
        match self.links.iter().find(|(l, _)| l.starts_with(&label)) {
            Some((found, url)) if *found == label => Typed::Link(url.clone(), typed.is_ascii_uppercase()),
            Some(_) => {
                self.typed = label;
                Typed::Pending
            }
            None => {
                self.typed.clear();
                Typed::Nothing
            }
        }
    }
}

/// Lists the addresses of a paper that can be opened, each once: what the source names, what its id leads to, the
/// figures, then those in its texts. O(length of the texts).
fn all_of(paper: &Paper, note: Option<&str>, lang: Lang) -> Vec<(String, String)> {
    let derived = paper.derived_links();
    let l = &paper.links;
    let named = [
        (&l.code, lang.piece(Piece::Code)),
        (&l.project, lang.piece(Piece::Project)),
        (&l.abs, lang.piece(Piece::Page)),
        (&l.pdf, lang.piece(Piece::Pdf)),
        (&l.hf, "Hugging Face"),
        (&l.cool_papers, "Cool Papers"),
    ];
    let name = |url: &str| {
        let found = named.iter().find(|(link, _)| link.as_deref() == Some(url));
        found.map_or(lang.piece(Piece::Other), |(_, name)| *name)
    };
    let mut found: Vec<(String, &str)> =
        all_links(paper).map(|(url, _)| (name(url).to_owned(), url)).collect();
    let guessed = [
        (lang.piece(Piece::Page), &derived.abs),
        (lang.piece(Piece::Pdf), &derived.pdf),
        ("Cool Papers", &derived.cool_papers),
    ];
    let guessed = guessed.into_iter().filter_map(|(name, url)| Some((name.to_owned(), url.as_deref()?)));
    found.extend(guessed);
    found.extend(derived.other.iter().map(|url| (lang.piece(Piece::Search).to_owned(), url.as_str())));
    let figures = (1..).zip(&paper.images);
    found.extend(figures.map(|(n, url)| (format!("{} {n}", lang.piece(Piece::Figure)), url.as_str())));
    let texts = [&paper.comment, &paper.abstract_en, &paper.abstract_zh, &paper.summary, &paper.long];
    let texts = texts.into_iter().flatten().map(String::as_str);
    let texts = texts.chain(paper.takeaways.iter().map(String::as_str));
    let texts = texts.chain(paper.sections.iter().map(|s| s.text.as_str())).chain(note);
    found.extend(texts.flat_map(urls).map(|url| (lang.piece(Piece::InText).to_owned(), url)));
    let mut seen = HashSet::new();
    let safe = found.into_iter().filter_map(|(name, url)| Some((name, openable(url)?)));
    safe.filter(|(_, url)| seen.insert(bare(url).to_owned())).take(MOST).collect()
}

/// An address without its scheme.
fn bare(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

impl Popup {
    /// Lists the addresses of a paper with a label each, in rows of `width` cells; none where there is no address.
    #[must_use]
    pub(super) fn links(paper: &Paper, note: Option<&str>, lang: Lang, width: usize) -> Option<Self> {
        let all = all_of(paper, note, lang);
        let names = all.iter().map(|(name, _)| text::width(name)).max()?;
        let is_short = all.len() <= EASY.len();
        let label = |at: usize| -> String {
            let letter = |n: usize| EASY.get(n % EASY.len()).copied().unwrap_or('f');
            if is_short { letter(at).into() } else { [letter(at / EASY.len()), letter(at)].iter().collect() }
        };
        let (mut lines, mut labelled) = (Vec::new(), Vec::new());
        for (at, (name, url)) in all.into_iter().enumerate() {
            let label = label(at);
            let pad = " ".repeat(names.saturating_sub(text::width(&name)) + 2);
            let room = width.saturating_sub(label.len() + 2 + names + 2).max(8);
            let shown = text::fit(bare(&url), room).into_owned();
            let line = StyledLine::of(label.clone(), Role::Heading).with("  ", Role::Plain);
            lines.push(line.with(format!("{name}{pad}"), Role::Dim).with(shown, Role::Plain));
            labelled.push((label, url));
        }
        let choices = Links { links: labelled, typed: String::new() };
        Some(Self { links: choices, ..Self::of(PopupKind::Links, lines) })
    }

    /// Shows an address whole, in rows of `width` cells.
    #[must_use]
    pub(super) fn address(url: &str, width: usize) -> Self {
        // An address is ASCII, and no row of it may begin or end with anything else.
        let rows = url.as_bytes().chunks(width.max(8)).map(|row| String::from_utf8_lossy(row).into_owned());
        let lines = rows.map(|row| StyledLine::of(row, Role::Plain)).collect();
        Self::of(PopupKind::Address, lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArxivId;

    #[test]
    fn each_address_is_listed_once_and_only_those_of_the_web() {
        let paper = Paper {
            arxiv: Some(ArxivId { id: "2504.1".to_owned(), version: None }),
            images: vec!["https://i.org/1.png".to_owned(), "javascript:alert(1)".to_owned()],
            abstract_en: Some("See https://x.org/a and http://arxiv.org/abs/2504.1.".to_owned()),
            takeaways: vec!["在https://x.org/a找到。".to_owned()],
            links: crate::model::Links {
                code: Some("https://github.com/a/b".to_owned()),
                other: vec!["-oProxy=x".to_owned()],
                ..crate::model::Links::default()
            },
            ..Paper::default()
        };
        let all: Vec<_> = all_of(&paper, Some("https://note.org"), Lang::En);
        let shown: Vec<String> = all.iter().map(|(name, url)| format!("{name} {}", bare(url))).collect();
        assert_eq!(
            shown,
            [
                "code github.com/a/b",
                "abstract page arxiv.org/abs/2504.1",
                "PDF arxiv.org/pdf/2504.1",
                "Cool Papers papers.cool/arxiv/2504.1",
                "figure 1 i.org/1.png",
                "in the text x.org/a",
                "in the text note.org",
            ]
        );
        assert_eq!(Popup::links(&Paper::default(), None, Lang::En, 60), None);
    }

    #[test]
    fn labels_are_typed_to_their_ends() {
        let url = |n: usize| format!("https://a.org/{n}");
        for (count, label, n) in [(22, "z", 21), (23, "ff", 0), (23, "df", 22), (9999, "zz", MOST - 1)] {
            let other = (0..count).map(url).collect();
            let paper =
                Paper { links: crate::model::Links { other, ..Default::default() }, ..Paper::default() };
            let mut popup = Popup::links(&paper, None, Lang::Zh, 40).unwrap();
            let mut last = Typed::Nothing;
            for c in label.chars() {
                last = popup.links.press(c);
            }
            assert_eq!(last, Typed::Link(url(n), false), "{count} {label}");
            assert!(popup.lines.iter().all(|l| l.width() <= 40));
        }
    }
}
