use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Value, json};

use super::colour::Ink;
use super::output::{Failure, Output, padded, right};
use super::{Settings, locate};
use crate::archive::{self, CheckReport};
use crate::catalogue::Lang;
use crate::model::{Problem, Severity};

/// Checks and prints every problem, then how many there are of each kind.
pub(super) fn run(
    out: &mut Output,
    named: &[PathBuf],
    settings: &Settings,
    json: bool,
) -> Result<(), Failure> {
    let report = archive::check(locate::list(named, settings)?);
    for problem in &report.problems {
        out.rate(problem);
        print(out, problem, json)?;
    }
    if !json {
        out.text(&summary(&report, out.lang))?;
    }
    Ok(())
}

/// Prints a problem as one line: `file:line: severity: what`.
pub(super) fn print(out: &mut Output, problem: &Problem, json: bool) -> Result<(), Failure> {
    if json {
        return out.json(&Line { schema: 1, problem: &object(problem) });
    }
    let Problem { file, line, what, severity, .. } = problem;
    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
    let ink = match severity {
        Severity::Error => Ink::Error,
        Severity::Warning => Ink::Warning,
        Severity::Info => Ink::Dim,
    };
    let lang = out.lang;
    // What files and their names hold must not look like a line of its own.
    let one_line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let (place, what) =
        (format!("{}{line}: ", one_line(file)), format!(": {}", one_line(&lang.reason(what))));
    Ok(out.line(&[(None, &place), (Some(ink), lang.severity(severity.name())), (None, &what)])?)
}

/// A line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    schema: u32,
    #[serde(flatten)]
    problem: &'a Value,
}

/// A problem as one object of JSON.
pub(super) fn object(problem: &Problem) -> Value {
    json!({
        "file": problem.file,
        "line": problem.line,
        "severity": problem.severity.name(),
        "kind": problem.kind.name(),
        "what": problem.what,
    })
}

fn summary(report: &CheckReport, lang: Lang) -> String {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for problem in &report.problems {
        let [errors, warnings, infos] = counts.entry(problem.kind.name()).or_default();
        *match problem.severity {
            Severity::Error => errors,
            Severity::Warning => warnings,
            Severity::Info => infos,
        } += 1;
    }
    let mut text = String::new();
    if !counts.is_empty() {
        let [kind, severities @ ..] = lang.problem_heads();
        let _ = writeln!(text, "\n{}{}", padded(kind, 12), severities.map(|s| right(s, 9)).concat());
    }
    for (kind, [errors, warnings, infos]) in counts {
        let kind = padded(lang.problem_kind(kind), 12);
        let _ = writeln!(text, "{kind}{errors:>9}{warnings:>9}{infos:>9}");
    }
    let CheckReport { files, digests, papers, problems } = report;
    text + &lang.checked(*files, *digests, *papers, problems.len())
}
