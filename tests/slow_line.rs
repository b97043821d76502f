//! Keys held down over a line that is slower than what they show.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and prints its figures"
)]
#[path = "support/days.rs"]
#[allow(dead_code, reason = "each test file uses its part of the archives")]
mod days;
#[path = "support/pty.rs"]
mod pty;

use std::time::{Duration, Instant};

use pty::Launch;

const FRAME: &[u8] = b"\x1b[?2026h";

fn frames(bytes: &[u8]) -> usize {
    bytes.windows(FRAME.len()).filter(|w| *w == FRAME).count()
}

/// Holds a key for so many repeats, thirty a second; returns the frames of all the time, and of that after the last
/// repeat.
fn hold(rate: u32, repeats: u32) -> (usize, usize) {
    let launch = Launch::new(env!("CARGO_BIN_EXE_wenzhai")).slow(rate);
    let archive = launch.home().join("digests");
    days::write_day(&archive, "2025-06-01", 400, false);
    days::rest(&archive);
    let mut pty = launch.arg(&archive).start();
    pty.wait_for("1/400");
    let before = pty.output().len();
    let begun = Instant::now();
    for n in 1..=repeats {
        pty.send(b"j");
        // The fingers of a user: the only thing here that takes its time.
        std::thread::sleep(
            (begun + Duration::from_secs(1) * n / 30).saturating_duration_since(Instant::now()),
        );
    }
    let last = pty.output().len();
    let at = Instant::now();
    pty.wait_for(&format!("{}/400", repeats + 1));
    let output = pty.output();
    let found = (frames(&output[before..]), frames(&output[last..]));
    println!(
        "{rate} B/s: {repeats} keys, {} bytes, frames {found:?}, {:?} behind",
        output.len() - before,
        at.elapsed()
    );
    pty.keys("Q");
    assert_eq!(pty.wait_exit(), 0);
    found
}

#[test]
fn a_slow_line_does_not_lag_behind_the_keys() {
    let (all, late) = hold(4_000, 240);
    assert!(all < 80, "{all} frames for 240 keys");
    assert!(late <= 4, "{late} frames after the last key");
}

#[test]
fn a_fast_line_shows_every_step() {
    let (all, late) = hold(1_000_000, 60);
    assert!(all >= 20, "{all} frames for 60 keys");
    assert!(late <= 2, "{late} frames after the last key");
}
