use super::Sightings;
use crate::decisions::{Counts, Decisions};
use crate::effect::SlotId;
use crate::model::Date;
use crate::state::papers::Place;
use crate::state::row::Fold;

/// The records of a day, as its counts need them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::state) struct Counted {
    /// Those that have a row, whatever is decided.
    papers: Places,
    /// Those that a rule folds away unless they are kept.
    muted: Places,
    /// How many are folded away as repeats.
    folded: usize,
}

/// The digests of records and their places in them. Counts hold those of all days that were opened.
type Places = Box<[(SlotId, u32)]>;

impl Counted {
    /// Sorts records by what folds them away.
    pub(in crate::state) fn of(records: impl IntoIterator<Item = (Place, Option<Fold>)>) -> Self {
        let (mut papers, mut muted, mut folded) = (Vec::new(), Vec::new(), 0);
        for ((slot, at), fold) in records {
            let place = (slot, u32::try_from(at).unwrap_or(u32::MAX));
            match fold {
                Some(Fold::Repeat) => folded += 1,
                Some(Fold::Muted) => muted.push(place),
                None => papers.push(place),
            }
        }
        Self { papers: papers.into(), muted: muted.into(), folded }
    }

    /// Says whether this record is counted and no repeat.
    pub(in crate::state) fn holds(&self, (slot, at): Place) -> bool {
        let is_it = |(s, i): &(SlotId, u32)| *s == slot && *i as usize == at;
        self.papers.iter().chain(&self.muted).any(is_it)
    }
}

impl Sightings {
    /// The records of a day, for its counts: without those that an earlier day within the window has, each once; of
    /// several records on this day one counts that no rule mutes. With `all` none is left out.
    #[must_use]
    pub(in crate::state) fn counted(
        &self,
        date: Date,
        all: bool,
        is_muted: &dyn Fn(Place) -> bool,
    ) -> Counted {
        let rank = |d: Date, place: Place| (d, d == date && is_muted(place), place);
        let is_repeat = |place: Place| {
            let also = if all { Vec::new() } else { self.also(date, place) };
            also.iter().any(|a| rank(a.date, a.place) < rank(date, place))
        };
        let digests = self.days.get(&date).into_iter().flatten();
        let places = digests.flat_map(|(slot, seen)| (0..seen.papers.len()).map(|at| (*slot, at)));
        Counted::of(places.map(|place| {
            let muted = is_muted(place).then_some(Fold::Muted);
            (place, if is_repeat(place) { Some(Fold::Repeat) } else { muted })
        }))
    }

    /// Counts the records of a day by what was decided of their papers. O(records).
    #[must_use]
    pub(in crate::state) fn count(&self, date: Date, counted: &Counted, decisions: &Decisions) -> Counts {
        let paper = |(slot, at): &(SlotId, u32)| self.identity(date, (*slot, *at as usize));
        let Counted { papers, muted, folded } = counted;
        Counts::of(papers.iter().filter_map(paper), muted.iter().filter_map(paper), *folded, decisions)
    }
}
