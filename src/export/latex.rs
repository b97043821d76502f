use crate::text;

/// Bytes of the longest formula that stays one.
const FORMULA: usize = 200;

/// Writes a text for LaTeX in one line: every character that LaTeX acts on stands for itself, accents become letters.
/// Formulas stay formulas where the reader itself understands all of them; a command that nobody knows is text.
/// Braces always pair, as BibTeX counts them whatever stands before. O(length).
pub(super) fn latex(source: &str) -> String {
    set(source, false)
}

/// The same for a title, with braces around words that a style must not put in lower case, and around formulas.
pub(super) fn latex_title(source: &str) -> String {
    set(source, true)
}

fn set(source: &str, is_title: bool) -> String {
    let line = super::one_line(source);
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    loop {
        let (before, from) = rest.split_at_checked(next_dollar(rest)).unwrap_or((rest, ""));
        words(&text::accents(before), is_title, &mut out);
        if from.is_empty() {
            return out;
        }
        let length = formula(from);
        let (span, after) = from.split_at_checked(length.unwrap_or(1)).unwrap_or((from, ""));
        match (length, is_title) {
            (None, _) => out.push_str("\\$"),
            (Some(_), true) => out.extend(["{", span, "}"]),
            (Some(_), false) => out.push_str(span),
        }
        rest = after;
    }
}

/// Where the next `$` is that no backslash stands before.
fn next_dollar(text: &str) -> usize {
    let is_bare = |at: &usize| !text.get(..*at).is_some_and(|before| before.ends_with('\\'));
    memchr::memchr_iter(b'$', text.as_bytes()).find(is_bare).unwrap_or(text.len())
}

/// The bytes of the formula that `text` begins with; none where it is none, or does more than set maths.
fn formula(text: &str) -> Option<usize> {
    let close = text.bytes().skip(1).take(FORMULA).position(|b| b == b'$')?;
    let span = text.get(..close + 2)?;
    let is_plain = |b: u8| (b.is_ascii_graphic() || b == b' ') && !b"%#&~\"@".contains(&b);
    let mut depth = 0_i32;
    let is_paired = span.bytes().all(|b| {
        depth += i32::from(b == b'{') - i32::from(b == b'}');
        depth >= 0
    });
    // TeX reads `^^5c` as a backslash, and of an address only the brackets are looked at.
    let is_odd = ["\\{", "\\}", "^^", "\\href", "\\url"].iter().any(|odd| span.contains(odd));
    if !span.bytes().all(is_plain) || !is_paired || depth != 0 || is_odd {
        return None;
    }
    let set = text::math(span);
    (set != span && !set.contains(['$', '\\', '{', '}'])).then_some(close + 2)
}

/// Escapes a stretch without formulas, word by word.
fn words(text: &str, is_title: bool, out: &mut String) {
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end_matches(' ');
        let is_kept = is_title && bare.chars().skip(1).any(char::is_uppercase);
        if is_kept {
            out.push('{');
        }
        escape(bare, out);
        if is_kept {
            out.push('}');
        }
        out.push_str(word.get(bare.len()..).unwrap_or_default());
    }
}

fn escape(word: &str, out: &mut String) {
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        // The source was LaTeX: `\&` is an ampersand.
        let c = if c == '\\' { chars.next_if(|n| "&%$#_{}".contains(*n)).unwrap_or(c) } else { c };
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '\\' => out.push_str("{\\textbackslash}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_latex_acts_on_stands_for_itself() {
        for (source, want) in [
            ("100% of R&D_1 costs $5 #1", r"100\% of R\&D\_1 costs \$5 \#1"),
            (r"a \& b \% c", r"a \& b \% c"),
            ("{x}", r"{\textbraceleft}x{\textbraceright}"),
            (r"\input{/etc/passwd}", r"{\textbackslash}input{\textbraceleft}/etc/passwd{\textbraceright}"),
            ("~^", r"{\textasciitilde}{\textasciicircum}"),
            ("line\nend", "line end"),
            (r#"Schr\"odinger and K{\o}benhavn"#, "Schrödinger and København"),
            (r"the $\alpha$-law", r"the $\alpha$-law"),
            (r"$O(n^2)$ time", r"$O(n^2)$ time"),
            (r"$\input{x}$", r"\${\textbackslash}input{\textbraceleft}x{\textbraceright}\$"),
            (
                r"$\href{http://a.b}{x^^5cinput e }$",
                r"\${\textbackslash}href{\textbraceleft}http://a.b{\textbraceright}{\textbraceleft}x{\textasciicircum}{\textasciicircum}5cinput e {\textbraceright}\$",
            ),
            (r"$\url{y}$", r"\${\textbackslash}url{\textbraceleft}y{\textbraceright}\$"),
            (r"$x%$ y", r"\$x\%\$ y"),
            (r"\$5 and \$6", r"\$5 and \$6"),
            ("$", r"\$"),
            ("中文，100%", "中文，100\\%"),
        ] {
            assert_eq!(latex(source), want, "{source}");
        }
    }

    #[test]
    fn a_title_keeps_its_capitals() {
        for (source, want) in [
            ("Spatial-MLLM: Boosting MLLM Tools", "{Spatial-MLLM:} Boosting {MLLM} Tools"),
            (r"$\phi$-Mixing of GPT", r"{$\phi$}{-Mixing} of {GPT}"),
            ("Attention Is All", "Attention Is All"),
            ("纸船 ABC", "纸船 {ABC}"),
        ] {
            assert_eq!(latex_title(source), want, "{source}");
        }
    }
}
