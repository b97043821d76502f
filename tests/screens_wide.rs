//! Whole screens on a terminal that draws ambiguous characters two cells wide, and what holds for each of them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup, rows};
use insta::assert_snapshot;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use wenzhai::catalogue::Lang;
use wenzhai::model::Listing;
use wenzhai::state::Looks;
use wenzhai::text::{Glyphs, clean_line, fit, is_ambiguous, show, width, wrap};

const WIDE: Glyphs = Glyphs { is_wide: true, is_ascii: false };

/// Chinese and English in which every row has something ambiguous.
const PAPERS: [&str; 3] = [
    r#"{"id":"2506.00001","arxiv":{"id":"2506.00001","version":1},"title":"“Greek”: α–β pruning — revisited… with naïve Erdős–Rényi graphs and ±ε bounds",
    "title_zh":"“希腊”：α–β 剪枝——再探……","authors":["Søren Ångström","Zoë Müller","Пётр Иванов"],"comment":"NeurIPS 2024",
    "links":{"code":"https://github.com/x/y"},
    "abstract_en":"We prove “a ≤ b” for ∀ε → 0 — and a “gap” of ±3 °C… The rate is α × β · γ. “Why?” — “Because.”",
    "abstract_zh":"本文证明“甲≤乙”——对任意的ε→0都成立……速率为α×β·γ。作者问：“为什么？”答：“因为。”第①步与第②步的误差为±3℃。",
    "takeaways":["“剪枝”提出α–β方法——快3×……","第①步→第②步：误差±3℃，Я与Ω不变。"]}"#,
    r#"{"id":"2506.00002","title":"A “Study” of Plain Things","authors":["A B","C D"],"takeaways":["首个“平凡”研究——没有意外……也没有§。"]}"#,
    r#"{"id":"2506.00003","title":"Плоские графы · μ–ν","authors":["Иван Петров","Мария Кюри"],"abstract_en":"Плоский граф — это граф…"}"#,
];

fn listing(papers: &[&str]) -> (tempfile::TempDir, Listing) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("2025-06-01")).unwrap();
    let papers = papers.join(",");
    let digest = format!(r#"{{"schema":1,"date":"2025-06-01","category":"cs.AI","papers":[{papers}]}}"#);
    std::fs::write(folder.path().join("2025-06-01/cs.AI.json"), digest).unwrap();
    let listing = wenzhai::archive::list(&[folder.path().to_owned()]);
    (folder, listing)
}

fn open(papers: &[&str], size: (u16, u16), lang: Lang, glyphs: Glyphs) -> App {
    let (_folder, listing) = listing(papers);
    let looks = Looks { glyphs, ..Looks::default() };
    App::open(listing, Setup { lang, size, looks, ..Setup::default() })
}

/// Fails unless each row takes the whole width, reckoned on its own, and nothing hangs over its end.
fn assert_rows_fill(buffer: &Buffer) {
    let _measure = WIDE.measure();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let cells = symbol
                .chars()
                .map(|c| if is_ambiguous(c) { 2 } else { width(&c.to_string()) })
                .sum::<usize>();
            assert!(cells <= 2, "{symbol:?}");
            x += cells.max(1) as u16;
        }
        assert_eq!(x, buffer.area.width, "row {y}: {:?}", rows(buffer));
    }
}

#[test]
fn chinese_and_english_at_80x24() {
    assert_snapshot!("wide_list_80", open(&PAPERS, (80, 24), Lang::Zh, WIDE).screen());
    assert_snapshot!("wide_detail_80", open(&PAPERS, (80, 24), Lang::Zh, WIDE).keys("Enter 0").screen());
    assert_snapshot!("wide_english_80", open(&PAPERS, (80, 24), Lang::En, WIDE).keys("Enter =").screen());
}

#[test]
fn chinese_and_english_at_120x36() {
    assert_snapshot!("wide_list_120", open(&PAPERS, (120, 36), Lang::Zh, WIDE).keys("b 0").screen());
    assert_snapshot!("wide_bilingual_120", open(&PAPERS, (120, 36), Lang::Zh, WIDE).keys("Enter =").screen());
    assert_snapshot!("wide_help_120", open(&PAPERS, (120, 36), Lang::En, WIDE).keys("?").screen());
}

