use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::output::{Failure, Output};
use super::{Paths, Settings, complain};
use crate::archive;
use crate::catalogue::Lang;
use crate::decisions::Decisions;
use crate::filter::{Candidate, Facts, Haystack, Query, Subject};
use crate::journal::Journal;
use crate::model::{self, Date, Digest, Identity, Listed, Paper, same_paper};

/// Reads a query, none as one for everything; what is wrong with it is named on standard error.
pub(super) fn query(typed: Option<&str>, lang: Lang) -> Result<Query, ()> {
    query_of("--query: ", typed.unwrap_or_default(), lang)
}

/// The same for a query that is an argument of its own; `what` stands before messages.
pub(super) fn query_of(what: &str, typed: &str, lang: Lang) -> Result<Query, ()> {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    match Query::parse(typed, today) {
        Ok(query) => {
            for remark in &query.remarks {
                complain(&format!("{what}{}", remark.say(typed, lang)));
            }
            Ok(query)
        }
        Err(wrong) => {
            complain(&format!("{what}{}", wrong.say(typed, lang)));
            Err(())
        }
    }
}

/// Reads what all machines decided.
pub(super) fn decisions(out: &mut Output, paths: &Paths) -> Result<Decisions, Failure> {
    let open = Journal::open(&paths.journal, &paths.state);
    let mut journal = open.map_err(|e| Failure::Other(out.lang.journal_closed(&e.to_string())))?;
    let (machines, problems) = journal.status();
    out.problems(&problems);
    let mut decisions = Decisions::new(journal.machine());
    for (status, lines) in machines {
        decisions.absorb(&status.machine, lines);
    }
    Ok(decisions)
}

/// Records that can be of one paper, as the reader counts them.
const MOST: usize = 256;

/// Where papers were seen: dates with what tells the paper, by its id and by its title.
#[derive(Default)]
struct Seen {
    by_id: HashMap<String, Vec<Date>>,
    by_title: HashMap<String, Vec<(Date, Identity)>>,
}

/// What a query is asked of: papers with what is known of them.
pub(super) struct Asked<'a> {
    query: &'a Query,
    decisions: &'a Decisions,
    seen: Seen,
    /// How many days apart a paper counts as a repeat.
    window: u16,
}

impl<'a> Asked<'a> {
    /// Gets ready to answer. A query for repeats reads all of `listed` once, and keeps what tells the papers: about 200
    /// bytes for each.
    pub(super) fn new(
        query: &'a Query,
        decisions: &'a Decisions,
        listed: &[Arc<Listed>],
        settings: &Settings,
    ) -> Self {
        let mut seen = Seen::default();
        let asked = if query.needs_repeats() { listed } else { &[] };
        // What cannot be read is named when it is read for its papers.
        for digest in asked.iter().filter_map(|what| archive::load(what).ok()).map(|l| l.digest) {
            for identity in digest.papers.iter().map(Paper::identity) {
                if let Some(id) = &identity.arxiv {
                    seen.by_id.entry(id.clone()).or_default().push(digest.date);
                }
                let title = identity.key.as_str().to_owned();
                seen.by_title.entry(title).or_default().push((digest.date, identity));
            }
        }
        Self { query, decisions, seen, window: settings.config.prefs.repeats_days }
    }

    /// Says whether a paper meets the query.
    pub(super) fn is_met_by(&self, digest: &Digest, paper: &Paper) -> bool {
        if self.query.is_empty() {
            return true;
        }
        let identity = paper.identity();
        let tags: Vec<String> = self.decisions.tags(&identity).into_iter().collect();
        let subject = Subject {
            paper,
            gist: model::gist(paper).unwrap_or_default(),
            date: digest.date,
            category: digest.category.as_deref(),
            tags: &tags,
            note: self.decisions.note(&identity),
        };
        let needs_body = self.query.needs_body();
        let hay = if needs_body { Haystack::with_body(&subject) } else { Haystack::new(&subject) };
        let facts = Facts {
            verdict: self.decisions.verdict(&identity),
            is_read: self.decisions.is_read(&identity),
            is_repeat: self.is_repeat(&identity, digest.date),
        };
        self.query.score(&Candidate { hay: &hay, facts }).is_some()
    }

    /// Says whether an earlier day has the paper, as the reader does.
    fn is_repeat(&self, paper: &Identity, date: Date) -> bool {
        let is_before = |other: &Date| {
            *other < date && date.since(*other).is_ok_and(|s| s.get_days() <= i32::from(self.window))
        };
        let by_id = paper.arxiv.as_ref().and_then(|id| self.seen.by_id.get(id)).into_iter().flatten();
        let by_title = self.seen.by_title.get(paper.key.as_str());
        // A title that very many records have is none.
        let by_title = by_title.filter(|seen| seen.len() <= MOST).into_iter().flatten();
        by_id
            .copied()
            .chain(by_title.filter(|(_, p)| same_paper(p, paper)).map(|(d, _)| *d))
            .any(|d| is_before(&d))
    }
}
