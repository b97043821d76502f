//! What a paper is worth, told as stories: what rules find, in which order papers stand, and what is folded away.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use std::path::Path;

use app::{App, Setup};
use insta::assert_snapshot;
use proptest::prelude::*;
use wenzhai::catalogue::Lang;
use wenzhai::config::{Config, Prefs};
use wenzhai::effect::Effect;
use wenzhai::filter::{Interest, Rule, Subject, Worth};
use wenzhai::model::{Date, Digest, Paper, Verdict};
use wenzhai::state::{Entry, Fold, Msg, Order, Settings, Size, State};

/// Three rules and one that mutes, for the sample archive.
const RULES: &str = r#"
    [[rule]]
    keyword = ["language model", "大语言模型"]
    weight = 2
    [[rule]]
    author = "Tri Dao"
    weight = 5
    [[rule]]
    keyword = "foundation"
    weight = -2
    [[rule]]
    query = "cat:cs.CV (image OR nerf)"
    mute = true
    name = "no pictures"
"#;

fn rules(toml: &str) -> Vec<Rule> {
    let (config, problems) = Config::parse(toml, "config.toml", &|_| None);
    assert_eq!(problems, []);
    config.prefs.rules
}

fn prefs(toml: &str) -> Prefs {
    Prefs { rules: rules(toml), ..Prefs::default() }
}

fn sample(toml: &str, lang: Lang, size: (u16, u16)) -> App {
    App::open(wenzhai::archive::sample(), Setup { lang, size, prefs: prefs(toml), ..Setup::default() })
}

/// The first words of the titles the list shows, from top to bottom.
fn shown(app: &App) -> Vec<String> {
    let papers = &app.state.papers;
    let rows = (0..papers.entries.len()).filter_map(|at| papers.row_at(at));
    rows.map(|r| r.title.split([':', ' ']).next().unwrap().to_owned()).collect()
}

fn selected(app: &App) -> String {
    app.state.papers.selected_row().unwrap().title.split([':', ' ']).next().unwrap().to_owned()
}

fn message(app: &App) -> String {
    app.state.message.as_ref().map(|m| m.text.clone()).unwrap_or_default()
}

fn paper(title: &str, authors: &[&str], takeaways: &[&str]) -> Paper {
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    Paper {
        title: title.to_owned(),
        authors: texts(authors),
        takeaways: texts(takeaways),
        ..Paper::default()
    }
}

fn digest(category: &str) -> Digest {
    Digest::new(Date::constant(2031, 5, 1), Some(category.to_owned()))
}

#[test]
fn a_rule_finds_what_it_says() {
    let kaiming = ["Kaiming He", "Wei-Lin Müller", "G\\'abor Szabó", "张伟"];
    let papers =
        paper("Flow Matching for 扩散模型", &kaiming, &["We ablate transformers.", "基于 LLM 的推理"]);
    let table = [
        // A phrase from the beginning of a word on; in the title it counts double.
        ("keyword = \"flow matching\"", 2),
        ("keyword = \"ＦＬＯＷ match\"", 2),
        ("keyword = \"low matching\"", 0),
        ("keyword = \"transform\"", 1),
        ("keyword = \"former\"", 0),
        ("keyword = \"散模\"", 2),
        ("keyword = \"基于LLM的\"", 1),
        ("keyword = \"He\"", 0),
        // Several texts of one rule count once.
        ("keyword = [\"flow\", \"matching\", \"扩散\"]", 2),
        ("keyword = [\"nothing\", \"ablat\"]\nweight = -7", -7),
        // An author by whole words of the name in any order, or by a letter.
        ("author = \"Kaiming He\"", 1),
        ("author = \"he kaiming\"", 1),
        ("author = \"K. He\"", 1),
        ("author = \"He\"", 1),
        ("author = \"Kai He\"", 0),
        ("author = \"wei lin muller\"", 1),
        ("author = \"Gabor Szabo\"", 1),
        ("author = \"张伟\"", 1),
        ("author = \"Kaiming Müller\"", 0),
        // A category as a whole, or all of an archive.
        ("category = \"cs.cl\"", 1),
        ("category = \"cs\"", 1),
        ("category = \"cs.C\"", 0),
        ("category = \"c\"", 0),
        // A query; its words in one piece.
        ("query = \"flow -video\"", 1),
        ("query = \"author:szabo cat:cs.CL\"", 1),
        ("query = \"fwmtc\"", 0),
        ("query = \"flow matching for vision\"", 0),
        ("query = \"date:2031-05 OR video\"", 1),
    ];
    for (rule, score) in table {
        let interest = Interest::new(rules(&format!("[[rule]]\n{rule}")), Date::constant(2031, 5, 2));
        assert_eq!(interest.rate(&Subject::bare(&digest("cs.CL"), &papers)).score, score, "{rule}");
    }
}

