use std::fmt;
use std::str::FromStr;

use super::key::is_miswritten_name;
use super::{Key, KeyError};

/// The most keys of a sequence.
pub(super) const LONGEST: usize = 8;

/// Keys pressed one after the other: `gg`, `g/`, `C-x C-s`.
///
/// Blanks part the keys. Two characters may stand together; a longer run is taken for a misspelt name.
/// Printed the shortest way that reads back the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Keys(
    /// The keys in the order in which they are pressed.
    pub Vec<Key>,
);

impl FromStr for Keys {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut keys = Vec::new();
        for word in text.split_whitespace() {
            if keys.len() > LONGEST {
                break;
            }
            match (word.parse(), pair(word)) {
                (Ok(key), _) => keys.push(key),
                (Err(_), Some(pair)) => {
                    for c in pair {
                        keys.push(c.encode_utf8(&mut [0; 4]).parse()?);
                    }
                }
                (Err(error), None) => return Err(error),
            }
        }
        match keys.len() {
            0 => Err(KeyError::Empty),
            1..=LONGEST => Ok(Self(keys)),
            _ => Err(KeyError::TooLong(text.to_owned())),
        }
    }
}

/// Splits a word of two characters that is neither a miswritten name nor a modifier without its key.
fn pair(word: &str) -> Option<[char; 2]> {
    let mut chars = word.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('C' | 'A' | 'S'), Some('-'), None) => None,
        (Some(a), Some(b), None) if !is_miswritten_name(word) => Some([a, b]),
        _ => None,
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(Key::to_string).collect();
        let tight = words.concat();
        if tight.parse().as_ref() == Ok(self) { f.write_str(&tight) } else { f.write_str(&words.join(" ")) }
    }
}
