//! See the table in the crate documentation.
