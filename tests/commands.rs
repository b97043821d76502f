//! The command line: what is typed after `:`, keys of several steps, counts, and dates that are narrowed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup};
use insta::assert_snapshot;
use proptest::prelude::*;
use wenzhai::action::Action;
use wenzhai::catalogue::Lang;
use wenzhai::command::{Bulk, Command, Day, TagWish, Wished, complete, parse};
use wenzhai::config::{Config, Prefs};
use wenzhai::effect::Effect;
use wenzhai::filter::Query;
use wenzhai::keymap::Keymap;
use wenzhai::model::{Date, Verdict};
use wenzhai::state::{Msg, Size, State, Tab, View};

const BOTH: [(Lang, &str); 2] = [(Lang::En, "en"), (Lang::Zh, "zh")];
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];

fn open(lang: Lang, size: (u16, u16)) -> App {
    App::open(wenzhai::archive::sample(), Setup { lang, size, ..Setup::default() })
}

fn en() -> App {
    open(Lang::En, (80, 24))
}

/// Types a command and runs it; a `_` is a blank.
fn run<'a>(app: &'a mut App, command: &str) -> &'a mut App {
    app.keys(&format!(": type:{command} Enter"))
}

fn with_keys(app: &mut App, toml: &str) {
    let (keymap, problems) = Keymap::builtin().with_user(toml, "keymaps.toml");
    assert_eq!(problems, []);
    app.state.keymap = keymap;
}

fn said(app: &App) -> String {
    app.state.message.as_ref().map(|m| m.text.clone()).unwrap_or_default()
}

fn is_error(app: &App) -> bool {
    app.state.message.as_ref().is_some_and(|m| m.is_error)
}

fn verdicts(state: &State) -> Vec<Verdict> {
    state.papers.rows.iter().map(|r| r.verdict).collect()
}

fn today() -> Date {
    "2025-05-02".parse().unwrap()
}

