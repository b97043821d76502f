use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::colour::Ink;
use super::output::{Failure, Output};
use super::{Settings, locate, mark};
use crate::archive;
use crate::catalogue::Lang;
use crate::model::{Date, Digest, Listed, Paper, Problem, Source, TitleKey};

/// A paper and the digest it stands in; the native paper object with `schema`, `date` and `category` before it.
#[derive(Serialize)]
struct Shown<'a> {
    schema: u32,
    date: Date,
    category: Option<&'a str>,
    #[serde(flatten)]
    paper: &'a Paper,
    #[serde(skip)]
    sources: &'a [Source],
}

/// Prints the papers that `ids` name (`-`: those on standard input), once for every digest they stand in. Memory: the digests with a hit.
pub(super) fn run(
    out: &mut Output,
    ids: Vec<String>,
    archives: &[PathBuf],
    settings: &Settings,
    json: bool,
) -> Result<(), Failure> {
    let ids = mark::all_ids(ids, out.lang)?;
    let wanted: Vec<_> = ids.iter().map(|id| Wanted::new(id)).collect();
    let listing = locate::list(archives, settings)?;
    out.problems(&listing.problems);
    let digests = match quick(&wanted, &listing.digests) {
        Some((digests, problems)) => {
            out.problems(&problems);
            digests
        }
        None => thorough(out, &wanted, &listing.digests),
    };
    let mut gap = "";
    for wanted in &wanted {
        let found = match wanted.find(&digests, out.lang) {
            Ok(found) => found,
            Err(why) => {
                out.failed(&why);
                continue;
            }
        };
        for shown in found {
            if json {
                out.json(&shown)?;
            } else {
                out.part(gap)?;
                print(out, &plain(&shown, out.lang))?;
                gap = "\n";
            }
        }
    }
    Ok(())
}

/// Reads what names one of the arXiv ids. None where not every paper is named by such an id, or is found by it.
fn quick(wanted: &[Wanted], listed: &[Arc<Listed>]) -> Option<(Vec<Arc<Digest>>, Vec<Problem>)> {
    let ids: Vec<&str> = wanted.iter().map(Wanted::plain_id).collect::<Option<_>>()?;
    let (mut digests, mut problems) = (Vec::new(), Vec::new());
    for what in listed {
        match archive::load_with(what, &ids) {
            Ok(Some(mut loaded)) => {
                problems.append(&mut loaded.problems);
                if loaded.digest.papers.iter().any(|p| wanted.iter().any(|w| w.is_id_of(p))) {
                    digests.push(loaded.digest);
                }
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    wanted.iter().all(|w| !pick(&digests, |p| w.is_id_of(p)).is_empty()).then_some((digests, problems))
}

/// Reads everything.
fn thorough(out: &mut Output, wanted: &[Wanted], listed: &[Arc<Listed>]) -> Vec<Arc<Digest>> {
    let mut digests = Vec::new();
    for what in listed {
        let Some(digest) = locate::load(out, what) else { continue };
        let fits = |p| wanted.iter().any(|w| w.is_id_of(p) || w.is_in_title_of(p));
        if digest.papers.iter().any(fits) {
            digests.push(digest);
        }
    }
    digests
}

/// What the user typed to name a paper, in the forms it is compared in.
struct Wanted<'a> {
    typed: &'a str,
    arxiv: Option<String>,
    part: TitleKey,
}

impl<'a> Wanted<'a> {
    fn new(typed: &'a str) -> Self {
        Self { typed, arxiv: locate::arxiv_id(typed), part: TitleKey::new(typed) }
    }

    /// The arXiv id, of the kind that every source writes in one way: digits and a dot.
    fn plain_id(&self) -> Option<&str> {
        let id = self.arxiv.as_deref()?;
        let (month, number) = id.split_once('.')?;
        let is_plain =
            |s: &str, from, to| (from..=to).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        (is_plain(month, 4, 4) && is_plain(number, 4, 5)).then_some(id)
    }

    fn is_id_of(&self, p: &Paper) -> bool {
        p.id == self.typed || (p.arxiv.is_some() && p.identity().arxiv == self.arxiv)
    }

    fn is_in_title_of(&self, p: &Paper) -> bool {
        let fits = |title: &str| TitleKey::new(title).as_str().contains(self.part.as_str());
        !self.part.is_empty() && (fits(&p.title) || p.title_zh.as_deref().is_some_and(fits))
    }

    /// Finds the paper by its id, else by its arXiv id with or without version, else by a part of its title.
    fn find<'d>(&self, digests: &'d [Arc<Digest>], lang: Lang) -> Result<Vec<Shown<'d>>, String> {
        let by_id = pick(digests, |p| self.is_id_of(p));
        if !by_id.is_empty() {
            return Ok(by_id);
        }
        let by_title = pick(digests, |p| self.is_in_title_of(p));
        let papers: BTreeMap<_, _> =
            by_title.iter().map(|s| (TitleKey::new(&s.paper.title), s.paper)).collect();
        match papers.len() {
            0 => Err(lang.no_paper_fits(self.typed)),
            1 => Ok(by_title),
            n => {
                let some: Vec<_> = papers.values().take(3).map(|p| format!("{} {}", p.id, p.title)).collect();
                let more = if n > some.len() { lang.pick("; ...", "；……") } else { "" };
                Err(lang.several_fit(self.typed, n, &(some.join(lang.pick("; ", "；")) + more)))
            }
        }
    }
}

