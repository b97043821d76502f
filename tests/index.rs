//! The index of all papers: what is in it, what keeps it right, and what cannot break it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/days.rs"]
mod days;
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use proptest::prelude::*;
use pty::{Launch, Pty};
use tempfile::TempDir;
use wenzhai::archive::{self, Course, Index, Refreshed};
use wenzhai::model::{self, Listing};
use wenzhai::table::{DigestRow, Piece, Pieces, Print, Table};

static GO_ON: AtomicBool = AtomicBool::new(false);

/// An archive and a cache of its own.
struct Place {
    archive: TempDir,
    cache: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { archive: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() }
    }

    fn roots(&self) -> Vec<PathBuf> {
        vec![self.archive.path().to_owned()]
    }

    fn list(&self) -> Listing {
        archive::list(&self.roots())
    }

    fn refresh(&self, old: Option<&Index>) -> Refreshed {
        refresh(Some(self.cache.path()), &self.roots(), &self.list(), old)
    }

    fn built(&self, old: Option<&Index>) -> Index {
        new(self.refresh(old))
    }

    fn opened(&self) -> Option<Index> {
        Index::open(self.cache.path(), &self.roots())
    }

    fn file(&self) -> PathBuf {
        Index::path(self.cache.path(), &self.roots())
    }
}

fn refresh(cache: Option<&Path>, roots: &[PathBuf], listing: &Listing, old: Option<&Index>) -> Refreshed {
    let course = Course { progress: &|_, _| {}, cancel: &GO_ON, is_wanted: false };
    archive::refresh(cache, roots, listing, old, course).unwrap()
}

fn new(came: Refreshed) -> Index {
    match came {
        Refreshed::New(index, None) => index,
        other => panic!("{other:?}"),
    }
}

