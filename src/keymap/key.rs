use std::fmt;
use std::str::FromStr;

use super::from_input_method;
use crate::catalogue::{did_you_mean, nearest, quote};

/// A key that types no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// Tab.
    Tab,
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PgUp,
    /// Page down.
    PgDn,
    /// Home.
    Home,
    /// End.
    End,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// A function key, 1 to 12.
    F(u8),
}

/// Every key with a name of its own, but function keys.
const NAMES: [(Named, &str); 14] = [
    (Named::Tab, "Tab"),
    (Named::Enter, "Enter"),
    (Named::Esc, "Esc"),
    (Named::Up, "Up"),
    (Named::Down, "Down"),
    (Named::Left, "Left"),
    (Named::Right, "Right"),
    (Named::PgUp, "PgUp"),
    (Named::PgDn, "PgDn"),
    (Named::Home, "Home"),
    (Named::End, "End"),
    (Named::Backspace, "Backspace"),
    (Named::Delete, "Delete"),
    (Named::Insert, "Insert"),
];

/// The name of the blank, which would not be seen otherwise.
const SPACE: &str = "Space";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Code {
    Char(char),
    Named(Named),
}

/// One key press, with the modifiers a terminal reports.
///
/// Written `j` `G` `?` `C-d` `A-x` `Tab` `S-Tab` `Space` `PgDn` `F1`: Control, Alt and Shift as `C-` `A-` `S-`.
/// Shift is part of the character where there is one (`G`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

impl Key {
    /// Makes the key that types `c`, a visible character or the blank.
    #[must_use]
    pub fn char(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: false, alt: false, shift: false }
    }

    /// Makes Control with the key of `c`. Terminals do not report Shift with it, so `C-D` is `C-d`.
    #[must_use]
    pub fn ctrl(c: char) -> Self {
        Self { ctrl: true, ..Self::char(c.to_ascii_lowercase()) }
    }

    /// Makes a key that has a name.
    #[must_use]
    pub fn named(name: Named) -> Self {
        Self { code: Code::Named(name), ..Self::char(' ') }
    }

    /// Adds Control.
    #[must_use]
    pub fn with_ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }

    /// Adds Alt.
    #[must_use]
    pub fn with_alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// Adds Shift to a named key. A character holds its Shift already.
    #[must_use]
    pub fn with_shift(self) -> Self {
        Self { shift: matches!(self.code, Code::Named(_)), ..self }
    }

    /// The key without Alt, if it has Alt. A terminal sends Alt and a key as Escape and the key, which is also
    /// what fast fingers send.
    #[must_use]
    pub fn without_alt(self) -> Option<Self> {
        self.alt.then_some(Self { alt: false, ..self })
    }

    /// Gives the character it types, the blank included; `None` with Control or Alt and for named keys.
    #[must_use]
    pub fn as_char(&self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Says what is typed instead where a terminal cannot report this key (ECMA-48 C0 codes, xterm).
    fn never_arrives(self) -> Option<String> {
        let why = match self.code {
            Code::Char(c) if !self.ctrl && from_input_method(c).is_some() => {
                let ascii = from_input_method(c).map_or_else(String::new, |c| Self::char(c).to_string());
                return Some(format!("an input method's character counts as `{ascii}`"));
            }
            Code::Char(_) if self.shift => "write the character that Shift gives",
            Code::Char('i') if self.ctrl => "a terminal sends Tab for it",
            Code::Char('m') if self.ctrl => "a terminal sends Enter for it",
            Code::Char('[') if self.ctrl => "a terminal sends Esc for it",
            Code::Char('A'..='Z') if self.ctrl => "a terminal does not report Shift together with Control",
            Code::Char('a'..='z' | ' ' | '\\' | ']' | '^' | '_') if self.ctrl => return None,
            Code::Char(_) if self.ctrl => "a terminal has no code for it",
            Code::Char('[' | 'O') if self.alt => "the terminal's own sequences begin like it",
            Code::Char(_) => return None,
            Code::Named(name) => match (name, self.ctrl, self.alt, self.shift) {
                (_, false, false, false) | (Named::Tab, false, false, true) => return None,
                (Named::Enter | Named::Backspace, false, true, false) => return None,
                (Named::Tab | Named::Enter | Named::Backspace | Named::Esc, ..) => {
                    "a terminal sends the key without the modifier"
                }
                _ => return None,
            },
        };
        Some(why.to_owned())
    }
}

/// Why a text is not a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No key has this name.
    #[error("unknown key {}{}", quote(.0), did_you_mean(near_key(.0)))]
    Unknown(String),
    /// The key exists, but a terminal reports something else.
    #[error("{} never arrives: {why}", quote(.key))]
    NeverArrives {
        /// The key as it was written.
        key: String,
        /// What happens instead.
        why: String,
    },
    /// Nothing was written.
    #[error("there is no key between the quotes")]
    Empty,
    /// The sequence is longer than anybody would type.
    #[error("{} has more than {} keys", quote(.0), super::keys::LONGEST)]
    TooLong(String),
}

/// Finds the named key that an unknown one resembles.
fn near_key(text: &str) -> Option<&'static str> {
    let bare = text.rsplit('-').next().unwrap_or(text);
    nearest(bare, NAMES.iter().map(|&(_, name)| name).chain([SPACE]))
}

/// True when `text` is the name of a key in the wrong case.
pub(super) fn is_miswritten_name(text: &str) -> bool {
    NAMES.iter().any(|(_, name)| name.eq_ignore_ascii_case(text))
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let unknown = || KeyError::Unknown(text.to_owned());
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        loop {
            let (flag, after) =
                match (rest.strip_prefix("C-"), rest.strip_prefix("A-"), rest.strip_prefix("S-")) {
                    (Some(after), ..) => (&mut ctrl, after),
                    (_, Some(after), _) => (&mut alt, after),
                    (_, _, Some(after)) => (&mut shift, after),
                    _ => break,
                };
            if std::mem::replace(flag, true) {
                return Err(unknown());
            }
            rest = after;
        }
        let code = parse_code(rest).ok_or_else(unknown)?;
        let key = Self { code, ctrl, alt, shift };
        match key.never_arrives() {
            None => Ok(key),
            Some(why) => Err(KeyError::NeverArrives { key: text.to_owned(), why }),
        }
    }
}

/// Reads a key without its modifiers.
fn parse_code(text: &str) -> Option<Code> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        let visible = !c.is_control() && (!c.is_whitespace() || from_input_method(c).is_some());
        return visible.then_some(Code::Char(c));
    }
    if text == SPACE {
        return Some(Code::Char(' '));
    }
    let named = NAMES.iter().find(|(_, name)| *name == text).map(|&(named, _)| named);
    let function = || {
        let digits = text.strip_prefix('F').filter(|n| n.bytes().all(|b| b.is_ascii_digit()))?;
        let n: u8 = digits.parse().ok()?;
        ((1..=12).contains(&n) && !digits.starts_with('0')).then_some(Named::F(n))
    };
    named.or_else(function).map(Code::Named)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, prefix) in [(self.ctrl, "C-"), (self.alt, "A-"), (self.shift, "S-")] {
            if on {
                f.write_str(prefix)?;
            }
        }
        match self.code {
            Code::Char(' ') => f.write_str(SPACE),
            Code::Char(c) => write!(f, "{c}"),
            Code::Named(Named::F(n)) => write!(f, "F{n}"),
            Code::Named(named) => {
                let name = NAMES.iter().find(|&&(k, _)| k == named).map(|&(_, name)| name);
                f.write_str(name.unwrap_or_default())
            }
        }
    }
}
