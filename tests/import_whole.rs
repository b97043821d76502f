//! An import ends in the same archive whatever the order of its sources, and whenever it was killed before.

#![cfg(test)]

#[path = "support/home.rs"]
mod home;

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

use home::{Home, tree};
use proptest::prelude::*;
use serde_json::{Value, json};
use wenzhai::archive::{How, import};

fn hf(n: usize, note: &str) -> Value {
    json!({"paper": {"id": format!("3102.{n:05}"), "title": format!("Paper number {n} with a long title"), "summary": note}})
}

fn native(date: &str, category: &str, n: usize) -> String {
    let paper = json!({"id": format!("3102.{n:05}"), "title": "One", "comment": format!("{n} pages")});
    json!({"schema": 1, "date": date, "category": category, "sources": [], "notices": [], "papers": [paper]})
        .to_string()
}

fn page(date: &str, category: &str, n: usize) -> String {
    format!(
        "{category}\n\n⚠️ 以下\n\n# {date} 更新\n\nPaper number {n} with a long title\nAuthors:A B, C D\nAn abstract.\n我们提出。\n\
         论文及项目相关链接\nPDF {n} pages\nSummary\n摘要{n}。\nKey Takeaways\n- 甲。\n- 乙。\n点此查看论文截图\n"
    )
}

/// Sources of few dates and categories, so that many meet: names that differ in case, dates that their folder denies.
fn source() -> impl Strategy<Value = (String, String)> {
    let date = prop::sample::select(vec!["2031-02-03", "2031-02-04"]);
    let category = prop::sample::select(vec!["LLM", "llm", "A/B", "A_B", "LLM-2"]);
    (date, category, 0..3_usize, 0..4_usize, 0..3_usize).prop_map(
        |(date, category, n, kind, file)| match kind {
            0 => {
                (format!("{file}/{date}.json"), json!([hf(n, "x"), hf(n + 1, &file.to_string())]).to_string())
            }
            1 => (format!("{file}/2031-02-03/LLM.json"), native(date, category, n)),
            2 => (format!("{file}.json"), native(date, category, n)),
            _ => (format!("{file}.txt"), page(date, category, n)),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_order_of_sources_does_not_matter(sources in prop::collection::btree_map(".*", source(), 1..7), turn in 0..7_usize) {
        let home = Home::new();
        let mut paths: Vec<PathBuf> = Vec::new();
        for (n, (name, text)) in sources.values().enumerate() {
            paths.push(home.write(&format!("in/{n}/{name}"), text));
        }
        let mut turned = paths.clone();
        turned.rotate_left(turn % paths.len());
        let mut reversed = paths.clone();
        reversed.reverse();
        let (first, second, third) = (home.path("1"), home.path("2"), home.path("3"));
        let report = import(&paths, &first, &How::default());
        let _ = import(&turned, &second, &How::default());
        let _ = import(&reversed, &third, &How::default());
        prop_assert_eq!(tree(&second), tree(&first));
        prop_assert_eq!(tree(&third), tree(&first));
        prop_assert!(report.problems.iter().all(|p| !p.what.contains("written")), "{:?}", report.problems);
        let before = tree(&first);
        let again = import(&paths, &first, &How::default());
        prop_assert_eq!(again.digests_written, 0);
        prop_assert_eq!(tree(&first), before);
    }
}

/// Sources of `days` days, three files a day.
fn days(home: &Home, days: i32) {
    for day in 0..days {
        let date = jiff::civil::Date::constant(2031, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        let papers: Vec<_> = (0..30).map(|n| hf(n, &"A sentence of the abstract. ".repeat(40))).collect();
        home.write(&format!("in/{date}.json"), Value::from(papers).to_string());
        home.write(&format!("in/{date}_zh.json"), json!([hf(1, "y")]).to_string());
        home.write(&format!("in/{date}.txt"), page(&date.to_string(), "LLM", 1));
    }
}

/// Imports and is killed at `rounds` random moments, spread over the time that it takes; every second time into an
/// archive that is half full.
fn kill_at_every(rounds: u32, count: i32) {
    let home = Home::new();
    days(&home, count);
    let pages =
        tree(&home.path("in")).into_keys().filter(|name| name.extension().is_some_and(|e| e == "txt"));
    let pages: Vec<String> = pages.map(|name| format!("in/{}", name.display())).collect();
    assert_eq!(
        home.run(["import", "--into", "half"].into_iter().chain(pages.iter().map(String::as_str))).0,
        0
    );
    let start = Instant::now();
    assert_eq!(home.run(["import", "in", "--into", "whole"]).0, 0);
    let took = start.elapsed();
    let (half, whole) = (tree(&home.path("half")), tree(&home.path("whole")));
    assert!(!half.is_empty() && half != whole);
    for round in 0..rounds {
        let out = format!("killed-{round}");
        let archive = home.path(&out);
        let before = if round % 2 == 0 { BTreeMap::new() } else { half.clone() };
        for (name, text) in &before {
            home.write(&format!("{out}/{}", name.display()), text);
        }
        let moment = took.mul_f64((f64::from(round) + random()) / f64::from(rounds));
        let mut command = home.command(["import", "in", "--into", &out]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let start = Instant::now();
        while start.elapsed() < moment && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, text) in tree(&archive) {
            let is_temporary = name.extension().is_some_and(|e| e == "tmp");
            let is_whole = [&before, &whole].iter().any(|tree| tree.get(&name) == Some(&text));
            assert!(is_temporary || is_whole, "after {moment:?}: {} is not whole", name.display());
        }
        assert_eq!(home.run(["import", "in", "--into", &out]).0, 0);
        assert!(tree(&archive) == whole, "killed after {moment:?}, the second run ended elsewhere");
    }
}

/// From 0 to 1.
fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 32;
    f64::from(u32::try_from(bits).unwrap()) / f64::from(u32::MAX)
}

#[test]
fn killed_at_any_moment_a_second_run_ends_where_one_would_have() {
    kill_at_every(20, 12);
}

#[test]
#[ignore = "takes half a minute"]
fn killed_at_many_moments() {
    kill_at_every(100, 40);
}
