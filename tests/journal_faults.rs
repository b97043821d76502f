//! Programs that are killed and programs that write at once: no decision that was shown may be lost.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "the long runs say what they did")]

#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::Path;
use std::process::Command;

use pty::{Launch, Pty};
use rustix::process::Signal;

use wenzhai::decisions::{Cell, Decisions, Field, FieldValue};
use wenzhai::journal::Journal;
use wenzhai::model::{Identity, Verdict};

const PAPERS: usize = 26;
/// Names the work of a child process: journal folder, its number, its count of actions.
const CHILD: &str = "WENZHAI_TEST_JOURNAL_CHILD";

fn archive(root: &Path) {
    let papers: Vec<_> = (0..PAPERS)
        .map(|n| {
            let id = format!("2503.{n:05}");
            serde_json::json!({
                "id": id, "arxiv": {"id": id, "version": 1}, "title": format!("Paper number {n} of the day"),
                "authors": ["Ada Lin"], "abstract_en": "One sentence.",
            })
        })
        .collect();
    let digest = serde_json::json!({
        "schema": 1, "date": "2025-03-01", "category": "LLM", "sources": [], "notices": [], "papers": papers,
    });
    fs::create_dir_all(root.join("2025-03-01")).unwrap();
    fs::write(root.join("2025-03-01/LLM.json"), digest.to_string()).unwrap();
}

fn decisions_in(journal: &Path, state: &Path) -> Decisions {
    let mut journal = Journal::open(journal, state).unwrap();
    let mut decisions = Decisions::new(journal.machine());
    for (machine, lines) in journal.read_all().0 {
        decisions.absorb(&machine, lines);
    }
    decisions
}

/// The verdicts of the papers that a screen shows, by their number.
fn painted(screen: &vt100::Screen) -> Vec<(usize, char)> {
    let rows = pty::rows_of(screen);
    let number = |row: &str| row.split_once("Paper number ")?.1.split(' ').next()?.parse().ok();
    rows.iter()
        .filter_map(|row| {
            let before = row.split_once("Paper number ")?.0;
            let mark = before.chars().rev().find(|c| !c.is_whitespace() && *c != '▌')?;
            Some((number(row)?, mark))
        })
        .filter(|(_, mark)| "★+-".contains(*mark))
        .collect()
}

/// A seeded sequence of numbers (xorshift): which keys, and when the end comes.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Types decisions in small bursts, kills the reader at some moment, and counts what the last frame showed.
fn killed_while_deciding(seed: u64) -> usize {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let folder = tempfile::tempdir().unwrap();
    archive(folder.path());
    let pty: Pty = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).arg(folder.path()).size(100, 60).start();
    pty.wait_for("Paper number 0 ");
    let mut typed = 0;
    let end = 1 + dice.roll(PAPERS as u64 - 1);
    while typed < end {
        let burst = (1 + dice.roll(4)).min(end - typed);
        let keys: Vec<_> = (0..burst).map(|_| b"bwd"[dice.roll(3) as usize]).collect();
        pty.send(&keys);
        typed += burst;
        if dice.roll(2) == 0 {
            let wanted = typed - dice.roll(burst + 1);
            pty.wait("decisions", |s| painted(s).len() as u64 >= wanted);
        }
    }
    pty.signal(Signal::KILL);
    let home = pty.home().to_owned();
    let shown = pty.look(painted);
    let kept = decisions_in(&home.join("data/wenzhai/journal"), &home.join("state/wenzhai"));
    for (n, mark) in &shown {
        let paper =
            Identity::new(Some(&format!("2503.{n:05}")), &format!("Paper number {n} of the day"), None);
        let kept = kept.verdict(&paper);
        let expected = match mark {
            '★' => Verdict::Bookmarked,
            '-' => Verdict::Dismissed,
            _ => Verdict::Later,
        };
        assert_eq!(kept, expected, "seed {seed}: paper {n} was shown as {mark}");
    }
    shown.len()
}

#[test]
fn no_decision_that_was_painted_is_lost_to_a_kill() {
    let shown: usize = (1..=25).map(killed_while_deciding).sum();
    assert!(shown > 100, "only {shown} decisions were on screen");
}

#[test]
#[ignore = "minutes"]
fn no_decision_that_was_painted_is_lost_to_a_thousand_kills() {
    let shown: usize = (1..=1000).map(killed_while_deciding).sum();
    println!("1000 kills, {shown} decisions painted before them, lost 0");
}

