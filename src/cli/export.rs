use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::asked::{self, Asked};
use super::output::{Failure, Output};
use super::{Settings, locate, mark};
use crate::export::{Entry, Exporter, Format};
use crate::filter::Query;
use crate::model::{Date, Problem};

/// Which papers are exported: those that every part allows. With no part, all.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub(super) struct Which {
    /// Paper ids or arXiv ids; - reads them from standard input, one a line. Without one, every paper.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Only the papers of this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Only papers that meet a query, in the language of the reader's filter: `is:bookmarked tag:rag`.
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: Option<String>,
}

/// Writes papers, newest day first, each once, to standard output or to a file that is then there as a whole or as it
/// was. Memory: one digest at a time.
pub(super) fn run(
    out: &mut Output,
    (which, query): (Which, &Query),
    (format, file): (Format, Option<&Path>),
    archives: &[PathBuf],
    settings: &Settings,
) -> Result<(), Failure> {
    let has_ids = !which.ids.is_empty();
    let ids = mark::all_ids(which.ids, out.lang)?;
    let mut missing: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let mut wanted: HashMap<String, Vec<&str>> = HashMap::new();
    for id in &ids {
        for name in [Some(id.clone()), locate::arxiv_id(id)].into_iter().flatten() {
            wanted.entry(name).or_default().push(id);
        }
    }
    let decisions = asked::decisions(out, &settings.paths)?;
    let listing = locate::list(archives, settings)?;
    out.problems(&listing.problems);
    let asked = Asked::new(query, &decisions, &listing.digests, settings);
    let mut target = Target::open(file)?;
    let mut exporter = Exporter::new(format);
    target.write(out, &exporter.head())?;
    let days = listing.digests.iter().filter(|what| which.date.is_none_or(|date| what.date == date));
    for what in days {
        let Some(digest) = locate::load(out, what) else { continue };
        for paper in digest.papers.iter().filter(|p| asked.is_met_by(&digest, p)) {
            let arxiv = has_ids.then(|| paper.identity().arxiv).flatten();
            let own = [Some(&paper.id), arxiv.as_ref()].into_iter().flatten();
            let named: Vec<&str> = own.filter_map(|name| wanted.get(name)).flatten().copied().collect();
            if has_ids && named.is_empty() {
                continue;
            }
            for id in &named {
                missing.remove(id);
            }
            if let Some(text) = exporter.paper(&Entry::new(&digest, paper, &decisions)) {
                target.write(out, &text)?;
            }
        }
    }
    target.write(out, exporter.tail())?;
    let is_nothing = exporter.count() == 0;
    if is_nothing && matches!(target, Target::File(..)) {
        out.failed(&out.lang.nothing_to_export());
    } else {
        target.finish()?;
    }
    for id in ids.iter().filter(|id| missing.contains(id.as_str())) {
        out.failed(&out.lang.no_paper_has_id(id));
    }
    Ok(())
}

/// Where the text goes.
enum Target {
    Output,
    /// A device, a pipe or the like, which must not be replaced.
    Device(File, PathBuf),
    File(NamedTempFile, PathBuf),
}

impl Target {
    /// Makes a file under another name beside the one that is meant.
    fn open(file: Option<&Path>) -> Result<Self, Failure> {
        let Some(file) = file.filter(|f| *f != Path::new("-")) else { return Ok(Self::Output) };
        let failed = |e: io::Error| lost(file, &e);
        if file.is_dir() {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        // What a link leads to is replaced, not the link.
        let linked = || Some(file.parent()?.join(std::fs::read_link(file).ok()?));
        let place = file.canonicalize().ok().or_else(linked).unwrap_or_else(|| file.to_owned());
        if std::fs::metadata(file).is_ok_and(|m| !m.is_file()) {
            let device = File::options().write(true).open(file);
            return Ok(Self::Device(device.map_err(failed)?, place));
        }
        let folder = place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let new = std::fs::Permissions::from_mode(0o666);
        let temp = tempfile::Builder::new().permissions(new).tempfile_in(folder);
        Ok(Self::File(temp.map_err(failed)?, place))
    }

    fn write(&mut self, out: &mut Output, text: &str) -> Result<(), Failure> {
        match self {
            Self::Output if text.is_empty() => Ok(()),
            Self::Output => Ok(out.part(text)?),
            Self::Device(device, file) => device.write_all(text.as_bytes()).map_err(|e| lost(file, &e)),
            Self::File(temp, file) => temp.write_all(text.as_bytes()).map_err(|e| lost(file, &e)),
        }
    }

    /// Puts the file in its place.
    fn finish(self) -> Result<(), Failure> {
        let Self::File(temp, file) = self else { return Ok(()) };
        if let Ok(there) = std::fs::metadata(&file) {
            // Those of a new file the umask has taken from; these are not to be.
            temp.as_file().set_permissions(there.permissions()).map_err(|e| lost(&file, &e))?;
        }
        temp.as_file().sync_all().map_err(|e| lost(&file, &e))?;
        temp.persist(&file).map(drop).map_err(|e| lost(&file, &e.error))
    }
}

fn lost(file: &Path, error: &io::Error) -> Failure {
    // A temporary file's name says nothing to the user.
    Problem::of_io(file.display().to_string(), error).into()
}
