//! Whatever is done to a digest's file: every record that import no longer gives is named, by line or with its file.

#![cfg(test)]

use std::fs;
use std::ops::Range;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;
use wenzhai::import::{Format, Parsed, detect, merge, parse};
use wenzhai::model::Problem;

const NAMES: [(&str, Format); 12] = [
    ("2031-02-03_spaced.txt", Format::ChatPaperFreeText),
    ("2031-02-03_compact.txt", Format::ChatPaperFreeText),
    ("2031-02-03_dots.txt", Format::ChatPaperFreeText),
    ("posts_2031-02-03_new.md", Format::ChatPaperFreeMarkdown),
    ("posts_2031-02-03_new.html", Format::ChatPaperFreeHtml),
    ("feeds/2031-02-03_AI_enhanced_Chinese.jsonl", Format::DailyArxivJsonl),
    ("feeds/2031-02-03_task.md", Format::DailyArxivMarkdown),
    ("feeds/2031-02-03_marked.md", Format::DailyArxivMarkdown),
    ("feeds/2031-02-03_short.md", Format::DailyArxivMarkdown),
    ("hf.json", Format::HfDailyJson),
    ("month.json", Format::ArxivMonthJson),
    ("native.json", Format::Native),
];

const DAY: &str = "2031-02-03";

/// A sound file with three records, the lines each of them stands on, and its format.
struct Sample {
    text: String,
    spans: Vec<Range<u32>>,
    format: Format,
    sound: Parsed,
}

impl Sample {
    fn of(index: usize) -> Self {
        let (name, format) = NAMES[index];
        let text = match format {
            Format::HfDailyJson => format!("{:#}", hf()),
            Format::ArxivMonthJson => format!("{:#}", month()),
            Format::Native => {
                let post = fixture(NAMES[3].0);
                let post = parse(NAMES[3].1, &post, "2031-02-03.md").unwrap();
                merge(vec![post.digest]).unwrap().to_json()
            }
            _ => String::from_utf8(fixture(name)).unwrap(),
        };
        let sound = parse(format, text.as_bytes(), DAY).unwrap();
        let starts: Vec<u32> = if format == Format::Native {
            let papers = (1..).zip(text.lines()).skip_while(|(_, l)| !l.contains("\"papers\""));
            papers.filter(|(_, l)| *l == "    {").map(|(n, _)| n).collect()
        } else {
            sound.digest.clone().clean().papers.iter().map(|p| p.from[0].1).collect()
        };
        let end = u32::try_from(text.lines().count()).unwrap() + 1;
        let ends = starts.iter().skip(1).copied().chain([end]);
        let spans: Vec<_> = starts.iter().zip(ends).map(|(&from, to)| from..to).collect();
        assert_eq!(spans.len(), 3, "{name}");
        Self { text, spans, format, sound }
    }
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)).unwrap()
}

fn hf() -> Value {
    let paper = |n: u32| {
        serde_json::json!({
            "paper": {
                "id": format!("3102.0000{n}"), "title": format!("Boats {n}"), "authors": [{"name": "Ada"}],
                "summary": "We fold.\nThen we float.", "upvotes": n,
            },
            "translation": "标题：纸船\n\n摘要：我们折。",
        })
    };
    (1..=3).map(paper).collect()
}

fn month() -> Value {
    let record = |n: u32| {
        let value = serde_json::json!({
            "title": format!("Boats {n}"), "authors": ["Ada"], "abstract": "We fold.", "published": "3102-02-05",
        });
        (format!("3102.0000{n}"), value)
    };
    Value::Object((1..=3).map(record).collect())
}

