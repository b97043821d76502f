use std::ops::Range;

use super::language::Field;
use super::matcher::{mark_bytes, mark_whole};
use super::query::{Needle, Query, Term};
use crate::model::Paper;
use crate::table::close_up;
use crate::text::{Folded, fold, grapheme_width, graphemes, has_han, is_han, typeset};

/// Of this many cells a part stands before what was found.
const BEFORE: usize = 3;

/// Bytes of a text in which regular expressions are marked.
const MARKED: usize = 64 << 10;

impl Query {
    /// Cuts a line of about `cells` cells out of the text of a paper that holds most of what is looked for: abstracts,
    /// summary, takeaways, sections. Also returns the bytes of the line that were found; nothing where no text holds
    /// anything. O(length of the texts).
    #[must_use]
    pub fn snippet(&self, paper: &Paper, cells: usize) -> Option<(String, Vec<Range<usize>>)> {
        let wanted = self.wanted_of_texts();
        let typeset_ones = || texts_of(paper).filter(|t| t.contains(['$', '\\', '^', '_'])).map(typeset);
        let best = best(&wanted, &mut texts_of(paper).map(str::to_owned));
        let (text, hits) = best.or_else(|| self::best(&wanted, &mut typeset_ones()))?;
        Some(cut(&text, &hits, cells))
    }

    /// The same out of one text.
    #[must_use]
    pub fn snippet_of(&self, text: String, cells: usize) -> Option<(String, Vec<Range<usize>>)> {
        let (text, hits) = best(&self.wanted_of_texts(), &mut std::iter::once(text))?;
        Some(cut(&text, &hits, cells))
    }

    fn wanted_of_texts(&self) -> Vec<&Term> {
        self.wanted().into_iter().filter(|t| t.field.is_none_or(Field::is_of_texts)).collect()
    }
}

/// The first of the texts with most of the terms, and where they are.
fn best(wanted: &[&Term], texts: &mut dyn Iterator<Item = String>) -> Option<(String, Vec<Range<usize>>)> {
    let mut best: Option<(usize, String, Vec<Range<usize>>)> = None;
    for text in texts {
        let (terms, hits) = find(wanted, &text);
        if terms > best.as_ref().map_or(0, |(most, ..)| *most) {
            best = Some((terms, text, hits));
        }
    }
    best.map(|(_, text, hits)| (text, hits))
}

impl Field {
    fn is_of_texts(self) -> bool {
        matches!(self, Self::Text | Self::Zh | Self::En)
    }
}

fn texts_of(paper: &Paper) -> impl Iterator<Item = &str> {
    let first = [&paper.abstract_en, &paper.abstract_zh, &paper.summary];
    let last = [&paper.takeaways_note, &paper.long];
    let first = first.into_iter().flatten().map(String::as_str);
    let middle = paper.takeaways.iter().map(String::as_str);
    first
        .chain(middle)
        .chain(paper.sections.iter().map(|s| s.text.as_str()))
        .chain(last.into_iter().flatten().map(String::as_str))
}

/// How many of the terms a text holds, and where: bytes of whole graphemes, in order.
fn find(wanted: &[&Term], text: &str) -> (usize, Vec<Range<usize>>) {
    let folded: Folded = fold(text);
    let (closed, places) = close_up(&folded.text);
    let is_zh = has_han(&closed);
    let (mut terms, mut marked) = (0, Vec::new());
    for term in wanted {
        let is_place = match term.field {
            Some(Field::Zh) => is_zh,
            Some(Field::En) => !is_zh,
            _ => true,
        };
        let before = marked.len();
        match &term.needle {
            _ if !is_place => {}
            Needle::Word(word) | Needle::Phrase(word) => mark_whole(word, &closed, &mut marked),
            Needle::Regex(pattern) if closed.len() <= MARKED => {
                mark_bytes(pattern.find_iter(&closed), &closed, &mut marked);
            }
            _ => {}
        }
        terms += usize::from(marked.len() > before);
    }
    marked.sort_unstable();
    marked.dedup();
    let marked: Vec<usize> = marked.into_iter().filter_map(|i| places.get(i).copied()).collect();
    (terms, folded.original_ranges(&marked))
}

