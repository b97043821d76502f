//! The laws of the journal over random histories of one to three machines with skewed and backward clocks,
//! one or two processes each.
#![expect(clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use wenzhai::decisions::{Cell, Decisions, Field, FieldValue, Line, LineBody, compact_to, renumber};
use wenzhai::journal::Journal;
use wenzhai::model::{Identity, Verdict};

const VERDICTS: [Verdict; 4] = [Verdict::Undecided, Verdict::Bookmarked, Verdict::Later, Verdict::Dismissed];

/// Papers that are hard to tell apart: shared titles, ids that came later, short titles.
fn papers() -> Vec<Identity> {
    let (a, b, c) = ("A Title Of Some Length", "Another Title Of Some Length", "扩散模型");
    [
        (Some("1"), a, "Ada Lin"),
        (Some("2"), a, "Ada Lin"),
        (None, a, "Ada Lin"),
        (Some("3"), b, "Bo Yu"),
        (None, b, "Bo Yu"),
        (Some("1"), b, "Bo Yu"),
        (None, c, "Ada Lin"),
        (None, c, "Bo Yu"),
        (Some("4"), c, "Bo Yu"),
        (Some("5"), "", ""),
    ]
    .map(|(id, title, author)| Identity::new(id, title, Some(author)))
    .to_vec()
}

#[derive(Clone, Debug)]
enum Deed {
    Decide(Vec<(Index, Option<usize>)>),
    Read(Index),
    Undo,
    Redo,
    Save,
    /// Reads some more of a machine's file.
    Sync(Index, Index),
    /// Compacts the file of the process's machine, keeping so many lines by key.
    Compact(usize),
}

/// A process, how far its clock went (which may be back), and what it did.
type Step = (Index, i64, Deed);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    vec((any::<Index>(), -3_i64..6, deed()), 0..40)
}

fn steps_with_compaction() -> impl Strategy<Value = Vec<Step>> {
    let deed = prop_oneof![8 => deed(), 1 => (1..6_usize).prop_map(Deed::Compact)];
    vec((any::<Index>(), -3_i64..6, deed), 0..60)
}

fn deed() -> impl Strategy<Value = Deed> {
    let cell = (any::<Index>(), proptest::option::of(0..VERDICTS.len()));
    prop_oneof![
        4 => vec(cell, 1..4).prop_map(Deed::Decide),
        2 => any::<Index>().prop_map(Deed::Read),
        3 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
        3 => Just(Deed::Save),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(m, n)| Deed::Sync(m, n)),
    ]
}

/// The files of the machines, without a disk.
struct World {
    files: Vec<Vec<Line>>,
    processes: Vec<Process>,
}

struct Process {
    machine: usize,
    clock: i64,
    /// Lines of each file that were read.
    read: Vec<usize>,
    decisions: Decisions,
}

fn name(machine: usize) -> String {
    format!("machine-{machine}")
}

impl World {
    fn new(skews: &[i64]) -> Self {
        let processes = skews.iter().enumerate().map(|(i, skew)| Process {
            machine: i % 3,
            clock: *skew,
            read: vec![0; 3],
            decisions: Decisions::new(&name(i % 3)),
        });
        Self { files: vec![Vec::new(); 3], processes: processes.collect() }
    }

    fn after(skews: &[i64], steps: &[Step]) -> Self {
        let mut world = Self::new(skews);
        for step in steps {
            world.step(step);
        }
        world
    }

    fn step(&mut self, (process, tick, deed): &Step) {
        let at = process.index(self.processes.len());
        let papers = papers();
        let p = &mut self.processes[at];
        p.clock += tick;
        match deed {
            Deed::Decide(cells) => {
                let cells = cells.iter().map(|(paper, verdict)| {
                    let paper = paper.get(&papers).clone();
                    match verdict {
                        Some(v) => {
                            let value = FieldValue::Verdict(VERDICTS[*v]);
                            Cell { paper, field: Field::Verdict, value }
                        }
                        None => Cell { paper, field: Field::Read, value: FieldValue::Bool(false) },
                    }
                });
                p.decisions.decide(p.clock, cells.collect(), "decide");
            }
            Deed::Read(paper) => p.decisions.mark_read_auto(p.clock, paper.get(&papers)),
            Deed::Undo => check_change(&mut p.decisions, |d| d.undo(p.clock)),
            Deed::Redo => check_change(&mut p.decisions, |d| d.redo(p.clock)),
            Deed::Save => self.save(at),
            Deed::Sync(machine, upto) => {
                let machine = machine.index(3);
                let upto = upto.index(self.files[machine].len() + 1);
                self.sync(at, machine, upto);
            }
            Deed::Compact(keep) => {
                let machine = p.machine;
                self.files[machine] = compact_to(&self.files[machine], *keep);
                // The file is another one: it is read again from its beginning.
                self.processes.iter_mut().for_each(|p| p.read[machine] = 0);
            }
        }
    }

