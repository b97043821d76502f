use std::borrow::Cow;
use std::io::{self, BufWriter, StdoutLock, Write as _};

use super::colour::Ink;
use crate::catalogue::Lang;
use crate::model::{Problem, Severity};
use crate::text;

/// Standard output and the problems met while filling it.
pub(super) struct Output {
    out: BufWriter<StdoutLock<'static>>,
    has_problems: bool,
    is_coloured: bool,
    /// The language of what is said.
    pub(super) lang: Lang,
}

/// Why a subcommand stopped.
pub(super) enum Failure {
    /// Standard output could not be written.
    Output(io::Error),
    /// Something is wrong with a file.
    Problem(Box<Problem>),
    /// Anything else, in one line.
    Other(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl Output {
    /// Takes standard output.
    pub(super) fn new(is_coloured: bool, lang: Lang) -> Self {
        Self { out: BufWriter::new(io::stdout().lock()), has_problems: false, is_coloured, lang }
    }

    /// Writes a line of parts, those with an ink in colour where there are colours.
    pub(super) fn line(&mut self, parts: &[(Option<Ink>, &str)]) -> io::Result<()> {
        for (ink, text) in parts {
            let text = printable(text);
            match ink.filter(|_| self.is_coloured && !text.is_empty()) {
                Some(ink) => self.out.write_all(ink.paint(&text).as_bytes())?,
                None => self.out.write_all(text.as_bytes())?,
            }
        }
        self.out.write_all(b"\n")
    }

    /// Writes `text` and a line end, unless it ends in one.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(printable(text).as_bytes())?;
        if text.ends_with('\n') { Ok(()) } else { self.out.write_all(b"\n") }
    }

    /// Writes `text` as it is, without a line end.
    pub(super) fn part(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(printable(text).as_bytes())
    }

    /// Shows what was written so far: the next line may take minutes.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes a value as one line of JSON.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value).map_err(|e| Failure::Other(e.to_string()))?;
        Ok(self.text(&text)?)
    }

    /// Names problems on standard error; of one that is more than a note the exit status will be 1.
    pub(super) fn problems<'a>(&mut self, problems: impl IntoIterator<Item = &'a Problem>) {
        for problem in problems {
            self.rate(problem);
            complain(&problem.in_words(|what| self.lang.reason(what)));
        }
    }

    /// Says on standard error why a part could not be done; the exit status will be 1.
    pub(super) fn failed(&mut self, why: &str) {
        self.has_problems = true;
        complain(why);
    }

    /// Lets a problem that was printed elsewhere count for the exit status.
    pub(super) fn rate(&mut self, problem: &Problem) {
        self.has_problems |= problem.severity > Severity::Info;
    }

    /// The same for what ends with 1 when it found nothing, whatever was wrong on the way.
    pub(super) fn finish_as_grep(mut self, done: Result<(), Failure>, has_found: bool) -> u8 {
        self.has_problems = !has_found;
        self.finish(done)
    }

    /// Flushes, says what went wrong, and returns the exit status. A reader that went away (`| head`) is
    /// a success.
    pub(super) fn finish(mut self, done: Result<(), Failure>) -> u8 {
        match done.and_then(|()| self.out.flush().map_err(Failure::from)) {
            Ok(()) => u8::from(self.has_problems),
            Err(Failure::Output(e)) if e.kind() == io::ErrorKind::BrokenPipe => {
                // What is still buffered has no reader either.
                let _ = self.out.into_parts();
                0
            }
            Err(Failure::Output(e)) => {
                let _ = self.out.into_parts();
                complain(&self.lang.standard_output(&e.to_string()));
                1
            }
            Err(Failure::Problem(problem)) => {
                complain(&problem.in_words(|what| self.lang.reason(what)));
                1
            }
            Err(Failure::Other(what)) => {
                complain(&self.lang.reason(&what));
                1
            }
        }
    }
}

/// Writes one line to standard error: `wenzhai: what`. Nobody is left to tell when that fails.
pub fn complain(what: &str) {
    let line: Vec<_> = what.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let _ = writeln!(io::stderr(), "wenzhai: {}", printable(&line.join(" ")));
}

/// Prints what clap has to say: help on standard output, an error as one line on standard error.
/// Returns the exit status.
pub(super) fn usage(said: &clap::Error, lang: Lang) -> u8 {
    let text = said.render().to_string();
    if !said.use_stderr() {
        let mut out = Output::new(false, lang);
        let done = out.text(&text).map_err(Failure::from);
        return out.finish(done);
    }
    let what = text.split("\n\nUsage:").next().unwrap_or(&text);
    let what = what.split("\n\nFor more information").next().unwrap_or(what);
    complain(&format!("{}; see wenzhai --help", what.trim_start_matches("error: ").trim_end()));
    2
}

/// Cells of a line of help: the terminal's, 100 at most, as clap has it.
pub(super) fn columns() -> usize {
    const LONGEST: usize = 100;
    let terminal = rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
    terminal.filter(|columns| *columns > 0).map_or(LONGEST, |columns| columns.min(LONGEST))
}

/// Fills a text up to so many cells with blanks behind it.
pub(super) fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(text::width(text))))
}

/// Fills a text up to so many cells with blanks before it.
pub(super) fn right(text: &str, cells: usize) -> String {
    format!("{}{text}", " ".repeat(cells.saturating_sub(text::width(text))))
}

/// Replaces what could steer a terminal: control characters other than line ends and tabs, and the
/// bidirectional controls (UAX #9, 2.1-2.4). File names and arguments come here as they are.
fn printable(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(steers) { text.replace(steers, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_gets_out() {
        let cases = [
            ("plain 摘要\n\ttext", "plain 摘要\n\ttext"),
            ("\u{1b}[2J", "\u{fffd}[2J"),
            ("a\u{9b}31mb\u{7}\u{7f}\r", "a\u{fffd}31mb\u{fffd}\u{fffd}\u{fffd}"),
            ("\u{202e}abc\u{2069}", "\u{fffd}abc\u{fffd}"),
        ];
        for (text, want) in cases {
            assert_eq!(printable(text), want);
        }
    }
}