fn pick(digests: &[Arc<Digest>], fits: impl Fn(&Paper) -> bool) -> Vec<Shown<'_>> {
    digests
        .iter()
        .flat_map(|digest| digest.papers.iter().map(move |paper| (digest, paper)))
        .filter(|(_, paper)| fits(paper))
        .map(|(digest, paper)| Shown {
            schema: 1,
            date: digest.date,
            category: digest.category.as_deref(),
            paper,
            sources: &digest.sources,
        })
        .collect()
}

/// Prints the text of a paper, the labels of its fields apart.
fn print(out: &mut Output, text: &str) -> Result<(), Failure> {
    let mut is_head = true;
    for (at, line) in text.lines().enumerate() {
        is_head &= !line.is_empty();
        let colon = out.lang.colon();
        match line.split_once(colon).filter(|_| is_head && at > 0) {
            Some((label, value)) => {
                let label = format!("{label}{colon}");
                out.line(&[(Some(Ink::Dim), &label), (None, value)])?;
            }
            None => out.line(&[(None, line)])?,
        }
    }
    Ok(())
}

/// Sets all fields of a paper as text; fields without content are left out. The labels of each language are stable.
fn plain(shown: &Shown, lang: Lang) -> String {
    let p = shown.paper;
    let mut text = format!("{}\n", p.title);
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{label}{}{value}", lang.colon());
        }
    };
    let or_empty = |o: &Option<String>| o.clone().unwrap_or_default();
    line(&lang.label_title_zh(), &or_empty(&p.title_zh));
    line(&lang.label_date(), &shown.date.to_string());
    line(&lang.label_category(), shown.category.unwrap_or_default());
    line(&lang.label_id(), &p.id);
    let version = |v: u32| format!("v{v}");
    let arxiv = p.arxiv.as_ref().map(|a| a.id.clone() + &a.version.map(version).unwrap_or_default());
    line(&lang.label_arxiv(), &arxiv.unwrap_or_default());
    line(&lang.authors(), &p.authors.join(", "));
    line(&lang.label_author_line(), &or_empty(&p.authors_raw));
    line(&lang.comment(), &or_empty(&p.comment));
    line(&lang.label_categories(), &p.categories.join(", "));
    line(&lang.keywords(), &p.keywords.join(", "));
    line(&lang.published(), &or_empty(&p.published));
    line(&lang.updated(), &or_empty(&p.updated));
    line(&lang.label_language(), &or_empty(&p.language));
    let l = &p.links;
    for (label, link) in [
        (lang.label_page(), &l.abs),
        ("PDF".to_owned(), &l.pdf),
        (lang.label_code(), &l.code),
        (lang.label_project(), &l.project),
        ("Cool Papers".to_owned(), &l.cool_papers),
        ("Hugging Face".to_owned(), &l.hf),
    ] {
        line(&label, &or_empty(link));
    }
    l.other.iter().for_each(|link| line(&lang.label_link(), link));
    p.images.iter().for_each(|image| line(&lang.label_image(), image));
    p.metrics.iter().for_each(|(key, value)| line(&lang.label_metric(key), &value.to_string()));
    p.extra.iter().for_each(|(key, value)| line(&lang.label_other(key), &value.to_string()));
    line(&lang.label_failed(), &p.failed.join(", "));
    for (source, at) in &p.from {
        let source = shown.sources.get(*source as usize);
        let file = source.and_then(|s| s.file.as_deref().or(s.name.as_deref()));
        line(&lang.label_from(), &format!("{}:{at}", file.unwrap_or("?")));
    }
    bodies(&mut text, p, lang);
    text
}