/// A journal of one machine with so many lines, the first of which bookmarks paper 0.
fn long_journal(home: &Path, lines: usize) -> std::path::PathBuf {
    let text: Vec<_> = (1..=lines)
        .map(|n| {
            let (id, verdict) = if n == 1 { (0, "bookmarked") } else { (90_000 + n, "dismissed") };
            format!(
                "{{\"v\":1,\"n\":{n},\"t\":{n},\"w\":{n},\"do\":[[{{\"arxiv\":\"2503.{id:05}\",\"key\":\"papernumber{id}oftheday\"}},\
                 \"verdict\",\"{verdict}\"]],\"say\":\"{verdict} 1\"}}\n"
            )
        })
        .collect();
    fs::create_dir_all(home.join("state/wenzhai")).unwrap();
    fs::write(home.join("state/wenzhai/machine"), "here-1\n").unwrap();
    let folder = home.join("data/wenzhai/journal");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("here-1.jsonl");
    fs::write(&file, text.concat()).unwrap();
    file
}

#[test]
fn a_long_journal_comes_after_the_first_frame_and_before_any_key_and_is_shortened_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    archive(folder.path());
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).arg(folder.path()).size(100, 60);
    let file = long_journal(launch.home(), 6000);
    let mut pty = launch.start();
    pty.wait_for("★ Paper number 0 ");
    let output = String::from_utf8_lossy(&pty.output()).into_owned();
    let first = output.split("\x1b[?2026").nth(1).unwrap();
    assert!(
        first.contains("Paper number 0 ") && !first.contains('★'),
        "it waited for the oldest line: {first:?}"
    );
    // The oldest line decides what the first sweep may take.
    pty.keys("x");
    pty.wait("the sweep", |s| painted(s).len() == PAPERS);
    assert_eq!(pty.look(painted)[0], (0, '★'), "it was bookmarked long ago");
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
    let lines = fs::read_to_string(&file).unwrap().lines().count();
    assert_eq!(lines, 1001, "a base, and what can be undone");

    let again = Launch::again(env!("CARGO_BIN_EXE_wenzhai"), &pty).arg(folder.path()).size(100, 60).start();
    again.wait("the same marks", |s| painted(s).len() == PAPERS && painted(s)[0].1 == '★');
}

/// What is wrong before the first key, and how it is put right.
type Fault = (&'static str, fn(&Pty), fn(&Pty));

fn journal_of(pty: &Pty) -> std::path::PathBuf {
    pty.home().join("data/wenzhai/journal")
}

/// A limit on the size of files stands for the end of the disk: a part of the line is still written.
fn limit_files(pty: &Pty, room: Option<u64>) {
    let limit = rustix::process::Rlimit { current: room, maximum: None };
    rustix::process::prlimit(Some(pty.pid()), rustix::process::Resource::Fsize, limit).unwrap();
}

const FAULTS: [Fault; 3] = [
    ("the disk is full", |pty| limit_files(pty, Some(40)), |pty| limit_files(pty, None)),
    (
        "the folder is a file",
        |pty| {
            fs::create_dir_all(pty.home().join("data/wenzhai")).unwrap();
            fs::write(journal_of(pty), "").unwrap();
        },
        |pty| fs::remove_file(journal_of(pty)).unwrap(),
    ),
    (
        // Where even the superuser can write nothing.
        "the folder is read-only",
        |pty| {
            fs::create_dir_all(pty.home().join("data/wenzhai")).unwrap();
            std::os::unix::fs::symlink("/sys", journal_of(pty)).unwrap();
        },
        |pty| fs::remove_file(journal_of(pty)).unwrap(),
    ),
];

/// A reader that a limit on files does not kill, as a full disk does not.
fn with_fault(folder: &Path, fault: fn(&Pty)) -> Pty {
    let launch = Launch::new("sh").arg("-c").arg("trap '' XFSZ; exec \"$0\" \"$@\"");
    let launch = launch.arg(env!("CARGO_BIN_EXE_wenzhai")).arg(folder).size(100, 60);
    fs::create_dir_all(launch.home().join("state/wenzhai")).unwrap();
    fs::write(launch.home().join("state/wenzhai/machine"), "here-1\n").unwrap();
    let pty = launch.start();
    pty.wait_for("Paper number 0 ");
    fault(&pty);
    pty
}

#[test]
fn what_cannot_be_saved_is_said_stays_and_is_saved_when_it_can_be() {
    for (name, fault, mend) in FAULTS {
        let folder = tempfile::tempdir().unwrap();
        archive(folder.path());
        let mut pty = with_fault(folder.path(), fault);
        let says = |s: &vt100::Screen, text| pty::rows_of(s).iter().any(|row| row.contains(text));
        pty.keys("b");
        pty.wait(name, |s| painted(s) == [(0, '★')] && says(s, "Not saved: "));
        pty.keys("w");
        pty.wait(name, |s| painted(s).len() == 2 && says(s, "Not saved: "));
        mend(&pty);
        pty.keys("j");
        pty.wait(name, |s| !says(s, "ot saved") && !says(s, "unsaved"));
        pty.keys("q");
        assert_eq!(pty.wait_exit(), 0, "{name}");
        let kept = decisions_in(&journal_of(&pty), &pty.home().join("state/wenzhai"));
        let verdict = |n| kept.verdict(&Identity::new(Some(&format!("2503.{n:05}")), "", None));
        assert_eq!(
            [0, 1, 2].map(verdict),
            [Verdict::Bookmarked, Verdict::Later, Verdict::Undecided],
            "{name}"
        );
        let names: Vec<_> = fs::read_dir(journal_of(&pty)).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{name}: nothing but the file and its lock: {names:?}");
    }
}

#[test]
fn what_could_not_be_saved_to_the_end_is_counted_and_fails_the_program() {
    for (name, fault, _) in FAULTS {
        let folder = tempfile::tempdir().unwrap();
        archive(folder.path());
        let mut pty = with_fault(folder.path(), fault);
        pty.keys("b w q");
        assert_eq!(pty.wait_exit(), 1, "{name}");
        assert!(pty.screen_text().contains("decisions not saved: 2;"), "{name}\n{}", pty.screen_text());
    }
}

#[test]
fn a_folder_that_is_removed_under_the_reader_comes_back_with_all_that_was_in_it() {
    let folder = tempfile::tempdir().unwrap();
    archive(folder.path());
    let pty = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).arg(folder.path()).size(100, 60).start();
    pty.wait_for("Paper number 0 ");
    pty.keys("b w");
    pty.wait("two marks", |s| painted(s).len() == 2);
    fs::remove_dir_all(journal_of(&pty)).unwrap();
    pty.keys("d");
    pty.wait_for("was gone");
    let again = Launch::again(env!("CARGO_BIN_EXE_wenzhai"), &pty).arg(folder.path()).size(100, 60).start();
    again.wait("all marks", |s| painted(s) == [(0, '★'), (1, '+'), (2, '-')]);
    again.keys("b");
    // The watch is on the new folder.
    pty.wait("what the other decided", |s| painted(s).len() == 4);
}