#[test]
fn commands_are_read() {
    let day = |year, month, day| Command::Date(Day::Of { year, month, day });
    let tag = |tag: &str, wished| TagWish { tag: tag.into(), wished };
    let table = [
        ("sweep", Command::Act(Action::Sweep)),
        (":sweep", Command::Act(Action::Sweep)),
        ("  ：ｓｗｅｅｐ ", Command::Act(Action::Sweep)),
        ("q", Command::Act(Action::Quit)),
        ("quit", Command::Act(Action::Quit)),
        ("12", Command::Paper(12)),
        ("１２", Command::Paper(12)),
        ("date 2025-04-03", day(Some(2025), Some(4), Some(3))),
        ("ｄａｔｅ　２０２５－０４－０３", day(Some(2025), Some(4), Some(3))),
        ("date 04-03", day(None, Some(4), Some(3))),
        ("date today", Command::Date(Day::Today)),
        ("tab zh", Command::Act(Action::TabChinese)),
        ("tab takeaways", Command::Act(Action::TabTakeaways)),
        ("VIEW Undecided", Command::Act(Action::ViewUndecided)),
        ("view-undecided", Command::Act(Action::ViewUndecided)),
        ("filter", Command::Act(Action::Filter)),
        ("search rl", Command::Search("rl".into())),
        ("search", Command::Act(Action::Search)),
        ("filter rl OR 扩散", Command::Filter("rl OR 扩散".into())),
        ("bookmark", Command::Act(Action::Bookmark)),
        ("bookmark is:read", Command::Decide(Bulk::Bookmark, "is:read".into())),
        ("later x", Command::Decide(Bulk::Later, "x".into())),
        ("dismiss -x", Command::Decide(Bulk::Dismiss, "-x".into())),
        ("read title:x", Command::Decide(Bulk::Read, "title:x".into())),
        ("unread x", Command::Decide(Bulk::Unread, "x".into())),
        ("tag", Command::Act(Action::Tag)),
        (
            "tag +rl, -旧 x",
            Command::Tag(vec![tag("rl", Wished::Given), tag("旧", Wished::Taken), tag("x", Wished::Toggled)]),
        ),
        ("export bibtex", Command::Act(Action::ExportBibtex)),
        ("yank zh", Command::Act(Action::YankChinese)),
        ("set advance ｆａｌｓｅ", Command::Set("advance", "false".into())),
        ("set punctuation = source", Command::Set("punctuation", "source".into())),
        ("set categories cs.CL cs.LG", Command::Set("categories", "cs.CL cs.LG".into())),
        ("help undo", Command::Help("undo".into())),
        ("help", Command::Act(Action::Help)),
    ];
    for (typed, command) in table {
        assert_eq!(parse(typed, today()), Ok(command), "{typed}");
    }
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    #[rustfmt::skip]
    let table = [
        // (typed, true while typing on can mend it, what is said)
        ("", true, "at 1: expected a command"),
        ("swe", true, "at 1: no command swe; did you mean sweep?"),
        ("sewep", false, "at 1: no command sewep; did you mean sweep?"),
        (":zzz x", false, "at 2: no command zzz"),
        ("sweep all", false, "at 7: expected the end of the command"),
        ("0", false, "at 1: expected a number from 1"),
        ("99999999999", false, "at 1: expected a number from 1"),
        ("date", true, "at 5: expected a date: 2025-04-03, 04-03, 2025-04, today, yesterday"),
        ("date 2025-0", true, "at 6: expected a date: 2025-04-03, 04-03, 2025-04, today, yesterday"),
        ("date 2025-02-30", false, "at 6: expected a date: 2025-04-03, 04-03, 2025-04, today, yesterday"),
        ("date tomorrow", false, "at 6: expected a date: 2025-04-03, 04-03, 2025-04, today, yesterday"),
        ("tab z", true, "at 5: expected one of all, en, zh, summary, takeaways, more"),
        ("tab zh en", false, "at 8: expected the end of the command"),
        ("filter is:x", false, "at 11: expected after is: bookmarked later dismissed undecided read repeat failed"),
        ("dismiss )", false, "at 9: no ( before this ): expected a term or the end"),
        ("read", true, "at 5: expected a query, as after /"),
        ("tag +", true, "at 5: expected a tag, +tag or -tag"),
        ("set", true, "at 4: expected one of SETTINGS"),
        ("set advnace", false, "at 5: no setting advnace to change here; did you mean advance?"),
        ("set advance", true, "at 12: expected one of true, false"),
        ("set advance maybe", false, "at 13: expected one of true, false"),
        ("set journal_dir /tmp", false, "at 5: expected one of SETTINGS"),
        ("quit now", false, "at 6: expected the end of the command"),
    ];
    for (typed, is_open, want) in table {
        let settings: Vec<&str> = wenzhai::config::live().map(|s| s.name).collect();
        let want = want.replace("SETTINGS", &settings.join(", "));
        let error = parse(typed, today()).unwrap_err();
        assert_eq!((error.is_open, error.say(typed, Lang::En)), (is_open, want), "{typed:?}");
        assert!(error.say(typed, Lang::Zh).starts_with('第'), "{typed:?}");
    }
}

