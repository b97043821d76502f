//! Laws of the text layer: what holds for every text.

use std::collections::HashSet;
use std::ops::Range;

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use wenzhai::text::{
    clean_body, clean_line, fit, fold, fold_text, grapheme_width, graphemes, show, shown, width, wrap,
    wrap_text,
};

/// What no row starts and ends with (TERMINAL T8, T9), written down apart from the code under test.
const NEVER_STARTS: &str = "。，、；：？！）】」』》〉〕”’…％·～々ーッャュョァィゥェォ,.;:!?)]}%-";
const NEVER_ENDS: &str = "（【「『《〈〔“‘([{";

/// Any text at all, thick with what goes wrong: see each piece.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "中文",
        "字，",
        "。",
        "（",
        "）",
        "“",
        "”",
        "——",
        "……",
        "·",
        "～",
        "カッター",
        "한국어",
        "１２．５％",
        "　",
        "a",
        "word ",
        "C++",
        "3.14",
        "well-known",
        " ",
        "   ",
        "\n",
        "\n\n",
        "\t",
        "\r\n",
        "\r",
        "$x + y$",
        "\\(z\\)",
        "https://a.b/c-d_e?f=g&h#i",
        "e\u{301}",
        "\u{301}",
        "\u{20d7}",
        "か\u{3099}",
        "x\u{336}\u{336}\u{336}\u{336}\u{336}",
        "\u{200d}",
        "\u{200b}",
        "\u{fe0f}",
        "\u{20e3}",
        "\u{ad}",
        "\u{3164}",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        "ｶﾞ",
        "ﾊﾟ",
        "ﾞ",
        "👍\u{1f3fd}",
        "👩\u{200d}🔬",
        "❤\u{fe0f}\u{200d}🔥",
        "🇨🇳",
        "🇨",
        "🏴\u{e0067}\u{e007f}",
        "🫩",
        "𱍐",
        "葛\u{e0100}",
        "क्षि",
        "กำ",
        "\u{0600}",
        "\u{1100}",
        "\u{1161}",
        "\u{17d8}",
        "\u{fffe}",
        "\u{fdd0}",
        "\u{fff9}",
        "\u{1b}[31m",
        "\u{1b}]0;t\u{7}",
        "\u{1b}]8;;x",
        "\u{1b}P q\u{1b}\\",
        "\u{1b}",
        "\u{9b}2J",
        "\u{9d}x\u{9c}",
        "\u{7}",
        "\u{0}",
        "\u{7f}",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "\u{61c}",
    ]);
    let piece = prop_oneof![8 => pieces.prop_map(str::to_owned), 1 => "\\PC{1,4}", 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Text for the screen, on one line.
fn paragraph() -> impl Strategy<Value = String> {
    nasty().prop_map(|text| show(&clean_line(text)))
}

/// Sentences as a Chinese digest has them.
fn chinese() -> impl Strategy<Value = String> {
    let plain = "[一-龥]{2,12}";
    let phrase = prop_oneof![
        6 => plain.prop_map(String::from),
        1 => plain.prop_map(|s| format!("“{s}”")),
        1 => plain.prop_map(|s| format!("（“{s}”）")),
        1 => plain.prop_map(|s| format!("《{s}》（{s}）")),
        1 => "[A-Za-z]{1,14}",
        1 => "[A-Z][a-z]{2,7} [0-9]{1,2}\\.[0-9]%",
        1 => "[０-９]{1,3}．[０-９]％",
        1 => prop::sample::select(vec!["即——", "等等……", "约翰·史密斯", "C++", "三～五个", "时时刻刻、人々"]).prop_map(String::from),
    ];
    let stop = prop::sample::select(vec!["", "", "，", "。", "、", "；", "：", "？", "！", ", ", ". "]);
    prop::collection::vec((phrase, stop), 1..24)
        .prop_map(|parts| parts.into_iter().map(|(phrase, stop)| phrase + stop).collect())
}

fn is_forbidden_in_clean(c: char) -> bool {
    let is_bidi =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_nonchar = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}') || is_bidi || is_nonchar
}

