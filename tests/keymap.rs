//! The shipped keymap, the user's file over it, and the spelling of keys.

use proptest::prelude::*;
use wenzhai::action::{Action, Context};
use wenzhai::keymap::{Does, Key, Keymap, Keys, Lookup, Named, from_input_method};

/// Actions that no key of the shipped keymap runs, with the reason.
const UNBOUND: &[(Action, &str)] = &[];

fn keys(text: &str) -> Vec<Key> {
    text.parse::<Keys>().unwrap_or_else(|e| panic!("{e}")).0
}

/// What `text` does in `context`: an action's name, `...` when more keys are awaited, `-` when nothing.
fn does(map: &Keymap, context: Context, text: &str) -> &'static str {
    match map.lookup(context, &keys(text)) {
        Lookup::Hit(action) => action.name(),
        Lookup::Macro(_) => "macro",
        Lookup::Pending => "...",
        Lookup::Miss => "-",
    }
}

/// Loads `toml` over the shipped keymap and prints each problem as `line: what`.
fn with_user(toml: &str) -> (Keymap, Vec<String>) {
    let (map, problems) = Keymap::builtin().with_user(toml, "my.toml");
    (map, problems.iter().map(|p| p.to_string().replacen("my.toml:", "", 1)).collect())
}

#[test]
fn the_shipped_keymap_loads_without_a_problem() {
    let (map, problems) = Keymap::empty().with_user(Keymap::BUILTIN, "keymaps.toml");
    assert_eq!(problems, []);
    for context in Context::ALL {
        assert!(map.bindings(context).count() > 10, "{context:?}");
        assert!(Keymap::builtin().bindings(context).all(|b| !b.user && b.context == context));
    }
}