fn command() -> impl Strategy<Value = Command> {
    let action = proptest::sample::select(Action::ALL.to_vec()).prop_map(Command::Act);
    let query =
        proptest::sample::select(vec!["rl", "is:read -扩散", "title:\"a b\" OR x", "author:x date:2025-04"]);
    let bulk = [Bulk::Bookmark, Bulk::Later, Bulk::Dismiss, Bulk::Read, Bulk::Unread];
    let bulk = (proptest::sample::select(bulk.to_vec()), query.clone());
    let wished = proptest::sample::select(vec![Wished::Toggled, Wished::Given, Wished::Taken]);
    let tags = proptest::collection::btree_map("[a-z强+-]{1,5}", wished, 1..4);
    let tags = tags.prop_map(|t| t.into_iter().map(|(tag, wished)| TagWish { tag, wished }).collect());
    let set = [
        ("advance", "false"),
        ("punctuation", "source"),
        ("language", "zh"),
        ("categories", "[\"a b\", \"c\"]"),
    ];
    prop_oneof![
        action,
        (1..u32::MAX).prop_map(Command::Paper),
        (1000..9999_i16, 1..=12_i8, 1..=28_i8, 0..4).prop_map(|(y, m, d, form)| {
            let (year, day) = ((form != 3).then_some(y), (form != 1 && form != 2).then_some(d));
            Command::Date(Day::Of { year, month: (form != 2).then_some(m), day })
        }),
        proptest::sample::select(vec![Day::Today, Day::Yesterday]).prop_map(Command::Date),
        query.clone().prop_map(|q| Command::Search(q.to_owned())),
        query.prop_map(|q| Command::Filter(q.to_owned())),
        bulk.prop_map(|(bulk, q)| Command::Decide(bulk, q.to_owned())),
        tags.prop_map(Command::Tag),
        "[a-z撤]{1,8}( [a-z]{1,3})?".prop_map(Command::Help),
        proptest::sample::select(set.to_vec()).prop_map(|(n, v)| Command::Set(n, v.to_owned())),
    ]
}

fn is_typed(command: &Command) -> bool {
    use wenzhai::action::Context::{Inputs, Popups};
    let Command::Act(action) = command else { return true };
    *action != Action::Command && action.contexts().iter().any(|c| ![Inputs, Popups].contains(c))
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_and_every_prefix_has_an_answer(command in command()) {
        prop_assume!(is_typed(&command));
        let printed = command.to_string();
        prop_assert_eq!(parse(&printed, today()), Ok(command));
        for (at, _) in printed.char_indices() {
            let begun = printed.get(..at).unwrap();
            if let Err(error) = parse(begun, today()) {
                prop_assert!(error.at.start <= error.at.end && begun.get(error.at.clone()).is_some(), "{begun}: {error:?}");
                prop_assert!(!error.say(begun, Lang::Zh).is_empty());
            }
        }
    }

    #[test]
    fn whatever_is_typed_has_an_answer_with_a_place(typed in "(date|tab|tag|set|read|filter|help|：)?[ 　]?\\PC{0,20}") {
        if let Err(error) = parse(&typed, today()) {
            prop_assert!(typed.get(error.at.clone()).is_some(), "{typed:?}: {error:?}");
            prop_assert!(!error.say(&typed, Lang::En).contains(char::is_control));
        }
        let (bytes, choices) = complete(&typed, &wenzhai::command::Known::default(), Lang::En);
        prop_assert!(bytes <= typed.len() && typed.is_char_boundary(typed.len() - bytes));
        prop_assert!(choices.iter().all(|c| !c.text.is_empty()));
    }
}

#[test]
fn every_setting_that_can_change_is_seen_by_the_reader() {
    for setting in wenzhai::config::live() {
        if setting.name == "theme" {
            // The reader has it as an effect.
            continue;
        }
        let values = ["true", "false", "zh", "source", "show", "x", "1", "2", "json"];
        let has_changed = |value: &&&str| {
            let mut config = Config::default();
            let before = config.clone();
            config.set(setting.name, value).is_ok()
                && (config.prefs != before.prefs || config.language != before.language)
        };
        assert!(
            values.iter().any(|v| has_changed(&v)),
            "{} is read at the start: name it there",
            setting.name
        );
    }
}

#[test]
fn the_command_line_lists_completes_and_complains() {
    for (lang, name) in BOTH {
        for size in SIZES {
            let at = |what: &str| format!("{what}_{name}_{}", size.0);
            let mut app = open(lang, size);
            app.keys(":");
            assert_snapshot!(at("line"), app.screen());
            app.keys("type:und");
            assert_snapshot!(at("names"), app.screen());
            app.keys("C-u type:date_ Tab Tab");
            assert_snapshot!(at("values"), app.shot());
            app.keys("C-u type:tab_chinees");
            assert_snapshot!(at("error"), app.shot());
            app.keys("C-u type:dismiss_attention");
            assert_snapshot!(at("bulk"), app.screen());
        }
    }
}

