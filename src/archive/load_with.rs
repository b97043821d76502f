use std::sync::Arc;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memrchr};

use super::load::load;
use super::source::{self, read_whole};
use crate::import::{self, Format};
use crate::model::{Listed, Loaded, Problem, SourceRef};

/// Reads of a listed digest what it takes to show the papers with these arXiv ids (digits and a dot, no version): of
/// JSON Lines the lines that name one, of any other digest all. None where no id stands in the one JSON file that it is
/// of. O(bytes) of searching, and of reading what was found.
///
/// # Errors
/// As [`load`].
pub fn load_with(what: &Listed, ids: &[&str]) -> Result<Option<Loaded>, Problem> {
    let [source @ SourceRef::File(path)] = what.sources.as_slice() else { return load(what).map(Some) };
    let path = &path.to_path();
    let bytes = read_whole(path)?;
    if !bytes.starts_with(b"{") {
        return load(what).map(Some);
    }
    let mut places: Vec<usize> =
        ids.iter().flat_map(|id| Finder::new(id).find_iter(&bytes).collect::<Vec<_>>()).collect();
    if places.is_empty() {
        return Ok(None);
    }
    places.sort_unstable();
    let name = path.to_string_lossy();
    let is_lines = import::detect(source::head_of(&bytes), &name) == Some(Format::DailyArxivJsonl);
    if !is_lines || memchr(b'\r', &bytes).is_some() {
        return load(what).map(Some);
    }
    let content = source::read_bytes(&lines_at(&bytes, &places), path, &source::shown(source))?;
    let mut digest = content.stored.clean();
    digest.date = what.date;
    Ok(Some(Loaded { digest: Arc::new(digest), problems: content.problems }))
}

/// The lines around `places`, in ascending order; the others are left empty, so that lines keep their numbers.
fn lines_at(bytes: &[u8], places: &[usize]) -> Vec<u8> {
    let mut lines = Vec::new();
    let mut done = 0;
    for &place in places {
        let Some((before, after)) = bytes.split_at_checked(place).filter(|_| place >= done) else { continue };
        let from = memrchr(b'\n', before).map_or(0, |at| at + 1);
        let to = memchr(b'\n', after).map_or(bytes.len(), |at| place + at + 1);
        let skipped = bytes.get(done..from).unwrap_or_default();
        lines.resize(lines.len() + memchr_iter(b'\n', skipped).count(), b'\n');
        lines.extend_from_slice(bytes.get(from..to).unwrap_or_default());
        done = to;
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::archive::list;

    #[test]
    fn of_json_lines_only_the_line_is_read_and_keeps_its_number() {
        let line = |n: usize| {
            format!(
                r#"{{"id": "3102.0000{n}", "title": "Paper {n}", "authors": ["A B"], "summary": "x", "abs": "https://arxiv.org/abs/3102.0000{n}"}}"#
            )
        };
        let day = format!("{}\n\n{}\n{{broken\n{}", line(1), line(2), line(3));
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("2031-02-03.jsonl"), &day).unwrap();
        let what = &list(&[dir.path().to_owned()]).digests[0];
        let whole = load(what).unwrap();
        assert_eq!((whole.digest.papers.len(), whole.problems.len()), (3, 1));
        for (ids, wanted) in [
            (&["3102.00001"][..], &[0][..]),
            (&["3102.00003", "3102.00002"], &[1, 2]),
            (&["3102.00002", "3102.00009"], &[1]),
        ] {
            let found = load_with(what, ids).unwrap().unwrap();
            let papers: Vec<_> = wanted.iter().map(|&n: &usize| whole.digest.papers[n].clone()).collect();
            assert_eq!((&found.digest.papers, found.problems.as_slice()), (&papers, &[][..]));
        }
        assert_eq!(load_with(what, &["3102.00009"]).unwrap(), None);
        fs::write(dir.path().join("2031-02-03.jsonl"), day.replace('\n', "\r\n")).unwrap();
        assert_eq!(load_with(what, &["3102.00001"]).unwrap().unwrap(), load(what).unwrap());
    }
}
