//! Finding papers in all dates: by their short texts, then in their long ones; and `wenzhai search`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/home.rs"]
#[expect(dead_code, reason = "digests are written by a function of this test")]
mod home;
#[path = "support/queries.rs"]
mod samples;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use home::Home;
use jiff::civil::date;
use proptest::prelude::*;
use samples::{NAMES, QUERIES};
use serde_json::{Value, json};
use wenzhai::archive;
use wenzhai::decisions::{Cell, Decisions, Field, FieldValue};
use wenzhai::effect::{Found, Hit, Sought, Stage};
use wenzhai::filter::{Answer, Candidate, Facts, Haystack, Missing, Query, Short, Subject};
use wenzhai::model::{Date, Identity, Listed, Problem, Verdict, gist};
use wenzhai::search::{Holding, Told, count, digests_with, read_table, search};
use wenzhai::table::{Excerpt, Table};

/// The day of the newest digest of the sample.
const TODAY: Date = date(2025, 3, 5);
/// Days that lie between repeats at most.
const WINDOW: u16 = 30;

/// What a search said.
#[derive(Default)]
struct Said {
    titles: Vec<Hit>,
    texts: Vec<Hit>,
    total: usize,
    days: Vec<(Date, usize)>,
    stages: Vec<Stage>,
    problems: Vec<Problem>,
}

impl Said {
    fn ids(&self) -> Vec<&str> {
        self.titles.iter().chain(&self.texts).map(|h| h.id.as_str()).collect()
    }
}

fn sought(typed: &str) -> Sought {
    let query = Query::parse(typed, TODAY).unwrap_or_else(|e| panic!("{typed}: {e:?}"));
    Sought { query, decisions: Arc::default(), in_texts: true, most: 100 }
}

fn image(digests: &[Arc<Listed>]) -> Vec<u8> {
    read_table(digests, &AtomicBool::new(false)).unwrap()
}

/// Each digest of an image in a table of its own.
fn each_alone(image: &[u8]) -> Vec<Excerpt> {
    let mut read = |bytes: &mut [u8], at: u64| {
        bytes.copy_from_slice(&image[at as usize..][..bytes.len()]);
        Ok(())
    };
    let header = Table::check(image.len() as u64, &mut read).unwrap();
    let one = |at| {
        let mut excerpt = Excerpt::default();
        excerpt.read(header, at, (1, Some(1)), &mut read).unwrap();
        excerpt
    };
    (0..Table::open(image).unwrap().digest_count()).map(one).collect()
}

fn find_in(image: &[u8], sought: &Sought) -> Said {
    let mut said = Said::default();
    search(Table::open(image).unwrap(), sought, WINDOW, &AtomicBool::new(false), &mut |told| match told {
        Told::Found(Found { hits, total, days, stage }) => {
            let place = if said.stages.is_empty() { &mut said.titles } else { &mut said.texts };
            place.extend(hits);
            said.stages.push(stage);
            (said.total, said.days) = (total, days);
        }
        Told::Problem(problem) => said.problems.push(problem),
    });
    assert_eq!(said.stages.last(), Some(&Stage::Done));
    assert_eq!(said.total, said.days.iter().map(|(_, n)| n).sum::<usize>());
    assert!(said.days.windows(2).all(|d| d[0].0 > d[1].0), "newest first");
    assert!(said.texts.windows(2).all(|h| h[0].date >= h[1].date), "newest first");
    said
}

fn find(archive: &Path, typed: &str) -> Said {
    find_in(&image(&archive::list(&[archive.to_owned()]).digests), &sought(typed))
}

/// The digests that hold what is sought, and problems.
fn holding(image: &[u8], sought: &Sought) -> (Vec<(Date, Option<String>)>, Vec<Problem>) {
    let (mut digests, mut problems) = (Vec::new(), Vec::new());
    let table = Table::open(image).unwrap();
    digests_with(table, sought, WINDOW, &AtomicBool::new(false), &mut |holding| match holding {
        Holding::Digest(date, category) => digests.push((date, category)),
        Holding::Problem(problem) => problems.push(problem),
    });
    (digests, problems)
}

