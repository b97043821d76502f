/// A command that the user typed, and what it is given of the papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errand {
    /// What the shell runs: nothing but what the user typed. Empty: the user's own shell.
    pub command: String,
    /// What goes to its standard input; without it, that is the terminal.
    pub input: Option<String>,
    /// What goes to its environment: names, and clean values of bounded length.
    pub variables: Vec<(&'static str, String)>,
}

/// What came of a command that had the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ran {
    /// It ended with this status; 128 and the number for a signal.
    Ended {
        /// The command; empty for the user's shell.
        command: String,
        /// The status.
        status: i32,
    },
    /// It could not be started, for this reason.
    Failed(String),
}
