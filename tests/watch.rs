//! Stories of an archive that changes under an open reader.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/pty.rs"]
mod pty;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use pty::{Launch, Pty, rows_of};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import");
const LANTERN: &str = "Lantern: Teaching";

/// An archive with a capture of a day, text without ids, and a reader that shows it.
struct Scene {
    dir: tempfile::TempDir,
    pty: Pty,
}

impl Scene {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("archive");
        fs::create_dir(&root).unwrap();
        let capture = root.join("2031-02-03.txt");
        fs::copy(format!("{FIXTURES}/2031-02-03_spaced.txt"), &capture).unwrap();
        let file = File::options().write(true).open(&capture).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1_700_000_000)).unwrap();
        let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).arg(&root).size(160, 40);
        let pty = launch.env("LC_ALL", "zh_CN.UTF-8").start();
        pty.wait_for(LANTERN);
        Self { dir, pty }
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("archive")
    }

    /// Bookmarks the first paper, whose detail names no id.
    fn bookmark(&self) {
        self.pty.keys("g g b k");
        self.pty.wait("a bookmark", |s| bookmarked(s) == 1);
        assert!(!self.pty.screen_text().contains("arXiv:3102.00001"));
    }

    /// Waits for the page's id, and goes through the rest of the story.
    fn ends_as_one_row_with_an_id(mut self) {
        self.pty.wait_for("arXiv:3102.00001");
        self.pty.look(|s| {
            let text = rows_of(s).join("\n");
            assert_eq!(rows_of(s).iter().filter(|r| in_list(r).contains(LANTERN)).count(), 1, "{text}");
            assert_eq!(bookmarked(s), 1, "{text}");
        });
        self.pty.keys("u");
        self.pty.wait("no bookmark", |s| bookmarked(s) == 0);
        self.pty.wait_for("arXiv:3102.00001");
        self.pty.keys("q");
        assert_eq!(self.pty.wait_exit(), 0);
    }
}

/// The list, without the dates and the detail pane.
fn in_list(row: &str) -> String {
    row.rsplit('│').nth(1).unwrap_or(row).to_owned()
}

fn bookmarked(screen: &vt100::Screen) -> usize {
    rows_of(screen)
        .iter()
        .skip(1)
        .filter(|r| in_list(r).contains('★') && in_list(r).contains("Lantern"))
        .count()
}

fn page() -> Vec<u8> {
    fs::read(format!("{FIXTURES}/posts_2031-02-03_new.html")).unwrap()
}

fn put(path: &Path, bytes: &[u8]) {
    let beside = path.with_file_name(".coming");
    fs::write(&beside, bytes).unwrap();
    fs::rename(&beside, path).unwrap();
}

#[test]
fn a_page_joins_the_capture_of_its_day() {
    let scene = Scene::new();
    scene.bookmark();
    put(&scene.root().join("2031-02-03.html"), &page());
    scene.ends_as_one_row_with_an_id();
}

#[test]
fn a_page_that_is_written_in_pieces_joins_when_it_is_whole() {
    let scene = Scene::new();
    scene.bookmark();
    let bytes = page();
    let mut file = File::create(scene.root().join("2031-02-03.html")).unwrap();
    for piece in bytes.chunks(bytes.len() / 5 + 1) {
        file.write_all(piece).unwrap();
        file.sync_all().unwrap();
    }
    drop(file);
    scene.ends_as_one_row_with_an_id();
}

#[test]
fn a_new_day_is_announced_and_an_archive_that_is_gone_stays_readable() {
    let mut scene = Scene::new();
    let capture = fs::read_to_string(format!("{FIXTURES}/2031-02-03_spaced.txt")).unwrap();
    // Another paper: the same one would be a repeat.
    let day = |date| {
        let other = format!("{LANTERN} on {date}");
        capture.replace("2031-02-03", date).replace(LANTERN, &other).into_bytes()
    };
    put(&scene.root().join("2031-02-04.txt"), &day("2031-02-04"));
    scene.pty.wait_for("新增 02-04 · 3 篇 · L");
    scene.pty.wait_for("04 周二…");
    scene.pty.keys("L");
    scene.pty.wait_for("2031-02-04 周二");
    fs::rename(scene.root(), scene.dir.path().join("away")).unwrap();
    scene.pty.wait_for("现在读不到");
    scene.pty.keys("j k");
    scene.pty.wait_for(LANTERN);
    fs::rename(scene.dir.path().join("away"), scene.root()).unwrap();
    put(&scene.root().join("2031-02-05.txt"), &day("2031-02-05"));
    scene.pty.wait_for("新增 02-05");
    scene.pty.keys("q");
    assert_eq!(scene.pty.wait_exit(), 0);
}

#[test]
fn a_reader_of_an_empty_folder_opens_what_comes_in() {
    let dir = tempfile::tempdir().unwrap();
    let mut pty = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).arg(dir.path()).size(160, 40).start();
    pty.wait_for("No digests");
    put(
        &dir.path().join("2031-02-03_A.txt"),
        &fs::read(format!("{FIXTURES}/2031-02-03_spaced.txt")).unwrap(),
    );
    pty.wait_for(LANTERN);
    pty.keys("q");
    assert_eq!(pty.wait_exit(), 0);
}
