//! TERMINAL T18 in tmux: what a pane shows is what was drawn, cell by cell. Skipped where there is no tmux.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and prints its figures"
)]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;
#[path = "support/days.rs"]
#[allow(dead_code, reason = "each test file uses its part of the archives")]
mod days;
#[path = "support/pty.rs"]
mod pty;
#[path = "support/twin.rs"]
#[allow(dead_code, reason = "each test file uses its part of the twin")]
mod twin;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use twin::Twin;

/// How long a pane may take to show a screen.
const DEADLINE: Duration = Duration::from_secs(20);

/// A tmux server of its own, with the program in its only pane.
struct Tmux {
    home: TempDir,
}

impl Tmux {
    /// Starts the program in a pane; None where there is no tmux.
    fn start(write: impl Fn(&Path), (cols, rows): (u16, u16)) -> Option<Self> {
        Command::new("tmux").arg("-V").output().ok()?;
        let tmux = Self { home: tempfile::tempdir().unwrap() };
        let home = tmux.home.path().display();
        let archive = tmux.home.path().join("digests");
        write(&archive);
        days::rest(&archive);
        std::fs::write(tmux.home.path().join("tmux.conf"), "set -g status off\nset -sg escape-time 0\n")
            .unwrap();
        let program = format!(
            "exec env HOME={home} XDG_STATE_HOME={home}/state XDG_DATA_HOME={home}/data XDG_CONFIG_HOME={home}/config \
             XDG_CACHE_HOME={home}/cache LC_ALL=zh_CN.UTF-8 {} {}",
            env!("CARGO_BIN_EXE_wenzhai"),
            archive.display()
        );
        let size = [cols.to_string(), rows.to_string()];
        tmux.run(&["new-session", "-d", "-x", &size[0], "-y", &size[1], &program]);
        Some(tmux)
    }

    fn run(&self, args: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command
            .env_remove("TMUX")
            .env_remove("NO_COLOR")
            .env("TMUX_TMPDIR", self.home.path())
            .env("LC_ALL", "C.UTF-8");
        command.arg("-u").arg("-f").arg(self.home.path().join("tmux.conf")).args(["-L", "walk"]).args(args);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn press(&self, key: &str) {
        let named = match key {
            "S-Tab" => "BTab",
            "Backspace" => "BSpace",
            key => key,
        };
        self.run(&["send-keys", "-t", "0", named]);
    }

    /// Waits until the pane shows these rows.
    fn wait_for(&self, rows: &[String], after: &str) {
        let begun = Instant::now();
        loop {
            let pane = self.run(&["capture-pane", "-p", "-t", "0"]);
            let mut shown = pane.lines().map(str::trim_end);
            let wrong = rows.iter().enumerate().find_map(|(y, row)| {
                let shown = shown.next().unwrap_or_default();
                (shown != row).then(|| format!("row {y}\n{shown}\nfor\n{row}"))
            });
            let Some(wrong) = wrong else { return };
            assert!(begun.elapsed() < DEADLINE, "after {after}: {wrong}");
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let mut command = Command::new("tmux");
        command.env("TMUX_TMPDIR", self.home.path()).args(["-L", "walk", "kill-server"]);
        let _ = command.output();
    }
}

/// What the terminal has to show: the blanks of formulas are plain ones there.
fn rows_of(twin: &Twin) -> Vec<String> {
    app::rows(&twin.app.buffer().0).into_iter().map(|row| row.replace('\u{a0}', " ")).collect()
}

fn walk(chance: u64, size: (u16, u16)) {
    let write = |folder: &Path| days::write_three(folder, true);
    let Some(tmux) = Tmux::start(write, size) else {
        println!("skipped: there is no tmux");
        return;
    };
    let mut twin = Twin::start(write, size);
    let mut dice = days::Dice(chance);
    tmux.wait_for(&rows_of(&twin), "the start");
    let mut seen = 0;
    while seen < 25 {
        let key = twin.any_key(&mut dice);
        if twin.press_if_seen(key) {
            tmux.press(key);
            tmux.wait_for(&rows_of(&twin), key);
            seen += 1;
        }
    }
}

#[test]
fn a_walk_at_200x50() {
    walk(5, (200, 50));
}

#[test]
fn a_walk_at_120x36() {
    walk(6, (120, 36));
}