fn is_forbidden_in_shown(c: char) -> bool {
    is_forbidden_in_clean(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{180b}'..='\u{180f}')
        || matches!(c, '\u{3164}' | '\u{ffa0}' | '\u{115f}' | '\u{1160}' | '\u{fff9}'..='\u{fffb}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{e0000}'..='\u{e0fff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}' | '\u{ff61}'..='\u{ff9f}')
}

/// The bytes of `text` in `range`, which is on character boundaries or the law is broken.
fn part(text: &str, range: Range<usize>) -> &str {
    assert!(text.get(range.clone()).is_some(), "{range:?} is no part of {text:?}");
    text.get(range).unwrap_or_default()
}

fn assert_lawful(text: &str, rows: &[Range<usize>], cells: usize) {
    let starts: Vec<usize> = graphemes(text).map(|(at, _)| at).chain([text.len()]).collect();
    let mut at = 0;
    for row in rows {
        let (gap, line) = (part(text, at..row.start), part(text, row.clone()));
        assert!(gap.bytes().all(|b| b == b' '), "{gap:?} is lost before {line:?} at {cells}");
        assert!(
            starts.binary_search(&row.start).is_ok() && starts.binary_search(&row.end).is_ok(),
            "{line:?} splits a grapheme"
        );
        assert!(width(line) <= cells || graphemes(line).count() == 1, "{line:?} is over {cells} cells");
        at = row.end;
    }
    assert!(part(text, at..text.len()).bytes().all(|b| b == b' '));
    assert!(!rows.is_empty());
}

/// Counts the row ends of one paragraph that break the rules: those that had another place to break, and
/// those that had none.
fn broken_row_ends(text: &str, rows: &[Range<usize>]) -> (usize, usize) {
    let is_broken = |before: &str, after: &str| {
        after.starts_with(|c| NEVER_STARTS.contains(c))
            // Not always the first: U+0600 stands before the character that it is part of.
            || before.contains(|c| NEVER_ENDS.contains(c))
            || (before.starts_with('—') && after.starts_with('—'))
    };
    let (mut avoidable, mut forced) = (0, 0);
    for (row, next) in rows.iter().zip(rows.iter().skip(1)) {
        let inked: Vec<&str> = graphemes(part(text, row.start..next.end))
            .take_while(|&(at, _)| row.start + at <= next.start)
            .map(|(_, g)| g)
            .filter(|&g| g != " ")
            .collect();
        let mut gaps =
            inked.iter().zip(inked.iter().skip(1)).map(|(before, after)| is_broken(before, after)).rev();
        if gaps.next() == Some(true) {
            if gaps.all(|broken| broken) { forced += 1 } else { avoidable += 1 }
        }
    }
    (avoidable, forced)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/text_laws.proptest-regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn clean_text_is_clean_and_stays_so(text in nasty()) {
        for (clean, again) in [
            (clean_line(text.clone()), clean_line as fn(String) -> String),
            (clean_body(text), clean_body),
        ] {
            prop_assert!(!clean.contains(is_forbidden_in_clean), "{clean:?}");
            prop_assert_eq!(again(clean.clone()), clean);
        }
    }

    #[test]
    fn shown_text_is_shown_and_stays_so(text in nasty()) {
        let clean = clean_body(text);
        let folded = shown(&clean);
        prop_assert!(!folded.text.contains(is_forbidden_in_shown), "{folded:?}");
        prop_assert!(folded.folded <= clean.chars().count());
        let again = shown(&folded.text);
        prop_assert_eq!((again.text.as_str(), again.folded), (folded.text.as_str(), 0));
        let lone = folded.text.graphemes(true).find(|g| g.chars().count() == 1 && g.starts_with(|c| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)));
        prop_assert_eq!(lone, None);
    }

    /// Half-width voicing marks, where ratatui-core 0.1.2 adds a cell of its own, do not occur in shown text.
    #[test]
    fn width_is_what_the_buffer_advances(text in paragraph()) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 600, 1));
        let (x, _) = buffer.set_stringn(0, 0, &text, usize::MAX, Style::new());
        prop_assert_eq!(width(&text), usize::from(x));
        for (_, g) in graphemes(&text) {
            prop_assert_eq!(grapheme_width(g), usize::from(g.cell_width()), "{:?}", g);
        }
    }

    #[test]
    fn rows_are_lawful(text in paragraph(), cells in 0_usize..40) {
        assert_lawful(&text, &wrap(&text, cells), cells);
    }

    #[test]
    fn rows_of_lines_are_the_rows_of_the_text(text in nasty(), cells in 0_usize..40) {
        let text = show(&clean_body(text));
        let rows: Vec<&str> = wrap_text(&text, cells).into_iter().map(|row| text.get(row).unwrap()).collect();
        let lines: Vec<&str> = text.split('\n')
            .flat_map(|line| wrap(line, cells).into_iter().map(|row| line.get(row).unwrap()))
            .collect();
        prop_assert_eq!(rows, lines);
    }

    #[test]
    fn chinese_rows_keep_the_rules(text in chinese(), cells in 8_usize..80) {
        let rows = wrap(&text, cells);
        assert_lawful(&text, &rows, cells);
        prop_assert_eq!(broken_row_ends(&text, &rows), (0, 0), "{:?}", rows.iter().map(|row| text.get(row.clone())).collect::<Vec<_>>());
    }

    #[test]
    fn rules_are_broken_only_where_no_row_could_keep_them(text in paragraph(), cells in 8_usize..40) {
        prop_assert_eq!(broken_row_ends(&text, &wrap(&text, cells)).0, 0);
    }

    #[test]
    fn fitted_text_is_a_head_of_the_text(text in paragraph(), cells in 0_usize..30) {
        let fitted = fit(&text, cells);
        prop_assert!(width(&fitted) <= cells);
        if width(&text) <= cells && cells > 0 {
            prop_assert_eq!(&*fitted, &text);
        } else if cells > 0 {
            prop_assert!(text.starts_with(fitted.strip_suffix('…').unwrap()));
        }
    }

    #[test]
    fn hits_lie_on_whole_graphemes(text in nasty(), indices in prop::collection::vec(0_usize..60, 0..12)) {
        let text = clean_line(text);
        let folded = fold(&text);
        prop_assert_eq!(&folded.text, &fold_text(&text));
        let mut bounds: HashSet<usize> = graphemes(&text).map(|(at, _)| at).collect();
        bounds.insert(text.len());
        let ranges = folded.original_ranges(&indices);
        prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
        prop_assert!(ranges.iter().all(|r| r.start < r.end && bounds.contains(&r.start) && bounds.contains(&r.end)));
    }
}
