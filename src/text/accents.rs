//! Letters with accents as LaTeX writes them.
//!
//! Owns `\'e`, `\"{o}`, `\v{c}`, `{\o}` and their kin. Hands over the letter and the bytes it was written in.
//! Never touches a formula.

use unicode_normalization::char::compose;

use super::symbols::name_letter;

/// Reads the accented letter that `rest` begins with (its first byte is a backslash) and the bytes it takes.
/// `is_loose` allows a sign and a bare letter: in a text with escaped quotation marks they mean nothing.
pub(super) fn accented(rest: &str, is_loose: bool) -> Option<(char, usize)> {
    let mut chars = rest.strip_prefix('\\')?.chars();
    let sign = chars.next()?;
    let mark = combining(sign)?;
    let tail = chars.as_str();
    let (base, length, is_braced) = base(tail)?;
    // A letter as accent needs its braces, else `\verb` and `\cite` would have one.
    if !is_braced && (sign.is_ascii_alphabetic() || !is_loose || !is_plausible(sign, base)) {
        return None;
    }
    Some((compose(base, mark)?, 1 + sign.len_utf8() + length))
}

/// Reads the letter without accent, such as `\o`, `\ss` and `\L`, that `rest` begins with, and the bytes it takes
/// with the blank or the empty group that ends its name.
pub(super) fn letter(rest: &str) -> Option<(char, usize)> {
    let tail = rest.strip_prefix('\\')?;
    let length = tail.bytes().take_while(u8::is_ascii_alphabetic).count();
    let letter = name_letter(tail.get(..length)?)?;
    let after = tail.get(length..)?;
    let end = if after.starts_with("{}") { 2 } else { usize::from(after.starts_with(' ')) };
    Some((letter, 1 + length + end))
}

/// Says whether `mark` stands in `s` where no letter follows, so that it is an escaped quotation mark.
pub(super) fn is_quotation(s: &str, mark: &str) -> bool {
    s.match_indices(mark).any(|(at, _)| {
        let after = s.get(at + mark.len()..).and_then(|rest| rest.chars().next());
        !after.is_some_and(|c| c.is_alphabetic() || c == '{' || c == '\\')
    })
}

fn combining(sign: char) -> Option<char> {
    Some(match sign {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        'u' => '\u{306}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        'r' => '\u{30a}',
        'H' => '\u{30b}',
        'v' => '\u{30c}',
        'd' => '\u{323}',
        'c' => '\u{327}',
        'k' => '\u{328}',
        _ => return None,
    })
}

/// The letter under the accent, the bytes it takes, and whether it stands in braces.
fn base(tail: &str) -> Option<(char, usize, bool)> {
    if let Some(inner) = tail.strip_prefix('{') {
        let (base, length, _) = base(inner).filter(|(_, _, is_braced)| !is_braced)?;
        return inner.get(length..)?.starts_with('}').then_some((base, length + 2, true));
    }
    // An accent takes the dot's place: the letter without a dot is what Unicode has as `i` with an accent.
    for (name, letter) in [("\\i", 'i'), ("\\j", 'j')] {
        if let Some(after) = tail.strip_prefix(name) {
            return (!after.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((letter, 2, false));
        }
    }
    let letter = tail.chars().next().filter(char::is_ascii_alphabetic)?;
    Some((letter, 1, false))
}

/// Pairs of sign and letter that names have; others are more likely an escape in code or in a regular expression.
fn is_plausible(sign: char, letter: char) -> bool {
    let letters = match sign {
        '\'' => "aeiouycnszlrAEIOUYCNSZLR",
        '`' => "aeiouAEIOU",
        '^' => "aeiouwyAEIOUWY",
        '"' => "aeiouyAEIOUY",
        '~' => "anoANO",
        '=' => "aeiouAEIOU",
        '.' => "zZI",
        _ => "",
    };
    letters.contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents() {
        for (text, expected) in [
            ("\\'abor", Some(('á', 3))),
            ("\\\"{o}m", Some(('ö', 5))),
            ("\\v{c}", Some(('č', 5))),
            ("\\c{c}a", Some(('ç', 5))),
            ("\\'{\\i}n", Some(('í', 6))),
            ("\\'\\in", None),
            ("\\v{q}", None),
            ("\\verb", None),
            ("\\c c", None),
            ("\\.c", None),
            ("\\H{o}", Some(('ő', 5))),
            ("\\k{e}", Some(('ę', 5))),
            ("\\'{", None),
            ("\\'", None),
            ("\\", None),
        ] {
            assert_eq!(accented(text, true), expected, "{text}");
        }
        assert_eq!(accented("\\\"o", false), None);
        assert_eq!(letter("\\o ren"), Some(('ø', 3)));
        assert_eq!(letter("\\L{}od"), Some(('Ł', 4)));
        assert_eq!(letter("\\omega"), None);
        assert!(is_quotation("the \\\"best\\\", they say", "\\\"") && !is_quotation("J\\\"urgen", "\\\""));
    }
}
