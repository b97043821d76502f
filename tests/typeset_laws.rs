//! Laws of typesetting: what holds for every text, hostile ones and real digests among them.

#[path = "support/corpus.rs"]
#[allow(dead_code, reason = "each test file uses its part of the corpus")]
mod corpus;

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use wenzhai::text::{
    accents, clean_body, full_punctuation, grapheme_width, graphemes, is_ambiguous, is_han, math, show,
    spacing, typeset, width, wrap,
};

/// What the three steps look for, and what may stand in their way.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "{", "}", "\\{", "\\}", "\\", "\\\\", "^", "_", "^{", "_{", "~",
    "`", "\\alpha", "\\phi", "\\times ", "\\leq", "\\sqrt{", "\\frac{1}{", "\\mathbb{R}", "\\mathcal{",
    "\\text{", "\\textbf{", "\\emph{", "\\href{https://a.b/c}{", "\\url{", "\\textcolor{red}{", "\\hat{",
    "\\log", "\\not", "\\left(", "\\right)", "\\'", "\\\"", "\\v{", "\\c{c}", "{\\o}", "\\o ", "{\\'e}",
    "{\\deg}", "{\\bf ", "\\%", "\\$", "\\&", "\\ ", "x", "n", "5", "10", "ab", " ", "  ", "\u{a0}", "-",
    "+", "=", "|", "(", ")", "（", "）", ",", ";", ":", "?", "!", ".", "，", "：", "中", "文字", "模型", "カ", "한",
    "%", "°", "https://a.b/c,d", "//", "\n", "é", "\u{301}", "\u{336}", "θ", "ℓ", "ᵣ", "²", "①",
    "👩\u{200d}🔬", "🇨🇳", "\u{200b}", "ｶﾞ", "\u{1100}", "\u{1161}", "１", "]",
];

