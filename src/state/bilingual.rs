//! Sets an abstract and its translation sentence by sentence, side by side or one under the other.

use std::ops::Range;

use super::detail_text::{MEASURE, paragraphs, why_missing};
use super::passage::{Passage, Piece, SetText};
use super::styled::{Role, StyledLine};
use super::tab::Tab;
use crate::catalogue::Lang;
use crate::model::Paper;
use crate::text::{self, Form};

/// Cells of text from which the two languages stand side by side: a pane of 100 without its margin of 3.
const SIDE_BY_SIDE: usize = super::SIDE_BY_SIDE as usize - 3;
/// Cells between the two columns.
const GAP: usize = 4;
/// Cells by which the Chinese is set in under the English.
const INDENT: usize = 2;

/// The rows of the bilingual view, and which of them each pair takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bilingual {
    /// All rows.
    pub(super) set: SetText,
    /// The rows of each pair, in order.
    pub(super) pairs: Vec<Range<usize>>,
}

/// Sets both abstracts of `paper` in `width` cells. Each pair starts on one row, with a blank row between
/// pairs; a missing side is named in a row above them.
#[must_use]
pub(super) fn bilingual(paper: &Paper, lang: Lang, form: Form, width: usize) -> Bilingual {
    let (en, zh) = (whole(paper.abstract_en.as_deref(), form), whole(paper.abstract_zh.as_deref(), form));
    let mut out = Bilingual::default();
    let missing: Vec<String> = if en.is_empty() && zh.is_empty() {
        vec![lang.nothing_here()]
    } else {
        let sides = [(Tab::English, &en), (Tab::Chinese, &zh)];
        sides.iter().filter(|(_, s)| s.is_empty()).map(|(tab, _)| why_missing(*tab, paper, lang)).collect()
    };
    for note in missing {
        for row in text::wrap(&note, width.min(MEASURE)) {
            out.set.lines.push(StyledLine::of(note.get(row).unwrap_or_default(), Role::Dim));
        }
    }
    for pair in text::align(&en, &zh) {
        if !out.set.lines.is_empty() {
            out.set.lines.push(StyledLine::new());
        }
        let start = out.set.lines.len();
        let side = |whole: &str, part: Range<usize>| {
            let lines = whole.get(part).unwrap_or_default().split('\n').map(str::trim);
            lines.filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
        };
        let (en, zh) = (side(&en, pair.en), side(&zh, pair.zh));
        if width >= SIDE_BY_SIDE {
            out.beside(en, zh, width);
        } else {
            out.under(en, zh, width);
        }
        out.pairs.push(start..out.set.lines.len());
    }
    out
}

impl Bilingual {
    fn beside(&mut self, en: String, zh: String, width: usize) {
        let column = ((width - GAP) / 2).min(MEASURE);
        let base = self.set.lines.len();
        let (left, right) = (text::wrap_text(&en, column), text::wrap_text(&zh, column));
        let has = |s: &str| usize::from(!s.is_empty());
        let rows = (left.len() * has(&en)).max(right.len() * has(&zh));
        let (mut of_en, mut of_zh) = (Vec::new(), Vec::new());
        for row in 0..rows {
            let mut line = StyledLine::new();
            if let Some(bytes) = left.get(row).filter(|_| !en.is_empty()) {
                of_en.push(Piece { line: base + row, span: 0, bytes: bytes.clone() });
                line.push(en.get(bytes.clone()).unwrap_or_default(), Role::Plain);
            }
            if let Some(bytes) = right.get(row).filter(|_| !zh.is_empty()) {
                line.push(" ".repeat((column + GAP).saturating_sub(line.width())), Role::Plain);
                of_zh.push(Piece { line: base + row, span: line.spans.len(), bytes: bytes.clone() });
                line.push(zh.get(bytes.clone()).unwrap_or_default(), Role::Plain);
            }
            self.set.lines.push(line);
        }
        for (text, pieces) in [(en, of_en), (zh, of_zh)] {
            self.set.passages.push(Passage { text, pieces });
        }
    }

    fn under(&mut self, en: String, zh: String, width: usize) {
        for (text, indent) in [(en, 0), (zh, INDENT)] {
            let mut pieces = Vec::new();
            let room = width.min(MEASURE).saturating_sub(indent);
            for bytes in text::wrap_text(&text, room).into_iter().filter(|_| !text.is_empty()) {
                let mut line = StyledLine::of(" ".repeat(indent), Role::Plain);
                pieces.push(Piece {
                    line: self.set.lines.len(),
                    span: line.spans.len(),
                    bytes: bytes.clone(),
                });
                line.push(text.get(bytes).unwrap_or_default(), Role::Plain);
                self.set.lines.push(line);
            }
            self.set.passages.push(Passage { text, pieces });
        }
    }
}

/// The shown text of one side, its paragraphs parted by blank lines.
fn whole(body: Option<&str>, form: Form) -> String {
    let shown = paragraphs(body.unwrap_or_default()).into_iter().map(|p| form.of(&p));
    shown.collect::<Vec<_>>().join("\n\n")
}
