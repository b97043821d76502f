use super::library::Library;
use super::row::Row;
use crate::effect::SlotId;

/// The papers of one category of a day, under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The digest they stand in.
    pub slot: SlotId,
    /// The digest's category; in a digest without one, the primary category of its papers.
    pub label: String,
}

/// Finds the groups of a day's rows and tells each row its own. A digest with a category is one group; the papers of
/// one without are grouped by their primary category, in the order in which those come up. O(rows times groups).
pub(super) fn group(library: &Library, slots: &[SlotId], rows: &mut [Row]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for &slot in slots {
        let category = library.category(slot).map(str::to_owned);
        let digest = library.digest(slot);
        let first = groups.len();
        if category.is_some() || digest.is_none_or(|d| d.papers.is_empty()) {
            groups.push(Group { slot, label: category.clone().unwrap_or_default() });
        }
        for row in rows.iter_mut().filter(|r| r.slot == slot) {
            let paper = digest.and_then(|d| d.papers.get(row.index));
            let primary = paper.and_then(|p| p.categories.first()).cloned().unwrap_or_default();
            let label = category.clone().unwrap_or(primary);
            let known = groups.iter().skip(first).position(|g| g.label == label);
            row.group = first + known.unwrap_or(groups.len() - first);
            if known.is_none() {
                groups.push(Group { slot, label });
            }
        }
    }
    groups
}
