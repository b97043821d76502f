use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde_json::json;

use super::{Format, Stored, merge, paper_id, parse};
use crate::model::{ArxivId, Date, Digest, Paper, Source};

fn part(format: Format, file: &str, papers: Vec<Paper>) -> Stored {
    let mut digest = Digest::new(Date::constant(2031, 2, 3), Some("LLM".to_owned()));
    let source =
        Source { format: format.name().to_owned(), file: Some(file.to_owned()), ..Source::default() };
    digest.sources = vec![Source { sha256: Some(format!("sum of {file} {}", papers.len())), ..source }];
    digest.papers = papers;
    Stored { digest, format, file: file.to_owned() }
}

fn paper(id: Option<&str>, title: &str) -> Paper {
    Paper {
        id: id.map_or_else(|| paper_id(None, title, "", 0), str::to_owned),
        arxiv: id.map(|id| ArxivId { id: id.to_owned(), version: None }),
        title: title.to_owned(),
        authors: vec!["Ada Lindqvist".to_owned()],
        from: vec![(0, 1)],
        ..Paper::default()
    }
}

fn papers(parts: Vec<Stored>) -> Vec<Paper> {
    merge(parts).unwrap().digest.papers
}

const LONG: &str = "A title that is long enough to tell papers apart";

#[test]
fn the_better_source_wins_and_the_other_is_kept() {
    let native = Paper {
        summary: Some("甲".to_owned()),
        comment: Some("8 pages, ICML".to_owned()),
        ..paper(Some("3102.00001"), LONG)
    };
    let mut text = Paper {
        summary: Some("乙".to_owned()),
        comment: Some("8 pages,ICML".to_owned()),
        ..paper(None, LONG)
    };
    text.abstract_zh = Some("译".to_owned());
    text.links.code = Some("https://github.com/a/b".to_owned());
    text.extra.insert("guessed".to_owned(), json!(["code"]));
    let merged = papers(vec![
        part(Format::ChatPaperFreeText, "a.txt", vec![text]),
        part(Format::Native, "n.json", vec![native]),
    ]);
    assert_eq!(merged.len(), 1);
    let paper = &merged[0];
    assert_eq!(
        (paper.id.as_str(), paper.summary.as_deref(), paper.abstract_zh.as_deref()),
        ("3102.00001", Some("甲"), Some("译"))
    );
    assert_eq!(paper.comment.as_deref(), Some("8 pages, ICML"));
    assert_eq!(
        json!(paper.extra),
        json!({"guessed": ["code"], "other": [{"from": [[1, 1]], "summary": "乙"}], "parts": [
            {"from": [[0, 1]], "abstract_zh": null, "links": {"code": null}, "extra": {}},
            {"from": [[1, 1]], "id": paper_id(None, LONG, "", 0), "arxiv": null, "comment": "8 pages,ICML"},
        ]})
    );
    assert_eq!(paper.from, [(0, 1), (1, 1)]);
}

#[test]
fn a_record_without_id_joins_the_only_id_with_its_title() {
    let (one, two) = (paper(Some("3102.00001"), LONG), paper(Some("3102.00002"), LONG));
    let bare = paper(None, &LONG.to_uppercase());
    let native = |p| part(Format::Native, "n.json", p);
    let text = |p| part(Format::ChatPaperFreeText, "a.txt", p);
    for (parts, expected) in [
        (vec![native(vec![one.clone()]), text(vec![bare.clone()])], 1),
        (vec![native(vec![one.clone(), two.clone()]), text(vec![bare.clone()])], 3),
        (vec![native(vec![paper(Some("3102.00001v2"), "Other"), one]), text(vec![bare.clone()])], 1),
        (vec![text(vec![bare.clone(), bare])], 1),
        (vec![text(vec![paper(None, ""), paper(None, "")])], 2),
    ] {
        assert_eq!(papers(parts).len(), expected);
    }
}

#[test]
fn a_failed_field_is_filled_by_another_source() {
    let failed = Paper { failed: vec!["summary".to_owned(), "takeaways".to_owned()], ..paper(None, LONG) };
    let good = Paper { summary: Some("甲".to_owned()), ..paper(None, LONG) };
    let merged = papers(vec![
        part(Format::ChatPaperFreeText, "a.txt", vec![failed]),
        part(Format::ChatPaperFreeText, "b.txt", vec![good]),
    ]);
    assert_eq!(
        (merged[0].summary.as_deref(), merged[0].failed.as_slice()),
        (Some("甲"), &["takeaways".to_owned()][..])
    );
}

