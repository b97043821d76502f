use std::path::{Path, PathBuf};

use serde_json::json;

use super::output::{Failure, Output};
use crate::archive;

/// Imports and prints what came of it.
pub(super) fn run(out: &mut Output, sources: &[PathBuf], into: &Path, json: bool) -> Result<(), Failure> {
    let report = archive::import(sources, into).map_err(|e| Failure::Other(e.to_string()))?;
    if json {
        let problems: Vec<_> =
            report.problems.iter().map(|p| json!({"file": p.file, "line": p.line, "what": p.what})).collect();
        out.json(&json!({
            "schema": 1,
            "into": into.to_string_lossy(),
            "files": report.files,
            "digests_written": report.digests_written,
            "digests_unchanged": report.digests_unchanged,
            "papers_new": report.papers_new,
            "problems": problems,
        }))?;
    } else {
        out.text(&format!(
            "{}: files {}, digests written {}, unchanged {}, new papers {}, problems {}",
            into.display(),
            report.files,
            report.digests_written,
            report.digests_unchanged,
            report.papers_new,
            report.problems.len()
        ))?;
    }
    out.problems(&report.problems);
    Ok(())
}
