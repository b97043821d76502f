//! How long a reader waits: for the first frame of a big day, and from a key to a drawn screen.
#![expect(missing_docs, reason = "criterion makes public functions")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::json;
use wenzhai::catalogue::Lang;
use wenzhai::config::Prefs;
use wenzhai::decisions::Decisions;
use wenzhai::effect::{Effect, Report};
use wenzhai::filter::{Interest, Kind, Rule, Subject, Worth};
use wenzhai::keymap::{Key, Keymap};
use wenzhai::model::Date;
use wenzhai::state::{Looks, Msg, Now, Origin, Size, Start, State, update};

const PAPERS: usize = 600;
const SCREEN: Size = Size { cols: 200, rows: 50 };

/// Writes a day of 600 papers of about 8 kB each, every one different.
fn write_day(folder: &Path) -> io::Result<()> {
    let zh = "提出一种稀疏注意力方法，在长文本推理基准上以更少的计算取得更高的准确率（LLM，16×）。";
    let en =
        "We propose a sparse attention method that reaches higher accuracy on long reasoning benchmarks. ";
    let paper = |i: usize| {
        json!({
            "id": format!("2506.{i:05}"), "arxiv": {"id": format!("2506.{i:05}"), "version": 1},
            "title": format!("Sparse-{i}: Efficient Reasoning over Long Contexts with Model {i}"),
            "title_zh": format!("稀疏-{i}：长上下文高效推理"),
            "authors": ["Wei Zhang", "Anna Müller", "José García", format!("Author {i}")],
            "abstract_en": en.repeat(16), "abstract_zh": zh.repeat(14), "summary": zh.repeat(8),
            "takeaways": (0..5).map(|k| format!("{k} Sparse-{i} {zh}")).collect::<Vec<_>>(),
            "keywords": ["强化学习", "稀疏注意力"], "comment": "Accepted to ICML 2025, 12 pages",
            "links": {"abs": format!("https://arxiv.org/abs/2506.{i:05}"), "code": "https://github.com/a/b"},
            "categories": ["cs.CL", "cs.LG"],
        })
    };
    let digest = json!({"schema": 1, "date": "2025-06-01", "category": "cs.CL", "sources": [], "notices": [],
        "papers": (0..PAPERS).map(paper).collect::<Vec<_>>()});
    fs::create_dir_all(folder.join("2025-06-01"))?;
    fs::write(folder.join("2025-06-01/cs.CL.json"), digest.to_string())
}

fn send(state: &mut State, msg: Msg) {
    for effect in update(state, Now { wall_ms: 0 }, msg) {
        let report = match effect {
            Effect::Load { slot, generation, what } => {
                Report::Loaded { slot, generation, result: wenzhai::archive::load(&what) }
            }
            Effect::Glimpse { slot, generation, what } => match wenzhai::archive::glimpse(&what) {
                Some(digest) => Report::Glimpsed { slot, generation, digest: Arc::new(digest) },
                None => Report::Loaded { slot, generation, result: wenzhai::archive::load(&what) },
            },
            Effect::Papers { slot, generation, what, places } => {
                Report::Papers { slot, generation, papers: wenzhai::archive::load_papers(&what, &places) }
            }
            _ => continue,
        };
        send(state, Msg::Report(report));
    }
}

/// Starts, lists, reads the newest day and draws it.
fn first_frame(archive: &Path) -> (State, Buffer) {
    let mut state = State::new(Start {
        lang: Lang::Zh,
        looks: Looks::default(),
        prefs: Prefs::default(),
        keymap: Keymap::builtin(),
        decisions: Decisions::new("bench"),
        session: None,
        origin: Origin::Archives("bench".into()),
        size: SCREEN,
        problems: Vec::new(),
    });
    send(&mut state, Msg::Report(Report::Listed(wenzhai::archive::list(&[PathBuf::from(archive)]))));
    let mut buffer = Buffer::empty(Rect::new(0, 0, SCREEN.cols, SCREEN.rows));
    wenzhai::view::draw(&state, &mut buffer);
    (state, buffer)
}

