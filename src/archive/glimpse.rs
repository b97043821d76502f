use super::file_bytes::FileBytes;
use super::source::{native_name, native_place, read_whole};
use crate::import;
use crate::model::{Digest, Listed, Paper, SourceRef};

/// Reads of a listed digest what tells its papers apart: their ids, titles, first authors and categories. None where only
/// [`load`](super::load()) knows these: of a digest in another format than the native one, of several sources, or unsound.
/// O(bytes), some gigabytes a second.
#[must_use]
pub fn glimpse(what: &Listed) -> Option<Digest> {
    let (bytes, name) = native(what)?;
    import::glimpse(&bytes, what.date, &name)
}

/// Reads some papers of a digest that was glimpsed, as [`load`](super::load()) does; each with its place. None where that is
/// not possible. O(bytes up to the last of them).
#[must_use]
pub fn load_papers(what: &Listed, places: &[usize]) -> Option<Vec<(usize, Paper)>> {
    let (bytes, name) = native(what)?;
    let records = import::first_records(&bytes, places.iter().max().map_or(0, |last| last + 1))?;
    let read = |&place: &usize| {
        let record = bytes.get(records.get(place)?.clone())?;
        Some((place, import::read_record(record, place, what.date, &name)?))
    };
    places.iter().map(read).collect()
}

fn native(what: &Listed) -> Option<(FileBytes, String)> {
    let [SourceRef::File(path)] = what.sources.as_slice() else { return None };
    let path = &path.to_path();
    let bytes = read_whole(path).ok()?;
    // In its place a digest is known well enough: what is no native one lacks the members that a glimpse asks for.
    let name = native_place(path).and(path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let name = name.or_else(|| native_name(path, &bytes))?;
    Some((bytes, name))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::archive::{list, load};

    #[test]
    fn papers_read_alone_are_those_of_the_whole_digest() {
        let dir = tempfile::tempdir().unwrap();
        let paper =
            |n: usize| format!(r#"{{"id": "2505.0000{n}", "title": "T {n}", "summary": "s\u001b {n}"}}"#);
        let day = |papers: &str| format!(r#"{{"schema": 1, "date": "2025-05-01", "papers": [{papers}]}}"#);
        fs::create_dir(dir.path().join("2025-05-01")).unwrap();
        let file = dir.path().join("2025-05-01/A.json");
        fs::write(&file, day(&[paper(1), paper(2), paper(3)].join(","))).unwrap();
        let what = &list(&[dir.path().to_owned()]).digests[0];
        let whole = load(what).unwrap().digest;
        assert_eq!(glimpse(what).unwrap().papers.len(), 3);
        let read = load_papers(what, &[1, 0]).unwrap();
        assert_eq!(read, [(1, whole.papers[1].clone()), (0, whole.papers[0].clone())]);
        assert_eq!(load_papers(what, &[3]), None);
        fs::write(&file, day(r#"{"id": "x", "summary": 1}, 3"#)).unwrap();
        assert_eq!(load_papers(what, &[0]), None);
        fs::write(&file, "# no JSON").unwrap();
        assert_eq!((glimpse(what), load_papers(what, &[])), (None, None));
    }
}