#[test]
fn every_action_is_bound_or_excused() {
    let map = Keymap::builtin();
    for &action in Action::ALL {
        let bound = Context::ALL.iter().any(|&c| !map.keys_for(c, action).is_empty());
        let excused = UNBOUND.iter().any(|(a, _)| *a == action);
        assert_ne!(bound, excused, "{action}: bound {bound}, in UNBOUND {excused}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table reads best in one piece")]
fn default_keys_do_what_the_key_table_says() {
    use Context::{Dates, Detail, Global, Inputs, Papers, Popups};
    #[rustfmt::skip]
    let table: &[(&[Context], &str, &str)] = &[
        (&[Global, Papers, Detail, Dates], "?", "help"),
        (&[Global, Papers, Detail, Dates], "Tab", "next-pane"),
        (&[Global, Papers, Detail, Dates], "S-Tab", "previous-pane"),
        (&[Papers, Dates], "h", "pane-left"),
        (&[Papers, Dates], "Left", "pane-left"),
        (&[Papers, Detail], "l", "pane-right"),
        (&[Papers, Detail], "Right", "pane-right"),
        (&[Papers, Detail, Dates], "0", "tab-all"),
        (&[Papers, Detail, Dates], "1", "tab-english"),
        (&[Papers, Detail, Dates], "2", "tab-chinese"),
        (&[Papers, Detail, Dates], "3", "tab-summary"),
        (&[Papers, Detail, Dates], "4", "tab-takeaways"),
        (&[Papers, Detail, Dates], "5", "tab-more"),
        (&[Papers, Detail, Dates], "[", "previous-tab"),
        (&[Papers, Detail, Dates], "]", "next-tab"),
        (&[Papers, Detail, Dates], ":", "command"),
        (&[Papers, Detail, Dates], "C-p", "palette"),
        (&[Dates, Popups], "/", "narrow"),
        (&[Papers, Detail, Dates], "Z", "zen"),
        (&[Papers, Detail, Dates], "-", "density"),
        (&[Papers, Detail, Dates], "H", "older-date"),
        (&[Papers, Detail, Dates], "L", "newer-date"),
        (&[Papers, Detail, Dates], "u", "undo"),
        (&[Papers, Detail, Dates], "C-r", "redo"),
        (&[Papers, Detail, Dates], "q", "back"),
        (&[Papers, Detail, Dates], "Q", "quit"),
        (&[Papers, Detail, Dates], "Esc", "escape"),
        (&[Papers, Detail, Dates], "=", "bilingual"),
        (&[Papers, Detail, Dates, Inputs, Popups], "C-l", "redraw"),
        (&[Papers, Detail, Dates, Inputs, Popups], "C-z", "suspend"),
        (&[Papers, Detail, Dates, Inputs, Popups], "C-c", "cancel"),
        (&[Papers, Detail, Dates, Popups], "j", "down"),
        (&[Papers, Detail, Dates, Popups], "k", "up"),
        (&[Papers, Detail, Dates, Popups, Inputs], "Down", "down"),
        (&[Papers, Detail, Dates, Popups, Inputs], "Up", "up"),
        (&[Papers, Detail, Dates, Popups], "g", "..."),
        (&[Papers, Detail, Dates, Popups], "gg", "top"),
        (&[Dates, Popups], "gx", "-"),
        (&[Papers, Detail, Dates, Popups], "G", "bottom"),
        (&[Papers, Detail, Dates, Popups], "Home", "top"),
        (&[Papers, Detail, Dates, Popups], "End", "bottom"),
        (&[Papers, Detail, Dates, Popups], "C-d", "half-page-down"),
        (&[Papers, Detail, Dates, Popups], "C-u", "half-page-up"),
        (&[Papers, Detail, Dates, Popups], "C-f", "page-down"),
        (&[Papers, Detail, Dates, Popups], "C-b", "page-up"),
        (&[Papers, Detail, Dates, Popups], "PgDn", "page-down"),
        (&[Papers, Detail, Dates, Popups], "PgUp", "page-up"),
        (&[Papers], "J", "scroll-detail-down"),
        (&[Papers], "K", "scroll-detail-up"),
        (&[Detail], "J", "next-paper"),
        (&[Detail], "K", "previous-paper"),
        (&[Detail], "Space", "page-or-next"),
        (&[Detail], "h", "back"),
        (&[Detail], "Left", "back"),
        (&[Detail], "/", "find"),
        (&[Detail], "n", "next-hit"),
        (&[Papers, Dates], "Enter", "open"),
        (&[Dates], "l", "open"),
        (&[Papers], "/", "filter"),
        (&[Papers, Detail], "b", "bookmark"),
        (&[Papers, Detail], "w", "later"),
        (&[Papers, Detail], "d", "dismiss"),
        (&[Papers, Detail], "r", "toggle-read"),
        (&[Dates], "b", "-"),
        (&[Inputs], "C-n", "down"),
        (&[Inputs], "C-p", "up"),
        (&[Inputs], "Enter", "keep"),
        (&[Inputs], "Esc", "clear-or-leave"),
        (&[Inputs], "C-a", "cursor-start"),
        (&[Inputs], "C-e", "cursor-end"),
        (&[Inputs], "Home", "cursor-start"),
        (&[Inputs], "End", "cursor-end"),
        (&[Inputs], "Left", "cursor-left"),
        (&[Inputs], "Right", "cursor-right"),
        (&[Inputs], "Backspace", "delete-back"),
        (&[Inputs], "C-h", "delete-back"),
        (&[Inputs], "Delete", "delete-forward"),
        (&[Inputs], "C-w", "delete-word"),
        (&[Inputs], "C-u", "delete-to-start"),
        (&[Popups], "Esc", "close"),
        (&[Popups], "q", "close"),
        (&[Popups], "?", "close"),
        (&[Popups], "Enter", "pick"),
        (&[Popups], "f", "follow"),
        // Nothing of [global] reaches inputs and popups.
        (&[Inputs, Popups], "u", "-"),
        (&[Inputs], "q", "-"),
        (&[Inputs], "Tab", "complete"),
        (&[Inputs, Popups], "Q", "-"),
        // Reserved for verbs to come.
        (&[Papers, Detail, Dates], "T", "-"),
        (&[Papers, Detail, Dates], ".", "-"),
        (&[Papers, Detail, Dates], ",", "-"),
        (&[Papers], "t", "tag"),
        (&[Papers], "a", "annotate"),
    ];
    let map = Keymap::builtin();
    for (contexts, text, expected) in table {
        for &context in *contexts {
            assert_eq!(does(&map, context, text), *expected, "{text} in {context:?}");
        }
    }
    assert_eq!(map.lookup(Papers, &[]), Lookup::Miss);
}

#[test]
fn the_keys_that_hand_papers_on_work_in_the_list_and_the_detail_pane() {
    let map = Keymap::builtin();
    for (text, expected) in [
        ("gx", "links"),
        ("o", "open-page"),
        ("O", "open-pdf"),
        ("c", "open-code"),
        ("yy", "yank-link"),
        ("yz", "yank-chinese"),
        ("eb", "export-bibtex"),
        ("ec", "export-csv"),
    ] {
        assert_eq!(does(&map, Context::Papers, text), expected, "{text}");
        assert_eq!(does(&map, Context::Detail, text), expected, "{text}");
        assert_eq!(does(&map, Context::Dates, text), "-", "{text}");
    }
}

#[test]
fn the_keys_of_triage_work_in_the_paper_list_alone() {
    let map = Keymap::builtin();
    for (text, expected) in [
        ("x", "sweep"),
        ("X", "sweep-group"),
        (">", "next-undecided"),
        ("<", "previous-undecided"),
        ("{", "previous-group"),
        ("}", "next-group"),
        (";", "letters"),
        ("Space", "choose"),
        ("v", "choose-range"),
        ("V", "choose-all"),
        ("fa", "view-all"),
        ("fu", "view-undecided"),
        ("fb", "view-bookmarked"),
        ("fw", "view-later"),
        ("fr", "view-read"),
        ("fd", "view-dismissed"),
    ] {
        assert_eq!(does(&map, Context::Papers, text), expected, "{text}");
        if text != "Space" {
            assert_eq!(does(&map, Context::Dates, text), "-", "{text}");
            assert_eq!(does(&map, Context::Detail, text), "-", "{text}");
        }
    }
}

#[test]
fn no_default_needs_alt_function_keys_or_control_with_shift() {
    let map = Keymap::builtin();
    for binding in Context::ALL.into_iter().flat_map(|c| map.bindings(c).collect::<Vec<_>>()) {
        for key in &binding.keys.0 {
            let text = key.to_string();
            assert!(!text.contains("A-") && (!text.starts_with('F') || text.len() == 1), "{text}");
        }
    }
}

#[test]
fn the_users_file_replaces_adds_and_unbinds() {
    let (map, problems) = with_user(
        "[papers]\nd = false\n'gg' = false\n'gx' = false\ng = 'top' # the order of lines does not matter\nn = 'down'\nb = 'later'\n\
         [global]\n'C-x C-s' = 'undo'\nd = 'density'\ngd = false\ngp = false\ngl = false\n'g/' = false\n[dates]\nl = false",
    );
    assert_eq!(problems, [""; 0]);
    let table = [
        (Context::Papers, "d", "density"), // no longer a verdict here, so [global] has its say
        (Context::Detail, "d", "dismiss"),
        (Context::Papers, "g", "top"),
        (Context::Papers, "gg", "-"),
        (Context::Papers, "b", "later"),
        (Context::Papers, "w", "later"),
        (Context::Papers, "C-x", "..."),
        (Context::Papers, "C-x C-s", "undo"),
        (Context::Papers, "C-x C-x", "-"),
        (Context::Inputs, "C-x", "-"),
        (Context::Dates, "l", "pane-right"),
    ];
    for (context, text, expected) in table {
        assert_eq!(does(&map, context, text), expected, "{text} in {context:?}");
    }
    let printed = |keys: Vec<Keys>| keys.iter().map(Keys::to_string).collect::<Vec<_>>();
    assert_eq!(printed(map.keys_for(Context::Papers, Action::Down)), ["j", "Down", "n"]);
    assert_eq!(printed(map.keys_for(Context::Papers, Action::Later)), ["w", "b"]);
    assert_eq!(printed(map.keys_for(Context::Global, Action::Undo)), ["u", "C-x C-s"]);
    let user: Vec<_> = map.bindings(Context::Papers).filter(|b| b.user).map(|b| b.keys.to_string()).collect();
    assert_eq!(user, ["g", "n", "b"]);
}

const EXPECTED: &str =
    "2: expected the name of an action in quotes, a command such as \":view all\", a list of these, or false";

#[test]
fn each_problem_of_the_users_file_has_its_line() {
    #[rustfmt::skip]
    let table = [
        // (file, problems)
        ("", ""),
        ("[papers]\nn = 'dwon'", "2: unknown action `dwon`; did you mean `down`?"),
        ("[papers]\nn = 'half-page-dwn'", "2: unknown action `half-page-dwn`; did you mean `half-page-down`?"),
        ("[papers]\n\nn = 'keep'", "3: `keep` can be bound in [inputs], not in [papers]"),
        ("[papers]\n'Entre' = 'open'", "2: unknown key `Entre`; did you mean `Enter`?"),
        ("[papers]\n'PageDn' = 'open'", "2: unknown key `PageDn`; did you mean `PgDn`?"),
        ("[papers]\n'up' = 'up'", "2: unknown key `up`; did you mean `Up`?"),
        ("[papers]\n'ggg' = 'up'", "2: unknown key `ggg`"),
        ("[papers]\n'<C-d>' = 'up'", "2: unknown key `<C-d>`"),
        ("[papers]\n'' = 'up'", "2: there is no key between the quotes"),
        ("[papers]\n'C-' = 'up'", "2: unknown key `C-`"),
        ("[papers]\n'C-C-x' = 'up'", "2: unknown key `C-C-x`"),
        ("[papers]\n'F13' = 'up'", "2: unknown key `F13`"),
        ("[papers]\n'1 2 3 4 5 6 7 8 9' = 'up'", "2: `1 2 3 4 5 6 7 8 9` has more than 8 keys"),
        ("[papers]\n'C-i' = 'up'", "2: `C-i` never arrives: a terminal sends Tab for it"),
        ("[papers]\n'C-m' = 'up'", "2: `C-m` never arrives: a terminal sends Enter for it"),
        ("[papers]\n'C-[' = 'up'", "2: `C-[` never arrives: a terminal sends Esc for it"),
        ("[papers]\n'C-S-d' = 'up'", "2: `C-S-d` never arrives: write the character that Shift gives"),
        ("[papers]\n'C-D' = 'up'", "2: `C-D` never arrives: a terminal does not report Shift together with Control"),
        ("[papers]\n'C-1' = 'up'", "2: `C-1` never arrives: a terminal has no code for it"),
        ("[papers]\n'A-[' = 'up'", "2: `A-[` never arrives: the terminal's own sequences begin like it"),
        ("[papers]\n'S-j' = 'up'", "2: `S-j` never arrives: write the character that Shift gives"),
        ("[papers]\n'C-Tab' = 'up'", "2: `C-Tab` never arrives: a terminal sends the key without the modifier"),
        ("[papers]\n'；' = 'up'", "2: `；` never arrives: an input method's character counts as `;`"),
        ("[papers]\nn = 'up'\nn = 'down'", "3: this key or section is already in the file: the first one counts"),
        ("[papers]\nzz = 'up'\n'z z' = 'down'", "3: `zz` is bound twice in [papers]"),
        ("[papers]\nn = 'up'\n[papers]\nm = 'up'", "3: this key or section is already in the file: the first one counts"),
        ("[papers]\ng = 'up'", "2: `g` is the beginning of `gd` (dates in [global])"),
        ("[papers]\njj = 'up'", "2: `jj` is cut short by `j` (down in [papers])"),
        ("[papers]\nuu = 'up'", "2: `uu` is cut short by `u` (undo in [global])"),
        ("[global]\ng = 'quit'", "2: `g` is the beginning of `gd` (dates in [global])"),
        ("[global]\n'C-n x' = 'quit'", ""), // [inputs] binds C-n, but never looks here
        ("[popups]\nuu = 'up'", ""),
        ("[papers]\nzz = false", "2: `zz` is not bound in [papers]"),
        ("[papers]\nu = false", "2: `u` is not bound in [papers]"),
        ("[inputs]\nj = 'down'", "2: `j` is text in [inputs]: it would not be typed"),
        ("[papers]\nn = true", EXPECTED),
        ("[papers]\nn = [1]", EXPECTED),
        ("[papers.n]\nx = 'up'", "2: unknown key `x`: there are `do` and `help`"),
        // Several steps.
        ("[papers]\nn = ['up', ':view all', ':dismiss rl -nlp']", ""),
        ("[papers]\n',r' = ':filter rl'\n[global]\n',s' = ['dates', 'top']", ""),
        ("[papers]\nn = { do = 'up', help = 'Up we go.' }\nm = { do = [':12'] }", ""),
        ("[papers]\nn = []", "2: there is no step in this list"),
        ("[papers]\nn = ['dwon', ':veiw all']", "2: unknown action `dwon`; did you mean `down`?\n2: `:veiw all`: at 2: no command veiw; did you mean view?"),
        ("[papers]\nn = [\n'up',\n':view al'\n]", "4: `:view al`: at 7: expected one of all, undecided, bookmarked, later, read, dismissed"),
        ("[papers]\nn = ':filter is:x'", "2: `:filter is:x`: at 12: expected after is: bookmarked later dismissed undecided read repeat failed"),
        ("[papers]\nn = ':filter date:7d..2025'\nm = ':filter date:2025..7d'", ""),
        ("[papers]\nn = ['filter', 'top']", "2: `filter` waits for what is typed: it can only come last"),
        ("[papers]\nn = ['top', 'filter']", ""),
        ("[dates]\nn = ['bookmark']", "2: `bookmark` can be bound in [papers] [detail], not in [dates]"),
        ("[dates]\nn = ['papers', 'bookmark']", ""),
        ("[papers]\nn = ['up', 'keep']", "2: `keep` can be bound in [inputs], not in [papers]"),
        ("[inputs]\n'C-x' = ':view all'", "2: only the name of an action can be bound in [inputs]"),
        ("[popups]\nx = ['up']", "2: only the name of an action can be bound in [popups]"),
        ("[papers]\nn = { od = 'up' }", "2: unknown key `od`: there are `do` and `help`"),
        ("[papers]\nn = { help = 'x' }", "2: expected { do = [\"...\"], help = \"...\" }"),
        ("[papers]\nn = { do = 'up', help = 1 }", "2: `help` is a text in quotes"),
        ("[papers]\nn = ['up','up','up','up','up','up','up','up','up','up','up','up','up','up','up','up','up']", "2: 17 steps, at most 16"),
        ("[paper]\nn = 'up'", "1: unknown section `paper`; did you mean `papers`?"),
        ("n = 'up'", "1: `n` stands in no section: there are [global] [papers] [detail] [dates] [statistics] [inputs] [popups]"),
        ("papers = 1", "1: `papers` is a section: write [papers] once"),
        ("[[papers]]\nn = 'up'", "1: `papers` is a section: write [papers] once"),
        // All at once, in file order, and the rest works.
        ("[papers]\n'C-i' = 'dwn'\n[dates]\nq = 'down'\nnn = 'nothing'",
         "2: `C-i` never arrives: a terminal sends Tab for it\n2: unknown action `dwn`; did you mean `down`?\n5: unknown action `nothing`"),
    ];
    for (file, expected) in table {
        assert_eq!(with_user(file).1.join("\n"), expected, "{file}");
    }
    assert_eq!(does(&with_user(table[table.len() - 1].0).0, Context::Dates, "q"), "down");
}

#[test]
fn of_two_colliding_lines_the_first_counts() {
    let (map, problems) = with_user("[papers]\nzz = 'up'\nz = 'down'\n'zzz z' = 'top'\nn = 'up'\nn = 'down'");
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert_eq!(does(&map, Context::Papers, "zz"), "up");
    assert_eq!(does(&map, Context::Papers, "z"), "...");
    assert_eq!(does(&map, Context::Papers, "n"), "up");
}

#[test]
fn a_file_that_is_not_toml_changes_nothing() {
    for (file, line) in [("[papers]\nj = \n", 2), ("[papers]\nn = 'down'\n[papers", 3), ("\u{1b}[2J", 1)] {
        let (map, problems) = with_user(file);
        assert!(map == Keymap::builtin(), "{file}");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with(&format!("{line}: not TOML: ")), "{problems:?}");
        assert!(problems[0].ends_with("; nothing of this file is used"), "{problems:?}");
    }
}

