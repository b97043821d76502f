//! A formula while it is written.
//!
//! Owns where blanks stand between its pieces, and when a script is possible. Hands over one line of text.
//! Never reads LaTeX: that is [`super::formula`].

use super::symbols::{Class, subscript, superscript};

/// Raises or lowers a row, as `mark` says; none where a character is missing.
pub(super) fn scripts(mark: char, plain: &str) -> Option<String> {
    let set = if mark == '^' { superscript } else { subscript };
    plain.chars().filter(|c| *c != ' ').map(set).collect()
}

/// What was written last, which says whether a blank is needed before the next piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Last {
    #[default]
    Start,
    Operand,
    /// A root, or a script without a character of its own: an operand right after it would join it.
    Loose,
    /// A group of several characters: a script would seem to belong to the last of them.
    Group,
    Operator,
    Open,
    Function,
}

/// A line under construction.
#[derive(Default)]
pub(super) struct Line {
    pub(super) out: String,
    pub(super) last: Last,
    /// True where a blank comes before the next piece.
    pub(super) is_spaced: bool,
    /// Bytes before the blank and the operator that were written last: the blank goes if nothing follows.
    operator: Option<usize>,
}

impl Line {
    pub(super) fn push(&mut self, piece: &str, last: Last) {
        let is_operand = matches!(last, Last::Operand | Last::Loose | Last::Group);
        let is_joined = is_operand && matches!(self.last, Last::Loose | Last::Function);
        if (self.is_spaced || is_joined) && !matches!(self.last, Last::Start | Last::Open) {
            self.out.push(' ');
        }
        self.out.push_str(piece);
        self.is_spaced = false;
        self.operator = None;
        self.last = last;
    }

    pub(super) fn close(&mut self, piece: &str) {
        self.is_spaced = false;
        self.trim();
        self.out.push_str(piece);
        self.last = Last::Operand;
    }

    pub(super) fn symbol(&mut self, piece: &str, class: Class) {
        match class {
            Class::Letter => self.push(piece, Last::Operand),
            Class::Open => self.push(piece, Last::Open),
            Class::Close => self.close(piece),
            Class::Function => {
                self.is_spaced |=
                    matches!(self.last, Last::Operand | Last::Loose | Last::Group | Last::Function);
                self.push(piece, Last::Function);
            }
            Class::Operator => {
                let has_left = matches!(self.last, Last::Operand | Last::Loose | Last::Group);
                let before = self.out.len();
                self.is_spaced |= has_left;
                self.push(piece, Last::Operator);
                self.is_spaced = has_left;
                self.operator = has_left.then_some(before);
            }
        }
    }

    /// Takes the blank before a last operator away.
    pub(super) fn trim(&mut self) {
        if let Some(at) =
            self.operator.take().filter(|at| self.out.get(*at..).is_some_and(|s| s.starts_with(' ')))
        {
            self.out.remove(at);
        }
    }

    pub(super) fn script(&mut self, mark: char, plain: &str) -> Option<()> {
        if matches!(self.last, Last::Loose | Last::Group) {
            return None;
        }
        self.is_spaced = false;
        if let Some(script) = scripts(mark, plain) {
            self.out.push_str(&script);
        } else {
            let mut chars = plain.chars();
            let only =
                chars.next().filter(|c| (c.is_alphanumeric() || *c == '∞') && chars.next().is_none())?;
            if !matches!(self.last, Last::Operand | Last::Function) {
                return None;
            }
            self.out.extend([mark, only]);
            self.last = Last::Loose;
        }
        if matches!(self.last, Last::Start | Last::Open | Last::Operator) {
            self.last = Last::Operand;
        }
        Some(())
    }
}
