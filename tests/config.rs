//! What `config.toml` may say, and what becomes of what it may not.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use proptest::prelude::*;
use wenzhai::catalogue::Lang;
use wenzhai::config::{self, Archive, Config, Language, Punctuation, Repeats, Saved};
use wenzhai::filter::{Kind, Rule, Worth};

fn parse(toml: &str) -> (Config, Vec<String>) {
    let env = |name: &str| (name == "HOME").then(|| OsString::from("/home/ada"));
    let (config, problems) = Config::parse(toml, "config.toml", &env);
    (config, problems.iter().map(ToString::to_string).collect())
}

/// The printed default with every setting switched on.
fn switched_on() -> String {
    let bare = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.starts_with(' ') => format!("{setting}\n"),
        _ => format!("{line}\n"),
    };
    config::default_text(Lang::En).lines().map(bare).collect()
}

#[test]
fn the_printed_default_is_the_default() {
    assert_eq!(parse(&config::default_text(Lang::En)), (Config::default(), Vec::new()));
    let (mut config, problems) = parse(&switched_on());
    assert_eq!(problems, Vec::<String>::new());
    let example = Archive {
        path: PathBuf::from("/home/ada/daily-arXiv/data"),
        update: "git pull --quiet --ff-only".to_owned(),
        every: Some(Duration::from_hours(2)),
    };
    assert_eq!(std::mem::take(&mut config.archives), [example]);
    let example =
        Saved { name: "RL".to_owned(), query: "强化学习 OR \"reinforcement learning\"".to_owned() };
    assert_eq!(std::mem::take(&mut config.prefs.queries), [example]);
    let rules = std::mem::take(&mut config.prefs.rules);
    let rules: Vec<_> = rules.iter().map(|r| (r.kind, r.worth)).collect();
    let points = |kind, points| (kind, Worth::Points(points));
    assert_eq!(rules, [points(Kind::Keyword, 3), points(Kind::Author, 5), (Kind::Query, Worth::Mute)]);
    assert_eq!(config, Config::default());
}

#[test]
fn what_is_shown_can_be_read_again() {
    let (config, _) = parse(&format!("{}\n[[archive]]\npath = \"/b\"\n", switched_on()));
    let text = config.to_toml();
    assert_eq!(parse(&text), (config, Vec::new()), "{text}");
}

#[test]
fn every_key_is_taken() {
    let toml = r#"
        language = "zh"
        ambiguous_width = "wide"
        ascii = true
        punctuation = "source"
        spacing = false
        advance = false
        categories = ["cs.CL", "多模态"]
        repeats = "mark"
        repeats_days = 30
        journal_dir = "~/sync/journal"

        [[archive]]
        path = "~/a"
        [[archive]]
        path = "/b"
        update = "cd /b && git pull"
        every = "1d"
    "#;
    let (config, problems) = parse(toml);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(config.language, Language::Zh);
    assert_eq!(config.journal_dir, Some(PathBuf::from("/home/ada/sync/journal")));
    let paths: Vec<_> = config.archives.iter().map(|a| a.path.display().to_string()).collect();
    assert_eq!(paths, ["/home/ada/a", "/b"]);
    assert_eq!(config.archives[1].every, Some(Duration::from_hours(24)));
    let prefs = config.prefs;
    assert!(prefs.ascii && !prefs.spacing && !prefs.advance);
    assert_eq!(
        (prefs.punctuation, prefs.repeats, prefs.repeats_days),
        (Punctuation::Source, Repeats::Mark, 30)
    );
    assert_eq!(prefs.categories, ["cs.CL", "多模态"]);
}

