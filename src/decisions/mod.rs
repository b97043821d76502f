//! What the user decided: journal lines in, verdicts out, with undo and redo.
//!
//! Owns the journal's line format and the laws of merging. Hands lines to `journal`, which puts them on
//! disk. Never reads a file or a clock.

mod line;

pub use line::{Cell, Field, FieldValue, Line, LineBody};