/// The digests of hits, newest first.
fn of_hits(said: &Said) -> Vec<(Date, Option<String>)> {
    let hits = said.titles.iter().chain(&said.texts);
    let mut digests: Vec<_> = hits.map(|h| (h.date, h.category.clone())).collect();
    digests.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    digests.dedup();
    digests
}

/// A paper of a digest that a test writes.
fn paper(id: &str, title: &str, text: &str) -> Value {
    json!({"id": id, "arxiv": {"id": id, "version": 1}, "title": title, "authors": ["Ada Example"], "abstract_en": text})
}

fn write(archive: &Path, date: &str, papers: &[Value]) -> PathBuf {
    let digest =
        json!({"schema": 1, "date": date, "category": "A", "sources": [], "notices": [], "papers": papers});
    write_text(archive, date, &digest.to_string())
}

fn write_text(archive: &Path, date: &str, text: &str) -> PathBuf {
    let file = archive.join(date).join("A.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    file
}

/// What the tables of queries take as decided.
fn decided() -> Decisions {
    let mut decisions = Decisions::new("here");
    let identity = |name: &str| {
        let id = NAMES.iter().find(|(_, n)| *n == name).unwrap().0;
        Identity { arxiv: Some(id.to_owned()), ..Identity::default() }
    };
    let verdict = |name, verdict| Cell {
        paper: identity(name),
        field: Field::Verdict,
        value: FieldValue::Verdict(verdict),
    };
    let tag = |name, tag: &str| Cell {
        paper: identity(name),
        field: Field::Tag(tag.to_owned()),
        value: FieldValue::Bool(true),
    };
    let note = FieldValue::Text(Some("compare with SGD".to_owned()));
    let cells = vec![
        verdict("dpo", Verdict::Bookmarked),
        verdict("lora", Verdict::Bookmarked),
        verdict("cot", Verdict::Later),
        verdict("bert", Verdict::Dismissed),
        verdict("bart", Verdict::Dismissed),
        Cell { paper: identity("dpo"), field: Field::Read, value: FieldValue::Bool(true) },
        tag("dpo", "rlhf"),
        tag("dpo", "强化学习"),
        tag("adam", "rl"),
        Cell { paper: identity("adam"), field: Field::Note, value: note },
    ];
    decisions.decide(1_000, cells, "test");
    decisions
}

/// The papers that a query finds, by a loop over all of them that skips nothing.
fn plain(digests: &[Arc<Listed>], image: &[u8], query: &Query, decisions: &Decisions) -> Vec<String> {
    let table = Table::open(image).unwrap();
    let mut found = Vec::new();
    for (what, rows) in digests.iter().zip(table.digests()) {
        let digest = archive::load(what).unwrap().digest;
        for (paper, row) in digest.papers.iter().zip(rows.rows()) {
            let identity = paper.identity();
            let tags: Vec<String> = decisions.tags(&identity).into_iter().collect();
            let note = decisions.note(&identity);
            let own = wenzhai::filter::own(&tags, note);
            let facts = Facts {
                verdict: decisions.verdict(&identity),
                is_read: decisions.is_read(&identity),
                is_repeat: false,
            };
            let subject = Subject {
                paper,
                gist: gist(paper).unwrap_or_default(),
                date: digest.date,
                category: digest.category.as_deref(),
                tags: &tags,
                note,
            };
            let hay = Haystack::with_body(&subject);
            let is_hit = match query.in_short(&Short { row, own: Some(&own) }, facts, &Missing::default()) {
                Answer::Hit(_) => true,
                Answer::Open => query.in_whole(&Candidate { hay: &hay, facts }),
                Answer::Never => false,
            };
            if is_hit {
                found.push(paper.id.clone());
            }
        }
    }
    found.sort_unstable();
    found
}

#[test]
fn the_queries_of_the_filter_find_the_same_and_more_in_all_dates() {
    let digests = archive::sample().digests;
    let (image, decisions) = (image(&digests), Arc::new(decided()));
    let mut more = Vec::new();
    for (typed, wanted) in QUERIES.iter().filter(|(typed, _)| *typed != "is:repeat") {
        let sought = Sought { decisions: Arc::clone(&decisions), ..sought(typed) };
        let said = find_in(&image, &sought);
        let mut ids = said.ids();
        ids.sort_unstable();
        assert_eq!(ids, plain(&digests, &image, &sought.query, &decisions), "{typed}");
        assert_eq!(said.total, ids.len(), "{typed}");
        assert_eq!(holding(&image, &sought).0, of_hits(&said), "{typed}");
        let name = |id: &&str| NAMES.iter().find(|(i, _)| i == id).unwrap().1;
        let mut names: Vec<_> = ids.iter().map(name).collect();
        names.sort_unstable();
        let is_negative = typed.contains('-') || typed.contains("NOT");
        let missed: Vec<_> = wanted.split(' ').filter(|n| !n.is_empty() && !names.contains(n)).collect();
        // By its sound Chinese is found in titles, gists and keywords only.
        let by_sound = ["swl", "kuosanmoxing"].contains(typed);
        assert!(missed.is_empty() || by_sound, "{typed} misses {missed:?}");
        if !is_negative && names.join(" ") != *wanted {
            more.push(format!("{typed}: {}", names.join(" ")));
        }
    }
    insta::assert_snapshot!(more.join("\n"));
}

#[test]
fn texts_are_shown_with_their_place() {
    let image = image(&archive::sample().digests);
    let said = |typed: &str| {
        let said = find_in(&image, &sought(typed));
        let line = |h: &Hit| {
            let mut text = h.snippet.as_ref().map_or("-".to_owned(), |s| s.text.clone());
            for hit in h.snippet.iter().flat_map(|s| s.hits.iter().rev()) {
                text.insert(hit.end, ']');
                text.insert(hit.start, '[');
            }
            format!("  {} {} {text}", h.date, h.id)
        };
        let lines: Vec<_> = said.titles.iter().chain(&said.texts).map(line).collect();
        format!("{typed}: {} by title\n{}", said.titles.len(), lines.join("\n"))
    };
    let all = ["recurrence", "卷积 图像", "text:residual OR text:gpu", "zh:循环", "/gpu memory \\w+/"];
    insta::assert_snapshot!(all.map(said).join("\n\n"));
}

#[test]
fn the_best_title_comes_first_and_equal_ones_newest_first() {
    let home = Home::new();
    let archive = home.path("archive");
    write(
        &archive,
        "2025-05-01",
        &[paper("2505.00001", "Policy for graphs", ""), paper("2505.00002", "Of policy", "")],
    );
    write(
        &archive,
        "2025-05-02",
        &[paper("2505.00003", "Policy for trees", ""), paper("2505.00004", "Trees", "Policy.")],
    );
    write(
        &archive,
        "2025-05-03",
        &[paper("2505.00005", "A metapolicy", "policy"), paper("2505.00006", "Roots", "policy")],
    );
    let said = find(&archive, "policy");
    assert_eq!(
        said.ids(),
        ["2505.00003", "2505.00001", "2505.00002", "2505.00005", "2505.00006", "2505.00004"]
    );
    assert_eq!((said.titles.len(), said.texts.len()), (4, 2));
    let days: Vec<_> = said.days.iter().map(|(day, n)| format!("{day} {n}")).collect();
    assert_eq!(days, ["2025-05-03 2", "2025-05-02 2", "2025-05-01 2"]);

    // No more are handed over than were asked for, and all are counted.
    let image = image(&archive::list(&[archive]).digests);
    for most in 0..7 {
        let some = find_in(&image, &Sought { most, ..sought("policy") });
        assert_eq!(some.ids(), said.ids()[..most.min(6)]);
        assert_eq!((some.total, &some.days), (6, &said.days));
    }
    let titles = find_in(&image, &Sought { in_texts: false, ..sought("policy") });
    assert_eq!((titles.total, titles.stages), (4, vec![Stage::Done]));
}

#[test]
fn texts_are_found_however_they_are_written() {
    let home = Home::new();
    let archive = home.path("archive");
    let digest = |text: &str| {
        let papers = [paper("2505.00001", "One", text)];
        json!({"schema": 1, "date": "2025-05-01", "category": "A", "sources": [], "notices": [], "papers": papers})
    };
    let escaped = |json: String| {
        let one = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) };
        json.chars().map(one).collect::<String>()
    };
    #[rustfmt::skip]
    let table = [
        ("强化学习", "用强化学习训练"), ("强化学习", "用强化 学习"), ("强化学习", "用强化\n学习"), ("grpo", "with ＧＲＰＯ"),
        ("garcia", "Garc\u{ed}a"), ("garcia", "Garci\u{301}a"), ("reinforcement", "\\textbf{R}einforcement"), ("用llm的", "用 LLM 的"),
        ("\"say \\\"no\\\"\"", "say \"no\""), ("fine", "ﬁne"), ("l2", "an $L_2$ norm"), ("zh:xuexi", "学习"),
    ];
    for (typed, text) in table {
        for json in
            [digest(text).to_string(), format!("{:#}", digest(text)), escaped(digest(text).to_string())]
        {
            write_text(&archive, "2025-05-01", &json);
            assert_eq!(find(&archive, typed).texts.len(), 1, "{typed} in {json}");
        }
    }
    write_text(&archive, "2025-05-01", &digest("nothing of this").to_string());
    for (typed, _) in table {
        assert_eq!(find(&archive, typed).total, 0, "{typed}");
    }
}

