use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::json;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;

use super::Settings;
use super::output::{Failure, Output};
use crate::archive::{Running, UpdateCommand, Updater};
use crate::config::Config;
use crate::model::{Problem, Updated};

/// How long a command may tidy up when the program is told to end.
const PATIENCE: Duration = Duration::from_millis(500);

/// The update commands that are configured for these archives.
pub(super) fn commands(config: &Config, archives: &[PathBuf]) -> Vec<UpdateCommand> {
    let with_command = config.archives.iter().filter(|a| !a.update.is_empty());
    with_command
        .filter(|a| archives.iter().any(|named| is_same(&a.path, named)))
        .map(|a| UpdateCommand { archive: a.path.clone(), command: a.update.clone(), every: a.every })
        .collect()
}

/// Says whether two paths lead to the same place, which need not be there.
fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).ok();
    a == b || real(a) == real(b)
}

/// Runs the update commands that are due, of the archives named or of all, one after the other; prints a line for each.
pub(super) fn run(
    out: &mut Output,
    Settings { config, paths, lang }: &Settings,
    named: &[PathBuf],
    (force, json): (bool, bool),
) -> Result<(), Failure> {
    let all: Vec<_> = config.archives.iter().map(|a| a.path.clone()).collect();
    let found = commands(config, if named.is_empty() { &all } else { named });
    for path in named.iter().filter(|n| !found.iter().any(|f| is_same(&f.archive, n))) {
        out.failed(&lang.no_update_for(&path.display().to_string()));
    }
    if found.is_empty() && named.is_empty() {
        return Err(Failure::Other(lang.no_update_in(&paths.config_file.display().to_string())));
    }
    let updater = Updater { log: paths.log(), ..Updater::new(paths.state.clone()) };
    let door = Arc::new(Mutex::new(()));
    end_with_the_program(updater.running.clone(), Arc::clone(&door))?;
    for command in &found {
        let came = updater.run(command, force, || {});
        // Closed for good when a signal ended the command: the program ends by that signal, not by what came of it.
        drop(door.lock());
        let archive = command.archive.to_string_lossy();
        let (result, why) = match &came {
            Updated::Done => ("updated", None),
            Updated::NotDue => ("not due", None),
            Updated::Busy => ("busy", None),
            Updated::Failed(why) => ("failed", Some(why)),
        };
        if let Some(why) = why {
            out.rate(&Problem::of_file(archive.clone(), why));
        }
        if json {
            out.json(&json!({"schema": 1, "archive": archive, "result": result, "why": why}))?;
        } else {
            let why = why.map(|why| format!(" {why}")).unwrap_or_default();
            out.text(&format!("{archive}\t{result}{why}"))?;
        }
        out.flush()?;
    }
    Ok(())
}

/// Takes the commands along when the program is ended: they are in process groups that Control-C does not reach.
fn end_with_the_program(running: Running, door: Arc<Mutex<()>>) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let _closed = door.lock();
            running.stop(PATIENCE);
            low_level::exit(128 + signal);
        }
    })?;
    Ok(())
}
