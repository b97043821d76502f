use std::fmt;

/// A loss or an oddity met while reading, with the place it was met at.
///
/// Prints as `file:line: what`, or `file: what` where there is no line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The file as the user would name it.
    pub file: String,
    /// The line, counted from 1; absent when the whole file is meant.
    pub line: Option<u32>,
    /// One sentence in English, without the place.
    pub what: String,
}

impl Problem {
    /// Names a problem of a whole file.
    pub fn of_file(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, what: what.into() }
    }

    /// Names what an operation on a file failed for, without the system's number for it.
    #[must_use]
    pub fn of_io(file: impl Into<String>, error: &std::io::Error) -> Self {
        let what = error.to_string();
        Self::of_file(file, what.split(" (os error").next().unwrap_or(&what))
    }

    /// Names a problem at one line, counted from 1.
    pub fn at(file: impl Into<String>, line: u32, what: impl Into<String>) -> Self {
        Self { file: file.into(), line: Some(line), what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl std::error::Error for Problem {}