#[test]
fn an_archive_may_change_and_go_away() {
    let home = Home::new();
    let archive = home.path("archive");
    let days = ["2025-05-01", "2025-05-02", "2025-05-03", "2025-05-04"];
    let ids = |n: usize| [format!("2505.0000{n}"), format!("2505.0001{n}")];
    let papers = |n: usize| {
        let [a, b] = ids(n);
        vec![paper(&a, "Policy", "x"), paper(&b, "Other", "policy")]
    };
    let files: Vec<_> = days.iter().enumerate().map(|(n, day)| write(&archive, day, &papers(n))).collect();
    let image = image(&archive::list(std::slice::from_ref(&archive)).digests);
    assert_eq!(find_in(&image, &sought("policy")).total, 8);

    fs::remove_file(&files[0]).unwrap();
    fs::write(&files[1], "{ policy is broken").unwrap();
    let mut turned = papers(2);
    turned.reverse();
    turned.push(paper("2505.00020", "New", "a policy"));
    write(&archive, days[2], &turned);
    let said = find_in(&image, &sought("policy"));
    assert_eq!(said.titles.len(), 4);
    assert_eq!(
        said.texts.iter().map(|h| &*h.id).collect::<Vec<_>>(),
        ["2505.00013", "2505.00012", "2505.00020"]
    );
    assert_eq!(said.problems.len(), 1, "{:?}", said.problems);
    assert!(said.problems[0].file.ends_with("2025-05-02/A.json"));
    let (names, problems) = holding(&image, &sought("text:policy"));
    assert_eq!(names, of_hits(&find_in(&image, &sought("text:policy"))));
    // Its titles name it already: it is not read.
    assert_eq!(problems, []);

    fs::remove_dir_all(&archive).unwrap();
    let said = find_in(&image, &sought("policy"));
    assert_eq!((said.titles.len(), said.texts.len(), said.problems.len()), (4, 0, 0));
}

