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

/// Says whether `keys` may end in the middle of a sequence: a terminal's Escape that the rest has yet to follow, or
/// the beginning of a report behind one.
pub(super) fn may_go_on(keys: &[Key]) -> bool {
    let esc = Key::named(Named::Esc);
    let after = keys.iter().rposition(|k| *k == esc).and_then(|at| keys.get(at + 1..));
    after.is_some_and(|after| match after {
        [] => true,
        [bracket, parameters @ ..] => *bracket == Key::char('[') && parameters.iter().all(is_parameter),
    })
}

/// Puts together what came in pieces and takes out what no finger typed: an arrow key whose Escape came in a packet of
/// its own, a late report (ECMA-48 CPR, DA) that came so, and control strings (OSC, DCS, SOS, PM, APC) with which a
/// terminal answers a program that has left.
pub(super) fn mend(keys: &mut Vec<Key>) {
    let mut mended = Vec::with_capacity(keys.len());
    let mut rest = keys.as_slice();
    while let [key, after @ ..] = rest {
        let known =
            control_string(*key, after).or_else(|| report(*key, after)).or_else(|| split_arrow(*key, after));
        let (typed, left) = known.unwrap_or((Some(*key), after));
        mended.extend(typed);
        rest = left;
    }
    *keys = mended;
}

/// The keys after a whole control string; nothing is typed for it.
fn control_string(key: Key, after: &[Key]) -> Option<(Option<Key>, &[Key])> {
    let opener = |c| key == Key::char(c).with_alt();
    if ![']', 'P', 'X', '^', '_'].into_iter().any(opener) {
        return None;
    }
    let is_end = |k: &Key| *k == Key::ctrl('g') || *k == Key::char('\\').with_alt();
    let end = after.iter().position(is_end)?;
    Some((None, after.get(end + 1..)?))
}

/// The keys after a whole report; nothing is typed for it.
fn report(key: Key, after: &[Key]) -> Option<(Option<Key>, &[Key])> {
    let [bracket, parameters @ ..] = after else { return None };
    let end = parameters.iter().position(|k| !is_parameter(k)).filter(|end| *end > 0)?;
    let is_final = matches!(parameters.get(end)?.as_char(), Some('R' | 'c'));
    let is_report = key == Key::named(Named::Esc) && *bracket == Key::char('[') && is_final;
    is_report.then_some((None, parameters.get(end + 1..)?))
}

/// Says whether a key stands for a parameter of a control sequence (ECMA-48, 5.4).
fn is_parameter(key: &Key) -> bool {
    key.as_char().is_some_and(|c| c.is_ascii_digit() || matches!(c, ';' | '?'))
}

fn split_arrow(key: Key, after: &[Key]) -> Option<(Option<Key>, &[Key])> {
    let [bracket, last, left @ ..] = after else { return None };
    let is_open = matches!(bracket.as_char(), Some('[' | 'O'));
    let name = match last.as_char()? {
        'A' => Named::Up,
        'B' => Named::Down,
        'C' => Named::Right,
        'D' => Named::Left,
        'H' => Named::Home,
        'F' => Named::End,
        _ => return None,
    };
    (key == Key::named(Named::Esc) && is_open).then(|| (Some(Key::named(name)), left))
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
    fn split_arrows_are_put_together_and_replies_taken_out() {
        let parse =
            |text: &str| text.split_whitespace().map(|k| k.parse::<Key>().unwrap()).collect::<Vec<_>>();
        for (came, meant) in [
            ("Esc [ B", "Down"),
            ("j Esc O A k", "j Up k"),
            ("Esc [ x", "Esc [ x"),
            ("Esc", "Esc"),
            ("A-] 1 1 ; r g b : d d C-g j", "j"),
            ("j A-P > | d A-\\ k", "j k"),
            ("A-P d", "A-P d"),
            ("j Esc [ 7 ; 2 1 R Esc [ ? 6 2 ; 2 2 c k", "j k"),
            ("Esc [ R", "Esc [ R"),
        ] {
            let mut keys = parse(came);
            mend(&mut keys);
            assert_eq!(keys, parse(meant), "{came}");
        }
    }

    #[test]
    fn a_sequence_that_has_begun_is_waited_for() {
        for (came, is_open) in [
            ("", false),
            ("j", false),
            ("Esc", true),
            ("j Esc [", true),
            ("Esc [ 7 ;", true),
            ("Esc [ 7 R", false),
            ("Esc j", false),
        ] {
            let keys: Vec<Key> = came.split_whitespace().map(|k| k.parse().unwrap()).collect();
            assert_eq!(may_go_on(&keys), is_open, "{came}");
        }
    }

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