/// Cuts a line around the first hit, with `…` where more of the text stands.
fn cut(text: &str, hits: &[Range<usize>], cells: usize) -> (String, Vec<Range<usize>>) {
    let first = densest(hits, cells);
    // As many bytes as the cells can take, and a few more.
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let room = cells / BEFORE;
    let (mut start, mut used) = (first, 0);
    let head = text.get(floor(first.saturating_sub(8 * room))..first).unwrap_or_default();
    let before: Vec<(usize, &str)> = graphemes(head).collect();
    for (_, g) in before.iter().rev() {
        used += grapheme_width(g).max(1);
        if used > room {
            break;
        }
        start -= g.len();
    }
    start = whole_word(text, start, first);
    let rest = text.get(start..floor(text.len().min(start + 8 * cells))).unwrap_or_default();
    let (mut end, mut used) = (start, 0);
    for (_, g) in graphemes(rest) {
        used += grapheme_width(g).max(1);
        if used > cells {
            break;
        }
        end += g.len();
    }
    let mut line = String::with_capacity(end - start + 2 * '…'.len_utf8());
    if start > 0 {
        line.push('…');
    }
    let shift = line.len();
    line.extend(text.get(start..end).unwrap_or_default().chars().map(|c| if c == '\n' { ' ' } else { c }));
    if end < text.len() {
        line.push('…');
    }
    let inside = |h: &Range<usize>| h.start.max(start)..h.end.min(end);
    let hits = hits.iter().map(inside).filter(|h| h.start < h.end);
    (line, hits.map(|h| h.start - start + shift..h.end - start + shift).collect())
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Where the hit begins that has most of the others close behind it.
fn densest(hits: &[Range<usize>], cells: usize) -> usize {
    let near = |from: usize| {
        hits.iter().filter(|h| (from..from + cells).contains(&h.start)).map(Range::len).sum::<usize>()
    };
    // Of a text full of hits the first ones will do.
    let best = hits.iter().take(64).rev().max_by_key(|h| near(h.start));
    best.map_or(0, |h| h.start)
}

/// Moves the beginning of a line to that of the next word, where one begins before `first`.
fn whole_word(text: &str, start: usize, first: usize) -> usize {
    let is_amid = |at: usize| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        before.is_some_and(is_of_word)
    };
    let skipped = text.get(start..first).unwrap_or_default();
    if !is_amid(start) {
        return start;
    }
    let Some(at) = skipped.find(|c| !is_of_word(c)) else { return start };
    let blanks = skipped.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    start + at + blanks
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn snippet(typed: &str, paper: &Paper) -> Option<String> {
        let query = Query::parse(typed, date(2025, 3, 3)).unwrap();
        let (mut line, hits) = query.snippet(paper, 40)?;
        for hit in hits.into_iter().rev() {
            line.insert(hit.end, ']');
            line.insert(hit.start, '[');
        }
        Some(line)
    }

    #[test]
    fn a_line_is_cut_around_what_was_found() {
        let paper = Paper {
            abstract_en: Some("Small models learn to plan.\nLate rewards make Garc\u{ed}a's models slow, and slow models wait.".into()),
            abstract_zh: Some("小模型在奖励延迟到来时如何学会规划，现有系统只把文档读一遍。".into()),
            takeaways: vec!["The ratio $\\phi_r$ stays".into()],
            ..Paper::default()
        };
        let table = [
            ("small", Some("[Small] models learn to plan. Late rewards…")),
            ("garcia models", Some("…rewards make [García]'s [models] slow, and s…")),
            ("文档", Some("…现有系统只把[文档]读一遍。")),
            ("φr", Some("The ratio [ϕᵣ] stays")),
            ("en:文档", None),
            ("-small", None),
            ("/sl\\w+/", Some("…'s models [slow], and [slow] models wait.")),
        ];
        let wrong: Vec<_> = table
            .into_iter()
            .map(|(q, want)| (q, want, snippet(q, &paper)))
            .filter(|(_, w, f)| *w != f.as_deref())
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