#[test]
fn a_search_that_is_called_off_says_nothing_more_and_ends_at_once() {
    let home = Home::new();
    let archive = home.path("archive");
    for n in 1..=40 {
        let day = format!("2025-{:02}-{:02}", n / 20 + 1, n % 20 + 1);
        let papers: Vec<_> =
            (0..20).map(|i| paper(&format!("2505.{n:02}{i:03}"), "x", &"word ".repeat(2000))).collect();
        write(&archive, &day, &papers);
    }
    let image = image(&archive::list(&[archive]).digests);
    let table = Table::open(&image).unwrap();
    let (stop, mut said, mut stopped) = (AtomicBool::new(false), 0, None);
    search(table, &sought("word"), WINDOW, &stop, &mut |_| {
        said += 1;
        stop.store(true, Ordering::Relaxed);
        stopped = Some(Instant::now());
    });
    // One digest takes long in a build for tests, all 40 take much longer.
    assert!(stopped.unwrap().elapsed() < Duration::from_secs(4));
    assert_eq!(said, 1);
    search(table, &sought("word"), WINDOW, &stop, &mut |told| panic!("{told:?}"));
    assert_eq!(count(|look| look(table), &[Arc::new(sought("word"))], WINDOW, &stop), None);
    assert_eq!(read_table(&archive::sample().digests, &stop), None);
}

