//! The `wenzhai` program: reads the command line, runs, and ends with the right status.

use std::process::ExitCode;

use wenzhai::cli::{self, Outcome};
use wenzhai::shell;

fn main() -> ExitCode {
    match cli::run(std::env::args_os(), shell::probe) {
        Outcome::Exit(status) => ExitCode::from(status),
        Outcome::Read(options) => ExitCode::from(shell::open(*options)),
    }
}
