//! The rules of the journal as stories; the laws are in `tests/journal_laws.rs`.

use super::*;

const LONG: &str = "A Title Long Enough To Stand Alone";

fn paper(arxiv: Option<&str>) -> Identity {
    Identity::new(arxiv, LONG, None)
}

fn set(paper: &Identity, verdict: Verdict) -> Cell {
    Cell { paper: paper.clone(), field: Field::Verdict, value: FieldValue::Verdict(verdict) }
}

fn line(n: u64, t: i64, body: LineBody) -> Line {
    Line { n, t, wall_ms: t, body }
}

fn act(n: u64, t: i64, paper: &Identity, verdict: Verdict) -> Line {
    line(n, t, LineBody::Do { cells: vec![set(paper, verdict)], say: "act 1".to_owned(), auto: false })
}

/// Number and logical time of the lines to be written.
fn stamps(d: &Decisions) -> Vec<(u64, i64)> {
    d.pending().iter().map(|l| (l.n, l.t)).collect()
}

/// Writes what is pending to a disk that no other process writes to.
fn save(d: &mut Decisions) {
    let own = d.pending().to_vec();
    d.appended(Vec::new(), own);
    assert!(d.pending().is_empty());
}

#[test]
fn rule_3_time_never_goes_back() {
    let p = paper(Some("1"));
    let mut d = Decisions::new("here");
    d.absorb("there", vec![act(7, 1000, &p, Verdict::Later)]);
    d.decide(500, vec![set(&p, Verdict::Dismissed)], "dismiss 1");
    d.decide(2000, vec![set(&p, Verdict::Bookmarked)], "bookmark 1");
    d.undo(100);
    assert_eq!(stamps(&d), [(1, 1001), (2, 2000), (3, 2001)]);
    assert_eq!(d.verdict(&p), Verdict::Dismissed);
}

#[test]
fn rule_4_the_greatest_live_line_sets_the_value() {
    let p = paper(Some("1"));
    // (first machine, its time), (second machine, its time) -> whose verdict stands
    for (a, b, stands) in [
        (("a", 10), ("b", 11), Verdict::Later),
        (("a", 11), ("b", 10), Verdict::Bookmarked),
        (("a", 10), ("b", 10), Verdict::Later),
        (("b", 10), ("a", 10), Verdict::Bookmarked),
    ] {
        let mut d = Decisions::new("here");
        d.absorb(a.0, vec![act(9, a.1, &p, Verdict::Bookmarked)]);
        d.absorb(b.0, vec![act(1, b.1, &p, Verdict::Later)]);
        assert_eq!(d.verdict(&p), stands, "{a:?} {b:?}");
    }
}

#[test]
fn rule_5_an_undo_leaves_what_others_decided() {
    let p = paper(Some("1"));
    let mut d = Decisions::new("here");
    d.decide(10, vec![set(&p, Verdict::Dismissed)], "dismiss 1");
    save(&mut d);
    d.absorb("there", vec![act(1, 20, &p, Verdict::Bookmarked)]);
    let change = d.undo(30).unwrap();
    assert_eq!(change, Change { say: "dismiss 1".to_owned(), papers: vec![p.clone()], changed: false });
    assert_eq!(d.verdict(&p), Verdict::Bookmarked);
}

#[test]
fn rule_6_undo_and_redo_walk_the_own_file() {
    let (p, q) = (paper(Some("1")), paper(Some("2")));
    let mut d = Decisions::new("here");
    assert_eq!((d.undo(1), d.redo(1)), (None, None));
    d.decide(10, vec![set(&p, Verdict::Later)], "later 1");
    d.decide(11, vec![set(&p, Verdict::Dismissed), set(&q, Verdict::Dismissed)], "dismiss 2");
    let seen = |d: &Decisions| (d.verdict(&p), d.verdict(&q));
    let both = (Verdict::Dismissed, Verdict::Dismissed);
    let first = (Verdict::Later, Verdict::Undecided);
    assert_eq!(seen(&d), both);
    assert_eq!(d.undo(12).unwrap().papers, [p.clone(), q.clone()]);
    assert_eq!(seen(&d), first);
    assert!(d.undo(13).unwrap().changed);
    assert_eq!(d.undo(14), None);
    assert_eq!(seen(&d), (Verdict::Undecided, Verdict::Undecided));
    assert_eq!(d.redo(15).unwrap().say, "later 1");
    assert_eq!(d.redo(16).unwrap().say, "dismiss 2");
    assert_eq!(d.redo(17), None);
    assert_eq!(seen(&d), both);
    d.undo(18);
    d.decide(19, vec![set(&q, Verdict::Later)], "later 1");
    assert_eq!(d.redo(20), None, "a new decision ends redo");
    assert_eq!(d.undo(21).unwrap().say, "later 1");
    assert_eq!(d.undo(22).unwrap().say, "later 1");
    assert_eq!(d.undo(23), None);
}

