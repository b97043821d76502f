//! Keys typed before crossterm listens.
//!
//! Owns the little of a terminal's encoding that fingers send in the first moments: characters, control characters,
//! Alt, arrows and their neighbours. Hands over keys; a sequence it does not know types nothing. Pastes are not told
//! from keys, as the terminal marks them only once asked to.

use crate::keymap::{Key, Named};

/// What xterm sends for keys without a character, after CSI or SS3 (ECMA-48, 5.4, and DEC's application mode).
const SEQUENCES: [(&str, Named); 14] = [
    ("A", Named::Up),
    ("B", Named::Down),
    ("C", Named::Right),
    ("D", Named::Left),
    ("H", Named::Home),
    ("F", Named::End),
    ("1~", Named::Home),
    ("2~", Named::Insert),
    ("3~", Named::Delete),
    ("4~", Named::End),
    ("5~", Named::PgUp),
    ("6~", Named::PgDn),
    ("7~", Named::Home),
    ("8~", Named::End),
];

/// Reads the keys in `bytes`. What is not UTF-8 is passed over.
pub(super) fn keys(bytes: &[u8]) -> Vec<Key> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.as_ref();
    let mut keys = Vec::new();
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match (c, after.chars().next()) {
            ('\x1b', Some('[' | 'O')) => {
                let after = after.get(1..).unwrap_or_default();
                let end = after.find(|c: char| ('@'..='~').contains(&c)).map_or(after.len(), |at| at + 1);
                let (sequence, left) = after.split_at_checked(end).unwrap_or((after, ""));
                if sequence == "Z" {
                    keys.push(Key::named(Named::Tab).with_shift());
                }
                let name = SEQUENCES.iter().find(|(s, _)| *s == sequence);
                keys.extend(name.map(|(_, name)| Key::named(*name)));
                left
            }
            ('\x1b', Some(next)) if next != '\x1b' => {
                keys.extend(single(next).map(Key::with_alt));
                after.get(next.len_utf8()..).unwrap_or_default()
            }
            _ => {
                keys.extend(single(c));
                after
            }
        };
    }
    keys
}

fn single(c: char) -> Option<Key> {
    Some(match c {
        '\r' => Key::named(Named::Enter),
        '\t' => Key::named(Named::Tab),
        '\x1b' => Key::named(Named::Esc),
        '\x7f' => Key::named(Named::Backspace),
        '\0' => Key::ctrl(' '),
        '\x01'..='\x1f' => Key::ctrl(char::from_u32(u32::from(c) | 0x40)?),
        '\u{80}'..='\u{9f}' | '\u{fffd}' => return None,
        _ => Key::char(c),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_the_keys_crossterm_would_read() {
        for (bytes, want) in [
            (&b"jjG"[..], "j j G"),
            ("中é".as_bytes(), "中 é"),
            (b"\r\t\x7f \x04\x1d", "Enter Tab Backspace Space C-d C-]"),
            (b"\x1b[B\x1bOA\x1b[6~\x1b[Z", "Down Up PgDn S-Tab"),
            (b"\x1bj\x1b\x1b[A", "A-j Esc Up"),
            (b"\x1b[15;2~j\x1b[200~", "j"),
            (b"\x1b", "Esc"),
            (b"\xffj\x1b[", "j"),
            (b"", ""),
        ] {
            let want: Vec<Key> = want.split_whitespace().map(|k| k.parse().unwrap()).collect();
            assert_eq!(keys(bytes), want, "{bytes:?}");
        }
    }
}
