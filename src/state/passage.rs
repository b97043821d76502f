//! Texts as they were set, with the way from a character to its row: what find looks at.

use std::ops::Range;

use super::styled::{Role, StyledLine};

/// The rows of a tab, and the texts they were made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SetText {
    /// Ready to be painted.
    pub(super) lines: Vec<StyledLine>,
    /// In the order of reading.
    pub(super) passages: Vec<Passage>,
}

/// A stretch of text: a paragraph, an item of a list, a label, one side of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// The shown text, not wrapped.
    pub(super) text: String,
    /// Its rows from top to bottom.
    pub(super) pieces: Vec<Piece>,
}

/// Where a row of a passage stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index of the line.
    pub(super) line: usize,
    /// Index of the span in the line.
    pub(super) span: usize,
    /// The bytes of the passage that the span shows.
    pub(super) bytes: Range<usize>,
}

impl SetText {
    /// Appends rows with their passages.
    pub(super) fn append(&mut self, mut more: Self) {
        let before = self.lines.len();
        for piece in more.passages.iter_mut().flat_map(|p| &mut p.pieces) {
            piece.line += before;
        }
        self.lines.append(&mut more.lines);
        self.passages.append(&mut more.passages);
    }

    /// Gives some of the rows with stretches of the passages in another look: those that `marks` names for some bytes
    /// of a passage, in order and apart. O(passages + rows).
    pub(super) fn marked(
        &self,
        rows: Range<usize>,
        marks: impl Fn(usize, &Range<usize>) -> Vec<(Range<usize>, Role)>,
    ) -> Vec<StyledLine> {
        let rows = rows.start.min(self.lines.len())..rows.end.min(self.lines.len());
        let mut lines = self.lines.get(rows.clone()).unwrap_or_default().to_vec();
        // From the last to the first, so that spans made new leave the places of earlier ones as they are.
        for (at, passage) in self.passages.iter().enumerate().rev() {
            let first = passage.pieces.partition_point(|p| p.line < rows.start);
            let pieces = passage.pieces.iter().skip(first).take_while(|p| p.line < rows.end);
            for piece in pieces.collect::<Vec<_>>().into_iter().rev() {
                if let Some(line) = lines.get_mut(piece.line - rows.start) {
                    split_span(line, piece, &marks(at, &piece.bytes));
                }
            }
        }
        lines
    }
}

impl Passage {
    /// Makes the passage of a text that is the first span of row `line`.
    pub(super) fn of(text: String, line: usize) -> Self {
        let bytes = 0..text.len();
        Self { text, pieces: vec![Piece { line, span: 0, bytes }] }
    }

    /// The line that shows the byte `at`. O(log rows).
    pub(super) fn line_of(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|p| p.bytes.end <= at);
        self.pieces.get(piece).or(self.pieces.last()).map_or(0, |p| p.line)
    }
}

/// Replaces the span of `piece` by its parts inside and outside of `marks`.
fn split_span(line: &mut StyledLine, piece: &Piece, marks: &[(Range<usize>, Role)]) {
    let Some(span) = line.spans.get(piece.span).filter(|_| !marks.is_empty()).cloned() else { return };
    let Range { start, end } = piece.bytes;
    let text = |from: usize, to: usize| span.text.get(from - start..to - start).unwrap_or_default();
    let mut parts = StyledLine::new();
    let mut at = start;
    for (mark, role) in marks {
        let (from, to) = (mark.start.max(at), mark.end.min(end));
        parts.push(text(at, from), span.role);
        parts.push(text(from, to), *role);
        at = to;
    }
    parts.push(text(at, end), span.role);
    line.spans.splice(piece.span..=piece.span, parts.spans);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_cross_rows_and_leave_their_neighbours() {
        let text = "one two three".to_owned();
        let piece = |line, span, bytes: Range<usize>| Piece { line, span, bytes };
        let lines = vec![
            StyledLine::of("  ", Role::Plain).with("one two", Role::Plain).with("|x", Role::Dim),
            StyledLine::of("three", Role::Plain),
        ];
        let pieces = vec![piece(0, 1, 0..7), piece(1, 0, 8..13)];
        let other = Passage { text: "x".to_owned(), pieces: vec![piece(0, 2, 0..1)] };
        let mut set = SetText::default();
        set.append(SetText { lines, passages: vec![Passage { text, pieces }] });
        let hits = |passage: usize, bytes: &Range<usize>| {
            let hits = [(0..3, Role::Hit), (4..10, Role::CurrentHit)].into_iter().filter(|_| passage == 0);
            hits.filter(|(hit, _)| hit.start < bytes.end && bytes.start < hit.end).collect::<Vec<_>>()
        };
        let marked = set.marked(0..9, hits);
        let show = |line: &StyledLine| {
            let span = |s: &super::super::styled::Span| format!("{}:{:?}", s.text, s.role);
            line.spans.iter().map(span).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(show(&marked[0]), "  :Plain one:Hit  :Plain two:CurrentHit |x:Dim");
        assert_eq!(show(&marked[1]), "th:CurrentHit ree:Plain");
        assert_eq!(set.marked(1..2, hits), [marked[1].clone()]);
        assert_eq!(set.passages[0].line_of(7), 1);
        assert_eq!(other.line_of(99), 0);
    }
}
