use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead as _};
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::json;

use super::chinese::Refused;
use super::output::{Failure, Output};
use super::{Paths, Settings, locate};
use crate::catalogue::Lang;
use crate::decisions::{Cell, Decisions, Field, FieldValue, tag_name};
use crate::journal::Journal;
use crate::model::{Identity, Verdict};

/// What to decide.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
#[group(required = true, multiple = true)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct Marks {
    /// Bookmark the papers.
    #[arg(long, conflicts_with_all = ["later", "dismiss", "undecided"])]
    bookmark: bool,
    /// Keep them for later.
    #[arg(long, conflicts_with_all = ["dismiss", "undecided"])]
    later: bool,
    /// Dismiss them.
    #[arg(long, conflicts_with = "undecided")]
    dismiss: bool,
    /// Take the verdict back.
    #[arg(long)]
    undecided: bool,
    /// Mark them as read.
    #[arg(long)]
    read: bool,
    /// Give them this tag; may be repeated.
    #[arg(long, value_name = "TAG", value_parser = tag)]
    tag: Vec<String>,
}

/// Takes the tags that the reader's own input takes too.
fn tag(text: &str) -> Result<String, Refused> {
    let name = tag_name(text).filter(|name| !name.contains(char::is_whitespace));
    name.ok_or_else(|| Refused::new(Lang::tag_rule))
}

impl Marks {
    /// What is set, and its name in the journal.
    fn fields(&self) -> Vec<(Field, FieldValue, String)> {
        let verdicts = [
            (self.bookmark, Verdict::Bookmarked, "bookmark"),
            (self.later, Verdict::Later, "later"),
            (self.dismiss, Verdict::Dismissed, "dismiss"),
            (self.undecided, Verdict::Undecided, "undecide"),
        ];
        let verdicts = verdicts
            .into_iter()
            .filter(|(asked, ..)| *asked)
            .map(|(_, v, say)| (Field::Verdict, FieldValue::Verdict(v), say.to_owned()));
        let read = self.read.then(|| (Field::Read, FieldValue::Bool(true), "read".to_owned()));
        let tags =
            self.tag.iter().map(|t| (Field::Tag(t.clone()), FieldValue::Bool(true), format!("tag {t}")));
        verdicts.chain(read).chain(tags).collect()
    }
}

/// Decides about the papers that `ids` name; `-` stands for ids on standard input, one a line. One step for undo.
pub(super) fn run(
    out: &mut Output,
    ids: Vec<String>,
    marks: &Marks,
    archives: &[PathBuf],
    settings: &Settings,
    json: bool,
) -> Result<(), Failure> {
    let ids = all_ids(ids, out.lang)?;
    let (papers, unknown) = find(out, &ids, archives, settings)?;
    for id in unknown {
        out.failed(&out.lang.no_paper_has_id(id));
    }
    let fields = marks.fields();
    let cells = papers.iter().flat_map(|paper| {
        fields.iter().map(|(field, value, _)| Cell {
            paper: paper.clone(),
            field: field.clone(),
            value: value.clone(),
        })
    });
    let done: Vec<_> = fields.iter().map(|(.., say)| say.as_str()).collect();
    let say = format!("{} {}", done.join(", "), papers.len());
    append(out, &settings.paths, cells.collect(), &say)?;
    if json {
        out.json(&json!({"schema": 1, "papers": papers.len(), "done": done}))
    } else {
        Ok(out.text(&out.lang.marked(&say))?)
    }
}

/// Reads ids from standard input in the place of each `-`: what stands first in a line.
pub(super) fn all_ids(ids: Vec<String>, lang: Lang) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for id in ids {
        if id == "-" {
            for line in io::stdin().lock().lines() {
                let line = line.map_err(|e| Failure::Other(lang.standard_input(&e.to_string())))?;
                // What other commands print starts with the id, or is the id alone.
                all.extend(line.split_whitespace().next().map(str::to_owned));
            }
        } else {
            all.push(id);
        }
    }
    Ok(all)
}

/// Finds the papers by their ids, or by arXiv ids with or without version; also those that name none.
fn find<'i>(
    out: &mut Output,
    ids: &'i [String],
    archives: &[PathBuf],
    settings: &Settings,
) -> Result<(Vec<Identity>, Vec<&'i str>), Failure> {
    let mut wanted: HashMap<String, &str> = HashMap::new();
    for id in ids {
        let arxiv = locate::arxiv_id(id);
        wanted.insert(id.clone(), id);
        wanted.extend(arxiv.map(|arxiv| (arxiv, id.as_str())));
    }
    let (mut papers, mut seen, mut found) = (Vec::new(), HashSet::new(), HashSet::new());
    let listing = locate::list(archives, settings)?;
    for what in listing.digests.iter() {
        let Some(digest) = locate::load(out, what) else { continue };
        for paper in &digest.papers {
            let identity = paper.identity();
            let by_arxiv = identity.arxiv.as_ref().and_then(|id| wanted.get(id));
            if let Some(id) = wanted.get(&paper.id).or(by_arxiv) {
                found.insert(*id);
                if seen.insert(identity.clone()) {
                    papers.push(identity);
                }
            }
        }
    }
    let unknown = ids.iter().map(String::as_str).filter(|id| !found.contains(id)).collect();
    Ok((papers, unknown))
}

fn append(out: &mut Output, paths: &Paths, cells: Vec<Cell>, say: &str) -> Result<(), Failure> {
    let open = Journal::open(&paths.journal, &paths.state);
    let mut journal = open.map_err(|e| Failure::Other(out.lang.journal_closed(&e.to_string())))?;
    // The times of the newest lines are enough to write a later one.
    let (.., problems) = journal.read_recent(1);
    out.problems(&problems);
    let mut decisions = Decisions::new(journal.machine());
    decisions.decide(Timestamp::now().as_millisecond(), cells, say);
    let saved = journal.append(decisions.pending());
    let saved = saved.map_err(|e| Failure::Other(out.lang.decisions_not_saved(&e.to_string())));
    out.problems(&journal.take_problems());
    saved.map(drop)
}