#[test]
fn with_rules_the_day_begins_with_what_matters() {
    let app = sample(RULES, Lang::Zh, (120, 36));
    assert_eq!(shown(&app), ["FlashAttention", "LoRA", "Chain-of-Thought", "Attention", "On"]);
    assert_eq!(selected(&app), "FlashAttention");
    assert_eq!(app.session.as_ref().unwrap().order, None, "an order that was not chosen is not kept");
    let app = sample("", Lang::Zh, (120, 36));
    assert_eq!(app.state.papers.order, Order::Source);
}

#[test]
fn the_list_in_the_order_of_interest_says_why() {
    for (lang, name) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for size in [(80, 24), (120, 36), (200, 50)] {
            let mut app = sample(RULES, lang, size);
            assert_snapshot!(format!("interest_{name}_{}", size.0), app.shot());
            app.keys("z m");
            assert_snapshot!(format!("interest_muted_shown_{name}_{}", size.0), app.screen());
            app.keys("z m i");
            assert_snapshot!(format!("interest_why_{name}_{}", size.0), app.screen());
            app.keys("Esc G A");
            assert_snapshot!(format!("interest_authors_{name}_{}", size.0), app.screen());
        }
    }
}

#[test]
fn a_muted_paper_says_which_rule_mutes_it() {
    let mut app = sample(RULES, Lang::En, (120, 36));
    app.keys("/ type:nerf Enter i");
    let screen = app.screen();
    assert!(screen.contains("mute query cat:cs.CV (image OR nerf)  [no pictures]"), "{screen}");
    assert!(screen.contains("= 0"), "{screen}");
    app.keys("Esc b i");
    assert!(app.screen().contains("kept papers are never folded away"), "{}", app.screen());
}

#[test]
fn an_order_is_chosen_and_kept_and_the_cursor_stays_on_its_paper() {
    let mut app = sample(RULES, Lang::En, (120, 36));
    app.keys("j");
    let table = [
        ("s s", Order::Source, vec!["Attention", "LoRA", "Chain-of-Thought", "FlashAttention", "On"]),
        ("s t", Order::Title, vec!["Attention", "Chain-of-Thought", "FlashAttention", "LoRA", "On"]),
        ("s a", Order::Author, vec!["On", "FlashAttention", "LoRA", "Attention", "Chain-of-Thought"]),
        ("s d", Order::Date, vec!["FlashAttention", "Chain-of-Thought", "On", "LoRA", "Attention"]),
        ("s i", Order::Interest, vec!["FlashAttention", "LoRA", "Chain-of-Thought", "Attention", "On"]),
    ];
    for (keys, order, expected) in table {
        app.keys(keys);
        assert_eq!(shown(&app), expected, "{keys}");
        assert_eq!(selected(&app), "LoRA", "{keys}");
        assert!(message(&app).starts_with("Order: "), "{}", message(&app));
        let session = app.session.clone().unwrap();
        assert_eq!(session.order.as_deref(), Some(order.name()));
        let setup = Setup { session: Some(session), prefs: prefs(RULES), ..Setup::default() };
        assert_eq!(App::open(wenzhai::archive::sample(), setup).state.papers.order, order);
    }
    app.keys("}");
    assert_eq!(message(&app), "Categories are mixed in this order; ss groups them.");
}

