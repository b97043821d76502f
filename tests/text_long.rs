//! A line of a million characters: nothing that is done to a text takes more than time in step with its length.
//!
//! `cargo test --release --test text_long -- --ignored --nocapture` prints what each step takes at 100,000 and at
//! 1,000,000 characters; the suite goes through shorter ones.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use std::hint::black_box;
use std::time::Duration;

use app::{App, Setup};
use serde_json::json;
use wenzhai::state::{Msg, Size};
use wenzhai::text::{
    Form, accents, align, clean_body, clean_line, fit, fold, fold_text, full_punctuation, math, sentences,
    shown, spacing, title_head, typeset, width, wrap, wrap_text,
};

/// What a long line may be made of: each is a trap for a search that starts anew at every character.
const PIECES: [&str; 44] = [
    "a",
    "中",
    "$",
    "e\u{301}",
    "\u{301}",
    " ",
    "a ",
    "c-d/",
    "(",
    ")",
    "（",
    "中（",
    "👩\u{200d}",
    "🇨",
    "A. ",
    "一句。",
    "e.g. ",
    "...",
    "？」",
    "[1].",
    "$x$ ",
    "\\(",
    "\\'",
    "{",
    "^{",
    "“中”",
    "-",
    "——",
    "：",
    "://",
    "http://a ",
    "1.",
    "中,",
    "中a",
    "`",
    "क\u{94d}",
    "ภา",
    "\u{1100}",
    "한",
    "\u{600}",
    "\u{ad}",
    "ｶﾞ",
    "\u{fffd}",
    "\t",
];

/// The long lines of about `length` characters, each with a name.
fn lines(length: usize) -> Vec<(String, String)> {
    let repeated = |piece: &&str| (format!("{piece:?}"), piece.repeat(length / piece.chars().count()));
    let mut lines: Vec<(String, String)> = PIECES.iter().map(repeated).collect();
    let half = length / 2;
    lines.push(("nested ()".to_owned(), "(".repeat(half) + &")".repeat(half)));
    lines.push(("nested （中）".to_owned(), "（中".repeat(half / 2) + &"）".repeat(half)));
    lines.push(("one address".to_owned(), "https://a.b/".to_owned() + &"c".repeat(length)));
    lines.push(("one formula".to_owned(), format!("${}$", "x+".repeat(half))));
    lines.push(("one stack".to_owned(), "e".to_owned() + &"\u{301}".repeat(length)));
    lines.push(("one link".to_owned(), format!("\\href{{{}}}{{中}}", "c".repeat(length))));
    lines.push(("nested {}".to_owned(), "\\emph{".repeat(length / 7) + &"}".repeat(length / 7)));
    lines
}

/// The time this thread has been at work: the machine may have other work too.
fn worked() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(stat.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default())
}

/// Times below are not printed.
const WORTH_SAYING: Duration = Duration::from_millis(200);

/// What is done to texts, by its name.
type Step = (&'static str, fn(&str) -> usize);

const STEPS: [Step; 18] = [
    ("clean_line", |s| clean_line(s.to_owned()).len()),
    ("clean_body", |s| clean_body(s.to_owned()).len()),
    ("shown", |s| shown(s).text.len()),
    ("typeset", |s| typeset(s).len()),
    ("source", |s| Form::Source.of(s).len()),
    ("math", |s| math(s).len()),
    ("accents", |s| accents(s).len()),
    ("punctuation", |s| full_punctuation(s).len()),
    ("spacing", |s| spacing(s).len()),
    ("fold", |s| fold(s).text.len()),
    ("fold_text", |s| fold_text(s).len()),
    ("width", width),
    ("fit", |s| fit(s, 40).len() + title_head(s).map_or(0, str::len)),
    ("wrap 8", |s| wrap(s, 8).len()),
    ("wrap 72", |s| wrap_text(s, 72).len()),
    ("wrap 200", |s| wrap(s, 200).len()),
    ("sentences", |s| sentences(s).len()),
    ("align", |s| align(s, s).len() + align(s, "一句。").len()),
];

/// What a reader does with the paper it has opened, key by key.
const KEYS: &str = "l 0 1 2 3 4 5 G g g $ $ = G j / a Enter n N = 2 / 中 Enter n Esc h / a 中 Enter Esc ? q";

/// Opens a day of papers that are one line each in every field; gives the time of the slowest step and its name.
fn read(line: &str) -> (Duration, String) {
    let home = tempfile::tempdir().unwrap();
    let paper = json!({"id": "1", "title": line, "title_zh": line, "abstract_en": line, "abstract_zh": line,
        "summary": line, "takeaways": [line, line], "authors": [line], "comment": line, "categories": [line],
        "sections": [{"key": "method", "title": line, "text": line}], "keywords": [line],
        "links": {"abs": format!("https://a.b/{line}"), "other": [line]}});
    let day = json!({"schema": 1, "date": "2031-05-01", "category": "c", "papers": [paper]});
    std::fs::create_dir(home.path().join("2031-05-01")).unwrap();
    std::fs::write(home.path().join("2031-05-01/c.json"), day.to_string()).unwrap();
    let mut slowest = (Duration::ZERO, String::new());
    let mut time = |name: &str, begun: Duration| {
        slowest = slowest.clone().max((worked().saturating_sub(begun), name.to_owned()));
    };
    let begun = worked();
    let listing = wenzhai::archive::list(&[home.path().to_owned()]);
    let mut app = App::open(listing, Setup { size: (120, 36), ..Setup::default() });
    time("open", begun);
    assert_eq!(app.state.papers.rows.len(), 1);
    for key in KEYS.split(' ') {
        let begun = worked();
        app.keys(key);
        black_box(app.buffer());
        time(key, begun);
    }
    for (cols, rows) in [(200, 50), (20, 6), (80, 24)] {
        let begun = worked();
        app.send(Msg::Resize(Size { cols, rows })).keys("=");
        black_box(app.buffer());
        time("resize", begun);
    }
    slowest
}

#[test]
fn long_lines_are_set() {
    let length = if cfg!(debug_assertions) { 20_000 } else { 200_000 };
    for (_, line) in lines(length) {
        for (_, step) in STEPS {
            black_box(step(&line));
        }
    }
}

#[test]
fn long_lines_are_read() {
    for (_, line) in lines(if cfg!(debug_assertions) { 5_000 } else { 200_000 }) {
        read(&line);
    }
}

#[test]
#[ignore = "measures times; run it alone and with --release"]
fn time_grows_with_the_length() {
    let report = |what: String, [short, long]: [Duration; 2]| {
        let ratio = long.as_secs_f64() / short.as_secs_f64().max(1e-4);
        if long > WORTH_SAYING {
            println!("{what}: {long:?}, {ratio:.1} times that of a tenth");
        }
    };
    for ((name, short), (_, long)) in lines(100_000).iter().zip(&lines(1_000_000)) {
        for (step, run) in STEPS {
            let times = [short, long].map(|line| {
                let begun = worked();
                black_box(run(line));
                worked().saturating_sub(begun)
            });
            report(format!("{step} of {name}"), times);
        }
        let [(less, _), (more, slowest)] = [short, long].map(|line| read(line));
        report(format!("reading {name} ({slowest})"), [less, more]);
    }
}