/// What a piece says, but for its mask.
fn said(piece: Piece<'_>) -> Piece<'_> {
    Piece { mask: 0, ..piece }
}

/// Asserts that the rows are the same where they are lent in parts, and day by day.
fn assert_parts_are_of(index: &Index) {
    let titles = |digest: DigestRow| {
        let titles = digest.rows().map(|row| row.title().into_owned()).collect::<Vec<_>>();
        (digest.at(), digest.date(), titles)
    };
    let whole: Vec<_> = index.table().digests().map(titles).collect();
    let (mut parts, mut looks) = (Vec::new(), 0);
    assert!(index.in_parts(Some(1), &mut |table| {
        looks += 1;
        parts.extend(table.digests().map(titles));
        true
    }));
    assert_eq!((&parts, looks), (&whole, whole.len()));
    assert_eq!(whole.is_empty(), index.in_parts(None, &mut |_| false));
    for (at, date, titles_there) in &whole {
        let day = index.of_date(*date).unwrap();
        assert_eq!(day.table().digest(*at).map(titles), Some((*at, *date, titles_there.clone())));
    }
}

/// Asserts that the rows are what reading every digest gives.
fn assert_is_of(table: &Table, listing: &Listing) {
    assert_eq!(table.digest_count() as usize, listing.digests.len());
    for (digest, listed) in table.digests().zip(listing.digests.iter()) {
        let name = format!("{} {:?}", listed.date, listed.category);
        let Ok(loaded) = archive::load(listed) else {
            assert_eq!(digest.len(), 0, "{name}");
            continue;
        };
        let whole = loaded.digest;
        assert_eq!((digest.date(), digest.category()), (whole.date, whole.category.as_deref()), "{name}");
        assert_eq!(digest.len() as usize, whole.papers.len(), "{name}");
        for (row, paper) in digest.rows().zip(&whole.papers) {
            let gist = model::gist(paper).unwrap_or_default();
            let pieces = Pieces::short(paper, gist, whole.category.as_deref());
            // A row has one mask for all of its pieces.
            assert!(row.pieces().all(|piece| pieces.mask() & !piece.mask == 0), "{name}");
            let (of_row, read) = (row.pieces().map(said), pieces.iter().map(said));
            assert_eq!(of_row.collect::<Vec<_>>(), read.collect::<Vec<_>>(), "{name}");
            assert_eq!((&*row.id(), &*row.title()), (&*paper.id, &*paper.title), "{name}");
            assert_eq!(row.title_zh().as_deref(), paper.title_zh.as_deref(), "{name}");
            assert_eq!(row.identity(), paper.identity(), "{name}");
            assert_eq!(row.print(), Print::of(&paper.identity()), "{name}");
            let has_zh = paper.title_zh.is_some() || paper.abstract_zh.is_some();
            let has = [row.has_zh(), row.has_summary(), row.has_takeaways(), row.has_code(), row.is_failed()];
            let code = paper.links.code.is_some();
            let said = [
                has_zh,
                paper.summary.is_some(),
                !paper.takeaways.is_empty(),
                code,
                !paper.failed.is_empty(),
            ];
            assert_eq!(has, said, "{name}");
            assert_eq!((row.authors().2, row.mask()), (paper.authors.len(), pieces.mask()), "{name}");
        }
    }
}

#[test]
fn rows_are_what_reading_gives() {
    let place = Place::new();
    days::write_three(place.archive.path(), false);
    days::write_day(place.archive.path(), "2025-06-02", 30, true);
    days::write_sample(place.archive.path());
    let odd = [
        // No id, no texts but a summary; blank takeaways; an escaped text; a failed part.
        r#"{"papers": [{"title": "One \u4e00\u001b[31m", "summary": "第一句。第二句。", "takeaways": [" "]}], "schema": 1}"#,
        r#"{"schema": 1, "category": " ", "papers": [{"title": "A", "failed": ["summary"], "x": {"y": [1e999]}}, {}]}"#,
        // Wrong types, members twice, nulls, a cut, another encoding.
        r#"{"schema": 1, "papers": [{"title": "A", "abstract_en": 5}, {"title": ["B"]}, {"title": "C", "summary": 7}]}"#,
        r#"{"schema": 1, "papers": [{"title": "A", "title": "B"}, {"title": null, "id": "2501.00001v2"}]}"#,
        r#"{"schema": 1, "papers": [{"title": "A", "sections": [{"key": " tldr", "text": "短。"}]}, {"title": "B"#,
        "{\"schema\": 1, \"papers\": [{\"title\": \"A\", \"abstract_en\": \"caf\u{e9}\"}]}",
        r#"{"schema": 1, "category": "X", "papers": 3}"#,
        "",
    ];
    let folder = place.archive.path().join("2025-07-01");
    fs::create_dir_all(&folder).unwrap();
    for (i, text) in odd.iter().enumerate() {
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        let bytes = if i == 5 { latin } else { text.as_bytes().to_vec() };
        fs::write(folder.join(format!("odd-{i}.json")), bytes).unwrap();
    }
    let other = place.archive.path().join("other");
    fs::create_dir_all(&other).unwrap();
    // A second source of a native cell, which is merged.
    fs::copy(place.archive.path().join("2025-05-30/cs.CL.json"), other.join("one.json")).unwrap();
    assert_is_of(&place.built(None).table(), &place.list());
    assert_is_of(&place.opened().unwrap().table(), &place.list());
}

#[test]
fn rows_of_real_digests_are_what_reading_gives() {
    let Some(corpus) = corpus::corpus() else { return };
    let _ = corpus::truth as fn(&Path) -> _;
    let _ = corpus::texts as fn(&Path) -> _;
    let (roots, cache) = ([corpus], tempfile::tempdir().unwrap());
    let listing = archive::list(&roots);
    let index = new(refresh(Some(cache.path()), &roots, &listing, None));
    assert!(index.table().len() > 100);
    assert_is_of(&index.table(), &listing);
}

#[test]
fn the_sample_is_indexed_in_memory() {
    let listing = archive::sample();
    let index = new(refresh(None, &[], &listing, None));
    assert!(index.is_in_memory() && !index.is_empty());
    assert_is_of(&index.table(), &listing);
    assert_parts_are_of(&index);
    assert!(matches!(refresh(None, &[], &listing, Some(&index)), Refreshed::Same));
}

/// Something that happens to an archive between two looks.
#[derive(Clone, Debug)]
enum Edit {
    Write { day: u8, papers: usize, nasty: bool },
    Remove { day: u8 },
    Break { day: u8 },
    Damage { at: prop::sample::Index },
}

fn edits() -> impl Strategy<Value = Edit> {
    let day = 1..5_u8;
    prop_oneof![
        (day.clone(), 0..4_usize, any::<bool>()).prop_map(|(day, papers, nasty)| Edit::Write {
            day,
            papers,
            nasty
        }),
        day.clone().prop_map(|day| Edit::Remove { day }),
        day.prop_map(|day| Edit::Break { day }),
        any::<prop::sample::Index>().prop_map(|at| Edit::Damage { at }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Taking over what has not changed gives, byte for byte, what reading everything gives.
    #[test]
    fn an_index_taken_over_is_one_made_anew(rounds in proptest::collection::vec(proptest::collection::vec(edits(), 0..4), 1..5)) {
        let place = Place::new();
        for round in rounds {
            for edit in round {
                let folder = |day: u8| place.archive.path().join(format!("2031-01-0{day}"));
                match edit {
                    Edit::Write { day, papers, nasty } => {
                        days::write_day(place.archive.path(), &format!("2031-01-0{day}"), papers, nasty);
                    }
                    Edit::Remove { day } => drop(fs::remove_dir_all(folder(day))),
                    Edit::Break { day } => {
                        fs::create_dir_all(folder(day)).unwrap();
                        fs::write(folder(day).join("cs.CL.json"), "{ broken").unwrap();
                    }
                    Edit::Damage { at } => {
                        if let Ok(mut bytes) = fs::read(place.file()) {
                            let at = at.index(bytes.len());
                            bytes[at] ^= 0x55;
                            fs::remove_file(place.file()).unwrap();
                            fs::write(place.file(), bytes).unwrap();
                        }
                    }
                }
            }
            // Long enough ago to be trusted.
            days::rest(place.archive.path());
            if let Refreshed::New(index, problem) = place.refresh(place.opened().as_ref()) {
                prop_assert_eq!(problem, None);
                prop_assert!(!index.is_in_memory());
            }
            let anew = new(refresh(None, &[], &place.list(), None));
            let kept = place.opened().unwrap();
            let bytes = fs::read(place.file()).unwrap();
            prop_assert_eq!(kept.len(), anew.len());
            assert_is_of(&kept.table(), &place.list());
            let again = Place::new();
            let _ = refresh(Some(again.cache.path()), &place.roots(), &place.list(), None);
            prop_assert_eq!(bytes, fs::read(Index::path(again.cache.path(), &place.roots())).unwrap());
        }
    }
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let place = Place::new();
    days::write_three(place.archive.path(), false);
    days::rest(place.archive.path());
    let index = place.built(None);
    assert!(matches!(place.refresh(Some(&index)), Refreshed::Same));
    // With its length and its time kept, a file is taken for the same, though it cannot be read any more.
    let path = place.archive.path().join("2025-06-01/cs.CL.json");
    let len = fs::metadata(&path).unwrap().len();
    fs::write(&path, " ".repeat(usize::try_from(len).unwrap())).unwrap();
    days::write_day(place.archive.path(), "2025-06-02", 2, false);
    days::rest(place.archive.path());
    let next = place.built(Some(&index));
    assert_eq!(next.table().len(), index.table().len() + 2);
    // What was changed just now may change again within the same tick of the clock.
    fs::write(&path, " ".repeat(usize::try_from(len).unwrap())).unwrap();
    let last = place.built(Some(&next));
    assert_eq!(last.table().len(), next.table().len() - 40);
    assert_eq!(place.built(Some(&last)).table().len(), last.table().len(), "read once more");
}

#[test]
fn damage_is_noticed_and_made_good() {
    let place = Place::new();
    for day in ["2031-01-01", "2031-01-02"] {
        days::write_day(place.archive.path(), day, 2, false);
    }
    days::rest(place.archive.path());
    let good = place.built(None);
    let bytes = fs::read(place.file()).unwrap();
    let put = |bytes: &[u8]| {
        // As another program would: the file that is in use stays as it is.
        fs::remove_file(place.file()).unwrap();
        fs::write(place.file(), bytes).unwrap();
    };
    // Bytes of every kind: header, blocks, tables, names.
    for at in (0..80).step_by(3).chain((80..bytes.len()).step_by(61)) {
        // Rows are checked in parts, and where they lie in memory.
        for is_wanted in [false, true] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x20;
            put(&damaged);
            let opened = place.opened();
            let course = Course { progress: &|_, _| {}, cancel: &GO_ON, is_wanted };
            let cache = Some(place.cache.path());
            let came =
                archive::refresh(cache, &place.roots(), &place.list(), opened.as_ref(), course).unwrap();
            assert!(matches!(came, Refreshed::New(_, None)), "byte {at} of {}", bytes.len());
            assert_eq!(fs::read(place.file()).unwrap(), bytes, "byte {at}");
        }
    }
    for len in [0, 1, 7, 8, 40, 79, 80, 81, bytes.len() / 2, bytes.len() - 1] {
        put(&bytes[..len]);
        assert!(place.opened().is_none(), "{len} bytes");
    }
    put(&[&bytes[..], b"more"].concat());
    assert!(place.opened().is_none());
    let mut other = bytes.clone();
    other[8] += 1;
    put(&other);
    assert!(place.opened().is_none(), "another version");
    fs::remove_file(place.file()).unwrap();
    fs::create_dir(place.file()).unwrap();
    assert!(place.opened().is_none(), "a folder");
    assert_is_of(&good.table(), &place.list());
}

#[test]
fn an_index_in_use_outlives_its_file() {
    let place = Place::new();
    days::write_three(place.archive.path(), false);
    let (listing, first) = (place.list(), place.built(None));
    let opened = place.opened().unwrap();
    days::write_day(place.archive.path(), "2025-06-02", 5, false);
    let second = place.built(Some(&first));
    fs::remove_dir_all(place.cache.path()).unwrap();
    assert_is_of(&opened.table(), &listing);
    assert_parts_are_of(&opened);
    assert_eq!(second.table().len(), first.table().len() + 5);
    // And the folder is made again.
    assert_is_of(&place.built(Some(&second)).table(), &place.list());
    assert!(place.opened().is_some());
}

#[test]
fn two_programs_may_build_at_once() {
    let place = Place::new();
    days::write_three(place.archive.path(), false);
    let start = Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                start.wait();
                for _ in 0..4 {
                    let opened = place.opened();
                    if let Some(opened) = &opened {
                        assert_is_of(&opened.table(), &place.list());
                    }
                    assert_is_of(&place.built(None).table(), &place.list());
                }
            });
        }
    });
    let left: Vec<_> = fs::read_dir(place.cache.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, [place.file().file_name().unwrap()]);
}

