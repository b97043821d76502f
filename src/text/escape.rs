//! Escape sequences of ECMA-48, found so that they can be taken out whole.
//!
//! Owns the grammar: CSI, OSC, DCS, APC, PM and SOS, in 7-bit and C1 form, and the short ones. Hands over a
//! length in bytes. Never decides what stands in their place.

/// Says whether `c` begins a new line in any convention (UAX #14 BK, CR, LF and NL without VT and FF).
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Measures the escape sequence that `text` begins with, in bytes; `None` if it begins with none. A string
/// (OSC and its kin) reaches to its terminator (ST, or BEL), or without one to the end of its line.
pub(super) fn sequence(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let opener = chars.next()?;
    let rest = chars.as_str();
    let payload = match opener {
        '\u{9b}' => control_sequence(rest),
        '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => control_string(rest),
        '\u{1b}' => match rest.chars().next() {
            Some('[') => 1 + control_sequence(rest.get(1..)?),
            Some('P' | 'X' | ']' | '^' | '_') => 1 + control_string(rest.get(1..)?),
            _ => short_sequence(rest),
        },
        _ => return None,
    };
    Some(opener.len_utf8() + payload)
}

/// Parameters, intermediates, one final byte. What is malformed ends before its first foreign character.
fn control_sequence(text: &str) -> usize {
    let parameters = run(text, 0, |b| matches!(b, 0x30..=0x3f));
    let intermediates = run(text, parameters, |b| matches!(b, 0x20..=0x2f));
    final_byte(text, intermediates, |b| matches!(b, 0x40..=0x7e))
}

/// Intermediates and one final byte: `ESC c`, `ESC ( B`.
fn short_sequence(text: &str) -> usize {
    let intermediates = run(text, 0, |b| matches!(b, 0x20..=0x2f));
    final_byte(text, intermediates, |b| matches!(b, 0x30..=0x7e))
}

fn run(text: &str, from: usize, is_member: fn(u8) -> bool) -> usize {
    from + text.bytes().skip(from).take_while(|&b| is_member(b)).count()
}

fn final_byte(text: &str, at: usize, is_final: fn(u8) -> bool) -> usize {
    at + usize::from(text.as_bytes().get(at).is_some_and(|&b| is_final(b)))
}

fn control_string(text: &str) -> usize {
    for (at, c) in text.char_indices() {
        match c {
            '\u{7}' | '\u{9c}' => return at + c.len_utf8(),
            '\u{1b}' if text.get(at + 1..).is_some_and(|rest| rest.starts_with('\\')) => return at + 2,
            // Another sequence, or CAN and SUB, breaks a string off.
            '\u{1b}' | '\u{18}' | '\u{1a}' => return at,
            _ if is_line_end(c) => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_end_where_terminals_end_them() {
        for (text, expected) in [
            ("plain", None),
            ("\u{1b}", Some("\u{1b}")),
            ("\u{1b}中", Some("\u{1b}")),
            ("\u{1b}cX", Some("\u{1b}c")),
            ("\u{1b}(BX", Some("\u{1b}(B")),
            ("\u{1b}[31mX", Some("\u{1b}[31m")),
            ("\u{1b}[?25 pX", Some("\u{1b}[?25 p")),
            ("\u{1b}[31中", Some("\u{1b}[31")),
            ("\u{9b}2JX", Some("\u{9b}2J")),
            ("\u{1b}]0;t\u{7}X", Some("\u{1b}]0;t\u{7}")),
            ("\u{1b}]0;t\u{1b}\\X", Some("\u{1b}]0;t\u{1b}\\")),
            ("\u{9d}0;t\u{9c}X", Some("\u{9d}0;t\u{9c}")),
            ("\u{1b}]0;t", Some("\u{1b}]0;t")),
            ("\u{1b}]0;t\nX", Some("\u{1b}]0;t")),
            ("\u{1b}]0;t\u{1b}[mX", Some("\u{1b}]0;t")),
            ("\u{1b}P1;2q#0\u{1b}\\X", Some("\u{1b}P1;2q#0\u{1b}\\")),
            ("\u{1b}_Ga=q\u{1b}\\X", Some("\u{1b}_Ga=q\u{1b}\\")),
            ("\u{9f}x\u{85}X", Some("\u{9f}x")),
        ] {
            assert_eq!(sequence(text).and_then(|n| text.get(..n)), expected, "{text:?}");
        }
    }
}