#[test]
fn the_command_line_moves_nothing_and_leaves_by_layers() {
    let mut app = en();
    app.keys("j j");
    let before = app.screen();
    app.keys(": type:swe");
    assert_eq!(app.state.papers.place(), (3, 7));
    app.keys("Esc");
    assert!(app.state.prompt.is_some());
    assert_eq!(app.keys("Esc").screen(), before);
    assert_eq!(app.keys(": type:x Esc Esc : Enter").screen(), before);
    // The full-width colon opens it, and what is typed in one burst with it goes there.
    app.keys("type:：ｔａｂ_ｅｎ Enter");
    assert_eq!(app.state.reader.tab, Tab::English);
    // What cannot be run stays, and says why.
    app.keys(": type:swe Enter");
    assert!(app.screen().contains("no command swe; did you mean sweep?"), "{}", app.screen());
    app.keys("type:ep Enter");
    assert!(app.state.prompt.is_none() && app.screen().contains("Dismissed 7"), "{}", app.screen());
}

#[test]
fn tab_completes_names_and_then_arguments() {
    let mut app = en();
    app.keys(": type:da Tab");
    assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "date ");
    app.keys("C-u type:date_ Tab");
    assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "date 2025-03-05");
    app.keys("Tab Enter");
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2025-03-04");
    app.keys("Esc Esc : type:set_adv Tab Tab Tab Enter");
    assert!(!app.state.prefs.advance, "{}", app.screen());
    app.keys(": type:view_un Tab Enter");
    assert_eq!(app.state.papers.view, View::Undecided);
    app.keys(": type:sweep Tab");
    assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "sweep-group");
    app.keys("Esc type:dismiss_is:boo Tab");
    assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "dismiss is:bookmarked");
    // One value is all that a setting takes.
    app.keys("C-u type:set_theme_ Tab type:_ Tab Tab");
    assert_eq!(app.state.prompt.as_ref().unwrap().line.text(), "set theme auto ");
}

#[test]
fn earlier_commands_come_back_apart_from_filters_and_across_sessions() {
    let mut app = en();
    app.keys("/ type:attn Enter");
    run(&mut app, "view_undecided");
    run(&mut app, "view_all");
    run(&mut app, "view_undecided");
    let session = app.session.clone().unwrap();
    assert_eq!(
        (session.lines.join("|"), session.filters.join("|")),
        ("view undecided|view all".into(), "attn".into())
    );
    let mut app = App::open(
        wenzhai::archive::sample(),
        Setup { session: Some(session), lang: Lang::En, ..Setup::default() },
    );
    let line = |app: &App| app.state.prompt.as_ref().unwrap().line.text().to_owned();
    app.keys(": Up");
    assert_eq!(line(&app), "view undecided");
    app.keys("C-r");
    assert_eq!(line(&app), "view all");
    app.keys("Down Down");
    assert_eq!(line(&app), "");
    app.keys("type:all Up");
    assert_eq!(line(&app), "view all");
    app.keys("Down");
    assert_eq!(line(&app), "all");
}

#[test]
fn papers_that_meet_a_query_are_decided_as_one_step() {
    let mut app = en();
    let before = verdicts(&app.state);
    let query = Query::parse("attention", today()).unwrap();
    assert!(!query.is_empty());
    app.keys(": type:dismiss_attention");
    let meets = app.state.prompt.as_ref().unwrap().meets.unwrap();
    assert!(meets > 0 && meets < before.len(), "{meets}");
    app.keys("Enter");
    let dismissed = verdicts(&app.state).iter().filter(|v| **v == Verdict::Dismissed).count();
    assert_eq!(dismissed, meets);
    assert!(said(&app).starts_with(&format!("Dismissed {meets} · u undoes")), "{}", said(&app));
    run(&mut app, "dismiss_attention");
    assert!(said(&app).starts_with("Nothing to change"), "{}", said(&app));
    run(&mut app, "read_is:dismissed");
    assert!(said(&app).starts_with(&format!("Marked as read: {meets}")), "{}", said(&app));
    run(&mut app, "unread_is:read");
    app.keys("u u u");
    assert_eq!(verdicts(&app.state), before);
    run(&mut app, "bookmark_zzzzz");
    assert!(is_error(&app) && said(&app).contains("zzzzz"), "{}", said(&app));
    // What may not be meant is said before it is done.
    app.keys(": type:dismiss_tilte:x");
    assert!(
        app.screen().contains("at 9: tilte: is no field, looked for as text; did you mean title: ?"),
        "{}",
        app.screen()
    );
    app.keys("Esc Esc");
    // What the list does not show is not decided.
    app.keys("/ type:attention Enter");
    run(&mut app, "later_-zzz");
    assert_eq!(verdicts(&app.state).iter().filter(|v| **v == Verdict::Later).count(), meets);
}

