use std::collections::BTreeSet;
use std::fs;
use std::iter::once;
use std::path::PathBuf;

use super::listing::list;
use super::source::date_name;
use super::walk::is_ignored;
use crate::model::{Date, Listing};

/// Days from which on a whole look would be felt.
const MANY: usize = 32;

/// Lists the newest day below `roots`, and the day `last`, where the names in the roots tell which folders these are:
/// all that is there are folders of many days. None where they do not tell; then, and for all the rest, there is
/// [`look`](super::look). O(names in the roots).
#[must_use]
pub fn glance(roots: &[PathBuf], last: Option<Date>) -> Option<Listing> {
    let mut folders: Vec<(Date, &PathBuf)> = Vec::new();
    for root in roots {
        for entry in fs::read_dir(root).ok()? {
            let entry = entry.ok()?;
            let name = entry.file_name();
            let date = name.to_str().and_then(date_name);
            let is_folder = || entry.file_type().is_ok_and(|kind| kind.is_dir());
            match date.filter(|_| is_folder()) {
                // Of most of these folders only the date is ever needed, and there may be thousands.
                Some(date) => folders.push((date, root)),
                None if is_ignored(&name.to_string_lossy()) => {}
                None => return None,
            }
        }
    }
    let newest = folders.iter().map(|(date, _)| *date).max()?;
    let mut some = BTreeSet::new();
    if !folders.iter().any(|(date, _)| some.insert(*date) && some.len() == MANY) {
        return None;
    }
    let days: BTreeSet<Date> = once(newest).chain(last).collect();
    let is_wanted =
        |(date, root): &(Date, &PathBuf)| days.contains(date).then(|| root.join(date.to_string()));
    let wanted: Vec<PathBuf> = folders.iter().filter_map(is_wanted).collect();
    let listing = list(&wanted);
    let found: BTreeSet<Date> = listing.digests.iter().map(|d| d.date).collect();
    (found == days && listing.problems.is_empty()).then_some(listing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_day_and_the_last_one_are_seen_before_all_others() {
        let dir = tempfile::tempdir().unwrap();
        let roots = [dir.path().to_owned()];
        let path = |name: &str| dir.path().join(name);
        for day in 1..=28 {
            for month in [1, 2] {
                let name = format!("2031-0{month}-{day:02}");
                fs::create_dir(path(&name)).unwrap();
                fs::write(path(&name).join("A.json"), "never read").unwrap();
            }
        }
        fs::create_dir(path(".git")).unwrap();
        let whole = list(&roots);
        let seen = |last: Option<&str>| glance(&roots, last.map(|d| d.parse().unwrap()));
        let dates = |l: Listing| l.digests.iter().map(|d| d.date.to_string()).collect::<Vec<_>>();
        let newest = seen(None).unwrap();
        assert_eq!(*newest.digests, whole.digests[..1]);
        assert_eq!(seen(Some("2031-01-07")).map(dates).unwrap(), ["2031-02-28", "2031-01-07"]);
        assert_eq!(seen(Some("2030-01-07")), None, "where that day went, only a whole look tells");
        fs::create_dir(path("2031-03-01")).unwrap();
        assert_eq!(seen(None), None, "the newest folder is empty");
        fs::remove_dir(path("2031-03-01")).unwrap();
        assert!(seen(None).is_some());
        fs::write(path("2031-03-01.jsonl"), "").unwrap();
        assert_eq!(seen(None), None, "a file may hold any day");
    }

    #[test]
    fn a_day_is_named_in_one_way() {
        assert_eq!(date_name("2032-02-29"), Some(Date::constant(2032, 2, 29)));
        for name in [
            "2031-02-29",
            "2031-2-01",
            "+031-02-01",
            "2031-02-0x",
            "20310201",
            "2031-02-01T00:00",
            "二31-02-01",
            "",
        ] {
            assert_eq!(date_name(name), None, "{name}");
        }
    }

    #[test]
    fn few_days_are_looked_at_whole() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("2031-01-01")).unwrap();
        fs::write(dir.path().join("2031-01-01/A.json"), "never read").unwrap();
        assert_eq!(glance(&[dir.path().to_owned()], None), None);
    }
}
