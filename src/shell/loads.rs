use super::workers::Workers;
use crate::effect::{Effect, SlotId};
use crate::model::Date;

/// The digests that a batch of effects asks for, in their order: what was typed at once may open many days, and only the
/// last of them is looked at.
#[derive(Default)]
pub(super) struct Loads(Vec<Effect>);

impl Loads {
    pub(super) fn add(&mut self, load: Effect) {
        self.0.push(load);
    }

    /// Leaves out what was asked for earlier in the batch.
    pub(super) fn call_off(&mut self, slot: SlotId, generation: u64) {
        let is_it = |load: &Effect| match load {
            Effect::Load { slot: s, generation: g, .. } | Effect::Glimpse { slot: s, generation: g, .. } => {
                (*s, *g) == (slot, generation)
            }
            _ => false,
        };
        self.0.retain(|load| !is_it(load));
    }

    /// Has them read.
    pub(super) fn hand_to(self, workers: &mut Workers) {
        for load in self.last_first() {
            match load {
                Effect::Load { slot, generation, what } => workers.load(slot, generation, what),
                Effect::Glimpse { slot, generation, what } => workers.glimpse(slot, generation, what),
                _ => {}
            }
        }
    }

    /// As workers have to be told, who take the latest job first: the user looks at the first categories of the last day.
    fn last_first(self) -> impl Iterator<Item = Effect> {
        let mut days: Vec<(Option<Date>, Vec<Effect>)> = Vec::new();
        for load in self.0 {
            let date = date_of(&load);
            match days.last_mut().filter(|(d, _)| *d == date) {
                Some((_, loads)) => loads.push(load),
                None => days.push((date, vec![load])),
            }
        }
        days.into_iter().flat_map(|(_, loads)| loads.into_iter().rev())
    }
}

fn date_of(load: &Effect) -> Option<Date> {
    match load {
        Effect::Load { what, .. } | Effect::Glimpse { what, .. } => Some(what.date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Listed, Listing, SourceRef, Sources, Stamp};
    use crate::state::Library;

    /// The digests that are read of five days of two digests, passed at once, in the order they are read.
    fn read(bytes: u64) -> Vec<(i8, &'static str)> {
        let listed = |day, name: &'static str| {
            let sources = Sources::one(SourceRef::Sample(name), Stamp { modified_ns: 0, len: bytes });
            Arc::new(Listed { date: Date::constant(2025, 5, day), category: Some(name.into()), sources })
        };
        let digests = (1..=5).rev().flat_map(|day| ["A", "B"].map(|name| listed(day, name))).collect();
        let mut library = Library::default();
        library.list(&Listing { digests, ..Listing::default() }, None);
        let mut loads = Loads::default();
        for effect in (0..5).flat_map(|day| library.open(day)) {
            match effect {
                Effect::Unload { slot, generation } => loads.call_off(slot, generation),
                load => loads.add(load),
            }
        }
        let mut queue: Vec<Effect> = loads.last_first().collect();
        let name = |source: &SourceRef| if let SourceRef::Sample(name) = source { *name } else { "" };
        let mut read = Vec::new();
        while let Some(load) = queue.pop() {
            if let Effect::Load { what, .. } = load {
                read.push((what.date.day(), what.sources.first().map_or("", name)));
            }
        }
        read
    }

    #[test]
    fn of_big_days_passed_at_once_only_the_last_is_read() {
        assert_eq!(read(4 << 20), [(1, "A"), (1, "B")]);
    }

    #[test]
    fn of_small_days_passed_at_once_the_last_is_read_first() {
        assert_eq!(read(1 << 20), [(1, "A"), (1, "B"), (2, "A"), (2, "B")]);
    }
}
