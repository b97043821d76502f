//! The morning that triage is made for, told to the real program on a real pseudo-terminal.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::ops::Range;
use std::path::Path;

use pty::{Launch, Pty, rows_of};

/// The papers worth keeping: eight of the newest day, seven of the one before.
const KEEPERS: [usize; 15] =
    [2000, 2013, 2029, 2047, 2071, 2095, 3004, 3055, 1000, 1018, 1040, 1041, 1077, 1100, 1119];

/// 400 records on two days. Of the 280 of the newer one 84 were there the day before and 36 stand in two categories.
fn write_archive(root: &Path) {
    write(root, "2031-05-02", "cs.AI", &(1000..1120).collect::<Vec<_>>());
    let mixed = mix(2000..2096, 1000..1084);
    write(root, "2031-05-03", "cs.AI", &mixed);
    write(root, "2031-05-03", "cs.CL", &mix(3000..3064, 2010..2046));
}

/// All numbers of both, by turns as long as there are any.
fn mix(new: Range<usize>, old: Range<usize>) -> Vec<usize> {
    let turns = new.len().max(old.len());
    let (mut new, mut old) = (new, old);
    (0..turns).flat_map(|_| [new.next(), old.next()]).flatten().collect()
}

fn write(root: &Path, date: &str, category: &str, papers: &[usize]) {
    let paper = |n: &usize| {
        format!(
            r#"{{"id":"3105.{n:05}","arxiv":{{"id":"3105.{n:05}","version":1}},"title":"Paper{n}: A Study of Made Things",
            "authors":["Ada First"],"takeaways":["Paper{n} 提出一种新的方法。"]}}"#
        )
    };
    let papers: Vec<String> = papers.iter().map(paper).collect();
    let papers = papers.join(",");
    let text = format!(r#"{{"schema":1,"date":"{date}","category":"{category}","papers":[{papers}]}}"#);
    fs::create_dir_all(root.join(date)).unwrap();
    fs::write(root.join(format!("{date}/{category}.json")), text).unwrap();
}

/// The papers on the screen: what stands in the mark column, and the number.
fn page(screen: &vt100::Screen) -> Vec<(char, usize)> {
    let paper = |row: &String| {
        let rest: String = row.chars().skip(3).collect();
        let number = rest.strip_prefix("Paper")?.split_once(':')?.0.parse().ok()?;
        Some((row.chars().nth(1)?, number))
    };
    rows_of(screen).iter().filter_map(paper).collect()
}

fn head(screen: &vt100::Screen) -> String {
    rows_of(screen)[0].clone()
}

fn is_done(pty: &Pty) -> bool {
    pty.look(|s| head(s).contains("done"))
}

/// Decides all of the day that is open; returns how many keys that took, and how many steps.
fn clear_day(pty: &Pty) -> (usize, usize) {
    let (mut keys, mut steps) = (0, 0);
    loop {
        let before = pty.look(page);
        for (_, paper) in before.iter().filter(|(mark, n)| *mark == ' ' && KEEPERS.contains(n)) {
            pty.keys(";");
            pty.wait_for("capital: bookmark");
            let label = pty.look(page).into_iter().find(|(_, n)| n == paper).unwrap().0;
            pty.keys(&label.to_ascii_uppercase().to_string());
            pty.wait("the star", |s| page(s).contains(&('★', *paper)));
            keys += 2;
            steps += 1;
        }
        if is_done(pty) {
            return (keys, steps);
        }
        pty.keys("x");
        (keys, steps) = (keys + 1, steps + 1);
        // The next page begins with the first paper that was not shown.
        pty.wait("the next page", |s| {
            head(s).contains("done") || page(s).iter().all(|(_, n)| before.iter().all(|(_, b)| b != n))
        });
        if is_done(pty) {
            return (keys, steps);
        }
    }
}

/// What is bookmarked on the open day, by the view of it.
fn kept(pty: &Pty) -> Vec<usize> {
    pty.keys("f b");
    pty.wait_for("view bookmarked");
    let kept = pty.look(|s| page(s).into_iter().map(|(_, n)| n).collect());
    pty.keys("f a");
    pty.wait("the whole list", |s| !rows_of(s).last().unwrap().contains("view"));
    kept
}

#[test]
fn four_hundred_papers_are_decided_in_eighty_keys_and_stay_so() {
    let folder = tempfile::tempdir().unwrap();
    write_archive(folder.path());
    let launch = |l: Launch| l.size(120, 36).arg(folder.path());
    let mut pty = launch(Launch::new(env!("CARGO_BIN_EXE_wenzhai"))).start();
    pty.wait_for("160 papers · 160 undecided · 120 folded");
    let (newer, newer_steps) = clear_day(&pty);
    pty.keys(">");
    pty.wait_for("120 papers · 120 undecided");
    let (older, older_steps) = clear_day(&pty);
    let (keys, steps) = (newer + 1 + older, newer_steps + older_steps);
    assert!(keys <= 80, "{keys} keys");
    let (older_head, newer_head) = ("120 papers · done · ★ 7", "160 papers · done · ★ 8");
    pty.wait_for(older_head);
    assert_eq!(kept(&pty), KEEPERS[8..]);

    pty.keys(&"u ".repeat(steps + 1));
    pty.wait_for("Nothing to undo.");
    pty.wait_for("160 papers · 160 undecided · 120 folded");
    pty.keys(&"<C-r> ".repeat(steps + 1));
    pty.wait_for("Nothing to redo.");
    pty.wait_for(older_head);
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);

    let mut pty = launch(Launch::again(env!("CARGO_BIN_EXE_wenzhai"), &pty)).start();
    pty.wait_for(older_head);
    assert_eq!(kept(&pty), KEEPERS[8..]);
    pty.keys("L");
    pty.wait_for(newer_head);
    assert_eq!(kept(&pty), KEEPERS[..8]);
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
}
