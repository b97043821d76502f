use std::sync::Arc;

use crate::model::{Listed, Listing, SourceRef, Sources};

use super::source::date_name;

/// The sample archive: `DATE/SLUG.json` and its text, in the order of names.
const SAMPLE: &[(&str, &str)] = &[
    ("2025-03-03/cs.CV.json", include_str!("../../data/2025-03-03/cs.CV.json")),
    ("2025-03-03/cs.LG.json", include_str!("../../data/2025-03-03/cs.LG.json")),
    ("2025-03-04/cs.CL.json", include_str!("../../data/2025-03-04/cs.CL.json")),
    ("2025-03-04/cs.LG.json", include_str!("../../data/2025-03-04/cs.LG.json")),
    ("2025-03-05/cs.CL.json", include_str!("../../data/2025-03-05/cs.CL.json")),
    ("2025-03-05/cs.CV.json", include_str!("../../data/2025-03-05/cs.CV.json")),
    ("2025-03-05/cs.LG.json", include_str!("../../data/2025-03-05/cs.LG.json")),
];

/// Lists the built-in sample archive, newest first. Reads nothing.
#[must_use]
pub fn sample() -> Listing {
    let listed = |name: &'static str| {
        let (date, slug) = name.strip_suffix(".json")?.split_once('/')?;
        Some(Arc::new(Listed {
            date: date_name(date)?,
            category: (slug != "_").then(|| slug.into()),
            sources: Sources::new(vec![SourceRef::Sample(name)], Vec::new()),
        }))
    };
    let mut digests: Vec<_> = SAMPLE.iter().filter_map(|(name, _)| listed(name)).collect();
    digests.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.category.cmp(&b.category)));
    Listing { digests: digests.into(), ..Listing::default() }
}

/// Returns the text of a sample digest.
pub(super) fn text(name: &str) -> Option<&'static str> {
    SAMPLE.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::archive::{list, load};

    #[test]
    fn the_table_holds_exactly_what_lies_in_data() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let mut on_disk: Vec<_> = list(std::slice::from_ref(&data))
            .digests
            .iter()
            .flat_map(|d| d.sources.to_vec())
            .map(|s| match s {
                SourceRef::File(path) => {
                    path.to_path().strip_prefix(&data).unwrap().to_string_lossy().into_owned()
                }
                SourceRef::Sample(_) => unreachable!("a folder was listed"),
            })
            .collect();
        on_disk.sort();
        let table: Vec<_> = SAMPLE.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(table, on_disk);
    }

    #[test]
    fn every_sample_digest_loads_without_a_problem() {
        let listing = sample();
        assert_eq!(listing.digests.len(), SAMPLE.len());
        for what in listing.digests.iter() {
            let loaded = load(what).unwrap();
            assert_eq!(loaded.problems, [], "{what:?}");
            assert_eq!(loaded.digest.date, what.date);
            assert!(!loaded.digest.papers.is_empty(), "{what:?}");
        }
    }
}