#[test]
fn a_known_source_adds_nothing_and_a_changed_one_replaces_its_own() {
    let kept = Paper { from: vec![], ..paper(Some("3102.00009"), "By hand") };
    let capture = part(
        Format::ChatPaperFreeText,
        "a.txt",
        vec![paper(None, LONG), paper(None, "A second one of some length")],
    );
    let second = || paper(None, "A second one of some length");
    let mut native = part(Format::Native, "n.json", vec![paper(None, LONG), second(), kept]);
    native.digest.sources = capture.digest.sources.clone();
    let same = merge(vec![capture.clone(), native.clone()]).unwrap();
    let titles: Vec<_> = same.digest.papers.iter().map(|p| p.title.as_str()).collect();
    assert_eq!(titles, ["By hand", LONG, "A second one of some length"]);

    let new = || paper(None, "One that was not there before");
    let changed = part(Format::ChatPaperFreeText, "a.txt", vec![second(), new(), new()]);
    let merged = merge(vec![changed, native.clone()]).unwrap().digest;
    let titles: Vec<_> = merged.papers.iter().map(|p| p.title.as_str()).collect();
    assert_eq!(titles, ["By hand", "A second one of some length", "One that was not there before"]);
    assert_eq!(merged.sources.len(), 1, "the replaced version is no source any more: {:?}", merged.sources);
    assert_eq!(merged.papers[1].from, [(0, 1)]);

    // A file of the same name in another folder holds other papers: both stay.
    let other = part(Format::ChatPaperFreeText, "a.txt", vec![new()]);
    let titles: Vec<_> = papers(vec![other, native]).into_iter().map(|p| p.title).collect();
    assert_eq!(titles, ["By hand", "One that was not there before", LONG, "A second one of some length"]);
}

fn any_part() -> impl Strategy<Value = Stored> {
    let any_paper =
        (0..3_usize, prop::option::of(0..3_usize), prop::option::of("[ab甲]"), prop::option::of("[ab]"))
            .prop_map(|(title, id, summary, comment)| {
                let id = id.map(|n| format!("3102.0000{n}"));
                let title = [LONG, "Another title that is long enough", "Short"][title];
                let failed = if summary.is_none() { vec!["summary".to_owned()] } else { vec![] };
                Paper { summary, comment, failed, ..paper(id.as_deref(), title) }
            });
    let format = prop::sample::select(vec![Format::Native, Format::ChatPaperFreeText]);
    (format, "[ab]", prop::collection::vec(any_paper, 0..4))
        .prop_map(|(format, file, papers)| part(format, &file, papers))
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/merge.proptest-regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_order_of_the_sources_does_not_matter(parts in prop::collection::vec(any_part(), 1..5), turn in 0..5_usize) {
        let mut turned = parts.clone();
        turned.rotate_left(turn % parts.len());
        let mut reversed = parts.clone();
        reversed.reverse();
        let merged = merge(parts);
        prop_assert_eq!(&merge(turned), &merged);
        prop_assert_eq!(&merge(reversed), &merged);
    }

    #[test]
    fn what_was_merged_before_is_merged_as_it_was(parts in prop::collection::vec(any_part(), 1..6), cut in 0..6_usize) {
        let mut parts: Vec<Stored> = parts;
        for (n, part) in parts.iter_mut().enumerate() {
            part.file = format!("{n}");
            part.digest.sources[0].file = Some(part.file.clone());
            part.digest.sources[0].sha256 = Some(n.to_string());
            for (line, paper) in part.digest.papers.iter_mut().enumerate() {
                paper.from = vec![(0, u32::try_from(line * 7 % 5).unwrap())];
            }
        }
        let whole = merge(parts.clone()).unwrap().to_json();
        let late = parts.split_off(cut.min(parts.len() - 1));
        let early = merge(parts).map(|early| parse(Format::Native, early.to_json().as_bytes(), "a.json").unwrap());
        let early = early.map(|early| early.digest.leading());
        prop_assert_eq!(merge(early.into_iter().chain(late).collect()).unwrap().to_json(), whole.clone());
        let again = parse(Format::Native, whole.as_bytes(), "a.json").unwrap().digest.leading();
        prop_assert_eq!(merge(vec![again]).unwrap().to_json(), whole);
    }

    #[test]
    fn no_paper_is_lost(mut parts in prop::collection::vec(any_part(), 2..5)) {
        for (n, part) in parts.iter_mut().enumerate() {
            part.digest.sources[0].sha256 = Some(n.to_string());
            part.digest.sources[0].file = Some(n.to_string());
        }
        let mut ids: Vec<String> = parts.iter().filter(|p| p.format == Format::ChatPaperFreeText)
            .flat_map(|p| &p.digest.papers).filter_map(|p| p.arxiv.clone()).map(|a| a.id).collect();
        let merged = papers(parts);
        ids.retain(|id| !merged.iter().any(|p| p.id == *id));
        prop_assert!(ids.is_empty(), "lost {:?}", ids);
    }
}