#[test]
fn a_hostile_file_is_answered_soon_and_in_visible_characters() {
    let lines = (0..2000).map(|i| format!("'{i} \\u{{1b}}' = 'x'")).collect::<Vec<_>>().join("\n");
    let escapes = r#"
        "\u001b[2J" = "up"
        "\u009b31m" = "\u001b]0;title\u0007"
        "\u202e" = "\u0000"
        "\r\n" = "up"
        "Ctrl-d" = "up"
    "#;
    let files = [
        format!("[papers]\n{lines}"),
        format!("[papers]\n{escapes}"),
        format!("[\"\\u001b]2;x\\u0007\"]\n{escapes}"),
        format!("\"\\u001bc\" = 1\n[papers]\n\"{}\" = \"{}\"", "g".repeat(9000), "长".repeat(5000)),
        "x = ".to_owned() + &"[".repeat(30_000),
        "a.".repeat(15_000) + "a = 1",
        "[papers]\n".to_owned() + &"n = 'down'\n".repeat(2_000).replacen("down", "dwon", 1),
        "\u{0}".repeat(30_000),
        " ".repeat(10_000_000),
    ];
    for file in files {
        let (map, problems) = Keymap::builtin().with_user(&file, "evil\u{1b}[1m.toml");
        assert!(map == Keymap::builtin());
        assert!((1..=100).contains(&problems.len()), "{}", problems.len());
        for problem in problems {
            let text = problem.to_string();
            assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
            assert!(text.chars().count() < 400, "{text}");
        }
    }
}

