use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::format::date_in_name;
use super::merge::groups;
use super::{Format, Stored, garbled};
use crate::model::{Identity, Kind, Paper, Problem, Severity, TitleKey, same_paper};

/// Keys of `extra` that the readers and the merge themselves make.
const OWN_KEYS: &[&str] = &["guessed", "lines", "other", "parts"];

/// Looks one digest over, as `parse` gave it, for what is odd or missing in it: beside the problems of `parse`.
/// `path` is what problems call the file. O(bytes).
#[must_use]
pub fn audit(stored: &Stored, path: &str) -> Vec<Problem> {
    let mut audit = Audit { stored, path, problems: Vec::new() };
    audit.date();
    audit.missing();
    for paper in &stored.digest.papers {
        audit.texts(paper);
    }
    audit.duplicates();
    audit.unknown_keys();
    audit.problems
}

/// Names the records without an arXiv id that may be either of two papers. `parts` are all the sources of one date and
/// category, with their paths. O(papers).
#[must_use]
pub fn ambiguous(parts: &[(&Stored, &str)]) -> Vec<Problem> {
    let identities: Vec<Vec<Identity>> =
        parts.iter().map(|(stored, _)| stored.digest.papers.iter().map(Paper::identity).collect()).collect();
    let mut ids_of: HashMap<(&TitleKey, &Option<String>), BTreeSet<&str>> = HashMap::new();
    for identity in identities.iter().flatten().filter(|i| same_paper(i, i)) {
        if let Some(id) = &identity.arxiv {
            ids_of.entry((&identity.key, &identity.author)).or_default().insert(id);
        }
    }
    let mut problems = Vec::new();
    for ((stored, path), identities) in parts.iter().zip(&identities) {
        let audit = Audit { stored, path, problems: Vec::new() };
        for (paper, identity) in
            stored.digest.papers.iter().zip(identities).filter(|(_, i)| i.arxiv.is_none())
        {
            let ids = ids_of.get(&(&identity.key, &identity.author)).filter(|ids| ids.len() > 1);
            if let Some(ids) = ids {
                let ids: Vec<_> = ids.iter().copied().collect();
                let what = format!(
                    "has no arXiv id, and its title fits {}; it stays a paper of its own",
                    ids.join(" and ")
                );
                problems.push(audit.of(paper, &what).rated(Severity::Warning, Kind::Ambiguous));
            }
        }
    }
    problems
}

struct Audit<'a> {
    stored: &'a Stored,
    path: &'a str,
    problems: Vec<Problem>,
}

