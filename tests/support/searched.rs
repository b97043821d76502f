//! A search over all dates as a plain loop: what the reader asks for, answered without workers or an index.

use wenzhai::effect::{Found, Hit, Snippet, Sought, Stage};
use wenzhai::filter::{Candidate, Facts, Haystack, Subject, occurrences};
use wenzhai::model::{self, Date, Digest, Listing, Paper, Verdict};

/// Searches, in batches: the titles, then the texts of each digest.
pub(crate) fn search(listing: &Listing, sought: &Sought) -> Vec<Found> {
    let mut digests = Vec::new();
    for listed in &listing.digests {
        digests.extend(wenzhai::archive::load(listed).ok().map(|l| l.digest));
    }
    let (mut out, mut days, mut total, mut given) = (Vec::new(), Vec::<(Date, usize)>::new(), 0, 0);
    let mut take = |hits: Vec<Hit>, stage: Stage| {
        for hit in &hits {
            match days.iter_mut().find(|(d, _)| *d == hit.date) {
                Some((_, n)) => *n += 1,
                None => days.push((hit.date, 1)),
            }
        }
        days.sort_by(|a, b| b.cmp(a));
        total += hits.len();
        let listed: Vec<Hit> = hits.into_iter().take(sought.most.saturating_sub(given)).collect();
        given += listed.len();
        out.push(Found { hits: listed, total, days: days.clone(), stage });
    };
    let in_title = |d: &Digest, p: &Paper| score(d, &bare(p), sought, false).is_some();
    let mut titles = Vec::new();
    for digest in &digests {
        let papers = digest.papers.iter().enumerate().filter(|(_, p)| in_title(digest, p));
        titles.extend(
            papers.filter_map(|(at, p)| Some((score(digest, p, sought, true)?, hit(digest, at, None)))),
        );
    }
    titles.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    take(titles.into_iter().map(|(_, hit)| hit).collect(), Stage::Titles);
    for (done, digest) in digests.iter().enumerate() {
        let papers = digest.papers.iter().enumerate().filter(|(_, p)| !in_title(digest, p));
        let papers = papers.filter(|(_, p)| score(digest, p, sought, true).is_some());
        let hits = papers.map(|(at, p)| hit(digest, at, Some(snippet(p, sought)))).collect();
        let is_last = done + 1 == digests.len();
        take(hits, if is_last { Stage::Done } else { Stage::Texts { done: done + 1, of: digests.len() } });
    }
    out
}

/// Counts what a search would find, and what of it is undecided.
pub(crate) fn count(listing: &Listing, sought: &Sought) -> (usize, usize) {
    let (mut all, mut undecided) = (0, 0);
    for listed in &listing.digests {
        let Ok(loaded) = wenzhai::archive::load(listed) else { continue };
        for paper in &loaded.digest.papers {
            if score(&loaded.digest, paper, sought, true).is_some() {
                all += 1;
                let verdict = sought.decisions.verdict(&paper.identity());
                undecided += usize::from(verdict == Verdict::Undecided);
            }
        }
    }
    (all, undecided)
}

/// The paper as far as its names tell.
fn bare(paper: &Paper) -> Paper {
    Paper {
        title: paper.title.clone(),
        title_zh: paper.title_zh.clone(),
        arxiv: paper.arxiv.clone(),
        authors: paper.authors.clone(),
        comment: paper.comment.clone(),
        ..Paper::default()
    }
}

fn score(digest: &Digest, paper: &Paper, sought: &Sought, with_texts: bool) -> Option<i64> {
    let identity = paper.identity();
    let tags: Vec<String> = sought.decisions.tags(&identity).into_iter().collect();
    let subject = Subject {
        paper,
        gist: model::gist(paper).unwrap_or_default(),
        date: digest.date,
        category: digest.category.as_deref(),
        tags: &tags,
        note: sought.decisions.note(&identity),
    };
    let hay = if with_texts { Haystack::with_body(&subject) } else { Haystack::new(&subject) };
    let facts = Facts {
        verdict: sought.decisions.verdict(&identity),
        is_read: sought.decisions.is_read(&identity),
        is_repeat: false,
    };
    sought.query.score(&Candidate { hay: &hay, facts })
}

fn hit(digest: &Digest, at: usize, snippet: Option<Snippet>) -> Hit {
    let paper = digest.papers.get(at).cloned().unwrap_or_default();
    Hit {
        date: digest.date,
        category: digest.category.clone(),
        index: at,
        identity: paper.identity(),
        id: paper.id,
        title: paper.title,
        snippet,
    }
}

/// Some characters around the first word that is found in one piece.
fn snippet(paper: &Paper, sought: &Sought) -> Snippet {
    let texts =
        paper.takeaways.iter().chain(&paper.summary).chain(&paper.abstract_zh).chain(&paper.abstract_en);
    for text in texts {
        let text = text.replace('\n', " ");
        for word in sought.query.words() {
            let Some(hit) = occurrences(word, &text).into_iter().next() else { continue };
            let chars: Vec<(usize, char)> = text.char_indices().collect();
            let near = chars.iter().filter(|(at, _)| *at + 60 >= hit.start && *at <= hit.end + 200);
            let text = format!("…{}…", near.map(|(_, c)| *c).collect::<String>());
            let hits = occurrences(word, &text);
            return Snippet { text, hits };
        }
    }
    Snippet { text: model::gist(paper).unwrap_or_default().to_owned(), hits: Vec::new() }
}
