use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use super::output::{Failure, Output};
use super::{Settings, asked, complain, locate};
use crate::archive::{Course, Index, Refreshed, refresh};
use crate::decisions::Decisions;
use crate::effect::{Found, Hit, Sought};
use crate::filter::Query;
use crate::model::Listing;
use crate::search::{Holding, Told, digests_with, read_table, search};
use crate::table::Table;

/// How the papers that were found are printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    pub(super) json: bool,
    /// How many at most.
    pub(super) limit: Option<usize>,
    /// True to leave the texts alone.
    pub(super) titles: bool,
    /// True to name the digests instead.
    pub(super) digests: bool,
}

/// Prints the papers of all dates that meet `query`: by their short texts, best first, then by their long ones, newest
/// first, with the place. Returns whether there is one. Uses the index, and does without where there is none.
pub(super) fn run(
    out: &mut Output,
    archives: &[PathBuf],
    settings: &Settings,
    query: Query,
    how: How,
) -> Result<bool, Failure> {
    let decisions =
        if query.needs_decisions() { asked::decisions(out, &settings.paths)? } else { Decisions::default() };
    let most = how.limit.unwrap_or(usize::MAX);
    let sought = Sought { query, decisions: Arc::new(decisions), in_texts: !how.titles, most };
    let listing = locate::list(archives, settings)?;
    out.problems(&listing.problems);
    let roots = locate::archives(archives, settings)?;
    let is_read_only = settings.config.prefs.is_read_only;
    let index = index_of(&settings.paths.cache, &roots, &listing, is_read_only);
    let image = if index.is_some() { None } else { read_table(&listing.digests, &AtomicBool::new(false)) };
    let table = match (&index, &image) {
        (Some(index), _) => index.table(),
        (None, image) => Table::open(image.as_deref().unwrap_or_default())
            .map_err(|e| Failure::Other(format!("the table of all papers {e}")))?,
    };
    let window = settings.config.prefs.repeats_days;
    if how.digests {
        return name_digests(out, table, (&sought, window), how.json);
    }
    let stop = AtomicBool::new(false);
    let (mut printed, mut done, mut is_of_titles) = (0, Ok(()), true);
    search(table, &sought, window, &stop, &mut |told| match told {
        Told::Problem(problem) => complain(&problem.in_words(|what| settings.lang.reason(what))),
        Told::Found(Found { hits, .. }) => {
            for mut hit in hits {
                // What is known of short texts is folded: it would be neither as published nor as shown.
                hit.snippet.take_if(|_| is_of_titles);
                done = std::mem::replace(&mut done, Ok(())).and_then(|()| print(out, &hit, how.json));
                printed += 1;
            }
            is_of_titles = false;
            let shown = out.flush().map_err(Failure::from);
            done = std::mem::replace(&mut done, Ok(())).and(shown);
            if done.is_err() || printed >= most {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
    done.map(|()| printed > 0)
}

/// Prints the digests that hold what is sought; returns whether there is one.
fn name_digests(
    out: &mut Output,
    table: Table,
    (sought, window): (&Sought, u16),
    json: bool,
) -> Result<bool, Failure> {
    let (mut has_any, mut done, stop) = (false, Ok(()), AtomicBool::new(false));
    let lang = out.lang;
    digests_with(table, sought, window, &stop, &mut |holding| match holding {
        Holding::Problem(problem) => complain(&problem.in_words(|what| lang.reason(what))),
        Holding::Digest(date, category) => {
            has_any = true;
            done = if json {
                out.json(&json!({"schema": 1, "date": date, "category": category}))
            } else {
                out.text(&format!("{date}\t{}", category.as_deref().unwrap_or("-"))).map_err(Failure::from)
            };
            if done.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
    done.map(|()| has_any)
}

/// Opens the index and brings it up to date; none where there is nothing to make one of, or it cannot be made.
pub(super) fn index_of(
    cache: &Path,
    roots: &[PathBuf],
    listing: &Listing,
    is_read_only: bool,
) -> Option<Index> {
    if roots.is_empty() {
        return None;
    }
    let old = Index::open(cache, roots);
    let course = Course { progress: &|_, _| {}, cancel: &AtomicBool::new(false), is_wanted: true };
    match refresh(Some(cache).filter(|_| !is_read_only), roots, listing, old.as_ref(), course) {
        Ok(Refreshed::Same) => old,
        Ok(Refreshed::New(index, _)) => Some(index),
        // Searching works without, only slower.
        Ok(Refreshed::Stopped) | Err(_) => None,
    }
}

fn print(out: &mut Output, hit: &Hit, json: bool) -> Result<(), Failure> {
    let category = hit.category.as_deref();
    if json {
        return out.json(&json!({
            "schema": 1,
            "date": hit.date,
            "category": category,
            "id": hit.id,
            "arxiv": hit.identity.arxiv,
            "title": hit.title,
            "snippet": hit.snippet.as_ref().map(|s| &s.text),
            "hits": hit.snippet.as_ref().map(|s| s.hits.iter().map(|h| [h.start, h.end]).collect::<Vec<_>>()),
        }));
    }
    let mut line = format!("{}\t{}\t{}\t{}", hit.date, category.unwrap_or("-"), hit.id, hit.title);
    if let Some(snippet) = &hit.snippet {
        line.push('\t');
        line.push_str(&snippet.text);
    }
    Ok(out.text(&line)?)
}