#[test]
fn commands_do_what_their_keys_do() {
    let mut app = en();
    run(&mut app, "3");
    assert_eq!(app.state.papers.place().0, 3);
    run(&mut app, "99");
    assert_eq!(app.state.papers.place().0, 7);
    run(&mut app, "date_03-04");
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2025-03-04");
    run(&mut app, "date_2024-01");
    assert!(is_error(&app) && said(&app).contains("from 2025-03-03 to 2025-03-05"), "{}", said(&app));
    run(&mut app, "filter_model");
    assert_eq!((app.state.papers.filter.as_str(), app.state.filters.join("|")), ("model", "model".into()));
    app.keys("Esc");
    run(&mut app, "tag_+rl");
    run(&mut app, "tag_+rl");
    assert_eq!(said(&app), "No tag changed.");
    assert_eq!(app.state.decisions.all_tags(), ["rl"]);
    run(&mut app, "tag_-rl");
    assert!(app.state.decisions.all_tags().is_empty());
    run(&mut app, "yank_title");
    assert!(app.effects.iter().any(|e| matches!(e, Effect::Copy { what, .. } if what == "title")));
    run(&mut app, "export_ris");
    assert!(app.effects.iter().any(|e| matches!(e, Effect::Export { name, .. } if name.1 == "ris")));
    run(&mut app, "help_undo");
    assert!(app.screen().contains("Undo the last decision."), "{}", app.screen());
    app.keys("Esc Esc Enter");
    run(&mut app, "view_undecided");
    assert_eq!(app.state.papers.view, View::Undecided);
    run(&mut app, "sweep");
    assert!(said(&app).contains("works in Paper list"), "{}", said(&app));
    run(&mut app, "search_attention");
    let asks = |e: &Effect| matches!(e, Effect::Search { sought, .. } if sought.query == Query::parse("attention", today()).unwrap());
    assert!(app.effects.iter().any(asks) && app.state.search.is_open() && app.state.prompt.is_none());
    // Of what was found only some is here.
    run(&mut app, "dismiss_attention");
    assert!(is_error(&app), "{}", app.screen());
    run(&mut app, "date_2025-03-03");
    assert!(!app.state.search.is_open() && app.state.papers.date.unwrap().to_string() == "2025-03-03");
    run(&mut app, "q");
    assert!(app.effects.contains(&Effect::Quit));
    assert_eq!(app.state.lines.first().map(String::as_str), Some("date 2025-03-03"));
}

