use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use super::args::{Command, JournalCommand};
use crate::catalogue::Written;

/// Names what a subcommand would write; none where it writes nothing.
pub(super) fn written_by(command: &Command) -> Option<Written> {
    match command {
        Command::Import { dry_run: false, .. } => Some(Written::Digests),
        Command::Export { output: Some(file), .. } if file != Path::new("-") => Some(Written::Export),
        Command::Mark { .. } => Some(Written::Decisions),
        Command::Journal { command: JournalCommand::Compact { .. } } => Some(Written::Journal),
        Command::Update { .. } => Some(Written::Updates),
        _ => None,
    }
}

/// Makes the path of a log absolute, and says why nothing can be added to it. Makes no file: that is for the first line.
pub(super) fn log_file(file: &Path) -> io::Result<PathBuf> {
    let file = std::path::absolute(file)?;
    match fs::metadata(&file) {
        // What waits for a reader would hold the program up.
        Ok(meta) if meta.is_dir() || meta.file_type().is_fifo() => Err(io::Error::other("is not a file")),
        Ok(_) => OpenOptions::new().append(true).open(&file).map(|_| file),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            let folder = file.parent().unwrap_or(Path::new("/"));
            access(folder, Access::WRITE_OK | Access::EXEC_OK)?;
            Ok(file)
        }
        Err(e) => Err(e),
    }
}
