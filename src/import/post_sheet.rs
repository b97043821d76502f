//! A post as lines, whichever of its two forms it came in.
//!
//! Owns the lines of a Markdown post or of its published page, written alike in Markdown's marks, with the bytes each
//! one stood in. Finds the papers among them. Hands both to `post_paper` and `post`; reads no part of a paper itself.

use std::ops::Range;

use super::line::{Line, is_blank};
use super::marks;
use crate::model::Date;

/// Lines between a paper's heading and its names, that line included: a long title may be broken.
const TITLE_LINES: usize = 4;

/// The lines of a post that are not blank.
#[derive(Debug, Default)]
pub(super) struct Sheet<'a> {
    /// What the lines were taken from.
    pub(super) text: &'a str,
    /// The lines, written as Markdown.
    pub(super) lines: Vec<Line<'a>>,
    /// Where each line stood in `text`, in bytes, with its line end or closing tag.
    pub(super) spans: Vec<Range<usize>>,
    /// Whether the text is HTML.
    pub(super) is_html: bool,
}

/// Where a paper starts, as indices into the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// The heading that is its title.
    pub(super) title: usize,
    /// The line `**Authors:…**`.
    pub(super) authors: Option<usize>,
}

impl<'a> Sheet<'a> {
    /// Splits Markdown at LF, CR LF or CR. O(bytes).
    pub(super) fn of_markdown(text: &'a str) -> Self {
        let mut sheet = Self { text, ..Self::default() };
        let (mut at, mut gap) = (0, true);
        for number in 1.. {
            let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else { break };
            let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let (raw, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let next = at + end + if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
            let line = raw.trim_start_matches(is_blank);
            let indent = raw.chars().count() - line.chars().count();
            let line = line.trim_end_matches(is_blank);
            if !line.is_empty() {
                sheet.lines.push(Line { text: line.into(), number, gap, indent });
                sheet.spans.push(at..next);
            }
            gap = line.is_empty();
            at = next;
        }
        sheet
    }

    /// Leaves the first `count` lines out.
    pub(super) fn skip(&mut self, count: usize) {
        self.lines.drain(..count.min(self.lines.len()));
        self.spans.drain(..count.min(self.spans.len()));
    }

    /// Finds the papers: a heading of the second level with the line of the authors below it, or at least with the
    /// link to the paper. In a long section, which may hold headings of its own, only the template's line of
    /// authors counts.
    pub(super) fn starts(&self) -> Vec<Start> {
        let mut starts: Vec<Start> = Vec::new();
        let mut is_long = false;
        for (at, line) in self.lines.iter().enumerate() {
            if screenshots(&line.text) {
                is_long = false;
            } else if marks::long_label(&line.text) && !starts.is_empty() {
                is_long = true;
            } else if is_title(&line.text) {
                let authors = self.authors(at);
                let is_paper = match authors.and_then(|i| self.lines.get(i)) {
                    Some(names) => !is_long || names.text.starts_with("**Authors:"),
                    None => !is_long && self.has_link(at),
                };
                if is_paper {
                    starts.push(Start { title: at, authors });
                    is_long = false;
                }
            }
        }
        starts
    }

    fn authors(&self, title: usize) -> Option<usize> {
        let below = self.lines.iter().enumerate().skip(title + 1).take(TITLE_LINES);
        let mut below = below.take_while(|(_, l)| !l.text.starts_with(['#', '>']));
        below.find(|(_, l)| marks::authors(&l.text).is_some()).map(|(at, _)| at)
    }

    fn has_link(&self, title: usize) -> bool {
        let mut below = self.lines.iter().skip(title + 1).take_while(|l| !is_title(&l.text));
        below.any(|l| matches!(marks::pdf(&l.text), Some((Some(_), _))))
    }

    /// The dates of the headings `# DATE 更新`, each with its line.
    pub(super) fn dates(&self) -> impl Iterator<Item = (Date, u32)> {
        let headings = self.lines.iter().filter(|l| l.text.starts_with('#'));
        headings.filter_map(|l| Some((marks::date_heading(&l.text)?, l.number)))
    }

    /// Says whether there is a digest in it: a date heading or a paper.
    pub(super) fn is_digest(&self) -> bool {
        self.dates().next().is_some() || !self.starts().is_empty()
    }

    /// What stood between two lines, without the blank lines around it.
    pub(super) fn between(&self, first: usize, last: usize) -> Option<&'a str> {
        let from = self.spans.get(first)?.end;
        let to = self.spans.get(last).map_or(self.text.len(), |span| span.start);
        Some(self.text.get(from..to)?.trim_matches(is_blank)).filter(|text| !text.is_empty())
    }
}

/// Says whether this is a heading of the second level.
pub(super) fn is_title(line: &str) -> bool {
    line.strip_prefix("##").is_some_and(|rest| !rest.starts_with('#'))
}

/// Says whether this line opens the screenshots, the last part of a paper.
pub(super) fn screenshots(line: &str) -> bool {
    marks::screenshots(line) || (line.starts_with('<') && line.contains("点此查看论文截图"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_start_at_their_titles() {
        let authors = "**Authors:A B**";
        for (text, expected) in [
            (format!("## T\n{authors}"), vec![(0, Some(1))]),
            (format!("# 2031-02-03 更新\n## T of\n\nmany words\n\n{authors}\n### x"), vec![(1, Some(3))]),
            ("## T\n[PDF](http://arxiv.org/abs/3102.00001v1)".to_owned(), vec![(0, None)]),
            (format!("## No paper\ntext\n## T\n{authors}"), vec![(2, Some(3))]),
            (format!("## T\n{authors}\n**[ChatPaperFree](x)**\n## Long\nAuthors: C\n"), vec![(0, Some(1))]),
            (
                format!("## T\n{authors}\n**[ChatPaperFree](x)**\n1. a\n## U\n{authors}\n"),
                vec![(0, Some(1)), (4, Some(5))],
            ),
            (format!("### T\n{authors}"), vec![]),
        ] {
            let starts = Sheet::of_markdown(&text).starts();
            let got: Vec<_> = starts.iter().map(|s| (s.title, s.authors)).collect();
            assert_eq!(got, expected, "{text}");
        }
    }

    #[test]
    fn what_stands_between_two_lines_is_verbatim() {
        let sheet = Sheet::of_markdown("a\r\n\r\n  <b>\r c  \n\n\u{200b}\nd");
        assert_eq!(sheet.lines.iter().map(|l| l.number).collect::<Vec<_>>(), [1, 3, 4, 7]);
        assert_eq!(sheet.between(0, 3), Some("<b>\r c"));
        assert_eq!(sheet.between(2, 9), Some("d"));
        assert_eq!(sheet.between(3, 4), None);
    }
}
