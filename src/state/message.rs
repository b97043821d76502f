use super::State;
use crate::model::Problem;
use crate::text;

/// One line for the user, shown until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Shown text.
    pub text: String,
    /// True for losses and errors.
    pub is_error: bool,
    /// An address in the text, or in the window above it, that the terminal can make a hyperlink of.
    pub link: Option<String>,
}

/// Rows that a message takes at most.
const ROWS: usize = 3;

impl State {
    /// The rows of the message: one where it fits, else as many as it takes, which lie over the rows above the last.
    #[must_use]
    pub fn message_rows(&self) -> Vec<&str> {
        let Some(message) = self.message.as_ref().filter(|_| self.prompt.is_none()) else {
            return Vec::new();
        };
        let (text, most) = (message.text.as_str(), ROWS.min(usize::from(self.size.rows / 2)));
        let mut rows = text::wrap(text, usize::from(self.size.cols.saturating_sub(2)).max(2));
        if let Some(last) = rows.get(most.saturating_sub(1)).filter(|_| rows.len() > most).map(|r| r.start) {
            rows.truncate(most);
            if let Some(row) = rows.last_mut() {
                *row = last..text.len();
            }
        }
        rows.into_iter().filter_map(|row| text.get(row)).map(str::trim_end).collect()
    }

    /// Says something in the last line.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.message =
            Some(Message { text: text::show(&text::clean_line(text.into())), is_error: false, link: None });
    }

    /// Says that something is lost or wrong.
    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.say(text);
        if let Some(message) = &mut self.message {
            message.is_error = true;
        }
    }

    /// Keeps a problem for the log, once.
    pub(super) fn note(&mut self, problem: Problem) {
        if !self.log.contains(&problem) {
            self.log.push(problem);
        }
    }
}
