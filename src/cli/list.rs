use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::output::{Failure, Output};
use super::{Paths, Settings, complain, locate};
use crate::catalogue::Lang;
use crate::decisions::Decisions;
use crate::filter::{Candidate, Facts, Haystack, Query, Subject};
use crate::journal::Journal;
use crate::model::{self, Digest, Paper};

/// Reads a query; what is wrong with it is named on standard error.
pub(super) fn query(typed: &str, lang: Lang) -> Result<Query, ()> {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    match Query::parse(typed, today) {
        Ok(query) => {
            query
                .remarks
                .iter()
                .for_each(|remark| complain(&format!("--query: {}", remark.say(typed, lang))));
            Ok(query)
        }
        Err(wrong) => {
            complain(&format!("--query: {}", wrong.say(typed, lang)));
            Err(())
        }
    }
}

/// Prints the papers that meet `query`, newest digest first, in the order of their digests. Memory: one digest at a
/// time.
pub(super) fn run(
    out: &mut Output,
    archives: &[PathBuf],
    settings: &Settings,
    query: &Query,
    json: bool,
) -> Result<(), Failure> {
    let listing = locate::list(archives, settings)?;
    out.problems(&listing.problems);
    let decisions =
        if query.needs_decisions() { decisions(out, &settings.paths)? } else { Decisions::default() };
    for what in &listing.digests {
        let Some(digest) = locate::load(out, what) else { continue };
        let category = digest.category.as_deref();
        for p in digest.papers.iter().filter(|p| meets(query, &digest, p, &decisions)) {
            if json {
                out.json(&json!({
                    "schema": 1,
                    "date": digest.date,
                    "category": category,
                    "id": p.id,
                    "arxiv": p.arxiv,
                    "title": p.title,
                    "title_zh": p.title_zh,
                    "authors": p.authors,
                    "comment": p.comment,
                    "keywords": p.keywords,
                    "categories": p.categories,
                    "links": p.links,
                }))?;
            } else {
                out.text(&format!("{}\t{}\t{}\t{}", digest.date, category.unwrap_or("-"), p.id, p.title))?;
            }
        }
    }
    Ok(())
}

/// Reads what all machines decided.
fn decisions(out: &mut Output, paths: &Paths) -> Result<Decisions, Failure> {
    let open = Journal::open(&paths.journal, &paths.state);
    let mut journal = open.map_err(|e| Failure::Other(format!("the journal cannot be opened: {e}")))?;
    let (machines, problems) = journal.status();
    out.problems(&problems);
    let mut decisions = Decisions::new(journal.machine());
    for (status, lines) in machines {
        decisions.absorb(&status.machine, lines);
    }
    Ok(decisions)
}

fn meets(query: &Query, digest: &Digest, paper: &Paper, decisions: &Decisions) -> bool {
    if query.is_empty() {
        return true;
    }
    let identity = paper.identity();
    let tags: Vec<String> = decisions.tags(&identity).into_iter().collect();
    let subject = Subject {
        paper,
        gist: model::gist(paper).unwrap_or_default(),
        date: digest.date,
        category: digest.category.as_deref(),
        tags: &tags,
        note: decisions.note(&identity),
    };
    let hay = if query.needs_body() { Haystack::with_body(&subject) } else { Haystack::new(&subject) };
    let facts = Facts {
        verdict: decisions.verdict(&identity),
        is_read: decisions.is_read(&identity),
        is_repeat: false,
    };
    query.score(&Candidate { hay: &hay, facts }).is_some()
}