#[test]
fn borders_and_right_hand_columns_stay_put() {
    for cols in (60..140).step_by(3) {
        for keys in ["", "0", "1", "b w d", "Enter =", "/ type:α“", "$", "-", "h"] {
            let mut app = open(&PAPERS, (cols, 30), Lang::Zh, WIDE);
            let (buffer, cursor) = app.keys(keys).buffer();
            assert_rows_fill(&buffer);
            assert!(cursor.is_none_or(|c| c.x < cols));
            let regions = app.state.regions();
            for x in regions.rules.into_iter().flatten() {
                assert!(
                    (1..regions.status.y).all(|y| buffer[(x, y)].symbol() == "|"),
                    "{cols} {keys}: a hole at {x}"
                );
            }
            app.keys("Esc Esc ?");
            let (buffer, _) = app.buffer();
            assert_rows_fill(&buffer);
            let left = (0..cols).find(|x| buffer[(*x, 1)].symbol() == "+").unwrap();
            let right = (0..cols).rev().find(|x| buffer[(*x, 1)].symbol() == "+").unwrap();
            assert!((2..28).all(|y| [left, right].iter().all(|x| buffer[(*x, y)].symbol() == "|")), "{cols}");
        }
    }
}

#[test]
fn only_texts_are_ambiguous() {
    let plain = r#"{"id":"1","title":"Plain: a title that is far too long for its row, whatever the terminal, so it is cut at the end of the row",
        "authors":["Ann Able","Bob Baker"],"abstract_en":"Plain text.","comment":"ICML 2024","keywords":["a","b"],"takeaways":["One.","Two."]}"#;
    for glyphs in [WIDE, Glyphs { is_wide: false, is_ascii: true }] {
        for size in [(80, 24), (120, 36), (200, 50)] {
            for keys in ["", "b w", "Enter 3", "5", "h", "?", "g l", "d d u", "b / type:plain", "Z", "-"] {
                let mut app = open(&[plain], size, Lang::En, glyphs);
                let screen = app.keys(keys).screen();
                let ours: String = screen.chars().filter(|c| is_ambiguous(*c)).collect();
                assert_eq!(ours, "", "{size:?} {keys}\n{screen}");
            }
        }
    }
    let app = open(&[plain], (80, 24), Lang::En, WIDE);
    assert!(app.screen().contains("..."), "{}", app.screen());
}

#[test]
fn texts_are_the_same_in_every_mode() {
    let text = |glyphs| {
        let mut app = open(&PAPERS, (200, 50), Lang::Zh, glyphs);
        let screen = app.keys("0").screen();
        ["剪枝", "α", "Пётр", "为什么"].map(|part| screen.contains(part))
    };
    let ascii = Glyphs { is_wide: false, is_ascii: true };
    assert_eq!([text(Glyphs::default()), text(ascii), text(WIDE)], [[true; 4]; 3]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn rows_and_cuts_keep_to_their_cells(
        text in "([一-丁]|[a-c ]|[α-γЯж]|[“”‘’…—·①±→│é]|[\u{301}\u{fffd}\u{e000}]|https://a/b-c|\\$x\\$){0,60}", cells in 0usize..40, is_wide: bool
    ) {
        let text = show(&clean_line(text));
        let _measure = Glyphs { is_wide, is_ascii: false }.measure();
        prop_assert!(width(&fit(&text, cells)) <= cells);
        let mut end = 0;
        for row in wrap(&text, cells) {
            prop_assert!(text.get(end..row.start).unwrap().chars().all(|c| c == ' '));
            end = row.end;
            let row = text.get(row).unwrap();
            let is_lone = wenzhai::text::graphemes(row).count() <= 1;
            prop_assert!(width(row) <= cells || is_lone, "{row:?}");
        }
        prop_assert!(text.get(end..).unwrap().chars().all(|c| c == ' '));
    }
}