#[test]
fn keys_are_spelt_in_one_way() {
    #[rustfmt::skip]
    let table = [
        ("gg", "gg"), ("g g", "gg"), ("g/", "g/"), ("  g   / ", "g/"), ("C-x C-s", "C-x C-s"), ("C-x s", "C-x s"),
        ("Tab", "Tab"), ("S-Tab", "S-Tab"), ("Space", "Space"), ("Space g", "Space g"), ("A-x", "A-x"), ("A-X", "A-X"),
        ("A-C-x", "C-A-x"), ("C--", ""), ("C-_", "C-_"), ("--", "--"), ("-", "-"), ("- -", "--"), ("C -", "C -"),
        ("U p", "U p"), ("F 1", "F 1"), ("F1", "F1"), ("F12", "F12"), ("F01", ""), ("F0", "F0"), ("1 2 3", "1 2 3"), ("S-Up", "S-Up"),
        ("C-Space", "C-Space"), ("A-Enter", "A-Enter"), ("的", "的"), ("é", "é"),
    ];
    for (text, expected) in table {
        let printed = text.parse::<Keys>().map_or_else(|_| String::new(), |k| k.to_string());
        assert_eq!(printed, expected, "{text}");
    }
    assert_eq!(Key::ctrl('D'), "C-d".parse().unwrap());
    assert_eq!(Key::char(' '), "Space".parse().unwrap());
    assert_eq!(Key::named(Named::Tab).with_shift(), "S-Tab".parse().unwrap());
    assert_eq!(Key::char('G').with_shift(), "G".parse().unwrap());
    assert_eq!(Key::char('x').with_alt().with_ctrl(), "C-A-x".parse().unwrap());
}