#[test]
fn an_archive_that_is_gone_is_no_disaster() {
    let place = Place::new();
    days::write_three(place.archive.path(), false);
    let (listing, index) = (place.list(), place.built(None));
    fs::remove_dir_all(place.archive.path()).unwrap();
    // Listed before, gone when it is read.
    let none = new(refresh(Some(place.cache.path()), &place.roots(), &listing, None));
    assert_eq!((none.table().len(), none.table().digest_count()), (0, 3));
    assert_eq!(place.built(Some(&index)).table().digest_count(), 0);
}

#[test]
fn an_archive_that_changes_meanwhile_is_right_the_next_time() {
    let place = Place::new();
    for day in 10..30 {
        days::write_day(place.archive.path(), &format!("2031-01-{day}"), 3, false);
    }
    let listing = place.list();
    let calls = AtomicUsize::new(0);
    let disturb = |_, _| {
        if calls.fetch_add(1, Ordering::Relaxed) == 0 {
            days::write_day(place.archive.path(), "2031-01-15", 9, true);
            fs::remove_dir_all(place.archive.path().join("2031-01-16")).unwrap();
            days::write_day(place.archive.path(), "2031-01-31", 1, false);
        }
    };
    let course = Course { progress: &disturb, cancel: &GO_ON, is_wanted: false };
    let came = archive::refresh(Some(place.cache.path()), &place.roots(), &listing, None, course).unwrap();
    assert_is_of(&place.built(Some(&new(came))).table(), &place.list());
}

