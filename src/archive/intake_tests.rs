use super::*;
use crate::archive::target::names;

fn native(category: &str, papers: &[&str]) -> String {
    let papers: Vec<_> = papers
        .iter()
        .map(|id| format!(r#"{{"id": "{id}", "arxiv": {{"id": "{id}"}}, "title": "Title of {id}"}}"#))
        .collect();
    format!(
        r#"{{"schema": 1, "date": "2025-05-01", "category": "{category}", "sources": [], "notices": [], "papers": [{}]}}"#,
        papers.join(",")
    )
}

struct Bench {
    dir: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn source(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn import(&self, sources: &[PathBuf]) -> ImportReport {
        import(sources, &self.dir.path().join("out"), &How::default())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.dir.path().join("out/2025-05-01").join(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut names = names(&self.dir.path().join("out/2025-05-01")).unwrap();
        names.sort();
        names
    }
}

fn counts(r: &ImportReport) -> (usize, usize, usize, usize, usize) {
    (r.files, r.digests_written, r.digests_unchanged, r.papers.new, r.problems.len())
}

#[test]
fn imports_once_merges_and_stays_the_same() {
    let bench = Bench::new();
    let a = bench.source("a.json", &native("A", &["2505.00001", "2505.00002"]));
    assert_eq!(counts(&bench.import(std::slice::from_ref(&a))), (1, 1, 0, 2, 0));
    let first = bench.read("A.json");
    assert_eq!(counts(&bench.import(std::slice::from_ref(&a))), (1, 0, 1, 0, 0));
    assert_eq!(bench.read("A.json"), first);

    let b = bench.source("b.json", &native("A", &["2505.00002", "2505.00003"]));
    assert_eq!(counts(&bench.import(&[a, b])), (2, 1, 0, 1, 0));
    assert_eq!(bench.names(), ["A.json"]);
}

#[test]
fn skips_a_capture_whose_hash_is_known() {
    let bench = Bench::new();
    let text = "2025-05-01 更新\n\nOne Title of a Paper that Is Long Enough\n\nAuthors:A B, C D\n\n\
                An abstract.\n\n论文及项目相关链接\n\nPDF\n\nSummary\n\nText.\n\nKey Takeaways\n\n  1. One.\n";
    let capture = bench.source("2025-05-01_A.txt", &text.replace("\n\nAuthors", "\nAuthors"));
    let first = bench.import(std::slice::from_ref(&capture));
    assert_eq!((first.files, first.digests_written), (1, 1), "{first:?}");
    let again = bench.import(&[capture]);
    assert_eq!((again.files, again.digests_written, again.digests_unchanged), (1, 0, 1), "{again:?}");
}

#[test]
fn tells_categories_apart_that_differ_in_case_or_in_replaced_characters() {
    let bench = Bench::new();
    let sources: Vec<_> = ["LLM", "llm", "A/B", "A_B"]
        .iter()
        .enumerate()
        .map(|(i, c)| bench.source(&format!("{i}.json"), &native(c, &["2505.00001"])))
        .collect();
    assert_eq!(counts(&bench.import(&sources)), (4, 4, 0, 4, 0));
    assert_eq!(bench.names(), ["A_B-2.json", "A_B.json", "LLM.json", "llm-2.json"]);
    assert_eq!(counts(&bench.import(&sources)), (4, 0, 4, 0, 0));
}

#[test]
fn never_overwrites_a_digest_that_it_cannot_read() {
    let bench = Bench::new();
    let a = bench.source("a.json", &native("A", &["2505.00001"]));
    let target = bench.dir.path().join("out/2025-05-01/A.json");
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    fs::write(&target, "{ broken").unwrap();
    let report = bench.import(&[a]);
    assert_eq!(counts(&report), (1, 0, 0, 0, 1));
    assert!(report.problems[0].file.ends_with("A.json"));
    assert_eq!(bench.read("A.json"), "{ broken");
}

#[test]
fn names_the_path_of_a_failed_write() {
    let bench = Bench::new();
    let a = bench.source("a.json", &native("A", &["2505.00001"]));
    let file = bench.source("file", "not a folder");
    let report = import(&[a], &file, &How::default());
    assert_eq!(counts(&report), (0, 0, 0, 0, 1));
    assert!(report.problems[0].file.ends_with("in/file"), "{report:?}");
}
