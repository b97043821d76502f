use std::cmp::Reverse;

use super::{Entry, Papers};
use crate::catalogue::Lang;
use crate::model::Paper;
use crate::state::{Library, Row, Slot};
use crate::text::fold_text;

/// In which order the list shows the papers of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// As the sources have them, in groups by category.
    #[default]
    Source,
    /// What is worth most first. In this order and those below all categories are one run.
    Interest,
    /// By title.
    Title,
    /// By the last word of the first author's name.
    Author,
    /// What was published or updated last first.
    Date,
}

impl Order {
    /// All orders.
    const ALL: [Self; 5] = [Self::Source, Self::Interest, Self::Title, Self::Author, Self::Date];

    /// The stable name, as in the session file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Interest => "interest",
            Self::Title => "title",
            Self::Author => "author",
            Self::Date => "date",
        }
    }

    /// Finds an order by its stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.name() == name)
    }

    /// The label on screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Source => lang.pick("source order", "按源顺序"),
            Self::Interest => lang.pick("by interest", "兴趣序"),
            Self::Title => lang.pick("by title", "按题名"),
            Self::Author => lang.pick("by author", "按作者"),
            Self::Date => lang.pick("newest first", "按日期"),
        }
    }
}

impl Papers {
    /// Puts rows, by index, in the order of the list; equal ones stay as the source has them. O(n log n).
    pub(super) fn in_order(&self, library: &Library, rows: Vec<usize>) -> Vec<usize> {
        let mut rows = rows;
        let group = |i: &usize| (self.rows.get(*i).map_or(0, |r| r.group), *i);
        let paper = |i: &usize| self.rows.get(*i).and_then(|r| paper_of(library, r));
        match self.order {
            Order::Source => rows.sort_by_key(group),
            Order::Interest => {
                let score = |i: &usize| self.rows.get(*i).map_or(0, |r| r.rating.score);
                rows.sort_by_key(|i| (Reverse(score(i)), group(i)));
            }
            Order::Title => rows.sort_by_cached_key(|i| {
                let title = fold_text(paper(i).map_or("", |p| &p.title));
                (title.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned(), group(i))
            }),
            Order::Author => rows.sort_by_cached_key(|i| {
                let name = fold_text(paper(i).and_then(|p| p.authors.first()).map_or("", |a| a));
                let family = name.split_whitespace().last().unwrap_or_default().to_owned();
                (family.is_empty(), family, name, group(i))
            }),
            Order::Date => rows.sort_by_cached_key(|i| (Reverse(paper(i).and_then(dated)), group(i))),
        }
        rows
    }

    /// Lists these rows in groups by category, those that are not here yet or have no paper among them.
    pub(super) fn build_groups(
        &mut self,
        library: &Library,
        shown: &[usize],
        (filtered, narrowed): (bool, bool),
    ) {
        for (at, group) in self.groups.iter().enumerate() {
            let is_of_it = |i: &usize| self.rows.get(*i).is_some_and(|r| r.group == at);
            let papers: Vec<usize> = shown.iter().copied().filter(is_of_it).collect();
            let is_here = matches!(library.slot(group.slot), Some(Slot::Loaded(_)));
            let is_missing = !is_here && !filtered;
            let is_empty = || !narrowed && self.rows.iter().all(|r| r.group != at);
            if self.groups.len() > 1 && (!papers.is_empty() || is_missing || is_empty()) {
                self.entries.push(Entry::Group(at));
            }
            if is_missing {
                self.entries.push(Entry::Missing(group.slot));
            }
            self.entries.extend(papers.into_iter().map(Entry::Paper));
        }
    }

    /// Shows the papers in another order. The cursor stays on its paper.
    pub(in crate::state) fn choose_order(&mut self, order: Order, library: &Library, rows: u16) {
        let was = self.selected_place();
        self.order = order;
        self.arrange(library, false, rows);
        if let Some(place) = was {
            self.select_place(place, rows);
        }
    }

    /// True where papers of several categories stand in one run, without headings.
    #[must_use]
    pub fn is_one_run(&self) -> bool {
        self.order != Order::Source && self.groups.len() > 1
    }
}

fn paper_of<'l>(library: &'l Library, row: &Row) -> Option<&'l Paper> {
    library.digest(row.slot)?.papers.get(row.index)
}

/// When a paper was updated, or else published; of one that does not say, the month in its arXiv id. Then the id, which
/// grows with time.
fn dated(paper: &Paper) -> Option<(String, String)> {
    let id = paper.arxiv.as_ref().map(|a| a.id.clone()).unwrap_or_default();
    let said = paper.updated.as_ref().max(paper.published.as_ref()).cloned();
    let month = || {
        let (year, month) = (id.get(..2)?, id.get(2..4)?);
        id.bytes().take(4).all(|b| b.is_ascii_digit()).then(|| format!("20{year}-{month}"))
    };
    Some((said.or_else(month)?, id))
}
