use jiff::Timestamp;
use serde_json::json;

use super::Paths;
use super::args::JournalCommand;
use super::output::{Failure, Output};
use crate::decisions::Decisions;
use crate::journal::Journal;
use crate::model::Verdict;

/// Carries out `wenzhai journal ...`.
pub(super) fn run(out: &mut Output, command: &JournalCommand, paths: &Paths) -> Result<(), Failure> {
    let open = Journal::open(&paths.journal, &paths.state);
    let mut journal = open.map_err(|e| Failure::Other(out.lang.journal_closed(&e.to_string())))?;
    match command {
        JournalCommand::Status { json } => status(out, &mut journal, *json),
        JournalCommand::List { json } => list(out, &mut journal, *json),
        JournalCommand::Compact { json } => compact(out, &mut journal, *json),
    }
}

/// Prints what stands in each machine's file, and what all of them come to.
fn status(out: &mut Output, journal: &mut Journal, json: bool) -> Result<(), Failure> {
    let (machines, problems) = journal.status();
    let mut decisions = Decisions::new(journal.machine());
    for (m, lines) in machines {
        let last = m.last_wall_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        if json {
            out.json(&json!({
                "schema": 1,
                "machine": m.machine,
                "own": m.is_own,
                "file": m.file,
                "bytes": m.bytes,
                "lines": m.lines,
                "settled": m.settled,
                "last": last.map(|t| t.to_string()),
            }))?;
        } else {
            let mark = if m.is_own { '*' } else { ' ' };
            let last = last.map_or_else(|| "-".to_owned(), |t| t.strftime("%Y-%m-%d %H:%M UTC").to_string());
            let wrote = out.lang.machine_wrote(&m.machine, m.lines, m.settled, m.bytes, &last);
            out.text(&format!("{mark} {wrote}"))?;
        }
        decisions.absorb(&m.machine, lines);
    }
    out.problems(&problems);
    let (mut bookmarked, mut later, mut dismissed, mut read) = (0, 0, 0, 0);
    for paper in decisions.papers() {
        match decisions.verdict(&paper) {
            Verdict::Undecided => {}
            Verdict::Bookmarked => bookmarked += 1,
            Verdict::Later => later += 1,
            Verdict::Dismissed => dismissed += 1,
        }
        read += usize::from(decisions.is_read(&paper));
    }
    // The command ends here: what the system takes back at once would be freed piece by piece.
    std::mem::forget(decisions);
    if json {
        let object = json!({"bookmarked": bookmarked, "later": later, "dismissed": dismissed, "read": read});
        out.json(&json!({"schema": 1, "decisions": object}))
    } else {
        let text = out.lang.decided_in_all(bookmarked, later, dismissed, read);
        out.text(&text).map_err(Failure::from)
    }
}

/// Prints every paper that something is decided about.
fn list(out: &mut Output, journal: &mut Journal, json: bool) -> Result<(), Failure> {
    let (machines, problems) = journal.status();
    out.problems(&problems);
    let mut decisions = Decisions::new(journal.machine());
    for (status, lines) in machines {
        decisions.absorb(&status.machine, lines);
    }
    let mut papers = decisions.papers();
    papers.sort();
    for paper in &papers {
        let (verdict, is_read) = (decisions.verdict(paper), decisions.is_read(paper));
        let (tags, note) = (decisions.tags(paper), decisions.note(paper));
        if verdict == Verdict::Undecided && !is_read && tags.is_empty() && note.is_none() {
            continue;
        }
        let verdict = verdict.name();
        if json {
            out.json(&json!({
                "schema": 1,
                "arxiv": paper.arxiv,
                "key": paper.key.as_str(),
                "author": paper.author,
                "verdict": verdict,
                "read": is_read,
                "tags": tags,
                "note": note,
            }))?;
        } else {
            let read = if is_read { "read" } else { "-" };
            let id = paper.arxiv.as_deref().unwrap_or("-");
            let mut row = vec![verdict.to_owned(), read.to_owned(), id.to_owned(), paper.key.to_string()];
            row.extend(tags.iter().map(|tag| format!("#{tag}")));
            out.text(&row.join("\t"))?;
        }
    }
    Ok(())
}

/// Shortens this machine's file.
fn compact(out: &mut Output, journal: &mut Journal, json: bool) -> Result<(), Failure> {
    let done = journal.compact().map_err(|e| Failure::Other(e.to_string()))?;
    let ((lines, lines_after), (bytes, bytes_after)) = (done.count, done.bytes);
    if json {
        out.json(&json!({
            "schema": 1,
            "machine": journal.machine(),
            "lines": {"before": lines, "after": lines_after},
            "bytes": {"before": bytes, "after": bytes_after},
        }))?;
    } else {
        out.text(&out.lang.compacted(journal.machine(), done.count, done.bytes))?;
    }
    out.problems(&journal.take_problems());
    Ok(())
}
