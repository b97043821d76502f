use std::path::PathBuf;

use serde_json::json;

use super::asked::{self, Asked};
use super::colour::Ink;
use super::output::{Failure, Output};
use super::{Settings, locate};
use crate::decisions::Decisions;
use crate::filter::Query;

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
        if query.needs_decisions() { asked::decisions(out, &settings.paths)? } else { Decisions::default() };
    let asked = Asked::new(query, &decisions, &listing.digests, settings);
    for what in listing.digests.iter() {
        let Some(digest) = locate::load(out, what) else { continue };
        for p in digest.papers.iter().filter(|p| asked.is_met_by(&digest, p)) {
            let category = digest.category_of(p);
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
                let before = format!("{}\t{}\t", digest.date, category.unwrap_or("-"));
                let title = format!("\t{}", p.title);
                out.line(&[(Some(Ink::Dim), &before), (Some(Ink::Name), &p.id), (None, &title)])?;
            }
        }
    }
    Ok(())
}