#[test]
fn a_digest_is_named_wherever_its_first_hit_stands() {
    let home = Home::new();
    let archive = home.path("archive");
    let filler = "ordinary words ".repeat(700);
    for (n, first) in [0, 1, 8, 29, 30].into_iter().enumerate() {
        let papers: Vec<_> = (0..30)
            .map(|i| {
                let word = if i == first { "reinforcement" } else { "" };
                // What is no text of a paper is none of a digest.
                let mut paper = paper(&format!("2505.{n}{i:04}"), "x", &format!("{filler}{word}"));
                paper["extra"] = json!({"abstract_en": "reinforcement"});
                paper
            })
            .collect();
        write(&archive, &format!("2025-05-0{}", n + 1), &papers);
    }
    let image = image(&archive::list(&[archive]).digests);
    for typed in ["text:reinforcement", "reinforcement", "reinforcement date:2025", "reinforcement OR none"] {
        let (names, _) = holding(&image, &sought(typed));
        let days: Vec<_> = names.iter().map(|(date, _)| date.day()).collect();
        assert_eq!(days, [4, 3, 2, 1], "{typed}");
    }
    let stop = AtomicBool::new(true);
    digests_with(Table::open(&image).unwrap(), &sought("ordinary"), WINDOW, &stop, &mut |told| {
        panic!("{told:?}")
    });
}

#[test]
fn what_costs_much_is_bounded() {
    let home = Home::new();
    let archive = home.path("archive");
    write(&archive, "2025-05-01", &[paper("2505.00001", &"policy ".repeat(5_000), &"ab ".repeat(50_000))]);
    let image = image(&archive::list(&[archive]).digests);
    assert_eq!(find_in(&image, &sought(&"policy ".repeat(30_000))).total, 1);
    assert_eq!(find_in(&image, &sought(&"强".repeat(200_000))).total, 0);
    for typed in ["/(x+x+)+y/", "/(a|aa|aaa|b)+z$/", "text:/[^x]*a[^x]{20}z/", "text:/(.*e.{9}){3}qq/"] {
        assert_eq!(find_in(&image, &sought(typed)).total, 0, "{typed}");
    }
}