fn reader(c: &mut Criterion) {
    let folder = tempfile::tempdir().and_then(|f| write_day(f.path()).map(|()| f));
    let Ok(folder) = folder else { return };
    c.bench_function("first frame, 600 papers, 200x50", |b| b.iter(|| black_box(first_frame(folder.path()))));
    let (mut state, mut buffer) = first_frame(folder.path());
    send(&mut state, Msg::Painted);
    for (name, keys) in [("j", ["j", "k"]), ("next tab", ["]", "["]), ("bookmark", ["b", "u"])] {
        let keys = keys.map(|k| Msg::Keys(k.parse::<Key>().into_iter().collect()));
        c.bench_function(&format!("key to drawn screen, {name}, 200x50"), |b| {
            b.iter(|| {
                for key in &keys {
                    send(&mut state, key.clone());
                    wenzhai::view::draw(&state, black_box(&mut buffer));
                }
            });
        });
    }
    c.bench_function("filter keystrokes: /sparse and back", |b| {
        b.iter(|| {
            for key in ["/", "s", "p", "a", "r", "s", "e", "Esc", "Esc"] {
                send(&mut state, Msg::Keys(key.parse::<Key>().into_iter().collect()));
                wenzhai::view::draw(&state, black_box(&mut buffer));
            }
        });
    });
}

/// Fifty rules of all kinds over 600 papers: what opening such a day costs more than without rules.
fn interest(c: &mut Criterion) {
    let folder = tempfile::tempdir().and_then(|f| write_day(f.path()).map(|()| f));
    let Ok(folder) = folder else { return };
    let rule = |i: usize| {
        let (kind, text) = match i % 5 {
            0 => (Kind::Author, format!("Author {i}")),
            1 => (Kind::Category, "cs.CL".to_owned()),
            2 => (Kind::Query, format!("sparse -video{i}")),
            3 => (Kind::Keyword, "注意力".to_owned()),
            _ => (Kind::Keyword, format!("reasoning {i}")),
        };
        Rule { name: None, kind, any_of: vec![text], worth: Worth::Points(1) }
    };
    let interest = Interest::new((0..50).map(rule).collect(), Date::constant(2025, 6, 2));
    let listing = wenzhai::archive::list(&[PathBuf::from(folder.path())]);
    let digests: Vec<_> =
        listing.digests.iter().filter_map(|d| wenzhai::archive::load(d).ok()).map(|l| l.digest).collect();
    let papers = digests.iter().flat_map(|d| d.papers.iter().map(move |p| Subject::bare(d, p)));
    let papers: Vec<Subject> = papers.collect();
    c.bench_function("rate 600 papers by 50 rules", |b| b.iter(|| black_box(interest.rate_all(&papers))));
}

/// A JSON Lines day of as many papers, and the native day imported from it.
fn loading(c: &mut Criterion) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let (lines, native) = (folder.path().join("lines"), folder.path().join("native"));
    let file = lines.join("2025-06-01_AI_enhanced_Chinese.jsonl");
    let written =
        fs::create_dir_all(&lines).and_then(|()| fs::write(&file, (0..PAPERS).map(line).collect::<String>()));
    if written.is_err() {
        return;
    }
    let _ =
        wenzhai::archive::import(std::slice::from_ref(&lines), &native, &wenzhai::archive::How::default());
    for (name, root) in [("JSON Lines", lines), ("native", native)] {
        let listing = wenzhai::archive::list(&[root]);
        c.bench_function(&format!("load a day of 600 papers, {name}"), |b| {
            b.iter(|| {
                for what in listing.digests.iter() {
                    let _ = black_box(wenzhai::archive::load(what));
                }
            });
        });
    }
}

/// A record of about 4 kB as daily-arXiv-ai-enhanced writes them.
fn line(i: usize) -> String {
    let zh = "提出一种稀疏注意力方法，在长文本推理基准上以更少的计算取得更高的准确率（LLM，16×）。";
    let en =
        "We propose a sparse attention method that reaches higher accuracy\non long reasoning benchmarks. ";
    let record = json!({
        "id": format!("2506.{i:05}"), "pdf": format!("https://arxiv.org/pdf/2506.{i:05}"),
        "abs": format!("https://arxiv.org/abs/2506.{i:05}"),
        "authors": ["Wei Zhang", "Anna Müller", "José García", format!("Author {i}")],
        "title": format!("Sparse-{i}: Efficient Reasoning over Long Contexts with Model {i}"),
        "categories": ["cs.CL", "cs.LG"], "comment": "Accepted to ICML 2025, 12 pages", "summary": en.repeat(14),
        "AI": {
            "tldr": zh, "motivation": zh, "method": zh.repeat(2), "result": zh, "conclusion": zh, "translation": zh.repeat(8),
            "title_translation": format!("稀疏-{i}：长上下文高效推理"), "summary": zh.repeat(3), "keywords": "强化学习, 稀疏注意力",
        },
    });
    format!("{record}\n")
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = reader, loading, interest }
criterion_main!(benches);
