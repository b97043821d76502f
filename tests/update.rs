//! How update commands run: once at a time, so often, so long, and never longer than the program.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]
#[path = "support/home.rs"]
#[allow(dead_code, reason = "each test file uses its part of the home")]
mod home;
#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use home::Home;
use pty::Launch;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use wenzhai::archive::{UpdateCommand, Updater};
use wenzhai::model::Updated;

/// How long something may take that should take no time.
const DEADLINE: Duration = Duration::from_secs(20);

/// An archive folder, a state folder and a runner.
struct Scene {
    home: Home,
    updater: Updater,
}

impl Scene {
    fn new(limit: Duration) -> Self {
        let home = Home::new();
        let updater = Updater { limit, ..Updater::new(home.path("state")) };
        fs::create_dir(home.path("archive")).unwrap();
        Self { home, updater }
    }

    fn command(&self, command: &str, every: Option<Duration>) -> UpdateCommand {
        UpdateCommand { archive: self.home.path("archive"), command: command.to_owned(), every }
    }

    fn run(&self, command: &str) -> Updated {
        self.updater.run(&self.command(command, None), false, || {})
    }

    fn log(&self) -> String {
        fs::read_to_string(self.home.path("state/log")).unwrap()
    }
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A pipe that tells twice: when it was opened by a command, and when all that hold it open are gone.
fn witness(path: &Path) -> Receiver<()> {
    fifo(path);
    let (path, (sender, told)) = (path.to_owned(), channel());
    thread::spawn(move || {
        let mut pipe = fs::File::open(path).unwrap();
        sender.send(()).unwrap();
        std::io::copy(&mut pipe, &mut std::io::sink()).unwrap();
        sender.send(()).unwrap();
    });
    told
}

fn config(home: &Path, archives: &[(&str, &str, &str)]) {
    let section = |(path, update, every): &(&str, &str, &str)| {
        format!("[[archive]]\npath = \"$HOME/{path}\"\nupdate = '''{update}'''\nevery = \"{every}\"\n")
    };
    let text = archives.iter().map(section).collect::<Vec<_>>().concat();
    fs::create_dir_all(home).unwrap();
    fs::write(home.join("config.toml"), text).unwrap();
}

fn digest(date: &str) -> String {
    format!(
        r#"{{"schema":1,"date":"{date}","category":"cs.AI","papers":[{{"id":"1","title":"Paper of {date}","authors":["A"]}}]}}"#
    )
}

#[test]
fn what_came_of_a_command_is_said_in_its_last_line() {
    let scene = Scene::new(DEADLINE);
    let table = [
        ("true", Updated::Done),
        ("echo ok; echo more >&2", Updated::Done),
        ("echo one; echo two; exit 3", Updated::Failed("(3): two".to_owned())),
        ("exit 1", Updated::Failed("(1)".to_owned())),
        (
            "printf 'Receiving 10%%\\rReceiving 90%%\\r\\n\\n'; exit 1",
            Updated::Failed("(1): Receiving 90%".to_owned()),
        ),
        (
            "printf '\\033[31mfatal:\\t文\\007' >&2; exit 128",
            Updated::Failed("(128): \u{fffd}fatal: 文\u{fffd}".to_owned()),
        ),
        ("kill -9 $$", Updated::Failed("(137)".to_owned())),
        ("no-such-program-here 2>/dev/null", Updated::Failed("(127)".to_owned())),
        // Nobody types: what reads gets the end at once.
        ("cat && echo after && exit 4", Updated::Failed("(4): after".to_owned())),
        ("pwd | grep -q 'archive$'", Updated::Done),
    ];
    for (command, expected) in table {
        assert_eq!(scene.run(command), expected, "{command}");
    }
    let log = scene.log();
    assert!(log.contains("archive\nok\nmore\n"), "{log}");
}

#[test]
fn a_flood_is_cut_in_the_log_and_nowhere_else() {
    let scene = Scene::new(DEADLINE);
    assert_eq!(
        scene.run("yes | head -c 3000000; echo the end; exit 1"),
        Updated::Failed("(1): the end".to_owned())
    );
    assert!(scene.log().len() < 300_000);
}

#[test]
fn it_runs_when_the_last_success_is_old_enough_or_when_forced() {
    let scene = Scene::new(DEADLINE);
    let hour = Some(Duration::from_hours(1));
    let fails = scene.command("exit 1", hour);
    let works = scene.command("true", hour);
    for (what, force, expected) in [
        (&fails, false, Updated::Failed("(1)".to_owned())),
        (&works, false, Updated::Done),
        (&works, false, Updated::NotDue),
        (&fails, true, Updated::Failed("(1)".to_owned())),
        (&works, false, Updated::NotDue),
        (&works, true, Updated::Done),
        (&scene.command("true", None), false, Updated::Done),
    ] {
        assert_eq!(scene.updater.run(what, force, || {}), expected, "{what:?} {force}");
    }
}

#[test]
fn a_second_runner_leaves_the_first_alone() {
    let scene = Scene::new(DEADLINE);
    let gate = scene.home.path("gate");
    fifo(&gate);
    let first = scene.command(&format!("cat {}", gate.display()), None);
    let (sender, started) = channel();
    thread::scope(|threads| {
        let runs = threads.spawn(|| scene.updater.run(&first, false, || sender.send(()).unwrap()));
        started.recv_timeout(DEADLINE).unwrap();
        assert_eq!(scene.run("true"), Updated::Busy);
        fs::write(&gate, "").unwrap();
        assert_eq!(runs.join().unwrap(), Updated::Done);
    });
    assert_eq!(scene.run("true"), Updated::Done);
}

#[test]
fn a_command_that_takes_too_long_is_ended_with_all_it_started() {
    let scene = Scene::new(Duration::from_secs(2));
    for (name, trap) in [("polite", ""), ("deaf", "trap '' TERM; ")] {
        let alive = scene.home.path(name);
        let witness = witness(&alive);
        let command =
            format!("{trap}exec 3>{}; echo busy; (sleep 1000 & sleep 1000) & sleep 1000", alive.display());
        assert_eq!(scene.run(&command), Updated::Failed("(> 2 s): busy".to_owned()), "{name}");
        for _ in ["opened", "gone"] {
            witness.recv_timeout(DEADLINE).unwrap();
        }
    }
}

#[test]
fn what_a_command_leaves_behind_ends_with_it() {
    let scene = Scene::new(DEADLINE);
    let alive = scene.home.path("alive");
    let witness = witness(&alive);
    assert_eq!(scene.run(&format!("exec 3>{}; sleep 1000 & echo started", alive.display())), Updated::Done);
    for _ in ["opened", "gone"] {
        witness.recv_timeout(DEADLINE).unwrap();
    }
}

#[test]
fn stopping_ends_what_runs_and_lets_nothing_begin() {
    let scene = Scene::new(DEADLINE);
    let alive = scene.home.path("alive");
    let witness = witness(&alive);
    let command = scene.command(&format!("exec 3>{}; sleep 1000 & wait", alive.display()), None);
    thread::scope(|threads| {
        let runs = threads.spawn(|| scene.updater.run(&command, false, || {}));
        witness.recv_timeout(DEADLINE).unwrap();
        scene.updater.running.stop(DEADLINE);
        assert_eq!(runs.join().unwrap(), Updated::Failed("(143)".to_owned()));
    });
    witness.recv_timeout(DEADLINE).unwrap();
    assert_eq!(scene.run("true"), Updated::Failed("the program is ending".to_owned()));
}

#[test]
fn from_cron_each_archive_gives_a_line() {
    let home = Home::new();
    for name in ["a", "b", "c"] {
        fs::create_dir(home.path(name)).unwrap();
    }
    let archives = [("a", "true", "1d"), ("b", "echo 'no such host'; exit 2", ""), ("c", "", "")];
    config(&home.path(".config/wenzhai"), &archives);
    let place = |name: &str| home.path(name).display().to_string();
    let failed = format!("{}\tfailed (2): no such host\n", place("b"));
    let none = String::new();
    let table = [
        (vec!["update"], 1, format!("{}\tupdated\n{failed}", place("a"))),
        (vec!["update"], 1, format!("{}\tnot due\n{failed}", place("a"))),
        (vec!["update", "--force", "a"], 0, format!("{}\tupdated\n", place("a"))),
    ];
    for (args, status, out) in table {
        assert_eq!(home.run(&args), (status, out, none.clone()), "{args:?}");
    }
    let (status, out, err) = home.run(["update", "--json"]);
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((status, err.as_str(), lines.len()), (1, "", 2));
    assert_eq!(
        (&lines[0]["result"], &lines[1]["result"], &lines[1]["why"]),
        (&"not due".into(), &"failed".into(), &"(2): no such host".into())
    );
    for (args, want) in
        [(vec!["update", "c"], "c: no update command"), (vec!["update", "d"], "d: no update command")]
    {
        let (status, out, err) = home.run(&args);
        assert_eq!((status, out.as_str()), (1, ""), "{args:?}");
        assert!(err.contains(want), "{err}");
    }
    let (status, _, err) = Home::new().run(["update"]);
    assert!(status == 1 && err.contains("no [[archive]] with an update command in"), "{err}");
}

#[test]
fn ending_the_cron_job_ends_its_command() {
    let home = Home::new();
    let witness = witness(&home.path("alive"));
    config(&home.path(".config/wenzhai"), &[("", "exec 3>$HOME/alive; sleep 1000 & wait", "")]);
    let child = home.command(["update"]).stdout(Stdio::piped()).spawn().unwrap();
    witness.recv_timeout(DEADLINE).unwrap();
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    witness.recv_timeout(DEADLINE).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stdout), (Some(143), Vec::new()));
}

