use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread::Builder;
use std::time::Duration;

use super::workers::Workers;
use crate::cli::Environment;
use crate::config;
use crate::effect::Report;

/// How long a program is watched for failing; what still runs then shows the address, or will.
const WATCHED: Duration = Duration::from_secs(3);

/// Shows addresses in a browser: by the user's command, else by the way of the desktop.
#[derive(Clone)]
pub(super) struct Opener {
    command: Vec<String>,
    has_desktop: bool,
}

impl Opener {
    pub(super) fn new(command: config::Command, environment: &Environment) -> Self {
        Self { command: command.words, has_desktop: environment.has_desktop() }
    }

    /// Says whether there is anything to show an address with.
    pub(super) fn can_open(&self) -> bool {
        self.has_desktop || !self.command.is_empty()
    }

    /// Shows an address, which is of the web and safe as an argument, on a thread of its own.
    pub(super) fn open(&self, url: String, workers: &Workers) {
        let commands = self.commands(&url);
        workers.aside(move |tell| {
            let came = try_each(commands);
            tell(Report::Opened(url, came));
        });
    }

    /// The commands to try, one after the other. No shell is among them.
    fn commands(&self, url: &str) -> Vec<Command> {
        match self.command.split_first() {
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments).arg(url);
                vec![command]
            }
            None => open::commands(url),
        }
    }
}

/// Runs commands until one does not fail; one clause about the first that was there and failed, else about the first.
fn try_each(commands: Vec<Command>) -> Result<(), String> {
    let mut why: Option<(bool, String)> = None;
    for mut command in commands {
        let program = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let (was_there, failure) = match command.spawn() {
            Ok(mut child) => {
                let (sender, ended) = channel();
                // It waits as long as the program runs, and nobody waits for it.
                let wait = move || drop(sender.send(child.wait()));
                let spawned = Builder::new().name("opener".to_owned()).spawn(wait);
                match spawned.map(|_| ended.recv_timeout(WATCHED)) {
                    Ok(Ok(Ok(status))) if !status.success() => (true, status.to_string()),
                    _ => return Ok(()),
                }
            }
            Err(e) => (false, e.to_string()),
        };
        if why.as_ref().is_none_or(|(known, _)| was_there && !known) {
            why = Some((was_there, format!("{program}: {failure}")));
        }
    }
    Err(why.map_or_else(|| "there is no program for it".to_owned(), |(_, why)| why))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opener(words: &[&str]) -> Opener {
        Opener { command: words.iter().map(ToString::to_string).collect(), has_desktop: false }
    }

    #[test]
    fn the_address_is_the_last_argument_and_one() {
        let url = "https://a.org/;id&$HOME?q=%22";
        let commands = opener(&["browser", "--new-tab"]).commands(url);
        let args: Vec<_> = commands[0].get_args().collect();
        assert_eq!((commands.len(), args), (1, vec!["--new-tab".as_ref(), url.as_ref()]));
        assert!(opener(&[]).commands(url).iter().all(|c| c.get_program() != "sh"));
    }

    #[test]
    fn a_program_that_fails_is_named_and_the_next_is_tried() {
        let commands = |names: &[&str]| names.iter().map(Command::new).collect();
        assert_eq!(try_each(commands(&["no-such-program", "true"])), Ok(()));
        let why = try_each(commands(&["no-such-program", "false", "no-such-program"]));
        assert_eq!(why, Err("false: exit status: 1".to_owned()));
        assert!(
            try_each(commands(&["no-such-program"])).is_err_and(|why| why.starts_with("no-such-program: "))
        );
    }
}