    /// What `journal` does, without a disk.
    fn save(&mut self, at: usize) {
        let p = &mut self.processes[at];
        let file = &mut self.files[p.machine];
        let foreign = file[p.read[p.machine]..].to_vec();
        let mut own = p.decisions.pending().to_vec();
        if own.is_empty() {
            return;
        }
        p.read[p.machine] = file.len() + own.len();
        let next = file.iter().map(Line::greatest_n).max().map_or(1, |n| n + 1);
        let others = (0..3).filter(|m| *m != p.machine);
        let mut greatest = file.iter().map(|l| l.t).fold(0, i64::max);
        for m in others {
            greatest = self.files[m][..p.read[m]].iter().map(|l| l.t).fold(greatest, i64::max);
        }
        renumber(&mut own, next, greatest);
        self.files[p.machine].extend(own.clone());
        p.decisions.appended(foreign, own);
        assert!(p.decisions.pending().is_empty());
    }

    fn sync(&mut self, at: usize, machine: usize, upto: usize) {
        let p = &mut self.processes[at];
        p.read[machine] = p.read[machine].max(upto);
        p.decisions.absorb(&name(machine), self.files[machine][..upto].to_vec());
    }

    /// Saves everything and lets everyone read everything.
    fn settle(&mut self) {
        for at in 0..self.processes.len() {
            self.processes[at].decisions.flush_auto();
            self.save(at);
        }
        for at in 0..self.processes.len() {
            (0..3).for_each(|m| self.sync(at, m, self.files[m].len()));
        }
    }

    /// A process on `machine` that starts now.
    fn fresh(&self, machine: usize) -> Decisions {
        let mut d = Decisions::new(&name(machine));
        (0..3).for_each(|m| d.absorb(&name(m), self.files[m].clone()));
        d
    }
}

fn seen(d: &Decisions) -> Vec<(Verdict, bool)> {
    papers().iter().map(|p| (d.verdict(p), d.is_read(p))).collect()
}

/// Whether anything was to change is said truly.
fn check_change(d: &mut Decisions, act: impl FnOnce(&mut Decisions) -> Option<wenzhai::decisions::Change>) {
    let before = seen(d);
    let Some(change) = act(d) else { return assert_eq!(seen(d), before) };
    let shown = |all: &[(Verdict, bool)]| {
        let of = |p: &Identity| papers().iter().position(|q| q == p).map(|i| all[i]);
        change.papers.iter().map(of).collect::<Vec<_>>()
    };
    if !change.changed {
        assert_eq!(shown(&before), shown(&seen(d)));
    }
    assert!(!change.changed || before != seen(d), "{change:?}");
}

/// The rules read aloud: every live cell is looked at for every question.
fn slow(files: &[Vec<Line>], paper: &Identity, field: &Field) -> Option<FieldValue> {
    let mut live = Vec::new();
    for (machine, file) in files.iter().enumerate() {
        for line in file {
            let LineBody::Do { cells, .. } = &line.body else { continue };
            let last = file
                .iter()
                .filter(|l| [LineBody::Undo(line.n), LineBody::Redo(line.n)].contains(&l.body))
                .max_by_key(|l| (l.t, l.n));
            if !last.is_some_and(|l| matches!(l.body, LineBody::Undo(_))) {
                live.extend(cells.iter().map(|c| ((line.t, machine, line.n), c)));
            }
        }
    }
    let titled = |p: &Identity| !paper.key.is_empty() && (&p.key, &p.author) == (&paper.key, &paper.author);
    let mut ids: Vec<_> =
        live.iter().filter(|(_, c)| titled(&c.paper)).map(|(_, c)| &c.paper.arxiv).collect();
    ids.push(&paper.arxiv);
    ids.retain(|id| id.is_some());
    ids.sort();
    ids.dedup();
    let mine = |p: &Identity| match (&paper.arxiv, &p.arxiv) {
        (Some(_), Some(_)) => p.arxiv == paper.arxiv,
        (Some(_), None) => titled(p) && ids.len() == 1,
        (None, Some(_)) => ids == [&p.arxiv],
        (None, None) => titled(p),
    };
    let mut cells: Vec<_> = live.into_iter().filter(|(_, c)| c.field == *field && mine(&c.paper)).collect();
    cells.sort_by_key(|(stamp, _)| *stamp);
    cells.last().map(|(_, c)| c.value.clone())
}

fn skews() -> impl Strategy<Value = Vec<i64>> {
    vec(-50_i64..50, 1..7)
}

