//! Stories of folders that are taken away, that have no locks, or that other machines and clocks disagree with.

use std::fs::TryLockError;

use super::*;
use crate::decisions::{Cell, Decisions, Field, FieldValue};
use crate::model::{Identity, Severity, Verdict};

/// A process with its home; several may have the same one.
struct Process<'h> {
    home: &'h Path,
    journal: Journal,
    decisions: Decisions,
}

fn paper(n: usize) -> Identity {
    Identity::new(Some(&format!("2501.{n:05}")), "A title of some length", Some("Ada Lin"))
}

impl<'h> Process<'h> {
    fn at(home: &'h Path) -> Self {
        let mut journal = Journal::open(&home.join("data/journal"), &home.join("state")).unwrap();
        let mut decisions = Decisions::new(journal.machine());
        for (machine, lines) in journal.read_all().0 {
            decisions.absorb(&machine, lines);
        }
        Self { home, journal, decisions }
    }

    fn decide(&mut self, paper: &Identity, wall_ms: i64) {
        let value = FieldValue::Verdict(Verdict::Later);
        self.decisions.decide(
            wall_ms,
            vec![Cell { paper: paper.clone(), field: Field::Verdict, value }],
            "later 1",
        );
    }

    fn save(&mut self) -> io::Result<()> {
        let written = self.journal.append(self.decisions.pending())?;
        self.decisions.appended(written.foreign, written.own);
        Ok(())
    }

    fn later(&mut self, n: usize) -> io::Result<()> {
        self.decide(&paper(n), 1);
        self.save()
    }

    fn file(&self) -> PathBuf {
        self.journal.own_path()
    }

    /// What a process that starts now knows.
    fn known(&self) -> Vec<usize> {
        let now = Process::at(self.home);
        (0..1000).filter(|n| now.decisions.verdict(&paper(*n)) == Verdict::Later).collect()
    }

    fn said(&mut self) -> Vec<String> {
        self.journal.take_problems().iter().map(ToString::to_string).collect()
    }
}

fn no_locks(_: &Path, _: &File) -> Result<(), TryLockError> {
    Err(TryLockError::Error(io::Error::from_raw_os_error(rustix::io::Errno::NOLCK.raw_os_error())))
}

fn no_locks_in_data(path: &Path, file: &File) -> Result<(), TryLockError> {
    if path.components().any(|part| part.as_os_str() == "data") {
        no_locks(path, file)
    } else {
        file.try_lock()
    }
}

#[test]
fn a_folder_without_locks_is_locked_in_the_state_folder() {
    let home = tempfile::tempdir().unwrap();
    let mut first = Process::at(home.path());
    first.journal.try_lock = no_locks_in_data;
    for n in 0..1200 {
        first.decide(&paper(n), 1);
    }
    first.save().unwrap();
    let [said] = first.journal.take_problems().try_into().unwrap();
    assert_eq!(said.severity, Severity::Info);
    assert!(said.to_string().contains("has no locks; "), "{said}");
    first.later(1200).unwrap();
    assert_eq!(first.said(), [""; 0], "said once");
    let held = first.journal.lock().unwrap();
    let mut second = Process::at(home.path());
    second.journal.try_lock = no_locks_in_data;
    assert_eq!(second.later(7).unwrap_err().kind(), io::ErrorKind::TimedOut, "it keeps others out");
    drop(held);
    second.save().unwrap();
    assert_eq!(first.journal.compact().unwrap().count, (1202, 1001));
    assert_eq!(first.known().len(), 1000);
}

#[test]
fn without_any_lock_nothing_is_lost_and_nothing_is_shortened() {
    let home = tempfile::tempdir().unwrap();
    let mut first = Process::at(home.path());
    first.journal.try_lock = no_locks;
    first.later(0).unwrap();
    let said = first.said();
    assert!(said.len() == 1 && said[0].contains("has no locks: it is not shortened"), "{said:?}");
    assert_eq!(first.journal.compact().unwrap_err().kind(), io::ErrorKind::Unsupported);

    // A last line that is not finished may be another process's at this moment.
    let whole = std::fs::read_to_string(first.file()).unwrap();
    std::fs::write(first.file(), format!("{whole}{{\"v\":1,\"n\":2,")).unwrap();
    first.later(1).unwrap();
    let said = first.said();
    assert!(said.len() == 1 && said[0].contains(".jsonl:2: not a journal line"), "{said:?}");
    assert_eq!(first.known(), [0, 1]);
    assert!(
        std::fs::read_to_string(first.file()).unwrap().starts_with(&format!("{whole}{{\"v\":1,\"n\":2,\n"))
    );
}