#[test]
fn without_rules_there_is_no_order_of_interest() {
    let mut app = sample("", Lang::En, (120, 36));
    app.keys("s i");
    assert_eq!(app.state.papers.order, Order::Source);
    assert!(message(&app).starts_with("No rule says"), "{}", message(&app));
    app.keys("i");
    assert!(app.screen().contains("No rule says"), "{}", app.screen());
    // Rules that are gone leave no order behind.
    let session = wenzhai::effect::Session { order: Some("interest".to_owned()), ..Default::default() };
    let app = App::open(wenzhai::archive::sample(), Setup { session: Some(session), ..Setup::default() });
    assert_eq!(app.state.papers.order, Order::Source);
}

#[test]
fn what_is_muted_is_found_decided_and_never_lost() {
    let mut app = sample(RULES, Lang::En, (120, 36));
    let counts = app.state.papers.counts(None);
    assert_eq!((counts.all, counts.undecided, counts.muted), (5, 5, 2));
    assert!(app.screen().contains("5 undecided"), "{}", app.screen());
    app.keys("/ type:nerf Enter b Esc");
    assert!(shown(&app).contains(&"NeRF".to_owned()), "a bookmarked paper is not hidden");
    assert_eq!(app.state.papers.counts(None).muted, 1);
    // Taken back it stays until the page is left, and is folded away again then.
    app.keys("u");
    assert_eq!(selected(&app), "NeRF");
    app.keys("H L");
    assert!(!shown(&app).contains(&"NeRF".to_owned()));
    assert_eq!(app.state.papers.counts(None).muted, 2);
    app.keys("z m");
    assert_eq!(message(&app), "Muted papers shown: 2");
    assert_eq!(shown(&app).len(), 7);
    assert_eq!(app.state.papers.counts(None).undecided, 7);
    app.keys("z m");
    assert_eq!(message(&app), "Muted papers folded: 2");
    assert_eq!(shown(&app).len(), 5);
}

#[test]
fn a_day_is_done_when_all_but_the_muted_is_decided() {
    let mut app = sample(RULES, Lang::En, (120, 36));
    app.keys("d d d d d");
    assert!(message(&app).starts_with("5 → 5 dismissed"), "{}", message(&app));
    app.keys(">");
    assert_eq!(
        app.state.papers.date.unwrap().to_string(),
        "2025-03-04",
        "the next undecided is on an older day"
    );
}

#[test]
fn a_sweep_takes_no_muted_paper() {
    let mut app = sample(RULES, Lang::En, (120, 36));
    app.keys("x");
    let verdict = |title: &str| {
        let row = app.state.papers.rows.iter().find(|r| r.title.starts_with(title)).unwrap();
        (row.verdict, row.fold)
    };
    assert_eq!(verdict("NeRF"), (Verdict::Undecided, Some(Fold::Muted)));
    assert_eq!(verdict("LoRA"), (Verdict::Dismissed, None));
}

/// Writes a digest of papers with these titles, ids by their first letters.
fn write(root: &Path, date: &str, category: &str, titles: &[&str]) {
    let paper = |title: &&str| {
        let id = format!("3105.{:05}", u32::from(title.chars().next().unwrap()));
        serde_json::json!({"id": id, "arxiv": {"id": id, "version": 1}, "title": title, "authors": ["Ada First", "Bo Last"]})
    };
    let papers: Vec<_> = titles.iter().map(paper).collect();
    let digest = serde_json::json!({"schema": 1, "date": date, "category": category, "papers": papers});
    std::fs::create_dir_all(root.join(date)).unwrap();
    std::fs::write(root.join(format!("{date}/{category}.json")), digest.to_string()).unwrap();
}

