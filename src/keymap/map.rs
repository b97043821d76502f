use super::{Key, Keys};
use crate::action::{Action, Context};

/// The shipped keymap.
const BUILTIN: &str = include_str!("../../keymaps.toml");

/// What a key sequence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It is bound to this action.
    Hit(Action),
    /// A longer sequence begins like this.
    Pending,
    /// Nothing begins like this.
    Miss,
}

/// A key sequence and what it does in one context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where it is bound.
    pub context: Context,
    /// The key sequence.
    pub keys: Keys,
    /// What it does.
    pub action: Action,
    /// True when the user's file set it.
    pub user: bool,
}

/// What each key does in each context. No binding is the beginning of another one that could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    pub(super) bindings: Vec<Binding>,
}

impl Keymap {
    /// The text of the shipped `keymaps.toml`: what a user's file is laid over, and an example of one.
    pub const BUILTIN: &str = BUILTIN;

    /// Makes a keymap without a binding.
    #[must_use]
    pub fn empty() -> Self {
        Self { bindings: Vec::new() }
    }

    /// Loads the shipped keymap.
    #[must_use]
    pub fn builtin() -> Self {
        Self::empty().load(BUILTIN, "keymaps.toml", false).0
    }

    /// Looks `keys` up in `context` and then, unless that is a text input or a popup, everywhere else.
    /// No keys at all are a miss. O(bindings).
    #[must_use]
    pub fn lookup(&self, context: Context, keys: &[Key]) -> Lookup {
        match self.lookup_in(context, keys) {
            Lookup::Miss if falls_through(context) => self.lookup_in(Context::Global, keys),
            found => found,
        }
    }

    fn lookup_in(&self, context: Context, keys: &[Key]) -> Lookup {
        let mut longer = self.bindings(context).filter(|b| !keys.is_empty() && b.keys.0.starts_with(keys));
        match longer.next() {
            Some(b) if b.keys.0.len() == keys.len() => Lookup::Hit(b.action),
            Some(_) => Lookup::Pending,
            None => Lookup::Miss,
        }
    }

    /// Lists the key sequences of `action` in `context` alone, in file order, the user's last.
    #[must_use]
    pub fn keys_for(&self, context: Context, action: Action) -> Vec<Keys> {
        self.bindings(context).filter(|b| b.action == action).map(|b| b.keys.clone()).collect()
    }

    /// Goes through the bindings of `context` alone, in file order, the user's last.
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |b| b.context == context)
    }
}

/// True when keys not bound in `context` are looked up in [`Context::Global`].
pub(super) fn falls_through(context: Context) -> bool {
    matches!(context, Context::Papers | Context::Detail | Context::Dates | Context::Statistics)
}