proptest! {
    #[test]
    fn order_pieces_and_repetition_of_reading_do_not_matter(
        skews in skews(),
        steps in steps(),
        pieces in vec((0..3_usize, any::<Index>(), any::<Index>()), 0..12),
    ) {
        let mut world = World::after(&skews, &steps);
        world.settle();
        let mut pieced = Decisions::new(&name(0));
        for (machine, from, to) in pieces {
            let file = &world.files[machine];
            let (from, to) = (from.index(file.len() + 1), to.index(file.len() + 1));
            pieced.absorb(&name(machine), file[from.min(to)..from.max(to)].to_vec());
        }
        for machine in (0..3).rev() {
            pieced.absorb(&name(machine), world.files[machine].iter().rev().cloned().collect());
        }
        prop_assert_eq!(pieced, world.fresh(0));
    }

    #[test]
    fn what_was_written_is_what_is_read_again(skews in skews(), steps in steps()) {
        let mut world = World::after(&skews, &steps);
        world.settle();
        for p in &world.processes {
            prop_assert_eq!(&p.decisions, &world.fresh(p.machine));
        }
    }

    #[test]
    fn files_are_numbered_without_gaps_and_time_rises(skews in skews(), steps in steps()) {
        let mut world = World::after(&skews, &steps);
        world.settle();
        for file in &world.files {
            prop_assert!(file.iter().map(|l| l.n).eq(1..=file.len() as u64));
            prop_assert!(file.is_sorted_by_key(|l| l.t));
            prop_assert!(file.iter().all(|l| l.t >= l.wall_ms));
        }
    }

    #[test]
    fn the_index_answers_as_the_rules_do(skews in skews(), steps in steps()) {
        let mut world = World::after(&skews, &steps);
        world.settle();
        let d = world.fresh(1);
        for paper in papers() {
            let verdict = match slow(&world.files, &paper, &Field::Verdict) {
                Some(FieldValue::Verdict(v)) => v,
                _ => Verdict::Undecided,
            };
            prop_assert_eq!(d.verdict(&paper), verdict);
            let has_any = d.verdict(&paper) != Verdict::Undecided || d.is_read(&paper) || d.note(&paper).is_some();
            prop_assert!(d.knows(&paper) || (!has_any && d.tags(&paper).is_empty()));
            let read = slow(&world.files, &paper, &Field::Read) == Some(FieldValue::Bool(true));
            prop_assert_eq!(d.is_read(&paper), read);
        }
    }

    #[test]
    fn undo_of_all_shows_the_others_and_redo_of_all_shows_it_again(skews in skews(), steps in steps()) {
        let mut world = World::after(&skews, &steps);
        world.settle();
        let mut d = world.fresh(0);
        let before = seen(&d);
        let mut undone = 0;
        while d.undo(0).is_some() {
            undone += 1;
        }
        // Reading is not undone.
        world.files[0].retain(|l| matches!(l.body, LineBody::Do { auto: true, .. }));
        prop_assert_eq!(seen(&d), seen(&world.fresh(0)));
        for _ in 0..undone {
            prop_assert!(d.redo(0).is_some());
        }
        prop_assert_eq!(seen(&d), before);
    }

    #[test]
    fn what_is_shown_before_saving_is_shown_after(skews in skews(), steps in steps()) {
        let mut world = World::after(&skews, &steps);
        for at in 0..world.processes.len() {
            let p = &world.processes[at];
            let alone = p.read[p.machine] == world.files[p.machine].len();
            let before = seen(&p.decisions);
            world.save(at);
            if alone {
                prop_assert_eq!(seen(&world.processes[at].decisions), before);
            }
        }
    }

    /// Rule 12: with whatever other files, and for undo and redo as far back as lines are kept.
    #[test]
    fn a_compacted_file_shows_what_it_showed_before(
        skews in skews(), steps in steps_with_compaction(), keep in 1..6_usize, machine in 0..3_usize
    ) {
        let mut world = World::after(&skews, &steps);
        world.settle();
        let before = world.fresh(machine);
        let short = compact_to(&world.files[machine], keep);
        prop_assert_eq!(&compact_to(&short, keep), &short, "it is as short as it gets");
        let numbers = |lines: &[Line]| lines.iter().map(Line::greatest_n).max();
        prop_assert_eq!(numbers(&short), numbers(&world.files[machine]), "no number is given again");
        world.files[machine] = short;
        for act in [Decisions::redo, Decisions::undo] {
            let (mut long, mut short) = (before.clone(), world.fresh(machine));
            prop_assert_eq!(seen(&short), seen(&long));
            for step in 0.. {
                let (a, b) = (act(&mut long, 1), act(&mut short, 1));
                if step >= keep && b.is_none() {
                    break;
                }
                prop_assert_eq!(a.is_some(), b.is_some());
                prop_assert_eq!(seen(&short), seen(&long));
                if b.is_none() {
                    break;
                }
            }
        }
    }

    #[test]
    fn processes_that_go_on_while_others_compact_show_what_the_files_say(
        skews in skews(), steps in steps_with_compaction()
    ) {
        let mut world = World::after(&skews, &steps);
        world.settle();
        for p in &world.processes {
            let mut fresh = world.fresh(p.machine);
            prop_assert_eq!(seen(&p.decisions), seen(&fresh));
            let mut running = p.decisions.clone();
            prop_assert_eq!(running.redo(1), fresh.redo(1));
            while let Some(change) = fresh.undo(1) {
                prop_assert_eq!(Some(change), running.undo(1));
            }
            prop_assert_eq!(running.undo(1), None);
        }
    }

    #[test]
    fn lines_read_as_they_were_written(
        numbers in (0..=1_u64 << 53, -(1_i64 << 53)..=1 << 53, any::<i64>()),
        texts in ("\\PC*", any::<String>(), any::<String>(), any::<Option<String>>()),
        arxiv in proptest::option::of("[0-9]{4}\\.[0-9]{5}"),
        which in 0..4_usize,
    ) {
        let (title, say, tag, note) = texts;
        let paper = Identity::new(arxiv.as_deref(), &title, Some(&say));
        let cell = |field, value| Cell { paper: paper.clone(), field, value };
        let cells = VERDICTS
            .map(|v| cell(Field::Verdict, FieldValue::Verdict(v)))
            .into_iter()
            .chain([cell(Field::Tag(tag), FieldValue::Bool(true)), cell(Field::Note, FieldValue::Text(note))]);
        let body = match which {
            0 => LineBody::Undo(numbers.0),
            1 => LineBody::Redo(numbers.0),
            _ => LineBody::Do { cells: cells.collect(), say, auto: which == 2 },
        };
        let line = Line { n: numbers.0, t: numbers.1, wall_ms: numbers.2, body };
        let text = line.to_text();
        prop_assert!(!text.contains(['\n', '\r']));
        prop_assert_eq!(Line::parse(&text), Ok(line));
    }

    #[test]
    fn any_text_is_read_without_panic_and_kept_if_it_is_a_line(text in "[{\\[\"}\\],:0-9a-z \\\\]*|\\PC*") {
        for text in [text.clone(), format!(r#"{{"v":1,"n":3,"t":4,"do":[{text}]}}"#), format!(r#"{{"v":2,"n":3,"t":4,"x":{text}}}"#)] {
            if let Ok(line) = Line::parse(&text) {
                prop_assert_eq!(Line::parse(&line.to_text()), Ok(line));
            }
        }
    }
}

proptest! {
    // Every save waits for the disk.
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Three processes, two of them on one machine, over real files.
    #[test]
    fn files_hold_what_every_process_shows(steps in steps()) {
        let root = tempfile::tempdir().unwrap();
        let open = |state: &str| Journal::open(&root.path().join("j"), &root.path().join(state)).unwrap();
        let mut first = open("s1");
        // A first line keeps the name, which the second process shares.
        let mut line = Decisions::new("");
        line.decide(1, vec![Cell { paper: papers()[0].clone(), field: Field::Read, value: FieldValue::Bool(true) }], "read 1");
        first.append(line.pending()).unwrap();
        let mut journals = [first, open("s1"), open("s2")];
        let fresh = |journal: &mut Journal| {
            let mut d = Decisions::new(journal.machine());
            let (machines, problems) = journal.read_all();
            assert_eq!(problems, []);
            for (name, lines) in machines {
                d.absorb(&name, lines);
            }
            d
        };
        let mut all: Vec<_> = journals.iter_mut().map(fresh).collect();
        let save = |journal: &mut Journal, d: &mut Decisions| {
            let written = journal.append(d.pending()).unwrap();
            d.appended(written.foreign, written.own);
        };
        for (process, tick, deed) in &steps {
            let at = process.index(3);
            let (journal, d) = (&mut journals[at], &mut all[at]);
            match deed {
                Deed::Save => save(journal, d),
                Deed::Sync(..) => {
                    for (name, lines) in journal.read_all().0 {
                        d.absorb(&name, lines);
                    }
                }
                _ => {
                    let mut world = World::new(&[*tick]);
                    std::mem::swap(&mut world.processes[0].decisions, d);
                    world.step(&(*process, 0, deed.clone()));
                    std::mem::swap(&mut world.processes[0].decisions, d);
                }
            }
        }
        for (journal, d) in journals.iter_mut().zip(&mut all) {
            d.flush_auto();
            save(journal, d);
        }
        for (journal, d) in journals.iter_mut().zip(&mut all) {
            let read = fresh(journal);
            for (name, lines) in journal.read_all().0 {
                d.absorb(&name, lines);
            }
            prop_assert_eq!(&*d, &read);
        }
    }
}
