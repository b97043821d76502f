use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::keymap::{Key, Named};

/// Appends what `event` means to `keys`: nothing for a release and for keys without a name here.
///
/// SHIFT is in the character (`G`) or in the name (`S-Tab`). Control and a digit is how crossterm names the four
/// control characters after `C-z`; they are given as keymaps write them.
pub(super) fn read(event: KeyEvent, keys: &mut Vec<Key>) {
    if event.kind == KeyEventKind::Release {
        return;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let key = match (event.code, ctrl) {
        (KeyCode::Char(c @ '4'..='7'), true) => Key::ctrl(match c {
            '4' => '\\',
            '5' => ']',
            '6' => '^',
            _ => '_',
        }),
        (KeyCode::Char(c), true) => Key::ctrl(c.to_ascii_lowercase()),
        (KeyCode::Char(c), false) => Key::char(c),
        (KeyCode::BackTab, _) => Key::named(Named::Tab).with_shift(),
        (code, false) => match named(code) {
            Some(name) => Key::named(name),
            None => return,
        },
        (_, true) => return,
    };
    keys.push(if event.modifiers.contains(KeyModifiers::ALT) { key.with_alt() } else { key });
}

fn named(code: KeyCode) -> Option<Named> {
    Some(match code {
        KeyCode::Enter => Named::Enter,
        KeyCode::Esc => Named::Esc,
        KeyCode::Tab => Named::Tab,
        KeyCode::Up => Named::Up,
        KeyCode::Down => Named::Down,
        KeyCode::Left => Named::Left,
        KeyCode::Right => Named::Right,
        KeyCode::PageUp => Named::PgUp,
        KeyCode::PageDown => Named::PgDn,
        KeyCode::Home => Named::Home,
        KeyCode::End => Named::End,
        KeyCode::Backspace => Named::Backspace,
        KeyCode::Delete => Named::Delete,
        KeyCode::Insert => Named::Insert,
        KeyCode::F(n) => Named::F(n),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_become_keys() {
        let none = KeyModifiers::NONE;
        let (shift, ctrl, alt) = (KeyModifiers::SHIFT, KeyModifiers::CONTROL, KeyModifiers::ALT);
        let esc = Key::named(Named::Esc);
        let table = [
            (KeyCode::Char('g'), none, vec![Key::char('g')]),
            (KeyCode::Char('G'), shift, vec![Key::char('G')]),
            (KeyCode::Char('你'), none, vec![Key::char('你')]),
            (KeyCode::Char(' '), none, vec![Key::char(' ')]),
            (KeyCode::Char('d'), ctrl, vec![Key::ctrl('d')]),
            (KeyCode::BackTab, shift, vec![Key::named(Named::Tab).with_shift()]),
            (KeyCode::Up, shift, vec![Key::named(Named::Up)]),
            (KeyCode::Left, ctrl, vec![]),
            (KeyCode::Esc, none, vec![esc]),
            (KeyCode::Char('j'), alt, vec![Key::char('j').with_alt()]),
            (KeyCode::F(5), none, vec![Key::named(Named::F(5))]),
            (KeyCode::Char('7'), ctrl, vec![Key::ctrl('_')]),
            (KeyCode::CapsLock, none, vec![]),
        ];
        for (code, modifiers, want) in table {
            let mut keys = Vec::new();
            read(KeyEvent::new(code, modifiers), &mut keys);
            assert_eq!(keys, want, "{code:?} {modifiers:?}");
        }
        let mut keys = Vec::new();
        read(KeyEvent::new_with_kind(KeyCode::Enter, none, KeyEventKind::Release), &mut keys);
        read(KeyEvent::new_with_kind(KeyCode::Enter, none, KeyEventKind::Repeat), &mut keys);
        assert_eq!(keys, [Key::named(Named::Enter)]);
    }
}