#[test]
fn repeats_and_muted_papers_share_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "2031-05-01", "cs.CL", &["Anchors for Boats", "Quiet Kites"]);
    write(
        root,
        "2031-05-02",
        "cs.CL",
        &["Boats that Learn", "Anchors for Boats", "Kites in Storms", "Dials"],
    );
    write(root, "2031-05-02", "cs.CV", &["Dials", "Extra Kites", "Kites in Storms"]);
    let rules = "[[rule]]\nkeyword = \"boats\"\nweight = 2\n[[rule]]\nquery = \"kites\"\nmute = true\n\
        [[rule]]\ncategory = \"cs.CL\"\nmute = true\nname = \"x\"\n";
    let open = |rules: &str, size| {
        let listing = wenzhai::archive::list(&[root.to_owned()]);
        App::open(listing, Setup { lang: Lang::En, size, prefs: prefs(rules), ..Setup::default() })
    };
    let two = rules.split("[[rule]]\ncategory").next().unwrap();
    let mut app = open(two, (120, 20));
    assert_snapshot!("interest_repeats_and_muted", app.screen());
    app.keys("z r j i");
    assert_snapshot!("interest_why_seen_elsewhere", app.screen());
    // Of two records the one that no rule mutes stands for both.
    let app = open(rules, (120, 20));
    assert_eq!(shown(&app), ["Dials"]);
    let row = app.state.papers.selected_row().unwrap();
    assert_eq!(app.state.papers.groups[row.group].label, "cs.CV");
}

fn many_authors(root: &Path) {
    let mut authors: Vec<String> = (1..=271).map(|n| format!("Author{n} Name{n}")).collect();
    authors.push("O\\\"Neil \"Tip\" Back\\slash".to_owned());
    authors.push("Zoë Last".to_owned());
    let paper = serde_json::json!({"id": "3105.1", "title": "A Very Large Study", "authors": authors});
    let digest =
        serde_json::json!({"schema": 1, "date": "2031-05-01", "category": "cs.CL", "papers": [paper]});
    std::fs::create_dir_all(root.join("2031-05-01")).unwrap();
    std::fs::write(root.join("2031-05-01/cs.CL.json"), digest.to_string()).unwrap();
}

fn follow_rules(app: &App) -> Vec<&Rule> {
    let added =
        app.effects.iter().filter_map(|e| if let Effect::AddRule(rule) = e { Some(rule) } else { None });
    added.collect()
}

#[test]
fn all_authors_can_be_looked_through_searched_and_followed() {
    let folder = tempfile::tempdir().unwrap();
    many_authors(folder.path());
    let listing = || wenzhai::archive::list(&[folder.path().to_owned()]);
    let mut app = App::open(listing(), Setup { lang: Lang::En, size: (80, 24), ..Setup::default() });
    app.keys("A G");
    assert!(app.screen().contains("273  Zoë Last"), "{}", app.screen());
    app.keys("g g / type:name137 Enter");
    assert!(app.screen().contains("137  Author137 Name137"), "{}", app.screen());
    app.keys("f");
    assert_eq!(follow_rules(&app), [&Rule::following("Author137 Name137")]);
    assert_eq!(message(&app), "Following Author137 Name137; the rule is in ~/.config/wenzhai/config.toml");
    assert!(app.screen().contains("Author137 Name137  followed"), "{}", app.screen());
    app.keys("f");
    assert_eq!(follow_rules(&app).len(), 1, "once is enough");
    assert_eq!(message(&app), "Author137 Name137 is followed already, by the rule: author Author137 Name137");
    // At once: the paper is worth more now.
    assert_eq!(app.state.papers.selected_row().unwrap().rating.score, Rule::FOLLOWED);
    app.keys("Enter");
    assert_eq!(app.state.search.typed, "author:\"Author137 Name137\"");
    assert_eq!(shown(&app), ["A"], "in all dates");
    // A name with quotes is looked for by its words.
    app.keys("Esc Esc A G k f Enter");
    assert_eq!(follow_rules(&app).len(), 2);
    assert_eq!(shown(&app), ["A"], "{}", app.state.search.typed);
}