#[test]
fn only_unmodified_characters_are_text() {
    let table = [
        ("a", Some('a')),
        ("Space", Some(' ')),
        ("中", Some('中')),
        ("C-a", None),
        ("A-a", None),
        ("Tab", None),
    ];
    for (text, expected) in table {
        assert_eq!(text.parse::<Key>().unwrap().as_char(), expected, "{text}");
    }
}

#[test]
fn keys_of_an_input_method_mean_their_ascii_keys() {
    let pairs = "、/ 。. ，, ；; ：: ？? ！! 《< 》> 【[ 】] 「[ 」] ｛{ ｝} ￥$ —_ ·` “\" ”\" ‘' ’' （( ）) ｊj Ｇg ０0 ～~";
    for pair in pairs.split(' ') {
        let mut chars = pair.chars();
        let (from, to) = (chars.next().unwrap(), chars.next().unwrap());
        let to = if from == 'Ｇ' { 'G' } else { to };
        assert_eq!(from_input_method(from), Some(to), "{from}");
    }
    assert_eq!(from_input_method('\u{3000}'), Some(' '));
    assert!((0..128).all(|c| from_input_method(char::from(c)).is_none()));
    assert!("的あ한…★é".chars().all(|c| from_input_method(c).is_none()));
}

/// Any key that can be written in a keymap.
fn any_key() -> impl Strategy<Value = Key> {
    let character = prop_oneof![
        proptest::char::range('!', '~').prop_map(Key::char),
        Just(Key::char(' ')),
        "\\PC".prop_map(|s| Key::char(s.chars().next().unwrap_or('x'))),
    ];
    let named = (0_usize..26).prop_map(|n| {
        use Named::{
            Backspace, Delete, Down, End, Enter, Esc, Home, Insert, Left, PgDn, PgUp, Right, Tab, Up,
        };
        let names =
            [Tab, Enter, Esc, Up, Down, Left, Right, PgUp, PgDn, Home, End, Backspace, Delete, Insert];
        Key::named(names.get(n).copied().unwrap_or_else(|| Named::F((n - 13) as u8)))
    });
    (prop_oneof![character, named], 0_u8..8)
        .prop_map(|(key, mods)| {
            let key = if mods & 1 == 0 { key } else { key.with_ctrl() };
            let key = if mods & 2 == 0 { key } else { key.with_alt() };
            if mods & 4 == 0 { key } else { key.with_shift() }
        })
        .prop_filter("a terminal reports it", |key| key.to_string().parse::<Key>().is_ok())
}

