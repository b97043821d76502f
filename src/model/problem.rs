use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost; worth knowing.
    Info,
    /// Something is lost, missing or doubtful.
    #[default]
    Warning,
    /// A whole file or digest could not be read or written.
    Error,
}

impl Severity {
    /// The stable name, as in `check`'s lines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What sort of problem it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The file is no digest, or could not be read or written.
    Unreadable,
    /// Something of the source was not taken over.
    #[default]
    Loss,
    /// The text is in another encoding than UTF-8, or damaged.
    Encoding,
    /// The date is guessed, or two dates disagree.
    Date,
    /// A paper lacks what every paper has.
    Missing,
    /// A text that no person wrote so.
    Garbled,
    /// The source's own generator failed.
    Failed,
    /// The same paper twice in one source.
    Duplicate,
    /// A key that is not known; its value is kept.
    UnknownKey,
    /// A record that may be either of two papers.
    Ambiguous,
}

impl Kind {
    /// The stable name, as in `check`'s summary.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Loss => "loss",
            Self::Encoding => "encoding",
            Self::Date => "date",
            Self::Missing => "missing",
            Self::Garbled => "garbled",
            Self::Failed => "failed",
            Self::Duplicate => "duplicate",
            Self::UnknownKey => "unknown-key",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// A loss or an oddity met while reading, with the place it was met at.
///
/// Prints as `file:line: what`, or `file: what` where there is no line. Sorts by place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Problem {
    /// The file as the user would name it.
    pub file: String,
    /// The line, counted from 1; absent when the whole file is meant.
    pub line: Option<u32>,
    /// One clause in English, without the place. Who shows it says it in the language of the interface.
    pub what: String,
    /// How much it matters.
    pub severity: Severity,
    /// What sort it is.
    pub kind: Kind,
}

impl Problem {
    /// Names a problem of a whole file: a warning of a loss.
    pub fn of_file(file: impl Into<String>, what: impl Into<String>) -> Self {
        let (severity, kind) = (Severity::default(), Kind::default());
        Self { file: file.into(), line: None, what: what.into(), severity, kind }
    }

    /// Names what an operation on a file failed for, without the system's number for it and what stands behind.
    #[must_use]
    pub fn of_io(file: impl Into<String>, error: &std::io::Error) -> Self {
        let what = error.to_string();
        Self::of_file(file, what.split(" (os error").next().unwrap_or(&what))
    }

    /// Names a problem at one line, counted from 1: a warning of a loss.
    pub fn at(file: impl Into<String>, line: u32, what: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::of_file(file, what) }
    }

    /// Writes it as [`fmt::Display`] does, with `say` for the words: those of another language.
    pub fn in_words(&self, say: impl FnOnce(&str) -> String) -> String {
        let Self { file, what, .. } = self;
        match self.line {
            Some(line) => format!("{file}:{line}: {}", say(what)),
            None => format!("{file}: {}", say(what)),
        }
    }

    /// Makes it one of this severity and kind.
    #[must_use]
    pub fn rated(self, severity: Severity, kind: Kind) -> Self {
        Self { severity, kind, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(str::to_owned))
    }
}

impl std::error::Error for Problem {}
