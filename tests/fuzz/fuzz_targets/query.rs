//! Any text as a query: no panic, a place within the text for all that is said, and highlights within the line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::catalogue::Lang;
use wenzhai::filter::{Candidate, Facts, Haystack, Line, Query, Subject, Vocabulary, complete};
use wenzhai::model::{Date, Paper};

fuzz_target!(|text: &str| {
    let (typed, title) = text.split_once('\n').unwrap_or((text, "Deep 强化学习 of RAG: a ｗｏｒｄ"));
    let today = Date::constant(2025, 3, 5);
    let (replaced, _) = complete(typed, &Vocabulary::default());
    assert!(typed.is_char_boundary(typed.len() - replaced));
    let query = match Query::parse(typed, today) {
        Ok(query) => query,
        Err(wrong) => {
            assert!(typed.get(wrong.at.clone()).is_some(), "{wrong:?}");
            return assert!(!wrong.say(typed, Lang::Zh).contains(char::is_control), "{wrong:?}");
        }
    };
    for remark in &query.remarks {
        assert!(typed.get(remark.at.clone()).is_some(), "{remark:?}");
    }
    let paper = Paper { title: title.to_owned(), ..Paper::default() };
    let subject = Subject { paper: &paper, gist: typed, date: today, category: None, tags: &[], note: None };
    let hay = Haystack::with_body(&subject);
    let _ = query.score(&Candidate { hay: &hay, facts: Facts::default() });
    let mut end = 0;
    for range in query.highlight(Line::Title, title) {
        assert!(range.start >= end && range.start < range.end && title.get(range.clone()).is_some());
        end = range.end;
    }
});