#[test]
fn settings_change_at_once() {
    let mut app = open(Lang::Zh, (120, 36));
    let before = app.state.form;
    run(&mut app, "set_language_en");
    assert!(
        said(&app).contains("until the reader is left") && app.screen().contains("undecided"),
        "{}",
        app.screen()
    );
    run(&mut app, "set_language_zh");
    run(&mut app, "set_punctuation_source");
    run(&mut app, "set_spacing_false");
    assert_ne!(app.state.form, before);
    run(&mut app, "set_punctuation_full");
    run(&mut app, "set_spacing_true");
    assert_eq!(app.state.form, before);
    run(&mut app, "set_categories_cs.CL，cs.LG");
    assert_eq!(app.state.prefs.categories, ["cs.CL", "cs.LG"]);
    assert!(parse("set repeats_days 7", Date::default()).is_ok());
    assert!(parse("set ascii true", Date::default()).is_err());
    let looks = |app: &App| -> Vec<Effect> {
        app.effects.iter().filter(|e| matches!(e, Effect::Theme(_) | Effect::Mouse(_))).cloned().collect()
    };
    for command in ["set_mouse_true", "set_mouse_true", "set_theme_high-contrast", "set_theme_a/b"] {
        run(&mut app, command);
    }
    assert_eq!(looks(&app), [Effect::Mouse(true), Effect::Theme("high-contrast".to_owned())]);
    app.keys("Esc Esc");
    run(&mut app, "set_counts_true");
    app.keys("2 j");
    assert_eq!(app.state.papers.place().0, 3);
    app.keys("g 1");
    assert_eq!(app.state.reader.tab, Tab::English);
    run(&mut app, "set_counts_false");
    app.keys("2");
    assert_eq!(app.state.reader.tab, Tab::Chinese);
}

const MACROS: &str = "[papers]\n',r' = { do = [':filter model', 'choose-all', 'later'], help = 'Models for later.' }\n\
    ',b' = ['view-bookmarked', 'top']\n',x' = ':date 2025-03-04'\n\
    ',e' = ['older-date', 'older-date', 'older-date', 'mark-day-read']\n[dates]\n',d' = ['papers', 'bottom', 'dismiss']";

#[test]
fn a_key_of_several_steps_does_them_in_order() {
    let mut app = en();
    with_keys(&mut app, MACROS);
    app.keys(", r");
    let later = verdicts(&app.state).iter().filter(|v| **v == Verdict::Later).count();
    assert!(later > 0 && app.state.papers.filter == "model", "{}", app.screen());
    app.keys("u Esc , x");
    assert!(verdicts(&app.state).iter().all(|v| *v != Verdict::Later));
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2025-03-04");
    app.keys("G , b");
    assert_eq!(app.state.papers.view, View::Bookmarked);
    // The last day has no older one: what is behind that step is not done.
    app.keys("Esc L , e");
    assert!(is_error(&app), "{}", app.screen());
    assert!(said(&app).starts_with("Stopped at step 3 of 4 (older-date)"), "{}", said(&app));
    assert!(app.state.papers.rows.iter().all(|r| !r.is_read));
    app.keys("g d , d");
    assert_eq!(verdicts(&app.state).last(), Some(&Verdict::Dismissed), "{}", app.screen());
}

#[test]
fn steps_wait_for_the_day_they_are_meant_for() {
    let mut app =
        App::open(wenzhai::archive::sample(), Setup { lang: Lang::En, is_holding: true, ..Setup::default() });
    while !app.held.is_empty() {
        app.answer(0);
    }
    with_keys(&mut app, "[papers]\n',s' = [':date 2025-03-04', 'bottom', 'dismiss']");
    let decided = |app: &App| verdicts(&app.state).iter().filter(|v| **v == Verdict::Dismissed).count();
    app.keys(", s");
    assert!(!app.held.is_empty() && decided(&app) == 0);
    while !app.held.is_empty() {
        app.answer(0);
    }
    assert_eq!((decided(&app), verdicts(&app.state).last()), (1, Some(&Verdict::Dismissed)));
    // Whoever goes on by hand is not surprised by the rest.
    app.keys(": type:date_2025-03-05 Enter u");
    with_keys(&mut app, "[papers]\n',s' = [':date 2025-03-03', 'bottom', 'dismiss']");
    app.keys(", s k");
    while !app.held.is_empty() {
        app.answer(0);
    }
    assert_eq!(decided(&app), 0);
}

#[test]
fn macros_are_shown_where_keys_are_shown() {
    for (lang, name) in BOTH {
        for size in SIZES {
            let mut app = open(lang, size);
            with_keys(&mut app, MACROS);
            app.keys(",");
            assert_snapshot!(format!("macros_{name}_{}", size.0), app.screen());
            app.keys("Esc ? / type:,");
            assert_snapshot!(format!("macros_help_{name}_{}", size.0), app.screen());
            app.keys("Esc Esc Esc Esc C-p type:Models");
            assert_snapshot!(format!("macros_palette_{name}_{}", size.0), app.screen());
            app.keys("Enter");
            assert_eq!(app.state.papers.filter, "model");
        }
    }
}

