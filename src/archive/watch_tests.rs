use std::fs;
use std::sync::mpsc::{Receiver, channel};

use tempfile::TempDir;

use super::*;
use crate::archive::look;

/// How long a change may take to be told before a test fails.
const DEADLINE: Duration = Duration::from_secs(10);

/// An archive under watch, looked at whenever something is told.
struct Scene {
    dir: TempDir,
    root: PathBuf,
    watch: Watch,
    news: Receiver<News>,
}

impl Scene {
    /// Watches over a folder `archive` made by `furnish`.
    fn new(furnish: impl Fn(&Path)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("archive");
        fs::create_dir(&root).unwrap();
        furnish(&root);
        let (sender, news) = channel();
        let watch = Watch::start(std::slice::from_ref(&root), move |n| drop(sender.send(n))).unwrap();
        let scene = Self { dir, root, watch, news };
        scene.look(true);
        scene
    }

    fn look(&self, is_first: bool) -> Listing {
        let look = look(std::slice::from_ref(&self.root), is_first, &[]);
        self.watch.looked(look.around);
        look.listing
    }

    /// Looks whenever something is told, until the listing is as wished.
    fn until(&self, what: &str, wished: impl Fn(&Listing) -> bool) -> Listing {
        let begun = Instant::now();
        loop {
            let left = DEADLINE.saturating_sub(begun.elapsed());
            let news = self.news.recv_timeout(left).unwrap_or_else(|_| panic!("waited for {what}"));
            assert_eq!(news, News::Changed);
            let listing = self.look(false);
            if wished(&listing) {
                return listing;
            }
        }
    }

    fn until_dates(&self, wished: &[&str]) -> Listing {
        self.until(&format!("{wished:?}"), |listing| {
            let dates: Vec<_> = listing.digests.iter().map(|d| d.date.to_string()).collect();
            dates == wished
        })
    }

    /// Writes a digest beside its place and moves it there.
    fn put(&self, date: &str) {
        let folder = self.root.join(date);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(".new"), "never read").unwrap();
        fs::rename(folder.join(".new"), folder.join("A.json")).unwrap();
    }
}

/// Makes a day that has lain there for long.
fn with_a_day(root: &Path) {
    fs::create_dir(root.join("2025-05-01")).unwrap();
    let file = fs::File::create(root.join("2025-05-01/A.json")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000)).unwrap();
}

#[test]
fn new_days_changed_files_and_removed_ones_are_told() {
    let scene = Scene::new(with_a_day);
    scene.put("2025-05-02");
    let listing = scene.until_dates(&["2025-05-02", "2025-05-01"]);
    fs::write(scene.root.join("2025-05-01/A.json"), "longer than before").unwrap();
    scene.until("another version", |l| {
        l.left.is_empty() && l.digests[1].sources.stamps() != listing.digests[1].sources.stamps()
    });
    fs::remove_dir_all(scene.root.join("2025-05-02")).unwrap();
    scene.until_dates(&["2025-05-01"]);
}

#[test]
fn a_file_that_is_being_written_is_left_until_it_lies_still() {
    let scene = Scene::new(with_a_day);
    let file = scene.root.join("2025-05-01/B.json");
    fs::write(&file, "a piece").unwrap();
    let listing = scene.until("the file", |l| !l.left.is_empty());
    assert_eq!((listing.left, listing.digests.len()), (vec![file.clone()], 1));
    // Nothing more is written: the passing of time alone brings it in.
    let listing = scene.until("the whole file", |l| l.digests.len() == 2);
    assert!(listing.left.is_empty());
    // Who opens the archive sees everything at once.
    fs::write(&file, "more").unwrap();
    assert_eq!(scene.look(true).digests.len(), 2);
}

#[test]
fn an_archive_that_is_removed_or_renamed_is_seen_again_when_it_comes_back() {
    let scene = Scene::new(with_a_day);
    let away = scene.dir.path().join("away");
    fs::rename(&scene.root, &away).unwrap();
    let listing = scene.until("the loss", |l| !l.lost.is_empty());
    assert_eq!((&listing.lost, &listing.left), (&vec![scene.root.clone()], &vec![scene.root.clone()]));
    fs::rename(&away, &scene.root).unwrap();
    scene.until_dates(&["2025-05-01"]);
    fs::remove_dir_all(&scene.root).unwrap();
    scene.until("the loss", |l| !l.lost.is_empty());
    fs::create_dir(&scene.root).unwrap();
    scene.put("2025-05-03");
    scene.until_dates(&["2025-05-03"]);
    scene.put("2025-05-04");
    scene.until_dates(&["2025-05-04", "2025-05-03"]);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_watched_once() {
    let scene = Scene::new(|root| {
        with_a_day(root);
        std::os::unix::fs::symlink(root, root.join("2025-05-01/loop")).unwrap();
    });
    scene.put("2025-05-02");
    scene.until_dates(&["2025-05-02", "2025-05-01"]);
    assert_eq!(look(std::slice::from_ref(&scene.root), true, &[]).around.folders.len(), 3);
}

#[test]
fn what_can_be_no_digest_is_not_told() {
    let (sender, inbox) = channel();
    let root = PathBuf::from("/home/.local/archive");
    let mut guard = Guard::new(std::slice::from_ref(&root), Box::new(|_| ()), sender, inbox);
    let changed = EventKind::Modify(ModifyKind::Any);
    let closed = |mode| EventKind::Access(AccessKind::Close(mode));
    for (kind, path, is_told) in [
        (changed, "2025-05-01/A.json", true),
        (changed, "", true),
        (closed(AccessMode::Write), "a.md", true),
        (closed(AccessMode::Read), "a.md", false),
        (changed, ".git/index", false),
        (changed, "page_files/a.json", false),
        (changed, "a.json.part", false),
        (changed, ".syncthing.a.json.tmp", false),
        (changed, "/home/elsewhere", false),
    ] {
        guard.stirred = None;
        let event = Event::new(kind).add_path(root.join(path));
        if !is_reading(&event) {
            guard.notice(Ok(event));
        }
        assert_eq!(guard.stirred.is_some(), is_told, "{kind:?} {path}");
    }
}

#[test]
fn changes_are_kept_back_until_it_is_quiet_but_not_for_long() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().to_owned();
    let (told, news) = channel();
    let (sender, inbox) = channel();
    let mut guard = Guard::new(&[root], Box::new(move |n| drop(told.send(n))), sender, inbox);
    guard.is_refused = true;
    let begun = Instant::now();
    for ms in (0..=900).step_by(100) {
        guard.stir(begun + Duration::from_millis(ms));
        guard.ring(begun + Duration::from_millis(ms));
    }
    assert!(news.try_recv().is_err());
    guard.stir(begun + Duration::from_secs(1));
    guard.ring(begun + Duration::from_secs(1));
    assert_eq!(news.try_recv(), Ok(News::Changed));
    assert_eq!(guard.deadline(), None, "nobody is woken while nothing happens");
    // A queue that runs over because of our own look does not make us look for ever.
    guard.overflow(begun);
    assert_eq!(guard.deadline(), Some(begun + QUIET));
    guard.ring(begun + QUIET);
    guard.overflow(begun + PATIENCE);
    assert_eq!(guard.deadline(), Some(begun + OVERFLOW));
    // A system that refuses has the files looked at instead.
    guard.surround(Around::default());
    assert!(guard.deadline().is_some_and(|at| at > Instant::now()));
}