#[test]
fn a_rule_that_cannot_be_written_says_why() {
    let mut app = sample(RULES, Lang::En, (120, 36));
    app.rule_file = Err("~/config.toml: Permission denied (os error 13)".to_owned());
    app.keys("A f");
    assert_eq!(message(&app), "Tri Dao is followed already, by the rule: author Tri Dao");
    app.keys("j f");
    assert_eq!(message(&app), "The rule was not written: ~/config.toml: Permission denied (os error 13)");
    assert_eq!(app.state.interest().rules().len(), 4);
    app.keys("f");
    assert_eq!(follow_rules(&app).len(), 2, "it can be tried again");
}

#[test]
fn a_reader_that_writes_nothing_follows_nobody() {
    let prefs = Prefs { is_read_only: true, ..prefs(RULES) };
    let mut app = App::open(wenzhai::archive::sample(), Setup { lang: Lang::En, prefs, ..Setup::default() });
    app.keys("A j f");
    assert_eq!(message(&app), "Read only (--read-only): nothing is written");
    assert!(follow_rules(&app).is_empty());
}

/// The settings the reader has now, with other rules.
fn settings(app: &App, toml: &str) -> Msg {
    let State { lang, keymap, prefs, .. } = app.state.clone();
    let prefs = Prefs { rules: rules(toml), ..prefs };
    let (files, problems, waiting) = (vec!["config.toml".to_owned()], Vec::new(), Vec::new());
    let settings =
        Settings { lang, is_ascii: false, prefs, keymap, files, problems, waiting, is_beyond: false };
    Msg::Settings(Box::new(settings))
}

#[test]
fn rules_that_are_edited_count_at_once() {
    let mut app = sample(RULES, Lang::En, (120, 36));
    let other =
        settings(&app, "[[rule]]\nkeyword = \"attention\"\n[[rule]]\ncategory = \"cs.CL\"\nmute = true");
    app.send(other);
    assert_eq!(shown(&app), ["FlashAttention", "NeRF", "An", "On"]);
    assert_eq!(app.state.dates.counts[&app.state.papers.date.unwrap()].muted, 3);
    let none = settings(&app, "");
    app.send(none);
    assert_eq!((app.state.papers.order, shown(&app).len()), (Order::Source, 7));
    // What the reader wrote itself is told once.
    app.keys("A f");
    let own = format!("[[rule]]\nauthor = \"{}\"\nweight = 5", follow_rules(&app)[0].any_of[0]);
    let own = settings(&app, &own);
    app.send(own);
    assert!(message(&app).starts_with("Following "), "{}", message(&app));
}

#[test]
fn followed_authors_are_marked_in_the_detail_pane() {
    let app = sample(RULES, Lang::En, (120, 36));
    let head = app.state.reader.head.iter().flat_map(|l| &l.spans);
    let hits: Vec<_> =
        head.filter(|s| s.role == wenzhai::state::Role::Hit).map(|s| s.text.as_str()).collect();
    assert_eq!(hits, ["Tri Dao"]);
}

/// Nothing is counted that cannot be reached, and nothing reached that is not counted.
fn counts_agree(state: &State) -> Result<(), TestCaseError> {
    let papers = &state.papers;
    let rows = || (0..papers.entries.len()).filter_map(|at| papers.row_at(at));
    let counts = papers.counts(None);
    let undecided = rows().filter(|r| r.verdict == Verdict::Undecided).count();
    if papers.filter.trim().is_empty() && matches!(papers.view, wenzhai::state::View::All) {
        prop_assert_eq!(undecided, counts.undecided);
        let kept = papers.rows.iter().filter(|r| r.is_kept() && r.fold != Some(Fold::Repeat)).count();
        prop_assert_eq!(rows().filter(|r| r.is_kept()).count(), kept, "what is kept is never hidden");
    }
    prop_assert!(papers.rows.iter().all(|r| r.fold != Some(Fold::Muted) || !r.is_kept()));
    prop_assert_eq!(counts.records(), papers.rows.len());
    let muted = papers
        .entries
        .iter()
        .find_map(|e| if let Entry::Folded { muted, .. } = e { Some(*muted) } else { None });
    prop_assert!(muted.unwrap_or(0) <= counts.muted);
    if let Some(date) = papers.date {
        prop_assert_eq!(state.dates.counts[&date], counts);
    }
    Ok(())
}

