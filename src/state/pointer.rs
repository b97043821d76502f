use ratatui::layout::Position;

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// The left button went down.
    Press,
    /// It moved with the button down.
    Drag,
    /// The button came up.
    Release,
    /// The wheel turned away from the user.
    WheelUp,
    /// The wheel turned towards the user.
    WheelDown,
}

/// Something the mouse did, and where: column and row, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub what: Gesture,
    /// Where.
    pub at: Position,
}

/// What the mouse is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointer {
    /// The rule that moves with it, the first or the second.
    pub dragged: Option<usize>,
    /// The press that opened something last, and when, in milliseconds: the second press of a double click is nothing
    /// new.
    pub opened: Option<(Position, i64)>,
}
