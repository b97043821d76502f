//! Stories of files: what a crash, a full disk and a second process leave behind.

use super::*;
use crate::decisions::LineBody;

struct Folders {
    root: tempfile::TempDir,
}

impl Folders {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("data/journal")
    }

    fn journal(&self) -> Journal {
        Journal::open(&self.dir(), &self.root.path().join("state")).unwrap()
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::create_dir_all(self.dir()).unwrap();
        std::fs::write(self.dir().join(file), text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.dir().join(file)).unwrap()
    }

    /// The files of the journal's folder with the machine's name written `M`.
    fn names(&self, machine: &str) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(self.dir())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap().replace(machine, "M"))
            .collect();
        names.sort();
        names
    }
}

/// Undo lines: the shortest there are.
fn lines(numbers: std::ops::RangeInclusive<u64>) -> Vec<Line> {
    numbers.map(|n| Line { n, t: 1, wall_ms: 1, body: LineBody::Undo(n) }).collect()
}

fn numbers(lines: &[Line]) -> Vec<u64> {
    lines.iter().map(|l| l.n).collect()
}

fn only(read: (Vec<(String, Vec<Line>)>, Vec<Problem>)) -> Vec<u64> {
    assert_eq!((read.0.len(), read.1), (1, Vec::new()));
    numbers(&read.0[0].1)
}

#[test]
fn nothing_is_written_before_something_must_be_saved() {
    let folders = Folders::new();
    let mut journal = folders.journal();
    assert_eq!(journal.read_all(), (Vec::new(), Vec::new()));
    assert_eq!(journal.append(&[]).unwrap(), Appended::default());
    assert_eq!(std::fs::read_dir(folders.root.path()).unwrap().count(), 0);
    assert_eq!(journal.append(&lines(1..=2)).unwrap().own.len(), 2);
    assert_eq!(folders.names(journal.machine()), ["M.jsonl", "M.lock"]);
    assert_eq!(folders.journal().machine(), journal.machine());
    assert_eq!(journal.take_problems(), []);
}

