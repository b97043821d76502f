use super::{Key, Keys};
use crate::action::{Action, Context};
use crate::catalogue::Lang;
use crate::command::Command;

/// The shipped keymap.
const BUILTIN: &str = include_str!("../../keymaps.toml");

/// What a key sequence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// It is bound to this action.
    Hit(Action),
    /// It is bound to these steps.
    Macro(&'a Macro),
    /// A longer sequence begins like this.
    Pending,
    /// Nothing begins like this.
    Miss,
}

/// What one key sequence does step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    /// The steps, at least one.
    pub steps: Vec<Command>,
    /// What they do, in the user's words.
    pub help: Option<String>,
}

impl Macro {
    /// The steps as they are written in the keymap.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.steps.iter().map(|step| match step {
            Command::Act(action) => action.name().to_owned(),
            command => format!(":{command}"),
        })
    }
}

/// What a key sequence does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// One action.
    Act(Action),
    /// Several steps, or one that is no action, or that has a help of its own.
    Macro(Macro),
}

impl Does {
    /// What it does in one sentence: of steps without a help their names.
    #[must_use]
    pub fn help(&self, lang: Lang) -> String {
        match self {
            Self::Act(action) => action.help(lang).to_owned(),
            Self::Macro(Macro { help: Some(help), .. }) => help.clone(),
            Self::Macro(steps) => steps.names().collect::<Vec<_>>().join(", "),
        }
    }

    /// The names in the keymap, with a comma and a blank between steps.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Act(action) => action.name().to_owned(),
            Self::Macro(steps) => steps.names().collect::<Vec<_>>().join(", "),
        }
    }
}

/// A key sequence and what it does in one context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where it is bound.
    pub context: Context,
    /// The key sequence.
    pub keys: Keys,
    /// What it does.
    pub does: Does,
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
        let mut context = None;
        let binding = |line: &str| {
            if let Some(name) = line.strip_prefix('[') {
                context = Context::from_name(name.trim_end_matches(']'));
                return None;
            }
            let (keys, name) = line.strip_prefix('"')?.strip_suffix('"')?.split_once("\" = \"")?;
            let does = Does::Act(name.parse().ok()?);
            Some(Binding { context: context?, keys: keys.parse().ok()?, does, user: false })
        };
        // Nothing in it is wrong, which the tests see to; so there is nothing to check at every start.
        Self { bindings: BUILTIN.lines().filter_map(binding).collect() }
    }

    /// Looks `keys` up in `context` and then, unless that is a text input or a popup, everywhere else.
    /// No keys at all are a miss. O(bindings).
    #[must_use]
    pub fn lookup(&self, context: Context, keys: &[Key]) -> Lookup<'_> {
        match self.lookup_in(context, keys) {
            Lookup::Miss if falls_through(context) => self.lookup_in(Context::Global, keys),
            found => found,
        }
    }

    fn lookup_in(&self, context: Context, keys: &[Key]) -> Lookup<'_> {
        let mut longer = self.bindings(context).filter(|b| !keys.is_empty() && b.keys.0.starts_with(keys));
        match longer.next() {
            Some(b) if b.keys.0.len() == keys.len() => match &b.does {
                Does::Act(action) => Lookup::Hit(*action),
                Does::Macro(steps) => Lookup::Macro(steps),
            },
            Some(_) => Lookup::Pending,
            None => Lookup::Miss,
        }
    }

    /// Lists the key sequences of `action` in `context` alone, in file order, the user's last.
    #[must_use]
    pub fn keys_for(&self, context: Context, action: Action) -> Vec<Keys> {
        self.bindings(context).filter(|b| b.does == Does::Act(action)).map(|b| b.keys.clone()).collect()
    }

    /// Goes through the bindings of `context` alone, in file order, the user's last.
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |b| b.context == context)
    }
}

impl Keymap {
    /// Lets digits be counts: the shipped keys of one digit move behind a `g`, or come back. A sequence that the user has
    /// bound, or that would begin or end another one, stays as it is. O(bindings squared).
    #[must_use]
    pub fn with_counts(mut self, is_on: bool) -> Self {
        let moved = |keys: &Keys| match keys.0.as_slice() {
            [digit] if is_on && is_digit(*digit) => Some(Keys(vec![Key::char('g'), *digit])),
            [g, digit] if !is_on && *g == Key::char('g') && is_digit(*digit) => Some(Keys(vec![*digit])),
            _ => None,
        };
        for at in 0..self.bindings.len() {
            let Some(old) = self.bindings.get(at).filter(|b| !b.user) else { continue };
            let (context, Some(keys)) = (old.context, moved(&old.keys)) else { continue };
            let is_taken = |b: &Binding| b.context == context && b.keys == keys;
            if !self.bindings.iter().any(|b| is_taken(b) || super::load::collides(b, context, &keys))
                && let Some(binding) = self.bindings.get_mut(at)
            {
                binding.keys = keys;
            } else if is_on {
                // The digit counts all the same: of two ways the user's own key stays.
                self.bindings.remove(at);
                return self.with_counts(is_on);
            }
        }
        self
    }
}

/// Says whether a key types a digit.
fn is_digit(key: Key) -> bool {
    key.as_char().is_some_and(|c| c.is_ascii_digit())
}

/// True when keys not bound in `context` are looked up in [`Context::Global`].
pub(super) fn falls_through(context: Context) -> bool {
    matches!(context, Context::Papers | Context::Detail | Context::Dates | Context::Statistics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_keymap_is_what_a_user_with_this_file_would_have() {
        let (checked, problems) = Keymap::empty().load(BUILTIN, "keymaps.toml", false);
        assert_eq!(problems, []);
        assert_eq!(Keymap::builtin(), checked);
    }
}
