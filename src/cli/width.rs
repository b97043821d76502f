use clap::ValueEnum;

use crate::config::AmbiguousWidth;

/// How many cells the terminal is taken to give to characters of ambiguous width (UAX #11 class A).
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Width {
    /// As many as the terminal says; one if it does not answer.
    Auto,
    /// One.
    Narrow,
    /// Two, with ASCII marks and rules.
    Wide,
}

impl From<Width> for AmbiguousWidth {
    fn from(width: Width) -> Self {
        match width {
            Width::Auto => Self::Auto,
            Width::Narrow => Self::Narrow,
            Width::Wide => Self::Wide,
        }
    }
}
