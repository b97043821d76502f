//! Stories of long files: what of them is read first, and what is left when they are shortened.

use std::path::PathBuf;

use super::*;
use crate::decisions::{Cell, Decisions, Field, FieldValue, LineBody};
use crate::model::{Identity, Verdict};

fn paper(n: usize) -> Identity {
    Identity::new(Some(&format!("2501.{n:05}")), "A title of some length", Some("Ada Lin"))
}

fn later(n: usize) -> Cell {
    Cell { paper: paper(n), field: Field::Verdict, value: FieldValue::Verdict(Verdict::Later) }
}

struct World {
    root: tempfile::TempDir,
}

impl World {
    /// A machine that marked so many papers, one line each.
    fn of(count: usize) -> (Self, Journal, Decisions) {
        let world = Self { root: tempfile::tempdir().unwrap() };
        let mut journal = world.journal();
        let mut decisions = Decisions::new(journal.machine());
        for n in 0..count {
            decisions.decide(1, vec![later(n)], "later 1");
        }
        save(&mut journal, &mut decisions);
        (world, journal, decisions)
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("journal")
    }

    fn journal(&self) -> Journal {
        Journal::open(&self.dir(), &self.root.path().join("state")).unwrap()
    }

    fn read(&self) -> Decisions {
        let mut journal = self.journal();
        let mut decisions = Decisions::new(journal.machine());
        let (machines, problems) = journal.read_all();
        assert_eq!(problems, []);
        for (name, lines) in machines {
            decisions.absorb(&name, lines);
        }
        decisions
    }
}

fn save(journal: &mut Journal, decisions: &mut Decisions) {
    let written = journal.append(decisions.pending()).unwrap();
    decisions.appended(written.foreign, written.own);
}

fn marked(decisions: &Decisions) -> usize {
    (0..2000).filter(|n| decisions.verdict(&paper(*n)) == Verdict::Later).count()
}

#[test]
fn a_long_file_becomes_short_and_another_reader_goes_on_with_it() {
    let (world, mut journal, mut decisions) = World::of(1500);
    let (mut second, mut other) = (world.journal(), world.read());
    second.read_all();
    assert!(journal.is_longer_than(1499) && !journal.is_longer_than(1500));

    let done = journal.compact().unwrap();
    assert_eq!(done.count, (1500, 1001));
    assert!(done.bytes.0 > done.bytes.1, "{:?}", done.bytes);
    decisions.absorb(second.machine(), done.lines);
    assert_eq!(marked(&decisions), 1500);
    let undone = (0..2000).take_while(|_| decisions.undo(2).is_some()).count();
    assert_eq!(undone, 1000, "undo ends at the base");
    assert!(decisions.is_compacted());

    other.decide(3, vec![later(1999)], "later 1");
    save(&mut second, &mut other);
    assert_eq!(marked(&other), 1501);
    assert_eq!(marked(&world.read()), 1501);
    assert_eq!(journal.compact().unwrap().count, (1002, 1001), "one more is settled");
    assert_eq!(marked(&world.read()), 1501);
    let names = std::fs::read_dir(world.dir()).unwrap().count();
    assert_eq!(names, 2, "the file and its lock");
}

#[test]
fn the_newest_lines_come_first_and_the_backlog_brings_the_rest() {
    let (world, ..) = World::of(30);
    let mut journal = world.journal();
    let mut decisions = Decisions::new(journal.machine());
    let (machines, backlogs, problems) = journal.read_recent(10);
    assert_eq!((backlogs.len(), problems), (1, vec![]));
    for (name, lines) in machines {
        decisions.absorb(&name, lines);
    }
    assert_eq!(marked(&decisions), 10);
    decisions.decide(5, vec![later(500)], "later 1");
    save(&mut journal, &mut decisions);
    for backlog in backlogs {
        let ((name, lines), problems) = backlog.read();
        assert_eq!(problems, []);
        decisions.absorb(&name, lines);
    }
    assert_eq!(decisions, world.read());
    assert_eq!(journal.read_recent(31).1, [], "as many as there are is no backlog");

    journal.compact().unwrap();
    let mut late = world.journal();
    late.read_recent(1);
    let line = Line { n: 1, t: 1, wall_ms: 1, body: LineBody::Undo(31) };
    assert_eq!(late.append(&[line]).unwrap().own[0].n, 32, "also when only the backlog knows the number");
}

