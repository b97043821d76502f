//! What the bytes of a digest say of a query: no word that the texts hold is missing, none is sure that they do not hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenzhai::archive::{long_texts, read_text};
use wenzhai::filter::{Candidate, Facts, Haystack, Query, Subject};
use wenzhai::model::{Date, Paper};

fuzz_target!(|text: &str| {
    let (typed, body) = text.split_once('\n').unwrap_or((text, text));
    let today = Date::constant(2025, 3, 5);
    let Ok(query) = Query::parse(typed, today) else { return };
    let json = format!(r#"{{"id": "x", "abstract_en": {}}}"#, serde_json::Value::from(body));
    let Some(clean) = long_texts(json.as_bytes()).next().and_then(read_text) else { return };
    let paper = Paper { abstract_en: Some(clean), ..Paper::default() };
    let subject = Subject { paper: &paper, gist: "", date: today, category: None, tags: &[], note: None };
    let hay = Haystack::with_body(&subject);
    let is_hit = query.in_whole(&Candidate { hay: &hay, facts: Facts::default() });
    let sieve = query.sieve();
    assert!(is_hit || sieve.surely(long_texts(json.as_bytes())).is_none(), "{typed:?} is not in {json}");
    let _ = query.snippet(&paper, 40);
    let is_one_word = typed.chars().all(|c| c.is_alphanumeric());
    assert!(!is_hit || !is_one_word || sieve.missing(json.as_bytes()).is_empty(), "{typed:?} is in {json}");
});