#[test]
fn the_help_explains_the_commands() {
    for (lang, name) in BOTH {
        let mut app = open(lang, (120, 36));
        app.keys("? / type::");
        assert_snapshot!(format!("help_commands_{name}"), app.screen());
    }
}

fn counting() -> App {
    let prefs = Prefs { counts: true, ..Prefs::default() };
    App::open(wenzhai::archive::sample(), Setup { lang: Lang::En, prefs, ..Setup::default() })
}

#[test]
fn digits_count_where_the_user_wants_it() {
    let mut app = counting();
    let at = |app: &App| app.state.papers.place().0;
    app.keys("4 j");
    assert_eq!(at(&app), 5);
    app.keys("2 k");
    assert_eq!(at(&app), 3);
    app.keys("6 G");
    assert_eq!(at(&app), 6);
    app.keys("2 g g");
    assert_eq!(at(&app), 2);
    app.keys("9 9 9 9 9 9");
    assert_eq!(app.state.count, Some(9999));
    app.keys("j");
    assert_eq!((at(&app), app.state.count), (7, None));
    // Esc takes the count back and nothing else.
    app.keys("/ type:model Enter 3 Esc");
    assert_eq!((app.state.count, app.state.papers.filter.as_str()), (None, "model"));
    app.keys("Esc g g 3 d");
    assert_eq!(verdicts(&app.state).iter().filter(|v| **v == Verdict::Dismissed).count(), 3);
    assert_eq!(at(&app), 4, "{}", app.screen());
    app.keys("u");
    assert!(verdicts(&app.state).iter().all(|v| *v == Verdict::Undecided), "one step");
    app.keys("9 d");
    app.keys("u 2 Space");
    assert_eq!(app.state.papers.chosen_count(), 2, "{}", app.screen());
    app.keys("Esc 0");
    assert_eq!(app.state.count, None);
    app.keys("g 0");
    assert_eq!(app.state.reader.tab, Tab::All);
    let day = |app: &App| app.state.papers.date.unwrap().to_string();
    app.keys("2 H");
    assert_eq!(day(&app), "2025-03-03");
    app.keys("9 L");
    assert_eq!(day(&app), "2025-03-05");
    app.keys("3 ,");
    assert!(app.state.count.is_none() && app.state.typed.is_empty());
    // Without the setting a digit is a tab.
    let mut app = en();
    app.keys("1 j");
    assert_eq!((app.state.reader.tab, app.state.papers.place().0), (Tab::English, 2));
}

#[test]
fn a_count_is_on_the_last_line_and_moved_keys_in_sheet_and_help() {
    for (lang, name) in BOTH {
        let prefs = Prefs { counts: true, ..Prefs::default() };
        let mut app = App::open(wenzhai::archive::sample(), Setup { lang, prefs, ..Setup::default() });
        app.keys("1 2");
        assert_snapshot!(format!("count_{name}"), app.screen());
        app.keys("g");
        assert_snapshot!(format!("count_g_{name}"), app.screen());
        // What stands before a tab opens it.
        app.keys("Esc Esc l");
        let screen = app.screen();
        let bar = screen.lines().find(|l| l.contains("g3 ")).unwrap_or_default();
        assert!(bar.contains(" g5 ") && !bar.contains(" 5 "), "{screen}");
        app.send(Msg::Resize(Size { cols: 30, rows: 20 }));
        assert!(app.screen().contains("g0 g1 "), "{}", app.screen());
        app.keys("Esc ? / type:g1");
        assert!(app.screen().contains("g1 "), "{}", app.screen());
    }
}