/// What is done to a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(usize),
    Flip(usize, u8),
    Twice(usize),
    Gone(usize),
    Swap(usize, &'static str),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = || 0..1_000_000_usize;
    let values = prop::sample::select(vec!["7", "null", "[]", "{}", "true", "\"x\"", "[[1]]"]);
    prop_oneof![
        at().prop_map(Damage::Cut),
        (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        at().prop_map(Damage::Twice),
        at().prop_map(Damage::Gone),
        (at(), values).prop_map(|(at, value)| Damage::Swap(at, value)),
    ]
}

impl Damage {
    /// Does it, and says where the records stand then; None where there is nothing to do.
    fn hit(&self, sample: &Sample) -> Option<(Vec<u8>, Vec<Range<u32>>)> {
        let (text, mut spans) = (sample.text.as_bytes(), sample.spans.clone());
        let lines: Vec<&[u8]> = text.split_inclusive(|&b| b == b'\n').collect();
        let mut shift = |line: usize, by: i32| {
            let line = u32::try_from(line).unwrap() + 1;
            for span in &mut spans {
                let moved = |n: u32| if n > line { n.saturating_add_signed(by) } else { n };
                *span = moved(span.start)..moved(span.end);
            }
        };
        let bytes = match *self {
            Self::Cut(at) => text[..at % text.len()].to_vec(),
            Self::Flip(at, byte) => {
                let (mut bytes, at) = (text.to_vec(), at % text.len());
                if [bytes[at], byte].iter().any(|b| matches!(b, b'\n' | b'\r')) {
                    return None;
                }
                bytes[at] = byte;
                bytes
            }
            Self::Twice(at) => {
                let at = at % lines.len();
                shift(at, 1);
                [&lines[..=at], &lines[at..]].concat().concat()
            }
            Self::Gone(at) => {
                let at = at % lines.len();
                shift(at, -1);
                [&lines[..at], &lines[at + 1..]].concat().concat()
            }
            Self::Swap(at, value) => {
                let from: Vec<_> = sample.text.match_indices("\": ").map(|(at, _)| at + 3).collect();
                let at = *from.get(at % from.len().max(1))?;
                let line = sample.text.get(at..)?.lines().next()?;
                let end = line.rfind(|c: char| !matches!(c, ',' | '}'))? + 1;
                if line.starts_with(['[', '{']) || line.contains("\": ") {
                    return None;
                }
                [&text[..at], value.as_bytes(), &text[at + end..]].concat()
            }
        };
        Some((bytes, spans))
    }
}

/// The records that are neither given nor named.
fn unnamed(
    read: &Result<Parsed, Problem>,
    sample: &Sample,
    bytes: &[u8],
    spans: &[Range<u32>],
) -> Vec<usize> {
    let (sound, format) = (&sample.sound, sample.format);
    let Ok(parsed) = read else { return Vec::new() };
    let papers = parsed.digest.clone().clean().papers;
    let length = u32::try_from(bytes.split(|b| *b == b'\n').count()).unwrap();
    let titles: Vec<_> = sound.digest.clone().clean().papers.into_iter().map(|p| p.title).collect();
    // A damaged line above a title may have become a part of it.
    let is_given = |index: usize, span: &Range<u32>| {
        papers.iter().any(|p| p.title.ends_with(&titles[index]) || p.id == format!("3102.0000{}", index + 1))
            || (format != Format::Native
                && papers.iter().flat_map(|p| &p.from).any(|(_, line)| span.contains(line)))
    };
    let is_named = |span: &Range<u32>| {
        parsed.problems.iter().any(|p| p.line.is_none_or(|line| span.contains(&line) || line >= length))
    };
    // What a cut took whole has left no trace in a format without an end.
    let last = bytes.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let is_there =
        |span: &Range<u32>| span.start < length + u32::from(last.len() > "## ".len()) && !span.is_empty();
    (0..spans.len())
        .filter(|&i| is_there(&spans[i]) && !is_given(i, &spans[i]) && !is_named(&spans[i]))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]
    #[test]
    fn no_record_is_lost_silently(index in 0..NAMES.len(), damage in damage()) {
        let sample = Sample::of(index);
        let Some((bytes, spans)) = damage.hit(&sample) else { return Ok(()) };
        let read = parse(sample.format, &bytes, DAY);
        let lost = unnamed(&read, &sample, &bytes, &spans);
        let said = read.map(|p| p.problems);
        prop_assert_eq!(lost, Vec::<usize>::new(), "{}: {:?}", NAMES[index].0, said);
        // What is no longer told by its content is named as a file.
        let _ = detect(&bytes, "2031-02-03.x");
    }
}
