use std::sync::Arc;

use super::source::{self, Role};
use crate::import::{self, Stored};
use crate::model::{Kind, Listed, Loaded, Problem};

/// Reads a listed digest: all its sources, merged by the rules of `import` and cleaned.
///
/// # Errors
/// The first source's problem, when no source could be read; of some that cannot, each is named in the
/// result's problems.
pub fn load(what: &Listed) -> Result<Loaded, Problem> {
    let mut problems = Vec::new();
    let mut lost = Vec::new();
    let mut contents = Vec::new();
    let role = if what.sources.len() > 1 { Role::Part } else { Role::Alone };
    for source in &what.sources {
        match source::read(source, None, role) {
            Ok(mut content) => {
                problems.append(&mut content.problems);
                contents.push(content.stored);
            }
            Err(problem) => lost.push(problem),
        }
    }
    let is_whole = role == Role::Alone && contents.iter().all(Stored::is_merged);
    let merged = if is_whole { contents.pop() } else { import::merge(contents) };
    let Some(merged) = merged else {
        return Err(lost.into_iter().next().unwrap_or_else(|| Problem::of_file("", "has no source")));
    };
    problems.extend(lost);
    // What a format has and this program does not use is no news while reading.
    problems.retain(|p| p.kind != Kind::UnknownKey);
    let mut digest = merged.clean();
    if digest.date != what.date {
        let file = what.sources.first().map(source::shown).unwrap_or_default();
        problems.push(Problem::of_file(file, format!("says {}; shown under {}", digest.date, what.date)));
        digest.date = what.date;
    }
    // A list that grows has room for more than it holds, and a day of many digests would keep all of that.
    digest.papers.shrink_to_fit();
    Ok(Loaded { digest: Arc::new(digest), problems })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::archive::list;

    const GOOD: &str = r#"{"schema": 1, "date": "2025-05-01", "category": "A", "sources": [], "notices": [],
        "papers": [{"id": "2505.00001", "arxiv": {"id": "2505.00001"}, "title": "One\u001b[31m title"}]}"#;

    #[test]
    fn cleans_what_it_reads() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.json"), GOOD).unwrap();
        let loaded = load(&list(&[dir.path().to_owned()]).digests[0]).unwrap();
        assert!(!loaded.digest.papers[0].title.contains('\u{1b}'));
        assert_eq!(loaded.problems, []);
    }

    #[test]
    fn a_file_alone_is_what_a_merge_of_it_makes() {
        let line = |id: &str, title: &str, more: &str| {
            format!(r#"{{"id": "{id}", "title": "{title}", "authors": ["A B"], "summary": "x"{more}}}"#)
        };
        let other = r#", "other": [{"title": "Z"}], "parts": []"#;
        for lines in [
            vec![line("3102.00001", "One", ""), line("3102.00002", "One", "")],
            vec![line("3102.00001", "One", ""), line("x", "A title long enough", "")],
            vec![line("x", "A title long enough", ""), line("y", "A title long enough", "")],
            vec![line("3102.00001", "One", other)],
        ] {
            let dir = tempfile::tempdir().unwrap();
            fs::write(dir.path().join("2031-02-03.jsonl"), lines.join("\n")).unwrap();
            let what = &list(&[dir.path().to_owned()]).digests[0];
            let part = source::read(&what.sources[0], None, Role::Part).unwrap();
            let mut merged = import::merge(vec![part.stored]).unwrap().clean();
            merged.sources[0].sha256 = None;
            assert_eq!(*load(what).unwrap().digest, merged, "{lines:?}");
        }
    }

    #[test]
    fn loses_a_broken_source_and_keeps_the_others() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (dir, text) in [(&a, "{ broken"), (&b, GOOD)] {
            fs::create_dir(dir.path().join("2025-05-01")).unwrap();
            fs::write(dir.path().join("2025-05-01/A.json"), text).unwrap();
        }
        let listing = list(&[a.path().to_owned(), b.path().to_owned()]);
        assert_eq!(listing.digests.len(), 1);
        let loaded = load(&listing.digests[0]).unwrap();
        assert_eq!(loaded.digest.papers.len(), 1);
        let [problem] = loaded.problems.as_slice() else { panic!("{:?}", loaded.problems) };
        assert!(problem.file.starts_with(&*a.path().to_string_lossy()), "{problem}");

        let alone = list(&[a.path().to_owned()]);
        assert_eq!(load(&alone.digests[0]).unwrap_err(), *problem);
    }

    #[test]
    fn shows_a_digest_where_the_listing_has_it() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("2025-06-30")).unwrap();
        fs::write(dir.path().join("2025-06-30/A.json"), GOOD).unwrap();
        let loaded = load(&list(&[dir.path().to_owned()]).digests[0]).unwrap();
        assert_eq!(loaded.digest.date.to_string(), "2025-06-30");
        assert_eq!(loaded.problems.len(), 1);
    }
}