const KEYS: [&str; 24] = [
    "j",
    "k",
    "G",
    "b",
    "d",
    "w",
    "x",
    "u",
    "C-r",
    "z m",
    "z r",
    "s i",
    "s s",
    "s t",
    "s a",
    "s d",
    "H",
    "L",
    ">",
    "/ type:a Enter",
    "Esc",
    "f u",
    "f a",
    "X",
];

fn rule() -> impl Strategy<Value = String> {
    let what = prop::sample::select(vec![
        "keyword = \"language\"",
        "keyword = [\"attention\", \"扩散\"]",
        "author = \"Dao\"",
        "category = \"cs.CV\"",
        "category = \"cs.CL\"",
        "query = \"model -has:code\"",
        "query = \"image OR 注意力\"",
    ]);
    let worth = prop_oneof![Just("mute = true".to_owned()), (-9..10).prop_map(|w| format!("weight = {w}"))];
    (what, worth).prop_map(|(what, worth)| format!("[[rule]]\n{what}\n{worth}\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is pressed, with whatever rules: the counts say what can be reached, in the head and in the dates.
    #[test]
    fn the_counts_say_what_can_be_reached(
        rules in prop::collection::vec(rule(), 0..5),
        keys in prop::collection::vec(prop::sample::select(&KEYS[..]), 0..24),
    ) {
        let mut app = sample(&rules.concat(), Lang::En, (120, 20));
        for key in keys {
            app.keys(key);
            counts_agree(&app.state)?;
        }
    }

    /// A score is the sum of its terms, whatever the rules, and a term is its rule's weight once or twice.
    #[test]
    fn a_score_is_the_sum_of_its_terms(toml in prop::collection::vec(rule(), 0..8)) {
        let own = rules(&toml.concat());
        let interest = Interest::new(own.clone(), Date::constant(2025, 3, 6));
        for listed in wenzhai::archive::sample().digests.iter() {
            let digest = wenzhai::archive::load(listed).unwrap().digest;
            for paper in &digest.papers {
                let subject = Subject::bare(&digest, paper);
                let (rating, reasons) = (interest.rate(&subject), interest.explain(&subject));
                prop_assert_eq!(rating.score, reasons.iter().map(|r| r.points).sum::<i32>());
                let by = reasons.iter().find(|r| own[r.rule].worth == Worth::Mute).map(|r| r.rule);
                prop_assert_eq!(rating.muted_by, by);
                for reason in reasons {
                    let points = own[reason.rule].points();
                    prop_assert!([points, 2 * points].contains(&reason.points));
                    // Each rule alone gives the same term.
                    let alone = Interest::new(vec![own[reason.rule].clone()], Date::constant(2025, 3, 6));
                    prop_assert_eq!(alone.rate(&subject).score, reason.points);
                }
            }
        }
    }

    /// Every order shows the same papers, each once, and shows them again in the same way.
    #[test]
    fn an_order_is_total_and_stable(
        toml in prop::collection::vec(rule(), 1..5),
        orders in prop::collection::vec(prop::sample::select(vec!["s i", "s s", "s t", "s a", "s d"]), 1..6),
    ) {
        let mut app = sample(&toml.concat(), Lang::En, (120, 36));
        let mut seen = std::collections::BTreeMap::new();
        let mut all = shown(&app);
        all.sort();
        for keys in orders {
            app.keys(keys).send(Msg::Resize(Size { cols: 100, rows: 30 }));
            let list = shown(&app);
            let mut sorted = list.clone();
            sorted.sort();
            prop_assert_eq!(&sorted, &all, "{}", keys);
            prop_assert_eq!(seen.entry(keys).or_insert_with(|| list.clone()), &list);
            let scores: Vec<i32> = (0..app.state.papers.entries.len())
                .filter_map(|at| app.state.papers.row_at(at))
                .map(|r| r.rating.score)
                .collect();
            prop_assert!(keys != "s i" || scores.is_sorted_by(|a, b| a >= b), "{:?}", scores);
        }
    }
}