/// What a broken clock, a hostile hand or half a sync can leave: what is acknowledged after it is read again.
#[test]
fn absurd_numbers_lose_no_decision() {
    let stored = r#"{"arxiv":"2501.00003","key":"k"}"#;
    for (n, t, upto, settled) in [
        ("1", "9007199254740992", "1", "[]".to_owned()),
        ("1", "-9007199254740992", "1", "[]".to_owned()),
        ("9007199254740992", "5", "1", "[]".to_owned()),
        ("1", "5", "9007199254740992", "[]".to_owned()),
        ("1", "5", "18446744073709551615", "[]".to_owned()),
        ("1", "5", "500", "[]".to_owned()),
        ("1", "5", "1", format!(r#"[[{stored},"verdict","later",5,18446744073709551615]]"#)),
        ("1", "5", "1", format!(r#"[[{stored},"verdict","later",9223372036854775807,1]]"#)),
    ] {
        for is_own in [true, false] {
            let (world, journal, _) = World::of(1);
            let own = world.dir().join(format!("{}.jsonl", journal.machine()));
            let path = if is_own { own } else { world.dir().join("zz-1.jsonl") };
            let line = format!(r#"{{"v":1,"n":{n},"t":{t},"w":1,"base":{settled},"upto":{upto}}}"#);
            std::fs::write(&path, format!("{line}\n")).unwrap();
            for limit in [1, usize::MAX] {
                let mut journal = world.journal();
                let mut decisions = Decisions::new(journal.machine());
                for (name, lines) in journal.read_recent(limit).0 {
                    decisions.absorb(&name, lines);
                }
                decisions.decide(7, vec![later(4)], "later 1");
                let written = match journal.append(decisions.pending()) {
                    Ok(written) => written,
                    Err(e) => {
                        assert!(is_own && e.to_string().contains("number"), "{line} {e}");
                        continue;
                    }
                };
                decisions.appended(written.foreign, written.own);
                let mut again = Decisions::new(journal.machine());
                for (name, lines) in world.journal().read_all().0 {
                    again.absorb(&name, lines);
                }
                assert_eq!(again.verdict(&paper(4)), Verdict::Later, "{line} {is_own}");
            }
        }
    }
}

#[test]
fn what_is_no_line_is_kept_beside_a_compacted_file() {
    let (world, mut journal, _) = World::of(1200);
    let path = world.dir().join(format!("{}.jsonl", journal.machine()));
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("<<<<<<< HEAD\n{text}{{\"v\":1,\"n\":")).unwrap();
    assert_eq!(journal.compact().unwrap().count, (1200, 1001));
    let torn = std::fs::read_to_string(world.dir().join(format!("{}.torn.1", journal.machine()))).unwrap();
    assert_eq!(torn, "<<<<<<< HEAD\n{\"v\":1,\"n\":");
    let [problem] = journal.take_problems().try_into().unwrap();
    assert!(problem.to_string().contains(".torn.1"), "{problem}");
    assert_eq!(marked(&world.read()), 1200);
}

#[test]
fn lines_of_others_are_read_as_they_come() {
    let (world, mut journal, mut decisions) = World::of(2);
    let mut reader = world.journal();
    reader.read_all();
    assert_eq!(reader.read_new(), (vec![], vec![]));
    decisions.decide(9, vec![later(7)], "later 1");
    save(&mut journal, &mut decisions);
    std::fs::write(world.dir().join("zz-1.jsonl"), "{\"v\":1,\"n\":1,\"t\":4,\"w\":4,\"undo\":9}\n{\"v\"")
        .unwrap();
    let (machines, problems) = reader.read_new();
    let numbers: Vec<_> =
        machines.iter().map(|(_, lines)| lines.iter().map(|l| l.n).collect::<Vec<_>>()).collect();
    assert_eq!((numbers, problems), (vec![vec![3], vec![1]], vec![]));
    assert_eq!(reader.read_new(), (vec![], vec![]), "half a line is none yet");
}