#[test]
fn repeats_and_counts_go_by_the_whole_archive() {
    let home = Home::new();
    let archive = home.path("archive");
    let long = "A title that is long enough to tell";
    write(&archive, "2025-01-01", &[paper("2501.00001", "Far", "")]);
    write(&archive, "2025-05-01", &[paper("2501.00001", "Far", ""), paper("2505.00002", "Near", "")]);
    let mut anonymous = paper("t:1", long, "");
    anonymous["arxiv"] = Value::Null;
    write(&archive, "2025-05-02", &[paper("2505.00003", long, ""), paper("2505.00004", "Near", "")]);
    write(&archive, "2025-05-03", &[paper("2505.00002", "Near again", "in text"), anonymous]);
    let digests = archive::list(&[archive]).digests;
    let image = image(&digests);
    assert_eq!(find_in(&image, &sought("is:repeat")).ids(), ["2505.00002", "t:1"]);

    let mut decisions = Decisions::new("here");
    let near = Identity { arxiv: Some("2505.00002".to_owned()), ..Identity::default() };
    decisions.decide(
        1_000,
        vec![Cell { paper: near, field: Field::Verdict, value: FieldValue::Verdict(Verdict::Later) }],
        "later 1",
    );
    let decisions = Arc::new(decisions);
    let queries = ["near", "is:repeat", "is:later", "text:\"in text\"", "-is:repeat date:2025-05-03", ""];
    let all: Vec<_> =
        queries.map(|q| Arc::new(Sought { decisions: Arc::clone(&decisions), ..sought(q) })).to_vec();
    let counts =
        count(|look| look(Table::open(&image).unwrap()), &all, WINDOW, &AtomicBool::new(false)).unwrap();
    assert_eq!(counts, [(3, 1), (2, 1), (2, 0), (1, 0), (0, 0), (7, 5)]);
    // Repeats are told although no two days are ever lent together.
    let in_parts = each_alone(&image);
    assert!(in_parts.len() > 2);
    let count_parts = |stop: &AtomicBool| {
        let lend = |look: &mut dyn FnMut(Table) -> bool| in_parts.iter().all(|part| look(part.table()));
        count(lend, &all, WINDOW, stop)
    };
    assert_eq!(count_parts(&AtomicBool::new(false)), Some(counts));
    assert_eq!(count_parts(&AtomicBool::new(true)), None);
}