#[test]
fn processes_without_any_lock_try_again_until_their_lines_stand() {
    let home = tempfile::tempdir().unwrap();
    Process::at(home.path()).later(0).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let home = home.path();
            scope.spawn(move || {
                let mut process = Process::at(home);
                process.journal.try_lock = no_locks;
                for n in 0..25 {
                    process.decide(&paper(1 + writer * 25 + n), 1);
                    while process.save().is_err() {}
                }
            });
        }
    });
    assert_eq!(Process::at(home.path()).known(), (0..=100).collect::<Vec<_>>());
}

#[test]
fn a_file_that_is_replaced_while_it_is_written_does_not_swallow_the_decision() {
    let home = tempfile::tempdir().unwrap();
    let mut process = Process::at(home.path());
    process.later(0).unwrap();
    let path = process.file();
    let mut open = OpenOptions::new().read(true).append(true).open(&path).unwrap();
    // As a tool does that brings an older version of the file.
    std::fs::write(path.with_extension("new"), std::fs::read(&path).unwrap()).unwrap();
    std::fs::rename(path.with_extension("new"), &path).unwrap();
    process.decide(&paper(1), 1);
    let lock = process.journal.lock().unwrap();
    let pending = process.decisions.pending().to_vec();
    let error = process.journal.append_locked(&mut open, &pending, &lock).unwrap_err();
    assert!(error.to_string().contains("another program"), "{error}");
    drop(lock);
    process.save().unwrap();
    assert_eq!(process.known(), [0, 1]);
}

#[test]
fn an_older_file_put_in_the_place_of_the_own_one_takes_no_decision_away() {
    for (what, is_read_first, torn) in [("append", false, ""), ("read", true, ""), ("torn", false, "[5,")] {
        let home = tempfile::tempdir().unwrap();
        let mut process = Process::at(home.path());
        process.later(0).unwrap();
        let older = [std::fs::read(process.file()).unwrap(), torn.into()].concat();
        (1..4).for_each(|n| process.later(n).unwrap());
        // As a tool does that synchronises the folder.
        std::fs::write(process.file().with_extension("new"), older).unwrap();
        std::fs::rename(process.file().with_extension("new"), process.file()).unwrap();
        let found = if is_read_first { process.journal.read_new().1 } else { Vec::new() };
        process.later(4).unwrap();
        let said: Vec<_> = found.iter().map(ToString::to_string).chain(process.said()).collect();
        assert!(said.iter().any(|s| s.contains("written again: 3")), "{what}: {said:?}");
        assert_eq!(process.known(), [0, 1, 2, 3, 4], "{what}");
    }
}

#[test]
fn what_cannot_be_written_back_at_once_is_written_back_later() {
    let home = tempfile::tempdir().unwrap();
    let mut process = Process::at(home.path());
    process.later(0).unwrap();
    let older = std::fs::read(process.file()).unwrap();
    (1..4).for_each(|n| process.later(n).unwrap());
    std::fs::write(process.file().with_extension("new"), older).unwrap();
    std::fs::rename(process.file().with_extension("new"), process.file()).unwrap();
    process.journal.try_lock = |_, _| Err(TryLockError::Error(io::ErrorKind::PermissionDenied.into()));
    process.journal.read_new();
    process.journal.try_lock = |_, file| file.try_lock();
    process.later(4).unwrap();
    assert_eq!(process.known(), [0, 1, 2, 3, 4]);
}

#[test]
fn unreadable_last_lines_do_not_take_the_number_of_the_next_decision() {
    for last in ["x\n", "\n", "[5,\n\n"] {
        let home = tempfile::tempdir().unwrap();
        let mut process = Process::at(home.path());
        (0..5).for_each(|n| process.later(n).unwrap());
        let text = [std::fs::read(process.file()).unwrap(), last.into()].concat();
        std::fs::write(process.file(), text).unwrap();
        let mut journal =
            Journal::open(&home.path().join("data/journal"), &home.path().join("state")).unwrap();
        let mut decisions = Decisions::new(journal.machine());
        for (machine, lines) in journal.read_recent(1).0 {
            decisions.absorb(&machine, lines);
        }
        let mut process = Process { home: home.path(), journal, decisions };
        process.later(5).unwrap();
        assert_eq!(process.known(), [0, 1, 2, 3, 4, 5], "{last:?}");
    }
}

