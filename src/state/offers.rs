use super::prompt::LineEditor;

/// Where offers come from; the key that asked for them goes on to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffersOf {
    /// What the word before the insertion point can be completed to.
    Completion,
    /// What was typed before.
    History,
}

/// What an input can take in the place of what was typed, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// Where they come from.
    pub of: OffersOf,
    /// What can be taken.
    pub list: Vec<String>,
    /// Which one was taken.
    pub at: usize,
    /// What was typed.
    typed: LineEditor,
    /// Bytes before the insertion point that an offer takes the place of.
    replaced: usize,
}

impl Offers {
    /// Offers to complete the last `replaced` bytes before the insertion point of `line`; none where there is nothing.
    pub(super) fn completing(line: &LineEditor, (replaced, list): (usize, Vec<String>)) -> Option<Self> {
        let typed = line.clone();
        (!list.is_empty()).then_some(Self { of: OffersOf::Completion, list, at: 0, typed, replaced })
    }

    /// Offers lines of the history that hold what was typed, the latest first.
    pub(super) fn remembering(line: &LineEditor, history: &[String]) -> Option<Self> {
        let list: Vec<String> =
            history.iter().filter(|h| h.contains(line.text()) && *h != line.text()).cloned().collect();
        (!list.is_empty()).then_some(Self {
            of: OffersOf::History,
            list,
            at: 0,
            typed: line.clone(),
            replaced: 0,
        })
    }

    /// Goes on to the next one; after the last comes the first.
    pub(super) fn step(&mut self) {
        self.at = (self.at + 1) % self.list.len().max(1);
    }

    /// True when the offer that is taken wants a word behind it, and begins all others that begin as was typed.
    pub(super) fn begins_the_others(&self) -> bool {
        let before = self.typed.before();
        let typed = before.get(before.len().saturating_sub(self.replaced)..).unwrap_or_default();
        let taken = self.list.get(self.at).and_then(|offer| offer.strip_suffix(' '));
        let mut others = self.list.iter().filter(|offer| offer.starts_with(typed));
        taken.is_some_and(|taken| others.all(|offer| offer.starts_with(taken)))
    }

    /// Goes back to the one before; false at the first one.
    pub(super) fn step_back(&mut self) -> bool {
        let before = self.at.checked_sub(1);
        self.at = before.unwrap_or(self.at);
        before.is_some()
    }

    /// The line as it was typed.
    pub(super) fn typed(&self) -> LineEditor {
        self.typed.clone()
    }

    /// The line with the offer taken.
    pub(super) fn line(&self) -> LineEditor {
        let offer = self.list.get(self.at).map_or("", String::as_str);
        match self.of {
            OffersOf::History => LineEditor::new(offer),
            OffersOf::Completion => {
                let mut line = self.typed.clone();
                line.replace_before(self.replaced, offer);
                line
            }
        }
    }
}