#[test]
fn what_cannot_be_used_costs_itself_and_is_named() {
    let table: [(&str, &[&str]); 24] = [
        ("", &[]),
        ("# only a comment", &[]),
        ("langauge = \"zh\"", &["1: unknown key `langauge`; did you mean `language`?"]),
        ("\n\nzzz = 1", &["3: unknown key `zzz`"]),
        ("language = \"fr\"", &["1: `language`: expected \"auto\", \"en\" or \"zh\", not `fr`"]),
        (
            "repeats = \"folded\"",
            &["1: `repeats`: expected \"fold\", \"mark\" or \"show\", not `folded`; did you mean `fold`?"],
        ),
        ("language = 1", &["1: `language`: expected \"auto\", \"en\" or \"zh\", not a number"]),
        ("ascii = \"yes\"", &["1: `ascii`: expected true or false, not the text `yes`"]),
        ("repeats_days = 0", &["1: `repeats_days`: expected a number from 1 to 365"]),
        (
            "repeats_days = 99999999999999999999",
            &["1: `repeats_days`: expected a number from 1 to 365, not a number"],
        ),
        ("repeats_days = true", &["1: `repeats_days`: expected a number from 1 to 365, not true or false"]),
        (
            "categories = \"cs.CL\"",
            &["1: `categories`: expected a list of texts in quotes, not the text `cs.CL`"],
        ),
        ("categories = [\"a\",\n 2]", &["1: `categories`: expected a list of texts in quotes, not a number"]),
        ("journal_dir = \"$NONE/x\"", &["1: `journal_dir`: $NONE is not set (`$NONE/x`)"]),
        (
            "spacing = true\nspacing = false",
            &["2: this key or section is already in the file: the first one counts"],
        ),
        ("archive = \"x\"", &["1: an archive is a section of its own: write [[archive]] above its keys"]),
        (
            "\n[archive]\npath = \"/x\"",
            &["2: an archive is a section of its own: write [[archive]] above its keys"],
        ),
        ("[[archive]]\nupdate = \"true\"", &["1: this archive has no `path`"]),
        ("[[archive]]\npth = \"/x\"", &["2: unknown key `pth`; did you mean `path`?"]),
        ("[[archive]]\npath = \"x\"", &["2: `path`: `x` is not absolute: begin with / or ~ or $NAME"]),
        (
            "[[archive]]\npath = \"/x\"\nevery = \"2 weeks\"",
            &["3: `every`: expected a span such as \"30m\", \"2h\" or \"1d\", not the text `2 weeks`"],
        ),
        ("[language]\nx = 1", &["1: `language`: expected \"auto\", \"en\" or \"zh\", not a table"]),
        ("\"a\\u001bb\" = 1", &["1: unknown key `a\\u{1b}b`"]),
        ("adv = 1\nasci = 2", &["1: unknown key `adv`", "2: unknown key `asci`; did you mean `ascii`?"]),
    ];
    for (toml, expected) in table {
        let (_, problems) = parse(toml);
        let expected: Vec<_> = expected.iter().map(|p| format!("config.toml:{p}")).collect();
        assert_eq!(problems, expected, "{toml}");
    }
}

#[test]
fn a_saved_query_that_cannot_be_understood_costs_itself() {
    let (config, problems) = parse(
        "[[query]]\nname = 'RL'\nquery = 'title:rl -is:read'\n\n[[query]]\nname = 'open'\nquery = 'a title:'\n[[query]]\nname = ''\n\
         query = 'x'\n[[query]]\nname = 'no'\n[[query]]\nname = 'y'\nquery = 'y'\nkey = 'z'\n[[query]]\nname = '夜'\nquery = '夜'\n",
    );
    let names: Vec<_> = config.prefs.queries.iter().map(|q| q.name.as_str()).collect();
    assert_eq!(names, ["RL", "y", "夜"]);
    assert_eq!(
        problems,
        [
            "config.toml:7: `query`: at 9: expected what to find after title:",
            "config.toml:8: this saved query has no `name`",
            "config.toml:11: this saved query has no `query`",
            "config.toml:16: unknown key `key`",
        ]
    );
    // What is shown of it can be read again, in both forms.
    let (again, problems) = parse(&config.to_toml());
    assert_eq!((&again.prefs.queries, problems), (&config.prefs.queries, Vec::new()));
    assert_eq!(config.to_json()["query"][2]["name"], "夜");
    let (_, problems) = parse("query = 'x'\n[zz]\n");
    assert!(problems[0].contains("write [[query]] above its keys"), "{problems:?}");
}

