//! An import ends in the same archive whatever the order of its sources, and whenever it was killed before.

#![cfg(test)]

#[path = "support/home.rs"]
mod home;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

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

/// Digests, and temporary files, that are in an archive while it is written.
fn files(archive: &Path) -> usize {
    let folders = fs::read_dir(archive).into_iter().flatten().flatten();
    folders.map(|f| fs::read_dir(f.path()).into_iter().flatten().count()).sum()
}

fn kill_at_every(rounds: usize, count: i32) {
    let home = Home::new();
    days(&home, count);
    assert_eq!(home.run(["import", "in", "--into", "whole"]).0, 0);
    let whole = tree(&home.path("whole"));
    for round in 0..rounds {
        let out = format!("killed-{round}");
        let archive = home.path(&out);
        let mut command = home.command(["import", "in", "--into", &out]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let enough = whole.len() * round / rounds;
        while files(&archive) < enough && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, text) in tree(&archive) {
            let is_temporary = name.extension().is_some_and(|e| e == "tmp");
            assert!(
                is_temporary || whole.get(&name) == Some(&text),
                "round {round}: {} is not whole",
                name.display()
            );
        }
        assert_eq!(home.run(["import", "in", "--into", &out]).0, 0);
        assert!(tree(&archive) == whole, "round {round}: the second run ended elsewhere");
    }
}

#[test]
fn killed_at_any_moment_a_second_run_ends_where_one_would_have() {
    kill_at_every(8, 12);
}

#[test]
#[ignore = "takes half a minute"]
fn killed_at_many_moments() {
    kill_at_every(100, 40);
}