#[test]
fn it_can_be_called_off() {
    let place = Place::new();
    days::write_three(place.archive.path(), false);
    let cancel = AtomicBool::new(false);
    let stop = |_, _| cancel.store(true, Ordering::Relaxed);
    let course = Course { progress: &stop, cancel: &cancel, is_wanted: false };
    let came =
        archive::refresh(Some(place.cache.path()), &place.roots(), &place.list(), None, course).unwrap();
    assert!(matches!(came, Refreshed::Stopped));
    assert_eq!(fs::read_dir(place.cache.path()).unwrap().count(), 0, "nothing is left");
}

#[test]
fn a_cache_that_cannot_be_written_costs_a_word() {
    let place = Place::new();
    days::write_three(place.archive.path(), false);
    let file = place.cache.path().join("a file");
    fs::write(&file, "").unwrap();
    let came = refresh(Some(&file.join("below")), &place.roots(), &place.list(), None);
    let Refreshed::New(index, Some(problem)) = came else { panic!("{came:?}") };
    assert_is_of(&index.table(), &place.list());
    assert!(problem.file.contains("index-"), "{problem}");
}

#[test]
fn a_set_of_folders_has_one_file() {
    let path =
        |roots: &[&str]| Index::path(Path::new("/c"), &roots.iter().map(PathBuf::from).collect::<Vec<_>>());
    assert_eq!(path(&["/a", "/b"]), path(&["/b", "/a"]));
    assert_ne!(path(&["/a", "/b"]), path(&["/a"]));
    assert_eq!(path(&["a"]), path(&[&std::env::current_dir().unwrap().join("a").to_string_lossy()]));
}

