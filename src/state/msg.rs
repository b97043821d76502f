use super::Mouse;
use crate::action::Action;
use crate::effect::Report;
use crate::keymap::Key;
use crate::model::Date;
use crate::state::Settings;

/// The size of the terminal in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub cols: u16,
    /// Rows.
    pub rows: u16,
}

/// What the world looks like at the moment of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since 1970 by the wall clock.
    pub wall_ms: i64,
}

impl Now {
    /// The date by universal time; the reader knows no time zone.
    #[must_use]
    pub fn today(self) -> Date {
        let then = jiff::Timestamp::from_millisecond(self.wall_ms).unwrap_or_default();
        then.to_zoned(jiff::tz::TimeZone::UTC).date()
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Keys that were waiting together, in order.
    Keys(Vec<Key>),
    /// A verb, without a key.
    Act(Action),
    /// Something the mouse did.
    Mouse(Mouse),
    /// Pasted text.
    Paste(String),
    /// The terminal has this size now.
    Resize(Size),
    /// The program was continued after a suspension.
    Resumed,
    /// What came of an effect.
    Report(Report),
    /// The user's settings were changed.
    Settings(Box<Settings>),
    /// The state as it is was painted.
    Painted,
}
