use std::collections::BTreeMap;

use super::{Papers, Place};
use crate::model::{self, Date, Identity};
use crate::state::Row;

/// A record and the paper it is of.
type Spot = (Place, Identity);

/// Where the days were left that were opened.
#[derive(Clone, Debug, Default)]
pub(super) struct Left {
    spots: BTreeMap<Date, Spot>,
    /// Where the open day was left, as long as that is not here yet.
    awaited: Option<Spot>,
}

impl Left {
    /// Goes from one day, with a paper selected, to another.
    pub(super) fn turn(&mut self, before: Option<Date>, selected: Option<Spot>, date: Date) {
        // Whoever passes a day while it is read has not left it anywhere else.
        let left = self.awaited.take().or(selected);
        self.spots.extend(before.zip(left));
        self.awaited = self.spots.get(&date).cloned();
    }

    /// Says whether a day was left before.
    pub(super) fn has(&self, date: Date) -> bool {
        self.spots.contains_key(&date)
    }

    /// The paper to be selected once it is here.
    pub(super) fn awaited(&self) -> Option<&Spot> {
        self.awaited.as_ref()
    }

    /// Waits no more: it is here, or something else was done.
    pub(super) fn arrive(&mut self) -> Option<Spot> {
        self.awaited.take()
    }
}

impl Papers {
    /// Where a paper is shown: at its place, or wherever it stands now.
    pub(super) fn shown(&self, place: Place, paper: &Identity) -> Option<Place> {
        let shown = self.rows.iter().filter(|r| !r.is_hidden() && model::same_paper(&r.identity, paper));
        let same = shown.clone().find(|r| r.place() == place);
        same.or_else(|| shown.clone().find(|r| r.slot == place.0)).or(shown.clone().next()).map(Row::place)
    }

    /// Goes to where the day was left, now that it is whole; false when it was never left.
    pub(in crate::state) fn go_where_left(&mut self, rows: u16) -> bool {
        if let Some((place, _)) = self.left.arrive() {
            self.select_place(place, rows);
        }
        self.date.is_some_and(|date| self.left.has(date))
    }
}