#[test]
fn two_handles_on_one_file_interleave_without_gaps() {
    let folders = Folders::new();
    let mut first = folders.journal();
    first.append(&lines(1..=1)).unwrap();
    let mut second = folders.journal();
    assert_eq!(only(second.read_all()), [1]);
    let written = first.append(&lines(2..=3)).unwrap();
    assert_eq!((numbers(&written.foreign), numbers(&written.own)), (vec![], vec![2, 3]));
    let written = second.append(&lines(2..=3)).unwrap();
    assert_eq!((numbers(&written.foreign), numbers(&written.own)), (vec![2, 3], vec![4, 5]));
    assert_eq!(written.own[0].body, LineBody::Undo(4), "names in the batch follow");
    let written = first.append(&lines(4..=4)).unwrap();
    assert_eq!((numbers(&written.foreign), numbers(&written.own)), (vec![4, 5], vec![6]));
    assert_eq!(only(folders.journal().read_all()), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn threads_append_without_gaps_or_losses() {
    let folders = Folders::new();
    folders.journal().append(&lines(1..=1)).unwrap();
    let counts = std::thread::scope(|scope| {
        let writers = [(); 4].map(|()| {
            scope.spawn(|| {
                let mut journal = folders.journal();
                let mut seen = 0;
                for _ in 0..20 {
                    let next = seen + 1;
                    let written = journal.append(&lines(next..=next + 1)).unwrap();
                    assert_eq!(written.own.len(), 2);
                    for n in numbers(&written.foreign).into_iter().chain(numbers(&written.own)) {
                        assert_eq!(n, seen + 1);
                        seen = n;
                    }
                }
                seen
            })
        });
        writers.map(|w| w.join().unwrap())
    });
    assert_eq!(counts.into_iter().max(), Some(161));
    assert_eq!(only(folders.journal().read_all()), (1..=161).collect::<Vec<_>>());
}

#[test]
fn a_torn_last_line_is_moved_aside_wherever_it_was_cut() {
    let folders = Folders::new();
    let mut journal = folders.journal();
    journal.append(&lines(1..=2)).unwrap();
    let file = format!("{}.jsonl", journal.machine());
    let text = folders.read(&file);
    let whole = text.find('\n').unwrap() + 1;
    for cut in whole + 1..text.len() {
        let (left, _) = text.split_at(cut);
        folders.write(&file, left);
        let mut journal = folders.journal();
        let read_first = cut % 2 == 0;
        if read_first {
            let (machines, problems) = journal.read_all();
            assert_eq!(numbers(&machines[0].1), [1]);
            assert_eq!(problems.len(), 1, "{problems:?}");
        }
        let written = journal.append(&lines(2..=2)).unwrap();
        assert_eq!((written.foreign.len(), numbers(&written.own)), (usize::from(!read_first), vec![2]));
        assert_eq!(journal.take_problems().len(), usize::from(!read_first));
        let torn = folders.dir().join(format!("{}.torn.{}", journal.machine(), cut - whole));
        assert_eq!(std::fs::read_to_string(torn).unwrap(), left.split_at(whole).1);
        assert_eq!(only(folders.journal().read_all()), [1, 2]);
    }
}

#[test]
fn a_bad_line_costs_that_line_and_stays() {
    let folders = Folders::new();
    let mut journal = folders.journal();
    let file = format!("{}.jsonl", journal.machine());
    let text = "{\"v\":1,\"n\":1,\"t\":1,\"w\":1,\"undo\":9}\n<<<<<<< HEAD\n\n\
                {\"v\":9,\"n\":2,\"t\":70,\"new\":[]}\n{\"v\":1,\"n\":2,\"t\":1,\"w\":1,\"undo\":9}\r\n";
    folders.write(&file, text);
    let (machines, problems) = journal.read_all();
    assert_eq!(numbers(&machines[0].1), [1, 2]);
    let lines_of: Vec<_> = problems.iter().map(|p| p.line).collect();
    assert_eq!(lines_of, [Some(2), Some(5)], "{problems:?}");
    let written = journal.append(&lines(3..=3)).unwrap();
    assert_eq!((written.own[0].n, written.own[0].t), (3, 71));
    assert!(folders.read(&file).starts_with(text));
}

#[test]
fn files_of_others_are_read_and_never_written() {
    let folders = Folders::new();
    let torn = "{\"v\":1,\"n\":1,\"t\":500,\"w\":1,\"undo\":9}\n{\"v\":1,\"n\":2,";
    folders.write("other-1.jsonl", torn);
    folders.write("other-1.sync-conflict.jsonl", torn);
    folders.write("notes.txt", "");
    std::fs::create_dir(folders.dir().join("folder-1.jsonl")).unwrap();
    let mut journal = folders.journal();
    let (machines, problems) = journal.read_all();
    assert_eq!(machines.len(), 1);
    assert_eq!((machines[0].0.as_str(), machines[0].1.len()), ("other-1", 1));
    let files: Vec<_> = problems.iter().filter_map(|p| p.file.rsplit('/').next()).collect();
    assert_eq!(files, ["folder-1.jsonl", "other-1.sync-conflict.jsonl"]);
    assert_eq!(journal.append(&lines(1..=1)).unwrap().own[0].t, 501);
    assert_eq!(folders.read("other-1.jsonl"), torn);
}

#[test]
fn a_failed_append_leaves_nothing_and_can_be_repeated() {
    let folders = Folders::new();
    let mut journal = folders.journal();
    let own = folders.dir().join(format!("{}.jsonl", journal.machine()));
    // The folder cannot be made, then the lock, then the file.
    std::fs::write(folders.root.path().join("data"), "").unwrap();
    assert!(journal.append(&lines(1..=1)).is_err());
    assert!(journal.read_all().0.is_empty());
    std::fs::remove_file(folders.root.path().join("data")).unwrap();
    for blocked in [own.with_extension("lock"), own] {
        std::fs::create_dir_all(&blocked).unwrap();
        for _ in 0..2 {
            let error = journal.append(&lines(1..=1)).unwrap_err().to_string();
            assert!(error.contains(&blocked.display().to_string()), "{error}");
        }
        std::fs::remove_dir(&blocked).unwrap();
    }
    assert_eq!(numbers(&journal.append(&lines(1..=1)).unwrap().own), [1]);
}

#[test]
fn lines_found_by_a_failed_append_are_handed_over_by_the_next() {
    let folders = Folders::new();
    let mut first = folders.journal();
    first.append(&lines(1..=1)).unwrap();
    let own = folders.dir().join(format!("{}.jsonl", first.machine()));
    folders.journal().append(&lines(1..=2)).unwrap();
    // Opened for reading only, the file can be read and not written.
    let lock = first.lock().unwrap();
    assert!(first.append_locked(&mut open(&own).unwrap(), &lines(2..=2), &lock).is_err());
    drop(lock);
    assert_eq!(numbers(&first.append(&lines(2..=2)).unwrap().foreign), [2, 3]);
}

#[test]
fn a_file_that_was_replaced_is_read_again() {
    let folders = Folders::new();
    let mut journal = folders.journal();
    journal.append(&lines(1..=3)).unwrap();
    let file = format!("{}.jsonl", journal.machine());
    let base = r#"{"v":1,"n":5,"t":9,"w":1,"base":[]}"#;
    let kept = r#"{"v":1,"n":4,"t":8,"w":1,"undo":9}"#;
    folders.write("new", &format!("{base}\n{kept}\n"));
    std::fs::rename(folders.dir().join("new"), folders.dir().join(&file)).unwrap();
    let written = journal.append(&lines(4..=4)).unwrap();
    assert_eq!((numbers(&written.foreign), numbers(&written.own)), (vec![5, 4], vec![6]));
    std::fs::remove_file(folders.dir().join(&file)).unwrap();
    assert_eq!(numbers(&journal.append(&lines(7..=7)).unwrap().own), [7], "no number is given twice");
}

#[test]
fn a_name_that_cannot_be_kept_is_said_and_costs_no_decision() {
    let folders = Folders::new();
    std::fs::create_dir(folders.root.path().join("state")).unwrap();
    let mut journal = folders.journal();
    std::fs::remove_dir(folders.root.path().join("state")).unwrap();
    std::fs::write(folders.root.path().join("state"), "").unwrap();
    assert_eq!(journal.append(&lines(1..=1)).unwrap().own.len(), 1);
    assert_eq!(journal.append(&lines(2..=2)).unwrap().own.len(), 1);
    assert_eq!(journal.take_problems().len(), 1);
}