/// A home whose one archive is brought a day by each update, as soon as its gate is opened.
fn launch_with(command: &str) -> Launch {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).size(120, 36);
    let home: PathBuf = launch.home().to_owned();
    fs::create_dir_all(home.join("archive/2025-06-01")).unwrap();
    fs::create_dir_all(home.join("next")).unwrap();
    fs::write(home.join("archive/2025-06-01/cs.AI.json"), digest("2025-06-01")).unwrap();
    config(&home.join("config/wenzhai"), &[("archive", command, "1d")]);
    launch
}

fn next_day(home: &Path, date: &str) {
    fs::create_dir_all(home.join("next").join(date)).unwrap();
    fs::write(home.join("next").join(date).join("cs.AI.json"), digest(date)).unwrap();
}

#[test]
fn a_morning_new_days_come_at_the_start_and_on_reload() {
    let launch = launch_with("cat $HOME/gate && mv $HOME/next/* .");
    let home = launch.home().to_owned();
    fifo(&home.join("gate"));
    next_day(&home, "2025-06-02");
    let mut pty = launch.start();
    pty.wait_for("updating…");
    pty.wait_for("Paper of 2025-06-01");
    fs::write(home.join("gate"), "").unwrap();
    pty.wait("the second day", |s| pty::rows_of(s).iter().any(|r| r.contains("06-02")));
    pty.wait("the end", |s| !s.contents().contains("updating…"));
    // It is not due any more, but asked for.
    next_day(&home, "2025-06-03");
    pty.keys("R");
    pty.wait_for("updating…");
    fs::write(home.join("gate"), "").unwrap();
    pty.wait("the end", |s| !s.contents().contains("updating…"));
    // Who reads stays where he is; the new day is one key away.
    pty.wait_for("New: 06-03 · 1 paper · L");
    pty.keys("L");
    pty.wait_for("Paper of 2025-06-03");
    // What fails is said once, and kept in the log.
    pty.keys("R");
    pty.wait_for("updating…");
    fs::write(home.join("gate"), "").unwrap();
    pty.wait_for("Update failed (1): mv: ");
    pty.keys("j gl");
    pty.wait_for("archive: update failed (1): mv: ");
    pty.keys("q Q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn leaving_the_reader_ends_the_command() {
    for how in ["key", "signal"] {
        let launch = launch_with("exec 3>$HOME/alive; sleep 1000 & wait");
        let witness = witness(&launch.home().join("alive"));
        let mut pty = launch.start();
        pty.wait_for("updating…");
        witness.recv_timeout(DEADLINE).unwrap();
        if how == "key" {
            pty.keys("Q");
        } else {
            pty.signal(Signal::TERM);
        }
        assert_eq!(pty.wait_exit(), if how == "key" { 0 } else { 143 });
        witness.recv_timeout(DEADLINE).unwrap();
    }
}