/// A command of the program in a home of its own.
fn wenzhai(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenzhai"));
    command.args(args).env("HOME", home).env_remove("WENZHAI_ARCHIVE").env("LC_ALL", "C.UTF-8");
    for name in ["data", "state", "config", "cache"] {
        command.env(format!("XDG_{}_HOME", name.to_uppercase()), home.join(name));
    }
    command
}

/// Kills a compaction at some moment after it began to write; says whether the shorter file was in place by then.
fn killed_while_compacting(dice: &mut Dice) -> bool {
    let home = tempfile::tempdir().unwrap();
    let file = long_journal(home.path(), 3000);
    let (folder, state) = (file.parent().unwrap(), home.path().join("state/wenzhai"));
    let before = decisions_in(folder, &state);
    let mut compaction =
        wenzhai(home.path(), &["journal", "compact"]).stdout(std::process::Stdio::null()).spawn().unwrap();
    let is_new =
        |e: std::io::Result<fs::DirEntry>| e.unwrap().file_name().to_str().unwrap().contains(".new.");
    while !fs::read_dir(folder).unwrap().any(is_new) && compaction.try_wait().unwrap().is_none() {}
    for _ in 0..dice.roll(2000) {
        std::thread::yield_now();
    }
    let _ = compaction.kill();
    compaction.wait().unwrap();
    let is_done = fs::read_to_string(&file).unwrap().lines().count() < 3000;
    for again in 0..2 {
        let after = decisions_in(folder, &state);
        assert_eq!(after.papers().len(), 3000, "{again}");
        assert!(before.papers().iter().all(|p| after.verdict(p) == before.verdict(p)), "{again}");
        assert!(wenzhai(home.path(), &["journal", "compact"]).output().unwrap().status.success());
    }
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 1001);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 2, "what the killed one left is gone");
    is_done
}

#[test]
fn a_compaction_that_is_killed_loses_nothing_and_leaves_nothing_for_long() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let done = (0..8).filter(|_| killed_while_compacting(&mut dice)).count();
    println!("8 compactions killed, {done} of them done by then, lost 0");
}

#[test]
#[ignore = "minutes"]
fn no_decision_is_lost_to_three_hundred_killed_compactions() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let done = (0..300).filter(|_| killed_while_compacting(&mut dice)).count();
    println!("300 compactions killed, {done} of them done by then, lost 0");
}