impl Audit<'_> {
    /// A problem of one paper. The lines of a native digest are those of its own sources.
    fn of(&self, paper: &Paper, what: &str) -> Problem {
        match paper.from.first() {
            Some((_, line)) if self.stored.format != Format::Native => Problem::at(self.path, *line, what),
            _ => Problem::of_file(self.path, format!("{}: {what}", paper.id)),
        }
    }

    fn say(&mut self, paper: &Paper, what: &str, severity: Severity, kind: Kind) {
        let problem = self.of(paper, what).rated(severity, kind);
        self.problems.push(problem);
    }

    fn date(&mut self) {
        let date = self.stored.date();
        let (folders, name) = self.path.rsplit_once(['/', '\\']).unwrap_or(("", self.path));
        // Posts and pages name it themselves, with the heading's line.
        let is_post = matches!(self.stored.format, Format::ChatPaperFreeMarkdown | Format::ChatPaperFreeHtml);
        let named = date_in_name(name).filter(|_| !is_post).map(|d| (d, format!("{d} in its name")));
        let folder = folders.rsplit(['/', '\\']).find_map(super::format::date);
        let placed = folder.map(|d| (d, format!("it lies in the folder {d}")));
        if self.stored.format == Format::ArxivMonthJson {
            return;
        }
        for (_, other) in named.into_iter().chain(placed).filter(|(other, _)| *other != date) {
            let what = format!("says {date} inside, but {other}");
            self.problems.push(Problem::of_file(self.path, what).rated(Severity::Warning, Kind::Date));
        }
    }

    fn missing(&mut self) {
        type Lacks = fn(&Paper) -> bool;
        let rules: [(&str, Severity, Lacks); 4] = [
            ("title", Severity::Warning, |p| p.title.trim().is_empty()),
            ("authors", Severity::Warning, |p| p.authors.is_empty()),
            ("abstract", Severity::Warning, |p| p.abstract_en.is_none() && p.abstract_zh.is_none()),
            ("English abstract", Severity::Info, |p| p.abstract_en.is_none() && p.abstract_zh.is_some()),
        ];
        let stored = self.stored;
        let papers = &stored.digest.papers;
        for (what, severity, lacks) in rules {
            if papers.len() > 1 && papers.iter().all(lacks) {
                let what = format!("no {what} in any of its {} papers", papers.len());
                self.problems.push(Problem::of_file(self.path, what).rated(severity, Kind::Missing));
                continue;
            }
            for paper in papers.iter().filter(|p| lacks(p)) {
                self.say(paper, &format!("no {what}"), severity, Kind::Missing);
            }
        }
    }

    fn texts(&mut self, paper: &Paper) {
        if !paper.failed.is_empty() {
            let what = format!("failed at the source: {}", paper.failed.join(", "));
            self.say(paper, &what, Severity::Warning, Kind::Failed);
        }
        for (field, text) in texts(paper) {
            if let Some(what) = garbled::find(text) {
                self.say(paper, &format!("`{field}` {what}"), Severity::Warning, Kind::Garbled);
            }
        }
    }

    fn duplicates(&mut self) {
        let papers = &self.stored.digest.papers;
        let identities: Vec<Identity> = papers.iter().map(Paper::identity).collect();
        for group in groups(&identities) {
            let mut group = group.into_iter().filter_map(|i| papers.get(i));
            let Some(first) = group.next() else { continue };
            for paper in group {
                let place = match first.from.first() {
                    Some((_, line)) if self.stored.format != Format::Native => format!("in line {line}"),
                    _ => "before it".to_owned(),
                };
                let what = format!("the same paper as {} {place}; they become one", first.id);
                self.problems.push(self.of(paper, &what).rated(Severity::Info, Kind::Duplicate));
            }
        }
    }

    fn unknown_keys(&mut self) {
        let digest = &self.stored.digest;
        let mut keys: BTreeMap<&str, (usize, Option<u32>)> = BTreeMap::new();
        for paper in &digest.papers {
            for key in paper.extra.keys().filter(|k| !OWN_KEYS.contains(&k.as_str())) {
                let line = paper.from.first().map(|(_, line)| *line);
                keys.entry(key).or_insert((0, line)).0 += 1;
            }
        }
        for key in digest.extra.keys().filter(|k| *k != "parts") {
            let what = format!("the key `{key}` is not known; its value is kept");
            self.problems.push(Problem::of_file(self.path, what).rated(Severity::Info, Kind::UnknownKey));
        }
        for (key, (count, line)) in keys {
            let papers =
                if count == 1 { "1 paper".to_owned() } else { format!("{count} papers, here first") };
            let what = format!("the key `{key}` is not known; its value is kept in `extra`: {papers}");
            let mut problem = Problem::of_file(self.path, what).rated(Severity::Info, Kind::UnknownKey);
            problem.line = line.filter(|_| self.stored.format != Format::Native);
            self.problems.push(problem);
        }
    }
}

/// The texts of a paper that people read, with the names of their fields.
fn texts(paper: &Paper) -> impl Iterator<Item = (&str, &str)> {
    let fields = [
        ("title", Some(&paper.title)),
        ("title_zh", paper.title_zh.as_ref()),
        ("abstract_en", paper.abstract_en.as_ref()),
        ("abstract_zh", paper.abstract_zh.as_ref()),
        ("summary", paper.summary.as_ref()),
        ("long", paper.long.as_ref()),
        ("comment", paper.comment.as_ref()),
    ];
    let one = fields.into_iter().filter_map(|(name, text)| Some((name, text?.as_str())));
    let many = [("authors", &paper.authors), ("takeaways", &paper.takeaways), ("keywords", &paper.keywords)];
    let many = many.into_iter().flat_map(|(name, texts)| texts.iter().map(move |text| (name, text.as_str())));
    one.chain(many).chain(paper.sections.iter().map(|s| (s.key.as_str(), s.text.as_str())))
}