fn bodies(text: &mut String, p: &Paper, lang: Lang) {
    let mut body = |label: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(text, "\n{label}\n{}\n", value.trim_end());
        }
    };
    body(&lang.head_abstract(), p.abstract_en.as_deref().unwrap_or_default());
    body(&lang.head_abstract_zh(), p.abstract_zh.as_deref().unwrap_or_default());
    body(&lang.head_summary(), p.summary.as_deref().unwrap_or_default());
    let items: Vec<_> = p.takeaways.iter().enumerate().map(|(i, t)| format!("{}. {t}", i + 1)).collect();
    body(&lang.head_takeaways(), &items.join("\n"));
    body(&lang.head_takeaways_note(), p.takeaways_note.as_deref().unwrap_or_default());
    for section in &p.sections {
        body(if section.title.is_empty() { &section.key } else { &section.title }, &section.text);
    }
    body(&lang.head_long(), p.long.as_deref().unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArxivId;

    fn paper(id: &str, title: &str) -> Paper {
        Paper {
            id: id.to_owned(),
            arxiv: (!id.contains(':')).then(|| ArxivId { id: id.to_owned(), version: Some(2) }),
            title: title.to_owned(),
            ..Paper::default()
        }
    }

    fn digest(date: &str, papers: Vec<Paper>) -> Arc<Digest> {
        Arc::new(Digest { papers, ..Digest::new(date.parse().unwrap(), None) })
    }

    #[test]
    fn finds_by_id_then_arxiv_id_then_title() {
        let zh = Paper { title_zh: Some("图学习".to_owned()), ..paper("t:1", "Graphs: a view") };
        let digests = [
            digest("2025-05-02", vec![paper("2505.00001", "Graph nets"), zh]),
            digest("2025-05-01", vec![paper("2505.00001", "Graph Nets")]),
        ];
        let cases: [(&str, Result<&[&str], &str>); 8] = [
            ("2505.00001", Ok(&["2505.00001", "2505.00001"])),
            ("2505.00001v7", Ok(&["2505.00001", "2505.00001"])),
            ("t:1", Ok(&["t:1"])),
            ("graph NETS", Ok(&["2505.00001", "2505.00001"])),
            ("图学习", Ok(&["t:1"])),
            ("graph", Err("fits 2 papers")),
            ("nothing", Err("no paper")),
            ("?!", Err("no paper")),
        ];
        for (wanted, want) in cases {
            let got = Wanted::new(wanted)
                .find(&digests, Lang::En)
                .map(|s| s.iter().map(|s| s.paper.id.clone()).collect::<Vec<_>>());
            match (got, want) {
                (Ok(got), Ok(want)) => assert_eq!(got, want, "{wanted}"),
                (Err(got), Err(want)) => assert!(got.contains(want), "{wanted}: {got}"),
                (got, want) => panic!("{wanted}: {got:?}, wanted {want:?}"),
            }
        }
    }

    #[test]
    fn prints_every_field_that_holds_something() {
        let every = r#"{"id": "2505.00001", "arxiv": {"id": "2505.00001", "version": 3}, "title": "F-title",
            "title_zh": "F-zh", "authors": ["F-a", "F-b"], "authors_raw": "F-raw", "abstract_en": "F-en",
            "abstract_zh": "F-abs-zh", "summary": "F-sum", "takeaways": ["F-one", "F-two"], "takeaways_note": "F-note",
            "sections": [{"key": "tldr", "title": "F-head", "text": "F-text"}, {"key": "F-key", "text": "F-bare"}],
            "keywords": ["F-kw"], "long": "F-long", "comment": "F-comment",
            "links": {"abs": "F-abs", "pdf": "F-pdf", "code": "F-code", "project": "F-project", "cool_papers": "F-cool",
                "hf": "F-hf", "other": ["F-other"]}, "categories": ["F-cat"], "images": ["F-img"], "published": "F-pub",
            "updated": "F-upd", "metrics": {"F-upvotes": 5}, "language": "F-lang", "failed": ["F-failed"],
            "extra": {"F-extra": "x"}, "from": [[0, 7]]}"#;
        let paper: Paper = serde_json::from_str(every).unwrap();
        let sources = [Source { file: Some("capture.txt".to_owned()), ..Source::default() }];
        let date = "2025-05-01".parse().unwrap();
        let text = plain(
            &Shown { schema: 1, date, category: Some("C"), paper: &paper, sources: &sources },
            Lang::En,
        );
        assert!(text.contains("\nFrom: capture.txt:7\n"), "{text}");
        let fields: Vec<_> = every.split('"').filter(|s| s.starts_with("F-")).collect();
        assert!(fields.len() > 30);
        for field in fields {
            assert!(text.contains(field), "{field} is missing in\n{text}");
        }
    }
}