#[test]
fn rule_7_reading_waits_and_is_not_undone() {
    let p = paper(Some("1"));
    let mut d = Decisions::new("here");
    d.mark_read_auto(5, &p);
    d.mark_read_auto(6, &p);
    assert!(d.is_read(&p) && d.pending().is_empty());
    d.decide(7, vec![set(&p, Verdict::Later)], "later 1");
    assert_eq!(stamps(&d), [(1, 5), (2, 7)]);
    d.undo(8);
    d.mark_read_auto(9, &paper(Some("2")));
    assert_eq!(d.pending().len(), 3);
    assert!(d.redo(10).is_some(), "reading does not end redo");
    assert_eq!(d.pending().len(), 5);
    d.undo(11);
    assert_eq!(d.undo(12), None);
    assert!(d.is_read(&p));
    d.mark_read_auto(13, &paper(Some("3")));
    save(&mut d);
    d.flush_auto();
    assert_eq!(stamps(&d), [(7, 13)]);
    assert!(d.pending()[0].to_text().ends_with(r#""say":"read 1","auto":true}"#));
}

#[test]
fn a_decision_survives_the_arrival_of_the_id() {
    let (bare, one, two) = (paper(None), paper(Some("1")), paper(Some("2")));
    let mut d = Decisions::new("here");
    d.decide(1, vec![set(&bare, Verdict::Bookmarked)], "bookmark 1");
    assert_eq!(d.verdict(&one), Verdict::Bookmarked);
    d.decide(2, vec![set(&one, Verdict::Later)], "later 1");
    assert_eq!([&bare, &one].map(|p| d.verdict(p)), [Verdict::Later; 2]);
    assert_eq!(d.verdict(&two), Verdict::Undecided, "the record without id belongs to the other id");
    d.decide(3, vec![set(&two, Verdict::Dismissed)], "dismiss 1");
    assert_eq!(
        [&bare, &one, &two].map(|p| d.verdict(p)),
        [Verdict::Bookmarked, Verdict::Later, Verdict::Dismissed],
        "two ids: the record without id stays alone"
    );
    d.undo(4);
    assert_eq!(d.verdict(&bare), Verdict::Later);
}

#[test]
fn short_titles_need_the_author() {
    let by = |author| Identity::new(None, "Attention", Some(author));
    let mut d = Decisions::new("here");
    d.decide(1, vec![set(&by("Ada Lin"), Verdict::Later)], "later 1");
    assert_eq!(d.verdict(&by("A. LIN")), Verdict::Later);
    assert_eq!(d.verdict(&by("Bo Yu")), Verdict::Undecided);
}

#[test]
fn what_cannot_be_found_again_is_not_written() {
    let lost = Identity::new(None, "?!", None);
    let mut d = Decisions::new("here");
    d.decide(1, vec![set(&lost, Verdict::Later)], "later 1");
    d.decide(1, Vec::new(), "later 0");
    d.mark_read_auto(1, &lost);
    d.flush_auto();
    assert_eq!(d, Decisions::new("here"));
}

#[test]
fn lines_of_another_process_go_before_ours() {
    let (p, q) = (paper(Some("1")), paper(Some("2")));
    let mut d = Decisions::new("here");
    d.absorb("here", vec![act(1, 5, &p, Verdict::Bookmarked)]);
    d.decide(6, vec![set(&p, Verdict::Later)], "later 1");
    d.undo(7); // of 2, which is not on disk
    d.undo(8); // of 1, which is
    d.mark_read_auto(9, &q);
    let foreign = vec![act(2, 50, &p, Verdict::Dismissed), act(3, 60, &q, Verdict::Dismissed)];
    let mut own = d.pending().to_vec();
    renumber(&mut own, 4, 60);
    assert_eq!(own.iter().map(|l| (l.n, l.t)).collect::<Vec<_>>(), [(4, 61), (5, 62), (6, 63)]);
    assert_eq!([&own[1].body, &own[2].body], [&LineBody::Undo(4), &LineBody::Undo(1)]);
    d.appended(foreign, own);
    assert!(d.pending().is_empty());
    d.flush_auto();
    assert_eq!(stamps(&d), [(7, 64)]);
    assert_eq!([&p, &q].map(|p| d.verdict(p)), [Verdict::Dismissed; 2]);
    assert_eq!(d.undo(70).unwrap().papers, [q], "undo reaches the other process's line");
}

#[test]
fn a_failed_append_changes_nothing_and_goes_out_with_the_next() {
    let p = paper(Some("1"));
    let mut d = Decisions::new("here");
    d.decide(1, vec![set(&p, Verdict::Later)], "later 1");
    d.absorb("there", vec![act(1, 9, &p, Verdict::Dismissed)]);
    assert_eq!(stamps(&d), [(1, 10)], "still ours to write, after all that was read");
    assert_eq!(d.verdict(&p), Verdict::Later);
    d.decide(2, vec![set(&p, Verdict::Bookmarked)], "bookmark 1");
    assert_eq!(stamps(&d), [(1, 10), (2, 11)]);
}

#[test]
fn a_base_keeps_the_stamps_of_the_lines_it_stands_for() {
    let (p, q) = (paper(Some("1")), paper(Some("2")));
    let settled = |p, v, t, n| Settled { cell: set(p, v), t, n };
    let base = vec![settled(&p, Verdict::Later, 10, 4), settled(&q, Verdict::Later, 30, 5)];
    let mut d = Decisions::new("here");
    d.absorb("here", vec![line(1, 30, LineBody::Base { upto: 5, settled: base })]);
    d.absorb("there", vec![act(1, 20, &p, Verdict::Dismissed), act(2, 21, &q, Verdict::Dismissed)]);
    assert_eq!([&p, &q].map(|p| d.verdict(p)), [Verdict::Dismissed, Verdict::Later]);
    assert_eq!(d.undo(40), None, "undo ends at the base");
    d.decide(41, vec![set(&q, Verdict::Undecided)], "clear 1");
    assert_eq!(stamps(&d), [(6, 41)]);
    assert_eq!(d.verdict(&q), Verdict::Undecided);
}

#[test]
fn lines_that_are_not_known_count_and_do_nothing() {
    let mut d = Decisions::new("here");
    d.absorb("here", vec![line(8, 80, LineBody::Unknown("{}".to_owned())), line(9, 81, LineBody::Undo(8))]);
    assert_eq!((d.undo(1), d.redo(1)), (None, None));
    d.decide(1, vec![set(&paper(None), Verdict::Later)], "later 1");
    assert_eq!(stamps(&d), [(10, 82)]);
}