#[test]
fn what_is_odd_about_a_saved_query_is_named_and_it_counts() {
    let (config, problems) = parse(
        "[[query]]\nname = 'open'\nquery = 'a (b'\n[[query]]\nname = 'field'\nquery = 'autor:chen'\n\
         [[query]]\nname = 'open'\nquery = 'c'\n",
    );
    assert_eq!(
        problems,
        [
            "config.toml:3: `query`: at 3: ( is not closed yet",
            "config.toml:6: `query`: at 1: autor: is no field, looked for as text; did you mean author: ?",
            "config.toml:8: `name`: a saved query above has this name already: both are listed",
        ]
    );
    assert_eq!(config.prefs.queries.len(), 3);
}

#[test]
fn a_line_that_is_not_toml_costs_itself() {
    for broken in
        ["language =", "language = zh", "= 3", "[x", "repeats \"fold\"", "ascii = tru", "x = 'a", "]"]
    {
        let (config, problems) = parse(&format!("spacing = false\n{broken}\nadvance = false\n"));
        assert!(!config.prefs.spacing && !config.prefs.advance, "{broken}: {problems:?}");
        assert_eq!(problems.len(), 1, "{broken}: {problems:?}");
        assert!(problems[0].starts_with("config.toml:2: not TOML: "), "{broken}: {problems:?}");
        let rest = Config { prefs: config.prefs.clone(), ..Config::default() };
        assert_eq!(config, rest, "{broken}");
    }
}

#[test]
fn spans_are_read_and_written() {
    for (text, minutes, shown) in
        [("30m", 30, "30m"), ("2h", 120, "2h"), ("1d", 1440, "1d"), ("24 h", 1440, "1d"), ("90m", 90, "90m")]
    {
        let (config, problems) = parse(&format!("[[archive]]\npath = \"/a\"\nevery = \"{text}\""));
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(config.archives[0].every, Some(Duration::from_secs(minutes * 60)), "{text}");
        assert!(config.to_toml().ends_with(&format!("every = \"{shown}\"\n")), "{text}");
    }
    for text in ["0h", "h", "-1h", "2", "2s", "99999h", "1.5h", "１h"] {
        let (config, problems) = parse(&format!("[[archive]]\npath = \"/a\"\nevery = \"{text}\""));
        assert_eq!((config.archives.len(), config.archives[0].every, problems.len()), (1, None, 1), "{text}");
    }
}

#[test]
fn a_file_that_is_too_large_is_one_problem() {
    let (config, problems) = parse(&"ascii = true\n".repeat(6000));
    assert_eq!(config, Config::default());
    assert_eq!(problems, ["config.toml:1: this file is larger than 64 KiB"]);
}

/// Texts near enough to a configuration to reach every branch.
fn toml() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "language",
        "ascii",
        "archive",
        "path",
        "update",
        "every",
        "repeats_days",
        "categories",
        "=",
        " = ",
        "\n",
        "\n",
        "[[archive]]\n",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "\"",
        "'",
        "\"\"\"",
        "true",
        "12",
        "-1",
        "1e5",
        "\"zh\"",
        "\"~/x\"",
        "\"$HOME\"",
        "\"2h\"",
        ".",
        ",",
        "#",
        "\\u0000",
        "\u{0}",
        "\u{1b}",
        "中文",
        "1979-05-27",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(word, 0..40).prop_map(|words| words.concat()),]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_much(toml in toml()) {
        let env = |name: &str| (name == "HOME").then(|| OsString::from("/home/ada"));
        let (config, problems) = Config::parse(&toml, "config.toml", &env);
        let lines = 1 + toml.matches('\n').count();
        for problem in &problems {
            let line = problem.line.expect("a problem has a line") as usize;
            prop_assert!((1..=lines).contains(&line), "{problem}");
            prop_assert!(!problem.what.contains(char::is_control), "{problem:?}");
        }
        prop_assert!(problems.is_sorted_by_key(|p| p.line));
        prop_assert!(config.archives.iter().all(|a| a.path.is_absolute()));
    }

    #[test]
    fn one_bad_line_leaves_the_others(bad in "[^\\[\\]{}\"'\n\r]{0,20}") {
        let (config, _) = parse(&format!("spacing = false\n{bad}\nadvance = false\n"));
        prop_assert!(!config.prefs.advance, "{bad}");
        // The line may say something else of the first setting only by being a setting itself.
        prop_assert!(!config.prefs.spacing, "{bad}");
    }
}