proptest! {
    #[test]
    fn a_printed_key_reads_back(key in any_key()) {
        prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
    }

    #[test]
    fn printed_keys_read_back(keys in proptest::collection::vec(any_key(), 1..=8).prop_map(Keys)) {
        prop_assert_eq!(keys.to_string().parse::<Keys>(), Ok(keys));
    }

    #[test]
    fn any_text_parses_or_is_refused(text in "\\PC*|[CAS-]{0,4}[a-zA-Z ]{0,3}") {
        if let Ok(keys) = text.parse::<Keys>() {
            prop_assert_eq!(keys.to_string().parse::<Keys>(), Ok(keys));
        }
    }

    #[test]
    fn any_file_leaves_a_map_without_collisions(
        lines in proptest::collection::vec(
            "\\[(global|papers|detail|inputs)\\]|(g|gg|'g x'|q|u|uu|C-d|J|Q) = ('up'|'down'|'quit'|'back'|'palette'|':view all'|['undo', ':12']|false)", 0..20),
    ) {
        let (map, _) = Keymap::builtin().with_user(&lines.join("\n"), "x");
        for context in [Context::Papers, Context::Detail, Context::Dates, Context::Inputs] {
            for binding in map.bindings(context) {
                let wanted = match &binding.does {
                    Does::Act(action) => Lookup::Hit(*action),
                    Does::Macro(steps) => Lookup::Macro(steps),
                };
                prop_assert_eq!(map.lookup(context, &binding.keys.0), wanted);
                for n in 1..binding.keys.0.len() {
                    prop_assert_eq!(map.lookup(context, &binding.keys.0[..n]), Lookup::Pending);
                }
            }
        }
    }
}