#[test]
fn a_decision_on_a_paper_that_left_the_archive_is_kept_and_listed() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    archive(folder.path());
    let root = folder.path().to_str().unwrap();
    let run = |args: &[&str]| {
        let output = wenzhai(home.path(), args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    assert_eq!(run(&["mark", "2503.00003", "--bookmark", "--archive", root]).0, 0);
    let day = folder.path().join("2025-03-01/LLM.json");
    let mut digest: serde_json::Value = serde_json::from_slice(&fs::read(&day).unwrap()).unwrap();
    let papers = digest["papers"].as_array_mut().unwrap();
    papers.remove(3);
    papers.push(serde_json::json!(["no paper"]));
    fs::write(&day, digest.to_string()).unwrap();
    let (_, listed, _) = run(&["journal", "list"]);
    assert_eq!(listed, "bookmarked\t-\t2503.00003\tpapernumber3oftheday\n");
    let (code, _, said) = run(&["mark", "2503.00003", "--later", "--archive", root]);
    assert_eq!(code, 1);
    assert!(
        said.contains("no paper has the id") && said.contains("LLM.json"),
        "a bad record is named: {said}"
    );
    assert_eq!(run(&["journal", "list"]).1, listed);
}

#[test]
fn two_readers_see_what_the_other_decides() {
    let folder = tempfile::tempdir().unwrap();
    archive(folder.path());
    let first = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).arg(folder.path()).size(100, 60);
    long_journal(first.home(), 1);
    let first = first.start();
    let second =
        Launch::again(env!("CARGO_BIN_EXE_wenzhai"), &first).arg(folder.path()).size(100, 60).start();
    second.wait("the first mark", |s| painted(s) == [(0, '★')]);
    first.wait("the first mark", |s| painted(s) == [(0, '★')]);
    first.keys("b w");
    second.wait("what the first decided", |s| painted(s) == [(0, '★'), (1, '★'), (2, '+')]);
    second.keys("u");
    first.wait("the undo of the second", |s| painted(s) == [(0, '★'), (1, '★')]);
    // A script counts as well, and so does another machine whose file a tool brings.
    let there = first.home().join("data/wenzhai/journal/there-2.jsonl");
    let line = r#"{"v":1,"n":1,"t":9999999999999,"w":1,"do":[[{"arxiv":"2503.00003","key":"k"},"verdict","dismissed"]],"say":"dismiss 1"}"#;
    fs::write(there, format!("{line}\n")).unwrap();
    for pty in [&first, &second] {
        pty.wait("the other machine", |s| painted(s) == [(0, '★'), (1, '★'), (3, '-')]);
    }
}

fn named(id: &str) -> Identity {
    Identity::new(Some(id), &format!("The title of paper {id} of that process"), None)
}

/// What one of several processes does; nothing in the parent.
#[test]
fn child_that_appends() {
    let Ok(work) = std::env::var(CHILD) else { return };
    let [root, number, count] = work.split('\n').collect::<Vec<_>>().try_into().unwrap();
    let count: u32 = count.parse().unwrap();
    let mut journal = Journal::open(&Path::new(root).join("j"), &Path::new(root).join("s")).unwrap();
    let mut decisions = Decisions::new(journal.machine());
    for action in 0..count {
        let paper = named(&format!("{number}.{action}"));
        let value = FieldValue::Verdict(Verdict::Later);
        decisions.decide(1, vec![Cell { paper, field: Field::Verdict, value }], "later 1");
        // A lock that is held too long is an error like any other: the lines go out with the next try.
        for attempt in 0.. {
            match journal.append(decisions.pending()) {
                Ok(written) => {
                    decisions.appended(written.foreign, written.own);
                    break;
                }
                Err(e) => assert!(attempt < 100, "{e}"),
            }
        }
        if action % 500 == 499 {
            let _ = journal.compact().map(|done| decisions.absorb(journal.machine(), done.lines));
        }
    }
}

fn written_at_once(processes: usize, actions: usize) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("s")).unwrap();
    fs::write(root.path().join("s/machine"), "shared-1\n").unwrap();
    let children: Vec<_> = (0..processes)
        .map(|number| {
            let work = format!("{}\n{number}\n{actions}", root.path().display());
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.args(["--exact", "child_that_appends"]).env(CHILD, work);
            command.stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let kept = decisions_in(&root.path().join("j"), &root.path().join("s"));
    let lost = (0..processes).flat_map(|p| (0..actions).map(move |a| format!("{p}.{a}"))).filter(|id| {
        let paper = named(id);
        kept.verdict(&paper) != Verdict::Later
    });
    assert_eq!(lost.count(), 0);
    println!("{processes} processes, {actions} actions each, lost 0");
}

#[test]
fn processes_that_write_and_compact_at_once_lose_nothing() {
    written_at_once(4, 60);
}

#[test]
#[ignore = "minutes"]
fn eight_processes_with_ten_thousand_actions_each_lose_nothing() {
    written_at_once(8, 10_000);
}