/// Any text, thick with what the three steps look for.
fn source() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(PIECES);
    let piece = prop_oneof![12 => pieces.prop_map(str::to_owned), 1 => "\\PC{1,3}", 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn shown() -> impl Strategy<Value = String> {
    source().prop_map(|s| show(&clean_body(s)))
}

/// Letters of any alphabet of formulas, digits and Han as plain ones: what no step may lose.
fn substance(s: &str) -> String {
    wenzhai::text::fold_text(s).chars().filter(|c| is_han(*c) || c.is_ascii_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/typeset_laws.proptest-regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn each_step_is_done_once(text in shown()) {
        for step in [math, accents, full_punctuation, spacing] {
            let once = step(&text).into_owned();
            prop_assert_eq!(&*step(&once), once.as_str(), "{:?}", text);
        }
    }

    #[test]
    fn typeset_text_is_shown_text(text in source()) {
        let clean = clean_body(text);
        let set = typeset(&clean);
        prop_assert_eq!(show(&set), set.as_str());
        // No stack of marks has grown: what is clean stays so.
        let marks = set.trim_end().replace(char::is_whitespace, "x");
        prop_assert_eq!(clean_body(marks.clone()), marks);
        for (_, g) in graphemes(&set) {
            prop_assert!(grapheme_width(g) <= 2);
        }
    }

    /// Nothing that a terminal may draw in another width comes in that Unicode could do without.
    #[test]
    fn new_characters_have_one_cell(text in "[a-zA-Z0-9\\\\{}$^_ +=()|<>.,-]{0,40}") {
        for c in math(&text).chars().filter(|c| !c.is_ascii()) {
            prop_assert!(width(&format!("x{c}")) <= 2, "{}", c);
            prop_assert!(!is_ambiguous(c) || c < '\u{2600}', "{}", c);
        }
    }

    /// Of letters, digits and Han nothing is lost and nothing changes places, names of commands aside.
    #[test]
    fn nothing_is_lost(parts in prop::collection::vec(prop::sample::select(vec![
        ("GRPO", "grpo"), ("模型", "模型"), ("$x_1$", "x1"), ("$10^{-3}$", "103"), ("\\textbf{bold}", "bold"),
        ("(甲,乙)", "甲乙"), (", ", ""), ("$x_{i,j}$", "xij"), ("\\emph{在}", "在"), ("$\\mathbb{R}^n$", "rn"),
        ("G\\'abor", "gabor"), ("\\url{https://a.b} ", "httpsab"), ("\\$5 ", "5"), (" ", ""), ("a_{2}", "a2"), ("：", ""),
        ("$\\hat{y}-1$", "y1"), ("95%", "95"), ("$\\frac{a}{b}$", "ab"), ("\\%", ""),
    ]), 0..12)) {
        let (text, wanted): (String, String) = parts.iter().copied().unzip();
        let set = typeset(&text);
        prop_assert_eq!(substance(&set), wanted, "{:?} as {:?}", text, set);
    }

    /// Punctuation and spacing change neither letters nor the order of anything.
    #[test]
    fn marks_and_blanks_are_all_that_changes(text in shown()) {
        let ink = |s: &str| s.chars().filter(|c| *c != ' ').map(|c| match c {
            '，' => ',', '；' => ';', '：' => ':', '？' => '?', '！' => '!', '（' => '(', '）' => ')', c => c,
        }).collect::<String>();
        prop_assert_eq!(ink(&full_punctuation(&text)), ink(&text));
        prop_assert_eq!(ink(&spacing(&text)), ink(&text));
    }
}

/// Each is a trap for a search that starts anew at every character, or for a deep recursion.
#[test]
fn hostile_texts_take_one_pass() {
    for piece in [
        "$",
        "$$",
        "$x",
        "$ ",
        "$x ",
        "\\(",
        "\\[x",
        "{",
        "}",
        "{\\",
        "\\textbf{",
        "\\emph{x}",
        "^{",
        "x_{",
        "\\href{a}{",
        "\\url{",
        "$\\sqrt{",
        "\\\\",
        "\\'",
        "\\\"a",
        "`",
        "`$",
        "(",
        "中(",
        ")中",
        "（中)",
        "中,",
        "x^{2}",
        "$\\frac{",
        "\\(\\frac",
        "a$x$1",
        "\\$",
        "{\\o",
        "://",
        "$x$://",
    ] {
        let text = piece.repeat(1_000_000 / piece.len() / if cfg!(debug_assertions) { 4 } else { 1 });
        assert!(!typeset(&text).is_empty());
    }
    let deep = format!("{}x{}", "\\textbf{".repeat(100_000), "}".repeat(100_000));
    assert_eq!(math(&deep), "x");
    let deep = format!("${}x{}$", "{".repeat(400), "}".repeat(400));
    assert_eq!(math(&deep), deep);
}

/// The formulas between dollars that stand in `text`, as they are written there.
fn formulas(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('$').collect();
    parts
        .iter()
        .skip(1)
        .step_by(2)
        .filter(|p| parts.len() > 2 && !p.is_empty())
        .map(|p| format!("${p}$"))
        .collect()
}

#[test]
fn real_digests_are_typeset() {
    let Some(folder) = corpus::corpus() else { return };
    let texts = corpus::texts(&folder);
    let (mut all, mut left) = (0, Vec::new());
    for text in texts.iter().flat_map(|text| text.split("\n\n")) {
        let clean = clean_body(text.to_owned()).replace('\n', " ");
        let set = typeset(&clean);
        assert_eq!(show(&set), set);
        all += formulas(&clean).len();
        left.extend(formulas(&set));
        for formula in formulas(&clean) {
            println!("{formula}  =>  {}", math(&formula));
        }
    }
    println!("{} texts, {all} formulas, {} left: {left:#?}", texts.len(), left.len());
}

/// Formulas that lost their delimiters are as whole as those that have them.
#[test]
fn converted_formulas_stay_on_one_row() {
    for source in [
        r"$O(n \log n)$",
        r"$\Omega(k/h^2)$",
        r"$x \in \mathbb{R}^{n}$",
        r"$a - b$",
        r"$n-1$",
        r"$|\phi_r| \leq 1$",
        r"$f: X \to Y$",
        r"$P(A \mid B) = 0.5$",
        r"$(x, y, z)$",
        r"$\{1, \ldots, n\}$",
        r"$5.03\times 10^{-5}$",
        r"$\frac{a+b}{c}$",
        r"$\sqrt{n/k}$",
        r"$>70\%$",
        r"$\sum_{i=1}^n x_i$",
        r"$\langle x, y \rangle$",
        r"$\hat{y}-y$",
        r"$-1$",
        r"$\pm 3$",
        r"$\text{loss} = \text{low}$",
    ] {
        let formula = math(source).into_owned();
        assert_ne!(formula, source);
        for before in ["", "中文", "word ", "中文字，"] {
            let text = typeset(&format!("{before}{source}在这里"));
            let rows = wrap(&text, width(&formula));
            let is_whole =
                rows.into_iter().any(|row| text.get(row).is_some_and(|row| row.contains(&formula)));
            assert!(is_whole, "{formula} in {text}");
        }
    }
}
