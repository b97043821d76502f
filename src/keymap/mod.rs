//! From key presses to actions: the syntax of keys, the shipped keymap and the user's file over it.
//!
//! Owns the spelling of keys, the bindings of each context and the checks made when they are loaded.
//! Hands over the action of a key sequence, and the bindings for help and key hints. Never reads a file
//! or a terminal: texts come in as `&str`, keys as [`Key`].

mod input_method;
mod key;
mod keys;
mod load;
mod map;
mod steps;

pub use input_method::from_input_method;
pub use key::{Key, KeyError, Named};
pub use keys::Keys;
pub use load::KeymapProblem;
pub use map::{Binding, Does, Keymap, Lookup, Macro};
