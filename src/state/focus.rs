/// The pane that has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The date list.
    Dates,
    /// The paper list.
    #[default]
    Papers,
    /// The detail pane.
    Detail,
}

impl Focus {
    /// The stable name, as in the session file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dates => "dates",
            Self::Papers => "papers",
            Self::Detail => "detail",
        }
    }

    /// Finds a pane by its stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Dates, Self::Papers, Self::Detail].into_iter().find(|f| f.name() == name)
    }
}