#[test]
fn a_rule_that_cannot_be_used_is_named_and_left_out() {
    let one = "`keyword`, `author`, `category` or `query`";
    let table: [(&str, &str); 15] = [
        ("weight = 2", &format!("1: this rule has no {one}")),
        ("keyword = \"a\"\nauthor = \"b\"", &format!("1: a rule has one of {one}: write another [[rule]]")),
        ("keywrod = \"a\"", "2: this rule is not used: unknown key `keywrod`; did you mean `keyword`?"),
        ("keyword = []", "2: this rule is not used: `keyword`: it is empty"),
        ("keyword = [\"a\", \" \"]", "2: this rule is not used: `keyword`: ` `: it is empty"),
        ("keyword = 1", "2: this rule is not used: `keyword`: expected a text in quotes, or a list of them"),
        ("author = \"...\"", "2: this rule is not used: `author`: there is no name in it"),
        ("query = \"a (b\"", "2: this rule is not used: `query`: at 3: ( is not closed yet"),
        (
            "query = \"date:soon\"",
            "2: this rule is not used: `query`: at 6: expected after date: 2025 2025-04 2025-04-03 A..B today 7d 2w 3m 1y",
        ),
        (
            "query = \"autor:chen\"",
            "2: this rule is not used: `query`: at 1: autor: is no field, looked for as text; did you mean author: ?",
        ),
        (
            "query = \"a OR -is:read\"",
            "2: this rule is not used: `query`: a rule cannot ask for tag:, note:, has:note or is: (but is:failed): these are no part of a paper",
        ),
        (
            "query = \"a\"\nweight = 1.5",
            "3: this rule is not used: `weight`: expected a whole number from -1000 to 1000",
        ),
        (
            "query = \"a\"\nweight = 1001",
            "3: this rule is not used: `weight`: expected a whole number from -1000 to 1000",
        ),
        (
            "query = \"a\"\nmute = \"yes\"",
            "3: this rule is not used: `mute`: expected true or false, not the text `yes`",
        ),
        (
            "query = \"a\"\nmute = true\nweight = 3",
            "4: this rule is not used: a rule that mutes has no `weight`",
        ),
    ];
    for (keys, expected) in table {
        let (config, problems) = parse(&format!("[[rule]]\n{keys}\n[[rule]]\nkeyword = \"sound\"\n"));
        assert_eq!(problems, [format!("config.toml:{expected}")], "{keys}");
        assert_eq!(config.prefs.rules.len(), 1, "{keys}");
    }
    let (_, problems) = parse("rule = \"x\"");
    assert_eq!(problems, ["config.toml:1: a rule is a section of its own: write [[rule]] above its keys"]);
}

proptest! {
    /// Whatever stands in a rule, what is written is read as the same rule, in a file of others.
    #[test]
    fn a_written_rule_is_the_rule_that_is_read(
        kind in prop::sample::select(vec![Kind::Keyword, Kind::Author, Kind::Category]),
        texts in prop::collection::vec("\\PC*[a-z]|[\"'\\\\\n\r\t\u{0}\u{1b}\u{7f}\u{85}x]{1,8}x", 1..4),
        name in prop::option::of("\\PC{1,8}"),
        points in prop::option::of(-1000_i32..=1000),
    ) {
        let worth = points.map_or(Worth::Mute, Worth::Points);
        let rule = Rule { name, kind, any_of: texts, worth };
        let sound = rule.any_of.iter().all(|text| kind.fault(text).is_none());
        let toml = format!("ascii = true\n{}{}", config::rule_text(&rule), config::rule_text(&Rule::following("Ada")));
        let (config, problems) = parse(&toml);
        if sound {
            prop_assert_eq!(problems, Vec::<String>::new());
            prop_assert_eq!(&config.prefs.rules, &[rule, Rule::following("Ada")]);
        }
    }
}