/// Starts the reader where `before` left off and waits until all papers are indexed.
fn read(archive: &Path, before: Option<&Pty>) -> Pty {
    let program = env!("CARGO_BIN_EXE_wenzhai");
    let launch = before.map_or_else(|| Launch::new(program), |pty| Launch::again(program, pty));
    let pty = launch.arg(archive).size(200, 50).start();
    pty.wait_for("indexed");
    pty
}

#[test]
fn the_reader_makes_it_again_whatever_became_of_it() {
    let place = Place::new();
    days::write_three(place.archive.path(), false);
    days::rest(place.archive.path());
    let mut reader = read(place.archive.path(), None);
    let cache = reader.home().join("cache/wenzhai");
    let file = Index::path(&cache, &place.roots());
    let whole = fs::read(&file).unwrap();
    let damaged: [&dyn Fn(); 6] = [
        &|| fs::remove_file(&file).unwrap(),
        &|| fs::write(&file, &whole[..whole.len() / 2]).unwrap(),
        &|| fs::write(&file, "no index").unwrap(),
        &|| {
            let mut bytes = whole.clone();
            bytes[whole.len() / 3] ^= 1;
            fs::write(&file, bytes).unwrap();
        },
        &|| {
            let mut bytes = whole.clone();
            bytes[8] = 0;
            fs::write(&file, bytes).unwrap();
        },
        &|| fs::remove_dir_all(&cache).unwrap(),
    ];
    for (i, damage) in damaged.into_iter().enumerate() {
        reader.keys("q");
        assert_eq!(reader.wait_exit(), 0);
        damage();
        reader = read(place.archive.path(), Some(&reader));
        assert_eq!(fs::read(&file).ok().as_ref(), Some(&whole), "{i}: {}", reader.screen_text());
    }
    // Another reader of the same archive; and an archive that grows meanwhile.
    let mut other = read(place.archive.path(), Some(&reader));
    days::write_day(place.archive.path(), "2025-06-02", 2, false);
    for pty in [&reader, &other] {
        pty.wait("the new day is indexed", |_| {
            Index::open(&cache, &place.roots()).is_some_and(|index| index.table().digest_count() == 4)
        });
        pty.keys("j");
    }
    for pty in [&mut reader, &mut other] {
        pty.keys("Q");
        assert_eq!(pty.wait_exit(), 0);
    }
    let names: Vec<_> = fs::read_dir(&cache).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, [file.file_name().unwrap()], "nothing is left beside it");
}
