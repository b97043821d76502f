//! Counts the instructions of a process of the running program, by callgrind.

use std::env;
use std::ffi::OsStr;
use std::process::Command;

/// Counts the instructions of this program when it is run with `value` in the environment variable `name`, in a home of
/// its own. None, and a line that says why, where there is no valgrind.
pub(crate) fn count(name: &str, value: impl AsRef<OsStr>) -> Option<f64> {
    let home = tempfile::tempdir().ok()?;
    let out = env::var("CALLGRIND_OUT").unwrap_or_else(|_| "/dev/null".to_owned());
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={out}")])
        .arg(env::current_exe().ok()?)
        .env(name, value)
        .env("HOME", home.path())
        .envs(["CONFIG", "DATA", "STATE", "CACHE"].map(|n| (format!("XDG_{n}_HOME"), home.path().join(n))))
        .output();
    let said = match run {
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(e) => {
            println!("valgrind: {e}");
            return None;
        }
    };
    let collected = said.lines().find_map(|l| l.split_once("Collected : ")?.1.trim().parse().ok());
    if collected.is_none() {
        println!("{said}");
    }
    collected
}
