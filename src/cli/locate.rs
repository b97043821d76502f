use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Command, CommandFactory as _};

use super::args::Args;
use super::output::Output;
use super::{Settings, complain};
use crate::archive;
use crate::catalogue::nearest;
use crate::model::{Digest, Identity, Listed, Listing, Problem};

/// Says which archives are meant: those named, else `$WENZHAI_ARCHIVE`, else those of the configuration, else those
/// opened last, else the default one. None means the built-in sample.
///
/// # Errors
/// An archive that was asked for and is not there.
pub(super) fn archives(named: &[PathBuf], settings: &Settings) -> Result<Vec<PathBuf>, Problem> {
    let Settings { config, paths, .. } = settings;
    let asked = match (named, std::env::var_os("WENZHAI_ARCHIVE")) {
        ([], Some(value)) if !value.is_empty() => vec![PathBuf::from(value)],
        (named, _) => named.to_vec(),
    };
    if !asked.is_empty() {
        asked.iter().try_for_each(|path| must_exist(path))?;
        return Ok(asked);
    }
    if !config.archives.is_empty() {
        // One that is not there may be brought by its update command, or be mounted later: listing it says so.
        return Ok(config.archives.iter().map(|a| a.path.clone()).collect());
    }
    // An archive nobody asked for just now is worth opening only with something in it.
    let last: Vec<_> =
        last_opened(&paths.session()).into_iter().filter(|a| archive::holds_digest(a)).collect();
    if !last.is_empty() {
        return Ok(last);
    }
    Ok(Some(paths.archive()).filter(|a| archive::holds_digest(a)).into_iter().collect())
}

/// Lists the archives meant, or the sample; says which it is when it is the sample.
pub(super) fn list(named: &[PathBuf], settings: &Settings) -> Result<Listing, Problem> {
    let roots = archives(named, settings)?;
    if roots.is_empty() {
        complain(&settings.lang.no_archive_yet());
        return Ok(archive::sample());
    }
    let mut found = archive::list(&roots);
    if found.digests.is_empty() {
        let shown: Vec<_> = roots.iter().map(|r| r.display().to_string()).collect();
        found.problems.push(Problem::of_file(shown.join(", "), "holds no digest"));
    }
    Ok(found)
}

/// Reads a listed digest and names what went wrong; none where it cannot be read, which is named too.
pub(super) fn load(out: &mut Output, what: &Listed) -> Option<Arc<Digest>> {
    match archive::load(what) {
        Ok(loaded) => {
            out.problems(&loaded.problems);
            Some(loaded.digest)
        }
        Err(problem) => {
            out.problems(&[problem]);
            None
        }
    }
}

/// Reads an arXiv id as people write it: bare, as `arXiv:ID`, or as the address of its page; the version goes.
pub(super) fn arxiv_id(typed: &str) -> Option<String> {
    let id = ["/abs/", "/pdf/"].into_iter().find_map(|part| Some(typed.split_once(part)?.1)).unwrap_or(typed);
    let is_named = id.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("arxiv:"));
    let id = if is_named { id.get(6..).unwrap_or_default() } else { id };
    Identity::new(Some(id.trim_end_matches(".pdf")), "", None).arxiv
}

/// Finds the first folder named that is none but looks like a subcommand, or one of those `below` a subcommand, and what it
/// looks like.
pub(super) fn mistyped(named: &[PathBuf], below: Option<&str>) -> Option<(String, String)> {
    let first = named.iter().find(|path| !path.exists())?.to_str()?;
    let is_bare = !first.contains(['/', '.', '~']);
    let all = Args::command();
    let command = below.map_or(Some(&all), |name| all.find_subcommand(name))?;
    let near = nearest(first, command.get_subcommands().map(Command::get_name)).filter(|_| is_bare)?;
    Some((first.to_owned(), near.to_owned()))
}

fn must_exist(path: &Path) -> Result<(), Problem> {
    fs::metadata(path).map(drop).map_err(|e| {
        let mut problem = Problem::of_io(path.display().to_string(), &e);
        if path.components().count() == 1 && path.extension().is_none() {
            // More likely a mistyped subcommand than a folder.
            problem.what += "; `wenzhai --help` lists the subcommands";
        }
        problem
    })
}

/// Reads `last` of the session file. A file that is missing or odd names no archive.
fn last_opened(session: &Path) -> Vec<PathBuf> {
    let is_file = fs::metadata(session).is_ok_and(|m| m.is_file());
    let Some(text) = is_file.then(|| fs::read(session).ok()).flatten() else { return Vec::new() };
    let value: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
    let paths = value.get("last").and_then(|a| a.as_array());
    paths.into_iter().flatten().filter_map(|p| p.as_str()).map(PathBuf::from).collect()
}