#[test]
fn a_file_that_is_made_shorter_is_named() {
    let home = tempfile::tempdir().unwrap();
    let mut process = Process::at(home.path());
    process.later(0).unwrap();
    std::fs::write(process.file(), "").unwrap();
    process.later(1).unwrap();
    assert!(process.said().iter().any(|s| s.contains("shorter")));
}

#[test]
fn what_is_removed_while_it_is_in_use_is_written_again() {
    for (what, has_written) in [("file", true), ("folder", true), ("folder", false)] {
        let home = tempfile::tempdir().unwrap();
        let mut process = Process::at(home.path());
        process.later(0).unwrap();
        if !has_written {
            process = Process::at(home.path());
        }
        match what {
            "file" => std::fs::remove_file(process.file()).unwrap(),
            _ => std::fs::remove_dir_all(home.path().join("data")).unwrap(),
        }
        process.later(1).unwrap();
        let said = process.said();
        assert!(said.len() == 1 && said[0].contains("was gone"), "{what}: {said:?}");
        process.later(2).unwrap();
        assert_eq!((process.known(), process.said()), (vec![0, 1, 2], vec![]), "{what}");
        let left = std::fs::read_dir(home.path().join("data/journal")).unwrap().count();
        assert_eq!(left, 2, "the file and its lock");
    }
}

#[test]
fn a_linked_file_stays_a_link_and_what_killed_compactions_left_goes() {
    let home = tempfile::tempdir().unwrap();
    let mut process = Process::at(home.path());
    for n in 0..1500 {
        process.decide(&paper(n), 1);
    }
    process.save().unwrap();
    let (link, real) = (process.file(), home.path().join("elsewhere/real.jsonl"));
    std::fs::create_dir(real.parent().unwrap()).unwrap();
    std::fs::rename(&link, &real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let left = real.with_file_name(format!("{}abc123", process.journal.unfinished()));
    std::fs::write(&left, "half a file").unwrap();
    assert_eq!(process.journal.compact().unwrap().count, (1500, 1001));
    assert_eq!(std::fs::read_link(&link).unwrap(), real);
    assert_eq!(std::fs::read_to_string(&real).unwrap().lines().count(), 1001);
    assert!(!left.exists());
    assert_eq!(process.known().len(), 1000);
    process.later(1501).unwrap();
    assert_eq!(std::fs::read_to_string(&real).unwrap().lines().count(), 1002);
}

#[test]
fn machines_with_one_host_name_have_files_of_their_own() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shared = one.path().join("data/journal");
    let mut here = Process::at(one.path());
    here.later(0).unwrap();
    let mut there = Journal::open(&shared, &two.path().join("state")).unwrap();
    let (a, b) = (here.journal.machine().to_owned(), there.machine().to_owned());
    assert_eq!(a.rsplit_once('-').unwrap().0, b.rsplit_once('-').unwrap().0, "the host");
    assert_ne!(a, b);
    let mut decisions = Decisions::new(&b);
    decisions.decide(
        1,
        vec![Cell { paper: paper(1), field: Field::Verdict, value: FieldValue::Verdict(Verdict::Later) }],
        "later 1",
    );
    there.append(decisions.pending()).unwrap();
    assert_eq!(here.known(), [0, 1]);
}

/// Rule 3: what is decided last counts, whatever the clocks say.
#[test]
fn a_clock_that_went_back_and_lines_from_the_future_hide_no_decision() {
    let home = tempfile::tempdir().unwrap();
    let mut process = Process::at(home.path());
    std::fs::create_dir_all(home.path().join("data/journal")).unwrap();
    let line = r#"{"v":1,"n":1,"t":32503680000000,"w":32503680000000,"do":[[{"arxiv":"2501.00003","key":"k"},"verdict","dismissed"]],"say":"dismiss 1"}"#;
    std::fs::write(home.path().join("data/journal/future-1.jsonl"), format!("{line}\n")).unwrap();
    for (machine, lines) in process.journal.read_new().0 {
        process.decisions.absorb(&machine, lines);
    }
    assert_eq!(process.decisions.verdict(&paper(3)), Verdict::Dismissed);
    for (n, wall_ms) in [(3, 1_740_000_000_000), (4, 1_740_000_000_001), (5, 5), (6, -7)] {
        process.decide(&paper(n), wall_ms);
        process.save().unwrap();
    }
    assert_eq!(process.known(), [3, 4, 5, 6]);
    let text = std::fs::read_to_string(process.file()).unwrap();
    let times: Vec<_> = text.lines().map(|l| Line::parse(l).unwrap().t).collect();
    assert_eq!(times, (32_503_680_000_001..).take(4).collect::<Vec<_>>());
}