#[test]
fn the_command_prints_what_it_finds_as_grep_does() {
    let home = Home::new();
    let archive = home.path("archive");
    write(
        &archive,
        "2025-05-01",
        &[
            paper("2505.00001", "Policy for graphs", ""),
            paper("2505.00002", "Trees", "One\nPOLICY and more."),
        ],
    );
    write(&archive, "2025-05-02", &[paper("2505.00003", "A metapolicy", ""), paper("2505.00004", "-rl", "")]);
    let said = |args: &[&str]| {
        let (status, out, err) = home.run([&["search"], args].concat());
        assert!(err.lines().all(|l| l.starts_with("wenzhai: ")), "{err}");
        (status, out, err)
    };
    let titles = "2025-05-01\tA\t2505.00001\tPolicy for graphs\n2025-05-02\tA\t2505.00003\tA metapolicy\n";
    let all = format!("{titles}2025-05-01\tA\t2505.00002\tTrees\tOne POLICY and more.\n");
    assert_eq!(said(&["policy", "archive"]), (0, all.clone(), String::new()));
    assert_eq!(said(&["--archive", "archive", "policy"]), (0, all, String::new()));
    assert_eq!(said(&["policy", "archive", "--titles"]), (0, titles.to_owned(), String::new()));
    let first = titles.lines().next().unwrap().to_owned() + "\n";
    assert_eq!(said(&["policy", "--limit", "1", "archive"]), (0, first, String::new()));
    assert_eq!(said(&["xyzzyq", "archive"]), (1, String::new(), String::new()));
    assert_eq!(said(&["-policy title:tr", "archive"]).1, "2025-05-01\tA\t2505.00002\tTrees\n");

    let both = "2025-05-02\tA\n2025-05-01\tA\n";
    assert_eq!(said(&["-l", "policy", "archive"]), (0, both.to_owned(), String::new()));
    assert_eq!(said(&["-l", "text:and", "archive"]).1, "2025-05-01\tA\n");
    assert_eq!(said(&["-l", "text:and", "archive", "--titles"]), (1, String::new(), String::new()));
    assert_eq!(said(&["policy", "archive", "--digests", "--limit", "1"]).1, "2025-05-02\tA\n");
    let json = "{\"schema\":1,\"date\":\"2025-05-02\",\"category\":\"A\"}\n";
    assert_eq!(said(&["policy", "archive", "-l", "--json", "--limit", "1"]).1, json);

    let (status, out, _) = said(&["policy", "archive", "--json"]);
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(
        (status, lines.len(), &lines[0]["schema"], &lines[0]["snippet"]),
        (0, 3, &json!(1), &Value::Null)
    );
    assert_eq!((&lines[2]["id"], &lines[2]["hits"]), (&json!("2505.00002"), &json!([[4, 10]])));

    let (status, out, err) = said(&["a (is:x", "archive"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.starts_with("wenzhai: at 7: expected after is:"), "{err}");
    let (status, _, err) = said(&["titel:policy", "archive"]);
    assert!(status == 1 && err.contains("titel: is no field"), "{err}");
    let (status, _, err) = said(&["policy", "nowhere"]);
    assert!(status == 1 && err.contains("nowhere"), "{err}");

    // A digest that cannot be read is named; what else was found still counts.
    write_text(&archive, "2025-05-03", "{ policy is broken");
    let (status, out, err) = said(&["policy", "archive"]);
    assert_eq!((status, out.lines().count()), (0, 3));
    assert!(err.is_empty() || err.contains("2025-05-03"), "{err}");

    // The sample, where there is no archive.
    let (status, out, _) = said(&["强化学习"]);
    assert!(status == 0 && out.starts_with("2025-03-04\tcs.LG\t2305.18290\t"), "{out}");
}

#[test]
fn a_reader_that_goes_away_ends_the_command_silently() {
    use std::io::Read as _;
    use std::process::Stdio;
    let home = Home::new();
    let archive = home.path("archive");
    let papers: Vec<_> =
        (0..3000).map(|i| paper(&format!("2505.{i:05}"), "A policy of many words", "")).collect();
    write(&archive, "2025-05-01", &papers);
    let mut command = home.command(["search", "policy", "archive"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut some = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "graph ",
        "Graph",
        "policy",
        "p",
        "o ",
        "强化",
        "学习",
        " ",
        "$x_1$",
        "é",
        "ＧＲＰＯ",
        "grpo",
        "。",
        "\n",
        "\"",
    ]);
    proptest::collection::vec(piece, 0..6).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Behind all that skips work, a search finds what a plain loop finds, letter by letter.
    #[test]
    fn every_beginning_of_a_query_finds_what_a_plain_loop_finds(
        papers in proptest::collection::vec((texts(), texts()), 1..6),
        typed in "(graph|强化学习|grpo|text:p|-graph|policy OR zh:强|\"o p\"|/p+o/|title:gr|po){1}( (policy|学习|-p|x1|(p OR 化)))?",
    ) {
        let home = Home::new();
        let archive = home.path("archive");
        let papers: Vec<_> = papers.iter().enumerate().map(|(i, (a, b))| paper(&format!("2505.0000{i}"), a, b)).collect();
        write(&archive, "2025-05-01", &papers);
        let digests = archive::list(&[archive]).digests;
        let image = image(&digests);
        for end in 0..=typed.len() {
            let Some(Ok(query)) = typed.get(..end).map(|part| Query::parse(part, TODAY)) else { continue };
            let wanted = plain(&digests, &image, &query, &Decisions::default());
            let sought = Sought { query, ..sought("") };
            let said = find_in(&image, &sought);
            prop_assert_eq!(holding(&image, &sought).0, of_hits(&said), "{:?}", typed.get(..end));
            let mut ids = said.ids();
            ids.sort_unstable();
            prop_assert_eq!(ids, wanted, "{:?}", typed.get(..end));
        }
    }
}