#[test]
fn keys_of_the_users_own_keep_their_digits() {
    let (keymap, problems) =
        Keymap::builtin().with_user("[papers]\n'7' = 'sweep'\n'g1' = 'choose-all'", "keymaps.toml");
    assert_eq!(problems, []);
    let mut app = counting();
    app.state.keymap = keymap.clone().with_counts(true);
    app.keys("1 7 j");
    assert_eq!(app.state.papers.place().0, 7, "17, not a sweep: {}", app.screen());
    app.keys("7");
    assert!(said(&app).contains("Dismissed"), "{}", app.screen());
    let back = keymap.clone().with_counts(true).with_counts(false);
    let sorted = |map: &Keymap| {
        let mut all: Vec<String> = wenzhai::action::Context::ALL
            .iter()
            .flat_map(|c| map.bindings(*c))
            .map(|b| format!("{b:?}"))
            .collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&back), sorted(&keymap));
}

#[test]
fn the_date_list_is_narrowed_by_what_a_day_is_called() {
    let mut app = en();
    let days = |app: &App| {
        let is_day = |e: &&wenzhai::state::DateEntry| matches!(e, wenzhai::state::DateEntry::Day(_));
        app.state.dates.entries.iter().filter(is_day).count()
    };
    app.keys("g d /");
    for (typed, count) in [
        ("03-04", 1),
        ("2025-03", 3),
        ("周二", 1),
        ("tue", 1),
        ("Tuesday", 1),
        ("星期二", 1),
        ("march", 3),
        ("3月", 3),
        ("ma", 0),
        ("cs.CL", 2),
        ("03_zzz", 0),
        ("", 3),
    ] {
        app.keys("C-u");
        if !typed.is_empty() {
            app.keys(&format!("type:{typed}"));
        }
        assert_eq!(days(&app), count, "{typed}\n{}", app.screen());
    }
    app.keys("type:周二 Enter");
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2025-03-04");
    app.keys("j j");
    assert_eq!(app.state.papers.date.unwrap().to_string(), "2025-03-04");
    app.keys("Esc");
    assert!(!app.state.dates.is_narrowed() && days(&app) == 3, "{}", app.screen());
    app.keys("/ type:zzz Esc Esc");
    assert!(!app.state.dates.is_narrowed() && app.state.prompt.is_none());
}

#[test]
fn narrowed_dates_look_right() {
    for (lang, name) in BOTH {
        for size in [(80, 24), (120, 36), (200, 50)] {
            let mut app = open(lang, size);
            app.keys("g d / type:周二");
            assert_snapshot!(format!("dates_{name}_{}", size.0), app.screen());
            app.keys("C-u type:zz");
            drop(app.screen());
        }
    }
}

#[test]
fn the_command_line_fits_every_screen() {
    for cols in (1..130).step_by(7) {
        for rows in [1, 5, 6, 7, 9, 12, 40] {
            let mut app = open(Lang::Zh, (cols, rows));
            app.keys(": Tab Tab Tab");
            drop(app.screen());
            app.keys("C-u type:filter_title:扩散扩散扩散扩散扩散扩散扩散扩散扩散扩散扩散扩散_is:x");
            drop(app.screen());
            app.send(Msg::Resize(Size { cols: 130 - cols, rows: 46 - rows }));
            drop(app.screen());
            app.keys("Esc Esc");
            assert!(app.state.prompt.is_none());
        }
    }
}

#[test]
fn a_command_that_begins_another_asks_for_its_argument_next() {
    let mut app = en();
    app.keys(": type:da Tab");
    let typed = |app: &App| app.state.prompt.as_ref().map(|p| p.line.text().to_owned()).unwrap_or_default();
    assert_eq!(typed(&app), "date ");
    app.keys("Tab");
    assert_eq!(typed(&app), "date 2025-03-05");
}

#[test]
fn a_verdict_on_the_last_row_is_said_with_the_end() {
    let mut app = en();
    app.keys("G");
    run(&mut app, "dismiss");
    assert!(said(&app).starts_with("dismiss · End of the list · "), "{}", said(&app));
    app.state.lang = Lang::Zh;
    app.keys("u w");
    assert!(said(&app).starts_with("稍后 1 篇 · 已到末尾 · "), "{}", said(&app));
}
