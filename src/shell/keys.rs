use std::time::Duration;

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

/// How long an Escape at the end of what has come waits for the rest of a sequence; a finger does not notice it.
const NEXT_PACKET: Duration = Duration::from_millis(25);
/// The same for the report of a colour, which no finger types.
const NEXT_OF_COLOUR: Duration = Duration::from_millis(250);

/// How long to wait for the rest of a sequence that `keys` may end in the middle of: a terminal's Escape, the beginning
/// of a report behind one, or that of the report of a colour. None where they do not.
pub(super) fn patience(keys: &[Key]) -> Option<Duration> {
    let is_cut = (0..keys.len())
        .any(|at| colour(keys.get(at..).unwrap_or_default()).is_some_and(|(_, owed)| owed > 0));
    if is_cut { Some(NEXT_OF_COLOUR) } else { may_go_on(keys).then_some(NEXT_PACKET) }
}

fn may_go_on(keys: &[Key]) -> bool {
    let esc = Key::named(Named::Esc);
    let after = keys.iter().rposition(|k| *k == esc).and_then(|at| keys.get(at + 1..));
    after.is_some_and(|after| match after {
        [] => true,
        [bracket, parameters @ ..] => *bracket == Key::char('[') && parameters.iter().all(is_parameter),
    })
}

/// Puts together what came in pieces and takes out what no finger typed: an arrow key whose Escape came in a packet of
/// its own, a late report (ECMA-48 CPR, DA, xterm's of a colour) that came so, and control strings (OSC, DCS, SOS, PM,
/// APC) with which a terminal answers a program that has left. `owed` is how many keys of the report of a colour, at most,
/// have yet to follow those that came before, and then these.
pub(super) fn mend(keys: &mut Vec<Key>, owed: &mut usize) {
    let mut mended = Vec::with_capacity(keys.len());
    let mut rest = keys.as_slice();
    if !rest.is_empty() && *owed > 0 {
        (rest, *owed) = rest_of_colour(rest, *owed);
    }
    while let [key, after @ ..] = rest {
        if let Some((left, still)) = colour(rest) {
            (rest, *owed) = (left, still);
            continue;
        }
        let known =
            control_string(*key, after).or_else(|| report(*key, after)).or_else(|| split_arrow(*key, after));
        let (typed, left) = known.unwrap_or((Some(*key), after));
        mended.extend(typed);
        rest = left;
    }
    *keys = mended;
}

/// Keys of the longest report of a colour: `11;rgb:ffff/ffff/ffff` and what ends it.
const LONGEST: usize = 23;

/// The keys after the report of a colour (xterm's answer to OSC 10 and 11), and how many of it have yet to come. With
/// its Escape, its beginning is enough; without, it has to be more than fingers type.
fn colour(keys: &[Key]) -> Option<(&[Key], usize)> {
    let bracket = Key::char(']');
    let (body, is_sure) = match keys {
        [first, rest @ ..] if *first == bracket.with_alt() => (rest, true),
        [first, second, rest @ ..] if *first == Key::named(Named::Esc) && *second == bracket => (rest, true),
        [first, rest @ ..] if *first == bracket => (rest, false),
        _ => return None,
    };
    let text: String = body.iter().map_while(Key::as_char).take(LONGEST).collect();
    let is_begun = |begin: &str| is_sure && !text.is_empty() && begin.starts_with(&text);
    let is_report = |begin: &str| text.starts_with(begin) || is_begun(begin) && text.len() == body.len();
    ["10;rgb:", "11;rgb:"].into_iter().any(is_report).then(|| rest_of_colour(body, LONGEST))
}

/// The keys after the end of the report of a colour, of which at most so many more are `owed`, and how many still are.
fn rest_of_colour(keys: &[Key], owed: usize) -> (&[Key], usize) {
    let is_part = |k: &Key| {
        k.as_char().is_some_and(|c| c.is_ascii_hexdigit() || matches!(c, ';' | ':' | '/' | 'r' | 'g'))
    };
    let length = keys.iter().take(owed).take_while(|k| is_part(k)).count();
    match keys.get(length..).unwrap_or_default() {
        [end, after @ ..] if *end == Key::ctrl('g') || *end == Key::char('\\').with_alt() => (after, 0),
        [esc, end, after @ ..] if *esc == Key::named(Named::Esc) && *end == Key::char('\\') => (after, 0),
        [] => (&[], owed - length),
        after => (after, 0),
    }
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
    let is_mouse = parameters.first() == Some(&Key::char('<'));
    let is_final = match parameters.get(end)?.as_char() {
        Some('R' | 'c') => !is_mouse,
        // The mouse, in two packets: what it did is lost, but nothing is typed.
        Some('M' | 'm') => is_mouse,
        _ => false,
    };
    let is_report = key == Key::named(Named::Esc) && *bracket == Key::char('[') && is_final;
    is_report.then_some((None, parameters.get(end + 1..)?))
}

/// Says whether a key stands for a parameter of a control sequence (ECMA-48, 5.4).
fn is_parameter(key: &Key) -> bool {
    key.as_char().is_some_and(|c| c.is_ascii_digit() || matches!(c, ';' | '?' | '<'))
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
            ("Esc [ < 0 ; 1 2 ; 5 M j", "j"),
            ("k Esc [ < 6 5 ; 1 ; 1 m", "k"),
            ("Esc [ < 0 R", "Esc [ < 0 R"),
        ] {
            let mut keys = parse(came);
            mend(&mut keys, &mut 0);
            assert_eq!(keys, parse(meant), "{came}");
        }
    }

    #[test]
    fn the_report_of_a_colour_types_nothing_wherever_it_is_cut() {
        let parse =
            |text: &str| text.split_whitespace().map(|k| k.parse::<Key>().unwrap()).collect::<Vec<_>>();
        for report in [
            "A-] 1 1 ; r g b : f f f f / d d d d / 0 0 0 0 A-\\",
            "A-] 1 0 ; r g b : b b / c c / d d C-g",
            "Esc ] 1 1 ; r g b : f f f f / d d d d / 0 0 0 0 Esc \\",
        ] {
            let whole = parse(report);
            // Before its third key it could be typed.
            for cut in 3..whole.len() {
                let mut owed = 0;
                let (mut first, mut second) = (whole[..cut].to_vec(), whole[cut..].to_vec());
                assert!(patience(&first) >= Some(NEXT_PACKET), "{report} {cut}");
                second.extend(parse("j"));
                mend(&mut first, &mut owed);
                if first == [Key::named(Named::Esc)] {
                    continue;
                }
                mend(&mut second, &mut owed);
                assert_eq!((first, second), (vec![], parse("j")), "{report} {cut}");
                assert_eq!(owed, 0);
            }
        }
        // What fingers type stays.
        for typed in ["] 1 1 ;", "A-]", "A-] j", "] ] 0", "A-] 1 j", "Esc ] j"] {
            let (mut keys, mut owed) = (parse(typed), 0);
            mend(&mut keys, &mut owed);
            assert_eq!((keys, owed), (parse(typed), 0));
        }
        // An end that never comes takes no more keys than it has.
        let (mut keys, mut owed) = (parse("A-] 1 1 ; r g b : f f f f / d d d d / 0 0 0"), 0);
        mend(&mut keys, &mut owed);
        assert_eq!((keys.len(), owed), (0, 3));
        for (typed, left) in [("d", ""), ("j", "j"), ("d", "d")] {
            let mut keys = parse(typed);
            mend(&mut keys, &mut owed);
            assert_eq!(keys, parse(left));
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
