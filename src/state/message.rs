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

impl State {
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
